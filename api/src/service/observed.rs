//! The outermost layer (요청 관찰): an id, a count, a line in the log and the safe headers for every request.

use super::squeezed;
use crate::{
    App, Logged, Transport,
    http::{self, Counted, RequestId},
    operations::Seen,
};
use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        ConnectionType, Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use std::time::Instant;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
static RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
static RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Gives each request an id, the caller's own `X-Request-Id` when it is plain; counts and logs it once answered.
pub(super) async fn observed(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    http::watch_body(&mut request);
    let Some(app) = request.app_data::<Data<App>>().cloned() else { return boxed(next.call(request).await) };
    let began = Instant::now();
    let id = given_id(request.headers()).unwrap_or_else(|| app.chance.uuid().to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let _flying = app.running.metrics.take_off();
    match next.call(request).await {
        Ok(mut answer) => {
            let route = answer.request().match_pattern();
            let counted = answer.request().extensions().get::<Counted>().copied();
            let answered = Answered { method, route, status: answer.status(), began, counted, id: &id };
            dress(&app, answer.headers_mut(), &answered);
            if app.running.is_draining() {
                answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
            }
            note(&app, answered);
            boxed(Ok(answer))
        }
        // Given up or fallen over: the request is gone, its answer is inside the error.
        Err(error) => {
            let mut answer = error.error_response();
            let answered = Answered { method, route: None, status: answer.status(), began, counted: None, id: &id };
            dress(&app, answer.headers_mut(), &answered);
            note(&app, answered);
            Err(InternalError::from_response("given up", answer).into())
        }
    }
}

fn boxed(
    answer: Result<ServiceResponse<impl MessageBody + 'static>, Error>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    answer.map(ServiceResponse::map_into_boxed_body)
}

/// 8 to 64 letters, digits, dots, dashes and underscores.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let plain = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
    };
    headers.get(&REQUEST_ID).and_then(|v| v.to_str().ok()).filter(plain).map(str::to_owned)
}

struct Answered<'a> {
    method: Method,
    route: Option<String>,
    status: StatusCode,
    began: Instant,
    counted: Option<Counted>,
    id: &'a str,
}

/// The headers that every answer carries.
fn dress(app: &App, headers: &mut HeaderMap, answered: &Answered<'_>) {
    squeezed::tidied(headers);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        headers.insert(header::CONTENT_SECURITY_POLICY, nothing);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if app.running.bounds.transport == Transport::Secured {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if let Ok(id) = HeaderValue::try_from(answered.id) {
        headers.insert(REQUEST_ID.clone(), id);
    }
    let Some(Counted { standing, .. }) = answered.counted else { return };
    if let (Ok(policy), Ok(now)) =
        (HeaderValue::try_from(standing.policy_header()), HeaderValue::try_from(standing.header()))
    {
        headers.insert(RATE_LIMIT_POLICY.clone(), policy);
        headers.insert(RATE_LIMIT.clone(), now);
    }
}

/// Counts it and writes its line: never a query string, a body, a name or an address.
fn note(app: &App, answered: Answered<'_>) {
    let Answered { method, route, status, began, counted, id } = answered;
    let (time, status) = (began.elapsed(), status.as_u16());
    let logged = match app.running.bounds.log {
        Logged::All => true,
        Logged::Failed => status >= 400,
        Logged::None => false,
    };
    let route = route.unwrap_or_else(|| "unmatched".to_owned());
    if logged {
        let account = counted.and_then(|c| c.actor).map(domain::id::Id::get);
        let account = account.as_ref().map(tracing::field::display);
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        tracing::info!(target: "axtrack::request", method = method.as_str(), route, status, us, request_id = id, account);
    }
    app.running.metrics.count(Seen { method: &method, route, status, time });
}
