//! Rates that fall with the ratio (지표가 높을수록 낮은 국비율): whatever the bands are, and by the published figures of 2026.

use super::with;
use crate::{
    cost_share::{Applicant, Asked, Basis, Level, RuleSet, Split},
    decimal::Decimal,
    money::Won,
};
use proptest::{collection::btree_set, collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

/// Hundredths as they are published: `6.32`.
fn percent(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Bands that tile 0 to 100 in any number, with rates that never rise from one to the next.
fn bands() -> impl Strategy<Value = Value> {
    (btree_set(1..10_000_u32, 0..7), vec(0..=10_000_u32, 8)).prop_map(|(limits, mut rates)| {
        rates.sort_unstable_by(|a, b| b.cmp(a));
        let edges: Vec<u32> = [0].into_iter().chain(limits).chain([10_000]).collect();
        let band = |((from, to), rate): ((&u32, &u32), &u32)| json!({ "from": percent(*from), "to": percent(*to), "rate": percent(*rate) });
        edges.iter().zip(&edges[1..]).zip(&rates).map(band).collect()
    })
}

/// A sound rule set with these bands.
fn rules() -> impl Strategy<Value = RuleSet> {
    let limits = select(vec!["lower_inclusive", "upper_inclusive"]);
    let cap = prop_oneof![Just(Value::Null), (0..2_000_000_i64).prop_map(|cap| json!(cap))];
    let flat = prop_oneof![Just(json!({ "central": "100" })), Just(json!({ "central": "33.34", "sido": "66.67" }))];
    let adjusted =
        (select(vec!["", "-"]), 0..=10_000_u32).prop_map(|(sign, points)| format!("{sign}{}", percent(points)));
    (bands(), limits, cap, flat, adjusted, (0..=10_000_u32, 0..=10_000_u32, 0..=10_000_u32), 1..20_000_i64).prop_map(
        |(bands, limits, cap, flat, adjusted, (one, other, sido), unit)| {
            let rules = with(&[
                ("/bands", bands),
                ("/band_limits", json!(limits)),
                ("/flat_rates", flat),
                ("/adjustments/0/points", json!(adjusted)),
                ("/floor_rate", json!(percent(one.min(other)))),
                ("/ceiling_rate", json!(percent(one.max(other)))),
                ("/national_cap", cap),
                ("/sido_share_of_local", json!(percent(sido))),
                ("/unit", json!(unit)),
            ]);
            assert_eq!(rules.faults(""), []);
            rules.named("falling", 1)
        },
    )
}

/// The split for a body with this ratio.
fn split(rules: &RuleSet, (level, code): (Level, &str), groups: &[&str], ratio: u32, asked: Asked) -> Split {
    let groups = groups.iter().map(|group| (*group).to_owned()).collect();
    let applicant = Applicant { level, code: code.to_owned(), groups };
    let basis = rules.basis(level, Some(percent(ratio).parse().unwrap())).unwrap();
    if let Basis::Band { index, ratio, .. } = basis {
        assert!(rules.bands[index].from <= ratio && ratio <= rules.bands[index].to);
    }
    rules.split(&basis, &applicant, asked)
}
fn asked(total: i64, requested: Option<i64>) -> Asked {
    let won = |amount| Won::new(amount).unwrap();
    Asked { total_cost: won(total), requested_national: requested.map(won) }
}

const GROUPS: [&[&str]; 2] = [&[], &["depopulation_area"]];
const BODIES: [(Level, &str); 5] = [
    (Level::Central, "mois"),
    (Level::Sido, "27"),
    (Level::Sido, "36"),
    (Level::Municipality, "47760"),
    (Level::Municipality, "50110"),
];

proptest! {
    /// A lower published ratio never means a lower rate, nor less national money for the same cost, within the same groups.
    #[test]
    fn a_poorer_body_never_gets_less(rules in rules(), one in 0..=10_000_u32, other in 0..=10_000_u32, total in 1..5_000_000_i64) {
        let (poorer, richer) = (one.min(other), one.max(other));
        for groups in GROUPS {
            let of = |ratio| split(&rules, (Level::Municipality, "47760"), groups, ratio, asked(total, None));
            let (first, second) = (of(poorer), of(richer));
            prop_assert!(first.nominal_rate >= second.nominal_rate, "{poorer} {richer}");
            prop_assert!(first.rate >= second.rate && first.national >= second.national, "{poorer} {richer}");
        }
    }

    /// The four parts add up to the won, none of them negative; the national part keeps to the cap and to what was asked, and
    /// in per cent of the whole to the rate.
    #[test]
    fn the_parts_always_add_up(
        rules in rules(), ratio in 0..=10_000_u32, total in 1..5_000_000_000_i64, requested in proptest::option::of(0..5_000_000_i64),
    ) {
        for (body, groups) in BODIES.into_iter().flat_map(|body| GROUPS.map(|groups| (body, groups))) {
            let found = split(&rules, body, groups, ratio, asked(total, requested));
            let parts = [found.national, found.sido, found.municipality, found.own].map(Won::get);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            prop_assert!(parts.iter().all(|part| *part >= 0), "{:?}", parts);
            let limits = [rules.national_cap.map(Won::get), requested];
            prop_assert!(limits.into_iter().flatten().all(|limit| parts[0] <= limit), "{:?} {:?}", parts, limits);
            prop_assert!(found.effective_rate <= found.rate);
            let (central, upper) = (body.0 == Level::Central, body.0 == Level::Sido);
            prop_assert!((parts[3] == 0 || central) && (parts[2] == 0 || !(central || upper)) && (parts[1] == 0 || !central));
        }
    }
}

/// The published ratios of 2026 (지방재정365, original budget): independence and autonomy of a body.
const PUBLISHED: [(&str, u32, u32); 4] =
    [("47760", 632, 5879), ("26320", 942, 2329), ("51230", 1356, 7104), ("41500", 5513, 6435)];

fn named(bands: &[(&str, &str, &str)]) -> RuleSet {
    let bands: Vec<Value> =
        bands.iter().map(|(from, to, rate)| json!({ "from": from, "to": to, "rate": rate })).collect();
    with(&[("/bands", json!(bands)), ("/adjustments", json!([])), ("/ceiling_rate", json!("100"))]).named("figures", 1)
}

/// 영양군 is the poorest and 이천시 the richest by 재정자립도, under any rule that falls with it; by 재정자주도 it is 부산 북구
/// and 삼척시. Whoever mixes the two up inverts the policy.
#[test]
fn independence_and_autonomy_order_bodies_differently() {
    let rules = named(&[("0", "10", "90"), ("10", "30", "80"), ("30", "60", "70"), ("60", "100", "60")]);
    let rates = |of: fn(&(&str, u32, u32)) -> u32| -> Vec<String> {
        let rate =
            |row| split(&rules, (Level::Municipality, "47760"), &[], of(row), asked(1_000_000, None)).rate.to_string();
        PUBLISHED.iter().map(rate).collect()
    };
    assert_eq!(rates(|row| row.1), ["90.00", "90.00", "80.00", "70.00"]);
    assert_eq!(rates(|row| row.2), ["70.00", "80.00", "60.00", "60.00"]);
}

/// Seoul's headquarters and total fall in the same band for limits of 30 and 40; Gyeonggi's part at a limit of 50.
#[test]
fn headquarters_and_total_may_part() {
    let three = named(&[("0", "30", "90"), ("30", "40", "80"), ("40", "100", "70")]);
    let two = named(&[("0", "50", "80"), ("50", "100", "60")]);
    let rate = |rules: &RuleSet, ratio: &str| match rules.basis(Level::Sido, Some(ratio.parse().unwrap())) {
        Ok(Basis::Band { rate, .. }) => rate,
        other => panic!("{other:?}"),
    };
    let of = |whole: &str| whole.parse::<Decimal>().unwrap();
    assert_eq!((rate(&three, "75.52"), rate(&three, "74.04")), (of("70"), of("70")));
    assert_eq!((rate(&two, "44.40"), rate(&two, "54.39")), (of("80"), of("60")));
}
