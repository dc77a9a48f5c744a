//! A whole life (생애): from the draft to its completion by the record alone, with a halt and every refusal on the way, and
//! how its health was on each day.

use super::{act, change, codes, conditions, decide, enter, path, refused};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, both};

const DAY: i64 = 86_400;

/// What a planner writes before the first gate.
fn planned() -> Value {
    json!({
        "strategy": { "state": "exempt", "reason": "총사업비가 기준 금액보다 적다" },
        "use_cases": [{ "actor": "담당자", "task_before": "손으로 찾는다.", "task_after": "AI가 찾는다.", "human_decision": "결재" }],
        "benefits": [{ "indicator": "처리 시간", "unit": "분", "baseline": "30", "target": "10", "direction": "lower_better" }],
        "milestones": [
            { "name": "설계 완료", "phase": "execution", "due": "2026-12" },
            { "name": "성과 공유", "phase": "diffusion", "due": "2027-H1" }
        ]
    })
}

/// Books a movement on the project's line.
async fn book(app: &TestApp, planner: &Persona, line: &str, kind: &str, won: i64) {
    let at = format!("/v1/budget-lines/{line}");
    let tag = app.get(planner, &at).await.expect(200).tag();
    let entry = json!({ "kind": kind, "amount_krw": won, "booked_on": "2026-11-22", "commitment": "c-1" });
    app.post_to(planner, &format!("{at}/entries"), &tag, entry).await.expect(201);
}

/// Passes the present gate without any waiver.
async fn passed(app: &TestApp, planner: &Persona, project: &Answer) -> Answer {
    let gate = app.get(planner, &format!("{}/gate", path(project))).await.expect(200);
    assert_eq!(gate.json["possible"], true, "{}", gate.json["reasons"]);
    let asked = act(app, planner, project, "gate-requests", json!({ "note": "심사를 바랍니다" })).await;
    decide(app, &app.persona(Role::Coordinator, "nia").await, &asked, json!({ "outcome": "pass" })).await
}

/// The moves that are open, `kind to`.
async fn moves(app: &TestApp, who: &Persona, project: &Answer) -> Vec<String> {
    let moves = app.get(who, &format!("{}/moves", path(project))).await.expect(200);
    let open = moves.json["moves"].as_array().unwrap().iter().filter(|m| m["possible"] == true);
    open.map(|m| format!("{} {}", m["kind"].as_str().unwrap(), m["to"].as_str().unwrap())).collect()
}

both! {
    /// Planning, execution with a halt, diffusion, completion; and what is refused where.
    async fn a_project_lives_its_whole_life(app: TestApp) {
        let (mois, manager) = (app.planner("mois").await, app.persona(Role::ProgressManager, "nia").await);
        let draft = enter(&app, &mois, json!({ "phase_plans": { "planning": { "start": "2026-03", "end": "2027-03" } } })).await;
        let line = json!({ "body": "mois", "fiscal_year": 2026, "account": { "kind": "general", "name": "일반회계" }, "kind": "grant",
            "title": "AI 민원 안내", "standing": "active", "project": draft.id(),
            "appropriation": { "amount_krw": 1_000_000, "booked_on": "2026-01-02" } });
        let line = app.post(&mois, "/v1/budget-lines", line).await.expect(201).json["line"]["id"].as_str().unwrap().to_owned();
        let draft = change(&app, &mois, &draft, planned()).await;
        refused(&app, &mois, &draft, "hold", json!({ "reason": "x" }), (409, "move_not_allowed")).await;
        refused(&app, &mois, &draft, "gate-requests", json!({}), (409, "not_filed")).await;
        let looked = act(&app, &mois, &draft, "similar-confirmation", json!({})).await;
        let filed = act(&app, &mois, &looked, "file", json!({})).await;
        refused(&app, &mois, &filed, "file", json!({}), (409, "move_not_allowed")).await;
        refused(&app, &mois, &filed, "resume", json!({}), (409, "move_not_allowed")).await;
        refused(&app, &mois, &filed, "go-back", json!({ "to": "planning", "reason": "x" }), (409, "move_not_allowed")).await;
        let wordless = app.post_to(&mois, &format!("{}/hold", path(&filed)), &filed.tag(), json!({ "reason": " " })).await;
        assert_eq!(wordless.expect(422).json["code"], "invalid");

        let filed = act(&app, &mois, &filed, "advice-not-wanted", json!({ "reason": "소관 부서의 검토로 충분하다" })).await;
        let running = passed(&app, &mois, &filed).await;
        assert_eq!(running.json["standing"]["phase"], "execution");
        let asked = ["gate_progress_checked", "gate_execution_milestones", "gate_benefit_measured", "gate_expenditure"];
        assert_eq!(conditions(&app, &mois, &running, "not_met").await, asked);
        let held = act(&app, &mois, &running, "hold", json!({ "reason": "감사원 감사" })).await;
        assert_eq!((&held.json["standing"]["status"], &held.json["standing"]["reason"]), (&json!("on_hold"), &json!("감사원 감사")));
        assert_eq!(moves(&app, &mois, &held).await, ["resume execution", "cancel execution"]);
        refused(&app, &mois, &held, "gate-requests", json!({}), (409, "move_not_allowed")).await;
        refused(&app, &mois, &held, "hold", json!({ "reason": "x" }), (409, "move_not_allowed")).await;
        let running = act(&app, &mois, &held, "resume", json!({})).await;
        let check = json!({ "kind": "progress_check", "checked_on": "2026-11-22", "planned": "40", "actual": "40", "findings": "계획대로",
            "actions": [{ "text": "보안성 검토를 마친다", "due": "2026-12-31" }] });
        let checked = act(&app, &manager, &running, "progress-checks", check).await;
        book(&app, &mois, &line, "commitment", 800_000).await;
        book(&app, &mois, &line, "expenditure", 500_000).await;
        let mut measured = planned();
        measured["milestones"][0]["done_on"] = json!("2026-11-22");
        measured["benefits"][0]["actual"] = json!("12");
        measured["benefits"][0]["measured_on"] = json!("2026-11-22");
        let ready = change(&app, &mois, &checked, json!({ "milestones": measured["milestones"], "benefits": measured["benefits"] })).await;

        let spreading = passed(&app, &mois, &ready).await;
        assert_eq!(spreading.json["standing"]["phase"], "diffusion");
        assert_eq!(conditions(&app, &mois, &spreading, "not_met").await, ["gate_actual_dates", "gate_actions_closed", "gate_milestones_done"]);
        let closed = act(&app, &mois, &spreading, "actions/1/close", json!({ "note": "마쳤다" })).await;
        refused(&app, &mois, &closed, "actions/1/close", json!({ "note": "마쳤다" }), (409, "already_closed")).await;
        measured["milestones"][1]["done_on"] = json!("2026-11-22");
        let end = json!({ "milestones": measured["milestones"], "actual": { "start": "2026-03", "end": "2026-11" } });
        let done = passed(&app, &mois, &change(&app, &mois, &closed, end).await).await;
        assert_eq!(done.json["standing"]["status"], "completed");

        // What is completed stays as it is, unless it is taken back with a reason.
        assert_eq!(moves(&app, &mois, &done).await, ["go_back diffusion"]);
        for what in ["hold", "cancel"] {
            refused(&app, &mois, &done, what, json!({ "reason": "x" }), (409, "move_not_allowed")).await;
        }
        let fixed = app.patch(&mois, &path(&done), &done.tag(), json!({ "target_system": "온나라" })).await.expect(409);
        assert_eq!(fixed.json["code"], "project_closed");
        let listed = app.get(&mois, "/v1/projects?status=completed").await.expect(200);
        assert_eq!((&listed.json["items"][0]["amount_krw"], &listed.json["items"][0]["phase"]), (&json!(1_000_000), &json!("completed")));
        let back = act(&app, &mois, &done, "go-back", json!({ "to": "diffusion", "reason": "확산 기관을 더한다" })).await;
        let voided: Vec<bool> = back.json["gates"].as_array().unwrap().iter().map(|gate| !gate["voided"].is_null()).collect();
        assert_eq!(voided, [false, false, true]);
        let cancelled = act(&app, &mois, &back, "cancel", json!({ "reason": "다른 과제와 통합" })).await;
        assert_eq!(moves(&app, &mois, &cancelled).await, Vec::<String>::new());
        for (what, body) in [("resume", json!({})), ("go-back", json!({ "to": "planning", "reason": "x" })), ("cancel", json!({ "reason": "x" }))] {
            refused(&app, &mois, &cancelled, what, body, (409, "move_not_allowed")).await;
        }
        // Every move is in the record, and every act in the history.
        let kinds: Vec<_> = cancelled.json["history"].as_array().unwrap().iter().map(|m| m["kind"].as_str().unwrap().to_owned()).collect();
        assert_eq!(kinds, ["file", "pass_gate", "hold", "resume", "pass_gate", "pass_gate", "go_back", "cancel"]);
        let history = app.get(&mois, &format!("{}/history?page_size=200", path(&cancelled))).await.expect(200);
        let told = history.json["items"].as_array().unwrap().iter().filter(|moment| moment["action"] == "project.decide_gate").count();
        assert_eq!(told, 3);
    }

    /// A rating follows the rules day by day; a judgement may only make it worse; every change is kept.
    async fn health_has_a_history(app: TestApp) {
        let (mois, manager) = (app.planner("mois").await, app.persona(Role::ProgressManager, "nia").await);
        let late = json!({ "milestones": [{ "name": "설계", "phase": "execution", "due": "2026-11-23" }],
            "phase_plans": { "planning": { "start": "2026-03", "end": "2027-03" } } });
        let project = super::filed(&app, &mois, late).await;
        let health = async |who: &Persona| app.get(who, &path(&project)).await.expect(200).json["project"]["health"].clone();
        assert_eq!(health(&mois).await["rating"], "green");
        let night = async || api::refresh_health(&app.app).await.unwrap();
        app.pass(2 * DAY);
        let mois = app.renew(&mois);
        let page = app.get(&mois, &path(&project)).await.expect(200);
        assert_eq!((&page.json["today"]["health"]["rating"], &page.json["project"]["health"]["rating"]), (&json!("amber"), &json!("green")));
        assert_eq!(codes(&page.json["today"]["health"]["reasons"]), ["milestone_late"]);
        assert_eq!((night().await.changed, night().await.changed), (1, 0));
        app.pass(29 * DAY);
        assert_eq!(night().await.changed, 1);
        let (mois, manager) = (app.renew(&mois), app.renew(&manager));
        let page = app.get(&mois, &path(&project)).await.expect(200);
        let mended = app.patch(&mois, &path(&project), &format!("\"v{}\"", page.json["project"]["version"]), json!({ "milestones": [] })).await.expect(200);
        assert_eq!(mended.json["health"]["rating"], "green");
        let worse = act(&app, &manager, &mended, "health", json!({ "judgement": { "rating": "red", "reason": "공급사 부도" } })).await;
        let better = act(&app, &manager, &worse, "health", json!({ "judgement": null })).await;
        refused(&app, &mois, &better, "health", json!({ "judgement": null }), (403, "forbidden")).await;
        let points: Vec<_> = better.json["health"]["history"].as_array().unwrap().iter().map(|p| {
            format!("{} {}", &p["at"].as_str().unwrap()[..10], p["rating"].as_str().unwrap_or("none"))
        }).collect();
        assert_eq!(points, ["2026-11-22 green", "2026-11-24 amber", "2026-12-23 red", "2026-12-23 green", "2026-12-23 red", "2026-12-23 green"]);
        let history = app.get(&mois, &format!("{}/history", path(&project))).await.expect(200);
        let nightly = history.json["items"].as_array().unwrap().iter().filter(|m| m["action"] == "project.refresh_health").count();
        assert_eq!(nightly, 2);
    }
}
