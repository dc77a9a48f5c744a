//! Entering and changing projects (과제 등록·수정).

use super::{
    act::{act, facts, keep, stamp},
    body::{CreateProject, PartPath, Prioritise, Reason},
    references,
};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Patch, Path, Problem},
};
use actix_web::{delete, patch, post, put, web::Data};
use domain::{
    access::{FORBIDDEN, Role, act::project as action},
    problem::Refusal,
    project::{NewAttachment, NewPart, Project, ProjectChange, ProjectId, ProjectMoney, SimilarCandidate},
    similar::{Profile, SIMILAR, candidates},
};

/// Enter a project.
///
/// A draft, seen only by the bodies that share in it until it is filed. The leading body must be in force; the shares of
/// lead and partners add up to 100 %.
#[utoipa::path(tag = "project", security(("bearer" = ["project.create"])))]
#[post("/projects")]
pub(super) async fn create_project(
    app: Data<App>,
    Allowed(order): Allowed<action::Create>,
    Json(new): Json<CreateProject>,
) -> Result<Created<Project>, Problem> {
    let id: ProjectId = app.chance.id();
    let order = order.on(&new.project.lead_body);
    let made = app
        .store
        .write(order, async |tx, permit| {
            let today = tx.at().day();
            let lead = permit.on().takes_new(today, "/project/lead_body");
            let year = domain::day::FiscalYear::new(today.year()).map_err(Problem::internal)?;
            let code = store::project::next_code(tx, year).await?;
            let project = Project::new(id, code, new.project, lead, stamp(tx, permit))?;
            references::check(tx, None, &project).await?;
            Ok::<_, Problem>(store::project::add(tx, permit, project, &ProjectMoney::default()).await?)
        })
        .await?;
    let version = made.version;
    Ok(Created::under("/v1/projects", id, version, made))
}

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
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on();
            let changed = before.clone().changed(change, stamp(tx, permit))?;
            references::check(tx, Some(before), &changed).await?;
            if changed.is_filed() {
                let facts = facts(tx, before).await?;
                return keep(tx, permit, &facts, changed).await;
            }
            Ok::<_, Problem>(store::project::save(tx, permit, changed).await?)
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
    act(&app, order, |project, _, stamp| {
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
    act(&app, order, |project, _, stamp| project.removed(why.reason, stamp)).await
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
    act(&app, order, |project, _, stamp| project.restored(stamp)).await
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
    act(&app, order, |project, _, stamp| project.prioritised(new.priority, stamp)).await
}

/// Confirm that similar projects were looked at.
///
/// The candidates are computed anew and kept with the confirmation, so that it can be seen later what was shown.
#[utoipa::path(tag = "project", security(("bearer" = ["project.confirm_similar"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[post("/projects/{project}/similar-confirmation")]
pub(super) async fn confirm_project_similar(
    app: Data<App>,
    Allowed(order): Allowed<action::ConfirmSimilar>,
) -> Result<Found<Project>, Problem> {
    let shown = match app.store.look(&order).await {
        Ok(permit) => similar(&app, order.actor(), permit.on()).await?,
        Err(_) => Vec::new(),
    };
    act(&app, order, |project, _, stamp| project.similar_confirmed(shown, stamp)).await
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
    act(&app, order, |project, _, stamp| project.attached(id, new, stamp)).await
}

/// Those like a project, most alike first, among the projects that the reader may see.
pub(super) async fn similar(
    app: &App,
    actor: &domain::access::Actor,
    project: &Project,
) -> Result<Vec<SimilarCandidate>, Problem> {
    let summary = project.summary.as_ref().map_or("", |s| s.as_str());
    let found = alike(app, actor, project.title.ko.as_str(), summary, Some(project.id)).await?;
    Ok(found.into_iter().map(|(other, score)| SimilarCandidate { project: other.id, score }).collect())
}

/// At most this many are shown.
const SHOWN: usize = 10;

pub(super) async fn alike(
    app: &App,
    actor: &domain::access::Actor,
    title: &str,
    summary: &str,
    but: Option<ProjectId>,
) -> Result<Vec<(Project, domain::rate::Share)>, Problem> {
    let scope = domain::access::scope::<action::Read>(actor);
    let others = store::project::similar_to(&app.store, &scope, title, but).await?;
    let profile = |p: &Project| Profile::of(p.title.ko.as_str(), p.summary.as_ref().map_or("", |s| s.as_str()));
    let profiles: Vec<Profile> = others.iter().map(profile).collect();
    let among = others.iter().zip(&profiles);
    let found = candidates(&Profile::of(title, summary), among, SIMILAR, SHOWN);
    Ok(found.into_iter().map(|c| (c.what.clone(), c.score)).collect())
}
