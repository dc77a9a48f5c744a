//! What a project refers to must exist (참조 확인): bodies in force, and other projects.

use crate::http::Problem;
use domain::{
    access::BodyKey,
    problem::{Fault, NOT_KNOWN, Refusal},
    project::{Project, ProjectId},
};
use store::Tx;

/// Refuses references to nothing, all at once. Only what is new compared with `before` is looked up: what was right
/// once stays in the record.
pub(super) async fn check(tx: &Tx, before: Option<&Project>, after: &Project) -> Result<(), Problem> {
    let mut faults = Vec::new();
    let known = |body: &BodyKey| before.is_some_and(|b| b.involves(body));
    let named: Vec<(String, BodyKey)> = after
        .partners
        .iter()
        .enumerate()
        .filter(|(_, p)| !known(&p.body))
        .map(|(at, p)| (format!("/partners/{at}/body"), p.body.clone()))
        .collect();
    if !named.is_empty() {
        let keys: Vec<BodyKey> = named.iter().map(|(_, key)| key.clone()).collect();
        let unknown = store::body::unknown(tx, &keys).await?;
        faults.extend(
            named.into_iter().filter(|(_, key)| unknown.contains(key)).map(|(at, _)| Fault::new(at, &NOT_KNOWN)),
        );
    }
    let linked = |p: &Project| p.links.iter().map(|l| l.project).collect::<Vec<ProjectId>>();
    let old = before.map(linked).unwrap_or_default();
    let new: Vec<ProjectId> = linked(after).into_iter().filter(|id| !old.contains(id)).collect();
    let unknown = store::project::unknown(tx, &new).await?;
    let wrong = after.links.iter().enumerate().filter(|(_, link)| unknown.contains(&link.project));
    faults.extend(wrong.map(|(at, _)| Fault::new(format!("/links/{at}/project"), &NOT_KNOWN)));
    Ok(Refusal::unless_clean(faults)?)
}
