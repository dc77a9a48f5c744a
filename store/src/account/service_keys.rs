//! Service keys at rest (서비스 키 보관): found by the hash of what a program shows.

use super::entity::service_key::{ActiveModel, Column, Entity, Model};
use crate::{
    Facts, Purpose, Store, StoreError, Topic, Tx, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
};
use domain::{
    access::{Permit, Scope, act::service_key as act},
    account::{SecretHash, ServiceKey},
    day::Day,
    id::Id,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoSimpleExpr, QueryFilter, prelude::Uuid,
    sea_query::Expr,
};

impl Facts for ServiceKey {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        purpose.lock(Entity::find_by_id(id), db).one(db).await?.as_ref().map(read).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// The day of last use has a column of its own, so that noting it is no new version of the key.
fn read(row: &Model) -> Result<ServiceKey, StoreError> {
    let mut key: ServiceKey = document::read(&row.document)?;
    let day = row.last_used_on.as_deref().map(str::parse).transpose();
    key.last_used = day.map_err(|e: domain::day::NotADay| StoreError::failed("read service key", e))?;
    Ok(key)
}

/// One page of the keys, the oldest first.
pub async fn list_keys(store: &Store, _: &Scope<act::List>, ask: &PageAsk) -> Result<Page<ServiceKey>, StoreError> {
    let name = "service keys";
    let order = sea_orm::Order::Asc;
    let keys = [
        SortKey {
            column: Column::CreatedAt.into_simple_expr(),
            order: order.clone(),
            of: |k: &ServiceKey| KeyValue::Number(k.created_at.micros()),
        },
        SortKey {
            column: Column::Prefix.into_simple_expr(),
            order,
            of: |k: &ServiceKey| KeyValue::Text(k.prefix.to_string()),
        },
    ];
    let rows = cut(Entity::find(), &keys, ask, name)?.all(store.reader()).await?;
    let found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(page(found, &keys, ask, name))
}

/// Keeps a new key with the hash of its secret.
pub async fn add_key(
    tx: &Tx,
    _: &Permit<act::Create>,
    key: ServiceKey,
    secret: SecretHash,
) -> Result<ServiceKey, StoreError> {
    tx.changed("service_key", &key.id, None, Some(&key))?;
    tx.touches(Topic::Accounts);
    let row = ActiveModel {
        id: Set(key.id.get()),
        version: Set(key.version),
        secret_hash: Set(secret.bytes().to_vec()),
        prefix: Set(key.prefix.to_string()),
        created_at: Set(key.created_at.micros()),
        last_used_on: Set(None),
        document: Set(document::write(&key)?),
    };
    Entity::insert(row).exec_without_returning(tx.db()?).await?;
    Ok(key)
}

/// Keeps a key that was taken back.
pub async fn revoke_key(tx: &Tx, permit: &Permit<act::Revoke>, mut key: ServiceKey) -> Result<ServiceKey, StoreError> {
    let before = permit.on();
    key.version = before.version + 1;
    tx.changed("service_key", &key.id, Some(before), Some(&key))?;
    tx.touches(Topic::Accounts);
    let row = ActiveModel {
        id: Set(key.id.get()),
        version: Set(key.version),
        document: Set(document::write(&key)?),
        ..Default::default()
    };
    Entity::update(row).exec(tx.db()?).await?;
    Ok(key)
}

impl Store {
    /// The key whose secret a program shows. Not scoped: it has not shown who it is yet.
    pub async fn key_at_the_door(&self, secret: SecretHash) -> Result<Option<ServiceKey>, StoreError> {
        let query = Entity::find().filter(Column::SecretHash.eq(secret.bytes().to_vec()));
        query.one(self.reader()).await?.as_ref().map(read).transpose()
    }

    /// Notes that a key was used on this day, once a day, in the store's own name: neither a change by anyone nor worth
    /// an audit entry.
    pub async fn note_key_used(&self, id: Id<ServiceKey>, day: Day) -> Result<(), StoreError> {
        let turn = self.0.writer.turn().await?;
        let day = day.to_string();
        let earlier = Condition::any().add(Column::LastUsedOn.is_null()).add(Column::LastUsedOn.lt(day.clone()));
        Entity::update_many()
            .col_expr(Column::LastUsedOn, Expr::value(day))
            .filter(Column::Id.eq(id.get()))
            .filter(earlier)
            .exec(turn.work()?)
            .await?;
        turn.finish(Vec::new()).await
    }
}
