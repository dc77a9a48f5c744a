//! Evaluation (평가): from rules, applications and score sheets to ranking, selection and cost shares.
//!
//! One pure function over one document, the evaluation dossier: whatever was decided can be computed again years later.

mod check;
mod dossier;
mod rank;
mod read;
mod result;
mod score;
mod score_table;
mod select;
#[cfg(test)]
mod tests;
mod trace;

pub use dossier::{
    Aggregation, Application, ApplicationState, Call, Criterion, CutOn, Dossier, Exclusion, ExclusionKind, Indicator,
    NotATieKey, Points, Printed, SCHEMA, Scoring, Sheet, TieKey, Track, WhenShort,
};
pub use read::{Read, read};
pub use result::{Evaluation, Outcome, Placed, RESULT_SCHEMA, Reason, ResultForm, Shared, TrackResult};

pub use score_table::{Mark, ScoreRow, ScoreTable, Sums};

use crate::codes;
pub use select::Lot;
pub use trace::{SheetUse, Trace, TracedApplication, TracedSheet, TracedStep, TracedTie, TracedTrack, trace};

use score::Scored;
use std::collections::BTreeMap;

/// The result of a dossier. It depends on nothing else, and not on the order of sheets, members or applications.
pub fn evaluate(dossier: &Read) -> Evaluation {
    evaluate_with(dossier, &[])
}

/// The result of a dossier after these lots were drawn among applications of equal rank. A lot for a group that needs none
/// has no effect.
pub fn evaluate_with(dossier: &Read, lots: &[Lot]) -> Evaluation {
    let scored = score::all(dossier.dossier());
    let mut tracks = Vec::new();
    let mut placed = BTreeMap::new();
    for track in &dossier.dossier().call.tracks {
        let of_track: Vec<&Scored<'_>> =
            scored.iter().filter(|s| track.levels.contains(&s.application.applicant.level)).collect();
        let ranked = rank::ranked(&dossier.dossier().call.scoring, &of_track);
        let (given, fates) = select::select(track, &ranked, lots);
        tracks.push(given);
        for scored in of_track {
            let place = fates.get(scored.application.id.as_str());
            placed.insert(
                scored.application.id.clone(),
                result::placed(&dossier.dossier().call.scoring, track, scored, place),
            );
        }
    }
    Evaluation {
        schema: ResultForm,
        inputs_sha256: dossier.sha256().clone(),
        tracks,
        applications: placed.into_values().collect(),
    }
}

codes! {
    DOSSIER_REFUSED = "dossier_refused", 422, ["평가 서류를 계산할 수 없습니다", "The evaluation dossier is refused"],
        ["errors에 표시된 항목을 모두 고친 뒤 다시 계산하십시오.", "Correct every item listed in errors and evaluate again."];
    MAXIMA_NOT_100 = "maxima_not_100", 422, ["배점의 합이 100점이 아닙니다", "The maxima do not add up to 100"],
        ["평가 항목의 배점 합을 정확히 100으로 맞추십시오.", "Let the criteria's maximum points add up to exactly 100."];
    NOT_ON_STEP = "not_on_step", 422, ["점수 단위에 맞지 않습니다", "The score is not on the step"],
        ["점수 단위의 배수로 채점하십시오.", "Give a multiple of the score step."];
    SCORE_ABOVE_MAXIMUM = "score_above_maximum", 422, ["배점을 넘는 점수입니다", "The score is above the maximum"],
        ["0점에서 배점 사이로 채점하십시오.", "Give from 0 to the criterion's maximum points."];
    SUBMITTED_LATE = "submitted_late", 422, ["마감 뒤에 제출되었습니다", "It was submitted after the call had closed"],
        ["마감 시각까지 제출된 신청만 평가합니다.", "Only what was submitted by the closing time is evaluated."];
    LEVEL_NOT_IN_ONE_TRACK = "level_not_in_one_track", 422,
        ["모든 신청 주체 수준은 정확히 한 트랙에 속해야 합니다", "Every level must be in exactly one track"],
        ["중앙·시도·시군구를 각각 한 트랙에만 넣으십시오.", "Put central, sido and municipality in one track each."];
}
