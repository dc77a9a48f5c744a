//! Exact fractions (분수): means and rates, never rounded on the way and rounded half up where they are shown.

use serde::{Deserialize, Deserializer, Serialize};
use std::{cmp::Ordering, fmt, str::FromStr};

/// A fraction in lowest terms. Its parts stay below 10^18 in all that is computed here, so that comparing two is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    over: i128,
    under: i128,
}

/// A number rounded half up to some places, which are always shown: `"83.00"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounded {
    units: i128,
    places: u32,
}

impl Fraction {
    /// `over` / `under`; a part of nothing counts as the whole.
    pub fn new(over: i128, under: i128) -> Self {
        let under = under.max(1);
        let common = common(over.saturating_abs(), under);
        let reduced = |part: i128| part.checked_div(common).unwrap_or(part);
        Self { over: reduced(over), under: reduced(under) }
    }
    /// The part above the line, in lowest terms.
    pub const fn over(self) -> i128 {
        self.over
    }
    /// The part below the line, in lowest terms: at least 1.
    pub const fn under(self) -> i128 {
        self.under
    }
    /// Rounded half up to this many places, 0 to 9.
    pub fn rounded(self, places: u32) -> Rounded {
        let shifted = self.over.saturating_mul(10_i128.saturating_pow(places));
        let doubled = shifted.saturating_mul(2).saturating_add(self.under);
        let units = doubled.checked_div_euclid(self.under.saturating_mul(2)).unwrap_or(0);
        Rounded { units, places }
    }
}

/// Not a fraction, or not a rounded number, as it is written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither n/d nor a decimal")]
pub struct NotANumber;

impl FromStr for Fraction {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (over, under) = text.split_once('/').ok_or(NotANumber)?;
        let (over, under) = (over.parse().map_err(|_| NotANumber)?, under.parse().map_err(|_| NotANumber)?);
        if under < 1 { Err(NotANumber) } else { Ok(Self::new(over, under)) }
    }
}
impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for Fraction {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .max_length(Some(82))
            .pattern(Some("^-?[0-9]+/[1-9][0-9]*$"))
            .description(Some("An exact fraction in lowest terms, as a string."))
            .examples(["83/1"])
            .into()
    }
}
impl utoipa::ToSchema for Fraction {
    fn name() -> std::borrow::Cow<'static, str> {
        "Fraction".into()
    }
}

impl FromStr for Rounded {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(rest) {
            return Err(NotANumber);
        }
        let places = u32::try_from(rest.len()).map_err(|_| NotANumber)?;
        Ok(Self { units: format!("{whole}{rest}").parse().map_err(|_| NotANumber)?, places })
    }
}
impl<'de> Deserialize<'de> for Rounded {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}

/// The greatest common divisor, at least 1.
fn common(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a.max(1)
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        self.over.saturating_mul(other.under).cmp(&other.over.saturating_mul(self.under))
    }
}
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.over, self.under)
    }
}
impl Serialize for Fraction {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl PartialOrd for Rounded {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Rounded {
    /// By value; places make no difference.
    fn cmp(&self, other: &Self) -> Ordering {
        let at = |one: &Self, places: u32| one.units.saturating_mul(10_i128.saturating_pow(places));
        at(self, other.places).cmp(&at(other, self.places)).then(self.places.cmp(&other.places))
    }
}
impl Rounded {
    /// True when it is at least a number given in millionths.
    pub fn reaches(self, millionths: i128) -> bool {
        let wanted = millionths.saturating_mul(10_i128.saturating_pow(self.places));
        self.units.saturating_mul(1_000_000) >= wanted
    }
}
impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_i128.saturating_pow(self.places);
        let size = self.units.saturating_abs();
        let (whole, rest) = (size.checked_div(one).unwrap_or(0), size.checked_rem(one).unwrap_or(0));
        let sign = if self.units < 0 { "-" } else { "" };
        match usize::try_from(self.places) {
            Ok(width) if width > 0 => write!(f, "{sign}{whole}.{rest:0width$}"),
            _ => write!(f, "{sign}{whole}"),
        }
    }
}
impl utoipa::PartialSchema for Rounded {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .max_length(Some(40))
            .pattern(Some(r"^-?[0-9]+(\.[0-9]+)?$"))
            .description(Some("A number rounded half up, with all its places, as a string."))
            .examples(["79.95"])
            .into()
    }
}
impl utoipa::ToSchema for Rounded {
    fn name() -> std::borrow::Cow<'static, str> {
        "Rounded".into()
    }
}
impl Serialize for Rounded {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_up() {
        for (over, under, places, shown) in [
            (1, 2, 0, "1"),
            (1, 8, 2, "0.13"),
            (2, 3, 2, "0.67"),
            (83, 1, 2, "83.00"),
            (9_995, 100, 1, "100.0"),
            (-1, 2, 0, "0"),
            (-1, 3, 1, "-0.3"),
        ] {
            assert_eq!(Fraction::new(over, under).rounded(places).to_string(), shown, "{over}/{under}");
        }
        assert_eq!(Fraction::new(166, 2).to_string(), "83/1");
        assert_eq!(Fraction::new(0, 7).to_string(), "0/1");
    }

    #[test]
    fn what_was_written_is_read() {
        for text in ["83/1", "-1/3", "0/1", "250001/3000"] {
            assert_eq!(text.parse::<Fraction>().unwrap().to_string(), text);
        }
        for text in ["79.95", "83", "-0.30", "0.00", "100.0"] {
            assert_eq!(text.parse::<Rounded>().unwrap().to_string(), text);
        }
        for wrong in ["", "1/0", "1/-2", "a/1", "3"] {
            assert_eq!(wrong.parse::<Fraction>(), Err(NotANumber), "{wrong}");
        }
        for wrong in ["", "-", "1.2.3", "1e2", "--1", "+1"] {
            assert_eq!(wrong.parse::<Rounded>(), Err(NotANumber), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn fractions_are_ordered_by_value(a in 0..1_000_i128, b in 1..50_i128, c in 0..1_000_i128, d in 1..50_i128) {
            let (one, other) = (Fraction::new(a, b), Fraction::new(c, d));
            prop_assert_eq!(one.cmp(&other), (a * d).cmp(&(c * b)));
            prop_assert_eq!(one == other, a * d == c * b);
            let rounded = one.rounded(2);
            prop_assert!(rounded.reaches((a * 1_000_000 / b) / 10_000 * 10_000));
            prop_assert_eq!(rounded.reaches(700_000), rounded.units >= 70);
        }
    }
}
