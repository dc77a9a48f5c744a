//! A dossier is made of what counts: the last submission, the last finding in favour, sheets of held seats, published ratios.

use super::*;
use crate::{
    application::{
        Application,
        sample::{LATE, eligible},
    },
    call::sample::{faults, stamp},
    committee::MemberId,
    evaluation::Dossier,
    id::Id,
    panel::{Panel, Seat},
    region,
    scoring::{ScoreSheet, SheetContent},
    text::Prose,
};
use serde_json::json;

fn member(n: u128) -> MemberId {
    Id::new(uuid::Uuid::from_u128(n))
}
fn panel(of: &Application, members: &[u128]) -> Panel {
    let mut panel = Panel::of(of, stamp(LATE));
    panel.seats = members.iter().map(|n| Seat { member: member(*n), given: stamp(LATE), released: None }).collect();
    panel
}
fn sheet(panel: &Panel, n: u128) -> ScoreSheet {
    let content: SheetContent = serde_json::from_value(json!({
        "scores": { "suitability": "35.5", "feasibility": "30", "spread_potential": "20" }, "to_applicant": format!("의견 {n}")
    }))
    .unwrap();
    let call = eligible().1;
    let mine = Stamp { by: Id::new(member(n).get()), ..stamp(LATE) };
    let draft = ScoreSheet::written(None, content, (panel, &call), mine).unwrap();
    draft.submit(&call, mine).unwrap()
}
fn ground(of: &Application, panel: Panel, sheets: &[u128]) -> Ground {
    let sheets = sheets.iter().map(|n| sheet(&panel, *n)).collect();
    let regions = region::built_in().unwrap().into_iter().filter(|r| r.code.as_str() == "26").collect();
    Ground {
        applications: vec![of.clone()],
        panels: vec![panel],
        unanswered_challenges: 2,
        sheets,
        regions,
        published: Vec::new(),
    }
}
fn decided(of: Selection, ground: &Ground, ratio: &str) -> Selection {
    let new = json!({ "region": "26", "kind": "fiscal_independence_ratio", "ratio": ratio, "source": "시험", "reason": "시험" });
    of.with_indicator(serde_json::from_value(new).unwrap(), (&eligible().1, ground), stamp(LATE)).unwrap()
}
fn dossier(ground: &Ground, selection: &Selection) -> Dossier {
    reckoned(&eligible().1, ground, selection, stamp(LATE)).unwrap().dossier.dossier().clone()
}

#[test]
fn only_sheets_of_held_seats_count() {
    let (application, call) = eligible();
    let mut panel = panel(&application, &[1, 2, 3]);
    panel = panel.released(member(3), "교체".parse().unwrap(), stamp(LATE)).unwrap();
    let ground = ground(&application, panel, &[1, 2, 3]);
    let selection = decided(Selection::of(&call), &ground, "45.70");
    let made = dossier(&ground, &selection);
    let members: Vec<&str> = made.sheets.iter().map(|sheet| sheet.member.as_str()).collect();
    assert_eq!(members, [member(1).to_string(), member(2).to_string()]);
    assert_eq!(made.applications[0].total_cost.get(), 1_234_567_000);
}

#[test]
fn the_last_ratio_decided_for_a_region_counts_and_a_missing_one_is_an_error() {
    let (application, call) = eligible();
    let ground = ground(&application, panel(&application, &[1]), &[1]);
    let missing = reckoned(&call, &ground, &Selection::of(&call), stamp(LATE)).unwrap_err();
    assert_eq!(missing.code.name, "dossier_refused");
    assert!(faults(&missing).iter().all(|fault| fault.starts_with("/applications/0")), "{:?}", faults(&missing));
    let first = decided(Selection::of(&call), &ground, "45.70");
    let second = decided(first.clone(), &ground, "12.00");
    let ratio = |selection: &Selection| {
        dossier(&ground, selection).indicators[0].fiscal_independence_ratio.clone().unwrap().text
    };
    assert_eq!((ratio(&first), ratio(&second)), ("45.70".to_owned(), "12.00".to_owned()));
}

#[test]
fn what_is_to_be_settled_is_counted() {
    let (application, call) = eligible();
    let ground = ground(&application, panel(&application, &[1, 2]), &[1]);
    let selection = decided(Selection::of(&call), &ground, "45.70");
    let ready = reckoned(&call, &ground, &selection, stamp(LATE)).unwrap().ready;
    assert_eq!(ready, Readiness { undecided_conflicts: 0, unanswered_challenges: 2, missing_sheets: 1 });
    let early = reckoned(&crate::application::sample::screening(), &ground, &selection, stamp(LATE)).unwrap_err();
    assert_eq!(early.code.name, "not_evaluated_now");
}

#[test]
fn opinions_are_those_of_sheets_that_count_in_an_order_that_tells_nothing() {
    let (application, call) = eligible();
    let ground = ground(&application, panel(&application, &[3, 1, 2]), &[3, 1, 2]);
    let selection = decided(Selection::of(&call), &ground, "45.70");
    let now = reckoned(&call, &ground, &selection, stamp(LATE)).unwrap();
    let places = Place::all(&call.key, 1, &now, &ground.sheets);
    let said: Vec<&str> = places[0].opinions.iter().map(Prose::as_str).collect();
    assert_eq!((said, places[0].confirmation), (vec!["의견 1", "의견 2", "의견 3"], 1));
}
