//! Changing what a planner writes (과제 수정), and what is done to a project beside moving it.

use super::{
    act::{Asks, act, keep, stamp},
    body::{PartPath, Prioritise, Reason},
    references,
};
use crate::{
    App,
    http::{Allowed, Found, Json, Patch, Path, Problem},
};
use actix_web::{delete, patch, post, put, web::Data};
use domain::{
    access::{FORBIDDEN, Role, act::project as action},
    problem::Refusal,
    project::{Facts, NewAttachment, NewPart, Project, ProjectChange, ProjectId},
};

/// Change a project.
///
/// A merge patch: members left out stay, `null` clears, lists are replaced whole. Phase and status never change here.
#[utoipa::path(tag = "project", security(("bearer" = ["project.change"])),
    request_body(content = ProjectChange, content_type = "application/merge-patch+json"),
    params(("project" = ProjectId, Path, description = "The project's id.")))]
#[patch("/projects/{project}")]
pub(super) async fn change_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Change>,
    Patch(change): Patch<ProjectChange>,
) -> Result<Found<Project>, Problem> {
    let known = app.store.known().await?;
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on();
            let changed = before.clone().changed(change, stamp(tx, permit))?;
            Refusal::unless_clean(references::faults(tx, &known, permit.actor(), Some(before), &changed).await?)?;
            keep(tx, permit, Facts::on(tx.at().day()), Asks::Nothing, changed).await
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Write a partner's part.
///
/// Each partner writes its own part of a joint project and nothing else of it.
#[utoipa::path(tag = "project", security(("bearer" = ["project.change_part"])), params(PartPath))]
#[put("/projects/{project}/parts/{part_body}")]
pub(super) async fn write_project_part(
    app: Data<App>,
    Allowed(order): Allowed<action::ChangePart>,
    Path(path): Path<PartPath>,
    Json(part): Json<NewPart>,
) -> Result<Found<Project>, Problem> {
    let own = order.actor().has(Role::Planner, &path.part_body);
    act(&app, order, Asks::Nothing, |project, _, stamp| {
        if own { project.part_written(&path.part_body, part, stamp) } else { Err(Refusal::new(&FORBIDDEN)) }
    })
    .await
}

/// Take a draft away.
///
/// It is kept for the record and can be restored. Filed projects are cancelled instead.
#[utoipa::path(tag = "project", security(("bearer" = ["project.remove"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[delete("/projects/{project}")]
pub(super) async fn remove_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Remove>,
    Json(why): Json<Reason>,
) -> Result<Found<Project>, Problem> {
    let order = order.because(Some(&why.reason));
    act(&app, order, Asks::Nothing, |project, _, stamp| project.removed(why.reason, stamp)).await
}

/// Restore a removed draft.
///
/// It comes back as it was.
#[utoipa::path(tag = "project", security(("bearer" = ["project.restore"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/restore")]
pub(super) async fn restore_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Restore>,
) -> Result<Found<Project>, Problem> {
    act(&app, order, Asks::Nothing, |project, _, stamp| project.restored(stamp)).await
}

/// Set or lift a project's priority.
///
/// Priority projects receive government resources first (분야별 중요도가 높은 AX 프로젝트); reason, decider and day are public.
#[utoipa::path(tag = "project", security(("bearer" = ["project.prioritise"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/priority")]
pub(super) async fn prioritise_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Prioritise>,
    Json(new): Json<Prioritise>,
) -> Result<Found<Project>, Problem> {
    let order = order.because(new.priority.as_ref().map(|priority| &priority.reason));
    act(&app, order, Asks::Nothing, |project, _, stamp| project.prioritised(new.priority, stamp)).await
}

/// Add an attachment.
///
/// What is known of the file: its name, type, size and digest. The bytes are kept elsewhere.
#[utoipa::path(tag = "project", security(("bearer" = ["project.attach"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/attachments")]
pub(super) async fn attach_project_file(
    app: Data<App>,
    Allowed(order): Allowed<action::Attach>,
    Json(new): Json<NewAttachment>,
) -> Result<Found<Project>, Problem> {
    let id: domain::project::AttachmentId = app.chance.id();
    act(&app, order, Asks::Nothing, |project, _, stamp| project.attached(id, new, stamp)).await
}
