//! Pools and requests to try rules on (시험 견본).

use super::{
    Accelerator, AcceleratorKind, ApproveGpuRequest, Booked, GpuCharge, GpuPeriod, GpuPool, GpuRequest, GpuStep,
    NewGpuPool, NewGpuRequest, NewGpuStep, PoolFacts, PoolTerms, RoundTaken, ScreenGpuRequest, Taken, Terms, UserClass,
    explained,
};
use crate::{day::Day, id::Id, name::Name, problem::Refusal, project::Stamp};
use uuid::Uuid;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}
/// At nine in the morning of a Korean day.
pub fn stamp(on: &str) -> Stamp {
    Stamp { at: format!("{on}T00:00:00Z").parse().unwrap(), by: Id::new(Uuid::from_u128(7)) }
}
pub fn period(from: &str, to: &str) -> GpuPeriod {
    GpuPeriod { from: day(from), to: day(to) }
}
pub fn booked(from: &str, to: &str, gpus: u32) -> Booked {
    Booked { period: period(from, to), gpus }
}
pub fn step(from: Day, gpus: u32) -> GpuStep {
    new_step(from, gpus).entered(None)
}
pub fn new_step(from: Day, gpus: u32) -> NewGpuStep {
    let (reason, source) = ("시험".parse().unwrap(), "시험".parse().unwrap());
    NewGpuStep { from, government_gpus: gpus, operator_gpus: 0, reason, source }
}
/// So many GPUs in servers of eight, from the first day of 2026 on.
pub fn pool(gpus: u32) -> GpuPool {
    let new = NewGpuPool {
        key: "t-pool".parse().unwrap(),
        facts: PoolFacts {
            name: Name { ko: "시험".parse().unwrap(), en: None },
            owner: "nipa".parse().unwrap(),
            operator: "시험".parse().unwrap(),
            site: None,
            cluster_shape: None,
            programme: None,
            note: None,
            source: "시험".parse().unwrap(),
        },
        accelerator: Accelerator { kind: AcceleratorKind::Gpu, model: "H200".parse().unwrap() },
        gpus_per_unit: 8,
        terms: PoolTerms::USUAL,
        capacity: vec![new_step(day("2026-01-01"), gpus)],
    };
    GpuPool::create(new, stamp("2026-01-01")).unwrap()
}
pub fn ask(n: u128, terms: Terms<'_>, gpus: u32, wanted: GpuPeriod) -> Result<GpuRequest, Refusal> {
    let project = crate::project::sample::filed();
    let new = NewGpuRequest {
        project: project.id,
        round: terms.round.map(|round| round.key.clone()),
        pool: terms.pool.key.clone(),
        gpus,
        period: wanted,
        purpose: "학습".parse().unwrap(),
        user_class: None,
    };
    GpuRequest::ask(
        new,
        (&project, terms),
        UserClass::CentralMinistry,
        Id::new(Uuid::from_u128(n)),
        stamp("2026-06-01"),
    )
}
pub fn charge() -> GpuCharge {
    explained(UserClass::CentralMinistry, &super::built_in_charges().unwrap())
}
pub fn found() -> ScreenGpuRequest {
    ScreenGpuRequest { finding: "적정".parse().unwrap(), interview: None }
}
pub fn approve() -> ApproveGpuRequest {
    ApproveGpuRequest { gpus: None, period: None, tranches: Vec::new(), reason: "적정".parse().unwrap() }
}
/// Screened and approved on the first of June.
pub fn approved(n: u128, pool: &GpuPool, gpus: u32, wanted: GpuPeriod) -> GpuRequest {
    let terms = Terms { pool, round: None };
    let asked = ask(n, terms, gpus, wanted).unwrap().screened(found(), stamp("2026-06-01")).unwrap();
    asked.approved(approve(), (terms, RoundTaken::default()), charge(), stamp("2026-06-01")).unwrap()
}
/// The same allocated beside nothing.
pub fn allocated(n: u128, pool: &GpuPool, gpus: u32, wanted: GpuPeriod) -> GpuRequest {
    let terms = Terms { pool, round: None };
    let id = Id::new(Uuid::from_u128(n + 1000));
    approved(n, pool, gpus, wanted).allocated((terms, &Taken::default()), id, None, stamp("2026-06-01")).unwrap()
}
