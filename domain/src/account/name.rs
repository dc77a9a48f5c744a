//! Sign-in names (로그인 이름) and e-mail addresses.

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// What a person types to sign in: 3 to 60 of a-z, 0-9, `.`, `_` and `-`, beginning with a letter or digit.
/// Lower case only, so that no two names look alike by case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct SignInName(String);

/// Not 3 to 60 of a-z, 0-9, `.`, `_` and `-`, beginning with a letter or digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 3 to 60 of a-z, 0-9, . _ and -, beginning with a letter or digit")]
pub struct NotASignInName;

/// An e-mail address for notices, 3 to 254 characters. Only its shape is checked; nothing depends on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Email(String);

/// Not of the shape `someone@host`, 3 to 254 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address of 3 to 254 characters")]
pub struct NotAnEmail;

impl FromStr for SignInName {
    type Err = NotASignInName;
    fn from_str(text: &str) -> Result<Self, NotASignInName> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let first = text.bytes().next().is_some_and(plain);
        let rest = text.bytes().all(|b| plain(b) || matches!(b, b'.' | b'_' | b'-'));
        if first && rest && (3..=60).contains(&text.len()) { Ok(Self(text.to_owned())) } else { Err(NotASignInName) }
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;
    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let (local, host) = text.split_once('@').ok_or(NotAnEmail)?;
        let local_fits = (1..=64).contains(&local.len()) && local.bytes().all(|b| b.is_ascii_graphic());
        let host_byte = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
        let host_fits = (1..=189).contains(&host.len()) && host.bytes().all(host_byte);
        if local_fits && host_fits { Ok(Self(text.to_owned())) } else { Err(NotAnEmail) }
    }
}

macro_rules! plain_text {
    ($kind:ident, $name:literal, $range:expr, $pattern:literal, $description:literal, $example:literal) => {
        impl $kind {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                crate::parsed::parsed(d)
            }
        }
        impl utoipa::PartialSchema for $kind {
            fn schema() -> RefOr<Schema> {
                let (min, max) = $range;
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .min_length(Some(min))
                    .max_length(Some(max))
                    .pattern(Some($pattern))
                    .description(Some($description))
                    .examples([$example])
                    .into()
            }
        }
        impl utoipa::ToSchema for $kind {
            fn name() -> Cow<'static, str> {
                $name.into()
            }
        }
    };
}
plain_text!(
    SignInName,
    "SignInName",
    (3, 60),
    "^[a-z0-9][a-z0-9._-]{2,59}$",
    "What a person types to sign in (로그인 이름).",
    "minji.kim"
);
plain_text!(
    Email,
    "Email",
    (3, 254),
    "^[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,189}$",
    "An e-mail address for notices (전자우편).",
    "minji.kim@mois.example"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_names_are_plain() {
        for right in ["abc", "minji.kim", "0-a_b", &"a".repeat(60)] {
            assert!(right.parse::<SignInName>().is_ok(), "{right}");
        }
        for wrong in ["ab", "Minji", ".abc", "a b", "김민지", "a@b", &"a".repeat(61)] {
            assert!(wrong.parse::<SignInName>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn addresses_have_a_shape() {
        assert!("a@b".parse::<Email>().is_ok());
        for wrong in ["a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a@b\n", &format!("a@{}", "b".repeat(190))] {
            assert!(wrong.parse::<Email>().is_err(), "{wrong}");
        }
    }
}
