//! Panels for those who run the call (배정 관리): seats taken back, conflicts recorded and decided.

use super::wire::{DecideConflict, ListPanels, PanelView, ReleaseSeat, TakeUpChallenge};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Found, Json, Page, Path, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::panel as act,
    application::ApplicationId,
    challenge::Challenge,
    committee::{Committee, MEMBER_UNKNOWN, MemberId},
    id::Id,
    panel::{ConflictId, NewConflict, Panel},
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
};
use serde::Deserialize;
use store::{Order, Purpose, StoreError, Tx};

fn shown(panel: Panel) -> Found<PanelView> {
    let version = panel.version;
    Found::version(PanelView::of(panel), version)
}

/// List panels.
///
/// Of applications that were given to somebody or in which a conflict was recorded, in that order.
#[utoipa::path(tag = "panel", params(ListPanels), security(("bearer" = ["panel.read"])))]
#[get("/panels")]
pub(super) async fn list_panels(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListPanels>,
) -> Result<Page<PanelView>, Problem> {
    Ok(Page::of(store::panel::list(&app.store, &scope, &ask.filter(), &ask.page()).await?.map(PanelView::of)))
}

/// Read a panel.
///
/// Who judges the application, and what stands or stood between members and it.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.read"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[get("/panels/{application}")]
pub(super) async fn read_panel(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<PanelView>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().clone()))
}

/// Read a panel's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.read"])),
    params(("application" = ApplicationId, Path, description = "The application's id."), HistoryPage))]
#[get("/panels/{application}/history")]
pub(super) async fn read_panel_history(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().application.to_string();
    Ok(Page::of(store::audit::history(&app.store, "panel", &id, &ask.ask()).await?))
}

/// Take an application from a member.
///
/// With a reason. What the member had scored stays on record.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.change"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[post("/panels/{application}/release")]
pub(super) async fn release_panel_seat(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(release): Json<ReleaseSeat>,
) -> Result<Found<PanelView>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&release.reason)), async |tx, permit| {
            let after = permit.on().clone().released(release.member, release.reason, stamp(tx, permit))?;
            Ok::<_, Problem>(store::panel::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}

/// Record a conflict that somebody asserts.
///
/// The member keeps out until it is decided.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.change"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-adds" = json!(true))))]
#[post("/panels/{application}/conflicts")]
pub(super) async fn record_panel_conflict(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(new): Json<NewConflict>,
) -> Result<Found<PanelView>, Problem> {
    Ok(shown(record_conflict(&app, order, Id::new(app.chance.uuid()), new).await?))
}

/// Records under an id what somebody asserts about a member.
pub(crate) async fn record_conflict(
    app: &App,
    order: Order<act::Change>,
    id: ConflictId,
    new: NewConflict,
) -> Result<Panel, Problem> {
    app.store
        .write(order.adding(), async |tx, permit| {
            is_member(tx, permit.on(), new.member).await?;
            let after = permit.on().clone().asserted(id, new, stamp(tx, permit));
            Ok::<_, Problem>(store::panel::save(tx, permit, after).await?)
        })
        .await
}

/// Refuses whoever is not on the committee of the panel's call.
async fn is_member(tx: &Tx, panel: &Panel, member: MemberId) -> Result<(), Problem> {
    let committee = tx.load::<Committee>(panel.call.as_str(), Purpose::Look).await?;
    let committee = committee.ok_or(StoreError::NotFound)?;
    match committee.member(member) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(&INVALID).with(vec![Fault::new("/member", &MEMBER_UNKNOWN)]).into()),
    }
}

/// Take a challenge up.
///
/// Against the member whom the applicant means: the conflict (기피) is recorded, and the member keeps out until it is decided.
/// Nobody does so where the own body applies. The applicant does not see it.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.take_up"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-adds" = json!(true))))]
#[post("/panels/{application}/challenges")]
pub(super) async fn take_up_challenge(
    app: Data<App>,
    Allowed(order): Allowed<act::TakeUp>,
    Json(taken): Json<TakeUpChallenge>,
) -> Result<Found<PanelView>, Problem> {
    Ok(shown(take_up(&app, order, Id::new(app.chance.uuid()), taken).await?))
}

/// Takes a challenge up against a member, recorded under an id.
pub(crate) async fn take_up(
    app: &App,
    order: Order<act::TakeUp>,
    id: ConflictId,
    taken: TakeUpChallenge,
) -> Result<Panel, Problem> {
    let TakeUpChallenge { challenge, member, severity } = taken;
    app.store
        .write(order.adding(), async |tx, permit| {
            is_member(tx, permit.on(), member).await?;
            let challenge = tx.load::<Challenge>(&challenge.to_string(), Purpose::Change).await?;
            let unknown = || Refusal::new(&INVALID).with(vec![Fault::new("/challenge", &NOT_KNOWN)]);
            let challenge = challenge.ok_or_else(unknown)?;
            let after = permit.on().clone().taken_up(id, &challenge, (member, severity), stamp(tx, permit))?;
            Ok::<_, Problem>(store::panel::save(tx, permit, after).await?)
        })
        .await
}

/// Which conflict.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    conflict: ConflictId,
}

/// Decide a conflict.
///
/// Once, with a reason. Nobody decides where the own body applies.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.decide"])), params(
    ("application" = ApplicationId, Path, description = "The application's id."),
    ("conflict" = ConflictId, Path, description = "The conflict's id.")))]
#[post("/panels/{application}/conflicts/{conflict}/decide")]
pub(super) async fn decide_panel_conflict(
    app: Data<App>,
    Allowed(order): Allowed<act::Decide>,
    Path(Named { conflict }): Path<Named>,
    Json(decision): Json<DecideConflict>,
) -> Result<Found<PanelView>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&decision.reason)), async |tx, permit| {
            let DecideConflict { outcome, reason } = decision;
            let after = permit.on().clone().decided(conflict, outcome, reason, stamp(tx, permit))?;
            Ok::<_, Problem>(store::panel::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}
