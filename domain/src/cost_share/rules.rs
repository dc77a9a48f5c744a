//! Rule sets (분담 규칙): which rate an applicant gets, from its level and its published ratio.

use super::shape::{flat_rates, sido_codes};
use crate::{
    code_list,
    decimal::Decimal,
    fiscal::{self, Basis as BudgetBasis},
    money::Won,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

code_list! {
    /// What kind of body applies.
    pub enum Level {
        /// A central administrative body.
        Central = "central" / "중앙행정기관",
        /// An upper-level local government.
        Sido = "sido" / "시도",
        /// A lower-level local government.
        Municipality = "municipality" / "시군구",
    }
}

code_list! {
    /// Which published ratio a rule goes by.
    pub enum IndicatorKind {
        /// Own revenue in per cent of the budget.
        FiscalIndependenceRatio = "fiscal_independence_ratio" / "재정자립도",
        /// Revenue free to use in per cent of the budget.
        FiscalAutonomyRatio = "fiscal_autonomy_ratio" / "재정자주도",
    }
}

code_list! {
    /// What a published ratio covers.
    pub enum IndicatorScope {
        /// A municipality.
        Body = "body" / "시군구",
        /// A sido without its municipalities.
        Headquarters = "headquarters" / "시도 본청",
        /// A sido with its municipalities.
        Total = "total" / "시도 전체",
    }
}

code_list! {
    /// Which of its two ratios a sido is measured by.
    pub enum SidoScope {
        /// That of its headquarters.
        Headquarters = "headquarters" / "시도 본청",
        /// That of the whole with its municipalities.
        Total = "total" / "시도 전체",
    }
}

code_list! {
    /// To which band a value on the line between two belongs.
    pub enum BandLimits {
        /// To the upper one; the last band includes 100.
        LowerInclusive = "lower_inclusive" / "이상-미만",
        /// To the lower one; the first band includes 0.
        UpperInclusive = "upper_inclusive" / "초과-이하",
    }
}

impl Level {
    /// True when a code is of the form that names such a body: any text for a central one, two digits for a sido, five
    /// for a municipality.
    pub fn takes(self, code: &str) -> bool {
        let digits = |count: usize| code.len() == count && code.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Central => true,
            Self::Sido => digits(2),
            Self::Municipality => digits(5),
        }
    }
}

impl IndicatorScope {
    /// The same among the published indicators.
    pub const fn published(self) -> fiscal::Scope {
        match self {
            Self::Body => fiscal::Scope::Municipality,
            Self::Headquarters => fiscal::Scope::SidoHeadquarters,
            Self::Total => fiscal::Scope::SidoTotal,
        }
    }
}

/// Ratios from here to there get this rate; all in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareBand)]
pub struct Band {
    /// Where it begins, 0 to 100.
    pub from: Decimal,
    /// Where it ends, 0 to 100.
    pub to: Decimal,
    /// The national part, 0 to 100.
    pub rate: Decimal,
}

/// Percentage points for applicants of a group; below zero they take away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareAdjustment)]
pub struct Adjustment {
    /// The group (`depopulation_area`).
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f]+$", example = "depopulation_area")]
    pub group: String,
    /// Percentage points, -100 to 100.
    pub points: Decimal,
}

/// Declares the members of a rule set twice: as a dossier has them, under a code and a version, and on their own.
macro_rules! rule_sets {
    ($($(#[$($about:tt)*])* pub $member:ident: $kind:ty,)+) => {
        /// A rule set, one version of it, as a call and its dossier hold it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = CostShareRuleSet)]
        pub struct RuleSet {
            /// Its code.
            #[schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f]+$")]
            pub code: String,
            /// Its version, from 1.
            #[schema(minimum = 1, maximum = 2_147_483_647_i64)]
            pub version: i64,
            $($(#[$($about)*])* pub $member: $kind,)+
        }

        /// What a rule set says, without code and version.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = CostShareRuleContent)]
        pub struct Rules { $($(#[$($about)*])* pub $member: $kind,)+ }

        impl Rules {
            /// The same under a code, as one version of it.
            pub fn named(self, code: impl Into<String>, version: i64) -> RuleSet {
                let Self { $($member),+ } = self;
                RuleSet { code: code.into(), version, $($member),+ }
            }
        }
    };
}

rule_sets! {
    /// The ratio that bands go by; none when every level has a flat rate.
    pub indicator: Option<IndicatorKind>,
    /// The fiscal year of the ratio.
    #[schema(minimum = 2000, maximum = 2100)]
    pub indicator_fiscal_year: Option<i32>,
    /// Of which budget.
    pub indicator_basis: Option<BudgetBasis>,
    /// Which ratio of a sido.
    pub sido_scope: Option<SidoScope>,
    /// Rates that look at no ratio, adjustment, floor or ceiling.
    #[schema(schema_with = flat_rates)]
    pub flat_rates: BTreeMap<Level, Decimal>,
    /// Bands from 0 to 100 without gap or overlap.
    #[schema(max_items = 100)]
    pub bands: Vec<Band>,
    /// To which band a limit belongs.
    pub band_limits: BandLimits,
    /// Adjustments by group.
    #[schema(max_items = 100)]
    pub adjustments: Vec<Adjustment>,
    /// An adjusted rate is at least this, 0 to 100.
    pub floor_rate: Decimal,
    /// And at most this, 0 to 100.
    pub ceiling_rate: Decimal,
    /// National money for one application, at most.
    pub national_cap: Option<Won>,
    /// What part of the local money the sido carries for a municipality, in per cent, 0 to 100.
    pub sido_share_of_local: Decimal,
    /// Two-digit codes of the sido that have no municipalities (세종, 제주).
    #[schema(schema_with = sido_codes)]
    pub sido_without_municipality: Vec<String>,
    /// Money is rounded down to a multiple of this many won, at least 1.
    pub unit: Won,
}

/// On what the rate of an applicant rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The flat rate of its level.
    Flat(Decimal),
    /// The band that holds its ratio.
    Band {
        /// Which of the bands.
        index: usize,
        /// That band's rate.
        rate: Decimal,
        /// The ratio.
        ratio: Decimal,
    },
}

/// The level has no flat rate, and no ratio is known that a band holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rule set gives no rate")]
pub struct NoBasis;

impl RuleSet {
    /// What a body of this level must have published: `None` when its rate is flat or the rules know no ratio for it.
    pub fn scope_of(&self, level: Level) -> Option<IndicatorScope> {
        if self.flat_rates.contains_key(&level) {
            return None;
        }
        match (level, self.sido_scope) {
            (Level::Central, _) | (Level::Sido, None) => None,
            (Level::Sido, Some(SidoScope::Headquarters)) => Some(IndicatorScope::Headquarters),
            (Level::Sido, Some(SidoScope::Total)) => Some(IndicatorScope::Total),
            (Level::Municipality, _) => Some(IndicatorScope::Body),
        }
    }
    /// On what the rate of an applicant of this level with this ratio rests.
    pub fn basis(&self, level: Level, ratio: Option<Decimal>) -> Result<Basis, NoBasis> {
        if let Some(rate) = self.flat_rates.get(&level) {
            return Ok(Basis::Flat(*rate));
        }
        let ratio = ratio.ok_or(NoBasis)?;
        let holds = |band: &Band| match self.band_limits {
            BandLimits::LowerInclusive => {
                band.from <= ratio && (ratio < band.to || (ratio == band.to && ratio == Decimal::HUNDRED))
            }
            BandLimits::UpperInclusive => {
                ratio <= band.to && (band.from < ratio || (band.from == ratio && ratio == Decimal::ZERO))
            }
        };
        let found = self.bands.iter().enumerate().find(|(_, band)| holds(band)).ok_or(NoBasis)?;
        Ok(Basis::Band { index: found.0, rate: found.1.rate, ratio })
    }
}

/// Where bands fail to tile 0 to 100, as indexes into them: the band that begins elsewhere than the one below it ends, or
/// that ends before it begins; the last one when the line is not reached; 0 when there is none.
pub fn untiled(bands: &[Band]) -> Vec<usize> {
    let mut order: Vec<(usize, &Band)> = bands.iter().enumerate().collect();
    order.sort_by_key(|(index, band)| (band.from, band.to, *index));
    let (mut wrong, mut reached) = (Vec::new(), Decimal::ZERO);
    for (index, band) in &order {
        if band.from != reached || band.to <= band.from {
            wrong.push(*index);
        }
        reached = band.to.max(reached);
    }
    if reached != Decimal::HUNDRED {
        wrong.push(order.last().map_or(0, |(index, _)| *index));
    }
    wrong.sort_unstable();
    wrong.dedup();
    wrong
}
