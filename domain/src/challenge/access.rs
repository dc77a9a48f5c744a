//! Who may know of a challenge and who answers it (기피 신청 관계). Members of the committee never do.

use super::Challenge;
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between a challenge and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnChallenge {
    /// Not with this role.
    Never,
    /// Whatever the challenge.
    Always,
    /// The body challenges.
    Own,
    /// The body holds or runs the call.
    Running,
    /// The body holds or runs the call and has no part in the application (이해관계 없음).
    RunningOther,
}

impl Subject for Challenge {
    type Cell = OnChallenge;
    const NEVER: OnChallenge = OnChallenge::Never;
    const KIND: &'static str = "challenge";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnChallenge, body: &BodyKey, _: &Actor) -> bool {
        let running = self.run_by.contains(body);
        match cell {
            OnChallenge::Never => false,
            OnChallenge::Always => true,
            OnChallenge::Own => self.body == *body,
            OnChallenge::Running => running,
            OnChallenge::RunningOther => running && !self.applicants.contains(body),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::challenge::Read>(actor, self)
    }
}
