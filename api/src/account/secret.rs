//! Secrets made by chance (비밀값): service keys, the one-time token and refresh tokens, as text and as hash.

use domain::account::SecretHash;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// A secret of 256 random bits with a prefix that says what it is, so that scanners of leaked text recognise it:
/// `axk_` and 64 hex digits for a service key, `axf_` for the first administrator's token. Never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<const KIND: char>([u8; 32]);

/// The secret of a service key.
pub type ServiceKeySecret = Secret<'k'>;
/// The first administrator's one-time token.
pub type FirstAdministratorSecret = Secret<'f'>;

/// The two secret parts of a refresh token (see [`domain::account::Family`]): `axr_`, 64 hex digits, `_`, 64 more.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    handle: [u8; 32],
    turn: [u8; 32],
}

/// Not a secret of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of this kind")]
pub struct NotASecret;

impl<const KIND: char> Secret<KIND> {
    /// Takes 32 random bytes.
    pub const fn new(chance: [u8; 32]) -> Self {
        Self(chance)
    }
    /// The whole text, to be shown once.
    pub fn text(&self) -> String {
        format!("ax{KIND}_{}", hex(&self.0))
    }
    /// The first characters, by which people recognise it: the kind and 32 of the 256 bits.
    pub fn shown(&self) -> String {
        self.text().chars().take(12).collect()
    }
    /// What is kept of it.
    pub fn hash(&self) -> SecretHash {
        hashed(&self.0)
    }
}
impl<const KIND: char> FromStr for Secret<KIND> {
    type Err = NotASecret;
    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let rest = text.strip_prefix("ax").and_then(|t| t.strip_prefix(KIND)).and_then(|t| t.strip_prefix('_'));
        unhex(rest.ok_or(NotASecret)?).map(Self)
    }
}
impl<const KIND: char> fmt::Debug for Secret<KIND> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret(ax{KIND}_..)")
    }
}

impl RefreshToken {
    /// The first token of a family, from 64 random bytes.
    pub const fn first(handle: [u8; 32], turn: [u8; 32]) -> Self {
        Self { handle, turn }
    }
    /// The next token of the same family, from 32 random bytes.
    #[must_use]
    pub const fn next(&self, turn: [u8; 32]) -> Self {
        Self { handle: self.handle, turn }
    }
    /// The whole text, to be handed out once.
    pub fn text(&self) -> String {
        format!("axr_{}_{}", hex(&self.handle), hex(&self.turn))
    }
    /// By which the family is found.
    pub fn handle(&self) -> SecretHash {
        hashed(&self.handle)
    }
    /// Which the family judges.
    pub fn turn(&self) -> SecretHash {
        hashed(&self.turn)
    }
}
impl FromStr for RefreshToken {
    type Err = NotASecret;
    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let parts = text.strip_prefix("axr_").and_then(|t| t.split_once('_'));
        let (handle, turn) = parts.ok_or(NotASecret)?;
        Ok(Self { handle: unhex(handle)?, turn: unhex(turn)? })
    }
}
impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken(axr_..)")
    }
}

/// SHA-256, as kept of secrets and as key of the cache of verified tokens.
pub fn hashed(bytes: &[u8]) -> SecretHash {
    SecretHash::new(Sha256::digest(bytes).into())
}

fn hex(bytes: &[u8; 32]) -> String {
    SecretHash::new(*bytes).to_string()
}
fn unhex(text: &str) -> Result<[u8; 32], NotASecret> {
    text.parse::<SecretHash>().map(|h| *h.bytes()).map_err(|_| NotASecret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_written_and_read_by_kind() {
        let key = ServiceKeySecret::new([0xab; 32]);
        assert_eq!(key.text().parse(), Ok(key.clone()));
        assert_eq!(key.shown(), "axk_abababab");
        assert_eq!(format!("{key:?}"), "Secret(axk_..)");
        assert!(key.text().parse::<FirstAdministratorSecret>().is_err());
        for wrong in ["", "axk_", "axk_00", &key.text().to_uppercase(), &format!("{}0", key.text())] {
            assert!(wrong.parse::<ServiceKeySecret>().is_err(), "{wrong}");
        }
        assert_eq!(
            hashed(b"abc").to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "FIPS 180-2, appendix B.1"
        );
    }

    #[test]
    fn the_next_refresh_token_stays_in_the_family() {
        let first = RefreshToken::first([1; 32], [2; 32]);
        let next = first.text().parse::<RefreshToken>().unwrap().next([3; 32]);
        assert_eq!(next.handle(), first.handle());
        assert_ne!(next.turn(), first.turn());
        assert_eq!(next.text().parse(), Ok(next));
        assert!("axr_00_00".parse::<RefreshToken>().is_err());
    }
}
