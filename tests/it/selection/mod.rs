//! Selection (선정): a preview that the dossier gives again, lots, confirmation by a meeting, correction, notice.

pub mod kit;
mod table;
mod told;

use domain::{
    access::Role,
    evaluation::{evaluate, read},
};
use kit::{Judged, confirm, meeting};
use serde_json::{Value, json};
use tests::both;

fn outcomes(result: &Value) -> Vec<(String, String)> {
    let placed = result["result"]["applications"].as_array().unwrap().iter();
    placed.map(|p| (p["id"].as_str().unwrap().to_owned(), p["outcome"].as_str().unwrap().to_owned())).collect()
}

both! {
    /// What the service shows is what its dossier comes to for anybody: the same function, the same hash.
    async fn the_dossier_gives_the_same_result(app: TestApp) {
        let judged = Judged::of(&app, "c-dossier", 4, &["mohw", "moe", "moel"]).await;
        judged.score(&app, &[[40, 30, 30], [40, 30, 20], [30, 20, 10]]).await;
        let who = app.renew(&judged.call.coordinator);
        let result = app.get(&who, &judged.at("/result")).await.expect(200);
        assert_eq!((&result.json["standing"], &result.json["readiness"]), (&json!("preview"), &json!({ "undecided_conflicts": 0, "unanswered_challenges": 0, "missing_sheets": 0 })));
        let dossier = app.get(&who, &judged.at("/dossier")).await.expect(200);
        let again = serde_json::to_value(evaluate(&read(&dossier.json).unwrap())).unwrap();
        assert_eq!(result.json["result"], again);
        let outcome = |n: usize| outcomes(&result.json).into_iter().find(|(id, _)| *id == judged.applications[n]).unwrap().1;
        assert_eq!([outcome(0), outcome(1), outcome(2)], ["selected", "selected", "below_cut"]);
        assert_eq!(dossier.json["sheets"].as_array().unwrap().len(), 12);

        // Whoever steps aside after scoring has no effect, and the sheet is still on record.
        let third = app.renew(&judged.judges[3].persona);
        let at = format!("/v1/assignments/{}/recuse", judged.applications[1]);
        app.post_to(&third, &at, "*", json!({ "ground": "kin", "detail": "친족" })).await.expect(204);
        let after = app.get(&who, &judged.at("/result")).await.expect(200);
        let placed = |json: &Value| json["result"]["applications"].as_array().unwrap().iter().find(|p| p["id"] == judged.applications[1]).unwrap().clone();
        assert_eq!((&placed(&result.json)["valid_sheets"], &placed(&after.json)["valid_sheets"]), (&json!(4), &json!(3)));
        let dossier = app.get(&who, &judged.at("/dossier")).await.expect(200).json;
        assert_eq!((dossier["sheets"].as_array().unwrap().len(), &dossier["exclusions"][0]["kind"]), (12, &json!("recusal")));

        // An applicant who withdraws after the ranking is ranked no more.
        let planner = app.persona(Role::Planner, "mohw").await;
        let at = format!("/v1/applications/{}/withdraw", judged.applications[0]);
        app.post_to(&planner, &at, "*", json!({ "reason": "사정 변경" })).await.expect(200);
        let after = app.get(&who, &judged.at("/result")).await.expect(200).json;
        assert!(outcomes(&after).contains(&(judged.applications[0].clone(), "withdrawn".to_owned())));
    }

    /// A running body that applies itself reads nothing of its own application, and no dossier at all.
    async fn the_own_body_sees_nothing_of_its_own(app: TestApp) {
        let judged = Judged::of(&app, "c-own-body", 3, &["mois", "moe"]).await;
        judged.score(&app, &[[40, 30, 30], [40, 30, 20]]).await;
        let (holder, agency) = (judged.call.coordinator.clone(), app.persona(Role::Coordinator, "nia").await);
        let auditor = app.persona(Role::Auditor, "bai").await;
        let sees = async |stage: &str| {
            let own = app.get(&app.renew(&holder), &judged.at("/result")).await.expect(200).json;
            let ids: Vec<_> = outcomes(&own).into_iter().map(|(id, _)| id).collect();
            assert_eq!((&ids, &own["withheld"]), (&vec![judged.applications[1].clone()], &json!(1)), "{stage}");
            for other in [&agency, &auditor, &judged.judges[0].persona] {
                let all = app.get(&app.renew(other), &judged.at("/result")).await.expect(200).json;
                assert_eq!((outcomes(&all).len(), &all["withheld"]), (2, &json!(0)), "{stage}");
            }
            for below in ["/dossier", "/trace", "/score-table?format=csv", "/result/print"] {
                let refused = app.get(&app.renew(&holder), &judged.at(below)).await.expect(403);
                assert_eq!(refused.json["code"], "own_body_applies", "{stage} {below}");
                app.get(&app.renew(&agency), &judged.at(below)).await.expect(200);
                app.get(&app.renew(&auditor), &judged.at(below)).await.expect(200);
            }
            let sheets = async |who: &_| app.get(&app.renew(who), "/v1/score-sheets?call=c-own-body").await.expect(200).json["items"].as_array().unwrap().len();
            assert_eq!([sheets(&holder).await, sheets(&agency).await, sheets(&auditor).await], [3, 6, 6], "{stage}");
            for (nth, status) in [(0, 404), (1, 200)] {
                let sheet = format!("/v1/score-sheets/{}.{}", judged.applications[nth], judged.judges[0].id());
                app.get(&app.renew(&holder), &sheet).await.expect(status);
                app.get(&app.renew(&agency), &sheet).await.expect(200);
            }
            let reopen = format!("/v1/score-sheets/{}.{}/reopen", judged.applications[0], judged.judges[0].id());
            app.post_to(&app.renew(&holder), &reopen, "*", json!({ "reason": "다시" })).await.expect(404);
        };
        sees("preview").await;
        let chair = &judged.judges[0].persona;
        let seen = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 3), None).await.expect(201);
        sees("confirmed").await;
    }

    /// Nothing is confirmed but what was looked at, by a meeting that could decide, with everything settled.
    async fn a_meeting_confirms_what_it_has_looked_at(app: TestApp) {
        let judged = Judged::of(&app, "c-confirm", 3, &["mohw", "moe"]).await;
        let chair = &judged.judges[0].persona;
        let coordinator = app.renew(&judged.call.coordinator);
        let early = app.get(&coordinator, &judged.at("/result")).await.expect(200);
        assert_eq!(early.json["readiness"]["missing_sheets"], 6);
        let refused = confirm(&app, &judged, chair, &early, meeting(&app, &judged, 3, 3), None).await.expect(409);
        assert_eq!(refused.json["code"], "sheets_wanting");
        judged.score(&app, &[[40, 30, 30], [40, 30, 20]]).await;
        let stale = confirm(&app, &judged, chair, &early, meeting(&app, &judged, 3, 3), None).await.expect(409);
        assert_eq!(stale.json["code"], "inputs_changed", "the sheets have come since");
        let seen = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        assert_eq!(seen.json["withheld"], 0);

        let few = confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 1, 1), None).await.expect(422);
        assert_eq!(few.faults(), ["/meeting/attendees meeting_without_quorum"]);
        let split = confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 1), None).await.expect(422);
        assert_eq!(split.faults(), ["/meeting/in_favour meeting_without_majority"]);
        for other in [&judged.judges[1].persona, &judged.call.coordinator] {
            confirm(&app, &judged, other, &seen, meeting(&app, &judged, 3, 3), None).await.expect(403);
        }
        let body = json!({ "inputs_sha256": seen.json["result"]["inputs_sha256"], "meeting": meeting(&app, &judged, 3, 3) });
        app.send_as(&app.renew(chair), "POST", &judged.at("/confirmations"), None, Some(&body)).await.expect(428);

        let at = format!("/v1/panels/{}/conflicts", judged.applications[0]);
        let conflict = json!({ "member": judged.judges[2].id(), "kind": "challenge", "ground": "other", "severity": "apparent", "detail": "기피 신청" });
        let raised = app.post(&app.renew(&judged.call.coordinator), &at, conflict).await.expect(200);
        let open = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        assert_eq!(open.json["readiness"]["undecided_conflicts"], 1);
        assert_eq!(confirm(&app, &judged, chair, &open, meeting(&app, &judged, 3, 3), None).await.expect(409).json["code"], "conflicts_undecided");
        let one = raised.json["panel"]["conflicts"][0]["id"].as_str().unwrap();
        let decided = json!({ "outcome": "dismissed", "reason": "관계없음" });
        app.post_to(&app.renew(&judged.call.coordinator), &format!("{at}/{one}/decide"), "*", decided).await.expect(200);

        let done = confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 2), None).await.expect(201);
        assert_eq!((&done.json["number"], &done.json["inputs_sha256"]), (&json!(1), &seen.json["result"]["inputs_sha256"]));
        let call = app.get(&coordinator, &judged.at("")).await.expect(200).json;
        assert_eq!(call["state"], "decided");
        let kept = app.get(&coordinator, &judged.at("/result")).await.expect(200).json;
        assert_eq!((&kept["standing"], &kept["result"]), (&json!("confirmed"), &seen.json["result"]));
        let dossier = app.get(&coordinator, &judged.at("/dossier?confirmation=1")).await.expect(200).json;
        assert_eq!(serde_json::to_value(evaluate(&read(&dossier).unwrap())).unwrap(), kept["result"]);
        // No sheet counts from then on, and no other confirmation without a reason.
        let at = format!("/v1/assignments/{}/sheet", judged.applications[0]);
        app.put(&app.renew(&judged.judges[1].persona), &at, "*", json!({})).await.expect(409);
        let again = app.get(&app.renew(chair), &judged.at("/result?standing=preview")).await.expect(200);
        assert_eq!(confirm(&app, &judged, chair, &again, meeting(&app, &judged, 3, 3), None).await.expect(422).faults(), ["/reason correction_reason"]);
        confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 3), Some("늦은 정정")).await.expect(412);
    }

    /// Two confirmations at once: one is kept, the other was about what had been before.
    async fn of_two_confirmations_one_wins(app: TestApp) {
        let judged = Judged::of(&app, "c-two", 3, &["mohw"]).await;
        judged.score(&app, &[[40, 30, 30]]).await;
        let chair = &judged.judges[0].persona;
        let seen = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        let attempt = || confirm(&app, &judged, chair, &seen, meeting(&app, &judged, 3, 3), None);
        let (one, other) = tokio::join!(attempt(), attempt());
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 412]);
        let selection = app.get(&app.renew(chair), &judged.at("/selection")).await.expect(200).json;
        assert_eq!(selection["confirmations"].as_array().unwrap().len(), 1);
    }

    /// A lot among equals comes from a seed that is on record; only where one is asked for.
    async fn a_lot_is_drawn_among_equals(app: TestApp) {
        let judged = Judged::of(&app, "c-lot", 3, &["mohw", "moe", "moel"]).await;
        judged.score(&app, &[[40, 30, 20], [40, 30, 20], [40, 20, 20]]).await;
        let chair = &judged.judges[0].persona;
        let seen = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        assert_eq!(seen.json["result"]["tracks"][0]["lot_required"], false, "there is room for both");
        let coordinator = &judged.call.coordinator;
        let none = app.post_to(&app.renew(coordinator), &judged.at("/lots"), "*", json!({ "track": "central" })).await.expect(409);
        assert_eq!(none.json["code"], "no_lot_needed");

        let tied = Judged::ruled(&app, "c-tied", 3, &["mohw", "moe", "moel"], |rules| {
            rules["scoring"]["tie_keys"] = json!([]);
            rules["tracks"][0]["max_awards"] = json!(1);
        }).await;
        tied.score(&app, &[[40, 30, 20], [40, 30, 20], [40, 20, 20]]).await;
        let chair = &tied.judges[0].persona;
        let seen = app.get(&app.renew(chair), &tied.at("/result")).await.expect(200);
        assert_eq!(seen.json["result"]["tracks"][0]["lot_required"], true);
        let early = confirm(&app, &tied, chair, &seen, meeting(&app, &tied, 3, 3), None).await.expect(409);
        assert_eq!(early.json["code"], "lot_wanting");
        app.post_to(&app.renew(chair), &tied.at("/lots"), "*", json!({ "track": "central" })).await.expect(403);
        let drawn = app.post_to(&app.renew(&tied.call.coordinator), &tied.at("/lots"), &seen.tag(), json!({ "track": "central" })).await.expect(200);
        let lot = &drawn.json["lots"][0];
        let seed = lot["seed"].as_str().unwrap();
        let mut expected: Vec<(Vec<u8>, &String)> = tied.applications[..2].iter().map(|id| (kit::sha256(&format!("{seed}:{id}")), id)).collect();
        expected.sort();
        let order: Vec<&str> = lot["order"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        assert_eq!(order, expected.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>());
        let after = app.get(&app.renew(chair), &tied.at("/result")).await.expect(200);
        assert!(outcomes(&after.json).contains(&(order[0].to_owned(), "selected".to_owned())));
        assert!(outcomes(&after.json).contains(&(order[1].to_owned(), "reserve".to_owned())));
        confirm(&app, &tied, chair, &seen, meeting(&app, &tied, 3, 3), None).await.expect(412);
        let done = confirm(&app, &tied, chair, &after, meeting(&app, &tied, 3, 3), None).await.expect(201);
        assert_eq!(done.json["lots"], 1);
    }

    /// A ratio that nobody has published is decided by hand, with its source; one that is published is never replaced.
    async fn a_ratio_is_decided_where_none_is_published(app: TestApp) {
        let judged = Judged::of(&app, "c-ratio", 3, &["sido-26", "mohw"]).await;
        judged.score(&app, &[[40, 30, 30], [40, 30, 20]]).await;
        let who = &judged.call.coordinator;
        let refused = app.get(&app.renew(who), &judged.at("/result")).await.expect(422);
        assert_eq!(refused.json["code"], "dossier_refused");
        let new = |region: &str, kind: &str| json!({ "region": region, "kind": kind, "ratio": "45.70", "source": "지방재정365", "reason": "통합 뒤 공표 전" });
        for (body, fault) in [
            (new("26", "fiscal_autonomy_ratio"), "/kind indicator_unwanted"),
            (new("27", "fiscal_independence_ratio"), "/region not_known"),
        ] {
            assert_eq!(app.post_to(&app.renew(who), &judged.at("/indicators"), "*", body).await.expect(422).faults(), [fault]);
        }
        let decided = app.post_to(&app.renew(who), &judged.at("/indicators"), "\"v1\"", new("26", "fiscal_independence_ratio")).await.expect(200);
        assert_eq!(decided.json["indicators"][0]["ratio"], "45.70");
        app.post_to(&app.renew(who), &judged.at("/indicators"), "\"v1\"", new("26", "fiscal_independence_ratio")).await.expect(412);
        let result = app.get(&app.renew(who), &judged.at("/result")).await.expect(200).json;
        let share = result["result"]["applications"].as_array().unwrap().iter().find(|p| p["id"] == judged.applications[0]).unwrap()["cost_share"].clone();
        assert_eq!((&share["indicator_value"], &share["rate"]), (&json!("45.70"), &json!("70.00")));
    }
}
