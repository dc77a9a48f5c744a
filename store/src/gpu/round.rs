//! Allocation rounds (배분 회차): kept whole, listed by key.

use super::entity::round::{ActiveModel, Column, Entity};
use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::Register,
    seek::opened,
};
use domain::{
    access::{Action, Permit, Scope, act::gpu_round as act},
    day::Instant,
    gpu::{GpuRound, OnGpuRound, RoundStage, RoundState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    sea_query::{Expr, ExprTrait},
};

impl Facts for GpuRound {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        purpose.lock(Entity::find_by_id(id), db).one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

const ROUNDS: Register<Entity, GpuRound> = Register {
    name: "gpu rounds",
    key: Column::Key,
    document: Column::Document,
    key_of: |round| KeyValue::Text(round.key.to_string()),
    row,
};

/// One page of the rounds that the reader may see, by key; of those that stand so at a moment.
pub async fn list_rounds(
    store: &Store,
    scope: &Scope<act::Read>,
    states: &[RoundState],
    (ask, now): (&PageAsk, Instant),
) -> Result<Page<GpuRound>, StoreError> {
    let mut any = Condition::any();
    let mut seen = Condition::any();
    for state in states {
        any = any.add(stands(*state, now));
    }
    for (cell, _) in scope.reach() {
        seen = match cell {
            OnGpuRound::Never => seen,
            OnGpuRound::Always => seen.add(Expr::cust("1 = 1")),
            OnGpuRound::Announced => seen.add(Column::Announced.eq(true)),
        };
    }
    let wanted = (!states.is_empty()).then_some(any);
    ROUNDS.list(store, &states, Condition::all().add_option(wanted).add(opened(seen)), ask).await
}

/// Stands so at a moment; the same line that [`GpuRound::state`] draws.
fn stands(state: RoundState, now: Instant) -> Condition {
    let now = now.micros();
    let at = |stage: RoundStage| Condition::all().add(Column::Stage.eq(stage.name()));
    let begun = || Expr::col(Column::OpensAt).lte(now);
    match state {
        RoundState::Draft => at(RoundStage::Draft),
        RoundState::Announced => at(RoundStage::Announced).add(ExprTrait::not(begun())),
        RoundState::Open => at(RoundStage::Announced).add(begun()).add(Column::ClosesAt.gte(now)),
        RoundState::Closed => at(RoundStage::Announced).add(begun()).add(Column::ClosesAt.lt(now)),
        RoundState::Finished => at(RoundStage::Finished),
        RoundState::Cancelled => at(RoundStage::Cancelled),
    }
}

/// Enters a round.
pub async fn add_round(tx: &Tx, _: &Permit<act::Create>, round: GpuRound) -> Result<GpuRound, StoreError> {
    tx.changed("gpu_round", &round.key, None, Some(&round))?;
    Entity::insert(row(&round)?).exec_without_returning(tx.db()?).await?;
    Ok(round)
}

/// Keeps a changed round.
pub async fn save_round<A: Action<On = GpuRound>>(
    tx: &Tx,
    permit: &Permit<A>,
    round: GpuRound,
) -> Result<GpuRound, StoreError> {
    tx.changed("gpu_round", &round.key, Some(permit.on()), Some(&round))?;
    Entity::update(row(&round)?).exec(tx.db()?).await?;
    Ok(round)
}

fn row(round: &GpuRound) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        key: Set(round.key.to_string()),
        version: Set(round.version),
        stage: Set(round.stage.to_string()),
        announced: Set(round.is_announced()),
        opens_at: Set(round.plan.opens_at.micros()),
        closes_at: Set(round.plan.closes_at.micros()),
        document: Set(document::write(round)?),
    })
}
