//! Two lines in one write (전용·이월 상대): both locked, the one with the lower id first, whichever was asked.

use super::{
    entity::{
        entry,
        line::{Column, Entity},
    },
    project,
};
use crate::{Facts, Purpose, StoreError, document};
use domain::budget::{BudgetLine, Entry, EntryId, LineId, LinePair};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::fmt;

/// Names a line and the other that takes part, for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairId {
    /// A line and another.
    Lines(LineId, LineId),
    /// A line and the one that has the counterpart of this entry, if it has any.
    Entry(LineId, EntryId),
}

impl fmt::Display for PairId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines(this, other) => write!(f, "{this}>{other}"),
            Self::Entry(this, entry) => write!(f, "{this}@{entry}"),
        }
    }
}

impl PairId {
    fn read(text: &str) -> Option<Self> {
        if let Some((this, other)) = text.split_once('>') {
            return Some(Self::Lines(this.parse().ok()?, other.parse().ok()?));
        }
        let (this, entry) = text.split_once('@')?;
        Some(Self::Entry(this.parse().ok()?, entry.parse().ok()?))
    }
}

impl Facts for LinePair {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let (this, other) = match PairId::read(id) {
            None => return Ok(None),
            Some(PairId::Lines(this, other)) => (this, Some(other)),
            // Entries never change, so that the counterpart may be looked up before the locks are there.
            Some(PairId::Entry(this, entry)) => (this, counterpart(db, this, entry).await?),
        };
        let ids: Vec<_> = std::iter::once(this).chain(other).map(domain::id::Id::get).collect();
        project::lock_projects_of(db, &ids, purpose).await?;
        let query = Entity::find()
            .select_only()
            .column(Column::Document)
            .filter(Column::Id.is_in(ids))
            .order_by_asc(Column::Id);
        let found: Vec<String> = purpose.lock(query, db).into_tuple().all(db).await?;
        let lines = found.iter().map(|text| document::read(text)).collect::<Result<Vec<BudgetLine>, _>>()?;
        let line = |id: LineId| lines.iter().find(|line| line.id == id).cloned();
        Ok(line(this).map(|this| Self { this, other: other.and_then(line) }))
    }
    fn version(&self) -> Option<i64> {
        Some(self.this.version)
    }
}

async fn counterpart(db: &impl ConnectionTrait, line: LineId, id: EntryId) -> Result<Option<LineId>, StoreError> {
    let found: Option<String> = entry::Entity::find()
        .select_only()
        .column(entry::Column::Document)
        .filter(entry::Column::Id.eq(id.get()))
        .filter(entry::Column::LineId.eq(line.get()))
        .into_tuple()
        .one(db)
        .await?;
    let entry: Option<Entry> = found.map(|text| document::read(&text)).transpose()?;
    Ok(entry.and_then(|entry| entry.counter).map(|counter| counter.line))
}
