//! Wire shapes of regions (지역 입출력).

use crate::http::page_ask;
use domain::{
    day::Day,
    region::{RegionCode, RegionKind, Tier},
    text::Line,
};
use serde::Deserialize;
use store::{page::PageAsk, region::Filter};
use utoipa::IntoParams;

/// Which regions, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListRegions {
    /// Only regions in force on this day (KST).
    #[param(inline)]
    as_of: Option<Day>,
    /// Only this level.
    #[param(inline)]
    tier: Option<Tier>,
    /// Only this 시도 and what lies in it, by its two digits.
    #[param(inline)]
    sido: Option<RegionCode>,
    /// Only these kinds, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    kind: Option<Vec<RegionKind>>,
    /// Only with this in a name, Korean or romanised; capitals do not matter.
    #[param(inline)]
    name: Option<Line<100>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListRegions {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            as_of: self.as_of,
            tier: self.tier,
            sido: self.sido.clone(),
            kinds: self.kind.clone().unwrap_or_default(),
            name: self.name.as_ref().map(ToString::to_string),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}
