//! What a project's gates must know of its consultations (관문 판단 근거).

use super::{Consultation, ConsultationMove};
use crate::day::Day;

/// What the gates ask of the consultations on a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdviceFacts {
    /// Consultations in which a session was held.
    pub held: u32,
    /// Pieces of advice that nobody has answered.
    pub unanswered: u32,
}

/// The same as it stood at the end of a day, out of the consultations as they are now: nothing in them is ever edited, so
/// that each step tells when it came.
pub fn as_of<'a>(consultations: impl IntoIterator<Item = &'a Consultation>, day: Day) -> AdviceFacts {
    let mut facts = AdviceFacts::default();
    for one in consultations {
        let holds =
            |moved: &super::ConsultationMoved| moved.did == ConsultationMove::Hold && moved.stamp.at.day() <= day;
        if one.history.iter().any(holds) {
            facts.held = facts.held.saturating_add(1);
        }
        let given = one.advice.iter().filter(|advice| advice.given.at.day() <= day);
        let open = given.filter(|advice| advice.answers.first().is_none_or(|answer| answer.stamp.at.day() > day));
        facts.unanswered = facts.unanswered.saturating_add(u32::try_from(open.count()).unwrap_or(u32::MAX));
    }
    facts
}
