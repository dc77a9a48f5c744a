//! Whose a project is (과제 관계): the relations that the policy table speaks of.

use super::Project;
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between a project and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnProject {
    /// Not with this role.
    Never,
    /// Whatever the project.
    Always,
    /// It has been filed.
    Filed,
    /// The body leads it.
    Own,
    /// The body leads it or takes part.
    Joint,
    /// The body takes part without leading.
    Partner,
    /// It has been filed, or the body leads it or takes part.
    FiledOrJoint,
    /// It has been filed, and the body neither leads it nor takes part (이해관계 없음).
    OtherFiled,
}

impl Subject for Project {
    type Cell = OnProject;
    const NEVER: OnProject = OnProject::Never;
    const KIND: &'static str = "project";
    fn id(&self) -> String {
        self.id.to_string()
    }
    /// A draft that was taken away has no partners any more: only its lead knows of it and may restore it.
    fn holds(&self, cell: OnProject, body: &BodyKey, _: &Actor) -> bool {
        let (filed, leads) = (self.is_filed(), self.lead_body == *body);
        let joins = self.removed.is_none() && self.has_partner(body);
        match cell {
            OnProject::Never => false,
            OnProject::Always => true,
            OnProject::Filed => filed,
            OnProject::Own => leads,
            OnProject::Joint => leads || joins,
            OnProject::Partner => joins,
            OnProject::FiledOrJoint => filed || leads || joins,
            OnProject::OtherFiled => filed && !leads && !joins,
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::project::Read>(actor, self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::access::{Action, Grant, Role, permit};

    fn actor(role: Role, body: &str) -> Actor {
        Actor {
            id: sample::actor(9),
            name: "kim".into(),
            grants: vec![Grant { role, body: sample::body(body), expires_at: None }],
        }
    }
    fn may<A: Action<On = Project>>(role: Role, body: &str, project: &Project) -> bool {
        permit::<A>(&actor(role, body), project.clone()).is_ok()
    }

    #[test]
    fn drafts_are_hidden_from_other_bodies() {
        use act::project::Read;
        let (draft, filed) = (sample::draft(), sample::filed());
        for (role, body, of_draft, of_filed) in [
            (Role::Planner, "mois", true, true),
            (Role::Planner, "msit", true, true),
            (Role::Planner, "moef", false, true),
            (Role::Applicant, "moef", false, false),
            (Role::Coordinator, "msit", false, true),
            (Role::Viewer, "moef", false, true),
            (Role::Auditor, "moef", true, true),
            (Role::Adviser, "mois", false, false),
            (Role::Administrator, "mois", false, false),
        ] {
            assert_eq!(may::<Read>(role, body, &draft), of_draft, "{role} {body}");
            assert_eq!(may::<Read>(role, body, &filed), of_filed, "{role} {body}");
        }
        let denied = permit::<Read>(&actor(Role::Planner, "moef"), draft).unwrap_err();
        assert!(!denied.visible);
        assert!(permit::<act::project::Change>(&actor(Role::Planner, "moef"), filed).unwrap_err().visible);
    }

    #[test]
    fn a_removed_draft_is_its_leads_alone() {
        use act::project::{Read, Restore};
        let gone = sample::draft().removed("중복".parse().unwrap(), sample::stamp("2026-06-01")).unwrap();
        assert!(may::<Read>(Role::Planner, "mois", &gone) && may::<Restore>(Role::Planner, "mois", &gone));
        assert!(may::<Read>(Role::Auditor, "bai", &gone) && !may::<Read>(Role::Planner, "msit", &gone));
    }

    #[test]
    fn partners_write_their_part_and_nobody_decides_on_their_own() {
        use act::project::{Change, ChangePart, DecideGate};
        let filed = sample::filed();
        assert!(may::<Change>(Role::Planner, "mois", &filed) && !may::<ChangePart>(Role::Planner, "mois", &filed));
        assert!(!may::<Change>(Role::Planner, "msit", &filed) && may::<ChangePart>(Role::Planner, "msit", &filed));
        assert!(may::<DecideGate>(Role::Coordinator, "nia", &filed));
        assert!(!may::<DecideGate>(Role::Coordinator, "mois", &filed));
        assert!(!may::<DecideGate>(Role::Coordinator, "msit", &filed));
        assert!(!may::<DecideGate>(Role::Coordinator, "nia", &sample::draft()));
    }
}
