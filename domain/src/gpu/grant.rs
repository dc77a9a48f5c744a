//! Allocations (GPU 배분): each an interval of its own, checked on every day; extended by another, shortened when it ends early.

use super::{
    Booked, GPU_CAP, GPU_END_DAY, GPU_NOTHING_LEFT, GPU_PERIOD_OVER, GPU_POOL_FULL, GPU_REPORT_WANTING, GpuMove,
    GpuPeriod, GpuRequest, GpuRequestId, Limit, PlaceId, PoolKey, Release, Terms, sweep::shortage,
};
use crate::{
    access::BodyKey,
    code_list,
    day::Day,
    id::Id,
    problem::{Fault, Refusal, WRONG_ORDER, Words},
    project::{ProjectId, Stamp},
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// The id of an allocation.
pub type GrantId = Id<GpuGrant>;

/// What an allocation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = GpuGrantKind)]
pub enum GrantKind {
    /// A part of what was approved.
    Tranche {
        /// Which, from 1.
        #[schema(minimum = 1, maximum = 10)]
        tranche: u32,
    },
    /// Another allocation goes on, by decision.
    Extension {
        /// The number of that one.
        #[schema(minimum = 1, maximum = 100)]
        of: u32,
    },
}

code_list! {
    /// How an allocation ends before its time.
    #[schema(as = GpuGrantEndKind)]
    pub enum GrantEndKind {
        /// It was given back.
        Returned = "returned" / "반납",
        /// It was taken back by decision.
        Reclaimed = "reclaimed" / "회수",
    }
}

code_list! {
    /// On what ground GPUs are taken back.
    #[schema(as = GpuReclaimGround)]
    pub enum ReclaimGround {
        /// They are hardly used.
        LowUse = "low_use" / "저활용",
        /// They are used for something else.
        Misuse = "misuse" / "목적 외 이용",
        /// They are used for profit.
        CommercialUse = "commercial_use" / "영리 이용",
        /// The project has ended.
        ProjectEnded = "project_ended" / "과제 종료",
        /// Something else.
        Other = "other" / "기타",
    }
}

/// That an allocation ends before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuGrantEnd)]
pub struct GrantEnd {
    /// How.
    pub how: GrantEndKind,
    /// The first day on which it is free again.
    pub on: Day,
    /// On what ground it was taken back.
    pub ground: Option<ReclaimGround>,
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// An allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuGrant {
    /// Its id.
    pub id: GrantId,
    /// Its number within the request, from 1.
    #[schema(minimum = 1, maximum = 100)]
    pub number: u32,
    /// What it is.
    pub kind: GrantKind,
    /// How many GPUs.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub gpus: u32,
    /// For which days it was given.
    pub period: GpuPeriod,
    /// The place on the waiting list from which it was accepted.
    pub place: Option<PlaceId>,
    /// When, and by whom it was given.
    pub granted: Stamp,
    /// That it ends before its time.
    pub ended: Option<GrantEnd>,
}

impl GpuGrant {
    /// The days on which it is really held.
    pub fn held(&self) -> GpuPeriod {
        let GpuPeriod { from, to } = self.period;
        self.ended.as_ref().map_or(self.period, |ended| GpuPeriod { from, to: to.min(ended.on.max(from)) })
    }
    /// What it takes of its pool.
    pub fn booked(&self) -> Booked {
        Booked { period: self.held(), gpus: self.gpus }
    }
}

/// An allocation in lists, with what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuAllocation {
    /// The request.
    pub request: GpuRequestId,
    /// The project.
    pub project: ProjectId,
    /// The body that leads it.
    pub body: BodyKey,
    /// The pool.
    pub pool: PoolKey,
    /// What the pool consists of.
    pub accelerator: super::Accelerator,
    /// The allocation.
    pub grant: GpuGrant,
    /// The days on which it is really held.
    pub held: GpuPeriod,
    /// GPUs by 24 hours by days held.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub gpu_hours: u64,
}

/// What is taken already, of the days in question and later: of the pool, and of it by the same project.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// By allocations and by offers that wait for their answer.
    pub pool: Vec<Booked>,
    /// By allocations of the same project.
    pub project: Vec<Booked>,
}

impl Taken {
    fn add(&mut self, booked: Booked) {
        self.pool.push(booked);
        self.project.push(booked);
    }
}

/// A longer period to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "to": "2027-09-01", "reason": "학습 일정 연장" }))]
pub struct ExtendGpus {
    /// The new day after the last one.
    pub to: Day,
    /// Why.
    pub reason: Prose<2000>,
}

/// How GPUs end before their time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// How.
    pub how: GrantEndKind,
    /// The first day on which they are free again; today or later.
    pub on: Day,
    /// On what ground they are taken back.
    pub ground: Option<ReclaimGround>,
    /// Why.
    pub reason: Prose<2000>,
}

/// Refuses what is not free on every day, or what would give one project more than its cap on some day.
fn must_fit(terms: Terms<'_>, taken: &Taken, wanted: Booked) -> Result<(), Refusal> {
    if let Some(short) = shortage(terms.pool.limit(), &taken.pool, wanted) {
        let (day, free) = (short.day, short.free.max(0));
        let words = Words::made(
            format!("{day}에 남은 수량은 {free}장이고 필요한 수량은 {}장입니다", wanted.gpus),
            format!("On {day} there are {free} GPUs free, and {} are needed", wanted.gpus),
        );
        return Err(Refusal::told(&GPU_POOL_FULL, words));
    }
    let cap = terms.cap().and_then(|cap| Some((cap, shortage(Limit::Flat(cap), &taken.project, wanted)?)));
    if let Some((cap, short)) = cap {
        let (day, left) = (short.day, short.free.max(0));
        let words = Words::made(
            format!("과제당 한도 {cap}장 가운데 {day}에 남은 수량은 {left}장입니다"),
            format!("Of the cap of {cap} GPUs for one project {left} are left on {day}"),
        );
        return Err(Refusal::told(&GPU_CAP, words));
    }
    Ok(())
}

impl GpuRequest {
    /// The next part that can be allocated: its number and what it needs from today on.
    pub fn next_part(&self, today: Day) -> Result<(u32, Booked), Refusal> {
        let none = || Refusal::new(&GPU_NOTHING_LEFT);
        let approval = self.approval.as_ref().ok_or_else(none)?;
        let given = self.grants.iter().filter(|grant| matches!(grant.kind, GrantKind::Tranche { .. })).count();
        let part = approval.tranches.get(given).ok_or_else(none)?;
        let awaited = approval.tranches.iter().take(given.saturating_add(1));
        let reports = awaited.filter(|one| one.release == Release::AfterReport).count();
        if part.release == Release::AfterReport && self.reports.len() < reports {
            return Err(Refusal::new(&GPU_REPORT_WANTING));
        }
        let period = approval.period.not_before(today);
        if period.is_empty() {
            return Err(Refusal::new(&GPU_PERIOD_OVER));
        }
        let number = u32::try_from(given).unwrap_or(u32::MAX).saturating_add(1);
        Ok((number, Booked { period, gpus: part.gpus }))
    }

    /// Allocates the next part for what is left of its approved days, if it fits on each of them.
    pub fn allocated(
        self,
        (terms, taken): (Terms<'_>, &Taken),
        id: GrantId,
        reason: Option<Prose<2000>>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        self.must_allow(GpuMove::Allocate, stamp.at.day())?;
        let (tranche, wanted) = self.next_part(stamp.at.day())?;
        must_fit(terms, taken, wanted)?;
        let grant = self.grant(GrantKind::Tranche { tranche }, wanted, (id, None), stamp);
        Ok(self.given(grant).did(GpuMove::Allocate, reason, stamp))
    }

    /// Accepts what was offered from the waiting list: the same check, with the days of the offer.
    pub fn accepted(
        self,
        (terms, taken): (Terms<'_>, &Taken),
        (offered, place): (GpuPeriod, PlaceId),
        id: GrantId,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        self.must_allow(GpuMove::Accept, stamp.at.day())?;
        let (tranche, wanted) = self.next_part(stamp.at.day())?;
        let wanted = Booked { period: offered, ..wanted };
        must_fit(terms, taken, wanted)?;
        let grant = self.grant(GrantKind::Tranche { tranche }, wanted, (id, Some(place)), stamp);
        Ok(self.given(grant).did(GpuMove::Accept, None, stamp))
    }

    /// Extends everything that lasts to the end by new intervals up to a later day, each at most so many months long.
    pub fn extended(
        self,
        new: ExtendGpus,
        (terms, mut taken): (Terms<'_>, Taken),
        mut id: impl FnMut() -> GrantId,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let today = stamp.at.day();
        self.must_allow(GpuMove::Extend, today)?;
        let end = self.held().map_or(today, |held| held.period.to);
        if new.to <= end {
            Refusal::unless_clean(vec![Fault::new("/to", &WRONG_ORDER)])?;
        }
        let longer = GpuPeriod { from: end, to: new.to };
        Refusal::unless_clean(longer.too_long("/to", terms.months()).into_iter().collect())?;
        let last = self.grants.iter().filter(|grant| grant.held().to == end && grant.ended.is_none());
        let last: Vec<(u32, u32)> = last.map(|grant| (grant.number, grant.gpus)).collect();
        if last.is_empty() {
            return Err(Refusal::new(&GPU_PERIOD_OVER));
        }
        let mut after = self;
        for (of, gpus) in last {
            let wanted = Booked { period: longer, gpus };
            must_fit(terms, &taken, wanted)?;
            taken.add(wanted);
            let grant = after.grant(GrantKind::Extension { of }, wanted, (id(), None), stamp);
            after = after.given(grant);
        }
        Ok(after.did(GpuMove::Extend, Some(new.reason), stamp))
    }

    /// Ends everything it still holds on a day, given back or taken back: it is shortened, and what was is kept.
    pub fn ended(mut self, ending: Ending, stamp: Stamp) -> Result<Self, Refusal> {
        let today = stamp.at.day();
        let did = match ending.how {
            GrantEndKind::Returned => GpuMove::Return,
            GrantEndKind::Reclaimed => GpuMove::Reclaim,
        };
        self.must_allow(did, today)?;
        let end = self.held().map_or(today, |held| held.period.to);
        if ending.on < today || ending.on >= end {
            let words = Words::made(
                format!("오늘({today})부터 {end} 전날까지의 날짜를 넣으십시오"),
                format!("Give a day from today ({today}) to the one before {end}"),
            );
            Refusal::unless_clean(vec![Fault::told("/on", &GPU_END_DAY, words)])?;
        }
        let Ending { how, on, ground, reason } = ending;
        for grant in self.grants.iter_mut().filter(|grant| grant.held().to > on) {
            grant.ended = Some(GrantEnd { how, on, ground, reason: reason.clone(), stamp });
        }
        Ok(self.did(did, Some(reason), stamp))
    }

    /// Everything that was allocated, each with what it belongs to.
    pub fn allocations(&self) -> impl Iterator<Item = GpuAllocation> + '_ {
        self.grants.iter().map(|grant| GpuAllocation {
            request: self.id,
            project: self.project,
            body: self.body.clone(),
            pool: self.pool.clone(),
            accelerator: self.accelerator.clone(),
            grant: grant.clone(),
            held: grant.held(),
            gpu_hours: u64::from(grant.gpus).saturating_mul(24).saturating_mul(grant.held().days()),
        })
    }

    fn grant(&self, kind: GrantKind, of: Booked, (id, place): (GrantId, Option<PlaceId>), stamp: Stamp) -> GpuGrant {
        let number = u32::try_from(self.grants.len()).unwrap_or(u32::MAX).saturating_add(1);
        GpuGrant { id, number, kind, gpus: of.gpus, period: of.period, place, granted: stamp, ended: None }
    }
    fn given(mut self, grant: GpuGrant) -> Self {
        self.grants.push(grant);
        self
    }
}
