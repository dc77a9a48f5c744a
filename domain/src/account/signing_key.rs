//! Signing keys (서명 키): which one signs tokens now, which ones are still believed, and how they follow each other.

use super::{ACCESS_TOKEN_LASTS, CLOCK_LEEWAY, SIGNING_KEY_PENDING};
use crate::{day::Instant, problem::Refusal, text::Key};
use serde::{Deserialize, Serialize};

/// The public name of a signing key, as in the header of a token.
pub type Kid = Key<SigningKey>;

/// How long a new key is published before it signs, in seconds; readers may keep the published set that long.
const PUBLISHED_AHEAD: i64 = 600;

/// The life of a key that signs access tokens. The secret half is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SigningKey {
    /// Its public name.
    pub kid: Kid,
    /// When it was made and published.
    pub created_at: Instant,
    /// From when it signs.
    pub active_from: Instant,
    /// From when nothing it signed is believed any more; open while no other key follows.
    pub retire_after: Option<Instant>,
    /// When it was thrown out, believed to be known to others.
    pub removed: Option<Instant>,
}

impl SigningKey {
    /// True while tokens signed with it are believed and its public half is published.
    pub fn verifies(&self, now: Instant) -> bool {
        self.removed.is_none() && self.retire_after.is_none_or(|end| now < end)
    }
}

/// The key that signs now: the youngest that is active. None before the first key was made.
pub fn signing(keys: &[SigningKey], now: Instant) -> Option<&SigningKey> {
    keys.iter().filter(|k| k.verifies(now) && k.active_from <= now).max_by_key(|k| (k.active_from, &k.kid))
}

/// The keys whose tokens are believed now, those that do not sign yet included.
pub fn verifying(keys: &[SigningKey], now: Instant) -> impl Iterator<Item = &SigningKey> {
    keys.iter().filter(move |k| k.verifies(now))
}

/// Brings in a new key without cutting anyone off: it is published first and signs later, and the old key is
/// believed until the last token it signed has expired. Refused while an earlier new key has not begun to sign.
/// The very first key signs at once.
pub fn rotated(mut keys: Vec<SigningKey>, kid: Kid, now: Instant) -> Result<Vec<SigningKey>, Refusal> {
    if keys.iter().any(|k| k.verifies(now) && k.active_from > now) {
        return Err(Refusal::new(&SIGNING_KEY_PENDING));
    }
    let active_from = if signing(&keys, now).is_some() { now.plus_seconds(PUBLISHED_AHEAD) } else { now };
    let end = active_from.plus_seconds(ACCESS_TOKEN_LASTS.saturating_add(CLOCK_LEEWAY));
    for key in &mut keys {
        key.retire_after = key.retire_after.or(Some(end));
    }
    keys.push(SigningKey { kid, created_at: now, active_from, retire_after: None, removed: None });
    Ok(keys)
}

/// Throws out every key at once and signs with a new one. For keys that others may know: everyone signs in again
/// or refreshes, and no token signed before is believed.
pub fn replaced(mut keys: Vec<SigningKey>, kid: Kid, now: Instant) -> Vec<SigningKey> {
    for key in &mut keys {
        key.removed = key.removed.or(Some(now));
    }
    keys.push(SigningKey { kid, created_at: now, active_from: now, retire_after: None, removed: None });
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn kid(n: usize) -> Kid {
        format!("k{n}").parse().unwrap()
    }

    #[test]
    fn the_first_key_signs_at_once_and_the_next_is_published_first() {
        let keys = rotated(Vec::new(), kid(0), START).unwrap();
        assert_eq!(signing(&keys, START).unwrap().kid, kid(0));
        let keys = rotated(keys, kid(1), START).unwrap();
        assert_eq!(signing(&keys, START).unwrap().kid, kid(0));
        assert_eq!(verifying(&keys, START).count(), 2, "published before it signs");
        assert_eq!(rotated(keys.clone(), kid(2), START).unwrap_err().code, &SIGNING_KEY_PENDING);
        let later = START.plus_seconds(PUBLISHED_AHEAD);
        assert_eq!(signing(&keys, later).unwrap().kid, kid(1));
        let end = later.plus_seconds(ACCESS_TOKEN_LASTS + CLOCK_LEEWAY);
        assert_eq!(verifying(&keys, end).count(), 1);
    }

    #[test]
    fn a_leaked_key_is_believed_no_more() {
        let keys = replaced(rotated(Vec::new(), kid(0), START).unwrap(), kid(1), START);
        assert_eq!(verifying(&keys, START).map(|k| &k.kid).collect::<Vec<_>>(), [&kid(1)]);
        assert_eq!(signing(&keys, START).unwrap().kid, kid(1));
    }

    proptest! {
        /// However rotations fall, someone can always sign, every token is believed for as long as it lasts, and
        /// no key but the first signs before it has been published for a while.
        #[test]
        fn nobody_is_cut_off(waits in prop::collection::vec(0_i64..2_000, 1..12), signs in prop::collection::vec(0_i64..20_000, 1..20)) {
            let (mut keys, mut now) = (rotated(Vec::new(), kid(0), START).unwrap(), START);
            let mut sets = vec![(now, keys.clone())];
            for (n, wait) in waits.iter().enumerate() {
                now = now.plus_seconds(*wait);
                if let Ok(next) = rotated(keys.clone(), kid(n + 1), now) { keys = next; sets.push((now, keys.clone())); }
            }
            let set_at = |at: Instant| &sets.iter().rev().find(|(since, _)| *since <= at).unwrap().1;
            for at in signs.into_iter().map(|s| START.plus_seconds(s)) {
                let signer = signing(set_at(at), at).unwrap();
                prop_assert!(signer.kid == kid(0) || at.micros() - signer.created_at.micros() >= PUBLISHED_AHEAD * 1_000_000);
                for age in [0, 300, ACCESS_TOKEN_LASTS, ACCESS_TOKEN_LASTS + CLOCK_LEEWAY - 1] {
                    let then = at.plus_seconds(age);
                    prop_assert!(verifying(set_at(then), then).any(|k| k.kid == signer.kid));
                }
            }
        }
    }
}
