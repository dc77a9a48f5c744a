//! Cells (칸): one value of a row, read into its type or told as a fault.

use super::table::{RowFault, RowFaults};
use crate::{
    body::Digits,
    day::{Date, Day, FiscalYear},
    list::NotInList,
    problem::{Code, NOT_IN_LIST, OUT_OF_RANGE, REQUIRED, WRONG_FORM, WRONG_LENGTH, Words},
    rate::Share,
    region::RegionCode,
    text::{Key, Line, Prose},
};
use std::{collections::BTreeMap, fmt::Display, str::FromStr};

/// Why a cell does not hold what its column asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The kind of fault.
    pub code: &'static Code,
    /// What is expected, in plain English; shown beside the value.
    pub expected: String,
}

impl Misfit {
    /// A misfit of a kind, with what was expected.
    pub fn new(code: &'static Code, expected: impl Display) -> Self {
        Self { code, expected: expected.to_string() }
    }
}

/// A value that a cell can hold.
pub trait Cell: Sized {
    /// Reads the text of a cell that is not empty.
    fn read(text: &str) -> Result<Self, Misfit>;
}

/// Cells that are read by their `FromStr`, with the code of what goes wrong.
macro_rules! cells {
    ($($({$($generic:tt)+})? $kind:ty => $code:ident),+ $(,)?) => {$(
        impl$(<$($generic)+>)? Cell for $kind {
            fn read(text: &str) -> Result<Self, Misfit> {
                text.parse().map_err(|error| Misfit::new(&$code, error))
            }
        }
    )+};
}
cells! {
    {const MAX: usize} Line<MAX> => WRONG_LENGTH,
    {const MAX: usize} Prose<MAX> => WRONG_LENGTH,
    {const N: usize} Digits<N> => WRONG_FORM,
    {K} Key<K> => WRONG_FORM,
    Day => WRONG_FORM,
    Date => WRONG_FORM,
    Share => OUT_OF_RANGE,
    RegionCode => WRONG_FORM,
}

impl Cell for FiscalYear {
    fn read(text: &str) -> Result<Self, Misfit> {
        let plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let year = text.parse().ok().filter(|_| plain).and_then(|year| Self::new(year).ok());
        year.ok_or_else(|| Misfit::new(&OUT_OF_RANGE, crate::day::NotAYear))
    }
}

/// One row of a table. Reading a cell that does not fit tells its fault and gives nothing, so that all faults of a row
/// are found before it is given up.
#[derive(Debug)]
pub struct Cells<'a> {
    row: u64,
    columns: &'a BTreeMap<String, usize>,
    record: &'a csv::StringRecord,
    faults: &'a mut RowFaults,
}

impl<'a> Cells<'a> {
    pub(super) const fn new(
        row: u64,
        columns: &'a BTreeMap<String, usize>,
        record: &'a csv::StringRecord,
        faults: &'a mut RowFaults,
    ) -> Self {
        Self { row, columns, record, faults }
    }
    /// The row's line in the file.
    pub const fn row(&self) -> u64 {
        self.row
    }
    /// The text of a cell, unless the cell is empty or the column absent.
    pub fn text(&self, column: &str) -> Option<&'a str> {
        self.columns.get(column).and_then(|at| self.record.get(*at)).filter(|text| !text.is_empty())
    }
    /// Tells a fault of this row.
    pub fn fault(&mut self, column: &str, code: &'static Code, words: Words) {
        self.faults.push(RowFault::told(self.row, Some(column), code, words));
    }
    /// A value that must be there.
    pub fn must<T: Cell>(&mut self, column: &str) -> Option<T> {
        self.must_by(column, T::read)
    }
    /// A value that may be absent: an empty cell means that it is not known.
    pub fn may<T: Cell>(&mut self, column: &str) -> Option<Option<T>> {
        match self.text(column) {
            None => Some(None),
            Some(text) => self.fitted(column, text, T::read).map(Some),
        }
    }
    /// Values separated by semicolons; an empty cell has none.
    pub fn many<T: Cell>(&mut self, column: &str) -> Option<Vec<T>> {
        let Some(text) = self.text(column) else { return Some(Vec::new()) };
        let read: Vec<Option<T>> = text.split(';').map(|part| self.fitted(column, part, T::read)).collect();
        read.into_iter().collect()
    }
    /// A code of a list.
    pub fn code<T: FromStr<Err = NotInList>>(&mut self, column: &str) -> Option<T> {
        self.must_by(column, |text| text.parse().map_err(|error| Misfit::new(&NOT_IN_LIST, error)))
    }
    /// A code of a list that may be absent.
    pub fn maybe_code<T: FromStr<Err = NotInList>>(&mut self, column: &str) -> Option<Option<T>> {
        if self.text(column).is_none() { Some(None) } else { self.code(column).map(Some) }
    }
    /// A value that must be there, read in a way of its own.
    pub fn must_by<T>(&mut self, column: &str, read: impl FnOnce(&str) -> Result<T, Misfit>) -> Option<T> {
        if let Some(text) = self.text(column) {
            return self.fitted(column, text, read);
        }
        self.fault(column, &REQUIRED, REQUIRED.title.clone());
        None
    }
    fn fitted<T>(&mut self, column: &str, text: &str, read: impl FnOnce(&str) -> Result<T, Misfit>) -> Option<T> {
        match read(text) {
            Ok(value) => Some(value),
            Err(misfit) => {
                let shown: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
                let words = Words::made(
                    format!("{}: \"{shown}\"", misfit.code.title.ko),
                    format!("\"{shown}\" is {}", misfit.expected),
                );
                self.fault(column, misfit.code, words);
                None
            }
        }
    }
}
