//! Wire shapes of a project's page (과제 화면) and of what is asked about one project.

use super::ListedProject;
use crate::http::FaultBody;
use domain::{
    access::BodyKey,
    day::Day,
    name::Name,
    project::{Condition, Health, MoveKind, Project, ProjectCode, ProjectId, ProjectLine, ProjectSums, Reached},
    rate::Share,
    text::Line,
};
use serde::{Deserialize, Serialize};
use store::project::Raw;
use utoipa::{IntoParams, ToSchema};

/// A project with everything its page shows.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPage {
    /// The record.
    #[schema(value_type = Project)]
    pub project: Raw,
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

impl ProjectPage {
    /// As it is sent: the record goes out in the words in which it is kept, read by nobody once more.
    pub(in crate::project) fn written(&self) -> serde_json::Result<Vec<u8>> {
        #[derive(Serialize)]
        struct Rest<'a> {
            budget_lines: &'a [ProjectLine],
            budget: &'a ProjectSums,
            execution_rate: &'a Option<String>,
            today: &'a ProjectToday,
        }
        let Self { project, budget_lines, budget, execution_rate, today } = self;
        let record = project.json().as_bytes();
        let mut bytes = Vec::with_capacity(record.len().saturating_add(4096));
        bytes.extend_from_slice(b"{\"project\":");
        bytes.extend_from_slice(record);
        let joint = bytes.len();
        serde_json::to_writer(&mut bytes, &Rest { budget_lines, budget, execution_rate, today })?;
        if let Some(brace) = bytes.get_mut(joint) {
            *brace = b',';
        }
        Ok(bytes)
    }
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
    pub reasons: Vec<FaultBody>,
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
    pub reasons: Vec<FaultBody>,
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
    pub summary: Option<Line<500>>,
}

/// From which projects one came and which came out of it, as far as the reader may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectLineage {
    /// What it came from, nearest first.
    #[schema(max_items = 200)]
    pub before: Vec<ListedProject>,
    /// What came out of it, nearest first.
    #[schema(max_items = 200)]
    pub after: Vec<ListedProject>,
    /// The money of the whole chain, the project itself among it.
    pub cost: ProjectSums,
    /// Expenditure in per cent of the chain's current budget; absent without a budget.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "42.10")]
    pub execution_rate: Option<String>,
}
