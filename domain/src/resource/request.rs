//! Resource requests (자원 신청): asked by the planner, decided and supplied by coordinators of other bodies, ended.

use super::{BEYOND_APPROVED, Hanging, RESOURCE_NOT_NOW, ahead, backwards, takes_more};
use crate::{
    access::BodyKey,
    code_list,
    day::Day,
    id::Id,
    problem::{Fault, OUT_OF_RANGE, REQUIRED, Refusal, WRONG_LENGTH, Words},
    project::{Project, ProjectId, Stamp},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// The id of a resource request.
pub type ResourceRequestId = Id<ResourceRequest>;

code_list! {
    /// What is asked for. GPUs have a procedure of their own.
    #[schema(as = ResourceRequestKind)]
    pub enum ResourceKind {
        /// An AI model and the technical help to use it.
        Model = "model" / "AI 모델",
        /// People.
        Talent = "talent" / "인재",
        /// The government-wide AI common base or another platform.
        Platform = "platform" / "플랫폼",
        /// Data, public data among it.
        Data = "data" / "데이터",
    }
}

code_list! {
    /// In what amounts are counted. Amounts of different units are never added.
    pub enum ResourceUnit {
        /// Models.
        Models = "models" / "모델",
        /// Calls of a model a month.
        MonthlyCalls = "monthly_calls" / "월 호출",
        /// Thousands of tokens a month.
        MonthlyKilotokens = "monthly_kilotokens" / "월 천 토큰",
        /// People.
        Persons = "persons" / "명",
        /// Months of one person's work.
        PersonMonths = "person_months" / "인월",
        /// Accounts of users.
        Accounts = "accounts" / "계정",
        /// Running instances of a service.
        Instances = "instances" / "인스턴스",
        /// Datasets.
        Datasets = "datasets" / "데이터셋",
        /// Gigabytes.
        Gigabytes = "gigabytes" / "GB",
    }
}

code_list! {
    /// How a request stands.
    pub enum ResourceState {
        /// It waits for a decision.
        Requested = "requested" / "신청",
        /// It was approved, and nothing was supplied yet.
        Approved = "approved" / "승인",
        /// It was rejected.
        Rejected = "rejected" / "반려",
        /// Some of what was approved was supplied.
        PartlySupplied = "partly_supplied" / "일부 공급",
        /// All of what was approved was supplied.
        Supplied = "supplied" / "공급",
        /// What was supplied is no longer used.
        Ended = "ended" / "종료",
        /// The planner took it back.
        Withdrawn = "withdrawn" / "철회",
    }
}

code_list! {
    /// What becomes of a request.
    pub enum ResourceOutcome {
        /// It is approved.
        Approved = "approved" / "승인",
        /// It is rejected.
        Rejected = "rejected" / "반려",
    }
}

/// A request for a resource, with its course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceRequest {
    /// Its id.
    pub id: ResourceRequestId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// For which project.
    pub project: ProjectId,
    /// The body that asks: the project's lead when it was asked.
    pub body: BodyKey,
    /// What is asked for.
    pub kind: ResourceKind,
    /// What exactly, and what for.
    pub text: Prose<5000>,
    /// How much is asked for.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub amount: i64,
    /// Counted in what.
    pub unit: ResourceUnit,
    /// First day on which it is wanted (KST).
    pub wanted_from: Day,
    /// Last day on which it is wanted (KST, inclusive); absent when open.
    pub wanted_until: Option<Day>,
    /// How it stands.
    pub state: ResourceState,
    /// How much was approved; absent before and without approval.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub approved: Option<i64>,
    /// How much was supplied, all supplies together.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    pub supplied: i64,
    /// What was supplied, in the order of recording.
    #[schema(max_items = 500)]
    pub supplies: Vec<Supply>,
    /// Its course, from the asking on.
    #[schema(min_items = 1, max_items = 10)]
    pub steps: Vec<ResourceStep>,
}

/// A step in the course of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceStep {
    /// What it came to.
    pub to: ResourceState,
    /// Why, where a reason was given.
    pub reason: Option<Prose<2000>>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// Something that was supplied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ResourceSupply)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// On which day (KST).
    pub on: Day,
    /// How much, in the unit of the request.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub amount: i64,
    /// What exactly.
    pub note: Option<Line<500>>,
    /// When it was recorded, and by whom.
    pub stamp: Stamp,
}

/// A resource to be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "kind": "talent", "text": "학습 자료를 가려 낼 인력", "amount": 6, "unit": "person_months",
    "wanted_from": "2027-01-01", "wanted_until": "2027-06-30" }))]
pub struct NewResourceRequest {
    /// What is asked for.
    pub kind: ResourceKind,
    /// What exactly, and what for.
    pub text: Prose<5000>,
    /// How much.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub amount: i64,
    /// Counted in what.
    pub unit: ResourceUnit,
    /// First day on which it is wanted (KST).
    pub wanted_from: Day,
    /// Last day on which it is wanted (KST, inclusive).
    pub wanted_until: Option<Day>,
}

/// A decision to be made on a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "outcome": "approved", "amount": 4, "reason": "가용 인력에 맞춤" }))]
pub struct NewResourceDecision {
    /// What becomes of it.
    pub outcome: ResourceOutcome,
    /// How much is approved; all of it unless said otherwise.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub amount: Option<i64>,
    /// Why. It must be given for a rejection, and for less than was asked for.
    pub reason: Option<Prose<2000>>,
}

/// A supply to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewResourceSupply, example = json!({ "on": "2026-11-20", "amount": 2 }))]
pub struct NewSupply {
    /// On which day (KST): today or before.
    pub on: Day,
    /// How much, in the unit of the request.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64)]
    pub amount: i64,
    /// What exactly.
    pub note: Option<Line<500>>,
}

/// The most that can be asked for.
const MOST: i64 = 1_000_000_000_000;
/// The most supplies of one request.
const SUPPLIES: usize = 500;

impl Hanging for ResourceRequest {
    const KIND: &'static str = "resource_request";
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

fn amount_fault(amount: i64) -> Option<Fault> {
    (!(1..=MOST).contains(&amount)).then(|| Fault::new("/amount", &OUT_OF_RANGE))
}

impl ResourceRequest {
    /// Asks for a resource for a project that goes on.
    pub fn asked(
        id: ResourceRequestId,
        new: NewResourceRequest,
        project: &Project,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        takes_more(project)?;
        let NewResourceRequest { kind, text, amount, unit, wanted_from, wanted_until } = new;
        let period = backwards(Some(wanted_from), wanted_until, "/wanted_until");
        Refusal::unless_clean(amount_fault(amount).into_iter().chain(period).collect())?;
        Ok(Self {
            id,
            version: 1,
            project: project.id,
            body: project.lead_body.clone(),
            kind,
            text,
            amount,
            unit,
            wanted_from,
            wanted_until,
            state: ResourceState::Requested,
            approved: None,
            supplied: 0,
            supplies: Vec::new(),
            steps: vec![ResourceStep { to: ResourceState::Requested, reason: None, stamp }],
        })
    }

    /// Decides it, once: all or a part of it is approved, or it is rejected with a reason. Nothing is approved for a project
    /// that is over.
    pub fn decided(
        mut self,
        new: NewResourceDecision,
        project: Option<&Project>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        self.must_be(&[ResourceState::Requested])?;
        let NewResourceDecision { outcome, amount, reason } = new;
        if outcome == ResourceOutcome::Approved {
            project.map_or(Ok(()), takes_more)?;
        }
        let approved = amount.unwrap_or(self.amount);
        let (to, silent) = match outcome {
            ResourceOutcome::Approved => (ResourceState::Approved, approved >= self.amount),
            ResourceOutcome::Rejected => (ResourceState::Rejected, false),
        };
        let mut faults: Vec<Fault> = amount_fault(approved).into_iter().collect();
        if outcome == ResourceOutcome::Rejected && amount.is_some() {
            faults.push(Fault::new("/amount", &OUT_OF_RANGE));
        }
        if !silent && reason.is_none() {
            faults.push(Fault::new("/reason", &REQUIRED));
        }
        Refusal::unless_clean(faults)?;
        if approved > self.amount {
            return Err(Refusal::new(&BEYOND_APPROVED));
        }
        self.approved = (outcome == ResourceOutcome::Approved).then_some(approved);
        Ok(self.came(to, reason, stamp))
    }

    /// Records what was supplied of what was approved; supplies add up. Nothing is supplied to a project that is over.
    pub fn supplied(mut self, new: NewSupply, project: Option<&Project>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_be(&[ResourceState::Approved, ResourceState::PartlySupplied])?;
        project.map_or(Ok(()), takes_more)?;
        let NewSupply { on, amount, note } = new;
        let late = ahead(on, stamp.at.day(), "/on");
        let full = (self.supplies.len() >= SUPPLIES).then(|| Fault::new("/amount", &WRONG_LENGTH));
        Refusal::unless_clean(amount_fault(amount).into_iter().chain(late).chain(full).collect())?;
        let (sum, approved) = (self.supplied.saturating_add(amount), self.approved.unwrap_or(0));
        if sum > approved {
            return Err(Refusal::new(&BEYOND_APPROVED));
        }
        self.supplied = sum;
        self.supplies.push(Supply { on, amount, note, stamp });
        let to = if sum == approved { ResourceState::Supplied } else { ResourceState::PartlySupplied };
        if to == self.state {
            return Ok(Self { version: self.version.saturating_add(1), ..self });
        }
        Ok(self.came(to, None, stamp))
    }

    /// Ends what was supplied.
    pub fn ended(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_be(&[ResourceState::PartlySupplied, ResourceState::Supplied])?;
        Ok(self.came(ResourceState::Ended, Some(reason), stamp))
    }

    /// Takes it back before anything was supplied.
    pub fn withdrawn(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_be(&[ResourceState::Requested, ResourceState::Approved])?;
        Ok(self.came(ResourceState::Withdrawn, Some(reason), stamp))
    }

    fn must_be(&self, states: &[ResourceState]) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        let words = Words::made(
            format!("지금 상태는 ‘{}’입니다.", self.state.ko()),
            format!("The request is {}.", self.state.name()),
        );
        Err(Refusal::told(&RESOURCE_NOT_NOW, words))
    }

    fn came(mut self, to: ResourceState, reason: Option<Prose<2000>>, stamp: Stamp) -> Self {
        self.steps.push(ResourceStep { to, reason, stamp });
        Self { state: to, version: self.version.saturating_add(1), ..self }
    }
}
