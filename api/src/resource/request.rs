//! Resource requests (자원 신청): asked for a project, decided and supplied by others, ended or taken back.

use super::{
    shown,
    wire::{ListRequests, ResourceFulfilments, ResourceReason},
};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{Action, act::resource_request as act},
    id::Id,
    problem::Refusal,
    project::{Project, ProjectId, Stamp},
    resource::{
        NewResourceDecision, NewResourceRequest, NewSupply, Of, ResourceRequest, ResourceRequestId, fulfilment,
    },
};
use store::Order;

/// List resource requests.
///
/// In the order of entry: those for projects that the reader may see.
#[utoipa::path(tag = "resource", params(ListRequests), security(("bearer" = ["resource_request.read"])))]
#[get("/resource-requests")]
pub(super) async fn list_resource_requests(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListRequests>,
) -> Result<Page<ResourceRequest>, Problem> {
    Ok(Page::of(store::resource::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read how far requests were fulfilled.
///
/// By kind: requests asked, approved and supplied in full, and the amounts where all of a kind are counted in one unit.
/// Requests that were taken back do not count; the rate of nothing is null.
#[utoipa::path(tag = "resource", security(("bearer" = ["resource_request.read"])))]
#[get("/resource-requests/fulfilment")]
pub(super) async fn read_resource_fulfilment(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
) -> Result<Found<ResourceFulfilments>, Problem> {
    let counted = store::resource::fulfilment(&app.store, &scope).await?;
    Ok(Found::new(ResourceFulfilments { kinds: fulfilment(&counted) }))
}

/// Read a resource request.
///
/// With its whole course and everything that was supplied.
#[utoipa::path(tag = "resource", security(("bearer" = ["resource_request.read"])),
    params(("resource_request" = ResourceRequestId, Path, description = "The request's id.")))]
#[get("/resource-requests/{resource_request}")]
pub(super) async fn read_resource_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<ResourceRequest>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().thing.clone()))
}

/// Ask for a resource.
///
/// A model, people, a platform or data, for a project that the own body leads. GPUs have a procedure of their own.
#[utoipa::path(tag = "resource", security(("bearer" = ["resource_request.ask"])),
    params(("project" = ProjectId, Path, description = "The project's id.")),
    extensions(("x-adds" = json!(true))))]
#[post("/projects/{project}/resource-requests")]
pub(super) async fn ask_resource(
    app: Data<App>,
    Allowed(order): Allowed<act::Ask>,
    Json(new): Json<NewResourceRequest>,
) -> Result<Created<ResourceRequest>, Problem> {
    let made = ask(&app, order.adding(), Id::new(app.chance.uuid()), new).await?;
    Ok(Created::under("/v1/resource-requests", made.id, made.version, made))
}

/// Asks under an id.
pub(crate) async fn ask(
    app: &App,
    order: Order<act::Ask>,
    id: ResourceRequestId,
    new: NewResourceRequest,
) -> Result<ResourceRequest, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let asked = ResourceRequest::asked(id, new, permit.on(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::resource::add(tx, permit, asked).await?)
        })
        .await
}

/// Takes a request one step further, and keeps it.
pub(crate) async fn step<A: Action<On = Of<ResourceRequest>>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(ResourceRequest, Option<&Project>, Stamp) -> Result<ResourceRequest, Refusal>,
) -> Result<ResourceRequest, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let Of { thing, project } = permit.on();
            let after = rule(thing.clone(), project.as_ref(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::resource::save(tx, permit, after).await?)
        })
        .await
}

/// Approve or reject a resource request.
///
/// Once, by somebody whose body has no part in the project. Less than was asked for, and a rejection, need a reason.
#[utoipa::path(tag = "resource", security(("bearer" = ["resource_request.decide"])),
    params(("resource_request" = ResourceRequestId, Path, description = "The request's id.")))]
#[post("/resource-requests/{resource_request}/decision")]
pub(super) async fn decide_resource_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Decide>,
    Json(new): Json<NewResourceDecision>,
) -> Result<Found<ResourceRequest>, Problem> {
    let order = order.because(new.reason.as_ref());
    Ok(shown(step(&app, order, |request, project, stamp| request.decided(new, project, stamp)).await?))
}

/// Record that something was supplied.
///
/// In one go or in parts, which add up to what was approved and no more.
#[utoipa::path(tag = "resource", security(("bearer" = ["resource_request.supply"])),
    params(("resource_request" = ResourceRequestId, Path, description = "The request's id.")))]
#[post("/resource-requests/{resource_request}/supplies")]
pub(super) async fn supply_resource_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Supply>,
    Json(new): Json<NewSupply>,
) -> Result<Found<ResourceRequest>, Problem> {
    Ok(shown(step(&app, order, |request, project, stamp| request.supplied(new, project, stamp)).await?))
}

/// End what was supplied.
///
/// By the planner or by a coordinator, with the reason.
#[utoipa::path(tag = "resource", security(("bearer" = ["resource_request.end"])),
    params(("resource_request" = ResourceRequestId, Path, description = "The request's id.")))]
#[post("/resource-requests/{resource_request}/end")]
pub(super) async fn end_resource_request(
    app: Data<App>,
    Allowed(order): Allowed<act::End>,
    Json(why): Json<ResourceReason>,
) -> Result<Found<ResourceRequest>, Problem> {
    let order = order.because(Some(&why.reason));
    Ok(shown(step(&app, order, |request, _, stamp| request.ended(why.reason, stamp)).await?))
}

/// Take a resource request back.
///
/// Before anything was supplied.
#[utoipa::path(tag = "resource", security(("bearer" = ["resource_request.withdraw"])),
    params(("resource_request" = ResourceRequestId, Path, description = "The request's id.")))]
#[post("/resource-requests/{resource_request}/withdraw")]
pub(super) async fn withdraw_resource_request(
    app: Data<App>,
    Allowed(order): Allowed<act::Withdraw>,
    Json(why): Json<ResourceReason>,
) -> Result<Found<ResourceRequest>, Problem> {
    let order = order.because(Some(&why.reason));
    Ok(shown(step(&app, order, |request, _, stamp| request.withdrawn(why.reason, stamp)).await?))
}
