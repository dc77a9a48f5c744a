//! Challenges (기피 신청): kept whole, listed in the order in which they were filed.
//!
//! On PostgreSQL a challenge is locked after the application, the panel and the call.

mod entity;

use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing, runs},
};
use domain::{
    access::{Permit, Scope, act::challenge as act},
    application::ApplicationId,
    call::CallKey,
    challenge::{Challenge, OnChallenge},
};
use entity::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::ExprTrait,
};
use uuid::Uuid;

impl Facts for Challenge {
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

/// Which challenges are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In which calls.
    pub calls: Vec<CallKey>,
    /// About which application.
    pub application: Option<ApplicationId>,
    /// Those that were answered, or those that were not.
    pub answered: Option<Answered>,
}

/// Whether it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// It was.
    Yes,
    /// It waits.
    No,
}

impl Filter {
    /// One column leads to what fits; the others are looked at in passing.
    fn condition(&self, backend: DbBackend) -> Condition {
        let mut seek = first_leads(backend);
        let application = seek(Column::Application, self.application.is_some());
        let call = seek(Column::Call, self.calls.len() == 1);
        let answered = seek(Column::Answered, self.answered.is_some());
        Condition::all()
            .add_option(among(application, self.application.map(ApplicationId::get)))
            .add_option(among(call, self.calls.iter().map(ToString::to_string)))
            .add_option(among(answered, self.answered.map(|one| one == Answered::Yes)))
    }
}

/// The reader's scope as a condition: the same relations that the policy asks of a single challenge.
fn visible(scope: &Scope<act::Read>, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        any = match cell {
            // Who takes part stands in the record alone: no list is opened by it.
            OnChallenge::Never | OnChallenge::RunningOther => any,
            OnChallenge::Always => return Condition::all(),
            OnChallenge::Own => any.add(passing(Column::Body, backend).eq(body.as_str())),
            OnChallenge::Running => any.add(runs((Column::Holder, Column::Agency), body, backend)),
        };
    }
    opened(any)
}

/// One page of the challenges that the reader may see, in the order in which they were filed.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Challenge>, StoreError> {
    let (name, backend) = (format!("challenges {filter:?}"), store.0.backend);
    let query = Entity::find().filter(filter.condition(backend)).filter(visible(scope, backend));
    in_order_of_entry(store, query, (Column::Seq, Column::Document), (&name, ask)).await
}

/// How many challenges in a call wait for their answer.
pub(crate) async fn unanswered(db: &impl ConnectionTrait, call: &CallKey) -> Result<u64, StoreError> {
    let query = Entity::find().filter(Column::Call.eq(call.as_str())).filter(Column::Answered.eq(false));
    Ok(query.count(db).await?)
}

/// Enters a challenge about the application that was asked for, in a transaction that holds the call.
pub async fn add(tx: &Tx, permit: &Permit<act::File>, challenge: Challenge) -> Result<Challenge, StoreError> {
    if challenge.application != permit.on().id {
        return Err(StoreError::NotFound);
    }
    tx.changed("challenge", &challenge.id, None, Some(&challenge))?;
    Entity::insert(row(&challenge)?).exec_without_returning(tx.db()?).await?;
    Ok(challenge)
}

/// Keeps a challenge that was answered.
pub async fn save(tx: &Tx, permit: &Permit<act::Answer>, after: Challenge) -> Result<Challenge, StoreError> {
    tx.changed("challenge", &after.id, Some(permit.on()), Some(&after))?;
    Entity::update_many().set(row(&after)?).filter(Column::Id.eq(after.id.get())).exec(tx.db()?).await?;
    Ok(after)
}

fn row(challenge: &Challenge) -> Result<ActiveModel, StoreError> {
    let mut run_by = challenge.run_by.iter().map(ToString::to_string);
    Ok(ActiveModel {
        id: Set(challenge.id.get()),
        version: Set(challenge.version),
        call: Set(challenge.call.to_string()),
        application: Set(challenge.application.get()),
        body: Set(challenge.body.to_string()),
        holder: Set(run_by.next().unwrap_or_default()),
        agency: Set(run_by.next()),
        answered: Set(challenge.answer.is_some()),
        document: Set(document::write(challenge)?),
        ..Default::default()
    })
}
