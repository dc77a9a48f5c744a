//! Health (건전성 등급): green, amber or red by published rules, and never better than what a coordinator says.

use super::{Facts, Phase, Project, Reached, Stamp, Status, deeds::at_work};
use crate::{
    day::{Day, Instant},
    problem::{Refusal, Words},
    text::{Key, Prose},
};
use serde::{Deserialize, Serialize};

/// The rating; later is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// 정상.
    Green,
    /// 주의.
    Amber,
    /// 위험.
    Red,
}

/// What a rule's numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Days.
    Days,
    /// Hundredths of a percentage point.
    BasisPoints,
}

/// One published rule: from `amber` on the rating is amber, from `red` on it is red.
#[derive(Debug)]
pub struct HealthRule {
    /// Stable code.
    pub code: &'static str,
    /// What it measures.
    pub words: Words,
    /// In which unit.
    pub measure: Measure,
    /// Amber from here on.
    pub amber: i64,
    /// Red from here on.
    pub red: i64,
    /// The measurement; nothing when there is nothing to measure.
    pub take: fn(&Project, &Facts) -> Option<i64>,
}

const fn rule(
    code: &'static str,
    words: Words,
    measure: Measure,
    (amber, red): (i64, i64),
    take: fn(&Project, &Facts) -> Option<i64>,
) -> HealthRule {
    HealthRule { code, words, measure, amber, red, take }
}

/// The rules, as published. The overall rating is the worst of them.
pub static RULES: &[HealthRule] = &[
    rule(
        "milestone_late",
        Words::fixed("가장 늦은 이정표의 지연 일수", "Days by which the latest milestone is late"),
        Measure::Days,
        (1, 30),
        |p, f| {
            let open = p.milestones.iter().filter(|m| m.done_on.is_none());
            open.map(|m| f.today.days_since(m.due.latest())).max()
        },
    ),
    rule(
        "action_late",
        Words::fixed("가장 늦은 조치의 지연 일수", "Days by which the latest action is late"),
        Measure::Days,
        (1, 14),
        |p, f| p.actions().filter_map(|a| a.days_late(f.today)).max(),
    ),
    rule(
        "progress_gap",
        Words::fixed("최근 점검의 계획 대비 진도 차이", "Planned less actual progress at the last check"),
        Measure::BasisPoints,
        (1_000, 2_000),
        |p, _| p.last_check().map(super::ProgressCheck::gap),
    ),
    rule(
        "gate_late",
        Words::fixed("현재 단계의 계획 종료일이 지난 일수", "Days since the planned end of the present phase"),
        Measure::Days,
        (1, 30),
        |p, f| p.gate_days_late(f.today),
    ),
    rule(
        "budget_behind",
        Words::fixed("경과 기간 대비 예산 집행 차이", "Share of the time gone less share of the budget spent"),
        Measure::BasisPoints,
        (2_000, 4_000),
        budget_behind,
    ),
    rule(
        "unchecked",
        Words::fixed("마지막 점검(없으면 수행 시작) 이후 일수", "Days since the last check, or since execution began"),
        Measure::Days,
        (100, 200),
        unchecked,
    ),
];

/// How far spending lags behind time, from execution on.
fn budget_behind(project: &Project, facts: &Facts) -> Option<i64> {
    if project.phase() < Reached::Execution {
        return None;
    }
    let (start, end) = (project.planned.start?.earliest(), project.planned.end?.latest());
    let length = end.days_since(start).checked_add(1)?;
    let gone = facts.today.days_since(start).checked_add(1)?.clamp(0, length);
    let (current, spent) = (facts.budget.current.get(), facts.budget.expended.get());
    let part = |of: i64, whole: i64| i128::from(of).checked_mul(10_000)?.checked_div(i128::from(whole));
    let behind = part(gone, length)?.checked_sub(part(spent, current)?)?;
    i64::try_from(behind).ok()
}

/// How long nobody has looked, during execution.
fn unchecked(project: &Project, facts: &Facts) -> Option<i64> {
    if project.phase() != Phase::Execution.reached() {
        return None;
    }
    let began: Day = project.phase_since().day();
    let seen = project.last_check().map_or(began, |check| check.checked_on.max(began));
    Some(facts.today.days_since(seen))
}

/// Why a rating is not green.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HealthReason {
    /// The rule.
    pub code: HealthCode,
    /// What it measures, in Korean and English.
    pub words: Words,
    /// What it makes of the measurement.
    pub rating: Rating,
    /// The measurement.
    pub measured: i64,
    /// Its unit.
    pub measure: Measure,
    /// The limit that it has reached.
    pub limit: i64,
}

/// A health rule's code.
pub type HealthCode = Key<HealthRule>;

/// How a project is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// The worse of the two below.
    pub rating: Rating,
    /// By the rules.
    pub computed: Rating,
    /// By a coordinator, while it stands.
    pub manual: Option<ManualRating>,
    /// Every rule that is not green.
    #[schema(max_items = 20)]
    pub reasons: Vec<HealthReason>,
}

/// A coordinator's or progress manager's own judgement. It counts only when it is worse than the rules' (a rating never
/// hides what the record shows) and until it is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManualRating {
    /// The rating.
    pub rating: Rating,
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub given: Stamp,
}

/// The rating from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HealthPoint {
    /// From then on.
    pub at: Instant,
    /// The rating; nothing once the project was not rated any more.
    pub rating: Option<Rating>,
    /// By the rules.
    pub computed: Option<Rating>,
    /// The rules that were not green.
    #[schema(max_items = 20)]
    pub reasons: Vec<HealthCode>,
}

/// The rating as last recorded, and every earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HealthRecord {
    /// As last recorded; nothing for drafts and for what is completed or cancelled.
    pub rating: Option<Rating>,
    /// A coordinator's own judgement.
    pub manual: Option<ManualRating>,
    /// Each change, oldest first.
    #[schema(max_items = 10000)]
    pub history: Vec<HealthPoint>,
}

/// How a project is doing today. Only what is at work or on hold is rated.
pub fn rate(project: &Project, facts: &Facts) -> Option<Health> {
    if !matches!(project.status(), Status::Active | Status::OnHold) {
        return None;
    }
    let reasons: Vec<_> = RULES.iter().filter_map(|rule| judged(rule, project, facts)).collect();
    let computed = reasons.iter().map(|r| r.rating).max().unwrap_or(Rating::Green);
    let manual = project.health.manual.clone();
    let rating = manual.as_ref().map_or(computed, |m| m.rating.max(computed));
    Some(Health { rating, computed, manual, reasons })
}

fn judged(rule: &HealthRule, project: &Project, facts: &Facts) -> Option<HealthReason> {
    let measured = (rule.take)(project, facts)?;
    let (rating, limit) = match measured {
        m if m >= rule.red => (Rating::Red, rule.red),
        m if m >= rule.amber => (Rating::Amber, rule.amber),
        _ => return None,
    };
    let (words, measure) = (rule.words.clone(), rule.measure);
    Some(HealthReason { code: rule.code.parse().ok()?, words, rating, measured, measure, limit })
}

impl Project {
    /// Whether its rating looks at its money: not before execution, and only while it is under way.
    pub fn rating_needs_money(&self) -> bool {
        matches!(self.status(), Status::Active | Status::OnHold) && self.phase() >= Reached::Execution
    }
    /// Records today's rating if it has changed. Part of whatever act saves the record, so the version stays.
    #[must_use]
    pub fn rerated(mut self, facts: &Facts, at: Instant) -> Self {
        let health = rate(&self, facts);
        let (rating, computed) = (health.as_ref().map(|h| h.rating), health.as_ref().map(|h| h.computed));
        let last = self.health.history.last().map(|p| (p.rating, p.computed));
        if last.unwrap_or_default() != (rating, computed) {
            let reasons = health.map(|h| h.reasons.into_iter().map(|r| r.code).collect()).unwrap_or_default();
            self.health.history.push(HealthPoint { at, rating, computed, reasons });
        }
        self.health.rating = rating;
        self
    }
    /// As an act of its own, for the nightly round: one version on, or nothing when the rating stands.
    #[must_use]
    pub fn refreshed(self, facts: &Facts, stamp: Stamp) -> Option<Self> {
        let changes = self.health.history.len();
        let rerated = self.rerated(facts, stamp.at);
        (rerated.health.history.len() != changes).then(|| rerated.touched(stamp))
    }
    /// Sets or takes back (`None`) a judgement of one's own.
    pub fn judged(
        mut self,
        rating: Option<(Rating, Prose<2000>)>,
        facts: &Facts,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        at_work(&self)?;
        self.health.manual = rating.map(|(rating, reason)| ManualRating { rating, reason, given: stamp });
        Ok(self.rerated(facts, stamp.at).touched(stamp))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, day, stamp};
    use super::*;
    use crate::money::Won;

    fn found(project: &Project, facts: &Facts) -> Vec<(String, Rating, i64)> {
        let reasons = rate(project, facts).unwrap().reasons;
        reasons.into_iter().map(|r| (r.code.to_string(), r.rating, r.measured)).collect()
    }

    /// Makes a rule measure this much.
    type Set = Box<dyn Fn(&mut Project, &mut Facts, i64)>;

    /// Each rule is silent just below amber, amber just below red, and red from there on.
    #[test]
    fn each_rule_speaks_at_its_limits() {
        let project = sample::passed(sample::ripe());
        let quiet = sample::facts("2026-06-01");
        assert_eq!(found(&project, &quiet), []);
        let speaks = |code: &str, at: i64, set: &dyn Fn(&mut Project, &mut Facts, i64)| {
            let (mut p, mut f) = (project.clone(), quiet.clone());
            set(&mut p, &mut f, at);
            found(&p, &f).into_iter().find(|r| r.0 == code).map(|r| (r.1, r.2))
        };
        let sets: [(&str, Set); 6] = [
            (
                "milestone_late",
                Box::new(|p, f, n| {
                    (p.milestones[0].due, p.milestones[0].done_on) = ("2026-05".parse().unwrap(), None);
                    f.today = day("2026-05-31").plus_days(n.unsigned_abs());
                }),
            ),
            (
                "action_late",
                Box::new(|p, f, n| {
                    let action = &mut p.checks[0].actions[0];
                    (action.due, action.closed) = (day("2026-05-31"), None);
                    f.today = day("2026-05-31").plus_days(n.unsigned_abs());
                }),
            ),
            (
                "progress_gap",
                Box::new(|p, _, n| {
                    let share =
                        |points: i64| crate::rate::Share::from_basis_points(u16::try_from(points).unwrap()).unwrap();
                    (p.checks[0].planned, p.checks[0].actual) = (share(5_000), share(5_000 - n));
                }),
            ),
            (
                "gate_late",
                Box::new(|p, f, n| {
                    p.phase_plans.execution.end = Some("2026-05-31".parse().unwrap());
                    f.today = day("2026-05-31").plus_days(n.unsigned_abs());
                }),
            ),
            (
                "budget_behind",
                Box::new(|p, f, n| {
                    // Half of the time is gone.
                    (p.planned.start, p.planned.end) = ("2026-06-01".parse().ok(), "2026-06-02".parse().ok());
                    f.budget.current = Won::new(10_000).unwrap();
                    f.budget.expended = Won::new(5_000 - n).unwrap();
                }),
            ),
            ("unchecked", Box::new(|_, f, n| f.today = day("2026-06-01").plus_days(n.unsigned_abs()))),
        ];
        for ((code, set), rule) in sets.iter().zip(RULES) {
            assert_eq!(*code, rule.code);
            assert_eq!(speaks(code, rule.amber - 1, set), None, "{code}");
            assert_eq!(speaks(code, rule.amber, set), Some((Rating::Amber, rule.amber)));
            assert_eq!(speaks(code, rule.red - 1, set), Some((Rating::Amber, rule.red - 1)));
            assert_eq!(speaks(code, rule.red, set), Some((Rating::Red, rule.red)));
        }
    }

    #[test]
    fn the_worse_of_rules_and_people_counts() {
        let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
        let say = |rating| Some((rating, "공급사 부도".parse().unwrap()));
        let mut project = sample::passed(sample::ripe());
        project.phase_plans.execution.end = Some("2026-05-31".parse().unwrap());
        let amber = project.rerated(&facts, at.at);
        assert_eq!(amber.health.rating, Some(Rating::Amber));
        let rating = |p: &Project| p.health.rating;
        assert_eq!(rating(&amber.clone().judged(say(Rating::Green), &facts, at).unwrap()), Some(Rating::Amber));
        let red = amber.clone().judged(say(Rating::Red), &facts, at).unwrap();
        assert_eq!(rating(&red), Some(Rating::Red));
        assert_eq!(rating(&red.clone().judged(None, &facts, at).unwrap()), Some(Rating::Amber));
        assert_eq!(red.health.history.len(), amber.health.history.len() + 1);
        assert_eq!(red.refreshed(&facts, at), None, "an unchanged rating leaves no trace");
    }

    #[test]
    fn money_is_asked_for_only_where_it_counts() {
        let (mut broke, rich) = (sample::facts("2026-06-01"), sample::facts("2026-06-01"));
        broke.budget.expended = Won::ZERO;
        for project in [sample::draft(), sample::ripe(), sample::passed(sample::ripe())] {
            let differs = rate(&project, &broke) != rate(&project, &rich);
            assert_eq!(project.rating_needs_money(), differs, "{:?}", project.standing);
        }
    }

    #[test]
    fn only_what_is_under_way_is_rated() {
        assert_eq!(rate(&sample::draft(), &sample::facts("2026-06-01")), None);
    }
}
