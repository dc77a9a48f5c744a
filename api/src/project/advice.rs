//! That no counsel is wanted (자문 불필요): stated with a reason, so that the gate knows.

use super::{
    act::{Asks, act},
    body::Reason,
};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::act::project as action,
    project::{Project, ProjectId},
};

/// State that no counsel of the advisory group is wanted.
///
/// With a reason. The gate out of planning asks for counsel or for this statement; counsel may be asked for all the same.
#[utoipa::path(tag = "project", security(("bearer" = ["project.decline_advice"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/advice-not-wanted")]
pub(super) async fn decline_project_advice(
    app: Data<App>,
    Allowed(order): Allowed<action::DeclineAdvice>,
    Json(why): Json<Reason>,
) -> Result<Found<Project>, Problem> {
    let order = order.because(Some(&why.reason));
    act(&app, order, Asks::Nothing, |project, _, stamp| project.advice_declined(why.reason, stamp)).await
}
