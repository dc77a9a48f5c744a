//! Opening a budget line (예산 내역 편성): what is said of it, and what that refers to.

use super::{
    Account, Amount, BODY_NOT_IN_PROJECT, BUDGET_LINE_STANDING, Balances, BudgetLine, Entry, EntryId, Envelope,
    EnvelopeKey, Hierarchy, Ledger, LineId, LineKind, Movement, NewEntry, ProjectFacts, ProjectId, Stamp, Standing,
    ledger::judge,
};
use crate::{
    access::BodyKey,
    body::{self, Body},
    day::{Day, FiscalYear},
    problem::{Fault, NOT_KNOWN, OUT_OF_RANGE, REQUIRED, Refusal, Words},
    rate::Share,
    text::Line,
};
use serde::{Deserialize, Serialize};

/// What can be said anew of a line. Account, hierarchy and kind only while it is a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetLineDetails)]
pub struct LineDetails {
    /// The account from which it is paid.
    pub account: Account,
    /// Its place in the programme budget.
    #[serde(default)]
    pub hierarchy: Hierarchy,
    /// In which form the support is given.
    pub kind: LineKind,
    /// What it is for.
    pub title: Line<200>,
    /// The project it pays for.
    pub project: Option<ProjectId>,
    /// The part that counts to the project; the whole when not given.
    pub share: Option<Share>,
    /// The envelope that contains it.
    pub envelope: Option<EnvelopeKey>,
}

/// A line to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBudgetLine, example = json!({
    "body": "msit", "fiscal_year": 2026, "account": { "kind": "general", "name": "일반회계" },
    "hierarchy": { "detailed_project": "1131-301", "detailed_project_name": "AX 원스톱 지원" },
    "kind": "grant", "title": "AI 민원 안내 서비스 구축", "envelope": "ax-2026", "standing": "active",
    "appropriation": { "amount_krw": 1_500_000_000, "booked_on": "2026-01-01" }
}))]
pub struct NewLine {
    /// The body whose budget it is.
    pub body: BodyKey,
    /// The year for which it was voted.
    pub fiscal_year: FiscalYear,
    /// The account from which it is paid.
    pub account: Account,
    /// Its place in the programme budget.
    #[serde(default)]
    pub hierarchy: Hierarchy,
    /// In which form the support is given.
    pub kind: LineKind,
    /// What it is for.
    pub title: Line<200>,
    /// The project it pays for.
    pub project: Option<ProjectId>,
    /// The part that counts to the project; the whole when not given.
    pub share: Option<Share>,
    /// The envelope that contains it.
    pub envelope: Option<EnvelopeKey>,
    /// Draft when not given; never closed.
    pub standing: Option<Standing>,
    /// Its original budget, recorded at once.
    pub appropriation: Option<NewAppropriation>,
}

/// The original budget of a line that is being opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAppropriation {
    /// How much, in won.
    pub amount_krw: Amount,
    /// The day on which it counts.
    pub booked_on: Day,
}

/// What a line's references were found to be. The finder leaves out what does not exist or may not be seen.
#[derive(Debug, Clone, Default)]
pub struct Refers<'a> {
    /// The line's body, when it is asked whether it takes a new line.
    pub body: Option<&'a Body>,
    /// The project named.
    pub project: Option<ProjectFacts>,
    /// The envelope named.
    pub envelope: Option<&'a Envelope>,
    /// Whether the line's body must take part in the project.
    pub payer: Payer,
}

/// How the body of a line stands to the project that it pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Payer {
    /// It leads the project or takes part.
    #[default]
    TakesPart,
    /// It supports a project of others, as agreed (교부).
    Supports,
}

/// A line that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The line.
    pub line: BudgetLine,
    /// Its appropriation, if given.
    pub entries: Vec<Entry>,
    /// What should be looked at.
    pub warnings: Vec<Fault>,
}

/// Opens a line, with its original budget if given.
pub fn open(new: NewLine, refers: Refers<'_>, id: LineId, entry: EntryId, stamp: Stamp) -> Result<Opened, Refusal> {
    let NewLine { body, fiscal_year, account, hierarchy, kind, title, project, share, envelope, .. } = new;
    let details = LineDetails { account, hierarchy, kind, title, project, share, envelope };
    let mut faults = details.faults(&body, fiscal_year, &refers);
    faults.extend(refers.body.and_then(|body| takes_line(body, fiscal_year).err()));
    if new.standing == Some(Standing::Closed) {
        faults.push(Fault::new("/standing", &BUDGET_LINE_STANDING));
    }
    let LineDetails { account, hierarchy, kind, title, share, envelope, .. } = details;
    let line = BudgetLine {
        id,
        version: 1,
        body,
        fiscal_year,
        account,
        hierarchy,
        kind,
        title,
        project: refers.project,
        share: share.unwrap_or(Share::WHOLE),
        envelope,
        standing: Standing::Draft,
        balances: Balances::default(),
        removed_at: None,
    };
    let line = BudgetLine { standing: new.standing.unwrap_or(Standing::Draft), ..line };
    let first = new.appropriation.map(|given| NewEntry {
        kind: Movement::Appropriation,
        amount_krw: given.amount_krw,
        booked_on: given.booked_on,
        approval_no: None,
        commitment: None,
        carry_over: None,
        note: None,
    });
    let entries = first.into_iter().map(|first| first.entry(&line, 1, entry, stamp)).collect();
    let mut judged = judge(Ledger { line: &line, entries: &[] }, entries, faults);
    for fault in &mut judged.reasons {
        if matches!(fault.pointer.as_str(), "/amount_krw" | "/booked_on") {
            fault.pointer.insert_str(0, "/appropriation");
        }
    }
    let recorded = judged.recorded()?;
    Ok(Opened { line: recorded.line, entries: recorded.entries, warnings: recorded.warnings })
}

/// A body takes lines of the years in which it is in force at least for a day.
fn takes_line(body: &Body, year: FiscalYear) -> Result<(), Fault> {
    let (Ok(first), Ok(last)) = (Day::new(year.get(), 1, 1), Day::new(year.get(), 12, 31)) else { return Ok(()) };
    let day = if body.standing(first) == body::Standing::NotYet { last } else { first };
    body.takes_new(day, "/body")
}

impl LineDetails {
    pub(super) fn faults(&self, body: &BodyKey, year: FiscalYear, found: &Refers<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        match (self.project, &found.project) {
            (Some(id), Some(project)) if project.id == id => {
                if found.payer == Payer::TakesPart && !project.bodies.contains(body) {
                    faults.push(Fault::new("/project", &BODY_NOT_IN_PROJECT));
                }
            }
            (Some(_), _) => faults.push(Fault::new("/project", &NOT_KNOWN)),
            (None, _) => {}
        }
        if self.project.is_none() && self.share.is_some_and(|share| share != Share::WHOLE) {
            faults.push(Fault::new("/project", &REQUIRED));
        }
        match (&self.envelope, found.envelope) {
            (None, _) => {}
            (Some(key), Some(envelope)) if *key == envelope.key => {
                if envelope.fiscal_year != year {
                    let words = Words::fixed("재원의 회계연도가 다릅니다", "The envelope is of another fiscal year");
                    faults.push(Fault::told("/envelope", &OUT_OF_RANGE, words));
                }
            }
            (Some(_), _) => faults.push(Fault::new("/envelope", &NOT_KNOWN)),
        }
        faults
    }
}
