//! Requests for GPUs (GPU 신청): kept whole; what is allocated to them is kept in rows of its own, written with the record.

use super::entity::{
    allocation, partner,
    request::{ActiveModel, Column, Entity},
};
use crate::{Facts, Purpose, StoreError, Tx, document};
use domain::{
    access::{Action, Permit, act::gpu_request as act},
    gpu::{GpuAllocation, GpuRequest, GpuStage, RoundKey, RoundTaken},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

impl Facts for GpuRequest {
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

/// Enters a request of the project of the permit.
pub async fn add_request(tx: &Tx, permit: &Permit<act::Create>, request: GpuRequest) -> Result<GpuRequest, StoreError> {
    if request.project != permit.on().id {
        return Err(StoreError::NotFound);
    }
    tx.changed("gpu_request", &request.id, None, Some(&request))?;
    Entity::insert(row(&request)?).exec_without_returning(tx.db()?).await?;
    let partners = request
        .partners
        .iter()
        .map(|body| partner::ActiveModel { body: Set(body.to_string()), request: Set(request.id.get()) });
    let partners: Vec<_> = partners.collect();
    if !partners.is_empty() {
        partner::Entity::insert_many(partners).exec_without_returning(tx.db()?).await?;
    }
    Ok(request)
}

/// Keeps a changed request with what is allocated to it.
pub async fn save_request<A: Action<On = GpuRequest>>(
    tx: &Tx,
    permit: &Permit<A>,
    after: GpuRequest,
) -> Result<GpuRequest, StoreError> {
    let before = permit.on();
    tx.changed("gpu_request", &after.id, Some(before), Some(&after))?;
    let db = tx.db()?;
    let one = Column::Id.eq(after.id.get());
    Entity::update_many().set(row(&after)?).filter(one).exec(db).await?;
    let known: Vec<GpuAllocation> = before.allocations().collect();
    for now in after.allocations() {
        let id = now.grant.id.get();
        match known.iter().find(|one| one.grant.id == now.grant.id) {
            Some(same) if *same == now => {}
            Some(_) => {
                let one = allocation::Column::Id.eq(id);
                allocation::Entity::update_many().set(allocated(&now)?).filter(one).exec(db).await?;
            }
            None => {
                allocation::Entity::insert(allocated(&now)?).exec_without_returning(db).await?;
            }
        }
    }
    Ok(after)
}

#[derive(Debug, FromQueryResult)]
struct Approved {
    sector: String,
    gpus: i64,
}

/// What a round has approved of the request's pool, in a transaction that holds the round.
pub async fn taken_of_round(tx: &Tx, round: &RoundKey, request: &GpuRequest) -> Result<RoundTaken, StoreError> {
    let query = Entity::find()
        .filter(Column::Round.eq(round.as_str()))
        .filter(Column::Pool.eq(request.pool.as_str()))
        .filter(Column::ApprovedGpus.gt(0))
        .select_only()
        .column(Column::Sector)
        .column_as(Column::ApprovedGpus, "gpus");
    let rows = query.into_model::<Approved>().all(tx.db()?).await?;
    let sum = |of: &mut dyn Iterator<Item = &Approved>| {
        let sum = of.fold(0_i64, |sum, row| sum.saturating_add(row.gpus));
        u32::try_from(sum).unwrap_or(u32::MAX)
    };
    let sector = request.user_class.sector().name();
    let (pool, sector) = (sum(&mut rows.iter()), sum(&mut rows.iter().filter(|row| row.sector == sector)));
    Ok(RoundTaken { pool, sector })
}

fn row(request: &GpuRequest) -> Result<ActiveModel, StoreError> {
    let held = request.held();
    let approved = request.approval.as_ref().filter(|_| request.stage == GpuStage::Approved);
    Ok(ActiveModel {
        id: Set(request.id.get()),
        version: Set(request.version),
        body: Set(request.body.to_string()),
        project: Set(request.project.get()),
        pool: Set(request.pool.to_string()),
        model: Set(request.accelerator.model.to_string()),
        round: Set(request.round.as_ref().map(ToString::to_string)),
        sector: Set(request.user_class.sector().to_string()),
        stage: Set(request.stage.to_string()),
        approved_gpus: Set(approved.map_or(0, |approval| approval.gpus.into())),
        begins_on: Set(held.map(|held| held.period.from.to_string())),
        ends_on: Set(held.map(|held| held.period.to.to_string())),
        extended_from: Set(held.and_then(|held| held.extended_from).map(|day| day.to_string())),
        ended_by: Set(held.and_then(|held| held.end).map(|end| end.to_string())),
        document: Set(document::write(request)?),
        ..Default::default()
    })
}

fn allocated(one: &GpuAllocation) -> Result<allocation::ActiveModel, StoreError> {
    Ok(allocation::ActiveModel {
        id: Set(one.grant.id.get()),
        request: Set(one.request.get()),
        body: Set(one.body.to_string()),
        project: Set(one.project.get()),
        pool: Set(one.pool.to_string()),
        model: Set(one.accelerator.model.to_string()),
        from_day: Set(one.held.from.to_string()),
        to_day: Set(one.held.to.to_string()),
        gpus: Set(one.grant.gpus.into()),
        document: Set(document::write(one)?),
        ..Default::default()
    })
}
