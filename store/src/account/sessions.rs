//! Sessions at rest (로그인 세션 보관): one row for each family of refresh tokens.

use super::entity::family::{ActiveModel, Column, Entity, Model};
use crate::{Purpose, Store, StoreError, Topic, Tx, document};
use domain::{
    access::{Action, Permit, act::session as act},
    account::{Account, Ending, Family, Rotation, SecretHash},
    day::Instant,
    id::Id,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::{Value, json};

/// Keeps a session that begins.
pub async fn begin_session(tx: &Tx, _: &Permit<act::SignIn>, family: &Family) -> Result<(), StoreError> {
    tx.changed("session", &family.id, None, Some(&told(family)))?;
    let row = ActiveModel {
        id: Set(family.id.get()),
        account_id: Set(family.account.get()),
        handle: Set(family.handle.bytes().to_vec()),
        expires_at: Set(family.expires_at.micros()),
        document: Set(document::write(family)?),
    };
    Entity::insert(row).exec_without_returning(tx.db()?).await?;
    Ok(())
}

/// Judges the changing part of a refresh token and keeps what came of it. `None` when the session has been forgotten.
pub async fn rotate_session(
    tx: &Tx,
    permit: &Permit<act::Refresh>,
    id: Id<Family>,
    presented: SecretHash,
    next: SecretHash,
) -> Result<Option<Rotation>, StoreError> {
    let Some(before) = load(tx, permit.on(), id).await? else { return Ok(None) };
    let rotation = before.clone().rotate(presented, next, tx.at());
    if let Rotation::Rotated(after) | Rotation::Reused(after) = &rotation {
        save(tx, &before, after).await?;
    }
    Ok(Some(rotation))
}

/// Ends one session of the permit's account, if it is there.
pub async fn end_session<A: Action<On = Account>>(
    tx: &Tx,
    permit: &Permit<A>,
    id: Id<Family>,
    reason: Ending,
) -> Result<(), StoreError> {
    match load(tx, permit.on(), id).await? {
        Some(before) => save(tx, &before, &before.clone().end(reason, tx.at())).await,
        None => Ok(()),
    }
}

/// Ends every session of the permit's account.
pub async fn end_sessions<A: Action<On = Account>>(
    tx: &Tx,
    permit: &Permit<A>,
    reason: Ending,
) -> Result<(), StoreError> {
    end_other_sessions(tx, permit, None, reason).await
}

/// Ends every session of the permit's account but this one.
pub async fn end_other_sessions<A: Action<On = Account>>(
    tx: &Tx,
    permit: &Permit<A>,
    but: Option<Id<Family>>,
    reason: Ending,
) -> Result<(), StoreError> {
    let open = Entity::find()
        .filter(Column::AccountId.eq(permit.on().id.get()))
        .filter(Column::ExpiresAt.gt(tx.at().micros()));
    for row in Purpose::Change.lock(open, tx.db()?).all(tx.db()?).await? {
        let before = read(&row)?;
        if before.alive(tx.at()) && Some(before.id) != but {
            save(tx, &before, &before.clone().end(reason, tx.at())).await?;
        }
    }
    Ok(())
}

async fn load(tx: &Tx, of: &Account, id: Id<Family>) -> Result<Option<Family>, StoreError> {
    let query = Entity::find_by_id(id.get()).filter(Column::AccountId.eq(of.id.get()));
    Purpose::Change.lock(query, tx.db()?).one(tx.db()?).await?.as_ref().map(read).transpose()
}

async fn save(tx: &Tx, before: &Family, after: &Family) -> Result<(), StoreError> {
    tx.changed("session", &after.id, Some(&told(before)), Some(&told(after)))?;
    if before.ended != after.ended {
        // Access tokens of an ended session are believed no more.
        tx.touches(Topic::Accounts);
    }
    let row = ActiveModel { id: Set(after.id.get()), document: Set(document::write(after)?), ..Default::default() };
    Entity::update(row).exec(tx.db()?).await?;
    Ok(())
}

fn read(row: &Model) -> Result<Family, StoreError> {
    document::read(&row.document)
}

/// A session as the trail tells it: without the hashes of its tokens.
fn told(family: &Family) -> Value {
    json!({
        "account": family.account,
        "generation": family.generation,
        "started_at": family.started_at,
        "expires_at": family.expires_at,
        "ended": family.ended,
    })
}

impl Store {
    /// The session that a refresh token belongs to, by the part of the token that stays.
    pub async fn session_at_the_door(&self, handle: SecretHash) -> Result<Option<Family>, StoreError> {
        let query = Entity::find().filter(Column::Handle.eq(handle.bytes().to_vec()));
        query.one(self.reader()).await?.as_ref().map(read).transpose()
    }

    /// True when the session that an access token names was ended. One that is not there has been forgotten long after
    /// its last token expired, or was never kept; the token's signature vouches for it.
    pub async fn session_ended(&self, id: Id<Family>) -> Result<bool, StoreError> {
        let row = Entity::find_by_id(id.get()).one(self.reader()).await?;
        Ok(row.as_ref().map(read).transpose()?.is_some_and(|family| family.ended.is_some()))
    }

    /// Forgets sessions that are past their time, in the store's own name. Returns how many went.
    pub async fn forget_sessions(&self, now: Instant) -> Result<u64, StoreError> {
        let turn = self.0.writer.turn().await?;
        let over = Column::ExpiresAt.lt(now.plus_seconds(-domain::account::ACCESS_TOKEN_LASTS).micros());
        let gone = Entity::delete_many().filter(over).exec(turn.work()?).await?.rows_affected;
        turn.finish(Vec::new()).await?;
        Ok(gone)
    }
}
