//! The API's specification (API 명세), read off the mounted routes. Needs no database.

use crate::http;
use actix_web::App;
use std::{collections::BTreeMap, sync::OnceLock};
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

/// The specification, OpenAPI 3.1.
pub fn spec() -> utoipa::openapi::OpenApi {
    http::take_named();
    let (_, mut document) =
        App::new().into_utoipa_app().openapi(Base::openapi()).configure(crate::routes).split_for_parts();
    document.components.get_or_insert_default().schemas.extend(http::take_named());
    document
}

/// The specification as text, as it is served, printed and committed.
pub fn spec_text() -> String {
    let mut text = spec().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// The methods that the specification offers for a path, with its templates filled in.
pub(crate) fn methods_of(path: &str) -> Vec<String> {
    static TEMPLATES: OnceLock<Vec<(Vec<String>, Vec<String>)>> = OnceLock::new();
    let templates = TEMPLATES.get_or_init(|| {
        let document = serde_json::to_value(spec()).unwrap_or_default();
        let paths: BTreeMap<String, BTreeMap<String, serde_json::Value>> =
            document.get("paths").and_then(|p| serde_json::from_value(p.clone()).ok()).unwrap_or_default();
        let split = |path: &str| path.split('/').map(str::to_owned).collect();
        paths.iter().map(|(path, item)| (split(path), item.keys().map(|m| m.to_uppercase()).collect())).collect()
    });
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |template: &[String]| {
        template.len() == parts.len()
            && template.iter().zip(&parts).all(|(t, p)| t == p || (t.starts_with('{') && !p.is_empty()))
    };
    templates.iter().filter(|(template, _)| fits(template)).flat_map(|(_, methods)| methods.clone()).collect()
}
