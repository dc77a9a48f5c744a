//! What a member judges (위원의 배정): the list, the papers, stepping aside.
//!
//! Whoever is kept from an application gets 404 for it here, and finds it in no list.

use super::{
    serves_now,
    wire::{AssignmentListed, AssignmentPapers, ListAssignments, Recuse},
};
use crate::{
    App,
    call::call_seen,
    http::{Allowed, Done, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::panel as act,
    application::ApplicationId,
    id::Id,
    panel::{ConflictId, Ground, Panel},
    text::Prose,
};
use serde_json::json;
use store::Order;

/// List what one judges.
///
/// Applications that one was given and is not kept from, with the state of the own sheet.
#[utoipa::path(tag = "panel", params(ListAssignments), security(("bearer" = ["panel.score"])))]
#[get("/assignments")]
pub(super) async fn list_assignments(
    app: Data<App>,
    Scoped(scope): Scoped<act::Score>,
    Query(ask): Query<ListAssignments>,
) -> Result<Page<AssignmentListed>, Problem> {
    let today = app.clock.now().day();
    let page = store::panel::assignments(&app.store, &scope, (&ask.filter(), today), &ask.page()).await?;
    Ok(Page::of(page.map(AssignmentListed::of)))
}

/// Read the papers of an application that one judges.
///
/// As they were submitted. That they were read is recorded.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.read_papers"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-in-time" = json!(true))))]
#[get("/assignments/{application}")]
pub(super) async fn read_assignment(
    app: Data<App>,
    Allowed(order): Allowed<act::ReadPapers>,
) -> Result<Found<AssignmentPapers>, Problem> {
    let permit = app.store.look(&order).await?;
    serves_now(&app, &order, &permit.on().call).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let application = store::panel::papers(&app.store, &permit).await?;
    let papers = AssignmentPapers::of(&application, &call)?;
    let id = application.id.to_string();
    app.store.log_read(&order, &id, json!({ "read": "papers", "submission": papers.submission })).await?;
    Ok(Found::new(papers))
}

/// Step aside from an application.
///
/// It takes effect at once and for good: one knows nothing more of it. What one had scored stays on record and counts for
/// nothing.
#[utoipa::path(tag = "panel", security(("bearer" = ["panel.recuse"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-any-version" = json!(true))))]
#[post("/assignments/{application}/recuse")]
pub(super) async fn recuse_from_assignment(
    app: Data<App>,
    Allowed(order): Allowed<act::Recuse>,
    Json(why): Json<Recuse>,
) -> Result<Done, Problem> {
    recuse(&app, order, Id::new(app.chance.uuid()), (why.ground, why.detail)).await?;
    Ok(Done)
}

/// Lets a member step aside, recorded under an id.
pub(crate) async fn recuse(
    app: &App,
    order: Order<act::Recuse>,
    id: ConflictId,
    (ground, detail): (Ground, Prose<2000>),
) -> Result<Panel, Problem> {
    app.store
        .write(order.because(Some(&detail)).regardless(), async |tx, permit| {
            let after = permit.on().clone().recused(id, ground, detail, stamp(tx, permit))?;
            Ok::<_, Problem>(store::panel::save(tx, permit, after).await?)
        })
        .await
}
