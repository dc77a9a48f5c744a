//! AX projects (AX 과제): one record from planning over execution to diffusion, with its gates and its history.

mod access;
mod attachment;
mod benefit;
mod change;
mod code;
mod condition;
mod deeds;
mod facts;
mod flat;
mod gate;
mod gate_request;
mod health;
mod kinds;
mod lineage;
mod listed;
mod money;
mod moves;
mod own_conditions;
mod parts;
mod patch;
pub mod problems;
mod progress;
mod rules;
#[cfg(test)]
pub(crate) mod sample;
mod stage;
mod standing;

pub use access::OnProject;
pub use attachment::{Attachment, AttachmentId, MEDIA_TYPES, NewAttachment, Sha256, file_faults};
pub use benefit::{Benefit, Direction};
pub use change::{NewProject, ProjectChange};
pub use code::{FIELDS, Field, FieldCode, NotACode, ProjectCode, field};
pub use condition::{
    CONTRIBUTIONS, Check, Condition, ConditionCode, ConditionState, GateFacts, Waivable, Waiver, conditions,
};
pub use deeds::{NewPart, NewPriority};
pub use facts::{BudgetFacts, Facts};
pub use gate_request::{AskedWaiver, GateAsk, GateDecision, GateRequest, GateRequestId, GateState, Voided};
pub use health::{
    Health, HealthPoint, HealthReason, HealthRecord, HealthRule, ManualRating, Measure, RULES, Rating, rate,
};
pub use kinds::{LinkKind, Network, PersonalData, PiaState, RequirementState, Strategy, StrategyPlan, Verdict};
pub use lineage::{Lineage, lineage, looping_ties, loops};
pub use listed::ProjectItem;
pub use money::{ProjectLine, ProjectMoney, ProjectSums};
pub use own_conditions::CODES as CONDITION_CODES;
pub use parts::{
    Milestone, NoAdvice, Participant, Participants, Partner, PartnerPart, PhasePlans, PilotResult, PolicyLink,
    Priority, ProjectLink, Removed, Requirement, SimilarCandidate, SimilarCheck, Span, Testbed, UseCase,
};
pub use patch::{PartnerChange, PhasePlansChange, SpanChange, TitleChange};
pub use progress::{ActionClosed, CheckKind, NewAction, NewCheck, ProgressAction, ProgressCheck};
pub use stage::{Stage, StageDates, StageKey, StageRef, TEMPLATES, Template, TemplateKey, Trial, prescribed, template};
pub use standing::{Edge, Move, MoveKind, Moved, Phase, Place, Reached, Standing, Status, TABLE};

use crate::{
    access::{Actor, BodyKey},
    day::{Day, Instant},
    id::Id,
    name::Name,
    programme::ProgrammeKey,
    rate::Share,
    region::RegionCode,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A project's id.
pub type ProjectId = Id<Project>;
/// The id of whoever did something.
pub type ActorId = Id<Actor>;

/// When something was done, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: ActorId,
}

/// A project's whole record, as it is stored and shown. It changes only through the functions of this module, each of
/// which checks every rule, raises the version by one and leaves the old record untouched when it refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its number on papers.
    pub code: ProjectCode,
    /// Raised by one with every act; the entity tag.
    #[schema(minimum = 1)]
    pub version: i64,
    /// Its name.
    pub title: Name,
    /// What it is about.
    pub summary: Option<Prose<4000>>,
    /// The body that leads it (주관기관).
    pub lead_body: BodyKey,
    /// The lead's share.
    pub lead_share: Share,
    /// The other bodies that take part.
    #[schema(max_items = 33)]
    pub partners: Vec<Partner>,
    /// Fields of use, the main one first.
    #[schema(max_items = 10)]
    pub fields: Vec<FieldCode>,
    /// The programme it belongs to.
    pub programme: Option<ProgrammeKey>,
    /// Regions, the main one first; none means nationwide.
    #[schema(max_items = 50)]
    pub regions: Vec<RegionCode>,
    /// Whether its region is a test-bed.
    pub testbed: Option<Testbed>,
    /// Whether resources go to it first.
    pub priority: Option<Priority>,
    /// The network its result runs in.
    pub network: Option<Network>,
    /// Whether it processes personal data.
    pub personal_data: Option<PersonalData>,
    /// The system it is built into (업무관리시스템 and the like).
    pub target_system: Option<Line<200>>,
    /// The policies it serves.
    #[schema(max_items = 20)]
    pub policy_links: Vec<PolicyLink>,
    /// Planned.
    pub planned: Span,
    /// Actual.
    pub actual: Span,
    /// Planned, for each phase.
    pub phase_plans: PhasePlans,
    /// Use cases.
    #[schema(max_items = 20)]
    pub use_cases: Vec<UseCase>,
    /// Expected effects.
    #[schema(max_items = 30)]
    pub benefits: Vec<Benefit>,
    /// Ties to other projects.
    #[schema(max_items = 50)]
    pub links: Vec<ProjectLink>,
    /// Where it stands on its programme's path.
    pub stage: Option<StageRef>,
    /// When the stages ran.
    #[schema(max_items = 20)]
    pub stage_dates: Vec<StageDates>,
    /// Milestones.
    #[schema(max_items = 100)]
    pub milestones: Vec<Milestone>,
    /// Progress checks, oldest first.
    #[schema(max_items = 200)]
    pub checks: Vec<ProgressCheck>,
    /// ISP or ISMP, or why there is none.
    pub strategy: Option<Strategy>,
    /// That similar projects were looked at.
    pub similar_check: Option<SimilarCheck>,
    /// That no counsel of the advisory group is wanted.
    pub no_advice: Option<NoAdvice>,
    /// Companies and others who take part.
    pub participants: Option<Participants>,
    /// What its pilot has shown.
    pub pilot: Option<PilotResult>,
    /// Requirements out of use.
    #[schema(max_items = 200)]
    pub requirements: Vec<Requirement>,
    /// Files, oldest first.
    #[schema(max_items = 200)]
    pub attachments: Vec<Attachment>,
    /// Where it stands.
    pub standing: Standing,
    /// Every move, oldest first.
    #[schema(max_items = 1000)]
    pub history: Vec<Moved>,
    /// Every gate request, oldest first.
    #[schema(max_items = 1000)]
    pub gates: Vec<GateRequest>,
    /// How it is doing.
    pub health: HealthRecord,
    /// When it was created, and by whom.
    pub created: Stamp,
    /// When it was last changed, and by whom.
    pub updated: Stamp,
    /// That it was taken away.
    pub removed: Option<Removed>,
}

impl Project {
    /// How far it has come. A draft is in planning.
    pub const fn phase(&self) -> Reached {
        self.standing.place().phase
    }
    /// Whether work goes on.
    pub const fn status(&self) -> Status {
        self.standing.place().status
    }
    /// True once it has been put before the government.
    pub fn is_filed(&self) -> bool {
        self.status() != Status::Draft
    }
    /// The lead and the partners, each with its share.
    pub fn shares(&self) -> impl Iterator<Item = (&BodyKey, Share)> {
        std::iter::once((&self.lead_body, self.lead_share)).chain(self.partners.iter().map(|p| (&p.body, p.share)))
    }
    /// True when the body leads it or takes part.
    pub fn involves(&self, body: &BodyKey) -> bool {
        self.lead_body == *body || self.has_partner(body)
    }
    /// True when the body takes part beside the lead.
    pub fn has_partner(&self, body: &BodyKey) -> bool {
        self.partners.iter().any(|p| p.body == *body)
    }
    /// True when more than one ministry carries it.
    pub const fn is_joint(&self) -> bool {
        !self.partners.is_empty()
    }
    /// When it came into its present phase (or was completed): the last move that changed the phase, else its filing,
    /// else its creation.
    pub fn phase_since(&self) -> Instant {
        let entered = self.history.iter().rev().find(|m| m.kind == MoveKind::File || m.from.phase != m.to.phase);
        entered.map_or(self.created.at, |m| m.at)
    }
    /// Whole days in the present phase, up to today or to its cancellation.
    pub fn days_in_phase(&self, today: Day) -> i64 {
        let until = if let Standing::Cancelled { since, .. } = self.standing { since.day() } else { today };
        until.days_since(self.phase_since().day())
    }
    /// Days by which the gate of the present phase is late: its planned end is over and the project is still in it.
    /// Only for projects at work; `None` when nothing is late.
    pub fn gate_days_late(&self, today: Day) -> Option<i64> {
        let Standing::Active { phase, .. } = self.standing else { return None };
        let end = self.phase_plans.of(phase).end?.latest();
        Some(today.days_since(end)).filter(|days| *days > 0)
    }
    /// The path of stages it is on: the one chosen, else its programme's, else the standard one.
    pub fn path(&self) -> Option<&'static Template> {
        let chosen = self.stage.as_ref().and_then(|s| template(&s.template));
        chosen.or_else(|| self.programme.as_ref().and_then(prescribed)).or_else(|| TEMPLATES.first())
    }
    /// One version on.
    fn touched(mut self, stamp: Stamp) -> Self {
        self.version = self.version.saturating_add(1);
        self.updated = stamp;
        self
    }
}
