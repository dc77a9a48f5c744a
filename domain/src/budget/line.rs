//! Budget lines (예산 내역): what the Assembly or a council voted for one purpose of one body in one year.

use super::{
    Amount, BODY_NOT_IN_PROJECT, BUDGET_LINE_CLOSED, BUDGET_LINE_NOT_DRAFT, BUDGET_LINE_STANDING, Balances, Entry,
    EntryId, Envelope, EnvelopeKey, Ledger, Movement, NewEntry, OPEN_COMMITMENTS, Stamp,
    ledger::{judge, refuse},
};
use crate::{
    access::BodyKey,
    body::{self, Body},
    code_list,
    day::{Day, FiscalYear, Instant},
    id::Id,
    money::{TooMuch, Won},
    problem::{Fault, NOT_KNOWN, OUT_OF_RANGE, REQUIRED, Refusal, Words},
    project::Project,
    rate::Share,
    text::Line,
};
use serde::{Deserialize, Serialize};

/// A budget line's id.
pub type LineId = Id<BudgetLine>;
/// A project's id.
pub type ProjectId = Id<Project>;

code_list! {
    /// In which form the money is kept (회계 구분).
    #[schema(as = BudgetAccountKind)]
    pub enum AccountKind {
        /// The general account.
        General = "general" / "일반회계",
        /// A special account.
        Special = "special" / "특별회계",
        /// A fund.
        Fund = "fund" / "기금",
    }
}

code_list! {
    /// In which form the support is given.
    #[schema(as = BudgetLineKind)]
    pub enum LineKind {
        /// Money given: subsidies and government contributions.
        Grant = "grant" / "보조·출연",
        /// Money lent.
        Loan = "loan" / "융자",
        /// Something of value given instead of money, such as GPU hours. Never added to cash.
        InKind = "in_kind" / "현물",
    }
}

code_list! {
    /// How firm a line is.
    #[schema(as = BudgetLineStanding)]
    pub enum Standing {
        /// Being prepared: limits warn.
        Draft = "draft" / "작성 중",
        /// In force: limits stop.
        Active = "active" / "확정",
        /// The year's books are completed: nothing more is recorded.
        Closed = "closed" / "마감",
    }
}

/// The account from which a line is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetAccount)]
pub struct Account {
    /// General, special or fund.
    pub kind: AccountKind,
    /// Its code, as text.
    pub code: Option<Line<20>>,
    /// Its name, such as 정보통신진흥기금.
    pub name: Line<100>,
}

/// Where a line stands in the programme budget (프로그램 예산체계). Codes are text as printed in the budget papers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = BudgetHierarchy)]
pub struct Hierarchy {
    /// 분야
    pub field: Option<Line<20>>,
    /// 부문
    pub sector: Option<Line<20>>,
    /// 프로그램 (local budgets: 정책사업)
    pub budget_program: Option<Line<20>>,
    /// 단위사업
    pub unit_project: Option<Line<20>>,
    /// 세부사업, the level at which AX budgets are named and compared
    pub detailed_project: Option<Line<20>>,
    /// The detailed project's name.
    pub detailed_project_name: Option<Line<200>>,
    /// 내역사업
    pub sub_project: Option<Line<20>>,
    /// 목 (local budgets: 편성목)
    pub object: Option<Line<20>>,
    /// 세목 (local budgets: 통계목)
    pub sub_object: Option<Line<20>>,
}

/// What a line needs to know of the project it pays for, so that the policy can be asked about the line alone.
/// Kept up to date when the project changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetLineProject)]
pub struct ProjectFacts {
    /// The project.
    pub id: ProjectId,
    /// The lead body first, then the partners.
    #[schema(max_items = 100)]
    pub bodies: Vec<BodyKey>,
    /// Whether it has been filed, so that it is visible beyond its bodies.
    pub filed: bool,
}

/// A budget line. Its entries are kept apart; the balances are what they add up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetLine {
    /// Its id.
    pub id: LineId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The body whose budget it is (소관).
    pub body: BodyKey,
    /// The year for which it was voted.
    pub fiscal_year: FiscalYear,
    /// The account from which it is paid.
    pub account: Account,
    /// Its place in the programme budget.
    pub hierarchy: Hierarchy,
    /// In which form the support is given.
    pub kind: LineKind,
    /// What it is for.
    pub title: Line<200>,
    /// The project it pays for, if any.
    pub project: Option<ProjectFacts>,
    /// The part of the line that counts to the project, rounded down; the remainder stays with the body.
    pub share: Share,
    /// The envelope that contains it.
    pub envelope: Option<EnvelopeKey>,
    /// How firm it is.
    pub standing: Standing,
    /// What its entries add up to.
    pub balances: Balances,
    /// When it was taken out of use.
    pub removed_at: Option<Instant>,
}

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
    fn faults(&self, body: &BodyKey, year: FiscalYear, found: &Refers<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        match (self.project, &found.project) {
            (Some(id), Some(project)) if project.id == id => {
                if !project.bodies.contains(body) {
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

impl LineKind {
    /// Whether money flows, so that it may be added to other money.
    pub const fn is_cash(self) -> bool {
        !matches!(self, Self::InKind)
    }
}

impl Standing {
    /// The guarded table of moves.
    pub const fn may_become(self, to: Self) -> bool {
        matches!((self, to), (Self::Draft | Self::Closed, Self::Active) | (Self::Active, Self::Closed))
    }
}

impl BudgetLine {
    /// Whether anything may still be recorded on it.
    pub const fn takes_entries(&self) -> bool {
        !matches!(self.standing, Standing::Closed) && self.removed_at.is_none()
    }
    /// Whether it counts in sums of money: drafts and what was taken out of use do not.
    pub const fn counts(&self) -> bool {
        !matches!(self.standing, Standing::Draft) && self.removed_at.is_none()
    }
    /// The part of an amount of this line that counts to its project; none without a project.
    pub fn project_part(&self, amount: Won) -> Result<Option<Won>, TooMuch> {
        self.project.as_ref().map(|_| self.share.of(amount)).transpose()
    }
    /// What can be said anew, as it stands: the ground of a merge patch.
    pub fn details(&self) -> LineDetails {
        LineDetails {
            account: self.account.clone(),
            hierarchy: self.hierarchy.clone(),
            kind: self.kind,
            title: self.title.clone(),
            project: self.project.as_ref().map(|p| p.id),
            share: Some(self.share),
            envelope: self.envelope.clone(),
        }
    }
    /// Says it anew.
    pub fn change(self, to: LineDetails, found: Refers<'_>) -> Result<Self, Refusal> {
        if !self.takes_entries() {
            return Err(Refusal::new(&BUDGET_LINE_CLOSED));
        }
        let fixed = self.standing != Standing::Draft;
        let mut faults: Vec<Fault> = [
            (self.account != to.account, "/account"),
            (self.hierarchy != to.hierarchy, "/hierarchy"),
            (self.kind != to.kind, "/kind"),
        ]
        .into_iter()
        .filter(|(differs, _)| fixed && *differs)
        .map(|(_, at)| Fault::new(at, &BUDGET_LINE_NOT_DRAFT))
        .collect();
        faults.extend(to.faults(&self.body, self.fiscal_year, &found));
        refuse(faults)?;
        let LineDetails { account, hierarchy, kind, title, share, envelope, project } = to;
        let share = share.filter(|_| project.is_some()).unwrap_or(Share::WHOLE);
        let project = project.and(found.project);
        Ok(Self { account, hierarchy, kind, title, project, share, envelope, ..self })
    }
    /// Moves it to another standing: active only when its whole history keeps every limit, closed only when nothing
    /// committed is left to be spent.
    pub fn become_standing(self, to: Standing, entries: &[Entry], today: Day) -> Result<Self, Refusal> {
        if !self.standing.may_become(to) || self.removed_at.is_some() {
            return Err(Refusal::new(&BUDGET_LINE_STANDING));
        }
        if to == Standing::Closed && self.balances.outstanding_krw != Won::ZERO {
            return Err(Refusal::new(&OPEN_COMMITMENTS));
        }
        refuse(Ledger { line: &self, entries }.reasons_against_activation(today)?)?;
        Ok(Self { standing: to, ..self })
    }
    /// Takes a draft out of use. It is kept, and nothing more is recorded on it.
    pub fn remove(self, at: Instant) -> Result<Self, Refusal> {
        if self.standing == Standing::Draft && self.removed_at.is_none() {
            Ok(Self { removed_at: Some(at), ..self })
        } else {
            Err(Refusal::new(&BUDGET_LINE_NOT_DRAFT))
        }
    }
}
