//! Password hashing (비밀번호 해시) with argon2id, two at a time, and as slow for names that do not exist.

use crate::http::{Problem, UNAVAILABLE};
use actix_web::web;
use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, Salt},
    },
};
use domain::account::{NewPassword, Password};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// Memory in KiB, passes and lanes: what the OWASP Password Storage Cheat Sheet asks of argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// Room set aside for a hash's memory, of which only what the hash uses is ever touched: so large a piece is given back to
/// the system when the hash is done, while smaller ones stay with the thread that hashed.
const ROOM: usize = (33 << 20) / Block::SIZE;
/// How many hashes run at once; each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// How long a request waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// What a password is checked against when there is no account: the same cost, and an outcome of zeros that no password
/// is known to have. Should one have it, the answer is no all the same.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Where passwords are hashed and checked. One for the whole server; clones share their turns.
#[derive(Debug, Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordFault {
    /// Too many wait already; come back later (503).
    #[error("too many passwords wait to be checked")]
    Busy,
    /// The stored hash or the hash's parameters are broken (500).
    #[error("hashing a password")]
    Hash(#[from] password_hash::Error),
    /// The hash's parameters are broken (500).
    #[error("setting the cost of a password hash")]
    Cost(#[from] argon2::Error),
    /// The thread that hashed was lost (500).
    #[error("waiting for the thread that hashes a password")]
    Lost(#[from] actix_web::error::BlockingError),
}

impl From<PasswordFault> for Problem {
    fn from(fault: PasswordFault) -> Self {
        match fault {
            PasswordFault::Busy => Self::new(&UNAVAILABLE).header("Retry-After", "5"),
            fault => Self::internal(fault),
        }
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// Hashes a chosen password with 32 random bytes of salt. The answer is a PHC string.
    pub async fn hash(&self, chosen: NewPassword, salt: [u8; 32]) -> Result<String, PasswordFault> {
        self.in_turn(move || hash(&chosen, salt)).await
    }
    /// Whether the password is that of the account's hash. Without an account the same work is done and the answer is no,
    /// so that neither the answer nor its time tells which names exist.
    pub async fn matches(&self, presented: Password, known: Option<String>) -> Result<bool, PasswordFault> {
        self.in_turn(move || matches(&presented, known.as_deref())).await
    }

    /// The permit goes along into the thread: a caller who hangs up does not let a third hash begin.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordFault> + Send + 'static,
    ) -> Result<T, PasswordFault> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(PasswordFault::Busy) };
        web::block(move || {
            let done = work();
            drop(turn);
            done
        })
        .await?
    }
}

/// Hashes a chosen password here and now, for the command line.
pub fn hash(chosen: &NewPassword, salt: [u8; 32]) -> Result<String, PasswordFault> {
    let (memory, passes, lanes) = COST;
    let cost = Params::new(memory, passes, lanes, None)?;
    let (params, salt) = (ParamsString::try_from(&cost)?, Salt::new(&salt).map_err(password_hash::Error::from)?);
    let hash = worked_out(chosen.get().bytes(), &salt, cost)?;
    let (algorithm, version) = (Algorithm::Argon2id.ident(), Some(Version::V0x13.into()));
    Ok(PasswordHash { algorithm, version, params, salt: Some(salt), hash: Some(hash) }.to_string())
}

/// A password made by chance, to be handed over once and changed at the first sign-in: four groups of five letters and
/// digits that are not mistaken for each other, 100 bits.
pub fn made(chance: [u8; 32]) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let digit = |byte: &u8| DIGITS.get(usize::from(byte % 32)).copied().map_or('a', char::from);
    let groups: Vec<String> = chance.chunks(5).take(4).map(|five| five.iter().map(digit).collect()).collect();
    groups.join("-")
}

fn matches(presented: &Password, known: Option<&str>) -> Result<bool, PasswordFault> {
    let kept = PasswordHash::new(known.unwrap_or(NOBODY)).map_err(password_hash::Error::from)?;
    let own = kept.algorithm == Algorithm::Argon2id.ident() && kept.version == Some(Version::V0x13.into());
    let (true, Some(salt), Some(hash)) = (own, &kept.salt, &kept.hash) else {
        return Err(password_hash::Error::Algorithm.into());
    };
    // Compared in the same time wherever they differ.
    Ok(worked_out(presented.bytes(), salt, Params::try_from(&kept)?)? == *hash && known.is_some())
}

/// What argon2id makes of a password.
fn worked_out(password: &[u8], salt: &[u8], cost: Params) -> Result<Output, PasswordFault> {
    let (used, length) = (cost.block_count(), cost.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN));
    #[cfg(test)]
    tests::SPENT.set((tests::SPENT.get().0 + cost.m_cost(), tests::SPENT.get().1 + cost.t_cost()));
    let mut memory = Vec::with_capacity(ROOM.max(used));
    memory.resize(used, Block::new());
    let mut hash = vec![0; length];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost);
    argon.hash_password_into_with_memory(password, salt, &mut hash, &mut memory)?;
    Ok(Output::new(&hash).map_err(password_hash::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        /// KiB of memory and passes of the hashes worked out in this thread.
        pub(super) static SPENT: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
    }

    const TEXT: &str = "봄이 오면 산에 들에 진달래";

    fn chosen() -> NewPassword {
        NewPassword::choose(TEXT.parse().unwrap(), &"minji.kim".parse().unwrap(), "").unwrap()
    }

    #[actix_web::test]
    async fn only_the_right_password_matches() {
        let passwords = Passwords::default();
        let kept = passwords.hash(chosen(), [7; 32]).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(passwords.matches(TEXT.parse().unwrap(), Some(kept.clone())).await.unwrap());
        assert!(!passwords.matches("봄이 오면".parse().unwrap(), Some(kept)).await.unwrap());
        assert!(!passwords.matches(TEXT.parse().unwrap(), None).await.unwrap());
        assert!(passwords.matches(TEXT.parse().unwrap(), Some("plain".into())).await.is_err());
    }

    #[test]
    fn unknown_names_cost_as_much() {
        let (kept, presented) = (hash(&chosen(), [7; 32]).unwrap(), "wrong".parse().unwrap());
        let spent = |known: Option<&str>| {
            SPENT.set((0, 0));
            assert!(!matches(&presented, known).unwrap());
            SPENT.get()
        };
        assert_eq!(spent(None), spent(Some(&kept)));
        assert_eq!(spent(None), (COST.0, COST.1));
    }

    #[test]
    fn made_passwords_follow_chance_and_the_policy() {
        let text = made(std::array::from_fn(|i| u8::try_from(i * 7).unwrap()));
        assert_eq!(text.len(), 23);
        assert_ne!(text, made([9; 32]));
        assert!(NewPassword::choose(text.parse().unwrap(), &"minji.kim".parse().unwrap(), "").is_ok());
    }

    #[actix_web::test]
    async fn two_at_a_time() {
        let passwords = Passwords::default();
        let turns = Arc::clone(&passwords.turns).acquire_many_owned(2).await.unwrap();
        let waiting = passwords.matches("x".parse().unwrap(), None);
        assert!(tokio::time::timeout(Duration::from_millis(50), waiting).await.is_err(), "no third");
        drop(turns);
        assert!(!passwords.matches("x".parse().unwrap(), None).await.unwrap());
        assert_eq!(passwords.turns.available_permits(), 2);
    }
}
