//! Passwords (비밀번호): what may be chosen. After NIST SP 800-63B: length and a list of the commonest, no composition rules.

use super::{PASSWORD_COMMON, PASSWORD_HAS_NAME, PASSWORD_TOO_SHORT, SignInName};
use crate::{day::Instant, problem::Fault};
use serde::Deserialize;
use std::{borrow::Cow, collections::BTreeSet, fmt, str::FromStr};
use unicode_normalization::UnicodeNormalization;
use utoipa::openapi::{
    RefOr, Schema,
    schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
};

/// The fewest characters of a new password.
const MIN: usize = 12;
/// The most characters of any password.
const MAX: usize = 128;
/// Fewer different characters than this is a pattern, not a password.
const MIN_DIFFERENT: usize = 5;

/// The commonest passwords of 12 characters or more, with those typed on a Korean keyboard in Latin letters
/// (`qlalfqjsgh` is 비밀번호, `eogksalsrnr` is 대한민국). Shorter ones are refused for their length.
const COMMON: &[&str] = &[
    "1234567890ab",
    "1234567890-=",
    "12345678901234567890",
    "1234qwerasdf",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "abc123456789",
    "abcd12345678",
    "abcd1234abcd",
    "admin1234567",
    "admin12345678",
    "adminadminadmin",
    "administrator",
    "administrator1",
    "administrator1!",
    "asdfghjkl123",
    "asdfqwer1234",
    "changeme1234",
    "changeme12345",
    "changemechangeme",
    "correcthorsebatterystaple",
    "dlwlrma12345",
    "eogksalsrnr1",
    "eogksalsrnr12",
    "eogksalsrnr123",
    "football1234",
    "iloveyou1234",
    "iloveyou12345",
    "korea1234567",
    "letmein12345",
    "letmeinletmein",
    "p@ssw0rd1234",
    "p@ssword1234",
    "passw0rd1234",
    "password1234",
    "password12345",
    "password123456",
    "password1234!",
    "passwordpassword",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qlalfqjsgh12",
    "qlalfqjsgh123",
    "qlalfqjsgh1234",
    "qlalfqjsgh1!",
    "qwer1234qwer",
    "qwer1234asdf",
    "qwerasdfzxcv",
    "qwerty123456",
    "qwerty1234567",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiop1234",
    "qwertyuiop[]",
    "sunshine1234",
    "test12345678",
    "testtesttest",
    "tkfkdgo12345",
    "welcome12345",
    "welcome123456",
    "zxcvbnm12345",
    "비밀번호비밀번호비밀번호",
];

/// A password as someone typed it, 1 to 128 characters, in Unicode form NFKC so that the same Korean typed on two
/// machines is the same. Never written out.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Not 1 to 128 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a password of 1 to 128 characters")]
pub struct NotAPassword;

impl Password {
    /// The bytes to be hashed.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
impl FromStr for Password {
    type Err = NotAPassword;
    fn from_str(text: &str) -> Result<Self, NotAPassword> {
        if (1..=MAX).contains(&text.chars().count()) { Ok(Self(text.nfkc().collect())) } else { Err(NotAPassword) }
    }
}
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}
impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for Password {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Password)))
            .min_length(Some(1))
            .max_length(Some(MAX))
            .description(Some("A password (비밀번호). A new one has at least 12 characters."))
            .examples(["a phrase of several words"])
            .into()
    }
}
impl utoipa::ToSchema for Password {
    fn name() -> Cow<'static, str> {
        "Password".into()
    }
}

/// A password that the policy lets this person choose. Only [`NewPassword::choose`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPassword(Password);

impl NewPassword {
    /// Checks a choice against the policy and tells every fault, at `pointer` in what was sent.
    pub fn choose(password: Password, name: &SignInName, pointer: &str) -> Result<Self, Vec<Fault>> {
        let lower = password.0.to_lowercase();
        let mut faults = Vec::new();
        if password.0.chars().count() < MIN {
            faults.push(Fault::new(pointer, &PASSWORD_TOO_SHORT));
        }
        if lower.contains(name.as_str()) || lower.contains("axtrack") {
            faults.push(Fault::new(pointer, &PASSWORD_HAS_NAME));
        }
        if common(&lower) {
            faults.push(Fault::new(pointer, &PASSWORD_COMMON));
        }
        if faults.is_empty() { Ok(Self(password)) } else { Err(faults) }
    }
    /// The password itself.
    pub const fn get(&self) -> &Password {
        &self.0
    }
}

/// Among the commonest, of few different characters, or counting up or down (`abcdefghijkl`, `9876543210`).
fn common(lower: &str) -> bool {
    let few = lower.chars().collect::<BTreeSet<_>>().len() < MIN_DIFFERENT;
    let steps = || {
        lower
            .chars()
            .zip(lower.chars().skip(1))
            .map(|(a, b)| i64::from(u32::from(b)).wrapping_sub(i64::from(u32::from(a))))
    };
    // 9 to 0 and 0 to 9 carry on the count, as on a keyboard's top row.
    let up = steps().all(|s| matches!(s, 1 | -9));
    let down = steps().all(|s| matches!(s, -1 | 9));
    few || up || down || COMMON.contains(&lower)
}

/// What an account's password is checked against. Kept apart from the account and never serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The argon2id hash as a PHC string.
    pub hash: String,
    /// When the password was set.
    pub changed_at: Instant,
    /// Set by someone else, so the person must choose their own before doing anything else.
    pub must_change: bool,
}
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { changed_at, must_change, hash: _ } = self;
        f.debug_struct("Credentials")
            .field("changed_at", changed_at)
            .field("must_change", must_change)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<&'static str> {
        let chosen = NewPassword::choose(text.parse().unwrap(), &"minji.kim".parse().unwrap(), "/password");
        chosen.err().unwrap_or_default().iter().map(|f| f.code.name).collect()
    }

    #[test]
    fn length_counts_and_composition_does_not() {
        for right in ["all lower case here", "봄여름가을겨울다시봄이온다", "19450815 and 1919", &"ab cd ef ".repeat(14)]
        {
            assert_eq!(faults(right), [""; 0], "{right}");
        }
        assert_eq!(faults("Sh0rt!pass"), ["password_too_short"]);
        assert!("".parse::<Password>().is_err() && "가".repeat(129).parse::<Password>().is_err());
        assert!("가".repeat(128).parse::<Password>().is_ok());
    }

    #[test]
    fn names_and_common_passwords_are_refused() {
        assert_eq!(faults("minji.kim"), ["password_too_short", "password_has_name"]);
        assert_eq!(faults("my MINJI.KIM secret"), ["password_has_name"]);
        assert_eq!(faults("I love AXtrack 2026"), ["password_has_name"]);
        for wrong in [
            "Password1234",
            "qlalfqjsgh1!",
            "aaaaaaaaaaaaaaaa",
            "121212121212",
            "abcdefghijklmn",
            "123456789012",
            "098765432109",
        ] {
            assert_eq!(faults(wrong), ["password_common"], "{wrong}");
        }
    }

    #[test]
    fn the_list_holds_nothing_that_length_refuses() {
        for common in COMMON {
            assert!(common.chars().count() >= MIN && common.to_lowercase() == **common, "{common}");
        }
    }

    #[test]
    fn typed_anywhere_it_is_the_same_and_is_never_shown() {
        let (composed, decomposed) = ("봄이 온다".parse::<Password>().unwrap(), "봄이 온다".nfd().collect::<String>());
        assert_eq!(composed, decomposed.parse().unwrap());
        assert_eq!(format!("{composed:?}"), "Password(..)");
        let kept = Credentials { hash: "$argon2id$".into(), changed_at: Instant::from_micros(0), must_change: true };
        assert!(!format!("{kept:?}").contains("argon2id"));
    }
}
