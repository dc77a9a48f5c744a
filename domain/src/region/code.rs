//! Region codes (행정표준코드 법정구역): two digits for a 시도, five for a 시군구, `00` for the whole country.

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// A region's code, as text. Statistics Korea uses other numbers (Busan 21, here 26); they are not accepted as such.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RegionCode(String);

/// Not two or five digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not two or five digits")]
pub struct NotARegion;

/// The level a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// The whole country (전국).
    Nation,
    /// Upper level (시도).
    Sido,
    /// Lower level (시군구).
    Municipality,
}

impl RegionCode {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// True for `00`, the whole country.
    pub fn is_nation(&self) -> bool {
        self.0 == "00"
    }
    /// The level.
    pub fn tier(&self) -> Tier {
        match self.0.len() {
            _ if self.is_nation() => Tier::Nation,
            2 => Tier::Sido,
            _ => Tier::Municipality,
        }
    }
    /// The 시도 part: the first two digits.
    #[must_use]
    pub fn sido(&self) -> Self {
        Self(self.0.chars().take(2).collect())
    }
}

impl FromStr for RegionCode {
    type Err = NotARegion;
    fn from_str(text: &str) -> Result<Self, NotARegion> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if digits && matches!(text.len(), 2 | 5) && !(text.len() == 5 && text.starts_with("00")) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotARegion)
        }
    }
}
impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for RegionCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for RegionCode {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(2))
            .max_length(Some(5))
            .pattern(Some("^([0-9]{2}|(0[1-9]|[1-9][0-9])[0-9]{3})$"))
            .description(Some("A region's code: two digits for a 시도, five for a 시군구, 00 for the whole country."))
            .examples(["26110"])
            .into()
    }
}
impl utoipa::ToSchema for RegionCode {
    fn name() -> Cow<'static, str> {
        "RegionCode".into()
    }
}
