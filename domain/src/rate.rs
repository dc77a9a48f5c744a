//! Shares and percentages (비율, 분담률): exact hundredths of a per cent, shown as decimal strings.

use crate::money::{TooMuch, Won};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A percentage from 0.00 to 100.00 in exact hundredths (basis points). On the wire a decimal string such as `"33.34"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Share(u16);

/// Not a decimal from 0 to 100 with at most two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a percentage from 0 to 100 with at most two decimal places")]
pub struct NotAShare;

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// 100 %.
    pub const WHOLE: Self = Self(10_000);

    /// Takes hundredths of a per cent, 0 to 10,000.
    pub const fn from_basis_points(points: u16) -> Result<Self, NotAShare> {
        if points > 10_000 { Err(NotAShare) } else { Ok(Self(points)) }
    }
    /// Hundredths of a per cent, 0 to 10,000.
    pub const fn basis_points(self) -> u16 {
        self.0
    }
    /// This share of an amount, rounded down to the won (towards zero): the remainder stays with whoever splits.
    pub fn of(self, amount: Won) -> Result<Won, TooMuch> {
        let part = i128::from(amount.get()).saturating_mul(i128::from(self.0)).saturating_div(10_000);
        i64::try_from(part).map_err(|_| TooMuch).and_then(Won::new)
    }
    /// True when the shares add up to exactly 100 %.
    pub fn add_up(shares: impl IntoIterator<Item = Self>) -> bool {
        shares.into_iter().fold(0_u64, |sum, s| sum.saturating_add(u64::from(s.0))) == 10_000
    }
}

impl FromStr for Share {
    type Err = NotAShare;
    fn from_str(text: &str) -> Result<Self, NotAShare> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str, most: usize| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, 3) || !digits(fraction, 2) {
            return Err(NotAShare);
        }
        format!("{whole}{fraction:0<2}").parse().map_err(|_| NotAShare).and_then(Self::from_basis_points)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}

/// A ratio of two amounts as a percentage with two decimals, rounded half up (away from zero): `"43.18"`.
/// `None` when the base is zero: such a ratio does not exist and is never shown as 0.
pub fn percent_of(part: Won, base: Won) -> Option<String> {
    let (part, base) = (i128::from(part.get()), i128::from(base.get()));
    let negative = (part < 0) != (base < 0) && part != 0;
    let (part, base) = (part.unsigned_abs(), base.unsigned_abs());
    let rounded_up = part.saturating_mul(20_000).saturating_add(base);
    let hundredths = rounded_up.checked_div(base.saturating_mul(2))?;
    let (whole, rest) = (hundredths.saturating_div(100), hundredths.checked_rem(100).unwrap_or(0));
    let sign = if negative && hundredths != 0 { "-" } else { "" };
    Some(format!("{sign}{whole}.{rest:02}"))
}

mod schema {
    use super::Share;
    use std::borrow::Cow;
    use utoipa::openapi::{
        RefOr, Schema,
        schema::{ObjectBuilder, Type},
    };

    impl utoipa::PartialSchema for Share {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)$"))
                .max_length(Some(6))
                .description(Some("A percentage from 0 to 100 with at most two decimal places, as a string."))
                .examples(["60.00"])
                .into()
        }
    }
    impl utoipa::ToSchema for Share {
        fn name() -> Cow<'static, str> {
            "Share".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_and_print() {
        for (text, shown) in [("60", "60.00"), ("33.3", "33.30"), ("0.01", "0.01"), ("100", "100.00")] {
            assert_eq!(text.parse::<Share>().unwrap().to_string(), shown);
        }
        for wrong in ["100.01", "-1", "1.234", ".5", "5.", "", "1e1", "1000", "+1"] {
            assert_eq!(wrong.parse::<Share>(), Err(NotAShare), "{wrong:?}");
        }
    }

    #[test]
    fn a_share_of_an_amount_is_rounded_down() {
        let third: Share = "33.33".parse().unwrap();
        assert_eq!(third.of(Won::new(100).unwrap()).unwrap().get(), 33);
        assert_eq!(Share::WHOLE.of(Won::MAX).unwrap(), Won::MAX);
    }

    #[test]
    fn percentages_round_half_up() {
        let won = |n| Won::new(n).unwrap();
        assert_eq!(percent_of(won(121_378_344_131), won(281_115_552_539)).as_deref(), Some("43.18"));
        assert_eq!(percent_of(won(5), won(100_000)).as_deref(), Some("0.01"));
        assert_eq!(percent_of(won(-1), won(3)).as_deref(), Some("-33.33"));
        assert_eq!(percent_of(won(1), Won::ZERO), None);
    }
}
