//! Awards (협약·교부): offered in order, agreed with a project and its lines, paid, settled; and never beyond the money.

pub mod kit;
mod together;

use domain::access::{Role, act, scope};
use kit::{Ended, agreement};
use serde_json::{Value, json};
use tests::{TestApp, both, operator};

/// The money that is kept is what is computed from scratch.
async fn reconciled(app: &TestApp) {
    let all = scope::<act::budget::Read>(&operator());
    assert_eq!(store::budget::unreconciled(&app.app.store, &all).await.unwrap(), []);
    let drift = store::portfolio::drift(&app.app.store).await.unwrap();
    assert!(drift.is_empty(), "{drift:?}");
}

both! {
    /// The selected are offered together; what one gives up goes to the next reserve, and to nobody else.
    async fn what_is_given_up_goes_to_the_next_reserve(app: TestApp) {
        let ended = Ended::of(&app, "c-reserve", (2_000_000_000, 2), &["moe", "mohw", "moel", "molit"]).await;
        assert_eq!(ended.promote(&app, 2, Value::Null).await.expect(409).json["code"], "no_award_free");
        let before = ended.money(&app).await;
        assert_eq!((&before["awaiting_offer"], &before["left_krw"], &before["free_awards"]), (&json!(2), &json!(200_000_000), &json!(0)));
        let offered = ended.offer(&app).await.expect(200);
        assert_eq!(offered.json["awards"].as_array().unwrap().len(), 2);
        assert_eq!(offered.json["awards"][0]["state"], "offered");
        assert_eq!(ended.offer(&app).await.expect(409).json["code"], "nothing_to_offer");

        let planner = app.persona(Role::Planner, "moe").await;
        let at = ended.award(0, "/give-up");
        app.post(&planner, &at, json!({ "reason": "예산 사정" })).await.expect(428);
        let gone = ended.does(&app, &planner, 0, "/give-up", json!({ "reason": "예산 사정" })).await.expect(200);
        assert_eq!((&gone.json["state"], &gone.json["award"]["ended"]["reason"]), (&json!("given_up"), &json!("예산 사정")));
        let again = ended.does(&app, &planner, 0, "/give-up", json!({ "reason": "또" })).await.expect(409);
        assert_eq!(again.json["code"], "award_state");

        let money = ended.money(&app).await;
        let waiting: Vec<&Value> = money["reserves"].as_array().unwrap().iter().map(|r| &r["reserve_order"]).collect();
        assert_eq!((&money["offered_krw"], &money["left_krw"], waiting), (&json!(900_000_000), &json!(1_100_000_000), vec![&json!(1), &json!(2)]));
        assert_eq!(ended.promote(&app, 3, Value::Null).await.expect(409).json["code"], "not_next_reserve");
        assert_eq!(ended.promote(&app, 0, Value::Null).await.expect(409).json["code"], "not_next_reserve");
        let promoted = ended.promote(&app, 2, Value::Null).await.expect(200);
        assert_eq!(promoted.json["awards"][0]["award"]["reserve_order"], 1);
        assert_eq!(ended.promote(&app, 3, Value::Null).await.expect(409).json["code"], "no_award_free");
        // No agreement came about either: the last reserve comes in.
        ended.does(&app, &ended.agency, 1, "/fail", json!({ "reason": "기한 내 미체결" })).await.expect(200);
        ended.promote(&app, 3, Value::Null).await.expect(200);
        let money = ended.money(&app).await;
        assert_eq!((&money["living_awards"], &money["reserves"], &money["left_krw"]), (&json!(2), &json!([]), &json!(200_000_000)));

        let list = |query: &'static str| {
            let app = &app;
            let who = app.renew(&ended.agency);
            async move { app.get(&who, &format!("/v1/awards?{query}")).await.expect(200).json["items"].as_array().unwrap().len() }
        };
        assert_eq!(list("call=c-reserve").await, 4);
        assert_eq!(list("call=c-reserve&state=offered").await, 2);
        assert_eq!(list("state=given_up,failed&track=central").await, 2);
        assert_eq!(list("body=moel").await, 1);
    }

    /// What is left does not hold the next reserve: it is refused with what is left, and a part is awarded by decision alone.
    async fn a_part_is_awarded_by_decision_alone(app: TestApp) {
        let ended = Ended::of(&app, "c-part", (1_500_000_000, 2), &["moe", "mohw", "moel"]).await;
        ended.offer(&app).await.expect(200);
        let short = ended.promote(&app, 1, Value::Null).await.expect(409).json;
        assert_eq!(short["code"], "track_envelope_short");
        assert!(short["detail"].as_str().unwrap().contains("600000000원"), "{short}");
        let reason = "남은 재원 안에서";
        let over = ended.promote(&app, 1, json!({ "national_krw": 600_000_001, "reason": reason })).await.expect(409);
        assert_eq!(over.json["code"], "track_envelope_short");
        let nothing = ended.promote(&app, 1, json!({ "national_krw": 999, "reason": reason })).await.expect(422);
        assert_eq!(nothing.faults(), ["/partial/national_krw partial_out_of_bounds"]);
        let part = ended.promote(&app, 1, json!({ "national_krw": 600_000_000, "reason": reason })).await.expect(200);
        let award = &part.json["awards"][0]["award"];
        assert_eq!((&award["split"]["national_krw"], &award["split"]["own_krw"]), (&json!(600_000_000), &json!(634_567_000)));
        assert_eq!((&award["computed"]["national_krw"], &award["version"]), (&json!(900_000_000), &json!(1)));

        let less = ended.does(&app, &ended.agency, 0, "/reduce", json!({ "national_krw": 500_000_000, "reason": "사업 범위 축소" })).await.expect(200);
        let split = &less.json["award"]["split"];
        assert_eq!((&split["national_krw"], &split["own_krw"], &split["total_cost_krw"]), (&json!(500_000_000), &json!(734_567_000), &json!(1_234_567_000)));
        let more = ended.does(&app, &ended.agency, 0, "/reduce", json!({ "national_krw": 500_000_000, "reason": "?" })).await.expect(422);
        assert_eq!(more.faults(), ["/national_krw partial_out_of_bounds"]);
        assert_eq!(ended.money(&app).await["left_krw"], 400_000_000);
    }

    /// An agreement opens a project in planning with a line for each source; it is paid, and what is left goes back.
    async fn an_agreement_opens_a_project_and_is_settled(app: TestApp) {
        let ended = Ended::of(&app, "c-agree", (2_000_000_000, 2), &["moe"]).await;
        ended.offer(&app).await.expect(200);
        let mut wrong = agreement();
        wrong["instalments"][1]["national_krw"] = json!(1);
        wrong["signed_on"] = json!("2026-11-23");
        let refused = ended.does(&app, &ended.agency, 0, "/agreement", wrong).await.expect(422);
        assert_eq!(refused.faults(), ["/instalments instalments_not_whole", "/signed_on in_future"]);
        let agreed = ended.does(&app, &ended.agency, 0, "/agreement", agreement()).await.expect(200);
        assert_eq!(agreed.json["state"], "agreed");
        let record = &agreed.json["award"]["agreement"];
        let sources: Vec<_> = record["lines"].as_array().unwrap().iter().map(|l| (l["source"].as_str().unwrap(), l["body"].as_str().unwrap(), l["amount_krw"].as_i64().unwrap())).collect();
        assert_eq!(sources, [("national", "mois", 900_000_000), ("own", "moe", 334_567_000)]);

        let planner = app.persona(Role::Planner, "moe").await;
        let at = format!("/v1/projects/{}", record["project"].as_str().unwrap());
        let page = app.get(&planner, &at).await.expect(200).json;
        let project = &page["project"];
        assert_eq!((&project["lead_body"], &project["programme"], &project["code"]), (&json!("moe"), &json!("public-ai-2026"), &record["project_code"]));
        assert_eq!((&project["standing"]["status"], &project["standing"]["phase"], &project["version"]), (&json!("active"), &json!("planning"), &json!(1)));
        assert_eq!((&project["stage"]["template"], &project["milestones"][0]["name"]), (&json!("mois_five_steps"), &json!("착수")));
        assert_eq!(page["budget"]["current_budget_krw"], 1_234_567_000);
        let line_at = format!("/v1/budget-lines/{}", record["lines"][0]["line"].as_str().unwrap());
        let line = app.get(&planner, &line_at).await.expect(200).json;
        assert_eq!((&line["envelope"], &line["standing"], &line["balances"]["committed_krw"]), (&json!("public-ai-2026"), &json!("active"), &json!(900_000_000)));
        // Who holds the line may go on describing it, though it takes no part in the project.
        let holder = app.persona(Role::Planner, "mois").await;
        app.patch(&holder, &line_at, "*", json!({ "title": "공공 AI 지원 국비" })).await.expect(200);
        reconciled(&app).await;

        ended.does(&app, &ended.agency, 0, "/conditions/1/met", json!({ "met_on": "2026-11-22", "note": "확인" })).await.expect(200);
        assert_eq!(ended.does(&app, &ended.agency, 0, "/conditions/2/met", json!({ "met_on": "2026-11-22" })).await.expect(404).json["code"], "award_condition_unknown");
        let checker = app.persona(Role::ProgressManager, "nia").await;
        ended.does(&app, &checker, 0, "/steps", json!({ "step": "plan_submitted", "done_on": "2026-11-22" })).await.expect(200);
        ended.does(&app, &checker, 0, "/instalments/1/paid", json!({ "paid_on": "2026-11-22" })).await.expect(403);
        ended.does(&app, &ended.agency, 0, "/instalments/1/paid", json!({ "paid_on": "2026-11-22" })).await.expect(200);
        let paid = app.get(&app.renew(&planner), &line_at).await.expect(200).json;
        assert_eq!(paid["balances"]["expended_krw"], 600_000_000);
        assert_eq!(ended.does(&app, &ended.agency, 0, "/instalments/1/paid", json!({ "paid_on": "2026-11-22" })).await.expect(409).json["code"], "instalment_paid");

        let settle = |national: i64| json!({ "settled_on": "2026-11-22", "evidence": [{ "name": "정산보고서.pdf", "sha256": "cd".repeat(32) }],
            "sources": [{ "source": "national", "used_krw": national }, { "source": "own", "paid_in_krw": 200_000_000, "used_krw": 150_000_000 }] });
        let over = ended.does(&app, &ended.agency, 0, "/settlement", settle(600_000_001)).await.expect(422);
        assert_eq!(over.faults(), ["/sources/0/used_krw used_beyond_paid"]);
        ended.does(&app, &ended.agency, 0, "/terminate", json!({ "reason": "사업 축소" })).await.expect(200);
        let done = ended.does(&app, &ended.agency, 0, "/settlement", settle(599_999_999)).await.expect(200).json;
        let returned: Vec<&Value> = done["award"]["settlement"]["sources"].as_array().unwrap().iter().map(|s| &s["returned_krw"]).collect();
        assert_eq!((&done["state"], returned), (&json!("settled"), vec![&json!(1), &json!(50_000_000)]));
        let balances = app.get(&app.renew(&planner), &line_at).await.expect(200).json["balances"].clone();
        assert_eq!((&balances["expended_krw"], &balances["committed_krw"], &balances["recipient_used_krw"]), (&json!(599_999_999), &json!(599_999_999), &json!(599_999_999)));
        let entries = app.get(&app.renew(&planner), &format!("{line_at}/entries")).await.expect(200).json;
        let kinds: Vec<&str> = entries["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["appropriation", "commitment", "expenditure", "recipient_use", "expenditure_return", "decommitment"]);
        reconciled(&app).await;
        let history = app.get(&app.renew(&ended.agency), &ended.award(0, "/history")).await.expect(200).json;
        assert_eq!(history["items"].as_array().unwrap().len(), 7);
    }

    /// A local government's award is split between nation and sido, and each pays by a line of its own.
    async fn a_local_government_is_paid_by_nation_and_sido(app: TestApp) {
        let judged = crate::selection::kit::Judged::of(&app, "c-local", 3, &["sido-26"]).await;
        let indicator = json!({ "region": "26", "kind": "fiscal_independence_ratio", "ratio": "45.70", "source": "시험용", "reason": "공표된 값이 없다" });
        let made = app.post_to(&app.renew(&judged.call.coordinator), &judged.at("/indicators"), "*", indicator).await;
        assert!([201, 200, 409].contains(&made.status.as_u16()), "{}", made.json);
        judged.score(&app, &[[40, 30, 30]]).await;
        let judged = judged.told(&app).await;
        kit::end(&app, &judged.call).await;
        let ended = Ended { agency: app.persona(Role::Coordinator, "nia").await, judged };
        let offered = ended.offer(&app).await.expect(200).json;
        let split = offered["awards"][0]["award"]["split"].clone();
        let (national, sido) = (split["national_krw"].as_i64().unwrap(), split["sido_krw"].as_i64().unwrap());
        assert_eq!((national + sido, &split["own_krw"], &offered["awards"][0]["award"]["track"]), (1_234_567_000, &json!(0), &json!("local")));
        let mut new = agreement();
        new["instalments"] = json!([{ "due_on": "2026-11-30", "national_krw": national }]);
        new["accounts"] = json!([{ "source": "sido", "account": { "kind": "special", "code": null, "name": "지역개발특별회계" } }]);
        let agreed = ended.does(&app, &ended.agency, 0, "/agreement", new).await.expect(200).json;
        let lines = agreed["award"]["agreement"]["lines"].as_array().unwrap();
        let told: Vec<_> = lines.iter().map(|l| (l["source"].as_str().unwrap(), l["body"].as_str().unwrap(), l["amount_krw"].as_i64().unwrap())).collect();
        assert_eq!(told, [("national", "mois", national), ("sido", "sido-26", sido)]);
        let applicant = app.persona(Role::Applicant, "sido-26").await;
        let line = app.get(&applicant, &format!("/v1/budget-lines/{}", lines[1]["line"].as_str().unwrap())).await.expect(200).json;
        assert_eq!((&line["account"]["name"], &line["envelope"]), (&json!("지역개발특별회계"), &Value::Null));
        app.get(&applicant, &ended.award(0, "")).await.expect(200);
        reconciled(&app).await;
    }

    /// The programme's envelope holds what is agreed beside what lies in it already, or nothing is opened at all.
    async fn nothing_is_agreed_beyond_the_programmes_envelope(app: TestApp) {
        let ended = Ended::of(&app, "c-envelope", (2_000_000_000, 2), &["moe"]).await;
        ended.offer(&app).await.expect(200);
        let holder = app.persona(Role::Planner, "mois").await;
        let taken = json!({ "body": "mois", "fiscal_year": 2026, "account": { "kind": "general", "code": null, "name": "일반회계" }, "kind": "grant",
            "title": "먼저 편성된 국비", "envelope": "public-ai-2026", "standing": "active",
            "appropriation": { "amount_krw": 17_100_000_001_i64, "booked_on": "2026-11-22" } });
        let line = app.post(&holder, "/v1/budget-lines", taken).await.expect(201);
        let projects = app.get(&holder, "/v1/projects?count=exact&page_size=1").await.expect(200).json["total"].clone();
        let short = ended.does(&app, &ended.agency, 0, "/agreement", agreement()).await.expect(409).json;
        assert_eq!(short["code"], "programme_envelope_short");
        assert!(short["detail"].as_str().unwrap().contains("899999999원"), "{short}");
        let after = app.get(&app.renew(&holder), "/v1/projects?count=exact&page_size=1").await.expect(200).json;
        assert_eq!(after["total"], projects);
        assert_eq!(app.get(&app.renew(&ended.agency), &ended.award(0, "")).await.expect(200).json["state"], "offered");
        let less = json!({ "kind": "supplementary_decrease", "amount_krw": 1, "booked_on": "2026-11-22", "approval_no": "추경-1", "commitment": null, "carry_over": null, "note": null });
        let at = format!("/v1/budget-lines/{}/entries", line.json["line"]["id"].as_str().unwrap());
        app.post(&app.renew(&holder), &at, less).await.expect(201);
        ended.does(&app, &ended.agency, 0, "/agreement", agreement()).await.expect(200);
    }

    /// Who may do what: nobody to the own body's, nothing before the end, and others know of nothing.
    async fn nobody_decides_for_the_own_body(app: TestApp) {
        let judged = crate::selection::kit::Judged::of(&app, "c-own", 3, &["mois", "moe"]).await;
        judged.score(&app, &[[40, 30, 30], [40, 30, 20]]).await;
        let judged = judged.told(&app).await;
        let agency = app.persona(Role::Coordinator, "nia").await;
        let ended = Ended { judged, agency: agency.clone() };
        assert_eq!(ended.offer(&app).await.expect(409).json["code"], "call_not_final");
        assert_eq!(app.get(&agency, &ended.at("/award-money")).await.expect(409).json["code"], "call_not_final");
        kit::end(&app, &ended.judged.call).await;
        let holder = app.renew(&ended.judged.call.coordinator);
        app.post(&holder, &ended.at("/awards"), json!({})).await.expect(403);
        let (own, other) = (&ended.judged.applications[0], &ended.judged.applications[1]);
        app.post(&holder, &ended.at("/awards"), json!({ "applications": [own] })).await.expect(403);
        let twice = app.post(&holder, &ended.at("/awards"), json!({ "applications": [other, other] })).await.expect(422);
        assert_eq!(twice.faults(), ["/applications/1 not_offerable"]);
        app.post(&holder, &ended.at("/awards"), json!({ "applications": [other] })).await.expect(200);
        ended.offer(&app).await.expect(200);
        ended.does(&app, &holder, 0, "/fail", json!({ "reason": "?" })).await.expect(403);
        ended.does(&app, &holder, 0, "/agreement", agreement()).await.expect(403);
        let stranger = app.persona(Role::Coordinator, "msit").await;
        for (role, body, status) in [
            (Role::Planner, "mois", 200), (Role::Planner, "moe", 404), (Role::Applicant, "moe", 404), (Role::Auditor, "bai", 200),
            (Role::ProgressManager, "nia", 200), (Role::Coordinator, "msit", 404), (Role::Viewer, "mois", 404),
            (Role::CommitteeMember, "nia", 404), (Role::Adviser, "nia", 404), (Role::Administrator, "mois", 404),
        ] {
            let who = app.persona(role, body).await;
            assert_eq!(app.get(&who, &ended.award(0, "")).await.status.as_u16(), status, "{role} {body}");
            let list = app.get(&who, "/v1/awards").await;
            let seen = list.json["items"].as_array().is_some_and(|items| items.iter().any(|a| a["award"]["application"] == *own));
            assert_eq!(seen, status == 200, "{role} {body}: {}", list.status);
        }
        app.post(&stranger, &ended.at("/awards"), json!({})).await.expect(403);
        ended.does(&app, &stranger, 1, "/give-up", json!({ "reason": "?" })).await.expect(404);
        ended.does(&app, &agency, 1, "/give-up", json!({ "reason": "?" })).await.expect(403);
        for judge in &ended.judged.judges {
            app.get(&app.renew(&judge.persona), &ended.award(0, "")).await.expect(404);
        }
    }
}
