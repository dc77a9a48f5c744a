//! What a call is for, when and for whom (공모 계획): window, briefings, documents, eligibility.

use super::{CALL_WINDOW_WANTING, NOT_TO_THE_MINUTE};
use crate::{
    access::BodyKey,
    day::{Date, FiscalYear, Instant},
    name::Name,
    problem::{DUPLICATE, Fault, WRONG_LENGTH, WRONG_ORDER},
    programme::ProgrammeKey,
    project::Sha256,
    text::{Key, Line, Prose},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Names a rule of eligibility within its call.
pub type RuleCode = Key<EligibilityRule>;

/// What a coordinator writes of a call beside its rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallPlan {
    /// Its title.
    pub title: Name,
    /// The programme it belongs to.
    pub programme: ProgrammeKey,
    /// The fiscal year whose money it gives.
    pub fiscal_year: FiscalYear,
    /// The body that runs it (전담기관), such as NIA.
    pub managing_agency: BodyKey,
    /// What is sought.
    #[serde(default)]
    pub summary: Option<Prose<5000>>,
    /// From when applications are taken, to the minute.
    #[serde(default)]
    pub opens_at: Option<Instant>,
    /// The last moment at which one may be submitted, to the minute; the last second of a minute (`23:59:59`) too.
    #[serde(default)]
    pub closes_at: Option<Instant>,
    /// When the decision is meant to be made; as precise as the announcement.
    #[serde(default)]
    pub decision_planned: Option<Date>,
    /// Briefings (사업설명회).
    #[serde(default)]
    #[schema(max_items = 50)]
    pub briefings: Vec<Briefing>,
    /// The announcement, forms and guides.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub documents: Vec<CallDocument>,
    /// What screening looks at.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub eligibility: Vec<EligibilityRule>,
    /// Whom to ask.
    #[serde(default)]
    pub contact: Option<Line<200>>,
}

/// A briefing for officials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    /// When it begins.
    pub at: Instant,
    /// Where, or over which channel.
    pub place: Line<200>,
    /// For whom.
    pub audience: Line<200>,
}

/// A document of the call; its bytes are kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallDocument {
    /// Its name.
    pub name: Line<255>,
    /// Where it can be fetched.
    #[serde(default)]
    pub address: Option<Line<500>>,
    /// Its SHA-256.
    pub sha256: Sha256,
}

/// Something an applicant must meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EligibilityRule {
    /// Names it when an application is found not to meet it.
    pub code: RuleCode,
    /// What is asked.
    pub text: Name,
}

impl CallPlan {
    /// What is wrong with it, whether or not the call is published.
    pub(super) fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (name, instant, seconds) in
            [("opens_at", self.opens_at, &[0][..]), ("closes_at", self.closes_at, &[0, 59][..])]
        {
            if instant.is_some_and(|instant| !on_seconds(instant, seconds)) {
                faults.push(Fault::new(format!("{at}/{name}"), &NOT_TO_THE_MINUTE));
            }
        }
        if let (Some(opens), Some(closes)) = (self.opens_at, self.closes_at)
            && opens >= closes
        {
            faults.push(Fault::new(format!("{at}/closes_at"), &WRONG_ORDER));
        }
        let mut seen = BTreeSet::new();
        for (index, rule) in self.eligibility.iter().enumerate() {
            if !seen.insert(&rule.code) {
                faults.push(Fault::new(format!("{at}/eligibility/{index}/code"), &DUPLICATE));
            }
        }
        let lists = [
            ("briefings", self.briefings.len()),
            ("documents", self.documents.len()),
            ("eligibility", self.eligibility.len()),
        ];
        faults.extend(
            lists
                .into_iter()
                .filter(|(_, len)| *len > 50)
                .map(|(name, _)| Fault::new(format!("{at}/{name}"), &WRONG_LENGTH)),
        );
        faults
    }

    /// What is wanting before it can be published.
    pub(super) fn wanting(&self) -> Vec<Fault> {
        let window = [("/plan/opens_at", self.opens_at), ("/plan/closes_at", self.closes_at)];
        window.into_iter().filter(|(_, at)| at.is_none()).map(|(p, _)| Fault::new(p, &CALL_WINDOW_WANTING)).collect()
    }
}

/// True when the instant stands on one of these seconds of its minute.
pub(super) fn on_seconds(at: Instant, seconds: &[i64]) -> bool {
    let in_minute = at.micros().rem_euclid(60_000_000);
    seconds.iter().any(|second| second.saturating_mul(1_000_000) == in_minute)
}
