//! What projects are measured by (공개 기준): the rules of health and the conditions of the gates, as published.

use crate::http::{Page, Problem, Scoped};
use actix_web::get;
use domain::{
    access::act::reference as act,
    problem::Words,
    project::{CONTRIBUTIONS, Check, Measure, Phase, RULES, Waivable},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A rule of health: from `amber` on a project is amber, from `red` on it is red; the worst rule counts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedHealthRule {
    /// Stable code.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]{0,39}$", example = "milestone_late")]
    code: &'static str,
    /// What it measures.
    words: Words,
    /// In which unit.
    measure: Measure,
    /// Amber from here on.
    #[schema(minimum = 0, maximum = 1_000_000)]
    amber: i64,
    /// Red from here on.
    #[schema(minimum = 0, maximum = 1_000_000)]
    red: i64,
}

/// A condition of a gate. Whether it is met is computed from the record and never ticked by hand.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedCondition {
    /// Stable code; also the code of the fault when it is not met.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]{0,39}$", example = "gate_budget")]
    code: &'static str,
    /// The phase that is left through this gate.
    phase: Phase,
    /// What it asks for.
    words: Words,
    /// What to do when it is not met.
    remedy: Words,
    /// The capability that contributes it.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "project")]
    contributor: &'static str,
    /// Where in the record to mend it; empty when it lies elsewhere.
    #[schema(max_length = 200, pattern = r"^[^\u0000-\u001f]*$", example = "/summary")]
    pointer: &'static str,
    /// Whether a coordinator may let a project pass without it for a while.
    waivable: bool,
}

impl From<&'static Check> for PublishedCondition {
    fn from(check: &'static Check) -> Self {
        Self {
            code: check.code.name,
            phase: check.phase,
            words: check.words.clone(),
            remedy: check.code.remedy.clone(),
            contributor: check.contributor,
            pointer: check.pointer,
            waivable: check.waivable == Waivable::Yes,
        }
    }
}

/// List the rules of health.
///
/// By which a project is green, amber or red; all of them on one page.
#[utoipa::path(tag = "project", security(("bearer" = ["reference.read"])))]
#[get("/health-rules")]
pub(super) async fn list_health_rules(_scope: Scoped<act::Read>) -> Result<Page<PublishedHealthRule>, Problem> {
    let rules = RULES.iter().map(|rule| PublishedHealthRule {
        code: rule.code,
        words: rule.words.clone(),
        measure: rule.measure,
        amber: rule.amber,
        red: rule.red,
    });
    Ok(Page { items: rules.collect(), next_page_token: None, total: None })
}

/// List the conditions of the gates.
///
/// What a project needs to leave each phase, by capability; all of them on one page.
#[utoipa::path(tag = "project", security(("bearer" = ["reference.read"])))]
#[get("/gate-conditions")]
pub(super) async fn list_gate_conditions(_scope: Scoped<act::Read>) -> Result<Page<PublishedCondition>, Problem> {
    let checks = CONTRIBUTIONS.iter().copied().flatten();
    Ok(Page { items: checks.map(PublishedCondition::from).collect(), next_page_token: None, total: None })
}
