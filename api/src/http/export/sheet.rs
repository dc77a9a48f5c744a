//! One worksheet (시트): strings as strings, won as whole numbers, days as days.

use super::{
    Book, Cell, ColumnKind, EXPORT_NUMBER_TOO_LARGE, EXPORT_TEXT_TOO_LONG, Labels, Page, Table, Unwritten, name,
};
use domain::{
    day::{Day, Instant},
    problem::{Refusal, Words},
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{Seek, Write};

/// The longest text of a cell, in UTF-16 units as Excel counts.
const LONGEST: usize = 32_767;
/// The largest whole number that a cell holds exactly: 2^53.
const EXACT: u64 = 9_007_199_254_740_992;

/// A workbook with one worksheet whose written rows no longer occupy memory.
pub(super) struct Sheet {
    book: Workbook,
    next: u32,
}

impl Sheet {
    /// With its header row, which stays in view.
    pub(super) fn begun(table: &Table) -> Result<Self, Unwritten> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::parse_from_str(&table.on.to_string()).map_err(Unwritten::broken)?;
        book.set_properties(&DocProperties::new().set_title(&*table.title.ko).set_creation_datetime(&made));
        header(&mut book, table).map_err(Unwritten::broken)?;
        Ok(Self { book, next: 1 })
    }
    /// Appends a row, and refuses one that Excel would change.
    pub(super) fn row(&mut self, table: &Table, row: &[Cell]) -> Result<(), Unwritten> {
        let at = self.next;
        self.next = at.saturating_add(1);
        let sheet = self.book.worksheet_from_index(0).map_err(Unwritten::broken)?;
        for ((column, cell), to) in table.columns().zip(row).zip(0_u16..) {
            fits(cell, (column.ko, column.en), at).map_err(Unwritten::Refused)?;
            put(sheet, at, to, cell).map_err(Unwritten::broken)?;
        }
        Ok(())
    }
    /// Writes the workbook out.
    pub(super) fn save(mut self, out: impl Write + Seek + Send) -> Result<(), Unwritten> {
        self.book.save_to_writer(out).map_err(Unwritten::broken)
    }
}

/// A workbook of several worksheets, written one after the other.
pub(super) struct Sheets {
    book: Workbook,
    names: Vec<String>,
}

impl Sheets {
    /// With nothing in it yet.
    pub(super) fn begun(book: &Book) -> Result<Self, Unwritten> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::parse_from_str(&book.on.to_string()).map_err(Unwritten::broken)?;
        workbook.set_properties(&DocProperties::new().set_title(&*book.title.ko).set_creation_datetime(&made));
        Ok(Self { book: workbook, names: Vec::new() })
    }
    /// Appends a worksheet: what all rows have in common, the header row, which stays in view, the rows, the lines below.
    pub(super) fn page(&mut self, page: Page, labels: Labels) -> Result<(), Unwritten> {
        let name = name::further(&page.name, &self.names);
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(Unwritten::broken)?;
        sheet.set_name(&name).map_err(Unwritten::broken)?;
        self.names.push(name);
        for (column, at) in page.columns.iter().zip(0_u16..) {
            let (width, shown) = looks(column.kind);
            let shown = Format::new().set_num_format(shown);
            sheet.set_column_width(at, width).map_err(Unwritten::broken)?;
            sheet.set_column_format(at, &shown).map_err(Unwritten::broken)?;
        }
        let bold = Format::new().set_bold();
        let mut next = 0_u32;
        for (heading, cell) in page.head {
            let label = heading.label(labels);
            sheet.write_string_with_format(next, 0, label, &bold).map_err(Unwritten::broken)?;
            alone(sheet, (next, 1), &cell)?;
            next = next.saturating_add(1);
        }
        for (column, at) in page.columns.iter().zip(0_u16..) {
            sheet.write_string_with_format(next, at, column.label(labels), &bold).map_err(Unwritten::broken)?;
        }
        next = next.saturating_add(1);
        sheet.set_freeze_panes(next, 0).map_err(Unwritten::broken)?;
        for row in page.rows {
            if page.columns.len() != row.len() {
                return Err(Unwritten::broken("a row does not match its columns"));
            }
            for ((column, cell), at) in page.columns.iter().zip(&row).zip(0_u16..) {
                if !column.kind.admits(cell) {
                    return Err(Unwritten::broken(format!("a cell of column {} is not of its kind", column.key)));
                }
                fits(cell, (&column.ko, &column.en), next).map_err(Unwritten::Refused)?;
                put(sheet, next, at, cell).map_err(Unwritten::broken)?;
            }
            next = next.saturating_add(1);
            if u64::from(next) > super::SHEET_ROWS {
                return Err(Unwritten::Refused(super::too_many(next.into())));
            }
        }
        for line in page.foot {
            for (cell, at) in line.iter().zip(0_u16..) {
                alone(sheet, (next, at), cell)?;
            }
            next = next.saturating_add(1);
        }
        Ok(())
    }
    /// Writes the workbook out.
    pub(super) fn save(mut self, out: impl Write + Seek + Send) -> Result<(), Unwritten> {
        self.book.save_to_writer(out).map_err(Unwritten::broken)
    }
}

fn header(book: &mut Workbook, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let name = name::sheet(table);
    if !name.is_empty() {
        sheet.set_name(name)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (column, at) in table.columns().zip(0_u16..) {
        let (width, shown) = looks(column.kind);
        sheet.set_column_width(at, width)?;
        sheet.set_column_format(at, &Format::new().set_num_format(shown))?;
        let zone = if column.kind == ColumnKind::Instant && table.labels != Labels::Keys { " (KST)" } else { "" };
        sheet.write_string_with_format(0, at, format!("{}{zone}", table.label(column)), &bold)?;
    }
    Ok(())
}

/// A column's width in characters and its number format. Text is marked as such (`@`), so that opening and leaving a
/// cell does not turn `=1+1` into a formula or `0012` into a number.
const fn looks(kind: ColumnKind) -> (f64, &'static str) {
    match kind {
        ColumnKind::Text => (24.0, "@"),
        ColumnKind::Won => (20.0, "#,##0"),
        ColumnKind::Integer => (10.0, "0"),
        ColumnKind::Decimal => (10.0, "0.00##"),
        ColumnKind::Percent => (10.0, "0.00%"),
        ColumnKind::Day => (12.0, "yyyy-mm-dd"),
        ColumnKind::Instant => (20.0, "yyyy-mm-dd hh:mm:ss"),
    }
}

fn fits(cell: &Cell, (ko, en): (&str, &str), row: u32) -> Result<(), Refusal> {
    let code = match cell {
        Cell::Text(text) if text.len() > LONGEST && text.encode_utf16().count() > LONGEST => &EXPORT_TEXT_TOO_LONG,
        Cell::Integer(number) if number.unsigned_abs() > EXACT => &EXPORT_NUMBER_TOO_LARGE,
        _ => return Ok(()),
    };
    let detail = Words::made(
        format!("{row}번째 행의 {ko} 열입니다. {}", code.remedy.ko),
        format!("It is in row {row}, column {en}. {}", code.remedy.en),
    );
    Err(Refusal::told(code, detail))
}

/// The column's format shows the value. `write_string` never makes a formula or a link of a text.
fn put(sheet: &mut Worksheet, row: u32, at: u16, cell: &Cell) -> Result<(), XlsxError> {
    let struck = || Format::new().set_font_strikethrough().set_num_format(looks(ColumnKind::Decimal).1);
    let own = matches!(cell, Cell::Struck(_)).then(struck);
    put_as(sheet, (row, at), cell, own.as_ref())
}

/// The same in a format of its own, if there is one.
fn put_as(sheet: &mut Worksheet, (row, at): (u32, u16), cell: &Cell, format: Option<&Format>) -> Result<(), XlsxError> {
    let number = match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(_) => None,
        Cell::Integer(number) => Some(exact(*number)),
        Cell::Won(won) => Some(exact(won.get())),
        Cell::Percent(percent) => Some(percent.fraction()),
        Cell::Decimal(text) | Cell::Struck(text) => short(text),
        Cell::Day(day) => serial(*day),
        Cell::Instant(instant) => moment(*instant),
    };
    let text = match cell {
        Cell::Text(text) => text.as_str().into(),
        other => other.field(),
    };
    match (number, format) {
        (Some(number), None) => sheet.write_number(row, at, number),
        (Some(number), Some(format)) => sheet.write_number_with_format(row, at, number, format),
        (None, None) => sheet.write_string(row, at, text),
        (None, Some(format)) => sheet.write_string_with_format(row, at, text, format),
    }
    .map(drop)
}

/// A cell outside the table, which shows itself whatever its column holds.
fn alone(sheet: &mut Worksheet, (row, at): (u32, u16), cell: &Cell) -> Result<(), Unwritten> {
    fits(cell, ("", ""), row).map_err(Unwritten::Refused)?;
    let kind = match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(_) => ColumnKind::Text,
        Cell::Integer(_) => ColumnKind::Integer,
        Cell::Won(_) => ColumnKind::Won,
        Cell::Percent(_) => ColumnKind::Percent,
        Cell::Decimal(_) | Cell::Struck(_) => ColumnKind::Decimal,
        Cell::Day(_) => ColumnKind::Day,
        Cell::Instant(_) => ColumnKind::Instant,
    };
    let shown = Format::new().set_num_format(looks(kind).1).set_align(rust_xlsxwriter::FormatAlign::Left);
    put_as(sheet, (row, at), cell, Some(&shown)).map_err(Unwritten::broken)
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "won and checked integers stay within 2^53")]
const fn exact(number: i64) -> f64 {
    number as f64
}

/// A decimal of at most fifteen digits, which a workbook's number gives back exactly as it is written.
fn short(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse().ok().filter(|_| digits <= 15)
}

/// The day's number in Excel's calendar, where 1900-01-01 is 1 and a 29 February 1900 exists.
fn serial(day: Day) -> Option<f64> {
    let since = day.days_since(Day::new(1900, 1, 1).ok()?);
    let counted = if since < 59 { since.checked_add(1) } else { since.checked_add(2) }?;
    (counted > 0).then(|| exact(counted))
}

/// Date and time of Korea; the fraction keeps the microseconds.
fn moment(at: Instant) -> Option<f64> {
    let within = at.micros().checked_sub(at.day().starts_at().micros())?;
    Some(serial(at.day())? + exact(within) / 86_400_000_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_numbers_that_excel_gives_them() {
        let number = |text: &str| serial(text.parse().unwrap());
        assert_eq!(number("1900-01-01"), Some(1.0));
        assert_eq!(number("1900-02-28"), Some(59.0));
        assert_eq!(number("1900-03-01"), Some(61.0));
        assert_eq!(number("2000-01-01"), Some(36_526.0));
        assert_eq!(number("2199-12-31"), Some(109_574.0));
        let at = "2025-12-31T18:00:00Z".parse::<Instant>().unwrap();
        assert_eq!(moment(at), Some(46_023.125), "three in the morning of New Year's Day in Korea");
    }
}
