//! An agreement is whole or refused, opens what was applied for, and is settled to the won.

use super::{sample::*, *};
use crate::{
    access::{Actor, BodyKey, Grant, Role, act, permit},
    budget::{Envelope, Refers},
    call::sample::{at, faults, stamp},
    id::Id,
    project::{Project, ProjectId},
};
use serde_json::json;

fn project() -> ProjectId {
    Id::new(uuid::Uuid::from_u128(77))
}
fn later(text: &str) -> Stamp {
    Stamp { at: at(text), ..stamp(NOW) }
}

#[test]
fn an_agreement_is_refused_with_every_fault() {
    let mut new = agreement();
    new.signed_on = "2026-03-21".parse().unwrap();
    new.ends_on = "2026-03-31".parse().unwrap();
    new.instalments.swap(0, 1);
    new.instalments[0].national_krw = serde_json::from_value(json!(240_000_001)).unwrap();
    let account = json!({ "source": "sido", "account": { "kind": "special", "code": null, "name": "특별회계" } });
    new.accounts = serde_json::from_value(json!([account, account])).unwrap();
    assert_eq!(
        faults(&offered().may_agree(&new, stamp(NOW)).unwrap_err()),
        [
            "/signed_on in_future",
            "/ends_on wrong_order",
            "/instalments/1/due_on wrong_order",
            "/instalments instalments_not_whole",
            "/accounts/1/source duplicate",
        ]
    );
    let late = NewAgreement { signed_on: "2027-01-02".parse().unwrap(), ..agreement() };
    let refused = offered().may_agree(&late, later("2027-01-03T00:00:00Z")).unwrap_err();
    assert_eq!(faults(&refused), ["/signed_on outside_fiscal_year"]);
    assert!(agreed().may_agree(&agreement(), stamp(NOW)).is_err(), "once");
}

#[test]
fn it_opens_the_project_that_was_applied_for() {
    let mut papers = application(1, "sido-26", 1_000_000_000).counting().clone();
    papers.summary = Some("가".repeat(5000).parse().unwrap());
    let effect = papers.expected_effects[0].clone();
    let against =
        crate::project::Benefit { indicator: "건수".parse().unwrap(), target: "40".parse().ok(), ..effect.clone() };
    let ahead = crate::project::Benefit {
        indicator: "만족도".parse().unwrap(),
        actual: "1".parse().ok(),
        measured_on: "2026-03-21".parse().ok(),
        ..effect.clone()
    };
    papers.expected_effects = vec![effect.clone(), effect.clone(), against, ahead];
    let new = project_of(&offered(), &papers, &agreement(), "2026-03-20".parse().unwrap());
    let made = Project::new(project(), "AX-2026-000001".parse().unwrap(), new, Ok(()), stamp(NOW)).unwrap();
    assert_eq!((made.lead_body.as_str(), made.title.ko.as_str(), made.regions.len()), ("sido-26", "AI 민원 안내", 1));
    assert_eq!(made.programme.as_ref().map(|key| key.as_str().to_owned()), Some("public-ai-2026".to_owned()));
    assert_eq!(made.stage.as_ref().map(|stage| stage.template.as_str().to_owned()), Some("mois_five_steps".to_owned()));
    let summary = made.summary.as_ref().unwrap().as_str();
    assert_eq!((summary.chars().count(), summary.ends_with('…')), (4000, true));
    let kept: Vec<_> = made.benefits.iter().map(|one| (one.indicator.as_str(), one.measured_on)).collect();
    assert_eq!(kept, [("처리 시간", None), ("만족도", None)]);
    assert_eq!(made.milestones.len(), 1);
}

#[test]
fn its_lines_add_up_to_the_cost_and_the_nation_pays_from_the_envelope() {
    let envelope = |amount: i64| Envelope {
        key: "public-ai-2026".parse().unwrap(),
        version: 1,
        name_ko: "재원".parse().unwrap(),
        name_en: "Envelope".parse().unwrap(),
        fiscal_year: crate::day::FiscalYear::new(2026).unwrap(),
        amount_krw: won(amount),
        parent: None,
        source: None,
    };
    let lines = offered().lines(&agreement(), project(), Some(&envelope(1))).unwrap();
    let told: Vec<_> = lines
        .iter()
        .map(|(source, line)| {
            let amount = line.appropriation.as_ref().unwrap().amount_krw.won().get();
            (source.name(), line.body.as_str(), amount, line.envelope.is_some(), line.title.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("national", "mois", 800_000_000, true, "AI 민원 안내 (국비)"),
            ("sido", "sido-26", 200_000_000, false, "AI 민원 안내 (시도비)")
        ]
    );
    assert_eq!(lines[0].1.account.name.as_str(), "일반회계");
    // A municipality is helped by its sido, and each pays by its own line.
    let mut town = offered();
    town.applicant =
        serde_json::from_value(json!({ "body": "sigungu-26110", "level": "municipality", "region": "26110" })).unwrap();
    town.split = AwardSplit { sido_krw: won(60_000_000), municipality_krw: won(140_000_000), ..town.split };
    let bodies: Vec<_> =
        town.lines(&agreement(), project(), None).unwrap().into_iter().map(|(_, l)| l.body.to_string()).collect();
    assert_eq!(bodies, ["mois", "sido-26", "sigungu-26110"]);
    assert!(within_envelope(&envelope(1_000), won(200), won(800)).is_ok());
    let short = within_envelope(&envelope(1_000), won(201), won(800)).unwrap_err();
    assert_eq!((short.code.name, short.detail.en.contains("799 won left")), ("programme_envelope_short", true));
}

#[test]
fn who_supports_a_project_opens_a_line_without_taking_part() {
    use crate::budget::{Payer, ProjectFacts, Stamp as Booked, open};
    let (_, line) = offered().lines(&agreement(), project(), None).unwrap().remove(0);
    let facts = ProjectFacts { id: project(), bodies: vec!["sido-26".parse().unwrap()], filed: true };
    let by = Booked { at: at(NOW), by: Id::new(uuid::Uuid::from_u128(7)) };
    let refers = |payer| Refers { project: Some(facts.clone()), payer, ..Refers::default() };
    let ids = || (Id::new(uuid::Uuid::from_u128(1)), Id::new(uuid::Uuid::from_u128(2)));
    let refused = open(line.clone(), refers(Payer::TakesPart), ids().0, ids().1, by).unwrap_err();
    assert_eq!(faults(&refused), ["/project body_not_in_project"]);
    let opened = open(line, refers(Payer::Supports), ids().0, ids().1, by).unwrap();
    assert_eq!((opened.line.balances.current_budget_krw.get(), opened.entries.len()), (800_000_000, 1));
    let details = opened.line.details();
    assert!(opened.line.change(details, refers(Payer::TakesPart)).is_ok(), "it goes on supporting it");
}

#[test]
fn steps_conditions_and_instalments_are_added_to_and_never_edited() {
    let step = |planned: Option<&str>, done: Option<&str>| NewStep {
        step: StepKind::PlanSubmitted,
        planned_on: planned.map(|day| day.parse().unwrap()),
        done_on: done.map(|day| day.parse().unwrap()),
        note: None,
    };
    let award = agreed().step_recorded(step(Some("2026-04-10"), None), stamp(NOW)).unwrap();
    let award = award.step_recorded(step(None, Some("2026-03-20")), stamp(NOW)).unwrap();
    assert_eq!(award.steps.len(), 2);
    let refused = award.clone().step_recorded(step(None, Some("2026-03-21")), stamp(NOW)).unwrap_err();
    assert_eq!(faults(&refused), ["/done_on in_future"]);
    assert_eq!(faults(&agreed().step_recorded(step(None, None), stamp(NOW)).unwrap_err()), ["/planned_on required"]);
    assert_eq!(
        offered().step_recorded(step(None, Some("2026-03-20")), stamp(NOW)).unwrap_err().code.name,
        "award_state"
    );

    let on = |day: &str| (day.parse().unwrap(), None);
    let met = award.condition_met(1, on("2026-03-20"), stamp(NOW)).unwrap();
    assert_eq!(
        met.clone().condition_met(1, on("2026-03-20"), stamp(NOW)).unwrap_err().code.name,
        "award_condition_met"
    );
    assert_eq!(
        met.clone().condition_met(2, on("2026-03-20"), stamp(NOW)).unwrap_err().code.name,
        "award_condition_unknown"
    );
    assert_eq!(faults(&agreed().condition_met(1, on("2026-03-21"), stamp(NOW)).unwrap_err()), ["/met_on in_future"]);
    assert_eq!(faults(&agreed().condition_met(1, on("2026-03-19"), stamp(NOW)).unwrap_err()), ["/met_on wrong_order"]);

    let (paid, amount) = met.instalment_paid(2, "2026-03-20".parse().unwrap(), stamp(NOW)).unwrap();
    assert_eq!((amount.won().get(), paid.national_paid().unwrap().get()), (240_000_000, 240_000_000));
    assert_eq!(
        paid.clone().instalment_paid(2, "2026-03-20".parse().unwrap(), stamp(NOW)).unwrap_err().code.name,
        "instalment_paid"
    );
    assert_eq!(
        paid.clone().instalment_paid(3, "2026-03-20".parse().unwrap(), stamp(NOW)).unwrap_err().code.name,
        "instalment_unknown"
    );
    let stopped = paid.terminated("요건 미이행".parse().unwrap(), stamp(NOW)).unwrap();
    assert_eq!(stopped.state(), AwardState::Terminated);
    assert!(stopped.instalment_paid(1, "2026-03-20".parse().unwrap(), stamp(NOW)).is_err(), "nothing is paid any more");
}

#[test]
fn what_was_paid_and_not_used_goes_back() {
    let paid = agreed().instalment_paid(1, "2026-03-20".parse().unwrap(), stamp(NOW)).unwrap().0;
    let settle = |sources: serde_json::Value| -> NewSettlement {
        serde_json::from_value(json!({ "settled_on": "2026-03-20", "sources": sources,
            "evidence": [{ "name": "정산보고서.pdf", "sha256": "cd".repeat(32) }] }))
        .unwrap()
    };
    let wrong = settle(json!([
        { "source": "national", "used_krw": 560_000_001 }, { "source": "sido", "paid_in_krw": -1, "used_krw": -2 },
        { "source": "own", "used_krw": 0 }, { "source": "sido", "used_krw": 1 }
    ]));
    assert_eq!(
        faults(&paid.clone().settled(wrong, stamp(NOW)).unwrap_err()),
        [
            "/sources/2/source not_known",
            "/sources/3/source duplicate",
            "/sources/0/used_krw used_beyond_paid",
            "/sources/1/paid_in_krw out_of_range",
            "/sources/1/used_krw out_of_range",
        ]
    );
    let half = settle(json!([{ "source": "national", "used_krw": 1 }]));
    assert_eq!(faults(&paid.clone().settled(half, stamp(NOW)).unwrap_err()), ["/sources required"]);
    let sources = json!([{ "source": "sido", "paid_in_krw": 150_000_000, "used_krw": 150_000_000 }, { "source": "national", "used_krw": 559_999_999 }]);
    let done = paid
        .clone()
        .terminated("해지".parse().unwrap(), stamp(NOW))
        .unwrap()
        .settled(settle(sources.clone()), stamp(NOW))
        .unwrap();
    let told: Vec<_> =
        done.settlement.as_ref().unwrap().sources.iter().map(|s| (s.source, s.returned_krw.get())).collect();
    assert_eq!(told, [(FundingSource::National, 1), (FundingSource::Sido, 0)]);
    assert_eq!((done.state(), done.state().is_living()), (AwardState::Settled, true));
    assert!(done.settled(settle(sources), stamp(NOW)).is_err(), "once");
    assert!(offered().settled(settle(json!([])), stamp(NOW)).is_err());
}

#[test]
fn nobody_decides_on_an_award_of_the_own_body() {
    let actor = |role, body: &str| Actor {
        id: Id::new(uuid::Uuid::from_u128(9)),
        name: "kim".into(),
        grants: vec![Grant { role, body: body.parse().unwrap(), expires_at: None }],
    };
    let mut award = offered();
    award.partners = vec!["nia".parse::<BodyKey>().unwrap()];
    for (role, body, read, decide, own) in [
        (Role::Coordinator, "mois", true, true, false),
        (Role::Coordinator, "nia", true, false, false),
        (Role::Coordinator, "msit", false, false, false),
        (Role::Applicant, "sido-26", true, false, true),
        (Role::Planner, "nia", true, false, false),
        (Role::Applicant, "sido-27", false, false, false),
        (Role::ProgressManager, "nia", true, false, false),
        (Role::CommitteeMember, "nia", false, false, false),
        (Role::Viewer, "mois", false, false, false),
        (Role::Auditor, "bai", true, false, false),
        (Role::Administrator, "mois", false, false, false),
    ] {
        let who = actor(role, body);
        let may = (
            permit::<act::award::Read>(&who, award.clone()).is_ok(),
            permit::<act::award::Agree>(&who, award.clone()).is_ok(),
            permit::<act::award::GiveUp>(&who, award.clone()).is_ok(),
        );
        assert_eq!(may, (read, decide, own), "{role} {body}");
    }
}

#[test]
fn the_record_reads_back_and_knows_no_other_member() {
    let award = agreed();
    let mut text = serde_json::to_value(&award).unwrap();
    assert_eq!(serde_json::from_value::<Award>(text.clone()).unwrap(), award);
    text["colour"] = json!(1);
    assert!(serde_json::from_value::<Award>(text).is_err());
}
