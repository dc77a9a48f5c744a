//! The advisory group (AX자문단) as planners, coordinators and advisers live with it.

pub mod kit;
mod sight;
mod ties;

use crate::project::{conditions, path};
use kit::{Counsellor, act, answer, ask, found, held, project, reported};
use serde_json::{Value, json};
use tests::both;

both! {
    /// From the request to the last follow-up: each has a turn, and the gate knows what is missing.
    async fn counsel_is_asked_for_given_and_answered(app: TestApp) {
        let (mois, coordinator) = (app.planner("mois").await, app.coordinator().await);
        let first = Counsellor::of(&app, &coordinator, "김자문", &["data"], json!({})).await;
        let best = Counsellor::of(&app, &coordinator, "박자문", &["data", "privacy_law"], json!({})).await;
        let tied = json!({ "ties": [{ "kind": "employed", "with": { "body": "msit" } }] });
        Counsellor::of(&app, &coordinator, "최소속", &["data"], tied).await;
        let project = project(&app, &mois).await;
        let gate = |state: &'static str| conditions(&app, &mois, &project, state);
        assert!(gate("not_met").await.contains(&"gate_advice".to_owned()));

        let at = ask(&app, &mois, &project.id(), &["privacy_law", "data"]).await;
        assert_eq!((found(&app, &coordinator, "waits_for=coordinator").await, found(&app, &mois, "waits_for=planner").await), (1, 0));
        let proposal = app.get(&coordinator, &format!("{at}/proposal")).await.expect(200);
        let names: Vec<_> = proposal.json["candidates"].as_array().unwrap().iter().map(|c| c["name"].clone()).collect();
        assert_eq!(names, ["박자문", "김자문"]);
        assert_eq!(proposal.json["not_proposed"][0]["why"], "tied", "{}", proposal.json);
        assert_eq!(app.get(&mois, &at).await.expect(200).json["consultation"]["assigned"], Value::Null, "nothing is assigned by it");

        act(&app, &coordinator, &at, "match", json!({ "adviser": first.expert })).await.expect(200);
        act(&app, &first.persona, &at, "decline", json!({ "reason": "출장" })).await.expect(200);
        let proposal = app.get(&coordinator, &format!("{at}/proposal")).await.expect(200);
        assert!(proposal.json["not_proposed"].as_array().unwrap().iter().any(|n| n["why"] == "declined"));
        held(&app, &coordinator, &at, &best).await;
        assert!(!gate("not_met").await.contains(&"gate_advice".to_owned()));
        assert!(gate("not_met").await.contains(&"gate_planning_advice".to_owned()));
        let told = act(&app, &best.persona, &at, "report", json!({ "summary": "추진해도 된다", "advice": [{ "topic": "procurement", "text": "분리 발주할 것" }] })).await.expect(200);
        let standing = &told.json["standing"];
        assert_eq!((&standing["advice"], &standing["unanswered"], &standing["response_days"], &standing["waits_for"]), (&json!(3), &json!(3), &json!(0), &json!("planner")));
        assert_eq!(told.json["consultation"]["advice"][2]["session"], Value::Null);

        assert_eq!(act(&app, &mois, &at, "close", json!({})).await.expect(409).json["code"], "advice_unanswered");
        assert_eq!(answer(&app, &mois, &at, 1, "accepted", None).await.expect(422).faults(), ["/due required"]);
        answer(&app, &mois, &at, 1, "accepted", Some("2027-01-31")).await.expect(200);
        answer(&app, &mois, &at, 2, "deferred", Some("2027-01-31")).await.expect(200);
        assert_eq!(answer(&app, &mois, &at, 1, "rejected", None).await.expect(409).json["code"], "advice_answered");
        answer(&app, &mois, &at, 9, "rejected", None).await.expect(404);
        answer(&app, &mois, &at, 3, "rejected", None).await.expect(200);
        assert!(!gate("not_met").await.contains(&"gate_planning_advice".to_owned()));
        act(&app, &mois, &at, "close", json!({})).await.expect(200);
        answer(&app, &mois, &at, 2, "partly", Some("2027-01-31")).await.expect(200);
        let done = json!({ "done_on": "2026-11-22", "what": "계획에 반영" });
        act(&app, &mois, &at, "advice/1/follow-up", done.clone()).await.expect(200);
        let last = act(&app, &mois, &at, "advice/2/follow-up", done.clone()).await.expect(200);
        assert_eq!((&last.json["standing"]["open_advice"], &last.json["standing"]["waits_for"]), (&json!(0), &Value::Null));
        assert_eq!(act(&app, &mois, &at, "advice/3/follow-up", done).await.expect(409).json["code"], "advice_nothing_due");
        let moves: Vec<_> = last.json["consultation"]["history"].as_array().unwrap().iter().map(|m| m["did"].clone()).collect();
        assert_eq!(moves, ["request", "match", "decline", "match", "accept", "hold", "report", "close"]);

        let page = app.get(&mois, &path(&project)).await.expect(200);
        let then = app.get(&mois, &format!("{}?as_of=2026-11-22", path(&project))).await.expect(200);
        assert_eq!(page.bytes, then.bytes);
        let before = app.get(&mois, &format!("{}?as_of=2026-11-21", path(&project))).await;
        assert_eq!(before.status, 404);
        let file = app.get(&mois, "/v1/consultations/export?format=csv&header=keys").await.expect(200);
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        assert!(text.lines().count() == 2 && text.contains(",박자문,2026-11-22,2026-11-22,0,1,75,3,0,0"), "{text}");
    }

    /// A project says that it wants no counsel, and the gate is content until counsel is given all the same.
    async fn no_counsel_is_wanted(app: TestApp) {
        let (mois, coordinator) = (app.planner("mois").await, app.coordinator().await);
        let project = project(&app, &mois).await;
        let at = path(&project);
        let said = app.post_to(&mois, &format!("{at}/advice-not-wanted"), &project.tag(), json!({ "reason": "같은 내용의 자문을 받았음" })).await.expect(200);
        assert_eq!(said.json["no_advice"]["reason"], "같은 내용의 자문을 받았음");
        assert!(!conditions(&app, &mois, &project, "not_met").await.contains(&"gate_advice".to_owned()));
        let adviser = Counsellor::of(&app, &coordinator, "김자문", &["data"], json!({})).await;
        let tag = app.get(&mois, &at).await.expect(200).tag();
        let asked = ask(&app, &mois, &project.id(), &["data"]).await;
        reported(&app, &coordinator, &asked, &adviser).await;
        assert!(conditions(&app, &mois, &project, "not_met").await.contains(&"gate_planning_advice".to_owned()));
        assert_ne!(app.get(&mois, &at).await.expect(200).tag(), tag, "the page has changed");
        for what in ["accept", "decline", "sessions", "match", "cancel"] {
            let body = match what { "accept" => json!({}), "sessions" => kit::session(&app), "match" => json!({ "adviser": adviser.expert }), _ => json!({ "reason": "또" }) };
            let who = if ["match", "cancel"].contains(&what) { &coordinator } else { &adviser.persona };
            assert_eq!(act(&app, who, &asked, what, body).await.expect(409).json["code"], "consultation_move", "{what}");
        }
        let draft = crate::project::enter(&app, &mois, json!({})).await;
        let refused = app.post(&mois, &format!("{}/consultations", path(&draft)), kit::request(&["data"])).await.expect(409);
        assert_eq!(refused.json["code"], "consultation_project");
    }

    /// An adviser is an expert of the pool with the role; terms are said anew, and whoever is released serves again by it.
    async fn advisers_are_experts_with_terms(app: TestApp) {
        let coordinator = app.coordinator().await;
        let persona = app.persona(domain::access::Role::CommitteeMember, "nia").await;
        let judge = crate::committee::kit::enter(&app, &coordinator, "김심사", "private", Some(&persona), json!({})).await.expect(201);
        let new = json!({ "expert": judge.id(), "terms": kit::terms(&["data"], 3) });
        let refused = app.post(&coordinator, "/v1/advisers", new).await.expect(422);
        assert_eq!(refused.faults(), ["/expert adviser_without_role"]);
        let adviser = Counsellor::of(&app, &coordinator, "박자문", &["data"], json!({})).await;
        let again = json!({ "expert": adviser.expert, "terms": kit::terms(&["data"], 3) });
        assert_eq!(app.post(&coordinator, "/v1/advisers", again).await.expect(409).json["code"], "adviser_known");
        let at = format!("/v1/advisers/{}", adviser.expert);
        let wrong = json!({ "topics": ["data", "data"], "term_from": "2026-10-01", "term_to": "2026-09-30", "max_load": 1 });
        let refused = app.put(&coordinator, &format!("{at}/terms"), "*", wrong).await.expect(422);
        assert_eq!(refused.faults(), ["/terms/term_to wrong_order", "/terms/topics/1 duplicate"]);
        let count = async |query: &str| app.get(&coordinator, &format!("/v1/advisers?{query}")).await.expect(200).json["items"].as_array().unwrap().len();
        assert_eq!((count("topic=data").await, count("topic=planning").await, count("serving=true").await), (1, 0, 1));
        let gone = app.post_to(&coordinator, &format!("{at}/release"), "*", json!({ "reason": "사임" })).await.expect(200);
        assert_eq!((count("serving=true").await, count("serving=false").await), (0, 1));
        assert_eq!(app.post_to(&coordinator, &format!("{at}/release"), &gone.tag(), json!({ "reason": "또" })).await.expect(409).json["code"], "adviser_released");
        app.put(&coordinator, &format!("{at}/terms"), &gone.tag(), kit::terms(&["planning"], 3)).await.expect(200);
        assert_eq!((count("topic=data").await, count("topic=planning").await, count("serving=true").await), (0, 1, 1));
    }
}
