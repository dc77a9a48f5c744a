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

/// Everything that is wrong with a file, by row. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} faults in the file, the first in row {}", .0.len(), .0.first().map_or(0, |f| f.row))]
pub struct RowFaults(pub Vec<RowFault>);

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
    /// The same as a problem: each fault points to `/rows/{line}/{column}`.
    fn from(found: RowFaults) -> Self {
        let faults = found.0.into_iter().map(|f| {
            let column = f.column.map(|c| format!("/{c}")).unwrap_or_default();
            Fault::told(format!("/rows/{}{column}", f.row), f.code, f.words)
        });
        Self::new(&IMPORT_REFUSED).with(faults.collect())
    }
}

/// Reads a table: checks its header, hands every row of the right width to `take`, and collects all faults. `take` gives
/// the row's value, or nothing when it has told the row's faults. `key` makes two rows the same.
pub fn table<T, K: Ord>(
    text: &str,
    header: Header,
    take: impl FnMut(&mut Cells<'_>) -> Option<T>,
    key: impl Fn(&T) -> K,
) -> Result<Vec<(u64, T)>, RowFaults> {
    let mut faults = Vec::new();
    let rows = scan(text, header, take, key, &mut faults);
    if faults.is_empty() { Ok(rows) } else { Err(RowFaults(faults)) }
}

fn scan<T, K: Ord>(
    text: &str,
    header: Header,
    mut take: impl FnMut(&mut Cells<'_>) -> Option<T>,
    key: impl Fn(&T) -> K,
    faults: &mut Vec<RowFault>,
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
fn columns(first: &csv::StringRecord, header: Header, faults: &mut Vec<RowFault>) -> BTreeMap<String, usize> {
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
