//! Demands (자원 수요) of the leading body to try operations on.

use super::{Case, Cast, Place};
use serde_json::json;
use tests::TestApp;

async fn recorded(app: &TestApp, cast: &Cast) -> Case {
    let details = json!({ "kind": "gpu", "amount": 64, "from": "2027-01", "to": "2027-06", "purpose": "학습" });
    let new = json!({ "body": Place::Lead.body(), "details": details });
    let made = app.post(&app.renew(cast.planner()), "/v1/demands", new).await.expect(201);
    Case::at(format!("/v1/demands/{}", made.json["demand"]["id"].as_str().unwrap())).tagged(made.tag())
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let below = |case: Case, below: &str| Case { path: format!("{}{below}", case.path), ..case };
    Some(match id {
        "list_demands" => Case::at("/v1/demands?page_size=5"),
        "read_demand" => recorded(app, cast).await,
        "change_demand" => recorded(app, cast)
            .await
            .with(json!({ "kind": "npu", "amount": 8, "from": "2027-01", "to": "2027-06", "purpose": "추론" })),
        "record_demand" => Case::at("/v1/demands").with(json!({ "body": Place::Lead.body(), "details": {
            "kind": "model", "amount": 1, "from": "2027-H1", "to": "2027-H2", "purpose": "독자 모델 활용" } })),
        "answer_demand" => below(recorded(app, cast).await, "/answer"),
        "withdraw_demand" => below(recorded(app, cast).await, "/withdraw"),
        _ => return None,
    })
}
