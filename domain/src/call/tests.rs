//! A call is prepared, published once it is whole, and changes only as its applicants may expect.

use super::{sample::*, *};
use crate::{
    access::{Actor, Grant, Role, act, permit},
    cost_share::Standing,
    day::FiscalYear,
    evaluation::{Aggregation, CutOn, WhenShort},
    id::Id,
};
use serde_json::json;

#[test]
fn open_and_closed_follow_the_clock_to_the_second() {
    let call = published();
    for (moment, state) in [
        ("2026-02-02T08:59:59+09:00", CallState::Published),
        ("2026-02-02T09:00:00+09:00", CallState::Open),
        ("2026-02-13T18:00:00+09:00", CallState::Open),
        ("2026-02-13T18:00:00.000001+09:00", CallState::Closed),
        ("2027-01-01T00:00:00Z", CallState::Closed),
    ] {
        assert_eq!(call.state(at(moment)), state, "{moment}");
    }
    assert_eq!(call.days_left(at("2026-02-10T15:00:00Z")), Some(2), "past midnight in Korea");
    assert_eq!(call.days_left(at("2026-02-13T17:59:59+09:00")), Some(0));
    assert_eq!(call.days_left(at("2026-02-13T18:00:01+09:00")), None);
}

#[test]
fn a_call_is_published_only_when_it_is_whole_and_in_time() {
    let at = stamp("2026-01-28T00:00:00Z");
    let mut bare = new();
    (bare.plan.opens_at, bare.plan.closes_at) = (None, None);
    let refused = SupportCall::create(bare, at).unwrap().published(at).unwrap_err();
    assert_eq!(
        faults(&refused),
        ["/plan/opens_at call_window_wanting", "/plan/closes_at call_window_wanting", "/rules call_rules_wanting"]
    );
    let late = ruled().published(stamp("2026-02-13T09:00:00Z")).unwrap_err();
    assert_eq!(faults(&late), ["/plan/closes_at call_deadline_past"]);
    assert_eq!(published().published(at).unwrap_err().code, &CALL_MOVE_NOT_ALLOWED);
}

#[test]
fn a_window_is_to_the_minute_and_runs_forward() {
    let mut plan = new();
    plan.plan.opens_at = Some(at("2026-02-02T09:00:59+09:00"));
    plan.plan.closes_at = Some(at("2026-02-13T23:59:59+09:00"));
    let refused = SupportCall::create(plan.clone(), stamp("2026-01-20T00:00:00Z")).unwrap_err();
    assert_eq!(faults(&refused), ["/plan/opens_at not_to_the_minute"]);
    plan.plan.opens_at = Some(at("2026-02-14T00:00:00+09:00"));
    plan.plan.closes_at = Some(at("2026-02-13T23:59:30+09:00"));
    let refused = SupportCall::create(plan, stamp("2026-01-20T00:00:00Z")).unwrap_err();
    assert_eq!(faults(&refused), ["/plan/closes_at not_to_the_minute", "/plan/closes_at wrong_order"]);
}

#[test]
fn rules_are_held_to_the_contract_with_every_fault_at_once() {
    let draft = SupportCall::create(new(), stamp("2026-01-20T00:00:00Z")).unwrap();
    let mut wrong = rules();
    wrong.scoring.criteria[0].max_points = "41".parse().unwrap();
    wrong.scoring.tie_keys = vec!["criterion:beauty".parse().unwrap()];
    wrong.tracks[1].levels.pop();
    wrong.tracks[1].min_awards = 7;
    wrong.committee.min_members = 10;
    wrong.scoring.quorum = 11;
    let mut bands = cost_share();
    bands.bands[1].from = "21".parse().unwrap();
    let refused =
        draft.ruled(wrong, (bands, Standing::Illustration), None, none(), stamp("2026-01-21T00:00:00Z")).unwrap_err();
    assert_eq!(
        faults(&refused),
        [
            "/rules/scoring/criteria maxima_not_100",
            "/rules/scoring/tie_keys/0 not_known",
            "/rules/tracks level_not_in_one_track",
            "/rules/cost_share/bands/1 bands_do_not_tile",
            "/rules/tracks/1/min_awards wrong_order",
            "/rules/committee/min_members wrong_order",
            "/rules/scoring/quorum out_of_range",
        ]
    );
    let mut money = rules();
    money.tracks[0].envelope_krw = crate::money::Won::new(-1).unwrap();
    let draft = SupportCall::create(new(), stamp("2026-01-20T00:00:00Z")).unwrap();
    let refused = draft.ruled(money, chosen(), None, none(), stamp("2026-01-21T00:00:00Z")).unwrap_err();
    assert_eq!(faults(&refused), ["/rules/tracks/0/envelope_krw out_of_range"]);
}

#[test]
fn published_rules_change_with_a_reason_and_before_the_first_submission() {
    let during = stamp("2026-02-03T00:00:00Z");
    let call = published();
    assert_eq!(call.rules.as_ref().unwrap().edition, 1);
    let silent = call.clone().ruled(rules(), chosen(), None, none(), during).unwrap_err();
    assert_eq!(faults(&silent), ["/reason call_reason_needed"]);
    let why: Option<Prose<2000>> = Some("배점 정정".parse().unwrap());
    let changed = call.clone().ruled(rules(), chosen(), why.clone(), none(), during).unwrap();
    assert_eq!(changed.rules.as_ref().map(|r| (r.edition, r.reason.clone())), Some((2, why.clone())));
    assert_eq!(changed.replaced_rules.iter().map(|r| r.edition).collect::<Vec<_>>(), [1]);
    assert_eq!(changed.steps.last().map(|s| s.did), Some(CallMove::ReplaceRules));

    let somebody = CourseFacts { submitted: 1, ..none() };
    assert_eq!(
        call.clone().ruled(rules(), chosen(), why.clone(), somebody, during).unwrap_err().code,
        &CALL_RULES_FIXED
    );
    let after = stamp("2026-02-13T09:00:01Z");
    assert_eq!(call.ruled(rules(), chosen(), why, none(), after).unwrap_err().code, &CALL_MOVE_NOT_ALLOWED);
}

#[test]
fn what_applicants_rely_on_stays_once_published() {
    let now = stamp("2026-01-29T00:00:00Z");
    let call = published();
    let mut plan = call.plan.clone();
    plan.contact = Some("02-0000-0000".parse().unwrap());
    assert_eq!(call.clone().planned(plan.clone(), now).unwrap().version, call.version + 1);
    plan.fiscal_year = FiscalYear::new(2027).unwrap();
    plan.closes_at = Some(at("2026-02-13T17:00:00+09:00"));
    plan.eligibility.clear();
    let refused = call.clone().planned(plan.clone(), now).unwrap_err();
    assert_eq!(
        faults(&refused),
        ["/fiscal_year call_plan_fixed", "/closes_at call_plan_fixed", "/eligibility call_plan_fixed"]
    );
    assert!(ruled().planned(plan, now).is_ok(), "a draft is free");
    assert!(call.clone().cancelled("중복".parse().unwrap(), now).unwrap().planned(call.plan, now).is_err());
}

#[test]
fn a_deadline_is_put_off_and_never_brought_forward_or_back() {
    let to = |closes: &str| Deadline { closes_at: at(closes), reason: "설 연휴".parse().unwrap() };
    let during = stamp("2026-02-10T00:00:00Z");
    let call = published().deadline_put_off(to("2026-02-20T23:59:59+09:00"), during).unwrap();
    assert_eq!(call.state(at("2026-02-20T14:59:59Z")), CallState::Open);
    assert_eq!(call.steps.last().unwrap().closed_at_before, Some(at("2026-02-13T18:00:00+09:00")));
    let earlier = published().deadline_put_off(to("2026-02-13T17:00:00+09:00"), during).unwrap_err();
    assert_eq!(faults(&earlier), ["/closes_at wrong_order"]);
    let over = stamp("2026-02-13T09:00:01Z");
    assert!(
        published().deadline_put_off(to("2026-02-20T18:00:00+09:00"), over).is_err(),
        "what has closed stays closed"
    );
}

#[test]
fn a_deadline_for_sheets_is_set_while_it_is_to_come_and_only_put_off() {
    let to = |until: &str, reason: Option<&str>| SheetDeadline {
        sheets_until: at(until),
        reason: reason.map(|why| why.parse().unwrap()),
    };
    let (early, now) = (stamp("2026-02-10T00:00:00Z"), stamp("2026-02-14T00:00:00Z"));
    assert_eq!(
        published().sheets_due(to("2026-02-20T09:00:00Z", None), early).unwrap_err().code,
        &CALL_MOVE_NOT_ALLOWED
    );
    let call = published().screening_begun(now).unwrap();
    let wrong = call.clone().sheets_due(to("2026-02-13T00:00:30Z", None), now).unwrap_err();
    assert_eq!(faults(&wrong), ["/sheets_until not_to_the_minute", "/sheets_until call_deadline_past"]);
    let wrong = call.clone().sheets_due(to("2026-02-14T00:00:00Z", None), now).unwrap_err();
    assert_eq!(faults(&wrong), ["/sheets_until call_deadline_past"]);
    let call = call.sheets_due(to("2026-02-20T09:00:00Z", None), now).unwrap();
    let call = call.evaluation_begun(none(), now).unwrap();
    assert_eq!(
        (call.stage, call.steps.iter().map(|step| step.closed_at_before).collect::<Vec<_>>()),
        (CallStage::Evaluation, vec![None; 4])
    );
    let silent = call.clone().sheets_due(to("2026-02-20T09:00:00Z", None), now).unwrap_err();
    assert_eq!(faults(&silent), ["/sheets_until wrong_order", "/reason call_reason_needed"]);
    let last = stamp("2026-02-20T09:00:00Z");
    let later = call.clone().sheets_due(to("2026-02-21T14:59:59Z", Some("설 연휴")), last).unwrap();
    assert_eq!((later.stage, later.sheets_until), (CallStage::Evaluation, Some(at("2026-02-21T23:59:59+09:00"))));
    assert_eq!(later.steps.last().unwrap().closed_at_before, call.sheets_until);
    let over = stamp("2026-02-20T09:00:00.000001Z");
    assert_eq!(
        (call.sheets_are_over(last.at), call.sheets_are_over(over.at)),
        (false, true),
        "the deadline itself is in time"
    );
    assert_eq!(call.sheets_due(to("2026-02-21T09:00:00Z", Some("뒤늦게")), over).unwrap_err().code, &SHEETS_OVER);
    let copy = Duplicate { key: "next".parse().unwrap(), title: published().plan.title };
    assert_eq!(later.duplicated(copy, now).sheets_until, None, "a copy sets its own");
}

#[test]
fn each_move_has_its_place() {
    let (open, over) = (stamp("2026-02-10T00:00:00Z"), stamp("2026-02-13T09:00:01Z"));
    assert!(published().screening_begun(open).is_err(), "not while applications are taken");
    let screening = published().screening_begun(over).unwrap();
    assert_eq!(screening.state(over.at), CallState::Screening);
    let unscreened = CourseFacts { submitted: 3, unscreened: 2, unanswered: 0 };
    let refused = screening.clone().evaluation_begun(unscreened, over).unwrap_err();
    assert_eq!((refused.code, refused.detail.en.contains('2')), (&APPLICATIONS_UNDECIDED, true));
    let scoring = screening.evaluation_begun(CourseFacts { submitted: 3, unscreened: 0, unanswered: 0 }, over).unwrap();
    assert_eq!(scoring.state(over.at), CallState::Evaluation);
    assert_eq!(scoring.cancelled("예산 삭감".parse().unwrap(), over).unwrap().stage, CallStage::Cancelled);
}

#[test]
fn a_copy_begins_anew() {
    let copy = Duplicate {
        key: "public-ai-2027".parse().unwrap(),
        title: serde_json::from_value(json!({ "ko": "2027" })).unwrap(),
    };
    let made = published().duplicated(copy, stamp("2026-11-01T00:00:00Z"));
    assert_eq!((made.stage, made.version, made.steps.len(), made.plan.closes_at), (CallStage::Draft, 1, 0, None));
    assert_eq!(made.rules.map(|r| (r.edition, r.rules)), Some((1, rules())));
    assert_eq!(made.plan.eligibility.len(), 1);
}

#[test]
fn drafts_are_for_those_who_prepare_them() {
    let actor = |role, body: &str| Actor {
        id: Id::new(uuid::Uuid::from_u128(9)),
        name: "kim".into(),
        grants: vec![Grant { role, body: body.parse().unwrap(), expires_at: None }],
    };
    let cancelled = ruled().cancelled("중복".parse().unwrap(), stamp("2026-01-22T00:00:00Z")).unwrap();
    for (role, body, of_draft, of_published) in [
        (Role::Coordinator, "mois", true, true),
        (Role::Coordinator, "nia", true, true),
        (Role::Coordinator, "msit", false, true),
        (Role::Planner, "mois", false, true),
        (Role::Applicant, "sido-26", false, true),
        (Role::CommitteeMember, "nia", false, true),
        (Role::Auditor, "bai", true, true),
        (Role::Administrator, "mois", false, false),
    ] {
        let may = |call: &SupportCall| permit::<act::call::Read>(&actor(role, body), call.clone()).is_ok();
        assert_eq!(
            (may(&ruled()), may(&cancelled), may(&published())),
            (of_draft, of_draft, of_published),
            "{role} {body}"
        );
    }
    for (role, body, may) in
        [(Role::Coordinator, "nia", true), (Role::Coordinator, "msit", false), (Role::Planner, "mois", false)]
    {
        assert_eq!(permit::<act::call::Advance>(&actor(role, body), published()).is_ok(), may, "{role} {body}");
    }
}

#[test]
fn the_record_reads_back_and_knows_no_other_member() {
    let call = published();
    let mut text = serde_json::to_value(&call).unwrap();
    assert_eq!(serde_json::from_value::<SupportCall>(text.clone()).unwrap(), call);
    text["colour"] = json!(1);
    assert!(serde_json::from_value::<SupportCall>(text).is_err());
    let scoring = call.rules.unwrap().rules.scoring;
    assert_eq!((scoring.aggregation, scoring.cut_applies_to), (Aggregation::TrimmedMean, CutOn::Mean));
    assert_eq!(rules().tracks[0].when_short, WhenShort::Skip);
}
