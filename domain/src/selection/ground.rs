//! The dossier of a call (평가 서류 작성): put together from what was submitted, found, given to members and scored.

use super::{INDICATOR_PUBLISHED, INDICATOR_UNWANTED, NOT_EVALUATED_NOW, Readiness, Selection};
use crate::{
    application::{Application, ApplicationStanding, GivenPoints},
    call::{APPLICATIONS_UNDECIDED, CALL_RULES_WANTING, CallState, RulesEdition, SupportCall},
    cost_share::{Applicant, IndicatorKind, Looked, Wanted},
    decimal::Decimal,
    evaluation::{
        self, ApplicationState, DOSSIER_REFUSED, Dossier, Evaluation, Indicator, Points, Printed, Read, SCHEMA,
        evaluate_with,
    },
    fiscal::FiscalIndicator,
    panel::Panel,
    problem::{Code, Fault, INVALID, NOT_KNOWN, Refusal},
    project::Stamp,
    rate::Share,
    region::{Region, RegionCode},
    scoring::ScoreSheet,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a dossier is made of, beside the call itself, as it stands at one moment.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// Every application that was submitted.
    pub applications: Vec<Application>,
    /// Their panels, as far as they have any.
    pub panels: Vec<Panel>,
    /// How many challenges of applicants nobody has answered.
    pub unanswered_challenges: u64,
    /// The sheets that were submitted.
    pub sheets: Vec<ScoreSheet>,
    /// The regions of those who apply.
    pub regions: Vec<Region>,
    /// The published ratios of the year and the budget that the rules ask for.
    pub published: Vec<FiscalIndicator>,
}

/// A ratio that was decided by hand (지표 결정), for a government that has no published row of its own: one that was merged,
/// divided or founded since. People decide what to make of its predecessors' figures; nothing is computed from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedIndicator {
    /// Whose.
    pub region: RegionCode,
    /// Which ratio: the one that the call's rules ask for.
    pub kind: IndicatorKind,
    /// The ratio, in per cent.
    pub ratio: Share,
    /// Where it comes from.
    pub source: Line<500>,
    /// Why it was taken.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// A ratio to be decided by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIndicator {
    /// Whose: the region of an applicant.
    pub region: RegionCode,
    /// Which ratio: the one that the call's rules ask for.
    pub kind: IndicatorKind,
    /// The ratio, in per cent.
    pub ratio: Share,
    /// Where it comes from.
    pub source: Line<500>,
    /// Why it is taken.
    pub reason: Prose<2000>,
}

/// A dossier with what it comes to.
#[derive(Debug)]
pub struct Reckoned {
    /// The dossier.
    pub dossier: Read,
    /// Its result, with the lots that were drawn.
    pub result: Evaluation,
    /// What is still to be settled before it can be confirmed.
    pub ready: Readiness,
}

/// What a call comes to as things stand. Before its evaluation has begun there is nothing to reckon; a ratio that is missing
/// is an error and never a zero (contract of the evaluation dossier).
pub fn reckoned(call: &SupportCall, ground: &Ground, selection: &Selection, stamp: Stamp) -> Result<Reckoned, Refusal> {
    match call.state(stamp.at) {
        CallState::Evaluation | CallState::Decided | CallState::Notified | CallState::Final => {}
        _ => return Err(Refusal::new(&NOT_EVALUATED_NOW)),
    }
    let dossier = assembled(call, ground, selection)?;
    let result = evaluate_with(&dossier, &selection.lots_for_evaluation());
    Ok(Reckoned { dossier, result, ready: ready(ground) })
}

fn assembled(call: &SupportCall, ground: &Ground, selection: &Selection) -> Result<Read, Refusal> {
    let laid_down = call.rules.as_ref().ok_or_else(|| Refusal::new(&CALL_RULES_WANTING))?;
    let applications: Result<Vec<_>, Refusal> = ground.applications.iter().map(applying).collect();
    let mut applications = applications?;
    applications.sort_by(|one, other| one.id.cmp(&other.id));
    let known: BTreeSet<_> = ground.applications.iter().map(|application| application.id).collect();
    let panels = || ground.panels.iter().filter(|panel| known.contains(&panel.application));
    // Kept out or not: the exclusions say whose sheets do not count.
    let seated: BTreeSet<_> =
        panels().flat_map(|panel| panel.seated().map(|member| (panel.application, member))).collect();
    let sheets = ground.sheets.iter().filter(|sheet| seated.contains(&(sheet.application, sheet.member)));
    let mut sheets: Vec<_> = sheets.filter_map(ScoreSheet::for_evaluation).collect();
    sheets.sort_by(|one, other| (&one.application, &one.member).cmp(&(&other.application, &other.member)));
    let mut exclusions: Vec<_> = panels().flat_map(Panel::exclusions).collect();
    exclusions.sort_by(|one, other| (&one.application, &one.member).cmp(&(&other.application, &other.member)));
    let dossier = Dossier {
        schema: SCHEMA,
        call: call.for_evaluation().ok_or_else(|| Refusal::new(&CALL_RULES_WANTING))?,
        applications,
        exclusions,
        sheets,
        indicators: indicators(laid_down, ground, selection),
    };
    let value = serde_json::to_value(&dossier).map_err(|_| Refusal::new(&DOSSIER_REFUSED))?;
    evaluation::read(&value)
}

/// An application as the dossier knows it: what was submitted last, with what screening found last in its favour.
fn applying(of: &Application) -> Result<evaluation::Application, Refusal> {
    let undecided = || Refusal::new(&APPLICATIONS_UNDECIDED);
    let state = match of.standing() {
        ApplicationStanding::Eligible => ApplicationState::Eligible,
        ApplicationStanding::Ineligible => ApplicationState::Ineligible,
        ApplicationStanding::Withdrawn => ApplicationState::Withdrawn,
        ApplicationStanding::Draft | ApplicationStanding::Submitted | ApplicationStanding::InformationAsked => {
            return Err(undecided());
        }
    };
    let last = of.submitted().ok_or_else(undecided)?;
    let found = of.found_in_favour().cloned().unwrap_or_default();
    let points = |given: &[GivenPoints]| {
        given.iter().map(|one| Points { code: one.code.to_string(), points: one.points }).collect()
    };
    Ok(evaluation::Application {
        id: of.id.to_string(),
        applicant: Applicant {
            level: of.applicant.level,
            code: of.applicant.code().to_owned(),
            groups: found.groups.iter().map(ToString::to_string).collect(),
        },
        submitted_at: last.submitted.at,
        total_cost: last.content.total_cost_krw.ok_or_else(undecided)?,
        requested_national: last.content.requested_national_krw,
        state,
        bonuses: points(&found.bonuses),
        penalties: points(&found.penalties),
        basis: None,
        indicator: None,
    })
}

/// The ratios of those who apply, each under its applicant's code: as published, or as decided by hand where nothing is.
fn indicators(laid_down: &RulesEdition, ground: &Ground, selection: &Selection) -> Vec<Indicator> {
    let regions: BTreeMap<&RegionCode, &Region> = ground.regions.iter().map(|region| (&region.code, region)).collect();
    let mut found = BTreeMap::new();
    for applicant in ground.applications.iter().map(|application| &application.applicant) {
        let (Some(code), Some(wanted)) = (&applicant.region, laid_down.cost_share.wanted(applicant.level)) else {
            continue;
        };
        let published = regions.get(code).map(|region| wanted.look(&ground.published, region));
        let row = match published {
            Some(Looked::Found(row)) => (Some(row.fiscal_independence_ratio), Some(row.fiscal_autonomy_ratio)),
            _ => match selection.decided_for(code) {
                Some(decided) if decided.kind == IndicatorKind::FiscalIndependenceRatio => (Some(decided.ratio), None),
                Some(decided) => (None, Some(decided.ratio)),
                None => continue,
            },
        };
        found.insert(code.as_str(), indicator(code, wanted, row));
    }
    found.into_values().collect()
}

fn indicator(
    code: &RegionCode,
    Wanted { fiscal_year, basis, scope, .. }: Wanted,
    (independence, autonomy): (Option<Share>, Option<Share>),
) -> Indicator {
    let printed = |ratio: Share| Printed { text: ratio.to_string(), value: Decimal::from(ratio) };
    Indicator {
        code: code.to_string(),
        fiscal_year,
        basis,
        scope,
        fiscal_independence_ratio: independence.map(printed),
        fiscal_autonomy_ratio: autonomy.map(printed),
    }
}

/// What must be settled first: of eligible applications, since nothing else is ranked.
fn ready(ground: &Ground) -> Readiness {
    let eligible = ground.applications.iter().filter(|a| a.standing() == ApplicationStanding::Eligible);
    let eligible: BTreeSet<_> = eligible.map(|application| application.id).collect();
    let submitted: BTreeSet<_> = ground.sheets.iter().map(|sheet| (sheet.application, sheet.member)).collect();
    let panels = || ground.panels.iter().filter(|panel| eligible.contains(&panel.application));
    let count = |all: usize| u64::try_from(all).unwrap_or(u64::MAX);
    let missing =
        |panel: &Panel| panel.judging().filter(|member| !submitted.contains(&(panel.application, *member))).count();
    Readiness {
        undecided_conflicts: count(panels().map(|panel| panel.undecided().count()).sum()),
        unanswered_challenges: ground.unanswered_challenges,
        missing_sheets: count(panels().map(missing).sum()),
    }
}

impl Selection {
    /// The ratio that was decided by hand last for a region.
    pub fn decided_for(&self, region: &RegionCode) -> Option<&DecidedIndicator> {
        self.indicators.iter().rev().find(|decided| decided.region == *region)
    }

    /// Decides a ratio by hand: of an applicant's region whose rate rests on one, and which has none published.
    pub fn with_indicator(
        mut self,
        new: NewIndicator,
        (call, ground): (&SupportCall, &Ground),
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let laid_down = call.rules.as_ref().ok_or_else(|| Refusal::new(&CALL_RULES_WANTING))?;
        match call.state(stamp.at) {
            CallState::Screening | CallState::Evaluation | CallState::Decided | CallState::Notified => {}
            _ => return Err(Refusal::new(&NOT_EVALUATED_NOW)),
        }
        let applicant =
            ground.applications.iter().map(|a| &a.applicant).find(|a| a.region.as_ref() == Some(&new.region));
        let region = ground.regions.iter().find(|region| region.code == new.region);
        let (Some(applicant), Some(region)) = (applicant, region) else {
            return Err(fault("/region", &NOT_KNOWN));
        };
        let Some(wanted) = laid_down.cost_share.wanted(applicant.level) else {
            return Err(fault("/region", &INDICATOR_UNWANTED));
        };
        if wanted.kind != new.kind {
            return Err(fault("/kind", &INDICATOR_UNWANTED));
        }
        if let Looked::Found(_) = wanted.look(&ground.published, region) {
            return Err(fault("/region", &INDICATOR_PUBLISHED));
        }
        let NewIndicator { region, kind, ratio, source, reason } = new;
        self.indicators.push(DecidedIndicator { region, kind, ratio, source, reason, stamp });
        Ok(self.touched(stamp))
    }
}

fn fault(pointer: &str, code: &'static Code) -> Refusal {
    Refusal::new(&INVALID).with(vec![Fault::new(pointer, code)])
}
