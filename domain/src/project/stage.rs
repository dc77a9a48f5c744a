//! Stage templates (추진 단계): a programme's own steps, each of which lies in one of the three phases.

use super::standing::Phase;
use crate::{day::Date, programme::ProgrammeKey, text::Key};
use serde::{Deserialize, Serialize};

/// One step of a template.
#[derive(Debug, PartialEq, Eq)]
pub struct Stage {
    /// Stable code within its template.
    pub key: &'static str,
    /// Korean name.
    pub ko: &'static str,
    /// English name.
    pub en: &'static str,
    /// The phase it lies in.
    pub phase: Phase,
}

/// Whether a path tries the thing out before it introduces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// A pilot is run and judged before diffusion (효용성·실현 가능성 사전 검증).
    Pilot,
    /// No pilot is asked for.
    None,
}

/// A path of stages in their order. Each stage's predecessor is the one before it.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    /// Stable code.
    pub key: &'static str,
    /// Korean name.
    pub ko: &'static str,
    /// English name.
    pub en: &'static str,
    /// Whether the path has a pilot.
    pub trial: Trial,
    /// Programmes whose projects follow this path and no other.
    pub programmes: &'static [&'static str],
    /// The stages.
    pub stages: &'static [Stage],
}

/// A template's code.
pub type TemplateKey = Key<Template>;
/// A stage's code within its template.
pub type StageKey = Key<Stage>;

const fn stage(key: &'static str, ko: &'static str, en: &'static str, phase: Phase) -> Stage {
    Stage { key, ko, en, phase }
}

/// All templates. The five steps are the Ministry of the Interior and Safety's (2026-03); the path from pilot over ISP
/// to pilot operation is that of the AI administrative service (2023-12).
pub static TEMPLATES: &[Template] = &[
    Template {
        key: "standard",
        ko: "기본",
        en: "Standard",
        trial: Trial::None,
        programmes: &[],
        stages: &[
            stage("planning", "기획", "Planning", Phase::Planning),
            stage("execution", "수행", "Execution", Phase::Execution),
            stage("diffusion", "보급·확산", "Diffusion", Phase::Diffusion),
        ],
    },
    Template {
        key: "mois_five_steps",
        ko: "공공 AI 5단계",
        en: "Five steps of public AI",
        trial: Trial::None,
        programmes: &["public-ai-2026"],
        stages: &[
            stage("identification", "과제발굴", "Identification", Phase::Planning),
            stage("design", "기획·설계", "Planning and design", Phase::Planning),
            stage("resources", "공공 AI 자원 지원", "Public AI resources", Phase::Execution),
            stage(
                "ethics_verification",
                "윤리·책임성 검증",
                "Verification of ethics and accountability",
                Phase::Execution,
            ),
            stage("spread", "성과확산", "Spread of results", Phase::Diffusion),
        ],
    },
    Template {
        key: "pilot_path",
        ko: "시범사업 경로",
        en: "Pilot, ISP, pilot operation, roll-out",
        trial: Trial::Pilot,
        programmes: &["ai-admin-pilot-2023", "ai-admin-isp-2024"],
        stages: &[
            stage("pilot", "시범사업", "Pilot", Phase::Planning),
            stage("isp", "정보화전략계획", "Information strategy planning", Phase::Planning),
            stage("pilot_operation", "시범운용", "Pilot operation", Phase::Execution),
            stage("rollout", "본격 도입", "Full roll-out", Phase::Diffusion),
        ],
    },
];

/// The template of this code.
pub fn template(key: &TemplateKey) -> Option<&'static Template> {
    TEMPLATES.iter().find(|t| t.key == key.as_str())
}

/// The template that the projects of a programme must follow, if it prescribes one.
pub fn prescribed(programme: &ProgrammeKey) -> Option<&'static Template> {
    TEMPLATES.iter().find(|t| t.programmes.contains(&programme.as_str()))
}

impl Template {
    /// The stage of this code.
    pub fn stage(&self, key: &StageKey) -> Option<&'static Stage> {
        self.stages.iter().find(|s| s.key == key.as_str())
    }
    /// The first stage in a phase, where a project stands when it enters the phase.
    pub fn first_in(&self, phase: Phase) -> Option<StageRef> {
        let stage = self.stages.iter().find(|s| s.phase == phase)?;
        Some(StageRef { template: self.key.parse().ok()?, stage: stage.key.parse().ok()? })
    }
}

/// Where a project stands on its programme's path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageRef {
    /// The path.
    pub template: TemplateKey,
    /// The stage on it.
    pub stage: StageKey,
}

/// When a stage ran, as precisely as the sources say (`2023-07` to `2023-11`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageDates {
    /// The stage.
    pub stage: StageKey,
    /// When it began.
    pub start: Date,
    /// When it ended, if it has.
    #[serde(default)]
    pub end: Option<Date>,
}

impl StageDates {
    /// Days it lasted at most, both ends counted; nothing while it runs.
    pub fn days(&self) -> Option<i64> {
        self.end.map(|end| end.latest().days_since(self.start.earliest()).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_passes_the_phases_in_order() {
        for t in TEMPLATES {
            assert!(t.stages.is_sorted_by_key(|s| s.phase), "{}", t.key);
            for phase in Phase::ALL {
                let first = t.first_in(phase).unwrap();
                assert_eq!(template(&first.template).unwrap().stage(&first.stage).unwrap().phase, phase);
            }
        }
    }

    #[test]
    fn a_programme_prescribes_its_path() {
        assert_eq!(prescribed(&"public-ai-2026".parse().unwrap()).unwrap().stages.len(), 5);
        assert!(prescribed(&"ax-onestop".parse().unwrap()).is_none());
    }

    #[test]
    fn a_stage_of_months_has_a_length() {
        let dates: StageDates = serde_json::from_str(r#"{"stage":"pilot","start":"2023-07","end":"2023-11"}"#).unwrap();
        assert_eq!(dates.days(), Some(153));
    }
}
