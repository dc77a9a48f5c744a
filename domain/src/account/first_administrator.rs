//! The first administrator (최초 관리자): a one-time token instead of a default password.

use super::{ONE_TIME_TOKEN_REFUSED, SecretHash};
use crate::{day::Instant, problem::Refusal};
use serde::{Deserialize, Serialize};

/// A token shown once on the server's console, with which the first administrator's account is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstAdministrator {
    /// Hash of the token.
    pub hash: SecretHash,
    /// Until when it may be used.
    pub expires_at: Instant,
    /// When it was used.
    pub used: Option<Instant>,
}

impl FirstAdministrator {
    /// How long the token may be used, in seconds.
    pub const LASTS: i64 = 3600;

    /// A fresh token, known here by its hash only.
    pub const fn issue(hash: SecretHash, now: Instant) -> Self {
        Self { hash, expires_at: now.plus_seconds(Self::LASTS), used: None }
    }
    /// Uses the token up. Used, expired and wrong are refused in the same words.
    pub fn redeem(self, presented: SecretHash, now: Instant) -> Result<Self, Refusal> {
        if self.used.is_none() && now < self.expires_at && presented == self.hash {
            Ok(Self { used: Some(now), ..self })
        } else {
            Err(Refusal::new(&ONE_TIME_TOKEN_REFUSED))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_works_once_in_time_and_for_its_holder() {
        let (now, hash) = (Instant::from_micros(0), SecretHash::new([1; 32]));
        let token = FirstAdministrator::issue(hash, now);
        let used = token.clone().redeem(hash, now).unwrap();
        assert_eq!(used.used, Some(now));
        assert!(used.redeem(hash, now).is_err());
        assert!(token.clone().redeem(SecretHash::new([2; 32]), now).is_err());
        assert!(token.redeem(hash, now.plus_seconds(FirstAdministrator::LASTS)).is_err());
    }
}
