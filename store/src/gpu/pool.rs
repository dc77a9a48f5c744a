//! Pools and charges (GPU 풀·이용료): registers by key, loaded with what comes built in.

use super::entity::{
    charge,
    pool::{ActiveModel, Column, Entity},
};
use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::Register,
};
use domain::{
    access::{
        Action, BodyKey, Permit, Scope,
        act::{gpu_pool as act, user_charge as charge_act},
    },
    gpu::{AcceleratorKind, GpuPool, PoolKey, Units, UserCharge},
    import::Difference,
};
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait, EntityTrait};

impl Facts for GpuPool {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        purpose.lock(Entity::find_by_id(id), db).one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

impl Facts for UserCharge {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let query = purpose.lock(charge::Entity::find_by_id(id), db);
        query.one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which pools are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct PoolFilter {
    /// Of which kinds of accelerators.
    pub kinds: Vec<AcceleratorKind>,
    /// Of which models.
    pub models: Vec<String>,
    /// Whose.
    pub owners: Vec<BodyKey>,
}

const POOLS: Register<Entity, GpuPool> = Register {
    name: "gpu pools",
    key: Column::Key,
    document: Column::Document,
    key_of: |pool| KeyValue::Text(pool.key.to_string()),
    row,
};

const CHARGES: Register<charge::Entity, UserCharge> = Register {
    name: "user charges",
    key: charge::Column::Class,
    document: charge::Column::Document,
    key_of: |charge| KeyValue::Text(charge.class.to_string()),
    row: charge_row,
};

/// One page of the pools, by key. The scope of reading is the same for all; it is asked for all the same.
pub async fn list_pools(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &PoolFilter,
    ask: &PageAsk,
) -> Result<Page<GpuPool>, StoreError> {
    let backend = store.0.backend;
    // Pools are few: along their keys each is looked at in passing.
    let passing = |column, values: Vec<String>| crate::seek::among(crate::seek::passing(column, backend), values);
    let wanted = Condition::all()
        .add_option(passing(Column::Kind, filter.kinds.iter().map(ToString::to_string).collect()))
        .add_option(passing(Column::Model, filter.models.clone()))
        .add_option(passing(Column::Owner, filter.owners.iter().map(ToString::to_string).collect()));
    POOLS.list(store, filter, wanted, ask).await
}

/// The smallest unit of every pool, inside a write that is about to name some.
pub async fn units(tx: &Tx) -> Result<Units, StoreError> {
    let all = POOLS.all(tx.db()?).await?;
    Ok(all.into_iter().map(|pool| (pool.key, pool.gpus_per_unit)).collect())
}

/// Every pool, to be looked at by the server itself.
pub async fn pool_keys(store: &Store) -> Result<Vec<PoolKey>, StoreError> {
    POOLS.keys(store.reader()).await
}

/// Enters a pool.
pub async fn add_pool(tx: &Tx, _: &Permit<act::Create>, pool: GpuPool) -> Result<GpuPool, StoreError> {
    tx.changed("gpu_pool", &pool.key, None, Some(&pool))?;
    Entity::insert(row(&pool)?).exec_without_returning(tx.db()?).await?;
    Ok(pool)
}

/// Keeps a changed pool.
pub async fn save_pool<A: Action<On = GpuPool>>(
    tx: &Tx,
    permit: &Permit<A>,
    pool: GpuPool,
) -> Result<GpuPool, StoreError> {
    tx.changed("gpu_pool", &pool.key, Some(permit.on()), Some(&pool))?;
    Entity::update(row(&pool)?).exec(tx.db()?).await?;
    Ok(pool)
}

/// Every charge, by class; there are as many as classes.
pub async fn list_charges(
    store: &Store,
    _: &Scope<charge_act::Read>,
    ask: &PageAsk,
) -> Result<Page<UserCharge>, StoreError> {
    CHARGES.list(store, &"", Condition::all(), ask).await
}

/// Every charge, as it stands in this transaction.
pub async fn charges(tx: &Tx) -> Result<Vec<UserCharge>, StoreError> {
    CHARGES.all(tx.db()?).await
}

/// Keeps a charge that was decided anew.
pub async fn save_charge(
    tx: &Tx,
    permit: &Permit<charge_act::Decide>,
    charge: UserCharge,
) -> Result<UserCharge, StoreError> {
    tx.changed("user_charge", &charge.class, Some(permit.on()), Some(&charge))?;
    charge::Entity::update(charge_row(&charge)?).exec(tx.db()?).await?;
    Ok(charge)
}

/// Which built-in pools are not there yet; those that are stay as people have restated them.
pub(crate) async fn pools_missing(
    db: &impl ConnectionTrait,
    rows: Vec<GpuPool>,
) -> Result<Difference<GpuPool>, StoreError> {
    let mut found = POOLS.compare(db, rows).await?;
    found.changed.clear();
    Ok(found)
}

/// The same of charges.
pub(crate) async fn charges_missing(
    db: &impl ConnectionTrait,
    rows: Vec<UserCharge>,
) -> Result<Difference<UserCharge>, StoreError> {
    let mut found = CHARGES.compare(db, rows).await?;
    found.changed.clear();
    Ok(found)
}

/// Enters built-in pools, each told of.
pub(crate) async fn put_pools(tx: &Tx, found: &Difference<GpuPool>) -> Result<(), StoreError> {
    for pool in &found.new {
        tx.changed("gpu_pool", &pool.key, None, Some(pool))?;
    }
    POOLS.put(tx, found).await
}

/// Enters built-in charges, each told of.
pub(crate) async fn put_charges(tx: &Tx, found: &Difference<UserCharge>) -> Result<(), StoreError> {
    for charge in &found.new {
        tx.changed("user_charge", &charge.class, None, Some(charge))?;
    }
    CHARGES.put(tx, found).await
}

fn row(pool: &GpuPool) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        key: Set(pool.key.to_string()),
        version: Set(pool.version),
        kind: Set(pool.accelerator.kind.to_string()),
        model: Set(pool.accelerator.model.to_string()),
        owner: Set(pool.facts.owner.to_string()),
        document: Set(document::write(pool)?),
    })
}

fn charge_row(charge: &UserCharge) -> Result<charge::ActiveModel, StoreError> {
    Ok(charge::ActiveModel {
        class: Set(charge.class.to_string()),
        version: Set(charge.version),
        document: Set(document::write(charge)?),
    })
}
