//! What a planner does about GPUs (GPU 신청): asks, reports, takes the request back.

use super::{
    act_on, held, shown,
    waiting::{leave, pass_on},
    wire::{GpuReason, GpuRequestView, NewGpuReport},
};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Problem},
    project::stamp,
};
use actix_web::{post, web::Data};
use domain::{
    access::act::gpu_request as act,
    body::Body,
    gpu::{GpuPool, GpuRequest, GpuRequestId, GpuRound, NewGpuRequest, PlaceOutcome, Terms, UserClass},
    problem::{Fault, NOT_KNOWN, Refusal},
    text::Prose,
};
use store::{Order, Purpose};

/// Ask for GPUs.
///
/// For a project that the own body leads, filed and not over; in a round while it is open, or outside of rounds. In whole units of
/// the pool, within caps, at most twelve months.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.create"])))]
#[post("/gpu-requests")]
pub(super) async fn create_gpu_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewGpuRequest>,
) -> Result<Created<GpuRequestView>, Problem> {
    let id = app.chance.id();
    let made = ask(&app, order, id, new).await?;
    let view = GpuRequestView::of(made, app.clock.now().day());
    Ok(Created::under("/v1/gpu-requests", view.request.id, view.request.version, view))
}

/// Makes a request for a project.
pub(crate) async fn ask(
    app: &App,
    order: Order<act::Create>,
    id: GpuRequestId,
    new: NewGpuRequest,
) -> Result<GpuRequest, Problem> {
    app.store
        .write(order.on(&new.project), async |tx, permit| {
            let missing = |at: &str| Refusal::unless_clean(vec![Fault::new(at, &NOT_KNOWN)]);
            let round = match &new.round {
                // It must not close meanwhile.
                Some(key) => match tx.load::<GpuRound>(key.as_str(), Purpose::Add).await? {
                    Some(round) if round.is_announced() => Some(round),
                    _ => return Err(missing("/round").err().map_or_else(|| Problem::internal("a round"), Into::into)),
                },
                None => None,
            };
            let pool = tx.load::<GpuPool>(new.pool.as_str(), Purpose::Look).await?;
            let Some(pool) = pool else {
                return Err(missing("/pool").err().map_or_else(|| Problem::internal("a pool"), Into::into));
            };
            let lead = tx.load::<Body>(permit.on().lead_body.as_str(), Purpose::Look).await?;
            let class = lead.map_or(UserClass::CentralMinistry, |body| UserClass::of(body.kind));
            let terms = Terms { pool: &pool, round: round.as_ref() };
            let request = GpuRequest::ask(new, (permit.on(), terms), class, id, stamp(tx, permit))?;
            Ok(store::gpu::add_request(tx, permit, request).await?)
        })
        .await
}

/// Take a request for GPUs back.
///
/// With a reason, before anything is allocated. Its place on the waiting list falls away, and what was offered to it passes on.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.withdraw"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/withdraw")]
pub(super) async fn withdraw_gpu_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Withdraw>,
    Json(why): Json<GpuReason>,
) -> Result<Found<GpuRequestView>, Problem> {
    Ok(shown(&app, withdraw(&app, order, why.reason).await?))
}

/// Takes a request back.
pub(crate) async fn withdraw(
    app: &App,
    order: Order<act::Withdraw>,
    reason: Prose<2000>,
) -> Result<GpuRequest, Problem> {
    app.store
        .write(order.because(Some(&reason)), async |tx, permit| {
            let (pool, _) = held(tx, permit).await?;
            let after = permit.on().clone().withdrawn(reason, stamp(tx, permit))?;
            let after = store::gpu::save_request(tx, permit, after).await?;
            if leave(tx, permit, PlaceOutcome::Left).await?.is_some() {
                pass_on(tx, permit, &pool).await?;
            }
            Ok::<_, Problem>(after)
        })
        .await
}

/// Report the progress with allocated GPUs.
///
/// Each report releases one more part of what was approved in parts.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.report"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/report")]
pub(super) async fn report_gpu_progress(
    app: Data<App>,
    Allowed(order): Allowed<act::Report>,
    Json(new): Json<NewGpuReport>,
) -> Result<Found<GpuRequestView>, Problem> {
    act_on(&app, order, |request, stamp| request.reported(new.text, stamp)).await
}
