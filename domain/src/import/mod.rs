//! Reference files (기준자료 가져오기): tables read row by row, every fault reported with its row and column, nothing guessed.
//!
//! Pure: bytes are decoded by [`decode`], the table is checked here; writing all or nothing is the caller's.

mod cells;
pub mod decode;
mod difference;
mod report;
mod table;

pub use cells::{Cell, Cells, Misfit};
pub use difference::{Difference, difference};
pub use report::{ImportId, Outcome, Report};
pub(crate) use table::Lines;
pub use table::{Header, MOST_TOLD, RowFault, RowFaults, table};

use crate::{
    code_list, codes,
    fiscal::{self, Basis, FiscalIndicator, Series},
    region::{self, Region, RegionCode},
    text::Line,
};
use std::collections::BTreeSet;

code_list! {
    /// What a file brings.
    #[schema(as = ImportKind)]
    pub enum Kind {
        /// Lower-level regions with their validity, lineage and designations.
        Municipalities = "municipalities" / "시군구",
        /// 재정자립도 and 재정자주도 with their parts.
        FiscalIndicators = "fiscal_indicators" / "재정지표",
    }
}

/// What a file does not say about itself. Nothing here has a default.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the file comes from; kept with every row.
    pub source: Line<500>,
    /// Regions known already: codes of the file must be among them or in the file itself.
    pub known_regions: BTreeSet<RegionCode>,
    /// Original or final budget, for a file of fiscal indicators without the column `basis`.
    pub basis: Option<Basis>,
    /// Before or after the reform of 2014, for a file of fiscal indicators without the column `series`.
    pub series: Option<Series>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Lower-level regions.
    Municipalities(Vec<Region>),
    /// Fiscal indicators.
    FiscalIndicators(Vec<FiscalIndicator>),
}

impl Rows {
    /// How many.
    pub const fn len(&self) -> usize {
        match self {
            Self::Municipalities(rows) => rows.len(),
            Self::FiscalIndicators(rows) => rows.len(),
        }
    }
    /// True when nothing was read; a file without rows is refused, so never after [`read`].
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Reads a whole file of a kind, or tells everything that is wrong with it.
pub fn read(kind: Kind, text: &str, options: &Options) -> Result<Rows, RowFaults> {
    match kind {
        Kind::Municipalities => region::municipalities(text, options).map(Rows::Municipalities),
        Kind::FiscalIndicators => fiscal::indicators(text, options).map(Rows::FiscalIndicators),
    }
}

codes! {
    IMPORT_REFUSED = "import_refused", 422, ["파일을 가져올 수 없습니다", "The file cannot be imported"],
        ["errors에 표시된 행을 모두 고친 뒤 다시 가져오십시오. 아무것도 저장되지 않았습니다.",
         "Correct every row listed in errors and import again. Nothing was stored."];
    WRONG_ENCODING = "wrong_encoding", 422, ["문자 인코딩을 읽을 수 없습니다", "The text encoding cannot be read"],
        ["UTF-8 또는 CP949로 저장한 CSV를 쓰십시오.", "Save the CSV as UTF-8 or CP949."];
    MISSING_COLUMN = "missing_column", 422, ["필요한 열이 없습니다", "A column is missing"],
        ["첫 행에 모든 열 이름을 넣으십시오.", "Give every column in the first row."];
    UNKNOWN_COLUMN = "unknown_column", 422, ["알 수 없는 열입니다", "The column is not known"],
        ["열 이름을 확인하거나 빼십시오.", "Check the column's name or leave it out."];
    DUPLICATE_COLUMN = "duplicate_column", 422, ["같은 열이 두 번 있습니다", "The column appears twice"],
        ["하나만 남기십시오.", "Keep one."];
    WRONG_CELL_COUNT = "wrong_cell_count", 422, ["열의 수가 첫 행과 다릅니다", "The row has more or fewer cells than the header"],
        ["쉼표가 들어간 값은 따옴표로 묶으십시오.", "Quote values that contain a comma."];
    NO_ROWS = "no_rows", 422, ["자료 행이 없습니다", "There is no row of data"],
        ["첫 행 아래에 자료를 넣으십시오.", "Give data below the first row."];
    DUPLICATE_ROW = "duplicate_row", 422, ["같은 키의 행이 두 번 있습니다", "Two rows have the same key"],
        ["하나만 남기십시오.", "Keep one."];
}

#[cfg(test)]
mod tests;
