//! Projects (과제) to try operations on: led by the leading body, with the partner taking part.

use super::{Case, Cast, Place};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, TestApp};

/// A draft of a joint project that meets every condition to be filed.
pub async fn draft(app: &TestApp, cast: &Cast) -> Answer {
    let new = json!({ "project": {
        "lead_body": Place::Lead.body(), "title": { "ko": "AI 민원 안내 서비스" }, "summary": "민원인이 묻는 말을 알아듣는다.",
        "lead_share": "60", "partners": [{ "body": Place::Partner.body(), "share": "40" }],
        "fields": ["public"], "regions": ["36"], "network": "internal", "personal_data": { "handling": "none" },
        "planned": { "start": "2026-03", "end": "2027-H1" },
        "phase_plans": { "planning": { "start": "2026-03", "end": "2026-12" } }
    } });
    app.post(cast.planner(), "/v1/projects", new).await.expect(201)
}

/// Where a project is.
pub fn path(project: &Answer) -> String {
    format!("/v1/projects/{}", project.id())
}

/// Does something to a project as its planner.
async fn then(app: &TestApp, cast: &Cast, project: &Answer, act: &str, body: Value) -> Answer {
    app.post_to(cast.planner(), &format!("{}/{act}", path(project)), &project.tag(), body).await.expect(200)
}

/// A project that has been filed.
pub async fn filed(app: &TestApp, cast: &Cast) -> Answer {
    let draft = draft(app, cast).await;
    let looked =
        app.post_to(cast.planner(), &format!("{}/similar-confirmation", path(&draft)), &draft.tag(), json!({})).await;
    then(app, cast, &looked.expect(200), "file", json!({})).await
}

/// A filed project whose gate has been asked for, every unmet condition to be waived.
async fn asked(app: &TestApp, cast: &Cast) -> Answer {
    let project = filed(app, cast).await;
    let ask = waivers(app, cast, &project).await;
    then(app, cast, &project, "gate-requests", ask).await
}

async fn waivers(app: &TestApp, cast: &Cast, project: &Answer) -> Value {
    let gate = app.get(cast.planner(), &format!("{}/gate", path(project))).await.expect(200);
    let unmet = gate.json["conditions"].as_array().unwrap().iter().filter(|c| c["state"]["is"] == "not_met");
    let ask: Vec<Value> = unmet.map(|c| json!({ "code": c["code"], "reason": "다음 단계에서 보완한다" })).collect();
    json!({ "ask_waivers": ask })
}

fn request(project: &Answer) -> String {
    let requests = project.json["gates"].as_array().unwrap();
    requests.last().unwrap()["id"].as_str().unwrap().to_owned()
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let on = |project: &Answer, below: &str| Case::at(format!("{}{below}", path(project))).tagged(project.tag());
    let day = "2026-11-20";
    Some(match id {
        "list_projects" => Case::at("/v1/projects?page_size=5&count=exact"),
        "export_projects" => Case::at("/v1/projects/export?format=csv&purpose=%EC%8B%9C%ED%97%98"),
        "find_similar_projects" => Case::at("/v1/projects/similar?title=AI%EB%AF%BC%EC%9B%90"),
        "list_health_rules" => Case::at("/v1/health-rules"),
        "list_gate_conditions" => Case::at("/v1/gate-conditions"),
        "create_project" => Case::at("/v1/projects"),
        "read_project" | "change_project" => on(&filed(app, cast).await, ""),
        "read_project_moves" => on(&filed(app, cast).await, "/moves"),
        "read_project_gate" => on(&filed(app, cast).await, "/gate"),
        "read_project_lineage" => on(&filed(app, cast).await, "/lineage"),
        "read_project_history" => on(&filed(app, cast).await, "/history"),
        "read_project_similar" => on(&filed(app, cast).await, "/similar"),
        "prioritise_project" => on(&filed(app, cast).await, "/priority"),
        "decline_project_advice" => on(&filed(app, cast).await, "/advice-not-wanted"),
        "hold_project" => on(&filed(app, cast).await, "/hold"),
        "cancel_project" => on(&filed(app, cast).await, "/cancel"),
        "rate_project_health" => on(&filed(app, cast).await, "/health"),
        "remove_project" => on(&draft(app, cast).await, "").draft(),
        "confirm_project_similar" => on(&draft(app, cast).await, "/similar-confirmation").draft(),
        "restore_project" => {
            let draft = draft(app, cast).await;
            let removed = {
                let why = json!({ "reason": "중복" });
                app.send_as(cast.planner(), "DELETE", &path(&draft), Some(&draft.tag()), Some(&why)).await
            };
            on(&removed.expect(200), "/restore").removed()
        }
        "file_project" => {
            let draft = draft(app, cast).await;
            on(&then(app, cast, &draft, "similar-confirmation", json!({})).await, "/file").draft()
        }
        "resume_project" => {
            let project = filed(app, cast).await;
            on(&then(app, cast, &project, "hold", json!({ "reason": "예산 조정" })).await, "/resume")
        }
        "write_project_part" => on(&filed(app, cast).await, &format!("/parts/{}", Place::Partner.body()))
            .with(json!({ "text": "모델을 제공한다", "contact": "인공지능기반정책과" })),
        "attach_project_file" => on(&filed(app, cast).await, "/attachments").with(json!({
            "name": "계획서.pdf", "media_type": "application/pdf", "bytes": 1024, "sha256": "ab".repeat(32) })),
        "check_project_progress" => on(&filed(app, cast).await, "/progress-checks").with(json!({
            "kind": "progress_check", "checked_on": day, "planned": "40", "actual": "35", "findings": "늦다" })),
        "close_project_action" => {
            let project = filed(app, cast).await;
            let check = json!({ "kind": "progress_check", "checked_on": day, "planned": "40", "actual": "35", "findings": "늦다",
                "actions": [{ "text": "보안성 검토를 마친다", "due": "2026-12-31" }] });
            let manager = cast.who(Role::ProgressManager, Place::Stranger);
            let checked =
                app.post_to(manager, &format!("{}/progress-checks", path(&project)), &project.tag(), check).await;
            on(&checked.expect(200), "/actions/1/close")
        }
        "request_project_gate" => {
            let project = filed(app, cast).await;
            let ask = waivers(app, cast, &project).await;
            on(&project, "/gate-requests").with(ask)
        }
        "withdraw_project_gate" => {
            let project = asked(app, cast).await;
            on(&project, &format!("/gate-requests/{}/withdraw", request(&project)))
        }
        "decide_project_gate" => {
            let project = asked(app, cast).await;
            on(&project, &format!("/gate-requests/{}/decision", request(&project)))
                .with(json!({ "outcome": "return", "reason": "예산을 보완할 것" }))
        }
        "return_project" => on(&in_execution(app, cast).await, "/go-back"),
        _ => return None,
    })
}

/// A project that has passed its first gate.
async fn in_execution(app: &TestApp, cast: &Cast) -> Answer {
    let project = asked(app, cast).await;
    let mut waivers = waivers(app, cast, &project).await["ask_waivers"].clone();
    for waiver in waivers.as_array_mut().unwrap() {
        waiver["until"] = json!("2027-06-30");
    }
    let decision = json!({ "outcome": "pass_with_waivers", "waivers": waivers });
    let at = format!("{}/gate-requests/{}/decision", path(&project), request(&project));
    app.post_to(cast.coordinator(), &at, &project.tag(), decision).await.expect(200)
}
