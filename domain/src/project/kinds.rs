//! Code lists of a project's record (코드 목록).

use crate::{day::Date, text::Prose};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $kind:ident),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $kind),+ }
    )+};
}

kinds! {
    /// The network the result runs in (내·외부망).
    Network {
        /// 내부망.
        Internal,
        /// 외부망.
        External,
        /// Both.
        Both,
    }
    /// How two projects are tied.
    LinkKind {
        /// The other came before (선행 과제).
        Predecessor,
        /// The other comes after (후속 과제, 후속 연구).
        FollowUp,
        /// The other is alike (유사 과제).
        Similar,
        /// The other is done together with this one (연계 과제).
        Joint,
    }
    /// How far the privacy impact assessment (개인정보 영향평가) is.
    PiaState {
        /// The law does not ask for one.
        NotRequired,
        /// It is planned.
        Planned,
        /// It is being done.
        InProgress,
        /// It is done.
        Done,
    }
    /// Which plan an information project makes before it asks for its budget.
    StrategyPlan {
        /// 정보화전략계획.
        Isp,
        /// 정보시스템 마스터플랜.
        Ismp,
    }
    /// What follows from a pilot.
    Verdict {
        /// It goes on as it is.
        Go,
        /// It goes on with changes.
        Change,
        /// It ends.
        Stop,
    }
    /// What became of a requirement.
    RequirementState {
        /// Not decided yet.
        Open,
        /// To be done.
        Accepted,
        /// Done.
        Done,
        /// Not to be done.
        Rejected,
    }
}

/// Whether personal data is processed (개인정보 처리).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "handling", rename_all = "snake_case", deny_unknown_fields)]
pub enum PersonalData {
    /// None is processed.
    None,
    /// Some is processed.
    Processed {
        /// The impact assessment.
        pia: PiaState,
    },
}

/// The plan that the common guide of ISP and ISMP (6th edition, 2022) asks for before the budget request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Strategy {
    /// It was made.
    Done {
        /// Which of the two.
        plan: StrategyPlan,
        /// When it was finished.
        finished_on: Date,
    },
    /// The project is exempt.
    Exempt {
        /// Why.
        reason: Prose<2000>,
    },
}
