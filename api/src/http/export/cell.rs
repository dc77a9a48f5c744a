//! One value of an exported row (셀): numbers stay numbers, and text is never taken for a formula.

use domain::{
    day::{Date, Day, Instant},
    money::Won,
    rate::Share,
};
use std::{borrow::Cow, fmt, str::FromStr};

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value: an empty field, an empty cell.
    Empty,
    /// Words, codes, ids.
    Text(String),
    /// A count or a year. A workbook takes up to ±2^53 of it.
    Integer(i64),
    /// Whole won.
    Won(Won),
    /// A percentage: `43.18` in CSV, the number 0.4318 shown as 43.18% in a workbook.
    Percent(Percent),
    /// A number with its places, such as a score: exactly as written in CSV, a number in a workbook.
    Decimal(String),
    /// The same, shown as crossed out in a workbook: it was left out of a mean.
    Struck(String),
    /// A calendar day in Korea.
    Day(Day),
    /// A moment: RFC 3339 in UTC in CSV, date and time of Korea in a workbook.
    Instant(Instant),
}

/// A percentage in exact hundredths, of any size and sign, as execution rates and changes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(i32);

/// Not a decimal with at most two places between ±21 million per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a percentage with at most two decimal places")]
pub struct NotAPercentage;

impl Percent {
    /// The fraction that a workbook holds, 0.4318 for 43.18 %.
    pub(super) fn fraction(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

impl FromStr for Percent {
    type Err = NotAPercentage;
    fn from_str(text: &str) -> Result<Self, NotAPercentage> {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(places) || places.len() > 2 {
            return Err(NotAPercentage);
        }
        format!("{sign}{whole}{places:0<2}").parse().map(Self).map_err(|_| NotAPercentage)
    }
}
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let hundredths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

impl Cell {
    /// The value as a CSV field, before quoting. Only text can be mistaken for a formula, so only text is defused.
    pub(super) fn field(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Text(text) => defused(text),
            Self::Integer(number) => number.to_string().into(),
            Self::Won(won) => won.to_string().into(),
            Self::Percent(percent) => percent.to_string().into(),
            Self::Decimal(text) | Self::Struck(text) => text.as_str().into(),
            Self::Day(day) => day.to_string().into(),
            Self::Instant(at) => at.to_string().into(),
        }
    }
    /// How many bytes it holds outside itself.
    pub(super) const fn weight(&self) -> usize {
        match self {
            Self::Text(text) | Self::Decimal(text) | Self::Struck(text) => text.len(),
            _ => 0,
        }
    }
}

/// Puts an apostrophe before text that a spreadsheet would run: OWASP's "CSV Injection" characters, their full-width
/// and small forms, also behind blanks and invisible marks, which spreadsheets strip.
fn defused(text: &str) -> Cow<'_, str> {
    let first = text.chars().next();
    let seen = text.chars().find(|c| !(c.is_whitespace() || c.is_control() || invisible(*c)));
    let runs = matches!(first, Some('\t' | '\r' | '\n'))
        || matches!(
            seen,
            Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '\u{2212}')
        );
    if runs { format!("'{text}").into() } else { text.into() }
}

const fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

macro_rules! cells {
    ($($from:ty => $kind:ident),+ $(,)?) => {$(
        impl From<$from> for Cell {
            fn from(value: $from) -> Self { Self::$kind(value.into()) }
        }
    )+};
}
cells!(String => Text, &str => Text, i64 => Integer, i32 => Integer, u32 => Integer,
       Won => Won, Percent => Percent, Share => Percent, Day => Day, Instant => Instant);

impl From<Share> for Percent {
    fn from(share: Share) -> Self {
        Self(share.basis_points().into())
    }
}
/// A day is a day; a month or a half-year stays text, because a spreadsheet has no such date.
impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        match date {
            Date::Day(day) => Self::Day(day),
            other => Self::Text(other.to_string()),
        }
    }
}
impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_would_run_gets_an_apostrophe() {
        for runs in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "\nx",
            "\tx",
            "  =1",
            "\u{3000}=1",
            "\u{a0}=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{feff}=1",
            "\u{200b}@x",
            "\0=1",
            " ＝cmd|'/c calc'!A0",
            "﹦1",
            "-",
        ] {
            assert_eq!(Cell::from(runs).field(), format!("'{runs}"), "{runs:?}");
        }
        for plain in ["", "가=나", "A-1", "1-2", "'=1", " 가", "0x", "a@b.kr", "(-1)"] {
            assert_eq!(Cell::from(plain).field(), plain);
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        let won = Won::MAX.negated();
        assert_eq!(Cell::from(won).field(), "-9007199254740991");
        assert_eq!(Cell::from(-5_i64).field(), "-5");
        for (text, shown) in
            [("-33.33", "-33.33"), ("0", "0.00"), ("12.5", "12.50"), ("-0.01", "-0.01"), ("1500.00", "1500.00")]
        {
            assert_eq!(Cell::from(text.parse::<Percent>().unwrap()).field(), shown);
        }
        for wrong in ["", "-", "1.", ".1", "1.234", "+1", "1e3", "99999999999"] {
            assert_eq!(wrong.parse::<Percent>(), Err(NotAPercentage), "{wrong:?}");
        }
    }

    #[test]
    fn a_date_is_as_precise_as_its_source() {
        assert_eq!(Cell::from("2024-H1".parse::<Date>().unwrap()), Cell::Text("2024-H1".into()));
        assert!(matches!(Cell::from("2024-01-31".parse::<Date>().unwrap()), Cell::Day(_)));
        assert_eq!(Cell::from(None::<Won>), Cell::Empty);
    }
}
