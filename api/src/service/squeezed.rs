//! What is worth compressing (압축 대상): text over a kibibyte, and only when the caller asks for it.

use actix_web::{
    Error,
    body::{BodySize, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderValue},
    middleware::Next,
};

/// Below this many bytes compression costs more than it saves.
const WORTH: u64 = 1024;

/// Marks what must go out as it is; the compressing layer leaves alone what has an encoding already.
pub(super) async fn marked(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut answer = next.call(request).await?;
    let large = match answer.response().body().size() {
        BodySize::Sized(size) => size >= WORTH,
        BodySize::Stream => true,
        BodySize::None => false,
    };
    let worth_it = large && is_text(answer.headers());
    if !worth_it && !answer.headers().contains_key(header::CONTENT_ENCODING) {
        answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    }
    Ok(answer)
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    kind.starts_with(b"text/") || kind.starts_with(b"application/json") || kind.starts_with(b"application/openmetrics")
}

/// Takes the mark away again, and gives a compressed answer an entity tag of its own: it is another representation.
pub(super) fn tidied(headers: &mut HeaderMap) {
    let Some(encoding) = headers.get(header::CONTENT_ENCODING) else { return };
    if encoding.as_bytes() == b"identity" {
        headers.remove(header::CONTENT_ENCODING);
        return;
    }
    let tag = headers.get(header::ETAG).and_then(|t| t.to_str().ok()).and_then(|t| t.strip_suffix('"'));
    if let Some(Ok(marked)) = tag.map(|tag| HeaderValue::try_from(format!("{tag}-gzip\""))) {
        headers.insert(header::ETAG, marked);
    }
}
