//! Organisation codes (기관코드): seven digits of the administrative standard codes, kept as text with how sure they are.

use crate::code_list;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// Exactly `N` decimal digits, kept as text because leading zeros count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Digits<const N: usize>(String);

/// Not exactly so many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not exactly {0} digits")]
pub struct NotDigits(pub usize);

impl<const N: usize> Digits<N> {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl<const N: usize> FromStr for Digits<N> {
    type Err = NotDigits;
    fn from_str(text: &str) -> Result<Self, NotDigits> {
        if text.len() == N && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotDigits(N))
        }
    }
}
impl<const N: usize> fmt::Display for Digits<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<'de, const N: usize> Deserialize<'de> for Digits<N> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl<const N: usize> utoipa::PartialSchema for Digits<N> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(N))
            .max_length(Some(N))
            .pattern(Some(format!("^[0-9]{{{N}}}$")))
            .description(Some(format!("Exactly {N} digits.")))
            .examples(["1741000".chars().cycle().take(N).collect::<String>()])
            .into()
    }
}
impl<const N: usize> utoipa::ToSchema for Digits<N> {
    fn name() -> Cow<'static, str> {
        format!("Digits{N}").into()
    }
}

code_list! {
    /// How sure an organisation code is. Many codes in circulation are invented; none is used as identity here.
    pub enum OrgCodeBasis {
        /// Found alike in two or more independent public listings.
        TwoOrMore = "two_or_more" / "둘 이상의 출처",
        /// Found in one public listing only.
        OneRepository = "one_repository" / "한 출처",
        /// Taken from a listing that does not say how often it was confirmed.
        Unstated = "unstated" / "근거 미기재",
    }
}

/// An organisation code and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgCode {
    /// Seven digits.
    pub code: Digits<7>,
    /// How sure.
    pub basis: OrgCodeBasis,
}
