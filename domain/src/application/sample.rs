//! An application for tests: whole, of 부산, within the window of the call of the shape of 2026.

use super::*;
use crate::{
    call::{
        SupportCall,
        sample::{published, stamp},
    },
    id::Id,
};
use serde_json::json;

pub(crate) const OPEN: &str = "2026-02-10T00:00:00Z";
/// 18:00:00 on 2026-02-13 in Korea, and a second later.
pub(crate) const LAST: &str = "2026-02-13T09:00:00Z";
pub(crate) const LATE: &str = "2026-02-13T09:00:01Z";

pub(crate) fn body(key: &str) -> Body {
    crate::body::built_in().unwrap().into_iter().find(|b| b.key.as_str() == key).unwrap()
}
pub(crate) fn content() -> Content {
    serde_json::from_value(json!({
        "title": "AI 민원 안내", "summary": "민원 안내를 돕는다", "plan": "단계별로 한다",
        "total_cost_krw": 1_234_567_000, "requested_national_krw": 900_000_000, "own_cash_krw": 300_000_000,
        "expected_effects": [{ "indicator": "처리 시간", "unit": "분", "baseline": "30", "target": "10", "direction": "lower_better" }],
        "milestones": [{ "title": "착수", "due": "2026-05" }], "common_base": "uses",
        "papers": [{ "kind": "plan", "name": "계획서.hwpx", "media_type": "application/vnd.hancom.hwpx", "bytes": 1000, "sha256": "ab".repeat(32) }]
    }))
    .unwrap()
}
pub(crate) fn id() -> ApplicationId {
    Id::new(uuid::Uuid::from_u128(11))
}
pub(crate) fn begun() -> Application {
    Application::begin(id(), content(), (&published(), &body("sido-26")), stamp(OPEN)).unwrap()
}
pub(crate) fn submitted() -> Application {
    begun().submit(&published(), stamp(OPEN)).unwrap()
}
pub(crate) fn screening() -> SupportCall {
    published().screening_begun(stamp(LATE)).unwrap()
}
/// The same, found eligible, in a call that is being evaluated.
pub(crate) fn eligible() -> (Application, SupportCall) {
    let verdict = serde_json::from_value(json!({ "found": "eligible" })).unwrap();
    let done = submitted().screened(NewScreening { verdict }, &screening(), stamp(LATE)).unwrap();
    (done, screening().evaluation_begun(crate::call::CourseFacts::default(), stamp(LATE)).unwrap())
}
