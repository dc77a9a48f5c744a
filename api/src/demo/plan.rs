//! What a project of the demonstration is to be (과제 구상), and the course of its life up to the day it is loaded.

use super::{
    draw::Draw,
    step::{Line, Step},
    words::{ACTIONS, ACTORS, AFTER, BEFORE, DESKS, Desk, FINDINGS, INDICATORS},
};
use domain::{budget::Movement, day::Day, project::ProjectId};
use serde_json::{Value, json};

/// Stands at the end of every summary: nothing here has happened.
pub(super) const FICTION: &str = "(시연용 가상 과제: 기관 이름 말고는 모두 지어낸 것입니다)";

/// How far a project comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aim {
    /// It stays a draft.
    Draft,
    /// It is filed and being planned.
    Planning,
    /// It is being carried out.
    Execution,
    /// It is spreading.
    Diffusion,
    /// It is done.
    Completed,
}

/// What is particular about its course (곡절).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing.
    Straight,
    /// It rests.
    Held,
    /// It is given up.
    Cancelled,
    /// It is taken back to planning.
    Back,
    /// Its first gate is passed before its strategy is done, with a waiver.
    Waived,
    /// Its first request for a gate is returned.
    Returned,
    /// It is put before others.
    Prioritised,
    /// It is judged to be in danger of lateness.
    Slow,
    /// It is judged to be in danger.
    AtRisk,
}

/// A project to be.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Who leads it.
    pub body: &'static str,
    /// Who takes part, each with its share in per cent.
    pub partners: Vec<(&'static str, u64)>,
    /// Its Korean title.
    pub title: String,
    /// What it is about, without the mark of fiction.
    pub summary: String,
    /// Its fields.
    pub fields: Vec<&'static str>,
    /// Its regions.
    pub regions: Vec<&'static str>,
    /// Its programme.
    pub programme: Option<&'static str>,
    /// What it does for whom.
    pub task: &'static str,
    /// The day on which it is entered.
    pub entered: Day,
    /// The year in which it begins.
    pub year: i32,
    /// How far it comes.
    pub aim: Aim,
    /// What is particular about its course.
    pub turn: Turn,
    /// Its budget of the first year, in million won.
    pub millions: i64,
    /// What else happens to it once it is filed.
    pub also: Vec<Step>,
    /// The project that it follows (선행 과제).
    pub after: Option<ProjectId>,
}

/// The last day of the demonstration: nothing in it happens later.
pub(super) fn last_day() -> Day {
    day(2026, 11, 13)
}

/// A day of the calendar.
pub(super) fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).unwrap_or_else(|_| unreachable!("a day of the calendar"))
}

/// Bodies that came with the reorganisations of October 2025 and January 2026: nothing is entered under them before.
const FROM_2026: [&str; 7] = ["mofe", "mpb", "motir", "mcee", "mogef", "mods", "moip"];

/// A project of a large demonstration, entered in that year.
pub(super) fn drawn(draw: &mut Draw, entered: i32) -> Plan {
    let place = draw.share(&[
        16, 14, 7, 4, 3, 3, 1, 4, 4, 3, 4, 4, 7, 7, 5, 4, 2, 6, 4, 4, 2, 2, 4, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 3,
    ]);
    let desk: &Desk =
        DESKS.get(place).filter(|desk| entered >= 2026 || !FROM_2026.contains(&desk.body)).unwrap_or(&DESKS[0]);
    let year = entered + i32::from(draw.share(&[45, 55]) == 1);
    let (aim, turn) = fate(draw, year);
    let task = draw.word(desk.tasks);
    let partners = match draw.share(&[70, 22, 8]) {
        0 => Vec::new(),
        1 => vec![(draw.word(desk.partners), draw.between(2, 9) * 5)],
        _ => desk.partners.iter().take(2).map(|body| (*body, 20)).collect(),
    };
    let spread = 1 + draw.place(desk.fields.len());
    let nationwide = draw.share(&[35, 65]) == 0;
    let regions = if nationwide { Vec::new() } else { vec![draw.word(desk.regions)] };
    let start = if year > entered { (8, 4) } else { (1, 5) };
    let entered = day(entered, start.0, 3).plus_days(draw.between(0, 30 * start.1));
    Plan {
        body: desk.body,
        partners,
        title: format!("{} {task} {}", draw.word(BEFORE), draw.word(AFTER)),
        summary: format!("{task} 업무에 인공지능을 적용하여 처리 시간을 줄이고 판단의 근거를 함께 제시한다."),
        fields: desk.fields.iter().take(spread).copied().collect(),
        regions,
        programme: (draw.share(&[80, 20]) == 0).then(|| draw.word(desk.programmes)),
        task,
        entered,
        year,
        aim,
        turn,
        millions: i64::try_from(draw.between(2, 60)).unwrap_or(2) * 50,
        also: Vec::new(),
        after: None,
    }
}

/// How far a project of that year has come by the last day.
fn fate(draw: &mut Draw, year: i32) -> (Aim, Turn) {
    let parts: [u64; 5] = match year {
        ..=2024 => [1, 3, 14, 26, 56],
        2025 => [2, 8, 46, 28, 16],
        2026 => [8, 37, 50, 5, 0],
        _ => [40, 60, 0, 0, 0],
    };
    let aim = [Aim::Draft, Aim::Planning, Aim::Execution, Aim::Diffusion, Aim::Completed];
    let aim = aim.get(draw.share(&parts)).copied().unwrap_or(Aim::Planning);
    let turns = [Turn::Straight, Turn::Held, Turn::Cancelled];
    let turn = turns.get(draw.share(&[90, 5, 5])).copied().unwrap_or(Turn::Straight);
    let turn = if matches!(aim, Aim::Draft | Aim::Completed) { Turn::Straight } else { turn };
    (aim, turn)
}

impl Plan {
    /// What is sent to enter it.
    pub fn new_project(&self, draw: &mut Draw) -> Value {
        let taken: u64 = self.partners.iter().map(|(_, share)| share).sum();
        let partners = self.partners.iter().map(|(body, share)| json!({ "body": body, "share": share.to_string() }));
        let (year, next) = (self.year, self.year + 1);
        let network = draw.word(&["internal", "external", "both"]);
        let handling = if draw.share(&[60, 40]) == 0 {
            json!({ "handling": "none" })
        } else {
            json!({ "handling": "processed", "pia": draw.word(&["planned", "in_progress", "done"]) })
        };
        json!({
            "lead_body": self.body,
            "title": { "ko": self.title },
            "summary": format!("{} {FICTION}", self.summary),
            "lead_share": 100_u64.saturating_sub(taken).to_string(),
            "partners": partners.collect::<Vec<_>>(),
            "fields": self.fields,
            "regions": self.regions,
            "programme": self.programme,
            "links": self.after.iter().map(|id| json!({ "kind": "predecessor", "project": id })).collect::<Vec<_>>(),
            "network": network,
            "personal_data": handling,
            "planned": { "start": format!("{year}-{:02}", draw.between(1, 7)), "end": format!("{next}-H{}", draw.between(1, 3)) },
            "phase_plans": {
                "planning": { "start": format!("{year}-01"), "end": format!("{year}-{:02}", draw.between(4, 8)) },
                "execution": { "start": format!("{year}-{:02}", draw.between(4, 8)), "end": format!("{next}-{:02}", draw.between(3, 8)) },
                "diffusion": { "start": format!("{next}-H1"), "end": format!("{next}-H2") },
            },
        })
    }

    /// Everything that happens to it after it was entered, in order and never after the last day.
    pub fn course(&self, draw: &mut Draw) -> Vec<(Day, Step)> {
        let last = last_day();
        let mut today = self.entered.plus_days(draw.between(2, 12));
        let mut steps = vec![(today, self.written(draw)), (today, Step::Compare)];
        if self.aim > Aim::Draft {
            today = today.plus_days(draw.between(5, 25));
            steps.push((today, Step::File));
        }
        steps.extend(self.also.iter().map(|step| (today, step.clone())));
        let opened = today.max(day(self.year, 1, 5)).min(last);
        steps.extend(self.lines(opened));
        if self.aim > Aim::Planning && self.year <= 2026 {
            today = opened.max(today).plus_days(draw.between(15, 75)).min(last);
            steps.push((today, Step::NoAdvice("기획 단계에서는 소관 부서의 검토로 충분하다 (시연용)")));
            steps.push((today, Step::Ask));
            steps.push((today.plus_days(3).min(last), Step::Pass));
            today = self.carried_out(draw, today.plus_days(3).min(last), &mut steps);
        }
        let today = today.max(opened).plus_days(5).min(last);
        let stop = match self.turn {
            Turn::Held => Some(Step::Hold("예산 조정에 따라 추진 시기를 다시 정한다")),
            Turn::Cancelled => Some(Step::Cancel("유사 과제와 통합하기로 하여 중단한다")),
            Turn::Back => Some(Step::GoBack("점검에서 학습자료의 대표성이 부족하다고 지적되어 계획을 다시 세운다")),
            _ => None,
        };
        steps.extend(stop.map(|stop| (today, stop)));
        steps
    }

    /// Commits, spends, is checked, and passes the gates that its aim lies behind.
    fn carried_out(&self, draw: &mut Draw, began: Day, steps: &mut Vec<(Day, Step)>) -> Day {
        let last = last_day();
        let books_close = day(self.year, 12, 20).min(last);
        let mut today = began.plus_days(draw.between(10, 40)).min(last);
        let (commit, spend) = (draw.between(60, 96), draw.between(20, 90));
        let committed = today.min(books_close);
        let commitment = self.part(commit);
        steps.push((committed, Step::Book(0, Movement::Commitment, commitment)));
        steps.push((
            committed.plus_days(20).min(books_close),
            Step::Book(0, Movement::Expenditure, commitment * i64::try_from(spend).unwrap_or(1) / 100),
        ));
        today = today.plus_days(draw.between(25, 70)).min(last);
        let late = draw.share(&[55, 30, 15]);
        let finding = FINDINGS.get(late.min(FINDINGS.len() - 1)).copied().unwrap_or_default();
        let actual = ["58", "47", "35"].get(late).copied();
        let check = json!({
            "kind": "progress_check", "checked_on": today, "planned": "60", "actual": actual,
            "findings": finding,
            "actions": [{ "text": draw.word(ACTIONS), "due": today.plus_days(draw.between(20, 60)) }],
        });
        steps.push((today, Step::Check(check)));
        if self.aim < Aim::Diffusion {
            return today;
        }
        today = today.plus_days(draw.between(20, 60)).min(last);
        steps.push((today, Step::Close(1, "조치를 마쳤다")));
        steps.push((today, self.measured(today)));
        steps.push((today, Step::Ask));
        steps.push((today.plus_days(5).min(last), Step::Pass));
        today = today.plus_days(5).min(last);
        if self.aim < Aim::Completed {
            return today;
        }
        today = today.plus_days(draw.between(40, 120)).min(last);
        steps.push((today, self.finished(today)));
        steps.push((today, Step::Ask));
        steps.push((today.plus_days(4).min(last), Step::Pass));
        today.plus_days(4).min(last)
    }

    /// A part of the first year's budget in won, in per cent.
    fn part(&self, percent: u64) -> i64 {
        self.millions * 10_000 * i64::try_from(percent).unwrap_or(1)
    }

    fn indicator(&self) -> (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str) {
        let place = self.title.len() % INDICATORS.len();
        INDICATORS.get(place).copied().unwrap_or(INDICATORS[0])
    }

    /// What a planner writes before the first gate.
    fn written(&self, draw: &mut Draw) -> Step {
        let (indicator, unit, baseline, target, direction, _) = self.indicator();
        let done = format!("{}-{:02}", self.entered.year() - 1, draw.between(6, 13));
        let strategy = match draw.share(&[50, 50]) {
            _ if self.turn == Turn::Waived => Value::Null,
            0 => json!({ "state": "done", "plan": "isp", "finished_on": done }),
            _ => json!({ "state": "exempt", "reason": "총사업비가 기준 금액보다 적다" }),
        };
        Step::Change(json!({
            "strategy": strategy,
            "use_cases": [{
                "actor": draw.word(ACTORS),
                "task_before": format!("{} 업무를 여러 자료를 찾아 가며 처리한다.", self.task),
                "task_after": format!("AI가 {}에 필요한 사례와 규정을 모아 초안을 제안한다.", self.task),
                "human_decision": "최종 판단과 결재",
            }],
            "benefits": [{ "indicator": indicator, "unit": unit, "baseline": baseline, "target": target, "direction": direction }],
            "milestones": [
                { "name": "설계 완료", "phase": "execution", "due": format!("{}-09", self.year) },
                { "name": "시범 적용", "phase": "execution", "due": format!("{}-H1", self.year + 1) },
                { "name": "성과 공유", "phase": "diffusion", "due": format!("{}-H2", self.year + 1) },
            ],
        }))
    }

    /// What a planner writes before the second gate.
    fn measured(&self, today: Day) -> Step {
        let (indicator, unit, baseline, target, direction, actual) = self.indicator();
        Step::Change(json!({
            "benefits": [{ "indicator": indicator, "unit": unit, "baseline": baseline, "target": target, "direction": direction,
                "actual": actual, "measured_on": today }],
            "milestones": [
                { "name": "설계 완료", "phase": "execution", "due": format!("{}-09", self.year), "done_on": today },
                { "name": "시범 적용", "phase": "execution", "due": format!("{}-H1", self.year + 1), "done_on": today },
                { "name": "성과 공유", "phase": "diffusion", "due": format!("{}-H2", self.year + 1) },
            ],
            "pilot": { "user_group": "본부와 소속기관의 담당 공무원 120명", "criteria": "정확도, 처리 시간, 이용자 만족도",
                "evidence": "시범 운용에서 처리 시간이 줄고 이용자의 평가가 좋았다.", "verdict": "go", "decided_on": today },
        }))
    }

    /// What a planner writes before the last gate.
    fn finished(&self, today: Day) -> Step {
        let done = |name: &str, phase: &str, due: String| json!({ "name": name, "phase": phase, "due": due, "done_on": today });
        Step::Change(json!({
            "actual": { "start": format!("{}-02", self.year), "end": today },
            "milestones": [
                done("설계 완료", "execution", format!("{}-09", self.year)),
                done("시범 적용", "execution", format!("{}-H1", self.year + 1)),
                done("성과 공유", "diffusion", format!("{}-H2", self.year + 1)),
            ],
        }))
    }

    /// Four budget lines: two years, of the lead and of the first partner (alone: of a second account).
    fn lines(&self, opened: Day) -> Vec<(Day, Step)> {
        let other = self.partners.first().map_or(self.body, |(body, _)| *body);
        let line = |body: &'static str, year: i32, account: (&'static str, &'static str), millions: i64| Line {
            body,
            year,
            account,
            title: format!("{} ({year})", self.task),
            won: millions * 1_000_000,
        };
        let general = ("general", "일반회계");
        let second = if other == self.body { ("fund", "정보통신진흥기금") } else { general };
        let half = (self.millions / 2).max(1);
        let all = [
            line(self.body, self.year, general, self.millions),
            line(self.body, self.year + 1, general, half),
            line(other, self.year, second, half),
            line(other, self.year + 1, second, (half / 2).max(1)),
        ];
        all.into_iter().map(|line| (opened, Step::Open(line))).collect()
    }
}
