//! At the same time (동시 제출): everybody submits at once while the coordinator looks, and none is lost or late.

use super::{at, content, write};
use crate::{
    committee::kit::{evaluated, pool},
    panel::assign,
};
use domain::access::Role;
use futures_util::future::join_all;
use serde_json::json;
use tests::{Answer, both};

/// Asks again as long as the server says that it is busy for the moment.
async fn patient(ask: impl AsyncFn() -> Answer) -> Answer {
    loop {
        let answer = ask().await;
        if answer.status != 503 {
            return answer;
        }
        assert!(answer.headers.contains_key("retry-after"));
    }
}

both! {
    /// Two hundred members submit at once while the progress is read: whatever was acknowledged is there, once.
    async fn two_hundred_submit_at_once_and_none_is_lost(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 200).await;
        let (call, ids) = evaluated(&app, "c-many", &judges, &["sido-26"], "never").await;
        let pairs: Vec<_> = judges.iter().map(|judge| (&ids[0], judge)).collect();
        assign(&app, &call, &pairs).await.expect(200);
        let submitted = join_all(judges.iter().map(async |judge| {
            let draft = patient(async || write(&app, judge, &ids[0], "\"v0\"", content(["35.5", "30", "0"])).await).await;
            let tag = draft.expect(200).tag();
            patient(async || app.post_to(&app.renew(&judge.persona), &at(&ids[0], "/submit"), &tag, json!({})).await).await
        }));
        let looks = async {
            let mut seen = Vec::new();
            for _ in 0..20 {
                let progress = patient(async || app.get(&app.renew(&coordinator), "/v1/calls/c-many/sheet-progress").await).await;
                let progress = progress.expect(200).json;
                assert_eq!(progress["submitted"].as_u64().unwrap() + progress["missing"].as_u64().unwrap(), 200);
                seen.push(progress["submitted"].as_u64().unwrap());
                tokio::task::yield_now().await;
            }
            seen
        };
        let (answers, seen) = tokio::join!(submitted, looks);
        let wrong: Vec<_> = answers.iter().filter(|answer| answer.status != 200).map(|a| a.json.to_string()).collect();
        assert!(wrong.is_empty(), "{} of 200: {:?}", wrong.len(), wrong.first());
        assert!(seen.is_sorted(), "nothing that was submitted goes away: {seen:?}");
        let progress = app.get(&app.renew(&coordinator), "/v1/calls/c-many/sheet-progress").await.expect(200).json;
        assert_eq!((&progress["submitted"], &progress["missing"]), (&json!(200), &json!(0)));
        let page = app.get(&app.renew(&coordinator), "/v1/score-sheets?call=c-many&state=submitted&page_size=200").await.expect(200);
        assert_eq!(page.json["items"].as_array().unwrap().len(), 200);
    }

    /// The end of the evaluation and submissions do not pass each other: what was acknowledged came before it.
    async fn no_sheet_passes_the_end_of_the_evaluation(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 12).await;
        for round in 0..3 {
            let (call, ids) = evaluated(&app, &format!("c-end-{round}"), &judges, &["sido-26"], "never").await;
            let pairs: Vec<_> = judges.iter().map(|judge| (&ids[0], judge)).collect();
            assign(&app, &call, &pairs).await.expect(200);
            for judge in &judges {
                write(&app, judge, &ids[0], "\"v0\"", content(["35.5", "30", "0"])).await.expect(200);
            }
            let submit = |n: usize| {
                let (app, judge, id) = (&app, &judges[n], &ids[0]);
                async move { app.post_to(&app.renew(&judge.persona), &at(id, "/submit"), "\"v1\"", json!({})).await }
            };
            let (first, end, rest) = tokio::join!(
                join_all((0..6).map(submit)), call.step(&app, "cancel", json!({ "reason": "중단" })), join_all((6..12).map(submit))
            );
            end.expect(200);
            let statuses: Vec<u16> = first.iter().chain(&rest).map(|answer| answer.status.as_u16()).collect();
            assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
            let ended = app.get(&app.renew(&call.coordinator), &format!("/v1/calls/{}", call.key)).await.expect(200);
            let ended = ended.json["call"]["steps"].as_array().unwrap().last().unwrap()["stamp"]["at"].as_str().unwrap().to_owned();
            let page = app.get(&app.renew(&coordinator), &format!("/v1/score-sheets?call={}&state=submitted&page_size=200", call.key)).await.expect(200);
            let kept = page.json["items"].as_array().unwrap();
            assert_eq!(kept.len(), statuses.iter().filter(|status| **status == 200).count());
            assert!(kept.iter().all(|sheet| sheet["submitted"]["at"].as_str().unwrap() <= ended.as_str()));
            println!("round {round}: {} of 12 came before the end", kept.len());
        }
    }
}
