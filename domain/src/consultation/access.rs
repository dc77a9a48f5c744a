//! Who may know of a consultation and of advisers (자문 관계).

use super::{Adviser, Consultation};
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between a consultation and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnConsultation {
    /// Not with this role.
    Never,
    /// Whatever the consultation.
    Always,
    /// The body has asked for it.
    Own,
    /// The body has asked for it or takes part in the project.
    Joint,
    /// It was assigned to the actor. Whether the adviser's term goes on is asked beside the table.
    Assigned,
}

impl Subject for Consultation {
    type Cell = OnConsultation;
    const NEVER: OnConsultation = OnConsultation::Never;
    const KIND: &'static str = "consultation";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnConsultation, body: &BodyKey, actor: &Actor) -> bool {
        match cell {
            OnConsultation::Never => false,
            OnConsultation::Always => true,
            OnConsultation::Own => self.body == *body,
            OnConsultation::Joint => self.bodies().any(|of| of == body),
            OnConsultation::Assigned => self.assigned.as_ref().is_some_and(|to| to.account.get() == actor.id.get()),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::consultation::Read>(actor, self)
    }
}

/// Relations between an adviser's record and an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnAdviser {
    /// Not with this role.
    Never,
    /// Whoever the adviser is.
    Always,
    /// The adviser itself.
    Self_,
}

impl Subject for Adviser {
    type Cell = OnAdviser;
    const NEVER: OnAdviser = OnAdviser::Never;
    const KIND: &'static str = "adviser";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnAdviser, _: &BodyKey, actor: &Actor) -> bool {
        match cell {
            OnAdviser::Never => false,
            OnAdviser::Always => true,
            OnAdviser::Self_ => self.account.get() == actor.id.get(),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::adviser::Read>(actor, self)
    }
}
