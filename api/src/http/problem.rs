//! Problems on the wire (문제 응답): RFC 9457, in the reader's language, all faults at once.

use super::{Language, codes};
use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use domain::problem::{Code, Fault, Refusal, Words};
use serde::{Deserialize, Serialize};
use std::fmt;
use store::StoreError;
use utoipa::ToSchema;

/// An error on its way out. What the client sees is made of code, words and faults; the source is for the log only.
#[derive(Debug)]
pub struct Problem {
    /// The kind.
    pub code: &'static Code,
    /// What exactly, in words.
    pub detail: Words,
    /// Every single fault.
    pub faults: Vec<Fault>,
    /// Headers that go with it (`Retry-After`, `WWW-Authenticate`, `Allow`).
    pub headers: Vec<(&'static str, String)>,
    /// The cause, never sent out.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Problem {
    /// A problem told by its code's remedy.
    pub fn new(code: &'static Code) -> Self {
        Self { code, detail: code.remedy.clone(), faults: Vec::new(), headers: Vec::new(), source: None }
    }
    /// The same with its faults.
    #[must_use]
    pub fn with(mut self, faults: Vec<Fault>) -> Self {
        self.faults = faults;
        self
    }
    /// The same with a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
    /// An internal failure: the cause goes to the log, not to the client.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(&codes::INTERNAL) }
    }
    /// Not signed in, with the challenge of RFC 6750. `error` is empty when no token was sent at all.
    pub fn unauthenticated(error: &str) -> Self {
        let challenge = match error {
            "" => "Bearer realm=\"axtrack\"".to_owned(),
            error => format!("Bearer realm=\"axtrack\", error=\"{error}\""),
        };
        Self::new(&codes::UNAUTHENTICATED).header("WWW-Authenticate", challenge)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name, self.detail.en)
    }
}
impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self { detail: refusal.detail, faults: refusal.faults, ..Self::new(refusal.code) }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        use domain::access::{FORBIDDEN, NOT_FOUND};
        match error {
            StoreError::Denied(denied) if denied.visible => Self::new(&FORBIDDEN),
            StoreError::Denied(_) | StoreError::NotFound => Self::new(&NOT_FOUND),
            StoreError::Stale { .. } => Self::new(&codes::VERSION_STALE),
            StoreError::VersionMissing => Self::new(&codes::VERSION_MISSING),
            StoreError::Taken(_) => Self { source: Some(error.into()), ..Self::new(&codes::TAKEN) },
            StoreError::KeyReused => Self::new(&codes::KEY_REUSED),
            StoreError::InFlight => Self::new(&codes::IN_FLIGHT).header("Retry-After", "1"),
            StoreError::BadPageToken => {
                Self::new(&codes::BAD_PAGE_TOKEN).with(vec![Fault::new("?page_token", &codes::BAD_PAGE_TOKEN)])
            }
            StoreError::Unavailable(_) => {
                Self { source: Some(error.into()), ..Self::new(&codes::UNAVAILABLE) }.header("Retry-After", "5")
            }
            StoreError::Refused(refusal) => refusal.into(),
            StoreError::Failed { .. } => Self::internal(error),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
    /// Only the status: the outermost layer writes the body, since it knows language, address and request id.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The body of every error (RFC 9457). `code` is stable; `title` and `detail` are Korean or English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Problem)]
#[serde(deny_unknown_fields)]
pub struct ProblemBody {
    /// A page that explains this kind of problem.
    #[schema(min_length = 1, max_length = 200, pattern = "^/problems/[a-z0-9_]+$", example = "/problems/invalid")]
    pub r#type: String,
    /// The kind in words.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f]+$",
        example = "입력값이 올바르지 않습니다"
    )]
    pub title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, example = 422)]
    pub status: u16,
    /// This occurrence in words.
    #[schema(
        min_length = 1,
        max_length = 4000,
        pattern = r"^[^\u0000-\u001f]+$",
        example = "errors에 표시된 항목을 모두 고친 뒤 다시 보내십시오."
    )]
    pub detail: String,
    /// The path that was asked.
    #[schema(max_length = 2000, pattern = r"^[^\u0000-\u001f]*$", example = "/v1/projects")]
    pub instance: String,
    /// The kind as a stable code.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "invalid")]
    pub code: String,
    /// The request's id, as in the logs.
    #[schema(max_length = 64, pattern = "^[A-Za-z0-9._-]*$", example = "01890a5d-ac96-774b-bcce-b302099a8057")]
    pub request_id: String,
    /// Every single fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub errors: Vec<FaultBody>,
}

/// One fault: of a request that was refused, or in the way of one that is only thought of. `detail` is Korean or English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Fault)]
#[serde(deny_unknown_fields)]
pub struct FaultBody {
    /// Where: a JSON pointer into the body or the record, `?name` for a query parameter, or empty for the whole.
    #[schema(max_length = 400, pattern = r"^[^\u0000-\u001f]*$", example = "/partners/0/share")]
    pub pointer: String,
    /// The kind as a stable code.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "out_of_range")]
    pub code: String,
    /// In words.
    #[schema(
        min_length = 1,
        max_length = 1000,
        pattern = r"^[^\u0000-\u001f]+$",
        example = "허용 범위를 벗어났습니다"
    )]
    pub detail: String,
}

impl Problem {
    /// The body for a reader of this language.
    pub fn body(&self, language: Language, instance: &str, request_id: &str) -> ProblemBody {
        ProblemBody {
            r#type: format!("/problems/{}", self.code.name),
            title: language.of_words(&self.code.title).to_owned(),
            status: self.code.status,
            detail: language.of_words(&self.detail).to_owned(),
            instance: instance.chars().take(2000).collect(),
            code: self.code.name.to_owned(),
            request_id: request_id.to_owned(),
            errors: FaultBody::all(&self.faults, language),
        }
    }
}

impl FaultBody {
    /// The first thousand of these for a reader of this language.
    pub fn all(faults: &[Fault], language: Language) -> Vec<Self> {
        faults.iter().take(1000).map(|fault| Self::of(fault, language)).collect()
    }
    fn of(fault: &Fault, language: Language) -> Self {
        Self {
            pointer: plain(&fault.pointer),
            code: fault.code.name.to_owned(),
            detail: language.of_words(&fault.detail).to_owned(),
        }
    }
}

/// At most 400 characters and no control character, as published: the names that callers make up are theirs.
fn plain(pointer: &str) -> String {
    pointer.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).take(400).collect()
}
