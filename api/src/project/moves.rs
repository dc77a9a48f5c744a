//! Moving projects (과제 이동): each move has its own permission and its own audit entry.

use super::{
    act::{Asks, act},
    body::{GoBack, Note, Reason},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::{Action, act::project as action},
    project::{Move, MoveKind, Project, ProjectId},
    text::Prose,
};
use store::Order;

async fn moved<A: Action<On = Project>>(
    app: &App,
    order: Order<A>,
    kind: MoveKind,
    to: Option<domain::project::Reached>,
    reason: Option<Prose<2000>>,
) -> Result<Found<Project>, Problem> {
    let asks = if kind == MoveKind::File { Asks::Lead } else { Asks::Nothing };
    let order = order.because(reason.as_ref());
    act(app, order, asks, |project, facts, stamp| project.moved(&Move { kind, to, reason }, facts, stamp)).await
}

/// File a project.
///
/// Puts a draft before the government: from now on others see it, and it is in planning. `GET .../moves` says beforehand
/// what is missing.
#[utoipa::path(tag = "project", security(("bearer" = ["project.file"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/file")]
pub(super) async fn file_project(
    app: Data<App>,
    Allowed(order): Allowed<action::File>,
    Json(why): Json<Note>,
) -> Result<Found<Project>, Problem> {
    moved(&app, order, MoveKind::File, None, why.reason).await
}

/// Put a project on hold.
///
/// A reason is needed. A pending gate request is withdrawn.
#[utoipa::path(tag = "project", security(("bearer" = ["project.hold"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/hold")]
pub(super) async fn hold_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Hold>,
    Json(why): Json<Reason>,
) -> Result<Found<Project>, Problem> {
    moved(&app, order, MoveKind::Hold, None, Some(why.reason)).await
}

/// Go on with a project.
///
/// In the phase in which it was put on hold.
#[utoipa::path(tag = "project", security(("bearer" = ["project.resume"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/resume")]
pub(super) async fn resume_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Resume>,
    Json(why): Json<Note>,
) -> Result<Found<Project>, Problem> {
    moved(&app, order, MoveKind::Resume, None, why.reason).await
}

/// Cancel a project.
///
/// A reason is needed; the record stays.
#[utoipa::path(tag = "project", security(("bearer" = ["project.cancel"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/cancel")]
pub(super) async fn cancel_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Cancel>,
    Json(why): Json<Reason>,
) -> Result<Found<Project>, Problem> {
    moved(&app, order, MoveKind::Cancel, None, Some(why.reason)).await
}

/// Take a project back to an earlier phase.
///
/// A reason is needed. Approvals of that phase and of later ones no longer count; the history stays.
#[utoipa::path(tag = "project", security(("bearer" = ["project.go_back"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/go-back")]
pub(super) async fn return_project(
    app: Data<App>,
    Allowed(order): Allowed<action::GoBack>,
    Json(back): Json<GoBack>,
) -> Result<Found<Project>, Problem> {
    moved(&app, order, MoveKind::GoBack, Some(back.to), Some(back.reason)).await
}
