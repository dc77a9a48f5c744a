//! Finding lines and entries (조회): only what the reader may see, in the order asked for.

use super::entity::{
    entry,
    line::{Column, Entity},
    project_body,
};
use crate::{
    Store, StoreError, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
    seek::{among, passing},
};
use domain::{
    access::{BodyKey, Permit, Scope, act::budget as act},
    budget::{
        AccountKind, BudgetLine, Entry, EntryId, EnvelopeKey, LineKind, Movement, OnBudgetLine, ProjectId, Standing,
    },
    day::{Day, FiscalYear},
    money::Won,
};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, FromQueryResult, IntoSimpleExpr, Order, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{ExprTrait, LikeExpr},
};

/// Which lines are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Whose.
    pub bodies: Vec<BodyKey>,
    /// Of which years.
    pub fiscal_years: Vec<FiscalYear>,
    /// Grants, loans, in kind.
    pub kinds: Vec<LineKind>,
    /// General, special, fund.
    pub account_kinds: Vec<AccountKind>,
    /// How firm.
    pub standings: Vec<Standing>,
    /// Which pay for this project.
    pub project: Option<ProjectId>,
    /// Which lie in one of these envelopes.
    pub envelopes: Vec<EnvelopeKey>,
    /// With at least this current budget.
    pub current_budget_from: Option<Won>,
    /// With at most this current budget.
    pub current_budget_to: Option<Won>,
    /// With this in the title, whatever the case.
    pub text: Option<String>,
}

/// By what lines are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// When they were opened.
    Created,
    /// Their year.
    FiscalYear,
    /// When they last changed.
    UpdatedAt,
    /// Their current budget.
    CurrentBudget,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Smallest or oldest first.
    Up,
    /// Largest or newest first.
    Down,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    /// Only these movements; empty means all.
    pub kinds: Vec<Movement>,
    /// Booked on this day or later.
    pub from: Option<Day>,
    /// Booked on this day or earlier.
    pub to: Option<Day>,
}

/// What a list reads of a line.
#[derive(Debug, FromQueryResult)]
struct Listed {
    seq: i64,
    fiscal_year: i64,
    updated_at: i64,
    current_budget: i64,
    document: String,
}

impl Filter {
    /// The condition for a list in this order (`None`: no order). An index is chosen by the order, and for the lines of one
    /// body by that body; a project has so few lines that they are gathered and sorted. Every other column is looked at in
    /// passing, unless the list is in the order of entry, for which each has an index of its own.
    fn condition(&self, sort: Option<Sort>, backend: DbBackend) -> Condition {
        let seek = |column: Column, orders: &[Sort]| match sort {
            Some(sort) if !orders.contains(&sort) => passing(column, backend),
            _ => column.into_simple_expr(),
        };
        let entry = |column: Column, many: usize| {
            let alone = many == 1 || sort.is_none();
            if alone { seek(column, &[Sort::Created]) } else { passing(column, backend) }
        };
        let body =
            if self.bodies.len() == 1 { Column::Body.into_simple_expr() } else { passing(Column::Body, backend) };
        let year = match sort {
            Some(Sort::FiscalYear) => Column::FiscalYear.into_simple_expr(),
            _ => entry(Column::FiscalYear, self.fiscal_years.len()),
        };
        let budget = || seek(Column::CurrentBudget, &[Sort::CurrentBudget]);
        Condition::all()
            .add(Column::RemovedAt.is_null())
            .add_option(among(body, self.bodies.iter().map(ToString::to_string)))
            .add_option(among(year, self.fiscal_years.iter().map(|year| year.get())))
            .add_option(among(entry(Column::Kind, self.kinds.len()), self.kinds.iter().map(|kind| kind.name())))
            .add_option(among(
                entry(Column::AccountKind, self.account_kinds.len()),
                self.account_kinds.iter().map(|kind| kind.name()),
            ))
            .add_option(among(
                entry(Column::Standing, self.standings.len()),
                self.standings.iter().map(|standing| standing.name()),
            ))
            .add_option(among(
                entry(Column::Envelope, self.envelopes.len()),
                self.envelopes.iter().map(ToString::to_string),
            ))
            .add_option(self.project.map(|id| Column::ProjectId.eq(id.get())))
            .add_option(self.current_budget_from.map(|won| budget().gte(won.get())))
            .add_option(self.current_budget_to.map(|won| budget().lte(won.get())))
            .add_option(self.text.as_ref().map(|text| Column::Title.like(containing(text))))
    }
}

/// A pattern for text that contains this. Titles are kept in lower case, since the databases differ in what they fold.
fn containing(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}

/// What the reader's roles open, as the policy table says.
fn reach(scope: &Scope<act::Read>) -> Condition {
    let firm = || Column::Standing.ne(Standing::Draft.name());
    let mut any = Condition::any();
    if scope.is_empty() {
        any = any.add(Column::Seq.is_null());
    }
    for (cell, body) in scope.reach() {
        any = match cell {
            OnBudgetLine::Never => any,
            OnBudgetLine::Always => return Condition::all(),
            OnBudgetLine::Firm => any.add(firm()),
            OnBudgetLine::Own => any.add(Column::Body.eq(body.as_str())),
            OnBudgetLine::Visible => {
                let takes_part = project_body::Entity::find()
                    .select_only()
                    .column(project_body::Column::ProjectId)
                    .filter(project_body::Column::Body.eq(body.as_str()));
                let shared = Condition::any()
                    .add(Column::ProjectFiled.eq(true))
                    .add(Column::ProjectId.in_subquery(takes_part.into_query()));
                any.add(Column::Body.eq(body.as_str())).add(Condition::all().add(firm()).add(shared))
            }
        };
    }
    any
}

fn asked(store: &Store, scope: &Scope<act::Read>, filter: &Filter, sort: Option<Sort>) -> Select<Entity> {
    let backend = store.0.backend;
    Entity::find().filter(filter.condition(sort, backend)).filter(reach(scope))
}

/// One page of the lines that the reader may see.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &Filter,
    (sort, way): (Sort, Way),
    ask: &PageAsk,
) -> Result<Page<BudgetLine>, StoreError> {
    let name = format!("budget lines {filter:?} {sort:?} {way:?}");
    let order = || if way == Way::Up { Order::Asc } else { Order::Desc };
    let seq =
        SortKey { column: Column::Seq.into_simple_expr(), order: order(), of: |l: &Listed| KeyValue::Number(l.seq) };
    let key =
        |column: Column, of: fn(&Listed) -> KeyValue| SortKey { column: column.into_simple_expr(), order: order(), of };
    let first: Option<SortKey<Listed>> = match sort {
        Sort::Created => None,
        Sort::FiscalYear => Some(key(Column::FiscalYear, |l| KeyValue::Number(l.fiscal_year))),
        Sort::UpdatedAt => Some(key(Column::UpdatedAt, |l| KeyValue::Number(l.updated_at))),
        Sort::CurrentBudget => Some(key(Column::CurrentBudget, |l| KeyValue::Number(l.current_budget))),
    };
    let keys: Vec<SortKey<Listed>> = first.into_iter().chain([seq]).collect();
    let columns = [Column::Seq, Column::FiscalYear, Column::UpdatedAt, Column::CurrentBudget, Column::Document];
    let query = cut(asked(store, scope, filter, Some(sort)).select_only().columns(columns), &keys, ask, &name)?;
    let rows = query.into_model::<Listed>().all(store.reader()).await?;
    let Page { items, next } = page(rows, &keys, ask, &name);
    let items = items.iter().map(|row| document::read(&row.document)).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// How many lines the reader may see of those asked for.
pub async fn count(store: &Store, scope: &Scope<act::Read>, filter: &Filter) -> Result<u64, StoreError> {
    Ok(asked(store, scope, filter, None).count(store.apart()).await?)
}

/// One page of a line's entries, in the order of recording.
pub async fn entries(
    store: &Store,
    permit: &Permit<act::Read>,
    filter: &EntryFilter,
    ask: &PageAsk,
) -> Result<Page<Entry>, StoreError> {
    let line = permit.on().id;
    let name = format!("entries of {line} {filter:?}");
    let keys = [SortKey {
        column: entry::Column::N.into_simple_expr(),
        order: Order::Asc,
        of: |e: &Entry| KeyValue::Number(e.n),
    }];
    let wanted = Condition::all()
        .add(entry::Column::LineId.eq(line.get()))
        .add_option(among(entry::Column::Kind.into_simple_expr(), filter.kinds.iter().map(|kind| kind.name())))
        .add_option(filter.from.map(|day| entry::Column::BookedOn.gte(day.to_string())))
        .add_option(filter.to.map(|day| entry::Column::BookedOn.lte(day.to_string())));
    let query = entry::Entity::find().filter(wanted).select_only().column(entry::Column::Document);
    let rows: Vec<String> = cut(query, &keys, ask, &name)?.into_tuple().all(store.reader()).await?;
    let entries = rows.iter().map(|text| document::read(text)).collect::<Result<Vec<Entry>, _>>()?;
    Ok(page(entries, &keys, ask, &name))
}

/// One entry of a line.
pub async fn entry(store: &Store, permit: &Permit<act::Read>, id: EntryId) -> Result<Entry, StoreError> {
    let found: Option<String> = entry::Entity::find()
        .select_only()
        .column(entry::Column::Document)
        .filter(entry::Column::Id.eq(id.get()))
        .filter(entry::Column::LineId.eq(permit.on().id.get()))
        .into_tuple()
        .one(store.reader())
        .await?;
    document::read(&found.ok_or(StoreError::NotFound)?)
}
