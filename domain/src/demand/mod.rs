//! Demand for resources (자원 수요조사): what a body says it will need, by kind, number and time, and how far it was met.

use crate::{
    access::{Actor, BodyKey, Subject, act, allows},
    code_list, codes,
    day::{Date, FiscalYear},
    id::Id,
    problem::{Fault, OUT_OF_RANGE, Refusal, WRONG_ORDER, Words},
    project::{ProjectId, Stamp},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A demand's id.
pub type DemandId = Id<ResourceDemand>;

code_list! {
    /// What is needed.
    pub enum ResourceKind {
        /// Graphics processing units, counted in GPUs.
        Gpu = "gpu" / "GPU",
        /// Neural processing units, counted in NPUs.
        Npu = "npu" / "NPU",
        /// AI models, counted in projects that need one.
        Model = "model" / "AI 모델",
        /// People, counted in heads.
        Talent = "talent" / "인재",
        /// The government-wide AI common base, counted in services.
        Platform = "platform" / "공통기반",
        /// Public datasets, counted in datasets.
        Data = "data" / "공공데이터",
    }
}

code_list! {
    /// How a demand stands.
    pub enum DemandState {
        /// It waits for an answer.
        Recorded = "recorded" / "접수",
        /// It is met in part.
        PartlyMet = "partly_met" / "일부 충족",
        /// It is met.
        Met = "met" / "충족",
        /// It cannot be met.
        NotMet = "not_met" / "미충족",
        /// It was taken back.
        Withdrawn = "withdrawn" / "철회",
    }
}

/// What is needed, as a body says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "kind": "gpu", "model": "H200", "amount": 64, "from": "2027-01", "to": "2027-06", "purpose": "민원 상담 모델 학습" }))]
pub struct DemandDetails {
    /// What.
    pub kind: ResourceKind,
    /// Which model of it, when it matters.
    #[serde(default)]
    pub model: Option<Line<40>>,
    /// How many, as its kind is counted.
    #[schema(minimum = 1, maximum = 10_000_000)]
    pub amount: u32,
    /// From when on, as precisely as it is known.
    pub from: Date,
    /// Until when, included.
    pub to: Date,
    /// The project that needs it, when there is one already.
    #[serde(default)]
    pub project: Option<ProjectId>,
    /// What for.
    pub purpose: Prose<2000>,
}

/// A demand to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDemand {
    /// Whose.
    pub body: BodyKey,
    /// What is needed.
    pub details: DemandDetails,
}

/// How far a demand is met, to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "supplied": 32, "note": "1차 배분에서 일부 지원" }))]
pub struct NewDemandAnswer {
    /// How many are supplied; 0 when it cannot be met.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub supplied: u32,
    /// In words.
    pub note: Prose<2000>,
}

/// How far a demand was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandAnswer {
    /// How many are supplied.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub supplied: u32,
    /// In words.
    pub note: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// That a demand was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandWithdrawal {
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// A demand, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceDemand {
    /// Its id.
    pub id: DemandId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Whose.
    pub body: BodyKey,
    /// What is needed.
    pub details: DemandDetails,
    /// How far it was met, oldest first. The last one counts.
    #[schema(max_items = 100)]
    pub answers: Vec<DemandAnswer>,
    /// That it was taken back.
    pub withdrawal: Option<DemandWithdrawal>,
    /// When it was recorded, and by whom.
    pub created: Stamp,
    /// When it was last changed, and by whom.
    pub updated: Stamp,
}

impl DemandDetails {
    fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.from.earliest() > self.to.latest() {
            faults.push(Fault::new(format!("{at}/to"), &WRONG_ORDER));
        }
        if self.amount == 0 {
            faults.push(Fault::new(format!("{at}/amount"), &OUT_OF_RANGE));
        }
        faults
    }
}

impl ResourceDemand {
    /// Records a demand.
    pub fn record(new: NewDemand, id: DemandId, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(new.details.faults("/details"))?;
        let NewDemand { body, details } = new;
        Ok(Self {
            id,
            version: 1,
            body,
            details,
            answers: Vec::new(),
            withdrawal: None,
            created: stamp,
            updated: stamp,
        })
    }
    /// Says it anew, before it was answered.
    pub fn changed(self, details: DemandDetails, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[DemandState::Recorded])?;
        Refusal::unless_clean(details.faults(""))?;
        Ok(Self { details, ..self }.touched(stamp))
    }
    /// Says how far it is met: by all, a part or nothing of what was asked.
    pub fn answered(mut self, new: NewDemandAnswer, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[DemandState::Recorded, DemandState::PartlyMet, DemandState::Met, DemandState::NotMet])?;
        let NewDemandAnswer { supplied, note } = new;
        self.answers.push(DemandAnswer { supplied, note, stamp });
        Ok(self.touched(stamp))
    }
    /// Takes it back.
    pub fn withdrawn(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[DemandState::Recorded, DemandState::PartlyMet, DemandState::NotMet])?;
        Ok(Self { withdrawal: Some(DemandWithdrawal { reason, stamp }), ..self }.touched(stamp))
    }
    /// How it stands.
    pub fn state(&self) -> DemandState {
        match (&self.withdrawal, self.answers.last()) {
            (Some(_), _) => DemandState::Withdrawn,
            (None, None) => DemandState::Recorded,
            (None, Some(last)) if last.supplied == 0 => DemandState::NotMet,
            (None, Some(last)) if last.supplied < self.details.amount => DemandState::PartlyMet,
            (None, Some(_)) => DemandState::Met,
        }
    }
    /// The year from which on it is needed.
    pub fn year(&self) -> Option<FiscalYear> {
        FiscalYear::new(self.details.from.earliest().year()).ok()
    }
    fn must_stand(&self, from: &[DemandState]) -> Result<(), Refusal> {
        let state = self.state();
        if from.contains(&state) {
            return Ok(());
        }
        let words = Words::made(
            format!("'{}' 상태의 수요는 바꿀 수 없습니다", state.ko()),
            format!("A demand that is {state} does not take this"),
        );
        Err(Refusal::told(&DEMAND_STATE, words))
    }
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

/// Relations between a demand and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDemand {
    /// Not with this role.
    Never,
    /// Whatever the demand.
    Always,
    /// It is the body's.
    Own,
    /// It is another body's (이해관계 없음).
    OtherBody,
}

impl Subject for ResourceDemand {
    type Cell = OnDemand;
    const NEVER: OnDemand = OnDemand::Never;
    const KIND: &'static str = "demand";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnDemand, body: &BodyKey, _: &Actor) -> bool {
        match cell {
            OnDemand::Never => false,
            OnDemand::Always => true,
            OnDemand::Own => self.body == *body,
            OnDemand::OtherBody => self.body != *body,
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::demand::Read>(actor, self)
    }
}

codes! {
    DEMAND_STATE = "demand_state", 409, ["지금 상태에서는 할 수 없습니다", "The demand does not take this as it stands"],
        ["답변이 시작된 수요는 고치지 않습니다. 새로 등록하십시오.", "A demand that was answered is not edited. Record a new one."];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::sample::stamp;
    use uuid::Uuid;

    fn recorded() -> ResourceDemand {
        let details = serde_json::from_value(serde_json::json!({
            "kind": "gpu", "amount": 64, "from": "2027-01", "to": "2027-06", "purpose": "학습" }));
        let new = NewDemand { body: "mois".parse().unwrap(), details: details.unwrap() };
        ResourceDemand::record(new, Id::new(Uuid::from_u128(1)), stamp("2026-06-01")).unwrap()
    }
    fn answered(demand: ResourceDemand, supplied: u32) -> ResourceDemand {
        let answer = NewDemandAnswer { supplied, note: "답".parse().unwrap() };
        demand.answered(answer, stamp("2026-06-02")).unwrap()
    }

    #[test]
    fn a_demand_is_met_by_as_many_as_were_asked() {
        for (supplied, state) in [(0, DemandState::NotMet), (63, DemandState::PartlyMet), (64, DemandState::Met)] {
            assert_eq!(answered(recorded(), supplied).state(), state);
        }
        let later = answered(answered(recorded(), 0), 64);
        assert_eq!((later.state(), later.answers.len(), later.version), (DemandState::Met, 2, 3));
    }

    #[test]
    fn what_was_answered_is_not_edited() {
        let details = recorded().details;
        assert!(recorded().changed(details.clone(), stamp("2026-06-02")).is_ok());
        let refused = answered(recorded(), 8).changed(details.clone(), stamp("2026-06-02")).unwrap_err();
        assert_eq!(refused.code.name, "demand_state");
        let gone = recorded().withdrawn("취소".parse().unwrap(), stamp("2026-06-02")).unwrap();
        assert_eq!(gone.state(), DemandState::Withdrawn);
        assert!(gone.withdrawn("또".parse().unwrap(), stamp("2026-06-02")).is_err());
        let backwards = DemandDetails { to: "2026-12".parse().unwrap(), ..details };
        assert_eq!(recorded().changed(backwards, stamp("2026-06-02")).unwrap_err().code.name, "invalid");
    }
}
