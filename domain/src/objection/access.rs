//! Who may know of an objection and who answers it (이의신청 관계).

use super::Objection;
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between an objection and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnObjection {
    /// Not with this role.
    Never,
    /// Whatever the objection.
    Always,
    /// The body objects.
    Own,
    /// The body holds or runs the call.
    Running,
    /// The body holds or runs the call and has no part in the application (이해관계 없음).
    RunningOther,
}

impl Subject for Objection {
    type Cell = OnObjection;
    const NEVER: OnObjection = OnObjection::Never;
    const KIND: &'static str = "objection";
    fn id(&self) -> String {
        self.application.to_string()
    }
    fn holds(&self, cell: OnObjection, body: &BodyKey, _: &Actor) -> bool {
        let running = self.run_by.contains(body);
        match cell {
            OnObjection::Never => false,
            OnObjection::Always => true,
            OnObjection::Own => self.body == *body,
            OnObjection::Running => running,
            OnObjection::RunningOther => running && !self.applicants.contains(body),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::objection::Read>(actor, self)
    }
}
