//! What is known of tokens already verified (검증된 토큰), so that each is not verified and looked up on every request.

use crate::account::secret::hashed;
use domain::{account::SecretHash, day::Instant};
use moka::sync::Cache;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// How long anything is remembered, in seconds: as long may a change made by another server go unnoticed.
const REMEMBERED: i64 = 30;
/// How many tokens are remembered.
const CAPACITY: u64 = 10_000;

/// Remembers who stands behind a token (a `V`, such as an actor) for at most 30 seconds and never past the token's end.
/// Works for service keys just as well. Kept under the token's SHA-256, so that no token lies in memory.
pub struct VerifiedTokens<V> {
    known: Cache<SecretHash, Known<V>>,
    turn: AtomicU64,
}

/// The moment before a token was verified, as the cache counts; see [`VerifiedTokens::mark`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(u64);

struct Known<V> {
    value: Arc<V>,
    until: Instant,
    turn: u64,
}
impl<V> Clone for Known<V> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), until: self.until, turn: self.turn }
    }
}

impl<V> fmt::Debug for VerifiedTokens<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerifiedTokens(..)")
    }
}

impl<V: Send + Sync + 'static> Default for VerifiedTokens<V> {
    fn default() -> Self {
        let life = Duration::from_secs(REMEMBERED.unsigned_abs());
        Self { known: Cache::builder().max_capacity(CAPACITY).time_to_live(life).build(), turn: AtomicU64::new(0) }
    }
}

impl<V: Send + Sync + 'static> VerifiedTokens<V> {
    /// Who stands behind the token, if that is remembered and still good.
    pub fn get(&self, token: &str, now: Instant) -> Option<Arc<V>> {
        let known = self.known.get(&hashed(token.as_bytes()))?;
        (now < known.until && known.turn == self.turn.load(Ordering::Acquire)).then_some(known.value)
    }
    /// To be taken before the token is verified and its account loaded. What is loaded before [`Self::clear`] and
    /// remembered after it would be stale; with its mark it is ignored.
    pub fn mark(&self) -> Mark {
        Mark(self.turn.load(Ordering::Acquire))
    }
    /// Remembers who stands behind the token, which is good until `expires_at`.
    pub fn remember(&self, token: &str, mark: Mark, value: Arc<V>, expires_at: Instant, now: Instant) {
        let until = expires_at.min(now.plus_seconds(REMEMBERED));
        self.known.insert(hashed(token.as_bytes()), Known { value, until, turn: mark.0 });
    }
    /// How many tokens are remembered, give or take those that are just coming or going.
    pub fn count(&self) -> u64 {
        self.known.entry_count()
    }
    /// Forgets everything: to be called after any change to an account, a session, a service key or a signing key.
    pub fn clear(&self) {
        self.turn.fetch_add(1, Ordering::AcqRel);
        self.known.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(0);
    const LATER: Instant = Instant::from_micros(600_000_000);

    fn cache() -> VerifiedTokens<u8> {
        let cache = VerifiedTokens::default();
        cache.remember("t", cache.mark(), Arc::new(7), LATER, NOW);
        cache
    }

    #[test]
    fn a_token_is_remembered_for_half_a_minute() {
        let cache = cache();
        assert_eq!(cache.get("t", NOW.plus_seconds(29)).as_deref(), Some(&7));
        assert_eq!(cache.get("t", NOW.plus_seconds(30)), None);
        assert_eq!(cache.get("u", NOW), None);
    }

    #[test]
    fn never_past_its_end() {
        let cache = cache();
        cache.remember("brief", cache.mark(), Arc::new(8), NOW.plus_seconds(3), NOW);
        assert_eq!(cache.get("brief", NOW.plus_seconds(2)).as_deref(), Some(&8));
        assert_eq!(cache.get("brief", NOW.plus_seconds(3)), None);
    }

    #[test]
    fn a_change_forgets_even_what_is_being_loaded() {
        let cache = cache();
        let mark = cache.mark();
        cache.clear();
        assert_eq!(cache.get("t", NOW), None);
        cache.remember("t", mark, Arc::new(7), LATER, NOW);
        assert_eq!(cache.get("t", NOW), None, "loaded before the change");
        cache.remember("t", cache.mark(), Arc::new(9), LATER, NOW);
        assert_eq!(cache.get("t", NOW).as_deref(), Some(&9));
    }
}
