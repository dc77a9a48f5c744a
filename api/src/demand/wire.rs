//! Wire shapes of demands (수요 입출력).

use crate::http::page_ask;
use domain::{
    access::BodyKey,
    day::FiscalYear,
    demand::{DemandState, ResourceDemand, ResourceKind},
    text::Prose,
};
use serde::{Deserialize, Serialize};
use store::{demand::Filter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which demands, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListDemands {
    /// Only of these bodies, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Only for these kinds of resources, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    kind: Option<Vec<ResourceKind>>,
    /// Only those that stand so, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 5)]
    state: Option<Vec<DemandState>>,
    /// Only those that are needed from these years on, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    year: Option<Vec<FiscalYear>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListDemands {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            bodies: self.body.clone().unwrap_or_default(),
            kinds: self.kind.clone().unwrap_or_default(),
            states: self.state.clone().unwrap_or_default(),
            years: self.year.clone().unwrap_or_default(),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// A demand as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandView {
    /// The record.
    pub demand: ResourceDemand,
    /// How it stands.
    pub state: DemandState,
}

impl DemandView {
    pub(super) fn of(demand: ResourceDemand) -> Self {
        Self { state: demand.state(), demand }
    }
}

/// Why a demand is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "자체 확보" }))]
pub struct DemandReason {
    /// In words.
    pub reason: Prose<2000>,
}
