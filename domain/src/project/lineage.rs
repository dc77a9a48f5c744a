//! Lineage (선후행 관계): from which projects one came and which came out of it.

use super::{LinkKind, Project, ProjectId};

/// A project's ancestors and descendants, nearest first, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    /// Predecessors, their predecessors, and so on.
    pub before: Vec<ProjectId>,
    /// Follow-ups, their follow-ups, and so on.
    pub after: Vec<ProjectId>,
}

impl Project {
    /// The steps that this project's ties tell, each from the earlier project to the later one.
    pub fn steps(&self) -> impl Iterator<Item = (ProjectId, ProjectId)> {
        self.links.iter().filter_map(|link| match link.kind {
            LinkKind::Predecessor => Some((link.project, self.id)),
            LinkKind::FollowUp => Some((self.id, link.project)),
            LinkKind::Similar | LinkKind::Joint => None,
        })
    }
}

/// The lineage of a project in a set of steps (earlier, later). Ends even if the steps run in a circle.
pub fn lineage(of: ProjectId, steps: &[(ProjectId, ProjectId)]) -> Lineage {
    let backwards: Vec<_> = steps.iter().map(|(earlier, later)| (*later, *earlier)).collect();
    Lineage { before: reached(of, &backwards), after: reached(of, steps) }
}

/// The ties of this record that, together with the steps that others tell, would let a project come before itself.
pub fn looping_ties(project: &Project, told_by_others: &[(ProjectId, ProjectId)]) -> Vec<usize> {
    let steps: Vec<_> = project.steps().chain(told_by_others.iter().copied()).collect();
    let ties = project.links.iter().enumerate().filter(|(_, link)| match link.kind {
        LinkKind::Predecessor => reached(project.id, &steps).contains(&link.project),
        LinkKind::FollowUp => reached(link.project, &steps).contains(&project.id),
        LinkKind::Similar | LinkKind::Joint => false,
    });
    ties.map(|(at, _)| at).collect()
}

/// True when some project comes before itself through these steps.
pub fn loops(steps: &[(ProjectId, ProjectId)]) -> bool {
    steps.iter().any(|(earlier, later)| earlier == later || reached(*later, steps).contains(earlier))
}

fn reached(from: ProjectId, steps: &[(ProjectId, ProjectId)]) -> Vec<ProjectId> {
    let mut found: Vec<ProjectId> = Vec::new();
    let mut edge = vec![from];
    while !edge.is_empty() {
        let next = steps.iter().filter(|(a, _)| edge.contains(a)).map(|(_, b)| *b);
        let mut fresh: Vec<_> = next.filter(|b| *b != from && !found.contains(b)).collect();
        fresh.sort_unstable();
        fresh.dedup();
        found.extend_from_slice(&fresh);
        edge = fresh;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn id(n: u128) -> ProjectId {
        Id::new(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn ancestors_and_descendants_are_found_once() {
        let steps = [(1, 2), (2, 3), (1, 3), (3, 4), (9, 8)].map(|(a, b)| (id(a), id(b)));
        let of = |n| lineage(id(n), &steps);
        assert_eq!(of(3), Lineage { before: vec![id(1), id(2)], after: vec![id(4)] });
        assert_eq!(of(1).after, [id(2), id(3), id(4)]);
        assert!(!loops(&steps));
    }

    #[test]
    fn a_tie_that_closes_a_circle_is_named() {
        let mut project = super::super::sample::draft();
        let tie = |kind, n| super::super::ProjectLink { kind, project: id(n), note: None };
        project.links = vec![tie(LinkKind::Similar, 1), tie(LinkKind::Predecessor, 2), tie(LinkKind::FollowUp, 3)];
        let me = project.id;
        assert_eq!(looping_ties(&project, &[(id(1), id(2))]), [0; 0]);
        assert_eq!(looping_ties(&project, &[(id(3), id(1)), (id(1), id(2))]), [1, 2]);
        assert_eq!(looping_ties(&project, &[(me, id(2))]), [1]);
    }

    #[test]
    fn circles_are_seen_and_survived() {
        let steps = [(1, 2), (2, 3), (3, 1)].map(|(a, b)| (id(a), id(b)));
        assert!(loops(&steps) && loops(&[(id(5), id(5))]));
        assert_eq!(lineage(id(1), &steps).after, [id(2), id(3)]);
    }
}
