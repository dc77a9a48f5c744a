//! Support calls (공모): who may apply for what until when, by which rules, and how far the call has come.
//!
//! A call belongs to a programme. Its rules decide money and rank: once it is published they change only by a new edition
//! with a reason, and not at all once somebody has submitted (contract of the evaluation dossier; announcement of the
//! public-AI support programme, 2026-02-10).

mod access;
mod by_criterion;
mod change;
mod course;
mod plan;
mod rules;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use access::OnCall;
pub(crate) use by_criterion::{means, points};
pub use change::{Deadline, Duplicate, NewCall, SheetDeadline};
pub use course::{CallMove, CallStage, CallState, CourseFacts};
pub use plan::{Briefing, CallDocument, CallPlan, EligibilityRule, RuleCode};
pub use rules::{
    CallCriterion, CallRules, CallScoring, CallTrack, CommitteeRules, CriterionCode, Disclosed, SheetSight, TrackCode,
};

use crate::{
    access::BodyKey,
    codes,
    cost_share::{RuleSet, Standing},
    day::Instant,
    project::Stamp,
    text::{Key, Prose},
};
use serde::{Deserialize, Serialize};

/// A call's key, which is also its code in the dossier.
pub type CallKey = Key<SupportCall>;

/// A support call, whole. It changes only through the functions of this module, each of which checks every rule, raises
/// the version by one and leaves the old record untouched when it refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportCall {
    /// Its key, such as `public-ai-2026`.
    pub key: CallKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The body that holds it (주관 부처).
    pub lead_body: BodyKey,
    /// What it is for, when and for whom.
    pub plan: CallPlan,
    /// By which rules; none before they are laid down.
    pub rules: Option<RulesEdition>,
    /// Editions that were replaced after the call had been published, oldest first.
    #[schema(max_items = 100)]
    pub replaced_rules: Vec<RulesEdition>,
    /// How far it has been brought. Open and closed follow the clock.
    pub stage: CallStage,
    /// Every step, oldest first.
    #[schema(max_items = 200)]
    pub steps: Vec<CallStep>,
    /// The last moment at which score sheets are taken (평가표 제출 기한); none for as long as the evaluation lasts.
    pub sheets_until: Option<Instant>,
    /// Entered.
    pub created: Stamp,
    /// Last changed.
    pub updated: Stamp,
}

/// The rules of a call as they stand, or stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesEdition {
    /// Which edition, from 1. It rises only once the call has been published.
    #[schema(minimum = 1, maximum = 1000)]
    pub edition: i64,
    /// The rules.
    pub rules: CallRules,
    /// The cost-share rule set as it was when it was chosen: later editions of it change nothing here.
    pub cost_share: RuleSet,
    /// What stood behind that rule set: an illustration is no fact.
    pub cost_share_standing: Standing,
    /// Laid down.
    pub made: Stamp,
    /// Why it replaced the one before; for editions after the first.
    pub reason: Option<Prose<2000>>,
}

/// A step of a call's course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallStep {
    /// What was done.
    pub did: CallMove,
    /// When, and by whom.
    pub stamp: Stamp,
    /// Why, where a reason was given.
    pub reason: Option<Prose<2000>>,
    /// The deadline that was replaced, when the step has put one off.
    pub closed_at_before: Option<Instant>,
}

impl SupportCall {
    /// The same after a change, one version on.
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

codes! {
    CALL_MOVE_NOT_ALLOWED = "call_move_not_allowed", 409, ["지금 상태에서는 할 수 없는 진행입니다", "The call cannot move this way from where it stands"],
        ["공모의 현재 상태에서 가능한 진행을 확인하십시오.", "See which moves are open from the call's present state."];
    CALL_RULES_FIXED = "call_rules_fixed", 409, ["제출된 신청이 있어 규칙을 바꿀 수 없습니다", "Somebody has submitted: the rules stay as they are"],
        ["첫 제출 뒤에는 공모 규칙을 바꾸지 않습니다. 필요하면 공모를 취소하고 다시 공고하십시오.",
         "After the first submission a call's rules do not change. Cancel the call and publish another if need be."];
    CALL_PLAN_FIXED = "call_plan_fixed", 409, ["공고된 뒤에는 바꿀 수 없는 항목입니다", "This no longer changes once the call is published"],
        ["접수 기간은 마감 연장으로, 규칙은 새 판으로 바꾸십시오.", "Put off the deadline, or lay down a new edition of the rules."];
    CALL_RULES_WANTING = "call_rules_wanting", 422, ["공모 규칙이 없습니다", "The call has no rules yet"],
        ["배점, 트랙, 분담 규칙을 먼저 정하십시오.", "Lay down criteria, tracks and cost share first."];
    CALL_WINDOW_WANTING = "call_window_wanting", 422, ["접수 기간이 정해지지 않았습니다", "The window for applications is not set"],
        ["접수 시작과 마감 시각을 정하십시오.", "Set when applications open and close."];
    CALL_DEADLINE_PAST = "call_deadline_past", 422, ["이미 지난 시각입니다", "The time has passed already"],
        ["앞으로 올 시각을 넣으십시오.", "Give a time that is still to come."];
    CALL_REASON_NEEDED = "call_reason_needed", 422, ["사유가 필요합니다", "A reason is needed"],
        ["공고된 공모의 규칙과 마감은 사유와 함께 바꿉니다.", "The rules and the deadline of a published call change with a reason."];
    SHEETS_OVER = "sheets_over", 409, ["평가표 제출 기한이 지났습니다", "The deadline for score sheets has passed"],
        ["기한 안에 제출된 평가표만 집계합니다. 기한은 지나기 전에만 사유를 적어 늦출 수 있습니다.",
         "Only sheets submitted in time count. The deadline can be put off, with a reason, only before it passes."];
    NOT_TO_THE_MINUTE = "not_to_the_minute", 422, ["분 단위의 시각이 아닙니다", "The time is not to the minute"],
        ["초를 00으로, 마감은 59초로 끝나는 시각도 됩니다.", "Let the seconds be 00; a deadline may also end on second 59."];
    APPLICATIONS_UNDECIDED = "applications_undecided", 409, ["적격 여부가 정해지지 않은 신청이 있습니다", "Some applications have not been screened"],
        ["모든 제출 신청의 적격 여부를 정한 뒤 평가를 시작하십시오.", "Decide on every submitted application before the evaluation begins."];
    COST_SHARE_UNKNOWN = "cost_share_unknown", 422, ["분담 규칙을 찾을 수 없습니다", "There is no such cost-share rule set"],
        ["등록된 분담 규칙의 코드와 판을 쓰십시오.", "Name the code and edition of a rule set that has been entered."];
}
