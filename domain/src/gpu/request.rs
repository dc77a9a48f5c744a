//! Requests for GPUs (GPU 신청): what a project asks of a pool, in a round or outside of rounds, with all that became of it.

use super::{
    Accelerator, GPU_CAP, GPU_PROJECT_NOT_OPEN, GPU_ROUND_POOL, GpuCharge, GpuDeed, GpuGrant, GpuMove, GpuPeriod,
    GpuPool, GpuRequestId, GpuRound, GpuStage, PoolKey, RoundKey, RoundState, UserClass,
};
use crate::{
    access::BodyKey,
    body::BodyKind,
    problem::{Fault, OUT_OF_RANGE, Refusal, Words},
    project::{Project, ProjectId, Stamp, Status},
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// A request to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "project": "019a0000-0000-7000-8000-000000000001", "pool": "gpu25-naver-h200", "gpus": 64,
    "period": { "from": "2026-12-01", "to": "2027-06-01" }, "purpose": "민원 상담 모델 미세조정" }))]
pub struct NewGpuRequest {
    /// The project that will use them; the body that leads it asks.
    pub project: ProjectId,
    /// The round in which it is made; none outside of rounds.
    #[serde(default)]
    pub round: Option<RoundKey>,
    /// Of which pool.
    pub pool: PoolKey,
    /// How many GPUs, in whole units of the pool.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub gpus: u32,
    /// For which days.
    pub period: GpuPeriod,
    /// What for.
    pub purpose: Prose<5000>,
    /// Who will use them, by which the charge is reckoned; by the kind of the body when not said.
    #[serde(default)]
    pub user_class: Option<UserClass>,
}

/// What a request is held to: its pool, and its round if it is made in one.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The pool asked of.
    pub pool: &'a GpuPool,
    /// The round in which it is made.
    pub round: Option<&'a GpuRound>,
}

/// When the tranche of an approval can be allocated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = GpuTrancheRelease)]
pub enum Release {
    /// At once.
    AtOnce,
    /// Once a progress report more has been made.
    AfterReport,
}

/// A part of what is approved that is allocated by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuTranche)]
pub struct Tranche {
    /// How many GPUs, in whole units of the pool.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub gpus: u32,
    /// When it can be allocated.
    pub release: Release,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuApproval)]
pub struct Approval {
    /// How many GPUs.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub gpus: u32,
    /// For which days.
    pub period: GpuPeriod,
    /// In which parts.
    #[schema(min_items = 1, max_items = 10)]
    pub tranches: Vec<Tranche>,
    /// What is charged.
    pub charge: GpuCharge,
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// What screening has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuScreening)]
pub struct Screening {
    /// In words.
    pub finding: Prose<5000>,
    /// What the interview has shown; large requests of a round need one.
    pub interview: Option<Prose<5000>>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// A progress report, which releases the next part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuReport)]
pub struct Report {
    /// What has been done with what was given.
    pub text: Prose<5000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// A request, whole. It changes only through the functions of this module, each of which checks every rule, raises the version
/// by one and leaves the old record untouched when it refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuRequest {
    /// Its id.
    pub id: GpuRequestId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The project that will use them.
    pub project: ProjectId,
    /// The body that leads the project and asks.
    pub body: BodyKey,
    /// Other bodies that take part in the project.
    #[schema(max_items = 33)]
    pub partners: Vec<BodyKey>,
    /// The round in which it is made.
    pub round: Option<RoundKey>,
    /// Of which pool.
    pub pool: PoolKey,
    /// What that pool consists of.
    pub accelerator: Accelerator,
    /// How many GPUs are asked for.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub gpus: u32,
    /// For which days.
    pub period: GpuPeriod,
    /// What for.
    pub purpose: Prose<5000>,
    /// Who will use them.
    pub user_class: UserClass,
    /// How far it has been brought, before anything is allocated.
    pub stage: GpuStage,
    /// What screening has found.
    pub screening: Option<Screening>,
    /// What was approved.
    pub approval: Option<Approval>,
    /// Progress reports, oldest first.
    #[schema(max_items = 100)]
    pub reports: Vec<Report>,
    /// What was allocated, oldest first. Nothing is taken out: what was given back is shortened.
    #[schema(max_items = 100)]
    pub grants: Vec<GpuGrant>,
    /// Every move, oldest first.
    #[schema(max_items = 1000)]
    pub deeds: Vec<GpuDeed>,
    /// Last changed.
    pub updated: Stamp,
}

impl UserClass {
    /// The class of a body's own users.
    pub const fn of(kind: BodyKind) -> Self {
        match kind {
            BodyKind::LocalGovernment | BodyKind::SpecialLocalBody => Self::LocalGovernment,
            kind if kind.is_central() => Self::CentralMinistry,
            _ => Self::ResearchInstitute,
        }
    }
}

impl Terms<'_> {
    /// How many one project may hold at any time.
    pub fn cap(self) -> Option<u32> {
        let round = self.round.and_then(|round| round.plan.offer(&self.pool.key));
        round.map(|offered| offered.max_gpus_per_project).or(self.pool.terms.max_gpus_per_project)
    }
    /// The longest period, in months.
    pub fn months(self) -> u64 {
        let round = self.round.map(|round| round.plan.max_months);
        round.map_or(self.pool.terms.max_months, |months| months.min(self.pool.terms.max_months))
    }
    /// Whether so many take an interview.
    pub fn is_large(self, gpus: u32) -> bool {
        let round = self.round.and_then(|round| round.plan.offer(&self.pool.key));
        round.and_then(|offered| offered.large_from_gpus).is_some_and(|from| gpus >= from)
    }
    /// What is wrong with a number of GPUs.
    pub(super) fn number_faults(self, gpus: u32, at: &str) -> Vec<Fault> {
        let mut faults: Vec<Fault> = self.pool.unit_fault(gpus, at).into_iter().collect();
        if gpus == 0 {
            faults.push(Fault::new(at, &OUT_OF_RANGE));
        }
        if let Some(cap) = self.cap().filter(|cap| gpus > *cap) {
            let words = Words::made(format!("과제당 {cap}장까지입니다"), format!("At most {cap} GPUs for one project"));
            faults.push(Fault::told(at, &GPU_CAP, words));
        }
        faults
    }
}

impl GpuRequest {
    /// Asks: for a project that is filed and not over, in whole units, within caps and months, in a round only while it is open.
    pub fn ask(
        new: NewGpuRequest,
        (project, terms): (&Project, Terms<'_>),
        class: UserClass,
        id: GpuRequestId,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let at_work = matches!(project.status(), Status::Active | Status::OnHold) && project.removed.is_none();
        if !at_work {
            return Err(Refusal::new(&GPU_PROJECT_NOT_OPEN));
        }
        if let Some(round) = terms.round {
            round.must_stand(stamp.at, &[RoundState::Open])?;
        }
        let mut faults = terms.number_faults(new.gpus, "/gpus");
        faults.extend(new.period.faults("/period", stamp.at.day(), terms.months()));
        if terms.round.is_some_and(|round| round.plan.offer(&terms.pool.key).is_none()) {
            faults.push(Fault::new("/pool", &GPU_ROUND_POOL));
        }
        Refusal::unless_clean(faults)?;
        Ok(Self {
            id,
            version: 1,
            project: project.id,
            body: project.lead_body.clone(),
            partners: project.partners.iter().map(|partner| partner.body.clone()).collect(),
            round: new.round,
            pool: new.pool,
            accelerator: terms.pool.accelerator.clone(),
            gpus: new.gpus,
            period: new.period,
            purpose: new.purpose,
            user_class: new.user_class.unwrap_or(class),
            stage: GpuStage::Requested,
            screening: None,
            approval: None,
            reports: Vec::new(),
            grants: Vec::new(),
            deeds: vec![GpuDeed { did: GpuMove::Request, reason: None, stamp }],
            updated: stamp,
        })
    }
}
