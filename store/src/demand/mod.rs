//! Demand for resources (자원 수요조사): kept whole, listed in the order in which it was recorded.

mod entity;

use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing},
};
use domain::{
    access::{Action, BodyKey, Permit, Scope, act::demand as act},
    day::FiscalYear,
    demand::{DemandState, OnDemand, ResourceDemand, ResourceKind},
};
use entity::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::ExprTrait,
};
use uuid::Uuid;

impl Facts for ResourceDemand {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query = Entity::find().filter(Column::Id.eq(id)).select_only().column(Column::Document);
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which demands are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Whose.
    pub bodies: Vec<BodyKey>,
    /// For what.
    pub kinds: Vec<ResourceKind>,
    /// How they stand.
    pub states: Vec<DemandState>,
    /// From which years on they are needed.
    pub years: Vec<FiscalYear>,
}

impl Filter {
    /// One column leads to what fits; the others are looked at in passing.
    fn condition(&self, backend: DbBackend) -> Condition {
        let mut seek = first_leads(backend);
        let body = seek(Column::Body, self.bodies.len() == 1);
        let year = seek(Column::Year, self.years.len() == 1);
        let kind = seek(Column::Kind, self.kinds.len() == 1);
        let state = seek(Column::State, self.states.len() == 1);
        Condition::all()
            .add_option(among(body, self.bodies.iter().map(ToString::to_string)))
            .add_option(among(year, self.years.iter().map(|year| i64::from(year.get()))))
            .add_option(among(kind, self.kinds.iter().map(|kind| kind.name())))
            .add_option(among(state, self.states.iter().map(|state| state.name())))
    }
}

/// One page of the demands that the reader may see, in the order in which they were recorded.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<ResourceDemand>, StoreError> {
    let (name, backend) = (format!("demands {filter:?}"), store.0.backend);
    let query = Entity::find().filter(filter.condition(backend)).filter(visible(scope, backend));
    in_order_of_entry(store, query, (Column::Seq, Column::Document), (&name, ask)).await
}

/// The reader's scope as a condition: the same relations that the policy asks of a single demand.
fn visible(scope: &Scope<act::Read>, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        any = match cell {
            OnDemand::Never => any,
            OnDemand::Always => return Condition::all(),
            OnDemand::Own => any.add(passing(Column::Body, backend).eq(body.as_str())),
            OnDemand::OtherBody => any.add(passing(Column::Body, backend).ne(body.as_str())),
        };
    }
    opened(any)
}

/// Records a demand of the body of the permit.
pub async fn add(tx: &Tx, permit: &Permit<act::Create>, demand: ResourceDemand) -> Result<ResourceDemand, StoreError> {
    if demand.body != permit.on().key {
        return Err(StoreError::NotFound);
    }
    tx.changed("demand", &demand.id, None, Some(&demand))?;
    Entity::insert(row(&demand)?).exec_without_returning(tx.db()?).await?;
    Ok(demand)
}

/// Keeps a changed demand.
pub async fn save<A: Action<On = ResourceDemand>>(
    tx: &Tx,
    permit: &Permit<A>,
    after: ResourceDemand,
) -> Result<ResourceDemand, StoreError> {
    tx.changed("demand", &after.id, Some(permit.on()), Some(&after))?;
    let one = Column::Id.eq(after.id.get());
    Entity::update_many().set(row(&after)?).filter(one).exec(tx.db()?).await?;
    Ok(after)
}

fn row(demand: &ResourceDemand) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        id: Set(demand.id.get()),
        version: Set(demand.version),
        body: Set(demand.body.to_string()),
        kind: Set(demand.details.kind.to_string()),
        state: Set(demand.state().to_string()),
        year: Set(demand.year().map(|year| year.get().into())),
        document: Set(document::write(demand)?),
        ..Default::default()
    })
}
