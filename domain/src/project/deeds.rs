//! What is done to a project beside changing and moving it (기타 처리).

use super::{
    NoAdvice, PartnerPart, Priority, Project, Removed, SimilarCandidate, SimilarCheck, Stamp, Status, problems,
};
use crate::{
    access::BodyKey,
    day::Day,
    problem::{Fault, Refusal, WRONG_LENGTH},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A priority to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPriority {
    /// Why this project's field matters most.
    pub reason: Prose<2000>,
    /// Who decided.
    pub decided_by: Line<200>,
    /// When; not in the future.
    pub decided_on: Day,
}

/// What a partner writes about its part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPart {
    /// The part, in the partner's words.
    pub text: Prose<4000>,
    /// Office to ask.
    pub contact: Line<200>,
}

/// Refuses what has been removed.
pub(super) fn present(project: &Project) -> Result<(), Refusal> {
    if project.removed.is_some() { Err(Refusal::new(&problems::PROJECT_REMOVED)) } else { Ok(()) }
}

/// Refuses what has been removed, completed or cancelled.
pub(super) fn open(project: &Project) -> Result<(), Refusal> {
    present(project)?;
    match project.status() {
        Status::Completed | Status::Cancelled => Err(Refusal::new(&problems::PROJECT_CLOSED)),
        Status::Draft | Status::Active | Status::OnHold => Ok(()),
    }
}

/// Refuses drafts as well.
pub(super) fn at_work(project: &Project) -> Result<(), Refusal> {
    open(project)?;
    if project.is_filed() { Ok(()) } else { Err(Refusal::new(&problems::NOT_FILED)) }
}

impl Project {
    /// Puts it before others when resources are given, or takes that back (`None`).
    pub fn prioritised(mut self, new: Option<NewPriority>, stamp: Stamp) -> Result<Self, Refusal> {
        at_work(&self)?;
        if new.as_ref().is_some_and(|n| n.decided_on > stamp.at.day()) {
            Refusal::unless_clean(vec![Fault::new("/decided_on", &problems::IN_FUTURE)])?;
        }
        self.priority = new.map(|n| Priority {
            reason: n.reason,
            decided_by: n.decided_by,
            decided_on: n.decided_on,
            entered: stamp,
        });
        Ok(self.touched(stamp))
    }
    /// Records that the planner has looked at the similar projects that were shown.
    pub fn similar_confirmed(mut self, shown: Vec<SimilarCandidate>, stamp: Stamp) -> Result<Self, Refusal> {
        open(&self)?;
        if shown.len() > 50 {
            Refusal::unless_clean(vec![Fault::new("/candidates", &WRONG_LENGTH)])?;
        }
        self.similar_check = Some(SimilarCheck { confirmed: stamp, candidates: shown });
        Ok(self.touched(stamp))
    }
    /// Records that no counsel of the advisory group is wanted, and why. Counsel may be asked for all the same.
    pub fn advice_declined(mut self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        open(&self)?;
        self.no_advice = Some(NoAdvice { reason, stated: stamp });
        Ok(self.touched(stamp))
    }
    /// A partner writes its own part.
    pub fn part_written(mut self, body: &BodyKey, new: NewPart, stamp: Stamp) -> Result<Self, Refusal> {
        open(&self)?;
        let partner = self.partners.iter_mut().find(|p| p.body == *body);
        let partner = partner.ok_or_else(|| Refusal::new(&problems::NOT_TAKING_PART))?;
        partner.part = Some(PartnerPart { text: new.text, contact: new.contact, updated: stamp });
        Ok(self.touched(stamp))
    }
    /// Takes a draft away. What was filed is never removed but cancelled.
    pub fn removed(mut self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        present(&self)?;
        if self.is_filed() {
            return Err(Refusal::new(&problems::FILED_STAYS));
        }
        self.removed = Some(Removed { stamp, reason });
        Ok(self.touched(stamp))
    }
    /// Brings a removed draft back as it was.
    pub fn restored(mut self, stamp: Stamp) -> Result<Self, Refusal> {
        if self.removed.take().is_none() {
            return Err(Refusal::new(&problems::NOT_REMOVED));
        }
        Ok(self.touched(stamp))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, day, stamp};
    use super::*;

    #[test]
    fn drafts_are_removed_and_restored_but_filed_projects_stay() {
        let (at, reason): (_, Prose<2000>) = (stamp("2026-06-01"), "중복".parse().unwrap());
        let gone = sample::draft().removed(reason.clone(), at).unwrap();
        assert_eq!(gone.clone().removed(reason.clone(), at).unwrap_err().code.name, "project_removed");
        let back = gone.clone().restored(at).unwrap();
        assert_eq!((back.removed.is_none(), back.version), (true, gone.version + 1));
        assert_eq!(back.restored(at).unwrap_err().code.name, "not_removed");
        assert_eq!(sample::filed().removed(reason, at).unwrap_err().code.name, "filed_stays");
    }

    #[test]
    fn only_a_partner_has_a_part() {
        let part = NewPart { text: "데이터 제공".parse().unwrap(), contact: "데이터과".parse().unwrap() };
        let written = sample::draft().part_written(&sample::body("msit"), part.clone(), stamp("2026-06-01")).unwrap();
        assert_eq!(written.partners[0].part.as_ref().unwrap().text, part.text);
        let refused = sample::draft().part_written(&sample::body("mois"), part, stamp("2026-06-01"));
        assert_eq!(refused.unwrap_err().code.name, "not_taking_part");
    }

    #[test]
    fn a_priority_has_been_decided() {
        let new = |on| {
            let (reason, decided_by) = ("국민 안전".parse().unwrap(), "과학기술관계장관회의".parse().unwrap());
            Some(NewPriority { reason, decided_by, decided_on: day(on) })
        };
        let at = stamp("2026-06-01");
        assert_eq!(sample::filed().prioritised(new("2026-06-02"), at).unwrap_err().code.name, "invalid");
        let first = sample::filed().prioritised(new("2026-06-01"), at).unwrap();
        assert!(first.priority.is_some() && first.prioritised(None, at).unwrap().priority.is_none());
        assert_eq!(sample::draft().prioritised(None, at).unwrap_err().code.name, "not_filed");
    }
}
