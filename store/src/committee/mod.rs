//! Committees (위원회): the one of each call, kept whole, and the pool of experts.
//!
//! A call has an empty committee before its first member comes. Nothing is kept of it: it is made of the call whenever it is
//! asked for, and its row is entered by the first act that composes it. Until then the call itself is locked in its place.

mod entity;
mod expert;

pub(crate) use expert::named;
pub use expert::{ExpertFilter, add_expert, experts_of, list_experts, pool, save_expert};

use crate::{Facts, Purpose, StoreError, Tx, document};
use domain::{
    access::{Action, Permit},
    call::{CallKey, SupportCall},
    committee::{Committee, MemberId},
    day::Day,
};
use entity::{committee::Entity, member};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
};

impl Facts for Committee {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        if let Some(kept) = kept(db, id, purpose).await? {
            return Ok(Some(kept));
        }
        let Some(call) = SupportCall::load(db, id, purpose).await? else { return Ok(None) };
        // Whoever was first to compose it held the call meanwhile.
        let kept = if purpose == Purpose::Look { None } else { kept(db, id, purpose).await? };
        Ok(Some(kept.unwrap_or_else(|| Self::of(&call, call.created))))
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

async fn kept(db: &impl ConnectionTrait, call: &str, purpose: Purpose) -> Result<Option<Committee>, StoreError> {
    purpose.lock(Entity::find_by_id(call), db).one(db).await?.map(|row| document::read(&row.document)).transpose()
}

/// Keeps a committee that was composed further, or in which a member has pledged.
pub async fn save<A: Action<On = Committee>>(
    tx: &Tx,
    permit: &Permit<A>,
    after: Committee,
) -> Result<Committee, StoreError> {
    let before = Some(permit.on()).filter(|before| !before.is_untouched());
    tx.changed("committee", &after.call, before, Some(&after))?;
    let db = tx.db()?;
    let row = entity::committee::ActiveModel {
        call: Set(after.call.to_string()),
        version: Set(after.version),
        document: Set(document::write(&after)?),
    };
    if before.is_none() {
        Entity::insert(row).exec_without_returning(db).await?;
    } else {
        Entity::update(row).exec(db).await?;
    }
    let rows = members(&after);
    if before.map(members).unwrap_or_default() != rows {
        member::Entity::delete_many().filter(member::Column::Call.eq(after.call.as_str())).exec(db).await?;
        if !rows.is_empty() {
            let rows = rows.into_iter().map(sea_orm::IntoActiveModel::into_active_model);
            member::Entity::insert_many(rows).exec_without_returning(db).await?;
        }
    }
    Ok(after)
}

fn members(of: &Committee) -> Vec<member::Model> {
    let row = |m: &domain::committee::Member| member::Model {
        member: m.id.get(),
        call: of.call.to_string(),
        pledged: m.pledge.is_some(),
        term_to: m.term_to.map(|day| day.to_string()),
    };
    of.active().map(row).collect()
}

/// The keys of the calls for which somebody serves on a day: on the committee, pledged and within the term.
pub(crate) fn serving(who: MemberId, day: Day) -> Select<member::Entity> {
    let within =
        Condition::any().add(member::Column::TermTo.is_null()).add(member::Column::TermTo.gte(day.to_string()));
    member::Entity::find()
        .filter(member::Column::Member.eq(who.get()))
        .filter(member::Column::Pledged.eq(true))
        .filter(within)
        .select_only()
        .column(member::Column::Call)
}

/// The committee of a call as it stands in this transaction.
pub async fn of_call(tx: &Tx, call: &CallKey, purpose: Purpose) -> Result<Committee, StoreError> {
    tx.load(call.as_str(), purpose).await?.ok_or(StoreError::NotFound)
}
