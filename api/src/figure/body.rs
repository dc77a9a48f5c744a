//! Wire shapes of published figures (공표 수치 입출력).

use crate::http::page_ask;
use domain::{
    figure::{Confidence, FigureUnit},
    text::Line,
};
use serde::Deserialize;
use store::{figure::Filter, page::PageAsk};
use utoipa::IntoParams;

/// Which figures, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListFigures {
    /// Only trusted so far, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    confidence: Option<Vec<Confidence>>,
    /// Only in these units, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 30)]
    unit: Option<Vec<FigureUnit>>,
    /// Only with this in name, note or source; capitals do not matter.
    #[param(inline)]
    q: Option<Line<100>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListFigures {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            confidences: self.confidence.clone().unwrap_or_default(),
            units: self.unit.clone().unwrap_or_default(),
            text: self.q.as_ref().map(ToString::to_string),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}
