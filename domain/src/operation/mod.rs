//! Operations (작업): long work begun by a request, with its progress and its result.

use crate::{
    access::{Actor, BodyKey, Subject},
    account::ActorId,
    code_list,
    day::Instant,
    id::Id,
    text::Line,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Names an operation.
pub type OperationId = Id<Operation>;

code_list! {
    /// What an operation does.
    pub enum OperationKind {
        /// Verifies the audit trail.
        VerifyAudit = "verify_audit" / "감사 기록 검증",
    }
}

/// Long work begun by a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Names it.
    pub id: OperationId,
    /// What it does.
    pub kind: OperationKind,
    /// Who began it.
    pub started_by: ActorId,
    /// When.
    pub started_at: Instant,
    /// The last sign of life.
    pub updated_at: Instant,
    /// How far it has come.
    pub stage: Stage,
}

/// How far an operation has come. A running one ends once, and stays as it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = OperationStage)]
pub enum Stage {
    /// At work.
    Running {
        /// Steps done.
        #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
        done: u64,
        /// Steps in all, when known.
        #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
        total: Option<u64>,
    },
    /// Done.
    Succeeded {
        /// What came of it; its shape depends on the kind of operation.
        #[schema(value_type = Value)]
        result: Value,
    },
    /// Given up.
    Failed {
        /// The code of the problem, as in `/problems/{code}`.
        code: Line<60>,
    },
}

/// A running operation without a sign of life for this long has been interrupted, say by a restart.
const SILENCE_SECONDS: i64 = 120;

impl Operation {
    /// Begins one.
    pub const fn begin(id: OperationId, kind: OperationKind, started_by: ActorId, now: Instant) -> Self {
        let stage = Stage::Running { done: 0, total: None };
        Self { id, kind, started_by, started_at: now, updated_at: now, stage }
    }
    /// True while it is at work.
    pub const fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Running { .. })
    }
    /// Moves on. What has ended stays as it ended.
    #[must_use]
    pub fn moved(mut self, to: Stage, now: Instant) -> Self {
        if self.is_running() {
            (self.stage, self.updated_at) = (to, now);
        }
        self
    }
    /// As it is to be shown: one that has fallen silent was interrupted.
    #[must_use]
    pub fn shown(self, now: Instant) -> Self {
        if now <= self.updated_at.plus_seconds(SILENCE_SECONDS) {
            return self;
        }
        let updated_at = self.updated_at;
        match "interrupted".parse() {
            Ok(code) => self.moved(Stage::Failed { code }, updated_at),
            Err(_) => self,
        }
    }
}

/// Relations to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnOperation {
    /// Not with this role.
    Never,
    /// Whoever began it.
    Self_,
    /// Whoever holds the role.
    Always,
}

impl Subject for Operation {
    type Cell = OnOperation;
    const NEVER: OnOperation = OnOperation::Never;
    const KIND: &'static str = "operation";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnOperation, _: &BodyKey, actor: &Actor) -> bool {
        match cell {
            OnOperation::Never => false,
            OnOperation::Self_ => self.started_by == actor.id,
            OnOperation::Always => true,
        }
    }
    fn visible(&self, actor: &Actor) -> bool {
        self.started_by == actor.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Grant, Role, act, allows};

    fn begun() -> Operation {
        let id = Id::new(uuid::Uuid::from_u128(7));
        Operation::begin(id, OperationKind::VerifyAudit, Id::new(uuid::Uuid::from_u128(1)), Instant::from_micros(0))
    }

    #[test]
    fn what_has_ended_stays_as_it_ended() {
        let later = Instant::from_micros(1);
        let done = begun().moved(Stage::Succeeded { result: Value::Null }, later);
        assert_eq!(done.clone().moved(Stage::Running { done: 1, total: None }, later), done);
        assert_eq!(done.clone().shown(later.plus_seconds(10_000)), done);
    }

    #[test]
    fn one_that_falls_silent_was_interrupted() {
        let now = begun().updated_at;
        assert!(begun().shown(now.plus_seconds(120)).is_running());
        let code = "interrupted".parse().unwrap();
        assert_eq!(begun().shown(now.plus_seconds(121)).stage, Stage::Failed { code });
    }

    #[test]
    fn whoever_began_it_sees_it() {
        let actor = |id: u128, role| Actor {
            id: Id::new(uuid::Uuid::from_u128(id)),
            name: "a".into(),
            grants: vec![Grant { role, body: "mois".parse().unwrap(), expires_at: None }],
        };
        assert!(allows::<act::operation::Read>(&actor(1, Role::Administrator), &begun()));
        assert!(!allows::<act::operation::Read>(&actor(2, Role::Administrator), &begun()));
        assert!(allows::<act::operation::Read>(&actor(2, Role::Auditor), &begun()));
    }
}
