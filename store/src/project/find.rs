//! Finding projects (과제 찾기): one page, one list, one count, always through the reader's scope.

use super::entity::{project, tag};
use crate::{
    Store, StoreError, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page as finish},
};
use domain::{
    access::{Action, BodyKey, Scope},
    day::{Day, FiscalYear},
    money::Won,
    programme::ProgrammeKey,
    project::{FieldCode, OnProject, Project, ProjectId, ProjectMoney, Rating, Reached, StageRef, Status},
    region::RegionCode,
    similar::{Term, search_terms},
};
use project::Column;
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, FromQueryResult, IntoSimpleExpr, Order, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Which projects are asked for. Empty lists and `None` ask for all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Led by one of these.
    pub bodies: Vec<BodyKey>,
    /// With one of these as partner.
    pub partners: Vec<BodyKey>,
    /// In one of these phases.
    pub phases: Vec<Reached>,
    /// With one of these statuses.
    pub statuses: Vec<Status>,
    /// At this stage of a path.
    pub stages: Vec<StageRef>,
    /// In one of these fields of use.
    pub fields: Vec<FieldCode>,
    /// In one of these regions.
    pub regions: Vec<RegionCode>,
    /// Of one of these programmes.
    pub programmes: Vec<ProgrammeKey>,
    /// Planned to begin in one of these years.
    pub years: Vec<FiscalYear>,
    /// Put before others, or not.
    pub priority: Option<bool>,
    /// Last rated so.
    pub health: Vec<Rating>,
    /// With at least this amount.
    pub least: Option<Won>,
    /// With at most this amount.
    pub most: Option<Won>,
    /// Whose gate was due before this day.
    pub gate_due_before: Option<Day>,
    /// Containing these words.
    pub text: Option<String>,
}

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
    fn with_amount(item: &str, amount: i64) -> Result<Self, StoreError> {
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
    let name = format!("projects {filter:?} {sort:?}");
    let keys = sort.keys();
    let mut query = asked(store, scope, filter);
    if sort == Sort::GateDue {
        query = query.filter(Column::GateDue.is_not_null());
    }
    let (text, number) = sort.shown();
    let query = cut(query, &keys, ask, &name)?
        .select_only()
        .columns([Column::Seq, Column::AmountKrw, Column::Item])
        .column_as(text, "sorted")
        .column_as(number, "sorted_number");
    let rows = query.into_model::<Row>().all(store.reader()).await?;
    let page = finish(rows, &keys, ask, &name);
    let items = page.items.iter().map(|r| Raw::with_amount(&r.item, r.amount_krw)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// How many projects the filter finds.
pub async fn count<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
) -> Result<u64, StoreError> {
    Ok(asked(store, scope, filter).count(store.reader()).await?)
}

/// The next batch of an export in order of entry: whole records with their amounts, after the one with this number.
pub async fn export_batch<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    after: i64,
    size: u64,
) -> Result<Vec<(i64, Raw)>, StoreError> {
    let query = asked(store, scope, filter).filter(Column::Seq.gt(after)).select_only();
    let query =
        sea_orm::QueryOrder::order_by_asc(query.columns([Column::Seq, Column::AmountKrw, Column::Item]), Column::Seq);
    let query = query.column_as(null(), "sorted").column_as(null(), "sorted_number").limit(size);
    let rows = query.into_model::<Row>().all(store.reader()).await?;
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

fn asked<A: Action<On = Project>>(store: &Store, scope: &Scope<A>, filter: &Filter) -> Select<project::Entity> {
    let backend = if store.is_postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
    project::Entity::find().filter(visible(scope)).filter(filter.condition(backend))
}

/// The reader's scope as a condition: the same relations that the policy asks of a single project.
pub(crate) fn visible<A: Action<On = Project>>(scope: &Scope<A>) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        let leads = || Column::LeadBody.eq(body.as_str());
        let joins = || tagged("partner", [body.to_string()]);
        any = match cell {
            OnProject::Never => any,
            OnProject::Always => any.add(Expr::cust("1 = 1")),
            OnProject::Filed => any.add(Column::Filed.eq(true)),
            OnProject::Own => any.add(leads()),
            OnProject::Partner => any.add(joins()),
            OnProject::Joint => any.add(leads()).add(joins()),
            OnProject::FiledOrJoint => any.add(Column::Filed.eq(true)).add(leads()).add(joins()),
            OnProject::OtherFiled => any.add(
                Condition::all().add(Column::Filed.eq(true)).add(ExprTrait::not(leads())).add(ExprTrait::not(joins())),
            ),
        };
    }
    let none = any.is_empty().then(|| Expr::cust("1 = 0"));
    Condition::all().add(Column::Removed.eq(false)).add(any).add_option(none)
}

fn tagged(kind: &str, values: impl IntoIterator<Item = String>) -> SimpleExpr {
    let tags = tag::Entity::find()
        .filter(tag::Column::Kind.eq(kind))
        .filter(tag::Column::Value.is_in(values))
        .select_only()
        .column(tag::Column::Seq);
    Column::Seq.in_subquery(tags.into_query())
}

impl Filter {
    fn condition(&self, backend: DbBackend) -> Condition {
        let words = |list: &mut dyn Iterator<Item = String>| list.collect::<Vec<_>>();
        let strings = |column: Column, values: Vec<String>| (!values.is_empty()).then(|| column.is_in(values));
        let tags = |kind: &str, values: Vec<String>| (!values.is_empty()).then(|| tagged(kind, values));
        let names = |value: serde_json::Value| value.as_str().map(str::to_owned).unwrap_or_default();
        let coded = |values: Vec<serde_json::Value>| values.into_iter().map(names).collect::<Vec<_>>();
        Condition::all()
            .add_option(strings(Column::LeadBody, words(&mut self.bodies.iter().map(ToString::to_string))))
            .add_option(tags("partner", words(&mut self.partners.iter().map(ToString::to_string))))
            .add_option(strings(Column::Phase, coded(self.phases.iter().map(|v| serde_json::json!(v)).collect())))
            .add_option(strings(Column::Status, coded(self.statuses.iter().map(|v| serde_json::json!(v)).collect())))
            .add_option(strings(
                Column::Stage,
                words(&mut self.stages.iter().map(|s| format!("{}/{}", s.template, s.stage))),
            ))
            .add_option(tags("field", words(&mut self.fields.iter().map(ToString::to_string))))
            .add_option(tags("region", words(&mut self.regions.iter().map(ToString::to_string))))
            .add_option(strings(Column::Programme, words(&mut self.programmes.iter().map(ToString::to_string))))
            .add_option((!self.years.is_empty()).then(|| Column::Year.is_in(self.years.iter().map(|y| y.get()))))
            .add_option(self.priority.map(|p| Column::Priority.eq(p)))
            .add_option(strings(Column::Health, coded(self.health.iter().map(|v| serde_json::json!(v)).collect())))
            .add_option(self.least.map(|won| Column::AmountKrw.gte(won.get())))
            .add_option(self.most.map(|won| Column::AmountKrw.lte(won.get())))
            .add_option(self.gate_due_before.map(|day| Column::GateDue.lt(day.to_string())))
            .add_option(self.text.as_deref().map(|text| matching(text, backend)))
    }
}

/// Full text: every word of the query must be found. A query without a letter or digit finds nothing.
fn matching(text: &str, backend: DbBackend) -> SimpleExpr {
    let terms = search_terms(text);
    if terms.is_empty() {
        return Expr::cust("1 = 0");
    }
    if backend == DbBackend::Postgres {
        let query: Vec<String> = terms
            .iter()
            .map(|term| match term {
                Term::Phrase(tokens) => {
                    let quoted: Vec<String> = tokens.iter().map(|t| format!("'{t}'")).collect();
                    format!("({})", quoted.join(" <-> "))
                }
                Term::Begins(start) => format!("'{start}':*"),
            })
            .collect();
        return Expr::cust_with_values("search @@ ($1::text)::tsquery", [query.join(" & ")]);
    }
    let query: Vec<String> = terms
        .iter()
        .map(|term| match term {
            Term::Phrase(tokens) => format!("\"{}\"", tokens.join(" ")),
            Term::Begins(start) => format!("\"{start}\" *"),
        })
        .collect();
    let found = "\"project\".\"seq\" IN (SELECT rowid FROM project_search WHERE project_search MATCH ?)";
    Expr::cust_with_values(found, [query.join(" AND ")])
}
