//! Allocation rounds (배분 회차): a window, what of which pool is offered, caps, sector shares, and criteria in words.

use super::{
    GPU_REASON_NEEDED, GPU_UNIT, MONTHS, PoolKey, ROUND_EMPTY, ROUND_STATE, ROUND_WINDOW_PAST, RoundKey, Sector,
};
use crate::{
    access::BodyKey,
    code_list,
    day::Instant,
    name::Name,
    problem::{DUPLICATE, Fault, NOT_KNOWN, OUT_OF_RANGE, Refusal, WRONG_ORDER, Words},
    project::Stamp,
    rate::Share,
    text::Prose,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What of a pool is offered in a round, and to whom at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuRoundPool)]
pub struct RoundPool {
    /// Which pool.
    pub pool: PoolKey,
    /// GPUs offered: the round approves no more of it.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub offered_gpus: u32,
    /// How many one project may hold at any time.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub max_gpus_per_project: u32,
    /// From how many on a request takes an interview before it is approved; none does when absent.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub large_from_gpus: Option<u32>,
}

/// How much of what a pool offers goes to a sector at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuSectorShare)]
pub struct SectorShare {
    /// Which sector.
    pub sector: Sector,
    /// Its share; all together at most 100 %.
    pub share: Share,
}

/// What a round is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuRoundPlan)]
pub struct RoundPlan {
    /// Its name.
    pub name: Name,
    /// The ministry that holds it.
    pub lead_body: BodyKey,
    /// The agency that runs it.
    pub managing_agency: BodyKey,
    /// From when requests are taken.
    pub opens_at: Instant,
    /// The last moment at which one may be made.
    pub closes_at: Instant,
    /// What is offered.
    #[schema(min_items = 1, max_items = 20)]
    pub pools: Vec<RoundPool>,
    /// The longest period, in months.
    #[schema(minimum = 1, maximum = 12)]
    pub max_months: u64,
    /// How what is offered is shared out among sectors; sectors that are not named have no limit.
    #[serde(default)]
    #[schema(max_items = 4)]
    pub sector_shares: Vec<SectorShare>,
    /// By what requests are judged, in words.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub criteria: Vec<Prose<500>>,
    /// Anything worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
}

/// A round to be prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGpuRound {
    /// Its own short key.
    pub key: RoundKey,
    /// What it is.
    pub plan: RoundPlan,
}

code_list! {
    /// How far a round has been brought.
    #[schema(as = GpuRoundStage)]
    pub enum RoundStage {
        /// Being prepared; coordinators and auditors alone know of it.
        Draft = "draft" / "작성 중",
        /// Made public; the clock says whether requests are taken.
        Announced = "announced" / "공고",
        /// Everything in it is decided.
        Finished = "finished" / "종료",
        /// Given up.
        Cancelled = "cancelled" / "취소",
    }
}

code_list! {
    /// How a round stands at a moment.
    #[schema(as = GpuRoundState)]
    pub enum RoundState {
        /// Being prepared.
        Draft = "draft" / "작성 중",
        /// Made public; requests are not taken yet.
        Announced = "announced" / "공고",
        /// Requests are taken.
        Open = "open" / "접수 중",
        /// The window is over; requests are being decided.
        Closed = "closed" / "접수 마감",
        /// Everything in it is decided.
        Finished = "finished" / "종료",
        /// Given up.
        Cancelled = "cancelled" / "취소",
    }
}

/// One step of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuRoundStep)]
pub struct RoundStep {
    /// Where it was brought.
    pub to: RoundStage,
    /// Why.
    pub reason: Option<Prose<2000>>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// A round, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuRound {
    /// Its own short key.
    pub key: RoundKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// What it is.
    pub plan: RoundPlan,
    /// How far it has been brought.
    pub stage: RoundStage,
    /// Every step, oldest first.
    #[schema(max_items = 10)]
    pub steps: Vec<RoundStep>,
    /// Last changed.
    pub updated: Stamp,
}

/// The smallest unit of each pool that is there.
pub type Units = BTreeMap<PoolKey, u32>;

impl RoundPlan {
    fn faults(&self, units: &Units, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.closes_at <= self.opens_at {
            faults.push(Fault::new(format!("{at}/closes_at"), &WRONG_ORDER));
        }
        if !(1..=MONTHS).contains(&self.max_months) {
            faults.push(Fault::new(format!("{at}/max_months"), &OUT_OF_RANGE));
        }
        if self.pools.is_empty() {
            faults.push(Fault::new(format!("{at}/pools"), &ROUND_EMPTY));
        }
        let mut seen = BTreeSet::new();
        for (nth, offered) in self.pools.iter().enumerate() {
            let at = format!("{at}/pools/{nth}");
            if !seen.insert(&offered.pool) {
                faults.push(Fault::new(format!("{at}/pool"), &DUPLICATE));
            }
            let Some(unit) = units.get(&offered.pool) else {
                faults.push(Fault::new(format!("{at}/pool"), &NOT_KNOWN));
                continue;
            };
            let whole = |gpus: u32| gpus > 0 && gpus.checked_rem(*unit) == Some(0);
            let (offer, cap) = (offered.offered_gpus, offered.max_gpus_per_project);
            faults.extend((!whole(offer)).then(|| Fault::new(format!("{at}/offered_gpus"), &GPU_UNIT)));
            faults.extend((!whole(cap)).then(|| Fault::new(format!("{at}/max_gpus_per_project"), &GPU_UNIT)));
            if cap > offer {
                faults.push(Fault::new(format!("{at}/max_gpus_per_project"), &OUT_OF_RANGE));
            }
        }
        let mut sectors = BTreeSet::new();
        for (nth, share) in self.sector_shares.iter().enumerate() {
            if !sectors.insert(share.sector) {
                faults.push(Fault::new(format!("{at}/sector_shares/{nth}/sector"), &DUPLICATE));
            }
        }
        let sum: u32 = self.sector_shares.iter().map(|one| u32::from(one.share.basis_points())).sum();
        if sum > 10_000 {
            faults.push(Fault::new(format!("{at}/sector_shares"), &OUT_OF_RANGE));
        }
        faults
    }
    /// What it offers of a pool.
    pub fn offer(&self, pool: &PoolKey) -> Option<&RoundPool> {
        self.pools.iter().find(|offered| offered.pool == *pool)
    }
    /// How many GPUs of a pool may go to a sector; none when the sector has no limit.
    pub fn sector_limit(&self, pool: &PoolKey, sector: Sector) -> Option<u32> {
        let share = self.sector_shares.iter().find(|one| one.sector == sector)?.share;
        let offered = u64::from(self.offer(pool)?.offered_gpus);
        let part = offered.saturating_mul(share.basis_points().into()).checked_div(10_000)?;
        u32::try_from(part).ok()
    }
}

impl GpuRound {
    /// Prepares a round.
    pub fn create(new: NewGpuRound, units: &Units, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(new.plan.faults(units, "/plan"))?;
        let NewGpuRound { key, plan } = new;
        Ok(Self { key, version: 1, plan, stage: RoundStage::Draft, steps: Vec::new(), updated: stamp })
    }
    /// Says a draft's plan anew.
    pub fn planned(self, plan: RoundPlan, units: &Units, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(stamp.at, &[RoundState::Draft])?;
        Refusal::unless_clean(plan.faults(units, ""))?;
        Ok(Self { plan, ..self }.touched(stamp))
    }
    /// Makes it public, while its window is still to end.
    pub fn announced(self, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(stamp.at, &[RoundState::Draft])?;
        if self.plan.closes_at < stamp.at {
            return Err(Refusal::new(&ROUND_WINDOW_PAST));
        }
        Ok(self.stepped(RoundStage::Announced, None, stamp))
    }
    /// Ends it, after its window: what is still undecided in it stays undecided and can no longer be approved.
    pub fn finished(self, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(stamp.at, &[RoundState::Closed])?;
        Ok(self.stepped(RoundStage::Finished, None, stamp))
    }
    /// Gives it up, with a reason. What was approved in it stays.
    pub fn cancelled(self, reason: Option<Prose<2000>>, stamp: Stamp) -> Result<Self, Refusal> {
        let before = [RoundState::Draft, RoundState::Announced, RoundState::Open, RoundState::Closed];
        self.must_stand(stamp.at, &before)?;
        if reason.is_none() {
            Refusal::unless_clean(vec![Fault::new("/reason", &GPU_REASON_NEEDED)])?;
        }
        Ok(self.stepped(RoundStage::Cancelled, reason, stamp))
    }
    /// How it stands at a moment. Requests are taken from `opens_at` to `closes_at`, both included.
    pub fn state(&self, now: Instant) -> RoundState {
        match self.stage {
            RoundStage::Draft => RoundState::Draft,
            RoundStage::Finished => RoundState::Finished,
            RoundStage::Cancelled => RoundState::Cancelled,
            RoundStage::Announced if now < self.plan.opens_at => RoundState::Announced,
            RoundStage::Announced if now <= self.plan.closes_at => RoundState::Open,
            RoundStage::Announced => RoundState::Closed,
        }
    }
    /// True once others than those who prepare it may know of it.
    pub fn is_announced(&self) -> bool {
        self.steps.iter().any(|step| step.to == RoundStage::Announced)
    }
    pub(super) fn must_stand(&self, now: Instant, from: &[RoundState]) -> Result<(), Refusal> {
        let state = self.state(now);
        if from.contains(&state) {
            return Ok(());
        }
        let words = Words::made(
            format!("'{}' 상태의 배분 회차에서는 할 수 없습니다", state.ko()),
            format!("A round that is {state} does not take this"),
        );
        Err(Refusal::told(&ROUND_STATE, words))
    }
    fn stepped(mut self, to: RoundStage, reason: Option<Prose<2000>>, stamp: Stamp) -> Self {
        self.steps.push(RoundStep { to, reason, stamp });
        Self { stage: to, ..self }.touched(stamp)
    }
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}
