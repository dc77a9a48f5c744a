//! Counsel that was given, as a tie (자문 이력): whoever advised a body is kept from judging what it applies for.

use super::{Consultation, ConsultationId, ConsultationMove, ConsultationState};
use crate::{access::BodyKey, code_list, committee::ExpertId, day::Day, project::ProjectCode};

code_list! {
    /// How far the counsel went.
    pub enum CounselState {
        /// A session was held.
        Given = "given" / "자문 실시",
        /// The adviser has accepted, and knows the papers.
        Promised = "promised" / "자문 수락",
    }
}

/// What ties an expert to the bodies of a project by a consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counsel {
    /// Which consultation.
    pub consultation: ConsultationId,
    /// On which project.
    pub project: ProjectCode,
    /// Who advises or advised.
    pub expert: ExpertId,
    /// The bodies whose project it is.
    pub bodies: Vec<BodyKey>,
    /// How far it went.
    pub state: CounselState,
    /// First day: of the first session, or of the acceptance.
    pub from: Day,
    /// Last day; none while it goes on.
    pub to: Option<Day>,
}

impl Consultation {
    /// The tie that it makes, once the adviser has accepted and while that stands, and for good once a session was held.
    pub fn counsel(&self) -> Option<Counsel> {
        let expert = self.assigned.as_ref()?.adviser;
        let goes_on = matches!(self.state, ConsultationState::Accepted | ConsultationState::Held);
        let (state, from, to) = match self.first_held_on() {
            Some(first) => {
                let last = self.sessions.iter().map(|session| session.held_on).max();
                (CounselState::Given, first, last.filter(|_| !goes_on))
            }
            None if goes_on => {
                let accepted = self.history.iter().rev().find(|moved| moved.did == ConsultationMove::Accept)?;
                (CounselState::Promised, accepted.stamp.at.day(), None)
            }
            None => return None,
        };
        Some(Counsel {
            consultation: self.id,
            project: self.project_code,
            expert,
            bodies: self.bodies().cloned().collect(),
            state,
            from,
            to,
        })
    }
}

impl Counsel {
    /// True while it goes on, or when its last day lies within so many months before this one.
    pub fn reaches(&self, day: Day, months: u64) -> bool {
        self.to.is_none_or(|last| last.plus_months(months) >= day)
    }
}
