//! Role grants (역할 부여): a role for a body, for a time, with who gave it and why.

use crate::{
    access::{Actor, BodyKey, Grant, Role},
    day::Instant,
    id::Id,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// Names a role grant.
pub type GrantId = Id<RoleGrant>;
/// Names whoever acts.
pub type ActorId = Id<Actor>;

/// A role given to an account. Never deleted: one that was taken back stays with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleGrant {
    /// Names this grant.
    pub id: GrantId,
    /// What the holder may be.
    pub role: Role,
    /// For which body.
    pub body: BodyKey,
    /// Since when.
    pub granted_at: Instant,
    /// By whom.
    pub granted_by: ActorId,
    /// Until when, if it ends by itself.
    pub expires_at: Option<Instant>,
    /// Why it was given.
    pub reason: Prose<500>,
    /// That it was taken back, if it was.
    pub revoked: Option<Revocation>,
}

/// That something was taken back: when, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: ActorId,
    /// Why.
    pub reason: Prose<500>,
}

/// A role to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    /// The id the grant will have.
    pub id: GrantId,
    /// What the holder may be.
    pub role: Role,
    /// For which body.
    pub body: BodyKey,
    /// Until when, if it ends by itself.
    pub expires_at: Option<Instant>,
    /// Why it is given.
    pub reason: Prose<500>,
}

impl RoleGrant {
    /// True while it is neither taken back nor expired.
    pub fn in_force(&self, now: Instant) -> bool {
        self.revoked.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
    /// As the policy sees it.
    pub fn access(&self) -> Grant {
        Grant { role: self.role, body: self.body.clone(), expires_at: self.expires_at }
    }
}
