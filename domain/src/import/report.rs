//! What an import did (가져오기 결과), counted.

use super::Kind;
use crate::{code_list, id::Id, project::Sha256, text::Line};
use serde::{Deserialize, Serialize};

code_list! {
    /// Whether the rows were kept.
    #[schema(as = ImportOutcome)]
    pub enum Outcome {
        /// All rows are kept.
        Stored = "stored" / "저장",
        /// Nothing was kept; the counts say what would be.
        DryRun = "dry_run" / "시험 실행",
    }
}

/// An import's id.
pub type ImportId = Id<Report>;

/// What an import did or, on a dry run, would do. Rows are counted without the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The import, as the audit trail names it; absent on a dry run.
    pub id: Option<ImportId>,
    /// What the file brought.
    pub kind: Kind,
    /// Whether it was kept.
    pub outcome: Outcome,
    /// Digest of the file as it was sent.
    pub file_sha256: Sha256,
    /// Where the file comes from, as stated.
    pub source: Line<500>,
    /// Rows read.
    #[schema(minimum = 1, maximum = 5_242_880)]
    pub rows_read: u64,
    /// Rows with a key that was not known.
    #[schema(minimum = 0, maximum = 5_242_880)]
    pub rows_new: u64,
    /// Rows that replace another of the same key.
    #[schema(minimum = 0, maximum = 5_242_880)]
    pub rows_changed: u64,
    /// Rows that say what was known.
    #[schema(minimum = 0, maximum = 5_242_880)]
    pub rows_unchanged: u64,
    /// Local governments entered in the register of bodies, for municipalities.
    #[schema(minimum = 0, maximum = 5_242_880)]
    pub bodies_new: u64,
    /// Local governments whose facts, end or lineage follow the file now.
    #[schema(minimum = 0, maximum = 5_242_880)]
    pub bodies_changed: u64,
}
