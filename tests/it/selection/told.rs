//! What is told (결과 통지): to nobody before the notice, to each applicant its own, to everybody those selected alone.

use super::kit::{Judged, confirm, meeting};
use domain::access::Role;
use serde_json::{Value, json};
use tests::both;

both! {
    /// Before the notice nobody learns anything; after it each applicant its own, as far as the call discloses it.
    async fn each_applicant_is_told_its_own(app: TestApp) {
        let judged = Judged::of(&app, "c-told", 3, &["mohw", "moe"]).await;
        judged.score(&app, &[[40, 30, 20], [30, 20, 10]]).await;
        let (first, second) = (app.persona(Role::Planner, "mohw").await, app.persona(Role::Planner, "moe").await);
        let result = |n: usize| format!("/v1/applications/{}/result", judged.applications[n]);
        let chair = &judged.judges[0].persona;
        let seen = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 3), None).await.expect(201);
        for at in [result(0), judged.at("/selected")] {
            assert_eq!(app.get(&app.renew(&first), &at).await.expect(409).json["code"], "result_not_confirmed", "confirmed, not told");
        }
        judged.call.step(&app, "notice", json!({})).await.expect(200);
        let own = app.get(&app.renew(&first), &result(0)).await.expect(200).json;
        assert_eq!((&own["outcome"], &own["total"], &own["rank"]), (&json!("selected"), &json!("90.00"), &Value::Null), "the rank is not disclosed");
        assert_eq!(own["opinions"], json!(["의견 0", "의견 1", "의견 2"]));
        assert_eq!(own["cost_share"]["national"], 900_000_000);
        let below = app.get(&app.renew(&second), &result(1)).await.expect(200).json;
        assert_eq!((&below["outcome"], &below["cost_share"]), (&json!("below_cut"), &Value::Null));
        app.get(&app.renew(&second), &result(0)).await.expect(404);
        for judge in &judged.judges {
            app.get(&app.renew(&judge.persona), &result(0)).await.expect(404);
        }
        let text = own.to_string();
        assert!(judged.judges.iter().all(|judge| !text.contains(&judge.id())), "nobody learns whose a score is");

        let viewer = app.persona(Role::Viewer, "moel").await;
        let list = app.get(&viewer, &judged.at("/selected")).await.expect(200).json;
        assert_eq!(list["tracks"][0]["selected"], json!([{ "body": "mohw", "title": "AI 민원 안내 0" }]));
        assert_eq!((&list["tracks"][0]["applications"], &list["tracks"][0]["national_krw"]), (&json!(2), &json!(900_000_000)));
        for below in ["/result", "/dossier", "/selection"] {
            for who in [&viewer, &first] {
                let status = app.get(&app.renew(who), &judged.at(below)).await.status.as_u16();
                assert!([403, 404].contains(&status), "{below}: {status}");
            }
        }
    }

    /// A chair whom a conflict keeps from an application sees nothing of it in the result either.
    async fn a_barred_chair_sees_the_rest(app: TestApp) {
        let judged = Judged::of(&app, "c-barred", 4, &["mohw", "moe"]).await;
        judged.score(&app, &[[40, 30, 20], [40, 30, 10]]).await;
        let chair = &judged.judges[0].persona;
        let at = format!("/v1/assignments/{}/recuse", judged.applications[0]);
        app.post_to(&app.renew(chair), &at, "*", json!({ "ground": "kin", "detail": "친족" })).await.expect(204);
        let seen = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        assert_eq!(seen.json["withheld"], 1);
        assert!(!seen.json.to_string().contains(&judged.applications[0]));
        app.get(&app.renew(chair), &judged.at("/dossier")).await.expect(403);
        app.get(&app.renew(&judged.judges[1].persona), &judged.at("/result")).await.expect(403);
        let whole = app.get(&app.renew(&judged.call.coordinator), &judged.at("/result")).await.expect(200).json;
        assert_eq!((&whole["withheld"], whole["result"]["applications"].as_array().unwrap().len()), (&json!(0), 2));
        confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 4, 4), None).await.expect(201);
    }

    /// A correction is another edition: the one before stays, and what is told is the last.
    async fn a_correction_leaves_what_was_confirmed(app: TestApp) {
        let judged = Judged::of(&app, "c-correct", 4, &["mohw", "moe"]).await;
        judged.score(&app, &[[40, 30, 20], [40, 30, 10]]).await;
        let judged = judged.told(&app).await;
        let coordinator = app.renew(&judged.call.coordinator);
        let first = app.get(&coordinator, &judged.at("/dossier?confirmation=1")).await.expect(200);
        let at = format!("/v1/panels/{}/conflicts", judged.applications[1]);
        let conflict = json!({ "member": judged.judges[3].id(), "kind": "exclusion", "ground": "former_employment", "severity": "real", "detail": "재직 사실이 드러남" });
        let raised = app.post(&coordinator, &at, conflict).await.expect(200);
        let one = raised.json["panel"]["conflicts"][0]["id"].as_str().unwrap();
        app.post_to(&coordinator, &format!("{at}/{one}/decide"), "*", json!({ "outcome": "upheld", "reason": "재직" })).await.expect(200);
        let chair = &judged.judges[0].persona;
        let seen = app.get(&app.renew(chair), &judged.at("/result?standing=preview")).await.expect(200);
        confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 3), Some("제척 사유가 드러남")).await.expect(201);
        assert_eq!(app.get(&coordinator, &judged.at("/dossier?confirmation=1")).await.expect(200).json, first.json);
        let second = app.get(&coordinator, &judged.at("/dossier")).await.expect(200).json;
        assert_eq!(second["exclusions"].as_array().unwrap().len(), 1);
        let planner = app.persona(Role::Planner, "moe").await;
        let told = app.get(&planner, &format!("/v1/applications/{}/result", judged.applications[1])).await.expect(200).json;
        assert_eq!((&told["confirmation"], &told["opinions"]), (&json!(2), &json!(["의견 0", "의견 1", "의견 2"])));
        let call = app.get(&coordinator, &judged.at("")).await.expect(200).json;
        assert_eq!(call["state"], "notified");
        app.get(&coordinator, &judged.at("/result?confirmation=3")).await.expect(422);
    }
}
