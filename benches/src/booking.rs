//! Booking into a full pool (GPU 배분 속도): a pool of 10,000 allocations, one more wanted; how long the rule takes that looks at every day.

use domain::{
    day::Day,
    gpu::{Booked, GpuPeriod, GpuStep, Limit, earliest, shortage},
};
use std::{io, time::Instant};

/// How many allocations the pool holds.
const ALLOCATIONS: u64 = 10_000;

fn wrong(error: impl std::error::Error) -> io::Error {
    io::Error::other(error.to_string())
}

/// Allocations of eight GPUs spread over three years, each up to a year long, and a capacity that is just enough.
fn pool(first: Day) -> io::Result<(Vec<GpuStep>, Vec<Booked>)> {
    let booked = (0..ALLOCATIONS).map(|n| {
        let from = first.plus_days(n * 7919 % 1095);
        Booked { period: GpuPeriod { from, to: from.plus_days(1 + n * 104_729 % 365) }, gpus: 8 }
    });
    let step = |n: u64| -> io::Result<GpuStep> {
        Ok(GpuStep {
            from: first.plus_days(n * 90),
            government_gpus: 80_000,
            operator_gpus: 0,
            reason: "증설".parse().map_err(wrong)?,
            source: "측정용".parse().map_err(wrong)?,
            entered: None,
        })
    };
    Ok(((0..20).map(step).collect::<io::Result<_>>()?, booked.collect()))
}

/// Measures both questions that a booking asks; the best of some rounds counts.
pub fn run(rounds: u32) -> io::Result<()> {
    let first = Day::new(2026, 3, 1).map_err(wrong)?;
    let (steps, booked) = pool(first)?;
    let wanted = Booked { period: GpuPeriod { from: first.plus_days(200), to: first.plus_days(565) }, gpus: 64 };
    let mut best = [u128::MAX; 2];
    for _ in 0..rounds.max(1) {
        let began = Instant::now();
        let short = shortage(Limit::Steps(&steps), &booked, wanted);
        best[0] = best[0].min(began.elapsed().as_micros());
        if short.is_some() {
            return Err(io::Error::other("the pool is meant to have room"));
        }
        let began = Instant::now();
        let start = earliest(Limit::Steps(&steps), &booked, (64, 365), (first, first.plus_days(30)));
        best[1] = best[1].min(began.elapsed().as_micros());
        if start.is_none() {
            return Err(io::Error::other("the pool is meant to have room"));
        }
    }
    println!("booking into {ALLOCATIONS} allocations: {} us; earliest start of a year: {} us", best[0], best[1]);
    Ok(())
}
