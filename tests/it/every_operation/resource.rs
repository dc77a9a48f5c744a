//! What projects are given and use (자원 지원) to try operations on: of the leading body, with the partner taking part.

use super::{Case, Cast, Place, project};
use serde_json::{Value, json};
use tests::{Answer, TestApp};

fn asked() -> Value {
    json!({ "kind": "talent", "text": "학습 자료를 가려 낼 인력", "amount": 6, "unit": "persons", "wanted_from": "2027-01-01" })
}

/// Something recorded for a filed project, by its planner.
async fn under(app: &TestApp, cast: &Cast, what: &str, new: Value) -> Answer {
    let project = project::filed(app, cast).await;
    app.post(cast.planner(), &format!("{}/{what}", project::path(&project)), new).await.expect(201)
}

fn on(record: &Answer, below: &str) -> Case {
    Case::at(format!("{}{below}", record.headers.get("location").unwrap().to_str().unwrap())).tagged(record.tag())
}

async fn request(app: &TestApp, cast: &Cast) -> Answer {
    under(app, cast, "resource-requests", asked()).await
}

/// A request taken a step further by a coordinator of another body.
async fn then(app: &TestApp, cast: &Cast, request: &Answer, act: &str, body: Value) -> Answer {
    let at = format!("/v1/resource-requests/{}/{act}", request.id());
    app.post_to(cast.coordinator(), &at, &request.tag(), body).await.expect(200)
}

async fn approved(app: &TestApp, cast: &Cast) -> Answer {
    then(app, cast, &request(app, cast).await, "decision", json!({ "outcome": "approved" })).await
}

fn key(app: &TestApp) -> String {
    format!("r-{}", &app.app.chance.uuid().to_string()[24..])
}

fn model(app: &TestApp) -> Value {
    json!({ "key": key(app), "details": { "name": { "ko": "시험 모델" }, "maker": "시험", "source": "시험" } })
}

fn service(app: &TestApp) -> Value {
    json!({ "key": key(app), "name": { "ko": "시험 서비스" }, "kind": "building", "source": "시험" })
}

async fn entered(app: &TestApp, cast: &Cast, list: &str, new: Value) -> Answer {
    app.post(cast.coordinator(), list, new).await.expect(201)
}

async fn adoption(app: &TestApp, cast: &Cast) -> Answer {
    let new = json!({ "model": "independent-lg", "purpose": "요약", "how": "api", "from": "2026-11-01" });
    under(app, cast, "model-adoptions", new).await
}

fn dataset() -> Value {
    json!({ "title": "시험 자료", "provider": "시험", "portal": "시험",
        "licence": { "is": "kogl", "kogl_type": "2", "ai_type": true } })
}

/// The use of a service in a project of its own.
async fn service_use(app: &TestApp, cast: &Cast) -> Value {
    let project = project::filed(app, cast).await;
    json!({ "service": "work-platform", "body": Place::Lead.body(), "project": project.id(), "from": "2026-11-01" })
}

async fn used(app: &TestApp, cast: &Cast) -> Answer {
    let new = service_use(app, cast).await;
    app.post(cast.planner(), "/v1/service-uses", new).await.expect(201)
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let filed = async |below: &str| {
        let project = project::filed(app, cast).await;
        Case::at(format!("{}/{below}", project::path(&project))).tagged(project.tag())
    };
    Some(match id {
        "list_resource_requests" => Case::at("/v1/resource-requests?page_size=5"),
        "export_resource_requests" => Case::at("/v1/resource-requests/export?format=csv&purpose=x"),
        "read_resource_fulfilment" => Case::at("/v1/resource-requests/fulfilment"),
        "ask_resource" => filed("resource-requests").await.with(asked()),
        "read_resource_request" => on(&request(app, cast).await, ""),
        "decide_resource_request" => {
            on(&request(app, cast).await, "/decision").with(json!({ "outcome": "rejected", "reason": "없음" }))
        }
        "withdraw_resource_request" => on(&request(app, cast).await, "/withdraw"),
        "supply_resource_request" => {
            let approved = approved(app, cast).await;
            Case::at(format!("/v1/resource-requests/{}/supplies", approved.id())).tagged(approved.tag())
        }
        "end_resource_request" => {
            let supply = json!({ "on": "2026-11-20", "amount": 2 });
            let supplied = then(app, cast, &approved(app, cast).await, "supplies", supply).await;
            Case::at(format!("/v1/resource-requests/{}/end", supplied.id())).tagged(supplied.tag())
        }
        "list_foundation_models" => Case::at("/v1/foundation-models?page_size=5"),
        "read_foundation_model" => Case::at("/v1/foundation-models/independent-lg"),
        "create_foundation_model" => Case::at("/v1/foundation-models").with(model(app)),
        "change_foundation_model" => on(&entered(app, cast, "/v1/foundation-models", model(app)).await, ""),
        "add_foundation_model_stage" => on(&entered(app, cast, "/v1/foundation-models", model(app)).await, "/stages"),
        "list_model_adoptions" => Case::at("/v1/model-adoptions?page_size=5"),
        "count_model_adoptions" => Case::at("/v1/model-adoptions/by-model"),
        "read_model_adoption" => on(&adoption(app, cast).await, ""),
        "record_model_adoption" => filed("model-adoptions").await,
        "end_model_adoption" => on(&adoption(app, cast).await, "/end"),
        "list_common_services" => Case::at("/v1/common-services?page_size=5"),
        "read_common_service" => Case::at("/v1/common-services/work-platform"),
        "create_common_service" => Case::at("/v1/common-services").with(service(app)),
        "change_common_service" => on(&entered(app, cast, "/v1/common-services", service(app)).await, ""),
        "list_service_uses" => Case::at("/v1/service-uses?page_size=5"),
        "read_service_use_summary" => Case::at("/v1/service-uses/summary"),
        "read_service_use" => on(&used(app, cast).await, ""),
        "record_service_use" => Case::at("/v1/service-uses").with(service_use(app, cast).await),
        "count_service_users" => on(&used(app, cast).await, "/user-counts"),
        "end_service_use" => on(&used(app, cast).await, "/end"),
        "list_dataset_uses" => Case::at("/v1/dataset-uses?page_size=5"),
        "read_dataset_use" | "change_dataset_use" => on(&dataset_use(app, cast).await, ""),
        "record_dataset_use" => filed("dataset-uses").await,
        _ => return None,
    })
}

async fn dataset_use(app: &TestApp, cast: &Cast) -> Answer {
    under(app, cast, "dataset-uses", dataset()).await
}
