//! Random dossiers (무작위 서류), all of them sound: few values, so that ties, full envelopes and limits are common.

use serde_json::{Value, json};

/// A small generator of numbers, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len().try_into().unwrap())).unwrap()]
    }
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
    /// A decimal in half points below `n`.
    fn halves(&mut self, n: u64) -> String {
        let halves = self.below(2 * n + 1);
        if halves.is_multiple_of(2) { (halves / 2).to_string() } else { format!("{}.5", halves / 2) }
    }
}

/// A sound dossier.
pub(super) fn dossier(seed: u64) -> Value {
    let mut dice = Dice(seed);
    let split = dice.chance(50);
    let track = |dice: &mut Dice, code: &str, levels: Value| {
        json!({
            "code": code, "levels": levels, "envelope": dice.below(12) * 250_000 + dice.below(2), "max_awards": dice.below(5),
            "reserve_slots": dice.below(4), "when_short": dice.one(&["stop", "skip"]),
        })
    };
    let tracks = if split {
        vec![
            track(&mut dice, "central", json!(["central"])),
            track(&mut dice, "local", json!(["sido", "municipality"])),
        ]
    } else {
        vec![track(&mut dice, "all", json!(["central", "sido", "municipality"]))]
    };
    let bands = match dice.below(3) {
        0 => json!([{ "from": "0", "to": "100", "rate": "77.7" }]),
        1 => json!([{ "from": "20", "to": "100", "rate": "50" }, { "from": "0", "to": "20", "rate": "80" }]),
        _ => json!([
            { "from": "0", "to": "15", "rate": "90" }, { "from": "15", "to": "30", "rate": "66.67" },
            { "from": "30", "to": "100", "rate": "33.33" },
        ]),
    };
    let flat = match dice.below(3) {
        0 => json!({ "central": "100" }),
        1 => json!({ "central": "80", "sido": "55.5" }),
        _ => json!({ "central": "100", "municipality": "0" }),
    };
    let (count, members) = (dice.below(9) + 1, dice.below(8) + 1);
    let (mut applications, mut sheets, mut exclusions) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..count {
        let level = *dice.one(&["central", "sido", "municipality"]);
        let code = match level {
            "central" => "mois".to_owned(),
            "sido" => (*dice.one(&["27", "36", "50"])).to_owned(),
            _ => (*dice.one(&["47760", "36110", "41500"])).to_owned(),
        };
        let id = format!("{}{n}", dice.one(&["a", "B", "가"]));
        let some = |dice: &mut Dice, of: &str| -> Vec<Value> {
            (0..dice.below(3)).map(|n| json!({ "code": format!("{of}{n}"), "points": dice.halves(4) })).collect()
        };
        let (bonuses, penalties) = (some(&mut dice, "b"), some(&mut dice, "p"));
        let requested = if dice.chance(30) { json!(dice.below(900_000)) } else { Value::Null };
        applications.push(json!({
            "id": id, "applicant": { "level": level, "code": code, "groups": dice.one(&[json!([]), json!(["far"]), json!(["far", "far", "near"])]) },
            "submitted_at": dice.one(&["2026-02-12T03:00:00Z", "2026-02-12T12:00:00+09:00", "2026-02-13T14:59:59.5Z"]),
            "total_cost": dice.below(1_000_000) + 1, "requested_national": requested,
            "state": dice.one(&["eligible", "eligible", "eligible", "eligible", "ineligible", "withdrawn"]),
            "bonuses": bonuses, "penalties": penalties,
        }));
        for m in 0..members {
            if dice.chance(85) {
                let scores =
                    json!({ "fit": dice.one(&["30", "35", "39.5", "40"]), "spread": dice.one(&["40", "45.5", "60"]) });
                sheets.push(json!({ "member": format!("m{m}"), "application": id, "scores": scores }));
            }
            if dice.chance(8) {
                let kind = dice.one(&["exclusion", "challenge", "recusal"]);
                exclusions.push(json!({ "member": format!("m{m}"), "application": id, "kind": kind }));
            }
        }
    }
    let indicators = indicators(&mut dice);
    let ties =
        [json!([]), json!(["criterion:fit"]), json!(["criterion:spread", "submitted_at"]), json!(["submitted_at"])];
    json!({
        "schema": "axtrack.evaluation-dossier/1",
        "call": {
            "code": "random", "fiscal_year": 2026, "closes_at": "2026-02-13T23:59:59.5+09:00",
            "scoring": {
                "criteria": [{ "code": "fit", "max_points": "40" }, { "code": "spread", "max_points": "60" }],
                "score_step": dice.one(&["0.5", "0.1"]), "aggregation": dice.one(&["mean", "trimmed_mean"]),
                "trim_min_sheets": 3 + dice.below(3), "quorum": 1 + dice.below(4), "decimals": dice.below(5),
                "bonus_cap": dice.one(&["0", "3", "2.5"]), "cut": dice.one(&["0", "70", "85.5"]),
                "cut_applies_to": dice.one(&["mean", "final"]), "tie_keys": dice.one(&ties),
            },
            "tracks": tracks,
            "cost_share": {
                "code": "r", "version": 1, "indicator": dice.one(&["fiscal_independence_ratio", "fiscal_autonomy_ratio"]),
                "indicator_fiscal_year": dice.one(&[2025, 2026]), "indicator_basis": "original",
                "sido_scope": dice.one(&["headquarters", "total"]), "flat_rates": flat, "bands": bands,
                "band_limits": dice.one(&["lower_inclusive", "upper_inclusive"]),
                "adjustments": dice.one(&[json!([]), json!([{ "group": "far", "points": "5" }, { "group": "near", "points": "-12.25" }])]),
                "floor_rate": dice.one(&["0", "50"]), "ceiling_rate": dice.one(&["60", "95"]),
                "national_cap": dice.one(&[Value::Null, json!(300_000), json!(500_000)]),
                "sido_share_of_local": dice.one(&["0", "30", "33.33", "100"]),
                "sido_without_municipality": ["36", "50"], "unit": dice.one(&[1, 10, 1000]),
            },
        },
        "applications": applications, "exclusions": exclusions, "sheets": sheets, "indicators": indicators,
    })
}

/// Ratios of every body, of two years and of the scopes that it has.
fn indicators(dice: &mut Dice) -> Vec<Value> {
    let mut indicators = Vec::new();
    for (code, scopes) in [
        ("27", &["headquarters", "total"][..]),
        ("36", &["headquarters", "total"]),
        ("50", &["headquarters", "total"]),
        ("47760", &["body"]),
        ("36110", &["body"]),
        ("41500", &["body"]),
    ] {
        for scope in scopes {
            for year in [2025, 2026] {
                indicators.push(json!({
                    "code": code, "fiscal_year": year, "basis": "original", "scope": scope,
                    "fiscal_independence_ratio": dice.one(&["0", "6.32", "15", "15.00", "30", "55.13", "100"]),
                    "fiscal_autonomy_ratio": dice.one(&["0.00", "20", "29.99", "58.27", "100.0"]),
                }));
            }
        }
    }
    indicators
}
