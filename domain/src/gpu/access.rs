//! Whose what is (GPU 관계): the relations that the policy table speaks of.

use super::{GpuPlace, GpuPool, GpuRequest, GpuRound, UserCharge};
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations to pools and charges, which are nobody's secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnGpu {
    /// Not with this role.
    Never,
    /// Whoever holds the role.
    Always,
}

impl Subject for GpuPool {
    type Cell = OnGpu;
    const NEVER: OnGpu = OnGpu::Never;
    const KIND: &'static str = "gpu_pool";
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnGpu, _: &BodyKey, _: &Actor) -> bool {
        cell == OnGpu::Always
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}

impl Subject for UserCharge {
    type Cell = OnGpu;
    const NEVER: OnGpu = OnGpu::Never;
    const KIND: &'static str = "user_charge";
    fn id(&self) -> String {
        self.class.to_string()
    }
    fn holds(&self, cell: OnGpu, _: &BodyKey, _: &Actor) -> bool {
        cell == OnGpu::Always
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}

/// Relations between a round and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnGpuRound {
    /// Not with this role.
    Never,
    /// Whatever the round.
    Always,
    /// It has been made public.
    Announced,
}

impl Subject for GpuRound {
    type Cell = OnGpuRound;
    const NEVER: OnGpuRound = OnGpuRound::Never;
    const KIND: &'static str = "gpu_round";
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnGpuRound, _: &BodyKey, _: &Actor) -> bool {
        match cell {
            OnGpuRound::Never => false,
            OnGpuRound::Always => true,
            OnGpuRound::Announced => self.is_announced(),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::gpu_round::Read>(actor, self)
    }
}

/// Relations between a request, or its place on the waiting list, and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnGpuRequest {
    /// Not with this role.
    Never,
    /// Whatever the request.
    Always,
    /// The body leads the project and asks.
    Own,
    /// The body asks or takes part in the project.
    Joint,
    /// The body neither asks nor takes part in the project (이해관계 없음).
    Other,
}

impl Subject for GpuRequest {
    type Cell = OnGpuRequest;
    const NEVER: OnGpuRequest = OnGpuRequest::Never;
    const KIND: &'static str = "gpu_request";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnGpuRequest, body: &BodyKey, _: &Actor) -> bool {
        holds(cell, (&self.body, &self.partners), body)
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::gpu_request::Read>(actor, self)
    }
}

impl Subject for GpuPlace {
    type Cell = OnGpuRequest;
    const NEVER: OnGpuRequest = OnGpuRequest::Never;
    const KIND: &'static str = "gpu_place";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnGpuRequest, body: &BodyKey, _: &Actor) -> bool {
        holds(cell, (&self.body, &self.partners), body)
    }
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::gpu_place::Read>(actor, self)
    }
}

fn holds(cell: OnGpuRequest, (lead, partners): (&BodyKey, &[BodyKey]), body: &BodyKey) -> bool {
    let (asks, joins) = (lead == body, partners.contains(body));
    match cell {
        OnGpuRequest::Never => false,
        OnGpuRequest::Always => true,
        OnGpuRequest::Own => asks,
        OnGpuRequest::Joint => asks || joins,
        OnGpuRequest::Other => !asks && !joins,
    }
}
