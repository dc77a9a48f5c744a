//! Signing keys at rest (서명 키 보관): the private half stays in this table and in memory, nowhere else.

use super::entity::signing_key as table;
use crate::{Store, StoreError, Topic, Tx, document};
use domain::{
    access::{Permit, Scope, act::signing_key as act},
    account::SigningKey,
};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};

/// A signing key with its private half (PKCS#8).
#[derive(Clone)]
pub struct SigningSecret {
    /// When it signs and verifies.
    pub key: SigningKey,
    /// The private key, PKCS#8 DER.
    pub pkcs8: Vec<u8>,
}

impl std::fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningSecret").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Every signing key ever made, oldest first.
pub async fn signing_keys(store: &Store) -> Result<Vec<SigningSecret>, StoreError> {
    let rows = table::Entity::find().order_by_asc(table::Column::CreatedAt).all(store.reader()).await?;
    rows.into_iter()
        .map(|row| Ok(SigningSecret { key: document::read(&row.document)?, pkcs8: row.private_key }))
        .collect()
}

/// The newest 200 signing keys, the newest first, without their private halves.
pub async fn list_signing_keys(store: &Store, _: &Scope<act::List>) -> Result<Vec<SigningKey>, StoreError> {
    let newest = table::Entity::find().order_by_desc(table::Column::CreatedAt).order_by_asc(table::Column::Kid);
    let rows = newest.limit(200).all(store.reader()).await?;
    rows.iter().map(|row| document::read(&row.document)).collect()
}

/// Keeps signing keys as they are now: new ones are added, known ones updated.
pub async fn add_signing_keys(
    tx: &Tx,
    _: &Permit<act::Rotate>,
    before: &[SigningSecret],
    after: &[SigningSecret],
) -> Result<(), StoreError> {
    tx.touches(Topic::Accounts);
    // The newest first: it is what the entry in the trail is about.
    for SigningSecret { key, pkcs8 } in after.iter().rev() {
        let known = before.iter().map(|b| &b.key).find(|b| b.kid == key.kid);
        if known == Some(key) {
            continue;
        }
        tx.changed("signing_key", &key.kid, known, Some(key))?;
        let row = table::ActiveModel {
            kid: Set(key.kid.to_string()),
            created_at: Set(key.created_at.micros()),
            private_key: Set(pkcs8.clone()),
            document: Set(document::write(key)?),
        };
        let known = sea_orm::sea_query::OnConflict::column(table::Column::Kid)
            .update_column(table::Column::Document)
            .to_owned();
        table::Entity::insert(row).on_conflict(known).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}
