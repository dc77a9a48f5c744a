//! What is confirmed is what was looked at, by a meeting that could decide, and it is never edited.

use super::*;
use crate::{
    application::{
        ApplicationId,
        sample::{LATE, eligible},
    },
    call::{
        CallState, SupportCall,
        sample::{faults, stamp},
    },
    committee::{
        Committee, Seed,
        sample::{committee, pool},
    },
    evaluation::{Evaluation, Outcome, Reason, evaluate_with, read},
    id::Id,
    problem::Refusal,
};
use serde_json::{Value, json};

fn id(n: u128) -> ApplicationId {
    Id::new(uuid::Uuid::from_u128(n))
}
/// A dossier of the sample call in which these central applications, of this cost each, have these scores out of 100.
fn dossier(scored: &[(u128, u32, i64)]) -> Value {
    let call = eligible().1;
    let laid_down = call.rules.clone().unwrap();
    let applications: Vec<Value> = scored
        .iter()
        .map(|(n, _, cost)| {
            json!({ "id": id(*n), "applicant": { "level": "central", "code": "mois", "groups": [] },
                "submitted_at": "2026-02-10T00:00:00Z", "total_cost": cost, "requested_national": null, "state": "eligible",
                "bonuses": [], "penalties": [] })
        })
        .collect();
    let sheets: Vec<Value> = scored
        .iter()
        .flat_map(|(n, score, _)| {
            (1..=3).map(move |member| {
                let (first, rest) = (score.min(&40), score.saturating_sub(40));
                let (second, third) = (rest.min(30), rest.saturating_sub(30));
                json!({ "member": format!("m{member}"), "application": id(*n), "scores":
                    { "suitability": first.to_string(), "feasibility": second.to_string(), "spread_potential": third.to_string() } })
            })
        })
        .collect();
    let mut scoring = serde_json::to_value(&laid_down.rules.scoring).unwrap();
    scoring["tie_keys"] = json!([]);
    for criterion in scoring["criteria"].as_array_mut().unwrap() {
        *criterion = json!({ "code": criterion["code"], "max_points": criterion["max_points"] });
    }
    let tracks = json!([
        { "code": "central", "levels": ["central"], "envelope": 10, "max_awards": 6, "reserve_slots": 2, "when_short": "skip" },
        { "code": "local", "levels": ["sido", "municipality"], "envelope": 10, "max_awards": 6, "reserve_slots": 2, "when_short": "skip" }
    ]);
    let mut shares = laid_down.cost_share;
    shares.unit = crate::money::Won::new(1).unwrap();
    json!({
        "schema": "axtrack.evaluation-dossier/1",
        "call": { "code": "c", "fiscal_year": 2026, "closes_at": "2026-02-13T09:00:00Z", "scoring": scoring, "tracks": tracks, "cost_share": shares },
        "applications": applications, "exclusions": [], "sheets": sheets, "indicators": []
    })
}
fn result(scored: &[(u128, u32, i64)], selection: &Selection) -> Evaluation {
    evaluate_with(&read(&dossier(scored)).unwrap(), &selection.lots_for_evaluation())
}
fn selection() -> Selection {
    Selection::of(&eligible().1)
}
fn seed(n: u8) -> Seed {
    Seed::from([n; 32])
}
fn ask() -> LotAsk {
    LotAsk { track: "central".parse().unwrap() }
}
fn five() -> Committee {
    committee(&pool()[..5])
}
fn meeting(present: usize, in_favour: usize) -> Meeting {
    let attendees = five().members.iter().take(present).map(|m| m.id).collect();
    let held_at = LATE.parse().unwrap();
    Meeting {
        held_at, place: "세종".parse().unwrap(), attendees, in_favour, minutes: "원안 의결".parse().unwrap()
    }
}
fn confirm(
    of: Selection,
    result: &Evaluation,
    call: &SupportCall,
    meeting: Meeting,
    reason: Option<&str>,
) -> Result<Selection, Refusal> {
    let reason = reason.map(|r| r.parse().unwrap());
    let new = NewConfirmation { inputs_sha256: result.inputs_sha256.clone(), meeting, reason };
    of.confirmed_as(new, result, (call, &five()), Readiness::default(), stamp(LATE))
}

/// Three of one score, money for one and a half of them, and somebody behind.
const TIED: [(u128, u32, i64); 4] = [(1, 90, 6), (2, 90, 6), (3, 90, 6), (4, 80, 4)];

#[test]
fn a_lot_decides_between_equals_and_the_walk_goes_on() {
    let before = result(&TIED, &selection());
    assert!(before.tracks[0].lot_required);
    assert_eq!(groups_to_draw(&before, &ask().track), [id(1), id(2), id(3)]);
    let drawn = selection().with_lot(ask(), &before, seed(7), stamp(LATE)).unwrap();
    let order = drawn.lots[0].order.clone();
    assert_eq!(lot_order(&seed(7), &[id(3), id(1), id(2)]), order, "the order given does not matter");
    assert!((0..20).any(|n| lot_order(&seed(n), &order) != order), "another seed, another lot");
    let after = result(&TIED, &drawn);
    let of = |id: ApplicationId| after.applications.iter().find(|a| a.id == id.to_string()).unwrap();
    assert_eq!(after.inputs_sha256, before.inputs_sha256, "the lot is no input of the dossier");
    assert_eq!((after.tracks[0].lot_required, after.tracks[0].committed.get()), (false, 10));
    assert_eq!((of(order[0]).outcome, of(order[0]).rank), (Outcome::Selected, Some(1)));
    assert_eq!(
        (of(order[1]).outcome, of(order[1]).reason, of(order[1]).reserve_order),
        (Outcome::Reserve, Some(Reason::EnvelopeShort), Some(1))
    );
    assert_eq!(
        (of(order[2]).reserve_order, of(id(4)).outcome),
        (Some(2), Outcome::Selected),
        "who fits behind is looked at"
    );
    assert_eq!(drawn.with_lot(ask(), &after, seed(8), stamp(LATE)).unwrap_err().code.name, "no_lot_needed");
}

#[test]
fn a_lot_for_others_has_no_effect() {
    let drawn = selection().with_lot(ask(), &result(&TIED, &selection()), seed(7), stamp(LATE)).unwrap();
    let others = [(1, 90, 6), (2, 90, 6), (4, 80, 4)];
    assert!(result(&others, &drawn).tracks[0].lot_required, "one of them has withdrawn: the lot is to be drawn anew");
    let roomy = [(1, 90, 3), (2, 90, 3), (3, 90, 3), (4, 80, 1)];
    assert_eq!(result(&roomy, &drawn).tracks, result(&roomy, &selection()).tracks);
}

#[test]
fn only_what_was_looked_at_is_confirmed() {
    let call = eligible().1;
    let clear = result(&[(1, 90, 6), (2, 80, 4)], &selection());
    let done = confirm(selection(), &clear, &call, meeting(3, 2), None).unwrap();
    assert_eq!((done.confirmations.len(), done.confirmed().map(|c| c.number), done.version), (1, Some(1), 2));
    let other = result(&[(1, 91, 6), (2, 80, 4)], &selection());
    let new = NewConfirmation { inputs_sha256: other.inputs_sha256, meeting: meeting(3, 2), reason: None };
    let stale = selection().confirmed_as(new, &clear, (&call, &five()), Readiness::default(), stamp(LATE));
    assert_eq!(stale.unwrap_err().code.name, "inputs_changed");
    let tied = confirm(selection(), &result(&TIED, &selection()), &call, meeting(3, 2), None).unwrap_err();
    assert_eq!((tied.code.name, tied.detail.en.contains("central")), ("lot_wanting", true));
    for (ready, code) in [
        (Readiness { undecided_conflicts: 1, ..Readiness::default() }, "conflicts_undecided"),
        (Readiness { unanswered_challenges: 1, ..Readiness::default() }, "challenges_unanswered"),
        (Readiness { missing_sheets: 1, ..Readiness::default() }, "sheets_wanting"),
    ] {
        let new = NewConfirmation { inputs_sha256: clear.inputs_sha256.clone(), meeting: meeting(3, 2), reason: None };
        let refused = selection().confirmed_as(new, &clear, (&call, &five()), ready, stamp(LATE)).unwrap_err();
        assert_eq!(refused.code.name, code);
    }
}

#[test]
fn a_meeting_needs_a_quorum_and_a_majority() {
    let call = eligible().1;
    let clear = result(&[(1, 90, 6)], &selection());
    let refused = |m: Meeting| faults(&confirm(selection(), &clear, &call, m, None).unwrap_err());
    assert_eq!(refused(meeting(2, 2)), ["/meeting/attendees meeting_without_quorum"], "two of five");
    assert_eq!(refused(meeting(4, 2)), ["/meeting/in_favour meeting_without_majority"], "two of four");
    assert_eq!(refused(meeting(3, 4)), ["/meeting/in_favour meeting_without_majority"], "more than were there");
    let mut odd = meeting(3, 3);
    odd.attendees[1] = odd.attendees[0];
    odd.attendees.push(Id::new(uuid::Uuid::from_u128(77)));
    odd.held_at = "2026-02-13T09:00:02Z".parse().unwrap();
    assert_eq!(
        refused(odd),
        ["/meeting/held_at in_future", "/meeting/attendees/1 duplicate", "/meeting/attendees/3 not_at_the_meeting"]
    );
}

#[test]
fn a_correction_is_a_new_edition_with_a_reason() {
    let call = eligible().1;
    let clear = result(&[(1, 90, 6)], &selection());
    let done = confirm(selection(), &clear, &call, meeting(3, 2), None).unwrap();
    let decided = call.clone().decided(stamp(LATE)).unwrap();
    assert_eq!(decided.state(stamp(LATE).at), CallState::Decided);
    let corrected = result(&[(1, 88, 6)], &selection());
    let silent = confirm(done.clone(), &corrected, &decided, meeting(3, 2), None).unwrap_err();
    assert_eq!(faults(&silent), ["/reason correction_reason"]);
    let again = confirm(done, &corrected, &decided, meeting(3, 2), Some("합산 착오")).unwrap();
    assert_eq!(again.confirmations.iter().map(|c| c.number).collect::<Vec<_>>(), [1, 2]);
    let told = decided.notified(stamp(LATE)).unwrap();
    let over = told.clone().finished(crate::call::CourseFacts::default(), stamp("2026-02-21T00:00:00Z")).unwrap();
    assert_eq!(
        confirm(again, &corrected, &over, meeting(3, 2), Some("또")).unwrap_err().code.name,
        "not_evaluated_now"
    );
    assert!(call.notified(stamp(LATE)).is_err(), "nobody is told before the result is confirmed");
}
