//! Bodies (기관) to try operations on.

use super::{Case, Cast};
use serde_json::json;
use tests::TestApp;

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    Some(match id {
        "list_bodies" => Case::at("/v1/bodies?kind=ministry&page_size=5"),
        "read_body_history" => Case::at("/v1/bodies/mois/history"),
        "create_body" => Case::at("/v1/bodies").with(new(app)),
        "read_body" => Case::at("/v1/bodies/mois"),
        "change_body" => entered(app, cast, "").await,
        "close_body" => entered(app, cast, "/close").await,
        _ => return None,
    })
}

fn new(app: &TestApp) -> serde_json::Value {
    let key = format!("b-{}", &app.app.chance.uuid().to_string()[24..]);
    json!({ "key": key, "kind": "agency", "facts": { "name": { "ko": "시험청" }, "source": "시험" } })
}

async fn entered(app: &TestApp, cast: &Cast, below: &str) -> Case {
    let made = app.post(cast.coordinator(), "/v1/bodies", new(app)).await.expect(201);
    Case::at(format!("/v1/bodies/{}{below}", made.json["key"].as_str().unwrap())).tagged(made.tag())
}
