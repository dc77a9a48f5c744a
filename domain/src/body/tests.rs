//! The lives of bodies.
use super::*;
use std::collections::BTreeSet;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn find(key: &str) -> Body {
    built_in().unwrap().into_iter().find(|b| b.key.as_str() == key).unwrap()
}
fn new(key: &str, kind: BodyKind, region: Option<&str>) -> NewBody {
    NewBody {
        key: key.parse().unwrap(),
        kind,
        region: region.map(|code| code.parse().unwrap()),
        facts: BodyFacts {
            name: Name { ko: "시험원".parse().unwrap(), en: None },
            abbreviation: None,
            parent: None,
            under: None,
            org_code: None,
            valid_from: Some(day("2026-01-02")),
            predecessor_name: None,
            predecessor_org_code: None,
            note: None,
            source: "시험".parse().unwrap(),
        },
        predecessors: Vec::new(),
    }
}
fn pointers(refusal: &Refusal) -> Vec<&str> {
    refusal.faults.iter().map(|f| f.pointer.as_str()).collect()
}

#[test]
fn the_built_in_bodies_read_and_hang_together() {
    let bodies = built_in().unwrap();
    assert_eq!(bodies.iter().filter(|b| b.kind != BodyKind::LocalGovernment).count(), 64);
    assert_eq!(bodies.iter().filter(|b| b.kind == BodyKind::LocalGovernment).count(), 20);
    let keys: BTreeSet<_> = bodies.iter().map(|b| &b.key).collect();
    assert_eq!(keys.len(), bodies.len());
    for body in &bodies {
        for other in body.facts.parent.iter().chain(&body.predecessors).chain(&body.successors) {
            assert!(keys.contains(other) || other.as_str().starts_with("sido-"), "{}: {other}", body.key);
        }
        for heir in &body.successors {
            assert!(find(heir.as_str()).predecessors.contains(&body.key), "{heir} does not know {}", body.key);
        }
        assert!(body.facts.parent.is_none() || body.facts.under.is_none(), "{}", body.key);
        assert_eq!(serde_json::from_str::<Body>(&serde_json::to_string(body).unwrap()).unwrap(), *body);
    }
}

#[test]
fn there_are_fifty_central_bodies_by_kind() {
    let on = day("2026-10-02");
    let count = |kind| built_in().unwrap().iter().filter(|b| b.kind == kind && b.in_force(on)).count();
    let kinds = [BodyKind::Ministry, BodyKind::Office, BodyKind::Agency, BodyKind::Commission];
    assert_eq!(kinds.map(count), [19, 6, 19, 6]);
    assert_eq!(BodyKind::ALL.iter().filter(|kind| kind.is_central()).count(), 4);
}

#[test]
fn the_split_of_the_finance_ministry_keeps_its_history() {
    let old = find("moef_old");
    assert!(old.in_force(day("2026-01-01")) && old.closed_on(day("2026-01-02")));
    assert_eq!(old.successors.iter().map(|k| k.as_str().to_owned()).collect::<Vec<_>>(), ["mofe", "mpb"]);
    assert!(old.takes_new(day("2025-06-01"), "/lead_body").is_ok());
    let fault = old.takes_new(day("2026-01-02"), "/lead_body").unwrap_err();
    assert_eq!((fault.code.name, fault.pointer.as_str()), ("body_closed", "/lead_body"));
    assert!(fault.detail.en.contains("mofe, mpb"), "{}", fault.detail.en);
    let heir = find("mpb");
    assert_eq!(heir.takes_new(day("2026-01-01"), "").unwrap_err().code.name, "body_not_yet");
    assert!(heir.takes_new(day("2026-01-02"), "").is_ok());
}

#[test]
fn a_body_closed_since_an_unknown_day_takes_nothing_new() {
    let body = find("dpgc_old");
    assert_eq!(body.standing(day("2024-05-02")), Standing::Unknown);
    assert!(body.takes_new(day("2024-05-02"), "").is_err());
    assert!(!body.in_force(day("2026-11-22")) && body.is_closed());
}

#[test]
fn closing_checks_dates_and_heirs_and_happens_once() {
    let body = Body::create(new("a", BodyKind::Ministry, None)).unwrap();
    let keys = |names: &[&str]| names.iter().map(|n| n.parse().unwrap()).collect::<Vec<BodyKey>>();
    let close = |body: Body, on, heirs: &[&str]| body.close(day(on), keys(heirs), "조직 개편".parse().unwrap());
    let refusal = close(body.clone(), "2026-01-01", &["a", "b", "b"]).unwrap_err();
    assert_eq!(pointers(&refusal), ["/successors/0", "/successors/2", "/on"]);
    let closed = close(body, "2026-06-30", &["b", "c"]).unwrap();
    assert_eq!((closed.version, closed.valid_to), (2, Some(day("2026-06-30"))));
    assert!(closed.in_force(day("2026-06-30")) && !closed.in_force(day("2026-07-01")));
    assert_eq!(close(closed, "2026-08-01", &[]).unwrap_err().code.name, "body_already_closed");
    let heir = Body::create(new("b", BodyKind::Ministry, None)).unwrap();
    let heir = heir.follow("a".parse().unwrap()).unwrap();
    assert_eq!((heir.version, heir.clone().follow("a".parse().unwrap()).unwrap().version), (2, 2));
    assert!(heir.follow("b".parse().unwrap()).is_err());
}

#[test]
fn a_closed_body_keeps_its_name() {
    let old = find("moef_old");
    let mut facts = old.facts.clone();
    facts.name.ko = "재정경제부".parse().unwrap();
    facts.valid_from = Some(day("2026-01-02"));
    assert_eq!(pointers(&old.clone().change(facts).unwrap_err()), ["/name/ko", "/valid_from"]);
    let mut facts = old.facts.clone();
    facts.note = Some("메모".parse().unwrap());
    assert_eq!(old.change(facts).unwrap().version, 2);
}

#[test]
fn only_a_local_government_has_a_region_and_it_must() {
    let create = |kind, region| Body::create(new("a", kind, region)).map_err(|r| r.faults[0].code.name);
    assert_eq!(create(BodyKind::LocalGovernment, None).unwrap_err(), "required");
    assert_eq!(create(BodyKind::LocalGovernment, Some("00")).unwrap_err(), "not_in_list");
    assert_eq!(create(BodyKind::Ministry, Some("11")).unwrap_err(), "not_in_list");
    assert!(create(BodyKind::LocalGovernment, Some("26110")).is_ok());
    let mut under_two = new("a", BodyKind::Agency, None);
    under_two.facts.parent = Some("a".parse().unwrap());
    under_two.facts.under = Some(Head::President);
    assert_eq!(pointers(&Body::create(under_two).unwrap_err()), ["/facts/parent", "/facts/under"]);
}

#[test]
fn the_merged_city_succeeds_both_provinces() {
    let merged = find("sido-12");
    assert_eq!(merged.predecessors.len(), 2);
    assert!(find("sido-29").closed_on(day("2026-07-01")));
    assert!(find("sido-29").takes_new(day("2026-07-01"), "").is_err());
}

#[test]
fn own_means_this_very_body() {
    use crate::access::{Actor, Grant, Role, Subject, act, allows};
    use crate::id::Id;
    let actor = |role| Actor {
        id: Id::new(uuid::Uuid::nil()),
        name: "x".into(),
        grants: vec![Grant { role, body: "mois".parse().unwrap(), expires_at: None }],
    };
    let (own, other) = (find("mois"), find("msit"));
    let planner = actor(Role::Planner);
    let key = &planner.grants[0].body;
    assert!(own.holds(OnBody::Own, key, &planner) && !other.holds(OnBody::Own, key, &planner));
    assert!(!allows::<act::body::Close>(&planner, &own));
    assert!(allows::<act::body::Close>(&actor(Role::Coordinator), &other));
}
