//! Cost shares (국비·지방비 분담): who pays which part of a supported project, by fiscal capacity.
//!
//! National money differs by fiscal independence or autonomy so that poorer regions are not left behind (announcement of
//! the public-AI support programme, 2026-02-10). The bands of 2026 are not public: a rule set is always data.

mod access;
mod explain;
mod indicator;
mod party;
mod read;
mod registry;
mod rules;
mod shape;
mod split;
mod steps;
#[cfg(test)]
mod tests;
mod what_if;

pub use access::OnCostShareRules;
pub use explain::{Cited, Explained, Explanation, Group, GroupOrigin, Predecessor, Question, Shares, explain};
pub use indicator::{Looked, Published, SERIES, Wanted};
pub use party::Party;
pub(crate) use read::rule_set;
pub use registry::{CostShareRules, Details, Edition, NewEdition, RuleSetKey, Standing};
pub use rules::{
    Adjustment, Band, BandLimits, Basis, IndicatorKind, IndicatorScope, Level, NoBasis, RuleSet, Rules, SidoScope,
    untiled,
};
pub use split::{Applicant, Asked, Split, Working};
pub use steps::{Step, StepKind};
pub use what_if::{Row, RowStatus, Spread, Supposed, WhatIf, what_if};

use crate::codes;

codes! {
    BANDS_DO_NOT_TILE = "bands_do_not_tile", 422, ["구간이 0~100을 빈틈없이 나누지 않습니다", "The bands do not tile 0 to 100"],
        ["겹치거나 비는 곳 없이 0부터 100까지 나누십시오.", "Divide 0 to 100 without gap or overlap."];
    INDICATOR_MISSING = "indicator_missing", 422, ["재정지표가 없습니다", "The fiscal indicator is missing"],
        ["규칙이 정한 연도·기준·범위의 지표 값을 넣으십시오. 없는 값은 0이 아닙니다.",
         "Give the ratio of the year, basis and scope that the rule set names; a missing value is not zero."];
    PREDECESSOR_INDICATOR = "predecessor_indicator", 422,
        ["이전 지역의 재정지표만 있습니다", "Only a predecessor's fiscal indicator is published"],
        ["이전 지역의 값을 어떻게 쓸지는 사람이 정합니다. 저절로 옮기거나 합치지 않습니다.",
         "People decide what to make of it. It is never carried over or added up by itself."];
    NO_APPLICANT_LEVEL = "no_applicant_level", 422,
        ["중앙행정기관도 지방정부도 아닙니다", "It is neither a central body nor a local government"],
        ["중앙행정기관, 시도, 시군구 가운데 하나를 쓰십시오. 행정시와 일반구는 지방정부가 아닙니다.",
         "Name a central body, a sido or a municipality. Administrative cities and ordinary districts are no local governments."];
    LEVEL_WITHOUT_RATE = "level_without_rate", 422,
        ["이 신청 주체 수준의 국비 비율이 정해지지 않았습니다", "No rate is said for this level"],
        ["정률을 넣으십시오. 중앙행정기관에는 재정지표가 없어 구간을 적용할 수 없습니다.",
         "Give a flat rate. A central body has no fiscal indicator, so that no band can hold it."];
    CHANGES_NOTHING = "changes_nothing", 422,
        ["마지막 판과 내용이 같습니다", "It says what the last edition says already"],
        ["바뀐 내용이 있을 때만 새 판을 만드십시오.", "Make a new edition only when something changes."];
}
