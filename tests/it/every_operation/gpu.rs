//! GPUs (GPU 배분) to try operations on: requests of the leading body's project with the partner taking part; each on a pool where
//! nobody waits, and what waits on another.

use super::{Case, Cast, project};
use crate::gpu::kit::{LIST, plan, pool};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, TestApp};

/// Where nothing waits.
const FREE: &str = "gpu25-naver-h200";
/// Where what waits is offered at once.
const WAITED: &str = "gpu25-kakao-b200";

/// So many days from today.
fn ahead(app: &TestApp, days: u64) -> String {
    app.app.clock.now().day().plus_days(days).to_string()
}

fn wish(app: &TestApp, project: &str, pool: &str) -> Value {
    let period = json!({ "from": ahead(app, 9), "to": ahead(app, 99) });
    json!({ "project": project, "pool": pool, "gpus": 8, "purpose": "학습", "period": period })
}

async fn asked(app: &TestApp, cast: &Cast, pool: &str) -> Answer {
    let project = project::filed(app, &cast.renewed(app)).await;
    app.post(&app.renew(cast.planner()), LIST, wish(app, &project.id(), pool)).await.expect(201)
}

/// Brings a request further, step by step, as a coordinator of the stranger.
async fn brought(app: &TestApp, cast: &Cast, pool: &str, steps: &[(&str, Value)]) -> Answer {
    let mut request = asked(app, cast, pool).await;
    let at = format!("{LIST}/{}", request.json["request"]["id"].as_str().unwrap());
    for (step, body) in steps {
        request =
            app.post_to(&app.renew(cast.coordinator()), &format!("{at}/{step}"), "*", body.clone()).await.expect(200);
    }
    request
}

fn steps(to: &str) -> Vec<(&'static str, Value)> {
    let all =
        [("screen", json!({ "finding": "적정" })), ("approve", json!({ "reason": "적정" })), ("allocate", json!({}))];
    let last = all.iter().position(|(step, _)| *step == to).map_or(0, |at| at + 1);
    all.into_iter().take(last).collect()
}

/// A round, announced or not.
async fn round(app: &TestApp, cast: &Cast, announced: bool) -> Case {
    let (key, coordinator) = (format!("r-{}", &app.app.chance.uuid().to_string()[24..]), app.renew(cast.coordinator()));
    let made =
        app.post(&coordinator, "/v1/gpu-rounds", json!({ "key": key, "plan": plan(app, FREE) })).await.expect(201);
    let at = format!("/v1/gpu-rounds/{key}");
    if !announced {
        return Case::at(at).tagged(made.tag()).draft();
    }
    let out = app.post_to(&coordinator, &format!("{at}/announce"), "*", json!({})).await.expect(200);
    Case::at(at).tagged(out.tag())
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let on = |request: Answer, below: &str| {
        Case::at(format!("{LIST}/{}{below}", request.json["request"]["id"].as_str().unwrap())).tagged(request.tag())
    };
    let below = |case: Case, below: &str| Case { path: format!("{}{below}", case.path), ..case };
    let key = || format!("p-{}", &app.app.chance.uuid().to_string()[24..]);
    let today = app.app.clock.now().day();
    Some(match id {
        "list_gpu_pools" => Case::at("/v1/gpu-pools?page_size=5"),
        "read_gpu_pool" => Case::at("/v1/gpu-pools/gpu25-nhn-b200"),
        "read_gpu_pool_history" => Case::at("/v1/gpu-pools/gpu25-nhn-b200/history"),
        "read_gpu_waiting_list" => Case::at("/v1/gpu-pools/gpu25-nhn-b200/waiting-list"),
        "offer_free_gpus" => Case::at("/v1/gpu-pools/gpu25-nhn-b200/offers"),
        "create_gpu_pool" => Case::at("/v1/gpu-pools").with(json!({
            "key": key(), "facts": { "name": { "ko": "시험용 풀" }, "owner": "nipa", "operator": "시험", "source": "시험" },
            "accelerator": { "kind": "npu", "model": "시험 NPU" }, "gpus_per_unit": 1,
            "terms": { "max_months": 6, "max_gpus_per_project": 8, "offer_hours": 24 },
            "capacity": [{ "from": "2026-01-01", "government_gpus": 10, "operator_gpus": 0, "reason": "시험", "source": "시험" }] })),
        "change_gpu_pool" | "resize_gpu_pool" => {
            let key = key();
            let made = pool(app, &key, 64).await;
            let case = Case::at(format!("/v1/gpu-pools/{key}")).tagged(made.tag());
            if id == "resize_gpu_pool" { below(case, "/capacity") } else { case.with(json!({
                "facts": { "name": { "ko": "시험용 풀" }, "owner": "nipa", "operator": "다른 클라우드", "source": "시험" },
                "terms": { "max_months": 6, "max_gpus_per_project": 8, "offer_hours": 24 } })) }
        }
        "list_user_charges" => Case::at("/v1/user-charges"),
        "decide_user_charge" => Case::at("/v1/user-charges/large_enterprise").tagged("*"),
        "list_gpu_rounds" => Case::at("/v1/gpu-rounds?page_size=5"),
        "read_gpu_round" => round(app, cast, true).await,
        "read_gpu_round_history" => below(round(app, cast, true).await, "/history"),
        "create_gpu_round" => Case::at("/v1/gpu-rounds").with(json!({ "key": key(), "plan": plan(app, FREE) })),
        "change_gpu_round" => round(app, cast, false).await.with(plan(app, WAITED)),
        "announce_gpu_round" => below(round(app, cast, false).await, "/announce"),
        "cancel_gpu_round" => below(round(app, cast, true).await, "/cancel"),
        "finish_gpu_round" => {
            let case = round(app, cast, true).await;
            app.pass(3601);
            below(case, "/finish")
        }
        "list_gpu_places" => Case::at("/v1/gpu-places?page_size=5"),
        "list_gpu_requests" => Case::at(format!("{LIST}?page_size=5")),
        "list_gpu_allocations" => Case::at("/v1/gpu-allocations?page_size=5"),
        "export_gpu_requests" => Case::at(format!("{LIST}/export?format=csv")),
        "export_gpu_allocations" => Case::at("/v1/gpu-allocations/export?format=csv"),
        "create_gpu_request" => {
            let project = project::filed(app, &cast.renewed(app)).await;
            Case::at(LIST).with(wish(app, &project.id(), FREE))
        }
        "read_gpu_request" => on(asked(app, cast, FREE).await, ""),
        "read_gpu_request_history" => on(asked(app, cast, FREE).await, "/history"),
        "screen_gpu_request" => on(asked(app, cast, FREE).await, "/screen"),
        "withdraw_gpu_request" => on(asked(app, cast, FREE).await, "/withdraw"),
        "approve_gpu_request" => on(brought(app, cast, FREE, &steps("screen")).await, "/approve"),
        "reject_gpu_request" => on(brought(app, cast, FREE, &steps("screen")).await, "/reject"),
        "allocate_gpus" => on(brought(app, cast, FREE, &steps("approve")).await, "/allocate"),
        "await_gpus" => on(brought(app, cast, WAITED, &steps("approve")).await, "/wait"),
        "accept_gpus" | "decline_gpus" => {
            let mut steps = steps("approve");
            steps.push(("wait", json!({})));
            on(brought(app, cast, WAITED, &steps).await, if id == "accept_gpus" { "/accept" } else { "/decline" })
        }
        "extend_gpus" => on(brought(app, cast, FREE, &steps("allocate")).await, "/extend")
            .with(json!({ "to": ahead(app, 130), "reason": "일정 연장" })),
        "return_gpus" => on(brought(app, cast, FREE, &steps("allocate")).await, "/return")
            .with(json!({ "on": today, "reason": "조기 종료" })),
        "reclaim_gpus" => on(brought(app, cast, FREE, &steps("allocate")).await, "/reclaim")
            .with(json!({ "on": today, "ground": "low_use", "reason": "저활용" })),
        "report_gpu_progress" => {
            let project = project::filed(app, &cast.renewed(app)).await;
            let mut new = wish(app, &project.id(), FREE);
            new["period"]["from"] = json!(today);
            let asked = app.post(&app.renew(cast.planner()), LIST, new).await.expect(201);
            let at = format!("{LIST}/{}", asked.json["request"]["id"].as_str().unwrap());
            let coordinator = app.renew(cast.who(Role::Coordinator, super::Place::Stranger));
            let mut last = asked;
            for (step, body) in steps("allocate") {
                last = app.post_to(&coordinator, &format!("{at}/{step}"), "*", body).await.expect(200);
            }
            on(last, "/report")
        }
        _ => return None,
    })
}
