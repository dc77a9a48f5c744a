//! Waiting lists (대기 목록): places taken and left, offers made along them, accepted and declined.

use super::{
    held, shown, terms,
    wire::{GpuOffers, GpuPlaceView, GpuReason, GpuRequestView, GpuTurn, GpuWaitingList, ListGpuPlaces},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Page, Path, Problem, Query, Scoped},
    operator, own_call,
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{
        Permit,
        act::{gpu_place as place_act, gpu_pool as pool_act, gpu_request as act},
        allows,
    },
    gpu::{
        GPU_OFFER_NONE, GpuPlace, GpuPool, GpuRequest, GpuRequestId, PlaceOutcome, PlaceState, PoolKey, Queued,
        offer_free,
    },
    problem::{Refusal, Words},
    text::Prose,
};
use store::{
    Order, StoreError, Tx,
    gpu::{Books, Seats},
};

/// Offers what is free of a pool along its waiting list, in a write that holds the pool.
pub(super) async fn pass_on<A: Books>(tx: &Tx, permit: &Permit<A>, pool: &GpuPool) -> Result<Vec<GpuPlace>, Problem> {
    let queue = store::gpu::queue(tx, permit, &pool.key).await?;
    if !queue.iter().any(|one| one.place.state(tx.at()) == PlaceState::Waiting) {
        return Ok(Vec::new());
    }
    let taken = store::gpu::taken(tx, permit, (pool, tx.at().day()), (None, None)).await?;
    let offered = offer_free(&queue, pool, &taken.pool, stamp(tx, permit));
    store::gpu::save_offers(tx, permit, &queue, &offered).await?;
    Ok(offered)
}

/// Leaves the place of a request, if it waits or has an offer.
pub(super) async fn leave<A: Seats>(
    tx: &Tx,
    permit: &Permit<A>,
    outcome: PlaceOutcome,
) -> Result<Option<GpuPlace>, Problem> {
    let place = store::gpu::last_place(tx, permit.on().id).await?.filter(GpuPlace::is_open_at(tx.at()));
    let Some(place) = place else { return Ok(None) };
    let after = place.clone().left(outcome, stamp(tx, permit));
    Ok(Some(store::gpu::save_place(tx, permit, &place, after).await?))
}

/// Read a pool's waiting list.
///
/// In the order in which it is served: projects with a priority first, with its reason, then by the time since which they wait.
/// Places of others count, but only those that the reader may see are shown.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_place.read"])), params(("gpu_pool" = PoolKey, Path, description = "The pool's key.")))]
#[get("/gpu-pools/{gpu_pool}/waiting-list")]
pub(super) async fn read_gpu_waiting_list(
    app: Data<App>,
    Scoped(scope): Scoped<place_act::Read>,
    Path(key): Path<PoolKey>,
) -> Result<Found<GpuWaitingList>, Problem> {
    let now = app.clock.now();
    let queue = store::gpu::queue_shown(&app.store, &key, now).await?;
    let waiting = queue.len();
    let turns = queue.into_iter().zip(1..).filter(|(one, _)| allows::<place_act::Read>(scope.actor(), &one.place));
    let turns = turns.map(|(one, turn)| GpuTurn {
        turn,
        because: because(&one),
        state: one.place.state(now),
        place: one.place,
    });
    Ok(Found::new(GpuWaitingList { waiting, turns: turns.collect() }))
}

/// Why a place has its turn.
fn because(one: &Queued) -> Words {
    let short = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect::<String>();
    one.priority.as_ref().map_or_else(
        || {
            let since = one.place.waiting.at.korean();
            Words::made(format!("{since}부터 대기"), format!("It waits since {since} (KST)"))
        },
        |priority| {
            let (reason, on) = (short(priority.reason.as_str()), priority.decided_on);
            Words::made(
                format!("우선 추진 과제({on} 결정): {reason}"),
                format!("Its project has a priority, decided on {on}: {reason}"),
            )
        },
    )
}

/// List places on waiting lists.
///
/// Those of the own body's projects and of those it takes part in, and, for those who decide, all of them; also those that were
/// left. In the order in which they were taken.
#[utoipa::path(tag = "gpu", params(ListGpuPlaces), security(("bearer" = ["gpu_place.read"])))]
#[get("/gpu-places")]
pub(super) async fn list_gpu_places(
    app: Data<App>,
    Scoped(scope): Scoped<place_act::Read>,
    Query(ask): Query<ListGpuPlaces>,
) -> Result<Page<GpuPlaceView>, Problem> {
    let now = app.clock.now();
    let page = store::gpu::list_places(&app.store, &scope, &ask.filter(), (&ask.page(), now)).await?;
    Ok(Page::of(page.map(|place| GpuPlaceView { state: place.state(now), place })))
}

/// Offer what is free of a pool.
///
/// Along its waiting list, to each in order for whom enough is free on enough days in a row. The server does so by itself when
/// something becomes free, and every ten minutes because offers expire.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_pool.offer"])), params(("gpu_pool" = PoolKey, Path, description = "The pool's key.")),
    extensions(("x-adds" = json!(true))))]
#[post("/gpu-pools/{gpu_pool}/offers")]
pub(super) async fn offer_free_gpus(
    app: Data<App>,
    Allowed(order): Allowed<pool_act::Offer>,
) -> Result<Found<GpuOffers>, Problem> {
    let order = order.adding();
    let offered = app
        .store
        .write(order, async |tx, permit| {
            let offered = pass_on(tx, permit, permit.on()).await?;
            Ok::<_, Problem>(GpuOffers { offered })
        })
        .await?;
    Ok(Found::new(offered))
}

/// Why a round of offering ends without a write.
#[derive(Debug)]
enum Left {
    /// Nothing was to be offered.
    AsItIs,
    /// Something went wrong.
    Failed(Problem),
}
impl From<StoreError> for Left {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Offers what is free along every waiting list, under the operator's name: offers expire, and capacity changes with the days. Where
/// nothing is to be offered nothing is written. Tells how many were offered something.
pub async fn offer_gpus(app: &App) -> Result<u64, Problem> {
    let mut offered: u64 = 0;
    for key in store::gpu::pool_keys(&app.store).await? {
        let queue = store::gpu::queue_shown(&app.store, &key, app.clock.now()).await?;
        if !queue.iter().any(|one| one.place.state(app.clock.now()) == PlaceState::Waiting) {
            continue;
        }
        let order = Order::<pool_act::Offer>::new(operator(), key.to_string(), own_call(app));
        let done = app.store.write(order, async |tx, permit| {
            let offered = pass_on(tx, permit, permit.on()).await.map_err(Left::Failed)?;
            if offered.is_empty() { Err(Left::AsItIs) } else { Ok(GpuOffers { offered }) }
        });
        match done.await {
            Ok(one) => offered = offered.saturating_add(u64::try_from(one.offered.len()).unwrap_or(u64::MAX)),
            Err(Left::AsItIs) => {}
            Err(Left::Failed(problem)) => return Err(problem),
        }
    }
    Ok(offered)
}

/// Put a request for GPUs on the waiting list.
///
/// With what its next part needs: so many GPUs for so many days in a row. If enough is free already, it is offered at once.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.allocate"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/wait")]
pub(super) async fn await_gpus(
    app: Data<App>,
    Allowed(order): Allowed<act::Allocate>,
) -> Result<Found<GpuRequestView>, Problem> {
    Ok(shown(&app, wait(&app, order).await?))
}

/// Puts a request on the waiting list.
pub(crate) async fn wait(app: &App, order: Order<act::Allocate>) -> Result<GpuRequest, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let (pool, _) = held(tx, permit).await?;
            let open = store::gpu::last_place(tx, permit.on().id).await?;
            let (after, place) = permit.on().clone().waits(open.as_ref(), app.chance.id(), stamp(tx, permit))?;
            let after = store::gpu::save_request(tx, permit, after).await?;
            store::gpu::add_place(tx, permit, place).await?;
            pass_on(tx, permit, &pool).await?;
            Ok::<_, Problem>(after)
        })
        .await
}

/// Accept GPUs that are offered.
///
/// Before the offer expires. They are booked in the same write, with the same check as any allocation.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.accept"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/accept")]
pub(super) async fn accept_gpus(
    app: Data<App>,
    Allowed(order): Allowed<act::Accept>,
) -> Result<Found<GpuRequestView>, Problem> {
    Ok(shown(&app, accept(&app, order).await?))
}

/// Accepts what is offered.
pub(crate) async fn accept(app: &App, order: Order<act::Accept>) -> Result<GpuRequest, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let request = permit.on();
            let (pool, round) = held(tx, permit).await?;
            let place = store::gpu::last_place(tx, request.id).await?;
            let place = place.ok_or_else(|| Refusal::new(&GPU_OFFER_NONE))?;
            let offered = (place.acceptable(tx.at())?, place.id);
            let from = (&pool, tx.at().day());
            let taken = store::gpu::taken(tx, permit, from, (Some(request.project), Some(place.id))).await?;
            let ground = (terms((&pool, &round)), &taken);
            let after = request.clone().accepted(ground, offered, app.chance.id(), stamp(tx, permit))?;
            let after = store::gpu::save_request(tx, permit, after).await?;
            leave(tx, permit, PlaceOutcome::Accepted).await?;
            Ok::<_, Problem>(after)
        })
        .await
}

/// Decline GPUs that are offered, or leave the waiting list.
///
/// With the reason. What was offered passes on to the next.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.withdraw"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/decline")]
pub(super) async fn decline_gpus(
    app: Data<App>,
    Allowed(order): Allowed<act::Withdraw>,
    Json(why): Json<GpuReason>,
) -> Result<Found<GpuRequestView>, Problem> {
    Ok(shown(&app, decline(&app, order, why.reason).await?))
}

/// Leaves the waiting list.
pub(crate) async fn decline(
    app: &App,
    order: Order<act::Withdraw>,
    reason: Prose<2000>,
) -> Result<GpuRequest, Problem> {
    app.store
        .write(order.because(Some(&reason)), async |tx, permit| {
            let (pool, _) = held(tx, permit).await?;
            let after = permit.on().clone().declined(Some(reason), stamp(tx, permit))?;
            let after = store::gpu::save_request(tx, permit, after).await?;
            let place = store::gpu::last_place(tx, permit.on().id).await?;
            let waits = place.is_some_and(|place| place.state(tx.at()) == PlaceState::Waiting);
            let outcome = if waits { PlaceOutcome::Left } else { PlaceOutcome::Declined };
            if leave(tx, permit, outcome).await?.is_none() {
                return Err(Refusal::new(&GPU_OFFER_NONE).into());
            }
            pass_on(tx, permit, &pool).await?;
            Ok::<_, Problem>(after)
        })
        .await
}
