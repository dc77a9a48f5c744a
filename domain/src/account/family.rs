//! Sessions (로그인 세션): a family of refresh tokens, each used once, that ends when one is used again.

use super::{Account, SecretHash};
use crate::{day::Instant, id::Id};
use serde::{Deserialize, Serialize};

/// All refresh tokens that came from one sign-in (RFC 9700, section 4.14.2). A token has two secret parts: the
/// family's handle, which stays, and the part that changes with every use. Whoever shows the handle once held a
/// token of this family, so a wrong second part means that two parties hold it, and both are cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Names the session, also inside access tokens (`sid`). Not secret.
    pub id: Id<Family>,
    /// Whose session it is.
    pub account: Id<Account>,
    /// Hash of the part that stays; the family is found by it.
    pub handle: SecretHash,
    /// Hash of the part that counts now.
    pub current: SecretHash,
    /// How often it has been rotated.
    pub generation: u32,
    /// When the person signed in.
    pub started_at: Instant,
    /// When the person must sign in again, however active the session is.
    pub expires_at: Instant,
    /// That it has ended before its time.
    pub ended: Option<Ended>,
}

/// That a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: Ending,
}

/// Why a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The person signed out.
    SignedOut,
    /// A refresh token was used twice.
    Reused,
    /// The password was changed or reset.
    PasswordChanged,
    /// The account was suspended or removed.
    AccountClosed,
}

/// What came of showing a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotation {
    /// Good: the family with its next token, to be saved before that token is handed out.
    Rotated(Family),
    /// Used before: the family, now ended, to be saved. Nothing is handed out.
    Reused(Family),
    /// Past its time.
    Expired,
    /// Ended before.
    Ended,
}

impl Family {
    /// How long a session lasts at most, in seconds: a long working day.
    pub const LASTS: i64 = 12 * 3600;

    /// Begins a session.
    pub const fn begin(
        id: Id<Self>,
        account: Id<Account>,
        handle: SecretHash,
        first: SecretHash,
        now: Instant,
    ) -> Self {
        let expires_at = now.plus_seconds(Self::LASTS);
        Self { id, account, handle, current: first, generation: 0, started_at: now, expires_at, ended: None }
    }
    /// True while tokens of this session are good.
    pub fn alive(&self, now: Instant) -> bool {
        self.ended.is_none() && now < self.expires_at
    }
    /// Judges the changing part of a refresh token, and puts `next` in its place when it is the one that counts.
    pub fn rotate(mut self, presented: SecretHash, next: SecretHash, now: Instant) -> Rotation {
        if self.ended.is_some() {
            Rotation::Ended
        } else if now >= self.expires_at {
            Rotation::Expired
        } else if presented == self.current {
            (self.current, self.generation) = (next, self.generation.saturating_add(1));
            Rotation::Rotated(self)
        } else {
            Rotation::Reused(self.end(Ending::Reused, now))
        }
    }
    /// Ends the session; one that has ended keeps its first reason.
    #[must_use]
    pub fn end(mut self, reason: Ending, now: Instant) -> Self {
        self.ended = self.ended.or(Some(Ended { at: now, reason }));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Instant = Instant::from_micros(0);

    fn hash(n: u8) -> SecretHash {
        SecretHash::new([n; 32])
    }
    fn family() -> Family {
        Family::begin(Id::new(Uuid::nil()), Id::new(Uuid::nil()), hash(255), hash(0), NOW)
    }

    #[test]
    fn a_token_used_twice_ends_the_family_for_both() {
        let Rotation::Rotated(rotated) = family().rotate(hash(0), hash(1), NOW) else { panic!() };
        assert_eq!((rotated.current, rotated.generation), (hash(1), 1));
        let Rotation::Reused(ended) = rotated.rotate(hash(0), hash(2), NOW) else { panic!() };
        assert_eq!(ended.ended, Some(Ended { at: NOW, reason: Ending::Reused }));
        assert!(!ended.alive(NOW));
        assert_eq!(ended.clone().rotate(hash(1), hash(3), NOW), Rotation::Ended, "the rightful holder too");
        assert_eq!(ended.clone().end(Ending::SignedOut, NOW), ended, "the first reason stays");
    }

    #[test]
    fn a_session_ends_with_the_day_however_active() {
        let end = NOW.plus_seconds(Family::LASTS);
        let Rotation::Rotated(rotated) = family().rotate(hash(0), hash(1), end.plus_seconds(-1)) else { panic!() };
        assert!(rotated.alive(end.plus_seconds(-1)) && !rotated.alive(end));
        assert_eq!(rotated.rotate(hash(1), hash(2), end), Rotation::Expired);
    }

    proptest! {
        /// Whatever is shown in whatever order, each token is good at most once, and nothing is good after a reuse.
        #[test]
        fn each_token_is_good_once(shown in prop::collection::vec(0_u8..6, 0..20)) {
            let (mut family, mut next) = (family(), 1_u8);
            let (mut used, mut over) = (std::collections::BTreeSet::new(), false);
            for token in shown {
                match family.clone().rotate(hash(token), hash(next), NOW) {
                    Rotation::Rotated(rotated) => {
                        prop_assert!(used.insert(token) && !over);
                        (family, next) = (rotated, next + 1);
                    }
                    Rotation::Reused(ended) => { prop_assert!(!over); (family, over) = (ended, true); }
                    Rotation::Ended => prop_assert!(over),
                    Rotation::Expired => prop_assert!(false),
                }
            }
        }
    }
}
