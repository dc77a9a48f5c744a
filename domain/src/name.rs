//! Names (명칭) in Korean, and in English where an official one is known.

use crate::text::Line;
use serde::{Deserialize, Serialize};

/// A name. A body's and a region's English name is its own; where none is known it is absent, never a translation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Korean.
    pub ko: Line<200>,
    /// English, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Line<200>>,
}
