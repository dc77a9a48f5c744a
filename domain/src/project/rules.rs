//! What a project's record must always fulfil (입력 규칙), checked as a whole at every change.

use super::{LinkKind, Project, field, prescribed, problems, template};
use crate::{
    day::Day,
    problem::{DUPLICATE, Fault, NOT_IN_LIST, REQUIRED, WRONG_LENGTH, WRONG_ORDER},
    rate::Share,
};

/// Every fault of the record as of today, each with the place to mend it.
pub(super) fn faults(project: &Project, today: Day) -> Vec<Fault> {
    let rules: [fn(&Project, Day) -> Vec<Fault>; 8] =
        [sizes, bodies, codes_known, dates, milestones, benefits, links, stage];
    rules.iter().flat_map(|rule| rule(project, today)).collect()
}

/// Lists are bounded.
fn sizes(p: &Project, _: Day) -> Vec<Fault> {
    let lists: [(&str, usize, usize); 12] = [
        ("/partners", p.partners.len(), 33),
        ("/fields", p.fields.len(), 10),
        ("/regions", p.regions.len(), 50),
        ("/testbed/process_steps", p.testbed.as_ref().map_or(0, |t| t.process_steps.len()), 30),
        ("/policy_links", p.policy_links.len(), 20),
        ("/use_cases", p.use_cases.len(), 20),
        ("/benefits", p.benefits.len(), 30),
        ("/links", p.links.len(), 50),
        ("/stage_dates", p.stage_dates.len(), 20),
        ("/milestones", p.milestones.len(), 100),
        ("/participants/listed", p.participants.as_ref().map_or(0, |l| l.listed.len()), 100),
        ("/requirements", p.requirements.len(), 200),
    ];
    let long = lists.into_iter().filter(|(_, length, most)| length > most);
    let mut faults: Vec<Fault> = long.map(|(pointer, ..)| Fault::new(pointer, &WRONG_LENGTH)).collect();
    let paths = p.policy_links.iter().enumerate().filter(|(_, link)| !(1..=5).contains(&link.path.len()));
    faults.extend(paths.map(|(i, _)| Fault::new(format!("/policy_links/{i}/path"), &WRONG_LENGTH)));
    faults
}

/// The shares of lead and partners are whole, no body appears twice, and no more take part than declared.
fn bodies(p: &Project, _: Day) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !Share::add_up(p.shares().map(|(_, share)| share)) {
        let at = if p.partners.is_empty() { "/lead_share" } else { "/partners" };
        faults.push(Fault::new(at, &problems::SHARES_NOT_WHOLE));
    }
    let mut seen = vec![&p.lead_body];
    for (i, partner) in p.partners.iter().enumerate() {
        if seen.contains(&&partner.body) {
            faults.push(Fault::new(format!("/partners/{i}/body"), &DUPLICATE));
        }
        seen.push(&partner.body);
    }
    if p.participants.as_ref().is_some_and(|l| l.listed.len() > usize::from(l.declared)) {
        faults.push(Fault::new("/participants/listed", &problems::MORE_THAN_DECLARED));
    }
    faults
}

/// Fields are in the code list; fields and regions appear once.
fn codes_known(p: &Project, _: Day) -> Vec<Fault> {
    let unknown = p.fields.iter().enumerate().filter(|(_, code)| field(code).is_none());
    let mut faults: Vec<Fault> = unknown.map(|(i, _)| Fault::new(format!("/fields/{i}"), &NOT_IN_LIST)).collect();
    faults.extend(repeated(&p.fields).map(|i| Fault::new(format!("/fields/{i}"), &DUPLICATE)));
    faults.extend(repeated(&p.regions).map(|i| Fault::new(format!("/regions/{i}"), &DUPLICATE)));
    faults
}

/// Positions of values that stood before.
fn repeated<T: PartialEq>(list: &[T]) -> impl Iterator<Item = usize> {
    list.iter().enumerate().filter(|(i, value)| list.iter().take(*i).any(|earlier| earlier == *value)).map(|(i, _)| i)
}

/// Spans end after they start, phases follow one another, and what happened has happened.
fn dates(p: &Project, today: Day) -> Vec<Fault> {
    let plans = &p.phase_plans;
    let spans = [
        ("/planned/end", p.planned),
        ("/actual/end", p.actual),
        ("/phase_plans/planning/end", plans.planning),
        ("/phase_plans/execution/end", plans.execution),
        ("/phase_plans/diffusion/end", plans.diffusion),
    ];
    let reversed = spans.into_iter().filter(|(_, span)| span.is_reversed());
    let mut faults: Vec<Fault> = reversed.map(|(at, _)| Fault::new(at, &WRONG_ORDER)).collect();
    let follow = [
        ("/phase_plans/execution/start", plans.planning.start, plans.execution.start),
        ("/phase_plans/diffusion/start", plans.execution.start.or(plans.planning.start), plans.diffusion.start),
    ];
    let early = follow.into_iter().filter(|(_, before, after)| {
        matches!((before, after), (Some(before), Some(after)) if after.latest() < before.earliest())
    });
    faults.extend(early.map(|(at, ..)| Fault::new(at, &WRONG_ORDER)));
    let happened = [("/actual/start", p.actual.start), ("/actual/end", p.actual.end)];
    let ahead = happened.into_iter().filter(|(_, date)| date.is_some_and(|d| d.earliest() > today));
    faults.extend(ahead.map(|(at, _)| Fault::new(at, &problems::IN_FUTURE)));
    if p.pilot.as_ref().is_some_and(|pilot| pilot.decided_on > today) {
        faults.push(Fault::new("/pilot/decided_on", &problems::IN_FUTURE));
    }
    let raised = p.requirements.iter().enumerate().filter(|(_, r)| r.raised_on > today);
    faults.extend(raised.map(|(i, _)| Fault::new(format!("/requirements/{i}/raised_on"), &problems::IN_FUTURE)));
    faults
}

/// Milestones belong to bodies of the project and are done by today at the latest.
fn milestones(p: &Project, today: Day) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, milestone) in p.milestones.iter().enumerate() {
        if milestone.body.as_ref().is_some_and(|body| !p.involves(body)) {
            faults.push(Fault::new(format!("/milestones/{i}/body"), &problems::NOT_TAKING_PART));
        }
        if milestone.done_on.is_some_and(|day| day > today) {
            faults.push(Fault::new(format!("/milestones/{i}/done_on"), &problems::IN_FUTURE));
        }
    }
    faults
}

/// Each indicator appears once, its target lies in its direction, and a measurement has its day.
fn benefits(p: &Project, today: Day) -> Vec<Fault> {
    let mut faults = Vec::new();
    let indicators: Vec<_> = p.benefits.iter().map(|b| &b.indicator).collect();
    faults.extend(repeated(&indicators).map(|i| Fault::new(format!("/benefits/{i}/indicator"), &DUPLICATE)));
    for (i, benefit) in p.benefits.iter().enumerate() {
        let mut wrong = |member: &str, code| faults.push(Fault::new(format!("/benefits/{i}/{member}"), code));
        if benefit.contradicts_itself() {
            wrong("target", &problems::DIRECTION_CONTRADICTS);
        }
        match (benefit.actual, benefit.measured_on) {
            (Some(_), None) => wrong("measured_on", &REQUIRED),
            (None, Some(_)) => wrong("actual", &REQUIRED),
            (Some(_), Some(day)) if day > today => wrong("measured_on", &problems::IN_FUTURE),
            _ => {}
        }
    }
    faults
}

/// No project is tied to itself, twice in the same way, or both before and after another.
fn links(p: &Project, _: Day) -> Vec<Fault> {
    let mut faults = Vec::new();
    let ties: Vec<_> = p.links.iter().map(|link| (link.kind, link.project)).collect();
    faults.extend(repeated(&ties).map(|i| Fault::new(format!("/links/{i}"), &DUPLICATE)));
    let to_itself = ties.iter().enumerate().filter(|(_, (_, other))| *other == p.id);
    faults.extend(to_itself.map(|(i, _)| Fault::new(format!("/links/{i}/project"), &problems::LINK_TO_ITSELF)));
    let both = ties.iter().enumerate().filter(|(_, (kind, other))| {
        *kind == LinkKind::FollowUp && *other != p.id && ties.contains(&(LinkKind::Predecessor, *other))
    });
    faults.extend(both.map(|(i, _)| Fault::new(format!("/links/{i}"), &problems::LINEAGE_LOOP)));
    faults
}

/// The stage is on its path and in the present phase, the path is the programme's, and stages ran in the right order.
fn stage(p: &Project, _: Day) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(chosen) = &p.stage {
        let path = template(&chosen.template);
        let due = p.programme.as_ref().and_then(prescribed);
        match (path, path.and_then(|path| path.stage(&chosen.stage))) {
            (None, _) => faults.push(Fault::new("/stage/template", &NOT_IN_LIST)),
            (Some(path), _) if due.is_some_and(|due| due != path) => {
                faults.push(Fault::new("/stage/template", &problems::TEMPLATE_PRESCRIBED));
            }
            (Some(_), None) => faults.push(Fault::new("/stage/stage", &NOT_IN_LIST)),
            (Some(_), Some(stage)) if Some(stage.phase) != p.phase().phase() => {
                faults.push(Fault::new("/stage/stage", &problems::STAGE_ELSEWHERE));
            }
            _ => {}
        }
    }
    let named: Vec<_> = p.stage_dates.iter().map(|dates| &dates.stage).collect();
    faults.extend(repeated(&named).map(|i| Fault::new(format!("/stage_dates/{i}/stage"), &DUPLICATE)));
    for (i, dates) in p.stage_dates.iter().enumerate() {
        if p.path().is_none_or(|path| path.stage(&dates.stage).is_none()) {
            faults.push(Fault::new(format!("/stage_dates/{i}/stage"), &NOT_IN_LIST));
        }
        if dates.end.is_some_and(|end| end.latest() < dates.start.earliest()) {
            faults.push(Fault::new(format!("/stage_dates/{i}/end"), &WRONG_ORDER));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, day};
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// The faults of a sample with some members replaced.
    fn found(members: &Value) -> Vec<String> {
        let mut record = serde_json::to_value(sample::filed()).unwrap();
        for (name, value) in members.as_object().unwrap() {
            record[name] = value.clone();
        }
        let project: Project = serde_json::from_value(record).unwrap();
        faults(&project, day("2026-06-01")).iter().map(|f| format!("{} {}", f.pointer, f.code.name)).collect()
    }

    #[test]
    fn a_sound_record_has_no_fault() {
        assert_eq!(found(&json!({})), [""; 0]);
    }

    #[test]
    fn every_rule_points_to_its_place() {
        let me = sample::draft().id;
        let partner = |body: &str, share: &str| json!({"body": body, "share": share});
        let benefit = |indicator: &str| json!({"indicator": indicator, "unit": "일", "direction": "lower_better"});
        let with = |mut base: Value, more: Value| {
            base.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            base
        };
        let tie = |kind: &str| json!({"kind": kind, "project": uuid::Uuid::from_u128(5)});
        let cases: [(Value, &[&str]); 17] = [
            (json!({"partners": [partner("msit", "40.01")]}), &["/partners shares_not_whole"]),
            (json!({"partners": [], "lead_share": "99.99"}), &["/lead_share shares_not_whole"]),
            (
                json!({"partners": [partner("mois", "20"), partner("msit", "10"), partner("msit", "10")]}),
                &["/partners/0/body duplicate", "/partners/2/body duplicate"],
            ),
            (json!({"fields": ["public", "space", "public"]}), &["/fields/1 not_in_list", "/fields/2 duplicate"]),
            (json!({"regions": ["36", "11110", "36"]}), &["/regions/2 duplicate"]),
            (json!({"regions": (10..61).map(|n| n.to_string()).collect::<Vec<_>>()}), &["/regions wrong_length"]),
            (
                json!({"planned": {"start": "2026-H2", "end": "2026-06"}, "actual": {"start": "2026-06-02", "end": null}}),
                &["/planned/end wrong_order", "/actual/start in_future"],
            ),
            (
                json!({"phase_plans": {"planning": {"start": "2026-05"}, "execution": {"start": "2026-04"}, "diffusion": {}}}),
                &["/phase_plans/execution/start wrong_order"],
            ),
            (
                json!({"milestones": [{"name": "설계", "phase": "execution", "due": "2026-H2", "done_on": "2026-06-02", "body": "moef"}]}),
                &["/milestones/0/body not_taking_part", "/milestones/0/done_on in_future"],
            ),
            (
                json!({"benefits": [with(benefit("시간"), json!({"baseline": "1", "target": "2", "actual": "1"})),
                    with(benefit("시간"), json!({"measured_on": "2026-05-01"})),
                    with(benefit("건수"), json!({"actual": "1", "measured_on": "2026-06-02"}))]}),
                &[
                    "/benefits/1/indicator duplicate",
                    "/benefits/0/target direction_contradicts",
                    "/benefits/0/measured_on required",
                    "/benefits/1/actual required",
                    "/benefits/2/measured_on in_future",
                ],
            ),
            (
                json!({"links": [{"kind": "predecessor", "project": me}, {"kind": "similar", "project": me}]}),
                &["/links/0/project link_to_itself", "/links/1/project link_to_itself"],
            ),
            (
                json!({"links": [tie("predecessor"), tie("follow_up"), tie("predecessor")]}),
                &["/links/2 duplicate", "/links/1 lineage_loop"],
            ),
            (json!({"stage": {"template": "mine", "stage": "pilot"}}), &["/stage/template not_in_list"]),
            (
                json!({"stage": {"template": "pilot_path", "stage": "rollout"}, "stage_dates": [
                    {"stage": "pilot", "start": "2023-07", "end": "2023-06"}, {"stage": "pilot", "start": "2023-07"},
                    {"stage": "design", "start": "2023-07"}]}),
                &[
                    "/stage/stage stage_elsewhere",
                    "/stage_dates/1/stage duplicate",
                    "/stage_dates/0/end wrong_order",
                    "/stage_dates/2/stage not_in_list",
                ],
            ),
            (
                json!({"programme": "public-ai-2026", "stage": {"template": "standard", "stage": "planning"}}),
                &["/stage/template template_prescribed"],
            ),
            (
                json!({"participants": {"declared": 1, "listed": [{"name": "KT"}, {"name": "LG"}]}, "policy_links": [{"path": []}]}),
                &["/policy_links/0/path wrong_length", "/participants/listed more_than_declared"],
            ),
            (
                json!({"requirements": [{"text": "검색", "origin": "시범", "state": "open", "raised_on": "2026-06-02"}]}),
                &["/requirements/0/raised_on in_future"],
            ),
        ];
        for (members, expected) in cases {
            assert_eq!(found(&members), expected, "{members}");
        }
    }

    proptest! {
        #[test]
        fn shares_are_whole_or_refused(shares in prop::collection::vec(0_u16..=10_000, 1..6)) {
            let mut project = sample::filed();
            let share = |points| Share::from_basis_points(points).unwrap();
            project.lead_share = share(shares[0]);
            project.partners = shares[1..].iter().enumerate().map(|(i, points)| super::super::Partner {
                body: format!("body-{i}").parse().unwrap(), share: share(*points), role: None, part: None,
            }).collect();
            let whole = shares.iter().map(|s| u32::from(*s)).sum::<u32>() == 10_000;
            let refused = faults(&project, day("2026-06-01")).iter().any(|f| f.code == &problems::SHARES_NOT_WHOLE);
            prop_assert_ne!(whole, refused);
        }
    }
}
