//! The ledgers (원장): read whole, added to in one statement.

use super::{
    ROWS,
    entity::entry::{Column, Entity},
    row,
};
use crate::{Store, StoreError, Tx, document};
use domain::{
    access::{Action, Permit},
    budget::{BudgetLine, Entry, LineId, LinePair},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Everything recorded on these lines, by line and place. Line and entries belong together only under the line's lock.
pub(super) async fn of_lines(db: &impl ConnectionTrait, lines: &[LineId]) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Document)
        .filter(Column::LineId.is_in(lines.iter().map(|id| id.get())))
        .order_by_asc(Column::LineId)
        .order_by_asc(Column::N)
        .into_tuple()
        .all(db)
        .await?;
    rows.iter().map(|text| document::read(text)).collect()
}

/// Everything recorded on the line of the permit, which this transaction has locked.
pub async fn ledger<A: Action<On = BudgetLine>>(tx: &Tx, permit: &Permit<A>) -> Result<Vec<Entry>, StoreError> {
    of_lines(tx.db()?, &[permit.on().id]).await
}

/// Everything recorded on both lines of the permit, which this transaction has locked: on the one asked, on the other.
pub async fn ledgers<A: Action<On = LinePair>>(
    tx: &Tx,
    permit: &Permit<A>,
) -> Result<(Vec<Entry>, Vec<Entry>), StoreError> {
    let LinePair { this, other } = permit.on();
    let lines: Vec<LineId> = std::iter::once(this.id).chain(other.as_ref().map(|o| o.id)).collect();
    let all = of_lines(tx.db()?, &lines).await?;
    Ok(all.into_iter().partition(|entry| entry.line == this.id))
}

/// Everything recorded on a line that somebody looks at.
pub async fn ledger_shown<A: Action<On = BudgetLine>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<Vec<Entry>, StoreError> {
    of_lines(store.reader(), &[permit.on().id]).await
}

/// Writes entries down, in as few statements as there may be.
pub(super) async fn append(tx: &Tx, entries: &[&Entry]) -> Result<(), StoreError> {
    for some in entries.chunks(ROWS) {
        let rows = some.iter().map(|e| row::entry(e)).collect::<Result<Vec<_>, _>>()?;
        Entity::insert_many(rows).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}
