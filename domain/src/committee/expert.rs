//! Experts (전문가 후보): the pool from which committees are drawn, with what ties them to bodies and companies.

use super::EXPERT_RETIRED;
use crate::{
    access::BodyKey,
    account::AccountId,
    code_list,
    day::Day,
    id::Id,
    problem::{DUPLICATE, Fault, NOT_KNOWN, Refusal, WRONG_LENGTH, WRONG_ORDER},
    project::{FieldCode, Stamp, field},
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An expert's id.
pub type ExpertId = Id<Expert>;

/// Somebody who can be drawn or appointed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    /// Its id.
    pub id: ExpertId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// What can be said anew.
    pub details: ExpertDetails,
    /// Whether it can be appointed.
    pub standing: ExpertStanding,
    /// Entered.
    pub created: Stamp,
    /// Last changed.
    pub updated: Stamp,
}

/// What can be said anew of an expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertDetails {
    /// The name.
    pub name: Line<80>,
    /// The account with which the expert signs in; needed to be a member.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Official or private expert.
    pub sector: Sector,
    /// What the expert knows, in the codes of the fields of use.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub expertise: Vec<FieldCode>,
    /// What ties the expert to bodies and companies, now and before.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub ties: Vec<Tie>,
}

code_list! {
    /// Where an expert comes from (민관).
    pub enum Sector {
        /// An official.
        Public = "public" / "공공",
        /// A private expert.
        Private = "private" / "민간",
    }
}

code_list! {
    /// Whether an expert can be appointed.
    pub enum ExpertStanding {
        /// It can.
        Active = "active" / "활동",
        /// It cannot any more.
        Retired = "retired" / "해촉",
    }
}

code_list! {
    /// What ties an expert to a body or a company.
    pub enum TieKind {
        /// Works or worked there.
        Employed = "employed" / "재직",
        /// Has or had a contract with it.
        Contracted = "contracted" / "계약",
        /// Advises or advised it.
        Advised = "advised" / "자문",
        /// Does or did research for it.
        Studied = "studied" / "연구",
        /// Audits or audited it.
        Audited = "audited" / "감사",
        /// Close kin of somebody concerned there.
        Kin = "kin" / "친족",
    }
}

/// A tie to a body or a company, for as long as it lasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// What it is.
    pub kind: TieKind,
    /// To whom.
    pub with: With,
    /// First day (KST), if known.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day (KST, inclusive); absent while it lasts.
    #[serde(default)]
    pub to: Option<Day>,
}

/// A body of the register, or a company or institution by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum With {
    /// A body.
    Body(BodyKey),
    /// Anybody else, as written.
    Organisation(Line<200>),
}

impl Tie {
    /// True when it lasts on that day or has ended within so many months before it. Kinship does not end.
    pub fn reaches(&self, day: Day, months: u64) -> bool {
        self.kind == TieKind::Kin || self.to.is_none_or(|last| last.plus_months(months) >= day)
    }
    /// True when it lasts on that day.
    pub fn lasts(&self, day: Day) -> bool {
        self.kind == TieKind::Kin || self.to.is_none_or(|last| last >= day)
    }
}

impl ExpertDetails {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.expertise.len() > 20 {
            faults.push(Fault::new("/expertise", &WRONG_LENGTH));
        }
        let mut known = BTreeSet::new();
        for (index, code) in self.expertise.iter().enumerate() {
            if field(code).is_none() {
                faults.push(Fault::new(format!("/expertise/{index}"), &NOT_KNOWN));
            } else if !known.insert(code) {
                faults.push(Fault::new(format!("/expertise/{index}"), &DUPLICATE));
            }
        }
        if self.ties.len() > 200 {
            faults.push(Fault::new("/ties", &WRONG_LENGTH));
        }
        for (index, tie) in self.ties.iter().enumerate() {
            if tie.from.zip(tie.to).is_some_and(|(from, to)| from > to) {
                faults.push(Fault::new(format!("/ties/{index}/to"), &WRONG_ORDER));
            }
        }
        faults
    }
}

impl Expert {
    /// Enters an expert.
    pub fn create(id: ExpertId, details: ExpertDetails, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(details.faults())?;
        Ok(Self { id, version: 1, details, standing: ExpertStanding::Active, created: stamp, updated: stamp })
    }
    /// Says it anew.
    pub fn changed(self, details: ExpertDetails, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(details.faults())?;
        Ok(Self { details, version: self.version.saturating_add(1), updated: stamp, ..self })
    }
    /// Takes the expert out of the pool; what it was part of stays.
    pub fn retired(self, stamp: Stamp) -> Result<Self, Refusal> {
        if self.standing == ExpertStanding::Retired {
            return Err(Refusal::new(&EXPERT_RETIRED));
        }
        let version = self.version.saturating_add(1);
        Ok(Self { standing: ExpertStanding::Retired, version, updated: stamp, ..self })
    }
}
