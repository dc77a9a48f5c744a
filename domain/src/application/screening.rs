//! Eligibility screening (적격 심사): eligible, not eligible with the rules that were not met, or more is asked.

use super::{Application, ApplicationStanding, NOT_SCREENING, NOT_SUBMITTED, NOTHING_ASKED, Paper, RULE_NAMED_WRONGLY};
use crate::{
    call::{CallState, RuleCode, SupportCall},
    day::Instant,
    decimal::Decimal,
    problem::{DUPLICATE, Fault, OUT_OF_RANGE, REQUIRED, Refusal, WRONG_LENGTH, WRONG_ORDER},
    project::{Stamp, file_faults},
    text::{Key, Line, Prose},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Names a ground for bonus or penalty points.
pub type PointCode = Key<GivenPoints>;

/// What was found about an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Screening {
    /// Which submission was looked at.
    #[schema(minimum = 1, maximum = 200)]
    pub submission: i64,
    /// What was found.
    pub outcome: ScreeningOutcome,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// What screening found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "found", content = "with", rename_all = "snake_case", deny_unknown_fields)]
pub enum ScreeningOutcome {
    /// 적격.
    Eligible(Eligibility),
    /// 부적격.
    Ineligible {
        /// The rules that are not met, at least one.
        #[schema(min_items = 1, max_items = 50)]
        rules: Vec<RuleCode>,
        /// Why, for the applicant.
        reason: Prose<2000>,
    },
    /// 보완 요청.
    InformationAsked(InformationAsked),
}

/// What goes with an eligible application into the evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ScreeningEligibility)]
pub struct Eligibility {
    /// Groups it was found to belong to, for the cost share (`depopulation_area`).
    #[serde(default)]
    #[schema(max_items = 50)]
    pub groups: Vec<Line<40>>,
    /// Bonus points with their evidence.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub bonuses: Vec<GivenPoints>,
    /// Penalty points with their ground.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub penalties: Vec<GivenPoints>,
}

/// Points beside the score sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenPoints {
    /// What for.
    pub code: PointCode,
    /// How many: 0 to 100.
    pub points: Decimal,
    /// What it rests on.
    pub evidence: Line<500>,
}

/// What is asked of an applicant, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InformationAsked {
    /// What is wanting.
    pub question: Prose<2000>,
    /// Until when it is to be answered.
    pub due: Instant,
    /// The answer.
    pub supplement: Option<Supplement>,
}

/// An answer to a request for more. The submission itself stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ScreeningSupplement)]
pub struct Supplement {
    /// In words.
    pub answer: Prose<5000>,
    /// Files.
    #[schema(max_items = 20)]
    pub papers: Vec<Paper>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// What a screener finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "found", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = ScreeningVerdict)]
pub enum Verdict {
    /// 적격.
    Eligible {
        /// Groups, bonus and penalty points.
        #[serde(default)]
        with: Eligibility,
    },
    /// 부적격.
    Ineligible {
        /// The rules that are not met.
        #[schema(min_items = 1, max_items = 50)]
        rules: Vec<RuleCode>,
        /// Why, for the applicant.
        reason: Prose<2000>,
    },
    /// 보완 요청.
    AskMore {
        /// What is wanting.
        question: Prose<2000>,
        /// Until when it is to be answered.
        due: Instant,
    },
}

/// A finding to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScreening {
    /// What was found.
    pub verdict: Verdict,
}

impl Eligibility {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut groups = BTreeSet::new();
        for (index, group) in self.groups.iter().enumerate() {
            if !groups.insert(group) {
                faults.push(Fault::new(format!("/verdict/with/groups/{index}"), &DUPLICATE));
            }
        }
        for (list, given) in [("bonuses", &self.bonuses), ("penalties", &self.penalties)] {
            let mut codes = BTreeSet::new();
            for (index, points) in given.iter().enumerate() {
                if !codes.insert(&points.code) {
                    faults.push(Fault::new(format!("/verdict/with/{list}/{index}/code"), &DUPLICATE));
                }
                if points.points < Decimal::ZERO || points.points > Decimal::HUNDRED {
                    faults.push(Fault::new(format!("/verdict/with/{list}/{index}/points"), &OUT_OF_RANGE));
                }
            }
        }
        faults
    }
}

impl Verdict {
    fn faults(&self, call: &SupportCall, now: Instant) -> Vec<Fault> {
        match self {
            Self::Eligible { with } => with.faults(),
            Self::Ineligible { rules, .. } => {
                let mut faults: Vec<Fault> =
                    rules.is_empty().then(|| Fault::new("/verdict/rules", &REQUIRED)).into_iter().collect();
                for (index, code) in rules.iter().enumerate() {
                    let at = format!("/verdict/rules/{index}");
                    if call.plan.eligibility.iter().all(|rule| rule.code != *code) {
                        faults.push(Fault::new(at, &RULE_NAMED_WRONGLY));
                    } else if rules.iter().take(index).any(|earlier| earlier == code) {
                        faults.push(Fault::new(at, &DUPLICATE));
                    }
                }
                faults
            }
            Self::AskMore { due, .. } => {
                (*due <= now).then(|| Fault::new("/verdict/due", &WRONG_ORDER)).into_iter().collect()
            }
        }
    }
    fn outcome(self) -> ScreeningOutcome {
        match self {
            Self::Eligible { with } => ScreeningOutcome::Eligible(with),
            Self::Ineligible { rules, reason } => ScreeningOutcome::Ineligible { rules, reason },
            Self::AskMore { question, due } => {
                ScreeningOutcome::InformationAsked(InformationAsked { question, due, supplement: None })
            }
        }
    }
}

impl Application {
    /// Records what a screener has found. A later finding takes the place of an earlier one, which is kept; once the
    /// committee scores, nothing is found any more.
    pub fn screened(mut self, new: NewScreening, call: &SupportCall, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand()?;
        let Some(submission) = self.submitted().map(|last| last.number) else {
            return Err(Refusal::new(&NOT_SUBMITTED));
        };
        if call.state(stamp.at) != CallState::Screening {
            return Err(Refusal::new(&NOT_SCREENING));
        }
        let mut faults = new.verdict.faults(call, stamp.at);
        if self.screenings.len() >= 100 {
            faults.push(Fault::new("", &WRONG_LENGTH));
        }
        Refusal::unless_clean(faults)?;
        self.screenings.push(Screening { submission, outcome: new.verdict.outcome(), stamp });
        Ok(self.touched(stamp))
    }

    /// Answers the request for more that is open, within its time and while the call is screened: one that was given up is
    /// answered no more.
    pub fn supplemented(
        mut self,
        answer: Prose<5000>,
        papers: Vec<Paper>,
        (call, stamp): (&SupportCall, Stamp),
    ) -> Result<Self, Refusal> {
        self.must_stand()?;
        if call.state(stamp.at) != CallState::Screening {
            return Err(Refusal::new(&NOT_SCREENING));
        }
        if self.standing() != ApplicationStanding::InformationAsked {
            return Err(Refusal::new(&NOTHING_ASKED));
        }
        let mut faults: Vec<Fault> =
            (papers.len() > 20).then(|| Fault::new("/papers", &WRONG_LENGTH)).into_iter().collect();
        for (index, paper) in papers.iter().enumerate() {
            faults.extend(file_faults(&format!("/papers/{index}"), &paper.name, &paper.media_type, paper.bytes));
        }
        Refusal::unless_clean(faults)?;
        match self.screenings.last_mut().map(|screening| &mut screening.outcome) {
            Some(ScreeningOutcome::InformationAsked(asked)) if stamp.at <= asked.due => {
                asked.supplement = Some(Supplement { answer, papers, stamp });
            }
            _ => return Err(Refusal::new(&NOTHING_ASKED)),
        }
        Ok(self.touched(stamp))
    }
}
