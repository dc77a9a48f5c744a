//! Requests come to their end step by step; amounts add up; licences allow what the published table says.

use super::*;
use crate::{
    access::{Action, Actor, Grant, Role, act, allows},
    id::Id,
    project::{Project, sample},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
fn id<K>() -> Id<K> {
    Id::new(Uuid::from_u128(7))
}
fn asked(amount: i64, project: &Project) -> Result<ResourceRequest, Refusal> {
    let new = json!({ "kind": "talent", "text": "학습 자료를 가려 낼 인력", "amount": amount, "unit": "persons",
        "wanted_from": "2026-07-01", "wanted_until": "2026-12-31" });
    ResourceRequest::asked(id(), of(new), project, sample::stamp("2026-06-01"))
}
fn decide(request: ResourceRequest, decision: Value) -> Result<ResourceRequest, Refusal> {
    request.decided(of(decision), Some(&sample::filed()), sample::stamp("2026-06-02"))
}
fn supply(request: ResourceRequest, on: &str, amount: i64) -> Result<ResourceRequest, Refusal> {
    let supply = of(json!({ "on": on, "amount": amount }));
    request.supplied(supply, Some(&sample::filed()), sample::stamp("2026-07-10"))
}
fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    let refusal = result.unwrap_err();
    let faults = sample::codes(&refusal);
    if faults.is_empty() { refusal.code.name.to_owned() } else { faults.join(", ") }
}

#[test]
fn a_request_is_decided_supplied_and_ended() {
    let request = || asked(10, &sample::filed()).unwrap();
    let reason = || "충분하다".parse::<crate::text::Prose<2000>>().unwrap();
    let late = sample::stamp("2026-07-10");
    assert_eq!(code(supply(request(), "2026-07-01", 1)), "resource_not_now");
    assert_eq!(code(request().ended(reason(), late)), "resource_not_now");
    assert_eq!(code(decide(request(), json!({ "outcome": "rejected" }))), "/reason required");
    assert_eq!(code(decide(request(), json!({ "outcome": "approved", "amount": 4 }))), "/reason required");
    let rejection = json!({ "outcome": "rejected", "amount": 1, "reason": "없음" });
    assert_eq!(code(decide(request(), rejection)), "/amount out_of_range");
    let more = json!({ "outcome": "approved", "amount": 11, "reason": "더" });
    assert_eq!(code(decide(request(), more)), "resource_beyond_approved");

    let approved = decide(request(), json!({ "outcome": "approved", "amount": 6, "reason": "가용 인력" })).unwrap();
    assert_eq!((approved.state, approved.approved, approved.version), (ResourceState::Approved, Some(6), 2));
    assert_eq!(code(decide(approved.clone(), json!({ "outcome": "approved" }))), "resource_not_now");
    assert_eq!(code(supply(approved.clone(), "2026-07-11", 1)), "/on out_of_range", "the day is still to come");
    let partly = supply(approved.clone(), "2026-07-01", 2).unwrap();
    assert_eq!((partly.state, partly.supplied, partly.steps.len()), (ResourceState::PartlySupplied, 2, 3));
    let again = supply(partly, "2026-07-02", 1).unwrap();
    assert_eq!((again.supplied, again.steps.len(), again.version), (3, 3, 4), "more of the same is no step");
    assert_eq!(code(supply(again.clone(), "2026-07-03", 4)), "resource_beyond_approved");
    assert_eq!(code(again.clone().withdrawn(reason(), late)), "resource_not_now");
    let full = supply(again, "2026-07-03", 3).unwrap();
    assert_eq!((full.state, full.supplies.len()), (ResourceState::Supplied, 3));
    assert_eq!(code(supply(full.clone(), "2026-07-03", 1)), "resource_not_now");
    let over = full.ended(reason(), late).unwrap();
    assert_eq!((over.state, over.steps.len()), (ResourceState::Ended, 5));
    assert_eq!(approved.withdrawn(reason(), late).unwrap().state, ResourceState::Withdrawn);
    let refused = decide(request(), json!({ "outcome": "rejected", "reason": "없음" })).unwrap();
    assert_eq!((refused.state, refused.approved), (ResourceState::Rejected, None));
}

#[test]
fn what_is_asked_fits_and_the_project_goes_on() {
    assert_eq!(code(asked(0, &sample::filed())), "/amount out_of_range");
    let new = json!({ "kind": "data", "text": "x", "amount": 0, "unit": "datasets", "wanted_from": "2026-07-02",
        "wanted_until": "2026-07-01" });
    let both = ResourceRequest::asked(id(), of(new), &sample::filed(), sample::stamp("2026-06-01"));
    assert_eq!(code(both), "/amount out_of_range, /wanted_until wrong_order");
    let gone = sample::draft().removed("중복".parse().unwrap(), sample::stamp("2026-06-01")).unwrap();
    assert_eq!(code(asked(1, &gone)), "resource_project_over");
    let stamp = sample::stamp("2026-07-10");
    let decide = |decision: Value| asked(1, &sample::filed()).unwrap().decided(of(decision), Some(&gone), stamp);
    assert_eq!(code(decide(json!({ "outcome": "approved" }))), "resource_project_over");
    assert!(decide(json!({ "outcome": "rejected", "reason": "과제가 없어짐" })).is_ok());
    let approved =
        asked(1, &sample::filed()).unwrap().decided(of(json!({ "outcome": "approved" })), None, stamp).unwrap();
    let supply = of(json!({ "on": "2026-07-01", "amount": 1 }));
    assert_eq!(code(approved.supplied(supply, Some(&gone), stamp)), "resource_project_over");
    assert!(asked(1, &sample::draft()).is_ok());
}

fn may<A: Action>(role: Role, body: &str, on: &A::On) -> bool {
    let grants = vec![Grant { role, body: sample::body(body), expires_at: None }];
    allows::<A>(&Actor { id: sample::actor(9), name: "kim".into(), grants }, on)
}

#[test]
fn nobody_decides_for_the_own_body_and_drafts_stay_hidden() {
    use act::resource_request::{Decide, Read, Supply, Withdraw};
    let on = |project: Project| Of { thing: asked(1, &project).unwrap(), project: Some(project) };
    let (draft, filed) = (on(sample::draft()), on(sample::filed()));
    for (body, decides) in [("nia", true), ("mois", false), ("msit", false)] {
        assert_eq!(may::<Decide>(Role::Coordinator, body, &filed), decides, "{body}");
        assert_eq!(may::<Supply>(Role::Coordinator, body, &filed), decides, "{body}");
    }
    assert!(!may::<Decide>(Role::Coordinator, "nia", &draft) && !may::<Read>(Role::Coordinator, "nia", &draft));
    assert!(may::<Read>(Role::Planner, "msit", &draft), "a partner reads along");
    assert!(!may::<Withdraw>(Role::Planner, "msit", &draft) && may::<Withdraw>(Role::Planner, "mois", &draft));
    assert!(!may::<Read>(Role::Planner, "moef", &draft) && may::<Read>(Role::Planner, "moef", &filed));
    assert!(may::<Read>(Role::Auditor, "bai", &draft) && !may::<Read>(Role::Adviser, "mois", &filed));
}

#[test]
fn what_hangs_on_a_body_alone_is_read_by_all_and_written_by_it() {
    use act::service_use::{Change, Read};
    let new = json!({ "service": "work-platform", "body": "mois", "from": "2026-03-01" });
    let thing = ServiceUse::recorded(id(), of(new), None, sample::stamp("2026-06-01")).unwrap();
    let on = Of { thing, project: None };
    assert!(may::<Read>(Role::Viewer, "moe", &on) && may::<Read>(Role::Applicant, "mois", &on));
    assert!(!may::<Read>(Role::Applicant, "moe", &on) && !may::<Read>(Role::Adviser, "mois", &on));
    assert!(may::<Change>(Role::Planner, "mois", &on) && !may::<Change>(Role::Planner, "moe", &on));
}

#[test]
fn fulfilment_is_counted_by_kind_and_added_in_one_unit_only() {
    let row = |kind, unit, requests, amounts| Counted { kind, unit, requests, amounts };
    let shown = fulfilment(&[
        row(ResourceKind::Talent, ResourceUnit::Persons, [3, 2, 1], [30, 20, 7]),
        row(ResourceKind::Data, ResourceUnit::Datasets, [2, 1, 1], [4, 2, 2]),
        row(ResourceKind::Data, ResourceUnit::Gigabytes, [1, 1, 1], [500, 500, 500]),
    ]);
    let kinds: Vec<_> = shown.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, ResourceKind::ALL);
    let shown = serde_json::to_value(&shown).unwrap();
    assert_eq!(
        shown[1],
        json!({ "kind": "talent", "asked": 3, "approved": 2, "supplied": 1, "rate": "33.33", "unit": "persons",
            "asked_amount": 30, "approved_amount": 20, "supplied_amount": 7, "amount_rate": "23.33" })
    );
    assert_eq!((&shown[3]["rate"], &shown[3]["unit"]), (&json!("66.67"), &Value::Null));
    assert_eq!((&shown[3]["asked_amount"], &shown[3]["amount_rate"]), (&Value::Null, &Value::Null));
    assert_eq!((&shown[0]["asked"], &shown[0]["rate"]), (&json!(0), &Value::Null), "nothing of nothing is no rate");
}

proptest! {
    /// Whatever is supplied, the sum is that of the supplies, never above what was approved, and the state tells which.
    #[test]
    fn supplies_never_exceed_what_was_approved(amounts in prop::collection::vec(1_i64..9, 1..12), approved in 1_i64..30) {
        let decision = json!({ "outcome": "approved", "amount": approved, "reason": "시험" });
        let mut request = decide(asked(30, &sample::filed()).unwrap(), decision).unwrap();
        for amount in amounts {
            let before = request.clone();
            let fits = before.supplied + amount <= approved;
            let after = supply(request, "2026-07-01", amount);
            prop_assert_eq!(after.is_ok(), fits && before.state != ResourceState::Supplied);
            request = after.unwrap_or(before);
            prop_assert_eq!(request.supplied, request.supplies.iter().map(|one| one.amount).sum::<i64>());
            prop_assert!(request.supplied <= approved);
            prop_assert_eq!(request.state == ResourceState::Supplied, request.supplied == approved);
        }
    }
}

#[test]
fn the_built_in_models_say_what_was_published_and_no_more() {
    let models = foundation_models().unwrap();
    let reached = |stage| {
        models.iter().filter(|m| m.stage() == Some(stage)).map(|m| m.details.maker.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(reached(ModelStage::PassedFirst), ["LG AI연구원", "SK텔레콤", "업스테이지"]);
    assert_eq!(reached(ModelStage::Out), ["네이버클라우드", "NC AI"]);
    for model in &models {
        assert_eq!((model.stages.len(), model.stages[0].stage, model.stages[0].on), (2, ModelStage::Chosen, None));
        assert_eq!(model.stages[1].on.map(|on| on.to_string()).as_deref(), Some("2026-01-15"));
        assert!(model.details.model_version.is_none() && model.details.licence.is_none());
        let scored = model.stages[1].score.map(|score| score.to_string());
        assert_eq!(scored.as_deref(), (model.key.as_str() == "independent-lg").then_some("90.2"));
    }
    assert!(models[3].stages[1].note.is_some() && models[4].stages[1].note.is_none());
    let services = common_services().unwrap();
    assert_eq!(services.len(), 3);
    assert!(services.iter().all(|service| service.kind != ServiceKind::Chat || service.opened_on.is_some()));
    let model = models[2].clone();
    let step = |on: &str| of::<ModelStep>(json!({ "stage": "passed_later_evaluation", "on": on, "source": "시험" }));
    let today = sample::day("2026-11-22");
    assert_eq!(code(model.clone().came(step("2026-12"), today)), "/on out_of_range");
    let further = model.came(step("2026-11"), today).unwrap();
    assert_eq!((further.version, further.stage()), (2, Some(ModelStage::PassedLater)));
    assert_eq!(code(further.came(step("2026-11"), today)), "/stage duplicate");
}

#[test]
fn uses_begin_and_end_and_the_latest_count_counts() {
    let (project, stamp) = (sample::filed(), sample::stamp("2026-06-10"));
    let new = json!({ "service": "work-platform", "body": "mois", "project": project.id, "from": "2026-03-01" });
    let other = json!({ "service": "work-platform", "body": "msit", "project": project.id, "from": "2026-03-01" });
    assert_eq!(code(ServiceUse::recorded(id(), of(other), Some(&project), stamp)), "/project not_known");
    assert_eq!(code(ServiceUse::recorded(id(), of(new.clone()), None, stamp)), "/project not_known");
    let mut one = ServiceUse::recorded(id(), of(new), Some(&project), stamp).unwrap();
    assert_eq!(one.users(), None);
    let count = |on: &str, users: i64| of::<NewUserCount>(json!({ "on": on, "users": users, "source": "접속 기록" }));
    for (on, users, latest) in [("2026-05-01", 30, 30), ("2026-04-01", 20, 30), ("2026-05-01", 31, 31)] {
        one = one.counted(count(on, users), stamp).unwrap();
        assert_eq!(one.users(), Some(latest));
    }
    assert_eq!(code(one.clone().counted(count("2026-06-11", 1), stamp)), "/on out_of_range");
    assert_eq!(code(one.clone().counted(count("2026-02-28", 1), stamp)), "/on out_of_range");
    let over = one.ended(sample::day("2026-05-31"), sample::day("2026-06-10")).unwrap();
    assert_eq!(code(over.clone().counted(count("2026-06-01", 1), stamp)), "/on out_of_range");
    assert_eq!(code(over.ended(sample::day("2026-06-01"), sample::day("2026-06-10"))), "resource_use_over");
    let adoption = json!({ "model": "independent-lg", "purpose": "요약", "how": "tuned", "from": "2026-03-01" });
    let adopted = ModelAdoption::recorded(id(), of(adoption), &project, stamp).unwrap();
    let reason = || "바꿈".parse().unwrap();
    let early = adopted.clone().ended(sample::day("2026-02-28"), reason(), sample::day("2026-06-10"));
    assert_eq!(code(early), "/until wrong_order");
    let done = adopted.ended(sample::day("2026-06-10"), reason(), sample::day("2026-06-10")).unwrap();
    assert_eq!(code(done.ended(sample::day("2026-06-10"), reason(), sample::day("2026-06-10"))), "resource_use_over");
}

/// The published table, row by row: code, attribution, commercial use, change, AI training.
const PUBLISHED: [[&str; 5]; 6] = [
    ["0", "no", "yes", "yes", "yes"],
    ["1", "yes", "yes", "yes", "yes"],
    ["2", "yes", "no", "yes", "only_with_AI_type"],
    ["3", "yes", "yes", "no", "only_with_AI_type"],
    ["4", "yes", "no", "no", "only_with_AI_type"],
    ["AI", "see_note", "training_only", "training_only", "yes"],
];

#[test]
fn licences_allow_what_the_published_table_says() {
    let [types @ .., mark] = &PUBLISHED;
    for [kind, attribute, commercial, modify, train] in types {
        for ai_type in [false, true] {
            let licence = DatasetLicence::Kogl { kogl_type: kind.parse().unwrap(), ai_type };
            let rights = licence.rights().unwrap();
            let shown = (rights.must_attribute, rights.may_use_commercially, rights.may_modify);
            assert_eq!(shown, (*attribute == "yes", *commercial == "yes", *modify == "yes"), "{kind}");
            assert_eq!(rights.may_train_ai, *train == "yes" || (ai_type && mark[4] == "yes"), "{kind} {ai_type}");
        }
    }
    let other = DatasetLicence::Other { name: "이용허락범위 제한 없음".parse().unwrap() };
    assert_eq!(other.rights(), None, "nothing is derived from what is only stated");
}

#[test]
fn the_ai_mark_goes_with_types_1_to_4() {
    let record = |kind: &str, ai_type: bool| {
        let details = json!({ "title": "예시", "provider": "예시", "portal": "예시",
            "licence": { "is": "kogl", "kogl_type": kind, "ai_type": ai_type } });
        DatasetUse::recorded(id(), of(details), &sample::filed(), sample::stamp("2026-06-01"))
    };
    assert_eq!(code(record("0", true)), "/licence/ai_type kogl_ai_mark_with_type_0");
    assert!(record("0", false).is_ok() && (1..=4).all(|n| record(&n.to_string(), true).is_ok()));
    let one = record("1", false).unwrap();
    let mut details = one.details.clone();
    details.licence = DatasetLicence::Kogl { kogl_type: KoglType::Zero, ai_type: true };
    assert_eq!(code(one.restated(details, sample::stamp("2026-06-02"))), "/licence/ai_type kogl_ai_mark_with_type_0");
}
