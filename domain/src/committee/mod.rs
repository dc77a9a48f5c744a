//! The selection committee (선정위원회): a pool of experts, members drawn by lot or appointed, pledges, meetings.
//!
//! Who scores is decided before any paper is seen: a member without a pledge is given no application (standard clause of
//! evaluation rules; domain rule: drawn by lot with a recorded seed, composition checked).

mod access;
mod draw;
mod expert;
mod member;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use access::{OnCommittee, OnExpert};
pub use draw::{Draw, DrawAsk, Seats, Seed, drawn};
pub use expert::{Expert, ExpertDetails, ExpertId, ExpertStanding, Sector, Tie, TieKind, With};
pub use member::{Appointment, Departure, Member, MemberId, MemberRole, Origin, Pledge, Replacement};

use crate::{
    access::BodyKey,
    call::{CALL_RULES_WANTING, CallKey, CallState, CommitteeRules, SupportCall},
    codes,
    day::Instant,
    problem::Refusal,
    project::Stamp,
};
use serde::{Deserialize, Serialize};

/// The committee of a call. It changes only through the functions of this module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// The call it selects for.
    pub call: CallKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The bodies that hold and run the call.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// Who is or was on it, in the order of coming.
    #[schema(max_items = 1000)]
    pub members: Vec<Member>,
    /// Every lot that was drawn, oldest first.
    #[schema(max_items = 100)]
    pub draws: Vec<Draw>,
    /// Entered.
    pub created: Stamp,
    /// Last changed.
    pub updated: Stamp,
}

/// The rules by which the committee of a call is made up, as long as it may be: until the result is confirmed or the call is
/// given up.
pub fn composing(call: &SupportCall, now: Instant) -> Result<&CommitteeRules, Refusal> {
    match call.state(now) {
        CallState::Decided | CallState::Notified | CallState::Final | CallState::Cancelled => {
            Err(Refusal::new(&COMMITTEE_SETTLED))
        }
        _ => call
            .rules
            .as_ref()
            .map(|laid_down| &laid_down.rules.committee)
            .ok_or_else(|| Refusal::new(&CALL_RULES_WANTING)),
    }
}

codes! {
    EXPERT_RETIRED = "expert_retired", 409, ["더 이상 위촉할 수 없는 전문가입니다", "The expert can no longer be appointed"],
        ["활동 중인 전문가를 위촉하십시오.", "Appoint an expert who is active."];
    EXPERT_WITHOUT_ACCOUNT = "expert_without_account", 422, ["계정이 없는 전문가입니다", "The expert has no account"],
        ["먼저 선정위원 계정을 만들어 연결하십시오.", "Open a committee member's account and tie it first."];
    MEMBER_ALREADY = "member_already", 422, ["이미 위원입니다", "The expert is a member already"],
        ["다른 전문가를 위촉하십시오.", "Appoint another expert."];
    MEMBER_UNKNOWN = "member_unknown", 422, ["이 위원회의 위원이 아닙니다", "That is no member of this committee"],
        ["활동 중인 위원을 쓰십시오.", "Name an active member."];
    MEMBER_LEFT = "member_left", 409, ["위원회를 떠난 위원입니다", "The member has left the committee"],
        ["활동 중인 위원만 할 수 있습니다.", "Only active members can do this."];
    PLEDGE_GIVEN = "pledge_given", 409, ["이미 서약했습니다", "The pledge was given already"],
        ["서약은 한 번이면 됩니다.", "One pledge is enough."];
    PLEDGE_WANTING = "pledge_wanting", 409, ["서약하지 않은 위원입니다", "The member has not pledged"],
        ["보안·이해충돌 서약 뒤에 신청서를 배정하십시오.", "Assign applications after the pledge of secrecy and no conflict."];
    COMMITTEE_FULL = "committee_full", 422, ["위원 수가 상한을 넘습니다", "The committee would have too many members"],
        ["공모 규칙의 위원 수를 지키십시오.", "Keep to the number of members in the call's rules."];
    COMMITTEE_TOO_SMALL = "committee_too_small", 409, ["위원 수가 모자랍니다", "The committee has too few members"],
        ["공모 규칙의 최소 위원 수를 채우십시오.", "Reach the least number of members in the call's rules."];
    TOO_FEW_PRIVATE = "too_few_private", 409, ["민간 위원이 모자랍니다", "Too few members are private experts"],
        ["공모 규칙의 최소 민간 위원 수를 채우십시오.", "Reach the least number of private experts in the call's rules."];
    CHAIR_WANTING = "chair_wanting", 409, ["위원장이 정확히 한 명이 아닙니다", "There is not exactly one chair"],
        ["위원장을 한 명 정하십시오.", "Appoint one chair."];
    POOL_TOO_SMALL = "pool_too_small", 422, ["추첨 대상이 자리보다 적습니다", "Fewer experts can be drawn than there are seats"],
        ["전문가를 더 등록하거나 자리를 줄이십시오.", "Enter more experts or ask for fewer seats."];
    NOT_DRAWABLE = "not_drawable", 422, ["추첨할 수 없는 전문가입니다", "The expert cannot be drawn"],
        ["활동 중이고 선정위원 역할의 계정이 있으며 아직 위원이 아닌 전문가를 쓰십시오.", "Name active experts with a committee member's account who are no members yet."];
    COMMITTEE_SETTLED = "committee_settled", 409, ["더 이상 바꿀 수 없는 위원회입니다", "The committee no longer changes"],
        ["선정이 확정되거나 취소된 공모의 위원회는 바꾸지 않습니다.", "The committee of a call that is decided or cancelled stays as it is."];
    ACCOUNT_WITHOUT_ROLE = "account_without_role", 422, ["필요한 역할이 없는 계정입니다", "The account does not hold the role that is needed"],
        ["먼저 그 계정에 선정위원(또는 AX자문단 위원) 역할을 주십시오.", "Give that account the role of a committee member, or of an adviser, first."];
    TERM_OVER = "term_over", 409, ["임기가 끝난 위원입니다", "The member's term is over"],
        ["임기 안의 위원만 할 수 있습니다.", "Only members within their term can do this."];
}
