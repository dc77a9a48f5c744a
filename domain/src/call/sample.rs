//! A call of the shape of 2026 for tests: the real dates, and rules that are nobody's.

use super::*;
use crate::{cost_share::Standing, id::Id, problem::Refusal};
use serde_json::{Value, json};

pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}
pub(crate) fn stamp(text: &str) -> Stamp {
    Stamp { at: at(text), by: Id::new(uuid::Uuid::from_u128(7)) }
}
pub(crate) fn faults(refusal: &Refusal) -> Vec<String> {
    refusal.faults.iter().map(|f| format!("{} {}", f.pointer, f.code.name)).collect()
}

pub(crate) fn new() -> NewCall {
    let plan = json!({
        "title": { "ko": "2026년 공공 AI 지원사업 공모" }, "programme": "public-ai-2026", "fiscal_year": 2026, "managing_agency": "nia",
        "opens_at": "2026-02-02T09:00:00+09:00", "closes_at": "2026-02-13T18:00:00+09:00",
        "eligibility": [{ "code": "plan_attached", "text": { "ko": "사업계획서 제출" } }]
    });
    NewCall {
        key: "public-ai-2026".parse().unwrap(),
        lead_body: "mois".parse().unwrap(),
        plan: serde_json::from_value(plan).unwrap(),
    }
}
pub(crate) fn rules() -> CallRules {
    let criteria: Vec<Value> = [("suitability", 40), ("feasibility", 30), ("spread_potential", 30)]
        .map(|(code, max)| json!({ "code": code, "name": { "ko": "지표" }, "max_points": max.to_string() }))
        .to_vec();
    let track = |code: &str, levels: Value| {
        json!({ "code": code, "name": { "ko": "트랙" }, "levels": levels, "envelope_krw": 9_000_000_000_i64, "min_awards": 3,
            "max_awards": 6, "reserve_slots": 2, "when_short": "skip" })
    };
    serde_json::from_value(json!({
        "scoring": {
            "criteria": criteria, "score_step": "0.5", "aggregation": "trimmed_mean", "trim_min_sheets": 5, "quorum": 3,
            "decimals": 2, "bonus_cap": "3", "cut": "70", "cut_applies_to": "mean",
            "tie_keys": ["criterion:suitability", "submitted_at"]
        },
        "tracks": [track("central", json!(["central"])), track("local", json!(["sido", "municipality"]))],
        "disclosed": ["total", "opinion"], "sheet_sight": "never",
        "committee": { "min_members": 5, "max_members": 9, "min_private": 3, "max_load": 20, "look_back_months": 36 },
        "objection_days": 7
    }))
    .unwrap()
}
pub(crate) fn cost_share() -> RuleSet {
    serde_json::from_value(json!({
        "code": "illustration", "version": 1, "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026,
        "indicator_basis": "original", "sido_scope": "headquarters", "flat_rates": { "central": "100" },
        "bands": [{ "from": "0", "to": "20", "rate": "80" }, { "from": "20", "to": "100", "rate": "60" }],
        "band_limits": "lower_inclusive", "adjustments": [], "floor_rate": "0", "ceiling_rate": "100", "national_cap": null,
        "sido_share_of_local": "30", "sido_without_municipality": ["36", "50"], "unit": 1000
    }))
    .unwrap()
}
pub(crate) fn chosen() -> (RuleSet, Standing) {
    (cost_share(), Standing::Illustration)
}
pub(crate) fn none() -> CourseFacts {
    CourseFacts::default()
}
pub(crate) fn ruled() -> SupportCall {
    let draft = SupportCall::create(new(), stamp("2026-01-20T00:00:00Z")).unwrap();
    draft.ruled(rules(), chosen(), None, none(), stamp("2026-01-21T00:00:00Z")).unwrap()
}
pub(crate) fn published() -> SupportCall {
    ruled().published(stamp("2026-01-28T00:00:00Z")).unwrap()
}
