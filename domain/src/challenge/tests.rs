//! A challenge is filed in time, keeps whom it is taken up against out, and is answered once that is decided.

use super::*;
use crate::{
    application::sample::{LATE, OPEN, begun, eligible, submitted},
    call::sample::{published, stamp},
    committee::MemberId,
    evaluation::ExclusionKind,
    panel::{ConflictId, DecidedConflict, Severity, Source},
};
use serde_json::json;

fn new() -> NewChallenge {
    serde_json::from_value(json!({
        "name": "김위원", "ground": "kin", "detail": "담당자의 친족이다", "evidence": "가족관계증명서"
    }))
    .unwrap()
}
fn id(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}
fn filed() -> Challenge {
    let (application, call) = eligible();
    Challenge::file(Id::new(id(1)), new(), (&application, &call), stamp(LATE)).unwrap()
}
fn up(panel: Panel, challenge: &Challenge, n: u128) -> Result<Panel, Refusal> {
    let member: MemberId = Id::new(id(n));
    let conflict: ConflictId = Id::new(id(n + 100));
    panel.taken_up(conflict, challenge, (member, Severity::Real), stamp(LATE))
}
fn answer() -> NewChallengeAnswer {
    NewChallengeAnswer { words: "살펴보았습니다".parse().unwrap(), reason: "위원이 아님".parse().unwrap() }
}
fn code<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> &'static str {
    refused.unwrap_err().code.name
}

#[test]
fn challenges_are_filed_from_the_submission_until_the_confirmation() {
    let file = |application: &Application, call: &SupportCall, at: &str| {
        Challenge::file(Id::new(id(1)), new(), (application, call), stamp(at))
    };
    let (application, call) = eligible();
    assert!(file(&submitted(), &published(), OPEN).is_ok());
    assert!(file(&submitted(), &published(), LATE).is_ok(), "closed");
    assert!(file(&submitted(), &crate::application::sample::screening(), LATE).is_ok());
    assert!(file(&application, &call, LATE).is_ok());
    assert_eq!(code(file(&begun(), &published(), OPEN)), "challenge_over", "a draft");
    let gone = submitted().withdrawn("사정".parse().unwrap(), &published(), stamp(OPEN)).unwrap();
    assert_eq!(code(file(&gone, &published(), OPEN)), "challenge_over", "withdrawn");
    assert_eq!(code(file(&application, &call.decided(stamp(LATE)).unwrap(), LATE)), "challenge_over", "decided");
    let cancelled = published().cancelled("취소".parse().unwrap(), stamp(OPEN)).unwrap();
    assert_eq!(code(file(&submitted(), &cancelled, OPEN)), "challenge_over", "cancelled");
}

#[test]
fn whoever_is_challenged_keeps_out_until_it_is_decided() {
    let challenge = filed();
    let panel = up(Panel::of(&eligible().0, stamp(LATE)), &challenge, 7).unwrap();
    let one = &panel.conflicts[0];
    assert_eq!(
        (one.kind, one.ground, one.source, one.challenge),
        (ExclusionKind::Challenge, Ground::Kin, Source::Asserted, Some(challenge.id))
    );
    assert!(panel.is_barred(Id::new(id(7))) && !panel.is_barred(Id::new(id(8))));
    assert_eq!(code(up(panel.clone(), &challenge, 8)), "challenge_taken_up");
    assert_eq!(code(challenge.clone().answered(answer(), &panel, stamp(LATE))), "challenge_undecided");
    let conflict = one.id;
    let decide = |outcome| panel.clone().decided(conflict, outcome, "검토".parse().unwrap(), stamp(LATE)).unwrap();
    assert_eq!(code(up(decide(DecidedConflict::Upheld), &challenge, 8)), "challenge_taken_up");
    assert!(up(decide(DecidedConflict::Dismissed), &challenge, 8).is_ok(), "it was somebody else");
    let answered = challenge.answered(answer(), &decide(DecidedConflict::Upheld), stamp(LATE)).unwrap();
    assert_eq!((answered.version, answered.answer.as_ref().map(|a| a.words.as_str())), (2, Some("살펴보았습니다")));
    assert_eq!(code(up(decide(DecidedConflict::Dismissed), &answered, 8)), "challenge_answered");
    assert_eq!(code(answered.answered(answer(), &panel, stamp(LATE))), "challenge_answered");
}

#[test]
fn a_challenge_leads_to_a_conflict_of_its_own_application() {
    let elsewhere = Challenge { application: Id::new(id(5)), ..filed() };
    let refused = up(Panel::of(&eligible().0, stamp(LATE)), &elsewhere, 7).unwrap_err();
    assert_eq!(crate::call::sample::faults(&refused), ["/challenge not_known"]);
}

#[test]
fn only_the_applicant_and_those_who_run_the_call_know_of_it() {
    use crate::access::{Actor, Grant, Role, act, permit};
    let actor = |role, body: &str| Actor {
        id: Id::new(id(9)),
        name: "kim".into(),
        grants: vec![Grant { role, body: body.parse().unwrap(), expires_at: None }],
    };
    let reads = |role, body: &str| permit::<act::challenge::Read>(&actor(role, body), filed()).is_ok();
    assert!(reads(Role::Applicant, "sido-26") && reads(Role::Coordinator, "nia") && reads(Role::Auditor, "bai"));
    assert!(!reads(Role::Applicant, "sido-27") && !reads(Role::CommitteeMember, "nia"));
    let mixed = Challenge { applicants: vec!["sido-26".parse().unwrap(), "nia".parse().unwrap()], ..filed() };
    for (body, answers) in [("mois", true), ("nia", false)] {
        let by = actor(Role::Coordinator, body);
        assert_eq!(permit::<act::challenge::Answer>(&by, mixed.clone()).is_ok(), answers, "{body}");
    }
}
