//! Who is barred knows nothing of an application and has no effect on its result.

use super::*;
use crate::{
    access::{Actor, Grant, Role, act, permit},
    application::sample::{LATE, eligible, submitted},
    call::sample::{faults, published, stamp},
    committee::{
        Expert, Member,
        sample::{by, committee, expert, pool},
    },
    evaluation::ExclusionKind,
    id::Id,
    problem::Refusal,
};
use serde_json::json;

fn id(n: u128) -> ConflictId {
    Id::new(uuid::Uuid::from_u128(n))
}
fn give(panel: Panel, member: &Member, expert: &Expert, load: usize) -> Result<Panel, Refusal> {
    let (application, call) = eligible();
    let mut next = 100;
    let fresh = || {
        next += 1;
        id(next)
    };
    panel.given(
        Concerned { call: &call, application: &application, member, expert, counsels: &[], load },
        fresh,
        stamp(LATE),
    )
}
fn empty() -> Panel {
    Panel::of(&eligible().0, stamp(LATE))
}
fn code<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> String {
    let refused = refused.unwrap_err();
    refused.faults.first().map_or(refused.code.name, |fault| fault.code.name).to_owned()
}
/// A member with these ties.
fn bound(ties: &serde_json::Value) -> (Member, Expert) {
    let expert = expert(20, "private", ties);
    (committee(std::slice::from_ref(&expert)).members[0].clone(), expert)
}

#[test]
fn an_eligible_application_is_given_once_and_within_the_load() {
    let pool = pool();
    let member = committee(&pool[..5]).members[0].clone();
    let panel = give(empty(), &member, &pool[0], 0).unwrap();
    assert!(panel.judges(member.id) && panel.judging().count() == 1);
    assert_eq!(code(give(panel.clone(), &member, &pool[0], 1)), "seat_taken");
    assert_eq!(code(give(empty(), &member, &pool[0], 20)), "load_reached");
    assert!(give(empty(), &member, &pool[0], 19).is_ok());
    let silent = Member { pledge: None, ..member.clone() };
    assert_eq!(code(give(empty(), &silent, &pool[0], 0)), "pledge_wanting");
    let (_, call) = eligible();
    let not_found = submitted();
    let to =
        Concerned { call: &call, application: &not_found, member: &member, expert: &pool[0], counsels: &[], load: 0 };
    assert_eq!(code(empty().given(to, || id(1), stamp(LATE))), "not_eligible");
    let open = published();
    let (application, _) = eligible();
    let to =
        Concerned { call: &open, application: &application, member: &member, expert: &pool[0], counsels: &[], load: 0 };
    assert_eq!(code(empty().given(to, || id(1), stamp(LATE))), "evaluation_not_open");
    let gone = panel.released(member.id, "교체".parse().unwrap(), stamp(LATE)).unwrap();
    assert!(!gone.judges(member.id));
    assert_eq!(code(gone.clone().released(member.id, "또".parse().unwrap(), stamp(LATE))), "seat_unknown");
    assert!(give(gone, &member, &pool[0], 0).is_ok());
}

#[test]
fn what_is_on_record_bars_until_it_is_decided() {
    let ties = json!([
        { "kind": "employed", "with": { "body": "sido-26" }, "from": "2020-01-01", "to": "2024-06-30" },
        { "kind": "employed", "with": { "body": "mois" } },
        { "kind": "advised", "with": { "body": "sido-26" }, "to": "2020-01-01" }
    ]);
    let (member, expert) = bound(&ties);
    let panel = give(empty(), &member, &expert, 0).unwrap();
    let found: Vec<_> = panel.conflicts.iter().map(|c| (c.kind, c.ground, c.source, c.state())).collect();
    assert_eq!(found, [(ExclusionKind::Exclusion, Ground::FormerEmployment, Source::Found, ConflictState::Open)]);
    assert!(!panel.judges(member.id) && panel.is_barred(member.id) && panel.undecided().count() == 1);
    assert!(panel.exclusions().is_empty(), "nothing is decided yet");
    let conflict = panel.conflicts[0].id;
    let decide = |outcome| panel.clone().decided(conflict, outcome, "검토".parse().unwrap(), stamp(LATE)).unwrap();
    let dismissed = decide(DecidedConflict::Dismissed);
    assert!(dismissed.judges(member.id) && dismissed.exclusions().is_empty());
    let again = dismissed.released(member.id, "교체".parse().unwrap(), stamp(LATE)).unwrap();
    assert!(give(again, &member, &expert, 0).unwrap().judges(member.id), "what was dismissed does not come up again");
    let upheld = decide(DecidedConflict::Upheld);
    assert_eq!(
        upheld.exclusions().iter().map(|e| (e.member.clone(), e.kind)).collect::<Vec<_>>(),
        [(member.id.to_string(), ExclusionKind::Exclusion)]
    );
    assert_eq!(
        code(upheld.clone().decided(conflict, DecidedConflict::Dismissed, "또".parse().unwrap(), stamp(LATE))),
        "conflict_decided"
    );
    assert_eq!(
        code(upheld.decided(id(5), DecidedConflict::Dismissed, "또".parse().unwrap(), stamp(LATE))),
        "conflict_unknown"
    );
}

#[test]
fn every_kind_of_tie_has_its_ground() {
    let (application, _) = eligible();
    let day = "2026-02-14".parse().unwrap();
    let mut named = application.clone();
    named.submissions[0].content.named_suppliers = vec!["주식회사 가나다".parse().unwrap()];
    for (tie, ground, severity) in [
        (json!({ "kind": "employed", "with": { "body": "sido-26" } }), Ground::OwnBody, Severity::Real),
        (
            json!({ "kind": "employed", "with": { "body": "sido-26" }, "to": "2023-02-14" }),
            Ground::FormerEmployment,
            Severity::Real,
        ),
        (
            json!({ "kind": "employed", "with": { "body": "sido-26" }, "to": "2023-02-13" }),
            Ground::FormerEmployment,
            Severity::Potential,
        ),
        (
            json!({ "kind": "advised", "with": { "body": "sido-26" }, "to": "2026-01-01" }),
            Ground::GaveAdvice,
            Severity::Real,
        ),
        (json!({ "kind": "studied", "with": { "body": "sido-26" } }), Ground::ContractPartner, Severity::Real),
        (json!({ "kind": "audited", "with": { "body": "sido-26" } }), Ground::ContractPartner, Severity::Real),
        (json!({ "kind": "kin", "with": { "body": "sido-26" } }), Ground::Kin, Severity::Real),
        (
            json!({ "kind": "contracted", "with": { "organisation": "주식회사가나다" } }),
            Ground::NamedSupplier,
            Severity::Apparent,
        ),
    ] {
        let found = ties_found((&expert(20, "private", &json!([tie])), &[]), &named, 36, day);
        assert_eq!(found.iter().map(|(g, s, _)| (*g, *s)).collect::<Vec<_>>(), [(ground, severity)], "{tie}");
    }
    let elsewhere = json!([{ "kind": "employed", "with": { "body": "msit" } }, { "kind": "contracted", "with": { "organisation": "라마" } }]);
    assert!(ties_found((&expert(20, "private", &elsewhere), &[]), &named, 36, day).is_empty());
}

#[test]
fn whoever_steps_aside_is_out_at_once() {
    let pool = pool();
    let made = committee(&pool[..5]);
    let (own, other) = (made.members[0].clone(), made.members[1].clone());
    let panel = give(give(empty(), &own, &pool[0], 0).unwrap(), &other, &pool[1], 0).unwrap();
    let out = panel.clone().recused(id(1), Ground::Other, "친분".parse().unwrap(), by(own.id, LATE)).unwrap();
    assert!(!out.judges(own.id) && out.judges(other.id));
    assert_eq!(out.exclusions()[0].kind, ExclusionKind::Recusal);
    assert_eq!(
        code(out.clone().recused(id(2), Ground::Other, "또".parse().unwrap(), by(own.id, LATE))),
        "seat_unknown"
    );
    let freed = out.released(own.id, "회피".parse().unwrap(), stamp(LATE)).unwrap();
    assert_eq!(faults(&give(freed, &own, &pool[0], 0).unwrap_err()), ["/member member_barred"]);
    let new = serde_json::from_value(
        json!({ "member": other.id, "kind": "challenge", "ground": "other", "severity": "apparent", "detail": "기피 신청" }),
    );
    let challenged = panel.asserted(id(3), new.unwrap(), stamp(LATE));
    assert!(!challenged.judges(other.id) && challenged.judges(own.id), "out while it is open");
}

#[test]
fn a_barred_member_may_not_even_know() {
    let pool = pool();
    let made = committee(&pool[..5]);
    let member = made.members[0].clone();
    let judging = give(empty(), &member, &pool[0], 0).unwrap();
    let barred = judging.clone().recused(id(1), Ground::Other, "친분".parse().unwrap(), by(member.id, LATE)).unwrap();
    let actor = |role, body: &str, who: uuid::Uuid| Actor {
        id: Id::new(who),
        name: "kim".into(),
        grants: vec![Grant { role, body: body.parse().unwrap(), expires_at: None }],
    };
    let own = actor(Role::CommitteeMember, "nia", member.id.get());
    assert!(permit::<act::panel::ReadPapers>(&own, judging.clone()).is_ok());
    assert!(permit::<act::panel::Score>(&own, judging.clone()).is_ok());
    assert!(!permit::<act::panel::ReadPapers>(&own, barred.clone()).unwrap_err().visible, "404, not 403");
    assert!(permit::<act::panel::Score>(&own, barred).is_err());
    let stranger = actor(Role::CommitteeMember, "nia", uuid::Uuid::from_u128(5));
    assert!(!permit::<act::panel::ReadPapers>(&stranger, judging.clone()).unwrap_err().visible);
    for (body, decides) in [("nia", true), ("mois", true), ("msit", false)] {
        let coordinator = actor(Role::Coordinator, body, uuid::Uuid::from_u128(5));
        assert_eq!(permit::<act::panel::Decide>(&coordinator, judging.clone()).is_ok(), decides, "{body}");
    }
    let concerned = Panel { applicants: vec!["mois".parse().unwrap()], ..judging };
    assert!(
        permit::<act::panel::Decide>(&actor(Role::Coordinator, "mois", uuid::Uuid::from_u128(5)), concerned).is_err()
    );
}
