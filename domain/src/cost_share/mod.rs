//! Cost shares (국비·지방비 분담): who pays which part of a supported project, by fiscal capacity.
//!
//! National money differs by fiscal independence or autonomy so that poorer regions are not left behind (announcement of
//! the public-AI support programme, 2026-02-10). The bands of 2026 are not public: a rule set is always data.

mod rules;
mod split;

pub use rules::{
    Adjustment, Band, BandLimits, Basis, IndicatorKind, IndicatorScope, Level, NoBasis, RuleSet, SidoScope, untiled,
};
pub use split::{Applicant, Asked, Split};
