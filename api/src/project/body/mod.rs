//! Wire shapes of projects (과제 입출력): what acts upon them takes.

mod list;
mod page;

pub use list::{AsOfDay, Count, ListProjects, ListedProject};
pub use page::{
    CompareTitle, GateCheck, MoveCheck, MoveChecks, ProjectLineage, ProjectPage, ProjectToday, SimilarProject,
    SimilarProjects,
};

use domain::{
    access::BodyKey,
    budget::{Account, EnvelopeKey, Hierarchy, LineKind, NewAppropriation, NewLine, Standing},
    day::FiscalYear,
    project::{GateRequestId, NewPriority, NewProject, ProjectId, Rating, Reached},
    rate::Share,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A project to enter.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "project": {
    "lead_body": "mois", "title": { "ko": "AI 민원 안내 서비스" }, "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.",
    "lead_share": "60", "partners": [{ "body": "msit", "share": "40", "role": "모델 제공" }],
    "fields": ["public"], "planned": { "start": "2026-03", "end": "2027-H1" }
}, "budget_lines": [{
    "fiscal_year": 2026, "account": { "kind": "general", "name": "일반회계" }, "kind": "grant", "title": "AI 민원 안내 서비스 구축",
    "standing": "active", "appropriation": { "amount_krw": 1_500_000_000_i64, "booked_on": "2026-01-02" }
}] }))]
pub struct CreateProject {
    /// What its planner writes.
    pub project: NewProject,
    /// Budget lines of the leading body that pay for it, opened in the same write. Partners add their own.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub budget_lines: Vec<NewProjectLine>,
}

/// A budget line of the leading body that pays for the project it comes with.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProjectLine {
    /// The year for which it was voted.
    pub fiscal_year: FiscalYear,
    /// The account from which it is paid.
    pub account: Account,
    /// Its place in the programme budget.
    #[serde(default)]
    pub hierarchy: Hierarchy,
    /// In which form the support is given.
    pub kind: LineKind,
    /// What it is for.
    pub title: Line<200>,
    /// The part of it that counts to the project; the whole when not given.
    #[serde(default)]
    pub share: Option<Share>,
    /// The envelope that contains it.
    #[serde(default)]
    pub envelope: Option<EnvelopeKey>,
    /// Draft when not given; never closed.
    #[serde(default)]
    pub standing: Option<Standing>,
    /// Its original budget, recorded at once.
    #[serde(default)]
    pub appropriation: Option<NewAppropriation>,
}

impl NewProjectLine {
    /// The line as one that is opened for this project.
    pub fn of(self, body: BodyKey, project: ProjectId) -> NewLine {
        let Self { fiscal_year, account, hierarchy, kind, title, share, envelope, standing, appropriation } = self;
        let project = Some(project);
        NewLine {
            body,
            fiscal_year,
            account,
            hierarchy,
            kind,
            title,
            project,
            share,
            envelope,
            standing,
            appropriation,
        }
    }
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
