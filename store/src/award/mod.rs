//! Awards (협약·교부): kept whole, given under their call, listed in the order in which they were given.
//!
//! Whoever gives one holds the call, so that two never take the same money or the same place. Applications of a call that has
//! ended no longer change; they are only looked at.

mod entity;
mod find;

pub use find::{Filter, list};

use crate::{Facts, Purpose, Store, StoreError, Tx, application, document, selection};
use domain::{
    access::{Action, Permit, act::award as act},
    application::Application,
    award::{Award, Candidate},
    call::{CallKey, SupportCall},
    evaluation::Outcome,
    selection::Place,
};
use entity::{
    award::{ActiveModel, Column, Entity},
    part,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Facts for Award {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query = Entity::find().filter(Column::Application.eq(id)).select_only().column(Column::Document);
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// What giving awards of a call must know.
#[derive(Debug)]
pub struct Ground {
    /// What became of those that were selected or stand by.
    pub places: Vec<Place>,
    /// These applications.
    pub applications: Vec<Application>,
    /// The awards that were given.
    pub awards: Vec<Award>,
}

impl Ground {
    /// Those that were selected or stand by, with their applications.
    pub fn candidates(&self) -> Vec<Candidate<'_>> {
        let candidate = |place: &Place| {
            let application = self.applications.iter().find(|one| one.id == place.application)?;
            Candidate::of(place, application)
        };
        self.places.iter().filter_map(candidate).collect()
    }
}

/// What giving awards of the call of the permit must know, in this transaction.
pub async fn ground<A: Gives>(tx: &Tx, permit: &Permit<A>) -> Result<Ground, StoreError> {
    read(tx.db()?, &permit.on().key).await
}

/// The same to be looked at.
pub async fn ground_shown(store: &Store, permit: &Permit<act::Money>) -> Result<Ground, StoreError> {
    read(store.reader(), &permit.on().key).await
}

async fn read(db: &impl ConnectionTrait, call: &CallKey) -> Result<Ground, StoreError> {
    let mut places = selection::places(db, call).await?;
    places.retain(|place| matches!(place.placed.outcome, Outcome::Selected | Outcome::Reserve));
    let ids: Vec<Uuid> = places.iter().map(|place| place.application.get()).collect();
    let query = Entity::find().filter(Column::Call.eq(call.as_str())).order_by_asc(Column::Seq);
    let awards: Vec<String> = query.select_only().column(Column::Document).into_tuple().all(db).await?;
    Ok(Ground {
        applications: application::named(db, &ids).await?,
        awards: awards.iter().map(|text| document::read(text)).collect::<Result<_, _>>()?,
        places,
    })
}

/// Acts upon a call by which its applications are given awards.
pub trait Gives: Action<On = SupportCall> {}
impl Gives for act::Offer {}
impl Gives for act::Promote {}

/// Gives an application of the call an award.
pub async fn add<A: Gives>(
    tx: &Tx,
    call: &Permit<A>,
    may: &Permit<act::Give>,
    award: Award,
) -> Result<Award, StoreError> {
    if award.application != may.on().id || award.call != call.on().key {
        return Err(StoreError::NotFound);
    }
    tx.changed("award", &award.application, None, Some(&award))?;
    let seq = Entity::insert(row(&award)?).exec(tx.db()?).await?.last_insert_id;
    let bodies: BTreeSet<_> = award.partners.iter().chain([&award.applicant.body]).collect();
    let parts = bodies.into_iter().map(|body| part::Model { body: body.to_string(), award: seq });
    let parts = parts.map(IntoActiveModel::into_active_model);
    part::Entity::insert_many(parts).exec_without_returning(tx.db()?).await?;
    Ok(award)
}

/// Keeps a changed award.
pub async fn save<A: Action<On = Award>>(tx: &Tx, permit: &Permit<A>, after: Award) -> Result<Award, StoreError> {
    tx.changed("award", &after.application, Some(permit.on()), Some(&after))?;
    let id = after.application.get();
    let done = Entity::update_many().set(row(&after)?).filter(Column::Application.eq(id)).exec(tx.db()?).await?;
    if done.rows_affected == 1 { Ok(after) } else { Err(StoreError::NotFound) }
}

/// The application of the award of the permit, to be looked at. It no longer changes.
pub async fn application_of<A: Action<On = Award>>(tx: &Tx, permit: &Permit<A>) -> Result<Application, StoreError> {
    let id = permit.on().application.to_string();
    Application::load(tx.db()?, &id, Purpose::Look).await?.ok_or(StoreError::NotFound)
}

/// The same before the write, for whoever may conclude the agreement.
pub async fn application_seen(store: &Store, permit: &Permit<act::Agree>) -> Result<Application, StoreError> {
    let id = permit.on().application.to_string();
    Application::load(store.reader(), &id, Purpose::Look).await?.ok_or(StoreError::NotFound)
}

fn row(award: &Award) -> Result<ActiveModel, StoreError> {
    let mut run_by = award.run_by.iter().map(ToString::to_string);
    Ok(ActiveModel {
        application: Set(award.application.get()),
        version: Set(award.version),
        call: Set(award.call.to_string()),
        track: Set(award.track.to_string()),
        body: Set(award.applicant.body.to_string()),
        state: Set(award.state().to_string()),
        holder: Set(run_by.next().unwrap_or_default()),
        agency: Set(run_by.next()),
        document: Set(document::write(award)?),
        ..Default::default()
    })
}
