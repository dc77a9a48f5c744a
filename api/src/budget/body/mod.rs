//! Wire shapes of budgets (예산 입출력).

mod list;
mod patch;

pub use list::{ListBudgetLines, ListEntries};
pub use patch::LinePatch;

use crate::http::{FaultBody, Language};
use domain::{
    account::ActorId,
    budget::{
        Balances, BudgetLine, CommitmentBalance, Entry, EntryId, Opened, Paired, Preflight, Recorded, Reference, Stamp,
        Standing,
    },
    day::{Day, Instant},
    problem::Fault,
    text::Prose,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The standing that a line shall have, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetLineMove, example = json!({ "to": "active", "reason": "국회 의결" }))]
pub struct StandLine {
    /// Where to.
    pub to: Standing,
    /// Why.
    pub reason: Prose<1000>,
}

/// What was recorded on a line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetRecord)]
pub struct Record {
    /// The line with its new balances.
    pub line: BudgetLine,
    /// The new entries, in their order.
    #[schema(max_items = 10)]
    pub entries: Vec<Entry>,
    /// What should be looked at though it was recorded.
    #[schema(max_items = 100)]
    pub warnings: Vec<FaultBody>,
}

/// What was recorded on a line and on the one that takes part.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetPairRecord)]
pub struct PairRecord {
    /// On the line that was asked.
    pub this: Record,
    /// On the other; absent when there is none or the caller may not see it.
    pub other: Option<Record>,
}

/// The first hundred of these.
fn told(faults: &[Fault], language: Language) -> Vec<FaultBody> {
    FaultBody::all(faults.get(..100).unwrap_or(faults), language)
}

impl Record {
    /// Of a line that was opened.
    pub(super) fn opened(Opened { line, entries, warnings }: Opened, language: Language) -> Self {
        Self { line, entries, warnings: told(&warnings, language) }
    }
    /// Of what was recorded on a line.
    pub(super) fn of(Recorded { line, entries, warnings }: Recorded, language: Language) -> Self {
        Self { line, entries, warnings: told(&warnings, language) }
    }
}

impl PairRecord {
    /// Of what was recorded on both lines.
    pub(super) fn of(Paired { this, other }: Paired, language: Language) -> Self {
        Self { this: Record::of(this, language), other: Some(Record::of(other, language)) }
    }
}

/// Whether an entry would be recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LedgerEntryCheck)]
pub struct EntryCheck {
    /// True when it would be recorded today.
    pub possible: bool,
    /// Everything that stands in the way.
    #[schema(max_items = 100)]
    pub reasons: Vec<FaultBody>,
    /// What should be looked at though it would be recorded.
    #[schema(max_items = 100)]
    pub warnings: Vec<FaultBody>,
    /// The balances as they would be.
    pub balances: Balances,
}

impl EntryCheck {
    /// Of what the rule says beforehand.
    pub(super) fn of(preflight: Preflight, language: Language) -> Self {
        let possible = preflight.allowed();
        let Preflight { balances, reasons, warnings } = preflight;
        Self { possible, balances, reasons: told(&reasons, language), warnings: told(&warnings, language) }
    }
}

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AsOf {
    /// At the end of this day (KST) by booking date; everything booked when left out.
    #[param(inline)]
    pub as_of: Option<Day>,
}

/// A line's balances at the end of a day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetPosition)]
pub struct LinePosition {
    /// The day; absent when everything booked is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The line as a whole.
    pub balances: Balances,
    /// Expenditure in per cent of the current budget (집행률); absent while that is zero.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "43.18")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_rate: Option<String>,
    /// Use by the final recipients in per cent of the current budget (실집행률); absent until any is reported.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "31.02")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub real_execution_rate: Option<String>,
    /// Each commitment by its reference.
    #[schema(max_items = 100_000)]
    pub commitments: Vec<Commitment>,
}

/// A commitment of a line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetCommitment)]
pub struct Commitment {
    /// Its own reference.
    pub reference: Reference,
    /// Its part of the line.
    pub balance: CommitmentBalance,
}

/// An entry of a line.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EntryPath {
    /// The line's id.
    pub budget_line: domain::budget::LineId,
    /// The entry's id.
    pub entry: EntryId,
}

/// Who records, and when.
pub(super) const fn stamp(at: Instant, by: ActorId) -> Stamp {
    Stamp { at, by }
}
