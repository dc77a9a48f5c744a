//! Days (일자) are calendar dates in Korea; instants (시각) are moments in UTC.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
};

/// Korea Standard Time: UTC+9, no daylight saving since 1988.
const KST: FixedOffset = match FixedOffset::east_opt(9 * 3600) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// A number in decimal digits and nothing else.
fn number(digits: &[u8]) -> Option<u32> {
    let more = |n: u32, digit: &u8| n.saturating_mul(10).saturating_add(u32::from(digit & 15));
    digits.iter().all(u8::is_ascii_digit).then(|| digits.iter().fold(0, more))
}

/// Puts a number into its place in a text, with leading zeros.
fn put(text: &mut [u8], place: usize, width: usize, number: u32) {
    let mut rest = number;
    for byte in text.iter_mut().skip(place).take(width).rev() {
        *byte = b'0' | u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
}

/// Puts a date of the years 0 to 9999 at the start of a text.
fn put_date(text: &mut [u8], date: NaiveDate) {
    put(text, 0, 4, u32::try_from(date.year()).unwrap_or(0));
    put(text, 5, 2, date.month());
    put(text, 8, 2, date.day());
}

/// A calendar date in Korea, `YYYY-MM-DD`, from 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// Not a date of the calendar between 1900-01-01 and 2199-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a calendar date")]
pub struct NotADay;

impl Day {
    /// Takes year, month and day of the month.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, NotADay> {
        NaiveDate::from_ymd_opt(year, month, day).ok_or(NotADay).and_then(Self::within)
    }
    fn within(date: NaiveDate) -> Result<Self, NotADay> {
        if (1900..=2199).contains(&date.year()) { Ok(Self(date)) } else { Err(NotADay) }
    }
    /// The calendar year, which is also the fiscal year.
    pub fn year(self) -> i32 {
        self.0.year()
    }
    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }
    /// The day after; the last day of 2199 stays.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }
    /// This many days later, at most to the end of 2199.
    #[must_use]
    pub fn plus_days(self, days: u64) -> Self {
        self.0.checked_add_days(Days::new(days)).and_then(|d| Self::within(d).ok()).unwrap_or(self)
    }
    /// The same day this many months later, or the last of that month; at most to the end of 2199.
    #[must_use]
    pub fn plus_months(self, months: u64) -> Self {
        let months = u32::try_from(months).ok().map(chrono::Months::new);
        let later = months.and_then(|months| self.0.checked_add_months(months));
        later.and_then(|d| Self::within(d).ok()).unwrap_or(self)
    }
    /// Whole days from `earlier` to this day; negative when this day comes first.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
    /// The first instant of this day in Korea.
    pub fn starts_at(self) -> Instant {
        let midnight = self.0.and_time(chrono::NaiveTime::MIN).and_local_timezone(KST).earliest();
        Instant(midnight.map_or(0, |at| at.timestamp_micros()))
    }
    /// The first instant after this day in Korea: "as it stood on this day" means everything before it.
    pub fn ends_before(self) -> Instant {
        self.next().starts_at()
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return Err(NotADay) };
        let (year, month, day) = (number(&[y1, y2, y3, y4]), number(&[m1, m2]), number(&[d1, d2]));
        let year = year.and_then(|year| i32::try_from(year).ok()).ok_or(NotADay)?;
        Self::new(year, month.ok_or(NotADay)?, day.ok_or(NotADay)?)
    }
}
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"0000-00-00";
        put_date(&mut text, self.0);
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// A moment in UTC with microseconds, which both databases keep exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Not an RFC 3339 instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 instant")]
pub struct NotAnInstant;

impl Instant {
    /// Takes microseconds since 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// The calendar date in Korea at this moment.
    pub fn day(self) -> Day {
        Day(self.utc().with_timezone(&KST).date_naive())
    }
    /// This many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    /// The moment as a clock in Korea shows it: `2026-02-13 18:00:00`.
    pub fn korean(self) -> String {
        self.utc().with_timezone(&KST).format("%Y-%m-%d %H:%M:%S").to_string()
    }
    /// Reads the one form that instants are printed in; any other is for the general reader.
    fn as_printed(text: &str) -> Option<Self> {
        let (day, time) = (text.get(..10)?, text.get(10..)?);
        let [b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'.', fraction @ .., b'Z'] = time.as_bytes() else {
            return None;
        };
        let day: Day = day.parse().ok()?;
        let (hour, minute, second) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?);
        let micros = number(fraction).filter(|_| fraction.len() == 6)?;
        let time = NaiveTime::from_hms_micro_opt(hour, minute, second, micros)?;
        Some(Self(day.0.and_time(time).and_utc().timestamp_micros()))
    }
    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl FromStr for Instant {
    type Err = NotAnInstant;
    fn from_str(text: &str) -> Result<Self, NotAnInstant> {
        if let Some(own) = Self::as_printed(text) {
            return Ok(own);
        }
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| NotAnInstant)?;
        if (1900..=2199).contains(&at.year()) { Ok(Self(at.timestamp_micros())) } else { Err(NotAnInstant) }
    }
}
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.utc();
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        put_date(&mut text, at.date_naive());
        let micros = at.nanosecond() / 1000;
        for (place, width, number) in [(11, 2, at.hour()), (14, 2, at.minute()), (17, 2, at.second()), (20, 6, micros)]
        {
            put(&mut text, place, width, number);
        }
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// A date as precisely as its source gives it: a day, a month (`2023-07`) or a half-year (`2024-H1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Date {
    /// A calendar day.
    Day(Day),
    /// A month of a year.
    Month {
        /// Calendar year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// The first or second half of a year (상반기, 하반기).
    Half {
        /// Calendar year.
        year: i32,
        /// True for July to December.
        second: bool,
    },
}

/// How precise a [`Date`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the half-year.
    HalfYear,
}

impl Date {
    /// The first day it may mean.
    pub fn earliest(self) -> Day {
        let first = |year, month| Day::new(year, month, 1).unwrap_or(Day(NaiveDate::MIN));
        match self {
            Self::Day(day) => day,
            Self::Month { year, month } => first(year, month),
            Self::Half { year, second } => first(year, if second { 7 } else { 1 }),
        }
    }
    /// The last day it may mean. A plan is overdue only after it.
    pub fn latest(self) -> Day {
        let first = self.earliest().0;
        let months = match self {
            Self::Day(day) => return day,
            Self::Month { .. } => 1,
            Self::Half { .. } => 6,
        };
        let after = first.checked_add_months(chrono::Months::new(months));
        Day(after.and_then(|d| d.pred_opt()).unwrap_or(first))
    }
    /// How precise it is.
    pub const fn precision(self) -> Precision {
        match self {
            Self::Day(_) => Precision::Day,
            Self::Month { .. } => Precision::Month,
            Self::Half { .. } => Precision::HalfYear,
        }
    }
}

impl FromStr for Date {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        if let Ok(day) = text.parse() {
            return Ok(Self::Day(day));
        }
        let (year, rest) = text.split_once('-').ok_or(NotADay)?;
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) {
            return Err(NotADay);
        }
        let year: i32 = year.parse().map_err(|_| NotADay)?;
        let date = match rest {
            "H1" => Self::Half { year, second: false },
            "H2" => Self::Half { year, second: true },
            month if digits(month, 2) => Self::Month { year, month: month.parse().map_err(|_| NotADay)? },
            _ => return Err(NotADay),
        };
        Day::new(year, if let Self::Month { month, .. } = date { month } else { 1 }, 1)?;
        Ok(date)
    }
}
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Half { year, second } => write!(f, "{year:04}-H{}", if *second { 2 } else { 1 }),
        }
    }
}

/// A fiscal year (회계연도): the calendar year, 2000 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct FiscalYear(i32);

/// Not a year from 2000 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fiscal year from 2000 to 2100")]
pub struct NotAYear;

impl FiscalYear {
    /// Takes a calendar year.
    pub const fn new(year: i32) -> Result<Self, NotAYear> {
        if year < 2000 || year > 2100 { Err(NotAYear) } else { Ok(Self(year)) }
    }
    /// The calendar year.
    pub const fn get(self) -> i32 {
        self.0
    }
    /// The year before; 2000 has none.
    pub fn before(self) -> Option<Self> {
        Self::new(self.0.saturating_sub(1)).ok()
    }
    /// The year after; 2100 has none.
    pub fn after(self) -> Option<Self> {
        Self::new(self.0.saturating_add(1)).ok()
    }
}
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<'de> Deserialize<'de> for FiscalYear {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(i32::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}

/// Serialises as its printed text, reads back by parsing it.
macro_rules! as_text {
    ($($kind:ty),+) => {$(
        impl Serialize for $kind {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                crate::parsed::parsed(d)
            }
        }
    )+};
}
as_text!(Day, Instant, Date);

/// Gives a kind its name and schema in the API's description.
macro_rules! described {
    ($($kind:ty, $name:literal => $schema:expr);+ $(;)?) => {$(
        impl utoipa::PartialSchema for $kind {
            fn schema() -> RefOr<Schema> { $schema.into() }
        }
        impl utoipa::ToSchema for $kind {
            fn name() -> Cow<'static, str> { $name.into() }
        }
    )+};
}
described! {
    Day, "Day" => ObjectBuilder::new().schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).max_length(Some(10))
        .pattern(Some("^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))
        .description(Some("A calendar date in Korea (KST).")).examples(["2026-11-22"]);
    Instant, "Instant" => ObjectBuilder::new().schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).max_length(Some(40))
        .pattern(Some("^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$"))
        .description(Some("A moment, RFC 3339; given out in UTC.")).examples(["2026-11-22T06:30:00.000000Z"]);
    Date, "Date" => ObjectBuilder::new().schema_type(Type::String).max_length(Some(10))
        .pattern(Some("^(19|20|21)[0-9]{2}-((0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|H[12])$"))
        .description(Some("A date as precise as its source: a day 2026-11-22, a month 2026-11 or a half-year 2026-H2."))
        .examples(["2026-H2"]);
    FiscalYear, "FiscalYear" => ObjectBuilder::new().schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
        .minimum(Some(2000)).maximum(Some(2100))
        .description(Some("A fiscal year (회계연도), the calendar year.")).examples([2026]);
}

#[cfg(test)]
mod tests;
