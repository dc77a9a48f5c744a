//! Wire shapes of the advisory group (자문 입출력).

use crate::http::page_ask;
use domain::{
    access::BodyKey,
    committee::ExpertId,
    consultation::{Adviser, Assigned, Consultation, ConsultationId, ConsultationState, Topic, Urgency, WaitsFor},
    day::Day,
    name::Name,
    project::{
        Attachment, Benefit, FieldCode, Milestone, Network, NewAttachment, PersonalData, Phase, Project, ProjectCode,
        ProjectId, Reached, Span, UseCase,
    },
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{
    consultation::{AdviserFilter, Filter, ListedAdviser},
    page::PageAsk,
};
use utoipa::{IntoParams, ToSchema};

/// Which advisers, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAdvisers {
    /// Only those who counsel on one of these, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 8)]
    topic: Option<Vec<Topic>>,
    /// Only those who serve today.
    serving: Option<bool>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListAdvisers {
    pub(super) fn filter(&self, today: Day) -> AdviserFilter {
        AdviserFilter {
            topics: self.topic.clone().unwrap_or_default(),
            serving_on: self.serving.filter(|yes| *yes).map(|_| today),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// An adviser in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdviserListed {
    /// The record.
    pub adviser: Adviser,
    /// The name.
    pub name: Line<80>,
    /// How many consultations the adviser has under way.
    #[schema(minimum = 0, maximum = 100_000)]
    pub load: usize,
}

impl AdviserListed {
    pub(super) fn of(listed: ListedAdviser) -> Self {
        let ListedAdviser { adviser, name, load } = listed;
        Self { adviser, name, load }
    }
}

/// Why an adviser is released.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "본인 요청" }))]
pub struct ReleaseAdviser {
    /// In words.
    pub reason: Prose<2000>,
}

/// Which consultations, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListConsultations {
    /// Only those on this project.
    #[param(inline)]
    project: Option<ProjectId>,
    /// Only those that these bodies have asked for, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 50)]
    body: Option<Vec<BodyKey>>,
    /// Only those that this adviser gives.
    #[param(inline)]
    adviser: Option<ExpertId>,
    /// Only those that stand so, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 8)]
    state: Option<Vec<ConsultationState>>,
    /// Only those that were asked for in these phases, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    phase: Option<Vec<Phase>>,
    /// Only those about one of these, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 8)]
    topic: Option<Vec<Topic>>,
    /// Only those that are as urgent as this.
    #[param(inline)]
    urgency: Option<Urgency>,
    /// Only those in which it is the turn of this role.
    #[param(inline)]
    waits_for: Option<WaitsFor>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListConsultations {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            project: self.project,
            bodies: self.body.clone().unwrap_or_default(),
            adviser: self.adviser,
            states: self.state.clone().unwrap_or_default(),
            phases: self.phase.clone().unwrap_or_default(),
            topics: self.topic.clone().unwrap_or_default(),
            urgency: self.urgency,
            waits_for: self.waits_for,
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// A consultation with what follows from it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationView {
    /// The record.
    pub consultation: Consultation,
    /// What follows.
    pub standing: ConsultationStanding,
}

/// How a consultation stands, as counted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationStanding {
    /// Whose turn it is; nobody's once nothing is left to do.
    pub waits_for: Option<WaitsFor>,
    /// Days from the request to the first session; none before.
    #[schema(minimum = 0, maximum = 100_000)]
    pub response_days: Option<i64>,
    /// How long was counselled, in minutes.
    #[schema(minimum = 0, maximum = 100_000)]
    pub minutes: u32,
    /// Pieces of advice.
    #[schema(minimum = 0, maximum = 200)]
    pub advice: usize,
    /// Those that nobody has answered.
    #[schema(minimum = 0, maximum = 200)]
    pub unanswered: usize,
    /// Those, and those of which something is still to be done.
    #[schema(minimum = 0, maximum = 200)]
    pub open_advice: usize,
}

impl ConsultationStanding {
    fn of(one: &Consultation) -> Self {
        Self {
            waits_for: one.waits_for(),
            response_days: one.response_days(),
            minutes: one.minutes(),
            advice: one.advice.len(),
            unanswered: one.unanswered(),
            open_advice: one.open_advice(),
        }
    }
}

impl ConsultationView {
    pub(super) fn of(consultation: Consultation) -> Self {
        Self { standing: ConsultationStanding::of(&consultation), consultation }
    }
}

/// A consultation in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationListed {
    /// Its id.
    pub id: ConsultationId,
    /// Its version.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The project.
    pub project: ProjectId,
    /// Its number.
    pub project_code: ProjectCode,
    /// Its name at the request.
    pub project_title: Name,
    /// The phase it was in at the request.
    pub phase: Phase,
    /// The body that asks.
    pub body: BodyKey,
    /// What is asked, in a line.
    pub subject: Line<200>,
    /// About what.
    #[schema(max_items = 8)]
    pub topics: Vec<Topic>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// By when counsel is wanted.
    pub wanted_by: Option<Day>,
    /// Where it stands.
    pub state: ConsultationState,
    /// Who gives the counsel.
    pub assigned: Option<Assigned>,
    /// When it was asked for.
    pub requested_on: Day,
    /// How it stands, as counted.
    pub standing: ConsultationStanding,
}

impl ConsultationListed {
    pub(super) fn of(one: &Consultation) -> Self {
        Self {
            id: one.id,
            version: one.version,
            project: one.project,
            project_code: one.project_code,
            project_title: one.project_title.clone(),
            phase: one.phase,
            body: one.body.clone(),
            subject: one.request.subject.clone(),
            topics: one.request.topics.clone(),
            urgency: one.request.urgency,
            wanted_by: one.request.wanted_by,
            state: one.state,
            assigned: one.assigned.clone(),
            requested_on: one.requested_on(),
            standing: ConsultationStanding::of(one),
        }
    }
}

/// What an adviser may know of the project.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationPapers {
    /// Which.
    pub project: ProjectId,
    /// Its number.
    pub code: ProjectCode,
    /// Its name.
    pub title: Name,
    /// What it is about.
    pub summary: Option<Prose<4000>>,
    /// Who leads it.
    pub lead_body: BodyKey,
    /// Who takes part.
    #[schema(max_items = 33)]
    pub partners: Vec<BodyKey>,
    /// How far it has come.
    pub phase: Reached,
    /// Fields of use, the main one first.
    #[schema(max_items = 10)]
    pub fields: Vec<FieldCode>,
    /// The network its result runs in.
    pub network: Option<Network>,
    /// Whether it processes personal data.
    pub personal_data: Option<PersonalData>,
    /// The system it is built into.
    pub target_system: Option<Line<200>>,
    /// Planned.
    pub planned: Span,
    /// Use cases.
    #[schema(max_items = 20)]
    pub use_cases: Vec<UseCase>,
    /// Expected effects.
    #[schema(max_items = 30)]
    pub benefits: Vec<Benefit>,
    /// Milestones.
    #[schema(max_items = 100)]
    pub milestones: Vec<Milestone>,
    /// What is known of its files.
    #[schema(max_items = 200)]
    pub attachments: Vec<Attachment>,
    /// What is known of the papers that came with the request.
    #[schema(max_items = 20)]
    pub papers: Vec<NewAttachment>,
}

impl ConsultationPapers {
    pub(super) fn of(project: Project, consultation: &Consultation) -> Self {
        Self {
            project: project.id,
            phase: project.phase(),
            partners: project.partners.iter().map(|partner| partner.body.clone()).collect(),
            code: project.code,
            title: project.title,
            summary: project.summary,
            lead_body: project.lead_body,
            fields: project.fields,
            network: project.network,
            personal_data: project.personal_data,
            target_system: project.target_system,
            planned: project.planned,
            use_cases: project.use_cases,
            benefits: project.benefits,
            milestones: project.milestones,
            attachments: project.attachments,
            papers: consultation.request.papers.clone(),
        }
    }
}

/// Who is chosen, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchConsultation {
    /// The adviser, by the expert's id.
    pub adviser: ExpertId,
    /// Why this one.
    #[serde(default)]
    pub reason: Option<Prose<2000>>,
}

/// Why not.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "일정이 맞지 않음" }))]
pub struct WhyNot {
    /// In words.
    pub reason: Prose<2000>,
}

/// What is said at the end.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct CloseConsultation {
    /// In words.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
}
