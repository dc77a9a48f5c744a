//! What can go wrong (문제), in coded words that people and programs both read.

use std::borrow::Cow;

/// The same words in Korean and English. The two differ in words only.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Korean, shown by default.
    #[schema(value_type = String, max_length = 500, pattern = r"^[^\u0000-\u001f]*$")]
    pub ko: Cow<'static, str>,
    /// English.
    #[schema(value_type = String, max_length = 500, pattern = r"^[^\u0000-\u001f]*$")]
    pub en: Cow<'static, str>,
}

impl Words {
    /// Fixed words.
    pub const fn fixed(ko: &'static str, en: &'static str) -> Self {
        Self { ko: Cow::Borrowed(ko), en: Cow::Borrowed(en) }
    }
    /// Words made for the occasion.
    pub fn made(ko: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { ko: ko.into(), en: en.into() }
    }
}

/// One kind of problem: its stable code, its HTTP status, its title, and what to do about it.
/// The whole list is [`all`]; codes are unique, and `/problems/{code}` shows each as a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable, snake_case; never changes once published.
    pub name: &'static str,
    /// HTTP status of an answer that carries it.
    pub status: u16,
    /// What it is.
    pub title: Words,
    /// Why it happens and what to do.
    pub remedy: Words,
}

/// Declares codes of one capability and their list: `codes! { NAME = "name", 422, ["ko", "en"], ["ko", "en"]; ... }`.
#[macro_export]
macro_rules! codes {
    ($($(#[$doc:meta])* $id:ident = $name:literal, $status:literal, [$ko:literal, $en:literal], [$rko:literal, $ren:literal]);+ $(;)?) => {
        $($(#[$doc])* #[doc = concat!($en, ".")]
        pub static $id: $crate::problem::Code = $crate::problem::Code {
            name: $name, status: $status,
            title: $crate::problem::Words::fixed($ko, $en),
            remedy: $crate::problem::Words::fixed($rko, $ren),
        };)+
        /// Every code of this list.
        pub static CODES: &[&$crate::problem::Code] = &[$(&$id),+];
    };
}

/// One fault in what was sent: where, which kind, and in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer into the body (`/partners/0/share`), or `?name` for a query parameter, or empty for the whole.
    pub pointer: String,
    /// The kind.
    pub code: &'static Code,
    /// What exactly is wrong here.
    pub detail: Words,
}

impl Fault {
    /// A fault told by its code's own title.
    pub fn new(pointer: impl Into<String>, code: &'static Code) -> Self {
        Self { pointer: pointer.into(), code, detail: code.title.clone() }
    }
    /// A fault with words of its own.
    pub fn told(pointer: impl Into<String>, code: &'static Code, detail: Words) -> Self {
        Self { pointer: pointer.into(), code, detail }
    }
}

/// The JSON pointer to a member of what stands at `at` (RFC 6901).
pub fn step(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Why a rule refuses: a code, words, and every fault found, not only the first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", code.name, detail.en)]
pub struct Refusal {
    /// The kind of problem.
    pub code: &'static Code,
    /// What exactly, in words.
    pub detail: Words,
    /// All the single faults.
    pub faults: Vec<Fault>,
}

impl Refusal {
    /// A refusal told by its code's remedy.
    pub fn new(code: &'static Code) -> Self {
        Self { code, detail: code.remedy.clone(), faults: Vec::new() }
    }
    /// A refusal with words of its own.
    pub const fn told(code: &'static Code, detail: Words) -> Self {
        Self { code, detail, faults: Vec::new() }
    }
    /// The same with its faults.
    #[must_use]
    pub fn with(mut self, faults: Vec<Fault>) -> Self {
        self.faults = faults;
        self
    }
    /// `Ok` when there is no fault, otherwise one refusal ([`INVALID`]) with all of them.
    pub fn unless_clean(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self::new(&INVALID).with(faults)) }
    }
}

codes! {
    INVALID = "invalid", 422, ["입력값이 올바르지 않습니다", "The input is not valid"],
        ["errors에 표시된 항목을 모두 고친 뒤 다시 보내십시오.", "Correct every item listed in errors and send it again."];
    REQUIRED = "required", 422, ["필수 항목입니다", "This is required"],
        ["값을 넣으십시오.", "Give a value."];
    UNKNOWN_FIELD = "unknown_field", 422, ["알 수 없는 항목입니다", "This field is not known"],
        ["항목 이름을 확인하거나 빼십시오.", "Check the field's name or leave it out."];
    WRONG_TYPE = "wrong_type", 422, ["값의 형식이 다릅니다", "The value has the wrong type"],
        ["API 문서의 형식에 맞추십시오.", "Use the type given in the API documentation."];
    OUT_OF_RANGE = "out_of_range", 422, ["허용 범위를 벗어났습니다", "The value is out of range"],
        ["허용 범위 안의 값을 넣으십시오.", "Give a value within the range."];
    WRONG_LENGTH = "wrong_length", 422, ["길이가 허용 범위를 벗어났습니다", "The length is out of range"],
        ["글자 수 또는 항목 수를 맞추십시오.", "Keep to the number of characters or items."];
    WRONG_FORM = "wrong_form", 422, ["값의 꼴이 올바르지 않습니다", "The value is not of the expected form"],
        ["API 문서의 예시를 참고하십시오.", "See the example in the API documentation."];
    NOT_IN_LIST = "not_in_list", 422, ["코드 목록에 없는 값입니다", "The value is not in the code list"],
        ["코드 목록의 값 가운데 하나를 쓰십시오.", "Use one of the values of the code list."];
    DUPLICATE = "duplicate", 422, ["같은 값이 두 번 있습니다", "The same value appears twice"],
        ["하나만 남기십시오.", "Keep one."];
    WRONG_ORDER = "wrong_order", 422, ["앞뒤 순서가 맞지 않습니다", "The order is wrong"],
        ["시작이 끝보다 늦지 않게 하십시오.", "Let the start come no later than the end."];
    NOT_KNOWN = "not_known", 422, ["가리키는 대상을 찾을 수 없습니다", "What this refers to does not exist"],
        ["존재하는 대상의 코드나 식별자를 쓰십시오.", "Use the code or id of something that exists."];
}

/// Every code of every capability, in one list.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        CODES,
        crate::access::CODES,
        crate::account::CODES,
        crate::application::CODES,
        crate::award::CODES,
        crate::budget::CODES,
        crate::call::CODES,
        crate::challenge::CODES,
        crate::committee::CODES,
        crate::body::CODES,
        crate::consultation::CODES,
        crate::consultation::CONDITION_CODES,
        crate::cost_share::CODES,
        crate::demand::CODES,
        crate::evaluation::CODES,
        crate::fiscal::CODES,
        crate::gpu::CODES,
        crate::import::CODES,
        crate::objection::CODES,
        crate::panel::CODES,
        crate::project::problems::CODES,
        crate::project::CONDITION_CODES,
        crate::resource::CODES,
        crate::scoring::CODES,
        crate::selection::CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_unique_and_worded_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for code in super::all() {
            assert!(seen.insert(code.name), "{} is declared twice", code.name);
            assert!(
                code.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()),
                "{}",
                code.name
            );
            assert!((400..600).contains(&code.status), "{}", code.name);
            for words in [&code.title, &code.remedy] {
                assert!(words.ko.chars().any(|c| ('가'..='힣').contains(&c)), "{} has no Korean", code.name);
                assert!(words.en.is_ascii(), "{} has no plain English", code.name);
            }
        }
    }
}
