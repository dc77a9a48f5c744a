//! The service as a whole (서비스 조립): routes, limits and layers, the same for the program and for its tests.

use crate::{App, http, routes};
use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Next, from_fn},
    web::{self, Data},
};
use utoipa_actix_web::AppExt;

/// Everything that answers requests.
pub fn service(
    app: Data<App>,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let (routed, _) = actix_web::App::new().into_utoipa_app().configure(routes).split_for_parts();
    routed
        .app_data(app)
        .default_service(web::to(http::unknown_route))
        .wrap(from_fn(http::problems))
        .wrap(from_fn(request_id))
}

/// Gives each request an id: the caller's own `X-Request-Id` when it is plain, else a new one. It goes back out.
async fn request_id(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    http::watch_body(&mut request);
    let plain = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
    };
    let given = request.headers().get("x-request-id").and_then(|v| v.to_str().ok()).filter(plain).map(str::to_owned);
    let made = || request.app_data::<Data<App>>().map_or_else(String::new, |app| app.chance.uuid().to_string());
    let id = given.unwrap_or_else(made);
    request.extensions_mut().insert(http::RequestId(id.clone()));
    let mut answer = next.call(request).await?;
    if let Ok(value) = id.try_into() {
        answer.headers_mut().insert(actix_web::http::header::HeaderName::from_static("x-request-id"), value);
    }
    Ok(answer)
}
