//! Cost shares (국비·지방비 분담): who pays which part of a supported project, by fiscal capacity.
//!
//! National money differs by fiscal independence or autonomy so that poorer regions are not left behind (announcement of
//! the public-AI support programme, 2026-02-10). The bands of 2026 are not public: a rule set is always data.

mod read;
mod registry;
mod rules;
mod shape;
mod split;
#[cfg(test)]
mod tests;

pub(crate) use read::rule_set;
pub use registry::{CostShareRules, Details, Edition, NewEdition, RuleSetKey, Standing};
pub use rules::{
    Adjustment, Band, BandLimits, Basis, IndicatorKind, IndicatorScope, Level, NoBasis, RuleSet, Rules, SidoScope,
    untiled,
};
pub use split::{Applicant, Asked, Split};

use crate::codes;

codes! {
    BANDS_DO_NOT_TILE = "bands_do_not_tile", 422, ["구간이 0~100을 빈틈없이 나누지 않습니다", "The bands do not tile 0 to 100"],
        ["겹치거나 비는 곳 없이 0부터 100까지 나누십시오.", "Divide 0 to 100 without gap or overlap."];
    INDICATOR_MISSING = "indicator_missing", 422, ["재정지표가 없습니다", "The fiscal indicator is missing"],
        ["규칙이 정한 연도·기준·범위의 지표 값을 넣으십시오. 없는 값은 0이 아닙니다.",
         "Give the ratio of the year, basis and scope that the rule set names; a missing value is not zero."];
    LEVEL_WITHOUT_RATE = "level_without_rate", 422,
        ["이 신청 주체 수준의 국비 비율이 정해지지 않았습니다", "No rate is said for this level"],
        ["정률을 넣으십시오. 중앙행정기관에는 재정지표가 없어 구간을 적용할 수 없습니다.",
         "Give a flat rate. A central body has no fiscal indicator, so that no band can hold it."];
    CHANGES_NOTHING = "changes_nothing", 422,
        ["마지막 판과 내용이 같습니다", "It says what the last edition says already"],
        ["바뀐 내용이 있을 때만 새 판을 만드십시오.", "Make a new edition only when something changes."];
}
