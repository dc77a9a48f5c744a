//! Texts people type (글): a line or prose, never empty, bounded, free of control characters.

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// One line of 1 to `MAX` characters with something visible in it and no control character. Kept as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize>(String);

/// Several lines of 1 to `MAX` characters with something visible in them; tab and line feed are allowed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Prose<const MAX: usize>(String);

/// Not a text of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 1 to {0} characters with something visible and no control character")]
pub struct NotText(usize);

/// A line has something other than white space, and no control character.
const LINE: &str = r"^[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f\s][^\u0000-\u001f\u007f]*$";
/// Prose also takes tab and line feed.
const PROSE: &str =
    r"^[^\u0000-\u0008\u000b-\u001f\u007f]*[^\u0000-\u0020\u007f\s][^\u0000-\u0008\u000b-\u001f\u007f]*$";

macro_rules! text {
    ($kind:ident, $name:literal, $pattern:expr, $multiline:literal) => {
        impl<const MAX: usize> FromStr for $kind<MAX> {
            type Err = NotText;
            fn from_str(text: &str) -> Result<Self, NotText> {
                let (mut length, mut visible) = (0_usize, false);
                for c in text.chars() {
                    if length == MAX || (c.is_ascii_control() && !($multiline && matches!(c, '\t' | '\n'))) {
                        return Err(NotText(MAX));
                    }
                    length = length.saturating_add(1);
                    visible |= !c.is_whitespace();
                }
                if visible { Ok(Self(text.to_owned())) } else { Err(NotText(MAX)) }
            }
        }
        impl<const MAX: usize> $kind<MAX> {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl<const MAX: usize> fmt::Display for $kind<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<'de, const MAX: usize> Deserialize<'de> for $kind<MAX> {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                crate::parsed::parsed(d)
            }
        }
        impl<const MAX: usize> utoipa::PartialSchema for $kind<MAX> {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .min_length(Some(1))
                    .max_length(Some(MAX))
                    .pattern(Some($pattern))
                    .description(Some(format!("{} of 1 to {MAX} characters, not blank.", $name)))
                    .examples(["공공 AI 민원 안내"])
                    .into()
            }
        }
        impl<const MAX: usize> utoipa::ToSchema for $kind<MAX> {
            fn name() -> Cow<'static, str> {
                format!("{}{MAX}", $name).into()
            }
        }
    };
}
text!(Line, "Line", LINE, false);
text!(Prose, "Prose", PROSE, true);

/// Short stable codes chosen by people (`mois`, `public-ai-2026`, `moef_old`): 1 to 40 of a-z, 0-9, `-`, `_`,
/// beginning with a letter or digit. `K` says what they name, so a body's key is never taken for a programme's.
pub struct Key<K>(String, std::marker::PhantomData<fn() -> K>);

/// Not 1 to 40 of a-z, 0-9, `-` and `_`, beginning with a letter or digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 1 to 40 of a-z, 0-9, - and _, beginning with a letter or digit")]
pub struct NotAKey;

impl<K> Key<K> {
    /// The code itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl<K> FromStr for Key<K> {
    type Err = NotAKey;
    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let first = text.bytes().next().is_some_and(plain);
        if first && text.len() <= 40 && text.bytes().all(|b| plain(b) || b == b'-' || b == b'_') {
            Ok(Self(text.to_owned(), std::marker::PhantomData))
        } else {
            Err(NotAKey)
        }
    }
}
impl<K> Clone for Key<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), std::marker::PhantomData)
    }
}
impl<K> PartialEq for Key<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Key<K> {}
impl<K> PartialOrd for Key<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Key<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Key<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Display for Key<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<K> fmt::Debug for Key<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<K> Serialize for Key<K> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}
impl<'de, K> Deserialize<'de> for Key<K> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl<K> utoipa::PartialSchema for Key<K> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(40))
            .pattern(Some("^[a-z0-9][a-z0-9_-]{0,39}$"))
            .description(Some("A short stable code."))
            .examples(["mois"])
            .into()
    }
}
impl<K> utoipa::ToSchema for Key<K> {
    fn name() -> Cow<'static, str> {
        "Key".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_visible_and_bounded() {
        assert!("공공 AI".parse::<Line<5>>().is_ok());
        for wrong in ["", "   ", "\u{3000}", "공공 AI 사업", "a\nb", "a\u{0}"] {
            assert!(wrong.parse::<Line<5>>().is_err(), "{wrong:?}");
        }
        assert!("a\n\tb".parse::<Prose<5>>().is_ok());
        assert!("a\rb".parse::<Prose<5>>().is_err());
    }

    #[test]
    fn keys_are_plain() {
        assert!("moef_old".parse::<Key<()>>().is_ok());
        for wrong in ["", "-a", "A", "행안부", &"a".repeat(41)] {
            assert!(wrong.parse::<Key<()>>().is_err(), "{wrong:?}");
        }
    }
}
