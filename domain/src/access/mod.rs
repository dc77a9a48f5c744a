//! Who may do what (권한). One table in [`table`]; everything else asks it.

#[macro_use]
mod counsel;
#[macro_use]
mod given;
#[macro_use]
mod gpu;
mod table;

pub use table::{ANYONE, IN_PATH, TABLE, WORDS, act};

use crate::{codes, day::Instant, id::Id, text::Key};
use serde::{Deserialize, Serialize};
use std::{fmt, marker::PhantomData};

/// A body's key, as used to scope rights.
pub type BodyKey = Key<crate::body::Body>;

/// What an account may be (역할). Each is granted for one body and may expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 부처 담당자: files and carries the body's projects and budget lines.
    Planner,
    /// 지방정부 신청자: applies to support calls for a local government.
    Applicant,
    /// AX자문단 위원: consults for ministries that ask.
    Adviser,
    /// 선정위원: scores applications.
    CommitteeMember,
    /// 총괄 담당자 (MSIT, MOIS, NIA): decides gates, priorities, calls and allocations.
    Coordinator,
    /// 진도 점검 담당자 (NIA): checks the progress of projects.
    ProgressManager,
    /// 감사 담당자: reads everything, writes nothing.
    Auditor,
    /// 조회자: reads what has been filed.
    Viewer,
    /// 시스템 관리자: accounts, keys and reference data, not the ministries' business.
    Administrator,
}

/// Every role in the order of the policy table's columns.
pub const ROLES: [Role; 9] = [
    Role::Planner,
    Role::Applicant,
    Role::Adviser,
    Role::CommitteeMember,
    Role::Coordinator,
    Role::ProgressManager,
    Role::Auditor,
    Role::Viewer,
    Role::Administrator,
];

impl Role {
    /// The role's stable code, as on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planner => "planner",
            Self::Applicant => "applicant",
            Self::Adviser => "adviser",
            Self::CommitteeMember => "committee_member",
            Self::Coordinator => "coordinator",
            Self::ProgressManager => "progress_manager",
            Self::Auditor => "auditor",
            Self::Viewer => "viewer",
            Self::Administrator => "administrator",
        }
    }
    /// The role's Korean name.
    pub const fn ko(self) -> &'static str {
        match self {
            Self::Planner => "부처 담당자",
            Self::Applicant => "지방정부 신청자",
            Self::Adviser => "AX자문단 위원",
            Self::CommitteeMember => "선정위원",
            Self::Coordinator => "총괄 담당자",
            Self::ProgressManager => "진도 점검 담당자",
            Self::Auditor => "감사 담당자",
            Self::Viewer => "조회자",
            Self::Administrator => "시스템 관리자",
        }
    }
}
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A role held for a body, until a moment if it expires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What the holder may be.
    pub role: Role,
    /// For which body.
    pub body: BodyKey,
    /// Until when, if it ends.
    pub expires_at: Option<Instant>,
}

/// Whoever asks: a person or a program, with the roles in force. Made by the sign-in, never from a request's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account (or service key) behind the request.
    pub id: Id<Actor>,
    /// The sign-in name, for the audit trail.
    pub name: String,
    /// Roles held. The maker leaves out those that have expired.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// True when the actor holds this role for this body.
    pub fn has(&self, role: Role, body: &BodyKey) -> bool {
        self.grants.iter().any(|g| g.role == role && g.body == *body)
    }
    /// The same actor with only the roles in force at this moment.
    #[must_use]
    pub fn at(mut self, now: Instant) -> Self {
        self.grants.retain(|g| g.expires_at.is_none_or(|end| now < end));
        self
    }
}

/// Something the policy can be asked about, and the relations ("cells") that make sense for it.
pub trait Subject: Sized {
    /// The relations. `Never` and `Always` are among them by convention.
    type Cell: Copy + fmt::Debug + PartialEq + 'static;
    /// The relation that nobody has.
    const NEVER: Self::Cell;
    /// The kind's name: an audit subject, a table.
    const KIND: &'static str;
    /// The path parameter that names one: its own kind, or what it belongs to when each of those has just one.
    const IN_PATH: &'static str = Self::KIND;
    /// The thing's own id, as its audit chain names it.
    fn id(&self) -> String;
    /// Whether the relation holds between the thing and an actor whose role is held for `body`.
    fn holds(&self, cell: Self::Cell, body: &BodyKey, actor: &Actor) -> bool;
    /// Whether the relation holds between the thing and an actor, whatever roles it has: what [`Action::ANYONE`] asks.
    fn holds_without_role(&self, _: Self::Cell, _: &Actor) -> bool {
        false
    }
    /// Whether the actor may know that it exists. Hidden things answer 404, visible ones 403.
    fn visible(&self, actor: &Actor) -> bool;
}

/// Something that can be done to a subject. Its row of the table says by whom.
pub trait Action: 'static {
    /// What it is done to.
    type On: Subject;
    /// Its stable name: the audit entry, the security scope of the operation.
    const NAME: &'static str;
    /// One cell for each role, in the order of [`ROLES`].
    const ROW: [<Self::On as Subject>::Cell; 9];
    /// The relation that is enough without any role; nearly always nobody's.
    const ANYONE: <Self::On as Subject>::Cell = <Self::On as Subject>::NEVER;
}

/// True when some relation opens the action without any role: reading who one is, changing the own password. An account
/// that must change its password may do only these until it has.
pub fn open_without_role<A: Action>() -> bool {
    A::ANYONE != A::On::NEVER
}

/// The system as a whole, for what concerns no single thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System;

/// Relations to the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnSystem {
    /// Not with this role.
    Never,
    /// Whoever holds the role.
    Always,
}

impl Subject for System {
    type Cell = OnSystem;
    const NEVER: OnSystem = OnSystem::Never;
    const KIND: &'static str = "system";
    fn id(&self) -> String {
        "axtrack".to_owned()
    }
    fn holds(&self, cell: OnSystem, _: &BodyKey, _: &Actor) -> bool {
        cell == OnSystem::Always
    }
    fn holds_without_role(&self, cell: OnSystem, _: &Actor) -> bool {
        cell == OnSystem::Always
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}

/// True when the actor, or one of its roles, has the relation that the table asks for.
pub fn allows<A: Action>(actor: &Actor, on: &A::On) -> bool {
    let by_role = |(role, cell): (&Role, <A::On as Subject>::Cell)| {
        actor.grants.iter().any(|g| g.role == *role && on.holds(cell, &g.body, actor))
    };
    on.holds_without_role(A::ANYONE, actor) || ROLES.iter().zip(A::ROW).any(by_role)
}

/// Proof that an actor may do `A` to the one thing it names. Only [`permit`] makes one.
///
/// ```compile_fail,E0451
/// use domain::access::{Permit, System, act};
/// let forged = Permit::<act::audit::Read> { actor: todo!(), on: System, action: std::marker::PhantomData };
/// ```
#[derive(Debug)]
pub struct Permit<A: Action> {
    actor: Actor,
    on: A::On,
    action: PhantomData<fn() -> A>,
}

/// The policy says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{actor} may not {action} {kind} {id}")]
pub struct Denied {
    /// Who asked.
    pub actor: Id<Actor>,
    /// For what.
    pub action: &'static str,
    /// On which kind of thing.
    pub kind: &'static str,
    /// On which.
    pub id: String,
    /// Whether the actor may know that the thing exists.
    pub visible: bool,
}

/// Asks the table.
pub fn permit<A: Action>(actor: &Actor, on: A::On) -> Result<Permit<A>, Denied> {
    if allows::<A>(actor, &on) {
        Ok(Permit { actor: actor.clone(), on, action: PhantomData })
    } else {
        let visible = on.visible(actor);
        Err(Denied { actor: actor.id, action: A::NAME, kind: <A::On as Subject>::KIND, id: on.id(), visible })
    }
}

impl<A: Action> Permit<A> {
    /// Who may.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }
    /// To what, as it stands in this transaction.
    pub const fn on(&self) -> &A::On {
        &self.on
    }
}

/// Which things a reader may see in lists, counts, totals, searches and exports. Only [`scope`] makes one.
#[derive(Debug, Clone)]
pub struct Scope<A: Action> {
    actor: Actor,
    reach: Vec<(<A::On as Subject>::Cell, BodyKey)>,
    action: PhantomData<fn() -> A>,
}

/// The scope of a reader, from the same table as the permits. An actor without any role reaches nothing.
pub fn scope<A: Action>(actor: &Actor) -> Scope<A> {
    let mut reach: Vec<(<A::On as Subject>::Cell, BodyKey)> = Vec::new();
    for (role, cell) in ROLES.iter().zip(A::ROW).filter(|(_, cell)| *cell != A::On::NEVER) {
        for grant in actor.grants.iter().filter(|g| g.role == *role) {
            let entry = (cell, grant.body.clone());
            if !reach.contains(&entry) {
                reach.push(entry);
            }
        }
    }
    Scope { actor: actor.clone(), reach, action: PhantomData }
}

impl<A: Action> Scope<A> {
    /// Who reads.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }
    /// True when no role of the actor opens anything: then the answer is a refusal, not an empty list.
    pub fn is_empty(&self) -> bool {
        self.reach.is_empty()
    }
    /// The relations that open things to the reader, each with the body for which the role is held.
    pub fn reach(&self) -> &[(<A::On as Subject>::Cell, BodyKey)] {
        &self.reach
    }
}

codes! {
    FORBIDDEN = "forbidden", 403, ["권한이 없습니다", "You may not do this"],
        ["이 작업을 할 수 있는 역할이 필요합니다. 기관 관리자에게 역할을 요청하십시오.",
         "A role that allows this is needed. Ask your administrator for it."];
    NOT_FOUND = "not_found", 404, ["찾을 수 없습니다", "Not found"],
        ["주소와 식별자를 확인하십시오. 볼 권한이 없는 대상도 이렇게 답합니다.",
         "Check the address and the id. What you may not see is answered the same way."];
}
