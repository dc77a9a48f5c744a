//! How long an evaluation takes (평가 계산 시간): dossiers of a thousand and of two thousand applications with twenty sheets each.
//!
//! Every application has a row of ratios of its own, so that no list of the dossier stays small while the others grow.

use domain::evaluation::{evaluate, read};
use serde_json::{Value, json};
use std::{
    io,
    time::{Duration, Instant},
};

/// How many members score every application.
const MEMBERS: u64 = 20;

/// The numbers of applications, the second twice the first.
const SIZES: [u64; 2] = [1000, 2000];

/// What `axtrack evaluate` does one after the other.
const PARTS: [&str; 4] = ["parse", "read", "evaluate", "print"];

type Times = [Duration; PARTS.len()];

/// Measures both sizes in turn, so many rounds, and prints the best time of each part and what twice the size takes.
pub fn run(rounds: u32) -> io::Result<()> {
    let dossiers = SIZES.map(|applications| dossier(applications).to_string());
    let mut best: [Times; SIZES.len()] = [[Duration::MAX; PARTS.len()]; SIZES.len()];
    for _ in 0..rounds.max(1) {
        for (best, dossier) in best.iter_mut().zip(&dossiers) {
            for (best, took) in best.iter_mut().zip(once(dossier)?) {
                *best = took.min(*best);
            }
        }
    }
    println!("{:<12} {:>14} {:>14} {:>8}", "", named(SIZES[0]), named(SIZES[1]), "ratio");
    let [once, twice] = &best;
    for (part, (once, twice)) in PARTS.iter().zip(once.iter().zip(twice)) {
        line(part, *once, *twice);
    }
    line("in all", once.iter().sum(), twice.iter().sum());
    Ok(())
}

fn named(applications: u64) -> String {
    format!("{applications} x {MEMBERS}")
}

fn line(part: &str, once: Duration, twice: Duration) {
    let ms = |took: Duration| took.as_secs_f64() * 1000.0;
    println!("{part:<12} {:>11.1} ms {:>11.1} ms {:>8.2}", ms(once), ms(twice), ms(twice) / ms(once).max(1e-9));
}

/// One evaluation from the text of a dossier to the text of its result.
fn once(dossier: &str) -> io::Result<Times> {
    let (parsed, parsing) = timed(|| serde_json::from_str::<Value>(dossier));
    let parsed = parsed?;
    let (sound, reading) = timed(|| read(&parsed));
    let sound = sound.map_err(|refusal| io::Error::other(format!("{:?}", refusal.faults.first())))?;
    let (result, evaluating) = timed(|| evaluate(&sound));
    let (printed, printing) = timed(|| serde_json::to_string(&result));
    // Whatever is not looked at need not be computed.
    if !printed?.contains(r#""outcome":"selected""#) {
        return Err(io::Error::other("nobody was selected"));
    }
    Ok([parsing, reading, evaluating, printing])
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = std::hint::black_box(work());
    (done, began.elapsed())
}

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }
    /// From half of a maximum to all of it, in half points.
    fn points(&mut self, max: u64) -> String {
        let halves = max + self.below(max + 1);
        format!("{}.{}", halves / 2, if halves.is_multiple_of(2) { 0 } else { 5 })
    }
}

/// A sound dossier in which everybody scores everything but what one member in fifty is barred from.
fn dossier(applications: u64) -> Value {
    let mut dice = Dice(20_260_213);
    let (mut papers, mut sheets, mut exclusions, mut indicators) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for n in 0..applications {
        let (id, code) = (format!("a-{n:05}"), format!("{:05}", 10_000 + n));
        let minute = dice.below(60);
        papers.push(json!({
            "id": id, "applicant": { "level": "municipality", "code": code, "groups": ["depopulation_area"] },
            "submitted_at": format!("2026-02-13T23:{minute:02}:59+09:00"), "total_cost": 100_000_000 + dice.below(900_000_000),
            "requested_national": null, "state": "eligible", "bonuses": [{ "code": "sme", "points": "1" }], "penalties": [],
        }));
        let ratio = format!("{}.{:02}", dice.below(60), dice.below(100));
        indicators.push(json!({
            "code": code, "fiscal_year": 2026, "basis": "original", "scope": "body", "fiscal_independence_ratio": ratio,
            "fiscal_autonomy_ratio": null,
        }));
        for m in 0..MEMBERS {
            let member = format!("m-{m:02}");
            if dice.below(50) == 0 {
                exclusions.push(json!({ "member": member, "application": id, "kind": "exclusion" }));
            }
            let scores = json!({ "suitability": dice.points(40), "feasibility": dice.points(30), "spread_potential": dice.points(30) });
            sheets.push(json!({ "member": member, "application": id, "scores": scores }));
        }
    }
    json!({
        "schema": "axtrack.evaluation-dossier/1", "call": call(), "applications": papers, "exclusions": exclusions,
        "sheets": sheets, "indicators": indicators,
    })
}

fn call() -> Value {
    let criterion = |code: &str, max: &str| json!({ "code": code, "max_points": max });
    json!({
        "code": "bench", "fiscal_year": 2026, "closes_at": "2026-02-13T23:59:59+09:00",
        "scoring": {
            "criteria": [criterion("suitability", "40"), criterion("feasibility", "30"), criterion("spread_potential", "30")],
            "score_step": "0.5", "aggregation": "trimmed_mean", "trim_min_sheets": 5, "quorum": 5, "decimals": 2,
            "bonus_cap": "3", "cut": "70", "cut_applies_to": "mean", "tie_keys": ["criterion:suitability", "submitted_at"],
        },
        "tracks": [{ "code": "all", "levels": ["central", "sido", "municipality"], "envelope": 18_000_000_000_i64,
            "max_awards": 500, "reserve_slots": 50, "when_short": "skip" }],
        "cost_share": {
            "code": "bench", "version": 1, "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026,
            "indicator_basis": "original", "sido_scope": "headquarters", "flat_rates": { "central": "100" },
            "bands": [{ "from": "0", "to": "30", "rate": "90" }, { "from": "30", "to": "100", "rate": "70" }],
            "band_limits": "lower_inclusive", "adjustments": [{ "group": "depopulation_area", "points": "5" }],
            "floor_rate": "0", "ceiling_rate": "95", "national_cap": null, "sido_share_of_local": "30",
            "sido_without_municipality": ["36", "50"], "unit": 1000,
        },
    })
}
