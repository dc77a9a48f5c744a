//! Awards to be looked at (협약 조회): lists, one of them, its history, and the money of a call.

use super::{
    shown,
    wire::{AwardMoney, AwardView, ListAwards},
};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Found, Page, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use domain::{
    access::act::award as act,
    application::ApplicationId,
    award::{CALL_NOT_FINAL, TrackMoney},
    call::{CallKey, CallState},
    problem::Refusal,
};

/// List awards.
///
/// What the reader may see: those that the own body receives or takes part in, and, for those who run a call, all of it. In the
/// order in which they were given.
#[utoipa::path(tag = "award", params(ListAwards), security(("bearer" = ["award.read"])))]
#[get("/awards")]
pub(super) async fn list_awards(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListAwards>,
) -> Result<Page<AwardView>, Problem> {
    Ok(Page::of(store::award::list(&app.store, &scope, &ask.filter(), &ask.page()).await?.map(AwardView::of)))
}

/// Read an award.
///
/// With its agreement, the managing agency's steps and its settlement. Progress is checked in the project that it names.
#[utoipa::path(tag = "award", security(("bearer" = ["award.read"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")))]
#[get("/awards/{application}")]
pub(super) async fn read_award(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<AwardView>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().clone()))
}

/// Read an award's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "award", security(("bearer" = ["award.history"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to."), HistoryPage))]
#[get("/awards/{application}/history")]
pub(super) async fn read_award_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().application.to_string();
    Ok(Page::of(store::audit::history(&app.store, "award", &id, &ask.ask()).await?))
}

/// Read the money of a call's tracks.
///
/// How much of each envelope is committed, offered and left, how many awards are free, and which reserves wait in which order.
/// Only once the call has ended.
#[utoipa::path(tag = "award", security(("bearer" = ["award.money"])), params(("call" = CallKey, Path, description = "The call's key.")),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/award-money")]
pub(super) async fn read_award_money(
    app: Data<App>,
    Allowed(order): Allowed<act::Money>,
) -> Result<Found<AwardMoney>, Problem> {
    let permit = app.store.look(&order).await?;
    let call = permit.on();
    let laid_down = call.rules.as_ref().filter(|_| call.state(order.at()) == CallState::Final);
    let laid_down = laid_down.ok_or_else(|| Refusal::new(&CALL_NOT_FINAL))?;
    let ground = store::award::ground_shown(&app.store, &permit).await?;
    let candidates = ground.candidates();
    let tracks = laid_down.rules.tracks.iter();
    let tracks = tracks.map(|track| TrackMoney::of(track, &candidates, &ground.awards)).collect::<Result<_, _>>();
    Ok(Found::new(AwardMoney { tracks: tracks.map_err(Refusal::from)? }))
}
