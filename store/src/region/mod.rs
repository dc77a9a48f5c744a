//! Regions (지역): the list as of any day, by code.

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
    day::Day,
    import::{Difference, difference},
    region::{Region, RegionCode, RegionKind, Tier},
    text::Line,
};
use entity::{Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoSimpleExpr, Iterable,
    QueryFilter, QuerySelect, sea_query::OnConflict,
};
use std::collections::{BTreeMap, BTreeSet};

/// Which regions are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those in force on this day.
    pub as_of: Option<Day>,
    /// Only of this level.
    pub tier: Option<Tier>,
    /// Only this 시도 and what lies in it.
    pub sido: Option<RegionCode>,
    /// Only of these kinds; empty means all.
    pub kinds: Vec<RegionKind>,
    /// Only with this in a name, Korean or romanised.
    pub name: Option<String>,
}

impl Filter {
    fn condition(&self, backend: DbBackend) -> Condition {
        let mut all = Condition::all();
        if let Some(day) = self.as_of {
            let day = day.to_string();
            all = all
                .add(Condition::any().add(Column::ValidFrom.is_null()).add(Column::ValidFrom.lte(day.clone())))
                .add(Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gte(day)));
        }
        all.add_option(one_or_passing(Column::Kind, self.kinds.iter().map(|one| one.name()), backend))
            .add_option(self.tier.map(|tier| Column::Tier.eq(tier_name(tier))))
            .add_option(self.sido.as_ref().map(|code| Column::Sido.eq(code.as_str())))
            .add_option(self.name.as_ref().map(|name| holds(Column::Words, name)))
    }
}

/// One page of the regions, by code.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Region>, StoreError> {
    let name = format!("regions {filter:?}");
    let keys = [SortKey {
        column: Column::Code.into_simple_expr(),
        order: sea_orm::Order::Asc,
        of: |r: &Region| KeyValue::Text(r.code.to_string()),
    }];
    let query = cut(Entity::find().filter(filter.condition(store.reader().get_database_backend())), &keys, ask, &name)?;
    let rows = query.all(store.reader()).await?;
    let regions = rows.iter().map(|row| document::read(&row.document)).collect::<Result<_, _>>()?;
    Ok(page(regions, &keys, ask, &name))
}

/// The region of a code.
pub async fn one(store: &Store, _: &Scope<act::Read>, code: &RegionCode) -> Result<Region, StoreError> {
    let row = Entity::find_by_id(code.as_str()).one(store.reader()).await?.ok_or(StoreError::NotFound)?;
    document::read(&row.document)
}

/// Every code that is known, closed regions included. Codes are never taken away.
pub async fn codes(store: &Store, _: &Scope<act::Read>) -> Result<BTreeSet<RegionCode>, StoreError> {
    let codes: Vec<String> = Entity::find().select_only().column(Column::Code).into_tuple().all(store.reader()).await?;
    codes.iter().map(|code| code.parse().map_err(|e| StoreError::failed("read region code", e))).collect()
}

/// The same inside the store, for what is kept in memory.
pub(crate) async fn all_codes(db: &impl ConnectionTrait) -> Result<std::collections::HashSet<RegionCode>, StoreError> {
    let codes: Vec<String> = Entity::find().select_only().column(Column::Code).into_tuple().all(db).await?;
    codes.iter().map(|code| code.parse().map_err(|e| StoreError::failed("read region code", e))).collect()
}

/// What these rows would change.
pub(crate) async fn compare(db: &impl ConnectionTrait, rows: Vec<Region>) -> Result<Difference<Region>, StoreError> {
    let known = Entity::find().all(db).await?;
    let known = known.iter().map(|row| document::read::<Region>(&row.document).map(|r| (r.code.clone(), r)));
    Ok(difference(known.collect::<Result<BTreeMap<_, _>, _>>()?, rows, |region| region.code.clone()))
}

/// Keeps what is new and what changed.
pub(crate) async fn put(tx: &Tx, found: &Difference<Region>) -> Result<(), StoreError> {
    let again = OnConflict::column(Column::Code)
        .update_columns(Column::iter().filter(|c| !matches!(c, Column::Code)))
        .to_owned();
    put_rows::<Entity>(tx, found.rows().map(row).collect::<Result<_, _>>()?, &again).await
}

fn row(region: &Region) -> Result<entity::ActiveModel, StoreError> {
    let name = &region.name;
    let words =
        [Some(name.ko.as_str()), name.en.as_ref().map(Line::as_str), region.romanised.as_ref().map(Line::as_str)];
    Ok(entity::ActiveModel {
        code: Set(region.code.to_string()),
        kind: Set(region.kind.to_string()),
        tier: Set(tier_name(region.tier()).to_owned()),
        sido: Set(region.sido_code().to_string()),
        words: Set(folded(words.into_iter().chain([region.short_ko.as_ref().map(Line::as_str)]).flatten())),
        valid_from: Set(region.valid_from.map(|d| d.to_string())),
        valid_to: Set(region.valid_to.map(|d| d.to_string())),
        document: Set(document::write(region)?),
    })
}

const fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Nation => "nation",
        Tier::Sido => "sido",
        Tier::Municipality => "municipality",
    }
}
