//! Creating and changing a project (과제 등록·수정): what a planner may write, as a merge patch (RFC 7396).

use super::{
    Benefit, FieldCode, HealthRecord, Milestone, Network, Participants, PartnerChange, PersonalData, PhasePlans,
    PhasePlansChange, PilotResult, PolicyLink, Project, ProjectCode, ProjectId, ProjectLink, Requirement, Span,
    SpanChange, StageDates, StageRef, Stamp, Standing, Status, Strategy, Testbed, TitleChange, UseCase,
    deeds::open,
    patch::{Replace, given, patches},
    prescribed, rules,
};
use crate::{
    access::BodyKey,
    name::Name,
    problem::{Fault, Refusal},
    programme::ProgrammeKey,
    rate::Share,
    region::RegionCode,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// The members a planner writes, for creation and for change.
macro_rules! content {
    ($($(#[$meta:meta])* $field:ident: [$($kind:tt)+],)+) => {
        patches! {
            /// What a planner changes: a merge patch. Lists are replaced as a whole; so are `stage`, `strategy`,
            /// `personal_data`, `testbed`, `participants` and `pilot`, whose members are all required.
            ProjectChange of Project {
                /// Its name.
                title: [TitleChange],
                $($(#[$meta])* $field: [$($kind)+],)+
            }
        }
        /// A project to be created, as a draft. What is left out is empty; without partners the lead's share is 100 %.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct NewProject {
            /// The body that leads it.
            pub lead_body: BodyKey,
            /// Its name.
            pub title: Name,
            $($(#[$meta])*
            #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
            #[schema(value_type = $($kind)+)]
            pub $field: Option<$($kind)+>,)+
        }
        impl NewProject {
            /// Lead, name, and the rest as a change of an empty record.
            fn split(self) -> (BodyKey, Name, ProjectChange) {
                (self.lead_body, self.title, ProjectChange { title: None, $($field: self.$field),+ })
            }
        }
    };
}

content! {
    /// What it is about.
    summary: [Option<Prose<4000>>],
    /// The lead's share; with the partners' it adds up to exactly 100 %.
    lead_share: [Share],
    /// The other bodies.
    #[schema(max_items = 33)]
    partners: [Vec<PartnerChange>],
    /// Fields of use, the main one first.
    #[schema(max_items = 10)]
    fields: [Vec<FieldCode>],
    /// The programme.
    programme: [Option<ProgrammeKey>],
    /// Regions, the main one first; none means nationwide.
    #[schema(max_items = 50)]
    regions: [Vec<RegionCode>],
    /// Whether its region is a test-bed.
    testbed: [Option<Testbed>],
    /// The network its result runs in.
    network: [Option<Network>],
    /// Whether it processes personal data.
    personal_data: [Option<PersonalData>],
    /// The system it is built into.
    target_system: [Option<Line<200>>],
    /// The policies it serves.
    #[schema(max_items = 20)]
    policy_links: [Vec<PolicyLink>],
    /// Planned.
    planned: [SpanChange],
    /// Actual; not in the future.
    actual: [SpanChange],
    /// Planned, for each phase.
    phase_plans: [PhasePlansChange],
    /// Use cases.
    #[schema(max_items = 20)]
    use_cases: [Vec<UseCase>],
    /// Expected effects.
    #[schema(max_items = 30)]
    benefits: [Vec<Benefit>],
    /// Ties to other projects.
    #[schema(max_items = 50)]
    links: [Vec<ProjectLink>],
    /// Where it stands on its programme's path.
    stage: [Option<StageRef>],
    /// When the stages ran.
    #[schema(max_items = 20)]
    stage_dates: [Vec<StageDates>],
    /// Milestones.
    #[schema(max_items = 100)]
    milestones: [Vec<Milestone>],
    /// ISP or ISMP, or why there is none.
    strategy: [Option<Strategy>],
    /// Companies and others who take part.
    participants: [Option<Participants>],
    /// What its pilot has shown.
    pilot: [Option<PilotResult>],
    /// Requirements out of use.
    #[schema(max_items = 200)]
    requirements: [Vec<Requirement>],
}

impl Project {
    /// Creates a draft. A closed body takes no new project (`lead` is what
    /// [`crate::body::Body::takes_new`] says of it); every fault is told at once.
    pub fn new(
        id: ProjectId,
        code: ProjectCode,
        new: NewProject,
        lead: Result<(), Fault>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let (lead_body, title, rest) = new.split();
        let mut project = empty(id, code, lead_body, title, stamp);
        rest.onto(&mut project);
        if project.stage.is_none() {
            project.seat();
        }
        let mut faults: Vec<Fault> = lead.err().into_iter().collect();
        faults.extend(rules::faults(&project, stamp.at.day()));
        Refusal::unless_clean(faults).map(|()| project)
    }
    /// Changes what a planner may write. The record is checked as a whole. A draft whose name or summary changes has
    /// to be compared with similar projects again; a change of programme moves the project to that programme's path.
    pub fn changed(self, change: ProjectChange, stamp: Stamp) -> Result<Self, Refusal> {
        open(&self)?;
        let keeps_stage = change.programme.is_none() || change.stage.is_some();
        let mut project = self.clone();
        change.onto(&mut project);
        let path = project.programme.as_ref().and_then(prescribed);
        let off_path = path.is_some_and(|p| project.stage.as_ref().is_none_or(|s| s.template.as_str() != p.key));
        if !keeps_stage && off_path {
            project.stage = None;
            project.seat();
        }
        let renamed = (&project.title.ko, &project.summary) != (&self.title.ko, &self.summary);
        if renamed && self.status() == Status::Draft {
            project.similar_check = None;
        }
        Refusal::unless_clean(rules::faults(&project, stamp.at.day()))?;
        Ok(project.touched(stamp))
    }
    /// Puts it on the first stage of its present phase.
    fn seat(&mut self) {
        let phase = self.phase().phase();
        self.stage = phase.and_then(|phase| self.path().and_then(|path| path.first_in(phase)));
    }
}

/// A draft with nothing but a name.
fn empty(id: ProjectId, code: ProjectCode, lead_body: BodyKey, title: Name, stamp: Stamp) -> Project {
    Project {
        id,
        code,
        version: 1,
        title,
        summary: None,
        lead_body,
        lead_share: Share::WHOLE,
        partners: Vec::new(),
        fields: Vec::new(),
        programme: None,
        regions: Vec::new(),
        testbed: None,
        priority: None,
        network: None,
        personal_data: None,
        target_system: None,
        policy_links: Vec::new(),
        planned: Span::default(),
        actual: Span::default(),
        phase_plans: PhasePlans::default(),
        use_cases: Vec::new(),
        benefits: Vec::new(),
        links: Vec::new(),
        stage: None,
        stage_dates: Vec::new(),
        milestones: Vec::new(),
        checks: Vec::new(),
        strategy: None,
        similar_check: None,
        no_advice: None,
        participants: None,
        pilot: None,
        requirements: Vec::new(),
        attachments: Vec::new(),
        standing: Standing::Draft,
        history: Vec::new(),
        gates: Vec::new(),
        health: HealthRecord::default(),
        created: stamp,
        updated: stamp,
        removed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        NewPart,
        sample::{self, body, codes, stamp},
    };
    use super::*;
    use serde_json::json;

    fn change(patch: serde_json::Value) -> ProjectChange {
        serde_json::from_value(patch).unwrap()
    }

    #[test]
    fn absent_stays_null_clears_and_objects_merge() {
        let project = sample::draft();
        let patch = json!({"title": {"en": "Guide"}, "target_system": null, "planned": {"end": "2027-H1"}});
        let changed = project.clone().changed(change(patch), stamp("2026-06-01")).unwrap();
        assert_eq!((&changed.title.ko, &changed.summary), (&project.title.ko, &project.summary));
        assert_eq!(changed.title.en.unwrap().as_str(), "Guide");
        assert!(project.target_system.is_some() && changed.target_system.is_none());
        assert_eq!(changed.planned.start, project.planned.start);
        assert_eq!(changed.planned.end.unwrap().to_string(), "2027-H1");
        assert_eq!((changed.version, changed.updated), (project.version + 1, stamp("2026-06-01")));
        for wrong in [json!({"title": {"ko": null}}), json!({"partners": null}), json!({"lead_body": "msit"})] {
            assert!(serde_json::from_value::<ProjectChange>(wrong.clone()).is_err(), "{wrong}");
        }
        assert_eq!(serde_json::to_value(change(json!({"summary": null}))).unwrap(), json!({"summary": null}));
    }

    #[test]
    fn the_schema_says_what_may_be_null() {
        use utoipa::PartialSchema;
        let schema = serde_json::to_value(ProjectChange::schema()).unwrap();
        assert!(schema.get("required").is_none());
        assert_eq!(schema["additionalProperties"], json!(false));
        assert_eq!(
            (&schema["properties"]["partners"]["type"], &schema["properties"]["partners"]["maxItems"]),
            (&json!("array"), &json!(33))
        );
        assert_eq!(schema["properties"]["summary"]["oneOf"][1]["type"], json!("null"));
        let schema = serde_json::to_value(NewProject::schema()).unwrap();
        assert_eq!(schema["required"], json!(["lead_body", "title"]));
    }

    #[test]
    fn partners_keep_what_they_wrote() {
        let part = NewPart { text: "데이터".parse().unwrap(), contact: "데이터과".parse().unwrap() };
        let project = sample::draft().part_written(&body("msit"), part, stamp("2026-06-01")).unwrap();
        let patch =
            json!({"lead_share": "50", "partners": [{"body": "moef", "share": "20"}, {"body": "msit", "share": "30"}]});
        let changed = project.changed(change(patch), stamp("2026-06-01")).unwrap();
        assert!(changed.partners[0].part.is_none() && changed.partners[1].part.is_some());
    }

    #[test]
    fn a_refused_change_names_every_fault() {
        let patch = json!({"lead_share": "99", "fields": ["space"], "planned": {"end": "2020"}});
        assert!(serde_json::from_value::<ProjectChange>(patch).is_err(), "2020 is no date");
        let patch = json!({"lead_share": "99", "fields": ["space"], "planned": {"end": "2020-01"}});
        let refused = sample::draft().changed(change(patch), stamp("2026-06-01")).unwrap_err();
        assert_eq!(
            codes(&refused),
            ["/partners shares_not_whole", "/fields/0 not_in_list", "/planned/end wrong_order"]
        );
    }

    #[test]
    fn a_renamed_draft_is_compared_again() {
        let at = stamp("2026-06-01");
        let same = sample::draft().changed(change(json!({"network": "internal"})), at).unwrap();
        assert!(same.similar_check.is_some());
        let renamed = sample::draft().changed(change(json!({"summary": "다른 내용"})), at).unwrap();
        assert!(renamed.similar_check.is_none());
        let filed = sample::filed().changed(change(json!({"summary": "다른 내용"})), at).unwrap();
        assert!(filed.similar_check.is_some());
    }

    #[test]
    fn what_is_over_does_not_change() {
        let at = stamp("2026-06-01");
        let done = sample::passed(sample::passed(sample::passed(sample::ripe())));
        assert_eq!(done.changed(change(json!({})), at).unwrap_err().code.name, "project_closed");
        let gone = sample::draft().removed("중복".parse().unwrap(), at).unwrap();
        assert_eq!(gone.changed(change(json!({})), at).unwrap_err().code.name, "project_removed");
    }

    #[test]
    fn a_closed_body_takes_no_new_project() {
        let (id, code, at) = (sample::draft().id, sample::draft().code, stamp("2026-06-01"));
        let faulty = sample::new_project(&json!({"regions": ["36", "36"]}));
        let refused = Project::new(id, code, faulty, Err(sample::closed_lead()), at).unwrap_err();
        assert_eq!(codes(&refused), ["/lead_body body_closed", "/regions/1 duplicate"]);
    }

    #[test]
    fn a_programme_brings_its_path() {
        let project = sample::draft();
        assert_eq!(project.stage.as_ref().unwrap().template.as_str(), "standard");
        let moved = project.changed(change(json!({"programme": "public-ai-2026"})), stamp("2026-06-01")).unwrap();
        assert_eq!(moved.stage.unwrap().stage.as_str(), "identification");
    }
}
