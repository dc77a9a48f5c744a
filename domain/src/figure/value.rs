//! Values of published figures (수치 값): whole numbers, exact decimals, dates or words, always text on the wire.

use crate::{
    code_list,
    day::{Date, FiscalYear},
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

code_list! {
    /// What a value counts.
    pub enum FigureUnit {
        /// Money in whole won.
        Krw = "krw" / "원",
        /// Bodies.
        Bodies = "bodies" / "개 기관",
        /// Institutions.
        Institutions = "institutions" / "개 공공기관",
        /// Companies.
        Companies = "companies" / "개 기업",
        /// Services.
        Services = "services" / "개 서비스",
        /// Contracts.
        Contracts = "contracts" / "건 계약",
        /// Projects.
        Projects = "projects" / "개 과제",
        /// Products.
        Products = "products" / "개 제품",
        /// AI models.
        Models = "models" / "개 모델",
        /// Certificates.
        Certificates = "certificates" / "건 인증",
        /// Cases.
        Cases = "cases" / "건",
        /// Regions.
        Regions = "regions" / "개 지역",
        /// GPUs.
        Gpus = "gpus" / "장",
        /// Servers of eight GPUs.
        Servers = "servers" / "대",
        /// A factor.
        Times = "times" / "배",
        /// Per cent.
        Percent = "percent" / "%",
        /// Points of an evaluation.
        Points = "points" / "점",
        /// A place in a ranking.
        Rank = "rank" / "위",
        /// Days.
        Days = "days" / "일",
        /// Weeks.
        Weeks = "weeks" / "주",
        /// Months.
        Months = "months" / "개월",
        /// A calendar year.
        Year = "year" / "년",
        /// A date.
        Date = "date" / "일자",
        /// Words.
        Text = "text" / "글",
    }
}

/// The value of a figure. On the wire always a string, so that nothing is rounded on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureValue {
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point, as published (`90.2`, `25.0`).
    Decimal(Line<40>),
    /// A date.
    Date(Date),
    /// Words.
    Words(Line<200>),
}

/// Not a number, date or text of at most 200 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number, a date or words of at most 200 characters")]
pub struct NotAValue;

impl FigureValue {
    /// The whole number, if it is one.
    pub const fn integer(&self) -> Option<i64> {
        if let Self::Integer(value) = self { Some(*value) } else { None }
    }
    /// True when such a value can be counted in the unit.
    pub const fn suits(&self, unit: FigureUnit) -> bool {
        match self {
            Self::Date(_) => matches!(unit, FigureUnit::Date),
            Self::Words(_) => matches!(unit, FigureUnit::Text),
            Self::Decimal(_) => matches!(unit, FigureUnit::Percent | FigureUnit::Points | FigureUnit::Times),
            Self::Integer(_) => !matches!(unit, FigureUnit::Date | FigureUnit::Text),
        }
    }
}

impl FromStr for FigureValue {
    type Err = NotAValue;
    fn from_str(text: &str) -> Result<Self, NotAValue> {
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        if digits(unsigned) {
            return text.parse().map(Self::Integer).map_err(|_| NotAValue);
        }
        if unsigned.split_once('.').is_some_and(|(whole, rest)| digits(whole) && digits(rest)) {
            return text.parse().map(Self::Decimal).map_err(|_| NotAValue);
        }
        if let Ok(date) = text.parse() {
            return Ok(Self::Date(date));
        }
        text.parse().map(Self::Words).map_err(|_| NotAValue)
    }
}
impl fmt::Display for FigureValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Decimal(value) => value.fmt(f),
            Self::Date(value) => value.fmt(f),
            Self::Words(value) => value.fmt(f),
        }
    }
}

/// The day, month, half-year or year of a figure: publications often give no more than the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureDate {
    /// A day, month or half-year.
    Date(Date),
    /// A whole year.
    Year(FiscalYear),
}

impl FromStr for FigureDate {
    type Err = NotAFigureDate;
    fn from_str(text: &str) -> Result<Self, NotAFigureDate> {
        if let Ok(date) = text.parse() {
            return Ok(Self::Date(date));
        }
        let year = text.parse().ok().filter(|_| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()));
        year.and_then(|year| FiscalYear::new(year).ok()).map(Self::Year).ok_or(NotAFigureDate)
    }
}
impl fmt::Display for FigureDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Year(year) => year.fmt(f),
        }
    }
}

/// Not a day, a month, a half-year or a year from 2000 to 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day, a month, a half-year or a year")]
pub struct NotAFigureDate;

/// Text on the wire, with its schema.
macro_rules! as_text {
    ($($kind:ty, $name:literal, $max:literal, $pattern:literal, $about:literal, $example:literal);+ $(;)?) => {$(
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
        impl utoipa::PartialSchema for $kind {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some($max))
                    .pattern(Some($pattern)).description(Some($about)).examples([$example]).into()
            }
        }
        impl utoipa::ToSchema for $kind {
            fn name() -> Cow<'static, str> { $name.into() }
        }
    )+};
}
as_text! {
    FigureValue, "FigureValue", 200, r"^[^\u0000-\u001f\u007f]+$",
        "A whole number, a decimal, a date or words, as published; unit says which.", "642100000000";
    FigureDate, "FigureDate", 10, "^(19|20|21)[0-9]{2}(-((0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|H[12]))?$",
        "A day, month, half-year or year, as precise as the source.", "2025-09-19";
}
