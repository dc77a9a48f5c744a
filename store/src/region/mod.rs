//! Regions (지역): the list as of any day, by code.

mod entity;

use crate::{
    Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::{Register, in_force},
    seek::one_or_passing,
    words::{folded, holds},
};
use domain::{
    access::{Scope, act::reference as act},
    day::Day,
    import::Difference,
    region::{Region, RegionCode, RegionKind, Tier},
    text::Line,
};
use entity::{Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;

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
        let all = Condition::all().add_option(self.as_of.map(|day| in_force(Column::ValidFrom, Column::ValidTo, day)));
        all.add_option(one_or_passing(Column::Kind, self.kinds.iter().map(|one| one.name()), backend))
            .add_option(self.tier.map(|tier| Column::Tier.eq(tier_name(tier))))
            .add_option(self.sido.as_ref().map(|code| Column::Sido.eq(code.as_str())))
            .add_option(self.name.as_ref().map(|name| holds(Column::Words, name)))
    }
}

/// The register of regions.
const REGISTER: Register<Entity, Region> = Register {
    name: "regions",
    key: Column::Code,
    document: Column::Document,
    key_of: |region| KeyValue::Text(region.code.to_string()),
    row,
};

/// One page of the regions, by code.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Region>, StoreError> {
    REGISTER.list(store, filter, filter.condition(store.0.backend), ask).await
}

/// The region of a code.
pub async fn one(store: &Store, _: &Scope<act::Read>, code: &RegionCode) -> Result<Region, StoreError> {
    REGISTER.find(store.reader(), code.as_str()).await?.ok_or(StoreError::NotFound)
}

/// The regions of these codes, in no order.
pub(crate) async fn named(db: &impl ConnectionTrait, codes: &[RegionCode]) -> Result<Vec<Region>, StoreError> {
    let codes: BTreeSet<&str> = codes.iter().map(RegionCode::as_str).collect();
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let query = Entity::find().filter(Column::Code.is_in(codes)).select_only().column(Column::Document);
    let found: Vec<String> = query.into_tuple().all(db).await?;
    found.iter().map(|text| document::read(text)).collect()
}

/// Every 시도 and 시군구 that is in force on a day, in no order: a few hundred.
pub async fn governments(store: &Store, _: &Scope<act::Read>, on: Day) -> Result<Vec<Region>, StoreError> {
    let tiers = [Tier::Sido, Tier::Municipality].map(tier_name);
    let wanted = Condition::all().add(Column::Tier.is_in(tiers)).add(in_force(Column::ValidFrom, Column::ValidTo, on));
    let query = Entity::find().filter(wanted).select_only().column(Column::Document);
    let found: Vec<String> = query.into_tuple().all(store.reader()).await?;
    found.iter().map(|text| document::read(text)).collect()
}

/// Every code that is known, closed regions included. Codes are never taken away.
pub async fn codes(store: &Store, _: &Scope<act::Read>) -> Result<BTreeSet<RegionCode>, StoreError> {
    REGISTER.keys(store.reader()).await
}

/// The same inside the store, for what is kept in memory.
pub(crate) async fn all_codes(db: &impl ConnectionTrait) -> Result<std::collections::HashSet<RegionCode>, StoreError> {
    REGISTER.keys(db).await
}

/// What these rows would change.
pub(crate) async fn compare(db: &impl ConnectionTrait, rows: Vec<Region>) -> Result<Difference<Region>, StoreError> {
    REGISTER.compare(db, rows).await
}

/// Keeps what is new and what changed.
pub(crate) async fn put(tx: &Tx, found: &Difference<Region>) -> Result<(), StoreError> {
    REGISTER.put(tx, found).await
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
