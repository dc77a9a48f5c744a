//! Cost-share rule sets (분담 규칙) to try operations on.

use super::{Case, Cast};
use serde_json::{Value, json};
use tests::{Answer, TestApp};

fn rules(unit: i64) -> Value {
    json!({
        "flat_rates": { "central": "100", "sido": "50", "municipality": "80" }, "bands": [], "band_limits": "lower_inclusive",
        "adjustments": [], "floor_rate": "0", "ceiling_rate": "100", "sido_share_of_local": "30",
        "sido_without_municipality": ["36", "50"], "unit": unit
    })
}
fn new(app: &TestApp) -> Value {
    let key = format!("r-{}", &app.app.chance.uuid().to_string()[24..]);
    json!({ "key": key, "name": { "ko": "예시 규칙" }, "standing": "illustration", "source": "시험", "rules": rules(1000),
        "reason": "시험" })
}
async fn entered(app: &TestApp, cast: &Cast) -> Answer {
    app.post(cast.coordinator(), "/v1/cost-share-rules", new(app)).await.expect(201)
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let on = async |below: &str| {
        let made = entered(app, cast).await;
        let key = made.json["cost_share_rules"]["key"].as_str().unwrap().to_owned();
        Case::at(format!("/v1/cost-share-rules/{key}{below}")).tagged(made.tag())
    };
    Some(match id {
        "list_cost_share_rules" => Case::at("/v1/cost-share-rules?page_size=5"),
        "create_cost_share_rules" => Case::at("/v1/cost-share-rules").with(new(app)),
        "read_cost_share_rules" | "change_cost_share_rules" => on("").await,
        "add_cost_share_edition" => on("/editions").await.with(json!({ "rules": rules(1), "reason": "변경 공고" })),
        "read_cost_share_rules_history" => on("/history").await,
        "explain_cost_share" => on("/explain?body=mois&total_cost_krw=1000000").await,
        "suppose_cost_share" => on("/what-if?total_cost_krw=1000000&envelope_krw=18000000000").await,
        "export_cost_share_what_if" => on("/what-if/export?format=csv&total_cost_krw=1000000").await,
        _ => return None,
    })
}
