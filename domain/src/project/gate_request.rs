//! Gate requests (단계 통과 신청) and what became of them.

use super::{ActorId, Condition, ConditionCode, Phase, Stamp, Waiver};
use crate::{day::Instant, id::Id, text::Prose};
use serde::{Deserialize, Serialize};

/// A gate request's id.
pub type GateRequestId = Id<GateRequest>;

/// A wish that a condition be waived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedWaiver {
    /// Which condition.
    pub code: ConditionCode,
    /// Why.
    pub reason: Prose<2000>,
}

/// A request to pass the gate of the present phase.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GateAsk {
    /// A word to the coordinator.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
    /// Conditions that are not met and should be waived. Any other unmet condition refuses the request.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub ask_waivers: Vec<AskedWaiver>,
}

/// What a coordinator decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum GateDecision {
    /// 통과: every condition is met.
    Pass {
        /// A remark.
        #[serde(default)]
        note: Option<Prose<2000>>,
    },
    /// 조건부 통과: each unmet condition is waived for a while.
    PassWithWaivers {
        /// One for each unmet condition.
        #[schema(min_items = 1, max_items = 50)]
        waivers: Vec<Waiver>,
        /// A remark.
        #[serde(default)]
        note: Option<Prose<2000>>,
    },
    /// 반려. Earlier approvals of this and later phases no longer count.
    Return {
        /// Why.
        reason: Prose<2000>,
    },
}

/// What became of a request. A decision is never edited; a new request follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields, try_from = "super::flat::FlatGate")]
pub enum GateState {
    /// Not decided yet.
    Pending,
    /// Passed.
    Passed {
        /// When, and by whom.
        decided: Stamp,
        /// A remark.
        note: Option<Prose<2000>>,
        /// What was waived.
        #[schema(max_items = 50)]
        waivers: Vec<Waiver>,
        /// How the conditions stood.
        #[schema(max_items = 100)]
        conditions: Vec<Condition>,
    },
    /// Returned.
    Returned {
        /// When, and by whom.
        decided: Stamp,
        /// Why.
        reason: Prose<2000>,
        /// How the conditions stood.
        #[schema(max_items = 100)]
        conditions: Vec<Condition>,
    },
    /// Taken back by the planner, or by a move that leaves the phase.
    Withdrawn {
        /// When, and by whom.
        withdrawn: Stamp,
        /// Why.
        reason: Option<Prose<2000>>,
    },
}

/// That an approval no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Voided {
    /// Since when.
    pub at: Instant,
    /// Through whose act.
    pub by: ActorId,
    /// Why.
    pub reason: Prose<2000>,
}

/// One request for one phase's gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GateRequest {
    /// Its id.
    pub id: GateRequestId,
    /// The phase to be left.
    pub phase: Phase,
    /// When it was made, and by whom.
    pub requested: Stamp,
    /// A word to the coordinator.
    pub note: Option<Prose<2000>>,
    /// Waivers asked for.
    #[schema(max_items = 50)]
    pub asked: Vec<AskedWaiver>,
    /// What became of it.
    pub state: GateState,
    /// That its approval no longer counts.
    pub voided: Option<Voided>,
}

impl GateRequest {
    /// True while it waits for a decision.
    pub const fn is_pending(&self) -> bool {
        matches!(self.state, GateState::Pending)
    }
    /// True when it was passed and still counts.
    pub const fn approves(&self) -> bool {
        matches!(self.state, GateState::Passed { .. }) && self.voided.is_none()
    }
}
