//! Reading the trail (감사 기록 조회): entries by what they are about, and one thing's history.

use super::{
    Changed, Outcome, checkpoint,
    entity::{Column, Entity as Table, Model, mention},
};
use crate::{
    Store, StoreError,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
};
use domain::{
    access::{Permit, act::audit as act},
    day::Instant,
    difference::Difference,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, QueryFilter,
    sea_query::{Expr, ExprTrait, IntoTableRef, Query, TableRef, UnionType},
};
use serde_json::Value;
use uuid::Uuid;

/// An entry as it stands in the trail.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number in the whole trail.
    pub seq: i64,
    /// Kind of its chain's subject.
    pub subject_kind: String,
    /// Id of its chain's subject.
    pub subject_id: String,
    /// Its place in the chain, from 1.
    pub n: i64,
    /// When the request came in.
    pub at: Instant,
    /// Who.
    pub actor_id: Uuid,
    /// Who, by sign-in name at that time.
    pub actor_name: String,
    /// What was done.
    pub action: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, if a reason was given.
    pub reason: Option<String>,
    /// What was changed.
    pub changes: Vec<Changed>,
    /// What was read, or nothing.
    pub about: Option<Value>,
    /// The request.
    pub request_id: String,
    /// Where it came from.
    pub address: String,
    /// The hash of the entry before, in hex.
    pub previous: String,
    /// Its own hash, in hex.
    pub hash: String,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of chains of this kind.
    pub subject_kind: Option<String>,
    /// Only of the chain with this id; the kind must be given too.
    pub subject_id: Option<String>,
    /// Only by this account or service key.
    pub actor: Option<Uuid>,
    /// Only of this action.
    pub action: Option<String>,
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only from this moment on.
    pub from: Option<Instant>,
    /// Only before this moment.
    pub to: Option<Instant>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let outcome = self.outcome.map(|outcome| {
            // Spelled out rather than bound, so that the index of the few that were not simply done serves.
            match outcome {
                Outcome::Done => Expr::cust("outcome = 'done'"),
                Outcome::Denied => Expr::cust("outcome = 'denied' AND outcome <> 'done'"),
                Outcome::Read => Expr::cust("outcome = 'read' AND outcome <> 'done'"),
            }
        });
        Condition::all()
            .add_option(self.subject_kind.as_ref().map(|kind| Column::SubjectKind.eq(kind)))
            .add_option(self.subject_id.as_ref().map(|id| Column::SubjectId.eq(id)))
            .add_option(self.actor.map(|actor| Column::ActorId.eq(actor)))
            .add_option(self.action.as_ref().map(|action| Column::Action.eq(action)))
            .add_option(outcome)
            .add_option(self.from.map(|from| Column::At.gte(from.micros())))
            .add_option(self.to.map(|to| Column::At.lt(to.micros())))
    }
    /// Newest first: by the time of the request, then by entry. Within one chain the place says so.
    fn keys(&self) -> Vec<SortKey<Model>> {
        let key = |column: Column, of: fn(&Model) -> KeyValue| SortKey {
            column: column.into_simple_expr(),
            order: sea_orm::Order::Desc,
            of,
        };
        if self.subject_id.is_some() {
            return vec![key(Column::N, |m| KeyValue::Number(m.n))];
        }
        vec![key(Column::At, |m| KeyValue::Number(m.at)), key(Column::Seq, |m| KeyValue::Number(m.seq))]
    }
}

/// One page of the trail, newest first.
pub async fn list(
    store: &Store,
    _: &Permit<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Entry>, StoreError> {
    let (name, keys) = (format!("audit {filter:?}"), filter.keys());
    let rows = cut(Table::find().filter(filter.condition()), &keys, ask, &name)?.all(store.reader()).await?;
    told(page(rows, &keys, ask, &name))
}

/// One entry.
pub async fn read(store: &Store, _: &Permit<act::Read>, seq: i64) -> Result<Entry, StoreError> {
    entry(Table::find_by_id(seq).one(store.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// A change in one thing's history.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The entry's number in the whole trail.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor_id: Uuid,
    /// Who, by sign-in name at that time.
    pub actor_name: String,
    /// What was done.
    pub action: String,
    /// Why, if a reason was given.
    pub reason: Option<String>,
    /// The fields that changed.
    pub fields: Vec<Difference>,
}

/// The history of one thing, newest first: what was done to it, also where the entry stands in another thing's chain.
/// Whoever calls this has seen to it that the reader may look at the thing.
pub async fn history(store: &Store, kind: &str, id: &str, ask: &PageAsk) -> Result<Page<Moment>, StoreError> {
    let about = |table: TableRef, done: Option<Expr>| {
        Query::select()
            .column(Column::Seq)
            .from(table)
            .and_where(Expr::col(Column::SubjectKind).eq(kind))
            .and_where(Expr::col(Column::SubjectId).eq(id))
            .and_where_option(done)
            .to_owned()
    };
    let mut seqs = about(Table.into_table_ref(), Some(Column::Outcome.eq(Outcome::Done.name())));
    seqs.union(UnionType::All, about(mention::Entity.into_table_ref(), None));
    let query = Table::find().filter(Column::Seq.in_subquery(seqs));
    let keys = [SortKey::<Model> {
        column: Column::Seq.into_simple_expr(),
        order: sea_orm::Order::Desc,
        of: |m| KeyValue::Number(m.seq),
    }];
    let name = format!("history {kind}/{id}");
    let found = told(page(cut(query, &keys, ask, &name)?.all(store.reader()).await?, &keys, ask, &name))?;
    Ok(found.map(|entry| {
        let about = entry.changes.into_iter().filter(|c| c.kind == kind && c.id == id);
        Moment {
            seq: entry.seq,
            at: entry.at,
            actor_id: entry.actor_id,
            actor_name: entry.actor_name,
            action: entry.action,
            reason: entry.reason,
            fields: about.flat_map(|c| c.fields).collect(),
        }
    }))
}

fn told(rows: Page<Model>) -> Result<Page<Entry>, StoreError> {
    let items = rows.items.into_iter().map(entry).collect::<Result<_, _>>()?;
    Ok(Page { items, next: rows.next })
}

fn entry(row: Model) -> Result<Entry, StoreError> {
    let outcome: Outcome = row.outcome.parse().map_err(|e| StoreError::failed("read entry", e))?;
    let broken = |e| StoreError::failed("read entry", e);
    let (changes, about) = match outcome {
        Outcome::Done => (serde_json::from_str(&row.changes).map_err(broken)?, None),
        Outcome::Denied | Outcome::Read => (Vec::new(), serde_json::from_str(&row.changes).map_err(broken)?),
    };
    Ok(Entry {
        seq: row.seq,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        n: row.n,
        at: Instant::from_micros(row.at),
        actor_id: row.actor_id,
        actor_name: row.actor_name,
        action: row.action,
        outcome,
        reason: row.reason,
        changes,
        about,
        request_id: row.request_id,
        address: row.address,
        previous: checkpoint::hex(&row.previous),
        hash: checkpoint::hex(&row.hash),
    })
}
