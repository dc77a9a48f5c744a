//! Wire shapes of fiscal indicators (재정지표 입출력).

use crate::http::page_ask;
use domain::{
    day::FiscalYear,
    fiscal::{Basis, Scope, Series},
    region::RegionCode,
};
use serde::Deserialize;
use store::{fiscal::Filter, page::PageAsk};
use utoipa::IntoParams;

/// Which indicators, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListIndicators {
    /// Only these regions, separated by commas, by their codes at the reference date of the figures; `00` is the whole country.
    #[param(inline, style = Form, explode = false, max_items = 300)]
    region: Option<Vec<RegionCode>>,
    /// Only this fiscal year.
    #[param(inline)]
    fiscal_year: Option<FiscalYear>,
    /// Only the original or the final budget.
    #[param(inline)]
    basis: Option<Basis>,
    /// Only this definition of own revenue.
    #[param(inline)]
    series: Option<Series>,
    /// Only these scopes, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    scope: Option<Vec<Scope>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListIndicators {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            regions: self.region.clone().unwrap_or_default(),
            fiscal_year: self.fiscal_year,
            basis: self.basis,
            series: self.series,
            scopes: self.scope.clone().unwrap_or_default(),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}
