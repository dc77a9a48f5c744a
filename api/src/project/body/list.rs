//! Wire shapes of the project list (과제 목록).

use crate::http::{Written, page_ask};
use domain::{
    access::BodyKey,
    day::{Day, FiscalYear},
    money::Won,
    programme::ProgrammeKey,
    project::{FieldCode, Rating, Reached, StageRef, Status},
    region::RegionCode,
    text::{Line, NotAKey},
};
use serde::{Deserialize, Serialize, Serializer};
use store::{
    page::PageAsk,
    project::{Filter, Kept, Raw, Sort},
};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// A line of the list, as it is kept.
#[derive(Debug, Clone)]
pub struct ListedProject(Raw);

impl From<Raw> for ListedProject {
    fn from(raw: Raw) -> Self {
        Self(raw)
    }
}
impl Serialize for ListedProject {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}
impl Written for ListedProject {
    fn json(&self) -> &str {
        self.0.json()
    }
}
impl PartialSchema for ListedProject {
    fn schema() -> RefOr<Schema> {
        domain::project::ProjectItem::schema()
    }
}
impl ToSchema for ListedProject {
    fn name() -> std::borrow::Cow<'static, str> {
        domain::project::ProjectItem::name()
    }
    fn schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        domain::project::ProjectItem::schemas(named);
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
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
    /// By Korean title.
    #[serde(rename = "title")]
    Title,
    /// Largest amount first.
    #[serde(rename = "-amount_krw")]
    Amount,
    /// Smallest amount first.
    #[serde(rename = "amount_krw")]
    AmountUp,
    /// The gate that is due first comes first; projects without one are left out.
    #[serde(rename = "gate_due")]
    GateDue,
}

/// Whether to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Say how many there are in all; costs a second query.
    Exact,
}

/// Which projects, in which order, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListProjects {
    /// Led by one of these bodies.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// With one of these bodies as partner.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    partner: Option<Vec<BodyKey>>,
    /// In one of these phases.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    phase: Option<Vec<Reached>>,
    /// With one of these statuses.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    status: Option<Vec<Status>>,
    /// At one of these stages, written `template/stage`.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    stage: Option<Vec<StageName>>,
    /// In one of these fields of use.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    field: Option<Vec<FieldCode>>,
    /// In one of these regions.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    region: Option<Vec<RegionCode>>,
    /// Of one of these programmes.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    programme: Option<Vec<ProgrammeKey>>,
    /// Planned to begin in one of these years.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    year: Option<Vec<FiscalYear>>,
    /// Only those with (or without) priority.
    priority: Option<bool>,
    /// Last rated so.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    health: Option<Vec<Rating>>,
    /// With at least this amount in won.
    #[param(inline)]
    amount_krw_gte: Option<Won>,
    /// With at most this amount in won.
    #[param(inline)]
    amount_krw_lte: Option<Won>,
    /// Whose present gate was due before this day: with today's date, the overdue ones.
    #[param(inline)]
    gate_due_before: Option<Day>,
    /// Words of number, title or summary, Korean included; all must be found.
    #[param(inline)]
    q: Option<Line<200>>,
    /// Instead of what is there, the drafts of the own body that were taken away and can be restored.
    removed: Option<bool>,
    /// As the list stood at the end of this day (KST): newest first, without filters by amount, without a count.
    #[param(inline)]
    as_of: Option<Day>,
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

impl ListProjects {
    pub fn sort(&self) -> Sort {
        match self.sort.unwrap_or_default() {
            SortBy::Newest => Sort::Newest,
            SortBy::Oldest => Sort::Oldest,
            SortBy::Changed => Sort::Changed,
            SortBy::Title => Sort::Title,
            SortBy::Amount => Sort::Amount,
            SortBy::AmountUp => Sort::AmountUp,
            SortBy::GateDue => Sort::GateDue,
        }
    }
    pub fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
    /// The day at whose end the list is wanted. What cannot be told of the past is a fault, all at once.
    pub fn as_of(&self) -> Result<Option<store::portfolio::AsOf>, crate::http::Problem> {
        let Some(day) = self.as_of else { return Ok(None) };
        let asked = [
            ("?amount_krw_gte", self.amount_krw_gte.is_some()),
            ("?amount_krw_lte", self.amount_krw_lte.is_some()),
            ("?sort", !matches!(self.sort.unwrap_or_default(), SortBy::Newest)),
            ("?count", self.counted()),
            ("?removed", self.removed == Some(true)),
        ];
        let fault = |(name, _): &(&str, bool)| domain::problem::Fault::new(*name, &crate::http::NOT_AS_OF);
        let faults: Vec<_> = asked.iter().filter(|(_, asked)| *asked).map(fault).collect();
        domain::problem::Refusal::unless_clean(faults)?;
        Ok(Some(store::portfolio::AsOf(day)))
    }
    pub fn counted(&self) -> bool {
        self.count == Some(Count::Exact)
    }
    /// What to filter by.
    pub fn filter(self) -> Filter {
        Filter {
            bodies: self.body.unwrap_or_default(),
            partners: self.partner.unwrap_or_default(),
            phases: self.phase.unwrap_or_default(),
            statuses: self.status.unwrap_or_default(),
            stages: self.stage.unwrap_or_default().into_iter().map(|stage| stage.0).collect(),
            fields: self.field.unwrap_or_default(),
            regions: self.region.unwrap_or_default(),
            programmes: self.programme.unwrap_or_default(),
            years: self.year.unwrap_or_default(),
            priority: self.priority,
            health: self.health.unwrap_or_default(),
            least: self.amount_krw_gte,
            most: self.amount_krw_lte,
            gate_due_before: self.gate_due_before,
            text: self.q.map(|q| q.to_string()),
            kept: if self.removed == Some(true) { Kept::Removed } else { Kept::Present },
        }
    }
}

/// A stage as a filter names it: `template/stage`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(
    value_type = String,
    max_length = 81,
    pattern = "^[a-z0-9][a-z0-9_-]{0,39}/[a-z0-9][a-z0-9_-]{0,39}$",
    example = "pilot_path/isp"
)]
struct StageName(StageRef);

impl TryFrom<String> for StageName {
    type Error = NotAKey;
    fn try_from(text: String) -> Result<Self, NotAKey> {
        let (template, stage) = text.split_once('/').ok_or(NotAKey)?;
        Ok(Self(StageRef { template: template.parse()?, stage: stage.parse()? }))
    }
}

/// A day in the past to look from.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AsOfDay {
    /// As it stood at the end of this day (KST).
    #[param(inline)]
    pub as_of: Option<Day>,
}
