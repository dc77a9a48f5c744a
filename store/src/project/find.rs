//! Finding projects (과제 찾기): one page, one list, one count, always through the reader's scope.

use super::{
    entity::project,
    filter::{Filter, matching, visible},
};
use crate::{
    Store, StoreError, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page as finish},
};
use domain::{
    access::{Action, Scope},
    project::{Project, ProjectId, ProjectMoney},
};
use project::Column;
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, FromQueryResult, IntoSimpleExpr, Order, QueryFilter, QuerySelect, QueryTrait,
    Select, Statement,
    sea_query::{Expr, Func, SelectStatement, SimpleExpr},
};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// How a list is ordered. Ties are always in the order of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// Last changed first.
    Changed,
    /// By Korean title, in the order of code points.
    Title,
    /// Largest amount first.
    Amount,
    /// Smallest amount first.
    AmountUp,
    /// The gate that is due first comes first. Projects without a due gate are left out.
    GateDue,
}

/// A line of the list as it is kept: JSON that needs no reading. Its shape is `domain::project::ProjectItem`.
#[derive(Debug, Clone)]
pub struct Raw(Box<RawValue>);

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}

impl Raw {
    /// The kept line with the amount of today in front.
    pub(super) fn with_amount(item: &str, amount: i64) -> Result<Self, StoreError> {
        let rest = item.strip_prefix('{').unwrap_or_default();
        let text = format!("{{\"amount_krw\":{amount},{rest}");
        RawValue::from_string(text).map(Self).map_err(|e| StoreError::failed("list item", e))
    }
    /// The line, read.
    pub fn read(&self) -> Result<domain::project::ProjectItem, StoreError> {
        document::read(self.0.get())
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    seq: i64,
    amount_krw: i64,
    item: String,
    sorted: Option<String>,
    sorted_number: Option<i64>,
}

/// A project as one reader may see it, with its money.
#[derive(Debug, Clone)]
pub struct Found {
    /// The record.
    pub project: Project,
    /// Its lines and their sums.
    pub money: ProjectMoney,
    /// Counts the changes of its money.
    pub money_version: i64,
}

#[derive(Debug, FromQueryResult)]
struct PageRow {
    document: String,
    money: String,
    money_version: i64,
}

/// One project with everything its page shows, in one query. What the reader may not see is not found.
pub async fn page<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    id: ProjectId,
) -> Result<Found, StoreError> {
    let query = project::Entity::find().filter(Column::Id.eq(id.get())).filter(visible(scope)).select_only().columns([
        Column::Document,
        Column::Money,
        Column::MoneyVersion,
    ]);
    let row = query.into_model::<PageRow>().one(store.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok(Found {
        project: document::read(&row.document)?,
        money: document::read(&row.money)?,
        money_version: row.money_version,
    })
}

/// One page of the list.
pub async fn list<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    sort: Sort,
    ask: &PageAsk,
) -> Result<Page<Raw>, StoreError> {
    let keys = sort.keys();
    let query = rows(store, scope, filter, sort, ask)?;
    let statement = store.0.backend.build(&query);
    let mut rows = Row::find_by_statement(statement).all(store.reader()).await?;
    rows.sort_by(|a, b| crate::page::compare(&keys, a, b));
    let page = finish(rows, &keys, ask, &name(filter, sort));
    let items = page.items.iter().map(|r| Raw::with_amount(&r.item, r.amount_krw)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// The statement of one page of the list, for whoever wants to know how the database would find it.
pub fn list_statement<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    sort: Sort,
    ask: &PageAsk,
) -> Result<Statement, StoreError> {
    Ok(store.0.backend.build(&rows(store, scope, filter, sort, ask)?))
}

/// Which rows make up a list, found in an index alone, and then those rows; whoever reads them puts them in order.
fn rows<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    sort: Sort,
    ask: &PageAsk,
) -> Result<SelectStatement, StoreError> {
    let mut which = asked(store, scope, filter, Some(sort))?.select_only().column(Column::Seq);
    if sort == Sort::GateDue {
        which = which.filter(Column::GateDue.is_not_null());
    }
    let keys = sort.keys();
    let which = cut(which, &keys, ask, &name(filter, sort))?;
    let (text, number) = sort.shown();
    let query = project::Entity::find()
        .filter(Column::Seq.in_subquery(which.into_query()))
        .select_only()
        .columns([Column::Seq, Column::AmountKrw, Column::Item])
        .column_as(text, "sorted")
        .column_as(number, "sorted_number");
    Ok(query.into_query())
}

fn name(filter: &Filter, sort: Sort) -> String {
    format!("projects {filter:?} {sort:?}")
}

/// How many projects the filter finds.
pub async fn count<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
) -> Result<u64, StoreError> {
    let all: SimpleExpr = Func::count(Expr::col((project::Entity, Column::Seq))).into();
    let query = asked(store, scope, filter, None)?.select_only().column_as(all, "all");
    let all: Option<i64> = query.into_tuple().one(store.apart()).await?;
    u64::try_from(all.unwrap_or_default()).map_err(|e| StoreError::failed("count", e))
}

/// The next batch of an export in order of entry: whole records with their amounts, after the one with this number.
pub async fn export_batch<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    after: i64,
    size: u64,
) -> Result<Vec<(i64, Raw)>, StoreError> {
    let query = asked(store, scope, filter, None)?.filter(Column::Seq.gt(after)).select_only();
    let query =
        sea_orm::QueryOrder::order_by_asc(query.columns([Column::Seq, Column::AmountKrw, Column::Item]), Column::Seq);
    let query = query.column_as(null(), "sorted").column_as(null(), "sorted_number").limit(size);
    let rows = query.into_model::<Row>().all(store.apart()).await?;
    rows.iter().map(|r| Ok((r.seq, Raw::with_amount(&r.item, r.amount_krw)?))).collect()
}

/// A record's line in lists, made anew and without an amount.
pub(super) fn kept_line(project: &Project) -> Result<Raw, StoreError> {
    let text = document::write(&project.listed())?;
    RawValue::from_string(text).map(Raw).map_err(|e| StoreError::failed("list item", e))
}

fn null() -> SimpleExpr {
    Expr::cust("NULL")
}

impl Sort {
    fn keys(self) -> Vec<SortKey<Row>> {
        let seq =
            |order| SortKey { column: Column::Seq.into_simple_expr(), order, of: |r: &Row| KeyValue::Number(r.seq) };
        let number = |column: Column, order| SortKey {
            column: column.into_simple_expr(),
            order,
            of: |r: &Row| KeyValue::Number(r.sorted_number.unwrap_or_default()),
        };
        let text = |column: Column| SortKey {
            column: column.into_simple_expr(),
            order: Order::Asc,
            of: |r: &Row| KeyValue::Text(r.sorted.clone().unwrap_or_default()),
        };
        match self {
            Self::Newest => vec![seq(Order::Desc)],
            Self::Oldest => vec![seq(Order::Asc)],
            Self::Changed => vec![number(Column::UpdatedAt, Order::Desc), seq(Order::Desc)],
            Self::Title => vec![text(Column::TitleKo), seq(Order::Asc)],
            Self::Amount => vec![number(Column::AmountKrw, Order::Desc), seq(Order::Desc)],
            Self::AmountUp => vec![number(Column::AmountKrw, Order::Asc), seq(Order::Asc)],
            Self::GateDue => vec![text(Column::GateDue), seq(Order::Asc)],
        }
    }
    /// The columns that the cursor needs beside the sequence: text and number.
    fn shown(self) -> (SimpleExpr, SimpleExpr) {
        match self {
            Self::Newest | Self::Oldest => (null(), null()),
            Self::Changed => (null(), Column::UpdatedAt.into_simple_expr()),
            Self::Title => (Column::TitleKo.into_simple_expr(), null()),
            Self::Amount | Self::AmountUp => (null(), Column::AmountKrw.into_simple_expr()),
            Self::GateDue => (Column::GateDue.into_simple_expr(), null()),
        }
    }
}

fn asked<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    sort: Option<Sort>,
) -> Result<Select<project::Entity>, StoreError> {
    let backend = store.0.backend;
    let query = project::Entity::find().filter(visible(scope)).filter(filter.condition(sort, backend)?);
    let Some(terms) = filter.terms() else { return Ok(query) };
    if terms.is_empty() {
        // A query without a letter or digit finds nothing.
        return Ok(query.filter(Expr::cust("1 = 0")));
    }
    let wanted = matching(&terms, backend);
    if backend == DbBackend::Postgres {
        return Ok(query.filter(Expr::cust_with_values("search @@ ($1::text)::tsquery", [wanted])));
    }
    let among = "\"project\".\"seq\" IN (SELECT rowid FROM project_search WHERE project_search MATCH ?)";
    Ok(query.filter(Expr::cust_with_values(among, [wanted])))
}
