//! Bodies (기관): the register, as of any day.

mod entity;

use crate::{
    Facts, Purpose, Store, StoreError, Topic, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::{Register, in_force},
    seek::one_or_passing,
    words::holds_typed,
};
use domain::{
    access::{Action, BodyKey, Permit, Scope, act::body as act},
    body::{Body, BodyKind},
    day::Day,
    import::Difference,
};
use entity::{Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
};

impl Facts for Body {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        purpose.lock(Entity::find_by_id(id), db).one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which bodies are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those in force on this day.
    pub as_of: Option<Day>,
    /// Only of these kinds; empty means all.
    pub kinds: Vec<BodyKind>,
    /// Only with this in the Korean name.
    pub name: Option<String>,
}

impl Filter {
    fn condition(&self, backend: DbBackend) -> Condition {
        let all = Condition::all().add_option(self.as_of.map(|day| in_force(Column::ValidFrom, Column::ValidTo, day)));
        all.add_option(one_or_passing(Column::Kind, self.kinds.iter().map(|one| one.name()), backend))
            .add_option(self.name.as_ref().map(|name| holds_typed(Column::NameKo, name)))
    }
}

/// The register of bodies.
const REGISTER: Register<Entity, Body> = Register {
    name: "bodies",
    key: Column::Key,
    document: Column::Document,
    key_of: |body| KeyValue::Text(body.key.to_string()),
    row,
};

/// One page of the register, by key. The scope of reading is the same for all; it is asked for all the same.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Body>, StoreError> {
    REGISTER.list(store, filter, filter.condition(store.0.backend), ask).await
}

/// The body of a key.
pub async fn one(store: &Store, _: &Scope<act::Read>, key: &BodyKey) -> Result<Option<Body>, StoreError> {
    REGISTER.find(store.reader(), key.as_str()).await
}

/// Every body, closed ones included.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Body>, StoreError> {
    REGISTER.all(db).await
}

/// The keys among these that name no body.
pub async fn unknown(tx: &Tx, keys: &[BodyKey]) -> Result<Vec<BodyKey>, StoreError> {
    let known: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Key)
        .filter(Column::Key.is_in(keys.iter().map(BodyKey::as_str)))
        .into_tuple()
        .all(tx.db()?)
        .await?;
    Ok(keys.iter().filter(|key| !known.iter().any(|k| k == key.as_str())).cloned().collect())
}

/// Enters a new body.
pub async fn add(tx: &Tx, _: &Permit<act::Create>, body: Body) -> Result<Body, StoreError> {
    tx.changed("body", &body.key, None, Some(&body))?;
    tx.touches(Topic::Reference);
    Entity::insert(row(&body)?).exec_without_returning(tx.db()?).await?;
    Ok(body)
}

/// Keeps a changed or closed body.
pub async fn save<A: Action<On = Body>>(tx: &Tx, permit: &Permit<A>, body: Body) -> Result<Body, StoreError> {
    tx.changed("body", &body.key, Some(permit.on()), Some(&body))?;
    tx.touches(Topic::Reference);
    Entity::update(row(&body)?).exec(tx.db()?).await?;
    Ok(body)
}

/// The bodies of these keys that are in the register.
pub(crate) async fn named(db: &impl ConnectionTrait, keys: &[&str]) -> Result<Vec<Body>, StoreError> {
    let mut bodies = Vec::with_capacity(keys.len());
    // A statement takes at most 32,766 values on SQLite.
    for some in keys.chunks(1000) {
        for row in Entity::find().filter(Column::Key.is_in(some.iter().copied())).all(db).await? {
            bodies.push(document::read(&row.document)?);
        }
    }
    Ok(bodies)
}

/// Keeps bodies that follow from reference data: what is new and what changed. Those that changed are told by the caller.
pub(crate) async fn put(tx: &Tx, found: &Difference<Body>) -> Result<(), StoreError> {
    for body in &found.new {
        tx.changed("body", &body.key, None, Some(body))?;
    }
    REGISTER.put(tx, found).await
}

fn row(body: &Body) -> Result<entity::ActiveModel, StoreError> {
    Ok(entity::ActiveModel {
        key: Set(body.key.to_string()),
        version: Set(body.version),
        kind: Set(body.kind.to_string()),
        name_ko: Set(body.facts.name.ko.to_string()),
        valid_from: Set(body.facts.valid_from.map(|d| d.to_string())),
        valid_to: Set(body.valid_to.map(|d| d.to_string())),
        document: Set(document::write(body)?),
    })
}
