//! At the same time (동시 처리): of two promotions and of two agreements one wins.

use super::kit::{Ended, agreement};
use domain::access::Role;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::{Answer, both};

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut all: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    all.sort_unstable();
    all
}

both! {
    /// A place is free, and everybody promotes into it at once: one reserve gets one award.
    async fn a_free_place_is_given_once(app: TestApp) {
        let ended = Ended::of(&app, "c-once", (2_000_000_000, 2), &["moe", "mohw", "moel", "molit"]).await;
        ended.offer(&app).await.expect(200);
        let planner = app.persona(Role::Planner, "moe").await;
        ended.does(&app, &planner, 0, "/give-up", json!({ "reason": "예산 사정" })).await.expect(200);
        let tried = join_all((0..6).map(|n| ended.promote(&app, 2 + n % 2, Value::Null))).await;
        assert_eq!(statuses(&tried), [200, 409, 409, 409, 409, 409]);
        let money = ended.money(&app).await;
        assert_eq!((&money["living_awards"], &money["offered_krw"]), (&json!(2), &json!(1_800_000_000)));
    }

    /// Two conclude the same agreement at once: one project, one set of lines.
    async fn an_agreement_is_concluded_once(app: TestApp) {
        let ended = Ended::of(&app, "c-twice", (2_000_000_000, 2), &["moe"]).await;
        ended.offer(&app).await.expect(200);
        let who = app.renew(&ended.agency);
        let at = ended.award(0, "/agreement");
        let tried = join_all((0..4).map(|_| app.post_to(&who, &at, "\"v1\"", agreement()))).await;
        assert_eq!(statuses(&tried), [200, 412, 412, 412]);
        let planner = app.persona(Role::Planner, "moe").await;
        let projects = app.get(&planner, "/v1/projects?body=moe&count=exact").await.expect(200).json;
        assert_eq!(projects["total"], 1);
        let lines = app.get(&planner, "/v1/budget-lines?envelope=public-ai-2026&count=exact").await.expect(200).json;
        assert_eq!(lines["total"], 1);
    }

    /// Awards are agreed at once that only one of them fits into the programme's envelope: never both.
    async fn an_envelope_is_not_spent_twice(app: TestApp) {
        let ended = Ended::of(&app, "c-both", (2_000_000_000, 2), &["moe", "mohw"]).await;
        ended.offer(&app).await.expect(200);
        let holder = app.persona(Role::Planner, "mois").await;
        let taken = json!({ "body": "mois", "fiscal_year": 2026, "account": { "kind": "general", "code": null, "name": "일반회계" }, "kind": "grant",
            "title": "먼저 편성된 국비", "envelope": "public-ai-2026", "standing": "active",
            "appropriation": { "amount_krw": 17_000_000_000_i64, "booked_on": "2026-11-22" } });
        app.post(&holder, "/v1/budget-lines", taken).await.expect(201);
        let tried = join_all((0..2).map(|n| ended.does(&app, &ended.agency, n, "/agreement", agreement()))).await;
        assert_eq!(statuses(&tried), [200, 409]);
    }
}
