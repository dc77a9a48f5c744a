//! Programmes (사업): what projects belong to, as the announcements name them.

mod entity;

use crate::{
    Store, StoreError, Tx, document,
    import::put as put_rows,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
    seek::one_or_passing,
    words::{folded, holds},
};
use domain::{
    access::{BodyKey, Scope, act::reference as act},
    day::FiscalYear,
    import::{Difference, difference},
    programme::{Programme, ProgrammeKey, ProgrammeKind, ProgrammePhase},
    text::Line,
};
use entity::{Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoSimpleExpr, Iterable,
    QueryFilter, QuerySelect, sea_query::OnConflict,
};
use std::collections::BTreeMap;

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

/// One page of the programmes, by key.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Programme>, StoreError> {
    let name = format!("programmes {filter:?}");
    let keys = [SortKey {
        column: Column::Key.into_simple_expr(),
        order: sea_orm::Order::Asc,
        of: |p: &Programme| KeyValue::Text(p.key.to_string()),
    }];
    let query = cut(Entity::find().filter(filter.condition(store.reader().get_database_backend())), &keys, ask, &name)?;
    let rows = query.all(store.reader()).await?;
    let programmes = rows.iter().map(|row| document::read(&row.document)).collect::<Result<_, _>>()?;
    Ok(page(programmes, &keys, ask, &name))
}

/// The programme of a key.
pub async fn one(store: &Store, _: &Scope<act::Read>, key: &ProgrammeKey) -> Result<Programme, StoreError> {
    let row = Entity::find_by_id(key.as_str()).one(store.reader()).await?.ok_or(StoreError::NotFound)?;
    document::read(&row.document)
}

/// The programme of a key, inside a write that is about to name it.
pub async fn named(tx: &Tx, key: &ProgrammeKey) -> Result<Option<Programme>, StoreError> {
    let row = Entity::find_by_id(key.as_str()).one(tx.db()?).await?;
    row.map(|row| document::read(&row.document)).transpose()
}

/// Every key.
pub(crate) async fn all_keys(db: &impl ConnectionTrait) -> Result<std::collections::HashSet<ProgrammeKey>, StoreError> {
    let keys: Vec<String> = Entity::find().select_only().column(Column::Key).into_tuple().all(db).await?;
    keys.iter().map(|key| key.parse().map_err(|e| StoreError::failed("read programme key", e))).collect()
}

/// What these rows would change.
pub(crate) async fn compare(
    db: &impl ConnectionTrait,
    rows: Vec<Programme>,
) -> Result<Difference<Programme>, StoreError> {
    let known = Entity::find().all(db).await?;
    let known = known.iter().map(|row| document::read::<Programme>(&row.document).map(|p| (p.key.clone(), p)));
    Ok(difference(known.collect::<Result<BTreeMap<_, _>, _>>()?, rows, |programme| programme.key.clone()))
}

/// Keeps what is new and what changed.
pub(crate) async fn put(tx: &Tx, found: &Difference<Programme>) -> Result<(), StoreError> {
    let again =
        OnConflict::column(Column::Key).update_columns(Column::iter().filter(|c| !matches!(c, Column::Key))).to_owned();
    put_rows::<Entity>(tx, found.rows().map(row).collect::<Result<_, _>>()?, &again).await
}

fn row(programme: &Programme) -> Result<entity::ActiveModel, StoreError> {
    let name = &programme.name;
    Ok(entity::ActiveModel {
        key: Set(programme.key.to_string()),
        kind: Set(programme.kind.to_string()),
        lead_body: Set(programme.lead_body.as_ref().map(ToString::to_string)),
        phase: Set(programme.phase.to_string()),
        fiscal_year: Set(programme.fiscal_year.map(FiscalYear::get)),
        words: Set(folded([Some(name.ko.as_str()), name.en.as_ref().map(Line::as_str)].into_iter().flatten())),
        document: Set(document::write(programme)?),
    })
}
