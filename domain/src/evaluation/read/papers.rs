//! Applications, sheets, exclusions and ratios (신청·평가표·제척·재정지표), read.

use super::call::Partly;
use crate::{
    cost_share::{Applicant, Level},
    decimal::Decimal,
    evaluation::{
        NOT_ON_STEP, SCORE_ABOVE_MAXIMUM, SUBMITTED_LATE,
        dossier::{Application, Exclusion, Indicator, Points, Printed, Sheet},
    },
    problem::{NOT_KNOWN, REQUIRED, WRONG_FORM, WRONG_TYPE},
    reader::{At, Object, Reader, all, unique},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What papers are held against.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub call: Option<&'a Partly>,
    /// The ids of all applications, also of those that are faulty otherwise.
    pub names: BTreeSet<&'a str>,
}

/// The ids of all applications, whatever else is wrong with them.
pub(super) fn names<'a>(top: &Object<'a>) -> BTreeSet<&'a str> {
    let list = top.members.get("applications").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|application| application.get("id")?.as_str()).collect()
}

/// Reads an application.
pub(super) fn application(r: &mut Reader, at: At<'_>, context: &Context<'_>) -> Option<Application> {
    const FIELDS: [&str; 8] =
        ["id", "applicant", "submitted_at", "total_cost", "requested_national", "state", "bonuses", "penalties"];
    let application = r.object(at.value, at.pointer, &FIELDS)?;
    let id = r.text(&application, "id");
    let applicant = applicant(r, &application);
    let submitted_at = r.instant(&application, "submitted_at");
    if let (Some(submitted), Some(closes)) = (submitted_at, context.call.and_then(|call| call.closes_at))
        && submitted > closes
    {
        r.wrong(application.place("submitted_at"), &SUBMITTED_LATE);
    }
    let total_cost = r.won(&application, "total_cost", 1);
    let requested_national = r.or_null(&application, "requested_national", |r, of, name| r.won(of, name, 0));
    let state = r.code(&application, "state");
    let [bonuses, penalties] = ["bonuses", "penalties"].map(|name| {
        let list = r.list(&application, name, points);
        unique(r, &application.place(name), "code", &list, |one| one.code.as_str());
        all(list)
    });
    Some(Application {
        id: id?,
        applicant: applicant?,
        submitted_at: submitted_at?,
        total_cost: total_cost?,
        requested_national: requested_national.ok()?,
        state: state?,
        bonuses: bonuses?,
        penalties: penalties?,
        basis: None,
        indicator: None,
    })
}

fn applicant(r: &mut Reader, application: &Object<'_>) -> Option<Applicant> {
    let applicant = r.inner(application, "applicant", &["level", "code", "groups"])?;
    let level: Option<Level> = r.code(&applicant, "level");
    let code = r.text(&applicant, "code");
    if let (Some(level), Some(code)) = (level, &code)
        && !level.takes(code)
    {
        r.wrong(applicant.place("code"), &WRONG_FORM);
    }
    let groups = r.list(&applicant, "groups", Reader::element);
    Some(Applicant { level: level?, code: code?, groups: all(groups)? })
}

fn points(r: &mut Reader, at: At<'_>) -> Option<Points> {
    let given = r.object(at.value, at.pointer, &["code", "points"])?;
    let (code, points) = (r.text(&given, "code"), r.decimal(&given, "points", Decimal::ZERO, None));
    Some(Points { code: code?, points: points? })
}

/// The application that a paper names, which must be there.
fn of_application(r: &mut Reader, paper: &Object<'_>, context: &Context<'_>) -> Option<String> {
    let application = r.text(paper, "application")?;
    if !context.names.contains(application.as_str()) {
        r.wrong(paper.place("application"), &NOT_KNOWN);
    }
    Some(application)
}

/// Reads an exclusion.
pub(super) fn exclusion(r: &mut Reader, at: At<'_>, context: &Context<'_>) -> Option<Exclusion> {
    let paper = r.object(at.value, at.pointer, &["member", "application", "kind"])?;
    let member = r.text(&paper, "member");
    let application = of_application(r, &paper, context);
    let kind = r.code(&paper, "kind");
    Some(Exclusion { member: member?, application: application?, kind: kind? })
}

/// Reads a sheet: every criterion and nothing else, each between 0 and its maximum and on the step.
pub(super) fn sheet(r: &mut Reader, at: At<'_>, context: &Context<'_>) -> Option<Sheet> {
    let paper = r.object(at.value, at.pointer, &["member", "application", "scores"])?;
    let member = r.text(&paper, "member");
    let application = of_application(r, &paper, context);
    let scores = scores(r, &paper, context.call);
    Some(Sheet { member: member?, application: application?, scores: scores? })
}

fn scores(r: &mut Reader, paper: &Object<'_>, call: Option<&Partly>) -> Option<BTreeMap<String, Decimal>> {
    let Value::Object(members) = paper.members.get("scores")? else {
        r.wrong(paper.place("scores"), &WRONG_TYPE);
        return None;
    };
    let at = Object { members, pointer: paper.place("scores") };
    let criteria: Vec<_> = call.into_iter().flat_map(|call| &call.criteria).collect();
    let all_known = call.is_some() && criteria.iter().all(|c| c.is_some());
    for criterion in criteria.iter().filter_map(|c| c.as_ref()).filter(|c| !members.contains_key(&c.code)) {
        r.wrong(at.place(&criterion.code), &REQUIRED);
    }
    let mut scores = BTreeMap::new();
    for (code, value) in members {
        let criterion = criteria.iter().find_map(|c| c.as_ref().filter(|c| c.code == *code));
        if criterion.is_none() && all_known {
            r.wrong(at.place(code), &NOT_KNOWN);
        }
        let Some(points) = r.ranged(value, at.place(code), Decimal::ZERO, None) else { continue };
        if criterion.is_some_and(|criterion| points > criterion.max_points) {
            r.wrong(at.place(code), &SCORE_ABOVE_MAXIMUM);
        }
        if call.and_then(|call| call.score_step).is_some_and(|step| !points.is_multiple_of(step)) {
            r.wrong(at.place(code), &NOT_ON_STEP);
        }
        scores.insert(code.clone(), points);
    }
    Some(scores)
}

/// Reads the published ratios of a body.
pub(super) fn indicator(r: &mut Reader, at: At<'_>) -> Option<Indicator> {
    const FIELDS: [&str; 6] =
        ["code", "fiscal_year", "basis", "scope", "fiscal_independence_ratio", "fiscal_autonomy_ratio"];
    let row = r.object(at.value, at.pointer, &FIELDS)?;
    let code = r.text(&row, "code");
    let fiscal_year = r.whole(&row, "fiscal_year", 2000..=2100);
    let (basis, scope) = (r.code(&row, "basis"), r.code(&row, "scope"));
    let independence = r.or_null(&row, "fiscal_independence_ratio", printed);
    let autonomy = r.or_null(&row, "fiscal_autonomy_ratio", printed);
    Some(Indicator {
        code: code?,
        fiscal_year: fiscal_year?,
        basis: basis?,
        scope: scope?,
        fiscal_independence_ratio: independence.ok()?,
        fiscal_autonomy_ratio: autonomy.ok()?,
    })
}

fn printed(r: &mut Reader, of: &Object<'_>, name: &str) -> Option<Printed> {
    let value = r.percentage(of, name)?;
    Some(Printed { text: of.members.get(name)?.as_str()?.to_owned(), value })
}
