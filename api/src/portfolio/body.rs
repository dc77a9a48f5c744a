//! Wire shapes of the portfolio (포트폴리오 입출력).

use crate::{
    http::{Problem, page_ask},
    project::Count,
};
use domain::{
    access::BodyKey,
    day::{Day, FiscalYear},
    money::Won,
    portfolio::{Dimension, Dims, Measures},
    problem::{DUPLICATE, Fault, INVALID},
    programme::ProgrammeKey,
    project::{FieldCode, Reached},
    rate::percent_of,
    region::RegionCode,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{
    page::PageAsk,
    portfolio::{Filter, Group},
};
use utoipa::{IntoParams, ToSchema};

/// How to group, and what to sum.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskSummary {
    /// By what, separated by commas; without it, one sum of all.
    #[param(inline, style = Form, explode = false, max_items = 6)]
    group_by: Option<Vec<Dimension>>,
    /// Of these bodies.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// In these phases.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    phase: Option<Vec<Reached>>,
    /// In these main fields.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    field: Option<Vec<FieldCode>>,
    /// In these main regions.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    region: Option<Vec<RegionCode>>,
    /// Of these programmes.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    programme: Option<Vec<ProgrammeKey>>,
    /// In these years: a budget line's fiscal year, a project's planned beginning.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    year: Option<Vec<FiscalYear>>,
    /// As it stood at the end of this day (KST).
    #[param(inline)]
    pub as_of: Option<Day>,
}

/// A question that makes sense.
#[derive(Debug)]
pub struct CheckedSummary {
    group_by: Vec<Dimension>,
    filter: Filter,
    years: Vec<i32>,
    pub as_of: Option<Day>,
}

impl AskSummary {
    /// Refuses a dimension named twice.
    pub fn checked(self) -> Result<CheckedSummary, Problem> {
        let group_by = self.group_by.unwrap_or_default();
        if group_by.iter().enumerate().any(|(at, d)| group_by.iter().take(at).any(|earlier| earlier == d)) {
            return Err(Problem::new(&INVALID).with(vec![Fault::new("?group_by", &DUPLICATE)]));
        }
        let years: Vec<i32> = self.year.unwrap_or_default().into_iter().map(FiscalYear::get).collect();
        let filter = Filter {
            bodies: strings(self.body),
            phases: self
                .phase
                .unwrap_or_default()
                .into_iter()
                .map(|p| domain::portfolio::phase_name(p).to_owned())
                .collect(),
            fields: strings(self.field),
            regions: strings(self.region),
            programmes: strings(self.programme),
            years: years.clone(),
        };
        Ok(CheckedSummary { group_by, filter, years, as_of: self.as_of })
    }
}

fn strings<T: ToString>(list: Option<Vec<T>>) -> Vec<String> {
    list.unwrap_or_default().iter().map(ToString::to_string).collect()
}

impl CheckedSummary {
    /// Whether each sum is of one year, so that the year before can be set beside it.
    fn yearly(&self) -> bool {
        self.group_by.contains(&Dimension::Year) || self.years.len() == 1
    }
    /// What to group by: also by year when years are compared.
    pub fn by(&self) -> Vec<Dimension> {
        let mut by = self.group_by.clone();
        if self.yearly() && !by.contains(&Dimension::Year) {
            by.push(Dimension::Year);
        }
        by
    }
    /// What to sum: also the years before when years are compared.
    pub fn filter(&self) -> Filter {
        let mut filter = self.filter.clone();
        if self.yearly() {
            filter.years.extend(self.years.iter().map(|year| year - 1));
        }
        filter
    }
    /// The groups as they are shown, with the year before beside each.
    pub fn shown(&self, groups: &[Group]) -> Result<PortfolioSummary, Problem> {
        let wanted = |dims: &Dims| !self.yearly() || self.years.is_empty() || self.years.contains(&dims.year);
        let before: BTreeMap<Dims, i64> =
            groups.iter().map(|g| (g.dims.clone(), g.measures.current_budget_krw)).collect();
        let mut total = Measures::default();
        let mut shown = Vec::new();
        for group in groups.iter().filter(|g| wanted(&g.dims)) {
            total = total.plus(&group.measures);
            let last = Dims { year: group.dims.year - 1, ..group.dims.clone() };
            let last = self.yearly().then(|| before.get(&last).copied().unwrap_or_default());
            shown.push(PortfolioGroup {
                body: self.key(Dimension::Body, &group.dims.body),
                phase: self.key(Dimension::Phase, &group.dims.phase),
                field: self.key(Dimension::Field, &group.dims.field),
                region: self.key(Dimension::Region, &group.dims.region),
                programme: self.key(Dimension::Programme, &group.dims.programme),
                year: self.group_by.contains(&Dimension::Year).then(|| Some(group.dims.year).filter(|y| *y != 0)),
                sums: PortfolioSums::of(&group.measures, last)?,
            });
        }
        let last = (self.years.len() == 1).then(|| {
            let year = self.years.first().copied().unwrap_or_default();
            groups.iter().filter(|g| g.dims.year == year - 1).map(|g| g.measures.current_budget_krw).sum()
        });
        let total = PortfolioSums::of(&total, last)?;
        Ok(PortfolioSummary { group_by: self.group_by.clone(), as_of: self.as_of, groups: shown, total })
    }
    /// Absent when not grouped by it, null for none.
    #[expect(clippy::option_option, reason = "absent and null mean different things")]
    fn key(&self, dimension: Dimension, value: &str) -> Option<Option<String>> {
        self.group_by.contains(&dimension).then(|| Some(value.to_owned()).filter(|v| !v.is_empty()))
    }
}

/// The portfolio in groups.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortfolioSummary {
    /// By what.
    #[schema(max_items = 6)]
    pub group_by: Vec<Dimension>,
    /// As it stood at the end of this day; absent for now.
    pub as_of: Option<Day>,
    /// The groups that have anything in them.
    #[schema(max_items = 1_000_000)]
    pub groups: Vec<PortfolioGroup>,
    /// The sum of all groups.
    pub total: PortfolioSums,
}

/// One group. A dimension that was not asked for is absent; `null` stands for none (nationwide, no programme, no project).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent and null mean different things")]
pub struct PortfolioGroup {
    /// The body's key.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::http::double_option")]
    #[schema(value_type = Option<String>, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]*$", example = "mois")]
    pub body: Option<Option<String>>,
    /// The phase.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::http::double_option")]
    #[schema(value_type = Option<String>, max_length = 20, pattern = "^[a-z]+$", example = "execution")]
    pub phase: Option<Option<String>>,
    /// The main field's code.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::http::double_option")]
    #[schema(value_type = Option<String>, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]*$", example = "public")]
    pub field: Option<Option<String>>,
    /// The main region's code.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::http::double_option")]
    #[schema(value_type = Option<String>, max_length = 5, pattern = "^[0-9]{2}([0-9]{3})?$", example = "36")]
    pub region: Option<Option<String>>,
    /// The programme's key.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::http::double_option")]
    #[schema(value_type = Option<String>, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]*$", example = "public-ai-2026")]
    pub programme: Option<Option<String>>,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::http::double_option")]
    #[schema(value_type = Option<i32>, minimum = 1900, maximum = 2200, example = 2026)]
    pub year: Option<Option<i32>>,
    /// Its sums.
    pub sums: PortfolioSums,
}

/// Sums of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortfolioSums {
    /// Projects, each counted once, at its lead.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub projects: i64,
    /// Of which joint.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub joint_projects: i64,
    /// Bodies taking part; grouped by body, the projects in which it takes part. Not to be added up over bodies.
    #[schema(minimum = 0, maximum = 400_000_000)]
    pub participations: i64,
    /// Projects attributed to bodies by share; adds up to `projects`.
    #[schema(max_length = 20, pattern = r"^[0-9]+\.[0-9]{2}$", example = "12.60")]
    pub attributed_projects: String,
    /// Original budget (본예산) of grants and loans.
    pub original_krw: Won,
    /// Current budget (예산현액) of grants and loans.
    pub current_budget_krw: Won,
    /// Of which loans.
    pub loan_krw: Won,
    /// Commitments (지출원인행위).
    pub committed_krw: Won,
    /// Expenditure (지출).
    pub expended_krw: Won,
    /// Value of in-kind support, no cash.
    pub in_kind_krw: Won,
    /// Expenditure in per cent of the current budget (집행률); `null` without a budget.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "42.10")]
    pub execution_rate: Option<String>,
    /// The current budget of the year before; `null` when the sum is not of one year.
    pub previous_current_budget_krw: Option<Won>,
    /// The change of the current budget on the year before in per cent; `null` when that was 0 or is not known.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "400.00")]
    pub change_percent: Option<String>,
}

impl PortfolioSums {
    fn of(measures: &Measures, previous: Option<i64>) -> Result<Self, Problem> {
        let won = |amount: i64| Won::new(amount).map_err(Problem::internal);
        let (current, expended) = (won(measures.current_budget_krw)?, won(measures.expended_krw)?);
        let previous = previous.map(won).transpose()?;
        let change = previous.and_then(|base| percent_of(current.minus(base).ok()?, base));
        Ok(Self {
            projects: measures.projects,
            joint_projects: measures.joint_projects,
            participations: measures.participations,
            attributed_projects: measures.attributed(),
            original_krw: won(measures.original_krw)?,
            current_budget_krw: current,
            loan_krw: won(measures.loan_krw)?,
            committed_krw: won(measures.committed_krw)?,
            expended_krw: expended,
            in_kind_krw: won(measures.in_kind_krw)?,
            execution_rate: percent_of(expended, current),
            previous_current_budget_krw: previous,
            change_percent: change,
        })
    }
}

/// Of which year.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskCoverage {
    /// The fiscal year; this year unless said otherwise.
    #[param(inline)]
    pub year: Option<FiscalYear>,
}

/// How many of the bodies with a budget have a project.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// The fiscal year.
    #[schema(minimum = 2000, maximum = 2200)]
    pub year: i32,
    /// Bodies with a current budget in that year.
    #[schema(minimum = 0, maximum = 100_000)]
    pub bodies_with_budget: u64,
    /// Of these, bodies that take part in a filed project which began by then.
    #[schema(minimum = 0, maximum = 100_000)]
    pub of_which_with_project: u64,
    /// Every body that has either, by key.
    #[schema(max_items = 100_000)]
    pub bodies: Vec<CoveredBody>,
}

/// A body's budget and projects.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoveredBody {
    /// The body's key.
    #[schema(max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]*$", example = "mois")]
    pub body: String,
    /// Its current budget in that year.
    #[schema(minimum = -9_007_199_254_740_991_i64, maximum = 9_007_199_254_740_991_i64)]
    pub current_budget_krw: i64,
    /// Projects that it leads and that began by then.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub projects: i64,
    /// Projects in which it takes part and that began by then.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub participations: i64,
}

impl CoveredBody {
    /// What one cell of a body and a year says of that year.
    pub fn of(year: i32) -> impl Fn(Group) -> Self {
        move |group| {
            let (this, begun) = (group.dims.year == year, group.dims.year <= year);
            let m = group.measures;
            Self {
                body: group.dims.body,
                current_budget_krw: if this { m.current_budget_krw } else { 0 },
                projects: if begun { m.projects } else { 0 },
                participations: if begun { m.participations } else { 0 },
            }
        }
    }
}

impl Coverage {
    /// Gathers the bodies' cells.
    pub fn of(year: i32, cells: impl Iterator<Item = CoveredBody>) -> Self {
        let mut bodies: BTreeMap<String, CoveredBody> = BTreeMap::new();
        for cell in cells {
            match bodies.get_mut(&cell.body) {
                Some(body) => {
                    body.current_budget_krw += cell.current_budget_krw;
                    body.projects += cell.projects;
                    body.participations += cell.participations;
                }
                None => {
                    bodies.insert(cell.body.clone(), cell);
                }
            }
        }
        let bodies: Vec<CoveredBody> =
            bodies.into_values().filter(|b| b.current_budget_krw != 0 || b.participations != 0).collect();
        let count =
            |with: &dyn Fn(&CoveredBody) -> bool| u64::try_from(bodies.iter().filter(|b| with(b)).count()).unwrap_or(0);
        Self {
            year,
            bodies_with_budget: count(&|b| b.current_budget_krw != 0),
            of_which_with_project: count(&|b| b.current_budget_krw != 0 && b.participations != 0),
            bodies,
        }
    }
}

/// Whose late gates.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskLate {
    /// Of projects led by one of these bodies.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// In one of these phases.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    phase: Option<Vec<Reached>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
    /// `exact` also gives the number of all.
    #[param(inline)]
    count: Option<Count>,
}

impl AskLate {
    pub fn filter(&self, today: Day) -> store::project::Filter {
        store::project::Filter {
            bodies: self.body.clone().unwrap_or_default(),
            phases: self.phase.clone().unwrap_or_default(),
            gate_due_before: Some(today),
            ..store::project::Filter::default()
        }
    }
    pub fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
    pub fn counted(&self) -> bool {
        self.count == Some(Count::Exact)
    }
}
