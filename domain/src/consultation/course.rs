//! The course of a consultation (자문 진행): one table of moves, each with who, when and why.

use super::{
    ADVICE_UNANSWERED, Assigned, CONSULTATION_MOVE, CONSULTATION_PROJECT, Consultation, ConsultationId,
    ConsultationRequest, MatchGround, Suitor,
};
use crate::{
    code_list,
    problem::{Fault, Refusal, WRONG_LENGTH},
    project::{Project, Stamp, Status},
    text::Prose,
};
use serde::{Deserialize, Serialize};

code_list! {
    /// Where a consultation stands (자문 상태).
    pub enum ConsultationState {
        /// Asked for; nobody is chosen.
        Requested = "requested" / "요청",
        /// An adviser is chosen, who has not said yes.
        Matched = "matched" / "배정",
        /// The adviser has said yes.
        Accepted = "accepted" / "수락",
        /// A session was held.
        Held = "held" / "자문 중",
        /// The adviser has reported.
        Reported = "reported" / "결과 보고",
        /// Every piece of advice is answered, and it has ended.
        Closed = "closed" / "종결",
        /// The adviser has said no; somebody else is to be chosen.
        Declined = "declined" / "사양",
        /// It is not wanted any more, or cannot be given.
        Cancelled = "cancelled" / "취소",
    }
}

code_list! {
    /// What moves a consultation.
    pub enum ConsultationMove {
        /// It is asked for.
        Request = "request" / "요청",
        /// A coordinator chooses an adviser.
        Match = "match" / "배정",
        /// The adviser says yes.
        Accept = "accept" / "수락",
        /// The adviser says no.
        Decline = "decline" / "사양",
        /// A session is recorded.
        Hold = "hold" / "자문 실시",
        /// The adviser reports.
        Report = "report" / "결과 보고",
        /// It ends.
        Close = "close" / "종결",
        /// It is given up.
        Cancel = "cancel" / "취소",
    }
}

code_list! {
    /// Whose turn it is.
    pub enum WaitsFor {
        /// The planner of the body that asked.
        Planner = "planner" / "부처 담당자",
        /// A coordinator.
        Coordinator = "coordinator" / "총괄 담당자",
        /// The adviser who was chosen.
        Adviser = "adviser" / "자문위원",
    }
}

/// A move that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationMoved {
    /// Which.
    pub did: ConsultationMove,
    /// Where it led.
    pub to: ConsultationState,
    /// Why, if that was said.
    pub reason: Option<Prose<2000>>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// Every move that there is: from where, what, and where it leads.
pub static COURSE: &[(ConsultationState, ConsultationMove, ConsultationState)] = {
    use ConsultationMove::{Accept, Cancel, Close, Decline, Hold, Match, Report};
    use ConsultationState::{Accepted, Cancelled, Closed, Declined, Held, Matched, Reported, Requested};
    &[
        (Requested, Match, Matched),
        (Requested, Cancel, Cancelled),
        (Matched, Match, Matched),
        (Matched, Accept, Accepted),
        (Matched, Decline, Declined),
        (Matched, Cancel, Cancelled),
        (Accepted, Match, Matched),
        (Accepted, Decline, Declined),
        (Accepted, Hold, Held),
        (Accepted, Cancel, Cancelled),
        (Held, Hold, Held),
        (Held, Report, Reported),
        (Reported, Close, Closed),
        (Declined, Match, Matched),
        (Declined, Cancel, Cancelled),
    ]
};

impl Consultation {
    /// Asks for counsel on a project that is under way, by its lead.
    pub fn request(
        id: ConsultationId,
        project: &Project,
        request: ConsultationRequest,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let (Some(phase), Status::Active | Status::OnHold) = (project.phase().phase(), project.status()) else {
            return Err(Refusal::new(&CONSULTATION_PROJECT));
        };
        Refusal::unless_clean(request.faults(stamp.at.day()))?;
        let asked =
            ConsultationMoved { did: ConsultationMove::Request, to: ConsultationState::Requested, reason: None, stamp };
        Ok(Self {
            id,
            version: 1,
            project: project.id,
            project_code: project.code,
            project_title: project.title.clone(),
            phase,
            body: project.lead_body.clone(),
            partners: project.partners.iter().map(|partner| partner.body.clone()).collect(),
            request,
            state: ConsultationState::Requested,
            assigned: None,
            sessions: Vec::new(),
            report: None,
            advice: Vec::new(),
            history: vec![asked],
            created: stamp,
            updated: stamp,
        })
    }

    /// Makes a move of the table, without anything else.
    pub(super) fn stepped(
        mut self,
        did: ConsultationMove,
        reason: Option<Prose<2000>>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let edge = COURSE.iter().find(|(from, by, _)| *from == self.state && *by == did);
        let (_, _, to) = edge.ok_or_else(|| Refusal::new(&CONSULTATION_MOVE))?;
        if self.history.len() >= 200 {
            return Err(Refusal::new(&CONSULTATION_MOVE).with(vec![Fault::new("", &WRONG_LENGTH)]));
        }
        self.state = *to;
        self.history.push(ConsultationMoved { did, to: *to, reason, stamp });
        Ok(self)
    }

    /// A coordinator chooses an adviser who serves, has room, and is tied to nobody concerned.
    pub fn matched(
        self,
        suitor: &Suitor<'_>,
        ground: &MatchGround<'_>,
        reason: Option<Prose<2000>>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let mut after = self.stepped(ConsultationMove::Match, reason.clone(), stamp)?;
        Refusal::unless_clean(suitor.hindrances(&after, ground, stamp.at.day()))?;
        after.assigned = Some(Assigned {
            adviser: suitor.adviser.id,
            account: suitor.adviser.account,
            name: suitor.expert.details.name.clone(),
            reason,
            matched: stamp,
        });
        Ok(after.touched(stamp))
    }

    /// The adviser says yes.
    pub fn accepted(self, stamp: Stamp) -> Result<Self, Refusal> {
        Ok(self.stepped(ConsultationMove::Accept, None, stamp)?.touched(stamp))
    }

    /// The adviser says no. Who it was stays in the history of the record; a coordinator chooses again.
    pub fn declined(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        let mut after = self.stepped(ConsultationMove::Decline, Some(reason), stamp)?;
        after.assigned = None;
        Ok(after.touched(stamp))
    }

    /// It ends, once every piece of advice is answered.
    pub fn closed(self, reason: Option<Prose<2000>>, stamp: Stamp) -> Result<Self, Refusal> {
        let after = self.stepped(ConsultationMove::Close, reason, stamp)?;
        if after.unanswered() > 0 {
            let open = after.advice.iter().enumerate().filter(|(_, advice)| advice.answer().is_none());
            let faults = open.map(|(index, _)| Fault::new(format!("/advice/{index}"), &ADVICE_UNANSWERED));
            return Err(Refusal::new(&ADVICE_UNANSWERED).with(faults.collect()));
        }
        Ok(after.touched(stamp))
    }

    /// It is given up before a session was held.
    pub fn cancelled(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        Ok(self.stepped(ConsultationMove::Cancel, Some(reason), stamp)?.touched(stamp))
    }
}
