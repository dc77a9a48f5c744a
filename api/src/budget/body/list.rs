//! What is asked of the lists of budget lines and of their entries (예산 목록 조회).

use crate::http::page_ask;
use domain::{
    access::BodyKey,
    budget::{AccountKind, EnvelopeKey, LineKind, Movement, ProjectId, Standing},
    day::{Day, FiscalYear},
    money::Won,
    text::Line,
};
use serde::Deserialize;
use store::{
    budget::{EntryFilter, Filter, Sort, Way},
    page::PageAsk,
};
use utoipa::{IntoParams, ToSchema};

/// In which order.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[schema(as = BudgetSort)]
pub enum SortBy {
    /// Newest first.
    #[default]
    #[serde(rename = "-created_at")]
    Newest,
    /// Oldest first.
    #[serde(rename = "created_at")]
    Oldest,
    /// Last changed first.
    #[serde(rename = "-updated_at")]
    Changed,
    /// Longest unchanged first.
    #[serde(rename = "updated_at")]
    Unchanged,
    /// Latest year first.
    #[serde(rename = "-fiscal_year")]
    Year,
    /// Earliest year first.
    #[serde(rename = "fiscal_year")]
    YearUp,
    /// Largest current budget first.
    #[serde(rename = "-current_budget_krw")]
    Budget,
    /// Smallest current budget first.
    #[serde(rename = "current_budget_krw")]
    BudgetUp,
}

/// Whether to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BudgetCount)]
pub enum Count {
    /// Say how many there are in all; costs a second query.
    Exact,
}

/// Which lines, in which order, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListBudgetLines {
    /// Of one of these bodies.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Of one of these years.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    fiscal_year: Option<Vec<FiscalYear>>,
    /// Of these kinds.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    kind: Option<Vec<LineKind>>,
    /// Paid from these kinds of account.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    account_kind: Option<Vec<AccountKind>>,
    /// With these standings.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    standing: Option<Vec<Standing>>,
    /// Paying for this project.
    #[param(inline)]
    project: Option<ProjectId>,
    /// In this envelope or in one inside it.
    #[param(inline)]
    pub envelope: Option<EnvelopeKey>,
    /// With at least this current budget, in won.
    #[param(inline)]
    current_budget_krw_gte: Option<Won>,
    /// With at most this current budget, in won.
    #[param(inline)]
    current_budget_krw_lte: Option<Won>,
    /// Only with this in the title.
    #[param(inline)]
    q: Option<Line<200>>,
    /// In which order.
    #[param(inline)]
    sort: Option<SortBy>,
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

impl ListBudgetLines {
    pub(in crate::budget) fn sort(&self) -> (Sort, Way) {
        match self.sort.unwrap_or_default() {
            SortBy::Newest => (Sort::Created, Way::Down),
            SortBy::Oldest => (Sort::Created, Way::Up),
            SortBy::Changed => (Sort::UpdatedAt, Way::Down),
            SortBy::Unchanged => (Sort::UpdatedAt, Way::Up),
            SortBy::Year => (Sort::FiscalYear, Way::Down),
            SortBy::YearUp => (Sort::FiscalYear, Way::Up),
            SortBy::Budget => (Sort::CurrentBudget, Way::Down),
            SortBy::BudgetUp => (Sort::CurrentBudget, Way::Up),
        }
    }
    pub(in crate::budget) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
    pub(in crate::budget) fn counted(&self) -> bool {
        self.count == Some(Count::Exact)
    }
    /// What to filter by, with the envelopes that lie in the one asked for.
    pub(in crate::budget) fn filter(self, envelopes: Vec<EnvelopeKey>) -> Filter {
        Filter {
            bodies: self.body.unwrap_or_default(),
            fiscal_years: self.fiscal_year.unwrap_or_default(),
            kinds: self.kind.unwrap_or_default(),
            account_kinds: self.account_kind.unwrap_or_default(),
            standings: self.standing.unwrap_or_default(),
            project: self.project,
            envelopes,
            current_budget_from: self.current_budget_krw_gte,
            current_budget_to: self.current_budget_krw_lte,
            text: self.q.map(|q| q.to_string()),
        }
    }
}

/// Which entries, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListEntries {
    /// Only these movements.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    kind: Option<Vec<Movement>>,
    /// Booked on this day or later.
    #[param(inline)]
    booked_on_gte: Option<Day>,
    /// Booked on this day or earlier.
    #[param(inline)]
    booked_on_lte: Option<Day>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListEntries {
    pub(in crate::budget) fn filter(&self) -> EntryFilter {
        EntryFilter { kinds: self.kind.clone().unwrap_or_default(), from: self.booked_on_gte, to: self.booked_on_lte }
    }
    pub(in crate::budget) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}
