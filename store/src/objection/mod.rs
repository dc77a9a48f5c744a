//! Objections (이의신청): kept whole, one for each application at most, listed in the order in which they were made.

mod entity;

use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing, runs},
};
use domain::{
    access::{Action, Permit, Scope, act::objection as act},
    application::ApplicationId,
    call::{CallKey, SupportCall},
    objection::{Objection, OnObjection},
};
use entity::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::ExprTrait,
};
use uuid::Uuid;

impl Facts for Objection {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query = Entity::find().filter(Column::Application.eq(id)).select_only().column(Column::Document);
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which objections are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// To the results of which calls.
    pub calls: Vec<CallKey>,
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
        let call = seek(Column::Call, self.calls.len() == 1);
        let answered = seek(Column::Answered, self.answered.is_some());
        Condition::all()
            .add_option(among(call, self.calls.iter().map(ToString::to_string)))
            .add_option(among(answered, self.answered.map(|one| one == Answered::Yes)))
    }
}

/// The reader's scope as a condition: the same relations that the policy asks of a single objection.
fn visible(scope: &Scope<act::Read>, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        any = match cell {
            // Who takes part stands in the record alone: no list is opened by it.
            OnObjection::Never | OnObjection::RunningOther => any,
            OnObjection::Always => return Condition::all(),
            OnObjection::Own => any.add(passing(Column::Body, backend).eq(body.as_str())),
            OnObjection::Running => any.add(runs((Column::Holder, Column::Agency), body, backend)),
        };
    }
    opened(any)
}

/// One page of the objections that the reader may see, in the order in which they were made.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Objection>, StoreError> {
    let (name, backend) = (format!("objections {filter:?}"), store.0.backend);
    let query = Entity::find().filter(filter.condition(backend)).filter(visible(scope, backend));
    in_order_of_entry(store, query, (Column::Seq, Column::Document), (&name, ask)).await
}

/// How many objections to the result of a call wait for their answer, in a transaction that holds the call.
pub async fn unanswered(tx: &Tx, call: &CallKey) -> Result<u64, StoreError> {
    waiting(tx.db()?, call).await
}

/// The same for a look ahead, outside of any transaction.
pub async fn unanswered_ahead<A: Action<On = SupportCall>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<u64, StoreError> {
    waiting(store.reader(), &permit.on().key).await
}

async fn waiting(db: &impl ConnectionTrait, call: &CallKey) -> Result<u64, StoreError> {
    let query = Entity::find().filter(Column::Call.eq(call.as_str())).filter(Column::Answered.eq(false));
    Ok(query.count(db).await?)
}

/// What was objected about an application, in a transaction that holds the application.
pub async fn made_of(tx: &Tx, application: ApplicationId) -> Result<Option<Objection>, StoreError> {
    tx.load(&application.to_string(), Purpose::Look).await
}

/// Enters an objection to the result of the application that was asked for.
pub async fn add(tx: &Tx, permit: &Permit<act::Make>, objection: Objection) -> Result<Objection, StoreError> {
    if objection.application != permit.on().id {
        return Err(StoreError::NotFound);
    }
    tx.changed("objection", &objection.application, None, Some(&objection))?;
    Entity::insert(row(&objection)?).exec_without_returning(tx.db()?).await?;
    Ok(objection)
}

/// Keeps an objection that was answered.
pub async fn save(tx: &Tx, permit: &Permit<act::Answer>, after: Objection) -> Result<Objection, StoreError> {
    tx.changed("objection", &after.application, Some(permit.on()), Some(&after))?;
    let one = Column::Application.eq(after.application.get());
    Entity::update_many().set(row(&after)?).filter(one).exec(tx.db()?).await?;
    Ok(after)
}

fn row(objection: &Objection) -> Result<ActiveModel, StoreError> {
    let mut run_by = objection.run_by.iter().map(ToString::to_string);
    Ok(ActiveModel {
        application: Set(objection.application.get()),
        version: Set(objection.version),
        call: Set(objection.call.to_string()),
        body: Set(objection.body.to_string()),
        holder: Set(run_by.next().unwrap_or_default()),
        agency: Set(run_by.next()),
        answered: Set(objection.answer.is_some()),
        document: Set(document::write(objection)?),
        ..Default::default()
    })
}
