//! One thing that happens to a project (과제 처리 단계), done by the same rules as through the API.

use super::draw::Draw;
use crate::http::Problem;
use domain::{
    budget::{
        self, Entry, Ledger, LineKind, Movement, NewAppropriation, NewEntry, NewLine, Opened, ProjectFacts, Refers,
        Standing,
    },
    day::{Day, FiscalYear},
    money::Won,
    project::{
        AskedWaiver, ConditionState, Facts, GateAsk, GateDecision, Move, MoveKind, NewPart, NewPriority, Project,
        ProjectMoney, Rating, Reached, Stamp, Waiver, conditions,
    },
    text::Prose,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::str::FromStr;

/// What happens.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// The planner changes the record: a merge patch.
    Change(Value),
    /// The planner confirms having looked at similar projects.
    Compare,
    /// The planner states that no counsel is wanted.
    NoAdvice(&'static str),
    /// The draft is filed.
    File,
    /// A budget line is opened.
    Open(Line),
    /// Won are booked on the line opened as the nth.
    Book(usize, Movement, i64),
    /// The planner asks for the gate.
    Ask,
    /// A coordinator lets it pass.
    Pass,
    /// A coordinator returns the request.
    Return(&'static str),
    /// A coordinator puts the project before others.
    Prioritise(&'static str),
    /// A coordinator judges how it is doing.
    Judge(Rating, &'static str),
    /// A partner writes its part.
    Part(&'static str, &'static str),
    /// The planner takes it back to planning.
    GoBack(&'static str),
    /// Progress is checked.
    Check(Value),
    /// An action is closed.
    Close(u32, &'static str),
    /// Work rests.
    Hold(&'static str),
    /// It is given up.
    Cancel(&'static str),
}

/// A budget line to open.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Whose.
    pub body: &'static str,
    /// Of which year.
    pub year: i32,
    /// Kind and name of its account.
    pub account: (&'static str, &'static str),
    /// What for.
    pub title: String,
    /// Its original budget.
    pub won: i64,
}

/// Reads what the demonstration says as the domain takes it.
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(Problem::internal)
}

fn said<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(Problem::internal)
}

/// Why a gate is passed before everything is there.
const WAIVED: &str = "남은 조건은 추진하면서 갖출 수 있으므로 기한을 두고 먼저 통과시킨다";
/// For how long it may be missing.
const WAIVED_DAYS: u64 = 240;

/// The conditions of the present gate that are not met.
fn unmet(project: &Project, facts: &Facts) -> impl Iterator<Item = domain::project::ConditionCode> {
    let found = project.phase().phase().map(|phase| conditions(project, phase, facts)).unwrap_or_default();
    found.into_iter().filter(|condition| condition.state == ConditionState::NotMet).map(|condition| condition.code)
}

/// Decides the request that waits, if there is one.
fn decided(project: Project, decision: GateDecision, facts: &Facts, stamp: Stamp) -> Result<Project, Problem> {
    match project.pending_gate().map(|gate| gate.id) {
        Some(gate) => Ok(project.gate_decided(gate, decision, facts, stamp)?),
        None => Ok(project),
    }
}

/// Does what concerns the project's own record.
pub(super) fn done(
    project: Project,
    step: Step,
    facts: &Facts,
    stamp: Stamp,
    draw: &mut Draw,
) -> Result<Project, Problem> {
    let moved = |project: Project, kind, reason: Option<&str>| {
        let reason = reason.map(str::parse).transpose().map_err(Problem::internal)?;
        Ok::<_, Problem>(project.moved(&Move { kind, to: None::<Reached>, reason }, facts, stamp)?)
    };
    Ok(match step {
        Step::Change(change) => project.changed(read(change)?, stamp)?,
        Step::Compare => project.similar_confirmed(Vec::new(), stamp)?,
        Step::NoAdvice(reason) => project.advice_declined(said(reason)?, stamp)?,
        Step::File => moved(project, MoveKind::File, None)?,
        Step::Ask => {
            let reason: Prose<2000> = said(WAIVED)?;
            let asked = unmet(&project, facts).map(|code| AskedWaiver { code, reason: reason.clone() });
            let ask = GateAsk { note: None, ask_waivers: asked.collect() };
            project.gate_requested(draw.id(stamp.at), ask, facts, stamp)?
        }
        Step::Pass => {
            let (reason, until): (Prose<2000>, _) = (said(WAIVED)?, stamp.at.day().plus_days(WAIVED_DAYS));
            let waived = unmet(&project, facts).map(|code| Waiver { code, reason: reason.clone(), until });
            let waivers: Vec<_> = waived.collect();
            let decision = if waivers.is_empty() {
                GateDecision::Pass { note: None }
            } else {
                GateDecision::PassWithWaivers { waivers, note: None }
            };
            decided(project, decision, facts, stamp)?
        }
        Step::Return(reason) => decided(project, GateDecision::Return { reason: said(reason)? }, facts, stamp)?,
        Step::Prioritise(reason) => {
            let (decided_by, decided_on) = (said("과학기술관계장관회의(시연)")?, stamp.at.day());
            project.prioritised(Some(NewPriority { reason: said(reason)?, decided_by, decided_on }), stamp)?
        }
        Step::Judge(rating, reason) => project.judged(Some((rating, said(reason)?)), facts, stamp)?,
        Step::Part(body, text) => {
            let part = NewPart { text: said(text)?, contact: said("인공지능 담당 부서")? };
            project.part_written(&said(body)?, part, stamp)?
        }
        Step::GoBack(reason) => {
            let wanted = Move { kind: MoveKind::GoBack, to: Some(Reached::Planning), reason: Some(said(reason)?) };
            project.moved(&wanted, facts, stamp)?
        }
        Step::Check(check) => project.checked(draw.id(stamp.at), read(check)?, stamp)?,
        Step::Close(no, note) => project.action_closed(no, note.parse().map_err(Problem::internal)?, stamp)?,
        Step::Hold(reason) => moved(project, MoveKind::Hold, Some(reason))?,
        Step::Cancel(reason) => moved(project, MoveKind::Cancel, Some(reason))?,
        Step::Open(_) | Step::Book(..) => project,
    }
    .rerated(facts, stamp.at))
}

/// Opens a line of a project: in force with its original budget when its year has begun, else a draft.
pub(super) fn opened(
    line: &Line,
    project: ProjectFacts,
    today: Day,
    stamp: budget::Stamp,
    draw: &mut Draw,
) -> Result<Opened, Problem> {
    let year = FiscalYear::new(line.year).map_err(Problem::internal)?;
    let begins = Day::new(line.year, 1, 2).map_err(Problem::internal)?;
    let ripe = begins <= today && project.filed;
    let won = Won::new(line.won).map_err(Problem::internal)?;
    let appropriation =
        NewAppropriation { amount_krw: budget::Amount::new(won).map_err(Problem::internal)?, booked_on: begins };
    let new = NewLine {
        body: line.body.parse().map_err(Problem::internal)?,
        fiscal_year: year,
        account: read(json!({ "kind": line.account.0, "code": null, "name": line.account.1 }))?,
        hierarchy: read(
            json!({ "detailed_project": "1031-304", "detailed_project_name": "인공지능 전환 지원(시연)" }),
        )?,
        kind: LineKind::Grant,
        title: line.title.parse().map_err(Problem::internal)?,
        project: Some(project.id),
        share: None,
        envelope: None,
        standing: Some(if ripe { Standing::Active } else { Standing::Draft }),
        appropriation: ripe.then_some(appropriation),
    };
    let refers = Refers { project: Some(project), ..Refers::default() };
    Ok(budget::open(new, refers, draw.id(stamp.at), draw.id(stamp.at), stamp)?)
}

/// A movement to book on a line.
pub(super) fn entry(kind: Movement, won: i64, today: Day) -> Result<NewEntry, Problem> {
    let won = Won::new(won).map_err(Problem::internal)?;
    let commitment = matches!(kind, Movement::Commitment | Movement::Expenditure).then(|| said("시연-0001"));
    Ok(NewEntry {
        kind,
        amount_krw: budget::Amount::new(won).map_err(Problem::internal)?,
        booked_on: today,
        approval_no: None,
        commitment: commitment.transpose()?,
        carry_over: None,
        note: None,
    })
}

/// Books a movement on a line.
pub(super) fn booked(opened: Opened, new: &NewEntry, stamp: budget::Stamp, draw: &mut Draw) -> Result<Opened, Problem> {
    let Opened { line, mut entries, warnings } = opened;
    let recorded = budget::record(Ledger { line: &line, entries: &entries }, new, draw.id(stamp.at), stamp)?;
    entries.extend::<Vec<Entry>>(recorded.entries);
    let line = budget::BudgetLine { version: line.version + 1, ..recorded.line };
    Ok(Opened { line, entries, warnings })
}

/// What a project's lines come to.
pub(super) fn money(lines: &[Opened]) -> Result<ProjectMoney, Problem> {
    ProjectMoney::of(lines.iter().map(|opened| &opened.line)).map_err(Problem::internal)
}
