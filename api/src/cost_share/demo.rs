//! The rule set of the demonstration (시연용 분담 규칙): made up, and it says so.

use super::{create, wire::NewRules};
use crate::{App, http::Problem, operator, own_call};
use serde_json::json;
use store::{Order, StoreError};

/// The key of the demonstration's rule set.
const KEY: &str = "illustration-2026";

/// Enters the demonstration's rule set unless it is there.
pub async fn demo_rules(app: &App) -> Result<(), Problem> {
    let look = Order::<super::act::Look>::new(operator(), KEY.to_owned(), own_call(app));
    match app.store.look(&look).await {
        Err(StoreError::NotFound) => {}
        Ok(_) => return Ok(()),
        Err(other) => return Err(other.into()),
    }
    let new = serde_json::from_value::<NewRules>(json!({
        "key": KEY, "standing": "illustration",
        "name": { "ko": "예시: 재정자립도에 따른 국비 차등 (시연용)",
            "en": "Illustration: national share by fiscal independence (for demonstration)" },
        "source": "시연을 위해 지어낸 값. 2026년 공공 AI 지원사업의 구간과 비율은 공개되지 않음",
        "reason": "시연 자료",
        "rules": {
            "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026, "indicator_basis": "original",
            "sido_scope": "headquarters", "flat_rates": { "central": "100" },
            "bands": [
                { "from": "0", "to": "15", "rate": "80" }, { "from": "15", "to": "30", "rate": "70" },
                { "from": "30", "to": "50", "rate": "60" }, { "from": "50", "to": "100", "rate": "50" }
            ],
            "band_limits": "lower_inclusive",
            "adjustments": [
                { "group": "depopulation_area", "points": "5" }, { "group": "depopulation_watch_area", "points": "2.5" }
            ],
            "floor_rate": "50", "ceiling_rate": "85", "national_cap": 2_000_000_000_i64, "sido_share_of_local": "30",
            "sido_without_municipality": ["36", "50"], "unit": 1000
        }
    }));
    let new = new.map_err(Problem::internal)?;
    create(app, Order::new(operator(), String::new(), own_call(app)), new).await?;
    Ok(())
}
