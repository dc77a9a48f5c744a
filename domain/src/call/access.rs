//! Whose a call is (공모 관계): the relations that the policy table speaks of.

use super::{CallStage, SupportCall};
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between a call and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCall {
    /// Not with this role.
    Never,
    /// Whatever the call.
    Always,
    /// It has been published.
    Published,
    /// The body holds or runs it.
    Own,
    /// It has been published, or the body holds or runs it.
    PublishedOrOwn,
}

impl Subject for SupportCall {
    type Cell = OnCall;
    const NEVER: OnCall = OnCall::Never;
    const KIND: &'static str = "call";
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnCall, body: &BodyKey, _: &Actor) -> bool {
        let (published, own) = (self.is_published(), self.is_of(body));
        match cell {
            OnCall::Never => false,
            OnCall::Always => true,
            OnCall::Published => published,
            OnCall::Own => own,
            OnCall::PublishedOrOwn => published || own,
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::call::Read>(actor, self)
    }
}

impl SupportCall {
    /// True once others than those who prepare it may know of it. A draft that was cancelled was never published.
    pub fn is_published(&self) -> bool {
        self.stage != CallStage::Draft && self.steps.iter().any(|step| step.did == super::CallMove::Publish)
    }
    /// The bodies that hold and run it: one where they are the same.
    pub fn run_by(&self) -> Vec<BodyKey> {
        let agency = Some(&self.plan.managing_agency).filter(|agency| **agency != self.lead_body);
        std::iter::once(&self.lead_body).chain(agency).cloned().collect()
    }
    /// True when the body holds or runs it.
    pub fn is_of(&self, body: &BodyKey) -> bool {
        self.lead_body == *body || self.plan.managing_agency == *body
    }
}
