//! Entering and changing a call (공모 작성·변경): its plan, its rules, a copy of it.

use super::{
    CALL_MOVE_NOT_ALLOWED, CALL_PLAN_FIXED, CALL_RULES_FIXED, CallKey, CallMove, CallPlan, CallRules, CallStage,
    CallState, CourseFacts, RulesEdition, SupportCall, rules::Frame,
};
use crate::{
    access::BodyKey,
    cost_share::{RuleSet, Standing},
    day::Instant,
    name::Name,
    problem::{Fault, Refusal},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// A call to be prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCall {
    /// Its key.
    pub key: CallKey,
    /// The body that holds it.
    pub lead_body: BodyKey,
    /// What it is for, when and for whom.
    pub plan: CallPlan,
}

/// A later deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The new last moment, later than the one before.
    pub closes_at: Instant,
    /// Why it is put off.
    pub reason: Prose<2000>,
}

/// Until when score sheets are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CallSheetDeadline)]
pub struct SheetDeadline {
    /// The last moment, to the minute; the last second of a minute (`23:59:59`) too.
    pub sheets_until: Instant,
    /// Why it is put off; needed when there was one before.
    #[serde(default)]
    pub reason: Option<Prose<2000>>,
}

/// A copy to be made of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Duplicate {
    /// The key of the copy.
    pub key: CallKey,
    /// Its title.
    pub title: Name,
}

/// Rules are read against a deadline; before there is one, against the end of 2199.
const NO_DEADLINE: Instant = Instant::from_micros(7_258_118_399_000_000);

impl SupportCall {
    /// Enters a draft.
    pub fn create(new: NewCall, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(new.plan.faults("/plan"))?;
        Ok(Self {
            key: new.key,
            version: 1,
            lead_body: new.lead_body,
            plan: new.plan,
            rules: None,
            replaced_rules: Vec::new(),
            stage: CallStage::Draft,
            steps: Vec::new(),
            sheets_until: None,
            created: stamp,
            updated: stamp,
        })
    }

    /// A draft with the same plan and rules. Its window, its briefings and its decision date are its own to set.
    #[must_use]
    pub fn duplicated(&self, copy: Duplicate, stamp: Stamp) -> Self {
        let plan = CallPlan {
            title: copy.title,
            opens_at: None,
            closes_at: None,
            decision_planned: None,
            briefings: Vec::new(),
            ..self.plan.clone()
        };
        let rules =
            self.rules.clone().map(|laid_down| RulesEdition { edition: 1, made: stamp, reason: None, ..laid_down });
        Self {
            key: copy.key,
            version: 1,
            lead_body: self.lead_body.clone(),
            plan,
            rules,
            replaced_rules: Vec::new(),
            stage: CallStage::Draft,
            steps: Vec::new(),
            sheets_until: None,
            created: stamp,
            updated: stamp,
        }
    }

    /// Says the plan anew. Once published, what applicants rely on stays: the programme, the year, who runs it, the
    /// window and the rules of eligibility.
    pub fn planned(self, plan: CallPlan, stamp: Stamp) -> Result<Self, Refusal> {
        if matches!(self.stage, CallStage::Final | CallStage::Cancelled) {
            return Err(Refusal::new(&CALL_MOVE_NOT_ALLOWED));
        }
        let mut faults = plan.faults("");
        if self.stage != CallStage::Draft {
            let before = &self.plan;
            let fixed = [
                ("/programme", plan.programme != before.programme),
                ("/fiscal_year", plan.fiscal_year != before.fiscal_year),
                ("/managing_agency", plan.managing_agency != before.managing_agency),
                ("/opens_at", plan.opens_at != before.opens_at),
                ("/closes_at", plan.closes_at != before.closes_at),
                ("/eligibility", plan.eligibility != before.eligibility),
            ];
            faults.extend(fixed.into_iter().filter(|(_, moved)| *moved).map(|(p, _)| Fault::new(p, &CALL_PLAN_FIXED)));
        }
        Refusal::unless_clean(faults)?;
        Ok(Self { plan, ..self }.touched(stamp))
    }

    /// Lays down the rules with the cost-share rule set they rest on. A draft's rules are simply replaced; a published
    /// call's become a new edition, with a reason, before the deadline and the first submission.
    pub fn ruled(
        mut self,
        rules: CallRules,
        (cost_share, cost_share_standing): (RuleSet, Standing),
        reason: Option<Prose<2000>>,
        facts: CourseFacts,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let before_deadline = [CallState::Draft, CallState::Published, CallState::Open];
        self.must_stand(CallMove::ReplaceRules, stamp.at, &before_deadline)?;
        let published = self.stage != CallStage::Draft;
        if published && facts.submitted > 0 {
            return Err(Refusal::new(&CALL_RULES_FIXED));
        }
        let closes_at = self.plan.closes_at.unwrap_or(NO_DEADLINE);
        let frame = Frame { key: &self.key, fiscal_year: self.plan.fiscal_year, closes_at };
        let mut faults = rules.faults(&frame, &cost_share, "/rules");
        faults.extend(self.with_reason(reason.as_ref()));
        Refusal::unless_clean(faults)?;
        let before = self.rules.take();
        let edition = match (&before, published) {
            (Some(before), true) => before.edition.saturating_add(1),
            _ => 1,
        };
        let why = reason.clone().filter(|_| published);
        self.rules = Some(RulesEdition { edition, rules, cost_share, cost_share_standing, made: stamp, reason: why });
        if !published {
            return Ok(self.touched(stamp));
        }
        self.replaced_rules.extend(before);
        Ok(self.stepped(CallMove::ReplaceRules, CallStage::Published, reason, stamp))
    }
}
