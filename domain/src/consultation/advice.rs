//! Advice and what becomes of it (자문의견·조치): each piece is answered by the planner, and followed up.

use super::{
    ADVICE_ANSWERED, ADVICE_NOTHING_DUE, ADVICE_UNKNOWN, BEFORE_REQUEST, CONSULTATION_MOVE, Consultation,
    ConsultationState, DAY_PAST, NOT_YET, Topic,
};
use crate::{
    code_list,
    day::Day,
    problem::{Fault, REQUIRED, Refusal, Words},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// A piece of advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Its number in the consultation, from 1.
    #[schema(minimum = 1, maximum = 200)]
    pub no: u32,
    /// About what.
    pub topic: Topic,
    /// What is advised.
    pub text: Prose<4000>,
    /// In which session it was given; none when it came with the report.
    #[schema(minimum = 1, maximum = 50)]
    pub session: Option<u32>,
    /// When it was recorded, and by whom.
    pub given: Stamp,
    /// What the planner has answered, oldest first; what was deferred is answered again.
    #[schema(max_items = 20)]
    pub answers: Vec<AdviceAnswer>,
    /// What was done about it.
    pub follow_up: Option<FollowUp>,
}

/// A piece of advice to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAdvice {
    /// About what.
    pub topic: Topic,
    /// What is advised.
    pub text: Prose<4000>,
}

code_list! {
    /// What becomes of a piece of advice.
    pub enum AdviceOutcome {
        /// It is followed.
        Accepted = "accepted" / "수용",
        /// It is followed in part.
        Partly = "partly" / "일부 수용",
        /// It is not followed.
        Rejected = "rejected" / "불수용",
        /// It is decided later.
        Deferred = "deferred" / "보류",
    }
}

/// A planner's answer. It is not edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviceAnswer {
    /// What becomes of it.
    pub outcome: AdviceOutcome,
    /// Why.
    pub reason: Prose<4000>,
    /// What shows it.
    pub evidence: Option<Prose<2000>>,
    /// By when it is done or decided; none when it is not followed.
    pub due: Option<Day>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// An answer to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "outcome": "accepted", "reason": "가명처리 절차를 사업계획에 넣는다", "due": "2027-03-31" }))]
pub struct NewAnswer {
    /// What becomes of it.
    pub outcome: AdviceOutcome,
    /// Why.
    pub reason: Prose<4000>,
    /// What shows it.
    #[serde(default)]
    pub evidence: Option<Prose<2000>>,
    /// By when it is done or decided, not before today; needed unless it is not followed.
    #[serde(default)]
    pub due: Option<Day>,
}

/// What was done about a piece of advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// When it was done.
    pub done_on: Day,
    /// By what.
    pub what: Prose<4000>,
    /// When it was recorded, and by whom.
    pub stamp: Stamp,
}

/// A follow-up to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "done_on": "2026-11-20", "what": "사업계획 3판에 가명처리 절차를 넣었다" }))]
pub struct NewFollowUp {
    /// When it was done; not in the future.
    pub done_on: Day,
    /// By what.
    pub what: Prose<4000>,
}

impl Advice {
    /// The answer that counts: the last.
    pub fn answer(&self) -> Option<&AdviceAnswer> {
        self.answers.last()
    }
    /// True while it is not answered, or something is still to be done about it.
    pub fn is_open(&self) -> bool {
        match self.answer().map(|answer| answer.outcome) {
            None | Some(AdviceOutcome::Deferred) => true,
            Some(AdviceOutcome::Rejected) => false,
            Some(AdviceOutcome::Accepted | AdviceOutcome::Partly) => self.follow_up.is_none(),
        }
    }
}

impl NewAnswer {
    fn faults(&self, today: Day) -> Vec<Fault> {
        match (self.outcome, self.due) {
            (AdviceOutcome::Rejected, Some(_)) => {
                let words = Words::fixed("불수용한 의견에는 기한이 없습니다", "What is not followed has no due date");
                vec![Fault::told("/due", &crate::problem::OUT_OF_RANGE, words)]
            }
            (AdviceOutcome::Rejected, None) => Vec::new(),
            (_, None) => vec![Fault::new("/due", &REQUIRED)],
            (_, Some(due)) if due < today => vec![Fault::new("/due", &DAY_PAST)],
            (_, Some(_)) => Vec::new(),
        }
    }
}

impl Consultation {
    fn piece(&mut self, no: u32) -> Result<&mut Advice, Refusal> {
        self.advice.iter_mut().find(|advice| advice.no == no).ok_or_else(|| Refusal::new(&ADVICE_UNKNOWN))
    }

    /// The planner answers a piece of advice: once, and again as long as it was deferred.
    pub fn answered(mut self, no: u32, new: NewAnswer, stamp: Stamp) -> Result<Self, Refusal> {
        if matches!(self.state, ConsultationState::Cancelled) {
            return Err(Refusal::new(&CONSULTATION_MOVE));
        }
        let piece = self.piece(no)?;
        let last = piece.answer().map(|answer| answer.outcome);
        if last.is_some_and(|last| last != AdviceOutcome::Deferred) || piece.answers.len() >= 20 {
            return Err(Refusal::new(&ADVICE_ANSWERED));
        }
        Refusal::unless_clean(new.faults(stamp.at.day()))?;
        let NewAnswer { outcome, reason, evidence, due } = new;
        piece.answers.push(AdviceAnswer { outcome, reason, evidence, due, stamp });
        Ok(self.touched(stamp))
    }

    /// The planner records what was done about a piece of advice that is followed, once.
    pub fn followed_up(mut self, no: u32, new: NewFollowUp, stamp: Stamp) -> Result<Self, Refusal> {
        let requested = self.requested_on();
        let piece = self.piece(no)?;
        let followed = matches!(
            piece.answer().map(|answer| answer.outcome),
            Some(AdviceOutcome::Accepted | AdviceOutcome::Partly)
        );
        if !followed || piece.follow_up.is_some() {
            return Err(Refusal::new(&ADVICE_NOTHING_DUE));
        }
        Refusal::unless_clean(past_faults("/done_on", new.done_on, requested, stamp.at.day()))?;
        let NewFollowUp { done_on, what } = new;
        piece.follow_up = Some(FollowUp { done_on, what, stamp });
        Ok(self.touched(stamp))
    }
}

/// What is wrong with a day on which something was done: it has not come, or lies before the request.
pub(super) fn past_faults(at: &str, day: Day, requested: Day, today: Day) -> Vec<Fault> {
    if day > today {
        vec![Fault::new(at, &NOT_YET)]
    } else if day < requested {
        vec![Fault::new(at, &BEFORE_REQUEST)]
    } else {
        Vec::new()
    }
}
