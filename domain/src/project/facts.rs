//! What a rule must be told (판단 근거): today, the money, the counsel, and whether the lead body still exists.

use crate::{
    consultation::AdviceFacts,
    day::{Day, FiscalYear},
    money::Won,
    problem::Fault,
};

/// A project's money, summed over its budget lines by whoever asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BudgetFacts {
    /// Number of budget lines.
    pub lines: u32,
    /// Current budget (예산현액).
    pub current: Won,
    /// Committed (지출원인행위).
    pub committed: Won,
    /// Expended (지출).
    pub expended: Won,
    /// Fiscal years that have a line.
    pub years: Vec<FiscalYear>,
}

/// Everything outside the record that its rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Today in Korea.
    pub today: Day,
    /// The project's money.
    pub budget: BudgetFacts,
    /// What the advisory group was asked and has advised.
    pub advice: AdviceFacts,
    /// Whether the lead body takes something new today: [`crate::body::Body::takes_new`] at `/lead_body`.
    pub lead: Result<(), Fault>,
}

impl Facts {
    /// On this day, without any money or counsel, under a body that exists.
    pub fn on(today: Day) -> Self {
        Self { today, budget: BudgetFacts::default(), advice: AdviceFacts::default(), lead: Ok(()) }
    }
}
