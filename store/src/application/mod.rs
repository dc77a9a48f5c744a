//! Applications to support calls (신청): kept whole, listed by columns, counted for their call's course.

mod entity;
mod find;
mod row;
mod similar;

pub(crate) use entity::application as application_table;
pub(crate) use find::with_part;
pub use find::{Filter, Sort, count, list};
pub(crate) use find::{beyond, of_body};
pub use similar::{Among, Circle, Compared, MOST_COMPARED, to_compare};

use crate::{Facts, Purpose, StoreError, Tx, document};
use domain::{
    access::{Action, Permit, act::application as act},
    application::{Application, ApplicationId, ApplicationItem, ApplicationStanding},
    call::{CallKey, CourseFacts},
};
use entity::{
    application::{Column, Entity},
    tag,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Func, SimpleExpr},
};
use uuid::Uuid;

impl Facts for Application {
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

/// Enters a draft.
pub async fn add(tx: &Tx, _: &Permit<act::Create>, application: Application) -> Result<Application, StoreError> {
    tx.changed("application", &application.id, None, Some(&application))?;
    let seq = Entity::insert(row::row(&application)?).exec(tx.db()?).await?.last_insert_id;
    insert_tags(tx, &application, seq).await?;
    Ok(application)
}

async fn insert_tags(tx: &Tx, application: &Application, seq: i64) -> Result<(), StoreError> {
    let tags = row::tags(application, seq);
    if !tags.is_empty() {
        tag::Entity::insert_many(tags).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}

/// Keeps a changed application.
pub async fn save<A: Action<On = Application>>(
    tx: &Tx,
    permit: &Permit<A>,
    after: Application,
) -> Result<Application, StoreError> {
    let before = permit.on();
    tx.changed("application", &after.id, Some(before), Some(&after))?;
    let db = tx.db()?;
    let id = after.id.get();
    let done = Entity::update_many().set(row::row(&after)?).filter(Column::Id.eq(id)).exec(db).await?;
    if done.rows_affected != 1 {
        return Err(StoreError::NotFound);
    }
    if row::parts(before) != row::parts(&after) {
        let query = Entity::find().filter(Column::Id.eq(id)).select_only().column(Column::Seq);
        let seq: i64 = query.into_tuple().one(db).await?.ok_or(StoreError::NotFound)?;
        tag::Entity::delete_many().filter(tag::Column::Seq.eq(seq)).exec(db).await?;
        insert_tags(tx, &after, seq).await?;
    }
    Ok(after)
}

/// Those of these applications that are there, in the order of their ids, held as they stand.
pub(crate) async fn held(tx: &Tx, ids: &[Uuid]) -> Result<Vec<Application>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    // A statement takes at most 32,766 values on SQLite.
    for some in ids.chunks(1000) {
        let query = Entity::find().filter(Column::Id.is_in(some.iter().copied())).order_by_asc(Column::Id);
        let query = Purpose::Add.lock(query.select_only().column(Column::Document), tx.db()?);
        let texts: Vec<String> = query.into_tuple().all(tx.db()?).await?;
        for text in texts {
            found.push(document::read(&text)?);
        }
    }
    Ok(found)
}

/// The submitted applications of a call, in no order.
pub(crate) async fn submitted(db: &impl ConnectionTrait, call: &CallKey) -> Result<Vec<Application>, StoreError> {
    let all = Entity::find().filter(Column::Call.eq(call.as_str())).filter(Column::Submitted.eq(true));
    let texts: Vec<String> = all.select_only().column(Column::Document).into_tuple().all(db).await?;
    texts.iter().map(|text| document::read(text)).collect()
}

/// The lines that lists show of the submitted applications of a call, in no order.
pub(crate) async fn lines(db: &impl ConnectionTrait, call: &CallKey) -> Result<Vec<ApplicationItem>, StoreError> {
    let all = Entity::find().filter(Column::Call.eq(call.as_str())).filter(Column::Submitted.eq(true));
    let texts: Vec<String> = all.select_only().column(Column::Item).into_tuple().all(db).await?;
    texts.iter().map(|text| document::read(text)).collect()
}

/// Those of these applications that are there, in no order.
pub(crate) async fn named(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Application>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(1000) {
        let query = Entity::find().filter(Column::Id.is_in(some.iter().copied()));
        let texts: Vec<String> = query.select_only().column(Column::Document).into_tuple().all(db).await?;
        for text in texts {
            found.push(document::read(&text)?);
        }
    }
    Ok(found)
}

/// The eligible applications of a call, in the order of entry. Whoever calls this has seen to it that they may be read.
pub(crate) async fn eligible(db: &impl ConnectionTrait, call: &CallKey) -> Result<Vec<Application>, StoreError> {
    let query = of_call(call).column(Column::Document);
    let texts: Vec<String> = query.into_tuple().all(db).await?;
    texts.iter().map(|text| document::read(text)).collect()
}

/// Their ids.
pub(crate) async fn eligible_ids(db: &impl ConnectionTrait, call: &CallKey) -> Result<Vec<ApplicationId>, StoreError> {
    let ids: Vec<Uuid> = of_call(call).column(Column::Id).into_tuple().all(db).await?;
    Ok(ids.into_iter().map(ApplicationId::new).collect())
}

fn of_call(call: &CallKey) -> Select<Entity> {
    Entity::find()
        .filter(Column::Call.eq(call.as_str()))
        .filter(Column::Submitted.eq(true))
        .filter(Column::Standing.eq(ApplicationStanding::Eligible.name()))
        .order_by_asc(Column::Seq)
        .select_only()
}

/// What a call's course must know of its applications, in this transaction. Whoever holds the call for a change knows that
/// it stays so: every submission and every finding holds it too.
pub async fn course_facts(tx: &Tx, call: &CallKey) -> Result<CourseFacts, StoreError> {
    facts(tx.db()?, call).await
}

/// The same for a look ahead, outside of any transaction.
pub async fn course_ahead<A: Action<On = domain::call::SupportCall>>(
    store: &crate::Store,
    permit: &Permit<A>,
) -> Result<CourseFacts, StoreError> {
    facts(store.reader(), &permit.on().key).await
}

/// How many submitted applications of a call stand so.
#[derive(FromQueryResult)]
struct Standing {
    standing: String,
    many: i64,
}

async fn facts(db: &impl ConnectionTrait, call: &CallKey) -> Result<CourseFacts, StoreError> {
    let many: SimpleExpr = Func::count(Expr::col(Column::Standing)).into();
    let query = Entity::find()
        .filter(Column::Call.eq(call.as_str()))
        .filter(Column::Submitted.eq(true))
        .select_only()
        .column(Column::Standing)
        .column_as(many, "many")
        .group_by(Column::Standing);
    let mut facts = CourseFacts::default();
    for row in query.into_model::<Standing>().all(db).await? {
        let all = u64::try_from(row.many).map_err(|e| StoreError::failed("count", e))?;
        let standing: ApplicationStanding = row.standing.parse().map_err(|e| StoreError::failed("standing", e))?;
        facts.submitted = facts.submitted.saturating_add(all);
        if standing.awaits_screening() {
            facts.unscreened = facts.unscreened.saturating_add(all);
        }
    }
    Ok(facts)
}
