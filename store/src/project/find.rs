//! Finding projects (과제 찾기): one page, one list, one count, always through the reader's scope.

use super::{
    entity::project,
    filter::{Filter, visible},
    text::{Path, worded},
};
use crate::{
    Store, StoreError,
    connection::Cells,
    consultation, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page as finish},
};
use domain::{
    access::{Action, Scope},
    consultation::AdviceFacts,
    project::{Project, ProjectId, ProjectMoney},
};
use project::Column;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, IntoSimpleExpr, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, SelectStatement, SimpleExpr},
};
use serde::{Serialize, Serializer, ser::Error};
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

/// JSON as it is kept, which needs no reading: a line of the list, shaped as `domain::project::ProjectItem`, or a whole
/// record, shaped as `domain::project::Project`.
#[derive(Debug, Clone)]
pub struct Raw(String);

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<&RawValue>(&self.0).map_err(S::Error::custom)?.serialize(s)
    }
}

impl Raw {
    /// The text of a row.
    pub(super) const fn kept(text: String) -> Self {
        Self(text)
    }
    /// The kept line with the amount of today in front.
    pub(super) fn with_amount(item: &str, amount: i64) -> Self {
        let rest = item.strip_prefix('{').unwrap_or_default();
        Self(format!("{{\"amount_krw\":{amount},{rest}"))
    }
    /// The line, read.
    pub fn read(&self) -> Result<domain::project::ProjectItem, StoreError> {
        document::read(&self.0)
    }
    /// The text itself.
    pub fn json(&self) -> &str {
        &self.0
    }
}

/// A line on its way into a page, with the value that the list is ordered by.
#[derive(Debug)]
struct Row {
    seq: i64,
    line: Raw,
    key: KeyValue,
}

impl Row {
    /// From the columns that [`rows`] asks for.
    fn of(cells: &Cells<'_>, sort: Sort) -> Result<Self, DbErr> {
        let seq = cells.number(0)?;
        let line = Raw::with_amount(&cells.text(2)?, cells.number(1)?);
        let key = match sort {
            Sort::Newest | Sort::Oldest => KeyValue::Number(seq),
            Sort::Changed | Sort::Amount | Sort::AmountUp => KeyValue::Number(cells.number(3)?),
            Sort::Title | Sort::GateDue => KeyValue::Text(cells.text(3)?.into_owned()),
        };
        Ok(Self { seq, line, key })
    }
}

#[derive(Debug, FromQueryResult)]
struct Exported {
    seq: i64,
    amount_krw: i64,
    item: String,
}

/// A project as one reader may see it, with its money.
#[derive(Debug, Clone)]
pub struct Found {
    /// The record.
    pub project: Project,
    /// The record as it is written.
    pub record: Raw,
    /// Its lines and their sums.
    pub money: ProjectMoney,
    /// Counts the changes of its money.
    pub money_version: i64,
    /// What the advisory group was asked about it, and has advised.
    pub advice: AdviceFacts,
}

impl Found {
    /// From the columns that [`page`] asks for, read where the database holds them.
    fn of(cells: &Cells<'_>) -> Result<Self, StoreError> {
        let document = cells.text(0)?;
        Ok(Self {
            project: document::read(&document)?,
            money: document::read(&cells.text(1)?)?,
            money_version: cells.number(2)?,
            record: Raw::kept(document.into_owned()),
            advice: AdviceFacts::default(),
        })
    }
}

/// One project with everything its page shows. What the reader may not see is not found.
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
    let statement = store.0.backend.build(&query.into_query());
    let found = store.reader().each(statement, |cells| Ok(Found::of(cells))).await?;
    let found = found.into_iter().next().ok_or(StoreError::NotFound)??;
    Ok(Found { advice: consultation::facts_in(store.reader(), id).await?, ..found })
}

/// One page of the list.
pub async fn list<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    sort: Sort,
    ask: &PageAsk,
) -> Result<Page<Raw>, StoreError> {
    let (path, name) = (Path::of(filter, Some(sort), store.0.backend), format!("projects {filter:?} {sort:?}"));
    let keys = sort.keys(path);
    let which = asked(store, scope, filter, Some(sort), path)?.select_only().column(Column::Seq);
    let query = rows(cut(which, &keys, ask, &name)?, sort);
    let mut rows = store.reader().each(store.0.backend.build(&query), |cells| Row::of(cells, sort)).await?;
    rows.sort_by(|a, b| crate::page::compare(&keys, a, b));
    Ok(finish(rows, &keys, ask, &name).map(|row| row.line))
}

/// Which rows make up a page, found in an index alone, and then those rows; whoever reads them puts them in order.
fn rows(mut which: Select<project::Entity>, sort: Sort) -> SelectStatement {
    if sort == Sort::GateDue {
        which = which.filter(Column::GateDue.is_not_null());
    }
    let query = project::Entity::find().filter(Column::Seq.in_subquery(which.into_query())).select_only().columns([
        Column::Seq,
        Column::AmountKrw,
        Column::Item,
    ]);
    match sort.column() {
        Some(column) => query.column(column).into_query(),
        None => query.into_query(),
    }
}

/// How many projects the filter finds.
pub async fn count<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
) -> Result<u64, StoreError> {
    let all: SimpleExpr = Func::count(Expr::col((project::Entity, Column::Seq))).into();
    let query = asked(store, scope, filter, None, Path::Projects)?.select_only().column_as(all, "all");
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
    let path = Path::of(filter, Some(Sort::Oldest), store.0.backend);
    let query = asked(store, scope, filter, None, path)?
        .filter(path.seq().gt(after))
        .select_only()
        .columns([Column::Seq, Column::AmountKrw, Column::Item])
        .order_by_asc(path.seq())
        .limit(size);
    let rows = query.into_model::<Exported>().all(store.apart()).await?;
    Ok(rows.iter().map(|row| (row.seq, Raw::with_amount(&row.item, row.amount_krw))).collect())
}

/// A record's line in lists, made anew and without an amount.
pub(super) fn kept_line(project: &Project) -> Result<Raw, StoreError> {
    document::write(&project.listed()).map(Raw)
}

impl Sort {
    /// The column that the list is ordered by before the order of entry.
    const fn column(self) -> Option<Column> {
        match self {
            Self::Newest | Self::Oldest => None,
            Self::Changed => Some(Column::UpdatedAt),
            Self::Title => Some(Column::TitleKo),
            Self::Amount | Self::AmountUp => Some(Column::AmountKrw),
            Self::GateDue => Some(Column::GateDue),
        }
    }
    const fn order(self) -> Order {
        match self {
            Self::Newest | Self::Changed | Self::Amount => Order::Desc,
            Self::Oldest | Self::Title | Self::AmountUp | Self::GateDue => Order::Asc,
        }
    }
    fn keys(self, path: Path) -> Vec<SortKey<Row>> {
        let key = |column, of| SortKey { column, order: self.order(), of };
        let first = self.column().map(|column| key(column.into_simple_expr(), |row: &Row| row.key.clone()));
        first.into_iter().chain([key(path.seq(), |row: &Row| KeyValue::Number(row.seq))]).collect()
    }
}

fn asked<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    sort: Option<Sort>,
    path: Path,
) -> Result<Select<project::Entity>, StoreError> {
    let backend = store.0.backend;
    let query = project::Entity::find().filter(visible(scope)).filter(filter.condition(sort, backend)?);
    Ok(worded(query, filter, path, backend))
}
