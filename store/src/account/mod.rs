//! Accounts (계정): found by id, by name, and by what is presented at the door.

mod entity;
mod keys;

pub use keys::{SigningSecret, add_signing_keys, signing_keys};

use crate::{Facts, Purpose, Store, StoreError, Topic, Tx, document};
use domain::{
    access::{Permit, act::account as act},
    account::{Account, Credentials, SignInName},
    day::Instant,
};
use entity::account as table;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QuerySelect, entity::prelude::*};

impl Facts for Account {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query = purpose.lock(table::Entity::find_by_id(id), db);
        query.one(db).await?.map(read).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

fn read(row: table::Model) -> Result<Account, StoreError> {
    document::read(&row.document)
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

pub(crate) async fn insert(tx: &Tx, account: Account, credentials: Option<Credentials>) -> Result<Account, StoreError> {
    tx.changed("account", account.id, None, Some(&account))?;
    tx.touches(Topic::Accounts);
    let row = table::ActiveModel {
        id: Set(account.id.get()),
        version: Set(account.version),
        sign_in_name: Set(account.sign_in_name.to_string()),
        document: Set(document::write(&account)?),
        password_hash: Set(credentials.as_ref().map(|c| c.hash.clone())),
        password_changed_at: Set(credentials.as_ref().map(|c| c.changed_at.micros())),
        must_change_password: Set(credentials.is_some_and(|c| c.must_change)),
    };
    table::Entity::insert(row).exec_without_returning(tx.db()?).await?;
    Ok(account)
}

/// Keeps a changed account. Any permit on an account will do: each names its own change.
pub async fn save<A: domain::access::Action<On = Account>>(
    tx: &Tx,
    permit: &Permit<A>,
    mut account: Account,
) -> Result<Account, StoreError> {
    let before = permit.on();
    account.version = before.version + 1;
    tx.changed("account", account.id, Some(before), Some(&account))?;
    tx.touches(Topic::Accounts);
    let row = table::ActiveModel {
        id: Set(account.id.get()),
        version: Set(account.version),
        document: Set(document::write(&account)?),
        ..Default::default()
    };
    table::Entity::update(row).exec(tx.db()?).await?;
    Ok(account)
}

/// An account with what proves it, as the sign-in needs it. Not scoped: nobody has signed in yet.
#[derive(Debug)]
pub struct AtTheDoor {
    /// The account.
    pub account: Account,
    /// Its password, if one was set.
    pub credentials: Option<Credentials>,
}

impl Store {
    /// The account with this sign-in name, for the sign-in alone.
    pub async fn at_the_door(&self, name: &SignInName) -> Result<Option<AtTheDoor>, StoreError> {
        let query = table::Entity::find().filter(table::Column::SignInName.eq(name.as_str())).limit(1);
        let Some(row) = query.one(self.reader()).await? else { return Ok(None) };
        let credentials = row.password_hash.clone().map(|hash| Credentials {
            hash,
            changed_at: Instant::from_micros(row.password_changed_at.unwrap_or_default()),
            must_change: row.must_change_password,
        });
        Ok(Some(AtTheDoor { account: read(row)?, credentials }))
    }

    /// The account behind a token that has been verified.
    pub async fn account_of(&self, id: domain::account::AccountId) -> Result<Option<Account>, StoreError> {
        Account::load(self.reader(), &id.to_string(), Purpose::Look).await
    }
}
