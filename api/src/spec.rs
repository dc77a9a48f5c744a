//! The API's specification (API 명세), read off the mounted routes. Needs no database.
//!
//! utoipa collects what the handlers' types say; one pass (`pass`) then adds to every operation what all of them share.
//! What comes of it is committed, and the program carries the committed text: a test holds the two together. Input is
//! checked against this same document, so that the specification and the check never differ.

mod example;
mod pass;
mod schema;
mod shared;
mod tags;

use crate::http;
use actix_web::App;
use serde_json::Value;
use std::sync::OnceLock;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

#[derive(OpenApi)]
#[openapi(info(
    title = "axtrack",
    description = "AX(인공지능 전환) 과제를 기획에서 확산까지 관리하는 API. Carries a government's AI-transformation projects from idea to nationwide use.",
    license(name = "Apache-2.0", identifier = "Apache-2.0"),
    contact(name = "axtrack")
))]
struct Base;

/// The specification, OpenAPI 3.1: JSON as it is committed, served and held against what comes in.
pub const fn spec_text() -> &'static str {
    include_str!("../../openapi/axtrack.json")
}

/// The same, read.
pub fn spec() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(spec_text()).unwrap_or_default())
}

/// The specification that the routes and types make now, which is to be committed: JSON with two spaces of indentation
/// and a line feed at its end. Making it takes more memory than all else a
/// server does, so servers carry the text instead.
pub fn made_spec() -> String {
    let mut document = serde_json::to_value(collected()).unwrap_or_default();
    pass::finish(&mut document);
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// What utoipa makes of the routes, with the schemas of replies, which it names but does not collect.
fn collected() -> utoipa::openapi::OpenApi {
    gathered().0
}

/// The same, with the names that stand for two different schemas.
fn gathered() -> (utoipa::openapi::OpenApi, Vec<String>) {
    http::take_named();
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(Base::openapi())
        .configure(|cfg| crate::beside(cfg))
        .service(
            utoipa_actix_web::scope("/v1")
                .configure(|cfg: &mut utoipa_actix_web::service_config::ServiceConfig<'_>| crate::versioned(cfg)),
        )
        .split_for_parts();
    let schemas = &mut document.components.get_or_insert_default().schemas;
    let mut twice = Vec::new();
    for (name, schema) in http::take_named() {
        match schemas.get(&name) {
            Some(known) if *known != schema && !twice.contains(&name) => twice.push(name),
            _ => drop(schemas.insert(name, schema)),
        }
    }
    (document, twice)
}

/// The schema of this name with all that it leads to, as one document of its own; `None` when it is not published.
pub(crate) fn schema_of(name: &str) -> Option<Value> {
    schema::alone(spec(), &serde_json::json!({ "$ref": format!("#/components/schemas/{name}") }))
}

/// A schema that may lead to published ones, as one document of its own.
pub(crate) fn standing_alone(wanted: &Value) -> Option<Value> {
    schema::alone(spec(), wanted)
}

/// A path of the specification, cut at its slashes, and the methods it offers.
struct Offered {
    parts: Vec<String>,
    methods: Vec<String>,
}

impl Offered {
    fn fits(&self, path: &str) -> bool {
        let mut given = path.split('/');
        let alike = |t: &String| given.next().is_some_and(|p| t == p || (t.starts_with('{') && !p.is_empty()));
        self.parts.iter().all(alike) && given.next().is_none()
    }
    fn templates(&self) -> usize {
        self.parts.iter().filter(|part| part.starts_with('{')).count()
    }
}

fn offered() -> &'static [Offered] {
    static OFFERED: OnceLock<Vec<Offered>> = OnceLock::new();
    OFFERED.get_or_init(|| {
        let methods = |item: &Value| {
            item.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()).collect::<Vec<_>>()
        };
        let paths = spec().get("paths").and_then(Value::as_object).into_iter().flatten();
        let offered = |(path, item): (&String, &Value)| Offered {
            parts: path.split('/').map(str::to_owned).collect(),
            methods: methods(item),
        };
        paths.map(offered).collect()
    })
}

/// The methods that the specification offers for a path, with its templates filled in. A word goes before a template:
/// `/v1/projects/similar` is no project.
pub(crate) fn methods_of(path: &str) -> &'static [String] {
    let closest = offered().iter().filter(|offered| offered.fits(path)).min_by_key(|offered| offered.templates());
    closest.map_or(&[], |offered| &offered.methods)
}

/// Whether the path ends in a word that a template beside it would take, and the word does not offer the method:
/// PATCH of `/v1/projects/similar`, which a router takes for a project.
pub(crate) fn is_shadowed(method: &str, path: &str) -> bool {
    static WORDS: OnceLock<Vec<&'static Offered>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let beside = |word: &&Offered| {
            let path = word.parts.join("/");
            offered().iter().any(|other| other.templates() > word.templates() && other.fits(&path))
        };
        offered().iter().filter(beside).collect()
    });
    words.iter().any(|word| word.fits(path) && !word.methods.iter().any(|offered| offered == method))
}

#[cfg(test)]
mod tests {
    use super::{is_shadowed, methods_of};

    #[test]
    fn a_word_goes_before_a_template() {
        let entries = "/v1/budget-lines/01890a5d-ac96-774b-bcce-b302099a8057/entries";
        assert_eq!(methods_of(&format!("{entries}/preflight")), ["POST"]);
        assert_eq!(methods_of(&format!("{entries}/01890a5d-ac96-774b-bcce-b302099a8057")), ["GET"]);
        assert!(methods_of(&format!("{entries}/")).is_empty());
        let shadowed = |method: &str, path: &str| is_shadowed(method, path);
        assert!(shadowed("PATCH", "/v1/projects/similar") && shadowed("GET", &format!("{entries}/preflight")));
        assert!(!shadowed("GET", "/v1/projects/similar") && !shadowed("PATCH", "/v1/projects/x"));
        assert!(!shadowed("PATCH", "/v1/projects"));
    }

    #[test]
    fn no_name_stands_for_two_schemas() {
        let (_, twice) = super::gathered();
        assert!(twice.is_empty(), "{twice:?}: give one of the two another name with #[schema(as = ...)]");
    }
}
