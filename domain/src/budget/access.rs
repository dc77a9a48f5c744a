//! Who stands how to a budget line (예산 내역의 권한 관계).

use super::BudgetLine;
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
    /// As [`OnBudgetLine::Own`], or the line pays for a filed project, or for one in which the role's body takes part.
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
        match cell {
            OnBudgetLine::Never => false,
            OnBudgetLine::Always => true,
            OnBudgetLine::Own => own,
            OnBudgetLine::Visible => own || self.project.as_ref().is_some_and(|p| p.filed || p.bodies.contains(body)),
        }
    }
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::budget::Read>(actor, self)
    }
}
