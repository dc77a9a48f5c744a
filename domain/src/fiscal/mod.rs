//! Fiscal indicators of local governments (재정지표): 재정자립도 and 재정자주도 as published, with their parts.
//!
//! 재정자립도 = own revenue ÷ general-account budget; 재정자주도 = (own + autonomous revenue) ÷ general-account budget. The
//! two orders run against each other, so they are never taken for one another; and a missing value is never 0, which
//! would give the highest national share.

mod read;

pub use read::indicators;

use crate::{
    code_list, codes,
    day::{Day, FiscalYear},
    money::Won,
    rate::{Share, percent_of},
    region::RegionCode,
    text::Line,
};
use serde::{Deserialize, Serialize};

code_list! {
    /// Which budget the figures come from.
    pub enum Basis {
        /// Original budget, published about April.
        Original = "original" / "당초예산",
        /// Final accounts, disclosed in October.
        Final = "final" / "최종예산(결산)",
    }
}

code_list! {
    /// Which definition of own revenue; figures of the two series are not comparable.
    pub enum Series {
        /// After the reform of revenue items in 2014; the one in wide use.
        AfterReform = "after_reform" / "2014년 세입과목 개편 후",
        /// Before it.
        BeforeReform = "before_reform" / "2014년 세입과목 개편 전",
    }
}

code_list! {
    /// What the figures speak of. Scopes are not additive.
    pub enum Scope {
        /// The whole country, net of transfers between governments.
        National = "national" / "전국",
        /// A 시도 with its 시군구, net of transfers.
        SidoTotal = "sido_total" / "시도 전체",
        /// The 시도 government alone, gross.
        SidoHeadquarters = "sido_headquarters" / "시도 본청",
        /// One 시군구, gross.
        Municipality = "municipality" / "시군구",
    }
}

impl Scope {
    /// How amounts of this scope are aggregated.
    pub const fn aggregation(self) -> Aggregation {
        match self {
            Self::National | Self::SidoTotal => Aggregation::Net,
            Self::SidoHeadquarters | Self::Municipality => Aggregation::Gross,
        }
    }
    /// True when the figures are of one government's own budget, and not of an area.
    pub const fn is_one_government(self) -> bool {
        matches!(self, Self::SidoHeadquarters | Self::Municipality)
    }
}

code_list! {
    /// Whether transfers between governments are taken out.
    pub enum Aggregation {
        /// Taken out.
        Net = "net" / "순계",
        /// Left in.
        Gross = "gross" / "총계",
    }
}

/// One row of published indicators. Both ratios follow from the parts, half up to two decimals; [`FiscalIndicator::agrees`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FiscalIndicator {
    /// Fiscal year.
    pub fiscal_year: FiscalYear,
    /// Original or final budget.
    pub basis: Basis,
    /// Definition of own revenue.
    pub series: Series,
    /// Region by its code at the reference date of the figures; `00` for the whole country.
    pub code: RegionCode,
    /// Name at that date.
    pub name_ko: Line<200>,
    /// Codes that stand for the same area on `codes_on`; several after a split.
    #[schema(min_items = 1, max_items = 20)]
    pub codes_now: Vec<RegionCode>,
    /// The day of `codes_now`.
    pub codes_on: Day,
    /// What the figures speak of.
    pub scope: Scope,
    /// Net or gross; follows from the scope.
    pub aggregation: Aggregation,
    /// 재정자립도 as published, in per cent.
    pub fiscal_independence_ratio: Share,
    /// 재정자주도 as published, in per cent.
    pub fiscal_autonomy_ratio: Share,
    /// Local tax and non-tax revenue, in won (published in 천원).
    pub own_revenue_krw: Won,
    /// Own revenue and autonomous revenue (local share tax, adjustment grants), in won.
    pub own_plus_autonomous_revenue_krw: Won,
    /// General-account budget, in won.
    pub general_account_budget_krw: Won,
    /// Where it comes from.
    pub source: Line<500>,
}

/// What makes two rows the same.
pub type IndicatorKey = (FiscalYear, Basis, Series, RegionCode, Scope);

impl FiscalIndicator {
    /// Year, basis, series, region and scope.
    pub fn key(&self) -> IndicatorKey {
        (self.fiscal_year, self.basis, self.series, self.code.clone(), self.scope)
    }
    /// True when both published ratios follow from the parts.
    pub fn agrees(&self) -> bool {
        let budget = self.general_account_budget_krw;
        ratio(self.own_revenue_krw, budget) == Some(self.fiscal_independence_ratio)
            && ratio(self.own_plus_autonomous_revenue_krw, budget) == Some(self.fiscal_autonomy_ratio)
    }
}

/// Part ÷ budget in per cent, half up to two decimals; nothing when the budget is 0 or the ratio lies beyond 0 to 100.
pub fn ratio(part: Won, budget: Won) -> Option<Share> {
    percent_of(part, budget)?.parse().ok()
}

/// The row of a government's own budget: 본청 for a 시도, its own for a 시군구, never the total of an area. `None` when it
/// is missing, which is to be decided by people and never counts as 0.
pub fn own_row<'a>(
    rows: &'a [FiscalIndicator],
    code: &RegionCode,
    (year, basis, series): (FiscalYear, Basis, Series),
) -> Option<&'a FiscalIndicator> {
    rows.iter().find(|row| {
        row.scope.is_one_government()
            && row.code == *code
            && (row.fiscal_year, row.basis, row.series) == (year, basis, series)
    })
}

codes! {
    RATIO_MISMATCH = "ratio_mismatch", 422, ["비율이 구성 항목과 맞지 않습니다", "The ratio does not follow from its parts"],
        ["비율, 분자, 분모를 공표 자료와 대조하십시오 (백분율, 소수점 둘째 자리 반올림).",
         "Check ratio, numerator and denominator against the publication (per cent, half up to two decimals)."];
    SCOPE_MISMATCH = "scope_mismatch", 422, ["범위와 지역 또는 집계 방식이 맞지 않습니다", "Scope, region and aggregation do not go together"],
        ["전국과 시도 전체는 순계, 본청과 시군구는 총계입니다.",
         "Nation and area totals are net, headquarters and municipalities gross."];
    CHOICE_MISSING = "import_choice_missing", 422, ["파일에 없는 구분을 정해야 합니다", "The file does not say this and nothing is assumed"],
        ["열을 넣거나 가져올 때 지정하십시오.", "Add the column or state it with the import."];
}

#[cfg(test)]
mod tests;
