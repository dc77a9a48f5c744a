//! Score sheets (평가표) to try operations on: of the leading body's committee member.

use super::{Case, Cast, panel::Ground};
use serde_json::{Value, json};
use tests::{Answer, TestApp};

fn scores() -> Value {
    json!({ "scores": { "suitability": "35.5", "feasibility": "30", "spread_potential": "0" }, "to_applicant": "좋다" })
}

async fn begun(app: &TestApp, cast: &Cast) -> (Ground, Answer) {
    let (ground, _) = Ground::assigned(app, cast).await;
    let at = format!("/v1/assignments/{}/sheet", ground.application);
    let sheet = app.put(&app.renew(&ground.judge.persona), &at, "\"v0\"", scores()).await.expect(200);
    (ground, sheet)
}

async fn submitted(app: &TestApp, cast: &Cast) -> (Ground, Answer) {
    let (ground, sheet) = begun(app, cast).await;
    let at = format!("/v1/assignments/{}/sheet/submit", ground.application);
    let done = app.post_to(&app.renew(&ground.judge.persona), &at, &sheet.tag(), json!({})).await.expect(200);
    (ground, done)
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let own = |ground: &Ground, below: &str| Case::at(format!("/v1/assignments/{}{below}", ground.application));
    let sheet = |ground: &Ground, below: &str| {
        Case::at(format!("/v1/score-sheets/{}.{}{below}", ground.application, ground.judge.id()))
    };
    Some(match id {
        "list_score_sheets" => Case::at("/v1/score-sheets?page_size=5"),
        "read_own_sheet" => own(&begun(app, cast).await.0, "/sheet"),
        "write_own_sheet" => own(&Ground::assigned(app, cast).await.0, "/sheet").tagged("\"v0\"").with(scores()),
        "submit_own_sheet" => {
            let (ground, sheet) = begun(app, cast).await;
            own(&ground, "/sheet/submit").tagged(sheet.tag())
        }
        "read_other_sheets" => own(&submitted(app, cast).await.0, "/sheets"),
        "read_score_sheet" => sheet(&submitted(app, cast).await.0, ""),
        "reopen_score_sheet" => {
            let (ground, done) = submitted(app, cast).await;
            sheet(&ground, "/reopen").tagged(done.tag())
        }
        "read_sheet_progress" => Case::at(format!("/v1/calls/{}/sheet-progress", begun(app, cast).await.0.call.key)),
        _ => return None,
    })
}
