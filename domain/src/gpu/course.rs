//! The course of a request (신청 진행): one guarded table of moves; what follows from days alone is derived, and the clock decides nothing.

use super::{
    Approval, GPU_INTERVIEW_NEEDED, GPU_REQUEST_STATE, GPU_ROUND_SHORT, GPU_SECTOR_SHARE, GpuCharge, GpuPeriod,
    GpuRequest, GrantEndKind, GrantKind, Release, Report, RoundState, Screening, TRANCHES_NOT_WHOLE, Terms, Tranche,
};
use crate::{
    code_list,
    day::Day,
    problem::{Fault, OUT_OF_RANGE, Refusal, Words},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

code_list! {
    /// How far a request has been brought, before anything is allocated.
    pub enum GpuStage {
        /// It waits to be screened.
        Requested = "requested" / "신청",
        /// It waits for its decision.
        Screened = "screened" / "검토 완료",
        /// It can be allocated.
        Approved = "approved" / "승인",
        /// It was refused.
        Rejected = "rejected" / "반려",
        /// It was taken back.
        Withdrawn = "withdrawn" / "철회",
    }
}

code_list! {
    /// How a request stands on a day.
    pub enum GpuState {
        /// It waits to be screened.
        Requested = "requested" / "신청",
        /// It waits for its decision.
        Screened = "screened" / "검토 완료",
        /// It can be allocated.
        Approved = "approved" / "승인",
        /// It was refused.
        Rejected = "rejected" / "반려",
        /// It was taken back.
        Withdrawn = "withdrawn" / "철회",
        /// Something is allocated that has not begun.
        Allocated = "allocated" / "배분",
        /// It is in use.
        Active = "active" / "이용 중",
        /// It is in use beyond its first end, by decision.
        Extended = "extended" / "연장",
        /// It was given back.
        Returned = "returned" / "반납",
        /// It was taken back by decision.
        Reclaimed = "reclaimed" / "회수",
        /// Its period is over.
        Expired = "expired" / "만료",
    }
}

code_list! {
    /// What can be done to a request.
    pub enum GpuMove {
        /// Ask.
        Request = "request" / "신청",
        /// Say what screening has found.
        Screen = "screen" / "검토",
        /// Approve it.
        Approve = "approve" / "승인",
        /// Refuse it.
        Reject = "reject" / "반려",
        /// Take it back.
        Withdraw = "withdraw" / "철회",
        /// Put it on the waiting list.
        Wait = "wait" / "대기 등록",
        /// Allocate the next part.
        Allocate = "allocate" / "배분",
        /// Accept what was offered from the waiting list.
        Accept = "accept" / "제안 수락",
        /// Leave the waiting list.
        Decline = "decline" / "제안 거절",
        /// Report the progress.
        Report = "report" / "경과 보고",
        /// Extend the period by decision.
        Extend = "extend" / "연장",
        /// Give it back.
        Return = "return" / "반납",
        /// Take it back by decision.
        Reclaim = "reclaim" / "회수",
    }
}

impl GpuMove {
    /// From which states it can be made.
    pub const fn from(self) -> &'static [GpuState] {
        use GpuState::{Active, Allocated, Approved, Extended, Requested, Screened};
        match self {
            Self::Request => &[],
            Self::Screen => &[Requested],
            Self::Approve => &[Screened],
            Self::Reject => &[Requested, Screened],
            Self::Withdraw => &[Requested, Screened, Approved],
            Self::Wait | Self::Allocate | Self::Accept | Self::Decline => &[Approved, Allocated, Active, Extended],
            Self::Report => &[Active, Extended],
            Self::Extend | Self::Return | Self::Reclaim => &[Allocated, Active, Extended],
        }
    }
}

/// One move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuDeed {
    /// What was done.
    pub did: GpuMove,
    /// Why.
    pub reason: Option<Prose<2000>>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// What screening finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "finding": "활용 계획과 준비 정도가 적정함" }))]
pub struct ScreenGpuRequest {
    /// In words.
    pub finding: Prose<5000>,
    /// What the interview has shown; large requests of a round need one.
    #[serde(default)]
    pub interview: Option<Prose<5000>>,
}

/// An approval to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "평가 기준을 충족함" }))]
pub struct ApproveGpuRequest {
    /// How many GPUs, at most as many as were asked for; all of them when not said.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub gpus: Option<u32>,
    /// For which days; those asked for when not said.
    #[serde(default)]
    pub period: Option<GpuPeriod>,
    /// In which parts, which add up to what is approved; all at once when not said.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub tranches: Vec<Tranche>,
    /// Why.
    pub reason: Prose<2000>,
}

/// What its round has approved before of the same pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoundTaken {
    /// GPUs in all.
    pub pool: u32,
    /// GPUs of the same sector.
    pub sector: u32,
}

/// The days between which a request holds anything: the first day of what was allocated, and the day after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// All of it.
    pub period: GpuPeriod,
    /// From when on it holds something by an extension.
    pub extended_from: Option<Day>,
    /// How the part that lasts longest ends before its time, if it does.
    pub end: Option<GrantEndKind>,
}

impl GpuRequest {
    /// From when to when it holds anything; nothing before anything was allocated.
    pub fn held(&self) -> Option<Held> {
        // What was given back before it began takes nothing; only where nothing else is left does it tell how it ended.
        let real: Vec<_> = self.grants.iter().filter(|grant| !grant.held().is_empty()).collect();
        let of = if real.is_empty() { self.grants.iter().collect() } else { real };
        let from = of.iter().map(|grant| grant.held().from).min()?;
        let last = of.iter().max_by_key(|grant| (grant.held().to, grant.number))?;
        let extensions = self.grants.iter().filter(|grant| matches!(grant.kind, GrantKind::Extension { .. }));
        let extended_from =
            extensions.map(super::GpuGrant::held).filter(|held| !held.is_empty()).map(|held| held.from).min();
        let end = last.ended.as_ref().map(|ended| ended.how);
        Some(Held { period: GpuPeriod { from, to: last.held().to }, extended_from, end })
    }
    /// How it stands on a day. A period that is over is over, whoever has looked.
    pub fn state(&self, today: Day) -> GpuState {
        let Some(Held { period, extended_from, end }) = self.held() else {
            return match self.stage {
                GpuStage::Requested => GpuState::Requested,
                GpuStage::Screened => GpuState::Screened,
                GpuStage::Approved => GpuState::Approved,
                GpuStage::Rejected => GpuState::Rejected,
                GpuStage::Withdrawn => GpuState::Withdrawn,
            };
        };
        match end {
            _ if today < period.from && !period.is_empty() => GpuState::Allocated,
            _ if period.holds(today) && extended_from.is_some_and(|from| from <= today) => GpuState::Extended,
            _ if period.holds(today) => GpuState::Active,
            Some(GrantEndKind::Returned) => GpuState::Returned,
            Some(GrantEndKind::Reclaimed) => GpuState::Reclaimed,
            None => GpuState::Expired,
        }
    }
    /// The moves that its state allows.
    pub fn moves(&self, today: Day) -> Vec<GpuMove> {
        let state = self.state(today);
        GpuMove::ALL.iter().copied().filter(|one| one.from().contains(&state)).collect()
    }
    /// Refuses a move that its state does not allow.
    pub(super) fn must_allow(&self, wanted: GpuMove, today: Day) -> Result<(), Refusal> {
        let state = self.state(today);
        if wanted.from().contains(&state) {
            return Ok(());
        }
        let words = Words::made(
            format!("'{}' 상태에서는 '{}' 처리를 할 수 없습니다", state.ko(), wanted.ko()),
            format!("A request that is {state} does not take {wanted}"),
        );
        Err(Refusal::told(&GPU_REQUEST_STATE, words))
    }
    /// The same after a move, one version on.
    pub(super) fn did(mut self, did: GpuMove, reason: Option<Prose<2000>>, stamp: Stamp) -> Self {
        self.deeds.push(GpuDeed { did, reason, stamp });
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }

    /// Says what screening has found.
    pub fn screened(self, new: ScreenGpuRequest, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_allow(GpuMove::Screen, stamp.at.day())?;
        let ScreenGpuRequest { finding, interview } = new;
        let screening = Some(Screening { finding, interview, stamp });
        Ok(Self { stage: GpuStage::Screened, screening, ..self }.did(GpuMove::Screen, None, stamp))
    }

    /// Approves it: at most what was asked for, within caps and months, and of a round no more than it offers and no more to a
    /// sector than its share. Nothing is allocated by it yet.
    pub fn approved(
        self,
        new: ApproveGpuRequest,
        (terms, taken): (Terms<'_>, RoundTaken),
        charge: GpuCharge,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let today = stamp.at.day();
        self.must_allow(GpuMove::Approve, today)?;
        if let Some(round) = terms.round {
            round.must_stand(stamp.at, &[RoundState::Open, RoundState::Closed])?;
        }
        let (gpus, period) = (new.gpus.unwrap_or(self.gpus), new.period.unwrap_or(self.period));
        let whole = vec![Tranche { gpus, release: Release::AtOnce }];
        let tranches = if new.tranches.is_empty() { whole } else { new.tranches };
        let mut faults = terms.number_faults(gpus, "/gpus");
        if gpus > self.gpus {
            faults.push(Fault::new("/gpus", &OUT_OF_RANGE));
        }
        if new.period.is_some() {
            faults.extend(period.faults("/period", today, terms.months()));
        }
        let at = |nth: usize| format!("/tranches/{nth}/gpus");
        faults.extend(tranches.iter().enumerate().filter_map(|(nth, one)| terms.pool.unit_fault(one.gpus, &at(nth))));
        let sum = tranches.iter().try_fold(0_u32, |sum, one| sum.checked_add(one.gpus));
        if sum != Some(gpus) || tranches.iter().any(|one| one.gpus == 0) {
            faults.push(Fault::new("/tranches", &TRANCHES_NOT_WHOLE));
        }
        Refusal::unless_clean(faults)?;
        let interviewed = self.screening.as_ref().is_some_and(|found| found.interview.is_some());
        if terms.is_large(self.gpus) && !interviewed {
            return Err(Refusal::new(&GPU_INTERVIEW_NEEDED));
        }
        self.fits_the_round(gpus, terms, taken)?;
        let approval = Approval { gpus, period, tranches, charge, reason: new.reason.clone(), stamp };
        let after = Self { stage: GpuStage::Approved, approval: Some(approval), ..self };
        Ok(after.did(GpuMove::Approve, Some(new.reason), stamp))
    }

    fn fits_the_round(&self, gpus: u32, terms: Terms<'_>, taken: RoundTaken) -> Result<(), Refusal> {
        let Some(plan) = terms.round.map(|round| &round.plan) else { return Ok(()) };
        let offered = plan.offer(&terms.pool.key).map_or(0, |offered| offered.offered_gpus);
        let left = offered.saturating_sub(taken.pool);
        if gpus > left {
            let words = Words::made(
                format!("이 회차에서 이 풀에 남은 수량은 {left}장입니다"),
                format!("The round has {left} GPUs of this pool left"),
            );
            return Err(Refusal::told(&GPU_ROUND_SHORT, words));
        }
        let sector = self.user_class.sector();
        let left = plan.sector_limit(&terms.pool.key, sector).map(|limit| limit.saturating_sub(taken.sector));
        if let Some(left) = left.filter(|left| gpus > *left) {
            let words = Words::made(
                format!("이 회차의 {} 몫에서 남은 수량은 {left}장입니다", sector.ko()),
                format!("The share of {sector} in the round has {left} GPUs left"),
            );
            return Err(Refusal::told(&GPU_SECTOR_SHARE, words));
        }
        Ok(())
    }

    /// Refuses it, with the reason.
    pub fn rejected(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_allow(GpuMove::Reject, stamp.at.day())?;
        Ok(Self { stage: GpuStage::Rejected, ..self }.did(GpuMove::Reject, Some(reason), stamp))
    }

    /// Takes it back, before anything is allocated.
    pub fn withdrawn(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_allow(GpuMove::Withdraw, stamp.at.day())?;
        Ok(Self { stage: GpuStage::Withdrawn, ..self }.did(GpuMove::Withdraw, Some(reason), stamp))
    }

    /// Reports what has been done with what was given, which releases the next part.
    pub fn reported(mut self, text: Prose<5000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_allow(GpuMove::Report, stamp.at.day())?;
        self.reports.push(Report { text, stamp });
        Ok(self.did(GpuMove::Report, None, stamp))
    }
}
