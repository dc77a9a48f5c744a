//! The account (계정) of a person: its name, its state and its roles.

use super::{
    ACCOUNT_ACTIVE, ACCOUNT_NOT_ACTIVE, EXPIRY_NOT_AHEAD, Email, GRANT_NOT_IN_FORCE, GRANT_UNKNOWN,
    LAST_ADMINISTRATOR_ROLE, NewGrant, OWN_ACCOUNT, ROLE_HELD, Revocation, RoleGrant, SignInName, TOO_MANY_GRANTS,
};
use crate::{
    access::{Actor, BodyKey, Role, Subject},
    day::Instant,
    id::Id,
    problem::{Fault, Refusal},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// How many grants an account may gather, those that are over included.
const MAX_GRANTS: usize = 200;

/// Names an account.
pub type AccountId = Id<Account>;

/// A person's account. Its password is kept apart ([`super::Credentials`]), so that no reading of an account,
/// no audit entry and no export can carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Names the account; also the id of the actor it signs in as.
    pub id: AccountId,
    /// Raised by one with every saved change, from 1.
    #[schema(minimum = 1)]
    pub version: i64,
    /// What the person types to sign in.
    pub sign_in_name: SignInName,
    /// What others see.
    pub display_name: Line<80>,
    /// For notices.
    pub email: Option<Email>,
    state: State,
    #[schema(max_items = 200)]
    grants: Vec<RoleGrant>,
    /// When it was opened.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// Whether an account may sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "name", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = AccountState)]
pub enum State {
    /// 사용 중.
    Active,
    /// 정지: keeps its roles, but none is in force.
    Suspended {
        /// Since when.
        since: Instant,
        /// Why.
        reason: Prose<500>,
    },
    /// 삭제: kept for the record, as every account that ever acted.
    Removed {
        /// Since when.
        since: Instant,
        /// Why.
        reason: Prose<500>,
    },
}

crate::code_list! {
    /// The state of an account, by name alone.
    #[schema(as = AccountStateName)]
    pub enum StateName {
        /// May sign in.
        Active = "active" / "사용 중",
        /// May not for now.
        Suspended = "suspended" / "정지",
        /// Kept for the record.
        Removed = "removed" / "삭제",
    }
}

impl State {
    /// The state's name.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Active => StateName::Active,
            Self::Suspended { .. } => StateName::Suspended,
            Self::Removed { .. } => StateName::Removed,
        }
    }
}

/// An account to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The id it will have.
    pub id: Id<Account>,
    /// What the person types to sign in.
    pub sign_in_name: SignInName,
    /// What others see.
    pub display_name: Line<80>,
    /// For notices.
    pub email: Option<Email>,
}

impl Account {
    /// Opens an account, without any role yet.
    pub fn open(new: NewAccount, now: Instant) -> Self {
        let NewAccount { id, sign_in_name, display_name, email } = new;
        let (state, grants) = (State::Active, Vec::new());
        Self { id, version: 1, sign_in_name, display_name, email, state, grants, created_at: now, updated_at: now }
    }
    /// Whether it may sign in.
    pub const fn state(&self) -> &State {
        &self.state
    }
    /// All roles ever given, in the order in which they were given.
    pub fn grants(&self) -> &[RoleGrant] {
        &self.grants
    }
    /// The id under which its deeds are recorded.
    pub const fn actor_id(&self) -> Id<Actor> {
        Id::new(self.id.get())
    }
    /// Whoever signs in with it now: only roles in force, and none at all unless the account is active.
    pub fn actor(&self, now: Instant) -> Actor {
        let active = self.state == State::Active;
        let grants = self.grants.iter().filter(|g| active && g.in_force(now)).map(RoleGrant::access).collect();
        Actor { id: self.actor_id(), name: self.sign_in_name.to_string(), grants }
    }

    /// Gives a role. Refused with every fault: the role is held already, the expiry is not ahead, too many roles.
    pub fn grant(mut self, new: NewGrant, by: Id<Actor>, now: Instant) -> Result<Self, Refusal> {
        if matches!(self.state, State::Removed { .. }) {
            return Err(Refusal::new(&ACCOUNT_NOT_ACTIVE));
        }
        let mut faults = Vec::new();
        if self.grants.iter().any(|g| g.in_force(now) && g.role == new.role && g.body == new.body) {
            faults.push(Fault::new("/role", &ROLE_HELD));
        }
        if new.expires_at.is_some_and(|end| end <= now) {
            faults.push(Fault::new("/expires_at", &EXPIRY_NOT_AHEAD));
        }
        if self.grants.len() >= MAX_GRANTS {
            faults.push(Fault::new("", &TOO_MANY_GRANTS));
        }
        Refusal::unless_clean(faults)?;
        let NewGrant { id, role, body, expires_at, reason } = new;
        let granted = RoleGrant { id, role, body, granted_at: now, granted_by: by, expires_at, reason, revoked: None };
        self.grants.push(granted);
        Ok(self.changed(now))
    }
    /// Takes a role back. Nobody takes away the last administrator role of their own.
    pub fn revoke(
        mut self,
        id: Id<RoleGrant>,
        by: Id<Actor>,
        reason: Prose<500>,
        now: Instant,
    ) -> Result<Self, Refusal> {
        let own = by == self.actor_id();
        let administers = |g: &RoleGrant| g.in_force(now) && g.role == Role::Administrator;
        let left = self.grants.iter().any(|g| g.id != id && administers(g));
        let grant = self.grants.iter_mut().find(|g| g.id == id).ok_or(Refusal::new(&GRANT_UNKNOWN))?;
        if !grant.in_force(now) {
            return Err(Refusal::new(&GRANT_NOT_IN_FORCE));
        }
        if own && administers(grant) && !left {
            return Err(Refusal::new(&LAST_ADMINISTRATOR_ROLE));
        }
        grant.revoked = Some(Revocation { at: now, by, reason });
        Ok(self.changed(now))
    }
    /// Stops it from signing in and from doing anything; its roles wait. Nobody suspends themselves.
    pub fn suspend(mut self, by: Id<Actor>, reason: Prose<500>, now: Instant) -> Result<Self, Refusal> {
        if self.state != State::Active {
            return Err(Refusal::new(&ACCOUNT_NOT_ACTIVE));
        }
        self.not_by_itself(by)?;
        self.state = State::Suspended { since: now, reason };
        Ok(self.changed(now))
    }
    /// Retires it for good, as far as anything is for good: it can be restored. Nobody removes themselves.
    pub fn remove(mut self, by: Id<Actor>, reason: Prose<500>, now: Instant) -> Result<Self, Refusal> {
        if matches!(self.state, State::Removed { .. }) {
            return Err(Refusal::new(&ACCOUNT_NOT_ACTIVE));
        }
        self.not_by_itself(by)?;
        self.state = State::Removed { since: now, reason };
        Ok(self.changed(now))
    }
    /// Lets a suspended or removed account sign in again, with the roles that are still in force.
    pub fn restore(mut self, now: Instant) -> Result<Self, Refusal> {
        if self.state == State::Active {
            return Err(Refusal::new(&ACCOUNT_ACTIVE));
        }
        self.state = State::Active;
        Ok(self.changed(now))
    }
    /// Changes what others see and where notices go.
    #[must_use]
    pub fn described(mut self, display_name: Line<80>, email: Option<Email>, now: Instant) -> Self {
        (self.display_name, self.email) = (display_name, email);
        self.changed(now)
    }

    /// Notes that its password was set or changed; the password itself is kept apart. Not for a removed account.
    pub fn password_set(self, now: Instant) -> Result<Self, Refusal> {
        if matches!(self.state, State::Removed { .. }) {
            return Err(Refusal::new(&ACCOUNT_NOT_ACTIVE));
        }
        Ok(self.changed(now))
    }

    fn not_by_itself(&self, by: Id<Actor>) -> Result<(), Refusal> {
        if by == self.actor_id() { Err(Refusal::new(&OWN_ACCOUNT)) } else { Ok(()) }
    }
    fn changed(mut self, now: Instant) -> Self {
        self.updated_at = now;
        self
    }
}

/// Relations to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnAccount {
    /// Not with this role.
    Never,
    /// Whoever holds the role.
    Always,
    /// The account's own person.
    Self_,
}

impl Subject for Account {
    type Cell = OnAccount;
    const NEVER: OnAccount = OnAccount::Never;
    const KIND: &'static str = "account";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnAccount, _: &BodyKey, actor: &Actor) -> bool {
        match cell {
            OnAccount::Never => false,
            OnAccount::Always => true,
            OnAccount::Self_ => actor.id == self.actor_id(),
        }
    }
    fn holds_without_role(&self, cell: OnAccount, actor: &Actor) -> bool {
        cell == OnAccount::Self_ && actor.id == self.actor_id()
    }
    fn visible(&self, actor: &Actor) -> bool {
        actor.id == self.actor_id() || oversees(actor)
    }
}

/// Administrators and auditors know of every account and key.
pub(super) fn oversees(actor: &Actor) -> bool {
    actor.grants.iter().any(|g| matches!(g.role, Role::Administrator | Role::Auditor))
}

#[cfg(test)]
mod tests;
