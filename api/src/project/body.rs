//! Wire shapes of projects (과제 입출력).

use crate::http::{WhyNot, page_ask};
use domain::{
    access::BodyKey,
    day::{Day, FiscalYear},
    money::Won,
    name::Name,
    programme::ProgrammeKey,
    project::{
        Condition, FieldCode, GateRequestId, Health, MoveKind, NewPriority, NewProject, Project, ProjectCode,
        ProjectId, ProjectLine, ProjectSums, Rating, Reached, Status,
    },
    rate::Share,
    region::RegionCode,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize, Serializer};
use store::{
    page::PageAsk,
    project::{Filter, Raw, Sort},
};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// A project to enter.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "project": {
    "lead_body": "mois", "title": { "ko": "AI 민원 안내 서비스" }, "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.",
    "lead_share": "60", "partners": [{ "body": "msit", "share": "40", "role": "모델 제공" }],
    "fields": ["public"], "planned": { "start": "2026-03", "end": "2027-H1" }
} }))]
pub struct CreateProject {
    /// What its planner writes.
    pub project: NewProject,
}

/// Why something is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "예산 조정" }))]
pub struct Reason {
    /// In words.
    pub reason: Prose<2000>,
}

/// Why something is done, if there is something to say.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct Note {
    /// In words.
    #[serde(default)]
    pub reason: Option<Prose<2000>>,
}

/// Where to go back to, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "to": "planning", "reason": "요구사항을 다시 정한다" }))]
pub struct GoBack {
    /// The earlier phase.
    pub to: Reached,
    /// Why.
    pub reason: Prose<2000>,
}

/// A priority to set, or none to lift it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "priority": { "reason": "국가 중점 과제", "decided_by": "과학기술관계장관회의", "decided_on": "2026-01-28" } }))]
pub struct Prioritise {
    /// Reason, decider and day; `null` lifts the priority.
    pub priority: Option<NewPriority>,
}

/// How an action was closed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "note": "보안성 검토를 마쳤다" }))]
pub struct CloseAction {
    /// What was done.
    pub note: Prose<1000>,
}

/// A judgement of health.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "judgement": { "rating": "amber", "reason": "공급사 선정이 늦어진다" } }))]
pub struct RateHealth {
    /// The judgement; `null` lifts the one before.
    pub judgement: Option<Judgement>,
}

/// How somebody judges a project, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// The rating.
    pub rating: Rating,
    /// Why.
    pub reason: Prose<2000>,
}

/// A partner's part of a project.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PartPath {
    /// The project's id.
    #[expect(dead_code, reason = "read by the permit")]
    project: ProjectId,
    /// The partner that writes it.
    pub part_body: BodyKey,
}

/// A gate request of a project.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct GatePath {
    /// The project's id.
    #[expect(dead_code, reason = "read by the permit")]
    project: ProjectId,
    /// The request's id.
    pub gate_request: GateRequestId,
}

/// An action of a project's progress checks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ActionPath {
    /// The project's id.
    #[expect(dead_code, reason = "read by the permit")]
    project: ProjectId,
    /// The action's number within the project.
    #[param(minimum = 1, maximum = 100_000)]
    pub no: u32,
}

/// A project with everything its page shows.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPage {
    /// The record.
    pub project: Project,
    /// Its budget lines, of which only its part is counted.
    #[schema(max_items = 1000)]
    pub budget_lines: Vec<ProjectLine>,
    /// Sums over them.
    pub budget: ProjectSums,
    /// Expenditure in per cent of the current budget (집행률); absent without a budget.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "42.10")]
    pub execution_rate: Option<String>,
    /// What follows from the record today.
    pub today: ProjectToday,
}

/// What follows from a project's record on one day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectToday {
    /// The day.
    pub day: Day,
    /// Whole days in the present phase.
    #[schema(minimum = 0, maximum = 100_000)]
    pub days_in_phase: i64,
    /// Days by which the gate of the present phase is late; absent when it is not.
    #[schema(minimum = 1, maximum = 100_000)]
    pub gate_days_late: Option<i64>,
    /// How it is doing, by the published rules and by judgement; absent when it is not under way.
    pub health: Option<Health>,
    /// The conditions of the present gate; none when it is not under way.
    #[schema(max_items = 100)]
    pub gate: Vec<Condition>,
}

/// Whether a move is possible today, and if not, why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveCheck {
    /// Which move.
    pub kind: MoveKind,
    /// Where it leads.
    pub to: Reached,
    /// True when nothing stands in the way. A reason that must be given with the move is not counted.
    pub possible: bool,
    /// Everything that stands in the way.
    #[schema(max_items = 200)]
    pub reasons: Vec<WhyNot>,
}

/// Every move that the transition table knows from here.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveChecks {
    /// The moves.
    #[schema(max_items = 20)]
    pub moves: Vec<MoveCheck>,
}

/// The present gate beforehand.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GateCheck {
    /// True when the gate may be asked for without any waiver.
    pub possible: bool,
    /// Each condition and how it stands.
    #[schema(max_items = 100)]
    pub conditions: Vec<Condition>,
    /// Everything that stands in the way of asking.
    #[schema(max_items = 200)]
    pub reasons: Vec<WhyNot>,
}

/// Projects like this one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimilarProjects {
    /// Most alike first.
    #[schema(max_items = 10)]
    pub items: Vec<SimilarProject>,
}

/// A project like another one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimilarProject {
    /// Which.
    pub id: ProjectId,
    /// Its number.
    pub code: ProjectCode,
    /// Its name.
    pub title: Name,
    /// Who leads it.
    pub lead_body: BodyKey,
    /// How far it has come.
    pub phase: Reached,
    /// How alike, 0 to 100: pairs of characters in common (Dice), the title twice the weight of the summary.
    pub score: Share,
}

/// A title to compare before anything is entered.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CompareTitle {
    /// The title.
    #[param(inline)]
    pub title: Line<200>,
    /// The beginning of the summary, if there is one.
    #[param(inline)]
    pub summary: Option<Line<1000>>,
}

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
    stage: Option<Vec<Line<81>>>,
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
    pub(super) fn sort(&self) -> Sort {
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
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
    pub(super) fn counted(&self) -> bool {
        self.count == Some(Count::Exact)
    }
    /// What to filter by. A stage that is not written `template/stage` is a fault.
    pub(super) fn filter(self) -> Result<Filter, crate::http::Problem> {
        let stages = self.stage.unwrap_or_default().iter().map(|text| stage(text.as_str())).collect::<Option<_>>();
        let fault = || domain::problem::Fault::new("?stage", &domain::problem::WRONG_FORM);
        let invalid = || crate::http::Problem::new(&domain::problem::INVALID).with(vec![fault()]);
        Ok(Filter {
            bodies: self.body.unwrap_or_default(),
            partners: self.partner.unwrap_or_default(),
            phases: self.phase.unwrap_or_default(),
            statuses: self.status.unwrap_or_default(),
            stages: stages.ok_or_else(invalid)?,
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
        })
    }
}

fn stage(text: &str) -> Option<domain::project::StageRef> {
    let (template, stage) = text.split_once('/')?;
    Some(domain::project::StageRef { template: template.parse().ok()?, stage: stage.parse().ok()? })
}
