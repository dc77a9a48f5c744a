//! Finding requests, allocations and places (GPU 조회): only those that the reader may see, in the order of entry.

use super::entity::{allocation, partner, place, request};
use crate::{
    Store, StoreError,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing},
};
use domain::{
    access::{
        Action, BodyKey, Scope, Subject,
        act::{gpu_place as place_act, gpu_request as act},
    },
    day::{Day, Instant},
    gpu::{
        GpuAllocation, GpuPlace, GpuRequest, GpuRequestId, GpuStage, GpuState, GrantEndKind, OnGpuRequest, PlaceState,
        PoolKey, RoundKey,
    },
    project::ProjectId,
};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{ExprTrait, SimpleExpr},
};
use uuid::Uuid;

/// Which requests are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct RequestFilter {
    /// Whose.
    pub bodies: Vec<BodyKey>,
    /// For which projects.
    pub projects: Vec<ProjectId>,
    /// Of which pools.
    pub pools: Vec<PoolKey>,
    /// In which rounds.
    pub rounds: Vec<RoundKey>,
    /// Of which models.
    pub models: Vec<String>,
    /// How they stand today.
    pub states: Vec<GpuState>,
}

/// Which allocations are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct AllocationFilter {
    /// Whose.
    pub bodies: Vec<BodyKey>,
    /// For which projects.
    pub projects: Vec<ProjectId>,
    /// Of which pools.
    pub pools: Vec<PoolKey>,
    /// Of which request.
    pub request: Option<GpuRequestId>,
    /// Of which models.
    pub models: Vec<String>,
    /// Held on this day.
    pub on: Option<Day>,
}

/// Which places are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct PlaceFilter {
    /// Whose.
    pub bodies: Vec<BodyKey>,
    /// Of which request.
    pub request: Option<GpuRequestId>,
    /// On the lists of which pools.
    pub pools: Vec<PoolKey>,
    /// How they stand now.
    pub states: Vec<PlaceState>,
}

/// The columns by which a reader's scope is looked at in passing.
fn visible<A, C>(scope: &Scope<A>, (body, request): (C, C), backend: DbBackend) -> Condition
where
    A: Action<On: Subject<Cell = OnGpuRequest>>,
    C: ColumnTrait,
{
    let mut any = Condition::any();
    for (cell, own) in scope.reach() {
        let asks = || passing(body, backend).eq(own.as_str());
        let joins = || {
            let parts = partner::Entity::find().filter(partner::Column::Body.eq(own.as_str())).select_only();
            let parts = parts.column(partner::Column::Request).into_query();
            Condition::any().add(asks()).add(passing(request, backend).in_subquery(parts))
        };
        any = match cell {
            // Who decides on a request says nothing about who reads it.
            OnGpuRequest::Never | OnGpuRequest::Other => any,
            OnGpuRequest::Always => return Condition::all(),
            OnGpuRequest::Own => any.add(asks()),
            OnGpuRequest::Joint => any.add(joins()),
        };
    }
    opened(any)
}

fn texts<T: ToString>(all: &[T]) -> impl Iterator<Item = String> + '_ {
    all.iter().map(ToString::to_string)
}

fn requests(
    scope: &Scope<act::Read>,
    filter: &RequestFilter,
    today: Day,
    backend: DbBackend,
) -> Select<request::Entity> {
    use request::Column as C;
    let mut seek = first_leads(backend);
    let project = seek(C::Project, filter.projects.len() == 1);
    let body = seek(C::Body, filter.bodies.len() == 1);
    let round = seek(C::Round, filter.rounds.len() == 1);
    let pool = seek(C::Pool, filter.pools.len() == 1);
    let states = filter.states.iter().fold(Condition::any(), |any, state| any.add(stands(*state, today, backend)));
    request::Entity::find()
        .filter(
            Condition::all()
                .add_option(among(project, filter.projects.iter().map(|id| id.get())))
                .add_option(among(body, texts(&filter.bodies)))
                .add_option(among(round, texts(&filter.rounds)))
                .add_option(among(pool, texts(&filter.pools)))
                .add_option(among(passing(C::Model, backend), filter.models.iter().cloned()))
                .add_option((!filter.states.is_empty()).then_some(states)),
        )
        .filter(visible(scope, (C::Body, C::Id), backend))
}

/// Stands so on a day; the same lines that [`GpuRequest::state`] draws.
fn stands(state: GpuState, today: Day, backend: DbBackend) -> Condition {
    use request::Column as C;
    let today = today.to_string();
    let col = |column: C| passing(column, backend);
    let at = |stage: GpuStage| {
        Condition::all().add(col(C::Stage).eq(stage.name())).add(ExprTrait::is_null(col(C::BeginsOn)))
    };
    let begun = || col(C::BeginsOn).lte(today.clone());
    let running = || Condition::all().add(begun()).add(col(C::EndsOn).gt(today.clone()));
    let extended = || col(C::ExtendedFrom).lte(today.clone());
    let first = || Condition::any().add(ExprTrait::is_null(col(C::ExtendedFrom))).add(ExprTrait::not(extended()));
    // What was given back before it began is over at once.
    let empty = || ExprTrait::eq(col(C::BeginsOn), col(C::EndsOn));
    let over = || {
        let never = Condition::all().add(ExprTrait::is_not_null(col(C::BeginsOn))).add(empty());
        Condition::any().add(col(C::EndsOn).lte(today.clone())).add(never)
    };
    let by = |how: GrantEndKind| Condition::all().add(over()).add(col(C::EndedBy).eq(how.name()));
    match state {
        GpuState::Requested => at(GpuStage::Requested),
        GpuState::Screened => at(GpuStage::Screened),
        GpuState::Approved => at(GpuStage::Approved),
        GpuState::Rejected => at(GpuStage::Rejected),
        GpuState::Withdrawn => at(GpuStage::Withdrawn),
        GpuState::Allocated => Condition::all().add(col(C::BeginsOn).gt(today.clone())).add(ExprTrait::not(empty())),
        GpuState::Active => running().add(first()),
        GpuState::Extended => running().add(extended()),
        GpuState::Returned => by(GrantEndKind::Returned),
        GpuState::Reclaimed => by(GrantEndKind::Reclaimed),
        GpuState::Expired => Condition::all().add(over()).add(ExprTrait::is_null(col(C::EndedBy))),
    }
}

/// One page of the requests that the reader may see, in the order in which they were made.
pub async fn list_requests(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &RequestFilter,
    (ask, today): (&PageAsk, Day),
) -> Result<Page<GpuRequest>, StoreError> {
    use request::Column as C;
    let (name, query) = (format!("gpu requests {filter:?}"), requests(scope, filter, today, store.0.backend));
    in_order_of_entry(store, query, (C::Seq, C::Document), (&name, ask)).await
}

/// How many requests that is.
pub async fn count_requests(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &RequestFilter,
    today: Day,
) -> Result<u64, StoreError> {
    Ok(requests(scope, filter, today, store.0.backend).count(store.apart()).await?)
}

fn allocations(scope: &Scope<act::Read>, filter: &AllocationFilter, backend: DbBackend) -> Select<allocation::Entity> {
    use allocation::Column as C;
    let mut seek = first_leads(backend);
    let request = seek(C::Request, filter.request.is_some());
    let project = seek(C::Project, filter.projects.len() == 1);
    let body = seek(C::Body, filter.bodies.len() == 1);
    let pool = seek(C::Pool, filter.pools.len() == 1);
    let on = filter.on.map(|day| {
        let day = day.to_string();
        let from: SimpleExpr = passing(C::FromDay, backend).lte(day.clone());
        Condition::all().add(from).add(passing(C::ToDay, backend).gt(day))
    });
    allocation::Entity::find()
        .filter(
            Condition::all()
                .add_option(among(request, filter.request.iter().map(|id| id.get())))
                .add_option(among(project, filter.projects.iter().map(|id| id.get())))
                .add_option(among(body, texts(&filter.bodies)))
                .add_option(among(pool, texts(&filter.pools)))
                .add_option(among(passing(C::Model, backend), filter.models.iter().cloned()))
                .add_option(on),
        )
        .filter(visible(scope, (C::Body, C::Request), backend))
}

/// One page of the allocations that the reader may see, in the order in which they were given.
pub async fn list_allocations(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &AllocationFilter,
    ask: &PageAsk,
) -> Result<Page<GpuAllocation>, StoreError> {
    use allocation::Column as C;
    let (name, query) = (format!("gpu allocations {filter:?}"), allocations(scope, filter, store.0.backend));
    in_order_of_entry(store, query, (C::Seq, C::Document), (&name, ask)).await
}

/// How many allocations that is.
pub async fn count_allocations(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &AllocationFilter,
) -> Result<u64, StoreError> {
    Ok(allocations(scope, filter, store.0.backend).count(store.apart()).await?)
}

/// One page of the places that the reader may see, in the order in which they were taken.
pub async fn list_places(
    store: &Store,
    scope: &Scope<place_act::Read>,
    filter: &PlaceFilter,
    (ask, now): (&PageAsk, Instant),
) -> Result<Page<GpuPlace>, StoreError> {
    use place::Column as C;
    let (name, backend) = (format!("gpu places {filter:?}"), store.0.backend);
    let mut seek = first_leads(backend);
    let request = seek(C::Request, filter.request.is_some());
    let body = seek(C::Body, filter.bodies.len() == 1);
    let states = filter.states.iter().fold(Condition::any(), |any, state| any.add(place_stands(*state, now, backend)));
    let wanted = Condition::all()
        .add_option(among(request, filter.request.iter().map(|id| id.get()).collect::<Vec<Uuid>>()))
        .add_option(among(body, texts(&filter.bodies)))
        .add_option(among(passing(C::Pool, backend), texts(&filter.pools)))
        .add_option((!filter.states.is_empty()).then_some(states));
    let query = place::Entity::find().filter(wanted).filter(visible(scope, (C::Body, C::Request), backend));
    in_order_of_entry(store, query, (C::Seq, C::Document), (&name, ask)).await
}

/// Stands so at a moment; the same lines that [`GpuPlace::state`] draws.
fn place_stands(state: PlaceState, now: Instant, backend: DbBackend) -> Condition {
    use place::Column as C;
    let col = |column: C| passing(column, backend);
    let open = || Condition::all().add(col(C::Answered).eq(false));
    let said = |outcome: &str| {
        // The outcome itself stands in the record alone; places are few.
        let told = col(C::Document).like(format!("%\"outcome\":\"{outcome}\"%"));
        Condition::all().add(col(C::Answered).eq(true)).add(told)
    };
    match state {
        PlaceState::Waiting => open().add(ExprTrait::is_null(col(C::ExpiresAt))),
        PlaceState::Offered => open().add(col(C::ExpiresAt).gt(now.micros())),
        PlaceState::Expired => open().add(col(C::ExpiresAt).lte(now.micros())),
        PlaceState::Accepted => said("accepted"),
        PlaceState::Declined => said("declined"),
        PlaceState::Left => said("left"),
    }
}
