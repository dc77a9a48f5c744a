//! At the same time (동시 제출): everybody submits while the evaluation ends, and none is late.

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
pub async fn patient(ask: impl AsyncFn() -> Answer) -> Answer {
    loop {
        let answer = ask().await;
        if answer.status != 503 {
            return answer;
        }
        assert!(answer.headers.contains_key("retry-after"));
    }
}

both! {
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
