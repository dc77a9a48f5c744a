//! Fiscal indicators (재정지표): published ratios with their parts, by region, year, basis, series and scope.

mod entity;

use crate::{
    Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk, SortKey},
    register::{documents, put as put_rows},
};
use domain::{
    access::{Scope as Reader, act::reference as act},
    day::FiscalYear,
    fiscal::{Basis, FiscalIndicator, Scope, Series},
    import::{Difference, difference},
    region::RegionCode,
};
use entity::{Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoSimpleExpr, QueryFilter,
    sea_query::OnConflict,
};
use std::collections::{BTreeMap, BTreeSet};

/// Which indicators are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of these regions, by their codes at the reference date; empty means all.
    pub regions: Vec<RegionCode>,
    /// Only of this fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// Only of the original or of the final budget.
    pub basis: Option<Basis>,
    /// Only of this definition of own revenue.
    pub series: Option<Series>,
    /// Only of these scopes; empty means all.
    pub scopes: Vec<Scope>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        if !self.regions.is_empty() {
            all = all.add(Column::Code.is_in(self.regions.iter().map(RegionCode::as_str)));
        }
        if !self.scopes.is_empty() {
            all = all.add(Column::Scope.is_in(self.scopes.iter().map(|s| s.name())));
        }
        all.add_option(self.fiscal_year.map(|year| Column::FiscalYear.eq(year.get())))
            .add_option(self.basis.map(|basis| Column::Basis.eq(basis.name())))
            .add_option(self.series.map(|series| Column::Series.eq(series.name())))
    }
}

/// One page of the indicators, by region code, year, basis, series and scope.
pub async fn list(
    store: &Store,
    _: &Reader<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<FiscalIndicator>, StoreError> {
    let name = format!("fiscal indicators {filter:?}");
    documents(store, Entity::find().filter(filter.condition()), Column::Document, &keys(), (&name, ask)).await
}

/// Every indicator of a year and budget, in no order: a few hundred. Of one region alone when a code is given.
pub async fn published(
    store: &Store,
    _: &Reader<act::Read>,
    (year, basis): (i32, Basis),
    code: Option<&RegionCode>,
) -> Result<Vec<FiscalIndicator>, StoreError> {
    read_budget(store.reader(), (year, basis), code).await
}

/// The same inside the store, of every region.
pub(crate) async fn of_budget(
    db: &impl ConnectionTrait,
    budget: (i32, Basis),
) -> Result<Vec<FiscalIndicator>, StoreError> {
    read_budget(db, budget, None).await
}

async fn read_budget(
    db: &impl ConnectionTrait,
    (year, basis): (i32, Basis),
    code: Option<&RegionCode>,
) -> Result<Vec<FiscalIndicator>, StoreError> {
    let wanted = Condition::all().add(Column::FiscalYear.eq(year)).add(Column::Basis.eq(basis.name()));
    let wanted = wanted.add_option(code.map(|code| Column::Code.eq(code.as_str())));
    let found = Entity::find().filter(wanted).all(db).await?;
    found.iter().map(|row| document::read(&row.document)).collect()
}

fn keys() -> [SortKey<FiscalIndicator>; 5] {
    let key = |column: Column, of: fn(&FiscalIndicator) -> KeyValue| SortKey {
        column: column.into_simple_expr(),
        order: sea_orm::Order::Asc,
        of,
    };
    [
        key(Column::Code, |i| KeyValue::Text(i.code.to_string())),
        key(Column::FiscalYear, |i| KeyValue::Number(i.fiscal_year.get().into())),
        key(Column::Basis, |i| KeyValue::Text(i.basis.to_string())),
        key(Column::Series, |i| KeyValue::Text(i.series.to_string())),
        key(Column::Scope, |i| KeyValue::Text(i.scope.to_string())),
    ]
}

/// What these rows would change.
pub(crate) async fn compare(
    db: &impl ConnectionTrait,
    rows: Vec<FiscalIndicator>,
) -> Result<Difference<FiscalIndicator>, StoreError> {
    let years: BTreeSet<i32> = rows.iter().map(|row| row.fiscal_year.get()).collect();
    let known = Entity::find().filter(Column::FiscalYear.is_in(years)).all(db).await?;
    let known = known.iter().map(|row| document::read::<FiscalIndicator>(&row.document).map(|i| (i.key(), i)));
    Ok(difference(known.collect::<Result<BTreeMap<_, _>, _>>()?, rows, FiscalIndicator::key))
}

/// Keeps what is new and what changed.
pub(crate) async fn put(tx: &Tx, found: &Difference<FiscalIndicator>) -> Result<(), StoreError> {
    let key = [Column::Code, Column::FiscalYear, Column::Basis, Column::Series, Column::Scope];
    let again = OnConflict::columns(key).update_column(Column::Document).to_owned();
    put_rows::<Entity>(tx, found.rows().map(row).collect::<Result<_, _>>()?, &again).await
}

fn row(indicator: &FiscalIndicator) -> Result<entity::ActiveModel, StoreError> {
    Ok(entity::ActiveModel {
        code: Set(indicator.code.to_string()),
        fiscal_year: Set(indicator.fiscal_year.get().into()),
        basis: Set(indicator.basis.to_string()),
        series: Set(indicator.series.to_string()),
        scope: Set(indicator.scope.to_string()),
        document: Set(document::write(indicator)?),
    })
}
