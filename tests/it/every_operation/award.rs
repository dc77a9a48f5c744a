//! Awards (협약·교부) to try operations on: of an application of the leading body with the partner taking part, to a call that the
//! stranger holds and the partner runs; and calls of the leading body for what is done to a call.

use super::{Case, Cast, Place, panel::Ground, selection};
use crate::{
    award::kit::{agreement, end},
    selection::kit::Judged,
};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Persona, TestApp};

/// The award of the leading body's application, offered.
async fn offered(app: &TestApp, cast: &Cast) -> (Ground, Persona) {
    let ground = selection::told(app, cast).await;
    end(app, &ground.call).await;
    let holder = app.persona(Role::Coordinator, Place::Stranger.body()).await;
    let at = format!("/v1/calls/{}/awards", ground.call.key);
    app.post(&holder, &at, json!({})).await.expect(200);
    (ground, holder)
}

/// The same with its agreement.
async fn agreed(app: &TestApp, cast: &Cast) -> Ground {
    let (ground, holder) = offered(app, cast).await;
    let at = format!("/v1/awards/{}/agreement", ground.application);
    app.post_to(&holder, &at, "*", today(app)).await.expect(200);
    ground
}

/// An agreement signed on the day of the story.
fn today(app: &TestApp) -> Value {
    let mut new = agreement();
    new["signed_on"] = json!(app.app.clock.now().day());
    new
}

/// A call that the leading body holds, which has ended.
async fn ended(app: &TestApp) -> Judged {
    let key = format!("c-{}", &app.app.chance.uuid().to_string()[24..]);
    let judged =
        Judged::ruled(app, &key, 3, &["moe", "mohw"], |rules| rules["tracks"][0]["max_awards"] = json!(1)).await;
    judged.score(app, &[[40, 30, 30], [40, 30, 20]]).await;
    let judged = judged.told(app).await;
    end(app, &judged.call).await;
    judged
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let at = |ground: &Ground, below: &str| Case::at(format!("/v1/awards/{}{below}", ground.application));
    let day = json!(app.app.clock.now().day());
    Some(match id {
        "list_awards" => Case::at("/v1/awards?page_size=5"),
        "read_award" => at(&offered(app, cast).await.0, ""),
        "read_award_history" => at(&offered(app, cast).await.0, "/history"),
        "read_award_money" => Case::at(ended(app).await.at("/award-money")),
        "offer_awards" => Case::at(ended(app).await.at("/awards")),
        "promote_reserve" => {
            let judged = ended(app).await;
            let holder = app.renew(&judged.call.coordinator);
            app.post(&holder, &judged.at("/awards"), json!({})).await.expect(200);
            let fail = format!("/v1/awards/{}/fail", judged.applications[0]);
            app.post_to(&holder, &fail, "*", json!({ "reason": "기한 내 미체결" })).await.expect(200);
            Case::at(judged.at("/awards/promote")).with(json!({ "application": judged.applications[1] }))
        }
        "reduce_award" => at(&offered(app, cast).await.0, "/reduce").tagged("\"v1\""),
        "give_up_award" => at(&offered(app, cast).await.0, "/give-up").tagged("\"v1\""),
        "fail_award" => at(&offered(app, cast).await.0, "/fail").tagged("\"v1\""),
        "conclude_agreement" => at(&offered(app, cast).await.0, "/agreement").tagged("\"v1\"").with(today(app)),
        "terminate_agreement" => at(&agreed(app, cast).await, "/terminate").tagged("\"v2\""),
        "record_award_step" => at(&agreed(app, cast).await, "/steps"),
        "meet_agreement_condition" => {
            let ground = agreed(app, cast).await;
            at(&ground, "/conditions/1/met").tagged("\"v2\"").with(json!({ "met_on": app.app.clock.now().day() }))
        }
        "pay_award_instalment" => {
            let ground = agreed(app, cast).await;
            at(&ground, "/instalments/1/paid").tagged("\"v2\"").with(json!({ "paid_on": app.app.clock.now().day() }))
        }
        "settle_award" => {
            let ground = agreed(app, cast).await;
            at(&ground, "/settlement").tagged("\"v2\"").with(json!({
                "settled_on": day, "evidence": [{ "name": "정산보고서.pdf", "sha256": "cd".repeat(32) }],
                "sources": [{ "source": "national", "used_krw": 0 }, { "source": "own", "used_krw": 0 }]
            }))
        }
        _ => return None,
    })
}
