//! Announced rules of other programmes (공고된 다른 사업의 규칙) reckoned as they were announced.

use super::with;
use crate::{
    cost_share::{Applicant, Asked, Level, RuleSet},
    money::Won,
};
use serde_json::{Value, json};

/// Rates for central bodies are not said by rules for local governments; these programmes pay nothing to them.
const NOTHING: &str = "0";

fn banded(indicator: &str, limits: &str, bands: &[(&str, &str, &str)]) -> RuleSet {
    let bands: Vec<Value> =
        bands.iter().map(|(from, to, rate)| json!({ "from": from, "to": to, "rate": rate })).collect();
    named(&[
        ("/indicator", json!(indicator)),
        ("/flat_rates", json!({ "central": NOTHING })),
        ("/bands", json!(bands)),
        ("/band_limits", json!(limits)),
        ("/adjustments", json!([])),
        ("/floor_rate", json!("0")),
        ("/ceiling_rate", json!("100")),
        ("/national_cap", json!(null)),
    ])
}
fn flat(rate: &str, cap: Option<i64>, sido_share: &str) -> RuleSet {
    named(&[
        ("/indicator", json!(null)),
        ("/flat_rates", json!({ "central": NOTHING, "sido": rate, "municipality": rate })),
        ("/bands", json!([])),
        ("/national_cap", json!(cap)),
        ("/sido_share_of_local", json!(sido_share)),
    ])
}
fn named(changes: &[(&str, Value)]) -> RuleSet {
    let rules = with(changes);
    assert_eq!(rules.faults(""), [], "{changes:?}");
    rules.named("announced", 1)
}

/// National, sido and municipal money.
fn shares(rules: &RuleSet, level: Level, code: &str, ratio: Option<&str>, total: i64) -> [i64; 3] {
    let basis = rules.basis(level, ratio.map(|ratio| ratio.parse().unwrap())).unwrap();
    let applicant = Applicant { level, code: code.to_owned(), groups: Vec::new() };
    let asked = Asked { total_cost: Won::new(total).unwrap(), requested_national: None };
    let split = rules.split(&basis, &applicant, asked);
    assert_eq!(split.national.get() + split.sido.get() + split.municipality.get(), total);
    [split.national, split.sido, split.municipality].map(Won::get)
}
fn national(rules: &RuleSet, ratio: &str) -> i64 {
    shares(rules, Level::Municipality, "47760", Some(ratio), 1_000_000)[0]
}

/// Urban regeneration, reform of 2013 (국토교통부, secondary source): "30 or less", "over 40", by 재정자립도.
#[test]
fn urban_regeneration_of_2013() {
    let bands = [("0", "30", "90"), ("30", "40", "80"), ("40", "100", "70")];
    let rules = banded("fiscal_independence_ratio", "upper_inclusive", &bands);
    for (ratio, rate) in [("0", 90), ("6.32", 90), ("30.00", 90), ("30.01", 80), ("40", 80), ("40.01", 70), ("100", 70)]
    {
        assert_eq!(national(&rules, ratio), rate * 10_000, "{ratio}");
    }
}

/// Livelihood benefit (보건복지부; the three rates from a public text): by 재정자주도 within a class of the welfare index,
/// which decides first. A rule set looks at one ratio, so each class has its own.
#[test]
fn livelihood_benefit_by_class_of_the_welfare_index() {
    let autonomy = "fiscal_autonomy_ratio";
    let of = |bands: &[(&str, &str, &str)]| banded(autonomy, "lower_inclusive", bands);
    let high = of(&[("0", "80", "90"), ("80", "100", "80")]);
    let low = of(&[("0", "85", "80"), ("85", "100", "70")]);
    let seoul_high = of(&[("0", "80", "60"), ("80", "100", "50")]);
    for (rules, ratio, rate) in
        [(&high, "79.99", 90), (&high, "80", 80), (&low, "84.99", 80), (&low, "85", 70), (&seoul_high, "0", 60)]
    {
        assert_eq!(national(rules, ratio), rate * 10_000, "{ratio}");
    }
}

/// Flat rates: smart village and digital town 80 : 20, smart service 2020 3.5 : 3.5 billion.
#[test]
fn flat_rates_look_at_no_ratio() {
    let town = flat("80", None, "30");
    assert_eq!(
        shares(&town, Level::Municipality, "47760", None, 1_234_567_000),
        [987_653_000, 74_074_000, 172_840_000]
    );
    let service = flat("50", None, "0");
    assert_eq!(shares(&service, Level::Sido, "26", None, 7_000_000_000), [3_500_000_000, 3_500_000_000, 0]);
}

/// Smart city 2025 (국토교통부): one to one, 16.0, 8.0 or 1.2 billion at most. What a cap cuts off is local money.
#[test]
fn smart_city_is_capped() {
    for cap in [16_000_000_000, 8_000_000_000, 1_200_000_000] {
        let rules = flat("50", Some(cap), "0");
        assert_eq!(shares(&rules, Level::Sido, "26", None, 2 * cap), [cap, cap, 0]);
        assert_eq!(shares(&rules, Level::Sido, "26", None, 3 * cap), [cap, 2 * cap, 0]);
        assert_eq!(shares(&rules, Level::Sido, "26", None, cap), [cap / 2, cap / 2, 0]);
    }
}

/// Basic pension, an example: 77.82 : 8.52 : 13.66. The sido's part of the local money has no end as a decimal.
#[test]
fn basic_pension_is_split_three_ways() {
    let rules = flat("77.82", None, "38.413075");
    let total = 1_000_000_000;
    assert_eq!(shares(&rules, Level::Municipality, "47760", None, total), [778_200_000, 85_200_000, 136_600_000]);
}

/// 세종 and 제주 have no municipalities: whoever applies there carries the local money alone.
#[test]
fn a_single_tier_is_split_two_ways() {
    let rules = flat("80", None, "30");
    assert_eq!(shares(&rules, Level::Municipality, "50110", None, 1_000_000), [800_000, 0, 200_000]);
    assert_eq!(shares(&rules, Level::Sido, "36", None, 1_000_000), [800_000, 200_000, 0]);
}
