//! Similar projects (유사 과제): found across ministries before anything is filed, and confirmed as looked at.

use super::{
    act::{Asks, act},
    body::{CompareTitle, SimilarProject, SimilarProjects},
};
use crate::{
    App,
    http::{Allowed, Caller, Found, Problem, Query, Scoped},
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{Actor, act::project as action},
    project::{Project, ProjectId, SimilarCandidate},
    rate::Share,
    similar::{Profile, SIMILAR, candidates},
};

/// Read which projects are like this one.
///
/// Across all bodies, as far as the reader may see; compared by pairs of characters, so that spacing does not matter.
#[utoipa::path(tag = "project", security(("bearer" = ["project.read"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[get("/projects/{project}/similar")]
pub(super) async fn read_project_similar(
    app: Data<App>,
    Allowed(order): Allowed<action::Read>,
) -> Result<Found<SimilarProjects>, Problem> {
    let permit = app.store.look(&order).await?;
    let project = permit.on();
    let summary = project.summary.as_ref().map_or("", |s| s.as_str());
    likes(&app, order.actor(), project.title.ko.as_str(), summary, Some(project.id)).await
}

/// Find projects like a title.
///
/// Before anything is entered: who does something like this already?
#[utoipa::path(tag = "project", params(CompareTitle), security(("bearer" = ["project.read"])))]
#[get("/projects/similar")]
pub(super) async fn find_similar_projects(
    app: Data<App>,
    Caller(actor): Caller,
    _: Scoped<action::Read>,
    Query(ask): Query<CompareTitle>,
) -> Result<Found<SimilarProjects>, Problem> {
    let summary = ask.summary.as_ref().map_or("", |s| s.as_str());
    likes(&app, &actor, ask.title.as_str(), summary, None).await
}

async fn likes(
    app: &App,
    actor: &Actor,
    title: &str,
    summary: &str,
    but: Option<ProjectId>,
) -> Result<Found<SimilarProjects>, Problem> {
    let items = alike(app, actor, title, summary, but).await?.into_iter().map(shown).collect();
    Ok(Found::new(SimilarProjects { items }))
}

fn shown((other, score): (Project, Share)) -> SimilarProject {
    SimilarProject {
        id: other.id,
        code: other.code,
        phase: other.phase(),
        title: other.title,
        lead_body: other.lead_body,
        score,
    }
}

/// The projects like a title and a summary that an actor may see, most alike first, at most ten.
pub(crate) async fn projects_like(
    app: &App,
    actor: &Actor,
    (title, summary): (&str, &str),
) -> Result<Vec<SimilarProject>, Problem> {
    Ok(alike(app, actor, title, summary, None).await?.into_iter().map(shown).collect())
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
    // Before the write: among many projects the search takes a while, for which no other writer should wait.
    let permit = app.store.ask(&order).await?;
    let shown = similar(&app, order.actor(), permit.on()).await?;
    act(&app, order, Asks::Nothing, |project, _, stamp| project.similar_confirmed(shown, stamp)).await
}

/// The same as they are kept with a confirmation that they were looked at.
pub(crate) async fn candidates_like(
    app: &App,
    actor: &Actor,
    (title, summary): (&str, &str),
) -> Result<Vec<SimilarCandidate>, Problem> {
    let found = alike(app, actor, title, summary, None).await?;
    Ok(found.into_iter().map(|(other, score)| SimilarCandidate { project: other.id, score }).collect())
}

/// Those like a project, most alike first, among the projects that the reader may see.
async fn similar(app: &App, actor: &Actor, project: &Project) -> Result<Vec<SimilarCandidate>, Problem> {
    let summary = project.summary.as_ref().map_or("", |s| s.as_str());
    let found = alike(app, actor, project.title.ko.as_str(), summary, Some(project.id)).await?;
    Ok(found.into_iter().map(|(other, score)| SimilarCandidate { project: other.id, score }).collect())
}

/// At most this many are shown.
const SHOWN: usize = 10;

async fn alike(
    app: &App,
    actor: &Actor,
    title: &str,
    summary: &str,
    but: Option<ProjectId>,
) -> Result<Vec<(Project, Share)>, Problem> {
    let scope = domain::access::scope::<action::Read>(actor);
    let others = store::project::similar_to(&app.store, &scope, title, but).await?;
    let profile = |p: &Project| Profile::of(p.title.ko.as_str(), p.summary.as_ref().map_or("", |s| s.as_str()));
    let profiles: Vec<Profile> = others.iter().map(profile).collect();
    let among = others.iter().zip(&profiles);
    let found = candidates(&Profile::of(title, summary), among, SIMILAR, SHOWN);
    Ok(found.into_iter().map(|c| (c.what.clone(), c.score)).collect())
}
