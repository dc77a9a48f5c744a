//! Foundation models (파운데이션 모델): the register with what became of each in the national project, and who uses them.

use super::{Hanging, USE_OVER, ahead, backwards, takes_more};
use crate::{
    access::{Actor, BodyKey, Subject},
    code_list,
    day::{Date, Day},
    decimal::Decimal,
    id::Id,
    name::Name,
    problem::{DUPLICATE, Fault, Refusal, WRONG_LENGTH},
    project::{Project, ProjectId, Stamp},
    text::{Key, Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A foundation model's key.
pub type FoundationModelKey = Key<FoundationModel>;
/// The id of a record that a project uses a model.
pub type ModelAdoptionId = Id<ModelAdoption>;

code_list! {
    /// What became of a team in the national project for independent foundation models (독자 AI 파운데이션 모델 프로젝트).
    pub enum ModelStage {
        /// The team was chosen.
        Chosen = "chosen" / "정예팀 선정",
        /// The team was chosen later, in place of others.
        Added = "added" / "추가 선정",
        /// It passed the first evaluation.
        PassedFirst = "passed_first_evaluation" / "1차 평가 통과",
        /// It passed a later evaluation.
        PassedLater = "passed_later_evaluation" / "이후 평가 통과",
        /// It is out.
        Out = "out" / "탈락",
    }
}

code_list! {
    /// How a project uses a model.
    pub enum ModelHow {
        /// Called over a network.
        Api = "api" / "API 호출",
        /// Run on own machines as it is.
        OnPremise = "on_premise" / "자체 설치",
        /// Tuned with own data.
        Tuned = "tuned" / "미세조정",
        /// Through the government-wide AI common base.
        CommonBase = "common_base" / "범정부 AI 공통기반",
        /// Tried out only.
        Trial = "trial" / "시험 사용",
    }
}

/// A foundation model. What is not known is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundationModel {
    /// Its key.
    pub key: FoundationModelKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// What is said of it.
    pub details: ModelDetails,
    /// What became of it in the national project, in the order of time; empty when it has no part in it.
    #[schema(max_items = 50)]
    pub stages: Vec<ModelStep>,
}

/// What is said of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FoundationModelDetails)]
#[serde(deny_unknown_fields)]
pub struct ModelDetails {
    /// Name.
    pub name: Name,
    /// Who makes it.
    pub maker: Line<200>,
    /// Which version of the model is meant.
    pub model_version: Option<Line<100>>,
    /// Under which licence it is given.
    pub licence: Option<Line<200>>,
    /// Anything worth knowing.
    pub note: Option<Prose<2000>>,
    /// Where this comes from.
    pub source: Line<500>,
}

/// A stage of the national project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FoundationModelStep, example = json!({ "stage": "passed_first_evaluation", "on": "2026-01-15", "source": "1차 평가 결과 발표 (보도)" }))]
#[serde(deny_unknown_fields)]
pub struct ModelStep {
    /// Which.
    pub stage: ModelStage,
    /// When, as precisely as the source says.
    pub on: Option<Date>,
    /// The score, where one was published.
    pub score: Option<Decimal>,
    /// Why, or how the score is made up.
    pub note: Option<Prose<2000>>,
    /// Where this comes from.
    pub source: Line<500>,
}

/// A foundation model to be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "key": "sample-llm", "details": { "name": { "ko": "예시 모델" }, "maker": "예시 회사",
    "licence": "Apache-2.0", "source": "모델 배포 화면" } }))]
pub struct NewFoundationModel {
    /// Its key.
    pub key: FoundationModelKey,
    /// What is said of it.
    pub details: ModelDetails,
}

/// How many stages are kept.
const STAGES: usize = 50;

impl FoundationModel {
    /// A model of which no stage is known.
    pub fn entered(new: NewFoundationModel) -> Self {
        let NewFoundationModel { key, details } = new;
        Self { key, version: 1, details, stages: Vec::new() }
    }
    /// The same with other details.
    #[must_use]
    pub fn restated(self, details: ModelDetails) -> Self {
        Self { version: self.version.saturating_add(1), details, ..self }
    }
    /// The same one stage further; each stage comes once, on a day that has come.
    pub fn came(mut self, step: ModelStep, today: Day) -> Result<Self, Refusal> {
        let twice = self.stages.iter().any(|one| one.stage == step.stage && one.on == step.on);
        let faults = [
            twice.then(|| Fault::new("/stage", &DUPLICATE)),
            step.on.and_then(|on| ahead(on.earliest(), today, "/on")),
            (self.stages.len() >= STAGES).then(|| Fault::new("/stage", &WRONG_LENGTH)),
        ];
        Refusal::unless_clean(faults.into_iter().flatten().collect())?;
        self.stages.push(step);
        Ok(Self { version: self.version.saturating_add(1), ..self })
    }
    /// The stage it has reached.
    pub fn stage(&self) -> Option<ModelStage> {
        self.stages.last().map(|step| step.stage)
    }
}

/// Relations to a register that everybody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnRegister {
    /// Not with this role.
    Never,
    /// Whoever holds the role.
    Always,
}

impl Subject for FoundationModel {
    type Cell = OnRegister;
    const NEVER: OnRegister = OnRegister::Never;
    const KIND: &'static str = "foundation_model";
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnRegister, _: &BodyKey, _: &Actor) -> bool {
        cell == OnRegister::Always
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}

/// That a project uses a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelAdoption {
    /// Its id.
    pub id: ModelAdoptionId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Which project.
    pub project: ProjectId,
    /// The body that leads it when this is recorded.
    pub body: BodyKey,
    /// Which model.
    pub model: FoundationModelKey,
    /// What for.
    pub purpose: Prose<2000>,
    /// How.
    pub how: ModelHow,
    /// First day of use (KST).
    pub from: Day,
    /// Last day of use (KST, inclusive); absent while it goes on.
    pub until: Option<Day>,
    /// The technical consulting that was had for it, as people refer to it.
    pub consultation: Option<Line<200>>,
    /// Why it ended.
    pub end_reason: Option<Prose<2000>>,
    /// When it was recorded, and by whom.
    pub recorded: Stamp,
}

/// The use of a model to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "model": "independent-upstage", "purpose": "민원 답변 초안 작성", "how": "api", "from": "2026-11-01" }))]
pub struct NewModelAdoption {
    /// Which model.
    pub model: FoundationModelKey,
    /// What for.
    pub purpose: Prose<2000>,
    /// How.
    pub how: ModelHow,
    /// First day of use (KST).
    pub from: Day,
    /// Last day of use (KST, inclusive), if it is known already.
    pub until: Option<Day>,
    /// The technical consulting that was had for it.
    pub consultation: Option<Line<200>>,
}

impl Hanging for ModelAdoption {
    const KIND: &'static str = "model_adoption";
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

impl ModelAdoption {
    /// Records that a project uses a model.
    pub fn recorded(
        id: ModelAdoptionId,
        new: NewModelAdoption,
        project: &Project,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        takes_more(project)?;
        let NewModelAdoption { model, purpose, how, from, until, consultation } = new;
        Refusal::unless_clean(backwards(Some(from), until, "/until").into_iter().collect())?;
        Ok(Self {
            id,
            version: 1,
            project: project.id,
            body: project.lead_body.clone(),
            model,
            purpose,
            how,
            from,
            until,
            consultation,
            end_reason: None,
            recorded: stamp,
        })
    }
    /// Ends it on a day that has come, once.
    pub fn ended(self, until: Day, reason: Prose<2000>, today: Day) -> Result<Self, Refusal> {
        if self.end_reason.is_some() {
            return Err(Refusal::new(&USE_OVER));
        }
        let faults = backwards(Some(self.from), Some(until), "/until").into_iter().chain(ahead(until, today, "/until"));
        Refusal::unless_clean(faults.collect())?;
        let version = self.version.saturating_add(1);
        Ok(Self { version, until: Some(until), end_reason: Some(reason), ..self })
    }
}
