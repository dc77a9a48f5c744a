//! The audit trail (감사 기록): one chain of entries for each subject, each carrying the hash of the one before.

mod begin;
mod chain;
mod changes;
mod checkpoint;
mod entity;
mod list;
mod standing;
mod verify;

pub(crate) use begin::{begin, born};
pub use chain::{Link, link};
pub use changes::Changed;
pub use checkpoint::{Leaves, checkpoint};
pub(crate) use entity::Model;
pub use list::{Entry, Filter, Moment, history, list, read};
pub use standing::kinds_with_versions;
pub use verify::{Against, verify};

use crate::{Call, StoreError, Tx, tx::Order};
use domain::access::{Action, Actor};
pub use domain::audit::Outcome;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, QueryOrder, QuerySelect, Statement, entity::prelude::*};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a write notes while it runs.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub reason: Option<String>,
    pub changes: Vec<Change>,
}

/// One thing changed, and whether it was made by it.
#[derive(Debug)]
pub(crate) struct Change {
    pub kind: &'static str,
    pub start: Start,
    pub what: Changed,
}

/// An entry that describes no change: a refusal or a read.
#[derive(Debug)]
pub(crate) struct Note<'a> {
    pub action: &'static str,
    pub outcome: Outcome,
    pub kind: &'static str,
    pub subject: &'a str,
    pub what: Value,
}

/// Appends the one entry of a write, in the chain of the first thing it changed.
pub(crate) async fn append<A: Action>(
    tx: &Tx,
    order: &Order<A>,
    action: &'static str,
    kind: &'static str,
    subject: &str,
) -> Result<(), StoreError> {
    let record = tx.take_record()?;
    let (kind, subject, start) = match record.changes.first() {
        Some(first) => (first.kind, first.what.id.clone(), first.start),
        None => (kind, subject.to_owned(), Start::Follows),
    };
    let changes: Vec<&Changed> = record.changes.iter().map(|change| &change.what).collect();
    let others: BTreeSet<(&str, &str)> = changes.iter().map(|c| (c.kind.as_str(), c.id.as_str())).collect();
    let others: Vec<(&str, &str)> = others.into_iter().filter(|other| *other != (kind, subject.as_str())).collect();
    let changes = serde_json::to_string(&changes).map_err(|e| StoreError::failed("audit", e))?;
    let reason = record.reason.or_else(|| order.reason().map(str::to_owned));
    let made = Made { actor: order.actor(), call: order.call(), action, outcome: Outcome::Done, reason };
    let chain = Chain { kind, subject: &subject, start };
    let row = row(tx, made, &chain, changes, place(tx, &chain).await?);
    if others.is_empty() {
        entity::Entity::insert(row).exec_without_returning(tx.db()?).await.map_err(broken)?;
        return Ok(());
    }
    let seq = entity::Entity::insert(row).exec(tx.db()?).await.map_err(broken)?.last_insert_id;
    mention(tx, seq, &others).await
}

/// Appends an entry that describes no change, in the chain of what it is about.
pub(crate) async fn append_note(tx: &Tx, actor: &Actor, call: &Call, note: Note<'_>) -> Result<(), StoreError> {
    let made = Made { actor, call, action: note.action, outcome: note.outcome, reason: None };
    let chain = Chain { kind: note.kind, subject: note.subject, start: Start::Follows };
    let row = row(tx, made, &chain, note.what.to_string(), place(tx, &chain).await?);
    entity::Entity::insert(row).exec_without_returning(tx.db()?).await.map_err(broken)?;
    Ok(())
}

/// Lists the things beside the chain's own subject that an entry is about, so that their history finds it.
async fn mention(tx: &Tx, seq: i64, others: &[(&str, &str)]) -> Result<(), StoreError> {
    for some in others.chunks(300) {
        let rows = some.iter().map(|(kind, id)| entity::mention::ActiveModel {
            subject_kind: Set((*kind).to_owned()),
            subject_id: Set((*id).to_owned()),
            seq: Set(seq),
        });
        entity::mention::Entity::insert_many(rows).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}

struct Made<'a> {
    actor: &'a Actor,
    call: &'a Call,
    action: &'static str,
    outcome: Outcome,
    reason: Option<String>,
}

struct Chain<'a> {
    kind: &'static str,
    subject: &'a str,
    start: Start,
}

/// Whether a chain begins here or may have earlier entries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Start {
    Fresh,
    Follows,
}

/// An entry that breaks a chain is nothing that the caller could mend.
fn broken(error: DbErr) -> StoreError {
    match StoreError::from(error) {
        StoreError::Taken(what) => StoreError::failed("audit chain", what),
        other => other,
    }
}

/// Where the next entry of a chain stands: its place, and the hash of the entry before.
async fn place(tx: &Tx, chain: &Chain<'_>) -> Result<(i64, Vec<u8>), StoreError> {
    let last = match chain.start {
        Start::Fresh => None,
        Start::Follows => last(tx, chain.kind, chain.subject).await?,
    };
    Ok(last.map_or((1, [0; 32].to_vec()), |e| (e.n + 1, e.hash)))
}

/// The entry at this place of its chain.
fn row(
    tx: &Tx,
    made: Made<'_>,
    chain: &Chain<'_>,
    changes: String,
    (n, previous): (i64, Vec<u8>),
) -> entity::ActiveModel {
    let mut row = entity::Model {
        seq: 0,
        subject_kind: chain.kind.to_owned(),
        subject_id: chain.subject.to_owned(),
        n,
        at: tx.at().micros(),
        actor_id: made.actor.id.get(),
        actor_name: made.actor.name.clone(),
        action: made.action.to_owned(),
        outcome: made.outcome.name().to_owned(),
        reason: made.reason,
        changes,
        request_id: made.call.request_id.clone(),
        address: made.call.address.clone(),
        previous,
        hash: Vec::new(),
    };
    row.hash = link(&row.as_link()).to_vec();
    let row: entity::ActiveModel = row.into();
    entity::ActiveModel { seq: sea_orm::ActiveValue::NotSet, ..row.reset_all() }
}

/// The last entry of a chain. On PostgreSQL the chain is locked first, so that two writers cannot both follow it.
async fn last(tx: &Tx, kind: &str, subject: &str) -> Result<Option<entity::Head>, StoreError> {
    let db = tx.db()?;
    if db.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        let chain = format!("{kind}/{subject}");
        db.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, lock, [chain.into()])).await?;
    }
    Ok(entity::Entity::find()
        .filter(entity::Column::SubjectKind.eq(kind))
        .filter(entity::Column::SubjectId.eq(subject))
        .order_by_desc(entity::Column::N)
        .select_only()
        .columns([entity::Column::N, entity::Column::Hash])
        .limit(1)
        .into_model::<entity::Head>()
        .one(db)
        .await?)
}
