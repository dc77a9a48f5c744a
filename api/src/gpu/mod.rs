//! GPUs and NPUs (GPU·NPU 배분): pools, rounds, requests, allocations, waiting lists, charges.

mod allocate;
mod charge;
mod decide;
mod export;
mod list;
mod pool;
mod request;
mod round;
mod waiting;
mod wire;

pub(crate) use allocate::{allocate, end, extend};
pub(crate) use decide::{approve, reject, screen};
pub(crate) use request::{ask, withdraw};
pub use waiting::offer_gpus;
pub(crate) use waiting::wait;

use crate::{
    App,
    http::{Found, Problem},
    project::stamp,
};
use domain::{
    access::{Action, Permit},
    gpu::{GpuPool, GpuRequest, GpuRound, Terms},
    problem::Refusal,
    project::Stamp,
};
use store::{Order, Purpose, StoreError, Tx};
use wire::GpuRequestView;

/// The routes of this capability. Fixed paths come before those with parameters.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(pool::list_gpu_pools)
        .service(pool::read_gpu_pool)
        .service(pool::read_gpu_pool_history)
        .service(pool::create_gpu_pool)
        .service(pool::change_gpu_pool)
        .service(pool::resize_gpu_pool)
        .service(waiting::read_gpu_waiting_list)
        .service(waiting::offer_free_gpus)
        .service(waiting::list_gpu_places)
        .service(charge::list_user_charges)
        .service(charge::decide_user_charge)
        .service(round::list_gpu_rounds)
        .service(round::read_gpu_round)
        .service(round::read_gpu_round_history)
        .service(round::create_gpu_round)
        .service(round::change_gpu_round)
        .service(round::announce_gpu_round)
        .service(round::finish_gpu_round)
        .service(round::cancel_gpu_round)
        .service(export::export_gpu_requests)
        .service(export::export_gpu_allocations)
        .service(list::list_gpu_requests)
        .service(list::list_gpu_allocations)
        .service(list::read_gpu_request)
        .service(list::read_gpu_request_history)
        .service(request::create_gpu_request)
        .service(request::withdraw_gpu_request)
        .service(request::report_gpu_progress)
        .service(decide::screen_gpu_request)
        .service(decide::approve_gpu_request)
        .service(decide::reject_gpu_request)
        .service(allocate::allocate_gpus)
        .service(allocate::extend_gpus)
        .service(allocate::return_gpus)
        .service(allocate::reclaim_gpus)
        .service(waiting::await_gpus)
        .service(waiting::accept_gpus)
        .service(waiting::decline_gpus);
}

/// A request with its version, as it stands today.
fn shown(app: &App, request: GpuRequest) -> Found<GpuRequestView> {
    let (version, view) = (request.version, GpuRequestView::of(request, app.clock.now().day()));
    let also = view.state.to_string();
    Found::version_and(view, version, also)
}

/// Does one act upon a request that books and frees nothing, and keeps it.
async fn act_on<A: Action<On = GpuRequest>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(GpuRequest, Stamp) -> Result<GpuRequest, Refusal>,
) -> Result<Found<GpuRequestView>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let after = rule(permit.on().clone(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::save_request(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(app, saved))
}

/// The pool and the round of a request, the pool held until the write is done: rows are taken in one order, the request, its round,
/// its pool.
async fn held<A: Action<On = GpuRequest>>(tx: &Tx, permit: &Permit<A>) -> Result<(GpuPool, Option<GpuRound>), Problem> {
    let request = permit.on();
    let round = match &request.round {
        Some(key) => Some(tx.load::<GpuRound>(key.as_str(), Purpose::Look).await?.ok_or(StoreError::NotFound)?),
        None => None,
    };
    Ok((store::gpu::pool_held(tx, &request.pool).await?, round))
}

/// What a request is held to.
const fn terms<'a>((pool, round): (&'a GpuPool, &'a Option<GpuRound>)) -> Terms<'a> {
    Terms { pool, round: round.as_ref() }
}
