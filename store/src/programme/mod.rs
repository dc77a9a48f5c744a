//! Programmes (사업): what projects belong to, as the announcements name them.

mod entity;

use crate::{
    Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::Register,
    seek::one_or_passing,
    words::{folded, holds},
};
use domain::{
    access::{BodyKey, Scope, act::reference as act},
    day::FiscalYear,
    import::Difference,
    programme::{Programme, ProgrammeKey, ProgrammeKind, ProgrammePhase},
    text::Line,
};
use entity::{Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend};

/// Which programmes are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// Only led by this body.
    pub lead_body: Option<BodyKey>,
    /// Only serving these phases; empty means any.
    pub phases: Vec<ProgrammePhase>,
    /// Only of these kinds; empty means all.
    pub kinds: Vec<ProgrammeKind>,
    /// Only with this in the name, Korean or English.
    pub name: Option<String>,
}

impl Filter {
    fn condition(&self, backend: DbBackend) -> Condition {
        Condition::all()
            .add_option(one_or_passing(Column::Phase, self.phases.iter().map(|one| one.name()), backend))
            .add_option(one_or_passing(Column::Kind, self.kinds.iter().map(|one| one.name()), backend))
            .add_option(self.fiscal_year.map(|year| Column::FiscalYear.eq(year.get())))
            .add_option(self.lead_body.as_ref().map(|key| Column::LeadBody.eq(key.as_str())))
            .add_option(self.name.as_ref().map(|name| holds(Column::Words, name)))
    }
}

/// The register of programmes.
const REGISTER: Register<Entity, Programme> = Register {
    name: "programmes",
    key: Column::Key,
    document: Column::Document,
    key_of: |programme| KeyValue::Text(programme.key.to_string()),
    row,
};

/// One page of the programmes, by key.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Programme>, StoreError> {
    REGISTER.list(store, filter, filter.condition(store.0.backend), ask).await
}

/// The programme of a key.
pub async fn one(store: &Store, _: &Scope<act::Read>, key: &ProgrammeKey) -> Result<Programme, StoreError> {
    REGISTER.find(store.reader(), key.as_str()).await?.ok_or(StoreError::NotFound)
}

/// The programme of a key, inside a write that is about to name it.
pub async fn named(tx: &Tx, key: &ProgrammeKey) -> Result<Option<Programme>, StoreError> {
    REGISTER.find(tx.db()?, key.as_str()).await
}

/// Every key.
pub(crate) async fn all_keys(db: &impl ConnectionTrait) -> Result<std::collections::HashSet<ProgrammeKey>, StoreError> {
    REGISTER.keys(db).await
}

/// What these rows would change.
pub(crate) async fn compare(
    db: &impl ConnectionTrait,
    rows: Vec<Programme>,
) -> Result<Difference<Programme>, StoreError> {
    REGISTER.compare(db, rows).await
}

/// Keeps what is new and what changed.
pub(crate) async fn put(tx: &Tx, found: &Difference<Programme>) -> Result<(), StoreError> {
    REGISTER.put(tx, found).await
}

fn row(programme: &Programme) -> Result<entity::ActiveModel, StoreError> {
    let name = &programme.name;
    Ok(entity::ActiveModel {
        key: Set(programme.key.to_string()),
        kind: Set(programme.kind.to_string()),
        lead_body: Set(programme.lead_body.as_ref().map(ToString::to_string)),
        phase: Set(programme.phase.to_string()),
        fiscal_year: Set(programme.fiscal_year.map(|year| year.get().into())),
        words: Set(folded([Some(name.ko.as_str()), name.en.as_ref().map(Line::as_str)].into_iter().flatten())),
        document: Set(document::write(programme)?),
    })
}
