//! What the audit trail and the retry rules need of a request (요청 정보).

use super::{Problem, codes};
use crate::App;
use actix_web::{
    HttpMessage, HttpRequest,
    dev::{Payload, ServiceRequest},
    http::{Method, header},
    web::Data,
};
use domain::problem::{Fault, WRONG_FORM};
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};
use store::{Call, Expects, RetryKey};

/// The header of an idempotency key.
const KEY: &str = "Idempotency-Key";

/// The id of a request, set by the outermost layer.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// The request's id; empty before it has one.
    pub fn of(request: &HttpRequest) -> String {
        request.extensions().get::<Self>().map_or_else(String::new, |id| id.0.clone())
    }
}

/// The digest of the body of a request that may be retried; there once the body has been read to its end.
#[derive(Debug, Clone, Default)]
struct BodyDigest(Arc<OnceLock<[u8; 32]>>);

/// Takes the digest of the body as it passes by, whoever reads it and when. Only for requests with an idempotency key.
pub(crate) fn watch_body(request: &mut ServiceRequest) {
    if request.method() != Method::POST || !request.headers().contains_key(KEY) {
        return;
    }
    let digest = BodyDigest::default();
    request.extensions_mut().insert(digest.clone());
    let watched = stream::unfold((request.take_payload(), Sha256::new()), move |(mut body, mut hash)| {
        let digest = digest.clone();
        async move {
            if let Some(chunk) = body.next().await {
                if let Ok(bytes) = &chunk {
                    hash.update(bytes);
                }
                Some((chunk, (body, hash)))
            } else {
                let _ = digest.0.set(hash.finalize().into());
                None
            }
        }
    });
    request.set_payload(Payload::Stream { payload: Box::pin(watched) });
}

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
    let address = super::address(request).map_or_else(|| "unknown".to_owned(), |a| a.to_string());
    Ok(Call { at: app.clock.now(), request_id: RequestId::of(request), address, retry, expects })
}

fn retry(request: &HttpRequest) -> Result<Option<RetryKey>, Fault> {
    let Some(value) = request.headers().get(KEY).filter(|_| request.method() == Method::POST) else {
        return Ok(None);
    };
    let bare = |text: &'_ str| text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text).to_owned();
    let plain = |key: &String| key.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
    let key = value.to_str().ok().map(bare).filter(|k| (1..=200).contains(&k.len()) && plain(k));
    let key = key.ok_or_else(|| Fault::new(KEY, &WRONG_FORM))?;
    let target = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let BodyDigest(body) = request.extensions().get::<BodyDigest>().cloned().unwrap_or_default();
    Ok(Some(RetryKey { key, target: (request.method().to_string(), target), body }))
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
    let version = tag.split('-').next().filter(|v| v.len() <= 18 && v.bytes().all(|b| b.is_ascii_digit()));
    version.and_then(|v| v.parse().ok()).map(Expects::Version).ok_or_else(fault)
}
