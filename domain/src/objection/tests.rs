//! An objection is made once, in time, and answered once; a call does not end before.

use super::*;
use crate::{
    application::sample::{LATE, eligible},
    call::{CourseFacts, sample::stamp},
};

#[test]
fn objections_are_made_once_and_within_their_time() {
    let (application, call) = eligible();
    let told = call.clone().decided(stamp(LATE)).unwrap().notified(stamp(LATE)).unwrap();
    assert_eq!(told.objections_until().map(|d| d.to_string()).as_deref(), Some("2026-02-20"));
    let new = || NewObjection { ground: ObjectionGround::Fact, text: "총사업비가 다르다".parse().unwrap() };
    let object = |before: Option<&Objection>, call: &SupportCall, at: &str| {
        Objection::make(before, new(), (&application, call), stamp(at))
    };
    let last = "2026-02-20T14:59:59Z";
    let made = object(None, &told, last).unwrap();
    assert_eq!(object(None, &told, "2026-02-20T15:00:00Z").unwrap_err().code.name, "objection_over");
    assert_eq!(object(None, &call, last).unwrap_err().code.name, "objection_over", "nobody was told yet");
    assert_eq!(object(Some(&made), &told, last).unwrap_err().code.name, "objection_made");
    let answer = |o: Objection| {
        let new = NewObjectionAnswer {
            outcome: ObjectionOutcome::Rejected,
            reason: "사실과 다르지 않다".parse().unwrap(),
        };
        o.answered(new, stamp(last))
    };
    let answered = answer(made).unwrap();
    assert_eq!(answer(answered).unwrap_err().code.name, "objection_answered");

    let after = stamp("2026-02-20T15:00:00Z");
    assert_eq!(
        told.clone().finished(CourseFacts { unanswered: 1, ..CourseFacts::default() }, after).unwrap_err().code.name,
        "objections_open"
    );
    assert_eq!(told.clone().finished(CourseFacts::default(), stamp(last)).unwrap_err().code.name, "objections_open");
    assert_eq!(told.finished(CourseFacts::default(), after).unwrap().state(after.at), CallState::Final);
}
