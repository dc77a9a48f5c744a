//! Cells and the levels at which they are kept (집계 칸).

use serde::{Deserialize, Serialize};

/// One way to group the portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// 기관: the body whose budget line or share it is.
    Body,
    /// 단계: how far the project has come.
    Phase,
    /// 분야: the project's main field.
    Field,
    /// 지역: the project's main region.
    Region,
    /// 사업: the project's programme.
    Programme,
    /// 연도: of a budget line its fiscal year, of a project the year in which it is planned to begin.
    Year,
}

impl Dimension {
    /// Every dimension, in the order of the columns.
    pub const ALL: [Self; 6] = [Self::Body, Self::Phase, Self::Field, Self::Region, Self::Programme, Self::Year];
    /// Its column and query name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Phase => "phase",
            Self::Field => "field",
            Self::Region => "region",
            Self::Programme => "programme",
            Self::Year => "year",
        }
    }
}

/// Where a cell lies. An empty text or year 0 means none (no project, nationwide, no programme, no year).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Dims {
    /// The body's key.
    pub body: String,
    /// The phase.
    pub phase: String,
    /// The main field's code.
    pub field: String,
    /// The main region's code.
    pub region: String,
    /// The programme's key.
    pub programme: String,
    /// The year.
    pub year: i32,
}

/// A set of dimensions at which sums are kept. Coarse levels have few cells and answer most questions; the finest has
/// all dimensions and answers every one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// Its number in the table.
    pub number: i16,
    /// What it keeps apart.
    pub keeps: &'static [Dimension],
}

/// The levels, coarsest first.
pub const LEVELS: [Level; 4] = [
    Level { number: 1, keeps: &[Dimension::Body, Dimension::Phase, Dimension::Year] },
    Level { number: 2, keeps: &[Dimension::Programme, Dimension::Phase, Dimension::Year] },
    Level { number: 3, keeps: &[Dimension::Field, Dimension::Region, Dimension::Year] },
    Level { number: 0, keeps: &Dimension::ALL },
];

impl Level {
    /// The coarsest level that keeps all these dimensions apart.
    pub fn covering(wanted: &[Dimension]) -> Self {
        let [.., finest] = LEVELS;
        LEVELS.into_iter().find(|level| wanted.iter().all(|d| level.keeps.contains(d))).unwrap_or(finest)
    }
    /// The cell of this level into which a cell falls.
    #[must_use]
    pub fn cell(self, of: &Dims) -> Dims {
        let text = |dimension: Dimension, value: &String| {
            if self.keeps.contains(&dimension) { value.clone() } else { String::new() }
        };
        Dims {
            body: text(Dimension::Body, &of.body),
            phase: text(Dimension::Phase, &of.phase),
            field: text(Dimension::Field, &of.field),
            region: text(Dimension::Region, &of.region),
            programme: text(Dimension::Programme, &of.programme),
            year: if self.keeps.contains(&Dimension::Year) { of.year } else { 0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coarsest_level_that_fits_is_taken() {
        assert_eq!(Level::covering(&[Dimension::Body, Dimension::Phase]).number, 1);
        assert_eq!(Level::covering(&[Dimension::Year, Dimension::Region]).number, 3);
        assert_eq!(Level::covering(&[Dimension::Body, Dimension::Field]).number, 0);
        assert_eq!(Level::covering(&[]).number, 1);
    }
}
