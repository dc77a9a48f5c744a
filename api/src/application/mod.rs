//! Applications to support calls (신청): written, submitted, screened, and found again.

mod course;
mod references;
mod similar;
mod wire;

pub(crate) use course::{screen, withdraw};

use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    call::call_of,
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::{Action, Actor, act::application as act},
    application::{Application, ApplicationId, ApplicationItem, NewApplication},
    call::SupportCall,
    id::Id,
    problem::Refusal,
    project::Stamp,
};
use store::Order;
use wire::{ApplicationView, ContentPatch, ListApplications};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_applications)
        .service(read_application)
        .service(create_application)
        .service(change_application)
        .service(read_application_history)
        .service(similar::read_application_similar)
        .service(course::check_application_submission)
        .service(course::submit_application)
        .service(course::withdraw_application)
        .service(course::screen_application)
        .service(course::supplement_application);
}

/// An application as an actor sees it, with its version.
fn shown(application: Application, actor: &Actor) -> Found<ApplicationView> {
    let sight = application.sight(actor);
    let as_whom = if sight.joint || sight.whole { "own" } else { "submitted" };
    let (version, standing) = (application.version, application.standing());
    Found::version_and(ApplicationView { application: application.seen_by(actor), standing }, version, as_whom)
}

/// Does one act upon an application under its call, and keeps it.
pub(crate) async fn step<A: Action<On = Application>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(Application, &SupportCall, Stamp) -> Result<Application, Refusal>,
) -> Result<Application, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let call = call_of(tx, &permit.on().call).await?;
            let after = rule(permit.on().clone(), &call, stamp(tx, permit))?;
            Ok::<_, Problem>(store::application::save(tx, permit, after).await?)
        })
        .await
}

/// The same, to be shown to whoever does it.
async fn act_on<A: Action<On = Application>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(Application, &SupportCall, Stamp) -> Result<Application, Refusal>,
) -> Result<Found<ApplicationView>, Problem> {
    let actor = order.actor().clone();
    Ok(shown(step(app, order, rule).await?, &actor))
}

/// List applications.
///
/// What the reader may see: those of the own body, drafts included, and, for those who run a call, what was submitted to it.
#[utoipa::path(tag = "application", params(ListApplications), security(("bearer" = ["application.read"])))]
#[get("/applications")]
async fn list_applications(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListApplications>,
) -> Result<Page<ApplicationItem>, Problem> {
    let (filter, sort) = (ask.filter(), ask.sort());
    let total =
        if ask.counted() { Some(store::application::count(&app.store, &scope, &filter, sort).await?) } else { None };
    let page = store::application::list(&app.store, &scope, &filter, sort, &ask.page()).await?;
    Ok(Page::of(page).total(total))
}

/// Read an application.
///
/// With every submission, and what screening found.
#[utoipa::path(tag = "application", security(("bearer" = ["application.read"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[get("/applications/{application}")]
async fn read_application(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<ApplicationView>, Problem> {
    let permit = app.store.look(&order).await?;
    Ok(shown(permit.on().clone(), permit.actor()))
}

/// Begin an application.
///
/// A draft that only those who take part in it see. The call has been published and has not closed; the body can lead an
/// application and falls into one of the call's tracks.
#[utoipa::path(tag = "application", security(("bearer" = ["application.create"])))]
#[post("/applications")]
async fn create_application(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewApplication>,
) -> Result<Created<ApplicationView>, Problem> {
    let made = begin(&app, order, Id::new(app.chance.uuid()), new).await?;
    let (version, standing) = (made.version, made.standing());
    Ok(Created::under("/v1/applications", made.id, version, ApplicationView { application: made, standing }))
}

/// Begins a draft under an id.
pub(crate) async fn begin(
    app: &App,
    order: Order<act::Create>,
    id: ApplicationId,
    new: NewApplication,
) -> Result<Application, Problem> {
    let names = app.store.known().await?;
    app.store
        .write(order.on(&new.body), async |tx, permit| {
            let unknown = references::unknown_partners(tx, &names, &new.content, None, "/content").await?;
            let call = references::call(tx, permit.actor(), &new.call).await?;
            let draft =
                call.and_then(|call| Application::begin(id, new.content, (&call, permit.on()), stamp(tx, permit)));
            let draft = references::with(draft, unknown)?;
            Ok::<_, Problem>(store::application::add(tx, permit, draft).await?)
        })
        .await
}

/// Write an application.
///
/// Until the deadline. What was submitted stays as it was submitted; submit again to let the change count.
#[utoipa::path(tag = "application", security(("bearer" = ["application.change"])),
    request_body(content = ContentPatch, content_type = "application/merge-patch+json"),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[patch("/applications/{application}")]
async fn change_application(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<ContentPatch>,
) -> Result<Found<ApplicationView>, Problem> {
    let (actor, names) = (order.actor().clone(), app.store.known().await?);
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on();
            let call = call_of(tx, &before.call).await?;
            let content = patch.over(before.content.clone());
            let unknown = references::unknown_partners(tx, &names, &content, Some(before), "").await?;
            let after = references::with(before.clone().written(content, &call, stamp(tx, permit)), unknown)?;
            Ok::<_, Problem>(store::application::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved, &actor))
}

/// Read an application's history.
///
/// Newest first: who changed which fields, when and why. What was written and not submitted is the applicant's own.
#[utoipa::path(tag = "application", security(("bearer" = ["application.history"])),
    params(("application" = ApplicationId, Path, description = "The application's id."), HistoryPage))]
#[get("/applications/{application}/history")]
async fn read_application_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let permit = app.store.look(&order).await?;
    let sight = permit.on().sight(permit.actor());
    let id = permit.on().id.to_string();
    let mut page: Page<HistoryEntry> =
        Page::of(store::audit::history(&app.store, "application", &id, &ask.ask()).await?);
    if !sight.joint && !sight.whole {
        page.items.iter_mut().for_each(references::without_drafts);
    }
    Ok(page)
}
