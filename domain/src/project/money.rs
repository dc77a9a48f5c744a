//! A project's money (과제 예산): its budget lines and its part in them, as its page and its gates need it.

use super::BudgetFacts;
use crate::{
    access::BodyKey,
    budget::{BudgetLine, LineId, LineKind, Standing},
    day::FiscalYear,
    money::{TooMuch, Won},
    rate::{Share, percent_of},
    text::Line,
};
use serde::{Deserialize, Serialize};

/// One budget line of a project. Amounts are the project's part of the line: its share, rounded down to the won.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectLine {
    /// The line.
    pub id: LineId,
    /// Whose line it is.
    pub body: BodyKey,
    /// Of which year.
    pub fiscal_year: FiscalYear,
    /// What it is called.
    pub title: Line<200>,
    /// Grant, loan or in kind.
    pub kind: LineKind,
    /// Whether it is in force.
    pub standing: Standing,
    /// The part of the line that counts to the project.
    pub share: Share,
    /// Original budget (본예산).
    pub original_krw: Won,
    /// Current budget (예산현액).
    pub current_budget_krw: Won,
    /// Commitments (지출원인행위).
    pub committed_krw: Won,
    /// Expenditure (지출).
    pub expended_krw: Won,
}

/// Sums over the lines in force. In-kind support has a value but is no cash and is kept out of the other sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectSums {
    /// Original budget, grants and loans.
    pub original_krw: Won,
    /// Current budget, grants and loans.
    pub current_budget_krw: Won,
    /// Of which loans.
    pub loan_krw: Won,
    /// Commitments.
    pub committed_krw: Won,
    /// Expenditure.
    pub expended_krw: Won,
    /// Value of in-kind support.
    pub in_kind_krw: Won,
}

/// A project's lines with their sums.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectMoney {
    /// Its lines, oldest year first. Drafts are left out.
    #[schema(max_items = 1000)]
    pub lines: Vec<ProjectLine>,
    /// Sums over them.
    pub sums: ProjectSums,
}

impl ProjectMoney {
    /// The money of a project out of its lines. Draft and removed lines do not count.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a BudgetLine>) -> Result<Self, TooMuch> {
        let mut money = Self::default();
        for line in lines.into_iter().filter(|line| line.counts()) {
            let part = |amount: Won| line.project_part(amount).map(Option::unwrap_or_default);
            let shown = ProjectLine {
                id: line.id,
                body: line.body.clone(),
                fiscal_year: line.fiscal_year,
                title: line.title.clone(),
                kind: line.kind,
                standing: line.standing,
                share: line.share,
                original_krw: part(line.balances.original_krw)?,
                current_budget_krw: part(line.balances.current_budget_krw)?,
                committed_krw: part(line.balances.committed_krw)?,
                expended_krw: part(line.balances.expended_krw)?,
            };
            money.sums.add(&shown)?;
            money.lines.push(shown);
        }
        money.lines.sort_by_key(|line| (line.fiscal_year, line.id));
        Ok(money)
    }
    /// What the gates need of it.
    pub fn facts(&self) -> BudgetFacts {
        let mut years: Vec<FiscalYear> = self.lines.iter().map(|line| line.fiscal_year).collect();
        years.dedup();
        BudgetFacts {
            lines: u32::try_from(self.lines.len()).unwrap_or(u32::MAX),
            current: self.sums.current_budget_krw,
            committed: self.sums.committed_krw,
            expended: self.sums.expended_krw,
            years,
        }
    }
}

impl ProjectSums {
    /// Both together, as for a chain of projects. Each line pays for one project only, so nothing counts twice.
    pub fn plus(self, other: Self) -> Result<Self, TooMuch> {
        Ok(Self {
            original_krw: self.original_krw.plus(other.original_krw)?,
            current_budget_krw: self.current_budget_krw.plus(other.current_budget_krw)?,
            loan_krw: self.loan_krw.plus(other.loan_krw)?,
            committed_krw: self.committed_krw.plus(other.committed_krw)?,
            expended_krw: self.expended_krw.plus(other.expended_krw)?,
            in_kind_krw: self.in_kind_krw.plus(other.in_kind_krw)?,
        })
    }
    fn add(&mut self, line: &ProjectLine) -> Result<(), TooMuch> {
        if line.kind == LineKind::InKind {
            self.in_kind_krw = self.in_kind_krw.plus(line.current_budget_krw)?;
            return Ok(());
        }
        self.original_krw = self.original_krw.plus(line.original_krw)?;
        self.current_budget_krw = self.current_budget_krw.plus(line.current_budget_krw)?;
        self.committed_krw = self.committed_krw.plus(line.committed_krw)?;
        self.expended_krw = self.expended_krw.plus(line.expended_krw)?;
        if line.kind == LineKind::Loan {
            self.loan_krw = self.loan_krw.plus(line.current_budget_krw)?;
        }
        Ok(())
    }
    /// Expenditure in per cent of the current budget (집행률); `None` without a budget.
    pub fn execution_rate(&self) -> Option<String> {
        percent_of(self.expended_krw, self.current_budget_krw)
    }
}
