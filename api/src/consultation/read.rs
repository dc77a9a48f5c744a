//! Consultations to be looked at (자문 조회): what an adviser reads is recorded, and ends with the term.

use super::{
    as_adviser_alone, serves_now, shown,
    wire::{ConsultationListed, ConsultationPapers, ConsultationView, ListConsultations},
};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Found, Page, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use domain::{access::act::consultation as act, consultation::ConsultationId};
use serde_json::json;

/// List consultations.
///
/// In the order in which they were asked for: those of the own body's projects, those assigned to oneself while the term
/// goes on, or all of them. With `waits_for` it is the queue of a role.
#[utoipa::path(tag = "advisory", params(ListConsultations), security(("bearer" = ["consultation.read"])))]
#[get("/consultations")]
pub(super) async fn list_consultations(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListConsultations>,
) -> Result<Page<ConsultationListed>, Problem> {
    let today = app.clock.now().day();
    let page = store::consultation::list(&app.store, &scope, (&ask.filter(), today), &ask.page()).await?;
    Ok(Page::of(page.map(|one| ConsultationListed::of(&one))))
}

/// Read a consultation.
///
/// With its sessions, its advice and what became of it. That its adviser has read it is recorded.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.read"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[get("/consultations/{consultation}")]
pub(super) async fn read_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<ConsultationView>, Problem> {
    let permit = app.store.look(&order).await?;
    serves_now(&app, &order, &permit).await?;
    if as_adviser_alone(&permit) {
        app.store.log_read(&order, &permit.on().id.to_string(), json!({ "read": "consultation" })).await?;
    }
    Ok(shown(permit.on().clone()))
}

/// Read a consultation's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.history"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id."), HistoryPage))]
#[get("/consultations/{consultation}/history")]
pub(super) async fn read_consultation_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().id.to_string();
    Ok(Page::of(store::audit::history(&app.store, "consultation", &id, &ask.ask()).await?))
}

/// Read the papers of the project about which one counsels.
///
/// As its adviser, while the term goes on: what the project is about, and what is known of its files and of those that came
/// with the request. That they were read is recorded.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.read_papers"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[get("/consultations/{consultation}/papers")]
pub(super) async fn read_consultation_papers(
    app: Data<App>,
    Allowed(order): Allowed<act::ReadPapers>,
) -> Result<Found<ConsultationPapers>, Problem> {
    let permit = app.store.look(&order).await?;
    serves_now(&app, &order, &permit).await?;
    let project = store::consultation::project_of(&app.store, &permit).await?;
    let what = json!({ "read": "papers", "project": project.id, "version": project.version });
    app.store.log_read(&order, &permit.on().id.to_string(), what).await?;
    Ok(Found::new(ConsultationPapers::of(project, permit.on())))
}
