//! Rules that span a dossier (서류 전체 규칙): nothing twice, and a rate for everyone who is eligible.

use super::dossier::{Application, ApplicationState, Indicator, Printed, Sheet};
use crate::{
    cost_share::{INDICATOR_MISSING, IndicatorKind, IndicatorScope, RuleSet},
    fiscal::Basis,
    reader::{Reader, unique},
};
use std::collections::BTreeMap;

/// No id, no sheet of a member for an application and no row of ratios is there twice.
pub(super) fn no_doubles(
    r: &mut Reader,
    applications: &[Option<Application>],
    sheets: &[Option<Sheet>],
    indicators: &[Option<Indicator>],
) {
    unique(r, "/applications", "id", applications, |one| one.id.as_str());
    unique(r, "/sheets", "", sheets, |one| (one.application.as_str(), one.member.as_str()));
    unique(r, "/indicators", "", indicators, key);
}

/// The applications, each eligible one with what its rate rests on: a flat rate, or the band of its published ratio, which
/// must be there with the year, basis and scope that the rules name.
pub(super) fn with_basis(
    r: &mut Reader,
    rules: Option<&RuleSet>,
    applications: Vec<Option<Application>>,
    indicators: &[Option<Indicator>],
) -> Vec<Option<Application>> {
    // A rule set or a row that could not be read says nothing about what is missing.
    let (Some(rules), true) = (rules, indicators.iter().all(Option::is_some)) else { return applications };
    let rows: Rows<'_> = indicators.iter().flatten().map(|row| (key(row), row)).collect();
    let based = |(index, application): (usize, Option<Application>)| {
        let mut application = application?;
        if application.state == ApplicationState::Eligible {
            let printed = ratio(rules, &application, &rows);
            match rules.basis(application.applicant.level, printed.map(|printed| printed.value)) {
                Ok(basis) => {
                    application.indicator = printed.cloned();
                    application.basis = Some(basis);
                }
                // A ratio that no band holds is the bands' fault, which is told already.
                Err(_) if printed.is_some() => {}
                Err(_) => r.wrong(format!("/applications/{index}/applicant"), &INDICATOR_MISSING),
            }
        }
        Some(application)
    };
    applications.into_iter().enumerate().map(based).collect()
}

/// What a row of ratios is found by.
type Key<'a> = (&'a str, i32, Basis, IndicatorScope);
/// Rows by that.
type Rows<'a> = BTreeMap<Key<'a>, &'a Indicator>;

fn key(row: &Indicator) -> Key<'_> {
    (row.code.as_str(), row.fiscal_year, row.basis, row.scope)
}

/// The published ratio that the rules ask of an applicant.
fn ratio<'a>(rules: &RuleSet, application: &Application, rows: &Rows<'a>) -> Option<&'a Printed> {
    let scope = rules.scope_of(application.applicant.level)?;
    let (year, basis) = (rules.indicator_fiscal_year?, rules.indicator_basis?);
    let row = rows.get(&(application.applicant.code.as_str(), year, basis, scope))?;
    match rules.indicator? {
        IndicatorKind::FiscalIndependenceRatio => row.fiscal_independence_ratio.as_ref(),
        IndicatorKind::FiscalAutonomyRatio => row.fiscal_autonomy_ratio.as_ref(),
    }
}
