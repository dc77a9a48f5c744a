//! Applications (신청) to try operations on: of the leading body with the partner taking part, to a call that the stranger
//! holds and the partner runs.

use super::{Case, Cast, Place};
use crate::application::kit::{self, OPEN_FOR, Open, content};
use serde_json::{Value, json};
use tests::{Answer, TestApp};

/// A call that takes applications.
pub async fn open(app: &TestApp) -> Open {
    let key = format!("c-{}", &app.app.chance.uuid().to_string()[24..]);
    Open::of(app, &key, (Place::Stranger.body(), Place::Partner.body())).await
}

fn joint() -> Value {
    let mut content = content("AI 민원 안내");
    content["partners"] = json!([{ "body": Place::Partner.body(), "part": "모델 제공" }]);
    content
}

async fn draft(app: &TestApp, cast: &Cast, call: &Open) -> Answer {
    kit::draft(app, &app.renew(cast.planner()), &call.key, Place::Lead.body(), joint()).await
}

pub async fn submitted(app: &TestApp, cast: &Cast, call: &Open) -> Answer {
    let draft = draft(app, cast, call).await;
    kit::then(app, cast.planner(), &draft, "submit", json!({})).await.expect(200)
}

/// One whose call has begun to screen.
async fn screened(app: &TestApp, cast: &Cast) -> (Open, Answer) {
    let call = open(app).await;
    let application = submitted(app, cast, &call).await;
    call.screen(app).await;
    (call, application)
}

fn on(application: &Answer, below: &str) -> Case {
    Case::at(format!("{}{below}", kit::path(application)))
        .tagged(format!("\"v{}\"", application.json["application"]["version"]))
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    Some(match id {
        "list_applications" => Case::at("/v1/applications?page_size=5&count=exact"),
        "create_application" => Case::at("/v1/applications")
            .with(json!({ "call": open(app).await.key, "body": Place::Lead.body(), "content": joint() })),
        "read_application" | "change_application" => on(&submitted(app, cast, &open(app).await).await, ""),
        "read_application_history" => on(&submitted(app, cast, &open(app).await).await, "/history"),
        "read_application_similar" => on(&submitted(app, cast, &open(app).await).await, "/similar"),
        "check_application_submission" => on(&draft(app, cast, &open(app).await).await, "/submission-check").draft(),
        "submit_application" => on(&draft(app, cast, &open(app).await).await, "/submit").draft(),
        "withdraw_application" => on(&submitted(app, cast, &open(app).await).await, "/withdraw"),
        "screen_application" => {
            on(&screened(app, cast).await.1, "/screenings").with(json!({ "verdict": { "found": "eligible" } }))
        }
        "supplement_application" => {
            let (call, application) = screened(app, cast).await;
            let due = domain::day::Instant::from_micros(app.app.clock.now().micros() + OPEN_FOR * 1_000_000);
            let ask = json!({ "found": "ask_more", "question": "확약서", "due": due });
            on(&kit::find(app, &call.coordinator, &application, ask).await.expect(200), "/supplement")
        }
        _ => return None,
    })
}
