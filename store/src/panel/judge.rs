//! What a member judges (위원의 배정 목록): no application that a conflict keeps from the member, nothing before its pledge or
//! after its term.

use super::entity::seat::{Column, Entity};
use crate::{
    Store, StoreError,
    application::application_table,
    call, committee, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
    scoring::entity as sheet_table,
    seek::{among, passing},
};
use domain::{
    access::{Scope, act::panel as act},
    application::ApplicationItem,
    call::CallKey,
    committee::MemberId,
    day::{Date, Day, Instant},
    panel::{OnPanel, SeatState},
    scoring::SheetState,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType, Order, QueryFilter, QuerySelect,
    QueryTrait, sea_query::ExprTrait,
};

/// Which assignments are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct AssignmentFilter {
    /// Of which calls.
    pub calls: Vec<CallKey>,
    /// How far the own sheet is; a sheet that nobody has begun is in none of these states.
    pub states: Vec<SheetState>,
}

/// An application that a member judges.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Its line.
    pub item: ApplicationItem,
    /// How far the own sheet is; none before it was begun.
    pub sheet: Option<SheetState>,
    /// The own sheet's version.
    pub sheet_version: Option<i64>,
    /// Until when sheets are taken; none for as long as the evaluation lasts.
    pub sheets_until: Option<Instant>,
    /// When the decision is meant to be made.
    pub decision_planned: Option<Date>,
}

/// What a list reads of an assignment.
#[derive(Debug, FromQueryResult)]
struct Listed {
    panel: i64,
    item: String,
    state: Option<String>,
    version: Option<i64>,
}

/// One page of what the reader judges on a day, in the order in which the panels were entered. Whoever judges nothing by
/// its roles gets nothing, whatever seats there are.
pub async fn assignments(
    store: &Store,
    scope: &Scope<act::Score>,
    (filter, day): (&AssignmentFilter, Day),
    ask: &PageAsk,
) -> Result<Page<Assignment>, StoreError> {
    if scope.reach().iter().all(|(cell, _)| *cell != OnPanel::Judge) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let (name, backend) = (format!("assignments {filter:?}"), store.0.backend);
    let own = MemberId::new(scope.actor().id.get());
    let sheet = Entity::belongs_to(sheet_table::Entity)
        .from((Column::Application, Column::Member))
        .to((sheet_table::Column::Application, sheet_table::Column::Member));
    let states = filter.states.iter().map(|state| state.name());
    let keys = [SortKey::<Listed> {
        column: Column::Panel.into_simple_expr(),
        order: Order::Asc,
        of: |row| KeyValue::Number(row.panel),
    }];
    let query = Entity::find()
        .join(
            JoinType::InnerJoin,
            Entity::belongs_to(application_table::Entity)
                .from(Column::Application)
                .to(application_table::Column::Id)
                .into(),
        )
        .join(JoinType::LeftJoin, sheet.into())
        .filter(Column::Member.eq(own.get()))
        .filter(passing(Column::State, backend).eq(SeatState::Judging.name()))
        .filter(passing(Column::Call, backend).in_subquery(committee::serving(own, day).into_query()))
        .filter(
            Condition::all()
                .add_option(among(passing(Column::Call, backend), filter.calls.iter().map(ToString::to_string)))
                .add_option(among(passing(sheet_table::Column::State, backend), states)),
        )
        .select_only()
        .column(Column::Panel)
        .column(application_table::Column::Item)
        .column(sheet_table::Column::State)
        .column(sheet_table::Column::Version);
    let rows = cut(query, &keys, ask, &name)?.into_model::<Listed>().all(store.reader()).await?;
    let Page { items, next } = page(rows, &keys, ask, &name);
    let items: Vec<(ApplicationItem, Listed)> =
        items.into_iter().map(|row| Ok((document::read(&row.item)?, row))).collect::<Result<_, StoreError>>()?;
    let dates = call::dates(store, items.iter().map(|(item, _)| &item.call)).await?;
    let read = |(item, row): (ApplicationItem, Listed)| {
        let sheet = row.state.as_ref().map(|state| state.parse().map_err(|e| StoreError::failed("read sheet", e)));
        let (sheets_until, decision_planned) = dates.get(&item.call).copied().unwrap_or_default();
        Ok(Assignment { item, sheet: sheet.transpose()?, sheet_version: row.version, sheets_until, decision_planned })
    };
    Ok(Page { items: items.into_iter().map(read).collect::<Result<_, StoreError>>()?, next })
}
