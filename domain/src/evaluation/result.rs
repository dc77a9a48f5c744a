//! The result (평가 결과): what became of every application, and of every track's money.

use super::{
    dossier::{Application, ApplicationState, Printed, Scoring, Track},
    score::{Scored, Standing},
    select::{Fate, Place},
};
use crate::{
    application::ApplicationId,
    call::{TrackCode, means},
    code_list,
    committee::MemberId,
    cost_share::Split,
    fraction::{Fraction, Rounded},
    money::Won,
    project::Sha256,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

/// The name of this document's form.
pub const RESULT_SCHEMA: &str = "axtrack.evaluation-result/1";

/// The result of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = EvaluationResult)]
pub struct Evaluation {
    /// The form: `axtrack.evaluation-result/1`.
    pub schema: ResultForm,
    /// SHA-256 of the dossier in its canonical form (RFC 8785).
    pub inputs_sha256: Sha256,
    /// In the order of the call.
    #[schema(max_items = 3)]
    pub tracks: Vec<TrackResult>,
    /// In byte order of their ids.
    #[schema(max_items = 10_000)]
    pub applications: Vec<Placed>,
}

/// The name of the result's form, [`RESULT_SCHEMA`] and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResultForm;

/// It is another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {RESULT_SCHEMA}")]
pub struct AnotherForm;

impl FromStr for ResultForm {
    type Err = AnotherForm;
    fn from_str(text: &str) -> Result<Self, AnotherForm> {
        if text == RESULT_SCHEMA { Ok(Self) } else { Err(AnotherForm) }
    }
}
impl Serialize for ResultForm {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(RESULT_SCHEMA)
    }
}
impl<'de> Deserialize<'de> for ResultForm {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for ResultForm {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some([RESULT_SCHEMA]))
            .description(Some("The name of the document's form."))
            .examples([RESULT_SCHEMA])
            .into()
    }
}
impl utoipa::ToSchema for ResultForm {
    fn name() -> std::borrow::Cow<'static, str> {
        "EvaluationResultForm".into()
    }
}

/// What a track gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = EvaluationTrackResult)]
pub struct TrackResult {
    /// Its code.
    #[schema(value_type = TrackCode)]
    pub code: String,
    /// The money there was.
    pub envelope: Won,
    /// The national money of those selected.
    pub committed: Won,
    /// What is left.
    pub remaining: Won,
    /// How many were selected.
    #[schema(minimum = 0, maximum = 10_000)]
    pub awards: usize,
    /// Whether a lot must be drawn before anybody behind can be looked at.
    pub lot_required: bool,
}

code_list! {
    /// What became of an application.
    #[schema(as = SelectionOutcome)]
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
    #[schema(as = NotSelectedReason)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = EvaluationPlace)]
pub struct Placed {
    /// Which.
    #[schema(value_type = ApplicationId)]
    pub id: String,
    /// In which track.
    #[schema(value_type = TrackCode)]
    pub track: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was not selected, if it passed.
    pub reason: Option<Reason>,
    /// Its place among those that stand by.
    #[schema(minimum = 1, maximum = 10_000)]
    pub reserve_order: Option<usize>,
    /// Its rank in the track.
    #[schema(minimum = 1, maximum = 10_000)]
    pub rank: Option<usize>,
    /// How many sheets counted.
    #[schema(minimum = 0, maximum = 1000)]
    pub valid_sheets: Option<usize>,
    /// Whose sheets were dropped: the highest, then the lowest.
    #[schema(value_type = Vec<MemberId>, max_items = 2)]
    pub dropped_members: Vec<String>,
    /// The mean as a fraction in lowest terms.
    pub mean_exact: Option<Fraction>,
    /// The mean, rounded.
    pub mean: Option<Rounded>,
    /// The final score.
    pub r#final: Option<Rounded>,
    /// The mean of every criterion, rounded.
    #[schema(schema_with = means)]
    pub criterion_means: Option<BTreeMap<String, Rounded>>,
    /// Who pays what; for eligible ones.
    pub cost_share: Option<Shared>,
}

/// Who pays what, with the ratio it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = EvaluationCostShare)]
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
