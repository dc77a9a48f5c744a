//! The list of accounts (계정 목록), by sign-in name.

use super::entity::{
    account::{Column, Entity},
    grant,
};
use crate::{
    Store, StoreError, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
    seek::passing,
};
use domain::{
    access::{BodyKey, Permit, Role, Scope, act::account as act},
    account::{Account, StateName},
    day::Instant,
};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{ExprTrait, LikeExpr},
};

/// Which accounts are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those that hold this role now.
    pub role: Option<Role>,
    /// Only those that hold a role for this body now; together with `role`, that role for that body.
    pub body: Option<BodyKey>,
    /// Only in this state.
    pub state: Option<StateName>,
    /// Only with this in the sign-in name or the display name, whatever its case.
    pub text: Option<String>,
}

impl Filter {
    fn condition(&self, now: Instant, backend: DbBackend) -> Condition {
        let mut all = Condition::all();
        if self.role.is_some() || self.body.is_some() {
            let mut held = Condition::all().add(in_force(now));
            held = held.add_option(self.role.map(|role| grant::Column::Role.eq(role.name())));
            held = held.add_option(self.body.as_ref().map(|body| grant::Column::Body.eq(body.as_str())));
            let holders = grant::Entity::find().select_only().column(grant::Column::AccountId).filter(held);
            all = all.add(passing(Column::Id, backend).in_subquery(holders.into_query()));
        }
        all = all.add_option(self.state.map(|state| Column::State.eq(state.name())));
        all.add_option(self.text.as_ref().map(|text| Column::Search.like(containing(text))))
    }
}

/// Neither taken back nor expired.
pub(super) fn in_force(now: Instant) -> Condition {
    let lasting =
        Condition::any().add(grant::Column::ExpiresAt.is_null()).add(grant::Column::ExpiresAt.gt(now.micros()));
    Condition::all().add(grant::Column::Revoked.eq(false)).add(lasting)
}

/// The ids of the accounts that can sign in and hold a role now, for whatever body.
pub(crate) fn holders(role: Role, now: Instant) -> Select<grant::Entity> {
    let active = Entity::find().filter(Column::State.eq(StateName::Active.name())).select_only().column(Column::Id);
    grant::Entity::find()
        .filter(grant::Column::Role.eq(role.name()))
        .filter(in_force(now))
        .filter(grant::Column::AccountId.in_subquery(active.into_query()))
        .select_only()
        .column(grant::Column::AccountId)
}

/// A pattern that finds the text itself, its `%` and `_` included.
fn containing(text: &str) -> LikeExpr {
    let plain = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{plain}%")).escape('\\')
}

/// One page of the accounts, by sign-in name. Whoever may list sees them all.
pub async fn list(
    store: &Store,
    _: &Scope<act::List>,
    filter: &Filter,
    now: Instant,
    ask: &PageAsk,
) -> Result<Page<Account>, StoreError> {
    let name = format!("accounts {filter:?}");
    let keys = [SortKey {
        column: Column::SignInName.into_simple_expr(),
        order: sea_orm::Order::Asc,
        of: |a: &Account| KeyValue::Text(a.sign_in_name.to_string()),
    }];
    let query = cut(Entity::find().filter(filter.condition(now, store.0.backend)), &keys, ask, &name)?;
    let rows = query.all(store.reader()).await?;
    let accounts = rows.iter().map(|row| document::read(&row.document)).collect::<Result<Vec<Account>, _>>()?;
    Ok(page(accounts, &keys, ask, &name))
}

/// Every account, for the command line.
pub async fn all(store: &Store, _: &Permit<act::List>) -> Result<Vec<Account>, StoreError> {
    let rows = Entity::find().order_by_asc(Column::SignInName).all(store.reader()).await?;
    rows.iter().map(|row| document::read(&row.document)).collect()
}
