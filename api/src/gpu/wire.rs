//! Wire shapes of GPU pools, requests and waiting lists (GPU 입출력).

use crate::http::page_ask;
use domain::{
    access::BodyKey,
    day::Day,
    gpu::{
        AcceleratorKind, GpuAllocation, GpuMove, GpuPlace, GpuPool, GpuRequest, GpuRequestId, GpuRound, GpuState,
        PlaceState, PoolKey, ReclaimGround, RoundKey, RoundState,
    },
    problem::Words,
    project::ProjectId,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{
    gpu::{AllocationFilter, PlaceFilter, PoolFilter, RequestFilter},
    page::PageAsk,
};
use utoipa::{IntoParams, ToSchema};

/// Declares the parameters of a list with those of its page.
macro_rules! lists {
    ($($(#[$about:meta])* $name:ident { $($(#[$meta:meta])* $field:ident: $of:ty),* $(,)? })+) => {$(
        $(#[$about])*
        #[derive(Debug, Deserialize, IntoParams)]
        #[into_params(parameter_in = Query)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$meta])* $field: Option<$of>,)*
            /// How many at most; more than 200 gives 200.
            #[param(minimum = 1, maximum = 10_000, default = 50)]
            page_size: Option<i64>,
            /// Where the page before ended.
            #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
            page_token: Option<String>,
        }
        impl $name {
            pub(super) fn page(&self) -> PageAsk {
                page_ask(self.page_size, self.page_token.as_ref())
            }
        }
    )+};
}

lists! {
    /// Which pools, and which page.
    ListGpuPools {
        /// Only of these kinds of accelerators, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 10)]
        kind: Vec<AcceleratorKind>,
        /// Only of these models, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        model: Vec<Line<40>>,
        /// Only of these owners, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        owner: Vec<BodyKey>,
    }
    /// Which page of the charges.
    ListUserCharges {}
    /// Which rounds, and which page.
    ListGpuRounds {
        /// Only those that stand so now, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 6)]
        state: Vec<RoundState>,
    }
    /// Which requests, and which page.
    ListGpuRequests {
        /// Only of these bodies, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 100)]
        body: Vec<BodyKey>,
        /// Only for these projects, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        project: Vec<ProjectId>,
        /// Only of these pools, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        pool: Vec<PoolKey>,
        /// Only in these rounds, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        round: Vec<RoundKey>,
        /// Only of these models, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        model: Vec<Line<40>>,
        /// Only those that stand so today, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 11)]
        state: Vec<GpuState>,
    }
    /// Which allocations, and which page.
    ListGpuAllocations {
        /// Only of these bodies, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 100)]
        body: Vec<BodyKey>,
        /// Only for these projects, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        project: Vec<ProjectId>,
        /// Only of these pools, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        pool: Vec<PoolKey>,
        /// Only of this request.
        #[param(inline)]
        request: GpuRequestId,
        /// Only of these models, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        model: Vec<Line<40>>,
        /// Only those that are held on this day (KST).
        #[param(inline)]
        on: Day,
    }
    /// Which places, and which page.
    ListGpuPlaces {
        /// Only of these bodies, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 100)]
        body: Vec<BodyKey>,
        /// Only of this request.
        #[param(inline)]
        request: GpuRequestId,
        /// Only on the lists of these pools, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 20)]
        pool: Vec<PoolKey>,
        /// Only those that stand so now, separated by commas.
        #[param(inline, style = Form, explode = false, max_items = 6)]
        state: Vec<PlaceState>,
    }
}

fn words(all: Option<&Vec<Line<40>>>) -> Vec<String> {
    all.into_iter().flatten().map(ToString::to_string).collect()
}

impl ListGpuPools {
    pub(super) fn filter(&self) -> PoolFilter {
        PoolFilter {
            kinds: self.kind.clone().unwrap_or_default(),
            models: words(self.model.as_ref()),
            owners: self.owner.clone().unwrap_or_default(),
        }
    }
}

impl ListGpuRounds {
    pub(super) fn states(&self) -> Vec<RoundState> {
        self.state.clone().unwrap_or_default()
    }
}

impl ListGpuRequests {
    pub(super) fn filter(&self) -> RequestFilter {
        RequestFilter {
            bodies: self.body.clone().unwrap_or_default(),
            projects: self.project.clone().unwrap_or_default(),
            pools: self.pool.clone().unwrap_or_default(),
            rounds: self.round.clone().unwrap_or_default(),
            models: words(self.model.as_ref()),
            states: self.state.clone().unwrap_or_default(),
        }
    }
}

impl ListGpuAllocations {
    pub(super) fn filter(&self) -> AllocationFilter {
        AllocationFilter {
            bodies: self.body.clone().unwrap_or_default(),
            projects: self.project.clone().unwrap_or_default(),
            pools: self.pool.clone().unwrap_or_default(),
            request: self.request,
            models: words(self.model.as_ref()),
            on: self.on,
        }
    }
}

impl ListGpuPlaces {
    pub(super) fn filter(&self) -> PlaceFilter {
        PlaceFilter {
            bodies: self.body.clone().unwrap_or_default(),
            request: self.request,
            pools: self.pool.clone().unwrap_or_default(),
            states: self.state.clone().unwrap_or_default(),
        }
    }
}

/// A pool as it stands today.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuPoolView {
    /// The record.
    pub pool: GpuPool,
    /// Today in Korea.
    pub today: Day,
    /// GPUs of this model that can be booked today.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub capacity_gpus: u32,
    /// How many of them are neither allocated nor offered today.
    #[schema(minimum = -1_000_000, maximum = 1_000_000)]
    pub free_gpus: i64,
}

/// A round as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuRoundView {
    /// The record.
    pub round: GpuRound,
    /// How it stands by the clock.
    pub state: RoundState,
}

/// A request as it stands today.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuRequestView {
    /// The record.
    pub request: GpuRequest,
    /// How it stands today.
    pub state: GpuState,
    /// The moves that this state allows, to those who may make them.
    #[schema(max_items = 20)]
    pub moves: Vec<GpuMove>,
}

impl GpuRequestView {
    pub(super) fn of(request: GpuRequest, today: Day) -> Self {
        Self { state: request.state(today), moves: request.moves(today), request }
    }
}

/// A request with its last place on the waiting list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuRequestPage {
    /// The record.
    pub request: GpuRequest,
    /// How it stands today.
    pub state: GpuState,
    /// The moves that this state allows, to those who may make them.
    #[schema(max_items = 20)]
    pub moves: Vec<GpuMove>,
    /// The place on the waiting list that it took last.
    pub waiting: Option<GpuPlaceView>,
}

/// An allocation as it stands today.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuAllocationView {
    /// The allocation with what it belongs to.
    pub allocation: GpuAllocation,
    /// Whether it is held today.
    pub held_today: bool,
}

impl GpuAllocationView {
    pub(super) fn of(allocation: GpuAllocation, today: Day) -> Self {
        Self { held_today: allocation.held.holds(today), allocation }
    }
}

/// A place as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuPlaceView {
    /// The record.
    pub place: GpuPlace,
    /// How it stands now.
    pub state: PlaceState,
}

/// A place on a waiting list with its turn.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuTurn {
    /// Its turn, from 1; those of others count, whether they are shown or not.
    #[schema(minimum = 1, maximum = 100_000)]
    pub turn: usize,
    /// Why it has this turn: the priority of its project, or since when it waits.
    pub because: Words,
    /// The place.
    pub place: GpuPlace,
    /// How it stands now.
    pub state: PlaceState,
}

/// A waiting list, in the order in which it is served.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuWaitingList {
    /// How many wait or have an offer.
    #[schema(minimum = 0, maximum = 100_000)]
    pub waiting: usize,
    /// Those that the reader may see.
    #[schema(max_items = 100_000)]
    pub turns: Vec<GpuTurn>,
}

/// What was offered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuOffers {
    /// To whom, in the order of their turns.
    #[schema(max_items = 100_000)]
    pub offered: Vec<GpuPlace>,
}

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "계획 변경" }))]
pub struct GpuReason {
    /// In words.
    pub reason: Prose<2000>,
}

/// A progress report to be made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "1차 학습을 마침" }))]
pub struct NewGpuReport {
    /// What has been done with what was given.
    pub text: Prose<5000>,
}

/// An allocation to be decided.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AllocateGpus, example = json!({ "out_of_order": null }))]
pub struct Allocate {
    /// Why it goes before those who wait for the pool; needed only while somebody does.
    #[serde(default)]
    pub out_of_order: Option<Prose<2000>>,
}

/// That GPUs are given back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReturnGpus)]
pub struct Return {
    /// The first day on which they are free again (KST); today or later.
    pub on: Day,
    /// Why.
    pub reason: Prose<2000>,
}

/// That GPUs are taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReclaimGpus)]
pub struct Reclaim {
    /// The first day on which they are free again (KST); today or later.
    pub on: Day,
    /// On what ground.
    pub ground: ReclaimGround,
    /// Why.
    pub reason: Prose<2000>,
}
