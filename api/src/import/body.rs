//! Wire shapes of imports (가져오기 입출력).

use super::{Choices, Mode};
use domain::{
    fiscal::{Basis, Series},
    text::Line,
};
use serde::Deserialize;
use utoipa::IntoParams;

/// What a file does not say about itself.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ImportFile {
    /// Where the file comes from; kept with every row.
    #[param(inline)]
    source: Line<500>,
    /// Original or final budget, for a file of fiscal indicators without the column `basis`. Never assumed.
    #[param(inline)]
    basis: Option<Basis>,
    /// Definition of own revenue, for a file of fiscal indicators without the column `series`. Never assumed.
    #[param(inline)]
    series: Option<Series>,
    /// Only check and count; nothing is kept.
    #[param(default = false)]
    dry_run: Option<bool>,
}

impl ImportFile {
    pub(super) fn choices(self) -> Choices {
        let mode = if self.dry_run.unwrap_or(false) { Mode::DryRun } else { Mode::Store };
        Choices { mode, source: self.source, basis: self.basis, series: self.series }
    }
}
