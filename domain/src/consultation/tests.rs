//! Consultations go along their table alone; advice is answered, and counsel ties.

use super::{sample::*, *};
use crate::{
    application::sample::{LATE, eligible},
    committee::sample::expert,
    panel::{Ground, Severity, ties_found},
    problem::Refusal,
    project::{ConditionState, Facts, conditions, sample as projects},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

fn code<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> String {
    let refused = refused.unwrap_err();
    refused.faults.first().map_or(refused.code.name, |fault| fault.code.name).to_owned()
}

/// Every state is tried with every move: what the table does not name is refused.
#[test]
fn moves_go_along_the_table_alone() {
    let (one, at) = (free(1), stamp("2026-02-20"));
    let why = || "사정".parse::<Prose<2000>>().unwrap();
    let reported = held(&one).reported(report(), at).unwrap();
    let closed = [1, 2].iter().fold(reported.clone(), |c, no| c.answered(*no, answer("rejected", None), at).unwrap());
    let states = [
        requested(),
        matched(&one),
        accepted(&one),
        held(&one),
        reported,
        closed.closed(None, at).unwrap(),
        matched(&one).declined(why(), by(&one, "2026-02-04")).unwrap(),
        requested().cancelled(why(), at).unwrap(),
    ];
    assert_eq!(states.each_ref().map(|c| c.state), ConsultationState::ALL);
    for consultation in states {
        for did in ConsultationMove::ALL.iter().filter(|did| **did != ConsultationMove::Request) {
            let known = COURSE.iter().find(|(from, by, _)| *from == consultation.state && by == did);
            let stepped = consultation.clone().stepped(*did, None, at);
            match known {
                Some((_, _, to)) => assert_eq!(stepped.unwrap().state, *to),
                None => assert_eq!(code(stepped), "consultation_move", "{} {did}", consultation.state),
            }
        }
    }
}

#[test]
fn a_request_is_whole_and_of_a_project_under_way() {
    let (id, at) = (requested().id, stamp("2026-02-02"));
    assert_eq!(code(Consultation::request(id, &projects::draft(), request(), at)), "consultation_project");
    let wrong = ConsultationRequest {
        topics: vec![Topic::Data, Topic::Data],
        questions: Vec::new(),
        wanted_by: Some(projects::day("2026-02-01")),
        ..request()
    };
    let refused = Consultation::request(id, &projects::filed(), wrong, at).unwrap_err();
    let faults = ["/topics/1 duplicate", "/questions wrong_length", "/wanted_by day_past"];
    assert_eq!(projects::codes(&refused), faults);
    assert_eq!((requested().phase, requested().bodies().count()), (Phase::Planning, 2));
}

#[test]
fn only_who_serves_and_is_free_is_chosen() {
    let choose = |expert: &crate::committee::Expert, on: &str, load: usize, judges: bool| {
        let adviser = adviser(expert, &json!(["planning"]));
        let loads = BTreeMap::from([(expert.id, load)]);
        let judging = if judges { BTreeSet::from([adviser.account]) } else { BTreeSet::new() };
        let ground = MatchGround { loads: &loads, judging: &judging };
        requested().matched(&Suitor { adviser: &adviser, expert }, &ground, None, stamp(on))
    };
    let bound = |tie: serde_json::Value| expert(2, "private", &json!([tie]));
    assert!(choose(&free(1), "2026-12-31", 1, false).is_ok());
    assert_eq!(code(choose(&free(1), "2027-01-01", 0, false)), "adviser_not_serving");
    assert_eq!(code(choose(&free(1), "2026-02-03", 2, false)), "adviser_loaded");
    assert_eq!(code(choose(&free(1), "2026-02-03", 0, true)), "adviser_judges");
    let employed = bound(json!({ "kind": "employed", "with": { "body": "msit" } }));
    assert_eq!(code(choose(&employed, "2026-02-03", 0, false)), "adviser_tied", "a partner's man");
    for tie in [
        json!({ "kind": "employed", "with": { "body": "mois" }, "to": "2026-02-02" }),
        json!({ "kind": "advised", "with": { "body": "mois" } }),
        json!({ "kind": "employed", "with": { "body": "mohw" } }),
    ] {
        assert!(choose(&bound(tie), "2026-02-03", 0, false).is_ok());
    }
}

#[test]
fn a_proposal_puts_who_knows_most_first_and_says_why_not() {
    let experts: Vec<_> = (1..=7)
        .map(|n| {
            let tied = if n == 5 { json!([{ "kind": "contracted", "with": { "body": "mois" } }]) } else { json!([]) };
            expert(n, "private", &tied)
        })
        .collect();
    let topics = ["data", "privacy_law", "data", "gpu_infrastructure", "data", "data", "data"];
    let mut advisers: Vec<_> = experts.iter().zip(topics).map(|(e, topic)| adviser(e, &json!([topic]))).collect();
    advisers[1] = adviser(&experts[1], &json!(["privacy_law", "data"]));
    advisers[5] = advisers[5].clone().released("사임".parse().unwrap(), stamp("2026-02-02")).unwrap();
    let suitors: Vec<_> = advisers.iter().zip(&experts).map(|(adviser, expert)| Suitor { adviser, expert }).collect();
    let loads = BTreeMap::from([(experts[0].id, 1), (experts[6].id, 2)]);
    let ground = MatchGround { loads: &loads, judging: &BTreeSet::new() };
    let found = proposed(&requested(), &[], &suitors, &ground, projects::day("2026-02-03"));
    let order: Vec<_> = found.candidates.iter().map(|c| (c.adviser, c.topics.len(), c.load)).collect();
    assert_eq!(order, [(experts[1].id, 2, 0), (experts[2].id, 1, 0), (experts[0].id, 1, 1)]);
    let not: BTreeMap<_, _> = found.not_proposed.iter().map(|n| (n.adviser, n.why)).collect();
    let wanted = [
        (experts[3].id, NotProposedBy::NoTopic),
        (experts[4].id, NotProposedBy::Tied),
        (experts[5].id, NotProposedBy::NotServing),
        (experts[6].id, NotProposedBy::LoadReached),
    ];
    assert_eq!((not, found.considered), (BTreeMap::from(wanted), 7));
    let mut turned = suitors.clone();
    turned.reverse();
    assert_eq!(proposed(&requested(), &[], &turned, &ground, projects::day("2026-02-03")), found);
    let declined = matched(&experts[2]).declined("바쁨".parse().unwrap(), by(&experts[2], "2026-02-04")).unwrap();
    let again = proposed(&declined, &[], &suitors, &ground, projects::day("2026-02-03"));
    assert!(again.not_proposed.iter().any(|n| n.adviser == experts[2].id && n.why == NotProposedBy::Declined));
}

#[test]
fn a_session_lies_between_the_request_and_today() {
    let one = free(1);
    let hold = |on: &str| accepted(&one).held(session(on, &json!([])), by(&one, "2026-02-11"));
    assert_eq!(code(hold("2026-02-12")), "not_yet");
    assert_eq!(code(hold("2026-02-01")), "before_request");
    let first = hold("2026-02-11").unwrap();
    assert_eq!((first.response_days(), first.minutes(), first.sessions[0].no), (Some(9), 90, 1));
    let earlier = first.held(session("2026-02-10", &json!([])), by(&one, "2026-02-12")).unwrap();
    assert_eq!((earlier.response_days(), earlier.minutes(), earlier.sessions[1].no), (Some(8), 180, 2));
}

#[test]
fn each_piece_of_advice_is_answered_once_and_followed_up() {
    let (one, at) = (free(1), stamp("2026-03-02"));
    let told = held(&one).reported(report(), by(&one, "2026-02-20")).unwrap();
    assert_eq!((told.unanswered(), told.open_advice(), told.waits_for()), (2, 2, Some(WaitsFor::Planner)));
    assert_eq!(code(told.clone().closed(None, at)), "advice_unanswered");
    assert_eq!(code(told.clone().answered(3, answer("rejected", None), at)), "advice_unknown");
    assert_eq!(code(told.clone().answered(1, answer("accepted", None), at)), "required");
    assert_eq!(code(told.clone().answered(1, answer("deferred", Some("2026-03-01")), at)), "day_past");
    assert_eq!(code(told.clone().answered(1, answer("rejected", Some("2026-03-02")), at)), "out_of_range");
    let later = told.answered(1, answer("deferred", Some("2026-03-02")), at).unwrap();
    let all = later.answered(2, answer("rejected", None), at).unwrap();
    assert_eq!((all.unanswered(), all.open_advice()), (0, 1));
    assert_eq!(code(all.clone().answered(2, answer("rejected", None), at)), "advice_answered");
    let done = |on: &str| serde_json::from_value(json!({ "done_on": on, "what": "반영" })).unwrap();
    assert_eq!(code(all.clone().followed_up(1, done("2026-03-02"), at)), "advice_nothing_due", "it is deferred");
    let closed = all.closed(None, at).unwrap();
    let taken = closed.answered(1, answer("partly", Some("2026-04-30")), at).unwrap();
    assert_eq!((taken.advice[0].answers.len(), taken.waits_for()), (2, Some(WaitsFor::Planner)));
    assert_eq!(code(taken.clone().followed_up(1, done("2026-03-03"), at)), "not_yet");
    let followed = taken.followed_up(1, done("2026-03-02"), at).unwrap();
    assert_eq!((followed.open_advice(), followed.waits_for()), (0, None));
    assert_eq!(code(followed.followed_up(1, done("2026-03-02"), at)), "advice_nothing_due");
}

#[test]
fn counsel_bars_from_judging_within_the_look_back() {
    let (application, _) = eligible();
    let (one, day) = (free(1), projects::day("2026-02-14"));
    let on = |consultation: &Consultation| {
        let mut counsel = consultation.counsel().unwrap();
        counsel.bodies = vec!["sido-26".parse().unwrap()];
        counsel
    };
    let found = |counsel: Counsel, day| {
        let ties = ties_found((&one, &[counsel]), &application, 36, day);
        ties.into_iter().map(|(ground, severity, _)| (ground, severity)).collect::<Vec<_>>()
    };
    assert!(requested().counsel().is_none() && matched(&one).counsel().is_none());
    let promised = on(&accepted(&one));
    assert_eq!(found(promised, day), [(Ground::GaveAdvice, Severity::Apparent)]);
    let reported = held(&one).reported(report(), stamp(LATE.get(..10).unwrap())).unwrap();
    let given = on(&reported);
    assert_eq!((given.from, given.to), (projects::day("2026-02-10"), Some(projects::day("2026-02-10"))));
    assert_eq!(found(given.clone(), day), [(Ground::GaveAdvice, Severity::Real)]);
    assert_eq!(found(given.clone(), projects::day("2029-02-10")), [(Ground::GaveAdvice, Severity::Real)]);
    assert_eq!(found(given.clone(), projects::day("2029-02-11")), [(Ground::GaveAdvice, Severity::Potential)]);
    assert_eq!(on(&held(&one)).to, None, "it goes on");
    assert!(found(Counsel { expert: free(2).id, ..given.clone() }, day).is_empty(), "somebody else's");
    assert!(found(reported.counsel().unwrap(), day).is_empty(), "of another body");
}

#[test]
fn gates_ask_for_counsel_and_for_answers() {
    let one = free(1);
    let given = held(&one);
    let before = as_of([&given], projects::day("2026-02-10"));
    let after = as_of([&given], projects::day("2026-02-11"));
    assert_eq!((before, after), (AdviceFacts::default(), AdviceFacts { held: 1, unanswered: 2 }));
    let answered = given.answered(1, answer("rejected", None), stamp("2026-02-12")).unwrap();
    assert_eq!(as_of([&answered], projects::day("2026-02-11")).unanswered, 2);
    assert_eq!(as_of([&answered], projects::day("2026-02-12")).unanswered, 1);

    let mut project = projects::ripe();
    let open = |project: &crate::project::Project, phase, advice| {
        let facts = Facts { advice, ..projects::facts("2026-06-01") };
        let found = conditions(project, phase, &facts).into_iter().filter(|c| c.state == ConditionState::NotMet);
        found.map(|c| c.code.to_string()).collect::<Vec<_>>()
    };
    for (phase, code) in [
        (Phase::Planning, "gate_planning_advice"),
        (Phase::Execution, "gate_execution_advice"),
        (Phase::Diffusion, "gate_diffusion_advice"),
    ] {
        assert_eq!(open(&project, phase, after), [code]);
    }
    project.no_advice = None;
    assert_eq!(open(&project, Phase::Planning, AdviceFacts::default()), ["gate_advice"]);
    assert!(open(&project, Phase::Planning, AdviceFacts { held: 1, unanswered: 0 }).is_empty());
}
