//! GPUs and NPUs (GPU·NPU 배분): pools, allocation rounds, requests with what is allocated to them, the waiting list, charges.
//!
//! Days are half-open and Korean: `[from, to)`. Never more is allocated or offered of a pool than its capacity, on any day of any
//! period; whoever books holds the pool meanwhile (domain rule 6).

mod access;
mod built_in;
mod charge;
mod course;
mod grant;
mod period;
mod pool;
mod request;
mod round;
#[cfg(test)]
mod sample;
mod sweep;
#[cfg(test)]
mod tests;
mod waiting;

pub use access::{OnGpu, OnGpuRequest, OnGpuRound};
pub use built_in::{charges as built_in_charges, pools as built_in_pools};
pub use charge::{ChargeRule, GpuCharge, UserCharge, UserChargeChange, explained};
pub use course::{ApproveGpuRequest, GpuDeed, GpuMove, GpuStage, GpuState, Held, RoundTaken, ScreenGpuRequest};
pub use grant::{
    Ending, ExtendGpus, GpuAllocation, GpuGrant, GrantEnd, GrantEndKind, GrantId, GrantKind, ReclaimGround, Taken,
};
pub use period::GpuPeriod;
pub use pool::{
    Accelerator, AcceleratorKind, GpuPool, GpuPoolChange, GpuStep, NewGpuPool, NewGpuStep, PoolFacts, PoolTerms,
};
pub use request::{Approval, GpuRequest, NewGpuRequest, Release, Report, Screening, Terms, Tranche};
pub use round::{GpuRound, NewGpuRound, RoundPlan, RoundPool, RoundStage, RoundState, RoundStep, SectorShare, Units};
pub use sweep::{Booked, Limit, Shortage, earliest, free, shortage};
pub use waiting::{
    GpuOffer, GpuPlace, OFFER_AHEAD, PlaceAnswer, PlaceOutcome, PlaceState, Queued, in_order, offer_free,
};

use crate::{code_list, codes, id::Id, text::Key};

/// A pool's key.
pub type PoolKey = Key<GpuPool>;
/// A round's key.
pub type RoundKey = Key<GpuRound>;
/// The id of a request.
pub type GpuRequestId = Id<GpuRequest>;
/// The id of a place on a waiting list.
pub type PlaceId = Id<GpuPlace>;

/// The longest period of one allocation, in months.
pub const MONTHS: u64 = 12;

code_list! {
    /// Who uses GPUs, by which they are charged.
    pub enum UserClass {
        /// Universities.
        Academia = "academia" / "학계",
        /// Research institutes, and public bodies that are neither ministries nor local governments.
        ResearchInstitute = "research_institute" / "연구계",
        /// Small and medium-sized companies and start-ups.
        SmeOrStartup = "sme_or_startup" / "중소·스타트업",
        /// Companies of young people.
        YouthEnterprise = "youth_enterprise" / "청년기업",
        /// Large companies.
        LargeEnterprise = "large_enterprise" / "대기업",
        /// Central administrative agencies.
        CentralMinistry = "central_ministry" / "중앙행정기관",
        /// Local governments.
        LocalGovernment = "local_government" / "지방정부",
    }
}

code_list! {
    /// The sectors among which a round shares out what it offers.
    #[schema(as = GpuSector)]
    pub enum Sector {
        /// Academia.
        Academia = "academia" / "학계",
        /// Industry.
        Industry = "industry" / "산업계",
        /// Research institutes.
        ResearchInstitutes = "research_institutes" / "연구계",
        /// Ministries and local governments.
        Government = "government" / "정부",
    }
}

impl UserClass {
    /// The sector it belongs to.
    pub const fn sector(self) -> Sector {
        match self {
            Self::Academia => Sector::Academia,
            Self::ResearchInstitute => Sector::ResearchInstitutes,
            Self::SmeOrStartup | Self::YouthEnterprise | Self::LargeEnterprise => Sector::Industry,
            Self::CentralMinistry | Self::LocalGovernment => Sector::Government,
        }
    }
}

codes! {
    GPU_UNIT = "gpu_unit", 422, ["풀의 배분 단위에 맞지 않습니다", "The number does not fit the pool's unit"],
        ["서버 단위 풀은 서버당 GPU 수의 배수로 넣으십시오.", "Give a multiple of the GPUs in a server."];
    GPU_PERIOD_TOO_LONG = "gpu_period_too_long", 422, ["이용 기간이 너무 깁니다", "The period is too long"],
        ["최장 개월 수 안에서 정하고, 더 필요하면 나중에 연장을 결정하십시오.", "Keep to the months allowed, and have it extended later."];
    GPU_PERIOD_IN_PAST = "gpu_period_in_past", 422, ["이미 지난 날짜입니다", "That day is past"],
        ["오늘 이후의 날짜를 넣으십시오.", "Give today or a later day."];
    GPU_CAP = "gpu_cap", 409, ["과제당 한도를 넘습니다", "It is more than one project may hold"],
        ["한도 안에서 신청하거나, 이미 가진 것을 반납한 뒤 하십시오.", "Keep within the cap, or give back what the project holds."];
    GPU_POOL_FULL = "gpu_pool_full", 409, ["그 기간에 남은 수량이 모자랍니다", "Not enough is free in that period"],
        ["기간이나 수량을 줄이거나 대기 목록에 올리십시오.", "Take fewer, or another period, or put it on the waiting list."];
    GPU_PERIOD_OVER = "gpu_period_over", 409, ["승인된 기간이 지났습니다", "The approved period is over"],
        ["새로 신청하십시오.", "Make a new request."];
    GPU_NOTHING_LEFT = "gpu_nothing_left", 409, ["더 배분할 승인분이 없습니다", "Nothing that was approved is left to allocate"],
        ["승인된 수량은 모두 배분되었습니다. 더 필요하면 새로 신청하십시오.", "All that was approved is allocated. Make a new request for more."];
    GPU_REPORT_WANTING = "gpu_report_wanting", 409, ["경과 보고가 아직 없습니다", "The progress report is still wanting"],
        ["다음 분할분은 경과 보고를 낸 뒤 배분합니다.", "The next part is allocated once progress was reported."];
    TRANCHES_NOT_WHOLE = "tranches_not_whole", 422, ["분할분의 합이 승인 수량과 다릅니다", "The parts do not add up to what is approved"],
        ["분할분을 모두 0보다 크게 하고 합을 승인 수량과 같게 하십시오.", "Let every part be more than 0 and all of them add up."];
    GPU_END_DAY = "gpu_end_day", 422, ["끝낼 수 있는 날짜가 아닙니다", "It cannot end on that day"],
        ["오늘부터 이용 기간의 마지막 날 사이의 날짜를 넣으십시오.", "Give a day between today and the last one of the period."];
    GPU_REQUEST_STATE = "gpu_request_state", 409, ["지금 상태에서는 할 수 없습니다", "The request does not take this as it stands"],
        ["신청의 현재 상태를 확인하십시오.", "See how the request stands."];
    GPU_PROJECT_NOT_OPEN = "gpu_project_not_open", 409, ["GPU를 신청할 수 있는 과제가 아닙니다", "No GPUs can be asked for this project"],
        ["제출되었고 끝나지 않은 과제로 신청하십시오.", "Ask for a project that is filed and not over."];
    GPU_ROUND_POOL = "gpu_round_pool", 422, ["이 회차에서 배분하지 않는 풀입니다", "The round does not offer this pool"],
        ["회차가 배분하는 풀을 쓰십시오.", "Use a pool that the round offers."];
    GPU_ROUND_SHORT = "gpu_round_short", 409, ["회차의 배분 수량이 모자랍니다", "The round has not enough left"],
        ["남은 수량 안에서 승인하십시오.", "Approve what is left at most."];
    GPU_SECTOR_SHARE = "gpu_sector_share", 409, ["부문별 몫을 넘습니다", "It is more than the sector's share"],
        ["부문에 남은 수량 안에서 승인하십시오.", "Approve what is left of the sector's share at most."];
    GPU_INTERVIEW_NEEDED = "gpu_interview_needed", 409, ["대규모 신청은 면담 결과가 필요합니다", "A large request needs its interview"],
        ["검토 결과에 면담 내용을 함께 적으십시오.", "Record the interview with what screening has found."];
    GPU_WAITS_ALREADY = "gpu_waits_already", 409, ["이미 대기 목록에 있습니다", "It is on the waiting list already"],
        ["한 신청은 한 번에 한 자리에서 기다립니다.", "A request waits at one place at a time."];
    GPU_QUEUE_AHEAD = "gpu_queue_ahead", 409, ["먼저 기다리는 신청이 있습니다", "Others are waiting for this pool"],
        ["대기 목록에 올리거나, 순서를 벗어나는 사유(out_of_order)를 적으십시오.", "Put it on the waiting list, or say why it goes first in out_of_order."];
    GPU_OFFER_NONE = "gpu_offer_none", 409, ["제안된 것이 없습니다", "Nothing is offered"],
        ["대기 목록의 현재 상태를 확인하십시오.", "See how the place on the waiting list stands."];
    GPU_OFFER_EXPIRED = "gpu_offer_expired", 409, ["제안의 기한이 지났습니다", "The offer has expired"],
        ["기한이 지난 제안은 다음 순서로 넘어갑니다. 다시 대기 목록에 올릴 수 있습니다.", "An expired offer passes to the next. It can be put on the list again."];
    CAPACITY_BELOW_BOOKED = "capacity_below_booked", 409, ["이미 배분된 수량보다 적습니다", "The capacity would be less than what is booked"],
        ["배분된 수량 이상으로 하거나, 모자라지 않는 날부터 줄이십시오.", "Keep what is booked, or reduce it from a day on which it fits."];
    CAPACITY_IN_PAST = "capacity_in_past", 422, ["지난 날의 용량은 바꾸지 않습니다", "Capacity of past days is not changed"],
        ["오늘 이후의 날짜를 넣으십시오.", "Give today or a later day."];
    CHARGE_OF_ITSELF = "charge_of_itself", 422, ["이용료가 자기 자신을 가리킵니다", "The charge refers to itself"],
        ["다른 이용자 구분을 기준으로 삼으십시오.", "Take the charge of another class as the base."];
    ROUND_STATE = "gpu_round_state", 409, ["회차의 지금 상태에서는 할 수 없습니다", "The round does not take this as it stands"],
        ["회차의 현재 상태를 확인하십시오.", "See how the round stands."];
    ROUND_EMPTY = "gpu_round_empty", 422, ["배분할 풀이 없습니다", "The round offers no pool"],
        ["풀과 수량을 하나 이상 넣으십시오.", "Give at least one pool with a number."];
    ROUND_WINDOW_PAST = "gpu_round_window_past", 409, ["접수 기간이 이미 지났습니다", "The window is over already"],
        ["접수 기간을 앞으로 옮긴 뒤 공고하십시오.", "Move the window ahead and announce it then."];
    GPU_REASON_NEEDED = "gpu_reason_needed", 422, ["사유가 필요합니다", "A reason is needed"],
        ["사유를 적으십시오.", "Say why."];
}
