//! What a downloaded file and its worksheet are called (파일 이름).

use super::{Labels, Table};
use actix_web::http::header::{Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};

/// `attachment` with a plain ASCII name for old programs, and the Korean name in UTF-8 (RFC 6266, RFC 8187).
pub(super) fn disposition(table: &Table, extension: &str) -> ContentDisposition {
    let plain: String =
        table.title.en.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let mut parameters = vec![DispositionParam::Filename(format!("{plain}_{}.{extension}", table.on))];
    if table.labels == Labels::Korean {
        let name = format!("{}_{}.{extension}", cleaned(&table.title.ko, 100), table.on);
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".into()),
            language_tag: None,
            value: name.into_bytes(),
        }));
    }
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

/// The worksheet's name: at most 31 characters, none that Excel forbids.
pub(super) fn sheet(table: &Table) -> String {
    let title = if table.labels == Labels::Korean { &table.title.ko } else { &table.title.en };
    cleaned(title, 31)
}

/// Without the characters that file systems and Excel forbid, nor those that turn the direction of writing.
pub(super) fn cleaned(name: &str, most: usize) -> String {
    let forbidden = |c: char| {
        c.is_control()
            || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '[' | ']' | '\'')
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = name.chars().map(|c| if forbidden(c) { '_' } else { c }).take(most).collect();
    clean.trim_matches(['.', ' ']).to_owned()
}

/// The name of a further worksheet: Excel takes each name once, in whatever case, and none that is empty.
pub(super) fn further(name: &str, taken: &[String]) -> String {
    let plain = match cleaned(name, 31) {
        empty if empty.is_empty() => "Sheet".to_owned(),
        plain => plain,
    };
    let is_free = |name: &String| taken.iter().all(|other| other.to_lowercase() != name.to_lowercase());
    if is_free(&plain) {
        return plain;
    }
    let numbered = |n: usize| format!("{} ({n})", cleaned(&plain, 24));
    (2..=taken.len().saturating_add(2)).map(numbered).find(is_free).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{day::Day, problem::Words};

    #[test]
    fn korean_names_travel_in_utf8_beside_a_plain_one() {
        let day = Day::new(2026, 11, 22).unwrap();
        let table = Table::new(Words::fixed("과제 \"목록\"", "AX projects"), day, &[]);
        assert_eq!(
            disposition(&table, "csv").to_string(),
            "attachment; filename=\"AX_projects_2026-11-22.csv\"; \
             filename*=UTF-8''%EA%B3%BC%EC%A0%9C%20_%EB%AA%A9%EB%A1%9D__2026%2D11%2D22.csv"
        );
        let english = table.labelled(Labels::English);
        assert_eq!(disposition(&english, "xlsx").to_string(), "attachment; filename=\"AX_projects_2026-11-22.xlsx\"");
    }

    #[test]
    fn no_two_sheets_are_called_the_same() {
        let mut taken: Vec<String> = Vec::new();
        for name in ["트랙", "트랙", "트랙 (2)", "Local", "LOCAL", "", "...", &"가".repeat(60), &"가".repeat(61)]
        {
            taken.push(further(name, &taken));
        }
        let (long, cut) = ("가".repeat(31), format!("{} (2)", "가".repeat(24)));
        let expected =
            ["트랙", "트랙 (2)", "트랙 (2) (2)", "Local", "LOCAL (2)", "Sheet", "Sheet (2)", long.as_str(), &cut];
        assert_eq!(taken, expected);
    }

    #[test]
    fn a_sheet_name_is_one_that_excel_takes() {
        let day = Day::new(2026, 11, 22).unwrap();
        let table = Table::new(Words::made(format!("[a]:*?/\\'{}", "가".repeat(60)), "x"), day, &[]);
        assert_eq!(sheet(&table), format!("_a_______{}", "가".repeat(31 - 9)));
    }
}
