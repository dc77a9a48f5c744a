//! Projects under way (진행 중인 과제), for the nightly rating: filed, and neither completed nor cancelled.

use super::{
    entity::project::{Column, Entity},
    filter::visible,
};
use crate::{Store, StoreError, document};
use domain::{
    access::{Action, Scope},
    project::{Project, ProjectMoney},
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

#[derive(Debug, FromQueryResult)]
struct Row {
    seq: i64,
    document: String,
    money: String,
}

/// The next projects under way after the one with this place in the order of entry, with their money.
pub async fn under_way<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    after: i64,
    size: u64,
) -> Result<Vec<(i64, Project, ProjectMoney)>, StoreError> {
    let query = Entity::find()
        .filter(visible(scope))
        .filter(Column::Filed.eq(true))
        .filter(Column::Status.is_in(["active", "on_hold"]))
        .filter(Column::Seq.gt(after))
        .order_by_asc(Column::Seq)
        .limit(size)
        .select_only()
        .columns([Column::Seq, Column::Document, Column::Money]);
    let rows = query.into_model::<Row>().all(store.apart()).await?;
    let read = |row: Row| Ok((row.seq, document::read(&row.document)?, document::read(&row.money)?));
    rows.into_iter().map(read).collect()
}
