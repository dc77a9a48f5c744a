//! The published ratio that rules ask for (적용 지표): found among the fiscal indicators, and never made up.

use super::{IndicatorKind, IndicatorScope, Level, RuleSet};
use crate::{
    decimal::Decimal,
    fiscal::{Basis as BudgetBasis, FiscalIndicator, Series},
    money::Won,
    rate::Share,
    region::{Region, RegionCode, Tier},
    text::Line,
};
use serde::{Deserialize, Serialize};

/// The definition of own revenue that rules mean: that of after 2014, the one in wide use. The other is not comparable.
pub const SERIES: Series = Series::AfterReform;

/// Which ratio rules ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareIndicatorAsked)]
pub struct Wanted {
    /// Which.
    pub kind: IndicatorKind,
    /// The fiscal year.
    #[schema(minimum = 2000, maximum = 2100)]
    pub fiscal_year: i32,
    /// Of which budget.
    pub basis: BudgetBasis,
    /// What it covers.
    pub scope: IndicatorScope,
}

/// What is published of a government.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked<'a> {
    /// Its own row.
    Found(&'a FiscalIndicator),
    /// None of its own, but these of the governments that it continues, by code. People decide what to make of them.
    Missing(Vec<&'a FiscalIndicator>),
}

/// A published ratio with its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareIndicatorUsed)]
pub struct Published {
    /// Which ratio it is.
    pub asked: Wanted,
    /// The definition of own revenue.
    pub series: Series,
    /// The region's code at the reference date of the figures.
    pub code: RegionCode,
    /// Its name at that date.
    pub name_ko: Line<200>,
    /// As published, in per cent.
    pub value: Share,
    /// What is divided, in won: own revenue (재정자립도), or own and autonomous revenue (재정자주도).
    pub numerator_krw: Won,
    /// By what: the general-account budget, in won.
    pub denominator_krw: Won,
    /// Where it comes from.
    pub source: Line<500>,
}

impl Level {
    /// What a region applies as; none for one without a government of its own (행정시, the five-digit code of 세종).
    pub fn of(region: &Region) -> Option<Self> {
        match region.tier() {
            Tier::Sido if region.kind.is_sido() => Some(Self::Sido),
            Tier::Municipality if region.kind.is_municipality() => Some(Self::Municipality),
            _ => None,
        }
    }
}

impl RuleSet {
    /// The ratio that decides the rate of this level; none when its rate is flat or the rules know no ratio for it.
    pub fn wanted(&self, level: Level) -> Option<Wanted> {
        Some(Wanted {
            scope: self.scope_of(level)?,
            kind: self.indicator?,
            fiscal_year: self.indicator_fiscal_year?,
            basis: self.indicator_basis?,
        })
    }
}

impl Wanted {
    /// True of a row of this year, basis and scope, whoever's it is.
    pub fn is(self, row: &FiscalIndicator) -> bool {
        row.fiscal_year.get() == self.fiscal_year
            && (row.basis, row.series, row.scope) == (self.basis, SERIES, self.scope.published())
    }
    /// Looks for the row of a government: the one under its code, or the only one that went over to it whole, as when a
    /// region is given another number. What was merged or divided has none of its own; then those of its predecessors are
    /// told, and no value is taken from them.
    pub fn look<'a>(self, rows: &'a [FiscalIndicator], of: &Region) -> Looked<'a> {
        let rows = || rows.iter().filter(|row| self.is(row));
        if let Some(own) = rows().find(|row| row.code == of.code) {
            return Looked::Found(own);
        }
        let mut before: Vec<_> =
            rows().filter(|row| row.codes_now.contains(&of.code) || of.predecessors.contains(&row.code)).collect();
        before.sort_by(|one, other| one.code.cmp(&other.code));
        match before.as_slice() {
            [only] if only.codes_now == [of.code.clone()] && of.predecessors.len() <= 1 => Looked::Found(only),
            _ => Looked::Missing(before),
        }
    }
    /// The ratio of a row.
    pub const fn value(self, row: &FiscalIndicator) -> Share {
        match self.kind {
            IndicatorKind::FiscalIndependenceRatio => row.fiscal_independence_ratio,
            IndicatorKind::FiscalAutonomyRatio => row.fiscal_autonomy_ratio,
        }
    }
    /// The ratio of a row as a number.
    pub fn ratio(self, row: &FiscalIndicator) -> Decimal {
        self.value(row).into()
    }
    /// The ratio of a row with its parts.
    pub fn published(self, row: &FiscalIndicator) -> Published {
        Published {
            asked: self,
            series: row.series,
            code: row.code.clone(),
            name_ko: row.name_ko.clone(),
            value: self.value(row),
            numerator_krw: match self.kind {
                IndicatorKind::FiscalIndependenceRatio => row.own_revenue_krw,
                IndicatorKind::FiscalAutonomyRatio => row.own_plus_autonomous_revenue_krw,
            },
            denominator_krw: row.general_account_budget_krw,
            source: row.source.clone(),
        }
    }
}
