//! Entering projects (과제 등록), together with their budget lines.

use super::{
    act::stamp,
    body::{CreateProject, NewProjectLine},
    references,
};
use crate::{
    App,
    http::{Allowed, Created, Json, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::{Permit, act, act::project as action, permit as allow},
    budget::{Opened, ProjectFacts, Refers, Stamp as Booked, open},
    day::FiscalYear,
    id::Id,
    problem::{Fault, Refusal},
    project::{Project, ProjectId, ProjectMoney},
};
use store::{StoreError, Tx};

/// Enter a project.
///
/// A draft, seen only by the bodies that share in it until it is filed. The leading body must be in force; the shares of
/// lead and partners add up to 100 %. Its budget lines come with it or not at all.
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
            if new.budget_lines.is_empty() {
                return Ok(store::project::add(tx, permit, project, &ProjectMoney::default()).await?);
            }
            // Whoever opens lines needs the right to do so, which is another row of the policy table.
            let may = allow::<act::budget::Create>(permit.actor(), permit.on().clone()).map_err(StoreError::from)?;
            let by = Booked { at: tx.at(), by: Id::new(permit.actor().id.get()) };
            let opened = opened(&app, tx, &may, &project, new.budget_lines, by).await?;
            let money = ProjectMoney::of(opened.iter().map(|o| &o.line)).map_err(Refusal::from)?;
            let project = store::project::add(tx, permit, project, &money).await?;
            store::budget::add_with_project(tx, &may, &opened).await?;
            Ok::<_, Problem>(project)
        })
        .await?;
    let version = made.version;
    Ok(Created::under("/v1/projects", made.id, version, made))
}

/// The lines as they are opened, or everything that is wrong with any of them.
async fn opened(
    app: &App,
    tx: &Tx,
    may: &Permit<act::budget::Create>,
    project: &Project,
    lines: Vec<NewProjectLine>,
    by: Booked,
) -> Result<Vec<Opened>, Problem> {
    let bodies = project.shares().map(|(body, _)| body.clone()).collect();
    let facts = ProjectFacts { id: project.id, bodies, filed: project.is_filed() };
    let (mut opened, mut refused): (Vec<Opened>, Option<Refusal>) = (Vec::new(), None);
    for (at, line) in lines.into_iter().enumerate() {
        let envelope = match &line.envelope {
            Some(key) => store::budget::envelope(tx, key).await?,
            None => None,
        };
        let refers = Refers {
            body: Some(may.on()),
            project: Some(facts.clone()),
            envelope: envelope.as_ref(),
            ..Refers::default()
        };
        let line = line.of(project.lead_body.clone(), project.id);
        match open(line, refers, app.chance.id(), app.chance.id(), by) {
            Ok(one) => opened.push(one),
            Err(refusal) => {
                let refusal = under(&format!("/budget_lines/{at}"), refusal);
                match &mut refused {
                    Some(first) => first.faults.extend(refusal.faults),
                    None => refused = Some(refusal),
                }
            }
        }
    }
    refused.map_or(Ok(opened), |refusal| Err(refusal.into()))
}

/// The same refusal with its faults found under a member of what was sent.
fn under(member: &str, refusal: Refusal) -> Refusal {
    let moved = |fault: Fault| Fault { pointer: format!("{member}{}", fault.pointer), ..fault };
    Refusal { faults: refusal.faults.into_iter().map(moved).collect(), ..refusal }
}
