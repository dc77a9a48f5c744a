//! Finding panels (배정 조회): only those that the reader may see, in the order of entry.

use super::{
    entity::{
        panel::{Column, Entity},
        seat,
    },
    loads_in,
};
use crate::{
    Facts, Purpose, Store, StoreError, application, committee, consultation, document,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing, runs},
};
use domain::{
    access::{Action, Permit, Scope, act::panel as act},
    application::{Application, ApplicationId},
    call::CallKey,
    committee::{Committee, Expert, MemberId},
    consultation::Counsel,
    panel::{OnPanel, Panel, SeatState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::ExprTrait,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Which panels are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct PanelFilter {
    /// Of which calls.
    pub calls: Vec<CallKey>,
    /// Of which application.
    pub application: Option<ApplicationId>,
    /// In which this member holds or held a seat.
    pub member: Option<MemberId>,
    /// Those in which a conflict waits for its decision, or those in which none does.
    pub undecided: Option<Decided>,
}

/// Whether its conflicts are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// One waits.
    NotAll,
    /// None waits.
    All,
}

/// What is read of a seat.
#[derive(Debug, FromQueryResult)]
struct Place {
    application: Uuid,
    member: Uuid,
    state: String,
}

impl PanelFilter {
    /// One column leads to what fits; the others are looked at in passing.
    fn condition(&self, backend: DbBackend) -> Condition {
        let mut seek = first_leads(backend);
        let application = seek(Column::Application, self.application.is_some());
        let call = seek(Column::Call, self.calls.len() == 1);
        let undecided = seek(Column::Undecided, self.undecided.is_some());
        let seated = self.member.map(|member| {
            let seats = seat::Entity::find().filter(seat::Column::Member.eq(member.get())).select_only();
            passing(Column::Seq, backend).in_subquery(seats.column(seat::Column::Panel).into_query())
        });
        Condition::all()
            .add_option(among(application, self.application.map(ApplicationId::get)))
            .add_option(among(call, self.calls.iter().map(ToString::to_string)))
            .add_option(among(undecided, self.undecided.map(|one| one == Decided::NotAll)))
            .add_option(seated)
    }
}

/// The reader's scope as a condition: the same relations that the policy asks of a single panel.
fn visible<A: Action<On = Panel>>(scope: &Scope<A>, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        any = match cell {
            OnPanel::Never => any,
            OnPanel::Always => return Condition::all(),
            OnPanel::RunningOther => {
                let other =
                    passing(Column::Application, backend).not_in_subquery(application::of_body(body).into_query());
                any.add(runs((Column::Holder, Column::Agency), body, backend).add(other))
            }
            OnPanel::Judge => {
                let own = seat::Entity::find()
                    .filter(seat::Column::Member.eq(scope.actor().id.get()))
                    .filter(seat::Column::State.eq(SeatState::Judging.name()))
                    .select_only()
                    .column(seat::Column::Panel);
                any.add(passing(Column::Seq, backend).in_subquery(own.into_query()))
            }
        };
    }
    opened(any)
}

/// One page of the panels that the reader may see, in the order of entry.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &PanelFilter,
    ask: &PageAsk,
) -> Result<Page<Panel>, StoreError> {
    let (name, backend) = (format!("panels {filter:?}"), store.0.backend);
    let query = Entity::find().filter(filter.condition(backend)).filter(visible(scope, backend));
    in_order_of_entry(store, query, (Column::Seq, Column::Document), (&name, ask)).await
}

/// Everything that a proposal for a call must know.
#[derive(Debug)]
pub struct Ground {
    /// The experts that its members are.
    pub experts: Vec<Expert>,
    /// Counsel that they have given.
    pub counsels: Vec<Counsel>,
    /// Its eligible applications.
    pub applications: Vec<Application>,
    /// Their panels, as far as they have any.
    pub panels: Vec<Panel>,
    /// How many applications each member has.
    pub loads: BTreeMap<MemberId, usize>,
}

/// Reads it for whoever may give applications to members or may read how far the sheets are.
pub async fn of_call<A: Action<On = Committee>>(store: &Store, permit: &Permit<A>) -> Result<Ground, StoreError> {
    let (db, committee) = (store.apart(), permit.on());
    let experts = committee::named(db, committee.active().map(|member| member.expert)).await?;
    Ok(Ground {
        counsels: consultation::counsels_in(db, &experts).await?,
        experts,
        applications: application::eligible(db, &committee.call).await?,
        panels: kept_of(db, &committee.call).await?,
        loads: loads_in(db, &committee.call).await?,
    })
}

/// The panels of a call that are kept, in the order of entry.
pub(crate) async fn kept_of(db: &impl ConnectionTrait, call: &CallKey) -> Result<Vec<Panel>, StoreError> {
    let query = Entity::find().filter(Column::Call.eq(call.as_str())).order_by_asc(Column::Seq);
    let texts: Vec<String> = query.select_only().column(Column::Document).into_tuple().all(db).await?;
    texts.iter().map(|text| document::read(text)).collect()
}

/// The applications of a call from which a conflict keeps somebody now, with a seat or without.
pub async fn barring<A: Action<On = Committee>>(
    store: &Store,
    permit: &Permit<A>,
    member: MemberId,
) -> Result<Vec<ApplicationId>, StoreError> {
    let panels = kept_of(store.apart(), &permit.on().call).await?;
    Ok(panels.iter().filter(|panel| panel.is_barred(member)).map(|panel| panel.application).collect())
}

/// The papers of an application: whoever may read them comes to the application by its panel.
pub async fn papers(store: &Store, permit: &Permit<act::ReadPapers>) -> Result<Application, StoreError> {
    let id = permit.on().application.to_string();
    Application::load(store.reader(), &id, Purpose::Look).await?.ok_or(StoreError::NotFound)
}

/// The eligible applications of a call.
pub async fn eligible<A: Action<On = Committee>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<Vec<ApplicationId>, StoreError> {
    application::eligible_ids(store.apart(), &permit.on().call).await
}

/// How members stand to the applications of a call.
pub async fn places<A: Action<On = Committee>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<Vec<(ApplicationId, MemberId, SeatState)>, StoreError> {
    let query = seat::Entity::find().filter(seat::Column::Call.eq(permit.on().call.as_str())).select_only().columns([
        seat::Column::Application,
        seat::Column::Member,
        seat::Column::State,
    ]);
    let place = |row: Place| {
        let state = row.state.parse().map_err(|e| StoreError::failed("read seat", e))?;
        Ok((ApplicationId::new(row.application), MemberId::new(row.member), state))
    };
    query.into_model::<Place>().all(store.apart()).await?.into_iter().map(place).collect()
}
