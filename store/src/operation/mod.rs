//! Operations (작업): kept from the request that began them until they have ended.

use crate::{Facts, Purpose, Store, StoreError, Tx, document};
use domain::{
    access::{Action, Permit},
    operation::Operation,
};
use entity::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "operation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub updated_at: i64,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

impl Facts for Operation {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let row = purpose.lock(Entity::find_by_id(id), db).one(db).await?;
        row.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        None
    }
}

/// Enters an operation that the action begins.
pub async fn begin<A: Action>(tx: &Tx, _: &Permit<A>, operation: Operation) -> Result<Operation, StoreError> {
    tx.changed("operation", &operation.id, None, Some(&operation))?;
    Entity::insert(row(&operation)?).exec_without_returning(tx.db()?).await?;
    Ok(operation)
}

impl Store {
    /// Keeps how far an operation has come. No permit and no audit entry: the request that began it had them, and its
    /// progress decides nothing.
    pub async fn keep_progress(&self, operation: &Operation) -> Result<(), StoreError> {
        let turn = self.0.writer.turn().await?;
        let id = operation.id.get();
        Entity::update_many().set(row(operation)?).filter(Column::Id.eq(id)).exec(turn.work()?).await?;
        turn.finish(Vec::new()).await
    }
}

fn row(operation: &Operation) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        id: Set(operation.id.get()),
        updated_at: Set(operation.updated_at.micros()),
        document: Set(document::write(operation)?),
    })
}
