//! Many at once: all or none with every fault, and proposals that keep to loads and ties.

use super::*;
use crate::{
    application::{
        Application,
        sample::{LATE, eligible},
    },
    call::{
        SupportCall,
        sample::{faults, stamp},
    },
    committee::{
        Committee, Expert, MemberId,
        sample::{committee, expert, pool},
    },
    id::Id,
};
use serde_json::json;
use std::collections::BTreeMap;

fn applications(n: u128) -> (Vec<Application>, SupportCall) {
    let (one, call) = eligible();
    let other = |n| Application { id: Id::new(uuid::Uuid::from_u128(500 + n)), ..one.clone() };
    ((0..n).map(other).collect(), call)
}
fn give(
    asked: &[(u128, MemberId)],
    (committee, experts): (&Committee, &[Expert]),
    panels: &[Panel],
    load: usize,
) -> Result<Vec<Panel>, crate::problem::Refusal> {
    let (applications, call) = applications(3);
    let asked: Vec<NewSeat> = asked
        .iter()
        .map(|(n, member)| NewSeat { application: Id::new(uuid::Uuid::from_u128(500 + *n)), member: *member })
        .collect();
    let loads = committee.active().map(|member| (member.id, load)).collect();
    let known =
        Standing { call: &call, committee, experts, counsels: &[], applications: &applications, panels, loads: &loads };
    assigned(&asked, known, || Id::new(uuid::Uuid::from_u128(9)), stamp(LATE))
}

#[test]
fn many_are_given_or_none_with_every_fault_in_its_place() {
    let pool = pool();
    let made = committee(&pool[..5]);
    let (a, b) = (made.members[0].id, made.members[1].id);
    let given = give(&[(0, a), (0, b), (1, a)], (&made, &pool), &[], 0).unwrap();
    assert_eq!(given.iter().map(|p| (p.judging().count(), p.version)).collect::<Vec<_>>(), [(2, 2), (1, 2)]);
    let again = give(&[(0, made.members[2].id)], (&made, &pool), &given, 1).unwrap();
    assert_eq!((again.len(), again[0].judging().count(), again[0].version), (1, 3, 3));
    let stranger = Id::new(uuid::Uuid::from_u128(77));
    let refused = give(&[(0, a), (9, stranger), (1, a), (0, a), (1, b)], (&made, &pool), &given, 19).unwrap_err();
    assert_eq!(
        faults(&refused),
        [
            "/assignments/0/member seat_taken",
            "/assignments/1/application not_known",
            "/assignments/1/member member_unknown",
            "/assignments/2/member seat_taken",
            "/assignments/3/member seat_taken",
        ],
        "the fifth alone would have been possible"
    );
    let full = give(&[(0, a), (1, a), (2, a)], (&made, &pool), &[], 18).unwrap_err();
    assert_eq!(faults(&full), ["/assignments/2/member load_reached"], "counted as they are given");
    let mut silent = made;
    silent.members[0].pledge = None;
    assert_eq!(
        faults(&give(&[(0, a)], (&silent, &pool), &[], 0).unwrap_err()),
        ["/assignments/0/member pledge_wanting"]
    );
}

#[test]
fn places_follow_seats_and_conflicts() {
    let tied = json!([{ "kind": "employed", "with": { "body": "sido-26" } }]);
    let experts = [expert(20, "private", &tied), expert(21, "private", &json!([]))];
    let made = committee(&experts);
    let (tied, free) = (made.members[0].id, made.members[1].id);
    let panel = give(&[(0, tied), (0, free)], (&made, &experts), &[], 0).unwrap().remove(0);
    assert_eq!(panel.places(), BTreeMap::from([(tied, SeatState::Waiting), (free, SeatState::Judging)]));
    let conflict = panel.conflicts[0].id;
    let out = panel.decided(conflict, DecidedConflict::Upheld, "확인".parse().unwrap(), stamp(LATE)).unwrap();
    let out = out.released(free, "교체".parse().unwrap(), stamp(LATE)).unwrap();
    assert_eq!(out.places(), BTreeMap::from([(tied, SeatState::Barred), (free, SeatState::Released)]));
}

fn propose(applications: &[Application], experts: &[Expert], load: usize, per: usize) -> Proposal {
    let (_, call) = eligible();
    let made = committee(experts);
    let loads = made.active().map(|member| (member.id, load)).collect();
    let known =
        Standing { call: &call, committee: &made, experts, counsels: &[], applications, panels: &[], loads: &loads };
    proposed(known, per, stamp(LATE).at.day())
}

#[test]
fn a_proposal_matches_what_members_know_and_spreads_the_load() {
    let (mut all, _) = applications(3);
    all[0].submissions[0].content.fields = vec!["safety".parse().unwrap(), "welfare".parse().unwrap()];
    all[1].submissions[0].content.fields = vec!["welfare".parse().unwrap()];
    let mut experts: Vec<Expert> = (20..24).map(|n| expert(n, "private", &json!([]))).collect();
    experts[2].details.expertise = vec!["welfare".parse().unwrap()];
    experts[3].details.expertise = vec!["safety".parse().unwrap(), "welfare".parse().unwrap()];
    let id = |n: usize| experts[n].details.account.unwrap();
    let made = propose(&all, &experts, 0, 1);
    let told: Vec<_> = made.seats.iter().map(|s| (s.member, s.reason, s.matched.len(), s.load)).collect();
    assert_eq!(
        told,
        [
            (id(3), ProposalReason::Expertise, 2, 1),
            (id(2), ProposalReason::Expertise, 1, 1),
            (id(0), ProposalReason::Load, 0, 1),
        ]
    );
    assert!(made.unfilled.is_empty());
    let backwards: Vec<Application> = all.iter().rev().cloned().collect();
    assert_eq!(propose(&backwards, &experts, 0, 1), made, "the order given does not matter");
}

#[test]
fn a_proposal_keeps_to_loads_and_ties_and_tells_what_is_unfilled() {
    let (all, _) = applications(2);
    let tied = json!([{ "kind": "advised", "with": { "body": "sido-26" } }]);
    let experts = [expert(20, "private", &tied), expert(21, "private", &json!([])), expert(22, "private", &json!([]))];
    let id = |n: usize| experts[n].details.account.unwrap();
    let made = propose(&all, &experts, 0, 3);
    assert_eq!(made.seats.len(), 4);
    assert!(made.seats.iter().all(|seat| seat.member != id(0)));
    let told: Vec<_> = made.unfilled.iter().map(|u| (u.missing, u.kept_out.clone())).collect();
    assert_eq!(told, vec![(1, vec![KeptOut { member: id(0), why: KeptOutBy::Tied }]); 2]);
    let full = propose(&all, &experts, 19, 1);
    assert_eq!(full.seats.len(), 2, "each of the two has room for one");
    let full = propose(&all, &experts, 20, 1);
    assert!(full.seats.is_empty());
    assert!(full.unfilled[0].kept_out.contains(&KeptOut { member: id(1), why: KeptOutBy::LoadReached }));
}
