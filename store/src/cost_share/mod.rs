//! Cost-share rule sets (분담 규칙): the register with every edition.

mod entity;

use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::{Register, in_force},
    seek::one_or_passing,
};
use domain::{
    access::{Action, Permit, Scope, act::cost_share as act},
    cost_share::{CostShareRules, Standing},
    day::Day,
};
use entity::{Column, Entity};
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait, DbBackend, EntityTrait};

impl Facts for CostShareRules {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        purpose.lock(Entity::find_by_id(id), db).one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which rule sets are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of these standings; empty means all.
    pub standings: Vec<Standing>,
    /// Only those in force on this day.
    pub as_of: Option<Day>,
}

impl Filter {
    fn condition(&self, backend: DbBackend) -> Condition {
        let all = Condition::all();
        let all = all.add_option(self.as_of.map(|day| in_force(Column::EffectiveFrom, Column::EffectiveTo, day)));
        all.add_option(one_or_passing(Column::Standing, self.standings.iter().map(|one| one.name()), backend))
    }
}

/// The register of rule sets.
const REGISTER: Register<Entity, CostShareRules> = Register {
    name: "cost-share rules",
    key: Column::Key,
    document: Column::Document,
    key_of: |rules| KeyValue::Text(rules.key.to_string()),
    row,
};

/// One page of the rule sets, by key. The scope of reading is the same for all; it is asked for all the same.
pub async fn list(
    store: &Store,
    _: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<CostShareRules>, StoreError> {
    REGISTER.list(store, filter, filter.condition(store.0.backend), ask).await
}

/// Enters a rule set.
pub async fn add(tx: &Tx, _: &Permit<act::Create>, rules: CostShareRules) -> Result<CostShareRules, StoreError> {
    tx.changed("cost_share_rules", &rules.key, None, Some(&rules))?;
    Entity::insert(row(&rules)?).exec_without_returning(tx.db()?).await?;
    Ok(rules)
}

/// Keeps a rule set that has another edition or was restated.
pub async fn save<A: Action<On = CostShareRules>>(
    tx: &Tx,
    permit: &Permit<A>,
    rules: CostShareRules,
) -> Result<CostShareRules, StoreError> {
    tx.changed("cost_share_rules", &rules.key, Some(permit.on()), Some(&rules))?;
    Entity::update(row(&rules)?).exec(tx.db()?).await?;
    Ok(rules)
}

fn row(rules: &CostShareRules) -> Result<entity::ActiveModel, StoreError> {
    Ok(entity::ActiveModel {
        key: Set(rules.key.to_string()),
        version: Set(rules.version),
        standing: Set(rules.standing.to_string()),
        effective_from: Set(rules.effective_from.map(|day| day.to_string())),
        effective_to: Set(rules.effective_to.map(|day| day.to_string())),
        document: Set(document::write(rules)?),
    })
}
