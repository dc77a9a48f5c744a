//! Progress checks (진도 점검): planned against actual progress, findings, and actions with due dates.

use super::{Project, Stamp, deeds::at_work, problems};
use crate::{
    access::NOT_FOUND,
    day::Day,
    id::Id,
    problem::{Fault, Refusal, WRONG_LENGTH, WRONG_ORDER},
    rate::Share,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// A progress check's id.
pub type CheckId = Id<ProgressCheck>;

/// The occasion of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// 착수보고.
    Kickoff,
    /// 진도점검.
    ProgressCheck,
    /// 중간점검.
    InterimReview,
    /// 최종평가.
    FinalEvaluation,
}

/// A check as it was recorded. It is not changed afterwards; only its actions are closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgressCheck {
    /// Its id.
    pub id: CheckId,
    /// The occasion.
    pub kind: CheckKind,
    /// The day of the check.
    pub checked_on: Day,
    /// Progress planned by that day.
    pub planned: Share,
    /// Progress found.
    pub actual: Share,
    /// What was found.
    pub findings: Prose<4000>,
    /// What has to be done about it.
    #[schema(max_items = 50)]
    pub actions: Vec<ProgressAction>,
    /// When it was recorded, and by whom.
    pub recorded: Stamp,
}

/// Something to be done after a check (조치 사항).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgressAction {
    /// Its number within the project, from 1.
    #[schema(minimum = 1, maximum = 10000)]
    pub no: u32,
    /// What.
    pub text: Prose<1000>,
    /// The last day for it.
    pub due: Day,
    /// That it was done.
    pub closed: Option<ActionClosed>,
}

/// That an action was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionClosed {
    /// When it was entered, and by whom.
    pub stamp: Stamp,
    /// What was done.
    pub note: Prose<1000>,
}

/// A check to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCheck {
    /// The occasion.
    pub kind: CheckKind,
    /// The day of the check; not in the future.
    pub checked_on: Day,
    /// Progress planned by that day.
    pub planned: Share,
    /// Progress found.
    pub actual: Share,
    /// What was found.
    pub findings: Prose<4000>,
    /// What has to be done about it.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub actions: Vec<NewAction>,
}

/// An action to be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    /// What.
    pub text: Prose<1000>,
    /// The last day for it; not before the check.
    pub due: Day,
}

impl ProgressAction {
    /// Days by which it is late; `None` when it is done or not yet late.
    pub fn days_late(&self, today: Day) -> Option<i64> {
        Some(today.days_since(self.due)).filter(|days| *days > 0 && self.closed.is_none())
    }
}

impl ProgressCheck {
    /// Planned minus actual progress in hundredths of a per cent; negative when ahead.
    pub fn gap(&self) -> i64 {
        i64::from(self.planned.basis_points()).saturating_sub(i64::from(self.actual.basis_points()))
    }
}

impl Project {
    /// Every action of every check.
    pub fn actions(&self) -> impl Iterator<Item = &ProgressAction> {
        self.checks.iter().flat_map(|c| &c.actions)
    }
    /// The check of the latest day, the later recorded if two share a day.
    pub fn last_check(&self) -> Option<&ProgressCheck> {
        self.checks.iter().max_by_key(|c| c.checked_on)
    }
    /// Records a check of a filed project that is at work or on hold.
    pub fn checked(mut self, id: CheckId, new: NewCheck, stamp: Stamp) -> Result<Self, Refusal> {
        at_work(&self)?;
        let mut faults = Vec::new();
        if new.checked_on > stamp.at.day() {
            faults.push(Fault::new("/checked_on", &problems::IN_FUTURE));
        }
        let early = new.actions.iter().enumerate().filter(|(_, a)| a.due < new.checked_on);
        faults.extend(early.map(|(i, _)| Fault::new(format!("/actions/{i}/due"), &WRONG_ORDER)));
        if new.actions.len() > 50 || self.checks.len() >= 200 {
            faults.push(Fault::new("/actions", &WRONG_LENGTH));
        }
        Refusal::unless_clean(faults)?;
        let first = self.actions().map(|a| a.no).max().unwrap_or(0).saturating_add(1);
        let actions = (first..).zip(new.actions);
        self.checks.push(ProgressCheck {
            id,
            kind: new.kind,
            checked_on: new.checked_on,
            planned: new.planned,
            actual: new.actual,
            findings: new.findings,
            actions: actions.map(|(no, a)| ProgressAction { no, text: a.text, due: a.due, closed: None }).collect(),
            recorded: stamp,
        });
        Ok(self.touched(stamp))
    }
    /// Closes an action. Allowed on any filed project, so that loose ends can be tied up after completion too.
    pub fn action_closed(mut self, no: u32, note: Prose<1000>, stamp: Stamp) -> Result<Self, Refusal> {
        let action = self.checks.iter_mut().flat_map(|c| &mut c.actions).find(|a| a.no == no);
        let action = action.ok_or_else(|| Refusal::new(&NOT_FOUND))?;
        if action.closed.is_some() {
            return Err(Refusal::new(&problems::ALREADY_CLOSED));
        }
        action.closed = Some(ActionClosed { stamp, note });
        Ok(self.touched(stamp))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, codes, day, stamp};
    use super::*;

    fn new_check(checked_on: &str, due: &str) -> NewCheck {
        NewCheck {
            kind: CheckKind::ProgressCheck,
            checked_on: day(checked_on),
            planned: "50".parse().unwrap(),
            actual: "35.5".parse().unwrap(),
            findings: "지연".parse().unwrap(),
            actions: vec![NewAction { text: "자료 보완".parse().unwrap(), due: day(due) }],
        }
    }
    fn id() -> CheckId {
        Id::new(uuid::Uuid::from_u128(7))
    }

    #[test]
    fn actions_are_numbered_through_and_closed_once() {
        let at = stamp("2026-06-01");
        let project = sample::filed().checked(id(), new_check("2026-05-30", "2026-06-10"), at).unwrap();
        let project = project.checked(id(), new_check("2026-05-31", "2026-06-10"), at).unwrap();
        assert_eq!(project.actions().map(|a| a.no).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(project.last_check().map(|c| (c.checked_on, c.gap())), Some((day("2026-05-31"), 1450)));
        let late: Vec<_> = project.actions().map(|a| a.days_late(day("2026-06-12"))).collect();
        assert_eq!(late, [Some(2), Some(2)]);
        let note: Prose<1000> = "보완함".parse().unwrap();
        let closed = project.action_closed(2, note.clone(), at).unwrap();
        assert_eq!(closed.actions().filter_map(|a| a.days_late(day("2026-06-12"))).count(), 1);
        assert_eq!(closed.clone().action_closed(2, note.clone(), at).unwrap_err().code.name, "already_closed");
        assert_eq!(closed.action_closed(9, note, at).unwrap_err().code.name, "not_found");
    }

    #[test]
    fn a_check_has_happened_and_its_actions_follow_it() {
        let at = stamp("2026-06-01");
        let refused = sample::filed().checked(id(), new_check("2026-06-02", "2026-06-01"), at).unwrap_err();
        assert_eq!(codes(&refused), ["/checked_on in_future", "/actions/0/due wrong_order"]);
        let draft = sample::draft().checked(id(), new_check("2026-05-30", "2026-06-10"), at).unwrap_err();
        assert_eq!(draft.code.name, "not_filed");
    }
}
