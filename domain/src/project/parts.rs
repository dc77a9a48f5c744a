//! The parts of a project's record (과제 항목).

use super::{ProjectId, RequirementState, Stamp, Verdict};
use crate::{
    access::BodyKey,
    day::{Date, Day},
    rate::Share,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A part of the record: serialised as it is stored and shown, unknown members refused.
macro_rules! parts {
    ($($(#[$meta:meta])* $name:ident { $($body:tt)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($body)* }
    )+};
}

parts! {
    /// A body that takes part beside the lead (참여기관).
    Partner {
        /// Which.
        pub body: BodyKey,
        /// Its share; lead and partners add up to exactly 100 %.
        pub share: Share,
        /// What it does in the project.
        #[serde(default)]
        pub role: Option<Line<300>>,
        /// What it has written about its part itself.
        #[serde(default)]
        pub part: Option<PartnerPart>,
    }
    /// What a partner writes about its own part.
    PartnerPart {
        /// The part, in its words.
        pub text: Prose<4000>,
        /// Office to ask.
        pub contact: Line<200>,
        /// When it was last written, and by whom.
        pub updated: Stamp,
    }
    /// From when to when, as far as known.
    #[derive(Default, Copy)]
    Span {
        /// The first day, month or half-year.
        #[serde(default)]
        pub start: Option<Date>,
        /// The last day, month or half-year.
        #[serde(default)]
        pub end: Option<Date>,
    }
    /// When each phase is planned.
    #[derive(Default, Copy)]
    PhasePlans {
        /// 기획.
        pub planning: Span,
        /// 수행.
        pub execution: Span,
        /// 보급·확산.
        pub diffusion: Span,
    }
    /// That the region is a test-bed converting a whole field process (지역 AI 실험장).
    Testbed {
        /// The steps of the process, in order.
        #[schema(max_items = 30)]
        pub process_steps: Vec<Line<200>>,
    }
    /// That the government's resources go to this project first (우선 지원).
    Priority {
        /// Why.
        pub reason: Prose<2000>,
        /// Who decided, e.g. a ministers' meeting.
        pub decided_by: Line<200>,
        /// When.
        pub decided_on: Day,
        /// Who entered it.
        pub entered: Stamp,
    }
    /// That no counsel of the advisory group is wanted (자문 불필요).
    NoAdvice {
        /// Why.
        pub reason: Prose<2000>,
        /// When it was stated, and by whom.
        pub stated: Stamp,
    }
    /// A policy the project serves, from the uppermost plan down (국정과제, 상위 계획).
    PolicyLink {
        /// Each level's name, uppermost first.
        #[schema(min_items = 1, max_items = 5)]
        pub path: Vec<Line<200>>,
        /// Date of the plan.
        #[serde(default)]
        pub dated: Option<Date>,
        /// Where it is written.
        #[serde(default)]
        pub source: Option<Line<500>>,
    }
    /// Someone's task before and after (활용 시나리오).
    UseCase {
        /// Who works with it.
        pub actor: Line<200>,
        /// The task today.
        pub task_before: Prose<2000>,
        /// The task with AI.
        pub task_after: Prose<2000>,
        /// Data it uses.
        #[serde(default)]
        pub data_used: Option<Prose<1000>>,
        /// The decision that stays with a person.
        #[serde(default)]
        pub human_decision: Option<Prose<1000>>,
    }
    /// A tie to another project.
    ProjectLink {
        /// Which kind of tie.
        pub kind: super::LinkKind,
        /// The other project.
        pub project: ProjectId,
        /// A remark.
        #[serde(default)]
        pub note: Option<Line<300>>,
    }
    /// Something to be done by a date (이정표).
    Milestone {
        /// What.
        pub name: Line<200>,
        /// In which phase.
        pub phase: super::Phase,
        /// By when; late only after the last day this may mean.
        pub due: Date,
        /// When it was done.
        #[serde(default)]
        pub done_on: Option<Day>,
        /// Which of the project's bodies does it.
        #[serde(default)]
        pub body: Option<BodyKey>,
    }
    /// Companies and others who take part, by name or only by number ("six of eight named").
    Participants {
        /// How many there are.
        #[schema(maximum = 1000)]
        pub declared: u16,
        /// Those known by name.
        #[schema(max_items = 100)]
        pub listed: Vec<Participant>,
    }
    /// One who takes part.
    Participant {
        /// Name.
        pub name: Line<200>,
        /// Role.
        #[serde(default)]
        pub role: Option<Line<200>>,
        /// What it delivers.
        #[serde(default)]
        pub deliverable: Option<Line<300>>,
    }
    /// What a pilot has shown (시범 결과).
    PilotResult {
        /// Who tried it.
        pub user_group: Line<200>,
        /// What it was judged by.
        pub criteria: Prose<2000>,
        /// What was seen.
        pub evidence: Prose<4000>,
        /// The judgement.
        pub verdict: Verdict,
        /// When.
        pub decided_on: Day,
    }
    /// A requirement that came out of use (요구사항).
    Requirement {
        /// What is wanted.
        pub text: Prose<1000>,
        /// Where it came from.
        pub origin: Line<200>,
        /// What became of it.
        pub state: RequirementState,
        /// When it was raised.
        pub raised_on: Day,
    }
    /// That the planner has looked at similar projects before filing (유사 과제 확인).
    SimilarCheck {
        /// When and by whom.
        pub confirmed: Stamp,
        /// What was shown.
        #[schema(max_items = 50)]
        pub candidates: Vec<SimilarCandidate>,
    }
    /// A project that was shown as similar.
    SimilarCandidate {
        /// Which.
        pub project: ProjectId,
        /// How alike.
        pub score: Share,
    }
    /// That a draft was taken away. It can be brought back.
    Removed {
        /// When and by whom.
        pub stamp: Stamp,
        /// Why.
        pub reason: Prose<2000>,
    }
}

impl Span {
    /// True when it ends before it starts, read as generously as its precision allows.
    pub fn is_reversed(&self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if end.latest() < start.earliest())
    }
    /// True when both ends are known.
    pub const fn is_whole(&self) -> bool {
        self.start.is_some() && self.end.is_some()
    }
}

impl PhasePlans {
    /// The plan of one phase.
    pub const fn of(&self, phase: super::Phase) -> Span {
        match phase {
            super::Phase::Planning => self.planning,
            super::Phase::Execution => self.execution,
            super::Phase::Diffusion => self.diffusion,
        }
    }
}
