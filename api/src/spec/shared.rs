//! What all operations share (공통 부분): problem responses, headers, request headers, how one signs in.

use crate::http::{self, Language, Problem};
use domain::{
    access::{FORBIDDEN, NOT_FOUND},
    problem::{Code, Fault, INVALID, OUT_OF_RANGE},
};
use serde_json::{Map, Value, json};

/// A problem response: the status, its name among the components, the code that serves as its example, and headers
/// beside those of every problem.
struct Told(u16, &'static str, &'static Code, &'static [&'static str]);

/// Every problem response.
const PROBLEMS: &[Told] = &[
    Told(400, "BadRequest", &http::MALFORMED, &[]),
    Told(401, "Unauthenticated", &http::UNAUTHENTICATED, &["WWW-Authenticate"]),
    Told(403, "Forbidden", &FORBIDDEN, &[]),
    Told(404, "NotFound", &NOT_FOUND, &[]),
    Told(409, "Conflict", &http::TAKEN, &[]),
    Told(412, "VersionStale", &http::VERSION_STALE, &[]),
    Told(413, "TooLarge", &http::TOO_LARGE, &[]),
    Told(414, "AddressTooLong", &http::ADDRESS_TOO_LONG, &[]),
    Told(415, "UnsupportedMediaType", &http::UNSUPPORTED_MEDIA_TYPE, &[]),
    Told(422, "Invalid", &INVALID, &[]),
    Told(428, "VersionMissing", &http::VERSION_MISSING, &[]),
    Told(429, "RateLimited", &http::RATE_LIMITED, &["Retry-After"]),
    Told(500, "Internal", &http::INTERNAL, &[]),
    Told(503, "Unavailable", &http::UNAVAILABLE, &["Retry-After"]),
];

/// Headers of every answer.
pub(super) const ON_ALL: &[&str] = &["RateLimit", "RateLimit-Policy", "X-Request-Id", "Access-Control-Allow-Origin"];

/// Every response header: name, pattern, example, what it says.
const HEADERS: &[(&str, &str, &str, &str)] = &[
    (
        "Access-Control-Allow-Origin",
        "^[!-~]+$",
        "null",
        "Whose pages may read the answer. Absent: only this server's own.",
    ),
    ("Content-Disposition", "^[ -~]+$", "attachment; filename=\"projects.csv\"", "Under which name to keep the file."),
    ("Content-Language", "^(ko|en)$", "ko", "The language of the words; Korean unless English is asked for."),
    ("Deprecation", "^@[0-9]{1,12}$", "@1790000000", "Since when this is deprecated (RFC 9745)."),
    (
        "ETag",
        "^(W/)?\"[!#-~]+\"$",
        "\"v3\"",
        "The version (`\"v3\"`), or a digest of what was sent where there are no versions.",
    ),
    ("Link", "^[!-~ ]+$", "</v1/bodies?page_token=WyJ>; rel=\"next\"", "The next page; absent on the last."),
    ("Location", "^/[!-~]*$", "/v1/bodies/mois", "Where the thing made, or the job, is."),
    (
        "RateLimit",
        "^[ -~]+$",
        "\"default\";r=99;t=1",
        "How many more requests are taken now (r), and in how many seconds there are more (t).",
    ),
    (
        "RateLimit-Policy",
        "^[ -~]+$",
        "\"default\";q=100;w=1",
        "How many requests (q) are taken in how many seconds (w).",
    ),
    ("Retry-After", "^[0-9]{1,6}$", "5", "In how many seconds it is worth trying again."),
    (
        "WWW-Authenticate",
        "^Bearer [ -~]+$",
        "Bearer realm=\"axtrack\"",
        "How to sign in, and what is wrong with the token (RFC 6750).",
    ),
    (
        "X-Request-Id",
        "^[A-Za-z0-9._-]{8,64}$",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "The request's id, as in the logs and the audit trail; the caller's own when it sent a plain one.",
    ),
];

/// Every request header: its name among the components, its name, whether it must be sent, pattern, example, what it says.
const PARAMETERS: &[(&str, &str, bool, &str, &str, &str)] = &[
    (
        "AcceptLanguage",
        "Accept-Language",
        false,
        "^[ -~]*$",
        "en",
        "`ko` (the default) or `en`: the language of titles and details. Codes never change with it.",
    ),
    (
        "IdempotencyKey",
        "Idempotency-Key",
        false,
        "^(\"[!#-\\[\\]-~]{1,200}\"|[!#-\\[\\]-~]{1,200})$",
        "0b6f3c1e-5a0e-4f0e-9d0b-6a52b1a4c001",
        "A new value for each new request. Sent again with the same key and body, the request gives its first answer and nothing is done twice; kept for 24 hours.",
    ),
    (
        "IfMatch",
        "If-Match",
        true,
        "^(\\*|\"v[0-9]{1,18}(-[!#-~]{1,100})?\")$",
        "\"v3\"",
        "The `ETag` of the version that you mean to change.",
    ),
    (
        "IfMatchIfAny",
        "If-Match",
        false,
        "^(\\*|\"v[0-9]{1,18}(-[!#-~]{1,100})?\")$",
        "*",
        "The `ETag` of the version that you have seen, if nothing may be added to another. Without it, whatever version is there.",
    ),
    (
        "IfNoneMatch",
        "If-None-Match",
        false,
        "^[ -~]*$",
        "\"v3\"",
        "An `ETag` that you have; when nothing has changed the answer is 304 without a body.",
    ),
];

/// A reference to a header that is described once; `None` for one that is not.
pub(super) fn header(name: &str) -> Option<Value> {
    HEADERS.iter().any(|(known, ..)| *known == name).then(|| json!({ "$ref": format!("#/components/headers/{name}") }))
}

/// A reference to a request header by its name among the components.
pub(super) fn parameter(name: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{name}") })
}

/// A reference to the problem response of a status; `None` for a status that is not shared.
pub(super) fn problem(status: u16) -> Option<Value> {
    let told = PROBLEMS.iter().find(|told| told.0 == status)?;
    Some(json!({ "$ref": format!("#/components/responses/{}", told.1) }))
}

/// Everything that is described once and referred to.
pub(super) fn components() -> Map<String, Value> {
    let text = |pattern: &str, most: u32| json!({ "type": "string", "maxLength": most, "pattern": pattern });
    let headers: Map<String, Value> = HEADERS
        .iter()
        .map(|(name, pattern, example, about)| {
            ((*name).to_owned(), json!({ "description": about, "schema": text(pattern, 2000), "example": example }))
        })
        .collect();
    let mut parameters: Map<String, Value> = PARAMETERS
        .iter()
        .map(|(key, name, required, pattern, example, about)| {
            let made = json!({ "name": name, "in": "header", "description": about, "required": required,
                "schema": text(pattern, 2000), "example": example });
            ((*key).to_owned(), made)
        })
        .collect();
    parameters.insert("Page".to_owned(), page());
    let responses: Map<String, Value> = PROBLEMS.iter().map(|told| (told.1.to_owned(), response(told))).collect();
    let parts = json!({
        "headers": headers, "parameters": parameters, "responses": responses,
        "securitySchemes": {
            "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": "로그인으로 받은 접근 토큰. An access token from signing in: EdDSA, profile of RFC 9068, checked as RFC8725 asks. `x-action` of each operation names its row of the policy table." },
            "service_key": { "type": "http", "scheme": "bearer", "bearerFormat": "axk_",
                "description": "프로그램이 쓰는 서비스 키. A program's key, beginning with `axk_`, sent in the same header." },
        },
    });
    parts.as_object().cloned().unwrap_or_default()
}

fn page() -> Value {
    json!({
        "name": "page", "in": "query", "required": false, "style": "form", "explode": true,
        "description": "Which part of the list: `page_size=50&page_token=...`, as two parameters.",
        "schema": { "type": "object", "additionalProperties": false, "properties": {
            "page_size": { "type": "integer", "format": "int64", "minimum": 1, "maximum": 10_000, "default": 50,
                "description": "How many at most; more than 200 gives 200." },
            "page_token": { "type": "string", "maxLength": 2000, "pattern": "^[A-Za-z0-9_-]+$",
                "description": "Where the page before ended: its `next_page_token`." },
        } },
        "example": { "page_size": 50 },
    })
}

fn response(told: &Told) -> Value {
    let Told(status, _, code, more) = told;
    let headers: Map<String, Value> = ON_ALL
        .iter()
        .chain(&["Content-Language"])
        .chain(*more)
        .filter_map(|name| Some(((*name).to_owned(), header(name)?)))
        .collect();
    let faults = if *status == 422 { vec![Fault::new("/share", &OUT_OF_RANGE)] } else { Vec::new() };
    let example =
        Problem::new(code).with(faults).body(Language::Korean, "/v1/projects", "01890a5d-ac96-774b-bcce-b302099a8057");
    json!({
        "description": format!("{}. {}", code.title.en, code.title.ko),
        "headers": headers,
        "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" },
            "example": example,
        } },
    })
}
