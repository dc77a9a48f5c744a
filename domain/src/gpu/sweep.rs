//! How much is free (잔여량): a sweep over what is booked and over the steps of the capacity, which sees every day of a period.

use super::{GpuPeriod, GpuStep};
use crate::day::Day;
use std::collections::BTreeMap;

/// GPUs that are taken for a period: by an allocation, or by an offer that waits for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// When.
    pub period: GpuPeriod,
    /// How many.
    pub gpus: u32,
}

/// The first day of a period on which there is too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage {
    /// The day.
    pub day: Day,
    /// How many are free on it; below zero when more is booked than there is.
    pub free: i64,
}

/// What there is to be booked, day by day.
#[derive(Debug, Clone, Copy)]
pub enum Limit<'a> {
    /// The government's part of a pool, step by step in the order of their days.
    Steps(&'a [GpuStep]),
    /// The same number on every day, such as a cap.
    Flat(u32),
}

impl Limit<'_> {
    /// How many there are on a day. Before the first step there are none; of two steps from one day the later entered counts.
    pub fn on(self, day: Day) -> u32 {
        match self {
            Self::Flat(gpus) => gpus,
            Self::Steps(steps) => {
                let after = steps.partition_point(|step| step.from <= day);
                let last = after.checked_sub(1).and_then(|at| steps.get(at));
                last.map_or(0, |step| step.government_gpus)
            }
        }
    }
    fn days(self) -> impl Iterator<Item = Day> {
        let steps: &[GpuStep] = match self {
            Self::Steps(steps) => steps,
            Self::Flat(_) => &[],
        };
        steps.iter().map(|step| step.from)
    }
}

/// What is free in a period, as steps: each day on which it may change, in order, with how many are free from it on. The first
/// step is the period's first day; a period without a day has none.
pub fn free(limit: Limit<'_>, booked: &[Booked], period: GpuPeriod) -> Vec<(Day, i64)> {
    if period.is_empty() {
        return Vec::new();
    }
    let mut moved: BTreeMap<Day, i64> = BTreeMap::from([(period.from, 0)]);
    let mut add = |day: Day, gpus: i64| {
        let sum = moved.entry(day).or_default();
        *sum = sum.saturating_add(gpus);
    };
    for one in booked {
        let (from, to) = (one.period.from.max(period.from), one.period.to.min(period.to));
        if from < to {
            add(from, i64::from(one.gpus));
            if to < period.to {
                add(to, i64::from(one.gpus).saturating_neg());
            }
        }
    }
    for day in limit.days().filter(|day| period.holds(*day)) {
        add(day, 0);
    }
    let mut taken = 0_i64;
    let steps = moved.into_iter().map(|(day, gpus)| {
        taken = taken.saturating_add(gpus);
        (day, i64::from(limit.on(day)).saturating_sub(taken))
    });
    steps.collect()
}

/// The first day of a period on which fewer than so many are free; none when they are free on every day of it.
pub fn shortage(limit: Limit<'_>, booked: &[Booked], wanted: Booked) -> Option<Shortage> {
    let need = i64::from(wanted.gpus);
    let steps = free(limit, booked, wanted.period).into_iter();
    steps.map(|(day, free)| Shortage { day, free }).find(|step| step.free < need)
}

/// The first day, from one day to another, on which so many can be had for so many days in a row.
pub fn earliest(
    limit: Limit<'_>,
    booked: &[Booked],
    (gpus, days): (u32, u64),
    (first, last): (Day, Day),
) -> Option<Day> {
    if days == 0 || last < first {
        return None;
    }
    let steps = free(limit, booked, GpuPeriod { from: first, to: last.plus_days(days) });
    let ends = steps.iter().skip(1).map(|(day, _)| *day).chain([last.plus_days(days)]);
    let mut start = None;
    for ((day, free), end) in steps.iter().zip(ends) {
        if *free < i64::from(gpus) {
            start = None;
            continue;
        }
        let from = *start.get_or_insert(*day);
        if from > last {
            return None;
        }
        if from.plus_days(days) <= end {
            return Some(from);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: u64) -> Day {
        Day::new(2026, 3, 1).unwrap().plus_days(n)
    }
    fn booked(from: u64, to: u64, gpus: u32) -> Booked {
        Booked { period: GpuPeriod { from: day(from), to: day(to) }, gpus }
    }
    fn steps(of: &[(u64, u32)]) -> Vec<GpuStep> {
        let mut of = of.to_vec();
        of.sort_by_key(|(at, _)| *at);
        of.into_iter().map(|(at, gpus)| crate::gpu::sample::step(day(at), gpus)).collect()
    }
    /// Counts every single day anew.
    fn naive(limit: Limit<'_>, all: &[Booked], wanted: Booked) -> Option<Shortage> {
        let GpuPeriod { mut from, to } = wanted.period;
        while from < to {
            let taken: i64 = all.iter().filter(|one| one.period.holds(from)).map(|one| i64::from(one.gpus)).sum();
            let free = i64::from(limit.on(from)) - taken;
            if free < i64::from(wanted.gpus) {
                return Some(Shortage { day: from, free });
            }
            from = from.next();
        }
        None
    }

    #[test]
    fn periods_that_follow_each_other_do_not_overlap() {
        let half = [booked(0, 184, 8)];
        assert_eq!(shortage(Limit::Flat(8), &half, booked(184, 275, 8)), None);
        assert_eq!(shortage(Limit::Flat(8), &half, booked(183, 275, 8)), Some(Shortage { day: day(183), free: 0 }));
    }

    #[test]
    fn what_is_full_in_the_middle_alone_is_seen() {
        let middle = [booked(10, 11, 8)];
        assert_eq!(shortage(Limit::Flat(8), &middle, booked(0, 30, 8)), Some(Shortage { day: day(10), free: 0 }));
        let dip = steps(&[(0, 16), (10, 8), (11, 16)]);
        assert_eq!(shortage(Limit::Steps(&dip), &[], booked(0, 30, 16)), Some(Shortage { day: day(10), free: 8 }));
        assert_eq!(shortage(Limit::Steps(&dip), &[], booked(11, 30, 16)), None);
    }

    proptest! {
        #[test]
        fn the_sweep_counts_as_counting_day_by_day_does(
            capacity in prop::collection::vec((0_u64..60, 0_u32..5), 0..5),
            all in prop::collection::vec((0_u64..60, 0_u64..30, 0_u32..4), 0..12),
            (from, long, gpus) in (0_u64..60, 0_u64..40, 0_u32..5),
        ) {
            let capacity = steps(&capacity);
            let all: Vec<Booked> = all.into_iter().map(|(from, long, gpus)| booked(from, from + long, gpus)).collect();
            for limit in [Limit::Steps(&capacity), Limit::Flat(4)] {
                let wanted = booked(from, from + long, gpus);
                prop_assert_eq!(shortage(limit, &all, wanted), naive(limit, &all, wanted));
                let found = earliest(limit, &all, (gpus, long), (day(from), day(from + 20)));
                let tried = (from..=from + 20).find(|at| long > 0 && naive(limit, &all, booked(*at, at + long, gpus)).is_none());
                prop_assert_eq!(found, tried.map(day));
            }
        }
    }
}
