//! Consultations of the advisory group (AX자문): asked for by ministries, matched with an adviser, held, reported, answered.
//!
//! Counsel is given to those who ask alone. Nothing is assigned but by a coordinator's decision, and each piece of advice is
//! answered by the planner whom it was given to; what was said is never edited.

mod access;
mod advice;
mod adviser;
mod codes;
mod conditions;
mod counsel;
mod course;
mod facts;
mod matching;
mod request;
#[cfg(test)]
pub(crate) mod sample;
mod session;
#[cfg(test)]
mod tests;

pub use access::{OnAdviser, OnConsultation};
pub use advice::{Advice, AdviceAnswer, AdviceOutcome, FollowUp, NewAdvice, NewAnswer, NewFollowUp};
pub use adviser::{Adviser, AdviserTerms, NewAdviser, Release};
pub use codes::*;
pub(crate) use conditions::CHECKS;
pub use conditions::CODES as CONDITION_CODES;
pub use counsel::{Counsel, CounselState};
pub use course::{COURSE, ConsultationMove, ConsultationMoved, ConsultationState, WaitsFor};
pub use facts::{AdviceFacts, as_of};
pub use matching::{Candidate, MatchGround, MatchProposal, NotProposed, NotProposedBy, Suitor, proposed};
pub use request::{ConsultationRequest, Topic, Urgency};
pub use session::{NewReport, NewSession, Report, Session, SessionMethod, SessionQuestion};

use crate::{
    access::BodyKey,
    account::AccountId,
    committee::ExpertId,
    day::Day,
    id::Id,
    name::Name,
    project::{Phase, ProjectCode, ProjectId, Stamp},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A consultation's id.
pub type ConsultationId = Id<Consultation>;

/// A consultation from the request to its end. It changes only through the functions of this module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The project about which counsel is sought.
    pub project: ProjectId,
    /// Its number.
    pub project_code: ProjectCode,
    /// Its name at the request.
    pub project_title: Name,
    /// The phase it was in at the request.
    pub phase: Phase,
    /// The body that asks: the lead of the project.
    pub body: BodyKey,
    /// The bodies that take part in the project, as at the request.
    #[schema(max_items = 33)]
    pub partners: Vec<BodyKey>,
    /// What is asked.
    pub request: ConsultationRequest,
    /// Where it stands.
    pub state: ConsultationState,
    /// Who gives the counsel.
    pub assigned: Option<Assigned>,
    /// What was held, oldest first.
    #[schema(max_items = 50)]
    pub sessions: Vec<Session>,
    /// What came of it.
    pub report: Option<Report>,
    /// Every piece of advice, in the order in which it was given.
    #[schema(max_items = 200)]
    pub advice: Vec<Advice>,
    /// Every move, oldest first.
    #[schema(max_items = 200)]
    pub history: Vec<ConsultationMoved>,
    /// When it was asked for, and by whom.
    pub created: Stamp,
    /// Last changed.
    pub updated: Stamp,
}

/// Who gives the counsel, by a coordinator's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AssignedAdviser)]
pub struct Assigned {
    /// The adviser, who is an expert of the pool.
    pub adviser: ExpertId,
    /// The account with which the adviser signs in.
    pub account: AccountId,
    /// The adviser's name, as at the decision.
    pub name: Line<80>,
    /// Why this one.
    pub reason: Option<Prose<2000>>,
    /// When, and by whom it was decided.
    pub matched: Stamp,
}

impl Consultation {
    /// Every body whose project it is about: the one that asks, then those that take part.
    pub fn bodies(&self) -> impl Iterator<Item = &BodyKey> {
        std::iter::once(&self.body).chain(&self.partners)
    }
    /// The day on which it was asked for.
    pub fn requested_on(&self) -> Day {
        self.created.at.day()
    }
    /// The day of the first session.
    pub fn first_held_on(&self) -> Option<Day> {
        self.sessions.iter().map(|session| session.held_on).min()
    }
    /// Days from the request to the first session (응답일수); none before.
    pub fn response_days(&self) -> Option<i64> {
        self.first_held_on().map(|held| held.days_since(self.requested_on()))
    }
    /// How long was counselled, in minutes.
    pub fn minutes(&self) -> u32 {
        self.sessions.iter().fold(0, |sum, session| sum.saturating_add(session.minutes))
    }
    /// Pieces of advice that nobody has answered.
    pub fn unanswered(&self) -> usize {
        self.advice.iter().filter(|advice| advice.answer().is_none()).count()
    }
    /// Pieces of advice that are not answered, or of which something is still to be done.
    pub fn open_advice(&self) -> usize {
        self.advice.iter().filter(|advice| advice.is_open()).count()
    }
    /// Whose turn it is; nobody's once it has ended.
    pub fn waits_for(&self) -> Option<WaitsFor> {
        match self.state {
            ConsultationState::Requested | ConsultationState::Declined => Some(WaitsFor::Coordinator),
            ConsultationState::Matched | ConsultationState::Accepted | ConsultationState::Held => {
                Some(WaitsFor::Adviser)
            }
            ConsultationState::Reported => Some(WaitsFor::Planner),
            ConsultationState::Closed => (self.open_advice() > 0).then_some(WaitsFor::Planner),
            ConsultationState::Cancelled => None,
        }
    }
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}
