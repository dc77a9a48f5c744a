//! Selection (선정): a preview that anybody concerned can compute again, lots from recorded seeds, confirmation by the
//! committee's meeting, correction by a new edition, notice and objection.
//!
//! The ranking is the evaluation's own function over the dossier; nothing here ranks. What was confirmed is frozen with the
//! hash of its dossier and never edited (contract of the evaluation dossier).

mod confirm;
mod ground;
mod lot;
mod place;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_ground;

pub use confirm::{Confirmation, Meeting, NewConfirmation, Readiness};
pub use ground::{DecidedIndicator, Ground, NewIndicator, Reckoned, reckoned};
pub use lot::{DrawnLot, LotAsk, groups_to_draw, lot_order};
pub use place::{Place, ResultNotice, Selected, SelectedList, SelectedTrack};

use crate::{
    access::BodyKey,
    call::{CallKey, SupportCall},
    codes,
    evaluation::Lot,
    project::Stamp,
};
use serde::{Deserialize, Serialize};

/// What was drawn and confirmed for a call. It only grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The call.
    pub call: CallKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The bodies that hold and run the call.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// Ratios that were decided by hand, oldest first. Of each region the last one counts.
    #[schema(max_items = 1000)]
    pub indicators: Vec<DecidedIndicator>,
    /// Lots that were drawn, oldest first.
    #[schema(max_items = 100)]
    pub lots: Vec<DrawnLot>,
    /// What was confirmed, oldest first. The last one counts.
    #[schema(max_items = 100)]
    pub confirmations: Vec<Confirmation>,
    /// Last changed.
    pub updated: Stamp,
}

impl Selection {
    /// The empty selection that every call has before anything is drawn or confirmed: its version is 1, and it is kept
    /// nowhere.
    pub fn of(call: &SupportCall) -> Self {
        Self {
            call: call.key.clone(),
            version: 1,
            run_by: call.run_by(),
            indicators: Vec::new(),
            lots: Vec::new(),
            confirmations: Vec::new(),
            updated: call.created,
        }
    }
    /// True before anybody has made anything of it.
    pub const fn is_untouched(&self) -> bool {
        self.version == 1
    }
    /// The lots on which a confirmation rests, as the evaluation knows them.
    pub fn lots_of(&self, confirmation: i64) -> Vec<Lot> {
        let one = self.confirmations.iter().find(|one| one.number == confirmation);
        self.lots_for_evaluation().into_iter().take(one.map_or(0, |one| one.lots)).collect()
    }
    /// The lots as the evaluation knows them.
    pub fn lots_for_evaluation(&self) -> Vec<Lot> {
        let order = |lot: &DrawnLot| lot.order.iter().map(ToString::to_string).collect();
        self.lots.iter().map(|lot| Lot { order: order(lot) }).collect()
    }
    /// What counts.
    pub fn confirmed(&self) -> Option<&Confirmation> {
        self.confirmations.last()
    }
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

codes! {
    NOT_EVALUATED_NOW = "not_evaluated_now", 409, ["평가 중인 공모가 아닙니다", "The call is not being evaluated"],
        ["평가가 시작된 뒤에 선정 결과를 확정하십시오.", "Confirm a result once the evaluation has begun."];
    INPUTS_CHANGED = "inputs_changed", 409, ["확인한 뒤로 평가 자료가 바뀌었습니다", "What the result rests on has changed since it was looked at"],
        ["결과를 다시 확인하고 그 해시로 확정하십시오.", "Look at the result again and confirm it by its hash."];
    LOT_WANTING = "lot_wanting", 409, ["추첨이 필요합니다", "A lot must be drawn first"],
        ["동점 신청을 먼저 추첨하십시오.", "Draw the lot among those of equal rank first."];
    NO_LOT_NEEDED = "no_lot_needed", 409, ["추첨할 동점 신청이 없습니다", "Nobody of equal rank needs a lot"],
        ["결과에 '추첨 필요'로 표시된 트랙만 추첨합니다.", "Draw only for a track that the result marks as needing a lot."];
    CONFLICTS_UNDECIDED = "conflicts_undecided", 409, ["결정되지 않은 이해충돌이 있습니다", "Some conflicts of interest are undecided"],
        ["제척·기피·회피를 모두 결정한 뒤 확정하십시오.", "Decide on every exclusion, challenge and recusal first."];
    CHALLENGES_UNANSWERED = "challenges_unanswered", 409, ["답하지 않은 기피 신청이 있습니다", "Some challenges of applicants are unanswered"],
        ["기피 신청에 모두 답한 뒤 확정하십시오.", "Answer every challenge first."];
    SHEETS_WANTING = "sheets_wanting", 409, ["제출되지 않은 평가표가 있습니다", "Some score sheets are missing"],
        ["배정된 위원의 평가표를 받거나, 배정을 거두고 확정하십시오.", "Have the sheets submitted, or take the seats away, and confirm then."];
    MEETING_WITHOUT_QUORUM = "meeting_without_quorum", 422, ["의사정족수에 미달합니다", "The meeting had no quorum"],
        ["재적 위원 과반수가 출석한 회의에서 확정하십시오.", "More than half of the members must be present."];
    MEETING_WITHOUT_MAJORITY = "meeting_without_majority", 422, ["의결정족수에 미달합니다", "The meeting did not agree"],
        ["출석 위원 과반수의 찬성으로 확정하십시오.", "More than half of those present must be in favour."];
    NOT_AT_THE_MEETING = "not_at_the_meeting", 422, ["이 위원회의 위원이 아닙니다", "That is no member of the committee"],
        ["출석한 활동 위원만 적으십시오.", "List active members who were present."];
    CORRECTION_REASON = "correction_reason", 422, ["정정 사유가 필요합니다", "A correction needs a reason"],
        ["확정된 결과는 사유를 적은 새 판으로만 바꿉니다.", "A confirmed result changes only by a new edition with a reason."];
    INDICATOR_UNWANTED = "indicator_unwanted", 422, ["이 공모에서 쓰지 않는 지표입니다", "The call's rules do not ask for this ratio"],
        ["분담 규칙이 정한 지표와 그 지표를 쓰는 신청 기관을 쓰십시오.", "Name the ratio that the rules ask for, and an applicant whose rate rests on it."];
    INDICATOR_PUBLISHED = "indicator_published", 422, ["공표된 지표가 있습니다", "A ratio of this government is published"],
        ["공표된 값을 씁니다. 값이 틀렸으면 재정지표를 바로잡으십시오.", "The published one is used. Correct the fiscal indicators if it is wrong."];
    RESULT_NOT_CONFIRMED = "result_not_confirmed", 409, ["확정된 결과가 없습니다", "No result is confirmed"],
        ["결과가 확정된 뒤에 하십시오.", "Do this once a result is confirmed."];
}
