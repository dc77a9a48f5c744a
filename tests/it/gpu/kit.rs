//! Pools, projects and requests for GPUs (시험용 GPU 풀과 신청).

use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// Where requests are.
pub const LIST: &str = "/v1/gpu-requests";

/// A pool of so many GPUs in servers of eight, from the beginning of the year on.
pub async fn pool(app: &TestApp, key: &str, gpus: u32) -> Answer {
    let new = json!({
        "key": key, "facts": { "name": { "ko": "시험용 풀" }, "owner": "nipa", "operator": "시험 클라우드", "source": "시험용으로 지어냄" },
        "accelerator": { "kind": "gpu", "model": "H200" }, "gpus_per_unit": 8,
        "terms": { "max_months": 12, "max_gpus_per_project": null, "offer_hours": 72 },
        "capacity": [{ "from": "2026-01-01", "government_gpus": gpus, "operator_gpus": 0, "reason": "시험", "source": "시험용으로 지어냄" }]
    });
    app.post(&app.persona(Role::Coordinator, "nipa").await, "/v1/gpu-pools", new).await.expect(201)
}

/// A filed project that a body leads, alone or with a partner.
pub async fn project(app: &TestApp, planner: &Persona, body: &str, partner: Option<&str>) -> String {
    let share = if partner.is_some() { "60" } else { "100" };
    let partners: Vec<Value> = partner.into_iter().map(|body| json!({ "body": body, "share": "40" })).collect();
    let new = json!({ "project": {
        "lead_body": body, "title": { "ko": format!("GPU를 쓰는 과제 {}", &app.app.chance.uuid().to_string()[30..]) },
        "summary": "모델을 학습한다.", "lead_share": share, "partners": partners, "fields": ["public"], "network": "internal",
        "personal_data": { "handling": "none" }, "planned": { "start": "2026-03", "end": "2027-H1" },
        "phase_plans": { "planning": { "start": "2026-03", "end": "2026-12" } }
    } });
    let draft = app.post(planner, "/v1/projects", new).await.expect(201);
    let at = format!("/v1/projects/{}", draft.id());
    app.post_to(planner, &format!("{at}/similar-confirmation"), "*", json!({})).await.expect(200);
    app.post_to(planner, &format!("{at}/file"), "*", json!({})).await.expect(200);
    draft.id()
}

/// Asks for GPUs outside of rounds.
pub async fn ask(
    app: &TestApp,
    planner: &Persona,
    project: &str,
    (pool, gpus): (&str, u32),
    (from, to): (&str, &str),
) -> Answer {
    let new = json!({ "project": project, "pool": pool, "gpus": gpus, "period": { "from": from, "to": to }, "purpose": "학습" });
    app.post(&app.renew(planner), LIST, new).await
}

/// Where a request is.
pub fn path(request: &Answer) -> String {
    format!("{LIST}/{}", request.json["request"]["id"].as_str().expect("a request"))
}

/// Does something to a request, whatever version is there.
pub async fn then(app: &TestApp, who: &Persona, request: &Answer, act: &str, body: Value) -> Answer {
    app.post_to(&app.renew(who), &format!("{}/{act}", path(request)), "*", body).await
}

/// How a request and its last place on the waiting list stand.
pub async fn stands(app: &TestApp, who: &Persona, request: &Answer) -> (String, Value) {
    let seen = app.get(&app.renew(who), &path(request)).await.expect(200).json;
    (seen["state"].as_str().unwrap().to_owned(), seen["waiting"]["state"].clone())
}

/// Screens and approves a request as it was asked.
pub async fn approve(app: &TestApp, coordinator: &Persona, request: &Answer, approval: Value) -> Answer {
    then(app, coordinator, request, "screen", json!({ "finding": "적정" })).await.expect(200);
    then(app, coordinator, request, "approve", approval).await
}

/// A request that was approved.
pub async fn approved(
    app: &TestApp,
    (planner, coordinator): (&Persona, &Persona),
    project: &str,
    of: (&str, u32),
    period: (&str, &str),
) -> Answer {
    let asked = ask(app, planner, project, of, period).await.expect(201);
    approve(app, coordinator, &asked, json!({ "reason": "적정" })).await.expect(200)
}

/// The plan of a round that offers 64 GPUs of a pool, at most 32 to a project, and is open for an hour.
pub fn plan(app: &TestApp, pool: &str) -> Value {
    let now = app.app.clock.now();
    json!({
        "name": { "ko": "시험용 회차" }, "lead_body": "msit", "managing_agency": "nipa", "opens_at": now,
        "closes_at": now.plus_seconds(3600), "pools": [{ "pool": pool, "offered_gpus": 64, "max_gpus_per_project": 32, "large_from_gpus": 32 }],
        "max_months": 6, "sector_shares": [{ "sector": "government", "share": "75" }], "criteria": ["기술·사회적 파급효과", "준비 정도"]
    })
}

/// A round that is announced, of a pool.
pub async fn round(app: &TestApp, key: &str, pool: &str) -> Answer {
    let coordinator = app.coordinator().await;
    app.post(&coordinator, "/v1/gpu-rounds", json!({ "key": key, "plan": plan(app, pool) })).await.expect(201);
    app.post_to(&coordinator, &format!("/v1/gpu-rounds/{key}/announce"), "*", json!({})).await.expect(200)
}

/// A request of mois in a round of its own, allocated, and another that waits.
pub async fn in_a_round(app: &TestApp, planner: &Persona, key: &str) -> Answer {
    round(app, key, "gpu25-naver-h200").await;
    let coordinator = app.persona(Role::Coordinator, "mohw").await;
    let project = project(app, planner, "mois", None).await;
    let today = app.app.clock.now().day();
    let new = json!({ "project": project, "round": key, "pool": "gpu25-naver-h200", "gpus": 8, "purpose": "학습",
        "period": { "from": today.plus_days(9), "to": today.plus_days(99) } });
    let first = app.post(planner, LIST, new.clone()).await.expect(201);
    approve(app, &coordinator, &first, json!({ "reason": "적정" })).await.expect(200);
    let given = then(app, &coordinator, &first, "allocate", json!({})).await.expect(200);
    let second = app.post(planner, LIST, new).await.expect(201);
    approve(app, &coordinator, &second, json!({ "reason": "적정" })).await.expect(200);
    then(app, &coordinator, &second, "wait", json!({})).await.expect(200);
    given
}
