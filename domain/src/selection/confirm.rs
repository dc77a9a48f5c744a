//! Confirmation (선정 확정): the committee's meeting confirms exactly what it has looked at, once.

use super::{
    CHALLENGES_UNANSWERED, CONFLICTS_UNDECIDED, CORRECTION_REASON, INPUTS_CHANGED, LOT_WANTING,
    MEETING_WITHOUT_MAJORITY, MEETING_WITHOUT_QUORUM, NOT_AT_THE_MEETING, NOT_EVALUATED_NOW, SHEETS_WANTING, Selection,
};
use crate::{
    call::{CallState, SupportCall},
    committee::{Committee, MemberId},
    day::Instant,
    evaluation::Evaluation,
    problem::{DUPLICATE, Fault, Refusal, Words},
    project::{Sha256, Stamp, problems::IN_FUTURE},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A meeting of the committee (회의록).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CommitteeMeeting)]
pub struct Meeting {
    /// When it began.
    pub held_at: Instant,
    /// Where, or over which channel.
    pub place: Line<200>,
    /// Who was present.
    #[schema(min_items = 1, max_items = 1000)]
    pub attendees: Vec<MemberId>,
    /// How many of them were in favour.
    #[schema(minimum = 0, maximum = 1000)]
    pub in_favour: usize,
    /// What was said and decided.
    pub minutes: Prose<20000>,
}

/// What a committee confirms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConfirmation {
    /// The hash of the dossier that was looked at.
    pub inputs_sha256: Sha256,
    /// The meeting that confirms it.
    pub meeting: Meeting,
    /// Why it takes the place of an earlier confirmation; for corrections.
    #[serde(default)]
    pub reason: Option<Prose<2000>>,
}

/// A confirmed result. Its dossier is kept beside it, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SelectionConfirmation)]
pub struct Confirmation {
    /// Its number, from 1.
    #[schema(minimum = 1, maximum = 100)]
    pub number: i64,
    /// The hash of its dossier.
    pub inputs_sha256: Sha256,
    /// How many lots it rests on: the first so many of the selection's.
    #[schema(minimum = 0, maximum = 100)]
    pub lots: usize,
    /// The meeting.
    pub meeting: Meeting,
    /// Why it took the place of the one before; for corrections.
    pub reason: Option<Prose<2000>>,
    /// When, and by whom it was recorded.
    pub stamp: Stamp,
}

/// What must be settled before a result can be confirmed, counted in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SelectionReadiness)]
pub struct Readiness {
    /// Conflicts that nobody has decided.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub undecided_conflicts: u64,
    /// Challenges of applicants that nobody has answered.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub unanswered_challenges: u64,
    /// Seats whose member may score and has not submitted.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub missing_sheets: u64,
}

impl Selection {
    /// Confirms a result that was computed in this very transaction.
    pub fn confirmed_as(
        mut self,
        new: NewConfirmation,
        result: &Evaluation,
        (call, committee): (&SupportCall, &Committee),
        ready: Readiness,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let correction = match call.state(stamp.at) {
            CallState::Evaluation => None,
            CallState::Decided | CallState::Notified => Some(()),
            _ => return Err(Refusal::new(&NOT_EVALUATED_NOW)),
        };
        if result.inputs_sha256 != new.inputs_sha256 {
            return Err(Refusal::new(&INPUTS_CHANGED));
        }
        if let Some(track) = result.tracks.iter().find(|track| track.lot_required) {
            let words = Words::made(
                format!("'{}' 트랙의 동점 신청을 추첨해야 합니다", track.code),
                format!("A lot must be drawn in the track {}", track.code),
            );
            return Err(Refusal::told(&LOT_WANTING, words));
        }
        if ready.undecided_conflicts > 0 {
            return Err(Refusal::new(&CONFLICTS_UNDECIDED));
        }
        if ready.unanswered_challenges > 0 {
            return Err(Refusal::new(&CHALLENGES_UNANSWERED));
        }
        if ready.missing_sheets > 0 {
            return Err(Refusal::new(&SHEETS_WANTING));
        }
        let mut faults = new.meeting.faults(committee, stamp.at);
        if correction.is_some() && new.reason.is_none() {
            faults.push(Fault::new("/reason", &CORRECTION_REASON));
        }
        Refusal::unless_clean(faults)?;
        let number = i64::try_from(self.confirmations.len()).unwrap_or(i64::MAX).saturating_add(1);
        self.confirmations.push(Confirmation {
            number,
            inputs_sha256: new.inputs_sha256,
            lots: self.lots.len(),
            meeting: new.meeting,
            reason: new.reason,
            stamp,
        });
        Ok(self.touched(stamp))
    }
}

impl Meeting {
    fn faults(&self, committee: &Committee, now: Instant) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.held_at > now {
            faults.push(Fault::new("/meeting/held_at", &IN_FUTURE));
        }
        for (index, attendee) in self.attendees.iter().enumerate() {
            let at = format!("/meeting/attendees/{index}");
            if committee.member(*attendee).is_none() {
                faults.push(Fault::new(at, &NOT_AT_THE_MEETING));
            } else if self.attendees.iter().take(index).any(|earlier| earlier == attendee) {
                faults.push(Fault::new(at, &DUPLICATE));
            }
        }
        let more_than_half = |part: usize, whole: usize| part.saturating_mul(2) > whole;
        if !more_than_half(self.attendees.len(), committee.active().count()) {
            faults.push(Fault::new("/meeting/attendees", &MEETING_WITHOUT_QUORUM));
        }
        if !more_than_half(self.in_favour, self.attendees.len()) || self.in_favour > self.attendees.len() {
            faults.push(Fault::new("/meeting/in_favour", &MEETING_WITHOUT_MAJORITY));
        }
        faults
    }
}
