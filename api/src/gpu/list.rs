//! Requests and allocations to be looked at (GPU 신청·배분 조회).

use super::wire::{
    GpuAllocationView, GpuPlaceView, GpuRequestPage, GpuRequestView, ListGpuAllocations, ListGpuRequests,
};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Found, Page, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use domain::{access::act::gpu_request as act, gpu::GpuRequestId};

/// List requests for GPUs.
///
/// What the reader may see: those of the own body's projects and of those it takes part in, and, for those who decide, all of them.
/// In the order in which they were made.
#[utoipa::path(tag = "gpu", params(ListGpuRequests), security(("bearer" = ["gpu_request.read"])))]
#[get("/gpu-requests")]
pub(super) async fn list_gpu_requests(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListGpuRequests>,
) -> Result<Page<GpuRequestView>, Problem> {
    let today = app.clock.now().day();
    let page = store::gpu::list_requests(&app.store, &scope, &ask.filter(), (&ask.page(), today)).await?;
    Ok(Page::of(page.map(|request| GpuRequestView::of(request, today))))
}

/// List allocations of GPUs.
///
/// Each interval by itself, extensions as well, with the days on which it is really held. In the order in which they were given.
#[utoipa::path(tag = "gpu", params(ListGpuAllocations), security(("bearer" = ["gpu_request.read"])))]
#[get("/gpu-allocations")]
pub(super) async fn list_gpu_allocations(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListGpuAllocations>,
) -> Result<Page<GpuAllocationView>, Problem> {
    let today = app.clock.now().day();
    let page = store::gpu::list_allocations(&app.store, &scope, &ask.filter(), &ask.page()).await?;
    Ok(Page::of(page.map(|allocation| GpuAllocationView::of(allocation, today))))
}

/// Read a request for GPUs.
///
/// With what was approved and allocated, every move, and its last place on the waiting list.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.read"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id.")))]
#[get("/gpu-requests/{gpu_request}")]
pub(super) async fn read_gpu_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<GpuRequestPage>, Problem> {
    let permit = app.store.look(&order).await?;
    let place = store::gpu::last_place_shown(&app.store, &permit).await?;
    let waiting = place.map(|place| GpuPlaceView { state: place.state(order.at()), place });
    let GpuRequestView { request, state, moves } = GpuRequestView::of(permit.on().clone(), order.at().day());
    let offer = waiting.as_ref().map(|one| format!("-{}-{}", one.place.version, one.state)).unwrap_or_default();
    let version = request.version;
    Ok(Found::version_and(GpuRequestPage { request, state, moves, waiting }, version, format!("{state}{offer}")))
}

/// Read a request's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_request.history"])),
    params(("gpu_request" = GpuRequestId, Path, description = "The request's id."), HistoryPage))]
#[get("/gpu-requests/{gpu_request}/history")]
pub(super) async fn read_gpu_request_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().id.to_string();
    Ok(Page::of(store::audit::history(&app.store, "gpu_request", &id, &ask.ask()).await?))
}
