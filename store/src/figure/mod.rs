//! Published figures (공표 수치): what announcements state, apart from everything that is counted here.

mod entity;

use crate::{
    Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::Register,
    seek::one_or_passing,
    words::{folded, holds},
};
use domain::{
    access::{Scope, act::reference as act},
    figure::{Confidence, Figure, FigureKey, FigureUnit},
    import::Difference,
    text::{Line, Prose},
};
use entity::{Column, Entity};
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait, DbBackend};

/// Which figures are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those trusted so far; empty means all.
    pub confidences: Vec<Confidence>,
    /// Only in these units; empty means all.
    pub units: Vec<FigureUnit>,
    /// Only with this in name, note or source.
    pub text: Option<String>,
}

impl Filter {
    fn condition(&self, backend: DbBackend) -> Condition {
        Condition::all()
            .add_option(one_or_passing(Column::Confidence, self.confidences.iter().map(|one| one.name()), backend))
            .add_option(one_or_passing(Column::Unit, self.units.iter().map(|one| one.name()), backend))
            .add_option(self.text.as_ref().map(|text| holds(Column::Words, text)))
    }
}

/// The register of figures.
const REGISTER: Register<Entity, Figure> = Register {
    name: "figures",
    key: Column::Key,
    document: Column::Document,
    key_of: |figure| KeyValue::Text(figure.key.to_string()),
    row,
};

/// One page of the figures, by key.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Figure>, StoreError> {
    REGISTER.list(store, filter, filter.condition(store.0.backend), ask).await
}

/// The figure of a key.
pub async fn one(store: &Store, _: &Scope<act::Read>, key: &FigureKey) -> Result<Figure, StoreError> {
    REGISTER.find(store.reader(), key.as_str()).await?.ok_or(StoreError::NotFound)
}

/// What these rows would change.
pub(crate) async fn compare(db: &impl ConnectionTrait, rows: Vec<Figure>) -> Result<Difference<Figure>, StoreError> {
    REGISTER.compare(db, rows).await
}

/// Keeps what is new and what changed.
pub(crate) async fn put(tx: &Tx, found: &Difference<Figure>) -> Result<(), StoreError> {
    REGISTER.put(tx, found).await
}

fn row(figure: &Figure) -> Result<entity::ActiveModel, StoreError> {
    let words = [
        Some(figure.name.ko.as_str()),
        figure.name.en.as_ref().map(Line::as_str),
        figure.note.as_ref().map(Prose::as_str),
        Some(figure.source.as_str()),
    ];
    Ok(entity::ActiveModel {
        key: Set(figure.key.to_string()),
        unit: Set(figure.unit.to_string()),
        confidence: Set(figure.confidence.to_string()),
        words: Set(folded(words.into_iter().flatten())),
        document: Set(document::write(figure)?),
    })
}
