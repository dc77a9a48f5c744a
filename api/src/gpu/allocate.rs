//! Allocating, extending, giving and taking back (배분·연장·반납·회수): each with its pool held, so that nothing is booked twice.

use super::{
    held, shown, terms,
    waiting::{leave, pass_on},
    wire::{Allocate, GpuRequestView, Reclaim, Return},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
    project::stamp,
};
use actix_web::{post, web::Data};
use domain::{
    access::act::gpu_request as act,
    gpu::{Ending, ExtendGpus, GPU_QUEUE_AHEAD, GpuRequest, GpuRequestId, GrantEndKind, PlaceOutcome},
    problem::Refusal,
    text::Prose,
};
use store::{Order, gpu::Seats};

/// Allocate GPUs.
///
/// The next part of what was approved, for what is left of its days, if enough is free on every one of them. While others wait for
/// the pool it needs a reason to go first.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.allocate"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/allocate")]
pub(super) async fn allocate_gpus(
    app: Data<App>,
    Allowed(order): Allowed<act::Allocate>,
    Json(wish): Json<Allocate>,
) -> Result<Found<GpuRequestView>, Problem> {
    Ok(shown(&app, allocate(&app, order, wish.out_of_order).await?))
}

/// Allocates the next part of a request.
pub(crate) async fn allocate(
    app: &App,
    order: Order<act::Allocate>,
    out_of_order: Option<Prose<2000>>,
) -> Result<GpuRequest, Problem> {
    app.store
        .write(order.because(out_of_order.as_ref()), async |tx, permit| {
            let request = permit.on();
            let (pool, round) = held(tx, permit).await?;
            let queue = store::gpu::queue(tx, permit, &pool.key).await?;
            let own = queue.iter().find(|one| one.place.request == request.id).map(|one| one.place.id);
            if out_of_order.is_none() && queue.iter().any(|one| one.place.request != request.id) {
                return Err(Refusal::new(&GPU_QUEUE_AHEAD).into());
            }
            let from = (&pool, tx.at().day());
            let taken = store::gpu::taken(tx, permit, from, (Some(request.project), own)).await?;
            let ground = (terms((&pool, &round)), &taken);
            let after = request.clone().allocated(ground, app.chance.id(), out_of_order, stamp(tx, permit))?;
            let after = store::gpu::save_request(tx, permit, after).await?;
            leave(tx, permit, PlaceOutcome::Left).await?;
            Ok::<_, Problem>(after)
        })
        .await
}

/// Extend the period of allocated GPUs.
///
/// By decision, with a reason: everything that lasts to the end gets a new interval up to a later day, at most twelve months
/// longer, if enough is free on every day of it.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.extend"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/extend")]
pub(super) async fn extend_gpus(
    app: Data<App>,
    Allowed(order): Allowed<act::Extend>,
    Json(new): Json<ExtendGpus>,
) -> Result<Found<GpuRequestView>, Problem> {
    Ok(shown(&app, extend(&app, order, new).await?))
}

/// Extends the period of a request.
pub(crate) async fn extend(app: &App, order: Order<act::Extend>, new: ExtendGpus) -> Result<GpuRequest, Problem> {
    app.store
        .write(order.because(Some(&new.reason)), async |tx, permit| {
            let request = permit.on();
            let (pool, round) = held(tx, permit).await?;
            let from = (&pool, tx.at().day());
            let taken = store::gpu::taken(tx, permit, from, (Some(request.project), None)).await?;
            let ground = (terms((&pool, &round)), taken);
            let after = request.clone().extended(new, ground, || app.chance.id(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::save_request(tx, permit, after).await?)
        })
        .await
}

/// Give GPUs back.
///
/// All that the request holds, from a day on. It is shortened and its history kept; what becomes free is offered along the waiting
/// list.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.return"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/return")]
pub(super) async fn return_gpus(
    app: Data<App>,
    Allowed(order): Allowed<act::Return>,
    Json(Return { on, reason }): Json<Return>,
) -> Result<Found<GpuRequestView>, Problem> {
    let ending = Ending { how: GrantEndKind::Returned, on, ground: None, reason };
    Ok(shown(&app, end(&app, order, ending).await?))
}

/// Take GPUs back.
///
/// By decision, on a ground and with a reason; all that the request holds, from a day on. It is shortened and its history kept; what
/// becomes free is offered along the waiting list.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.reclaim"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/reclaim")]
pub(super) async fn reclaim_gpus(
    app: Data<App>,
    Allowed(order): Allowed<act::Reclaim>,
    Json(Reclaim { on, ground, reason }): Json<Reclaim>,
) -> Result<Found<GpuRequestView>, Problem> {
    let ending = Ending { how: GrantEndKind::Reclaimed, on, ground: Some(ground), reason };
    Ok(shown(&app, end(&app, order, ending).await?))
}

/// Ends what a request holds, and offers what becomes free.
pub(crate) async fn end<A: Seats + store::gpu::Books>(
    app: &App,
    order: Order<A>,
    ending: Ending,
) -> Result<GpuRequest, Problem> {
    app.store
        .write(order.because(Some(&ending.reason)), async |tx, permit| {
            let (pool, _) = held(tx, permit).await?;
            let after = permit.on().clone().ended(ending, stamp(tx, permit))?;
            let after = store::gpu::save_request(tx, permit, after).await?;
            leave(tx, permit, PlaceOutcome::Left).await?;
            pass_on(tx, permit, &pool).await?;
            Ok::<_, Problem>(after)
        })
        .await
}
