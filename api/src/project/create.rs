//! Entering projects (과제 등록), together with their budget lines.

use super::{act::stamp, body::CreateProject, references};
use crate::{
    App,
    http::{Allowed, Created, Json, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::act::project as action,
    day::FiscalYear,
    problem::{Fault, Refusal},
    project::{Project, ProjectId, ProjectMoney},
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
    let known = app.store.known().await?;
    let order = order.on(&new.project.lead_body);
    let made = app
        .store
        .write(order, async |tx, permit| {
            let today = tx.at().day();
            let lead = permit.on().takes_new(today, "/lead_body");
            let year = FiscalYear::new(today.year()).map_err(Problem::internal)?;
            let code = store::project::next_code(tx, year).await?;
            let project =
                Project::new(id, code, new.project, lead, stamp(tx, permit)).map_err(|r| under("/project", r))?;
            let missing = references::faults(tx, &known, permit.actor(), None, &project).await?;
            Refusal::unless_clean(missing).map_err(|refusal| under("/project", refusal))?;
            Ok::<_, Problem>(store::project::add(tx, permit, project, &ProjectMoney::default()).await?)
        })
        .await?;
    let version = made.version;
    Ok(Created::under("/v1/projects", made.id, version, made))
}

/// The same refusal with its faults found under a member of what was sent.
fn under(member: &str, refusal: Refusal) -> Refusal {
    let moved = |fault: Fault| Fault { pointer: format!("{member}{}", fault.pointer), ..fault };
    Refusal { faults: refusal.faults.into_iter().map(moved).collect(), ..refusal }
}
