//! Writing, submitting and taking back (작성·제출·철회): each submission is frozen under its number.

use super::{
    APPLICANT_NOT_ELIGIBLE, APPLICATION_FIXED, APPLICATION_WITHDRAWN, ApplicantBody, Application, ApplicationId,
    ApplicationStanding, CALL_NOT_OPEN, CALL_OVER, Content, NO_TRACK, NOT_SUBMITTED, NOTHING_NEW, SUBMISSION_LATE,
};
use crate::{
    access::BodyKey,
    body::Body,
    call::{CallKey, CallState, SupportCall},
    problem::{Fault, Refusal, Words},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// An application to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApplication {
    /// The call it answers.
    pub call: CallKey,
    /// The body that applies.
    pub body: BodyKey,
    /// What it says so far.
    pub content: Content,
}

/// What was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApplicationSubmission)]
pub struct Submission {
    /// Its number, from 1.
    #[schema(minimum = 1, maximum = 200)]
    pub number: i64,
    /// What it says.
    pub content: Content,
    /// When, and by whom.
    pub submitted: Stamp,
    /// The edition of the call's rules under which it was submitted.
    #[schema(minimum = 1, maximum = 1000)]
    pub rules_edition: i64,
}

/// That an application was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApplicationWithdrawal)]
pub struct Withdrawal {
    /// When, and by whom.
    pub stamp: Stamp,
    /// Why.
    pub reason: Prose<2000>,
}

/// So many submissions an application may gather.
const MOST: usize = 200;

impl Application {
    /// Begins a draft. The call has been published and has not closed; the body can lead an application and falls into one
    /// of the call's tracks.
    pub fn begin(
        id: ApplicationId,
        content: Content,
        (call, body): (&SupportCall, &Body),
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        writable(call, stamp)?;
        let mut faults = content.faults(&body.key, "/content");
        faults.extend(body.takes_new(stamp.at.day(), "/body").err());
        let Some(applicant) = ApplicantBody::of(body) else {
            faults.push(Fault::new("/body", &APPLICANT_NOT_ELIGIBLE));
            return Err(Refusal::new(&crate::problem::INVALID).with(faults));
        };
        if call.rules.as_ref().is_none_or(|laid_down| laid_down.rules.track_of(applicant.level).is_none()) {
            faults.push(Fault::new("/body", &NO_TRACK));
        }
        Refusal::unless_clean(faults)?;
        Ok(Self {
            id,
            version: 1,
            call: call.key.clone(),
            run_by: call.run_by(),
            applicant,
            content,
            submissions: Vec::new(),
            withdrawal: None,
            screenings: Vec::new(),
            created: stamp,
            updated: stamp,
        })
    }

    /// Says it anew, until the deadline. What was submitted stays as it was submitted.
    pub fn written(self, content: Content, call: &SupportCall, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand()?;
        if call.state(stamp.at) != CallState::Published && call.state(stamp.at) != CallState::Open {
            return Err(Refusal::new(&APPLICATION_FIXED));
        }
        Refusal::unless_clean(content.faults(&self.applicant.body, ""))?;
        Ok(Self { content, ..self }.touched(stamp))
    }

    /// Everything that stands in the way of submitting it now.
    pub fn submission_faults(&self, call: &SupportCall, stamp: Stamp) -> Vec<Fault> {
        let mut faults: Vec<Fault> =
            self.may_submit(call, stamp).err().map(|r| Fault::told("", r.code, r.detail)).into_iter().collect();
        faults.extend(self.content.faults(&self.applicant.body, "/content"));
        faults.extend(self.content.wanting("/content"));
        faults
    }

    /// Submits what it says now, as its next numbered version.
    pub fn submit(mut self, call: &SupportCall, stamp: Stamp) -> Result<Self, Refusal> {
        self.may_submit(call, stamp)?;
        let mut faults = self.content.faults(&self.applicant.body, "/content");
        faults.extend(self.content.wanting("/content"));
        Refusal::unless_clean(faults)?;
        let number = i64::try_from(self.submissions.len()).unwrap_or(i64::MAX).saturating_add(1);
        let rules_edition = call.rules.as_ref().map_or(1, |laid_down| laid_down.edition);
        self.submissions.push(Submission { number, content: self.content.clone(), submitted: stamp, rules_edition });
        Ok(self.touched(stamp))
    }

    fn may_submit(&self, call: &SupportCall, stamp: Stamp) -> Result<(), Refusal> {
        self.must_stand()?;
        match call.state(stamp.at) {
            CallState::Open => {}
            CallState::Draft | CallState::Published | CallState::Cancelled => return Err(Refusal::new(&CALL_NOT_OPEN)),
            _ => return Err(late(call)),
        }
        if self.submitted().is_some_and(|last| last.content == self.content) || self.submissions.len() >= MOST {
            return Err(Refusal::new(&NOTHING_NEW));
        }
        Ok(())
    }

    /// Takes it back, until the call is over. The record stays, and so does whatever was found about it.
    pub fn withdrawn(self, reason: Prose<2000>, call: &SupportCall, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand()?;
        if call.state(stamp.at) == CallState::Final {
            return Err(Refusal::new(&CALL_OVER));
        }
        if self.standing() == ApplicationStanding::Draft {
            return Err(Refusal::new(&NOT_SUBMITTED));
        }
        Ok(Self { withdrawal: Some(Withdrawal { stamp, reason }), ..self }.touched(stamp))
    }

    /// Refuses what was withdrawn.
    pub(super) fn must_stand(&self) -> Result<(), Refusal> {
        if self.withdrawal.is_some() { Err(Refusal::new(&APPLICATION_WITHDRAWN)) } else { Ok(()) }
    }
}

/// Drafts are written once the call is public and until it closes.
fn writable(call: &SupportCall, stamp: Stamp) -> Result<(), Refusal> {
    match call.state(stamp.at) {
        CallState::Published | CallState::Open => Ok(()),
        CallState::Draft | CallState::Cancelled => Err(Refusal::new(&CALL_NOT_OPEN)),
        _ => Err(late(call)),
    }
}

/// The deadline has passed, with the deadline in Korean time.
fn late(call: &SupportCall) -> Refusal {
    call.plan.closes_at.map_or_else(
        || Refusal::new(&SUBMISSION_LATE),
        |closes| {
            let words = Words::made(
                format!("접수 마감 {}(한국 시간)이 지났습니다", closes.korean()),
                format!("The deadline was {} (KST)", closes.korean()),
            );
            Refusal::told(&SUBMISSION_LATE, words)
        },
    )
}
