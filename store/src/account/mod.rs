//! Accounts (계정): found by id, by name, and by what is presented at the door; kept with their roles and passwords.

mod entity;
mod first_administrator;
mod keys;
mod list;
mod service_keys;
mod sessions;

pub use first_administrator::{add_first, administrator_exists, issue, redeem};
pub use keys::{SigningSecret, add_signing_keys, list_signing_keys, signing_keys};
pub(crate) use list::holders;
pub use list::{Filter, all, list};
pub use service_keys::{add_key, list_keys, revoke_key};
pub use sessions::{begin_session, end_other_sessions, end_session, end_sessions, rotate_session};

use crate::{Facts, Purpose, Store, StoreError, Topic, Tx, document};
use domain::{
    access::{Action, Permit, act::account as act},
    account::{Account, Credentials, RoleGrant, SignInName},
    day::Instant,
};
use entity::{account as table, grant};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, QuerySelect,
    entity::prelude::*,
};
use serde_json::json;

impl Facts for Account {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query = purpose.lock(table::Entity::find_by_id(id), db);
        query.one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Enters a new account with its first password, if it has one yet.
pub async fn add(
    tx: &Tx,
    _: &Permit<act::Create>,
    account: Account,
    credentials: Option<Credentials>,
) -> Result<Account, StoreError> {
    insert(tx, account, credentials).await
}

async fn insert(tx: &Tx, account: Account, credentials: Option<Credentials>) -> Result<Account, StoreError> {
    tx.changed("account", &account.id, None, Some(&account))?;
    tx.touches(Topic::Accounts);
    let mut row = row(&account)?;
    row.sign_in_name = Set(account.sign_in_name.to_string());
    row.must_change_password = Set(false);
    if let Some(credentials) = credentials {
        put(&mut row, credentials);
    }
    table::Entity::insert(row).exec_without_returning(tx.db()?).await?;
    keep_grants(tx, &account, &[]).await?;
    Ok(account)
}

/// Keeps a changed account. Any permit on an account will do: each names its own change.
pub async fn save<A: Action<On = Account>>(
    tx: &Tx,
    permit: &Permit<A>,
    account: Account,
) -> Result<Account, StoreError> {
    update(tx, permit, account, None).await
}

/// Keeps a changed account with a new password. `verified` is the hash that the caller has just proved to know the
/// password of: when another took its place meanwhile, the caller is too late ([`StoreError::Stale`]).
pub async fn save_password<A: Action<On = Account>>(
    tx: &Tx,
    permit: &Permit<A>,
    account: Account,
    credentials: Credentials,
    verified: Option<&str>,
) -> Result<Account, StoreError> {
    if let Some(verified) = verified {
        let kept = table::Entity::find_by_id(account.id.get()).one(tx.db()?).await?.and_then(|row| row.password_hash);
        if kept.as_deref() != Some(verified) {
            return Err(StoreError::Stale { now: permit.on().version });
        }
    }
    update(tx, permit, account, Some(credentials)).await
}

async fn update<A: Action<On = Account>>(
    tx: &Tx,
    permit: &Permit<A>,
    mut account: Account,
    credentials: Option<Credentials>,
) -> Result<Account, StoreError> {
    let before = permit.on();
    account.version = before.version + 1;
    tx.changed("account", &account.id, Some(before), Some(&account))?;
    tx.touches(Topic::Accounts);
    let mut row = row(&account)?;
    if let Some(credentials) = credentials {
        // The trail says that there is a new password and whether it must be changed, never what it is.
        let set = json!({ "changed_at": credentials.changed_at, "must_change": credentials.must_change });
        tx.changed("password", &account.id, None, Some(&set))?;
        put(&mut row, credentials);
    }
    table::Entity::update(row).exec(tx.db()?).await?;
    keep_grants(tx, &account, before.grants()).await?;
    Ok(account)
}

fn row(account: &Account) -> Result<table::ActiveModel, StoreError> {
    Ok(table::ActiveModel {
        id: Set(account.id.get()),
        version: Set(account.version),
        sign_in_name: NotSet,
        state: Set(account.state().name().to_string()),
        search: Set(format!("{} {}", account.sign_in_name, account.display_name).to_lowercase()),
        document: Set(document::write(account)?),
        password_hash: NotSet,
        password_changed_at: NotSet,
        must_change_password: NotSet,
    })
}

fn put(row: &mut table::ActiveModel, credentials: Credentials) {
    row.password_hash = Set(Some(credentials.hash));
    row.password_changed_at = Set(Some(credentials.changed_at.micros()));
    row.must_change_password = Set(credentials.must_change);
}

/// Keeps the rows by which lists find accounts: grants are added and taken back, never anything else.
async fn keep_grants(tx: &Tx, account: &Account, before: &[RoleGrant]) -> Result<(), StoreError> {
    let moved = account.grants().iter().filter(|g| !before.contains(g));
    let rows: Vec<_> = moved
        .map(|g| grant::ActiveModel {
            id: Set(g.id.get()),
            account_id: Set(account.id.get()),
            role: Set(g.role.to_string()),
            body: Set(g.body.to_string()),
            expires_at: Set(g.expires_at.map(Instant::micros)),
            revoked: Set(g.revoked.is_some()),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let known =
        sea_orm::sea_query::OnConflict::column(grant::Column::Id).update_column(grant::Column::Revoked).to_owned();
    grant::Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx.db()?).await?;
    Ok(())
}

/// An account with what proves it, as the sign-in needs it. Not scoped: nobody has signed in yet.
#[derive(Debug)]
pub struct AtTheDoor {
    /// The account.
    pub account: Account,
    /// Its password, if one was set.
    pub credentials: Option<Credentials>,
}

fn at_the_door(row: table::Model) -> Result<AtTheDoor, StoreError> {
    let credentials = row.password_hash.map(|hash| Credentials {
        hash,
        changed_at: Instant::from_micros(row.password_changed_at.unwrap_or_default()),
        must_change: row.must_change_password,
    });
    Ok(AtTheDoor { account: document::read(&row.document)?, credentials })
}

impl Store {
    /// The account with this sign-in name, for the sign-in alone.
    pub async fn at_the_door(&self, name: &SignInName) -> Result<Option<AtTheDoor>, StoreError> {
        let query = table::Entity::find().filter(table::Column::SignInName.eq(name.as_str())).limit(1);
        query.one(self.reader()).await?.map(at_the_door).transpose()
    }

    /// The account behind a token that has been verified.
    pub async fn account_of(&self, id: domain::account::AccountId) -> Result<Option<AtTheDoor>, StoreError> {
        table::Entity::find_by_id(id.get()).one(self.reader()).await?.map(at_the_door).transpose()
    }
}
