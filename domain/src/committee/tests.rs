//! Lots can be drawn again, composition is checked, and nobody serves without a pledge or beyond the term.

use super::{sample::*, *};
use crate::{
    access::{Actor, Grant, Role, act, permit},
    call::sample::{faults, published, stamp},
    id::Id,
    problem::Refusal,
};
use serde_json::json;
use sha2::Digest;

const AT: &str = "2026-02-14T00:00:00Z";

fn rules() -> crate::call::CommitteeRules {
    published().rules.unwrap().rules.committee
}
fn appoint(expert: &Expert, role: &str) -> Appointment {
    serde_json::from_value(json!({ "expert": expert.id, "role": role, "reason": "위촉" })).unwrap()
}
fn seed(n: u8) -> Seed {
    Seed::from([n; 32])
}
fn code<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> String {
    let refused = refused.unwrap_err();
    refused.faults.first().map_or(refused.code.name, |fault| fault.code.name).to_owned()
}

#[test]
fn a_lot_can_be_drawn_again_by_anybody() {
    let pool = pool();
    let all: Vec<&Expert> = pool.iter().collect();
    let backwards: Vec<&Expert> = pool.iter().rev().collect();
    let seats = Seats { public: 2, private: 4 };
    let chosen = drawn(&seed(7), seats, &all).unwrap();
    assert_eq!(drawn(&seed(7), seats, &backwards).unwrap(), chosen, "the order given does not matter");
    assert_ne!(drawn(&seed(8), seats, &all).unwrap(), chosen, "another seed, another lot");
    let public = chosen.iter().filter(|id| id.get().as_u128() % 3 == 0).count();
    assert_eq!((chosen.len(), public), (6, 2));
    let refused = drawn(&seed(7), Seats { public: 5, private: 9 }, &all).unwrap_err();
    assert_eq!(faults(&refused), ["/seats/public pool_too_small", "/seats/private pool_too_small"]);
    // The lot as it is published: SHA-256 of "seed:id".
    let first =
        all.iter().map(|e| (<[u8; 32]>::from(sha2::Sha256::digest(format!("{}:{}", "07".repeat(32), e.id))), e.id));
    assert_eq!(drawn(&seed(7), Seats { public: 4, private: 8 }, &all).unwrap()[0], first.min().unwrap().1);
}

#[test]
fn those_drawn_come_in_once_and_not_too_many() {
    let pool = pool();
    let draw = |chosen: &[Expert]| Draw {
        seed: seed(7),
        seats: Seats { public: 0, private: chosen.len() },
        pool: pool.iter().map(|e| e.id).collect(),
        chosen: chosen.iter().map(|e| e.id).collect(),
        stamp: stamp(AT),
    };
    let made = Committee::of(&published(), stamp(AT)).with_draw(draw(&pool[..3]), &pool[..3], &rules()).unwrap();
    assert_eq!((made.active().count(), made.draws.len(), made.version), (3, 1, 2));
    assert!(made.members.iter().all(|m| m.origin == Origin::Lot { draw: 1 } && m.role == MemberRole::Member));
    assert_eq!(code(made.clone().with_draw(draw(&pool[2..4]), &pool[2..4], &rules())), "member_already");
    assert_eq!(code(made.clone().with_draw(draw(&pool[3..10]), &pool[3..10], &rules())), "committee_full");
    let retired = pool[5].clone().retired(stamp(AT)).unwrap();
    assert_eq!(
        code(made.clone().with_appointment(appoint(&retired, "member"), &retired, &rules(), stamp(AT))),
        "expert_retired"
    );
    let mut unknown = pool[6].clone();
    unknown.details.account = None;
    assert_eq!(
        code(made.with_appointment(appoint(&unknown, "member"), &unknown, &rules(), stamp(AT))),
        "expert_without_account"
    );
}

#[test]
fn composition_is_told_in_full() {
    let pool = pool();
    let told = |c: &Committee| c.composition_faults(&rules()).iter().map(|f| f.code.name).collect::<Vec<_>>();
    let small = Committee::of(&published(), stamp(AT))
        .with_appointment(appoint(&pool[2], "member"), &pool[2], &rules(), stamp(AT))
        .unwrap();
    assert_eq!(told(&small), ["committee_too_small", "too_few_private", "chair_wanting", "pledge_wanting"]);
    let whole = committee(&pool[..5]);
    assert!(told(&whole).is_empty(), "{:?}", told(&whole));
    assert_eq!(
        code(whole.clone().with_appointment(appoint(&pool[5], "chair"), &pool[5], &rules(), stamp(AT))),
        "chair_wanting"
    );
    let other = whole.clone().chaired_by(whole.members[3].id, stamp(AT)).unwrap();
    assert_eq!(
        other.members.iter().filter(|m| m.role == MemberRole::Chair).map(|m| m.id).collect::<Vec<_>>(),
        [whole.members[3].id]
    );
}

#[test]
fn a_member_serves_with_a_pledge_and_within_its_term() {
    let pool = pool();
    let made = committee(&pool[..5]);
    let member = made.members[1].clone();
    let day = |text: &str| text.parse::<crate::day::Day>().unwrap();
    assert!(member.serves(day("2026-02-14")).is_ok());
    assert_eq!(code(Member { pledge: None, ..member.clone() }.serves(day("2026-02-14"))), "pledge_wanting");
    let until = Member { term_to: Some(day("2026-02-20")), ..member.clone() };
    assert!(until.serves(day("2026-02-20")).is_ok());
    assert_eq!(code(until.serves(day("2026-02-21"))), "term_over");
    assert_eq!(code(made.clone().pledged("또".parse().unwrap(), by(member.id, AT))), "pledge_given");
    assert_eq!(code(made.clone().pledged("남".parse().unwrap(), stamp(AT))), "member_unknown");

    let without = made.without(member.id, "사임".parse().unwrap(), stamp(AT)).unwrap();
    assert_eq!((without.active().count(), without.members.len()), (4, 5), "what it did stays");
    assert!(without.member(member.id).is_none());
    assert_eq!(code(without.members[1].serves(day("2026-02-14"))), "member_left");
    assert_eq!(code(without.clone().without(member.id, "또".parse().unwrap(), stamp(AT))), "member_unknown");
    let back = without.with_appointment(appoint(&pool[1], "member"), &pool[1], &rules(), stamp(AT)).unwrap();
    assert_eq!((back.active().count(), back.members.len()), (5, 6), "and may come again");
}

#[test]
fn ties_last_as_long_as_they_are_said_to() {
    let tie = |kind: &str, to: Option<&str>| -> Tie {
        serde_json::from_value(json!({ "kind": kind, "with": { "body": "mois" }, "from": "2015-01-01", "to": to }))
            .unwrap()
    };
    let day = "2026-02-14".parse().unwrap();
    for (tie, lasts, reaches) in [
        (tie("employed", None), true, true),
        (tie("employed", Some("2026-02-13")), false, true),
        (tie("employed", Some("2023-02-14")), false, true),
        (tie("employed", Some("2023-02-13")), false, false),
        (tie("kin", Some("2016-01-01")), true, true),
    ] {
        assert_eq!((tie.lasts(day), tie.reaches(day, 36)), (lasts, reaches), "{tie:?}");
    }
    let wrong =
        json!([{ "kind": "advised", "with": { "organisation": "가나다" }, "from": "2026-01-02", "to": "2026-01-01" }]);
    let details = json!({ "name": "위원", "sector": "public", "expertise": ["public", "public"], "ties": wrong });
    let refused =
        Expert::create(Id::new(uuid::Uuid::nil()), serde_json::from_value(details).unwrap(), stamp(AT)).unwrap_err();
    assert_eq!(faults(&refused), ["/expertise/1 duplicate", "/ties/0/to wrong_order"]);
}

#[test]
fn who_is_on_it_is_known_to_few() {
    let made = committee(&pool()[..5]);
    let actor = |role, body: &str, id: uuid::Uuid| Actor {
        id: Id::new(id),
        name: "kim".into(),
        grants: vec![Grant { role, body: body.parse().unwrap(), expires_at: None }],
    };
    let (member, other) = (made.members[0].id.get(), uuid::Uuid::from_u128(5));
    for (role, body, id, reads, composes) in [
        (Role::Coordinator, "nia", other, true, true),
        (Role::Coordinator, "msit", other, false, false),
        (Role::CommitteeMember, "nia", member, true, false),
        (Role::CommitteeMember, "nia", other, false, false),
        (Role::Planner, "mois", other, false, false),
        (Role::Applicant, "sido-26", other, false, false),
        (Role::Auditor, "bai", other, true, false),
    ] {
        let who = actor(role, body, id);
        let may = permit::<act::committee::Read>(&who, made.clone()).is_ok();
        assert_eq!(
            (may, permit::<act::committee::Compose>(&who, made.clone()).is_ok()),
            (reads, composes),
            "{role} {body}"
        );
    }
}

#[test]
fn a_lot_is_drawn_among_those_who_can_be_drawn_and_recorded() {
    let mut pool = pool();
    pool[6] = pool[6].clone().retired(stamp(AT)).unwrap();
    pool[7].details.account = None;
    let ask = |among: &[usize], private: usize| DrawAsk {
        seats: Seats { public: 0, private },
        among: among.iter().map(|n| pool[*n].id).collect(),
    };
    let empty = || Committee::of(&published(), stamp(AT));
    let lot = |c: Committee, ask: DrawAsk| c.with_lot(&ask, &pool, &rules(), (seed(7), stamp(AT)));
    let made = lot(empty(), ask(&[], 3)).unwrap();
    let draw = &made.draws[0];
    assert_eq!((draw.seed.clone(), draw.pool.len(), draw.chosen.len()), (seed(7), 10, 3));
    assert!(draw.pool.is_sorted() && !draw.pool.contains(&pool[6].id) && !draw.pool.contains(&pool[7].id));
    let among: Vec<&Expert> = pool.iter().filter(|e| draw.pool.contains(&e.id)).collect();
    assert_eq!(drawn(&draw.seed, draw.seats, &among).unwrap(), draw.chosen, "by what is recorded");
    let member = pool.iter().position(|e| e.id == draw.chosen[0]).unwrap();
    let refused = lot(made.clone(), ask(&[6, member, 0, 7], 1)).unwrap_err();
    let not = |n: usize| format!("/among/{n} not_drawable");
    assert_eq!(faults(&refused).iter().filter(|f| [not(0), not(1), not(3)].contains(f)).count(), 3, "{refused:?}");
    assert_eq!(lot(made, ask(&[], 3)).unwrap().active().count(), 6, "members are not drawn again");
    assert_eq!(code(lot(empty(), ask(&[], 0))), "out_of_range");
}

#[test]
fn whoever_leaves_is_replaced_in_the_same_step() {
    let pool = pool();
    let made = committee(&pool[..5]);
    let (leaving, version) = (made.members[1].id, made.version);
    let with = |successor: Option<&Expert>| Replacement {
        reason: "사임".parse().unwrap(),
        successor: successor.map(|expert| appoint(expert, "member")),
    };
    let replaced = |by: Option<&Expert>| made.clone().replaced(leaving, with(by), by, (&rules(), stamp(AT)));
    let after = replaced(Some(&pool[5])).unwrap();
    assert_eq!((after.active().count(), after.version), (5, version + 1));
    assert!(after.member(leaving).is_none() && after.member(pool[5].details.account.unwrap()).is_some());
    assert_eq!(faults(&replaced(Some(&pool[2])).unwrap_err()), ["/successor/expert member_already"]);
    assert_eq!(replaced(None).unwrap().active().count(), 4);
}

#[test]
fn a_committee_is_made_up_until_the_result_is_confirmed() {
    let call = published();
    let now = stamp(AT).at;
    assert!(composing(&call, now).is_ok());
    let over = call.clone().cancelled("중단".parse().unwrap(), stamp(AT)).unwrap();
    assert_eq!(composing(&over, now).unwrap_err().code.name, "committee_settled");
    let bare = crate::call::SupportCall { rules: None, ..call };
    assert_eq!(composing(&bare, now).unwrap_err().code.name, "call_rules_wanting");
}
