//! The register of rule sets against its rules (분담 규칙 대장 검증).

mod explain;
mod falling;
mod published;

use super::*;
use crate::{
    day::{Day, Instant},
    id::Id,
    project::Stamp,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Rules in which nothing is wrong.
pub(super) fn sound() -> Value {
    json!({
        "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026, "indicator_basis": "original",
        "sido_scope": "headquarters", "flat_rates": { "central": "100" },
        "bands": [{ "from": "0", "to": "30", "rate": "90" }, { "from": "30", "to": "40", "rate": "80" },
            { "from": "40", "to": "100", "rate": "70" }],
        "band_limits": "lower_inclusive", "adjustments": [{ "group": "depopulation_area", "points": "5" }],
        "floor_rate": "50", "ceiling_rate": "92.5", "national_cap": 2_000_000_000, "sido_share_of_local": "30",
        "sido_without_municipality": ["36", "50"], "unit": 1000,
    })
}
/// The same with some members said otherwise, by their pointers.
pub(super) fn with(changes: &[(&str, Value)]) -> Rules {
    let mut value = sound();
    for (pointer, to) in changes {
        *value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = to.clone();
    }
    serde_json::from_value(value).unwrap()
}
fn told(faults: &[crate::problem::Fault]) -> Vec<String> {
    faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code.name)).collect()
}
fn edition(rules: Rules) -> NewEdition {
    let by = Id::new(Uuid::from_u128(7));
    NewEdition { rules, reason: "처음".parse().unwrap(), made: Stamp { at: Instant::from_micros(0), by } }
}
fn details() -> Details {
    Details {
        name: serde_json::from_value(json!({ "ko": "예시 규칙" })).unwrap(),
        standing: Standing::Illustration,
        source: "시험".parse().unwrap(),
        effective_from: None,
        effective_to: None,
    }
}
pub(super) fn made(rules: Rules) -> CostShareRules {
    CostShareRules::create("example-2026".parse().unwrap(), details(), edition(rules)).unwrap()
}

#[test]
fn every_fault_of_a_rule_set_is_told() {
    assert_eq!(told(&with(&[]).faults("/rules")), [""; 0]);
    let flat = json!({ "central": "100", "sido": "50", "municipality": "50" });
    for (changes, wanted) in [
        (vec![("/bands/1/from", json!("29.99"))], vec!["/rules/bands/1 bands_do_not_tile"]),
        (vec![("/bands/2/to", json!("99"))], vec!["/rules/bands/2 bands_do_not_tile"]),
        (vec![("/bands", json!([]))], vec!["/rules/bands bands_do_not_tile"]),
        (vec![("/bands/0/rate", json!("100.01"))], vec!["/rules/bands/0/rate out_of_range"]),
        (vec![("/flat_rates", json!({ "central": "-1" }))], vec!["/rules/flat_rates/central out_of_range"]),
        (vec![("/flat_rates", json!({ "sido": "50" }))], vec!["/rules/flat_rates/central level_without_rate"]),
        (vec![("/floor_rate", json!("93"))], vec!["/rules/floor_rate wrong_order"]),
        (vec![("/ceiling_rate", json!("101"))], vec!["/rules/ceiling_rate out_of_range"]),
        (vec![("/sido_share_of_local", json!("100.5"))], vec!["/rules/sido_share_of_local out_of_range"]),
        (vec![("/unit", json!(0))], vec!["/rules/unit out_of_range"]),
        (vec![("/national_cap", json!(-1))], vec!["/rules/national_cap out_of_range"]),
        (vec![("/adjustments/0/points", json!("100.1"))], vec!["/rules/adjustments/0/points out_of_range"]),
        (
            vec![("/adjustments", json!([{ "group": "a", "points": "1" }, { "group": "a", "points": "2" }]))],
            vec!["/rules/adjustments/1/group duplicate"],
        ),
        (
            vec![("/sido_without_municipality", json!(["36", "36"]))],
            vec!["/rules/sido_without_municipality/1 duplicate"],
        ),
        (vec![("/sido_without_municipality", json!(["3"]))], vec!["/rules/sido_without_municipality/0 wrong_form"]),
        (vec![("/indicator", json!(null))], vec!["/rules/indicator required"]),
        (vec![("/indicator_fiscal_year", json!(null))], vec!["/rules/indicator_fiscal_year required"]),
        (vec![("/indicator_basis", json!(null))], vec!["/rules/indicator_basis required"]),
        (vec![("/sido_scope", json!(null))], vec!["/rules/sido_scope required"]),
        (vec![("/indicator", json!(null)), ("/bands", json!([]))], vec!["/rules/indicator required"]),
        (vec![("/indicator", json!(null)), ("/flat_rates", flat.clone())], vec!["/rules/indicator required"]),
        (vec![("/indicator", json!(null)), ("/bands", json!([])), ("/flat_rates", flat)], vec![]),
        (
            vec![("/unit", json!(0)), ("/bands/0/rate", json!("101")), ("/flat_rates", json!({}))],
            vec![
                "/rules/bands/0/rate out_of_range",
                "/rules/unit out_of_range",
                "/rules/flat_rates/central level_without_rate",
            ],
        ),
    ] {
        assert_eq!(told(&with(&changes).faults("/rules")), wanted, "{changes:?}");
    }
}

#[test]
fn what_cannot_be_read_is_no_rule_set() {
    for (pointer, wrong) in [("/flat_rates", json!({ "gu": "1" })), ("/bands/0/rate", json!(90)), ("/unit", json!("1"))]
    {
        let mut value = sound();
        *value.pointer_mut(pointer).unwrap() = wrong;
        assert!(serde_json::from_value::<Rules>(value).is_err(), "{pointer}");
    }
    let mut value = sound();
    value["more"] = json!(1);
    assert!(serde_json::from_value::<Rules>(value).is_err(), "an unknown member");
}

#[test]
fn an_edition_is_a_dossiers_rule_set() {
    let rules = made(with(&[]));
    let mut wanted = sound();
    wanted["code"] = json!("example-2026");
    wanted["version"] = json!(1);
    let shown = serde_json::to_value(rules.edition(1).unwrap()).unwrap();
    assert_eq!(shown, wanted);
    assert_eq!(serde_json::from_value::<RuleSet>(shown).unwrap(), rules.edition(1).unwrap());
    assert_eq!(rules.edition(2), None);
}

#[test]
fn an_edition_is_added_and_never_edited() {
    let first = made(with(&[]));
    let same = first.clone().add_edition(edition(with(&[])));
    assert_eq!(told(&same.unwrap_err().faults), ["/rules changes_nothing"]);
    let wrong = first.clone().add_edition(edition(with(&[("/unit", json!(0))])));
    assert_eq!(told(&wrong.unwrap_err().faults), ["/rules/unit out_of_range"]);
    let second = first.clone().add_edition(edition(with(&[("/unit", json!(1))]))).unwrap();
    assert_eq!((second.version, second.latest(), second.edition(1)), (2, 2, first.edition(1)));
    assert_eq!(second.edition(2).unwrap().unit.get(), 1);
    let mut many = second;
    for unit in 2..200 {
        many = many.add_edition(edition(with(&[("/unit", json!(unit))]))).unwrap();
    }
    assert_eq!(told(&many.add_edition(edition(with(&[]))).unwrap_err().faults), [" wrong_length"]);
}

#[test]
fn days_in_force_are_in_order() {
    let day = |text: &str| Some(text.parse::<Day>().unwrap());
    let wrong = Details { effective_from: day("2026-03-01"), effective_to: day("2026-02-28"), ..details() };
    let refused = CostShareRules::create("k".parse().unwrap(), wrong.clone(), edition(with(&[("/unit", json!(0))])));
    assert_eq!(told(&refused.unwrap_err().faults), ["/effective_to wrong_order", "/rules/unit out_of_range"]);
    let rules = made(with(&[]));
    assert_eq!(told(&rules.clone().restate(wrong.clone()).unwrap_err().faults), ["/effective_to wrong_order"]);
    let right = Details { effective_to: wrong.effective_from, standing: Standing::Published, ..wrong };
    let restated = rules.clone().restate(right.clone()).unwrap();
    assert_eq!((restated.version, restated.details()), (2, right));
    assert_eq!(restated.editions, rules.editions);
}

#[test]
fn what_is_no_fact_says_so() {
    assert!(Standing::Published.notice().is_none());
    assert!(Standing::DraftProposal.notice().unwrap().ko.contains("안이며"));
    assert!(Standing::Illustration.notice().unwrap().ko.contains("예시이며 사실이 아닙니다"));
}
