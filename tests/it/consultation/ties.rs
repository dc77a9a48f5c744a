//! Counsel ties (자문과 평가): whoever advised a body does not judge what it applies for, and whoever judges does not advise.

use super::kit::{Counsellor, accepted, act, ask, held, project};
use crate::{
    application::kit::Open,
    committee::kit::{Judge, evaluated, pool},
    panel::{assign, knows_nothing},
    scoring::together::patient,
};
use domain::access::Role;
use futures_util::future::join_all;
use serde_json::json;
use tests::{Persona, TestApp, both};

/// Somebody who advises and judges.
async fn both_hats(app: &TestApp, coordinator: &Persona) -> (Counsellor, Judge) {
    let adviser = Counsellor::and_judge(app, coordinator, "gyeomim.lee", &["data"]).await;
    let judge = Judge { expert: adviser.expert.clone(), persona: adviser.persona.clone() };
    (adviser, judge)
}

async fn panel(app: &TestApp, call: &Open, application: &str) -> serde_json::Value {
    app.get(&app.renew(&call.coordinator), &format!("/v1/panels/{application}")).await.expect(200).json
}

both! {
    /// Nobody has typed a tie in: the consultation itself bars the adviser from the application of the body, and of nobody
    /// else's. The proposal leaves the adviser out and says so.
    async fn whoever_counselled_a_body_does_not_judge_it(app: TestApp) {
        let (mohw, nia) = (app.planner("mohw").await, app.persona(Role::Coordinator, "nia").await);
        let (adviser, judge) = both_hats(&app, &nia).await;
        let alone = json!({ "lead_body": "mohw", "title": { "ko": "의료" }, "lead_share": "100", "partners": [] });
        let of_mohw = crate::project::filed(&app, &mohw, alone).await;
        let at = ask(&app, &mohw, &of_mohw.id(), &["data"]).await;
        held(&app, &nia, &at, &adviser).await;
        let mut judges = pool(&app, &nia, 5).await;
        judges.push(judge.clone());
        let (call, ids) = evaluated(&app, "c-counsel", &judges, &["mohw", "sido-26"], "never").await;

        let proposal = format!("/v1/calls/{}/assignments/proposal?per_application=6", call.key);
        let proposed = app.get(&app.renew(&call.coordinator), &proposal).await.expect(200);
        let kept_out = &proposed.json["unfilled"][0];
        assert_eq!((&kept_out["application"], &kept_out["kept_out"][0]), (&json!(ids[0]), &json!({ "member": judge.id(), "why": "tied" })));

        assign(&app, &call, &[(&ids[0], &judge), (&ids[1], &judge)]).await.expect(200);
        let barred = panel(&app, &call, &ids[0]).await;
        let conflict = &barred["panel"]["conflicts"][0];
        assert_eq!(
            (&conflict["ground"], &conflict["severity"], &conflict["source"], &conflict["decision"]),
            (&json!("gave_advice"), &json!("real"), &json!("found"), &json!(null))
        );
        assert!(conflict["detail"].as_str().unwrap().contains("AX-2026-"), "{conflict}");
        knows_nothing(&app, &judge, &ids[0]).await;
        let free = panel(&app, &call, &ids[1]).await;
        assert_eq!((&free["panel"]["conflicts"], &free["judging"]), (&json!([]), &json!([judge.id()])));
    }

    /// Whoever judges an application of a body is not proposed, not chosen, and cannot accept.
    async fn whoever_judges_a_body_does_not_counsel_it(app: TestApp) {
        let (mohw, nia) = (app.planner("mohw").await, app.persona(Role::Coordinator, "nia").await);
        let (adviser, judge) = both_hats(&app, &nia).await;
        let alone = json!({ "lead_body": "mohw", "title": { "ko": "의료" }, "lead_share": "100", "partners": [] });
        let of_mohw = crate::project::filed(&app, &mohw, alone).await;
        let (early, late) = (ask(&app, &mohw, &of_mohw.id(), &["data"]).await, ask(&app, &mohw, &of_mohw.id(), &["data"]).await);
        act(&app, &nia, &early, "match", json!({ "adviser": adviser.expert })).await.expect(200);
        let mut judges = pool(&app, &nia, 5).await;
        judges.push(judge.clone());
        let (call, ids) = evaluated(&app, "c-judge", &judges, &["mohw"], "never").await;
        assign(&app, &call, &[(&ids[0], &judge)]).await.expect(200);
        assert_eq!(panel(&app, &call, &ids[0]).await["judging"], json!([judge.id()]), "a choice alone is no counsel");

        assert_eq!(act(&app, &adviser.persona, &early, "accept", json!({})).await.expect(422).json["code"], "adviser_judges");
        let refused = act(&app, &nia, &late, "match", json!({ "adviser": adviser.expert })).await.expect(422);
        assert_eq!(refused.faults(), ["/adviser adviser_judges"]);
        let proposal = app.get(&app.renew(&nia), &format!("{late}/proposal")).await.expect(200);
        assert_eq!(proposal.json["not_proposed"][0]["why"], "judges", "{}", proposal.json);
        call.step(&app, "cancel", json!({ "reason": "중단" })).await.expect(200);
        act(&app, &adviser.persona, &early, "accept", json!({})).await.expect(200);
    }

    /// However many coordinators choose at once, an adviser never has more than the terms allow.
    async fn loads_hold_however_many_choose_at_once(app: TestApp) {
        let (mois, coordinator) = (app.planner("mois").await, app.coordinator().await);
        let persona = app.persona(Role::Adviser, "nia").await;
        let adviser = Counsellor::known_as(&app, &coordinator, persona, "김자문", (&["data"], 3), json!({})).await;
        let project = project(&app, &mois).await;
        let mut all = Vec::new();
        for _ in 0..12 {
            all.push(ask(&app, &mois, &project.id(), &["data"]).await);
        }
        let choose = |at: &String| {
            let (app, coordinator, at, body) = (&app, &coordinator, at.clone(), json!({ "adviser": adviser.expert }));
            async move { patient(async || act(app, coordinator, &at, "match", body.clone()).await).await }
        };
        let answers = join_all(all.iter().map(choose)).await;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 3, "{statuses:?}");
        assert!(answers.iter().filter(|a| a.status != 200).all(|a| a.faults() == ["/adviser adviser_loaded"]));
        let listed = app.get(&coordinator, "/v1/advisers").await.expect(200);
        assert_eq!(listed.json["items"][0]["load"], 3);
        let taken = all.iter().zip(&statuses).find(|(_, status)| **status == 200).unwrap().0;
        act(&app, &coordinator, taken, "cancel", json!({ "reason": "불필요" })).await.expect(200);
        let open = all.iter().zip(&statuses).find(|(_, status)| **status != 200).unwrap().0;
        accepted(&app, &coordinator, open, &adviser).await;
    }
}
