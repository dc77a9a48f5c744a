//! Selection (선정) to try operations on: a call that the stranger holds and the partner runs, with an application of the
//! leading body, whose committee member is in the chair.

use super::{Case, Cast, panel::Ground};
use serde_json::{Value, json};
use tests::TestApp;

/// The chair has scored every application of the call alike.
async fn scored(app: &TestApp, ground: &Ground, others: &[String]) {
    let ids: Vec<&String> = std::iter::once(&ground.application).chain(others).collect();
    let given: Vec<Value> = ids.iter().map(|id| json!({ "application": id, "member": ground.judge.id() })).collect();
    let at = format!("/v1/calls/{}/assignments", ground.call.key);
    app.post(&app.renew(&ground.call.coordinator), &at, json!({ "assignments": given })).await.expect(200);
    let scores = json!({ "scores": { "suitability": "35.5", "feasibility": "30", "spread_potential": "20" }, "to_applicant": "좋다" });
    for id in ids {
        let at = format!("/v1/assignments/{id}/sheet");
        let sheet = app.put(&app.renew(&ground.judge.persona), &at, "\"v0\"", scores.clone()).await.expect(200);
        let who = app.renew(&ground.judge.persona);
        app.post_to(&who, &format!("{at}/submit"), &sheet.tag(), json!({})).await.expect(200);
    }
}

fn one() -> Value {
    json!({ "quorum": 1, "tie_keys": [] })
}

/// A call of which everything is scored.
async fn ready(app: &TestApp, cast: &Cast) -> Ground {
    let ground = Ground::beside(app, cast, &one(), &[]).await.0;
    scored(app, &ground, &[]).await;
    ground
}

/// The same for whoever reads the whole: no running body has a part in it.
async fn whole(app: &TestApp, cast: &Cast) -> Ground {
    let ground = Ground::apart(app, cast, &one()).await;
    scored(app, &ground, &[]).await;
    ground
}

/// What the chair confirms.
async fn confirmation(app: &TestApp, ground: &Ground) -> (String, Value) {
    let seen = app.get(&app.renew(&ground.judge.persona), &at(ground, "/result?standing=preview")).await.expect(200);
    let body = json!({
        "inputs_sha256": seen.json["result"]["inputs_sha256"],
        "meeting": { "held_at": app.app.clock.now(), "place": "세종", "attendees": [ground.judge.id()], "in_favour": 1, "minutes": "원안 의결" }
    });
    (seen.tag(), body)
}

/// A call whose result is confirmed.
async fn confirmed(app: &TestApp, cast: &Cast) -> Ground {
    let ground = ready(app, cast).await;
    let (tag, body) = confirmation(app, &ground).await;
    app.post_to(&app.renew(&ground.judge.persona), &at(&ground, "/confirmations"), &tag, body).await.expect(201);
    ground
}

/// A call whose applicants have been told.
pub async fn told(app: &TestApp, cast: &Cast) -> Ground {
    let ground = confirmed(app, cast).await;
    ground.call.step(app, "notice", json!({})).await.expect(200);
    ground
}

fn at(ground: &Ground, below: &str) -> String {
    format!("/v1/calls/{}{below}", ground.call.key)
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    Some(match id {
        "read_call_result" => Case::at(at(&ready(app, cast).await, "/result")),
        "read_call_dossier" => Case::at(at(&whole(app, cast).await, "/dossier")),
        "read_call_trace" => Case::at(at(&whole(app, cast).await, "/trace")),
        "read_call_selection" => Case::at(at(&ready(app, cast).await, "/selection")),
        "draw_selection_lot" => {
            let (ground, others) = Ground::beside(app, cast, &one(), &["moe"]).await;
            scored(app, &ground, &others).await;
            Case::at(at(&ground, "/lots")).tagged("\"v1\"").with(json!({ "track": "central" }))
        }
        "decide_call_indicator" => {
            let ground = Ground::beside(app, cast, &one(), &["sido-26"]).await.0;
            Case::at(at(&ground, "/indicators")).tagged("\"v1\"").with(json!({
                "region": "26", "kind": "fiscal_independence_ratio", "ratio": "45.70", "source": "시험용", "reason": "공표된 값이 없다"
            }))
        }
        "confirm_call_result" => {
            let ground = ready(app, cast).await;
            let (tag, body) = confirmation(app, &ground).await;
            Case::at(at(&ground, "/confirmations")).tagged(tag).with(body)
        }
        "read_application_result" => Case::at(format!("/v1/applications/{}/result", told(app, cast).await.application)),
        "export_score_table" => Case::at(at(&whole(app, cast).await, "/score-table?format=csv")),
        "print_call_result" => Case::at(at(&whole(app, cast).await, "/result/print")),
        "print_selected_applications" => Case::at(at(&told(app, cast).await, "/selected/print")),
        "read_selected_applications" => Case::at(at(&told(app, cast).await, "/selected")),
        _ => return None,
    })
}
