//! Drawing by lot (추첨): from a recorded seed, so that anybody can draw the same lot again.

use super::{Expert, ExpertId, POOL_TOO_SMALL, Sector};
use crate::{
    problem::{Fault, Refusal, Words},
    project::{Sha256, Stamp},
};
use serde::{Deserialize, Serialize};
use sha2::Digest;

/// The seed of a lot: 32 bytes in hexadecimal digits, made by chance and recorded.
pub type Seed = Sha256;

/// How many are to be drawn of each sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seats {
    /// Officials.
    #[schema(minimum = 0, maximum = 1000)]
    pub public: usize,
    /// Private experts.
    #[schema(minimum = 0, maximum = 1000)]
    pub private: usize,
}

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawAsk {
    /// How many.
    pub seats: Seats,
    /// Only from among these; the whole pool when left out.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub among: Vec<ExpertId>,
}

/// A lot that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The seed.
    pub seed: Seed,
    /// How many were drawn of each sector.
    pub seats: Seats,
    /// From among whom, in byte order.
    #[schema(max_items = 10_000)]
    pub pool: Vec<ExpertId>,
    /// Who was drawn, in the order of the lot.
    #[schema(max_items = 1000)]
    pub chosen: Vec<ExpertId>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// Draws the lot: each candidate's place is the SHA-256 of the seed's text, a colon and its id; the smallest come first.
/// The order in which candidates are given does not matter.
pub fn drawn(seed: &Seed, seats: Seats, pool: &[&Expert]) -> Result<Vec<ExpertId>, Refusal> {
    let mut order: Vec<([u8; 32], &Expert)> = pool.iter().map(|expert| (place(seed, expert.id), *expert)).collect();
    order.sort_by_key(|(place, expert)| (*place, expert.id));
    order.dedup_by_key(|(_, expert)| expert.id);
    let of = |sector: Sector, seats: usize| -> Result<Vec<ExpertId>, Fault> {
        let candidates = order.iter().filter(|(_, expert)| expert.details.sector == sector);
        let chosen: Vec<ExpertId> = candidates.map(|(_, expert)| expert.id).take(seats).collect();
        if chosen.len() == seats {
            return Ok(chosen);
        }
        let found = chosen.len();
        let words = Words::made(
            format!("{} 전문가 {seats}명이 필요한데 {found}명뿐입니다", sector.ko()),
            format!("{seats} {sector} experts are needed and there are {found}"),
        );
        Err(Fault::told(format!("/seats/{sector}"), &POOL_TOO_SMALL, words))
    };
    match (of(Sector::Public, seats.public), of(Sector::Private, seats.private)) {
        (Ok(public), Ok(private)) => {
            let chosen = order.iter().map(|(_, expert)| expert.id);
            Ok(chosen.filter(|id| public.contains(id) || private.contains(id)).collect())
        }
        (public, private) => {
            let faults = [public.err(), private.err()].into_iter().flatten().collect();
            Err(Refusal::new(&crate::problem::INVALID).with(faults))
        }
    }
}

/// The place of a candidate in a lot.
fn place(seed: &Seed, id: ExpertId) -> [u8; 32] {
    sha2::Sha256::digest(format!("{seed}:{id}")).into()
}
