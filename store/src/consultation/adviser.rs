//! Advisers (자문위원): kept whole beside the pool of experts, listed in the order of entry.

use super::{
    entity::{
        adviser::{ActiveModel, Column, Entity},
        topic,
    },
    ground::loads,
};
use crate::{
    Facts, Purpose, Store, StoreError, Tx, committee, document,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::passing,
};
use domain::{
    access::{Permit, Scope, act::adviser as act},
    account::AccountId,
    committee::ExpertId,
    consultation::{Adviser, Topic},
    day::Day,
    text::Line,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, sea_query::ExprTrait,
};
use uuid::Uuid;

impl Facts for Adviser {
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

/// Which advisers are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct AdviserFilter {
    /// Who counsel on one of these.
    pub topics: Vec<Topic>,
    /// Those who serve on this day.
    pub serving_on: Option<Day>,
}

/// Who serve on a day.
fn within(day: Day) -> Condition {
    let day = day.to_string();
    Condition::all().add(Column::Released.eq(false)).add(Column::TermFrom.lte(day.clone())).add(Column::TermTo.gte(day))
}

/// The ids of those who serve on a day under an account.
pub(super) fn serving(account: Uuid, day: Day) -> Select<Entity> {
    Entity::find().filter(Column::Account.eq(account)).filter(within(day)).select_only().column(Column::Id)
}

/// True when somebody serves as an adviser on a day, under the own account.
pub async fn serves(store: &Store, own: AccountId, day: Day) -> Result<bool, StoreError> {
    Ok(serving(own.get(), day).count(store.reader()).await? > 0)
}

/// The same inside a transaction.
pub async fn serves_in(tx: &Tx, own: AccountId, day: Day) -> Result<bool, StoreError> {
    Ok(serving(own.get(), day).count(tx.db()?).await? > 0)
}

/// An adviser in a list.
#[derive(Debug, Clone)]
pub struct ListedAdviser {
    /// The record.
    pub adviser: Adviser,
    /// The expert's name.
    pub name: Line<80>,
    /// Consultations under way.
    pub load: usize,
}

/// One page of the advisers, in the order of entry. Whoever may list them sees all.
pub async fn list_advisers(
    store: &Store,
    _: &Scope<act::List>,
    filter: &AdviserFilter,
    ask: &PageAsk,
) -> Result<Page<ListedAdviser>, StoreError> {
    let (name, backend) = (format!("advisers {filter:?}"), store.0.backend);
    let topics = (!filter.topics.is_empty()).then(|| {
        let topics = filter.topics.iter().map(|topic| topic.name());
        let known = topic::Entity::find().filter(topic::Column::Topic.is_in(topics)).select_only();
        passing(Column::Seq, backend).in_subquery(known.column(topic::Column::Seq).into_query())
    });
    let query = Entity::find().filter(Condition::all().add_option(topics).add_option(filter.serving_on.map(within)));
    let Page { items, next } =
        in_order_of_entry::<_, Adviser>(store, query, (Column::Seq, Column::Document), (&name, ask)).await?;
    let ids: Vec<ExpertId> = items.iter().map(|adviser| adviser.id).collect();
    let experts = committee::named(store.reader(), ids.iter().copied()).await?;
    let loads = loads(store.reader(), &ids, None).await?;
    let listed = |adviser: Adviser| {
        let name = experts.iter().find(|expert| expert.id == adviser.id)?.details.name.clone();
        let load = loads.get(&adviser.id).copied().unwrap_or_default();
        Some(ListedAdviser { adviser, name, load })
    };
    Ok(Page { items: items.into_iter().filter_map(listed).collect(), next })
}

/// Everybody who was not released, in the order of entry.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Adviser>, StoreError> {
    let query = Entity::find().filter(Column::Released.eq(false)).order_by_asc(Column::Seq);
    let found: Vec<String> = query.select_only().column(Column::Document).into_tuple().all(db).await?;
    found.iter().map(|text| document::read(text)).collect()
}

/// True when the expert is an adviser, or once was.
pub async fn is_adviser(tx: &Tx, id: ExpertId) -> Result<bool, StoreError> {
    Ok(Entity::find().filter(Column::Id.eq(id.get())).count(tx.db()?).await? > 0)
}

/// Enters an adviser.
pub async fn add_adviser(tx: &Tx, _: &Permit<act::Appoint>, adviser: Adviser) -> Result<Adviser, StoreError> {
    tx.changed("adviser", &adviser.id, None, Some(&adviser))?;
    let seq = Entity::insert(row(&adviser)?).exec(tx.db()?).await?.last_insert_id;
    insert_topics(tx, &adviser, seq).await?;
    Ok(adviser)
}

/// Keeps an adviser whose terms are others now, or who was released.
pub async fn save_adviser(tx: &Tx, permit: &Permit<act::Change>, after: Adviser) -> Result<Adviser, StoreError> {
    let before = permit.on();
    tx.changed("adviser", &after.id, Some(before), Some(&after))?;
    let (db, id) = (tx.db()?, after.id.get());
    Entity::update_many().set(row(&after)?).filter(Column::Id.eq(id)).exec(db).await?;
    if before.terms.topics != after.terms.topics {
        let query = Entity::find().filter(Column::Id.eq(id)).select_only().column(Column::Seq);
        let seq: i64 = query.into_tuple().one(db).await?.ok_or(StoreError::NotFound)?;
        topic::Entity::delete_many().filter(topic::Column::Seq.eq(seq)).exec(db).await?;
        insert_topics(tx, &after, seq).await?;
    }
    Ok(after)
}

async fn insert_topics(tx: &Tx, adviser: &Adviser, seq: i64) -> Result<(), StoreError> {
    let row = |known: &Topic| topic::ActiveModel { topic: Set(known.to_string()), seq: Set(seq) };
    let rows = adviser.terms.topics.iter().map(row);
    topic::Entity::insert_many(rows).exec_without_returning(tx.db()?).await?;
    Ok(())
}

fn row(adviser: &Adviser) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        id: Set(adviser.id.get()),
        version: Set(adviser.version),
        account: Set(adviser.account.get()),
        term_from: Set(adviser.terms.term_from.to_string()),
        term_to: Set(adviser.terms.term_to.to_string()),
        released: Set(adviser.released.is_some()),
        document: Set(document::write(adviser)?),
        ..Default::default()
    })
}
