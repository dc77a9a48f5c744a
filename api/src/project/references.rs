//! What a project refers to must exist (참조 확인): bodies in force, regions, programmes, and other projects.

use crate::http::Problem;
use domain::{
    access::{Actor, act::project as action, scope},
    day::Day,
    problem::{Fault, NOT_KNOWN},
    project::{Project, ProjectId, looping_ties, problems::LINEAGE_LOOP},
};
use store::{Known, Tx};

/// Every reference to nothing. Only what is new compared with `before` is looked up: what was right once stays in the
/// record, also when a body has closed since.
pub(crate) async fn faults(
    tx: &Tx,
    known: &Known,
    actor: &Actor,
    before: Option<&Project>,
    after: &Project,
) -> Result<Vec<Fault>, Problem> {
    let today = tx.at().day();
    let mut faults = keys(known, before, after, today);
    if !faults.is_empty() {
        // Another process may have entered it a moment ago.
        faults = keys(&tx.known().await?, before, after, today);
    }
    let ties = |p: &Project| p.links.iter().map(|l| (l.kind, l.project)).collect::<Vec<_>>();
    let old = before.map(ties).unwrap_or_default();
    if ties(after).iter().all(|tie| old.contains(tie)) {
        return Ok(faults);
    }
    let linked = |p: &Project| p.links.iter().map(|l| l.project).collect::<Vec<ProjectId>>();
    let old = before.map(linked).unwrap_or_default();
    let new: Vec<ProjectId> = linked(after).into_iter().filter(|id| !old.contains(id)).collect();
    let unseen = store::project::unseen(tx, &scope::<action::Read>(actor), &new).await?;
    let wrong = after.links.iter().enumerate().filter(|(_, link)| unseen.contains(&link.project));
    faults.extend(wrong.map(|(at, _)| Fault::new(format!("/links/{at}/project"), &NOT_KNOWN)));
    let told = store::project::steps_around(tx, after).await?;
    faults.extend(looping_ties(after, &told).into_iter().map(|at| Fault::new(format!("/links/{at}"), &LINEAGE_LOOP)));
    Ok(faults)
}

/// Bodies, regions and programmes. A body that has closed takes no new project, as partner no more than as lead.
fn keys(known: &Known, before: Option<&Project>, after: &Project, today: Day) -> Vec<Fault> {
    let mut faults = Vec::new();
    let missing = |at: String| Fault::new(at, &NOT_KNOWN);
    for (at, partner) in after.partners.iter().enumerate() {
        let (at, body) = (format!("/partners/{at}/body"), &partner.body);
        if before.is_some_and(|b| b.involves(body)) {
            continue;
        }
        match known.body(body) {
            Some(body) => faults.extend(body.takes_new(today, &at).err()),
            None => faults.push(missing(at)),
        }
    }
    for (at, region) in after.regions.iter().enumerate() {
        if !before.is_some_and(|b| b.regions.contains(region)) && !known.has_region(region) {
            faults.push(missing(format!("/regions/{at}")));
        }
    }
    if let Some(programme) = &after.programme
        && before.is_none_or(|b| b.programme.as_ref() != Some(programme))
        && !known.has_programme(programme)
    {
        faults.push(missing("/programme".to_owned()));
    }
    faults
}
