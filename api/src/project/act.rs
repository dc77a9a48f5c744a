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

/// What a rule must be told beside the day. What it does not ask for is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// Nothing more.
    Nothing,
    /// What gates ask: the sums of the budget lines, and what the advisory group was asked and has advised.
    Gate,
    /// Whether the lead body takes something new.
    Lead,
}

/// Does one act: loads what the rule must be told, applies it, rates the result anew and keeps it.
pub(super) async fn act<A: Action<On = Project>>(
    app: &App,
    order: Order<A>,
    asks: Asks,
    rule: impl FnOnce(Project, &Facts, Stamp) -> Result<Project, Refusal>,
) -> Result<Found<Project>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let facts = facts(tx, permit.on(), asks).await?;
            let after = rule(permit.on().clone(), &facts, stamp(tx, permit))?;
            keep(tx, permit, facts, asks, after).await
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Rates a project anew and keeps it.
pub(super) async fn keep<A: Action<On = Project>>(
    tx: &Tx,
    permit: &Permit<A>,
    mut facts: Facts,
    told: Asks,
    project: Project,
) -> Result<Project, Problem> {
    if project.rating_needs_money() && told != Asks::Gate {
        facts.budget = store::project::money(tx, project.id).await?.facts();
    }
    Ok(store::project::save(tx, permit, project.rerated(&facts, tx.at())).await?)
}

/// When and by whom.
pub(crate) fn stamp<A: Action>(tx: &Tx, permit: &Permit<A>) -> Stamp {
    Stamp { at: tx.at(), by: permit.actor().id }
}

/// When and by whom, of somebody who looks and changes nothing.
pub(crate) fn stamp_now<A: Action>(app: &App, permit: &Permit<A>) -> Stamp {
    Stamp { at: app.clock.now(), by: permit.actor().id }
}

async fn facts(tx: &Tx, project: &Project, asks: Asks) -> Result<Facts, Problem> {
    let mut facts = Facts::on(tx.at().day());
    match asks {
        Asks::Nothing => {}
        Asks::Gate => {
            facts.budget = store::project::money(tx, project.id).await?.facts();
            facts.advice = store::consultation::facts(tx, project.id).await?;
        }
        Asks::Lead => {
            let lead = tx.load::<Body>(project.lead_body.as_str(), Purpose::Look).await?;
            facts.lead = lead_stands(lead.as_ref(), facts.today);
        }
    }
    Ok(facts)
}

/// Whether a lead body takes something new.
pub(crate) fn lead_stands(lead: Option<&Body>, today: Day) -> Result<(), Fault> {
    lead.map_or_else(|| Err(Fault::new("/lead_body", &NOT_KNOWN)), |body| body.takes_new(today, "/lead_body"))
}
