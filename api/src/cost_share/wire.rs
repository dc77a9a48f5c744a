//! Wire shapes of cost-share rule sets (분담 규칙 입출력).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::http::{double_option, page_ask};
use domain::{
    access::BodyKey,
    cost_share::{Asked, CostShareRules, Details, Level, RuleSetKey, Rules, Standing, Supposed},
    day::Day,
    money::Won,
    name::Name,
    problem::Words,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{cost_share::Filter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which rule sets, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListRules {
    /// Only of these standings, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    standing: Option<Vec<Standing>>,
    /// Only those in force on this day (KST).
    #[param(inline)]
    as_of: Option<Day>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

/// A rule set to enter, with its first edition.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCostShareRules, example = json!({
    "key": "smart-village", "name": { "ko": "스마트빌리지 분담 규칙" }, "standing": "published",
    "source": "과학기술정보통신부 스마트빌리지 보급 및 확산 사업 공고", "reason": "공고 반영",
    "rules": {
        "flat_rates": { "central": "0", "sido": "80", "municipality": "80" }, "bands": [], "band_limits": "lower_inclusive",
        "adjustments": [], "floor_rate": "0", "ceiling_rate": "100", "sido_share_of_local": "0",
        "sido_without_municipality": ["36", "50"], "unit": 1000
    }
}))]
pub struct NewRules {
    /// Its key, which is the code of the rule set in dossiers.
    pub key: RuleSetKey,
    /// Name.
    name: Name,
    /// What stands behind it.
    standing: Standing,
    /// The law or announcement it is taken from, or who made it up.
    source: Line<500>,
    /// First day in force (KST).
    effective_from: Option<Day>,
    /// Last day in force (KST, inclusive).
    effective_to: Option<Day>,
    /// What it says.
    rules: Rules,
    /// Why it is entered.
    reason: Prose<2000>,
}

/// An edition to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCostShareEdition, example = json!({
    "reason": "변경 공고: 국비 한도 신설",
    "rules": {
        "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026, "indicator_basis": "original",
        "sido_scope": "headquarters", "flat_rates": { "central": "100" },
        "bands": [{ "from": "0", "to": "30", "rate": "90" }, { "from": "30", "to": "100", "rate": "70" }],
        "band_limits": "upper_inclusive", "adjustments": [{ "group": "depopulation_area", "points": "5" }],
        "floor_rate": "50", "ceiling_rate": "95", "national_cap": 1_500_000_000, "sido_share_of_local": "30",
        "sido_without_municipality": ["36", "50"], "unit": 1000
    }
}))]
pub struct NewEdition {
    /// What it says, whole.
    pub rules: Rules,
    /// Why.
    pub reason: Prose<2000>,
}

/// What to state anew of a rule set; what is left out stays, `null` clears. What it says is changed by a new edition.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareRulesPatch, example = json!({ "effective_to": "2026-12-31" }))]
pub struct RulesPatch {
    /// Name.
    name: Option<Name>,
    /// What stands behind it.
    standing: Option<Standing>,
    /// The law or announcement it is taken from.
    source: Option<Line<500>>,
    /// First day in force (KST).
    #[serde(default, deserialize_with = "double_option")]
    effective_from: Option<Option<Day>>,
    /// Last day in force (KST, inclusive).
    #[serde(default, deserialize_with = "double_option")]
    effective_to: Option<Option<Day>>,
}

/// A rule set in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareRulesListed)]
pub struct Listed {
    /// Its key.
    key: RuleSetKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1)]
    version: i64,
    /// Name.
    name: Name,
    /// What stands behind it.
    standing: Standing,
    /// What must be said wherever it is shown; absent for announced ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<Words>,
    /// The law or announcement it is taken from.
    source: Line<500>,
    /// First day in force (KST).
    effective_from: Option<Day>,
    /// Last day in force (KST, inclusive).
    effective_to: Option<Day>,
    /// The number of its last edition.
    #[schema(minimum = 1, maximum = 200)]
    latest_edition: i64,
}

/// A rule set with every edition.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareRulesView)]
pub struct View {
    /// The rule set.
    cost_share_rules: CostShareRules,
    /// What must be said wherever it is shown; absent for announced ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<Words>,
}

/// Whose share, of what.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskExplanation {
    /// By which edition; the last one unless said otherwise.
    #[param(minimum = 1, maximum = 200)]
    pub edition: Option<i64>,
    /// A central body or a local government, by its key. Either this or `level` and `code`.
    #[param(inline)]
    pub body: Option<BodyKey>,
    /// What kind of body applies.
    #[param(inline)]
    pub level: Option<Level>,
    /// A central body's code, or a region's digits.
    #[param(inline)]
    pub code: Option<Line<200>>,
    /// The groups it belongs to, separated by commas; those its region is designated for on the day when left out.
    #[param(inline, style = Form, explode = false, max_items = 50)]
    pub groups: Option<Vec<Line<200>>>,
    /// The day (KST) as of which regions and designations are looked at; today unless said otherwise.
    #[param(inline)]
    pub on: Option<Day>,
    /// All of the cost, in won.
    #[param(minimum = 1, maximum = 9_007_199_254_740_991_i64, value_type = i64)]
    pub total_cost_krw: Won,
    /// At most this much national money, in won.
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_i64, value_type = Option<i64>)]
    pub requested_national_krw: Option<Won>,
}

/// What is supposed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskWhatIf {
    /// By which edition; the last one unless said otherwise.
    #[param(minimum = 1, maximum = 200)]
    pub edition: Option<i64>,
    /// The day (KST) as of which regions and designations are looked at; today unless said otherwise.
    #[param(inline)]
    on: Option<Day>,
    /// What each would carry out, in won.
    #[param(minimum = 1, maximum = 9_007_199_254_740_991_i64, value_type = i64)]
    total_cost_krw: Won,
    /// The national money to be spread, in won, if it is asked how far it goes.
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_i64, value_type = Option<i64>)]
    envelope_krw: Option<Won>,
}

impl ListRules {
    pub(super) fn filter(&self) -> Filter {
        Filter { standings: self.standing.clone().unwrap_or_default(), as_of: self.as_of }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

impl NewRules {
    pub(super) fn parts(self) -> (RuleSetKey, Details, NewEdition) {
        let Self { key, name, standing, source, effective_from, effective_to, rules, reason } = self;
        (key, Details { name, standing, source, effective_from, effective_to }, NewEdition { rules, reason })
    }
}

impl RulesPatch {
    pub(super) fn over(self, old: Details) -> Details {
        Details {
            name: self.name.unwrap_or(old.name),
            standing: self.standing.unwrap_or(old.standing),
            source: self.source.unwrap_or(old.source),
            effective_from: self.effective_from.unwrap_or(old.effective_from),
            effective_to: self.effective_to.unwrap_or(old.effective_to),
        }
    }
}

impl From<CostShareRules> for Listed {
    fn from(rules: CostShareRules) -> Self {
        let latest_edition = rules.latest();
        let CostShareRules { key, version, name, standing, source, effective_from, effective_to, .. } = rules;
        let notice = standing.notice();
        Self { key, version, name, standing, notice, source, effective_from, effective_to, latest_edition }
    }
}

impl From<CostShareRules> for View {
    fn from(rules: CostShareRules) -> Self {
        Self { notice: rules.standing.notice(), cost_share_rules: rules }
    }
}

impl AskExplanation {
    pub(super) const fn asked(&self) -> Asked {
        Asked { total_cost: self.total_cost_krw, requested_national: self.requested_national_krw }
    }
}

impl AskWhatIf {
    /// What is supposed, as of today when no day is said.
    pub(super) fn supposed(&self, today: Day) -> Supposed {
        Supposed { on: self.on.unwrap_or(today), total_cost: self.total_cost_krw, envelope: self.envelope_krw }
    }
}
