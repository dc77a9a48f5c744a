//! What every handler may use (공용 자원): the store, and the only sources of time, ids and chance.

use crate::{account::SignIn, http::KeptAnswers, running::Running};
use domain::{day::Instant, id::Id};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use store::Store;
use uuid::Uuid;

/// Shared by all workers.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Ids and secrets.
    pub chance: Chance,
    /// Answers that are good until something changes.
    pub answers: KeptAnswers,
    /// Tokens, passwords and who stands behind them.
    pub sign_in: SignIn,
    /// What the server counts and how much it takes.
    pub running: Running,
}

/// Where the time comes from.
#[derive(Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that tests set, in microseconds since 1970.
    Fixed(AtomicI64),
}

impl Clock {
    /// Now, in microseconds.
    #[expect(clippy::disallowed_methods, reason = "the only place where time is read")]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
            }
            Self::Fixed(micros) => Instant::from_micros(micros.load(Ordering::Relaxed)),
        }
    }
}

/// Where ids and secrets come from.
#[derive(Debug)]
pub enum Chance {
    /// The operating system.
    System,
    /// A counter, so that tests see the same ids each time.
    Counted(AtomicU64),
}

impl Chance {
    /// A new UUID version 7.
    #[expect(clippy::disallowed_methods, reason = "the only place where ids are made")]
    pub fn uuid(&self) -> Uuid {
        match self {
            Self::System => Uuid::now_v7(),
            Self::Counted(n) => {
                let n = n.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                uuid::Builder::from_unix_timestamp_millis(
                    1_700_000_000_000,
                    &[0, 0, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]],
                )
                .into_uuid()
            }
        }
    }
    /// A new id of a `K`.
    pub fn id<K>(&self) -> Id<K> {
        Id::new(self.uuid())
    }
    /// Thirty-two bytes that nobody can guess (in tests: that everybody can).
    pub fn secret(&self) -> Result<[u8; 32], getrandom::Error> {
        match self {
            Self::System => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes)?;
                Ok(bytes)
            }
            Self::Counted(n) => Ok(Sha256::digest(n.fetch_add(1, Ordering::Relaxed).to_be_bytes()).into()),
        }
    }
}
