//! Lots among equals (동점 추첨): from a recorded seed, so that anybody can draw them again.

use super::{NO_LOT_NEEDED, Selection};
use crate::{
    application::ApplicationId,
    call::TrackCode,
    committee::Seed,
    evaluation::{Evaluation, Reason},
    problem::{Fault, Refusal},
    project::Stamp,
};
use serde::{Deserialize, Serialize};
use sha2::Digest;

/// For which track a lot is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LotAsk {
    /// The track that the result marks as needing a lot.
    pub track: TrackCode,
}

/// A lot that was drawn among applications of equal rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawnLot {
    /// The track.
    pub track: TrackCode,
    /// The seed.
    pub seed: Seed,
    /// The applications in the order of the lot.
    #[schema(min_items = 2, max_items = 10_000)]
    pub order: Vec<ApplicationId>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// The order of a lot: each application's place is the SHA-256 of the seed's text, a colon and its id; the smallest is
/// first. The order in which they are given does not matter.
pub fn lot_order(seed: &Seed, applications: &[ApplicationId]) -> Vec<ApplicationId> {
    let place = |id: &ApplicationId| <[u8; 32]>::from(sha2::Sha256::digest(format!("{seed}:{id}")));
    let mut order = applications.to_vec();
    order.sort_by_key(|id| (place(id), *id));
    order.dedup();
    order
}

/// The applications of a track among which a lot must be drawn, by a result.
pub fn groups_to_draw(result: &Evaluation, track: &TrackCode) -> Vec<ApplicationId> {
    let waiting = result
        .applications
        .iter()
        .filter(|placed| placed.track == track.as_str() && placed.reason == Some(Reason::LotRequired));
    waiting.filter_map(|placed| placed.id.parse().ok()).collect()
}

impl Selection {
    /// Draws the lot that a result asks for in a track.
    pub fn with_lot(mut self, ask: LotAsk, result: &Evaluation, seed: Seed, stamp: Stamp) -> Result<Self, Refusal> {
        let waiting = groups_to_draw(result, &ask.track);
        if waiting.is_empty() {
            return Err(Refusal::new(&NO_LOT_NEEDED).with(vec![Fault::new("/track", &NO_LOT_NEEDED)]));
        }
        let order = lot_order(&seed, &waiting);
        self.lots.push(DrawnLot { track: ask.track, seed, order, stamp });
        Ok(self.touched(stamp))
    }
}
