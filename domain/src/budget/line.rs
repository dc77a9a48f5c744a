//! Budget lines (예산 내역): what the Assembly or a council voted for one purpose of one body in one year.

use super::{
    BUDGET_LINE_CLOSED, BUDGET_LINE_NOT_DRAFT, BUDGET_LINE_STANDING, Balances, Entry, EnvelopeKey, Ledger, LineDetails,
    OPEN_COMMITMENTS, Payer, Refers, ledger::refuse,
};
use crate::{
    access::BodyKey,
    code_list,
    day::{Day, FiscalYear, Instant},
    id::Id,
    money::{TooMuch, Won},
    problem::{Fault, Refusal},
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
    /// Says it anew. A line that supports a project of others goes on doing so while it names the same project.
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
        let supports = |p: &ProjectFacts| Some(p.id) == to.project && !p.bodies.contains(&self.body);
        let payer = if self.project.as_ref().is_some_and(supports) { Payer::Supports } else { found.payer };
        let found = Refers { payer, ..found };
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
