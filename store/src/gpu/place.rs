//! Places on waiting lists, and what is taken of a pool (대기 목록·예약): written and read only by whoever holds the pool.

use super::entity::{
    allocation,
    place::{ActiveModel, Column, Entity},
};
use crate::{Facts, Purpose, Store, StoreError, Tx, document};
use domain::{
    access::{
        Action, Permit,
        act::{gpu_pool as pool_act, gpu_request as act},
    },
    day::{Day, Instant},
    gpu::{Booked, GpuPeriod, GpuPlace, GpuPool, GpuRequest, GpuRequestId, PlaceId, PoolKey, Queued, Taken, in_order},
    project::{Project, ProjectId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

impl Facts for GpuPlace {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query = Entity::find().filter(Column::Id.eq(id)).select_only().column(Column::Document);
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    project: Uuid,
    from_day: String,
    to_day: String,
    gpus: i64,
}

/// Acts by which something is booked, offered or freed: they may know all that is taken of a pool.
pub trait Books: Action {}
impl Books for act::Allocate {}
impl Books for act::Accept {}
impl Books for act::Extend {}
impl Books for act::Return {}
impl Books for act::Reclaim {}
impl Books for act::Withdraw {}
impl Books for pool_act::Resize {}
impl Books for pool_act::Offer {}

/// Acts upon a request that change its place on the waiting list.
pub trait Seats: Action<On = GpuRequest> {}
impl Seats for act::Allocate {}
impl Seats for act::Accept {}
impl Seats for act::Return {}
impl Seats for act::Reclaim {}
impl Seats for act::Withdraw {}

/// The pool, held until this write is done: nobody else books, offers or frees anything of it meanwhile. Whoever holds a request
/// and a round takes them before.
pub async fn pool_held(tx: &Tx, key: &PoolKey) -> Result<GpuPool, StoreError> {
    tx.load(key.as_str(), Purpose::Change).await?.ok_or(StoreError::NotFound)
}

/// What is taken of a pool that this write holds, from a day on: by allocations, and by offers that still stand. `project` says
/// whose allocations are counted apart, `without` which place's offer does not count because it is being answered.
pub async fn taken<A: Books>(
    tx: &Tx,
    _: &Permit<A>,
    (pool, from): (&GpuPool, Day),
    (project, without): (Option<ProjectId>, Option<PlaceId>),
) -> Result<Taken, StoreError> {
    read(tx.db()?, (&pool.key, from), (project, without), tx.at()).await
}

/// The same to be looked at: all of it from a day on.
pub async fn taken_shown(
    store: &Store,
    permit: &Permit<pool_act::Read>,
    (from, now): (Day, Instant),
) -> Result<Taken, StoreError> {
    read(store.reader(), (&permit.on().key, from), (None, None), now).await
}

async fn read(
    db: &impl ConnectionTrait,
    (pool, from): (&PoolKey, Day),
    (project, without): (Option<ProjectId>, Option<PlaceId>),
    now: Instant,
) -> Result<Taken, StoreError> {
    use allocation::Column as A;
    let query = allocation::Entity::find()
        .filter(A::Pool.eq(pool.as_str()))
        .filter(A::ToDay.gt(from.to_string()))
        .select_only()
        .columns([A::Project, A::FromDay, A::ToDay, A::Gpus]);
    let mut taken = Taken::default();
    for row in query.into_model::<Row>().all(db).await? {
        let booked = booked(&row)?;
        if project.is_some_and(|project| project.get() == row.project) {
            taken.project.push(booked);
        }
        taken.pool.push(booked);
    }
    let offered = Entity::find()
        .filter(Column::Pool.eq(pool.as_str()))
        .filter(Column::Answered.eq(false))
        .filter(Column::ExpiresAt.gt(now.micros()))
        .select_only()
        .column(Column::Document);
    let offered: Vec<String> = offered.into_tuple().all(db).await?;
    for text in offered {
        let place: GpuPlace = document::read(&text)?;
        taken.pool.extend(place.keeps(now).filter(|_| without != Some(place.id)));
    }
    Ok(taken)
}

fn booked(row: &Row) -> Result<Booked, StoreError> {
    let day = |text: &str| text.parse::<Day>().map_err(|e| StoreError::failed("read day", e));
    let gpus = u32::try_from(row.gpus).map_err(|e| StoreError::failed("read gpus", e))?;
    Ok(Booked { period: GpuPeriod { from: day(&row.from_day)?, to: day(&row.to_day)? }, gpus })
}

/// The places of a pool that wait or have an offer that stands, in the order in which they are served, each with its project's priority.
pub async fn queue<A: Books>(tx: &Tx, _: &Permit<A>, pool: &PoolKey) -> Result<Vec<Queued>, StoreError> {
    queued(tx.db()?, pool, tx.at()).await
}

/// The same to be looked at, for the server itself and for those who may read places.
pub async fn queue_shown(store: &Store, pool: &PoolKey, now: Instant) -> Result<Vec<Queued>, StoreError> {
    queued(store.reader(), pool, now).await
}

async fn queued(db: &impl ConnectionTrait, pool: &PoolKey, now: Instant) -> Result<Vec<Queued>, StoreError> {
    let standing = Condition::any().add(Column::ExpiresAt.is_null()).add(Column::ExpiresAt.gt(now.micros()));
    let query = Entity::find()
        .filter(Column::Pool.eq(pool.as_str()))
        .filter(Column::Answered.eq(false))
        .filter(standing)
        .order_by_asc(Column::Seq)
        .select_only()
        .column(Column::Document);
    let texts: Vec<String> = query.into_tuple().all(db).await?;
    let mut all = Vec::with_capacity(texts.len());
    for text in texts {
        let place: GpuPlace = document::read(&text)?;
        let project = Project::load(db, &place.project.to_string(), Purpose::Look).await?;
        all.push(Queued { place, priority: project.and_then(|project| project.priority) });
    }
    Ok(in_order(all))
}

/// The place that a request took last, in a transaction that holds its pool.
pub async fn last_place(tx: &Tx, request: GpuRequestId) -> Result<Option<GpuPlace>, StoreError> {
    newest(tx.db()?, request).await
}

/// The same to be looked at, for whoever may read the request.
pub async fn last_place_shown(store: &Store, permit: &Permit<act::Read>) -> Result<Option<GpuPlace>, StoreError> {
    newest(store.reader(), permit.on().id).await
}

async fn newest(db: &impl ConnectionTrait, request: GpuRequestId) -> Result<Option<GpuPlace>, StoreError> {
    let query = Entity::find()
        .filter(Column::Request.eq(request.get()))
        .order_by_desc(Column::Seq)
        .limit(1)
        .select_only()
        .column(Column::Document);
    let found: Option<String> = query.into_tuple().one(db).await?;
    found.map(|text| document::read(&text)).transpose()
}

/// Puts a request on the waiting list.
pub async fn add_place(tx: &Tx, permit: &Permit<act::Allocate>, place: GpuPlace) -> Result<GpuPlace, StoreError> {
    if place.request != permit.on().id {
        return Err(StoreError::NotFound);
    }
    tx.changed("gpu_place", &place.id, None, Some(&place))?;
    Entity::insert(row(&place)?).exec_without_returning(tx.db()?).await?;
    Ok(place)
}

/// Keeps the place of a request, which was left.
pub async fn save_place<A: Seats>(
    tx: &Tx,
    permit: &Permit<A>,
    before: &GpuPlace,
    after: GpuPlace,
) -> Result<GpuPlace, StoreError> {
    if after.request != permit.on().id || after.id != before.id {
        return Err(StoreError::NotFound);
    }
    keep(tx, before, &after).await?;
    Ok(after)
}

/// Keeps what was offered along a waiting list, in a transaction that holds its pool.
pub async fn save_offers<A: Books>(
    tx: &Tx,
    _: &Permit<A>,
    queue: &[Queued],
    offered: &[GpuPlace],
) -> Result<(), StoreError> {
    for after in offered {
        let before = queue.iter().find(|one| one.place.id == after.id).ok_or(StoreError::NotFound)?;
        keep(tx, &before.place, after).await?;
    }
    Ok(())
}

async fn keep(tx: &Tx, before: &GpuPlace, after: &GpuPlace) -> Result<(), StoreError> {
    tx.changed("gpu_place", &after.id, Some(before), Some(after))?;
    let one = Column::Id.eq(after.id.get());
    Entity::update_many().set(row(after)?).filter(one).exec(tx.db()?).await?;
    Ok(())
}

fn row(place: &GpuPlace) -> Result<ActiveModel, StoreError> {
    let period = place.offer.map(|offer| offer.period);
    Ok(ActiveModel {
        id: Set(place.id.get()),
        version: Set(place.version),
        request: Set(place.request.get()),
        body: Set(place.body.to_string()),
        pool: Set(place.pool.to_string()),
        answered: Set(place.answer.is_some()),
        expires_at: Set(place.offer.map(|offer| offer.expires_at.micros())),
        from_day: Set(period.map(|period| period.from.to_string())),
        to_day: Set(period.map(|period| period.to.to_string())),
        gpus: Set(place.gpus.into()),
        document: Set(document::write(place)?),
        ..Default::default()
    })
}
