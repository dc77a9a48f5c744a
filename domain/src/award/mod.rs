//! Awards (협약·교부): what was selected is offered, agreed, paid and settled, and what is given up goes to the next reserve.
//!
//! An award belongs to one application of a call that has ended. Its money is split by the call's own cost-share rules and
//! adds up to the total cost to the won; all awards of a track together never exceed the track's envelope (domain rules 1, 4
//! and 12: nothing decided is edited).

mod access;
mod agreement;
mod booking;
mod candidate;
mod money;
mod offer;
mod opening;
mod perform;
#[cfg(test)]
mod sample;
mod settlement;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_course;

pub use access::OnAward;
pub use agreement::{
    Agreement, AgreementCondition, ConditionMet, Instalment, InstalmentPaid, NewAgreement, NewCondition, NewInstalment,
    SourceAccount,
};
pub use booking::{book, committed, refused_at};
pub use candidate::{Candidate, Placing};
pub use money::{AwardSplit, FundingSource, TrackMoney, WaitingReserve};
pub use offer::{NewPartial, Promotion, offer_selected, promote};
pub use opening::{AwardLine, OpenedProject, project_of, within_envelope};
pub use perform::{AwardStep, NewStep, StepKind};
pub use settlement::{NewSettlement, NewSourceUse, Settlement, SettlementPaper, SourceSettlement};

use crate::{
    access::BodyKey,
    application::{ApplicantBody, ApplicationId},
    call::{CallKey, TrackCode},
    code_list, codes,
    day::FiscalYear,
    decimal::Decimal,
    money::Won,
    problem::{Refusal, Words},
    programme::ProgrammeKey,
    project::Stamp,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// An award, whole. It changes only through the functions of this module, each of which checks every rule, raises the version
/// by one and leaves the old record untouched when it refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// The application to which it is given.
    pub application: ApplicationId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The call.
    pub call: CallKey,
    /// The bodies that hold and run the call, the one that holds it first.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// The programme of the call.
    pub programme: ProgrammeKey,
    /// The fiscal year whose money is given.
    pub fiscal_year: FiscalYear,
    /// Who receives it.
    pub applicant: ApplicantBody,
    /// Other bodies that take part in the application; their shares are not known.
    #[schema(max_items = 100)]
    pub partners: Vec<BodyKey>,
    /// The track from whose envelope it is given.
    pub track: TrackCode,
    /// The title of the application, as submitted last.
    pub title: Line<200>,
    /// Which edition of the confirmed result it rests on.
    #[schema(minimum = 1, maximum = 100)]
    pub confirmation: i64,
    /// Its order among the reserves, when it was promoted; none for what was selected.
    #[schema(minimum = 1, maximum = 10_000)]
    pub reserve_order: Option<usize>,
    /// Groups of the applicant by which the money was split.
    #[schema(max_items = 50)]
    pub groups: Vec<Line<40>>,
    /// The published ratio by which the money was split; none for a flat rate.
    pub indicator_value: Option<Decimal>,
    /// Who pays what by the confirmed result.
    pub computed: AwardSplit,
    /// Who pays what now.
    pub split: AwardSplit,
    /// Decisions to award a part only, oldest first. The last one counts.
    #[schema(max_items = 100)]
    pub partials: Vec<PartialAward>,
    /// Offered.
    pub offered: Stamp,
    /// That it came to nothing before an agreement.
    pub ended: Option<AwardEnd>,
    /// The agreement (협약).
    pub agreement: Option<Agreement>,
    /// What was recorded of the managing agency's steps (사업 계획·사업자 선정), oldest first. Of each step the last one counts.
    #[schema(max_items = 500)]
    pub steps: Vec<AwardStep>,
    /// That the agreement was terminated (협약 해지).
    pub termination: Option<Termination>,
    /// The settlement (정산).
    pub settlement: Option<Settlement>,
    /// Last changed.
    pub updated: Stamp,
}

/// A decision to award a part only (일부 선정).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartialAward {
    /// The national money before, in won.
    pub before_krw: Won,
    /// The national money decided, in won. What is cut off becomes money of the applicant's side.
    pub national_krw: Won,
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// That an award came to nothing before an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardEnd {
    /// How.
    pub kind: AwardEndKind,
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// That an agreement was terminated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardTermination)]
pub struct Termination {
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

code_list! {
    /// How an award comes to nothing before an agreement.
    pub enum AwardEndKind {
        /// The applicant gave it up.
        GivenUp = "given_up" / "포기",
        /// No agreement came about.
        Failed = "failed" / "협약 미체결",
    }
}

code_list! {
    /// How an award stands.
    pub enum AwardState {
        /// Offered; the agreement is still to be concluded.
        Offered = "offered" / "협약 대기",
        /// The agreement is concluded.
        Agreed = "agreed" / "협약 체결",
        /// The applicant gave it up.
        GivenUp = "given_up" / "포기",
        /// No agreement came about.
        Failed = "failed" / "협약 미체결",
        /// The agreement was terminated.
        Terminated = "terminated" / "협약 해지",
        /// What was used is settled, and what was left has gone back.
        Settled = "settled" / "정산 완료",
    }
}

impl AwardState {
    /// True while its money is taken from the track: it was neither given up nor did it fail.
    pub const fn is_living(self) -> bool {
        !matches!(self, Self::GivenUp | Self::Failed)
    }
}

impl Award {
    /// How it stands.
    pub const fn state(&self) -> AwardState {
        if self.settlement.is_some() {
            return AwardState::Settled;
        }
        if self.termination.is_some() {
            return AwardState::Terminated;
        }
        if self.agreement.is_some() {
            return AwardState::Agreed;
        }
        match &self.ended {
            Some(AwardEnd { kind: AwardEndKind::GivenUp, .. }) => AwardState::GivenUp,
            Some(AwardEnd { kind: AwardEndKind::Failed, .. }) => AwardState::Failed,
            None => AwardState::Offered,
        }
    }
    /// The body that holds the call and gives the national money.
    pub fn holder(&self) -> Option<&BodyKey> {
        self.run_by.first()
    }
    /// Refuses what is open only from these states.
    fn must_stand(&self, from: &[AwardState]) -> Result<(), Refusal> {
        let state = self.state();
        if from.contains(&state) {
            return Ok(());
        }
        let words = Words::made(
            format!("'{}' 상태에서는 할 수 없습니다", state.ko()),
            format!("An award that is {state} does not take this"),
        );
        Err(Refusal::told(&AWARD_STATE, words))
    }
    /// The same after a change, one version on.
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

codes! {
    CALL_NOT_FINAL = "call_not_final", 409, ["아직 종료되지 않은 공모입니다", "The call has not ended"],
        ["이의신청 절차를 마치고 공모를 종료한 뒤 하십시오.", "End the call once objections are answered, and try again."];
    NOTHING_TO_OFFER = "nothing_to_offer", 409, ["통보할 선정 신청이 없습니다", "No selected application waits for its award"],
        ["이미 통보했거나 철회된 신청은 제외됩니다. 남은 재원은 예비선정에서 승계하십시오.",
         "Those offered already or withdrawn are left out. Promote a reserve if money is left."];
    NOT_OFFERABLE = "not_offerable", 422, ["통보를 기다리는 선정 신청이 아닙니다", "That is no selected application that waits for its award"],
        ["선정되고 철회되지 않았으며 아직 통보하지 않은 신청만 적으십시오.",
         "Name selected applications that were not withdrawn and have no award yet."];
    NOT_NEXT_RESERVE = "not_next_reserve", 409, ["다음 순서의 예비선정이 아닙니다", "That is not the next reserve"],
        ["예비선정은 순서대로 승계합니다. 트랙의 승계 현황을 확인하십시오.", "Reserves are promoted in their order. See the money of the track."];
    NO_AWARD_FREE = "no_award_free", 409, ["빈 선정 자리가 없습니다", "No award of the track is free"],
        ["포기·미체결·철회로 자리가 생긴 뒤에 승계합니다.", "A reserve is promoted once an award was given up, has failed or was withdrawn."];
    TRACK_ENVELOPE_SHORT = "track_envelope_short", 409, ["트랙의 남은 재원이 모자랍니다", "The track has not enough money left"],
        ["남은 재원 안에서 일부 선정을 사유와 함께 결정하거나, 재원이 생긴 뒤에 하십시오.",
         "Decide on a partial award within what is left, with a reason, or wait until money is free."];
    PARTIAL_OUT_OF_BOUNDS = "partial_out_of_bounds", 422, ["일부 선정 금액의 범위를 벗어났습니다", "The amount of a partial award is out of bounds"],
        ["지금의 국비보다 적고 규칙의 계산 단위 이상인 금액을 넣으십시오.",
         "Give less than the present national money and at least one unit of the rule set."];
    AWARD_STATE = "award_state", 409, ["지금 상태에서는 할 수 없습니다", "The award does not take this as it stands"],
        ["협약의 현재 상태를 확인하십시오.", "See how the award stands."];
    SPLIT_NOT_KNOWN = "split_not_known", 409, ["분담액을 계산할 근거가 없습니다", "There is no ground to split the money by"],
        ["확정된 결과에 분담 계산이 있는 신청만 협약할 수 있습니다.", "Only what the confirmed result splits can be awarded."];
    INSTALMENTS_NOT_WHOLE = "instalments_not_whole", 422, ["교부 회차의 합이 국비와 다릅니다", "The instalments do not add up to the national money"],
        ["회차별 교부액의 합을 협약의 국비와 같게 하십시오.", "Let the instalments add up to exactly the national money of the award."];
    PAYER_UNKNOWN = "payer_unknown", 422, ["지방비를 부담할 시도가 등록되어 있지 않습니다", "The sido that pays a part is not in the register"],
        ["시도 지방정부를 기관으로 등록한 뒤 협약하십시오.", "Enter the government of the sido as a body first."];
    PROGRAMME_ENVELOPE_SHORT = "programme_envelope_short", 409, ["사업 재원이 모자랍니다", "The programme's envelope does not hold that much"],
        ["사업 재원의 금액과 이미 편성된 예산 내역을 확인하십시오.", "See the envelope's amount and the lines that lie in it already."];
    CONDITION_UNKNOWN = "award_condition_unknown", 404, ["협약에 없는 조건입니다", "The agreement has no such condition"],
        ["협약에 적힌 조건의 번호를 쓰십시오.", "Use the number of a condition of the agreement."];
    CONDITION_IS_MET = "award_condition_met", 409, ["이미 이행한 조건입니다", "The condition is met already"],
        ["이행 기록은 고치지 않습니다.", "What was recorded is not edited."];
    INSTALMENT_UNKNOWN = "instalment_unknown", 404, ["협약에 없는 교부 회차입니다", "The agreement has no such instalment"],
        ["협약에 적힌 회차의 번호를 쓰십시오.", "Use the number of an instalment of the agreement."];
    INSTALMENT_IS_PAID = "instalment_paid", 409, ["이미 교부한 회차입니다", "The instalment is paid already"],
        ["교부 기록은 고치지 않습니다.", "What was recorded is not edited."];
    USED_BEYOND_PAID = "used_beyond_paid", 422, ["사용액이 받은 금액을 넘습니다", "More was used than was paid in"],
        ["재원별 사용액을 받은 금액 이내로 넣으십시오.", "Of each source give at most what was paid in."];
}
