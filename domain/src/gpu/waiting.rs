//! The waiting list of a pool (대기 목록): places in order, priority projects first; what becomes free is offered along it.

use super::{
    Booked, GPU_OFFER_EXPIRED, GPU_OFFER_NONE, GPU_WAITS_ALREADY, GpuMove, GpuPeriod, GpuPool, GpuRequest,
    GpuRequestId, PlaceId, PoolKey, sweep::earliest,
};
use crate::{
    access::BodyKey,
    code_list,
    day::{Day, Instant},
    problem::Refusal,
    project::{Priority, ProjectId, Stamp},
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// How far ahead an offer may begin, in days.
pub const OFFER_AHEAD: u64 = 30;

/// What is offered to a place. It keeps the GPUs free until it is answered or has expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuOffer {
    /// For which days.
    pub period: GpuPeriod,
    /// When, and by whom it came about.
    pub made: Stamp,
    /// Until when it can be accepted; that moment excluded.
    pub expires_at: Instant,
}

code_list! {
    /// How a place was left.
    #[schema(as = GpuPlaceOutcome)]
    pub enum PlaceOutcome {
        /// What was offered was accepted.
        Accepted = "accepted" / "수락",
        /// It was declined.
        Declined = "declined" / "거절",
        /// The place was given up before anything was offered, or fell away with the request.
        Left = "left" / "대기 취소",
    }
}

code_list! {
    /// How a place stands at a moment.
    #[schema(as = GpuPlaceState)]
    pub enum PlaceState {
        /// It waits.
        Waiting = "waiting" / "대기",
        /// Something is offered to it.
        Offered = "offered" / "제안 중",
        /// The offer was not answered in time.
        Expired = "expired" / "제안 만료",
        /// What was offered was accepted.
        Accepted = "accepted" / "수락",
        /// It was declined.
        Declined = "declined" / "거절",
        /// The place was given up.
        Left = "left" / "대기 취소",
    }
}

/// How and when a place was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuPlaceAnswer)]
pub struct PlaceAnswer {
    /// How.
    pub outcome: PlaceOutcome,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// A place on the waiting list. It is offered something once; whoever declines or lets it expire may be put on the list again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuPlace {
    /// Its id.
    pub id: PlaceId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The request that waits.
    pub request: GpuRequestId,
    /// Its project.
    pub project: ProjectId,
    /// The body that asks.
    pub body: BodyKey,
    /// Other bodies that take part in the project.
    #[schema(max_items = 33)]
    pub partners: Vec<BodyKey>,
    /// The pool.
    pub pool: PoolKey,
    /// How many GPUs it waits for.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub gpus: u32,
    /// For how many days in a row.
    #[schema(minimum = 1, maximum = 400)]
    pub days: u64,
    /// The first day on which they can be used.
    pub not_before: Day,
    /// Since when it waits, and who has put it there.
    pub waiting: Stamp,
    /// What is offered.
    pub offer: Option<GpuOffer>,
    /// How it was left.
    pub answer: Option<PlaceAnswer>,
}

impl GpuRequest {
    /// Puts it on the waiting list with what its next part needs. It waits at one place at a time.
    pub fn waits(self, open: Option<&GpuPlace>, id: PlaceId, stamp: Stamp) -> Result<(Self, GpuPlace), Refusal> {
        self.must_allow(GpuMove::Wait, stamp.at.day())?;
        if open.is_some_and(GpuPlace::is_open_at(stamp.at)) {
            return Err(Refusal::new(&GPU_WAITS_ALREADY));
        }
        let (_, wanted) = self.next_part(stamp.at.day())?;
        let place = GpuPlace {
            id,
            version: 1,
            request: self.id,
            project: self.project,
            body: self.body.clone(),
            partners: self.partners.clone(),
            pool: self.pool.clone(),
            gpus: wanted.gpus,
            days: wanted.period.days(),
            not_before: wanted.period.from,
            waiting: stamp,
            offer: None,
            answer: None,
        };
        Ok((self.did(GpuMove::Wait, None, stamp), place))
    }
    /// Declines what is offered, or leaves the list before.
    pub fn declined(self, reason: Option<Prose<2000>>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_allow(GpuMove::Decline, stamp.at.day())?;
        Ok(self.did(GpuMove::Decline, reason, stamp))
    }
}

impl GpuPlace {
    /// How it stands at a moment.
    pub fn state(&self, now: Instant) -> PlaceState {
        match (&self.answer, &self.offer) {
            (Some(PlaceAnswer { outcome: PlaceOutcome::Accepted, .. }), _) => PlaceState::Accepted,
            (Some(PlaceAnswer { outcome: PlaceOutcome::Declined, .. }), _) => PlaceState::Declined,
            (Some(PlaceAnswer { outcome: PlaceOutcome::Left, .. }), _) => PlaceState::Left,
            (None, None) => PlaceState::Waiting,
            (None, Some(offer)) if now < offer.expires_at => PlaceState::Offered,
            (None, Some(_)) => PlaceState::Expired,
        }
    }
    /// Whether it waits or has an offer at a moment.
    pub fn is_open_at(now: Instant) -> impl Fn(&Self) -> bool {
        move |place| matches!(place.state(now), PlaceState::Waiting | PlaceState::Offered)
    }
    /// What it keeps free at a moment.
    pub fn keeps(&self, now: Instant) -> Option<Booked> {
        let offer = self.offer.filter(|_| self.state(now) == PlaceState::Offered)?;
        Some(Booked { period: offer.period, gpus: self.gpus })
    }
    /// What can be accepted at a moment.
    pub fn acceptable(&self, now: Instant) -> Result<GpuPeriod, Refusal> {
        match (self.state(now), self.offer) {
            (PlaceState::Offered, Some(offer)) => Ok(offer.period),
            (PlaceState::Expired, _) => Err(Refusal::new(&GPU_OFFER_EXPIRED)),
            _ => Err(Refusal::new(&GPU_OFFER_NONE)),
        }
    }
    /// Leaves it.
    #[must_use]
    pub fn left(self, outcome: PlaceOutcome, stamp: Stamp) -> Self {
        let answer = Some(PlaceAnswer { outcome, stamp });
        Self { version: self.version.saturating_add(1), answer, ..self }
    }
    fn offered(&self, from: Day, hours: u32, made: Stamp) -> Self {
        let expires_at = made.at.plus_seconds(i64::from(hours).saturating_mul(3600));
        let offer = GpuOffer { period: GpuPeriod { from, to: from.plus_days(self.days) }, made, expires_at };
        Self { version: self.version.saturating_add(1), offer: Some(offer), ..self.clone() }
    }
}

/// A place with the priority of its project, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The place.
    pub place: GpuPlace,
    /// Why its project comes first, if it does.
    pub priority: Option<Priority>,
}

/// Puts places in the order in which they are served: projects with a priority first, then by the time since which they wait.
pub fn in_order(mut queue: Vec<Queued>) -> Vec<Queued> {
    queue.sort_by_key(|one| (one.priority.is_none(), one.place.waiting.at, one.place.id));
    queue
}

/// Offers what is free along the waiting list: to each in order for whom enough is free on enough days in a row, beginning within
/// [`OFFER_AHEAD`] days. Who needs more than there is keeps the place, and the next is asked meanwhile. Gives the places that changed.
pub fn offer_free(queue: &[Queued], pool: &GpuPool, booked: &[Booked], stamp: Stamp) -> Vec<GpuPlace> {
    let mut booked = booked.to_vec();
    let mut offered = Vec::new();
    for place in queue.iter().map(|one| &one.place).filter(|place| place.state(stamp.at) == PlaceState::Waiting) {
        let first = place.not_before.max(stamp.at.day());
        let last = stamp.at.day().plus_days(OFFER_AHEAD);
        let from = earliest(pool.limit(), &booked, (place.gpus, place.days), (first, last));
        let Some(after) = from.map(|from| place.offered(from, pool.terms.offer_hours, stamp)) else { continue };
        booked.extend(after.keeps(stamp.at));
        offered.push(after);
    }
    offered
}
