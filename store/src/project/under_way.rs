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
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

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
    let rows: Vec<(i64, String, String)> = query.into_tuple().all(store.reader()).await?;
    let read =
        |(seq, document, money): (i64, String, String)| Ok((seq, document::read(&document)?, document::read(&money)?));
    rows.into_iter().map(read).collect()
}
