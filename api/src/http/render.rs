//! The outermost layer (최외곽): every error leaves as a problem, whoever made it.

use super::{Language, Problem, call::RequestId, codes};
use crate::App;
use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
    web::Data,
};
use domain::problem::{Fault, WRONG_FORM};
use futures_util::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};

/// Writes the body of every error answer: ours, actix's own, and those without a body.
pub async fn problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // Not the request itself: a second holder of it would stop the router from filling in the path.
    let asked = Asked::of(request.request());
    let app = request.app_data::<Data<App>>().cloned();
    if request.uri().path_and_query().is_some_and(|p| p.as_str().len() > longest(app.as_ref())) {
        return Ok(request.into_response(written(&asked, &Problem::new(&codes::ADDRESS_TOO_LONG))));
    }
    if let Some(fault) = unreadable(request.headers()) {
        return Ok(request.into_response(written(&asked, &Problem::new(&codes::BAD_HEADER).with(vec![fault]))));
    }
    if crate::spec::is_shadowed(request.method().as_str(), request.path()) {
        return Ok(request.into_response(written(&asked, &not_offered(&asked.path))));
    }
    match guarded(next.call(request), app.as_ref()).await {
        Ok(answer) => {
            let status = answer.status();
            let is_problem = answer
                .headers()
                .get(header::CONTENT_TYPE)
                .is_some_and(|t| t.as_bytes().starts_with(b"application/problem"));
            if !(status.is_client_error() || status.is_server_error()) || is_problem {
                return Ok(answer.map_into_boxed_body());
            }
            let told = answer.response().error().and_then(|e| e.as_error::<Problem>());
            let made = told.map_or_else(|| written(&asked, &foreign(status)), |problem| written(&asked, problem));
            let (request, _) = answer.into_parts();
            Ok(ServiceResponse::new(request, made))
        }
        Err(error) => {
            let status = error.as_response_error().status_code();
            let made =
                error.as_error::<Problem>().map_or_else(|| written(&asked, &foreign(status)), |p| written(&asked, p));
            Err(actix_web::error::InternalError::from_response(error, made).into())
        }
    }
}

/// Waits for an answer, but not for ever, and turns a panic into an error. What was under way is undone by its fall.
async fn guarded<B>(
    answer: impl Future<Output = Result<ServiceResponse<B>, Error>>,
    app: Option<&Data<App>>,
) -> Result<ServiceResponse<B>, Error> {
    let time = app.map_or(Duration::from_secs(30), |app| app.running.bounds.time);
    let whole = AssertUnwindSafe(answer).catch_unwind();
    match actix_web::rt::time::timeout(time, whole).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(panic)) => {
            let words = panic.downcast_ref::<&str>().map(|w| (*w).to_owned());
            let words = words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            Err(Problem::internal(format!("panic: {words}")).into())
        }
        Err(_) => Err(Problem::new(&codes::TIMED_OUT).header("Retry-After", "5").into()),
    }
}

/// A header that any operation reads and that is not as published: up to 2,000 visible characters and spaces.
fn unreadable(headers: &header::HeaderMap) -> Option<Fault> {
    let plain =
        |value: &header::HeaderValue| value.len() <= 2000 && value.as_bytes().iter().all(|b| (b' '..=b'~').contains(b));
    let read = [(header::ACCEPT_LANGUAGE, "Accept-Language"), (header::IF_NONE_MATCH, "If-None-Match")];
    let wrong = read.into_iter().find(|(name, _)| headers.get_all(name).any(|value| !plain(value)));
    wrong.map(|(_, name)| Fault::new(name, &WRONG_FORM))
}

fn longest(app: Option<&Data<App>>) -> usize {
    app.map_or(8192, |app| app.running.bounds.address_length)
}

/// An error that something other than our handlers made.
fn foreign(status: StatusCode) -> Problem {
    Problem::new(match status {
        StatusCode::NOT_FOUND => &domain::access::NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => &codes::METHOD_NOT_ALLOWED,
        StatusCode::PAYLOAD_TOO_LARGE => &codes::TOO_LARGE,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => &codes::UNSUPPORTED_MEDIA_TYPE,
        StatusCode::NOT_ACCEPTABLE => &codes::NOT_ACCEPTABLE,
        StatusCode::URI_TOO_LONG => &codes::ADDRESS_TOO_LONG,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT | StatusCode::REQUEST_TIMEOUT => {
            &codes::UNAVAILABLE
        }
        status if status.is_client_error() => &codes::MALFORMED,
        _ => &codes::INTERNAL,
    })
}

/// What a problem's body says about the request.
struct Asked {
    language: Language,
    path: String,
    request_id: String,
}

impl Asked {
    fn of(request: &HttpRequest) -> Self {
        Self { language: Language::of(request), path: request.path().to_owned(), request_id: RequestId::of(request) }
    }
}

fn written(asked: &Asked, problem: &Problem) -> HttpResponse {
    let Asked { language, path, request_id } = asked;
    if problem.code.status >= 500 {
        let chain = std::iter::successors(std::error::Error::source(problem), |e| e.source())
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(": ");
        tracing::error!(code = problem.code.name, request_id = %request_id, cause = chain, "request failed");
    }
    let status = StatusCode::from_u16(problem.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CONTENT_LANGUAGE, language.tag()));
    for (name, value) in &problem.headers {
        answer.insert_header((*name, value.as_str()));
    }
    let body = problem.body(*language, path, request_id);
    answer.content_type("application/problem+json").body(serde_json::to_string(&body).unwrap_or_default())
}

/// Answers a path or method that no route takes: 405 with `Allow` when the path exists, otherwise 404.
pub async fn unknown_route(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(not_offered(request.path()))
}

fn not_offered(path: &str) -> Problem {
    match crate::spec::methods_of(path) {
        [] => Problem::new(&domain::access::NOT_FOUND),
        methods => Problem::new(&codes::METHOD_NOT_ALLOWED).header("Allow", methods.join(", ")),
    }
}
