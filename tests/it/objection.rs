//! Objections (이의신청): once, in time, answered once by somebody who has no part; the call ends after them.

use crate::selection::kit::{Judged, confirm, meeting};
use domain::access::Role;
use serde_json::json;
use tests::both;

fn new() -> serde_json::Value {
    json!({ "ground": "procedure", "text": "기피 신청이 처리되지 않았다" })
}

both! {
    /// The whole course: told, objected, answered, corrected, ended.
    async fn a_call_ends_after_its_objections(app: TestApp) {
        let judged = Judged::of(&app, "c-object", 3, &["mohw", "moe"]).await;
        judged.score(&app, &[[40, 30, 20], [30, 20, 10]]).await;
        let planner = app.persona(Role::Planner, "moe").await;
        let at = format!("/v1/applications/{}/objection", judged.applications[1]);
        assert_eq!(app.post(&app.renew(&planner), &at, new()).await.expect(409).json["code"], "objection_over", "nobody was told");
        let judged = judged.told(&app).await;
        let made = app.post(&app.renew(&planner), &at, new()).await.expect(201);
        assert_eq!(app.post(&app.renew(&planner), &at, new()).await.expect(409).json["code"], "objection_made");
        let other = app.persona(Role::Planner, "mohw").await;
        app.post(&app.renew(&other), &at, new()).await.expect(404);
        let path = format!("/v1/objections/{}", judged.applications[1]);
        app.get(&app.renew(&other), &path).await.expect(404);
        for judge in &judged.judges {
            app.get(&app.renew(&judge.persona), &path).await.expect(404);
        }
        for (who, many) in [(&planner, 1), (&other, 0), (&judged.call.coordinator, 1)] {
            let list = app.get(&app.renew(who), "/v1/objections?call=c-object&answered=false").await.expect(200).json;
            assert_eq!(list["items"].as_array().unwrap().len(), many);
        }

        app.pass(9 * 86_400);
        let coordinator = app.renew(&judged.call.coordinator);
        let finish = async || judged.call.step(&app, "finish", json!({})).await;
        assert_eq!(finish().await.expect(409).json["code"], "objections_open", "the time is over, the answer is wanting");
        let moves = app.get(&coordinator, &judged.at("/moves")).await.expect(200).json;
        let step = moves["moves"].as_array().unwrap().iter().find(|m| m["move"] == "finish" || m["kind"] == "finish").unwrap().clone();
        assert_eq!((&step["possible"], &step["reasons"][0]["code"]), (&json!(false), &json!("objections_open")));
        let answer = json!({ "outcome": "accepted", "reason": "기피 사유를 다시 살핀다" });
        app.post_to(&app.renew(&planner), &format!("{path}/answer"), &made.tag(), answer.clone()).await.expect(403);
        app.post_to(&coordinator, &format!("{path}/answer"), "\"v9\"", answer.clone()).await.expect(412);
        let answered = app.post_to(&coordinator, &format!("{path}/answer"), &made.tag(), answer.clone()).await.expect(200);
        assert_eq!(answered.json["answer"]["outcome"], "accepted");
        assert_eq!(app.post_to(&coordinator, &format!("{path}/answer"), &answered.tag(), answer).await.expect(409).json["code"], "objection_answered");

        let chair = &judged.judges[0].persona;
        let seen = app.get(&app.renew(chair), &judged.at("/result?standing=preview")).await.expect(200);
        confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 3), Some("이의신청 인용")).await.expect(201);
        finish().await.expect(200);
        let over = app.get(&app.renew(chair), &judged.at("/result?standing=preview")).await.expect(200);
        assert_eq!(confirm(&app, &judged, chair, &over, meeting(&app, &judged, 3, 3), Some("또")).await.expect(409).json["code"], "not_evaluated_now");
        let withdraw = format!("/v1/applications/{}/withdraw", judged.applications[0]);
        assert_eq!(app.post_to(&app.renew(&other), &withdraw, "*", json!({ "reason": "늦음" })).await.expect(409).json["code"], "call_over");
    }

    /// Two objections at once: one is made.
    async fn of_two_objections_one_is_made(app: TestApp) {
        let judged = Judged::of(&app, "c-object-two", 3, &["mohw"]).await;
        judged.score(&app, &[[40, 30, 20]]).await;
        let judged = judged.told(&app).await;
        let planner = app.persona(Role::Planner, "mohw").await;
        let at = format!("/v1/applications/{}/objection", judged.applications[0]);
        let (one, other) = tokio::join!(app.post(&planner, &at, new()), app.post(&planner, &at, new()));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }
}
