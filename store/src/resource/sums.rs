//! What requests and uses come to (자원 집계), each in one query over what the reader may see.

use super::{
    entity::{adoption, request, service_use},
    record::readable,
};
use crate::{
    Store, StoreError,
    project::{Kept, table, visible},
};
use domain::{
    access::{Scope, act::model_adoption, act::resource_request, act::service_use as use_act},
    day::Day,
    resource::{Counted, ResourceState},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};

#[derive(Debug, FromQueryResult)]
struct Requests {
    kind: String,
    unit: String,
    asked: i64,
    approved: i64,
    supplied: i64,
    asked_amount: i64,
    approved_amount: i64,
    supplied_amount: i64,
}

/// How many projects use a model.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ModelUse {
    /// The model's key.
    pub model: String,
    /// Projects that use it on the day.
    pub projects: i64,
}

/// Who uses a service, and how many they are.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ServiceUsers {
    /// The service's key.
    pub service: String,
    /// Bodies that use it on the day.
    pub bodies: i64,
    /// Projects in which it is used on the day.
    pub projects: i64,
    /// Users, the latest number of each use added; absent when none is known.
    pub users: Option<i64>,
    /// Uses of which no number is known.
    pub uncounted: i64,
}

/// How many projects build on the common base.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct BaseUse {
    /// Filed projects that go on.
    pub projects: i64,
    /// Those of them in which some service is used on the day.
    pub on_base: i64,
}

/// A sum as a number of 64 bits on either database.
fn sum(of: &'static str) -> Expr {
    Expr::cust(format!("CAST(COALESCE(SUM({of}), 0) AS BIGINT)"))
}

/// How many of these there are.
fn many(when: &str) -> Expr {
    Expr::cust(format!("COUNT(CASE WHEN {when} THEN 1 END)"))
}

/// What was asked, approved and supplied, by kind and unit.
pub async fn fulfilment(store: &Store, scope: &Scope<resource_request::Read>) -> Result<Vec<Counted>, StoreError> {
    use request::{Column, Entity};
    let query = Entity::find()
        .filter(Column::State.ne(ResourceState::Withdrawn.name()))
        .filter(readable(scope, store.0.backend))
        .select_only()
        .columns([Column::Kind, Column::Unit])
        .expr_as(many("1 = 1"), "asked")
        .expr_as(many("\"approved\" IS NOT NULL"), "approved")
        .expr_as(many("\"supplied\" = \"approved\""), "supplied")
        .expr_as(sum("\"asked\""), "asked_amount")
        .expr_as(sum("\"approved\""), "approved_amount")
        .expr_as(sum("\"supplied\""), "supplied_amount")
        .group_by(Column::Kind)
        .group_by(Column::Unit)
        .order_by_asc(Column::Kind)
        .order_by_asc(Column::Unit);
    let rows = query.into_model::<Requests>().all(store.apart()).await?;
    let counted = |row: Requests| {
        Ok(Counted {
            kind: row.kind.parse().map_err(|e| StoreError::failed("read kind", e))?,
            unit: row.unit.parse().map_err(|e| StoreError::failed("read unit", e))?,
            requests: [row.asked, row.approved, row.supplied],
            amounts: [row.asked_amount, row.approved_amount, row.supplied_amount],
        })
    };
    rows.into_iter().map(counted).collect()
}

/// How many projects use each model on a day, by the models' keys; models that none uses are left out.
pub async fn projects_by_model(
    store: &Store,
    scope: &Scope<model_adoption::Read>,
    today: Day,
) -> Result<Vec<ModelUse>, StoreError> {
    use adoption::{Column, Entity};
    let query = Entity::find()
        .filter(going_on(Column::UntilDay, today))
        .filter(readable(scope, store.0.backend))
        .select_only()
        .column(Column::Which)
        .expr_as(Expr::cust("COUNT(DISTINCT \"project_id\")"), "projects")
        .group_by(Column::Which)
        .order_by_asc(Column::Which);
    Ok(query.into_model().all(store.apart()).await?)
}

/// Who uses each service on a day, by the services' keys; services that nobody uses are left out.
pub async fn users_by_service(
    store: &Store,
    scope: &Scope<use_act::Read>,
    today: Day,
) -> Result<Vec<ServiceUsers>, StoreError> {
    use service_use::{Column, Entity};
    let query = Entity::find()
        .filter(going_on(Column::UntilDay, today))
        .filter(readable(scope, store.0.backend))
        .select_only()
        .column(Column::Service)
        .expr_as(Expr::cust("COUNT(DISTINCT \"body\")"), "bodies")
        .expr_as(Expr::cust("COUNT(DISTINCT \"project_id\")"), "projects")
        .expr_as(Expr::cust("CAST(SUM(\"users\") AS BIGINT)"), "users")
        .expr_as(many("\"users\" IS NULL"), "uncounted")
        .group_by(Column::Service)
        .order_by_asc(Column::Service);
    Ok(query.into_model().all(store.apart()).await?)
}

/// How many of the filed projects that go on build on the common base on a day.
pub async fn base_use(store: &Store, scope: &Scope<use_act::Read>, today: Day) -> Result<BaseUse, StoreError> {
    let used = Query::select()
        .column(service_use::Column::Seq)
        .from(service_use::Entity)
        .cond_where(going_on(service_use::Column::UntilDay, today))
        .and_where(
            Expr::col((service_use::Entity, service_use::Column::ProjectId)).equals((table::Entity, table::Column::Id)),
        )
        .take();
    let on_base: Expr = Expr::case(Expr::exists(used), 1).finally(Expr::cust("NULL")).into();
    let query = table::Entity::find()
        .filter(table::Column::Filed.eq(true))
        .filter(table::Column::Status.is_in(["active", "on_hold"]))
        .filter(Kept::Present.condition())
        .filter(visible(scope))
        .select_only()
        .expr_as(many("1 = 1"), "projects")
        .expr_as(on_base.count(), "on_base");
    let found = query.into_model().one(store.apart()).await?;
    found.ok_or_else(|| StoreError::failed("common base", "no row"))
}

/// It has not ended before a day.
fn going_on<C: ColumnTrait>(until: C, today: Day) -> Condition {
    Condition::any().add(until.is_null()).add(until.gte(today.to_string()))
}
