//! Whose an award is (교부 관계): the relations that the policy table speaks of.

use super::Award;
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between an award and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnAward {
    /// Not with this role.
    Never,
    /// Whatever the award.
    Always,
    /// The body receives it.
    Own,
    /// The body receives it or takes part.
    Joint,
    /// The body holds or runs the call.
    Running,
    /// The body holds or runs the call and has no part in the application (이해관계 없음).
    RunningOther,
}

impl Subject for Award {
    type Cell = OnAward;
    const NEVER: OnAward = OnAward::Never;
    const KIND: &'static str = "award";
    const IN_PATH: &'static str = "application";
    fn id(&self) -> String {
        self.application.to_string()
    }
    fn holds(&self, cell: OnAward, body: &BodyKey, _: &Actor) -> bool {
        let leads = self.applicant.body == *body;
        let joins = self.partners.contains(body);
        let running = self.run_by.contains(body);
        match cell {
            OnAward::Never => false,
            OnAward::Always => true,
            OnAward::Own => leads,
            OnAward::Joint => leads || joins,
            OnAward::Running => running,
            OnAward::RunningOther => running && !leads && !joins,
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::award::Read>(actor, self)
    }
}
