//! Service keys (서비스 키): how a program, such as the dashboard, shows who it is.

use super::{
    EXPIRY_NOT_AHEAD, EXPIRY_TOO_FAR, ROLE_NOT_FOR_PROGRAMS, Revocation, SERVICE_KEY_REVOKED, TOO_MANY_GRANTS,
    aggregate::oversees, grant::ActorId,
};
use crate::{
    access::{Actor, BodyKey, Grant, Role, Subject},
    day::{Day, Instant},
    id::Id,
    problem::{DUPLICATE, Fault, Refusal},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// How long a key may last, in days: a year and a month to replace it.
const MAX_DAYS: i64 = 400;
/// How many roles a key may have.
const MAX_GRANTS: usize = 20;

/// Names a service key.
pub type ServiceKeyId = Id<ServiceKey>;

/// A program's key. The secret itself is shown once and kept nowhere; the store finds the key by the secret's
/// [`super::SecretHash`], which stands beside this and never goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceKey {
    /// Names the key; also the id of the actor it stands for.
    pub id: ServiceKeyId,
    /// Raised by one with every saved change, from 1.
    #[schema(minimum = 1)]
    pub version: i64,
    /// What the key is for.
    pub name: Line<80>,
    /// The secret's first characters, by which people recognise it.
    pub prefix: Line<20>,
    #[schema(min_items = 1, max_items = 20)]
    grants: Vec<KeyGrant>,
    /// When it was made.
    pub created_at: Instant,
    /// By whom.
    pub created_by: ActorId,
    /// Until when it may be used.
    pub expires_at: Instant,
    /// The last day on which it was used.
    pub last_used: Option<Day>,
    revoked: Option<Revocation>,
}

/// A role that a key has for a body, as long as the key lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyGrant {
    /// What the program may be.
    pub role: Role,
    /// For which body.
    pub body: BodyKey,
}

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewServiceKey {
    /// The id it will have.
    pub id: Id<ServiceKey>,
    /// What it is for.
    pub name: Line<80>,
    /// The secret's first characters.
    pub prefix: Line<20>,
    /// Its roles, 1 to 20.
    pub grants: Vec<KeyGrant>,
    /// Until when it may be used, at most 400 days ahead.
    pub expires_at: Instant,
}

impl ServiceKey {
    /// Makes a key. Refused with every fault. A key never administers: whoever steals one must not make more.
    pub fn issue(new: NewServiceKey, by: Id<Actor>, now: Instant) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        if new.expires_at <= now {
            faults.push(Fault::new("/expires_at", &EXPIRY_NOT_AHEAD));
        }
        if new.expires_at > now.plus_seconds(MAX_DAYS.saturating_mul(86_400)) {
            faults.push(Fault::new("/expires_at", &EXPIRY_TOO_FAR));
        }
        if !(1..=MAX_GRANTS).contains(&new.grants.len()) {
            faults.push(Fault::new("/grants", &TOO_MANY_GRANTS));
        }
        for (at, grant) in new.grants.iter().enumerate() {
            if grant.role == Role::Administrator {
                faults.push(Fault::new(format!("/grants/{at}/role"), &ROLE_NOT_FOR_PROGRAMS));
            }
            if new.grants.iter().take(at).any(|earlier| earlier == grant) {
                faults.push(Fault::new(format!("/grants/{at}"), &DUPLICATE));
            }
        }
        Refusal::unless_clean(faults)?;
        let NewServiceKey { id, name, prefix, grants, expires_at } = new;
        let (version, last_used, revoked) = (1, None, None);
        Ok(Self { id, version, name, prefix, grants, created_at: now, created_by: by, expires_at, last_used, revoked })
    }
    /// Its roles.
    pub fn grants(&self) -> &[KeyGrant] {
        &self.grants
    }
    /// That it was taken back, if it was.
    pub const fn revoked(&self) -> Option<&Revocation> {
        self.revoked.as_ref()
    }
    /// True while it is neither taken back nor expired.
    pub fn in_force(&self, now: Instant) -> bool {
        self.revoked.is_none() && now < self.expires_at
    }
    /// The program that shows the key, or nobody once the key is over.
    pub fn actor(&self, now: Instant) -> Option<Actor> {
        let grant = |g: &KeyGrant| Grant { role: g.role, body: g.body.clone(), expires_at: Some(self.expires_at) };
        self.in_force(now).then(|| Actor {
            id: Id::new(self.id.get()),
            name: format!("key:{}", self.prefix),
            grants: self.grants.iter().map(grant).collect(),
        })
    }
    /// The key marked as used on this day, or nothing when it is already: one save a day, not one a request.
    pub fn used(&self, day: Day) -> Option<Self> {
        (self.last_used < Some(day)).then(|| Self { last_used: Some(day), ..self.clone() })
    }
    /// Takes the key back.
    pub fn revoke(mut self, by: Id<Actor>, reason: Prose<500>, now: Instant) -> Result<Self, Refusal> {
        if self.revoked.is_some() {
            return Err(Refusal::new(&SERVICE_KEY_REVOKED));
        }
        self.revoked = Some(Revocation { at: now, by, reason });
        Ok(self)
    }
}

/// Relations to a service key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnServiceKey {
    /// Not with this role.
    Never,
    /// Whoever holds the role.
    Always,
}

impl Subject for ServiceKey {
    type Cell = OnServiceKey;
    const NEVER: OnServiceKey = OnServiceKey::Never;
    const KIND: &'static str = "service_key";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnServiceKey, _: &BodyKey, _: &Actor) -> bool {
        cell == OnServiceKey::Always
    }
    fn visible(&self, actor: &Actor) -> bool {
        oversees(actor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
    const ADMIN: Id<Actor> = Id::new(Uuid::from_u128(99));

    fn new(roles: &[Role]) -> NewServiceKey {
        NewServiceKey {
            id: Id::new(Uuid::nil()),
            name: "상황판".parse().unwrap(),
            prefix: "axk_0011".parse().unwrap(),
            grants: roles.iter().map(|role| KeyGrant { role: *role, body: "nia".parse().unwrap() }).collect(),
            expires_at: NOW.plus_seconds(86_400),
        }
    }
    fn faults(new: NewServiceKey) -> Vec<(String, &'static str)> {
        ServiceKey::issue(new, ADMIN, NOW).unwrap_err().faults.into_iter().map(|f| (f.pointer, f.code.name)).collect()
    }

    #[test]
    fn keys_are_scoped_bounded_and_never_administer() {
        let wrong = NewServiceKey { expires_at: NOW, ..new(&[Role::Viewer, Role::Administrator, Role::Viewer]) };
        let expected = [
            ("/expires_at", "expiry_not_ahead"),
            ("/grants/1/role", "role_not_for_programs"),
            ("/grants/2", "duplicate"),
        ];
        assert_eq!(faults(wrong), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
        let far = NewServiceKey { expires_at: NOW.plus_seconds(400 * 86_400 + 1), ..new(&[]) };
        let expected = [("/expires_at", "expiry_too_far"), ("/grants", "too_many_grants")];
        assert_eq!(faults(far), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }

    #[test]
    fn a_key_acts_until_it_expires_or_is_taken_back() {
        let key = ServiceKey::issue(new(&[Role::Viewer]), ADMIN, NOW).unwrap();
        let actor = key.actor(NOW).unwrap();
        assert!(actor.has(Role::Viewer, &"nia".parse().unwrap()) && actor.name == "key:axk_0011");
        assert!(actor.at(key.expires_at).grants.is_empty());
        assert_eq!(key.actor(key.expires_at), None);
        let revoked = key.revoke(ADMIN, "유출".parse().unwrap(), NOW).unwrap();
        assert_eq!(revoked.actor(NOW), None);
        assert!(revoked.revoke(ADMIN, "유출".parse().unwrap(), NOW).is_err());
    }

    #[test]
    fn use_is_noted_once_a_day() {
        let key = ServiceKey::issue(new(&[Role::Viewer]), ADMIN, NOW).unwrap();
        let used = key.used(NOW.day()).unwrap();
        assert_eq!(used.used(NOW.day()), None);
        assert!(used.used(NOW.day().next()).is_some());
    }
}
