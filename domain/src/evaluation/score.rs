//! Scores (점수): the valid sheets of an application, trimmed, averaged exactly, with bonus and penalty points.

use super::dossier::{Aggregation, Application, ApplicationState, CutOn, Dossier, Scoring, Sheet};
use crate::{
    cost_share::{Asked, RuleSet, Split},
    decimal::Decimal,
    fraction::{Fraction, Rounded},
};
use std::collections::{BTreeMap, BTreeSet};

/// An application with what was made of its sheets.
#[derive(Debug, Clone)]
pub(super) struct Scored<'a> {
    pub application: &'a Application,
    /// For eligible ones.
    pub split: Option<Split>,
    pub standing: Standing<'a>,
}

/// What became of it.
#[derive(Debug, Clone)]
pub(super) enum Standing<'a> {
    /// It takes no part.
    Out,
    /// Too few sheets, this many.
    NoQuorum(usize),
    /// It has a score.
    Score(Score<'a>),
}

#[derive(Debug, Clone)]
pub(super) struct Score<'a> {
    pub sheets: usize,
    /// The members whose sheets were dropped: the highest, then the lowest.
    pub dropped: Vec<&'a str>,
    pub mean: Fraction,
    /// By criterion, in the order of the call.
    pub criteria: Vec<(&'a str, Fraction)>,
    pub last: Rounded,
    pub passed: Passed,
}

/// Whether the cut is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passed {
    Yes,
    BelowCut,
}

/// Every application, scored.
pub(super) fn all(dossier: &Dossier) -> Vec<Scored<'_>> {
    let excluded: BTreeSet<(&str, &str)> =
        dossier.exclusions.iter().map(|e| (e.application.as_str(), e.member.as_str())).collect();
    let mut sheets: BTreeMap<&str, Vec<&Sheet>> = BTreeMap::new();
    for sheet in &dossier.sheets {
        if !excluded.contains(&(sheet.application.as_str(), sheet.member.as_str())) {
            sheets.entry(&sheet.application).or_default().push(sheet);
        }
    }
    let of = |application: &'_ Application| sheets.get(application.id.as_str()).cloned().unwrap_or_default();
    let scored = dossier.applications.iter().map(|application| {
        let standing = match application.state {
            ApplicationState::Eligible => standing(&dossier.call.scoring, application, of(application)),
            ApplicationState::Ineligible | ApplicationState::Withdrawn => Standing::Out,
        };
        Scored { application, split: split(&dossier.call.cost_share, application), standing }
    });
    scored.collect()
}

fn split(rules: &RuleSet, application: &Application) -> Option<Split> {
    let basis = application.basis.filter(|_| application.state == ApplicationState::Eligible)?;
    let asked = Asked { total_cost: application.total_cost, requested_national: application.requested_national };
    Some(rules.split(&basis, &application.applicant, asked))
}

fn standing<'a>(scoring: &'a Scoring, application: &Application, mut sheets: Vec<&'a Sheet>) -> Standing<'a> {
    let count = sheets.len();
    if count < scoring.quorum {
        return Standing::NoQuorum(count);
    }
    let mut dropped = Vec::new();
    if scoring.aggregation == Aggregation::TrimmedMean && count >= scoring.trim_min_sheets {
        // Among equal totals the member whose id comes first is the one dropped.
        let highest = |sheets: &[&Sheet]| position(sheets, |sheet| (std::cmp::Reverse(total(sheet)), &sheet.member));
        let lowest = |sheets: &[&Sheet]| position(sheets, |sheet| (total(sheet), &sheet.member));
        for place in [highest(&sheets), lowest(&without(&sheets, highest(&sheets)))].into_iter().flatten() {
            dropped.push(sheets.remove(place).member.as_str());
        }
    }
    let mean = mean(sheets.iter().map(|sheet| total(sheet)));
    let criteria = scoring.criteria.iter().map(|criterion| {
        let points = sheets.iter().map(|sheet| sheet.scores.get(&criterion.code).copied().unwrap_or_default());
        (criterion.code.as_str(), self::mean(points))
    });
    let criteria = criteria.collect();
    let last = last(scoring, application, mean).rounded(scoring.decimals);
    let held = match scoring.cut_applies_to {
        CutOn::Mean => mean.rounded(scoring.decimals),
        CutOn::Final => last,
    };
    let passed = if held.reaches(scoring.cut.millionths()) { Passed::Yes } else { Passed::BelowCut };
    Standing::Score(Score { sheets: count, dropped, mean, criteria, last, passed })
}

/// Where the first in this order stands.
fn position<'a, K: Ord>(sheets: &[&'a Sheet], key: impl Fn(&'a Sheet) -> K) -> Option<usize> {
    sheets.iter().enumerate().min_by_key(|(_, sheet)| key(sheet)).map(|(place, _)| place)
}

fn without<'a>(sheets: &[&'a Sheet], place: Option<usize>) -> Vec<&'a Sheet> {
    sheets.iter().enumerate().filter(|(at, _)| Some(*at) != place).map(|(_, sheet)| *sheet).collect()
}

fn total(sheet: &Sheet) -> Decimal {
    Decimal::sum(sheet.scores.values().copied())
}

/// The exact mean; there is at least one.
fn mean(of: impl ExactSizeIterator<Item = Decimal>) -> Fraction {
    let count = i128::try_from(of.len()).unwrap_or(i128::MAX);
    Fraction::new(Decimal::sum(of).millionths(), count.saturating_mul(1_000_000))
}

/// The mean with bonus points up to their cap, less penalty points, from 0 to 100 and the cap.
fn last(scoring: &Scoring, application: &Application, mean: Fraction) -> Fraction {
    let bonus = Decimal::sum(application.bonuses.iter().map(|b| b.points)).min(scoring.bonus_cap);
    let penalty = Decimal::sum(application.penalties.iter().map(|p| p.points));
    let beside = bonus.millionths().saturating_sub(penalty.millionths());
    let most = Decimal::sum([Decimal::HUNDRED, scoring.bonus_cap]).millionths();
    let over = mean.over().saturating_mul(1_000_000).saturating_add(beside.saturating_mul(mean.under()));
    let limit = most.saturating_mul(mean.under());
    Fraction::new(over.max(0).min(limit), mean.under().saturating_mul(1_000_000))
}
