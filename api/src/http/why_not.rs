//! Coded reasons within an answer (사유), in both languages: why something is refused beforehand, or worth a look.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One coded reason, in Korean and English.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyNot {
    /// Where in the record to mend it: a JSON pointer, or empty.
    #[schema(max_length = 400, pattern = r"^[^\u0000-\u001f]*$", example = "/partners/0/share")]
    pub pointer: String,
    /// The stable code.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z0-9_]+$", example = "shares_not_whole")]
    pub code: String,
    /// In Korean.
    #[schema(
        min_length = 1,
        max_length = 1000,
        pattern = r"^[^\u0000-\u001f]+$",
        example = "분담률의 합이 100%가 아닙니다"
    )]
    pub ko: String,
    /// In English.
    #[schema(
        min_length = 1,
        max_length = 1000,
        pattern = r"^[^\u0000-\u001f]+$",
        example = "The shares do not add up to 100 %"
    )]
    pub en: String,
}

impl From<domain::problem::Fault> for WhyNot {
    fn from(fault: domain::problem::Fault) -> Self {
        let (ko, en) = (fault.detail.ko.into_owned(), fault.detail.en.into_owned());
        Self { pointer: fault.pointer, code: fault.code.name.to_owned(), ko, en }
    }
}
