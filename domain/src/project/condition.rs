//! Gate conditions (단계 통과 조건): computed from the record, contributed by each capability, never ticked by hand.

use super::{ActorId, Facts, GateState, Phase, Project};
use crate::{
    day::Day,
    problem::{Code, Fault, Words},
    text::{Key, Prose},
};
use serde::{Deserialize, Serialize};

/// What a condition looks at.
#[derive(Debug, Clone, Copy)]
pub struct GateFacts<'a> {
    /// The record.
    pub project: &'a Project,
    /// What lies outside it.
    pub facts: &'a Facts,
}

/// Whether a coordinator may let a project pass without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waivable {
    /// With a reason and until a day.
    Yes,
    /// Never.
    No,
}

/// One condition of one phase's gate.
#[derive(Debug)]
pub struct Check {
    /// The gate it belongs to.
    pub phase: Phase,
    /// Its code; the code's title says what is missing.
    pub code: &'static Code,
    /// What it asks for.
    pub words: Words,
    /// Where in the record to mend it.
    pub pointer: &'static str,
    /// Whether it can be waived.
    pub waivable: Waivable,
    /// The capability that contributes it.
    pub contributor: &'static str,
    /// Whether it is met.
    pub test: fn(&GateFacts) -> bool,
}

/// The conditions of every capability. A new capability adds its own list here and touches nothing else.
pub static CONTRIBUTIONS: &[&[Check]] = &[super::own_conditions::CHECKS, crate::consultation::CHECKS];

/// A condition's code.
pub type ConditionCode = Key<Check>;

/// How a condition stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields, try_from = "super::flat::FlatCondition")]
pub enum ConditionState {
    /// The record meets it.
    Met,
    /// The record does not meet it.
    NotMet,
    /// The record does not meet it, and a coordinator let that pass for a while.
    Waived {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Prose<2000>,
        /// The last day on which the waiver counts.
        until: Day,
    },
}

/// A condition as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Its code.
    pub code: ConditionCode,
    /// The gate it belongs to.
    pub phase: Phase,
    /// What it asks for, in Korean and English.
    pub words: Words,
    /// The capability that contributes it.
    #[schema(max_length = 40, pattern = "^[a-z_]+$", example = "project")]
    pub contributor: String,
    /// Where in the record to mend it.
    #[schema(max_length = 200, pattern = r"^[^\u0000-\u001f]*$", example = "/summary")]
    pub pointer: String,
    /// How it stands.
    pub state: ConditionState,
}

/// A permission to pass without a condition for a while (조건부 통과).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Without which.
    pub code: ConditionCode,
    /// Why.
    pub reason: Prose<2000>,
    /// The last day on which it counts. After it the condition is not met again.
    pub until: Day,
}

impl Check {
    /// Its code as a key.
    pub(super) fn key(&self) -> Option<ConditionCode> {
        self.code.name.parse().ok()
    }
    /// The fault of not meeting it.
    pub(super) fn fault(&self) -> Fault {
        Fault::new(self.pointer, self.code)
    }
}

/// The conditions for leaving a phase: its own, and those of earlier gates that were passed by waiver, so that nothing
/// waived is ever forgotten.
pub fn conditions(project: &Project, phase: Phase, facts: &Facts) -> Vec<Condition> {
    standing(project, phase, facts).into_iter().filter_map(|(check, state)| shown(check, state)).collect()
}

fn shown(check: &Check, state: ConditionState) -> Option<Condition> {
    Some(Condition {
        code: check.key()?,
        phase: check.phase,
        words: check.words.clone(),
        contributor: check.contributor.to_owned(),
        pointer: check.pointer.to_owned(),
        state,
    })
}

/// Each check that counts for leaving the phase, with its state.
pub(super) fn standing(project: &Project, phase: Phase, facts: &Facts) -> Vec<(&'static Check, ConditionState)> {
    let checks = CONTRIBUTIONS.iter().copied().flatten();
    let judged = checks.filter_map(|check| {
        let waiver = last_waiver(project, check);
        if check.phase != phase && (check.phase > phase || waiver.is_none()) {
            return None;
        }
        let state = match waiver {
            _ if (check.test)(&GateFacts { project, facts }) => ConditionState::Met,
            Some((by, w)) if facts.today <= w.until => {
                ConditionState::Waived { by, reason: w.reason.clone(), until: w.until }
            }
            _ => ConditionState::NotMet,
        };
        Some((check, state))
    });
    let mut judged: Vec<_> = judged.collect();
    // What each capability contributes to a gate stands together.
    judged.sort_by_key(|(check, _)| check.phase);
    judged
}

/// The last waiver of a check among the gates that were passed and still count.
fn last_waiver<'a>(project: &'a Project, check: &Check) -> Option<(ActorId, &'a Waiver)> {
    project.gates.iter().rev().filter(|g| g.voided.is_none()).find_map(|g| match &g.state {
        GateState::Passed { decided, waivers, .. } => {
            let waiver = waivers.iter().find(|w| w.code.as_str() == check.code.name)?;
            Some((decided.by, waiver))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_a_key_of_its_own_and_words() {
        let mut seen = std::collections::BTreeSet::new();
        for check in CONTRIBUTIONS.iter().copied().flatten() {
            let key = check.key().expect("a code of at most 40 characters");
            assert!(seen.insert(key), "{} twice", check.code.name);
            assert!(check.words.ko.chars().any(|c| ('가'..='힣').contains(&c)) && check.words.en.is_ascii());
            assert!(check.pointer.is_empty() || check.pointer.starts_with('/'));
        }
        assert!(Phase::ALL.iter().all(|p| CONTRIBUTIONS.iter().copied().flatten().any(|c| c.phase == *p)));
    }
}
