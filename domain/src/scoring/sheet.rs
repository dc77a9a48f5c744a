//! A sheet (평가표): saved as a draft, submitted once it is whole, reopened only with a reason.

use super::{CRITERION_UNKNOWN, CRITERION_UNSCORED, SHEET_NOT_SUBMITTED, SHEET_SUBMITTED};
use crate::{
    access::BodyKey,
    application::ApplicationId,
    call::{CallKey, CallRules, CallState, CriterionCode, SHEETS_OVER, SupportCall, points},
    code_list,
    committee::MemberId,
    decimal::Decimal,
    evaluation::{NOT_ON_STEP, SCORE_ABOVE_MAXIMUM, Sheet},
    panel::{EVALUATION_NOT_OPEN, Panel},
    problem::{Fault, OUT_OF_RANGE, Refusal, step},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a member says of an application. A draft may lack scores; nothing is not zero.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetContent {
    /// Points by criterion.
    #[serde(default)]
    #[schema(schema_with = points)]
    pub scores: BTreeMap<CriterionCode, Decimal>,
    /// For the applicant, who never learns whose it is.
    #[serde(default)]
    pub to_applicant: Option<Prose<5000>>,
    /// For the committee alone.
    #[serde(default)]
    pub to_committee: Option<Prose<5000>>,
}

/// A member's sheet of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreSheet {
    /// Which application.
    pub application: ApplicationId,
    /// Whose.
    pub member: MemberId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The call.
    pub call: CallKey,
    /// The bodies that hold and run the call.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// The bodies that apply: whoever belongs to one knows nothing of it.
    #[schema(min_items = 1, max_items = 51)]
    pub applicants: Vec<BodyKey>,
    /// What it says.
    pub content: SheetContent,
    /// When it was submitted; none while it is being written.
    pub submitted: Option<Stamp>,
    /// Each time it was opened again, oldest first.
    #[schema(max_items = 100)]
    pub reopenings: Vec<Reopening>,
    /// Last changed.
    pub updated: Stamp,
}

/// That a submitted sheet was opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// Why.
    pub reason: Prose<2000>,
    /// What had been submitted.
    pub before: SheetContent,
    /// When that had been submitted.
    pub submitted: Stamp,
    /// When it was opened again, and by whom.
    pub stamp: Stamp,
}

code_list! {
    /// How far a sheet is.
    pub enum SheetState {
        /// Being written.
        Draft = "draft" / "작성 중",
        /// Submitted.
        Submitted = "submitted" / "제출",
    }
}

impl SheetContent {
    /// What is wrong with it, whole or not.
    fn faults(&self, rules: &CallRules) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (code, points) in &self.scores {
            let at = step("/scores", code.as_str());
            match rules.scoring.criteria.iter().find(|criterion| criterion.code == *code) {
                None => faults.push(Fault::new(at, &CRITERION_UNKNOWN)),
                Some(_) if *points < Decimal::ZERO => faults.push(Fault::new(at, &OUT_OF_RANGE)),
                Some(criterion) if *points > criterion.max_points => faults.push(Fault::new(at, &SCORE_ABOVE_MAXIMUM)),
                Some(_) if !points.is_multiple_of(rules.scoring.score_step) => {
                    faults.push(Fault::new(at, &NOT_ON_STEP));
                }
                Some(_) => {}
            }
        }
        faults
    }
    /// The criteria that have no score.
    fn unscored(&self, rules: &CallRules) -> Vec<Fault> {
        let missing = rules.scoring.criteria.iter().filter(|criterion| !self.scores.contains_key(&criterion.code));
        missing.map(|criterion| Fault::new(step("/scores", criterion.code.as_str()), &CRITERION_UNSCORED)).collect()
    }
    /// The sum of what was scored.
    pub fn total(&self) -> Decimal {
        Decimal::sum(self.scores.values().copied())
    }
}

impl ScoreSheet {
    /// Begins or carries on a draft. The first saving makes it.
    pub fn written(
        before: Option<Self>,
        content: SheetContent,
        (panel, call): (&Panel, &SupportCall),
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let rules = open_rules(call, stamp)?;
        Refusal::unless_clean(content.faults(rules))?;
        let Some(sheet) = before else {
            return Ok(Self {
                application: panel.application,
                member: MemberId::new(stamp.by.get()),
                version: 1,
                call: panel.call.clone(),
                run_by: panel.run_by.clone(),
                applicants: panel.applicants.clone(),
                content,
                submitted: None,
                reopenings: Vec::new(),
                updated: stamp,
            });
        };
        if sheet.submitted.is_some() {
            return Err(Refusal::new(&SHEET_SUBMITTED));
        }
        Ok(Self { content, ..sheet }.touched(stamp))
    }

    /// Submits it, every criterion scored. No sheet is taken once its deadline has passed or the evaluation is over.
    pub fn submit(self, call: &SupportCall, stamp: Stamp) -> Result<Self, Refusal> {
        let rules = open_rules(call, stamp)?;
        if self.submitted.is_some() {
            return Err(Refusal::new(&SHEET_SUBMITTED));
        }
        let mut faults = self.content.faults(rules);
        faults.extend(self.content.unscored(rules));
        Refusal::unless_clean(faults)?;
        Ok(Self { submitted: Some(stamp), ..self }.touched(stamp))
    }

    /// Opens a submitted sheet again, with a reason. What had been submitted is kept.
    pub fn reopened(mut self, reason: Prose<2000>, call: &SupportCall, stamp: Stamp) -> Result<Self, Refusal> {
        open_rules(call, stamp)?;
        let submitted = self.submitted.take().ok_or_else(|| Refusal::new(&SHEET_NOT_SUBMITTED))?;
        self.reopenings.push(Reopening { reason, before: self.content.clone(), submitted, stamp });
        Ok(self.touched(stamp))
    }

    /// How far it is.
    pub const fn state(&self) -> SheetState {
        if self.submitted.is_some() { SheetState::Submitted } else { SheetState::Draft }
    }

    /// The sheet as the dossier knows it; none while it is being written.
    pub fn for_evaluation(&self) -> Option<Sheet> {
        self.submitted.map(|_| Sheet {
            member: self.member.to_string(),
            application: self.application.to_string(),
            scores: self.content.scores.iter().map(|(code, points)| (code.to_string(), *points)).collect(),
        })
    }

    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

/// The rules of a call that is being evaluated and whose deadline for sheets has not passed. What was submitted in time is
/// not opened again after it either: it could not be submitted any more.
fn open_rules(call: &SupportCall, stamp: Stamp) -> Result<&CallRules, Refusal> {
    match (&call.rules, call.state(stamp.at)) {
        (Some(_), CallState::Evaluation) if call.sheets_are_over(stamp.at) => Err(Refusal::new(&SHEETS_OVER)),
        (Some(laid_down), CallState::Evaluation) => Ok(&laid_down.rules),
        _ => Err(Refusal::new(&EVALUATION_NOT_OPEN)),
    }
}
