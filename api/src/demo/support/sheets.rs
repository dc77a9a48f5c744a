//! The score sheets of the demonstration (시연용 평가표): written by their members, submitted whole.

use super::{super::step::read, calls::Played, stage::Stage};
use crate::{http::Problem, scoring};
use domain::{
    access::act::panel as act,
    application::Application,
    committee::MemberId,
    day::Instant,
    problem::Refusal,
    scoring::{SHEET_NOT_BEGUN, ScoreSheet, SheetContent},
};
use serde_json::json;

/// Half points of suitability, feasibility and spread potential.
pub(super) type Halves = (i64, i64, i64);

fn points(halves: i64) -> String {
    let whole = halves.div_euclid(2);
    if halves.rem_euclid(2) == 0 { whole.to_string() } else { format!("{whole}.5") }
}

/// What a member says of an application: these points, a little more or less by the member's place.
fn content((suitability, feasibility, spread): Halves, place: i64) -> Result<SheetContent, Problem> {
    let lean = [0, 2, -2, 1, -1, 3].get(usize::try_from(place.rem_euclid(6)).unwrap_or_default()).copied().unwrap_or(0);
    let within = |halves: i64, most: i64| points(halves.saturating_add(lean).clamp(0, most));
    read(json!({
        "scores": { "suitability": within(suitability, 80), "feasibility": within(feasibility, 60), "spread_potential": within(spread, 60) },
        "to_applicant": "시연: 자료 정비 계획을 더 구체적으로 밝히기 바랍니다.",
        "to_committee": "시연: 비슷한 과제와 견주어 보았습니다."
    }))
}

/// When the member at this place writes about the nth application.
fn at(stage: &Stage<'_>, call: &Played, place: i64, nth: i64) -> Instant {
    let minutes = place.saturating_mul(11).saturating_add(nth.saturating_mul(70));
    stage.at(call.closes.saturating_add(10), (9, minutes))
}

/// A draft of a member's.
pub(super) async fn begun(
    stage: &Stage<'_>,
    call: &Played,
    (application, nth): (&Application, i64),
    (member, place): (MemberId, i64),
    halves: Halves,
) -> Result<(), Problem> {
    let content = content(halves, place)?;
    let order = stage.order::<act::Score>(stage.cast.judge(member)?, &application.id, at(stage, call, place, nth));
    let written = scoring::written(stage.app, order, |before, (permit, call), stamp| {
        ScoreSheet::written(before, content, (permit.on(), call), stamp)
    });
    written.await?;
    Ok(())
}

/// A sheet of a member's, submitted half an hour later.
pub(super) async fn submitted(
    stage: &Stage<'_>,
    call: &Played,
    (application, nth): (&Application, i64),
    (member, place): (MemberId, i64),
    halves: Halves,
) -> Result<(), Problem> {
    begun(stage, call, (application, nth), (member, place), halves).await?;
    let later = at(stage, call, place, nth).plus_seconds(1800);
    let order = stage.order::<act::Score>(stage.cast.judge(member)?, &application.id, later);
    let submit = scoring::written(stage.app, order, |before, (_, call), stamp| {
        before.ok_or_else(|| Refusal::new(&SHEET_NOT_BEGUN))?.submit(call, stamp)
    });
    submit.await?;
    Ok(())
}
