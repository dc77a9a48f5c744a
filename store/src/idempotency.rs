//! Kept answers (재시도 키): a retried request gets the first answer and is not done again.

use crate::{Store, StoreError, Tx, tx::Order};
use domain::access::Action;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Serialize, de::DeserializeOwned};

/// Answers are kept at least this long.
const KEPT_SECONDS: i64 = 48 * 3600;

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub actor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub retry_key: String,
        pub fingerprint: Vec<u8>,
        pub answer: String,
        pub kept_at: i64,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The answer kept for this order's key, if it was done before.
pub(crate) async fn kept<T: DeserializeOwned>(tx: &Tx, order: &Order<impl Action>) -> Result<Option<T>, StoreError> {
    let Some(retry) = &order.call().retry else { return Ok(None) };
    let key = (order.actor().id.get(), retry.key.clone());
    let Some(row) = entity::Entity::find_by_id(key).one(tx.db()?).await? else { return Ok(None) };
    if row.fingerprint != retry.fingerprint() {
        return Err(StoreError::KeyReused);
    }
    serde_json::from_str(&row.answer).map(Some).map_err(|e| StoreError::failed("kept answer", e))
}

/// Keeps the answer in the transaction of the write.
pub(crate) async fn keep<T: Serialize>(tx: &Tx, order: &Order<impl Action>, answer: &T) -> Result<(), StoreError> {
    let Some(retry) = &order.call().retry else { return Ok(()) };
    let row = entity::ActiveModel {
        actor_id: Set(order.actor().id.get()),
        retry_key: Set(retry.key.clone()),
        fingerprint: Set(retry.fingerprint().to_vec()),
        answer: Set(serde_json::to_string(answer).map_err(|e| StoreError::failed("keep answer", e))?),
        kept_at: Set(order.at().micros()),
    };
    match entity::Entity::insert(row).exec_without_returning(tx.db()?).await.map_err(StoreError::from) {
        // Another process was quicker with the same key: nothing of this one is kept.
        Err(StoreError::Taken(_)) => Err(StoreError::InFlight),
        other => other.map(|_| ()),
    }
}

impl Store {
    /// Forgets kept answers older than two days. Returns how many went.
    pub async fn forget_answers(&self, now: domain::day::Instant) -> Result<u64, StoreError> {
        let turn = self.0.writer.turn().await?;
        let old = entity::Column::KeptAt.lt(now.plus_seconds(-KEPT_SECONDS).micros());
        let gone = entity::Entity::delete_many().filter(old).exec(turn.work()?).await?.rows_affected;
        turn.finish(Vec::new()).await?;
        Ok(gone)
    }
}
