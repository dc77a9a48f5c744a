//! Who stands how to budget lines and envelopes (예산 내역과 재원의 권한 관계).

use super::{BudgetLine, Envelope, LinePair, Standing};
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations to a budget line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnBudgetLine {
    /// Not with this role.
    Never,
    /// Whoever holds the role.
    Always,
    /// The role is held for the body whose line it is.
    Own,
    /// The line is no draft.
    Firm,
    /// As [`OnBudgetLine::Own`], or the line is firm and pays for a filed project, or for one in which the role's body
    /// takes part.
    Visible,
}

impl Subject for BudgetLine {
    type Cell = OnBudgetLine;
    const NEVER: OnBudgetLine = OnBudgetLine::Never;
    const KIND: &'static str = "budget_line";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnBudgetLine, body: &BodyKey, _: &Actor) -> bool {
        let own = self.body == *body;
        let firm = self.standing != Standing::Draft;
        match cell {
            OnBudgetLine::Never => false,
            OnBudgetLine::Always => true,
            OnBudgetLine::Own => own,
            OnBudgetLine::Firm => firm,
            OnBudgetLine::Visible => {
                own || firm && self.project.as_ref().is_some_and(|p| p.filed || p.bodies.contains(body))
            }
        }
    }
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::budget::Read>(actor, self)
    }
}

/// Two lines stand as the one that was asked: whoever may move its money names the other.
impl Subject for LinePair {
    type Cell = OnBudgetLine;
    const NEVER: OnBudgetLine = OnBudgetLine::Never;
    const KIND: &'static str = BudgetLine::KIND;
    fn id(&self) -> String {
        self.this.id.to_string()
    }
    fn holds(&self, cell: OnBudgetLine, body: &BodyKey, actor: &Actor) -> bool {
        self.this.holds(cell, body, actor)
    }
    fn visible(&self, actor: &Actor) -> bool {
        self.this.visible(actor)
    }
}

/// Relations to an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnEnvelope {
    /// Not with this role.
    Never,
    /// Whoever holds the role: envelopes are published figures.
    Always,
}

impl Subject for Envelope {
    type Cell = OnEnvelope;
    const NEVER: OnEnvelope = OnEnvelope::Never;
    const KIND: &'static str = "envelope";
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnEnvelope, _: &BodyKey, _: &Actor) -> bool {
        cell == OnEnvelope::Always
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}
