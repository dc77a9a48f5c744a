//! What is asked of the advisory group (자문 요청).

use crate::{
    code_list,
    day::Day,
    problem::{DUPLICATE, Fault, WRONG_LENGTH},
    project::{NewAttachment, file_faults},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

use super::DAY_PAST;

code_list! {
    /// About what counsel is sought or given (자문 분야).
    #[schema(as = AdvisoryTopic)]
    pub enum Topic {
        /// Planning of the project.
        Planning = "planning" / "기획",
        /// GPUs and infrastructure.
        GpuInfrastructure = "gpu_infrastructure" / "GPU·인프라",
        /// Use of the independent foundation model.
        FoundationModel = "foundation_model" / "독자 파운데이션 모델",
        /// Data.
        Data = "data" / "데이터",
        /// Safety and trust.
        SafetyTrust = "safety_trust" / "안전·신뢰",
        /// Privacy and other law.
        PrivacyLaw = "privacy_law" / "개인정보·법규",
        /// Procurement.
        Procurement = "procurement" / "조달·계약",
        /// Spread of what was achieved.
        Diffusion = "diffusion" / "보급·확산",
    }
}

code_list! {
    /// How urgent a request is.
    pub enum Urgency {
        /// In its turn.
        Normal = "normal" / "보통",
        /// Before others.
        Urgent = "urgent" / "긴급",
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "subject": "민원 안내 모델의 개인정보 처리", "topics": ["privacy_law", "data"], "urgency": "normal",
    "questions": ["상담 기록을 가명처리해 학습에 쓸 수 있습니까?"], "wanted_by": null, "papers": []
}))]
pub struct ConsultationRequest {
    /// In a line.
    pub subject: Line<200>,
    /// About what, the main one first.
    #[schema(min_items = 1, max_items = 8)]
    pub topics: Vec<Topic>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// What is to be answered.
    #[schema(min_items = 1, max_items = 20)]
    pub questions: Vec<Prose<2000>>,
    /// By when counsel is wanted, if that matters.
    #[serde(default)]
    pub wanted_by: Option<Day>,
    /// What is known of the papers that go with it.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub papers: Vec<NewAttachment>,
}

impl ConsultationRequest {
    pub(super) fn faults(&self, today: Day) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=8).contains(&self.topics.len()) {
            faults.push(Fault::new("/topics", &WRONG_LENGTH));
        }
        for (index, topic) in self.topics.iter().enumerate() {
            if self.topics.iter().take(index).any(|earlier| earlier == topic) {
                faults.push(Fault::new(format!("/topics/{index}"), &DUPLICATE));
            }
        }
        if !(1..=20).contains(&self.questions.len()) {
            faults.push(Fault::new("/questions", &WRONG_LENGTH));
        }
        if self.wanted_by.is_some_and(|day| day < today) {
            faults.push(Fault::new("/wanted_by", &DAY_PAST));
        }
        if self.papers.len() > 20 {
            faults.push(Fault::new("/papers", &WRONG_LENGTH));
        }
        for (index, paper) in self.papers.iter().enumerate() {
            let at = format!("/papers/{index}");
            faults.extend(file_faults(&at, &paper.name, &paper.media_type, paper.bytes));
            if self.papers.iter().take(index).any(|earlier| earlier.sha256 == paper.sha256) {
                faults.push(Fault::new(format!("{at}/sha256"), &DUPLICATE));
            }
        }
        faults
    }
}
