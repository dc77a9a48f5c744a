//! Seats (배정 자리): an application is given to a member, and taken from it again with a reason.

use super::{
    Conflict, ConflictId, EVALUATION_NOT_OPEN, Ground, LOAD_REACHED, MEMBER_BARRED, NOT_ELIGIBLE, NewConflict, Panel,
    SEAT_TAKEN, SEAT_UNKNOWN, Severity, Source, ties_found,
};
use crate::{
    application::{Application, ApplicationStanding},
    call::{CallState, SupportCall},
    code_list,
    committee::{Expert, Member, MemberId},
    consultation::Counsel,
    evaluation::ExclusionKind,
    problem::{Fault, Refusal},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// That an application was given to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Who.
    pub member: MemberId,
    /// When, and by whom it was given.
    pub given: Stamp,
    /// That it was taken from the member again.
    pub released: Option<Release>,
}

code_list! {
    /// How a member to whom an application was given stands to it.
    pub enum SeatState {
        /// Judges it.
        Judging = "judging" / "평가",
        /// Keeps out until a conflict is decided.
        Waiting = "waiting" / "심의 중",
        /// Is kept out.
        Barred = "barred" / "배제",
        /// It was taken from the member.
        Released = "released" / "배정 해제",
    }
}

/// That an application was taken from a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// What giving an application to a member must know beside the panel.
#[derive(Debug, Clone, Copy)]
pub struct Concerned<'a> {
    /// The call.
    pub call: &'a SupportCall,
    /// The application.
    pub application: &'a Application,
    /// The member.
    pub member: &'a Member,
    /// The expert that the member is.
    pub expert: &'a Expert,
    /// Counsel that experts have given.
    pub counsels: &'a [Counsel],
    /// How many applications of the call the member has already.
    pub load: usize,
}

impl Panel {
    /// The empty panel that every application has before it is given to anybody: its version is 1, and it is kept nowhere.
    pub fn of(application: &Application, stamp: Stamp) -> Self {
        Self {
            application: application.id,
            version: 1,
            call: application.call.clone(),
            run_by: application.run_by.clone(),
            applicants: application.applicant_bodies(),
            seats: Vec::new(),
            conflicts: Vec::new(),
            updated: stamp,
        }
    }

    /// Gives the application to a member who serves, is not barred and has room. What ties the member to the applicants is
    /// looked up at this moment: if anything is found it is recorded and the member keeps out until it is decided, and the
    /// application is given to nobody by it.
    pub fn given(
        mut self,
        to: Concerned<'_>,
        mut fresh: impl FnMut() -> ConflictId,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let rules = to.call.rules.as_ref().map(|laid_down| &laid_down.rules.committee);
        let (Some(rules), CallState::Screening | CallState::Evaluation) = (rules, to.call.state(stamp.at)) else {
            return Err(Refusal::new(&EVALUATION_NOT_OPEN));
        };
        if to.application.standing() != ApplicationStanding::Eligible {
            return Err(Refusal::new(&NOT_ELIGIBLE));
        }
        to.member.serves(stamp.at.day())?;
        let id = to.member.id;
        let mut faults = Vec::new();
        if self.seats.iter().any(|seat| seat.member == id && seat.released.is_none()) {
            faults.push(Fault::new("/member", &SEAT_TAKEN));
        }
        if to.load >= rules.max_load {
            faults.push(Fault::new("/member", &LOAD_REACHED));
        }
        if self.is_barred(id) {
            faults.push(Fault::new("/member", &MEMBER_BARRED));
        }
        Refusal::unless_clean(faults)?;
        self.seats.push(Seat { member: id, given: stamp, released: None });
        let known_of = (to.expert, to.counsels);
        for (ground, severity, detail) in ties_found(known_of, to.application, rules.look_back_months, stamp.at.day()) {
            let known =
                |c: &&Conflict| c.member == id && c.source == Source::Found && c.ground == ground && c.detail == detail;
            if severity != Severity::Potential && !self.conflicts.iter().any(|c| known(&c)) {
                let new = NewConflict { member: id, kind: ExclusionKind::Exclusion, ground, severity, detail };
                self.conflicts.push(Conflict::open(fresh(), new, Source::Found, stamp));
            }
        }
        Ok(self.touched(stamp))
    }

    /// Takes the application from a member. What the member had scored stays on record.
    pub fn released(mut self, member: MemberId, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        let seat = self.seats.iter_mut().find(|seat| seat.member == member && seat.released.is_none());
        let Some(seat) = seat else {
            return Err(Refusal::new(&SEAT_UNKNOWN).with(vec![Fault::new("/member", &SEAT_UNKNOWN)]));
        };
        seat.released = Some(Release { reason, stamp });
        Ok(self.touched(stamp))
    }

    /// The same after whoever has left the committee gave its seat back; none when it holds none here.
    pub fn vacated(self, member: MemberId, reason: Prose<2000>, stamp: Stamp) -> Option<Self> {
        self.released(member, reason, stamp).ok()
    }

    /// A member steps aside (회피). It takes effect at once and for good.
    pub fn recused(
        mut self,
        id: ConflictId,
        ground: Ground,
        detail: Prose<2000>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let member = MemberId::new(stamp.by.get());
        if !self.judges(member) {
            return Err(Refusal::new(&SEAT_UNKNOWN));
        }
        let new = NewConflict { member, kind: ExclusionKind::Recusal, ground, severity: Severity::Real, detail };
        self.conflicts.push(Conflict::upheld(id, new, Source::Declared, stamp));
        Ok(self.touched(stamp))
    }
}
