//! Chance that repeats (고정 난수): the same demonstration on every machine and every day.

use domain::{day::Instant, id::Id};

/// A run of numbers that follows from its seed alone (SplitMix64).
#[derive(Debug, Clone)]
pub(super) struct Draw(u64);

impl Draw {
    /// The run of this seed.
    pub const fn of(seed: u64) -> Self {
        Self(seed ^ 0x5eed_0a11_d0c5_2026)
    }
    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number from `least` up to, but without, `end`.
    pub fn between(&mut self, least: u64, end: u64) -> u64 {
        let width = end.saturating_sub(least).max(1);
        least + self.next() % width
    }
    /// One of these words.
    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        list.get(self.place(list.len())).copied().unwrap_or_default()
    }
    /// A place in a list of this length.
    pub fn place(&mut self, length: usize) -> usize {
        let length = u64::try_from(length).unwrap_or(1);
        usize::try_from(self.between(0, length)).unwrap_or_default()
    }
    /// The place where a hundred parts, shared out in these proportions, are hit.
    pub fn share(&mut self, parts: &[u64]) -> usize {
        let mut hit = self.between(0, parts.iter().sum());
        let falls = |part: &u64| {
            let here = hit < *part;
            hit = hit.saturating_sub(*part);
            here
        };
        parts.iter().position(falls).unwrap_or_default()
    }
    /// An id made at that moment.
    pub fn id<K>(&mut self, at: Instant) -> Id<K> {
        let millis = u64::try_from(at.micros() / 1000).unwrap_or_default();
        let (high, low) = (self.next().to_be_bytes(), self.next().to_be_bytes());
        let mut chance = [0; 10];
        for (place, byte) in chance.iter_mut().zip(high.into_iter().take(2).chain(low)) {
            *place = byte;
        }
        Id::new(uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid())
    }
}
