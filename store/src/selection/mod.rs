//! Selection (선정): what was drawn and confirmed for a call, kept whole; the confirmed dossiers with their results, never
//! changed; and what became of each application by the confirmation that counts.
//!
//! A call has an empty selection before anything is drawn or confirmed. Nothing is kept of it. Whoever changes it holds the
//! call for a change: it is locked in its place.

mod entity;
mod ground;

pub use ground::{applicants, ground, ground_in, unseen};

use crate::{Store, StoreError, Tx, call, document};
use domain::{
    access::{Action, Permit},
    application::{Application, ApplicationId},
    call::{CallKey, SupportCall},
    committee::Committee,
    evaluation::Evaluation,
    selection::{Place, Reckoned, Selection},
};
use entity::{confirmed, place, selection};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

/// The selection of a call as it stands.
pub async fn of_call<A: Action<On = Committee>>(
    store: &Store,
    _: &Permit<A>,
    call: &SupportCall,
) -> Result<Selection, StoreError> {
    kept(store.reader(), call).await
}

/// The same in a transaction that holds the call for a change.
pub async fn to_change(tx: &Tx, call: &SupportCall) -> Result<Selection, StoreError> {
    kept(tx.db()?, call).await
}

async fn kept(db: &impl ConnectionTrait, call: &SupportCall) -> Result<Selection, StoreError> {
    let found = selection::Entity::find_by_id(call.key.as_str()).one(db).await?;
    found.map_or_else(|| Ok(Selection::of(call)), |row| document::read(&row.document))
}

/// Keeps a selection to which something was added. It is of the call whose committee was asked for.
pub async fn save<A: Action<On = Committee>>(
    tx: &Tx,
    permit: &Permit<A>,
    before: &Selection,
    after: Selection,
) -> Result<Selection, StoreError> {
    if after.call != permit.on().call || before.call != after.call {
        return Err(StoreError::NotFound);
    }
    let before = Some(before).filter(|before| !before.is_untouched());
    tx.changed("selection", &after.call, before, Some(&after))?;
    let row = selection::ActiveModel {
        call: Set(after.call.to_string()),
        version: Set(after.version),
        document: Set(document::write(&after)?),
    };
    if before.is_none() {
        selection::Entity::insert(row).exec_without_returning(tx.db()?).await?;
    } else {
        selection::Entity::update(row).exec(tx.db()?).await?;
    }
    Ok(after)
}

/// Keeps a confirmation: the selection, its call, the dossier with its result for good, and what became of each application
/// in the place of what was confirmed before.
pub async fn confirm<A: Action<On = Committee>>(
    tx: &Tx,
    permit: &Permit<A>,
    (before, after): ((&SupportCall, &Selection), (SupportCall, Selection)),
    (reckoned, places): (&Reckoned, &[Place]),
) -> Result<(SupportCall, Selection), StoreError> {
    let number = after.1.confirmed().map(|confirmation| confirmation.number).ok_or(StoreError::NotFound)?;
    let call = call::keep(tx, before.0, after.0).await?;
    let selection = save(tx, permit, before.1, after.1).await?;
    let db = tx.db()?;
    let row = confirmed::ActiveModel {
        call: Set(call.key.to_string()),
        number: Set(number),
        dossier: Set(document::write(reckoned.dossier.dossier())?),
        result: Set(document::write(&reckoned.result)?),
    };
    confirmed::Entity::insert(row).exec_without_returning(db).await?;
    place::Entity::delete_many().filter(place::Column::Call.eq(call.key.as_str())).exec(db).await?;
    for some in places.chunks(500) {
        let rows: Result<Vec<_>, StoreError> = some.iter().map(row_of).collect();
        place::Entity::insert_many(rows?).exec_without_returning(db).await?;
    }
    Ok((call, selection))
}

fn row_of(place: &Place) -> Result<place::ActiveModel, StoreError> {
    Ok(place::ActiveModel {
        application: Set(place.application.get()),
        call: Set(place.call.to_string()),
        document: Set(document::write(place)?),
    })
}

/// A confirmed dossier, as it was written then.
pub async fn confirmed_dossier<A: Action<On = Committee>>(
    store: &Store,
    permit: &Permit<A>,
    number: i64,
) -> Result<String, StoreError> {
    let call = permit.on().call.to_string();
    let query = confirmed::Entity::find_by_id((call, number)).select_only().column(confirmed::Column::Dossier);
    query.into_tuple().one(store.apart()).await?.ok_or(StoreError::NotFound)
}

/// A confirmed result, as it was written then.
pub async fn confirmed_result<A: Action<On = Committee>>(
    store: &Store,
    permit: &Permit<A>,
    number: i64,
) -> Result<Evaluation, StoreError> {
    let call = permit.on().call.to_string();
    let query = confirmed::Entity::find_by_id((call, number)).select_only().column(confirmed::Column::Result);
    let found: Option<String> = query.into_tuple().one(store.apart()).await?;
    document::read(&found.ok_or(StoreError::NotFound)?)
}

/// What became of an application by the confirmation that counts now; none before there is one. Whoever asks has seen to it
/// that it may be told.
pub async fn place(db: &impl ConnectionTrait, application: ApplicationId) -> Result<Option<Place>, StoreError> {
    let found = place::Entity::find_by_id(application.get()).one(db).await?;
    found.map(|row| document::read(&row.document)).transpose()
}

/// The same for whoever may read the application.
pub async fn place_of<A: Action<On = Application>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<Option<Place>, StoreError> {
    place(store.reader(), permit.on().id).await
}

/// What became of the applications of a call, in byte order of their ids; none before a result is confirmed. Whoever asks
/// has seen to it that it may be told.
pub async fn places(db: &impl ConnectionTrait, call: &CallKey) -> Result<Vec<Place>, StoreError> {
    let query = place::Entity::find().filter(place::Column::Call.eq(call.as_str()));
    let texts: Vec<String> = query.select_only().column(place::Column::Document).into_tuple().all(db).await?;
    let mut places: Vec<Place> = texts.iter().map(|text| document::read(text)).collect::<Result<_, _>>()?;
    places.sort_by_key(|place| place.application);
    Ok(places)
}

/// What became of the applications of a call, with the applications that were selected, for whoever may read the call.
pub async fn selected<A: Action<On = SupportCall>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<(Vec<Place>, Vec<Application>), StoreError> {
    let db = store.apart();
    let places = places(db, &permit.on().key).await?;
    let chosen = places.iter().filter(|place| place.placed.outcome == domain::evaluation::Outcome::Selected);
    let chosen: Vec<_> = chosen.map(|place| place.application.get()).collect();
    let applications = crate::application::named(db, &chosen).await?;
    Ok((places, applications))
}
