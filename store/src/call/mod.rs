//! Support calls (공모): kept whole, listed by key.

mod entity;

use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::Register,
    seek::{one_or_passing, opened, passing},
};
use domain::{
    access::{Action, Permit, Scope, act::call as act},
    call::{CallKey, CallStage, CallState, OnCall, SupportCall},
    day::{Date, FiscalYear, Instant},
    programme::ProgrammeKey,
};
use entity::{Column, Entity};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use std::collections::{BTreeMap, BTreeSet};

impl Facts for SupportCall {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        purpose.lock(Entity::find_by_id(id), db).one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which calls are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// How they stand now.
    pub states: Vec<CallState>,
    /// Whose money they give.
    pub fiscal_years: Vec<FiscalYear>,
    /// Of which programmes.
    pub programmes: Vec<ProgrammeKey>,
}

const REGISTER: Register<Entity, SupportCall> = Register {
    name: "calls",
    key: Column::Key,
    document: Column::Document,
    key_of: |call| KeyValue::Text(call.key.to_string()),
    row,
};

/// One page of the calls that the reader may see, by key, as they stand at a moment.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &Filter,
    (ask, now): (&PageAsk, Instant),
) -> Result<Page<SupportCall>, StoreError> {
    let backend = store.0.backend;
    let years = filter.fiscal_years.iter().map(|year| i64::from(year.get()));
    let year = one_or_passing(Column::FiscalYear, years, backend);
    let programmes = filter.programmes.iter().map(ToString::to_string);
    let programme = match year {
        // One index is enough; the other column is looked at in passing.
        Some(_) => crate::seek::among(passing(Column::Programme, backend), programmes),
        None => one_or_passing(Column::Programme, programmes, backend),
    };
    let states = filter.states.iter().fold(Condition::any(), |any, state| any.add(stands(*state, now)));
    let states = (!states.is_empty()).then_some(states);
    let wanted = Condition::all().add_option(year).add_option(programme).add_option(states).add(visible(scope));
    REGISTER.list(store, filter, wanted, ask).await
}

/// The reader's scope as a condition: the same relations that the policy asks of a single call.
fn visible<A: Action<On = SupportCall>>(scope: &Scope<A>) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        let own = || {
            let lead = Column::LeadBody.eq(body.as_str());
            Condition::any().add(lead).add(Column::ManagingAgency.eq(body.as_str()))
        };
        any = match cell {
            OnCall::Never => any,
            OnCall::Always => return Condition::all(),
            OnCall::Published => any.add(Column::Published.eq(true)),
            OnCall::Own => any.add(own()),
            OnCall::PublishedOrOwn => any.add(Column::Published.eq(true)).add(own()),
        };
    }
    opened(any)
}

/// Stands so at a moment; the same line that [`SupportCall::state`] draws.
fn stands(state: CallState, now: Instant) -> Condition {
    let now = now.micros();
    let at = |stage: CallStage| Condition::all().add(Column::Stage.eq(stage.name()));
    let begun = || Expr::col(Column::OpensAt).lte(now);
    match state {
        CallState::Draft => at(CallStage::Draft),
        CallState::Published => at(CallStage::Published).add(ExprTrait::not(begun())),
        CallState::Open => at(CallStage::Published).add(begun()).add(Column::ClosesAt.gte(now)),
        CallState::Closed => at(CallStage::Published).add(begun()).add(Column::ClosesAt.lt(now)),
        CallState::Screening => at(CallStage::Screening),
        CallState::Evaluation => at(CallStage::Evaluation),
        CallState::Decided => at(CallStage::Decided),
        CallState::Notified => at(CallStage::Notified),
        CallState::Final => at(CallStage::Final),
        CallState::Cancelled => at(CallStage::Cancelled),
    }
}

/// The keys of the calls of the same programme that opened no later than a call, itself among them.
pub(crate) fn keys_up_to(call: &SupportCall) -> Select<Entity> {
    let opened = Column::OpensAt.lte(call.plan.opens_at.map_or(i64::MAX, Instant::micros));
    let programme = Column::Programme.eq(call.plan.programme.as_str());
    Entity::find().filter(programme).filter(opened).select_only().column(Column::Key)
}

/// Until when each of these calls takes score sheets, and when it is meant to be decided.
pub(crate) async fn dates<'a>(
    store: &Store,
    keys: impl Iterator<Item = &'a CallKey>,
) -> Result<BTreeMap<CallKey, (Option<Instant>, Option<Date>)>, StoreError> {
    let keys: BTreeSet<&str> = keys.map(CallKey::as_str).collect();
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let query = Entity::find().filter(Column::Key.is_in(keys)).select_only().column(Column::Document);
    let texts: Vec<String> = query.into_tuple().all(store.reader()).await?;
    let of = |text: &String| {
        let call: SupportCall = document::read(text)?;
        Ok((call.key, (call.sheets_until, call.plan.decision_planned)))
    };
    texts.iter().map(of).collect()
}

/// Enters a call: a new one, or a copy of another.
pub async fn add<A: Enters>(tx: &Tx, _: &Permit<A>, call: SupportCall) -> Result<SupportCall, StoreError> {
    tx.changed("call", &call.key, None, Some(&call))?;
    Entity::insert(row(&call)?).exec_without_returning(tx.db()?).await?;
    Ok(call)
}

/// Acts that enter a call.
pub trait Enters: Action {}
impl Enters for act::Create {}
impl Enters for act::Duplicate {}

/// Keeps a changed call.
pub async fn save<A: Action<On = SupportCall>>(
    tx: &Tx,
    permit: &Permit<A>,
    call: SupportCall,
) -> Result<SupportCall, StoreError> {
    keep(tx, permit.on(), call).await
}

/// Keeps a call that was changed by an act upon something of it.
pub(crate) async fn keep(tx: &Tx, before: &SupportCall, call: SupportCall) -> Result<SupportCall, StoreError> {
    tx.changed("call", &call.key, Some(before), Some(&call))?;
    Entity::update(row(&call)?).exec(tx.db()?).await?;
    Ok(call)
}

fn row(call: &SupportCall) -> Result<entity::ActiveModel, StoreError> {
    Ok(entity::ActiveModel {
        key: Set(call.key.to_string()),
        version: Set(call.version),
        stage: Set(call.stage.to_string()),
        published: Set(call.is_published()),
        fiscal_year: Set(call.plan.fiscal_year.get().into()),
        programme: Set(call.plan.programme.to_string()),
        lead_body: Set(call.lead_body.to_string()),
        managing_agency: Set(call.plan.managing_agency.to_string()),
        opens_at: Set(call.plan.opens_at.map(Instant::micros)),
        closes_at: Set(call.plan.closes_at.map(Instant::micros)),
        document: Set(document::write(call)?),
    })
}

/// Those of these calls that are there, in no order.
pub(crate) async fn named<'a>(
    db: &impl ConnectionTrait,
    keys: impl Iterator<Item = &'a str>,
) -> Result<Vec<SupportCall>, StoreError> {
    let keys: BTreeSet<&str> = keys.collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let query = Entity::find().filter(Column::Key.is_in(keys)).select_only().column(Column::Document);
    let found: Vec<String> = query.into_tuple().all(db).await?;
    found.iter().map(|text| document::read(text)).collect()
}
