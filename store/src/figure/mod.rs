//! Published figures (공표 수치): what announcements state, apart from everything that is counted here.

mod entity;

use crate::{
    Store, StoreError, Tx, document,
    import::put as put_rows,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
    seek::one_or_passing,
    words::{folded, holds},
};
use domain::{
    access::{Scope, act::reference as act},
    figure::{Confidence, Figure, FigureKey, FigureUnit},
    import::{Difference, difference},
    text::{Line, Prose},
};
use entity::{Column, Entity};
use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoSimpleExpr, Iterable, QueryFilter,
    sea_query::OnConflict,
};
use std::collections::BTreeMap;

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

/// One page of the figures, by key.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Figure>, StoreError> {
    let name = format!("figures {filter:?}");
    let keys = [SortKey {
        column: Column::Key.into_simple_expr(),
        order: sea_orm::Order::Asc,
        of: |f: &Figure| KeyValue::Text(f.key.to_string()),
    }];
    let query = cut(Entity::find().filter(filter.condition(store.reader().get_database_backend())), &keys, ask, &name)?;
    let rows = query.all(store.reader()).await?;
    let figures = rows.iter().map(|row| document::read(&row.document)).collect::<Result<_, _>>()?;
    Ok(page(figures, &keys, ask, &name))
}

/// The figure of a key.
pub async fn one(store: &Store, _: &Scope<act::Read>, key: &FigureKey) -> Result<Figure, StoreError> {
    let row = Entity::find_by_id(key.as_str()).one(store.reader()).await?.ok_or(StoreError::NotFound)?;
    document::read(&row.document)
}

/// What these rows would change.
pub(crate) async fn compare(db: &impl ConnectionTrait, rows: Vec<Figure>) -> Result<Difference<Figure>, StoreError> {
    let known = Entity::find().all(db).await?;
    let known = known.iter().map(|row| document::read::<Figure>(&row.document).map(|f| (f.key.clone(), f)));
    Ok(difference(known.collect::<Result<BTreeMap<_, _>, _>>()?, rows, |figure| figure.key.clone()))
}

/// Keeps what is new and what changed.
pub(crate) async fn put(tx: &Tx, found: &Difference<Figure>) -> Result<(), StoreError> {
    let again =
        OnConflict::column(Column::Key).update_columns(Column::iter().filter(|c| !matches!(c, Column::Key))).to_owned();
    put_rows::<Entity>(tx, found.rows().map(row).collect::<Result<_, _>>()?, &again).await
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
