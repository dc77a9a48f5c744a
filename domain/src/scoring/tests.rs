//! A sheet is whole when it is submitted, and fixed from then on.

use super::*;
use crate::{
    application::sample::{LATE, eligible, screening},
    call::{
        SupportCall,
        sample::{faults, stamp},
    },
    committee::sample::{by, committee, pool},
    panel::Panel,
    problem::Refusal,
    project::Stamp,
};
use serde_json::json;

fn content(scores: &serde_json::Value) -> SheetContent {
    serde_json::from_value(json!({ "scores": scores, "to_applicant": "좋다", "to_committee": "보통" })).unwrap()
}
fn whole() -> SheetContent {
    content(&json!({ "suitability": "35.5", "feasibility": "30", "spread_potential": "0" }))
}
fn own() -> Stamp {
    by(committee(&pool()[..5]).members[0].id, LATE)
}
fn written(content: SheetContent) -> Result<ScoreSheet, Refusal> {
    let (application, call) = eligible();
    ScoreSheet::written(None, content, (&Panel::of(&application, stamp(LATE)), &call), own())
}
fn evaluation() -> SupportCall {
    eligible().1
}

#[test]
fn scores_are_of_the_calls_criteria_within_their_maxima_and_on_the_step() {
    let wrong =
        content(&json!({ "beauty": "1", "feasibility": "30.5", "spread_potential": "-1", "suitability": "1.25" }));
    assert_eq!(
        faults(&written(wrong).unwrap_err()),
        [
            "/scores/beauty criterion_unknown",
            "/scores/feasibility score_above_maximum",
            "/scores/spread_potential out_of_range",
            "/scores/suitability not_on_step",
        ]
    );
    assert_eq!(written(whole()).unwrap().content.total().to_string(), "65.5");
}

#[test]
fn a_draft_may_lack_what_a_submission_may_not() {
    let half = written(content(&json!({ "suitability": "35.5" }))).unwrap();
    assert_eq!((half.state(), half.for_evaluation()), (SheetState::Draft, None), "a draft counts for nothing");
    let refused = half.clone().submit(&evaluation(), own()).unwrap_err();
    assert_eq!(
        faults(&refused),
        ["/scores/feasibility criterion_unscored", "/scores/spread_potential criterion_unscored"]
    );
    let (application, call) = eligible();
    let panel = Panel::of(&application, stamp(LATE));
    let full = ScoreSheet::written(Some(half), whole(), (&panel, &call), own()).unwrap();
    let done = full.submit(&call, own()).unwrap();
    assert_eq!((done.version, done.state()), (3, SheetState::Submitted));
    let told = done.for_evaluation().unwrap();
    assert_eq!((told.member, told.scores["suitability"].to_string()), (own().by.to_string(), "35.5".into()));
}

#[test]
fn what_was_submitted_changes_only_by_reopening_with_a_reason() {
    let (application, call) = eligible();
    let panel = Panel::of(&application, stamp(LATE));
    let done = written(whole()).unwrap().submit(&call, own()).unwrap();
    let again = ScoreSheet::written(Some(done.clone()), whole(), (&panel, &call), own());
    assert_eq!(again.unwrap_err().code.name, "sheet_submitted");
    assert_eq!(done.clone().submit(&call, own()).unwrap_err().code.name, "sheet_submitted");
    let open = done.reopened("합산 착오".parse().unwrap(), &call, stamp(LATE)).unwrap();
    assert_eq!((open.state(), open.reopenings.len(), open.for_evaluation()), (SheetState::Draft, 1, None));
    assert_eq!(open.reopenings[0].before, whole(), "what had been submitted is kept");
    assert_eq!(
        open.clone().reopened("또".parse().unwrap(), &call, stamp(LATE)).unwrap_err().code.name,
        "sheet_not_submitted"
    );
    assert!(open.submit(&call, own()).is_ok());
}

#[test]
fn sheets_are_taken_only_during_the_evaluation() {
    let (application, _) = eligible();
    let panel = Panel::of(&application, stamp(LATE));
    let early = ScoreSheet::written(None, whole(), (&panel, &screening()), own());
    assert_eq!(early.unwrap_err().code.name, "evaluation_not_open");
    let over = evaluation().cancelled("중단".parse().unwrap(), stamp(LATE)).unwrap();
    let draft = written(whole()).unwrap();
    assert_eq!(draft.clone().submit(&over, own()).unwrap_err().code.name, "evaluation_not_open");
    let done = draft.submit(&evaluation(), own()).unwrap();
    assert_eq!(
        done.reopened("뒤늦게".parse().unwrap(), &over, stamp(LATE)).unwrap_err().code.name,
        "evaluation_not_open"
    );
}

#[test]
fn no_sheet_is_written_submitted_or_opened_again_after_its_deadline() {
    let (application, call) = eligible();
    let panel = Panel::of(&application, stamp(LATE));
    let until = serde_json::from_value(json!({ "sheets_until": "2026-02-20T09:00:00Z" })).unwrap();
    let call = call.sheets_due(until, stamp(LATE)).unwrap();
    let (last, over) = ("2026-02-20T09:00:00Z", "2026-02-20T09:00:00.000001Z");
    let me = |at| Stamp { by: own().by, ..stamp(at) };
    let draft = ScoreSheet::written(None, whole(), (&panel, &call), me(last)).unwrap();
    let late = ScoreSheet::written(Some(draft.clone()), whole(), (&panel, &call), me(over));
    assert_eq!(late.unwrap_err().code.name, "sheets_over");
    assert_eq!(draft.clone().submit(&call, me(over)).unwrap_err().code.name, "sheets_over");
    let done = draft.submit(&call, me(last)).unwrap();
    let again = done.reopened("착오".parse().unwrap(), &call, stamp(over));
    assert_eq!(again.unwrap_err().code.name, "sheets_over", "what was in time goes on to count");
}
