//! Budget lines (예산 내역) with their ledgers: loaded under a lock, saved with their new entries, never deleted.
//!
//! On PostgreSQL rows are locked in one order everywhere: projects, then lines by id.

mod check;
mod entity;
mod envelope;
mod find;
mod ledger;
mod pair;
mod project;
mod row;

pub use check::unreconciled;
pub use envelope::{
    EnvelopeFilter, add_envelope, all_envelopes, envelope, envelope_held, envelope_with_parts, envelopes_shown,
    list_envelopes, save_envelope,
};
pub use find::{EntryFilter, Filter, Sort, Way, count, entries, entry, list};
pub use ledger::{ledger, ledger_shown, ledgers};
pub use pair::PairId;
pub(crate) use project::project_changed;
pub use project::project_facts;

pub(crate) use entity::line as line_table;

use crate::{Facts, Purpose, StoreError, Tx, document, portfolio};
use domain::{
    access::{
        Action, Permit,
        act::{award as award_act, budget as act},
    },
    award::{Award, FundingSource},
    budget::{BudgetLine, Entry, LinePair, Opened, Paired, Recorded},
};
use entity::line::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// Rows of one statement: a line has 32 columns, and SQLite takes 32,766 values.
const ROWS: usize = 500;

impl Facts for BudgetLine {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        project::lock_projects_of(db, &[id], purpose).await?;
        let query = Entity::find().select_only().column(Column::Document).filter(Column::Id.eq(id));
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Opens a line with its first entries.
pub async fn add(tx: &Tx, _: &Permit<act::Create>, opened: Opened) -> Result<Opened, StoreError> {
    insert(tx, std::slice::from_ref(&opened)).await?;
    Ok(opened)
}

/// Opens many lines at once; whoever calls has asked for the right to each. The audit's entry stands in the chain of the
/// import.
pub async fn import(tx: &Tx, _: &Permit<act::Import>, id: impl ToString, opened: &[Opened]) -> Result<(), StoreError> {
    tx.changed("budget_line_import", &id, None, Some(&serde_json::json!({ "lines": opened.len() })))?;
    insert(tx, opened).await
}

/// Acts that open lines together with a project.
pub trait OpensWithProject: Action {}
impl OpensWithProject for act::Create {}
impl OpensWithProject for award_act::Agree {}

/// Opens the lines that come with a new project, whose row already holds their sums.
pub async fn add_with_project<A: OpensWithProject>(
    tx: &Tx,
    _: &Permit<A>,
    opened: &[Opened],
) -> Result<(), StoreError> {
    write_down(tx, opened).await
}

/// Acts upon an award by which its national line moves.
pub trait MovesAwardLine: Action<On = Award> {}
impl MovesAwardLine for award_act::Pay {}
impl MovesAwardLine for award_act::Settle {}

/// The line of an award from which a source pays, to be moved, with everything recorded on it; none where that source pays
/// nothing. The award's own agreement names it.
pub async fn award_line<A: MovesAwardLine>(
    tx: &Tx,
    permit: &Permit<A>,
    source: FundingSource,
) -> Result<Option<(BudgetLine, Vec<Entry>)>, StoreError> {
    let lines = permit.on().agreement.iter().flat_map(|agreement| &agreement.lines);
    let Some(named) = lines.into_iter().find(|line| line.source == source) else { return Ok(None) };
    let line = BudgetLine::load(tx.db()?, &named.line.to_string(), Purpose::Change).await?;
    let line = line.ok_or(StoreError::NotFound)?;
    let entries = ledger::of_lines(tx.db()?, &[line.id]).await?;
    Ok(Some((line, entries)))
}

/// Keeps what was recorded on a line of an award.
pub async fn record_on_award_line<A: MovesAwardLine>(
    tx: &Tx,
    permit: &Permit<A>,
    before: &BudgetLine,
    recorded: Recorded,
) -> Result<Recorded, StoreError> {
    let lines = permit.on().agreement.iter().flat_map(|agreement| &agreement.lines);
    if lines.into_iter().all(|line| line.line != before.id) {
        return Err(StoreError::NotFound);
    }
    keep_recorded(tx, before, recorded).await
}

async fn insert(tx: &Tx, opened: &[Opened]) -> Result<(), StoreError> {
    write_down(tx, opened).await?;
    project::count(tx, opened.iter().map(|o| (None, &o.line))).await
}

/// New lines with their first entries, and the audit.
async fn write_down(tx: &Tx, opened: &[Opened]) -> Result<(), StoreError> {
    enter_many(tx, opened).await?;
    for Opened { line, entries, .. } in opened {
        tx.changed("budget_line", &line.id, None, Some(line))?;
        note(tx, entries)?;
    }
    Ok(())
}

/// New lines with their first entries, in as few statements as there may be, with who may see them and what sums them up.
/// The audit and the sums of their projects are the caller's.
pub(crate) async fn enter_many(tx: &Tx, opened: &[Opened]) -> Result<(), StoreError> {
    let db = tx.db()?;
    for some in opened.chunks(ROWS) {
        let rows = some.iter().map(|o| row::new(&o.line, tx.at())).collect::<Result<Vec<_>, _>>()?;
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    let entries: Vec<&Entry> = opened.iter().flat_map(|o| &o.entries).collect();
    ledger::append(tx, &entries).await?;
    project::know(tx, opened.iter().filter_map(|o| o.line.project.as_ref())).await?;
    for opened in opened {
        portfolio::moved(tx, None, Some(&opened.line)).await?;
    }
    Ok(())
}

/// Keeps a line that was changed, moved to another standing or taken out of use.
pub async fn save<A: Action<On = BudgetLine>>(
    tx: &Tx,
    permit: &Permit<A>,
    line: BudgetLine,
) -> Result<BudgetLine, StoreError> {
    keep(tx, permit.on(), line, &[]).await
}

/// Keeps what was recorded on a line.
pub async fn record<A: Action<On = BudgetLine>>(
    tx: &Tx,
    permit: &Permit<A>,
    recorded: Recorded,
) -> Result<Recorded, StoreError> {
    keep_recorded(tx, permit.on(), recorded).await
}

/// Keeps what was recorded on the line that was asked, when no other takes part.
pub async fn record_alone<A: Action<On = LinePair>>(
    tx: &Tx,
    permit: &Permit<A>,
    recorded: Recorded,
) -> Result<Recorded, StoreError> {
    keep_recorded(tx, &permit.on().this, recorded).await
}

/// Keeps what was recorded on two lines.
pub async fn record_pair<A: Action<On = LinePair>>(
    tx: &Tx,
    permit: &Permit<A>,
    paired: Paired,
) -> Result<Paired, StoreError> {
    let LinePair { this, other } = permit.on();
    let other = other.as_ref().ok_or(StoreError::NotFound)?;
    let this = keep_recorded(tx, this, paired.this).await?;
    Ok(Paired { this, other: keep_recorded(tx, other, paired.other).await? })
}

async fn keep_recorded(tx: &Tx, before: &BudgetLine, recorded: Recorded) -> Result<Recorded, StoreError> {
    let Recorded { line, entries, warnings } = recorded;
    let line = keep(tx, before, line, &entries).await?;
    Ok(Recorded { line, entries, warnings })
}

/// The one way a line is saved: its row, its new entries, the audit, and whatever sums it up.
async fn keep(tx: &Tx, before: &BudgetLine, mut line: BudgetLine, entries: &[Entry]) -> Result<BudgetLine, StoreError> {
    line.version = before.version + 1;
    update(tx, before, &line).await?;
    ledger::append(tx, &entries.iter().collect::<Vec<_>>()).await?;
    tx.changed("budget_line", &line.id, Some(before), Some(&line))?;
    note(tx, entries)?;
    portfolio::moved(tx, Some(before), Some(&line)).await?;
    if before.project != line.project {
        project::know(tx, line.project.iter()).await?;
    }
    project::count(tx, std::iter::once((Some(before), &line))).await?;
    Ok(line)
}

async fn update(tx: &Tx, before: &BudgetLine, line: &BudgetLine) -> Result<(), StoreError> {
    let row = row::changed(before, line, tx.at())?;
    Entity::update_many().set(row).filter(Column::Id.eq(line.id.get())).exec(tx.db()?).await?;
    Ok(())
}

fn note(tx: &Tx, entries: &[Entry]) -> Result<(), StoreError> {
    entries.iter().try_for_each(|entry| tx.changed("budget_entry", &entry.id, None, Some(entry)))
}
