//! At the same time (동시성): what a call's course decides upon does not change while it decides.

use super::kit::{Open, content, draft, find, laid_down, path, submitted, then};
use domain::access::Role;
use futures_util::future::join_all;
use serde_json::json;
use tests::both;

both! {
    /// New rules and the first submission do not pass each other: either the rules come first and the submission is made
    /// under them, or the submission comes first and the rules stay.
    async fn rules_and_the_first_submission_do_not_pass_each_other(app: TestApp) {
        let busan = app.persona(Role::Applicant, "sido-26").await;
        let mut ends = Vec::new();
        for round in 0..12 {
            let call = Open::of(&app, &format!("c-race-{round}"), ("mois", "nia")).await;
            let mut drafts = Vec::new();
            for n in 0..3 {
                drafts.push(draft(&app, &busan, &call.key, "sido-26", content(&format!("AI 민원 안내 {n}"))).await);
            }
            let rules = async {
                app.put(&call.coordinator, &format!("/v1/calls/{}/rules", call.key), "*", laid_down(Some("배점 정정"))).await
            };
            let submissions = join_all(drafts.iter().map(|draft| then(&app, &busan, draft, "submit", json!({}))));
            // Each goes first in its turn.
            let (rules, submissions) = if round % 2 == 0 {
                let (rules, submissions) = tokio::join!(rules, submissions);
                (rules, submissions)
            } else {
                let (submissions, rules) = tokio::join!(submissions, rules);
                (rules, submissions)
            };
            let refused = rules.status == 409 && rules.json["code"] == "call_rules_fixed";
            assert!(rules.status == 200 || refused, "{}", rules.json);
            let edition = app.get(&call.coordinator, &format!("/v1/calls/{}", call.key)).await.expect(200).json["call"]["rules"]["edition"].clone();
            for done in submissions {
                let done = done.expect(200);
                assert_eq!(done.json["application"]["submissions"][0]["rules_edition"], edition, "round {round}");
            }
            ends.push(refused);
        }
        println!("rules were refused in {} of {} rounds", ends.iter().filter(|refused| **refused).count(), ends.len());
    }

    /// The evaluation does not begin while a finding is taken back for a further question.
    async fn the_evaluation_and_a_finding_do_not_pass_each_other(app: TestApp) {
        let busan = app.persona(Role::Applicant, "sido-26").await;
        for round in 0..6 {
            let call = Open::of(&app, &format!("c-turn-{round}"), ("mois", "nia")).await;
            let one = submitted(&app, &app.renew(&busan), &call.key, "sido-26", "AI 민원 안내").await;
            call.screen(&app).await;
            find(&app, &call.coordinator, &one, json!({ "found": "eligible" })).await.expect(200);
            let due = domain::day::Instant::from_micros(app.app.clock.now().micros() + 60_000_000);
            let ask = json!({ "found": "ask_more", "question": "확약서", "due": due });
            let (begun, asked) = tokio::join!(call.step(&app, "evaluation", json!({})), find(&app, &call.coordinator, &one, ask));
            let now = app.get(&app.renew(&call.coordinator), &path(&one)).await.expect(200);
            match (begun.status.as_u16(), asked.status.as_u16()) {
                (200, 409) => assert_eq!(now.json["standing"], "eligible"),
                (409, 200) => assert_eq!(now.json["standing"], "information_asked"),
                other => panic!("round {round}: {other:?} {} {}", begun.json, asked.json),
            }
        }
    }
}
