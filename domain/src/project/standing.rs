//! Where a project stands (추진 상태) and how it may move: 기획 → 수행 → 보급·확산 → 완료.

use super::{ActorId, Project, facts::Facts, moves};
use crate::{day::Instant, problem::Fault, text::Prose};
use serde::{Deserialize, Serialize};

/// A phase of work. A gate closes each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 기획.
    Planning,
    /// 수행. Not to be confused with the execution of a budget (집행).
    Execution,
    /// 보급·확산.
    Diffusion,
}

impl Phase {
    /// In their order.
    pub const ALL: [Self; 3] = [Self::Planning, Self::Execution, Self::Diffusion];
    /// How far a project in this phase has come.
    pub const fn reached(self) -> Reached {
        match self {
            Self::Planning => Reached::Planning,
            Self::Execution => Reached::Execution,
            Self::Diffusion => Reached::Diffusion,
        }
    }
}

/// How far a project has come: a phase, or through all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// 기획.
    Planning,
    /// 수행.
    Execution,
    /// 보급·확산.
    Diffusion,
    /// 완료.
    Completed,
}

impl Reached {
    /// The phase of work, unless all are behind.
    pub const fn phase(self) -> Option<Phase> {
        match self {
            Self::Planning => Some(Phase::Planning),
            Self::Execution => Some(Phase::Execution),
            Self::Diffusion => Some(Phase::Diffusion),
            Self::Completed => None,
        }
    }
    /// Korean and English name.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Planning => ("기획", "planning"),
            Self::Execution => ("수행", "execution"),
            Self::Diffusion => ("보급·확산", "diffusion"),
            Self::Completed => ("완료", "completed"),
        }
    }
}

/// Whether work goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 작성 중: not filed yet, invisible outside the bodies concerned.
    Draft,
    /// 추진 중.
    Active,
    /// 보류.
    OnHold,
    /// 취소.
    Cancelled,
    /// 완료.
    Completed,
}

impl Status {
    /// Korean and English name.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("작성 중", "a draft"),
            Self::Active => ("추진 중", "active"),
            Self::OnHold => ("보류", "on hold"),
            Self::Cancelled => ("취소", "cancelled"),
            Self::Completed => ("완료", "completed"),
        }
    }
}

/// Where a project stands, since when, and why if work has stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "status", rename_all = "snake_case", deny_unknown_fields)]
pub enum Standing {
    /// Not filed yet.
    Draft,
    /// Work goes on.
    Active {
        /// In this phase.
        phase: Phase,
        /// Since it came to this standing.
        since: Instant,
    },
    /// Work rests.
    OnHold {
        /// In this phase.
        phase: Phase,
        /// Since then.
        since: Instant,
        /// Why.
        reason: Prose<2000>,
    },
    /// Given up.
    Cancelled {
        /// In this phase.
        phase: Phase,
        /// Since then.
        since: Instant,
        /// Why.
        reason: Prose<2000>,
    },
    /// Through all phases.
    Completed {
        /// Since then.
        since: Instant,
    },
}

/// A standing without its circumstances: what the transition table speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Whether work goes on.
    pub status: Status,
    /// How far it has come.
    pub phase: Reached,
}

impl Standing {
    /// Its place in the transition table. A draft is in planning.
    pub const fn place(&self) -> Place {
        let (status, phase) = match self {
            Self::Draft => (Status::Draft, Reached::Planning),
            Self::Active { phase, .. } => (Status::Active, phase.reached()),
            Self::OnHold { phase, .. } => (Status::OnHold, phase.reached()),
            Self::Cancelled { phase, .. } => (Status::Cancelled, phase.reached()),
            Self::Completed { .. } => (Status::Completed, Reached::Completed),
        };
        Place { status, phase }
    }
}

/// How a project moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// 등록: a draft is put before the government.
    File,
    /// 단계 통과: only a gate decision does this.
    PassGate,
    /// 보류.
    Hold,
    /// 재개.
    Resume,
    /// 취소.
    Cancel,
    /// 이전 단계로 되돌림.
    GoBack,
}

/// A move that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Which.
    pub kind: MoveKind,
    /// Where to; needed when going back from diffusion, from where two ways lead.
    #[serde(default)]
    pub to: Option<Reached>,
    /// Why. Holding, cancelling and going back need it.
    #[serde(default)]
    pub reason: Option<Prose<2000>>,
}

/// A move that was made (이력).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Which.
    pub kind: MoveKind,
    /// From where.
    pub from: Place,
    /// To where.
    pub to: Place,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: ActorId,
    /// Why, if a reason was given.
    #[serde(default)]
    pub reason: Option<Prose<2000>>,
}

/// What must hold before a move: every fault found.
pub type Guard = fn(&Project, &Move, &Facts) -> Vec<Fault>;

/// One allowed move.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// Its kind.
    pub kind: MoveKind,
    /// From here.
    pub from: Place,
    /// To there.
    pub to: Place,
    /// What must hold.
    pub guards: &'static [Guard],
}

const fn edge(kind: MoveKind, from: (Status, Reached), to: (Status, Reached), guards: &'static [Guard]) -> Edge {
    let (from, to) = (Place { status: from.0, phase: from.1 }, Place { status: to.0, phase: to.1 });
    Edge { kind, from, to, guards }
}

/// The transition table. A project never moves but along one of these rows.
pub const TABLE: &[Edge] = {
    use MoveKind::{Cancel, File, GoBack, Hold, PassGate, Resume};
    use Reached::{Completed as Done, Diffusion, Execution, Planning};
    use Status::{Active, Cancelled, Completed, Draft, OnHold};
    const FILED: &[Guard] = &[moves::ready_to_file];
    const APPROVED: &[Guard] = &[moves::approved];
    const REASON: &[Guard] = &[moves::has_reason];
    &[
        edge(File, (Draft, Planning), (Active, Planning), FILED),
        edge(PassGate, (Active, Planning), (Active, Execution), APPROVED),
        edge(PassGate, (Active, Execution), (Active, Diffusion), APPROVED),
        edge(PassGate, (Active, Diffusion), (Completed, Done), APPROVED),
        edge(Hold, (Active, Planning), (OnHold, Planning), REASON),
        edge(Hold, (Active, Execution), (OnHold, Execution), REASON),
        edge(Hold, (Active, Diffusion), (OnHold, Diffusion), REASON),
        edge(Resume, (OnHold, Planning), (Active, Planning), &[]),
        edge(Resume, (OnHold, Execution), (Active, Execution), &[]),
        edge(Resume, (OnHold, Diffusion), (Active, Diffusion), &[]),
        edge(Cancel, (Active, Planning), (Cancelled, Planning), REASON),
        edge(Cancel, (Active, Execution), (Cancelled, Execution), REASON),
        edge(Cancel, (Active, Diffusion), (Cancelled, Diffusion), REASON),
        edge(Cancel, (OnHold, Planning), (Cancelled, Planning), REASON),
        edge(Cancel, (OnHold, Execution), (Cancelled, Execution), REASON),
        edge(Cancel, (OnHold, Diffusion), (Cancelled, Diffusion), REASON),
        edge(GoBack, (Active, Execution), (Active, Planning), REASON),
        edge(GoBack, (Active, Diffusion), (Active, Execution), REASON),
        edge(GoBack, (Active, Diffusion), (Active, Planning), REASON),
        edge(GoBack, (Completed, Done), (Active, Diffusion), REASON),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        for (i, e) in TABLE.iter().enumerate() {
            for other in &TABLE[i + 1..] {
                assert!((e.kind, e.from, e.to) != (other.kind, other.from, other.to), "{e:?} twice");
            }
            assert_ne!(e.from.status, Status::Cancelled, "cancelled is the end");
            let reasoned = matches!(e.kind, MoveKind::Hold | MoveKind::Cancel | MoveKind::GoBack);
            assert_eq!(reasoned, !e.guards.is_empty() && !matches!(e.kind, MoveKind::File | MoveKind::PassGate));
            match e.kind {
                MoveKind::PassGate => assert!(e.from.phase < e.to.phase),
                MoveKind::GoBack => assert!(e.from.phase > e.to.phase),
                _ => assert_eq!(e.from.phase, e.to.phase),
            }
        }
    }
}
