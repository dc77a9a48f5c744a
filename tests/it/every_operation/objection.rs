//! Objections (이의신청) to try operations on: of the leading body, to the result of a call that the stranger holds and the
//! partner runs.

use super::{Case, Cast, selection::told};
use serde_json::json;
use tests::TestApp;

/// The leading body's objection, with where it is.
async fn made(app: &TestApp, cast: &Cast) -> Case {
    let ground = told(app, cast).await;
    let at = format!("/v1/applications/{}/objection", ground.application);
    let new = json!({ "ground": "fact", "text": "총사업비가 다르다" });
    let made = app.post_to(&app.renew(cast.planner()), &at, "*", new).await.expect(201);
    Case::at(format!("/v1/objections/{}", ground.application)).tagged(made.tag())
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    Some(match id {
        "list_objections" => Case::at("/v1/objections?page_size=5"),
        "read_objection" => made(app, cast).await,
        "make_objection" => Case::at(format!("/v1/applications/{}/objection", told(app, cast).await.application)),
        "answer_objection" => {
            let case = made(app, cast).await;
            let path = format!("{}/answer", case.path);
            Case { path, ..case }.with(json!({ "outcome": "rejected", "reason": "사실과 다르지 않다" }))
        }
        _ => return None,
    })
}
