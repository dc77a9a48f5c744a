//! What a problem means (문제 설명): a page for every code, for people and for programs.

use super::explain_html;
use crate::http::{self, Found, Path, Problem, STYLE_ONLY};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, get, http::header};
use domain::problem::{Code, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{ObjectBuilder, RefOr, Response, content::ContentBuilder, schema::Type},
};

/// The routes of this file.
pub(super) fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_problems).service(read_problem);
}

/// The same words in both languages.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BothLanguages {
    /// 한국어
    #[schema(min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u001f]+$", example = "로그인이 필요합니다")]
    pub ko: String,
    /// English
    #[schema(min_length = 1, max_length = 1000, pattern = r"^[^\u0000-\u001f]+$", example = "Sign in first")]
    pub en: String,
}

/// What a problem code means and what to do about it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProblemCode {
    /// The stable code.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "unauthenticated")]
    pub code: String,
    /// The HTTP status it comes with.
    #[schema(minimum = 400, maximum = 599, example = 401)]
    pub status: u16,
    /// What it is.
    pub title: BothLanguages,
    /// Why it happens and what to do.
    pub remedy: BothLanguages,
}

/// Every problem code.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProblemCodes {
    /// In alphabetical order.
    #[schema(max_items = 2000)]
    pub items: Vec<ProblemCode>,
}

impl From<&Words> for BothLanguages {
    fn from(words: &Words) -> Self {
        Self { ko: words.ko.clone().into_owned(), en: words.en.clone().into_owned() }
    }
}
impl From<&Code> for ProblemCode {
    fn from(code: &Code) -> Self {
        Self {
            code: code.name.to_owned(),
            status: code.status,
            title: (&code.title).into(),
            remedy: (&code.remedy).into(),
        }
    }
}

/// Every code there is, of the trade and of the transport, by name.
fn all() -> BTreeMap<&'static str, &'static Code> {
    let transport = http::CODES.iter().chain(http::export::CODES).copied();
    domain::problem::all().chain(transport).map(|code| (code.name, code)).collect()
}

/// List every problem code.
///
/// With its meaning and its remedy in both languages: a web page, or JSON for whoever accepts that rather.
#[utoipa::path(tag = "operations", security(()))]
#[get("/problems")]
async fn list_problems() -> Result<Explained<ProblemCodes>, Problem> {
    let items: Vec<ProblemCode> = all().into_values().map(ProblemCode::from).collect();
    Ok(Explained { page: |all| explain_html::list(&all.items), body: ProblemCodes { items } })
}

/// Explain one problem code.
///
/// Where `type` of every problem points to.
#[utoipa::path(tag = "operations", security(()), params(("code" = String, Path, description = "The problem's code.", min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "unauthenticated")))]
#[get("/problems/{code}")]
async fn read_problem(Path(code): Path<String>) -> Result<Explained<ProblemCode>, Problem> {
    let found = all().get(code.as_str()).copied().ok_or_else(|| Problem::new(&domain::access::NOT_FOUND))?;
    Ok(Explained { page: explain_html::one, body: ProblemCode::from(found) })
}

/// A web page, or the same as JSON.
#[derive(Debug)]
struct Explained<T> {
    page: fn(&T) -> String,
    body: T,
}

impl<T: Serialize> Responder for Explained<T> {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let accept = request.headers().get(header::ACCEPT).and_then(|a| a.to_str().ok()).unwrap_or_default();
        let mut answer = if accept.contains("text/html") {
            let mut answer = HttpResponse::Ok();
            answer.insert_header((header::CONTENT_SECURITY_POLICY, STYLE_ONLY));
            answer.content_type("text/html; charset=utf-8").body((self.page)(&self.body))
        } else {
            Found::new(self.body).respond_to(request)
        };
        answer.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept"));
        answer
    }
}

impl<T: ToSchema> IntoResponses for Explained<T> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut made = Found::<T>::responses();
        if let Some(RefOr::T(told)) = made.get_mut("200") {
            let page = ObjectBuilder::new().schema_type(Type::String).max_length(Some(2_000_000)).pattern(Some("^<!"));
            let page = ContentBuilder::new().schema(Some(page)).build();
            told.content.insert("text/html".to_owned(), RefOr::T(page));
        }
        made
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_code_is_declared_twice() {
        let transport = crate::http::CODES.iter().chain(crate::http::export::CODES).copied();
        assert_eq!(super::all().len(), domain::problem::all().chain(transport).count());
    }
}
