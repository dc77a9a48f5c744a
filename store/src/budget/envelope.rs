//! Envelopes (재원): the few published totals that contain one another.

use super::entity::envelope::{ActiveModel, Column, Entity};
use crate::{
    Facts, Order, Purpose, Store, StoreError, Topic, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::Register,
};
use domain::{
    access::{Permit, Scope, act::budget as act},
    budget::{Envelope, EnvelopeKey, LineKind, Standing, within},
    day::FiscalYear,
    money::{TooMuch, Won},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use std::collections::HashSet;

impl Facts for Envelope {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let query = purpose.lock(Entity::find_by_id(id), db);
        query.one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which envelopes are asked for.
#[derive(Debug, Clone, Default)]
pub struct EnvelopeFilter {
    /// Only of this year.
    pub fiscal_year: Option<FiscalYear>,
    /// Only those directly within this one.
    pub parent: Option<EnvelopeKey>,
}

/// The register of envelopes.
const REGISTER: Register<Entity, Envelope> = Register {
    name: "envelopes",
    key: Column::Key,
    document: Column::Document,
    key_of: |envelope| KeyValue::Text(envelope.key.to_string()),
    row,
};

/// One page of the envelopes, by key. The scope of reading is the same for all; it is asked for all the same.
pub async fn list_envelopes(
    store: &Store,
    _: &Scope<act::ReadEnvelopes>,
    filter: &EnvelopeFilter,
    ask: &PageAsk,
) -> Result<Page<Envelope>, StoreError> {
    let wanted = Condition::all()
        .add_option(filter.fiscal_year.map(|year| Column::FiscalYear.eq(year.get())))
        .add_option(filter.parent.as_ref().map(|key| Column::Parent.eq(key.as_str())));
    REGISTER.list(store, filter, wanted, ask).await
}

async fn of_year(db: &impl ConnectionTrait, year: FiscalYear) -> Result<Vec<Envelope>, StoreError> {
    let query = Entity::find().filter(Column::FiscalYear.eq(year.get())).order_by_asc(Column::Key);
    query.all(db).await?.iter().map(|row| document::read(&row.document)).collect()
}

/// Every envelope of a year, to be looked at: envelopes are published, and few.
pub async fn envelopes_shown(
    store: &Store,
    _: &Scope<act::ReadEnvelopes>,
    year: FiscalYear,
) -> Result<Vec<Envelope>, StoreError> {
    of_year(store.reader(), year).await
}

/// The envelope with the keys of everything inside it, for a filter; nothing when there is no such envelope.
pub async fn envelope_with_parts(
    store: &Store,
    _: &Scope<act::ReadEnvelopes>,
    key: &EnvelopeKey,
) -> Result<Vec<EnvelopeKey>, StoreError> {
    let Some(row) = Entity::find_by_id(key.as_str()).one(store.reader()).await? else { return Ok(Vec::new()) };
    let envelope: Envelope = document::read(&row.document)?;
    let all = of_year(store.reader(), envelope.fiscal_year).await?;
    Ok(within(&all, key).into_iter().collect())
}

/// Every envelope of a year, among which one is about to be entered or restated: nobody else changes any of them
/// meanwhile, since the rule looks at all.
pub async fn all_envelopes(tx: &Tx, year: FiscalYear) -> Result<Vec<Envelope>, StoreError> {
    let db = tx.db()?;
    if db.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended('envelope', 0))";
        db.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
    }
    of_year(db, year).await
}

/// The envelope of this key, for a line that names it.
pub async fn envelope(tx: &Tx, key: &EnvelopeKey) -> Result<Option<Envelope>, StoreError> {
    Envelope::load(tx.db()?, key.as_str(), Purpose::Look).await
}

/// The envelope of this key, held until the write ends, with the money of the lines in force that lie in it or in a part of
/// it; in-kind support is no money. Whoever adds to it with a limit in mind holds it first.
pub async fn envelope_held(tx: &Tx, key: &EnvelopeKey) -> Result<Option<(Envelope, Won)>, StoreError> {
    use super::entity::line;
    let db = tx.db()?;
    let Some(envelope) = Envelope::load(db, key.as_str(), Purpose::Change).await? else { return Ok(None) };
    let keys = within(&of_year(db, envelope.fiscal_year).await?, key);
    let amounts: Vec<i64> = line::Entity::find()
        .filter(line::Column::Envelope.is_in(keys.iter().map(EnvelopeKey::as_str)))
        .filter(line::Column::Standing.ne(Standing::Draft.name()))
        .filter(line::Column::Kind.ne(LineKind::InKind.name()))
        .filter(line::Column::RemovedAt.is_null())
        .select_only()
        .column(line::Column::CurrentBudget)
        .into_tuple()
        .all(db)
        .await?;
    let amounts: Result<Vec<Won>, TooMuch> = amounts.into_iter().map(Won::new).collect();
    let taken = amounts.and_then(Won::sum).map_err(|e| StoreError::failed("sum envelope", e))?;
    Ok(Some((envelope, taken)))
}

/// Enters an envelope.
pub async fn add_envelope(
    tx: &Tx,
    _: &Permit<act::CreateEnvelope>,
    envelope: Envelope,
) -> Result<Envelope, StoreError> {
    tx.changed("envelope", &envelope.key, None, Some(&envelope))?;
    tx.touches(Topic::Portfolio);
    Entity::insert(row(&envelope)?).exec_without_returning(tx.db()?).await?;
    Ok(envelope)
}

/// Keeps a restated envelope.
pub async fn save_envelope(
    tx: &Tx,
    permit: &Permit<act::ChangeEnvelope>,
    envelope: Envelope,
) -> Result<Envelope, StoreError> {
    tx.changed("envelope", &envelope.key, Some(permit.on()), Some(&envelope))?;
    tx.touches(Topic::Portfolio);
    Entity::update(row(&envelope)?).exec(tx.db()?).await?;
    Ok(envelope)
}

fn row(envelope: &Envelope) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        key: Set(envelope.key.to_string()),
        version: Set(envelope.version),
        fiscal_year: Set(envelope.fiscal_year.get().into()),
        parent: Set(envelope.parent.as_ref().map(ToString::to_string)),
        document: Set(document::write(envelope)?),
    })
}

impl Store {
    /// Enters the built-in envelopes that are not there yet, each in a write of its own, so that each begins its own chain
    /// of the audit. Says how many were new; nothing is written when none is.
    pub async fn load_built_in_envelopes(
        &self,
        order: Order<act::CreateEnvelope>,
        envelopes: Vec<Envelope>,
    ) -> Result<usize, StoreError> {
        let known: HashSet<EnvelopeKey> = REGISTER.keys(self.reader()).await?;
        let missing: Vec<Envelope> = envelopes.into_iter().filter(|e| !known.contains(&e.key)).collect();
        let entered = missing.len();
        for envelope in missing {
            self.write(order.clone(), async |tx, permit| add_envelope(tx, permit, envelope).await).await?;
        }
        Ok(entered)
    }
}
