//! The audit trail (감사 기록): one chain of entries for each subject, each carrying the hash of the one before.

mod begin;
mod chain;
mod entity;

pub(crate) use begin::{begin, born};
pub use chain::{Link, link};

use crate::{Call, StoreError, Tx, tx::Order};
use domain::access::{Action, Actor};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, QueryOrder, QuerySelect, Statement, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// The policy refused it.
    Denied,
    /// Something was read that is worth recording.
    Read,
}

impl Outcome {
    /// The stable word kept in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Denied => "denied",
            Self::Read => "read",
        }
    }
}

/// What a write notes while it runs.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub reason: Option<String>,
    pub changes: Vec<Change>,
}

/// One thing changed: `before` is `None` when it was made, `after` when it went.
#[derive(Debug)]
pub(crate) struct Change {
    pub kind: &'static str,
    pub id: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
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
    let (kind, subject, fresh) = match record.changes.first() {
        Some(first) => (first.kind, first.id.clone(), first.before.is_none()),
        None => (kind, subject.to_owned(), false),
    };
    let changes = Value::Array(record.changes.iter().map(told).collect());
    let entry =
        Entry { actor: order.actor(), call: order.call(), action, outcome: Outcome::Done, reason: record.reason };
    insert(tx, entry, kind, &subject, &changes, if fresh { Start::Fresh } else { Start::Follows }).await
}

pub(crate) async fn append_note(tx: &Tx, actor: &Actor, call: &Call, note: Note<'_>) -> Result<(), StoreError> {
    let entry = Entry { actor, call, action: note.action, outcome: note.outcome, reason: None };
    insert(tx, entry, note.kind, note.subject, &note.what, Start::Follows).await
}

/// A change as it is kept: what it is about, and the fields that differ.
fn told(change: &Change) -> Value {
    let null = Value::Null;
    let (before, after) = (change.before.as_ref().unwrap_or(&null), change.after.as_ref().unwrap_or(&null));
    json!({ "kind": change.kind, "id": change.id, "fields": [{ "pointer": "", "before": before, "after": after }] })
}

struct Entry<'a> {
    actor: &'a Actor,
    call: &'a Call,
    action: &'static str,
    outcome: Outcome,
    reason: Option<String>,
}

/// Whether a chain begins here or may have earlier entries.
enum Start {
    Fresh,
    Follows,
}

async fn insert(
    tx: &Tx,
    entry: Entry<'_>,
    kind: &'static str,
    subject: &str,
    changes: &Value,
    start: Start,
) -> Result<(), StoreError> {
    let (n, previous) = match start {
        Start::Fresh => (1, [0; 32].to_vec()),
        Start::Follows => last(tx, kind, subject).await?.map_or((1, [0; 32].to_vec()), |e| (e.n + 1, e.hash)),
    };
    let row = row(tx, entry, kind, subject, changes, (n, previous));
    entity::Entity::insert(row).exec_without_returning(tx.db()?).await?;
    Ok(())
}

/// The entry at this place of its chain.
fn row(
    tx: &Tx,
    entry: Entry<'_>,
    kind: &'static str,
    subject: &str,
    changes: &Value,
    (n, previous): (i64, Vec<u8>),
) -> entity::ActiveModel {
    let mut row = entity::Model {
        seq: 0,
        subject_kind: kind.to_owned(),
        subject_id: subject.to_owned(),
        n,
        at: tx.at().micros(),
        actor_id: entry.actor.id.get(),
        actor_name: entry.actor.name.clone(),
        action: entry.action.to_owned(),
        outcome: entry.outcome.name().to_owned(),
        reason: entry.reason,
        changes: changes.to_string(),
        request_id: entry.call.request_id.clone(),
        address: entry.call.address.clone(),
        previous,
        hash: Vec::new(),
    };
    row.hash = link(&row.as_link()).to_vec();
    let mut row: entity::ActiveModel = row.into();
    row.seq = sea_orm::ActiveValue::NotSet;
    for set in [&mut row.hash, &mut row.previous] {
        if let sea_orm::ActiveValue::Unchanged(bytes) = set {
            *set = Set(std::mem::take(bytes));
        }
    }
    row.reset_all()
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
