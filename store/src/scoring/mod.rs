//! Score sheets (평가표): kept whole, one for each member and application. Members come to their own by their seat on the
//! panel, and lose both together.

pub(crate) mod entity;
mod find;

pub(crate) use find::submitted;
pub use find::{SheetFilter, list, others, own, states};

use crate::{Facts, Purpose, StoreError, Tx, document};
use domain::{
    access::{Permit, Subject, act::panel as panel_act, act::scoring as act},
    committee::MemberId,
    scoring::ScoreSheet,
};
use entity::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

impl Facts for ScoreSheet {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let query = Entity::find().filter(Column::Id.eq(id)).select_only().column(Column::Document);
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// The own sheet of whoever scores, to be changed in this transaction; none before it was begun.
pub async fn own_to_change(tx: &Tx, permit: &Permit<panel_act::Score>) -> Result<Option<ScoreSheet>, StoreError> {
    tx.load(&format!("{}.{}", permit.on().application, permit.actor().id), Purpose::Change).await
}

/// Keeps the own sheet of whoever scores. Nobody writes another's.
pub async fn save_own(
    tx: &Tx,
    permit: &Permit<panel_act::Score>,
    before: Option<&ScoreSheet>,
    after: ScoreSheet,
) -> Result<ScoreSheet, StoreError> {
    let own = after.member == MemberId::new(permit.actor().id.get()) && after.application == permit.on().application;
    if !own || before.is_some_and(|before| before.id() != after.id()) {
        return Err(StoreError::NotFound);
    }
    keep(tx, before, &after).await?;
    Ok(after)
}

/// Keeps a sheet that was opened again.
pub async fn save_reopened(tx: &Tx, permit: &Permit<act::Reopen>, after: ScoreSheet) -> Result<ScoreSheet, StoreError> {
    keep(tx, Some(permit.on()), &after).await?;
    Ok(after)
}

async fn keep(tx: &Tx, before: Option<&ScoreSheet>, after: &ScoreSheet) -> Result<(), StoreError> {
    tx.changed("score_sheet", &after.id(), before, Some(after))?;
    let mut run_by = after.run_by.iter().map(ToString::to_string);
    let row = ActiveModel {
        id: Set(after.id()),
        version: Set(after.version),
        application: Set(after.application.get()),
        member: Set(after.member.get()),
        call: Set(after.call.to_string()),
        holder: Set(run_by.next().unwrap_or_default()),
        agency: Set(run_by.next()),
        state: Set(after.state().to_string()),
        document: Set(document::write(after)?),
        ..Default::default()
    };
    if before.is_none() {
        Entity::insert(row).exec_without_returning(tx.db()?).await?;
    } else {
        Entity::update_many().set(row).filter(Column::Id.eq(after.id())).exec(tx.db()?).await?;
    }
    Ok(())
}
