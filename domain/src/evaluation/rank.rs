//! Ranks (순위): by the published score, then by the tie keys; equals share a rank and the next one skips (1, 2, 2, 4).

use super::{
    dossier::{Scoring, TieKey},
    score::{Passed, Score, Scored, Standing},
};
use crate::money::Won;
use std::cmp::Ordering;

/// Those that share a rank, in byte order of their ids.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub rank: usize,
    pub members: Vec<Ranked<'a>>,
}

/// One of them, with the national money it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked<'a> {
    pub id: &'a str,
    pub national: Won,
}

/// Those of a track that passed, best first.
pub(super) fn ranked<'a>(scoring: &Scoring, track: &[&'a Scored<'_>]) -> Vec<Group<'a>> {
    let mut passed: Vec<(&Scored<'_>, &Score<'_>)> = track
        .iter()
        .filter_map(|scored| match &scored.standing {
            Standing::Score(score) if score.passed == Passed::Yes => Some((*scored, score)),
            _ => None,
        })
        .collect();
    passed.sort_by(|a, b| order(scoring, *a, *b).then_with(|| a.0.application.id.cmp(&b.0.application.id)));
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut before = 0_usize;
    for same in passed.chunk_by(|a, b| order(scoring, *a, *b).is_eq()) {
        let members = same.iter().map(|(scored, _)| Ranked {
            id: scored.application.id.as_str(),
            national: scored.split.map_or(Won::ZERO, |split| split.national),
        });
        groups.push(Group { rank: before.saturating_add(1), members: members.collect() });
        before = before.saturating_add(same.len());
    }
    groups
}

/// How two stand to one another, the better first.
fn order(scoring: &Scoring, a: (&Scored<'_>, &Score<'_>), b: (&Scored<'_>, &Score<'_>)) -> Ordering {
    let by = |key: &TieKey| match key {
        TieKey::Criterion(code) => mean(b.1, code).cmp(&mean(a.1, code)),
        TieKey::SubmittedAt => a.0.application.submitted_at.cmp(&b.0.application.submitted_at),
    };
    let keys = scoring.tie_keys.iter().map(by);
    std::iter::once(b.1.last.cmp(&a.1.last)).chain(keys).find(|way| way.is_ne()).unwrap_or(Ordering::Equal)
}

fn mean(score: &Score<'_>, code: &str) -> Option<crate::fraction::Fraction> {
    score.criteria.iter().find(|(criterion, _)| *criterion == code).map(|(_, mean)| *mean)
}
