//! Project codes (과제 번호): what people write on papers, `AX-2026-000123`.

use crate::{day::FiscalYear, text::Key};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use utoipa::openapi::{
    RefOr, Schema,
    schema::{ObjectBuilder, Type},
};

/// A project's number, given once and never again: the year it was created in and a running number of that year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectCode {
    year: FiscalYear,
    number: u32,
}

/// Not `AX-` with a year from 2000 to 2100 and a number from 1 to 999999 in six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a project code such as AX-2026-000123")]
pub struct NotACode;

impl ProjectCode {
    /// The `number`th project of the year, 1 to 999,999.
    pub fn new(year: FiscalYear, number: u32) -> Result<Self, NotACode> {
        if (1..=999_999).contains(&number) { Ok(Self { year, number }) } else { Err(NotACode) }
    }
    /// The year it was given in.
    pub const fn year(self) -> FiscalYear {
        self.year
    }
    /// Its running number within the year.
    pub const fn number(self) -> u32 {
        self.number
    }
}
impl FromStr for ProjectCode {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let (year, number) = text.strip_prefix("AX-").and_then(|rest| rest.split_once('-')).ok_or(NotACode)?;
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 6) {
            return Err(NotACode);
        }
        let year = year.parse().ok().and_then(|y| FiscalYear::new(y).ok()).ok_or(NotACode)?;
        number.parse().map_err(|_| NotACode).and_then(|number| Self::new(year, number))
    }
}
impl fmt::Display for ProjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AX-{}-{:06}", self.year, self.number)
    }
}

impl Serialize for ProjectCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for ProjectCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for ProjectCode {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(14))
            .pattern(Some("^AX-(20[0-9]{2}|2100)-[0-9]{6}$"))
            .description(Some("A project's number on papers."))
            .examples(["AX-2026-000123"])
            .into()
    }
}
impl utoipa::ToSchema for ProjectCode {
    fn name() -> Cow<'static, str> {
        "ProjectCode".into()
    }
}

/// A field of use (분야). Its key is a [`FieldCode`].
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Stable code.
    pub key: &'static str,
    /// Korean name.
    pub ko: &'static str,
    /// English name.
    pub en: &'static str,
}

/// The code of a field, one of [`FIELDS`].
pub type FieldCode = Key<Field>;

/// Fields of use named by the one-stop support plan of 2026-01-28; further ones are added as rows. Codes never change.
pub static FIELDS: &[Field] = &[
    Field { key: "public", ko: "공공", en: "Public administration" },
    Field { key: "manufacturing", ko: "제조", en: "Manufacturing" },
    Field { key: "defence", ko: "국방", en: "Defence" },
    Field { key: "medical", ko: "의료", en: "Medical care" },
    Field { key: "agri_fisheries", ko: "농수산", en: "Agriculture and fisheries" },
    Field { key: "marine", ko: "해양", en: "Marine" },
    Field { key: "autonomous_driving", ko: "자율주행", en: "Autonomous driving" },
    Field { key: "smart_factory", ko: "스마트공장", en: "Smart factory" },
    Field { key: "drug_discovery", ko: "신약개발", en: "Drug discovery" },
    Field { key: "education", ko: "교육", en: "Education" },
    Field { key: "safety", ko: "재난·안전", en: "Disaster and safety" },
    Field { key: "transport", ko: "교통·물류", en: "Transport and logistics" },
    Field { key: "energy", ko: "에너지·환경", en: "Energy and environment" },
    Field { key: "welfare", ko: "복지·고용", en: "Welfare and employment" },
    Field { key: "culture", ko: "문화·관광", en: "Culture and tourism" },
    Field { key: "other", ko: "기타", en: "Other" },
];

/// The field of this code, if the list has it.
pub fn field(code: &FieldCode) -> Option<&'static Field> {
    FIELDS.iter().find(|f| f.key == code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_and_print() {
        let code: ProjectCode = "AX-2026-000123".parse().unwrap();
        assert_eq!((code.year().get(), code.number(), code.to_string().as_str()), (2026, 123, "AX-2026-000123"));
        for wrong in ["AX-2026-123", "AX-2026-000000", "ax-2026-000123", "AX-1999-000001", "AX-2026-0001234", "AX-2026"]
        {
            assert_eq!(wrong.parse::<ProjectCode>(), Err(NotACode), "{wrong}");
        }
    }

    #[test]
    fn every_field_has_a_proper_code() {
        for f in FIELDS {
            assert_eq!(f.key.parse().ok().as_ref().and_then(field), Some(f));
        }
    }
}
