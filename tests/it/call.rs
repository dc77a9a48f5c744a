//! Support calls (공모): prepared in silence, published once whole, and changed only as applicants may expect.

use crate::every_operation::call::minutes;
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, both};

fn new(app: &TestApp, key: &str) -> Value {
    json!({ "key": key, "lead_body": "mois", "plan": {
        "title": { "ko": "2026년 공공 AI 지원사업 공모" }, "programme": "public-ai-2026", "fiscal_year": 2026, "managing_agency": "nia",
        "opens_at": minutes(app, 60), "closes_at": minutes(app, 180)
    } })
}
/// The rule set of the specification's example, and the rules that rest on it.
async fn rules(app: &TestApp, who: &Persona) -> Value {
    let flat = json!({
        "flat_rates": { "central": "100", "sido": "50", "municipality": "80" }, "bands": [], "band_limits": "lower_inclusive",
        "adjustments": [], "floor_rate": "0", "ceiling_rate": "100", "sido_share_of_local": "30",
        "sido_without_municipality": ["36", "50"], "unit": 1000
    });
    let set = json!({ "key": "flat", "name": { "ko": "예시 규칙" }, "standing": "illustration", "source": "시험", "rules": flat, "reason": "시험" });
    app.post(who, "/v1/cost-share-rules", set).await.expect(201);
    let lay_down = tests::operations::operations().into_iter().find(|o| o.id == "lay_down_call_rules").unwrap();
    let mut example = lay_down.example().unwrap().1.clone();
    example["cost_share"] = json!({ "key": "flat", "edition": 1 });
    example
}
async fn state(app: &TestApp, who: &Persona, key: &str) -> (Value, Value) {
    let call = app.get(&app.renew(who), &format!("/v1/calls/{key}")).await.expect(200);
    (call.json["state"].clone(), call.json["days_left"].clone())
}
async fn act(app: &TestApp, who: &Persona, call: &Answer, below: &str, body: Value) -> Answer {
    let path = format!("/v1/calls/{}/{below}", call.json["call"]["key"].as_str().unwrap());
    app.post_to(&app.renew(who), &path, &call.tag(), body).await
}
async fn published(app: &TestApp, who: &Persona, key: &str) -> Answer {
    let made = app.post(who, "/v1/calls", new(app, key)).await.expect(201);
    let path = format!("/v1/calls/{key}/rules");
    let ruled = app.put(who, &path, &made.tag(), rules(app, who).await).await.expect(200);
    act(app, who, &ruled, "publish", Value::Null).await.expect(200)
}

both! {
    /// A draft is known to those who hold and run it; once published everybody signed in reads it.
    async fn a_draft_is_known_to_few(app: TestApp) {
        let (mois, nia) = (app.persona(Role::Coordinator, "mois").await, app.persona(Role::Coordinator, "nia").await);
        let (msit, planner) = (app.coordinator().await, app.planner("mohw").await);
        app.post(&msit, "/v1/calls", new(&app, "ax-call")).await.expect(403);
        let made = app.post(&mois, "/v1/calls", new(&app, "ax-call")).await.expect(201);
        let listed = async |who: &Persona| {
            let page = app.get(who, "/v1/calls").await.expect(200);
            page.json["items"].as_array().unwrap().len()
        };
        app.get(&nia, "/v1/calls/ax-call").await.expect(200);
        app.get(&msit, "/v1/calls/ax-call").await.expect(404);
        app.get(&planner, "/v1/calls/ax-call").await.expect(404);
        assert_eq!((listed(&mois).await, listed(&nia).await, listed(&msit).await, listed(&planner).await), (1, 1, 0, 0));

        let early = act(&app, &nia, &made, "publish", Value::Null).await.expect(422);
        assert_eq!(early.faults(), ["/rules call_rules_wanting"]);
        let ahead = app.get(&nia, "/v1/calls/ax-call/moves").await.expect(200);
        assert_eq!(ahead.json["moves"][0]["reasons"][0]["code"], "call_rules_wanting");
        let ruled = app.put(&nia, "/v1/calls/ax-call/rules", &made.tag(), rules(&app, &nia).await).await.expect(200);
        assert_eq!(ruled.json["call"]["rules"]["cost_share_standing"], "illustration");
        act(&app, &nia, &ruled, "publish", Value::Null).await.expect(200);
        assert_eq!((listed(&msit).await, listed(&planner).await), (1, 1));
        app.get(&planner, "/v1/calls/ax-call").await.expect(200);
        app.get(&planner, "/v1/calls/ax-call/history").await.expect(403);
        let history = app.get(&nia, "/v1/calls/ax-call/history").await.expect(200);
        assert_eq!(history.json["items"].as_array().unwrap().len(), 3);
    }

    /// Open and closed follow the clock; lists and the record say the same at every moment.
    async fn open_and_closed_follow_the_clock(app: TestApp) {
        let mois = app.persona(Role::Coordinator, "mois").await;
        let call = published(&app, &mois, "clock").await;
        let listed = async |state: &str| {
            let page = app.get(&app.renew(&mois), &format!("/v1/calls?state={state}")).await.expect(200);
            page.json["items"].as_array().unwrap().len()
        };
        // From nine in the morning in Korea on: an hour later it opens, two hours after that it closes.
        for (pass, now) in [(0, "published"), (3599, "published"), (1, "open"), (7200, "open"), (1, "closed")] {
            app.pass(pass);
            assert_eq!(state(&app, &mois, "clock").await.0, now, "after {pass}");
            for other in ["published", "open", "closed"] {
                assert_eq!(listed(other).await, usize::from(other == now), "{other} while {now}");
            }
        }
        let put_off = json!({ "closes_at": minutes(&app, 600), "reason": "연휴" });
        act(&app, &mois, &call, "deadline", put_off).await.expect(409);
        let screening = act(&app, &mois, &call, "screening", Value::Null).await.expect(200);
        assert_eq!((screening.json["state"].as_str(), listed("closed").await), (Some("screening"), 0));
        let scoring = act(&app, &mois, &screening, "evaluation", Value::Null).await.expect(200);
        let gone = act(&app, &mois, &scoring, "cancel", json!({ "reason": "예산 삭감" })).await.expect(200);
        assert_eq!(gone.json["state"], "cancelled");
    }

    /// The tag changes with the clock, and any tag of the version still names it.
    async fn a_kept_copy_is_not_taken_for_the_present(app: TestApp) {
        let mois = app.persona(Role::Coordinator, "mois").await;
        let call = published(&app, &mois, "kept").await;
        app.pass(3600);
        let ask = actix_web::test::TestRequest::get().uri("/v1/calls/kept")
            .insert_header(("authorization", format!("Bearer {}", app.renew(&mois).token)))
            .insert_header(("if-none-match", call.tag()));
        let now = app.send(ask).await.expect(200);
        assert_eq!(now.json["state"], "open");
        app.patch(&app.renew(&mois), "/v1/calls/kept", &call.tag(), json!({ "contact": "02-0000-0000" })).await.expect(200);
    }

    /// Published rules become a new edition with a reason; the rule set is a copy, whatever becomes of it later.
    async fn published_rules_change_by_edition(app: TestApp) {
        let mois = app.persona(Role::Coordinator, "mois").await;
        let call = published(&app, &mois, "rules").await;
        let mut new = rules_again(&call);
        let silent = app.put(&mois, "/v1/calls/rules/rules", &call.tag(), new.clone()).await.expect(422);
        assert_eq!(silent.faults(), ["/reason call_reason_needed"]);
        new["reason"] = json!("배점 정정");
        new["rules"]["scoring"]["criteria"][0]["max_points"] = json!("41");
        let wrong = app.put(&mois, "/v1/calls/rules/rules", &call.tag(), new.clone()).await.expect(422);
        assert_eq!(wrong.faults(), ["/rules/scoring/criteria maxima_not_100"]);
        new["rules"]["scoring"]["criteria"][0]["max_points"] = json!("40");
        new["cost_share"]["edition"] = json!(2);
        let unknown = app.put(&mois, "/v1/calls/rules/rules", &call.tag(), new.clone()).await.expect(422);
        assert_eq!(unknown.faults(), ["/cost_share cost_share_unknown"]);
        new["cost_share"]["edition"] = json!(1);
        new["rules"]["objection_days"] = json!(10);
        let changed = app.put(&mois, "/v1/calls/rules/rules", &call.tag(), new.clone()).await.expect(200);
        assert_eq!(changed.json["call"]["rules"]["edition"], 2);
        assert_eq!(changed.json["call"]["replaced_rules"][0]["rules"]["objection_days"], 7);
        app.put(&mois, "/v1/calls/rules/rules", &call.tag(), new).await.expect(412);
    }

    /// A copy begins as a draft of its own; what it was made from stays.
    async fn a_call_is_duplicated(app: TestApp) {
        let mois = app.persona(Role::Coordinator, "mois").await;
        let call = published(&app, &mois, "first").await;
        let copy = json!({ "key": "second", "title": { "ko": "2027년 공모" } });
        let made = act(&app, &mois, &call, "duplicate", copy.clone()).await.expect(201);
        assert_eq!((made.json["state"].as_str(), &made.json["call"]["plan"]["closes_at"]), (Some("draft"), &Value::Null));
        assert_eq!(made.json["call"]["rules"]["rules"], call.json["call"]["rules"]["rules"]);
        act(&app, &mois, &call, "duplicate", copy).await.expect(409);
        assert_eq!(state(&app, &mois, "first").await.0, "published");
    }

    /// What names nothing is refused, all at once.
    async fn what_a_plan_names_must_be_there(app: TestApp) {
        let mois = app.persona(Role::Coordinator, "mois").await;
        let mut wrong = new(&app, "nowhere");
        wrong["plan"]["programme"] = json!("nothing");
        wrong["plan"]["managing_agency"] = json!("nobody");
        let refused = app.post(&mois, "/v1/calls", wrong).await.expect(422);
        assert_eq!(refused.faults(), ["/plan/managing_agency not_known", "/plan/programme not_known"]);
        let closed = app.persona(Role::Coordinator, "moef_old").await;
        let mut old = new(&app, "old");
        old["lead_body"] = json!("moef_old");
        assert_eq!(app.post(&closed, "/v1/calls", old).await.expect(422).faults(), ["/lead_body body_closed"]);
    }
}

fn rules_again(call: &Answer) -> Value {
    let laid_down = &call.json["call"]["rules"];
    json!({ "rules": laid_down["rules"], "cost_share": { "key": "flat", "edition": 1 } })
}
