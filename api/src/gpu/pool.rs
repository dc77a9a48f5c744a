//! Pools (GPU 풀): entered, restated, resized; what is free of each today.

use super::{
    waiting::pass_on,
    wire::{GpuPoolView, ListGpuPools},
};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, put, web::Data};
use domain::{
    access::{Permit, act::gpu_pool as act},
    gpu::{GpuPool, GpuPoolChange, NewGpuPool, NewGpuStep, PoolFacts, PoolKey},
    problem::{Fault, NOT_KNOWN, Refusal},
};
use store::Known;

/// Refuses facts that name a body or a programme which is not there.
fn known(known: &Known, facts: &PoolFacts) -> Result<(), Refusal> {
    let owner = known.body(&facts.owner).is_none().then(|| Fault::new("/facts/owner", &NOT_KNOWN));
    let programme = facts.programme.as_ref().filter(|key| !known.has_programme(key));
    let programme = programme.map(|_| Fault::new("/facts/programme", &NOT_KNOWN));
    Refusal::unless_clean(owner.into_iter().chain(programme).collect())
}

/// List the GPU pools.
///
/// By key, with their capacity step by step. Unlike models are never added together.
#[utoipa::path(tag = "gpu", params(ListGpuPools), security(("bearer" = ["gpu_pool.read"])))]
#[get("/gpu-pools")]
pub(super) async fn list_gpu_pools(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListGpuPools>,
) -> Result<Page<GpuPool>, Problem> {
    Ok(Page::of(store::gpu::list_pools(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a GPU pool.
///
/// With its capacity, its terms, and how much of it is free today: neither allocated nor offered.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_pool.read"])), params(("gpu_pool" = PoolKey, Path, description = "The pool's key.")))]
#[get("/gpu-pools/{gpu_pool}")]
pub(super) async fn read_gpu_pool(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<GpuPoolView>, Problem> {
    let permit = app.store.look(&order).await?;
    let today = order.at().day();
    let view = viewed(&app, &permit, today, order.at()).await?;
    let (version, also) = (view.pool.version, format!("{today}-{}", view.free_gpus));
    Ok(Found::version_and(view, version, also))
}

async fn viewed(
    app: &App,
    permit: &Permit<act::Read>,
    today: domain::day::Day,
    now: domain::day::Instant,
) -> Result<GpuPoolView, Problem> {
    let taken = store::gpu::taken_shown(&app.store, permit, (today, now)).await?;
    let pool = permit.on().clone();
    Ok(GpuPoolView { capacity_gpus: pool.limit().on(today), free_gpus: pool.free_on(today, &taken.pool), today, pool })
}

/// Read a GPU pool's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_pool.history"])),
    params(("gpu_pool" = PoolKey, Path, description = "The pool's key."), HistoryPage))]
#[get("/gpu-pools/{gpu_pool}/history")]
pub(super) async fn read_gpu_pool_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let key = app.store.look(&order).await?.on().key.to_string();
    Ok(Page::of(store::audit::history(&app.store, "gpu_pool", &key, &ask.ask()).await?))
}

/// Enter a GPU pool.
///
/// With its first capacity, which may begin in the past. Numbers are in whole units of the pool.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_pool.create"])))]
#[post("/gpu-pools")]
pub(super) async fn create_gpu_pool(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewGpuPool>,
) -> Result<Created<GpuPool>, Problem> {
    let made = enter(&app, order, new).await?;
    Ok(Created::at(format!("/v1/gpu-pools/{}", made.key), made.version, made))
}

/// Enters a pool.
pub(crate) async fn enter(app: &App, order: store::Order<act::Create>, new: NewGpuPool) -> Result<GpuPool, Problem> {
    let names = app.store.known().await?;
    app.store
        .write(order, async |tx, permit| {
            known(&names, &new.facts)?;
            let pool = GpuPool::create(new, stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::add_pool(tx, permit, pool).await?)
        })
        .await
}

/// Restate a GPU pool.
///
/// Its facts and its terms as a whole. What is allocated already stays; what the pool consists of never changes.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_pool.change"])), params(("gpu_pool" = PoolKey, Path, description = "The pool's key.")))]
#[put("/gpu-pools/{gpu_pool}")]
pub(super) async fn change_gpu_pool(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(change): Json<GpuPoolChange>,
) -> Result<Found<GpuPool>, Problem> {
    let names = app.store.known().await?;
    let saved = app
        .store
        .write(order, async |tx, permit| {
            known(&names, &change.facts)?;
            let after = permit.on().clone().restated(change, stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::save_pool(tx, permit, after).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Change a GPU pool's capacity.
///
/// From a day on, until the next step. Never below what is booked on any later day: the refusal names the first day that would be
/// short and the day from which it fits. What becomes free is offered to the waiting list.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_pool.resize"])), params(("gpu_pool" = PoolKey, Path, description = "The pool's key.")))]
#[post("/gpu-pools/{gpu_pool}/capacity")]
pub(super) async fn resize_gpu_pool(
    app: Data<App>,
    Allowed(order): Allowed<act::Resize>,
    Json(new): Json<NewGpuStep>,
) -> Result<Found<GpuPool>, Problem> {
    let order = order.because(Some(&new.reason));
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let taken = store::gpu::taken(tx, permit, (permit.on(), new.from), (None, None)).await?;
            let after = permit.on().clone().resized(new, &taken.pool, stamp(tx, permit))?;
            let after = store::gpu::save_pool(tx, permit, after).await?;
            pass_on(tx, permit, &after).await?;
            Ok::<_, Problem>(after)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}
