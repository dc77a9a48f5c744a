//! Pools (GPU 자원 풀): accelerators of one model that one body owns and one supplier operates, with a capacity that changes over time.

use super::{
    Booked, CAPACITY_BELOW_BOOKED, CAPACITY_IN_PAST, GPU_UNIT, GpuPeriod, Limit, MONTHS, PoolKey,
    sweep::{free, shortage},
};
use crate::{
    access::BodyKey,
    code_list,
    day::Day,
    name::Name,
    problem::{Fault, OUT_OF_RANGE, Refusal, WRONG_LENGTH, Words},
    programme::ProgrammeKey,
    project::Stamp,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

code_list! {
    /// What kind of accelerator.
    pub enum AcceleratorKind {
        /// Graphics processing units.
        Gpu = "gpu" / "GPU",
        /// Neural processing units, such as domestic ones (국산 NPU).
        Npu = "npu" / "NPU",
    }
}

/// An accelerator. Unlike models are never added together without their split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "kind": "gpu", "model": "H200" }))]
pub struct Accelerator {
    /// What kind.
    pub kind: AcceleratorKind,
    /// The model, as its maker calls it.
    pub model: Line<40>,
}

/// What may be restated of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": { "ko": "시험용 풀" }, "owner": "nipa", "operator": "시험 클라우드", "source": "시험" }))]
pub struct PoolFacts {
    /// Its name.
    pub name: Name,
    /// The body that owns it.
    pub owner: BodyKey,
    /// The supplier that operates it.
    pub operator: Line<200>,
    /// Where it stands, if known.
    #[serde(default)]
    pub site: Option<Line<200>>,
    /// How it is put together, as published.
    #[serde(default)]
    pub cluster_shape: Option<Line<300>>,
    /// The programme that acquired it.
    #[serde(default)]
    pub programme: Option<ProgrammeKey>,
    /// Anything worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
    /// Where these facts come from.
    pub source: Line<500>,
}

/// The terms on which a pool is given, which apply outside of rounds too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "max_months": 12, "max_gpus_per_project": 256, "offer_hours": 72 }))]
pub struct PoolTerms {
    /// The longest period of one allocation or extension, in months.
    #[schema(minimum = 1, maximum = 12)]
    pub max_months: u64,
    /// How many GPUs one project may hold at any time; no cap when absent. A round has its own.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub max_gpus_per_project: Option<u32>,
    /// How long an offer to the waiting list stands, in hours.
    #[schema(minimum = 1, maximum = 720)]
    pub offer_hours: u32,
}

impl PoolTerms {
    /// What holds unless said otherwise: twelve months, no cap, three days for an answer.
    pub const USUAL: Self = Self { max_months: MONTHS, max_gpus_per_project: None, offer_hours: 72 };

    fn faults(self, unit: u32, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=MONTHS).contains(&self.max_months) {
            faults.push(Fault::new(format!("{at}/max_months"), &OUT_OF_RANGE));
        }
        if !(1..=720).contains(&self.offer_hours) {
            faults.push(Fault::new(format!("{at}/offer_hours"), &OUT_OF_RANGE));
        }
        faults.extend(
            self.max_gpus_per_project.and_then(|cap| unit_fault(unit, cap, &format!("{at}/max_gpus_per_project"))),
        );
        faults
    }
}

/// The capacity from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GpuCapacityStep)]
pub struct GpuStep {
    /// The first day (KST).
    pub from: Day,
    /// GPUs for government use: these can be booked.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub government_gpus: u32,
    /// GPUs that the operator keeps for itself; they are never booked here.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub operator_gpus: u32,
    /// Why it changes.
    pub reason: Prose<2000>,
    /// Where this comes from.
    pub source: Line<500>,
    /// Who entered it, and when; none for what came built in.
    pub entered: Option<Stamp>,
}

/// A capacity from a day on, to be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewGpuCapacityStep,
    example = json!({ "from": "2027-01-01", "government_gpus": 2296, "operator_gpus": 760, "reason": "증설", "source": "운용 계획" }))]
pub struct NewGpuStep {
    /// The first day (KST); not in the past, except for the steps of a new pool.
    pub from: Day,
    /// GPUs for government use, in whole units.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub government_gpus: u32,
    /// GPUs that the operator keeps for itself, in whole units.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub operator_gpus: u32,
    /// Why it changes.
    pub reason: Prose<2000>,
    /// Where this comes from.
    pub source: Line<500>,
}

impl NewGpuStep {
    pub(super) fn entered(self, entered: Option<Stamp>) -> GpuStep {
        let Self { from, government_gpus, operator_gpus, reason, source } = self;
        GpuStep { from, government_gpus, operator_gpus, reason, source, entered }
    }
    fn faults(&self, unit: u32, at: &str) -> Vec<Fault> {
        let parts = [("government_gpus", self.government_gpus), ("operator_gpus", self.operator_gpus)];
        parts.into_iter().filter_map(|(name, gpus)| unit_fault(unit, gpus, &format!("{at}/{name}"))).collect()
    }
}

/// A pool to be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGpuPool {
    /// Its own short key.
    pub key: PoolKey,
    /// What may be restated later.
    pub facts: PoolFacts,
    /// What it consists of.
    pub accelerator: Accelerator,
    /// GPUs in the smallest unit that is given: 8 for a server, 1 for single ones.
    #[schema(minimum = 1, maximum = 64)]
    pub gpus_per_unit: u32,
    /// The terms on which it is given.
    pub terms: PoolTerms,
    /// Its capacity, step by step.
    #[schema(min_items = 1, max_items = 50)]
    pub capacity: Vec<NewGpuStep>,
}

/// What is restated of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuPoolChange {
    /// Its facts.
    pub facts: PoolFacts,
    /// Its terms; what is allocated already stays.
    pub terms: PoolTerms,
}

/// A pool. It changes only through the functions of this module, each of which checks every rule, raises the version by one
/// and leaves the old record untouched when it refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuPool {
    /// Its own short key.
    pub key: PoolKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Whose it is and where.
    pub facts: PoolFacts,
    /// What it consists of.
    pub accelerator: Accelerator,
    /// GPUs in the smallest unit that is given: 8 for a server, 1 for single ones.
    #[schema(minimum = 1, maximum = 64)]
    pub gpus_per_unit: u32,
    /// The terms on which it is given.
    pub terms: PoolTerms,
    /// Its capacity in the order of days; of two steps from one day the later counts.
    #[schema(max_items = 500)]
    pub capacity: Vec<GpuStep>,
    /// Last changed; none while it is as it came built in.
    pub updated: Option<Stamp>,
}

/// So many steps a pool has at most.
const MOST_STEPS: usize = 500;

impl GpuPool {
    /// Enters a pool.
    pub fn create(new: NewGpuPool, stamp: Stamp) -> Result<Self, Refusal> {
        Self::made(new, Some(stamp))
    }
    pub(super) fn made(new: NewGpuPool, entered: Option<Stamp>) -> Result<Self, Refusal> {
        let unit = new.gpus_per_unit;
        let mut faults = new.terms.faults(unit, "/terms");
        if !(1..=64).contains(&unit) {
            faults.push(Fault::new("/gpus_per_unit", &OUT_OF_RANGE));
        }
        let steps = new.capacity.iter().enumerate();
        faults.extend(steps.flat_map(|(at, step)| step.faults(unit, &format!("/capacity/{at}"))));
        Refusal::unless_clean(faults)?;
        let mut capacity: Vec<GpuStep> = new.capacity.into_iter().map(|step| step.entered(entered)).collect();
        capacity.sort_by_key(|step| step.from);
        let NewGpuPool { key, facts, accelerator, gpus_per_unit, terms, .. } = new;
        Ok(Self { key, version: 1, facts, accelerator, gpus_per_unit, terms, capacity, updated: entered })
    }
    /// Restates its facts and terms.
    pub fn restated(self, change: GpuPoolChange, stamp: Stamp) -> Result<Self, Refusal> {
        Refusal::unless_clean(change.terms.faults(self.gpus_per_unit, "/terms"))?;
        Ok(Self { facts: change.facts, terms: change.terms, ..self }.touched(stamp))
    }
    /// Changes its capacity from a day on, until the next step. Never below what is booked from that day on: the refusal tells the
    /// first day that would be short and the day from which it would fit.
    pub fn resized(mut self, new: NewGpuStep, booked: &[Booked], stamp: Stamp) -> Result<Self, Refusal> {
        let mut faults = new.faults(self.gpus_per_unit, "");
        if new.from < stamp.at.day() {
            faults.push(Fault::new("/from", &CAPACITY_IN_PAST));
        }
        if self.capacity.len() >= MOST_STEPS {
            faults.push(Fault::new("", &WRONG_LENGTH));
        }
        Refusal::unless_clean(faults)?;
        let from = new.from;
        let at = self.capacity.partition_point(|step| step.from <= from);
        self.capacity.insert(at, new.entered(Some(stamp)));
        let last = booked.iter().map(|one| one.period.to).max().unwrap_or(from);
        let steps = free(Limit::Steps(&self.capacity), booked, GpuPeriod { from, to: last });
        if let Some((day, short)) = steps.iter().find(|(_, free)| *free < 0) {
            let ends = steps.iter().skip(1).map(|(day, _)| *day).chain([last]);
            let fits = steps.iter().zip(ends).filter(|((_, free), _)| *free < 0).map(|(_, end)| end).last();
            let (short, fits) = (short.unsigned_abs(), fits.unwrap_or(last));
            let words = Words::made(
                format!("{day}에 배분된 수량보다 {short}장 모자랍니다. {fits}부터는 줄일 수 있습니다"),
                format!("On {day} it would be {short} GPUs short of what is booked; from {fits} on it fits"),
            );
            return Err(
                Refusal::told(&CAPACITY_BELOW_BOOKED, words).with(vec![Fault::new("/from", &CAPACITY_BELOW_BOOKED)])
            );
        }
        Ok(self.touched(stamp))
    }
    /// What can be booked, day by day.
    pub fn limit(&self) -> Limit<'_> {
        Limit::Steps(&self.capacity)
    }
    /// The fault of a number that is not made of whole units of this pool.
    pub fn unit_fault(&self, gpus: u32, at: &str) -> Option<Fault> {
        unit_fault(self.gpus_per_unit, gpus, at)
    }
    /// What is free on a day, beside what is booked on it; below zero never happens by booking.
    pub fn free_on(&self, day: Day, booked: &[Booked]) -> i64 {
        let on = GpuPeriod { from: day, to: day.next() };
        shortage(self.limit(), booked, Booked { period: on, gpus: u32::MAX }).map_or(0, |short| short.free)
    }
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: Some(stamp), ..self }
    }
}

fn unit_fault(unit: u32, gpus: u32, at: &str) -> Option<Fault> {
    let whole = gpus.checked_rem(unit).is_some_and(|rest| rest == 0);
    (!whole).then(|| {
        let words = Words::made(
            format!("이 풀은 {unit}장 단위입니다. {gpus}장은 단위의 배수가 아닙니다"),
            format!("This pool is given in units of {unit} GPUs; {gpus} is no multiple of it"),
        );
        Fault::told(at, &GPU_UNIT, words)
    })
}
