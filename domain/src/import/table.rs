//! Tables (표): a header and rows of cells, each fault told with its row.

use super::{
    DUPLICATE_COLUMN, DUPLICATE_ROW, IMPORT_REFUSED, MISSING_COLUMN, NO_ROWS, UNKNOWN_COLUMN, WRONG_CELL_COUNT,
    cells::Cells,
};
use crate::problem::{Code, Fault, INVALID, Refusal, Words};
use std::collections::{BTreeMap, BTreeSet};

/// The columns of a kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Header {
    /// Columns that must be there.
    pub required: &'static [&'static str],
    /// Columns that may be there.
    pub optional: &'static [&'static str],
}

/// One fault of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Line of the file where the row begins; the header is line 1.
    pub row: u64,
    /// The column, if it is about one cell.
    pub column: Option<String>,
    /// The kind of fault.
    pub code: &'static Code,
    /// In words.
    pub words: Words,
}

/// Everything that is wrong with a file, by row: the first thousand faults, and how many there are in all. A file of
/// another kind has a fault in every row; keeping them all would take more memory than the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("{} faults in the file, the first in row {}", .1, .0.first().map_or(0, |f| f.row))]
pub struct RowFaults(pub Vec<RowFault>, pub u64);

/// So many faults are told one by one.
pub const MOST_TOLD: usize = 1000;

impl RowFaults {
    /// Takes note of a fault.
    pub fn push(&mut self, fault: RowFault) {
        self.1 = self.1.saturating_add(1);
        if self.0.len() < MOST_TOLD {
            self.0.push(fault);
        }
    }
    /// True when nothing is wrong.
    pub const fn is_empty(&self) -> bool {
        self.1 == 0
    }
    /// The value, if nothing is wrong with what it was read from.
    pub fn unless_any<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl RowFault {
    /// A fault told by its code's title.
    pub fn new(row: u64, column: Option<&str>, code: &'static Code) -> Self {
        Self { row, column: column.map(ToOwned::to_owned), code, words: code.title.clone() }
    }
    /// A fault with words of its own.
    pub fn told(row: u64, column: Option<&str>, code: &'static Code, words: Words) -> Self {
        Self { row, column: column.map(ToOwned::to_owned), code, words }
    }
}

impl From<RowFaults> for Refusal {
    /// The same as a problem: each fault points to `/rows/{line}/{column}`, and the words tell the full count.
    fn from(found: RowFaults) -> Self {
        let RowFaults(told, all) = found;
        let words = Words::made(
            format!(
                "오류 {all}건 가운데 {}건을 errors에 표시했습니다. 모두 고친 뒤 다시 가져오십시오. 아무것도 저장되지 않았습니다.",
                told.len()
            ),
            format!(
                "{all} faults, {} of them listed in errors. Correct them and import again. Nothing was stored.",
                told.len()
            ),
        );
        let faults = told.into_iter().map(|f| {
            let column = f.column.as_deref().map(pointed).unwrap_or_default();
            Fault::told(format!("/rows/{}{column}", f.row), f.code, f.words)
        });
        Self::told(&IMPORT_REFUSED, words).with(faults.collect())
    }
}

/// A column's name as the last part of a JSON pointer. The name may be anything that stood in the file.
fn pointed(column: &str) -> String {
    let plain: String = column.chars().filter(|c| !c.is_control()).take(60).collect();
    crate::problem::step("", &plain)
}

/// Reads a table: checks its header, hands every row of the right width to `take`, and collects all faults. `take` gives
/// the row's value, or nothing when it has told the row's faults. `key` makes two rows the same.
pub fn table<T, K: Ord>(
    text: &str,
    header: Header,
    take: impl FnMut(&mut Cells<'_>) -> Option<T>,
    key: impl Fn(&T) -> K,
) -> Result<Vec<(u64, T)>, RowFaults> {
    let mut faults = RowFaults::default();
    let rows = scan(text, header, take, key, &mut faults);
    faults.unless_any(rows)
}

fn scan<T, K: Ord>(
    text: &str,
    header: Header,
    mut take: impl FnMut(&mut Cells<'_>) -> Option<T>,
    key: impl Fn(&T) -> K,
    faults: &mut RowFaults,
) -> Vec<(u64, T)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(first)) = records.next() else {
        faults.push(RowFault::new(1, None, &NO_ROWS));
        return Vec::new();
    };
    let columns = columns(&first, header, faults);
    if !faults.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut seen: BTreeMap<K, u64> = BTreeMap::new();
    let mut lines = Lines::of(text);
    for record in records {
        let Ok(record) = record else {
            faults.push(RowFault::new(lines.now, None, &INVALID));
            continue;
        };
        let row = lines.at(record.position().map_or(0, csv::Position::byte));
        if record.len() != first.len() {
            faults.push(RowFault::new(row, None, &WRONG_CELL_COUNT));
            continue;
        }
        let Some(value) = take(&mut Cells::new(row, &columns, &record, faults)) else { continue };
        if let Some(earlier) = seen.get(&key(&value)) {
            let words = Words::made(format!("{earlier}행과 키가 같습니다"), format!("Same key as row {earlier}"));
            faults.push(RowFault::told(row, None, &DUPLICATE_ROW, words));
            continue;
        }
        seen.insert(key(&value), row);
        rows.push((row, value));
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(RowFault::new(1, None, &NO_ROWS));
    }
    rows
}

/// Where each column stands, after checking that the header is complete and has nothing unknown or double.
fn columns(first: &csv::StringRecord, header: Header, faults: &mut RowFaults) -> BTreeMap<String, usize> {
    let known: BTreeSet<&str> = header.required.iter().chain(header.optional).copied().collect();
    let mut columns = BTreeMap::new();
    for (at, name) in first.iter().enumerate() {
        if !known.contains(name) {
            faults.push(RowFault::new(1, Some(name), &UNKNOWN_COLUMN));
        } else if columns.insert(name.to_owned(), at).is_some() {
            faults.push(RowFault::new(1, Some(name), &DUPLICATE_COLUMN));
        }
    }
    for name in header.required.iter().filter(|name| !columns.contains_key(**name)) {
        faults.push(RowFault::new(1, Some(name), &MISSING_COLUMN));
    }
    columns
}

/// Counts lines up to where a record begins; blank lines before it are the reader's to skip and ours to count.
#[derive(Debug)]
pub struct Lines<'a> {
    bytes: &'a [u8],
    from: usize,
    now: u64,
}

impl<'a> Lines<'a> {
    /// Begins at the first line.
    pub const fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), from: 0, now: 1 }
    }
    /// The line on which the record at this byte begins.
    pub fn at(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(self.from);
        let after = self.bytes.get(start..).unwrap_or_default();
        let blank = after.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let to = start.saturating_add(blank);
        let passed = self.bytes.get(self.from..to).unwrap_or_default();
        let lines = passed.split(|b| *b == b'\n').count().saturating_sub(1);
        self.now = self.now.saturating_add(u64::try_from(lines).unwrap_or(0));
        self.from = to;
        self.now
    }
}
