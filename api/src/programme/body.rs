//! Wire shapes of programmes (사업 입출력).

use crate::http::page_ask;
use domain::{
    access::BodyKey,
    day::FiscalYear,
    programme::{ProgrammeKind, ProgrammePhase},
    text::Line,
};
use serde::Deserialize;
use store::{page::PageAsk, programme::Filter};
use utoipa::IntoParams;

/// Which programmes, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListProgrammes {
    /// Only of this fiscal year.
    #[param(inline)]
    fiscal_year: Option<FiscalYear>,
    /// Only led by this body.
    #[param(inline)]
    lead_body: Option<BodyKey>,
    /// Only serving these phases, separated by commas. What serves the whole lifecycle has the phase `all`.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    phase: Option<Vec<ProgrammePhase>>,
    /// Only these kinds, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    kind: Option<Vec<ProgrammeKind>>,
    /// Only with this in the name, Korean or English; capitals do not matter.
    #[param(inline)]
    name: Option<Line<100>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListProgrammes {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            fiscal_year: self.fiscal_year,
            lead_body: self.lead_body.clone(),
            phases: self.phase.clone().unwrap_or_default(),
            kinds: self.kind.clone().unwrap_or_default(),
            name: self.name.as_ref().map(ToString::to_string),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}
