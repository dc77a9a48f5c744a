//! The first administrator's token at rest (최초 관리자 토큰): at most one row, and none counts once somebody administers.

use super::{
    entity::{
        account,
        first_administrator::{ActiveModel, Column, Entity},
        grant,
    },
    insert,
    list::in_force,
};
use crate::{Purpose, Store, StoreError, Tx, document};
use domain::{
    access::{Permit, Role, act::first_administrator as act},
    account::{Account, Credentials, FirstAdministrator, StateName},
    day::Instant,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::OnConflict,
};

/// The only row.
const ROW: i64 = 1;

/// Keeps a fresh token in place of any earlier one.
pub async fn issue(tx: &Tx, _: &Permit<act::Issue>, token: &FirstAdministrator) -> Result<(), StoreError> {
    let before = stored(tx).await?;
    tx.changed("first_administrator", &ROW, before.as_ref().map(told).as_ref(), Some(&told(token)))?;
    put(tx, token).await
}

/// Uses the token up by whatever `rule` says of it, given whether somebody administers already.
pub async fn redeem<E: From<StoreError>>(
    tx: &Tx,
    _: &Permit<act::Redeem>,
    rule: impl FnOnce(Option<FirstAdministrator>, bool) -> Result<FirstAdministrator, E>,
) -> Result<(), E> {
    let token = stored(tx).await?;
    let used = rule(token, exists(tx.db()?, tx.at()).await?)?;
    Ok(put(tx, &used).await?)
}

/// Enters the first administrator's account.
pub async fn add_first(
    tx: &Tx,
    _: &Permit<act::Redeem>,
    account: Account,
    credentials: Credentials,
) -> Result<Account, StoreError> {
    insert(tx, account, Some(credentials)).await
}

/// Whether an account that may sign in administers.
pub async fn administrator_exists(store: &Store, now: Instant) -> Result<bool, StoreError> {
    exists(store.reader(), now).await
}

async fn exists(db: &impl ConnectionTrait, now: Instant) -> Result<bool, StoreError> {
    let holders = grant::Entity::find()
        .select_only()
        .column(grant::Column::AccountId)
        .filter(grant::Column::Role.eq(Role::Administrator.name()))
        .filter(in_force(now));
    let found = account::Entity::find()
        .filter(account::Column::Id.in_subquery(holders.into_query()))
        .filter(account::Column::State.eq(StateName::Active.name()));
    Ok(found.count(db).await? > 0)
}

async fn stored(tx: &Tx) -> Result<Option<FirstAdministrator>, StoreError> {
    let db = tx.db()?;
    let row = Purpose::Change.lock(Entity::find_by_id(ROW), db).one(db).await?;
    row.map(|row| document::read(&row.document)).transpose()
}

async fn put(tx: &Tx, token: &FirstAdministrator) -> Result<(), StoreError> {
    let row = ActiveModel { id: Set(ROW), document: Set(document::write(token)?) };
    let known = OnConflict::column(Column::Id).update_column(Column::Document).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(tx.db()?).await?;
    Ok(())
}

fn told(token: &FirstAdministrator) -> serde_json::Value {
    serde_json::json!({ "expires_at": token.expires_at, "used": token.used })
}

impl Store {
    /// The token that waits to be used, to look at before anything costly is done for whoever shows one.
    pub async fn first_administrator_token(&self) -> Result<Option<FirstAdministrator>, StoreError> {
        let row = Entity::find_by_id(ROW).one(self.reader()).await?;
        row.map(|row| document::read(&row.document)).transpose()
    }
}
