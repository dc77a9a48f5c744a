//! The advisory group (자문단): advisers, and consultations with what follows from them for gates and for panels.
//!
//! On PostgreSQL whoever chooses an adviser holds the consultation, then the adviser, so that two never take the same room;
//! whoever accepts holds the expert, as whoever gives experts applications to judge does.

mod adviser;
mod entity;
mod find;
mod ground;

pub use adviser::{
    AdviserFilter, ListedAdviser, add_adviser, is_adviser, list_advisers, save_adviser, serves, serves_in,
};
pub use find::{Filter, count, list};
pub use ground::{Ground, counsels, facts, ground, ground_shown, judging_in, project_of};
pub(crate) use ground::{counsels_in, facts_as_of, facts_in};

use crate::{Facts, Purpose, StoreError, Tx, document};
use domain::{
    access::{Action, Permit, act::consultation as act},
    consultation::Consultation,
};
use entity::{
    consultation::{ActiveModel, Column, Entity},
    tag,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// The kind of tag of a body whose project it is.
const BODY: &str = "body";
/// The kind of tag of a topic.
const TOPIC: &str = "topic";

impl Facts for Consultation {
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

/// Enters a consultation on the project that was asked about.
pub async fn add(tx: &Tx, permit: &Permit<act::Request>, asked: Consultation) -> Result<Consultation, StoreError> {
    if asked.project != permit.on().id {
        return Err(StoreError::NotFound);
    }
    tx.changed("consultation", &asked.id, None, Some(&asked))?;
    let seq = Entity::insert(row(&asked)?).exec(tx.db()?).await?.last_insert_id;
    // Bodies and topics are those of the request, for good.
    let bodies = asked.bodies().map(|body| (BODY, body.to_string()));
    let topics = asked.request.topics.iter().map(|topic| (TOPIC, topic.to_string()));
    let row = |(kind, value): (&str, String)| tag::ActiveModel {
        kind: Set(kind.to_owned()),
        value: Set(value),
        seq: Set(seq),
    };
    tag::Entity::insert_many(bodies.chain(topics).map(row)).exec_without_returning(tx.db()?).await?;
    Ok(asked)
}

/// Keeps a consultation that went further.
pub async fn save<A: Action<On = Consultation>>(
    tx: &Tx,
    permit: &Permit<A>,
    after: Consultation,
) -> Result<Consultation, StoreError> {
    tx.changed("consultation", &after.id, Some(permit.on()), Some(&after))?;
    let done = Entity::update_many().set(row(&after)?).filter(Column::Id.eq(after.id.get())).exec(tx.db()?).await?;
    if done.rows_affected == 1 { Ok(after) } else { Err(StoreError::NotFound) }
}

fn row(one: &Consultation) -> Result<ActiveModel, StoreError> {
    let whole = |many: usize| i64::try_from(many).map_err(|e| StoreError::failed("count", e));
    Ok(ActiveModel {
        id: Set(one.id.get()),
        version: Set(one.version),
        project: Set(one.project.get()),
        body: Set(one.body.to_string()),
        phase: Set(one.phase.reached().words().1.to_owned()),
        urgency: Set(one.request.urgency.to_string()),
        state: Set(one.state.to_string()),
        waits_for: Set(one.waits_for().map(|who| who.to_string())),
        adviser: Set(one.assigned.as_ref().map(|to| to.adviser.get())),
        account: Set(one.assigned.as_ref().map(|to| to.account.get())),
        held: Set(!one.sessions.is_empty()),
        unanswered: Set(whole(one.unanswered())?),
        open_advice: Set(whole(one.open_advice())?),
        response_days: Set(one.response_days()),
        document: Set(document::write(one)?),
        ..Default::default()
    })
}
