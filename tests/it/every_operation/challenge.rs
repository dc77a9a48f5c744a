//! Challenges (기피 신청) to try operations on: of the leading body, in a call under evaluation that the stranger holds and the
//! partner runs.

use super::{Case, Cast, panel::Ground};
use crate::challenge::new;
use serde_json::json;
use tests::TestApp;

/// The leading body's challenge, with where it is.
async fn filed(app: &TestApp, cast: &Cast) -> Case {
    let ground = Ground::of(app, cast).await;
    let at = format!("/v1/applications/{}/challenges", ground.application);
    let filed = app.post_to(&app.renew(cast.planner()), &at, "*", new()).await.expect(201);
    Case::at(format!("/v1/challenges/{}", filed.id())).tagged(filed.tag())
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let below = |case: Case, path: &str| Case { path: format!("{}{path}", case.path), ..case };
    Some(match id {
        "list_challenges" => Case::at("/v1/challenges?page_size=5"),
        "read_challenge" => filed(app, cast).await,
        "read_challenge_history" => below(filed(app, cast).await, "/history"),
        "file_challenge" => {
            Case::at(format!("/v1/applications/{}/challenges", Ground::of(app, cast).await.application)).with(new())
        }
        "answer_challenge" => below(filed(app, cast).await, "/answer")
            .with(json!({ "words": "살펴보고 조치했다", "reason": "그런 위원이 없다" })),
        _ => return None,
    })
}
