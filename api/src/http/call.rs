//! What the audit trail and the retry rules need of a request (요청 정보).

use super::{Problem, codes};
use crate::App;
use actix_web::{
    HttpMessage, HttpRequest,
    http::{Method, header},
    web::Data,
};
use domain::problem::{Fault, WRONG_FORM};
use sha2::{Digest, Sha256};
use store::{Call, Expects, RetryKey};

/// The id of a request, set by the outermost layer.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// The request's id; empty before it has one.
    pub fn of(request: &HttpRequest) -> String {
        request.extensions().get::<Self>().map_or_else(String::new, |id| id.0.clone())
    }
}

/// The body's digest, left by the body extractor for the fingerprint of a retry.
pub(super) struct BodyDigest(pub [u8; 32]);

/// Reads the request's headers, all faults at once.
pub(super) fn call(request: &HttpRequest, app: &Data<App>) -> Result<Call, Problem> {
    let mut faults = Vec::new();
    let retry = retry(request).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let expects = expects(request).unwrap_or_else(|fault| {
        faults.push(fault);
        Expects::Nothing
    });
    if !faults.is_empty() {
        return Err(Problem::new(&codes::BAD_HEADER).with(faults));
    }
    let address = request.peer_addr().map_or_else(|| "unknown".to_owned(), |a| a.ip().to_string());
    Ok(Call { at: app.clock.now(), request_id: RequestId::of(request), address, retry, expects })
}

fn retry(request: &HttpRequest) -> Result<Option<RetryKey>, Fault> {
    let Some(value) = request.headers().get("Idempotency-Key").filter(|_| request.method() == Method::POST) else {
        return Ok(None);
    };
    let key = value.to_str().ok().map(|k| k.trim_matches('"')).filter(|k| (1..=200).contains(&k.len()));
    let key = key.ok_or_else(|| Fault::new("Idempotency-Key", &WRONG_FORM))?;
    let mut hash = Sha256::new();
    hash.update(request.method().as_str());
    hash.update([0]);
    hash.update(request.uri().path_and_query().map_or("", |p| p.as_str()));
    hash.update([0]);
    if let Some(BodyDigest(digest)) = request.extensions().get::<BodyDigest>() {
        hash.update(digest);
    }
    Ok(Some(RetryKey { key: key.to_owned(), fingerprint: hash.finalize().into() }))
}

/// `If-Match: "v12"` names version 12. What follows a dash in the tag is about the representation, not the version.
fn expects(request: &HttpRequest) -> Result<Expects, Fault> {
    let Some(value) = request.headers().get(header::IF_MATCH) else { return Ok(Expects::Missing) };
    let fault = || Fault::new("If-Match", &WRONG_FORM);
    let text = value.to_str().map_err(|_| fault())?.trim();
    if text == "*" {
        return Ok(Expects::Anything);
    }
    let tag = text.strip_prefix("\"v").and_then(|t| t.strip_suffix('"')).ok_or_else(fault)?;
    let version = tag.split('-').next().unwrap_or_default();
    version.parse().map(Expects::Version).map_err(|_| fault())
}
