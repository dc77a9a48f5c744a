//! Allocation rounds (배분 회차): prepared, announced, ended.

use super::wire::{GpuReason, GpuRoundView, ListGpuRounds};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, put, web::Data};
use domain::{
    access::{Action, act::gpu_round as act},
    gpu::{GpuRound, NewGpuRound, RoundKey, RoundPlan},
    problem::{Fault, NOT_KNOWN, Refusal},
    project::Stamp,
};
use store::{Known, Order};

fn view(app: &App, round: GpuRound) -> GpuRoundView {
    GpuRoundView { state: round.state(app.clock.now()), round }
}

fn shown(app: &App, round: GpuRound) -> Found<GpuRoundView> {
    let (version, view) = (round.version, view(app, round));
    let also = view.state.to_string();
    Found::version_and(view, version, also)
}

/// Refuses a plan that names a body which is not there.
fn known(known: &Known, plan: &RoundPlan, at: &str) -> Result<(), Refusal> {
    let bodies = [("lead_body", &plan.lead_body), ("managing_agency", &plan.managing_agency)];
    let missing = bodies.into_iter().filter(|(_, key)| known.body(key).is_none());
    Refusal::unless_clean(missing.map(|(name, _)| Fault::new(format!("{at}/{name}"), &NOT_KNOWN)).collect())
}

async fn act_on<A: Action<On = GpuRound>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(GpuRound, Stamp) -> Result<GpuRound, Refusal>,
) -> Result<Found<GpuRoundView>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let after = rule(permit.on().clone(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::save_round(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(app, saved))
}

/// List the allocation rounds.
///
/// By key: those announced, and drafts for those who prepare them. What is published of earlier rounds stands among the published
/// figures, apart from what is counted here.
#[utoipa::path(tag = "gpu", params(ListGpuRounds), security(("bearer" = ["gpu_round.read"])))]
#[get("/gpu-rounds")]
pub(super) async fn list_gpu_rounds(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListGpuRounds>,
) -> Result<Page<GpuRoundView>, Problem> {
    let now = app.clock.now();
    let page = store::gpu::list_rounds(&app.store, &scope, &ask.states(), (&ask.page(), now)).await?;
    Ok(Page::of(page.map(|round| view(&app, round))))
}

/// Read an allocation round.
///
/// With its window, what it offers of each pool, caps, sector shares and criteria.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_round.read"])), params(("gpu_round" = RoundKey, Path, description = "The round's key.")))]
#[get("/gpu-rounds/{gpu_round}")]
pub(super) async fn read_gpu_round(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<GpuRoundView>, Problem> {
    let round = app.store.look(&order).await?.on().clone();
    Ok(shown(&app, round))
}

/// Read an allocation round's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_round.history"])),
    params(("gpu_round" = RoundKey, Path, description = "The round's key."), HistoryPage))]
#[get("/gpu-rounds/{gpu_round}/history")]
pub(super) async fn read_gpu_round_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let key = app.store.look(&order).await?.on().key.to_string();
    Ok(Page::of(store::audit::history(&app.store, "gpu_round", &key, &ask.ask()).await?))
}

/// Prepare an allocation round.
///
/// A draft that only coordinators and auditors see. Offers and caps are in whole units of their pools.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_round.create"])))]
#[post("/gpu-rounds")]
pub(super) async fn create_gpu_round(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewGpuRound>,
) -> Result<Created<GpuRoundView>, Problem> {
    let made = enter(&app, order, new).await?;
    Ok(Created::at(format!("/v1/gpu-rounds/{}", made.key), made.version, view(&app, made)))
}

/// Enters a draft.
pub(crate) async fn enter(app: &App, order: Order<act::Create>, new: NewGpuRound) -> Result<GpuRound, Problem> {
    let names = app.store.known().await?;
    app.store
        .write(order, async |tx, permit| {
            known(&names, &new.plan, "/plan")?;
            let units = store::gpu::units(tx).await?;
            let round = GpuRound::create(new, &units, stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::add_round(tx, permit, round).await?)
        })
        .await
}

/// Change the plan of an allocation round.
///
/// As a whole, while it is a draft.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_round.change"])), params(("gpu_round" = RoundKey, Path, description = "The round's key.")))]
#[put("/gpu-rounds/{gpu_round}")]
pub(super) async fn change_gpu_round(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(plan): Json<RoundPlan>,
) -> Result<Found<GpuRoundView>, Problem> {
    let names = app.store.known().await?;
    let saved = app
        .store
        .write(order, async |tx, permit| {
            known(&names, &plan, "")?;
            let units = store::gpu::units(tx).await?;
            let after = permit.on().clone().planned(plan, &units, stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::save_round(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(&app, saved))
}

/// Announce an allocation round.
///
/// From now on everybody signed in sees it; requests are taken within its window.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_round.advance"])), params(("gpu_round" = RoundKey, Path, description = "The round's key.")))]
#[post("/gpu-rounds/{gpu_round}/announce")]
pub(super) async fn announce_gpu_round(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
) -> Result<Found<GpuRoundView>, Problem> {
    announce(&app, order).await
}

/// Makes a round public.
pub(crate) async fn announce(app: &App, order: Order<act::Advance>) -> Result<Found<GpuRoundView>, Problem> {
    act_on(app, order, GpuRound::announced).await
}

/// End an allocation round.
///
/// Once its window is over. Nothing more is approved in it.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_round.advance"])), params(("gpu_round" = RoundKey, Path, description = "The round's key.")))]
#[post("/gpu-rounds/{gpu_round}/finish")]
pub(super) async fn finish_gpu_round(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
) -> Result<Found<GpuRoundView>, Problem> {
    act_on(&app, order, GpuRound::finished).await
}

/// Give an allocation round up.
///
/// With a reason. What was approved in it stays.
#[utoipa::path(tag = "gpu", security(("bearer" = ["gpu_round.advance"])), params(("gpu_round" = RoundKey, Path, description = "The round's key.")))]
#[post("/gpu-rounds/{gpu_round}/cancel")]
pub(super) async fn cancel_gpu_round(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
    Json(why): Json<GpuReason>,
) -> Result<Found<GpuRoundView>, Problem> {
    let order = order.because(Some(&why.reason));
    act_on(&app, order, |round, stamp| round.cancelled(Some(why.reason), stamp)).await
}
