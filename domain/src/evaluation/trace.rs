//! How a result comes about (산출 과정): which sheets counted, what was added and taken away, and how the money went down the
//! ranking, step by step.

use super::{
    Evaluation, Lot, Outcome, Placed, Reason,
    dossier::{Dossier, Sheet, TieKey, Track},
    read::Read,
    score::{self, Passed, Score, Scored, Standing},
};
use crate::{
    application::ApplicationId,
    call::TrackCode,
    code_list,
    committee::MemberId,
    decimal::Decimal,
    fraction::{Fraction, Rounded},
    money::Won,
    project::Sha256,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How a result comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EvaluationTrace)]
pub struct Trace {
    /// The hash of the dossier.
    pub inputs_sha256: Sha256,
    /// The money, track by track in the order of the call.
    #[schema(max_items = 3)]
    pub tracks: Vec<TracedTrack>,
    /// The scores, in byte order of the applications' ids; of those that are eligible.
    #[schema(max_items = 10_000)]
    pub applications: Vec<TracedApplication>,
}

/// How the money of a track went down its ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TracedTrack {
    /// The track.
    #[schema(value_type = TrackCode)]
    pub code: String,
    /// From the best on.
    #[schema(max_items = 10_000)]
    pub steps: Vec<TracedStep>,
}

/// One step down the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TracedStep {
    /// Which application.
    #[schema(value_type = ApplicationId)]
    pub application: String,
    /// Its rank.
    #[schema(minimum = 1, maximum = 10_000)]
    pub rank: usize,
    /// How many awards were left.
    #[schema(minimum = 0, maximum = 10_000)]
    pub awards_left: usize,
    /// What was left of the envelope.
    pub envelope_left: Won,
    /// What it needs of it.
    pub national: Won,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was not selected.
    pub reason: Option<Reason>,
}

/// How a score comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TracedApplication {
    /// Which application.
    #[schema(value_type = ApplicationId)]
    pub id: String,
    /// Its sheets, in byte order of the members.
    #[schema(max_items = 1000)]
    pub sheets: Vec<TracedSheet>,
    /// How many sheets were kept.
    #[schema(minimum = 0, maximum = 1000)]
    pub kept: usize,
    /// The sum of their totals.
    pub kept_total: Decimal,
    /// That sum over that many; none without a quorum.
    pub mean_exact: Option<Fraction>,
    /// Bonus points that were given.
    pub bonus: Decimal,
    /// How much of them counts.
    pub bonus_counted: Decimal,
    /// Penalty points.
    pub penalty: Decimal,
    /// The final score.
    pub r#final: Option<Rounded>,
    /// What had to be reached.
    pub cut: Decimal,
    /// Whether it was.
    pub passed: bool,
    /// What decides between equal scores, the strongest first.
    #[schema(max_items = 51)]
    pub ties: Vec<TracedTie>,
}

/// What decides between equal scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TracedTie {
    /// By what.
    pub key: TieKey,
    /// What it is here: a fraction, or an instant.
    #[schema(max_length = 100, pattern = "^[-0-9/TZ:.]*$", example = "71/2")]
    pub value: String,
}

/// A sheet and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TracedSheet {
    /// Whose.
    #[schema(value_type = MemberId)]
    pub member: String,
    /// The sum of its scores.
    pub total: Decimal,
    /// What became of it.
    pub r#use: SheetUse,
}

code_list! {
    /// What became of a sheet.
    pub enum SheetUse {
        /// It was kept.
        Kept = "kept" / "반영",
        /// It was dropped as the highest.
        DroppedHighest = "dropped_highest" / "최고점 제외",
        /// It was dropped as the lowest.
        DroppedLowest = "dropped_lowest" / "최저점 제외",
        /// Its member takes no part in this application.
        Excluded = "excluded" / "제척·기피·회피",
    }
}

/// How this result of this dossier comes about, after these lots.
pub fn trace(read: &Read, lots: &[Lot], result: &Evaluation) -> Trace {
    let dossier = read.dossier();
    let excluded: BTreeSet<(&str, &str)> =
        dossier.exclusions.iter().map(|e| (e.application.as_str(), e.member.as_str())).collect();
    let mut sheets: BTreeMap<&str, Vec<&Sheet>> = BTreeMap::new();
    for sheet in &dossier.sheets {
        sheets.entry(&sheet.application).or_default().push(sheet);
    }
    let none = Vec::new();
    let scored = score::all(dossier);
    let traced = scored.iter().filter(|scored| !matches!(scored.standing, Standing::Out)).map(|scored| {
        let id = scored.application.id.as_str();
        application(dossier, scored, sheets.get(id).unwrap_or(&none), |member| excluded.contains(&(id, member)))
    });
    let mut applications: Vec<TracedApplication> = traced.collect();
    applications.sort_by(|one, other| one.id.cmp(&other.id));
    let tracks = dossier.call.tracks.iter().map(|one| track(one, lots, result)).collect();
    Trace { inputs_sha256: read.sha256().clone(), tracks, applications }
}

fn application(
    dossier: &Dossier,
    scored: &Scored<'_>,
    sheets: &[&Sheet],
    excluded: impl Fn(&str) -> bool,
) -> TracedApplication {
    let scoring = &dossier.call.scoring;
    let score: Option<&Score<'_>> = match &scored.standing {
        Standing::Score(score) => Some(score),
        Standing::Out | Standing::NoQuorum(_) => None,
    };
    let dropped = score.map_or(&[][..], |score| score.dropped.as_slice());
    let of = |sheet: &&Sheet| TracedSheet {
        member: sheet.member.clone(),
        total: Decimal::sum(sheet.scores.values().copied()),
        r#use: match dropped.iter().position(|member| *member == sheet.member) {
            _ if excluded(&sheet.member) => SheetUse::Excluded,
            Some(0) => SheetUse::DroppedHighest,
            Some(_) => SheetUse::DroppedLowest,
            None => SheetUse::Kept,
        },
    };
    let mut sheets: Vec<TracedSheet> = sheets.iter().map(of).collect();
    sheets.sort_by(|one, other| one.member.cmp(&other.member));
    let kept = || sheets.iter().filter(|sheet| sheet.r#use == SheetUse::Kept);
    let bonus = Decimal::sum(scored.application.bonuses.iter().map(|points| points.points));
    let tie = |key: &TieKey| TracedTie {
        key: key.clone(),
        value: match key {
            TieKey::SubmittedAt => scored.application.submitted_at.to_string(),
            TieKey::Criterion(code) => {
                let mean = score.and_then(|score| score.criteria.iter().find(|(criterion, _)| criterion == code));
                mean.map(|(_, mean)| mean.to_string()).unwrap_or_default()
            }
        },
    };
    TracedApplication {
        id: scored.application.id.clone(),
        kept: kept().count(),
        kept_total: Decimal::sum(kept().map(|sheet| sheet.total)),
        mean_exact: score.map(|score| score.mean),
        bonus,
        bonus_counted: bonus.min(scoring.bonus_cap),
        penalty: Decimal::sum(scored.application.penalties.iter().map(|points| points.points)),
        r#final: score.map(|score| score.last),
        cut: scoring.cut,
        passed: score.is_some_and(|score| score.passed == Passed::Yes),
        ties: scoring.tie_keys.iter().map(tie).collect(),
        sheets,
    }
}

/// Down the ranking: equals in the order of their lot, and in byte order of their ids where there was none.
fn track(track: &Track, lots: &[Lot], result: &Evaluation) -> TracedTrack {
    let place = |id: &String| lots.iter().rev().find_map(|lot| lot.order.iter().position(|one| one == id));
    let mut ranked: Vec<(usize, &Placed)> = result
        .applications
        .iter()
        .filter(|placed| placed.track == track.code)
        .filter_map(|placed| Some((placed.rank?, placed)))
        .collect();
    ranked.sort_by_key(|(rank, placed)| (*rank, place(&placed.id), &placed.id));
    let (mut awards_left, mut left) = (track.max_awards, track.envelope);
    let steps = ranked.into_iter().map(|(rank, placed)| {
        let national = placed.cost_share.as_ref().map_or(Won::ZERO, |shared| shared.split.national);
        let (application, outcome, reason) = (placed.id.clone(), placed.outcome, placed.reason);
        let step = TracedStep { application, rank, awards_left, envelope_left: left, national, outcome, reason };
        if outcome == Outcome::Selected {
            awards_left = awards_left.saturating_sub(1);
            left = left.minus(national).unwrap_or(Won::ZERO);
        }
        step
    });
    TracedTrack { code: track.code.clone(), steps: steps.collect() }
}
