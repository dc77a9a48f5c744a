//! The documentation served from the program itself (API 문서 제공), without any outside request.

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::{Next, from_fn},
    web::{self, Bytes, Redirect, ServiceConfig},
};
use std::sync::OnceLock;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// What the documentation's pages may load: themselves and nothing else.
const OWN_ONLY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                        font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// `/docs/` shows `/openapi.json`; `/` leads there.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    let shown = Config::new(["/openapi.json"])
        .validator_url("none")
        .query_config_enabled(false)
        .persist_authorization(false)
        .doc_expansion("none");
    cfg.route("/openapi.json", web::get().to(document))
        .service(Redirect::new("/", "/docs/").temporary())
        .service(Redirect::new("/docs", "/docs/").permanent())
        .service(web::scope("/docs").wrap(from_fn(own_only)).service(SwaggerUi::new("/{_:.*}").config(shown)));
}

/// The specification as it is served, byte for byte what `axtrack openapi` prints.
async fn document(request: HttpRequest) -> HttpResponse<BoxBody> {
    static BYTES: OnceLock<(Bytes, String)> = OnceLock::new();
    let (bytes, tag) = BYTES.get_or_init(|| {
        let text = crate::spec_text();
        let tag = crate::http::digest_tag(text.as_bytes());
        (Bytes::from_static(text.as_bytes()), tag)
    });
    crate::http::tagged(&request, bytes.clone(), tag).respond_to(&request)
}

async fn own_only(
    request: ServiceRequest,
    next: Next<impl actix_web::body::MessageBody>,
) -> Result<ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
    let mut answer = next.call(request).await?;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OWN_ONLY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(answer)
}
