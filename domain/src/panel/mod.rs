//! Panels (배정): which members score an application, and who of them is kept from it.
//!
//! 제척 (by law), 기피 (on a challenge) and 회피 (by own will) are three things and never one flag. Whoever an open or upheld
//! conflict keeps from an application knows nothing of it: no list, no count, no search, no export. What such a member had
//! scored before is kept for the record and has no effect (contract of the evaluation dossier).

mod access;
mod assign;
mod conflict;
mod propose;
mod seat;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_many;

pub use access::OnPanel;
pub use assign::{NewSeat, Standing, assigned};
pub use conflict::{
    Conflict, ConflictDecision, ConflictId, ConflictState, DecidedConflict, Ground, NewConflict, Severity, Source,
    ties_found,
};
pub use propose::{KeptOut, KeptOutBy, Proposal, ProposalReason, ProposedSeat, Unfilled, proposed};
pub use seat::{Concerned, Release, Seat, SeatState};

use crate::{
    access::BodyKey, application::ApplicationId, call::CallKey, codes, committee::MemberId, evaluation::Exclusion,
    project::Stamp,
};
use serde::{Deserialize, Serialize};

/// The panel of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// The application.
    pub application: ApplicationId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The call.
    pub call: CallKey,
    /// The bodies that hold and run the call.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// The bodies that apply: whoever belongs to one decides nothing here.
    #[schema(min_items = 1, max_items = 51)]
    pub applicants: Vec<BodyKey>,
    /// Who was given it, in that order.
    #[schema(max_items = 1000)]
    pub seats: Vec<Seat>,
    /// What stands or stood between members and it.
    #[schema(max_items = 1000)]
    pub conflicts: Vec<Conflict>,
    /// Last changed.
    pub updated: Stamp,
}

impl Panel {
    /// True before anybody has made anything of it.
    pub const fn is_untouched(&self) -> bool {
        self.version == 1
    }
    /// True while an open or upheld conflict keeps this member from the application.
    pub fn is_barred(&self, member: MemberId) -> bool {
        self.conflicts.iter().any(|conflict| conflict.member == member && conflict.bars())
    }
    /// True when it was decided that this member is kept out.
    pub fn is_kept_out(&self, member: MemberId) -> bool {
        self.conflicts.iter().any(|conflict| conflict.member == member && conflict.state() == ConflictState::Upheld)
    }
    /// True while the member holds a seat and nothing keeps it from the application.
    pub fn judges(&self, member: MemberId) -> bool {
        self.seated().any(|seated| seated == member) && !self.is_barred(member)
    }
    /// Those who hold a seat, whether anything keeps them out or not.
    pub fn seated(&self) -> impl Iterator<Item = MemberId> {
        self.seats.iter().filter(|seat| seat.released.is_none()).map(|seat| seat.member)
    }
    /// Those who judge it now.
    pub fn judging(&self) -> impl Iterator<Item = MemberId> {
        self.seated().filter(|member| !self.is_barred(*member))
    }
    /// Conflicts that nobody has decided: a result cannot be confirmed before.
    pub fn undecided(&self) -> impl Iterator<Item = &Conflict> {
        self.conflicts.iter().filter(|conflict| conflict.state() == ConflictState::Open)
    }
    /// The exclusions as the dossier knows them: of each member the first that was upheld.
    pub fn exclusions(&self) -> Vec<Exclusion> {
        let mut found: Vec<Exclusion> = Vec::new();
        for conflict in self.conflicts.iter().filter(|conflict| conflict.state() == ConflictState::Upheld) {
            let member = conflict.member.to_string();
            if found.iter().all(|known| known.member != member) {
                found.push(Exclusion { member, application: self.application.to_string(), kind: conflict.kind });
            }
        }
        found
    }
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

codes! {
    SEAT_TAKEN = "seat_taken", 422, ["이미 배정된 위원입니다", "The member was given this application already"],
        ["다른 위원을 배정하십시오.", "Give it to another member."];
    SEAT_UNKNOWN = "seat_unknown", 422, ["배정되지 않은 위원입니다", "The member was not given this application"],
        ["배정된 위원을 쓰십시오.", "Name a member to whom it was given."];
    MEMBER_BARRED = "member_barred", 422, ["이해충돌이 있는 위원입니다", "A conflict keeps the member from this application"],
        ["제척·기피·회피 사유가 없는 위원에게 배정하십시오.", "Give it to a member without exclusion, challenge or recusal."];
    LOAD_REACHED = "load_reached", 422, ["위원의 배정 한도를 넘습니다", "The member would have too many applications"],
        ["공모 규칙의 위원별 배정 한도를 지키십시오.", "Keep to the load for one member in the call's rules."];
    NOT_ELIGIBLE = "not_eligible", 409, ["적격으로 정해진 신청이 아닙니다", "The application was not found eligible"],
        ["적격 신청만 배정하고 채점합니다.", "Only eligible applications are given to members and scored."];
    CONFLICT_DECIDED = "conflict_decided", 409, ["이미 결정된 이해충돌입니다", "The conflict was decided already"],
        ["결정은 고치지 않습니다. 새로 드러난 것은 새로 기록하십시오.", "A decision is not edited. Record anew what has come to light."];
    CONFLICT_UNKNOWN = "conflict_unknown", 404, ["기록되지 않은 이해충돌입니다", "There is no such conflict"],
        ["기록된 이해충돌의 식별자를 쓰십시오.", "Use the id of a conflict that is on record."];
    OWN_BODY_APPLIES = "own_body_applies", 403, ["소속 기관이 신청한 공모입니다", "The own body applies here"],
        ["신청에 참여하지 않은 운영 기관의 담당자에게 맡기십시오.", "Leave it to a coordinator of a running body that has no part in the application."];
    EVALUATION_NOT_OPEN = "evaluation_not_open", 409, ["평가 중인 공모가 아닙니다", "The call is not being evaluated"],
        ["평가가 시작된 뒤부터 확정되기 전까지만 할 수 있습니다.", "This is open from the start of the evaluation until its confirmation."];
}
