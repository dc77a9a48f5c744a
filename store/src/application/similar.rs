//! Applications to be compared with another one (유사 신청): the newest of a circle, as far as the reader may see them.

use super::{
    entity::application::{Column, Entity},
    find::{involving, visible},
};
use crate::{Store, StoreError, call, document};
use domain::{
    access::{BodyKey, Permit, act::application as act, scope},
    application::ApplicationItem,
    call::SupportCall,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

/// So many applications of a circle are compared at most, the newest ones.
pub const MOST_COMPARED: u64 = 1000;

/// Among which applications others are looked for.
#[derive(Debug)]
pub enum Circle<'a> {
    /// Submitted to the call or to one of the same programme that opened before it.
    Programme(&'a SupportCall),
    /// Of these bodies, or with one of them as partner; drafts included.
    Bodies(&'a [BodyKey]),
}

/// An application to compare with.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Its line.
    pub item: ApplicationItem,
    /// Its summary, empty when it has none.
    pub summary: String,
}

#[derive(FromQueryResult)]
struct Row {
    item: String,
    summary: Option<String>,
}

/// What was found of a circle.
#[derive(Debug, Clone, Default)]
pub struct Among {
    /// The newest first.
    pub found: Vec<Compared>,
    /// True when there were more than [`MOST_COMPARED`]: older ones were left out.
    pub cut: bool,
}

/// The newest applications of a circle that the reader may see, without the one that was read. One query.
pub async fn to_compare(store: &Store, permit: &Permit<act::Read>, circle: &Circle<'_>) -> Result<Among, StoreError> {
    let within = match circle {
        Circle::Programme(of) => {
            let calls = call::keys_up_to(of);
            Condition::all().add(Column::Call.in_subquery(calls.into_query())).add(Column::Submitted.eq(true))
        }
        Circle::Bodies(bodies) => Condition::all().add(involving(bodies)),
    };
    let query = Entity::find()
        .filter(within)
        .filter(visible(&scope::<act::Read>(permit.actor()), store.0.backend))
        .filter(Column::Id.ne(permit.on().id.get()))
        // Not along the order of entry: the circle leads to the rows, and is sorted.
        .order_by(ExprTrait::add(Expr::col(Column::Seq), 0), Order::Desc)
        .limit(MOST_COMPARED + 1)
        .select_only()
        .columns([Column::Item, Column::Summary]);
    let rows = query.into_model::<Row>().all(store.apart()).await?;
    let most = usize::try_from(MOST_COMPARED).unwrap_or(usize::MAX);
    let cut = rows.len() > most;
    let compared =
        |row: Row| Ok(Compared { item: document::read(&row.item)?, summary: row.summary.unwrap_or_default() });
    Ok(Among { found: rows.into_iter().take(most).map(compared).collect::<Result<_, StoreError>>()?, cut })
}
