//! The result (평가 결과): what became of every application, and of every track's money.

use super::{
    dossier::{Application, ApplicationState, Printed, Scoring, Track},
    score::{Scored, Standing},
    select::{Fate, Place},
};
use crate::{
    code_list,
    cost_share::Split,
    fraction::{Fraction, Rounded},
    money::Won,
    project::Sha256,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of this document's form.
pub const RESULT_SCHEMA: &str = "axtrack.evaluation-result/1";

/// The result of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evaluation {
    /// The form: [`RESULT_SCHEMA`].
    pub schema: &'static str,
    /// SHA-256 of the dossier in its canonical form (RFC 8785).
    pub inputs_sha256: Sha256,
    /// In the order of the call.
    pub tracks: Vec<TrackResult>,
    /// In byte order of their ids.
    pub applications: Vec<Placed>,
}

/// What a track gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrackResult {
    /// Its code.
    pub code: String,
    /// The money there was.
    pub envelope: Won,
    /// The national money of those selected.
    pub committed: Won,
    /// What is left.
    pub remaining: Won,
    /// How many were selected.
    pub awards: usize,
    /// Whether a lot must be drawn before anybody behind can be looked at.
    pub lot_required: bool,
}

code_list! {
    /// What became of an application.
    pub enum Outcome {
        /// It gets an award.
        Selected = "selected" / "선정",
        /// It stands by.
        Reserve = "reserve" / "예비",
        /// It passed and gets nothing.
        NotSelected = "not_selected" / "미선정",
        /// It did not reach the cut.
        BelowCut = "below_cut" / "기준 점수 미달",
        /// Too few members have scored it.
        NoQuorum = "no_quorum" / "평가 정족수 미달",
        /// It was not eligible.
        Ineligible = "ineligible" / "부적격",
        /// It was withdrawn.
        Withdrawn = "withdrawn" / "철회",
    }
}

code_list! {
    /// Why an application that passed was not selected.
    pub enum Reason {
        /// Every award was given.
        AwardsFull = "awards_full" / "선정 수 충족",
        /// The money left does not suffice.
        EnvelopeShort = "envelope_short" / "예산 부족",
        /// The walk had ended before.
        AfterStop = "after_stop" / "앞 순위에서 중단",
        /// Not all of equal rank fit: a lot decides.
        LotRequired = "lot_required" / "추첨 필요",
    }
}

/// What became of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// Which.
    pub id: String,
    /// In which track.
    pub track: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was not selected, if it passed.
    pub reason: Option<Reason>,
    /// Its place among those that stand by.
    pub reserve_order: Option<usize>,
    /// Its rank in the track.
    pub rank: Option<usize>,
    /// How many sheets counted.
    pub valid_sheets: Option<usize>,
    /// Whose sheets were dropped: the highest, then the lowest.
    pub dropped_members: Vec<String>,
    /// The mean as a fraction in lowest terms.
    pub mean_exact: Option<Fraction>,
    /// The mean, rounded.
    pub mean: Option<Rounded>,
    /// The final score.
    pub r#final: Option<Rounded>,
    /// The mean of every criterion, rounded.
    pub criterion_means: Option<BTreeMap<String, Rounded>>,
    /// Who pays what; for eligible ones.
    pub cost_share: Option<Shared>,
}

/// Who pays what, with the ratio it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// As published; none for a flat rate.
    pub indicator_value: Option<Printed>,
    /// The split.
    #[serde(flatten)]
    pub split: Split,
}

/// What is told of an application of this track, with its place if it was ranked.
pub(super) fn placed(scoring: &Scoring, track: &Track, scored: &Scored<'_>, place: Option<&Place>) -> Placed {
    let Application { id, state, indicator, .. } = scored.application;
    let blank = Placed {
        id: id.clone(),
        track: track.code.clone(),
        outcome: if *state == ApplicationState::Withdrawn { Outcome::Withdrawn } else { Outcome::Ineligible },
        reason: None,
        reserve_order: None,
        rank: place.map(|place| place.rank),
        valid_sheets: None,
        dropped_members: Vec::new(),
        mean_exact: None,
        mean: None,
        r#final: None,
        criterion_means: None,
        cost_share: scored.split.map(|split| Shared { indicator_value: indicator.clone(), split }),
    };
    match &scored.standing {
        Standing::Out => blank,
        Standing::NoQuorum(sheets) => Placed { outcome: Outcome::NoQuorum, valid_sheets: Some(*sheets), ..blank },
        Standing::Score(score) => {
            let rounded = |mean: &Fraction| mean.rounded(scoring.decimals);
            let (outcome, reason, reserve_order) = match place.map(|place| place.fate) {
                None => (Outcome::BelowCut, None, None),
                Some(Fate::Selected) => (Outcome::Selected, None, None),
                Some(Fate::Reserve(order, reason)) => (Outcome::Reserve, Some(reason), Some(order)),
                Some(Fate::NotSelected(reason)) => (Outcome::NotSelected, Some(reason), None),
            };
            Placed {
                outcome,
                reason,
                reserve_order,
                valid_sheets: Some(score.sheets),
                dropped_members: score.dropped.iter().map(ToString::to_string).collect(),
                mean_exact: Some(score.mean),
                mean: Some(rounded(&score.mean)),
                r#final: Some(score.last),
                criterion_means: Some(
                    score.criteria.iter().map(|(code, mean)| ((*code).to_owned(), rounded(mean))).collect(),
                ),
                ..blank
            }
        }
    }
}
