//! What an exported list is called and which columns it has (표 머리).

use super::{super::Language, Cell, Unwritten};
use domain::{
    day::Day,
    problem::{DUPLICATE, Fault, NOT_IN_LIST, REQUIRED, Refusal, Words},
};

/// One column of an exportable list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name of the same field in the API's JSON.
    pub key: &'static str,
    /// Korean label.
    pub ko: &'static str,
    /// English label.
    pub en: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
}

/// What the cells of a column hold, besides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, codes, ids.
    Text,
    /// Whole won.
    Won,
    /// A day, or as text a month or half-year.
    Day,
    /// A moment.
    Instant,
    /// A percentage.
    Percent,
    /// A count or a year.
    Integer,
    /// A number with up to four places; or words in its stead, such as why there is none.
    Decimal,
}

impl ColumnKind {
    pub(super) const fn admits(self, cell: &Cell) -> bool {
        matches!(
            (self, cell),
            (_, Cell::Empty)
                | (Self::Text | Self::Day | Self::Decimal, Cell::Text(_))
                | (Self::Decimal, Cell::Decimal(_) | Cell::Struck(_))
                | (Self::Won, Cell::Won(_))
                | (Self::Day, Cell::Day(_))
                | (Self::Instant, Cell::Instant(_))
                | (Self::Percent, Cell::Percent(_))
                | (Self::Integer, Cell::Integer(_))
        )
    }
}

/// What stands in the header row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// Korean labels.
    Korean,
    /// English labels.
    English,
    /// The keys of the API's JSON, for programs.
    Keys,
}

impl From<Language> for Labels {
    fn from(language: Language) -> Self {
        match language {
            Language::Korean => Self::Korean,
            Language::English => Self::English,
        }
    }
}

/// A list to be exported: its title, its columns, and how they are headed.
#[derive(Debug, Clone)]
pub struct Table {
    pub(super) title: Words,
    pub(super) on: Day,
    pub(super) labels: Labels,
    columns: &'static [Column],
    picked: Vec<usize>,
}

impl Table {
    /// All columns under Korean labels. Title and day name the file and the worksheet.
    #[must_use]
    pub fn new(title: Words, on: Day, columns: &'static [Column]) -> Self {
        Self { title, on, labels: Labels::Korean, columns, picked: (0..columns.len()).collect() }
    }
    /// The same under other labels.
    #[must_use]
    pub fn labelled(self, labels: Labels) -> Self {
        Self { labels, ..self }
    }
    /// Only the columns of these keys, in this order. Unknown and repeated keys are refused with a fault each, and so
    /// is an empty list, all at `?columns`.
    pub fn only<'a>(self, keys: impl IntoIterator<Item = &'a str>) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let mut picked = Vec::new();
        for key in keys {
            match self.columns.iter().position(|column| column.key == key) {
                Some(at) if picked.contains(&at) => faults.push(Fault::new("?columns", &DUPLICATE)),
                Some(at) => picked.push(at),
                None => faults.push(unknown(key, self.columns)),
            }
        }
        if picked.is_empty() && faults.is_empty() {
            faults.push(Fault::new("?columns", &REQUIRED));
        }
        Refusal::unless_clean(faults)?;
        Ok(Self { picked, ..self })
    }

    /// The columns to write, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.picked.iter().filter_map(|at| self.columns.get(*at))
    }
    /// A column's words in the header row.
    pub(super) const fn label(&self, column: &Column) -> &'static str {
        match self.labels {
            Labels::Korean => column.ko,
            Labels::English => column.en,
            Labels::Keys => column.key,
        }
    }
    /// The cells to write of a row of all columns. A row that does not match its columns is our own mistake.
    pub(super) fn picked(&self, row: Vec<Cell>) -> Result<Vec<Cell>, Unwritten> {
        if row.len() != self.columns.len() {
            return Err(Unwritten::broken(format!("a row of {} cells for {} columns", row.len(), self.columns.len())));
        }
        if let Some((column, _)) = self.columns.iter().zip(&row).find(|(column, cell)| !column.kind.admits(cell)) {
            return Err(Unwritten::broken(format!("a cell of column {} is not of its kind", column.key)));
        }
        if self.picked.iter().copied().eq(0..row.len()) {
            return Ok(row);
        }
        Ok(self.picked.iter().filter_map(|at| row.get(*at).cloned()).collect())
    }
}

fn unknown(key: &str, columns: &[Column]) -> Fault {
    let shown: String = key.chars().take(40).collect();
    let keys = columns.iter().map(|column| column.key).collect::<Vec<_>>().join(", ");
    let detail = Words::made(
        format!("{shown} 열은 없습니다. 있는 열: {keys}"),
        format!("There is no column {shown}. The columns are: {keys}"),
    );
    Fault::told("?columns", &NOT_IN_LIST, detail)
}
