//! Score sheets (평가표): own ones only, whole when submitted, fixed from then on, and none after the evaluation.

pub mod together;

use crate::{
    committee::kit::{Judge, evaluated, pool},
    panel::{assign, knows_nothing, listed},
};
use domain::{access::Role, day::Instant};
use serde_json::{Value, json};
use tests::{Answer, TestApp, both};

fn content(points: [&str; 3]) -> Value {
    let [a, b, c] = points;
    json!({ "scores": { "suitability": a, "feasibility": b, "spread_potential": c }, "to_applicant": "좋다", "to_committee": "우리끼리" })
}
fn at(application: &str, below: &str) -> String {
    format!("/v1/assignments/{application}/sheet{below}")
}
async fn write(app: &TestApp, judge: &Judge, application: &str, tag: &str, content: Value) -> Answer {
    app.put(&app.renew(&judge.persona), &at(application, ""), tag, content).await
}
/// Writes and submits a whole sheet.
async fn submit(app: &TestApp, judge: &Judge, application: &str) -> Answer {
    let sheet = write(app, judge, application, "*", content(["35.5", "30", "0"])).await.expect(200);
    app.post_to(&app.renew(&judge.persona), &at(application, "/submit"), &sheet.tag(), json!({})).await
}

both! {
    /// A sheet is begun, saved again and again, and submitted once it is whole; its version is its own.
    async fn a_sheet_is_written_and_submitted(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 2).await;
        let (call, ids) = evaluated(&app, "c-sheet", &judges, &["sido-26", "mohw"], "never").await;
        assign(&app, &call, &[(&ids[0], &judges[0]), (&ids[0], &judges[1]), (&ids[1], &judges[0])]).await.expect(200);
        let who = app.renew(&judges[0].persona);
        let none = app.get(&who, &at(&ids[0], "")).await.expect(200);
        assert_eq!((none.tag().as_str(), &none.json["sheet"]), ("\"v0\"", &Value::Null));
        app.send_as(&who, "PUT", &at(&ids[0], ""), None, Some(&json!({}))).await.expect(428);
        let early = app.post_to(&who, &at(&ids[0], "/submit"), "\"v0\"", json!({})).await.expect(409);
        assert_eq!(early.json["code"], "sheet_not_begun");
        let wrong = json!({ "scores": { "beauty": "1", "feasibility": "30.5", "spread_potential": "-1", "suitability": "1.25" } });
        assert_eq!(write(&app, &judges[0], &ids[0], "\"v0\"", wrong).await.expect(422).faults(), [
            "/scores/beauty criterion_unknown", "/scores/feasibility score_above_maximum", "/scores/spread_potential out_of_range", "/scores/suitability not_on_step",
        ]);
        let half = write(&app, &judges[0], &ids[0], "\"v0\"", json!({ "scores": { "suitability": "35.5" } })).await.expect(200);
        assert_eq!((half.tag().as_str(), &half.json["state"], &half.json["total"]), ("\"v1\"", &json!("draft"), &json!("35.5")));
        write(&app, &judges[0], &ids[0], "\"v0\"", json!({})).await.expect(412);
        let refused = app.post_to(&who, &at(&ids[0], "/submit"), "\"v1\"", json!({})).await.expect(422);
        assert_eq!(refused.faults(), ["/scores/feasibility criterion_unscored", "/scores/spread_potential criterion_unscored"]);
        let whole = write(&app, &judges[0], &ids[0], "\"v1\"", content(["35.5", "30", "0"])).await.expect(200);
        let done = app.post_to(&who, &at(&ids[0], "/submit"), &whole.tag(), json!({})).await.expect(200);
        assert_eq!((&done.json["state"], &done.json["sheet"]["version"]), (&json!("submitted"), &json!(3)));
        assert_eq!(write(&app, &judges[0], &ids[0], "*", content(["1", "1", "1"])).await.expect(409).json["code"], "sheet_submitted");

        // The other's is another's: neither is in the way of the other, and neither sees the other's.
        let other = write(&app, &judges[1], &ids[0], "\"v0\"", content(["20", "20", "20"])).await.expect(200);
        assert_eq!(other.json["sheet"]["member"], judges[1].id());
        let list = app.get(&who, "/v1/assignments?page_size=200").await.expect(200);
        let told: Vec<_> = list.json["items"].as_array().unwrap().iter().map(|i| (&i["sheet"], &i["sheet_version"])).collect();
        assert_eq!(told, [(&json!("submitted"), &json!(3)), (&Value::Null, &Value::Null)]);
        assert_eq!((listed(&app, &judges[0].persona, "sheet=submitted").await, listed(&app, &judges[0].persona, "sheet=draft").await), (vec![ids[0].clone()], vec![]));
        let never = app.get(&who, &at(&ids[0], "s")).await.expect(403);
        assert_eq!(never.json["code"], "sheets_not_shown");
        for judge in &judges {
            let who = app.renew(&judge.persona);
            app.get(&who, "/v1/score-sheets").await.expect(403);
            app.get(&who, &format!("/v1/score-sheets/{}.{}", ids[0], judge.id())).await.expect(404);
            app.get(&who, "/v1/calls/c-sheet/sheet-progress").await.expect(403);
        }
        // Nobody who applies learns a score or a name; the coordinator sees how far everything is.
        for (role, body) in [(Role::Applicant, "sido-26"), (Role::Planner, "mohw"), (Role::Planner, "mois"), (Role::Coordinator, "msit")] {
            let who = app.persona(role, body).await;
            app.get(&who, &format!("/v1/score-sheets/{}.{}", ids[0], judges[0].id())).await.expect(404);
            app.get(&who, "/v1/calls/c-sheet/sheet-progress").await.expect(404);
            app.get(&who, &at(&ids[0], "")).await.expect(404);
            let told = app.get(&who, "/v1/score-sheets").await;
            assert!(told.status == 403 || told.json["items"] == json!([]));
        }
        let progress = app.get(&app.renew(&coordinator), "/v1/calls/c-sheet/sheet-progress").await.expect(200).json;
        let sums = ["needed", "submitted", "drafts", "missing", "unassigned"].map(|name| progress[name].as_u64().unwrap());
        assert_eq!(sums, [3, 1, 1, 2, 0]);
        assert_eq!(progress["members"][0], json!({ "member": judges[0].id(), "load": 2, "submitted": 1, "missing": 1, "late": 0 }));
        let sheets = async |query: &str| {
            let page = app.get(&app.renew(&coordinator), &format!("/v1/score-sheets?{query}")).await.expect(200);
            page.json["items"].as_array().unwrap().len()
        };
        for (query, fits) in [("call=c-sheet".to_owned(), 2), ("call=c-sheet&state=draft".to_owned(), 1), (format!("member={}", judges[0].id()), 1),
            (format!("application={}", ids[0]), 2), (format!("application={}", ids[1]), 0)] {
            assert_eq!(sheets(&query).await, fits, "{query}");
        }
    }

    /// Others' sheets are seen where the call allows it, after the own submission.
    async fn others_are_seen_after_the_own(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 3).await;
        let (call, ids) = evaluated(&app, "c-sight", &judges, &["sido-26"], "after_own").await;
        let pairs: Vec<_> = judges.iter().map(|judge| (&ids[0], judge)).collect();
        assign(&app, &call, &pairs).await.expect(200);
        submit(&app, &judges[0], &ids[0]).await.expect(200);
        let sheets = at(&ids[0], "s");
        assert_eq!(app.get(&app.renew(&judges[1].persona), &sheets).await.expect(403).json["code"], "own_sheet_first");
        write(&app, &judges[1], &ids[0], "\"v0\"", content(["1", "1", "1"])).await.expect(200);
        assert_eq!(app.get(&app.renew(&judges[1].persona), &sheets).await.expect(403).json["code"], "own_sheet_first");
        submit(&app, &judges[1], &ids[0]).await.expect(200);
        write(&app, &judges[2], &ids[0], "\"v0\"", content(["2", "2", "2"])).await.expect(200);
        let seen = app.get(&app.renew(&judges[1].persona), &sheets).await.expect(200);
        let of: Vec<_> = seen.json["sheets"].as_array().unwrap().iter().map(|s| s["member"].as_str().unwrap().to_owned()).collect();
        assert_eq!(of, [judges[0].id()], "neither the own nor a draft");
        // A sheet of somebody who has stepped aside has no effect, and is not shown.
        let aside = json!({ "ground": "other", "detail": "친분" });
        app.post(&app.renew(&judges[0].persona), &format!("/v1/assignments/{}/recuse", ids[0]), aside).await.expect(204);
        let seen = app.get(&app.renew(&judges[1].persona), &sheets).await.expect(200);
        assert_eq!(seen.json["sheets"], json!([]));
    }

    /// Whoever steps aside after scoring leaves a sheet on record and knows nothing of it any more.
    async fn a_recusal_after_scoring_keeps_the_sheet(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 2).await;
        let (call, ids) = evaluated(&app, "c-aside", &judges, &["sido-26"], "after_own").await;
        assign(&app, &call, &[(&ids[0], &judges[0]), (&ids[0], &judges[1])]).await.expect(200);
        submit(&app, &judges[0], &ids[0]).await.expect(200);
        let aside = json!({ "ground": "other", "detail": "친분" });
        app.post(&app.renew(&judges[0].persona), &format!("/v1/assignments/{}/recuse", ids[0]), aside).await.expect(204);
        knows_nothing(&app, &judges[0], &ids[0]).await;
        let name = format!("/v1/score-sheets/{}.{}", ids[0], judges[0].id());
        let kept = app.get(&app.renew(&coordinator), &name).await.expect(200);
        assert_eq!(kept.json["content"]["scores"]["suitability"], "35.5");
        let progress = app.get(&app.renew(&coordinator), "/v1/calls/c-aside/sheet-progress").await.expect(200).json;
        assert_eq!((&progress["needed"], &progress["submitted"]), (&json!(1), &json!(0)), "it counts for nothing");
        let again = assign(&app, &call, &[(&ids[0], &judges[0])]).await.expect(422);
        assert_eq!(again.faults(), ["/assignments/0/member member_barred", "/assignments/0/member seat_taken"]);
    }

    /// A submitted sheet is opened again with a reason only, by those who run the call; what had been submitted is kept.
    async fn a_sheet_is_reopened_with_a_reason(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 1).await;
        let (call, ids) = evaluated(&app, "c-open", &judges, &["sido-26"], "never").await;
        assign(&app, &call, &[(&ids[0], &judges[0])]).await.expect(200);
        let name = format!("/v1/score-sheets/{}.{}", ids[0], judges[0].id());
        let reopen = format!("{name}/reopen");
        let draft = write(&app, &judges[0], &ids[0], "\"v0\"", content(["35.5", "30", "0"])).await.expect(200);
        let early = app.post_to(&app.renew(&coordinator), &reopen, &draft.tag(), json!({ "reason": "착오" })).await.expect(409);
        assert_eq!(early.json["code"], "sheet_not_submitted");
        let done = submit(&app, &judges[0], &ids[0]).await.expect(200);
        app.post_to(&app.renew(&coordinator), &reopen, &done.tag(), json!({})).await.expect(422);
        app.post_to(&app.renew(&judges[0].persona), &reopen, &done.tag(), json!({ "reason": "내가" })).await.expect(404);
        let open = app.post_to(&app.renew(&coordinator), &reopen, &done.tag(), json!({ "reason": "합산 착오" })).await.expect(200);
        assert_eq!((&open.json["submitted"], &open.json["reopenings"][0]["before"]["scores"]["suitability"]), (&Value::Null, &json!("35.5")));
        let auditor = app.persona(Role::Auditor, "bai").await;
        let told = app.get(&auditor, "/v1/audit/entries?action=score_sheet.reopen&outcome=done").await.expect(200);
        assert_eq!(told.json["items"][0]["reason"], "합산 착오");
        let again = write(&app, &judges[0], &ids[0], &open.tag(), content(["10", "10", "10"])).await.expect(200);
        app.post_to(&app.renew(&judges[0].persona), &at(&ids[0], "/submit"), &again.tag(), json!({})).await.expect(200);
    }

    /// Sheets are taken until their deadline, to the second; it is put off in time and with a reason; the coordinator sees
    /// what is late.
    async fn no_sheet_is_taken_after_its_deadline(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 2).await;
        let (call, ids) = evaluated(&app, "c-due", &judges, &["sido-26", "sido-27"], "never").await;
        assign(&app, &call, &[(&ids[0], &judges[0]), (&ids[0], &judges[1]), (&ids[1], &judges[0])]).await.expect(200);
        let minute = app.app.clock.now().micros().div_euclid(60_000_000) * 60_000_000;
        let due = |minutes: i64| Instant::from_micros(minute + minutes * 60_000_000);
        let until = async |due: Instant, reason: Option<&str>| call.step(&app, "sheet-deadline", json!({ "sheets_until": due, "reason": reason })).await;
        assert_eq!(until(due(0), None).await.expect(422).faults(), ["/sheets_until call_deadline_past"]);
        let who = app.renew(&judges[0].persona);
        app.post_to(&who, "/v1/calls/c-due/sheet-deadline", "*", json!({ "sheets_until": due(5) })).await.expect(403);
        until(due(5), None).await.expect(200);
        assert_eq!(until(due(5), None).await.expect(422).faults(), ["/reason call_reason_needed", "/sheets_until wrong_order"]);
        let put_off = until(due(6), Some("위원 요청")).await.expect(200);
        let last = put_off.json["call"]["steps"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["did"], &last["closed_at_before"], &last["reason"]), (&json!("set_sheet_deadline"), &json!(due(5)), &json!("위원 요청")));
        let auditor = app.persona(Role::Auditor, "bai").await;
        let told = app.get(&auditor, "/v1/audit/entries?action=call.advance&outcome=done").await.expect(200);
        assert_eq!(told.json["items"][0]["reason"], "위원 요청");
        let list = app.get(&who, "/v1/assignments").await.expect(200);
        assert_eq!(list.json["items"][0]["sheets_until"], json!(due(6)), "whoever judges is told");
        assert_eq!(app.get(&who, &format!("/v1/assignments/{}", ids[0])).await.expect(200).json["sheets_until"], json!(due(6)));

        write(&app, &judges[1], &ids[0], "\"v0\"", json!({})).await.expect(200);
        let left = (due(6).micros() - app.app.clock.now().micros()) / 1_000_000;
        app.pass(left);
        assert_eq!(app.app.clock.now(), due(6));
        let done = submit(&app, &judges[0], &ids[0]).await.expect(200);
        let progress = async || app.get(&app.renew(&auditor), "/v1/calls/c-due/sheet-progress").await.expect(200).json;
        let sums = |told: &Value| ["submitted", "drafts", "missing", "late"].map(|name| told[name].as_u64().unwrap());
        assert_eq!(sums(&progress().await), [1, 1, 2, 0]);
        app.pass(1);
        let told = progress().await;
        assert_eq!((sums(&told), &told["sheets_until"]), ([1, 1, 2, 2], &json!(due(6))));
        assert!(told["members"].as_array().unwrap().iter().all(|member| member["late"] == 1), "{told}");
        assert_eq!(write(&app, &judges[1], &ids[0], "*", content(["1", "1", "1"])).await.expect(409).json["code"], "sheets_over");
        let late = app.post_to(&app.renew(&judges[1].persona), &at(&ids[0], "/submit"), "*", json!({})).await.expect(409);
        assert_eq!(late.json["code"], "sheets_over");
        let name = format!("/v1/score-sheets/{}.{}/reopen", ids[0], judges[0].id());
        let again = app.post_to(&app.renew(&coordinator), &name, &done.tag(), json!({ "reason": "착오" })).await.expect(409);
        assert_eq!(again.json["code"], "sheets_over", "what was in time goes on to count");
        assert_eq!(until(due(9), Some("뒤늦게")).await.expect(409).json["code"], "sheets_over");
    }

    /// Once the call has left the evaluation no sheet is taken, and a withdrawn application is not scored.
    async fn no_sheet_is_taken_after_the_evaluation(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 1).await;
        let (call, ids) = evaluated(&app, "c-over", &judges, &["sido-26", "sido-27"], "never").await;
        assign(&app, &call, &[(&ids[0], &judges[0]), (&ids[1], &judges[0])]).await.expect(200);
        let draft = write(&app, &judges[0], &ids[0], "\"v0\"", content(["35.5", "30", "0"])).await.expect(200);
        let applicant = app.persona(Role::Applicant, "sido-27").await;
        app.post_to(&applicant, &format!("/v1/applications/{}/withdraw", ids[1]), "*", json!({ "reason": "사정" })).await.expect(200);
        assert_eq!(write(&app, &judges[0], &ids[1], "\"v0\"", json!({})).await.expect(409).json["code"], "not_eligible");
        call.step(&app, "cancel", json!({ "reason": "중단" })).await.expect(200);
        let late = app.post_to(&app.renew(&judges[0].persona), &at(&ids[0], "/submit"), &draft.tag(), json!({})).await.expect(409);
        assert_eq!(late.json["code"], "evaluation_not_open");
        assert_eq!(write(&app, &judges[0], &ids[0], "*", json!({})).await.expect(409).json["code"], "evaluation_not_open");
    }
}
