//! The pool of experts (전문가 풀): kept whole, listed in the order of entry, drawn from.

use super::entity::{
    expert::{ActiveModel, Column, Entity},
    field,
};
use crate::{
    Facts, Purpose, Store, StoreError, Tx, account, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
    seek::{among, one_or_passing, passing},
    words::{folded, holds},
};
use domain::{
    access::{Permit, Role, Scope, act::expert as act},
    committee::{Expert, ExpertId, ExpertStanding, Sector},
    project::FieldCode,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IntoSimpleExpr,
    Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::ExprTrait,
};
use uuid::Uuid;

impl Facts for Expert {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query = Entity::find().filter(Column::Id.eq(id)).select_only().column(Column::Document);
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which experts are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct ExpertFilter {
    /// Where they come from.
    pub sectors: Vec<Sector>,
    /// Who know one of these fields.
    pub expertise: Vec<FieldCode>,
    /// Whether they can be appointed.
    pub standings: Vec<ExpertStanding>,
    /// With this in the name, whatever the case.
    pub text: Option<String>,
}

impl ExpertFilter {
    fn condition(&self, backend: DbBackend) -> Condition {
        let standing = one_or_passing(Column::Standing, self.standings.iter().map(|one| one.name()), backend);
        let sectors = self.sectors.iter().map(|one| one.name());
        let sector = match standing {
            // One index is enough; the other column is looked at in passing.
            Some(_) => among(passing(Column::Sector, backend), sectors),
            None => one_or_passing(Column::Sector, sectors, backend),
        };
        let fields = (!self.expertise.is_empty()).then(|| {
            let fields = self.expertise.iter().map(ToString::to_string);
            let known = field::Entity::find().filter(field::Column::Field.is_in(fields)).select_only();
            passing(Column::Seq, backend).in_subquery(known.column(field::Column::Seq).into_query())
        });
        Condition::all()
            .add_option(standing)
            .add_option(sector)
            .add_option(fields)
            .add_option(self.text.as_ref().map(|text| holds(Column::Search, text)))
    }
}

/// What a list reads of an expert.
#[derive(Debug, FromQueryResult)]
struct Listed {
    seq: i64,
    document: String,
}

/// One page of the pool, in the order of entry. Whoever may list it sees all of it.
pub async fn list_experts(
    store: &Store,
    _: &Scope<act::List>,
    filter: &ExpertFilter,
    ask: &PageAsk,
) -> Result<Page<Expert>, StoreError> {
    let name = format!("experts {filter:?}");
    let seq: fn(&Listed) -> KeyValue = |row| KeyValue::Number(row.seq);
    let keys = [SortKey { column: Column::Seq.into_simple_expr(), order: Order::Asc, of: seq }];
    let query = Entity::find().filter(filter.condition(store.0.backend)).select_only();
    let query = cut(query.columns([Column::Seq, Column::Document]), &keys, ask, &name)?;
    let rows = query.into_model::<Listed>().all(store.reader()).await?;
    let Page { items, next } = page(rows, &keys, ask, &name);
    Ok(Page { items: items.iter().map(|row| document::read(&row.document)).collect::<Result<_, _>>()?, next })
}

/// Everybody who can be drawn: active, with an account that holds a committee member's role now.
pub async fn pool(tx: &Tx) -> Result<Vec<Expert>, StoreError> {
    let query = Entity::find()
        .filter(Column::Standing.eq(ExpertStanding::Active.name()))
        .filter(Column::Account.in_subquery(account::holders(Role::CommitteeMember, tx.at()).into_query()))
        .order_by_asc(Column::Seq)
        .select_only()
        .column(Column::Document);
    let found: Vec<String> = query.into_tuple().all(tx.db()?).await?;
    found.iter().map(|text| document::read(text)).collect()
}

/// The experts of these ids that are in the pool, or once were, held as they stand: nobody promises counsel meanwhile.
pub async fn experts_of(tx: &Tx, ids: impl IntoIterator<Item = ExpertId>) -> Result<Vec<Expert>, StoreError> {
    read(tx.db()?, ids, Purpose::Add).await
}

pub(crate) async fn named(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ExpertId>,
) -> Result<Vec<Expert>, StoreError> {
    read(db, ids, Purpose::Look).await
}

async fn read(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ExpertId>,
    purpose: Purpose,
) -> Result<Vec<Expert>, StoreError> {
    let ids: Vec<Uuid> = ids.into_iter().map(ExpertId::get).collect();
    let mut experts = Vec::with_capacity(ids.len());
    // A statement takes at most 32,766 values on SQLite.
    for some in ids.chunks(1000) {
        let query =
            Entity::find().filter(Column::Id.is_in(some.iter().copied())).select_only().column(Column::Document);
        // Whoever holds several takes them in one order.
        let query = if purpose == Purpose::Look { query } else { purpose.lock(query, db).order_by_asc(Column::Id) };
        let found: Vec<String> = query.into_tuple().all(db).await?;
        for text in found {
            experts.push(document::read(&text)?);
        }
    }
    Ok(experts)
}

/// Enters an expert.
pub async fn add_expert(tx: &Tx, _: &Permit<act::Create>, expert: Expert) -> Result<Expert, StoreError> {
    tx.changed("expert", &expert.id, None, Some(&expert))?;
    let seq = Entity::insert(row(&expert)?).exec(tx.db()?).await?.last_insert_id;
    insert_fields(tx, &expert, seq).await?;
    Ok(expert)
}

/// Keeps an expert of whom something else is known now, or who has retired.
pub async fn save_expert(tx: &Tx, permit: &Permit<act::Change>, after: Expert) -> Result<Expert, StoreError> {
    let before = permit.on();
    tx.changed("expert", &after.id, Some(before), Some(&after))?;
    let (db, id) = (tx.db()?, after.id.get());
    Entity::update_many().set(row(&after)?).filter(Column::Id.eq(id)).exec(db).await?;
    if before.details.expertise != after.details.expertise {
        let query = Entity::find().filter(Column::Id.eq(id)).select_only().column(Column::Seq);
        let seq: i64 = query.into_tuple().one(db).await?.ok_or(StoreError::NotFound)?;
        field::Entity::delete_many().filter(field::Column::Seq.eq(seq)).exec(db).await?;
        insert_fields(tx, &after, seq).await?;
    }
    Ok(after)
}

async fn insert_fields(tx: &Tx, expert: &Expert, seq: i64) -> Result<(), StoreError> {
    let fields = &expert.details.expertise;
    if !fields.is_empty() {
        let row = |code: &FieldCode| field::ActiveModel { field: Set(code.to_string()), seq: Set(seq) };
        field::Entity::insert_many(fields.iter().map(row)).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}

fn row(expert: &Expert) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        id: Set(expert.id.get()),
        version: Set(expert.version),
        sector: Set(expert.details.sector.to_string()),
        standing: Set(expert.standing.to_string()),
        account: Set(expert.details.account.map(domain::account::AccountId::get)),
        search: Set(folded([expert.details.name.as_str()])),
        document: Set(document::write(expert)?),
        ..Default::default()
    })
}
