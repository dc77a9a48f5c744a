//! The portfolio (포트폴리오): what projects and budget lines add up to, by body, phase, field, region, programme and year.
//!
//! Everything is additive: a joint project is counted once, at its lead, and spread over its bodies only by share; a
//! budget line counts at its own body, with the part of its project under that project's phase, field, region and
//! programme and the remainder under none. Drafts, cancelled and removed projects do not count.

mod cell;
mod measures;

pub use cell::{Dimension, Dims, LEVELS, Level};
pub use measures::Measures;

use crate::{
    budget::{BudgetLine, LineKind},
    money::{TooMuch, Won},
    project::{Project, Reached, Status},
};

/// Where a project stands in the portfolio: what its budget lines inherit from it. A project that does not count has
/// none, and its lines count as if they had no project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// How far it has come.
    pub phase: Option<Reached>,
    /// Its main field of use.
    pub field: String,
    /// Its main region; empty for nationwide.
    pub region: String,
    /// Its programme.
    pub programme: String,
}

/// Where a project stands in the portfolio; `None` when it does not count.
pub fn place(project: &Project) -> Option<Place> {
    let counts = !matches!(project.status(), Status::Draft | Status::Cancelled) && project.removed.is_none();
    counts.then(|| Place {
        phase: Some(project.phase()),
        field: project.fields.first().map(ToString::to_string).unwrap_or_default(),
        region: project.regions.first().map(ToString::to_string).unwrap_or_default(),
        programme: project.programme.as_ref().map(ToString::to_string).unwrap_or_default(),
    })
}

/// What a project adds: one cell for each body that shares in it, in the year in which it is planned to begin.
pub fn of_project(project: &Project) -> Vec<(Dims, Measures)> {
    let Some(place) = place(project) else { return Vec::new() };
    let year = project.year().map_or(0, crate::day::FiscalYear::get);
    let shares = project.shares().map(|(body, share)| {
        let leads = *body == project.lead_body;
        let measures = Measures {
            projects: i64::from(leads),
            joint_projects: i64::from(leads && project.is_joint()),
            participations: 1,
            share_points: i64::from(share.basis_points()),
            ..Measures::default()
        };
        (place.dims(body.as_str(), year), measures)
    });
    shares.collect()
}

/// What a budget line adds: the part of its project at the project's place, the remainder without one.
pub fn of_line(line: &BudgetLine, project: Option<&Place>) -> Result<Vec<(Dims, Measures)>, TooMuch> {
    if !line.counts() {
        return Ok(Vec::new());
    }
    let year = line.fiscal_year.get();
    let whole = amounts(line, Ok)?;
    let Some(place) = project else { return Ok(vec![(Place::default().dims(line.body.as_str(), year), whole)]) };
    let part = amounts(line, |won| line.share.of(won))?;
    let rest = whole.minus(&part);
    let mut cells = vec![(place.dims(line.body.as_str(), year), part)];
    if rest != Measures::default() {
        cells.push((Place::default().dims(line.body.as_str(), year), rest));
    }
    Ok(cells)
}

fn amounts(line: &BudgetLine, part: impl Fn(Won) -> Result<Won, TooMuch>) -> Result<Measures, TooMuch> {
    let of = |won: Won| part(won).map(Won::get);
    let balances = &line.balances;
    if line.kind == LineKind::InKind {
        return Ok(Measures { in_kind_krw: of(balances.current_budget_krw)?, ..Measures::default() });
    }
    let current = of(balances.current_budget_krw)?;
    Ok(Measures {
        original_krw: of(balances.original_krw)?,
        current_budget_krw: current,
        loan_krw: if line.kind == LineKind::Loan { current } else { 0 },
        committed_krw: of(balances.committed_krw)?,
        expended_krw: of(balances.expended_krw)?,
        ..Measures::default()
    })
}

impl Place {
    fn dims(&self, body: &str, year: i32) -> Dims {
        Dims {
            body: body.to_owned(),
            phase: self.phase.map(phase_name).unwrap_or_default().to_owned(),
            field: self.field.clone(),
            region: self.region.clone(),
            programme: self.programme.clone(),
            year,
        }
    }
}

/// The stable word of how far a project has come.
pub const fn phase_name(phase: Reached) -> &'static str {
    match phase {
        Reached::Planning => "planning",
        Reached::Execution => "execution",
        Reached::Diffusion => "diffusion",
        Reached::Completed => "completed",
    }
}
