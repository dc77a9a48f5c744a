//! Decimals (소수): exact measured values such as 12.5 minutes or 99.95 %, written as strings.

use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// Millionths in one.
const ONE: i128 = 1_000_000;

/// An exact decimal of at most 15 digits before the point and 6 after it. On the wire a string such as `"-12.5"`;
/// zeros at the end of the fraction are dropped, so equal values have equal texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

/// Not a decimal with at most 15 digits before and 6 after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal with at most 15 digits before and 6 after the point")]
pub struct NotADecimal;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One hundred, the whole of percentages and points.
    pub const HUNDRED: Self = Self(100 * ONE);

    /// The smallest step: a millionth.
    pub const SMALLEST: Self = Self(1);

    /// How many millionths it is.
    pub const fn millionths(self) -> i128 {
        self.0
    }
    /// The sum of many; at the end of the range it stays there.
    pub fn sum(of: impl IntoIterator<Item = Self>) -> Self {
        of.into_iter().fold(Self::ZERO, |sum, one| Self(sum.0.saturating_add(one.0)))
    }
    /// The same with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }
    /// True when it is a whole number of steps. Nothing is a multiple of no step.
    pub const fn is_multiple_of(self, step: Self) -> bool {
        matches!(self.0.checked_rem(step.0), Some(0))
    }
    /// The way from `start` to this value as a percentage of the way from `start` to `goal`, with two decimals,
    /// rounded half away from zero: `"75.00"`. `None` when start and goal are equal: there is no way to go.
    pub fn progress(self, start: Self, goal: Self) -> Option<String> {
        let (done, whole) = (self.0.saturating_sub(start.0), goal.0.saturating_sub(start.0));
        if whole == 0 {
            return None;
        }
        let negative = (done < 0) != (whole < 0) && done != 0;
        let (done, whole) = (done.unsigned_abs(), whole.unsigned_abs());
        let hundredths = done.saturating_mul(20_000).saturating_add(whole).checked_div(whole.saturating_mul(2))?;
        let (percent, rest) = (hundredths.checked_div(100)?, hundredths.checked_rem(100)?);
        let sign = if negative && hundredths != 0 { "-" } else { "" };
        Some(format!("{sign}{percent}.{rest:02}"))
    }
}

impl From<crate::rate::Share> for Decimal {
    fn from(share: crate::rate::Share) -> Self {
        Self(i128::from(share.basis_points()).saturating_mul(10_000))
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |s: &str, most: usize| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        let padded = whole.len() > 1 && whole.starts_with('0');
        if !plain(whole, 15) || !plain(fraction, 6) || padded {
            return Err(NotADecimal);
        }
        let millionths: i128 = format!("{whole}{fraction:0<6}").parse().map_err(|_| NotADecimal)?;
        Ok(Self(if negative { millionths.saturating_neg() } else { millionths }))
    }
}
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.saturating_abs();
        let (whole, rest) = (size.checked_div(ONE).unwrap_or(0), size.checked_rem(ONE).unwrap_or(0));
        let sign = if self.0 < 0 { "-" } else { "" };
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{rest:06}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}
impl Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for Decimal {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(23))
            .pattern(Some(r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$"))
            .description(Some("An exact decimal with at most 6 places, as a string."))
            .examples(["12.5"])
            .into()
    }
}
impl utoipa::ToSchema for Decimal {
    fn name() -> Cow<'static, str> {
        "Decimal".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_read_and_print() {
        for (text, shown) in
            [("12.50", "12.5"), ("-0.000001", "-0.000001"), ("-0", "0"), ("999999999999999", "999999999999999")]
        {
            assert_eq!(d(text).to_string(), shown);
        }
        for wrong in ["", "-", ".5", "5.", "1e3", "+1", "007", "1.2345678", "1234567890123456", "1,000", " 1"] {
            assert_eq!(wrong.parse::<Decimal>(), Err(NotADecimal), "{wrong:?}");
        }
    }

    #[test]
    fn progress_is_a_part_of_the_way() {
        for (start, goal, now, percent) in [
            ("30", "10", "15", Some("75.00")),
            ("10", "30", "40", Some("150.00")),
            ("10", "30", "5", Some("-25.00")),
            ("0", "3", "1", Some("33.33")),
            ("0", "3", "2", Some("66.67")),
            ("0", "100000", "-0.000001", Some("0.00")),
            ("5", "5", "7", None),
        ] {
            assert_eq!(d(now).progress(d(start), d(goal)).as_deref(), percent, "{start} {goal} {now}");
        }
    }

    #[test]
    fn a_share_is_the_same_number() {
        for text in ["0.00", "6.32", "33.30", "100.00"] {
            assert_eq!(Decimal::from(text.parse::<crate::rate::Share>().unwrap()), d(text));
        }
    }

    proptest! {
        #[test]
        fn every_decimal_comes_back(millionths in -999_999_999_999_999_999_999_i128..=999_999_999_999_999_999_999) {
            let decimal = Decimal(millionths);
            prop_assert_eq!(decimal.to_string().parse::<Decimal>(), Ok(decimal));
        }
    }
}
