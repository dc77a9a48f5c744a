//! Advisers (자문위원): experts of the pool who counsel ministries for a term, within a load, on certain topics.

use super::{ADVISER_RELEASED, Topic};
use crate::{
    account::AccountId,
    committee::ExpertId,
    day::Day,
    problem::{DUPLICATE, Fault, OUT_OF_RANGE, Refusal, WRONG_LENGTH, WRONG_ORDER},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// An expert of the pool as an adviser. Name, affiliations and account are the expert's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Adviser {
    /// The expert.
    pub id: ExpertId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The account with which the expert signed in when the terms were last said.
    pub account: AccountId,
    /// On what terms the adviser serves.
    pub terms: AdviserTerms,
    /// That the adviser serves no more.
    pub released: Option<Release>,
    /// Entered.
    pub created: Stamp,
    /// Last changed.
    pub updated: Stamp,
}

/// On what terms an adviser serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviserTerms {
    /// On what the adviser counsels.
    #[schema(min_items = 1, max_items = 8)]
    pub topics: Vec<Topic>,
    /// First day of the term (KST).
    pub term_from: Day,
    /// Last day of the term (KST, inclusive).
    pub term_to: Day,
    /// How many consultations the adviser may have under way.
    #[schema(minimum = 1, maximum = 100)]
    pub max_load: u32,
}

/// An expert to be made an adviser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAdviser {
    /// The expert, active and with an account that holds the role of an adviser.
    pub expert: ExpertId,
    /// On what terms.
    pub terms: AdviserTerms,
}

/// That an adviser serves no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AdviserRelease)]
pub struct Release {
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

impl AdviserTerms {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=8).contains(&self.topics.len()) {
            faults.push(Fault::new("/terms/topics", &WRONG_LENGTH));
        }
        for (index, topic) in self.topics.iter().enumerate() {
            if self.topics.iter().take(index).any(|earlier| earlier == topic) {
                faults.push(Fault::new(format!("/terms/topics/{index}"), &DUPLICATE));
            }
        }
        if self.term_to < self.term_from {
            faults.push(Fault::new("/terms/term_to", &WRONG_ORDER));
        }
        if !(1..=100).contains(&self.max_load) {
            faults.push(Fault::new("/terms/max_load", &OUT_OF_RANGE));
        }
        faults
    }
}

impl Adviser {
    /// Makes an expert an adviser.
    pub fn appoint(id: ExpertId, account: AccountId, terms: AdviserTerms, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(terms.faults())?;
        Ok(Self { id, version: 1, account, terms, released: None, created: stamp, updated: stamp })
    }
    /// Says the terms anew, for the account that the expert has now. Whoever was released serves again by it.
    pub fn changed(self, account: AccountId, terms: AdviserTerms, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(terms.faults())?;
        let version = self.version.saturating_add(1);
        Ok(Self { account, terms, version, released: None, updated: stamp, ..self })
    }
    /// Releases an adviser; what the adviser wrote stays.
    pub fn released(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        if self.released.is_some() {
            return Err(Refusal::new(&ADVISER_RELEASED));
        }
        let version = self.version.saturating_add(1);
        Ok(Self { released: Some(Release { reason, stamp }), version, updated: stamp, ..self })
    }
    /// True on the days of the term, unless released.
    pub fn serves(&self, day: Day) -> bool {
        self.released.is_none() && (self.terms.term_from..=self.terms.term_to).contains(&day)
    }
}
