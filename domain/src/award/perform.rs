//! Carrying an agreement out (협약 이행): the managing agency's steps, conditions that are met, instalments that are paid.

use super::{
    Award, AwardState, CONDITION_IS_MET, CONDITION_UNKNOWN, ConditionMet, INSTALMENT_IS_PAID, INSTALMENT_UNKNOWN,
    InstalmentPaid,
};
use crate::{
    budget::Amount,
    code_list,
    day::Day,
    problem::{Fault, REQUIRED, Refusal, WRONG_LENGTH, WRONG_ORDER},
    project::{Stamp, problems::IN_FUTURE},
    text::Prose,
};
use serde::{Deserialize, Serialize};

code_list! {
    /// The steps that the managing agency sees through: the plan of the work, then the choice of a supplier.
    #[schema(as = AwardStepKind)]
    pub enum StepKind {
        /// The recipient hands the plan in.
        PlanSubmitted = "plan_submitted" / "사업계획서 제출",
        /// The agency has looked at it.
        PlanReviewed = "plan_reviewed" / "사업계획 검토",
        /// It is laid down.
        PlanApproved = "plan_approved" / "사업계획 확정",
        /// The order is put out to tender.
        TenderAnnounced = "tender_announced" / "입찰 공고",
        /// The proposals are judged.
        ProposalsEvaluated = "proposals_evaluated" / "제안서 평가",
        /// A supplier is chosen.
        SupplierSelected = "supplier_selected" / "사업자 선정",
        /// The contract with it is signed.
        ContractSigned = "contract_signed" / "사업자 계약",
    }
}

/// What was recorded of a step. Of each step the last record counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardStep {
    /// Which step.
    pub step: StepKind,
    /// When it is planned.
    pub planned_on: Option<Day>,
    /// When it was done.
    pub done_on: Option<Day>,
    /// What is worth knowing.
    pub note: Option<Prose<2000>>,
    /// Recorded.
    pub stamp: Stamp,
}

/// A step to be recorded: planned, or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAwardStep, example = json!({ "step": "plan_submitted", "planned_on": "2026-12-10", "done_on": null, "note": null }))]
pub struct NewStep {
    /// Which step.
    pub step: StepKind,
    /// When it is planned; needed while it is not done.
    #[serde(default)]
    pub planned_on: Option<Day>,
    /// When it was done; not in the future.
    #[serde(default)]
    pub done_on: Option<Day>,
    /// What is worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
}

/// So many records of steps an award may gather.
const MOST: usize = 500;

impl Award {
    /// Records a step: planned anew, or done. What was recorded before stays.
    pub fn step_recorded(mut self, new: NewStep, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[AwardState::Agreed])?;
        let mut faults = Vec::new();
        if new.planned_on.is_none() && new.done_on.is_none() {
            faults.push(Fault::new("/planned_on", &REQUIRED));
        }
        if new.done_on.is_some_and(|day| day > stamp.at.day()) {
            faults.push(Fault::new("/done_on", &IN_FUTURE));
        }
        if self.steps.len() >= MOST {
            faults.push(Fault::new("/step", &WRONG_LENGTH));
        }
        Refusal::unless_clean(faults)?;
        let NewStep { step, planned_on, done_on, note } = new;
        self.steps.push(AwardStep { step, planned_on, done_on, note, stamp });
        Ok(self.touched(stamp))
    }

    /// Records that a condition was met, once.
    pub fn condition_met(
        mut self,
        number: usize,
        (on, note): (Day, Option<Prose<2000>>),
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        self.must_stand(&[AwardState::Agreed, AwardState::Terminated])?;
        let signed_on = self.agreement.as_ref().map(|agreement| agreement.signed_on);
        let conditions = self.agreement.iter_mut().flat_map(|agreement| &mut agreement.conditions);
        let condition = conditions.into_iter().find(|one| one.number == number);
        let condition = condition.ok_or_else(|| Refusal::new(&CONDITION_UNKNOWN))?;
        if condition.met.is_some() {
            return Err(Refusal::new(&CONDITION_IS_MET));
        }
        happened(on, signed_on, "/met_on", stamp)?;
        condition.met = Some(ConditionMet { on, note, stamp });
        Ok(self.touched(stamp))
    }

    /// Records that an instalment was paid, once. Gives what is to be booked as expenditure.
    pub fn instalment_paid(mut self, number: usize, on: Day, stamp: Stamp) -> Result<(Self, Amount), Refusal> {
        self.must_stand(&[AwardState::Agreed])?;
        let signed_on = self.agreement.as_ref().map(|agreement| agreement.signed_on);
        let instalments = self.agreement.iter_mut().flat_map(|agreement| &mut agreement.instalments);
        let instalment = instalments.into_iter().find(|one| one.number == number);
        let instalment = instalment.ok_or_else(|| Refusal::new(&INSTALMENT_UNKNOWN))?;
        if instalment.paid.is_some() {
            return Err(Refusal::new(&INSTALMENT_IS_PAID));
        }
        happened(on, signed_on, "/paid_on", stamp)?;
        instalment.paid = Some(InstalmentPaid { on, stamp });
        let amount = instalment.national_krw;
        Ok((self.touched(stamp), amount))
    }
}

/// Refuses a day that has not come, or that lies before the agreement was signed.
fn happened(on: Day, signed_on: Option<Day>, at: &str, stamp: Stamp) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    if on > stamp.at.day() {
        faults.push(Fault::new(at, &IN_FUTURE));
    }
    if signed_on.is_some_and(|signed| on < signed) {
        faults.push(Fault::new(at, &WRONG_ORDER));
    }
    Refusal::unless_clean(faults)
}
