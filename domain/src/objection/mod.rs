//! Objections (이의신청): once, within the time set, on procedure or fact and never on the scores themselves.

mod access;
#[cfg(test)]
mod tests;

pub use access::OnObjection;

use crate::{
    access::BodyKey,
    application::{Application, ApplicationId},
    call::{CallKey, CallMove, CallState, SupportCall},
    code_list, codes,
    day::{Day, Instant},
    problem::Refusal,
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// An objection to a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// The application concerned: there is one objection for each.
    pub application: ApplicationId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The call.
    pub call: CallKey,
    /// The body that objects.
    pub body: BodyKey,
    /// The bodies that apply: whoever belongs to one answers nothing here.
    #[schema(min_items = 1, max_items = 51)]
    pub applicants: Vec<BodyKey>,
    /// The bodies that hold and run the call.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// On what ground.
    pub ground: ObjectionGround,
    /// What exactly.
    pub text: Prose<10000>,
    /// When, and by whom it was made.
    pub made: Stamp,
    /// The answer.
    pub answer: Option<ObjectionAnswer>,
}

code_list! {
    /// On what ground a result can be objected to.
    pub enum ObjectionGround {
        /// The procedure was not kept to.
        Procedure = "procedure" / "절차 위반",
        /// A fact was taken wrongly.
        Fact = "fact" / "사실 오류",
    }
}

code_list! {
    /// What became of an objection.
    pub enum ObjectionOutcome {
        /// It is right; a correction follows where it changes the result.
        Accepted = "accepted" / "인용",
        /// It is not.
        Rejected = "rejected" / "기각",
    }
}

/// An answer to an objection. It is not edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionAnswer {
    /// What became of it.
    pub outcome: ObjectionOutcome,
    /// Why.
    pub reason: Prose<5000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// An answer to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObjectionAnswer {
    /// What becomes of it.
    pub outcome: ObjectionOutcome,
    /// Why.
    pub reason: Prose<5000>,
}

/// An objection to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObjection {
    /// On what ground.
    pub ground: ObjectionGround,
    /// What exactly.
    pub text: Prose<10000>,
}

impl SupportCall {
    /// When the applicants were told.
    pub fn notified_at(&self) -> Option<Instant> {
        self.steps.iter().rev().find(|step| step.did == CallMove::Notify).map(|step| step.stamp.at)
    }
    /// The last day on which an objection can be made: so many days after the day of the notice.
    pub fn objections_until(&self) -> Option<Day> {
        let days = self.rules.as_ref().map(|laid_down| laid_down.rules.objection_days)?;
        self.notified_at().map(|at| at.day().plus_days(days))
    }
}

impl Objection {
    /// Makes an objection, within its time and once.
    pub fn make(
        before: Option<&Self>,
        new: NewObjection,
        (application, call): (&Application, &SupportCall),
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let in_time = call.objections_until().is_some_and(|last| stamp.at.day() <= last);
        if call.state(stamp.at) != CallState::Notified || !in_time || !application.is_submitted() {
            return Err(Refusal::new(&OBJECTION_OVER));
        }
        if before.is_some() {
            return Err(Refusal::new(&OBJECTION_MADE));
        }
        let NewObjection { ground, text } = new;
        Ok(Self {
            application: application.id,
            version: 1,
            call: call.key.clone(),
            body: application.applicant.body.clone(),
            applicants: application.applicant_bodies(),
            run_by: application.run_by.clone(),
            ground,
            text,
            made: stamp,
            answer: None,
        })
    }

    /// Answers it, once.
    pub fn answered(mut self, new: NewObjectionAnswer, stamp: Stamp) -> Result<Self, Refusal> {
        if self.answer.is_some() {
            return Err(Refusal::new(&OBJECTION_ANSWERED));
        }
        let NewObjectionAnswer { outcome, reason } = new;
        self.answer = Some(ObjectionAnswer { outcome, reason, stamp });
        Ok(Self { version: self.version.saturating_add(1), ..self })
    }
}

codes! {
    OBJECTION_OVER = "objection_over", 409, ["이의신청 기간이 아닙니다", "Objections are not taken now"],
        ["결과 통지 뒤 정해진 기간 안에만 신청합니다.", "Object within the time set, after the notice."];
    OBJECTION_MADE = "objection_made", 409, ["이미 이의신청을 했습니다", "An objection was made already"],
        ["이의신청은 한 번 할 수 있습니다.", "There is one objection."];
    OBJECTION_ANSWERED = "objection_answered", 409, ["이미 답한 이의신청입니다", "The objection was answered already"],
        ["답은 고치지 않습니다.", "An answer is not edited."];
    OBJECTIONS_OPEN = "objections_open", 409, ["이의신청 절차가 끝나지 않았습니다", "Objections can still be made or are unanswered"],
        ["기간이 지나고 모든 이의신청에 답한 뒤 종료하십시오.", "End the call once the time is over and every objection is answered."];
}
