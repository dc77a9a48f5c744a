//! Who stands how to rule sets (분담 규칙의 권한 관계).

use super::CostShareRules;
use crate::access::{Actor, BodyKey, Subject};

/// Relations to a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCostShareRules {
    /// Not with this role.
    Never,
    /// Whoever holds the role: rules are for everybody to know.
    Always,
}

impl Subject for CostShareRules {
    type Cell = OnCostShareRules;
    const NEVER: OnCostShareRules = OnCostShareRules::Never;
    const KIND: &'static str = "cost_share_rules";
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnCostShareRules, _: &BodyKey, _: &Actor) -> bool {
        cell == OnCostShareRules::Always
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}
