//! Finding score sheets (평가표 조회): the own one, others' as the call allows, and all of them for those who run the call.

use super::entity::{Column, Entity};
use crate::{
    Facts, Purpose, Store, StoreError, application, document,
    page::{Page, PageAsk},
    panel::seat_table as seat,
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing, runs},
};
use domain::{
    access::{Action, Permit, Scope, act::panel as panel_act, act::scoring as act},
    application::ApplicationId,
    call::CallKey,
    committee::{Committee, MemberId},
    panel::SeatState,
    scoring::{OnSheet, ScoreSheet, SheetState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// Which sheets are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct SheetFilter {
    /// Of which calls.
    pub calls: Vec<CallKey>,
    /// Of which application.
    pub application: Option<ApplicationId>,
    /// Of which member.
    pub member: Option<MemberId>,
    /// How far they are.
    pub states: Vec<SheetState>,
}

/// What is read of a sheet to be counted.
#[derive(Debug, FromQueryResult)]
struct Begun {
    application: Uuid,
    member: Uuid,
    state: String,
}

impl SheetFilter {
    /// One column leads to what fits; the others are looked at in passing.
    fn condition(&self, backend: DbBackend) -> Condition {
        let mut seek = first_leads(backend);
        let application = seek(Column::Application, self.application.is_some());
        let member = seek(Column::Member, self.member.is_some());
        let call = seek(Column::Call, self.calls.len() == 1);
        let state = seek(Column::State, self.states.len() == 1);
        Condition::all()
            .add_option(among(application, self.application.map(ApplicationId::get)))
            .add_option(among(member, self.member.map(MemberId::get)))
            .add_option(among(call, self.calls.iter().map(ToString::to_string)))
            .add_option(among(state, self.states.iter().map(|state| state.name())))
    }
}

/// The reader's scope as a condition: the same relations that the policy asks of a single sheet.
fn visible(scope: &Scope<act::Read>, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        any = match cell {
            OnSheet::Never => any,
            OnSheet::Always => return Condition::all(),
            OnSheet::RunningOther => {
                let other =
                    passing(Column::Application, backend).not_in_subquery(application::of_body(body).into_query());
                any.add(runs((Column::Holder, Column::Agency), body, backend).add(other))
            }
        };
    }
    opened(any)
}

/// One page of the sheets that the reader may see, in the order in which they were begun.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &SheetFilter,
    ask: &PageAsk,
) -> Result<Page<ScoreSheet>, StoreError> {
    let (name, backend) = (format!("score sheets {filter:?}"), store.0.backend);
    let query = Entity::find().filter(filter.condition(backend)).filter(visible(scope, backend));
    in_order_of_entry(store, query, (Column::Seq, Column::Document), (&name, ask)).await
}

/// The own sheet of whoever scores; none before it was begun.
pub async fn own(store: &Store, permit: &Permit<panel_act::Score>) -> Result<Option<ScoreSheet>, StoreError> {
    let id = format!("{}.{}", permit.on().application, permit.actor().id);
    ScoreSheet::load(store.reader(), &id, Purpose::Look).await
}

/// What the others who judge an application have submitted, in the order in which they began. A sheet of somebody who is
/// kept from the application now is not among them.
pub async fn others(store: &Store, permit: &Permit<panel_act::Score>) -> Result<Vec<ScoreSheet>, StoreError> {
    let panel = permit.on();
    let judging: Vec<Uuid> = panel.judging().map(MemberId::get).filter(|id| *id != permit.actor().id.get()).collect();
    let query = Entity::find()
        .filter(Column::Application.eq(panel.application.get()))
        .filter(Column::Member.is_in(judging))
        .filter(Column::State.eq(SheetState::Submitted.name()))
        .order_by_asc(Column::Seq)
        .select_only()
        .column(Column::Document);
    let found: Vec<String> = query.into_tuple().all(store.apart()).await?;
    found.iter().map(|text| document::read(text)).collect()
}

/// The sheets of a call that were submitted, in the order in which they were begun.
pub(crate) async fn submitted(db: &impl ConnectionTrait, call: &CallKey) -> Result<Vec<ScoreSheet>, StoreError> {
    let query =
        Entity::find().filter(Column::Call.eq(call.as_str())).filter(Column::State.eq(SheetState::Submitted.name()));
    let query = query.order_by_asc(Column::Seq).select_only().column(Column::Document);
    let found: Vec<String> = query.into_tuple().all(db).await?;
    found.iter().map(|text| document::read(text)).collect()
}

/// How far the sheets of a call are, as far as they have been begun by members who judge.
pub async fn states<A: Action<On = Committee>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<Vec<(ApplicationId, MemberId, SheetState)>, StoreError> {
    let judged = seat::Entity::find()
        .filter(seat::Column::Call.eq(permit.on().call.as_str()))
        .filter(seat::Column::State.eq(SeatState::Judging.name()))
        .filter(Expr::col((seat::Entity, seat::Column::Application)).equals((Entity, Column::Application)))
        .filter(Expr::col((seat::Entity, seat::Column::Member)).equals((Entity, Column::Member)))
        .select_only()
        .column(seat::Column::Panel);
    let query = Entity::find()
        .filter(Column::Call.eq(permit.on().call.as_str()))
        .filter(Expr::exists(judged.into_query()))
        .select_only()
        .columns([Column::Application, Column::Member, Column::State]);
    let state = |row: Begun| {
        let state = row.state.parse().map_err(|e| StoreError::failed("read sheet", e))?;
        Ok((ApplicationId::new(row.application), MemberId::new(row.member), state))
    };
    query.into_model::<Begun>().all(store.apart()).await?.into_iter().map(state).collect()
}
