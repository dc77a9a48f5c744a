//! A project in a list (과제 목록 항목): what people choose by, without opening the record.

use super::{FieldCode, Project, ProjectCode, ProjectId, Rating, Reached, StageRef, Status};
use crate::{
    access::BodyKey,
    day::{Date, Day, FiscalYear, Instant},
    money::Won,
    name::Name,
    programme::ProgrammeKey,
    region::RegionCode,
};
use serde::{Deserialize, Serialize};

/// One line of the project list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectItem {
    /// Its share of the current budgets (예산현액) of its lines, in won. Kept apart, since it changes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_krw: Option<Won>,
    /// Its id.
    pub id: ProjectId,
    /// Its number on papers.
    pub code: ProjectCode,
    /// Its version.
    #[schema(minimum = 1)]
    pub version: i64,
    /// Its name.
    pub title: Name,
    /// The body that leads it.
    pub lead_body: BodyKey,
    /// The other bodies that take part.
    #[schema(max_items = 32)]
    pub partners: Vec<BodyKey>,
    /// How far it has come.
    pub phase: Reached,
    /// Whether work goes on.
    pub status: Status,
    /// Where it stands on its path.
    pub stage: Option<StageRef>,
    /// Fields of use, the main one first.
    #[schema(max_items = 10)]
    pub fields: Vec<FieldCode>,
    /// Regions, the main one first; none means nationwide.
    #[schema(max_items = 50)]
    pub regions: Vec<RegionCode>,
    /// The programme it belongs to.
    pub programme: Option<ProgrammeKey>,
    /// The year it is planned to begin in.
    pub year: Option<FiscalYear>,
    /// Whether resources go to it first.
    pub priority: bool,
    /// How it was doing when it was last rated.
    pub health: Option<Rating>,
    /// The day after which its present gate is late.
    pub gate_due: Option<Day>,
    /// Planned beginning.
    pub planned_start: Option<Date>,
    /// Planned end.
    pub planned_end: Option<Date>,
    /// When it was created.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Project {
    /// The year it is planned to begin in.
    pub fn year(&self) -> Option<FiscalYear> {
        self.planned.start.and_then(|start| FiscalYear::new(start.earliest().year()).ok())
    }
    /// The last day on which the gate of its present phase is in time. Only for projects at work.
    pub fn gate_due(&self) -> Option<Day> {
        let super::Standing::Active { phase, .. } = self.standing else { return None };
        Some(self.phase_plans.of(phase).end?.latest())
    }
    /// Its line in lists, without the amount.
    pub fn listed(&self) -> ProjectItem {
        ProjectItem {
            amount_krw: None,
            id: self.id,
            code: self.code,
            version: self.version,
            title: self.title.clone(),
            lead_body: self.lead_body.clone(),
            partners: self.partners.iter().map(|p| p.body.clone()).collect(),
            phase: self.phase(),
            status: self.status(),
            stage: self.stage.clone(),
            fields: self.fields.clone(),
            regions: self.regions.clone(),
            programme: self.programme.clone(),
            year: self.year(),
            priority: self.priority.is_some(),
            health: self.health.rating,
            gate_due: self.gate_due(),
            planned_start: self.planned.start,
            planned_end: self.planned.end,
            created_at: self.created.at,
            updated_at: self.updated.at,
        }
    }
}
