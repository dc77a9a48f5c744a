//! Finding applications (신청 조회): only what the reader may see, in the order asked for.

use super::{
    entity::{
        application::{Column, Entity},
        tag,
    },
    row::{APPLIES, PARTNER, RUNS},
};
use crate::{
    Store, StoreError, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
    seek::{among, first_leads, opened, passing},
};
use domain::{
    access::{Action, BodyKey, Scope, act::application as act},
    application::{Application, ApplicationId, ApplicationItem, ApplicationStanding, OnApplication},
    call::CallKey,
    cost_share::Level,
};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, FromQueryResult, IntoSimpleExpr, Order, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{ExprTrait, SimpleExpr},
};

/// Which applications are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// To which calls.
    pub calls: Vec<CallKey>,
    /// Of which bodies.
    pub bodies: Vec<BodyKey>,
    /// As what they apply.
    pub levels: Vec<Level>,
    /// How they stand.
    pub standings: Vec<ApplicationStanding>,
}

/// By what applications are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Last changed first.
    Changed,
    /// Submitted first first; what was never submitted is left out.
    Submitted,
}

/// What a list reads of an application.
#[derive(Debug, FromQueryResult)]
struct Listed {
    seq: i64,
    submitted_at: Option<i64>,
    updated_at: i64,
    item: String,
}

impl Filter {
    /// The condition for a list in this order (`None`: no order). One column leads to what fits, if it has an index in that
    /// order; the others are looked at in passing.
    fn condition(&self, sort: Option<Sort>, backend: DbBackend) -> Condition {
        let mut seek = first_leads(backend);
        let mut seek = |column: Column, many: usize, orders: &[Sort]| {
            seek(column, many == 1 && sort.is_none_or(|sort| orders.contains(&sort)))
        };
        let both = [Sort::Changed, Sort::Submitted];
        let body = seek(Column::Body, self.bodies.len(), &both);
        let call = seek(Column::Call, self.calls.len(), &both);
        let standing = seek(Column::Standing, self.standings.len(), &[Sort::Changed]);
        let level = seek(Column::Level, self.levels.len(), &[Sort::Changed]);
        Condition::all()
            .add_option(among(body, self.bodies.iter().map(ToString::to_string)))
            .add_option(among(call, self.calls.iter().map(ToString::to_string)))
            .add_option(among(standing, self.standings.iter().map(|standing| standing.name())))
            .add_option(among(level, self.levels.iter().map(|level| level.name())))
    }
}

/// The reader's scope as a condition: the same relations that the policy asks of a single application. It is looked at in
/// passing, whatever leads to the rows.
pub(super) fn visible<A: Action<On = Application>>(scope: &Scope<A>, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        let leads = || passing(Column::Body, backend).eq(body.as_str());
        let joins = || tagged(passing(Column::Seq, backend), PARTNER, body);
        let runs = || {
            let submitted = passing(Column::Submitted, backend).eq(true);
            Condition::all().add(submitted).add(tagged(passing(Column::Seq, backend), RUNS, body))
        };
        any = match cell {
            OnApplication::Never => any,
            OnApplication::Always => return Condition::all(),
            OnApplication::Own => any.add(leads()),
            OnApplication::Joint => any.add(leads()).add(joins()),
            OnApplication::Running => any.add(runs()),
            OnApplication::RunningOther => any.add(runs().add(ExprTrait::not(leads())).add(ExprTrait::not(joins()))),
        };
    }
    opened(any)
}

/// The body has this part in it.
fn tagged(seq: SimpleExpr, kind: &str, body: &BodyKey) -> SimpleExpr {
    let tags = tag::Entity::find()
        .filter(tag::Column::Kind.eq(kind))
        .filter(tag::Column::Value.eq(body.as_str()))
        .select_only()
        .column(tag::Column::Seq);
    seq.in_subquery(tags.into_query())
}

/// The ids of the applications in which one of these bodies applies or takes part.
pub(crate) fn with_part<'a>(bodies: impl Iterator<Item = &'a BodyKey>) -> Select<Entity> {
    let bodies: Vec<BodyKey> = bodies.cloned().collect();
    Entity::find().filter(involving(&bodies)).select_only().column(Column::Id)
}

/// One of these bodies applies or takes part, as what leads to the rows.
pub(super) fn involving(bodies: &[BodyKey]) -> SimpleExpr {
    let tags = tag::Entity::find()
        .filter(tag::Column::Kind.is_in([APPLIES, PARTNER]))
        .filter(tag::Column::Value.is_in(bodies.iter().map(BodyKey::as_str)))
        .select_only()
        .column(tag::Column::Seq);
    Column::Seq.in_subquery(tags.into_query())
}

/// The ids of the applications in which a body applies or takes part.
pub(crate) fn of_body(body: &BodyKey) -> Select<Entity> {
    Entity::find().filter(involving(std::slice::from_ref(body))).select_only().column(Column::Id)
}

/// The submitted applications of a call that a scope does not open.
pub(crate) async fn beyond<A: Action<On = Application>>(
    store: &Store,
    call: &CallKey,
    scope: &Scope<A>,
) -> Result<Vec<ApplicationId>, StoreError> {
    let closed = visible(scope, store.0.backend).not();
    let query = Entity::find()
        .filter(Column::Call.eq(call.as_str()))
        .filter(Column::Submitted.eq(true))
        .filter(closed)
        .select_only()
        .column(Column::Id);
    let ids: Vec<uuid::Uuid> = query.into_tuple().all(store.apart()).await?;
    Ok(ids.into_iter().map(ApplicationId::new).collect())
}

/// What a list in this order holds, with the condition made for reading it in that order or (`None`) in none.
fn asked(
    store: &Store,
    scope: &Scope<act::Read>,
    (filter, sort): (&Filter, Sort),
    order: Option<Sort>,
) -> Select<Entity> {
    let backend = store.0.backend;
    let within = (sort == Sort::Submitted).then(|| Column::SubmittedAt.is_not_null());
    let wanted = filter.condition(order, backend).add_option(within);
    Entity::find().filter(wanted).filter(visible(scope, backend))
}

/// One page of the applications that the reader may see.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &Filter,
    sort: Sort,
    ask: &PageAsk,
) -> Result<Page<ApplicationItem>, StoreError> {
    let name = format!("applications {filter:?} {sort:?}");
    let (first, order, of): (Column, Order, fn(&Listed) -> KeyValue) = match sort {
        Sort::Changed => (Column::UpdatedAt, Order::Desc, |l| KeyValue::Number(l.updated_at)),
        Sort::Submitted => (Column::SubmittedAt, Order::Asc, |l| KeyValue::Number(l.submitted_at.unwrap_or_default())),
    };
    let keys = [
        SortKey { column: first.into_simple_expr(), order: order.clone(), of },
        SortKey { column: Column::Seq.into_simple_expr(), order, of: |l| KeyValue::Number(l.seq) },
    ];
    let columns = [Column::Seq, Column::SubmittedAt, Column::UpdatedAt, Column::Item];
    let query = cut(asked(store, scope, (filter, sort), Some(sort)).select_only().columns(columns), &keys, ask, &name)?;
    let rows = query.into_model::<Listed>().all(store.reader()).await?;
    let Page { items, next } = page(rows, &keys, ask, &name);
    let items = items.iter().map(|row| document::read(&row.item)).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// How many applications the list in this order holds.
pub async fn count(store: &Store, scope: &Scope<act::Read>, filter: &Filter, sort: Sort) -> Result<u64, StoreError> {
    Ok(asked(store, scope, (filter, sort), None).count(store.apart()).await?)
}
