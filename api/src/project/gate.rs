//! Gates (단계 전환 심사): asked for by the planner, decided by a coordinator of another body.

use super::{
    act::{Asks, act},
    body::{GatePath, Reason},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Path, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::act::project as action,
    project::{GateAsk, GateDecision, Project, ProjectId},
};

/// Ask for the gate of the present phase.
///
/// Every condition must be met, or its waiver asked for; otherwise the answer names each one that is not.
#[utoipa::path(tag = "project", security(("bearer" = ["project.request_gate"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/gate-requests")]
pub(super) async fn request_project_gate(
    app: Data<App>,
    Allowed(order): Allowed<action::RequestGate>,
    Json(ask): Json<GateAsk>,
) -> Result<Found<Project>, Problem> {
    let id = app.chance.id();
    act(&app, order, Asks::Gate, |project, facts, stamp| project.gate_requested(id, ask, facts, stamp)).await
}

/// Take a gate request back.
///
/// Only while it is pending.
#[utoipa::path(tag = "project", security(("bearer" = ["project.request_gate"])), params(GatePath))]
#[post("/projects/{project}/gate-requests/{gate_request}/withdraw")]
pub(super) async fn withdraw_project_gate(
    app: Data<App>,
    Allowed(order): Allowed<action::RequestGate>,
    Path(path): Path<GatePath>,
    Json(why): Json<Reason>,
) -> Result<Found<Project>, Problem> {
    let order = order.because(Some(&why.reason));
    act(&app, order, Asks::Nothing, |project, _, stamp| project.gate_withdrawn(path.gate_request, why.reason, stamp))
        .await
}

/// Decide a gate request.
///
/// Pass, pass with waivers that end on a day, or return with a reason. A return voids earlier approvals. Nobody decides on
/// a project of the own body.
#[utoipa::path(tag = "project", security(("bearer" = ["project.decide_gate"])), params(GatePath))]
#[post("/projects/{project}/gate-requests/{gate_request}/decision")]
pub(super) async fn decide_project_gate(
    app: Data<App>,
    Allowed(order): Allowed<action::DecideGate>,
    Path(path): Path<GatePath>,
    Json(decision): Json<GateDecision>,
) -> Result<Found<Project>, Problem> {
    let order = order.because(match &decision {
        GateDecision::Return { reason } => Some(reason),
        GateDecision::Pass { note } | GateDecision::PassWithWaivers { note, .. } => note.as_ref(),
    });
    act(&app, order, Asks::Gate, |project, facts, stamp| {
        project.gate_decided(path.gate_request, decision, facts, stamp)
    })
    .await
}
