//! Public datasets used by projects (공공데이터 이용): which, from where, under which licence, and what that allows.

use super::{AI_MARK_WITH_TYPE_0, Hanging, takes_more};
use crate::{
    access::BodyKey,
    code_list,
    id::Id,
    problem::{Fault, Refusal},
    project::{Project, ProjectId, Stamp},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// The id of a record that a project uses a dataset.
pub type DatasetUseId = Id<DatasetUse>;

code_list! {
    /// A type of the Korea Open Government Licence (공공누리), as revised on 2026-01-28.
    pub enum KoglType {
        /// Free use without attribution.
        Zero = "0" / "제0유형",
        /// With attribution.
        One = "1" / "제1유형",
        /// With attribution, not commercially.
        Two = "2" / "제2유형",
        /// With attribution, unchanged.
        Three = "3" / "제3유형",
        /// With attribution, not commercially, unchanged.
        Four = "4" / "제4유형",
    }
}

/// Under which licence a dataset is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum DatasetLicence {
    /// Korea Open Government Licence (공공누리).
    Kogl {
        /// The type.
        kogl_type: KoglType,
        /// Whether the AI type is shown with it: free for AI training whatever the type says. Not with type 0.
        ai_type: bool,
    },
    /// Another licence, as it is stated. Nothing is derived from it.
    Other {
        /// What it is called, or what it says.
        name: Line<300>,
    },
}

/// What a licence allows and asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "four answers that do not depend on each other")]
pub struct DataRights {
    /// AI may be trained with it.
    pub may_train_ai: bool,
    /// It may be changed. For AI training with the AI type this does not matter.
    pub may_modify: bool,
    /// It may be used commercially. For AI training with the AI type this does not matter.
    pub may_use_commercially: bool,
    /// Its source must be named.
    pub must_attribute: bool,
}

/// Each type: attribution, commercial use, change, AI training without the AI type.
const TYPES: [(KoglType, [bool; 4]); 5] = [
    (KoglType::Zero, [false, true, true, true]),
    (KoglType::One, [true, true, true, true]),
    (KoglType::Two, [true, false, true, false]),
    (KoglType::Three, [true, true, false, false]),
    (KoglType::Four, [true, false, false, false]),
];

impl DatasetLicence {
    /// What it allows; nothing is said of licences other than KOGL.
    pub fn rights(&self) -> Option<DataRights> {
        let Self::Kogl { kogl_type, ai_type } = self else { return None };
        let (_, [must_attribute, may_use_commercially, may_modify, train]) =
            TYPES.iter().find(|(one, _)| one == kogl_type).copied()?;
        Some(DataRights { may_train_ai: train || *ai_type, may_modify, may_use_commercially, must_attribute })
    }
    fn fault(&self) -> Option<Fault> {
        let wrong = matches!(self, Self::Kogl { kogl_type: KoglType::Zero, ai_type: true });
        wrong.then(|| Fault::new("/licence/ai_type", &AI_MARK_WITH_TYPE_0))
    }
}

/// That a project uses a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DatasetUse {
    /// Its id.
    pub id: DatasetUseId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Which project.
    pub project: ProjectId,
    /// The body that leads it when this is recorded.
    pub body: BodyKey,
    /// Which dataset.
    pub details: DatasetDetails,
    /// When it was recorded or last restated, and by whom.
    pub recorded: Stamp,
}

/// Which dataset, from where, under which licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "예시 민원 상담 자료", "provider": "예시 기관", "portal": "공공데이터포털", "catalogue_id": "00000000",
    "licence": { "is": "kogl", "kogl_type": "2", "ai_type": true } }))]
pub struct DatasetDetails {
    /// Title.
    pub title: Line<300>,
    /// Who provides it.
    pub provider: Line<200>,
    /// By which portal.
    pub portal: Line<200>,
    /// Its id in the portal's catalogue.
    pub catalogue_id: Option<Line<200>>,
    /// Under which licence.
    pub licence: DatasetLicence,
    /// Anything worth knowing.
    pub note: Option<Prose<2000>>,
}

impl Hanging for DatasetUse {
    const KIND: &'static str = "dataset_use";
    fn id(&self) -> uuid::Uuid {
        self.id.get()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn body(&self) -> &BodyKey {
        &self.body
    }
    fn project(&self) -> Option<ProjectId> {
        Some(self.project)
    }
}

impl DatasetUse {
    /// Records that a project uses a dataset.
    pub fn recorded(
        id: DatasetUseId,
        details: DatasetDetails,
        project: &Project,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        takes_more(project)?;
        Refusal::unless_clean(details.licence.fault().into_iter().collect())?;
        let (body, project) = (project.lead_body.clone(), project.id);
        Ok(Self { id, version: 1, project, body, details, recorded: stamp })
    }
    /// The same as it is stated anew.
    pub fn restated(self, details: DatasetDetails, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(details.licence.fault().into_iter().collect())?;
        Ok(Self { version: self.version.saturating_add(1), details, recorded: stamp, ..self })
    }
}
