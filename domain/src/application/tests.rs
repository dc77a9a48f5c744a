//! An application is written, submitted in time and in numbered versions, screened, and never lost.

use super::{sample::*, *};
use crate::{
    access::{Actor, Grant, Role, act, permit},
    call::{
        CallState,
        sample::{at, faults, published, stamp},
    },
    id::Id,
    problem::Refusal,
    text::Prose,
};
use serde_json::json;

fn found(verdict: serde_json::Value) -> NewScreening {
    NewScreening { verdict: serde_json::from_value(verdict).unwrap() }
}
fn why() -> Prose<2000> {
    "사정 변경".parse().unwrap()
}
fn code<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> &'static str {
    refused.unwrap_err().code.name
}

#[test]
fn late_by_one_second_is_refused_and_the_last_second_is_not() {
    let call = published();
    assert!(begun().submit(&call, stamp(LAST)).is_ok());
    let refused = begun().submit(&call, stamp(LATE)).unwrap_err();
    assert_eq!(refused.code.name, "submission_late");
    assert!(refused.detail.ko.contains("2026-02-13 18:00:00"), "{}", refused.detail.ko);
    let early = stamp("2026-02-01T23:59:59Z");
    assert_eq!(call.state(early.at), CallState::Published);
    assert_eq!(code(begun().submit(&call, early)), "call_not_open");
    assert!(Application::begin(id(), content(), (&call, &body("mois")), early).is_ok(), "drafts may be early");
    assert_eq!(code(Application::begin(id(), content(), (&call, &body("mois")), stamp(LATE))), "submission_late");
}

#[test]
fn each_submission_is_frozen_under_its_number() {
    let call = published();
    let first = submitted();
    assert_eq!(code(first.clone().submit(&call, stamp(OPEN))), "nothing_new");
    let mut changed = content();
    changed.title = "AI 민원 안내 2".parse().unwrap();
    let written = first.written(changed, &call, stamp(OPEN)).unwrap();
    assert_eq!(written.submitted().unwrap().content.title.as_str(), "AI 민원 안내", "what was submitted stays");
    let second = written.submit(&call, stamp(LAST)).unwrap();
    let kept: Vec<_> =
        second.submissions.iter().map(|s| (s.number, s.content.title.to_string(), s.rules_edition)).collect();
    assert_eq!(kept, [(1, "AI 민원 안내".into(), 1), (2, "AI 민원 안내 2".into(), 1)]);
    assert_eq!(code(second.written(content(), &call, stamp(LATE))), "application_fixed");
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let bare: Content = serde_json::from_value(json!({ "title": "AI" })).unwrap();
    let draft = Application::begin(id(), bare, (&published(), &body("mois")), stamp(OPEN)).unwrap();
    let refused = draft.clone().submit(&published(), stamp(OPEN)).unwrap_err();
    let wanting = ["summary", "plan", "total_cost_krw", "expected_effects", "milestones", "common_base", "papers"];
    assert_eq!(faults(&refused), wanting.map(|name| format!("/content/{name} paper_wanting")));
    let ahead = draft.submission_faults(&published(), stamp(LATE));
    assert_eq!((ahead.len(), ahead[0].code.name), (8, "submission_late"));
    assert!(begun().submission_faults(&published(), stamp(OPEN)).is_empty());
}

#[test]
fn what_is_wrong_is_wrong_in_a_draft_too() {
    let mut wrong = content();
    wrong.partners = serde_json::from_value(json!([{ "body": "sido-26", "part": "총괄" }, { "body": "nia", "part": "기술" }, { "body": "nia", "part": "기술" }])).unwrap();
    wrong.own_in_kind_krw = Some(crate::money::Won::new(34_567_001).unwrap());
    wrong.papers[0].name = "../계획서.hwpx".parse().unwrap();
    let refused = Application::begin(id(), wrong, (&published(), &body("sido-26")), stamp(OPEN)).unwrap_err();
    assert_eq!(
        faults(&refused),
        [
            "/content/partners/0/body duplicate",
            "/content/partners/2/body duplicate",
            "/content/papers/0/name wrong_form",
            "/content/total_cost_krw cost_parts_too_much",
        ]
    );
    let mut whole = content();
    whole.own_in_kind_krw = Some(crate::money::Won::new(34_567_000).unwrap());
    assert!(Application::begin(id(), whole, (&published(), &body("sido-26")), stamp(OPEN)).is_ok(), "to the won");
}

#[test]
fn central_bodies_and_local_governments_lead() {
    let of = |key: &str| ApplicantBody::of(&body(key)).map(|a| (a.level, a.code().to_owned()));
    assert_eq!(of("mois"), Some((Level::Central, "mois".into())));
    assert_eq!(of("sido-26"), Some((Level::Sido, "26".into())));
    assert_eq!(of("nia"), None);
    let refused = Application::begin(id(), content(), (&published(), &body("nia")), stamp(OPEN)).unwrap_err();
    assert_eq!(faults(&refused), ["/body applicant_not_eligible"]);
    let closed = Application::begin(id(), content(), (&published(), &body("moef_old")), stamp(OPEN)).unwrap_err();
    assert_eq!(faults(&closed), ["/body body_closed"]);
}

#[test]
fn screening_finds_by_the_calls_own_rules() {
    let (call, now) = (screening(), stamp(LATE));
    let eligible = json!({ "found": "eligible", "with": { "groups": ["depopulation_area"], "bonuses": [{ "code": "npu", "points": "2", "evidence": "확약서" }] } });
    let done = submitted().screened(found(eligible), &call, now).unwrap();
    assert_eq!((done.standing(), done.awaits_screening()), (ApplicationStanding::Eligible, false));
    let wrong =
        json!({ "found": "ineligible", "rules": ["plan_attached", "beauty", "plan_attached"], "reason": "미제출" });
    let refused = submitted().screened(found(wrong), &call, now).unwrap_err();
    assert_eq!(faults(&refused), ["/verdict/rules/1 rule_named_wrongly", "/verdict/rules/2 duplicate"]);
    let without = json!({ "found": "ineligible", "rules": [], "reason": "미제출" });
    assert_eq!(faults(&submitted().screened(found(without), &call, now).unwrap_err()), ["/verdict/rules required"]);
    let points = json!({ "found": "eligible", "with": { "groups": ["a", "a"], "penalties": [
        { "code": "late", "points": "-1", "evidence": "-" }, { "code": "late", "points": "101", "evidence": "-" }] } });
    assert_eq!(
        faults(&submitted().screened(found(points), &call, now).unwrap_err()),
        [
            "/verdict/with/groups/1 duplicate",
            "/verdict/with/penalties/0/points out_of_range",
            "/verdict/with/penalties/1/code duplicate",
            "/verdict/with/penalties/1/points out_of_range",
        ]
    );
    let fine = || found(json!({ "found": "eligible" }));
    assert_eq!(code(begun().screened(fine(), &call, now)), "not_submitted");
    assert_eq!(code(submitted().screened(fine(), &published(), now)), "not_screening");
    let not = json!({ "found": "ineligible", "rules": ["plan_attached"], "reason": "미제출" });
    let turned = done.screened(found(not), &call, now).unwrap();
    assert_eq!((turned.standing(), turned.screenings.len()), (ApplicationStanding::Ineligible, 2));
}

#[test]
fn more_is_asked_and_answered_within_its_time() {
    let (call, now) = (screening(), stamp(LATE));
    let ask = |due: &str| found(json!({ "found": "ask_more", "question": "확약서", "due": due }));
    assert_eq!(faults(&submitted().screened(ask(LATE), &call, now).unwrap_err()), ["/verdict/due wrong_order"]);
    let asked = submitted().screened(ask("2026-02-16T09:00:00Z"), &call, now).unwrap();
    assert_eq!((asked.standing(), asked.awaits_screening()), (ApplicationStanding::InformationAsked, true));
    let answer = |at: &str| asked.clone().supplemented("붙임".parse().unwrap(), Vec::new(), (&call, stamp(at)));
    assert_eq!(code(answer("2026-02-16T09:00:01Z")), "nothing_asked");
    let answered = answer("2026-02-16T09:00:00Z").unwrap();
    assert_eq!((answered.standing(), answered.submissions.len()), (ApplicationStanding::Submitted, 1));
    assert_eq!(code(answered.supplemented("또".parse().unwrap(), Vec::new(), (&call, now))), "nothing_asked");
    let given_up = call.clone().cancelled("예산 조정".parse().unwrap(), now).unwrap();
    assert_eq!(
        code(asked.clone().supplemented("붙임".parse().unwrap(), Vec::new(), (&given_up, now))),
        "not_screening"
    );
}

#[test]
fn what_is_withdrawn_is_kept_and_rests() {
    assert_eq!(code(begun().withdrawn(why(), &published(), stamp(OPEN))), "not_submitted");
    let gone = submitted().withdrawn(why(), &published(), stamp(OPEN)).unwrap();
    assert_eq!(
        (gone.standing(), gone.submissions.len(), gone.awaits_screening()),
        (ApplicationStanding::Withdrawn, 1, false)
    );
    let call = published();
    assert_eq!(code(gone.clone().submit(&call, stamp(OPEN))), "application_withdrawn");
    assert_eq!(code(gone.clone().written(content(), &call, stamp(OPEN))), "application_withdrawn");
    assert_eq!(code(gone.clone().withdrawn(why(), &published(), stamp(OPEN))), "application_withdrawn");
    assert_eq!(
        code(gone.screened(found(json!({ "found": "eligible" })), &screening(), stamp(LATE))),
        "application_withdrawn"
    );
}

#[test]
fn papers_are_for_those_concerned() {
    let actor = |role, of: &str| Actor {
        id: Id::new(uuid::Uuid::from_u128(9)),
        name: "kim".into(),
        grants: vec![Grant { role, body: of.parse().unwrap(), expires_at: None }],
    };
    let mut joint = content();
    joint.partners = serde_json::from_value(json!([{ "body": "nia", "part": "기술" }])).unwrap();
    let draft = Application::begin(id(), joint, (&published(), &body("mois")), stamp(OPEN)).unwrap();
    let handed_in = draft.clone().submit(&published(), stamp(OPEN)).unwrap();
    for (role, of, reads_draft, reads, screens) in [
        (Role::Planner, "mois", true, true, false),
        (Role::Planner, "nia", true, true, false),
        (Role::Planner, "msit", false, false, false),
        (Role::Applicant, "sido-26", false, false, false),
        (Role::Coordinator, "mois", false, true, false),
        (Role::Coordinator, "msit", false, false, false),
        (Role::CommitteeMember, "mois", false, false, false),
        (Role::Auditor, "bai", true, true, false),
    ] {
        let may = |a: &Application| permit::<act::application::Read>(&actor(role, of), a.clone()).is_ok();
        let screen = permit::<act::application::Screen>(&actor(role, of), handed_in.clone()).is_ok();
        assert_eq!((may(&draft), may(&handed_in), screen), (reads_draft, reads, screens), "{role} {of}");
    }
    let theirs = submitted();
    assert!(permit::<act::application::Screen>(&actor(Role::Coordinator, "nia"), theirs.clone()).is_ok());
    assert!(permit::<act::application::Screen>(&actor(Role::Coordinator, "msit"), theirs).is_err());
    assert_eq!(at(LAST).korean(), "2026-02-13 18:00:00");
}

#[test]
fn nothing_is_taken_back_once_the_call_is_over() {
    let mut call = screening();
    call.stage = crate::call::CallStage::Final;
    assert_eq!(code(submitted().withdrawn(why(), &call, stamp(LATE))), "call_over");
    call.stage = crate::call::CallStage::Notified;
    assert!(submitted().withdrawn(why(), &call, stamp(LATE)).is_ok());
}

#[test]
fn what_is_written_ahead_of_a_submission_is_the_applicants_own() {
    let actor = |role, of: &str| Actor {
        id: Id::new(uuid::Uuid::from_u128(9)),
        name: "kim".into(),
        grants: vec![Grant { role, body: of.parse().unwrap(), expires_at: None }],
    };
    let mut joint = content();
    joint.partners = serde_json::from_value(json!([{ "body": "nia", "part": "기술" }])).unwrap();
    let call = published();
    let handed_in = Application::begin(id(), joint, (&call, &body("sido-26")), stamp(OPEN)).unwrap();
    let handed_in = handed_in.submit(&call, stamp(OPEN)).unwrap();
    let mut ahead = content();
    ahead.title = "아직 내지 않은 제목".parse().unwrap();
    let ahead = handed_in.written(ahead, &call, stamp(OPEN)).unwrap();
    let title = |role, of: &str| ahead.clone().seen_by(&actor(role, of)).content.title.to_string();
    assert_eq!(title(Role::Coordinator, "mois"), "AI 민원 안내");
    assert_eq!(title(Role::Applicant, "sido-26"), "아직 내지 않은 제목");
    assert_eq!(title(Role::Auditor, "bai"), "아직 내지 않은 제목");
    assert_eq!((ahead.listed().title.as_str(), ahead.listed().submissions), ("AI 민원 안내", 1));
    // Whoever took part in what was submitted is no stranger to it, also when the draft names it no longer.
    let screens = permit::<act::application::Screen>(&actor(Role::Coordinator, "nia"), ahead.clone());
    assert!(screens.is_err() && permit::<act::application::Read>(&actor(Role::Planner, "nia"), ahead).is_ok());
}
