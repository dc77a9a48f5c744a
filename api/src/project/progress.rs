//! Progress checks and health (진도 점검·건강도): recorded by NIA and the coordinators, answered by the planners.

use super::{
    act::{Asks, act},
    body::{ActionPath, CloseAction, RateHealth},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Path, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::act::project as action,
    project::{NewCheck, Project, ProjectId},
};

/// Record a progress check.
///
/// Planned and actual progress, findings, and actions with due dates.
#[utoipa::path(tag = "project", security(("bearer" = ["project.check_progress"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/progress-checks")]
pub(super) async fn check_project_progress(
    app: Data<App>,
    Allowed(order): Allowed<action::CheckProgress>,
    Json(check): Json<NewCheck>,
) -> Result<Found<Project>, Problem> {
    let id = app.chance.id();
    act(&app, order, Asks::Nothing, |project, _, stamp| project.checked(id, check, stamp)).await
}

/// Close an action of a progress check.
///
/// With a note on what was done.
#[utoipa::path(tag = "project", security(("bearer" = ["project.close_action"])), params(ActionPath))]
#[post("/projects/{project}/actions/{no}/close")]
pub(super) async fn close_project_action(
    app: Data<App>,
    Allowed(order): Allowed<action::CloseAction>,
    Path(path): Path<ActionPath>,
    Json(close): Json<CloseAction>,
) -> Result<Found<Project>, Problem> {
    act(&app, order, Asks::Nothing, |project, _, stamp| project.action_closed(path.no, close.note, stamp)).await
}

/// Judge a project's health.
///
/// The worse of the judgement and the published rules counts. Without a rating the judgement is lifted.
#[utoipa::path(tag = "project", security(("bearer" = ["project.rate_health"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/health")]
pub(super) async fn rate_project_health(
    app: Data<App>,
    Allowed(order): Allowed<action::RateHealth>,
    Json(judgement): Json<RateHealth>,
) -> Result<Found<Project>, Problem> {
    let rating = judgement.judgement.map(|j| (j.rating, j.reason));
    let order = order.because(rating.as_ref().map(|(_, reason)| reason));
    act(&app, order, Asks::Gate, |project, facts, stamp| project.judged(rating, facts, stamp)).await
}
