//! Who may know of a committee and of the pool (위원회 관계).

use super::{Committee, Expert};
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between a committee and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCommittee {
    /// Not with this role.
    Never,
    /// Whatever the committee.
    Always,
    /// The body holds or runs the call.
    Running,
    /// The actor is on it.
    Member,
    /// The actor chairs it.
    Chair,
}

impl Subject for Committee {
    type Cell = OnCommittee;
    const NEVER: OnCommittee = OnCommittee::Never;
    const KIND: &'static str = "committee";
    const IN_PATH: &'static str = "call";
    fn id(&self) -> String {
        self.call.to_string()
    }
    fn holds(&self, cell: OnCommittee, body: &BodyKey, actor: &Actor) -> bool {
        let own = |member: &&super::Member| member.id.get() == actor.id.get();
        match cell {
            OnCommittee::Never => false,
            OnCommittee::Always => true,
            OnCommittee::Running => self.run_by.contains(body),
            OnCommittee::Member => self.active().any(|member| own(&member)),
            OnCommittee::Chair => self.active().any(|m| own(&m) && m.role == super::MemberRole::Chair),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::committee::Read>(actor, self)
    }
}

/// Relations between an expert and an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnExpert {
    /// Not with this role.
    Never,
    /// Whoever the expert is.
    Always,
    /// The expert itself.
    Self_,
}

impl Subject for Expert {
    type Cell = OnExpert;
    const NEVER: OnExpert = OnExpert::Never;
    const KIND: &'static str = "expert";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnExpert, _: &BodyKey, actor: &Actor) -> bool {
        match cell {
            OnExpert::Never => false,
            OnExpert::Always => true,
            OnExpert::Self_ => self.details.account.is_some_and(|account| account.get() == actor.id.get()),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::expert::Read>(actor, self)
    }
}
