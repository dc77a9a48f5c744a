//! Advisers and consultations for tests: on the project that `mois` leads with `msit` as partner.

use super::*;
use crate::{
    committee::{Expert, sample::expert},
    project::sample as projects,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use projects::stamp;

pub(crate) fn request() -> ConsultationRequest {
    serde_json::from_value(json!({
        "subject": "개인정보 처리", "topics": ["privacy_law", "data"], "urgency": "normal",
        "questions": ["상담 기록을 학습에 쓸 수 있습니까?"]
    }))
    .unwrap()
}
pub(crate) fn requested() -> Consultation {
    let id = Id::new(uuid::Uuid::from_u128(500));
    Consultation::request(id, &projects::filed(), request(), stamp("2026-02-02")).unwrap()
}
pub(crate) fn terms(topics: &Value) -> AdviserTerms {
    let terms = json!({ "topics": topics, "term_from": "2026-01-01", "term_to": "2026-12-31", "max_load": 2 });
    serde_json::from_value(terms).unwrap()
}
pub(crate) fn adviser(expert: &Expert, topics: &Value) -> Adviser {
    Adviser::appoint(expert.id, expert.details.account.unwrap(), terms(topics), stamp("2026-01-02")).unwrap()
}
/// When the adviser does something.
pub(crate) fn by(expert: &Expert, on: &str) -> Stamp {
    Stamp { by: Id::new(expert.details.account.unwrap().get()), ..stamp(on) }
}
pub(crate) fn matched(expert: &Expert) -> Consultation {
    let adviser = adviser(expert, &json!(["data"]));
    let ground = MatchGround { loads: &BTreeMap::new(), judging: &BTreeSet::new() };
    requested().matched(&Suitor { adviser: &adviser, expert }, &ground, None, stamp("2026-02-03")).unwrap()
}
pub(crate) fn free(n: u128) -> Expert {
    expert(n, "private", &json!([]))
}
pub(crate) fn accepted(expert: &Expert) -> Consultation {
    matched(expert).accepted(by(expert, "2026-02-04")).unwrap()
}
pub(crate) fn session(on: &str, advice: &Value) -> NewSession {
    serde_json::from_value(json!({
        "held_on": on, "minutes": 90, "method": "video", "minutes_of_meeting": "논의함", "advice": advice
    }))
    .unwrap()
}
/// With one session and two pieces of advice.
pub(crate) fn held(expert: &Expert) -> Consultation {
    let advice = json!([{ "topic": "data", "text": "가명처리" }, { "topic": "privacy_law", "text": "적정성 검토" }]);
    accepted(expert).held(session("2026-02-10", &advice), by(expert, "2026-02-11")).unwrap()
}
pub(crate) fn report() -> NewReport {
    serde_json::from_value(json!({ "summary": "추진해도 된다" })).unwrap()
}
pub(crate) fn answer(outcome: &str, due: Option<&str>) -> NewAnswer {
    serde_json::from_value(json!({ "outcome": outcome, "reason": "따른다", "due": due })).unwrap()
}
