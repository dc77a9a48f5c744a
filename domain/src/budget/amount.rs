//! Amounts booked (금액): always above zero; which way they count follows from the movement.

use crate::money::Won;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::openapi::{
    RefOr, Schema,
    schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
};

/// Whole won above zero, at most 2^53-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Amount(Won);

/// Zero or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount above zero")]
pub struct NotPositive;

impl Amount {
    /// Takes won above zero.
    pub fn new(won: Won) -> Result<Self, NotPositive> {
        if won > Won::ZERO { Ok(Self(won)) } else { Err(NotPositive) }
    }
    /// The won.
    pub const fn won(self) -> Won {
        self.0
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(Won::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}
impl utoipa::PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(1))
            .maximum(Some(9_007_199_254_740_991_i64))
            .description(Some("An amount of money in whole won (원), above zero."))
            .examples([700_000_000])
            .into()
    }
}
impl utoipa::ToSchema for Amount {
    fn name() -> Cow<'static, str> {
        "Amount".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_less_is_no_amount() {
        assert!(serde_json::from_str::<Amount>("1").is_ok());
        for wrong in ["0", "-1", "1.5", "9007199254740992"] {
            assert!(serde_json::from_str::<Amount>(wrong).is_err(), "{wrong}");
        }
    }
}
