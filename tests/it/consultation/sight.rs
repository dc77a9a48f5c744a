//! Who sees what of a consultation (자문 열람): advisers only what is assigned to them and only within the term, all of it logged.

use super::kit::{Counsellor, LIST, accepted, act, ask, found, held, project, session};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{audit::Trail, both};

const DAY: i64 = 86_400;

both! {
    /// 404 for whatever was not assigned; what is read is recorded; with the term, sight ends, and what was written stays.
    async fn an_adviser_sees_what_was_assigned_within_the_term(app: TestApp) {
        let (mois, coordinator) = (app.planner("mois").await, app.coordinator().await);
        let own = Counsellor::of(&app, &coordinator, "김자문", &["data"], json!({})).await;
        let other = Counsellor::of(&app, &coordinator, "박자문", &["data"], json!({})).await;
        let project = project(&app, &mois).await;
        let (at, second) = (ask(&app, &mois, &project.id(), &["data"]).await, ask(&app, &mois, &project.id(), &["data"]).await);
        for below in ["", "/papers"] {
            app.get(&own.persona, &format!("{at}{below}")).await.expect(404);
        }
        assert_eq!(found(&app, &own.persona, "").await, 0);
        held(&app, &coordinator, &at, &own).await;
        act(&app, &coordinator, &second, "match", json!({ "adviser": other.expert })).await.expect(200);

        let trail = Trail::of(&app).await;
        let before = trail.last().await;
        app.get(&own.persona, &at).await.expect(200);
        let papers = app.get(&own.persona, &format!("{at}/papers")).await.expect(200);
        assert_eq!(papers.json["title"]["ko"], "AI 민원 안내 서비스");
        assert_eq!(trail.since(before).await, ["consultation.read read", "consultation.read_papers read"]);
        assert_eq!((found(&app, &own.persona, "").await, found(&app, &other.persona, "").await), (1, 1));
        app.get(&other.persona, &at).await.expect(404);
        app.get(&own.persona, &format!("/v1/projects/{}", project.id())).await.expect(403);
        act(&app, &other.persona, &at, "sessions", session(&app)).await.expect(404);
        let partner = app.planner("msit").await;
        app.get(&partner, &at).await.expect(200);
        act(&app, &partner, &at, "advice/1/answer", json!({ "outcome": "rejected", "reason": "아님" })).await.expect(403);
        let stranger = app.planner("mohw").await;
        app.get(&stranger, &at).await.expect(404);
        assert_eq!((found(&app, &partner, "").await, found(&app, &stranger, "").await), (2, 0));
        let auditor = app.persona(Role::Auditor, "bai").await;
        assert_eq!(found(&app, &auditor, "").await, 2);

        // The last day of the term, and the day after.
        app.pass(312 * DAY);
        app.get(&app.renew(&own.persona), &at).await.expect(200);
        app.pass(DAY);
        let late = app.renew(&own.persona);
        for below in ["", "/papers"] {
            app.get(&late, &format!("{at}{below}")).await.expect(404);
        }
        act(&app, &late, &at, "report", json!({ "summary": "늦음" })).await.expect(404);
        assert_eq!(found(&app, &late, "").await, 0);
        let kept = app.get(&app.renew(&mois), &at).await.expect(200);
        assert_eq!(kept.json["consultation"]["sessions"].as_array().unwrap().len(), 1);
        act(&app, &coordinator, &at, "report", json!({ "summary": "임기가 끝나 대신 보고함" })).await.expect(200);
    }

    /// Whoever was released sees nothing either, and is not chosen any more.
    async fn whoever_is_released_is_out_at_once(app: TestApp) {
        let (mois, coordinator) = (app.planner("mois").await, app.coordinator().await);
        let own = Counsellor::of(&app, &coordinator, "김자문", &["data"], json!({})).await;
        let project = project(&app, &mois).await;
        let at = ask(&app, &mois, &project.id(), &["data"]).await;
        accepted(&app, &coordinator, &at, &own).await;
        let adviser = format!("/v1/advisers/{}", own.expert);
        app.get(&own.persona, &adviser).await.expect(200);
        app.post_to(&coordinator, &format!("{adviser}/release"), "*", json!({ "reason": "사임" })).await.expect(200);
        app.get(&own.persona, &at).await.expect(404);
        act(&app, &own.persona, &at, "sessions", session(&app)).await.expect(404);
        let refused = act(&app, &coordinator, &at, "match", json!({ "adviser": own.expert })).await.expect(422);
        assert_eq!(refused.faults(), ["/adviser adviser_not_serving"]);
        let unknown = json!({ "adviser": "01890000-0000-7000-8000-000000000000" });
        assert_eq!(act(&app, &coordinator, &at, "match", unknown).await.expect(422).faults(), ["/adviser not_known"]);
    }

    /// Each filter finds what it says, and nothing of it is told to others.
    async fn filters_find_what_they_say(app: TestApp) {
        let (mois, mohw, coordinator) = (app.planner("mois").await, app.planner("mohw").await, app.coordinator().await);
        let own = Counsellor::of(&app, &coordinator, "김자문", &["data"], json!({})).await;
        let first = project(&app, &mois).await;
        let alone = json!({ "lead_body": "mohw", "title": { "ko": "의료" }, "lead_share": "100", "partners": [] });
        let second = crate::project::filed(&app, &mohw, alone).await;
        let at = ask(&app, &mois, &first.id(), &["data", "procurement"]).await;
        ask(&app, &mohw, &second.id(), &["diffusion"]).await;
        accepted(&app, &coordinator, &at, &own).await;
        for (query, many) in [
            (format!("project={}", first.id()), 1), ("body=mohw".into(), 1), ("body=mois,mohw".into(), 2),
            (format!("adviser={}", own.expert), 1), ("state=accepted".into(), 1), ("state=accepted,requested".into(), 2),
            ("phase=planning".into(), 2), ("phase=execution".into(), 0), ("topic=procurement".into(), 1), ("topic=procurement,diffusion".into(), 2),
            ("urgency=normal".into(), 2), ("urgency=urgent".into(), 0), ("waits_for=adviser".into(), 1), ("waits_for=planner".into(), 0),
        ] {
            assert_eq!(found(&app, &coordinator, &query).await, many, "{query}");
        }
        assert_eq!((found(&app, &mois, "body=mohw").await, found(&app, &mohw, "").await), (0, 1));
        let pages = app.get(&coordinator, &format!("{LIST}?page_size=1")).await.expect(200);
        let next = pages.json["next_page_token"].as_str().unwrap();
        let last = app.get(&coordinator, &format!("{LIST}?page_size=1&page_token={next}")).await.expect(200);
        assert_eq!((&last.json["items"][0]["body"], &last.json["next_page_token"]), (&json!("mohw"), &Value::Null));
    }
}
