//! Challenges (기피 신청): filed by an applicant that does not know who judges, taken up against a member, answered in words that
//! tell nothing of the committee.

use crate::{
    panel::knows_nothing,
    selection::kit::{Judged, confirm, meeting},
};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, both};

/// What is filed.
pub fn new() -> Value {
    json!({ "name": "김위원", "affiliation": "한국대학교", "ground": "kin", "detail": "담당자의 친족이다", "evidence": "가족관계증명서" })
}

/// Files a challenge about an application.
pub async fn file(app: &TestApp, who: &Persona, application: &str) -> Answer {
    app.post(&app.renew(who), &format!("/v1/applications/{application}/challenges"), new()).await
}

fn answer() -> Value {
    json!({ "words": "신청 취지를 살펴 조치했습니다", "reason": "위원 명단과 대조함" })
}

both! {
    /// The whole course: filed, taken up, decided, answered; nothing is confirmed before.
    async fn a_result_waits_for_every_answer(app: TestApp) {
        let judged = Judged::of(&app, "c-challenge", 4, &["mohw", "mois"]).await;
        judged.score(&app, &[[40, 30, 20], [30, 20, 10]]).await;
        let (agency, writer) = (app.persona(Role::Coordinator, "nia").await, app.persona(Role::Planner, "mohw").await);
        let other = app.persona(Role::Planner, "mois").await;
        let (chair, member) = (&judged.judges[0].persona, &judged.judges[2]);
        let at = format!("/v1/applications/{}/challenges", judged.applications[0]);
        app.post(&app.renew(&other), &at, new()).await.expect(404);
        app.post(&app.renew(&agency), &at, new()).await.expect(403);
        let wrong = json!({ "name": " ", "ground": "dislike", "detail": "", "evidence": "없음" });
        app.post(&app.renew(&writer), &at, wrong).await.expect(422);
        let filed = app.post(&app.renew(&writer), &at, new()).await.expect(201);
        let path = format!("/v1/challenges/{}", filed.id());
        let own = app.post(&app.renew(&other), &format!("/v1/applications/{}/challenges", judged.applications[1]), new()).await.expect(201);

        // The applicant, those who run the call, and nobody who judges.
        for (who, many) in [(&writer, 1), (&other, 1), (&agency, 2), (&judged.call.coordinator, 2)] {
            let list = app.get(&app.renew(who), "/v1/challenges?call=c-challenge&answered=false").await.expect(200).json;
            assert_eq!(list["items"].as_array().unwrap().len(), many);
        }
        let one = format!("/v1/challenges?application={}", judged.applications[0]);
        assert_eq!(app.get(&app.renew(&agency), &one).await.expect(200).json["items"].as_array().unwrap().len(), 1);
        app.get(&app.renew(&other), &path).await.expect(404);
        for judge in &judged.judges {
            app.get(&app.renew(&judge.persona), &path).await.expect(404);
            app.get(&app.renew(&judge.persona), "/v1/challenges").await.expect(403);
        }

        // Taken up against the member who is meant, by somebody who has no part.
        let up = |challenge: &str, member: &str| json!({ "challenge": challenge, "member": member, "severity": "real" });
        let panel = |n: usize| format!("/v1/panels/{}/challenges", judged.applications[n]);
        app.post(&app.renew(&judged.call.coordinator), &panel(1), up(&own.id(), &member.id())).await.expect(404);
        let stranger = app.post(&app.renew(&agency), &panel(0), up(&filed.id(), &writer.id.to_string())).await.expect(422);
        assert_eq!(stranger.faults(), ["/member member_unknown"]);
        for unknown in [own.id(), member.id()] {
            let refused = app.post(&app.renew(&agency), &panel(0), up(&unknown, &member.id())).await.expect(422);
            assert_eq!(refused.faults(), ["/challenge not_known"]);
        }
        let taken = app.post(&app.renew(&agency), &panel(0), up(&filed.id(), &member.id())).await.expect(200);
        knows_nothing(&app, member, &judged.applications[0]).await;
        let conflict = &taken.json["panel"]["conflicts"][0];
        assert_eq!(
            [&conflict["kind"], &conflict["source"], &conflict["ground"], &conflict["challenge"]],
            [&json!("challenge"), &json!("asserted"), &json!("kin"), &json!(filed.id())]
        );
        let twice = app.post(&app.renew(&agency), &panel(0), up(&filed.id(), &judged.judges[1].id())).await.expect(409);
        assert_eq!(twice.json["code"], "challenge_taken_up");
        let seen = app.get(&app.renew(&writer), &path).await.expect(200);
        assert_eq!((seen.bytes, seen.headers.get("etag")), (filed.bytes.clone(), filed.headers.get("etag")), "it tells nothing");

        let early = app.post_to(&app.renew(&agency), &format!("{path}/answer"), &filed.tag(), answer()).await.expect(409);
        assert_eq!(early.json["code"], "challenge_undecided");
        let decide = format!("/v1/panels/{}/conflicts/{}/decide", judged.applications[0], conflict["id"].as_str().unwrap());
        app.post_to(&app.renew(&agency), &decide, "*", json!({ "outcome": "upheld", "reason": "친족임" })).await.expect(200);

        // Nothing is confirmed while one is unanswered.
        let result = judged.at("/result?standing=preview");
        let open = app.get(&app.renew(chair), &result).await.expect(200);
        assert_eq!(open.json["readiness"], json!({ "undecided_conflicts": 0, "unanswered_challenges": 2, "missing_sheets": 0 }));
        let refused = confirm(&app, &judged, chair, &open, meeting(&app, &judged, 4, 4), None).await.expect(409);
        assert_eq!(refused.json["code"], "challenges_unanswered");
        app.post_to(&app.renew(&agency), &format!("{path}/answer"), "\"v9\"", answer()).await.expect(412);
        app.post_to(&app.renew(&writer), &format!("{path}/answer"), "*", answer()).await.expect(403);
        app.post_to(&app.renew(&agency), &format!("{path}/answer"), &filed.tag(), answer()).await.expect(200);
        let last = format!("/v1/challenges/{}/answer", own.id());
        app.post_to(&app.renew(&judged.call.coordinator), &last, "*", answer()).await.expect(403);
        app.post_to(&app.renew(&agency), &last, "*", answer()).await.expect(200);
        let again = app.post_to(&app.renew(&agency), &last, "*", answer()).await.expect(409);
        assert_eq!(again.json["code"], "challenge_answered");
        let late = app.post(&app.renew(&agency), &panel(1), up(&own.id(), &member.id())).await.expect(409);
        assert_eq!(late.json["code"], "challenge_answered");

        // Upheld or about nobody: the applicants read the same, and no member, and no reason.
        let told = app.get(&app.renew(&writer), &path).await.expect(200);
        assert_eq!((&told.json["version"], &told.json["answer"]["words"]), (&json!(2), &answer()["words"]));
        let text = told.json.to_string();
        assert!(!text.contains(&member.id()) && !text.contains("대조함"), "{text}");
        let history = app.get(&app.renew(&agency), &format!("{path}/history")).await.expect(200).json;
        assert_eq!((history["items"].as_array().unwrap().len(), &history["items"][0]["reason"]), (2, &json!("위원 명단과 대조함")));
        app.get(&app.renew(&writer), &format!("{path}/history")).await.expect(403);

        let seen = app.get(&app.renew(chair), &result).await.expect(200);
        confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 4, 4), None).await.expect(201);
        let over = app.post(&app.renew(&writer), &at, new()).await.expect(409);
        assert_eq!(over.json["code"], "challenge_over");
    }

    /// At the same time: one answers while another takes it up. Never is a challenge answered whose conflict waits.
    async fn what_is_answered_is_decided(app: TestApp) {
        let judged = Judged::of(&app, "c-challenge-two", 3, &["mohw"]).await;
        let (agency, writer) = (app.persona(Role::Coordinator, "nia").await, app.persona(Role::Planner, "mohw").await);
        for _ in 0..4 {
            let at = format!("/v1/applications/{}/challenges", judged.applications[0]);
            let filed = app.post(&app.renew(&writer), &at, new()).await.expect(201);
            let (panel, path) = (format!("/v1/panels/{}/challenges", judged.applications[0]), format!("/v1/challenges/{}/answer", filed.id()));
            let taken = json!({ "challenge": filed.id(), "member": judged.judges[1].id(), "severity": "real" });
            let (one, other) = tokio::join!(app.post(&agency, &panel, taken), app.post_to(&agency, &path, "*", answer()));
            let mut statuses = [one.status.as_u16(), other.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409], "{} {}", one.json, other.json);
        }
    }
}
