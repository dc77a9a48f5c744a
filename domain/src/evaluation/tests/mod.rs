//! The evaluation against its contract (평가 검증): worked examples, a second implementation, and what must always hold.

mod figures;
mod invariants;
mod naive;
mod random;
mod traced;

use super::{evaluate, read};
use proptest::prelude::*;
use serde_json::{Value, json};

fn result(dossier: &Value) -> Value {
    let read = read(dossier).unwrap_or_else(|refusal| panic!("{:?}", faults(&refusal)));
    serde_json::to_value(evaluate(&read)).unwrap()
}
fn faults(refusal: &crate::problem::Refusal) -> Vec<String> {
    refusal.faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code.name)).collect()
}
fn refused(dossier: &Value) -> Vec<String> {
    faults(&read(dossier).expect_err("it should be refused"))
}

/// A small dossier in which nothing is wrong.
fn sound() -> Value {
    let sheet =
        |member: &str| json!({ "member": member, "application": "a", "scores": { "fit": "55", "spread": "35.5" } });
    json!({
        "schema": "axtrack.evaluation-dossier/1",
        "call": {
            "code": "c", "fiscal_year": 2026, "closes_at": "2026-02-13T23:59:59+09:00",
            "scoring": {
                "criteria": [{ "code": "fit", "max_points": "60" }, { "code": "spread", "max_points": "40" }],
                "score_step": "0.5", "aggregation": "mean", "trim_min_sheets": 3, "quorum": 2, "decimals": 2,
                "bonus_cap": "3", "cut": "70", "cut_applies_to": "mean", "tie_keys": ["criterion:fit", "submitted_at"],
            },
            "tracks": [{ "code": "all", "levels": ["central", "sido", "municipality"], "envelope": 1_000_000, "max_awards": 1,
                "reserve_slots": 1, "when_short": "stop" }],
            "cost_share": {
                "code": "r", "version": 1, "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026,
                "indicator_basis": "original", "sido_scope": "headquarters", "flat_rates": { "central": "100" },
                "bands": [{ "from": "0", "to": "50", "rate": "80" }, { "from": "50", "to": "100", "rate": "50" }],
                "band_limits": "lower_inclusive", "adjustments": [{ "group": "far", "points": "5" }], "floor_rate": "50",
                "ceiling_rate": "90", "national_cap": null, "sido_share_of_local": "30",
                "sido_without_municipality": ["36"], "unit": 1000,
            },
        },
        "applications": [{
            "id": "a", "applicant": { "level": "municipality", "code": "47760", "groups": ["far"] },
            "submitted_at": "2026-02-13T23:59:59+09:00", "total_cost": 1_000_000, "requested_national": null,
            "state": "eligible", "bonuses": [{ "code": "sme", "points": "1" }], "penalties": [],
        }],
        "exclusions": [{ "member": "m3", "application": "a", "kind": "recusal" }],
        "sheets": [sheet("m1"), sheet("m2"), sheet("m3")],
        "indicators": [{ "code": "47760", "fiscal_year": 2026, "basis": "original", "scope": "body",
            "fiscal_independence_ratio": "6.32", "fiscal_autonomy_ratio": null }],
    })
}

#[test]
fn a_sound_dossier_is_computed() {
    let result = result(&sound());
    let only = &result["applications"][0];
    assert_eq!(
        (&only["mean_exact"], &only["final"], &only["outcome"]),
        (&json!("181/2"), &json!("91.50"), &json!("selected"))
    );
    assert_eq!(
        only["cost_share"],
        json!({ "indicator_value": "6.32", "band": 0, "nominal_rate": "80.00", "rate": "85.00", "effective_rate": "85.00",
            "national": 850_000, "sido": 45_000, "municipality": 105_000, "own": 0 })
    );
}

/// Each rule alone: what is broken, and what is told of it.
#[test]
fn every_rule_is_told_with_its_place() {
    let broken: [(&str, Value, &str); 34] = [
        ("/schema", json!("axtrack.evaluation-dossier/2"), "/schema wrong_form"),
        ("/call/closes_at", json!("2026-02-13"), "/call/closes_at wrong_form"),
        ("/call/fiscal_year", json!("2026"), "/call/fiscal_year wrong_type"),
        ("/call/scoring/criteria/0/max_points", json!("59.5"), "/call/scoring/criteria maxima_not_100"),
        ("/call/scoring/criteria/1/code", json!("fit"), "/call/scoring/criteria/1/code duplicate"),
        ("/call/scoring/score_step", json!("0"), "/call/scoring/score_step out_of_range"),
        ("/call/scoring/score_step", json!(0.5), "/call/scoring/score_step wrong_type"),
        ("/call/scoring/aggregation", json!("median"), "/call/scoring/aggregation not_in_list"),
        ("/call/scoring/trim_min_sheets", json!(2), "/call/scoring/trim_min_sheets out_of_range"),
        ("/call/scoring/quorum", json!(0), "/call/scoring/quorum out_of_range"),
        ("/call/scoring/decimals", json!(5), "/call/scoring/decimals out_of_range"),
        ("/call/scoring/tie_keys/0", json!("criterion:none"), "/call/scoring/tie_keys/0 not_known"),
        ("/call/scoring/tie_keys/1", json!("criterion:fit"), "/call/scoring/tie_keys/1 duplicate"),
        ("/call/tracks/0/levels", json!(["central", "sido"]), "/call/tracks level_not_in_one_track"),
        ("/call/tracks/0/envelope", json!(-1), "/call/tracks/0/envelope out_of_range"),
        ("/call/cost_share/bands/1/from", json!("49"), "/call/cost_share/bands/1 bands_do_not_tile"),
        ("/call/cost_share/bands/1/from", json!("51"), "/call/cost_share/bands/1 bands_do_not_tile"),
        ("/call/cost_share/bands/1/to", json!("99.99"), "/call/cost_share/bands/1 bands_do_not_tile"),
        ("/call/cost_share/bands/0/rate", json!("100.01"), "/call/cost_share/bands/0/rate out_of_range"),
        ("/call/cost_share/floor_rate", json!("91"), "/call/cost_share/floor_rate wrong_order"),
        ("/call/cost_share/flat_rates", json!({ "gu": "1" }), "/call/cost_share/flat_rates/gu not_in_list"),
        ("/call/cost_share/unit", json!(0), "/call/cost_share/unit out_of_range"),
        (
            "/call/cost_share/sido_without_municipality/0",
            json!("360"),
            "/call/cost_share/sido_without_municipality/0 wrong_form",
        ),
        ("/applications/0/submitted_at", json!("2026-02-13T15:00:00Z"), "/applications/0/submitted_at submitted_late"),
        ("/applications/0/total_cost", json!(0), "/applications/0/total_cost out_of_range"),
        ("/applications/0/applicant/code", json!("4776"), "/applications/0/applicant/code wrong_form"),
        ("/applications/0/bonuses/0/points", json!("-1"), "/applications/0/bonuses/0/points out_of_range"),
        ("/exclusions/0/application", json!("b"), "/exclusions/0/application not_known"),
        ("/sheets/0/application", json!("b"), "/sheets/0/application not_known"),
        ("/sheets/1/member", json!("m1"), "/sheets/1 duplicate"),
        ("/sheets/0/scores/fit", json!("60.5"), "/sheets/0/scores/fit score_above_maximum"),
        ("/sheets/0/scores/fit", json!("55.25"), "/sheets/0/scores/fit not_on_step"),
        ("/indicators/0/fiscal_independence_ratio", Value::Null, "/applications/0/applicant indicator_missing"),
        ("/indicators/0/scope", json!("total"), "/applications/0/applicant indicator_missing"),
    ];
    for (at, value, told) in broken {
        let mut dossier = sound();
        *dossier.pointer_mut(at).unwrap() = value;
        assert!(refused(&dossier).contains(&told.to_owned()), "{at}: {:?} lacks {told}", refused(&dossier));
    }
}

#[test]
fn members_must_be_there_and_no_others() {
    let mut dossier = sound();
    dossier["call"]["extra"] = json!(1);
    dossier["sheets"][0]["scores"].as_object_mut().unwrap().remove("spread");
    dossier["sheets"][1]["scores"]["charm"] = json!("1");
    dossier["applications"][0].as_object_mut().unwrap().remove("requested_national");
    let told = refused(&dossier);
    for fault in [
        "/call/extra unknown_field",
        "/sheets/0/scores/spread required",
        "/sheets/1/scores/charm not_known",
        "/applications/0/requested_national required",
    ] {
        assert!(told.contains(&fault.to_owned()), "{told:?} lacks {fault}");
    }
}

#[test]
fn faults_of_every_kind_are_told_together() {
    let mut dossier = sound();
    dossier["call"]["cost_share"]["bands"][1]["from"] = json!("51");
    dossier["applications"][0]["total_cost"] = json!(-5);
    dossier["sheets"][0]["scores"]["fit"] = json!("61");
    let told = refused(&dossier);
    assert_eq!(told.len(), 3, "{told:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn two_implementations_agree(seed in any::<u64>()) {
        let dossier = random::dossier(seed);
        let mut first = result(&dossier);
        first.as_object_mut().unwrap().remove("inputs_sha256");
        prop_assert_eq!(first, naive::evaluate(&dossier));
    }
}
