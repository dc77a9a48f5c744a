//! Challenges (기피 신청): an applicant names somebody who may sit on the committee and should not judge its application.
//!
//! An applicant never learns who is on the committee, and not by a challenge either: it sees what it has filed and the words it
//! is answered with. Whether somebody of that name is a member, and what was decided about it, stands in the panel alone.
//! Taking a challenge up changes nothing of its record, so that its version tells nothing.

mod access;
#[cfg(test)]
mod tests;

pub use access::OnChallenge;

use crate::{
    access::BodyKey,
    application::{Application, ApplicationId, ApplicationStanding},
    call::{CallKey, CallState, SupportCall},
    codes,
    id::Id,
    panel::{Ground, Panel},
    problem::Refusal,
    project::Stamp,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A challenge's id.
pub type ChallengeId = Id<Challenge>;

/// A challenge to somebody who may judge an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// Its id.
    pub id: ChallengeId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The call.
    pub call: CallKey,
    /// The application that the person should not judge.
    pub application: ApplicationId,
    /// The body that challenges.
    pub body: BodyKey,
    /// The bodies that apply: whoever belongs to one answers nothing here.
    #[schema(min_items = 1, max_items = 51)]
    pub applicants: Vec<BodyKey>,
    /// The bodies that hold and run the call.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// Whom it names, and why.
    pub filed: NewChallenge,
    /// When, and by whom it was filed.
    pub made: Stamp,
    /// The answer.
    pub answer: Option<ChallengeAnswer>,
}

/// A challenge to be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChallenge {
    /// The name of the person, as far as the applicant knows it.
    pub name: Line<200>,
    /// Where the person works, as far as the applicant knows it.
    #[serde(default)]
    pub affiliation: Option<Line<200>>,
    /// On what ground.
    pub ground: Ground,
    /// What exactly.
    pub detail: Prose<2000>,
    /// What shows it.
    pub evidence: Prose<5000>,
}

/// An answer to a challenge. It is not edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChallengeAnswer {
    /// What the applicant is told.
    pub words: Prose<5000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// An answer to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChallengeAnswer {
    /// What the applicant is told. It should not say whether somebody is on the committee.
    pub words: Prose<5000>,
    /// Why, for the record alone: the applicant does not see it.
    pub reason: Prose<2000>,
}

impl Challenge {
    /// Files a challenge to whoever may judge a submitted application, until the call's result is confirmed.
    pub fn file(
        id: ChallengeId,
        new: NewChallenge,
        (application, call): (&Application, &SupportCall),
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let in_time = matches!(
            call.state(stamp.at),
            CallState::Open | CallState::Closed | CallState::Screening | CallState::Evaluation
        );
        let stands = application.is_submitted() && application.standing() != ApplicationStanding::Withdrawn;
        if !in_time || !stands {
            return Err(Refusal::new(&CHALLENGE_OVER));
        }
        Ok(Self {
            id,
            version: 1,
            call: call.key.clone(),
            application: application.id,
            body: application.applicant.body.clone(),
            applicants: application.applicant_bodies(),
            run_by: application.run_by.clone(),
            filed: new,
            made: stamp,
            answer: None,
        })
    }

    /// Refuses what comes after the answer.
    pub fn waits(&self) -> Result<(), Refusal> {
        if self.answer.is_some() { Err(Refusal::new(&CHALLENGE_ANSWERED)) } else { Ok(()) }
    }

    /// Answers it, once. If it was taken up, what it has come to in the panel is decided first.
    pub fn answered(mut self, new: NewChallengeAnswer, panel: &Panel, stamp: Stamp) -> Result<Self, Refusal> {
        self.waits()?;
        if panel.undecided().any(|conflict| conflict.challenge == Some(self.id)) {
            return Err(Refusal::new(&CHALLENGE_UNDECIDED));
        }
        self.answer = Some(ChallengeAnswer { words: new.words, stamp });
        Ok(Self { version: self.version.saturating_add(1), ..self })
    }
}

codes! {
    CHALLENGE_OVER = "challenge_over", 409, ["기피 신청을 받는 때가 아닙니다", "Challenges are not taken now"],
        ["신청서를 제출한 뒤부터 선정이 확정되기 전까지 할 수 있습니다.", "Challenge from the submission until the result is confirmed."];
    CHALLENGE_ANSWERED = "challenge_answered", 409, ["이미 답한 기피 신청입니다", "The challenge was answered already"],
        ["답은 고치지 않습니다.", "An answer is not edited."];
    CHALLENGE_TAKEN_UP = "challenge_taken_up", 409, ["이미 위원에게 연결된 기피 신청입니다", "The challenge was taken up already"],
        ["기록된 기피를 결정하십시오.", "Decide on the conflict that was recorded."];
    CHALLENGE_UNDECIDED = "challenge_undecided", 409, ["연결된 기피가 결정되지 않았습니다", "The conflict that it led to is undecided"],
        ["기피를 결정한 뒤 답하십시오.", "Decide on the conflict, and answer then."];
}
