//! One act upon one project (과제 행위): the facts, the rule, the rating, the record.

use crate::{
    App,
    http::{Found, Problem},
};
use domain::{
    access::{Action, Permit},
    body::Body,
    day::Day,
    problem::{Fault, NOT_KNOWN, Refusal},
    project::{Facts, Project, Stamp},
};
use store::{Order, Purpose, Tx};

/// Does one act: loads what the rules must be told, applies the rule, rates the result anew and keeps it.
pub(super) async fn act<A: Action<On = Project>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(Project, &Facts, Stamp) -> Result<Project, Refusal>,
) -> Result<Found<Project>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let facts = facts(tx, permit.on()).await?;
            Ok::<_, Problem>(keep(tx, permit, &facts, rule(permit.on().clone(), &facts, stamp(tx, permit))?).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Rates a project anew and keeps it.
pub(super) async fn keep<A: Action<On = Project>>(
    tx: &Tx,
    permit: &Permit<A>,
    facts: &Facts,
    project: Project,
) -> Result<Project, Problem> {
    Ok(store::project::save(tx, permit, project.rerated(facts, tx.at())).await?)
}

/// When and by whom.
pub(super) fn stamp<A: Action>(tx: &Tx, permit: &Permit<A>) -> Stamp {
    Stamp { at: tx.at(), by: permit.actor().id }
}

/// What the rules must be told about a project: today, its money, and whether its lead still exists.
pub(super) async fn facts(tx: &Tx, project: &Project) -> Result<Facts, Problem> {
    let today = tx.at().day();
    let money = store::project::money(tx, project.id).await?;
    let lead = tx.load::<Body>(project.lead_body.as_str(), Purpose::Look).await?;
    Ok(Facts { today, budget: money.facts(), lead: lead_stands(lead.as_ref(), today) })
}

fn lead_stands(lead: Option<&Body>, today: Day) -> Result<(), Fault> {
    lead.map_or_else(|| Err(Fault::new("/lead_body", &NOT_KNOWN)), |body| body.takes_new(today, "/lead_body"))
}
