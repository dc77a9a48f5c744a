//! Screening and deciding (검토·승인): by coordinators of bodies that have no part in the project.

use super::{
    act_on, shown,
    wire::{GpuReason, GpuRequestView},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
    project::stamp,
};
use actix_web::{post, web::Data};
use domain::{
    access::act::gpu_request as act,
    gpu::{
        ApproveGpuRequest, GpuPool, GpuRequest, GpuRequestId, GpuRound, RoundTaken, ScreenGpuRequest, Terms, explained,
    },
};
use store::{Order, Purpose, StoreError};

/// Say what screening has found.
///
/// Large requests of a round need what an interview has shown before they can be approved.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.screen"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/screen")]
pub(super) async fn screen_gpu_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Screen>,
    Json(new): Json<ScreenGpuRequest>,
) -> Result<Found<GpuRequestView>, Problem> {
    screen(&app, order, new).await
}

/// Says what screening has found.
pub(crate) async fn screen(
    app: &App,
    order: Order<act::Screen>,
    new: ScreenGpuRequest,
) -> Result<Found<GpuRequestView>, Problem> {
    act_on(app, order, |request, stamp| request.screened(new, stamp)).await
}

/// Approve a request for GPUs.
///
/// All or less of what was asked for, in one part or several. Within what the round offers and the share of the sector. What is
/// charged is explained and kept. Nothing is allocated by it yet.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.decide"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/approve")]
pub(super) async fn approve_gpu_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Decide>,
    Json(new): Json<ApproveGpuRequest>,
) -> Result<Found<GpuRequestView>, Problem> {
    Ok(shown(&app, approve(&app, order, new).await?))
}

/// Approves a request.
pub(crate) async fn approve(
    app: &App,
    order: Order<act::Decide>,
    new: ApproveGpuRequest,
) -> Result<GpuRequest, Problem> {
    app.store
        .write(order.because(Some(&new.reason)), async |tx, permit| {
            let request = permit.on();
            // Held, so that of two approvals at the same time the second counts the first.
            let (round, taken) = match &request.round {
                Some(key) => {
                    let round =
                        tx.load::<GpuRound>(key.as_str(), Purpose::Change).await?.ok_or(StoreError::NotFound)?;
                    (Some(round), store::gpu::taken_of_round(tx, key, request).await?)
                }
                None => (None, RoundTaken::default()),
            };
            let pool = tx.load::<GpuPool>(request.pool.as_str(), Purpose::Look).await?.ok_or(StoreError::NotFound)?;
            let charge = explained(request.user_class, &store::gpu::charges(tx).await?);
            let terms = Terms { pool: &pool, round: round.as_ref() };
            let after = request.clone().approved(new, (terms, taken), charge, stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::save_request(tx, permit, after).await?)
        })
        .await
}

/// Refuse a request for GPUs.
///
/// With the reason.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.decide"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[post("/gpu-requests/{gpu_request}/reject")]
pub(super) async fn reject_gpu_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Decide>,
    Json(why): Json<GpuReason>,
) -> Result<Found<GpuRequestView>, Problem> {
    reject(&app, order, why.reason).await
}

/// Refuses a request.
pub(crate) async fn reject(
    app: &App,
    order: Order<act::Decide>,
    reason: domain::text::Prose<2000>,
) -> Result<Found<GpuRequestView>, Problem> {
    act_on(app, order.because(Some(&reason)), |request, stamp| request.rejected(reason, stamp)).await
}
