//! Money: whole won (원), checked.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount of money in whole won. Never more than 2^53-1 either way, so that every JSON client reads it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Won(i64);

/// The amount does not fit in ±(2^53-1) won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is beyond 9,007,199,254,740,991 won")]
pub struct TooMuch;

impl Won {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The largest amount: 2^53-1 won, about nine quadrillion.
    pub const MAX: Self = Self(9_007_199_254_740_991);

    /// Takes a number of won.
    pub const fn new(won: i64) -> Result<Self, TooMuch> {
        if won > Self::MAX.0 || won < -Self::MAX.0 { Err(TooMuch) } else { Ok(Self(won)) }
    }
    /// The number of won.
    pub const fn get(self) -> i64 {
        self.0
    }
    /// The sum, if it fits.
    pub fn plus(self, other: Self) -> Result<Self, TooMuch> {
        self.0.checked_add(other.0).ok_or(TooMuch).and_then(Self::new)
    }
    /// The difference, if it fits.
    pub fn minus(self, other: Self) -> Result<Self, TooMuch> {
        self.0.checked_sub(other.0).ok_or(TooMuch).and_then(Self::new)
    }
    /// The same amount with the other sign.
    #[must_use]
    #[expect(clippy::arithmetic_side_effects, reason = "the range is symmetric, so the negative always fits")]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }
    /// The sum of many, if it fits.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, TooMuch> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }
    /// True below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl TryFrom<i64> for Won {
    type Error = TooMuch;
    fn try_from(won: i64) -> Result<Self, TooMuch> {
        Self::new(won)
    }
}

impl<'de> Deserialize<'de> for Won {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        i64::deserialize(d)?.try_into().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Won {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The units in which Korean budget papers state money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 원
    Won,
    /// 천원, used by local budgets.
    Thousand,
    /// 백만원, used by the national budget.
    Million,
    /// 억원, used by the press.
    HundredMillion,
}

/// Why a text is not an amount in the unit given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotMoney {
    /// Not plain decimal digits with optional sign, grouping commas and decimal point.
    #[error("not a number")]
    NotANumber,
    /// A fraction of a won would be left, for example 0.0001 천원.
    #[error("a fraction of a won would be left")]
    FractionOfAWon,
    /// Beyond the range of [`Won`].
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

impl Unit {
    /// Reads 원, 천원, 백만원 or 억원 (or won, thousand, million, hundred_million).
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "원" | "won" => Self::Won,
            "천원" | "thousand" => Self::Thousand,
            "백만원" | "million" => Self::Million,
            "억원" | "hundred_million" => Self::HundredMillion,
            _ => return None,
        })
    }
    /// How many decimal places one of this unit is above one won.
    const fn places(self) -> usize {
        match self {
            Self::Won => 0,
            Self::Thousand => 3,
            Self::Million => 6,
            Self::HundredMillion => 8,
        }
    }
    /// Reads an amount such as `1,234.5` stated in this unit, exactly: nothing is rounded.
    pub fn amount(self, text: &str) -> Result<Won, NotMoney> {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let grouped = whole.contains(',');
        let groups_hold = !grouped
            || whole
                .split(',')
                .enumerate()
                .all(|(at, group)| if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 });
        let plain = whole.replace(',', "");
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if plain.is_empty() || !groups_hold || !all_digits(&plain) || !all_digits(fraction) {
            return Err(NotMoney::NotANumber);
        }
        if digits.ends_with('.') {
            return Err(NotMoney::NotANumber);
        }
        let places = self.places();
        let kept = fraction.trim_end_matches('0');
        if kept.len() > places {
            return Err(NotMoney::FractionOfAWon);
        }
        let scaled = format!("{sign}{plain}{kept:0<places$}");
        Ok(scaled.parse::<i64>().map_err(|_| TooMuch).and_then(Won::new)?)
    }
}

mod schema {
    use super::Won;
    use std::borrow::Cow;
    use utoipa::openapi::{
        RefOr, Schema,
        schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
    };

    impl utoipa::PartialSchema for Won {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::Integer)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                .minimum(Some(-9_007_199_254_740_991_i64))
                .maximum(Some(9_007_199_254_740_991_i64))
                .description(Some("An amount of money in whole won (원)."))
                .into()
        }
    }
    impl utoipa::ToSchema for Won {
        fn name() -> Cow<'static, str> {
            "Won".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert_exactly() {
        let read = |unit: &str, text: &str| Unit::parse(unit).unwrap().amount(text);
        assert_eq!(read("억원", "180").unwrap().get(), 18_000_000_000);
        assert_eq!(read("억원", "6,421").unwrap().get(), 642_100_000_000);
        assert_eq!(read("억원", "0.00000001").unwrap().get(), 1);
        assert_eq!(read("백만원", "1,234.567").unwrap().get(), 1_234_567_000);
        assert_eq!(read("천원", "-5").unwrap().get(), -5_000);
        assert_eq!(read("원", "9007199254740991").unwrap(), Won::MAX);
        assert_eq!(read("원", "9007199254740992"), Err(NotMoney::TooMuch(TooMuch)));
        assert_eq!(read("천원", "0.0001"), Err(NotMoney::FractionOfAWon));
        for wrong in ["", "-", "1.", ".5", "1,23", "12,3456", "1e3", "１", "1 000", "--1", "+1"] {
            assert_eq!(read("원", wrong), Err(NotMoney::NotANumber), "{wrong:?}");
        }
    }

    #[test]
    fn arithmetic_never_wraps() {
        assert_eq!(Won::MAX.plus(Won(1)), Err(TooMuch));
        assert_eq!(Won::MAX.negated().minus(Won(1)), Err(TooMuch));
        assert_eq!(Won::sum([Won(1), Won(2), Won(-3)]), Ok(Won::ZERO));
    }
}
