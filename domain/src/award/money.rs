//! The money of awards (교부 재원): who pays what, and how much of a track's envelope is taken, promised and left.

use super::{Award, AwardState, Candidate, Placing};
use crate::{
    application::ApplicationId,
    call::{CallTrack, TrackCode},
    code_list,
    cost_share::Split,
    money::{TooMuch, Won},
};
use serde::{Deserialize, Serialize};

code_list! {
    /// Who pays a part of an award.
    pub enum FundingSource {
        /// The nation.
        National = "national" / "국비",
        /// The sido.
        Sido = "sido" / "시도비",
        /// The municipality.
        Municipality = "municipality" / "시군구비",
        /// A central body, for itself.
        Own = "own" / "자부담",
    }
}

/// Who pays what. The four amounts add up to the total cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardSplit {
    /// All of it, in won.
    pub total_cost_krw: Won,
    /// National money (국비), in won.
    pub national_krw: Won,
    /// Money of the sido (시도비), in won.
    pub sido_krw: Won,
    /// Money of the municipality (시군구비), in won.
    pub municipality_krw: Won,
    /// Money of a central body (자부담), in won.
    pub own_krw: Won,
}

impl AwardSplit {
    /// What a split says, with what its parts add up to.
    pub fn of(split: &Split) -> Result<Self, TooMuch> {
        let Split { national, sido, municipality, own, .. } = *split;
        Ok(Self {
            total_cost_krw: Won::sum([national, sido, municipality, own])?,
            national_krw: national,
            sido_krw: sido,
            municipality_krw: municipality,
            own_krw: own,
        })
    }
    /// The part of a source, in won.
    pub const fn part(&self, source: FundingSource) -> Won {
        match source {
            FundingSource::National => self.national_krw,
            FundingSource::Sido => self.sido_krw,
            FundingSource::Municipality => self.municipality_krw,
            FundingSource::Own => self.own_krw,
        }
    }
}

/// The money of a track of a call, and who waits for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrackMoney {
    /// Which track.
    pub track: TrackCode,
    /// The national money there is, in won.
    pub envelope_krw: Won,
    /// Agreed upon, terminated and settled awards included, in won.
    pub committed_krw: Won,
    /// Offered and not agreed upon yet, in won.
    pub offered_krw: Won,
    /// What the selected get who have not been offered it yet, in won.
    pub awaiting_offer_krw: Won,
    /// What can still be given, in won.
    pub left_krw: Won,
    /// How many awards there may be.
    #[schema(minimum = 0, maximum = 10_000)]
    pub max_awards: usize,
    /// Awards that were neither given up nor failed.
    #[schema(minimum = 0, maximum = 10_000)]
    pub living_awards: usize,
    /// Selected applications whose award is still to be offered.
    #[schema(minimum = 0, maximum = 10_000)]
    pub awaiting_offer: usize,
    /// How many more can be given.
    #[schema(minimum = 0, maximum = 10_000)]
    pub free_awards: usize,
    /// Reserves that wait, the next one first.
    #[schema(max_items = 10_000)]
    pub reserves: Vec<WaitingReserve>,
}

/// A reserve that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitingReserve {
    /// Which application.
    pub application: ApplicationId,
    /// Its order.
    #[schema(minimum = 1, maximum = 10_000)]
    pub reserve_order: usize,
    /// Its national money, in won.
    pub national_krw: Won,
    /// Whether that much is left.
    pub fits: bool,
}

impl TrackMoney {
    /// Reckons it up. Awards and candidates of other tracks are passed over. Given up and failed awards free their money, and
    /// so do selected applications that were withdrawn.
    pub fn of(track: &CallTrack, candidates: &[Candidate<'_>], awards: &[Award]) -> Result<Self, TooMuch> {
        let awarded = |candidate: &Candidate<'_>| awards.iter().any(|a| a.application == candidate.application.id);
        let of_track = || candidates.iter().filter(|c| c.track == track.code && !c.is_withdrawn() && !awarded(c));
        let living: Vec<&Award> =
            awards.iter().filter(|award| award.track == track.code && award.state().is_living()).collect();
        let waiting: Vec<&Candidate<'_>> = of_track().filter(|c| c.placing == Placing::Selected).collect();
        let (offered, agreed): (Vec<&Award>, Vec<&Award>) =
            living.iter().partition(|award| award.state() == AwardState::Offered);
        let national = |awards: &[&Award]| Won::sum(awards.iter().map(|award| award.split.national_krw));
        let (committed_krw, offered_krw) = (national(&agreed)?, national(&offered)?);
        let awaiting_offer_krw = Won::sum(waiting.iter().map(|c| c.split.national_krw))?;
        let taken = Won::sum([committed_krw, offered_krw, awaiting_offer_krw])?;
        let left_krw = track.envelope_krw.minus(taken)?;
        let mut reserves: Vec<WaitingReserve> = of_track()
            .filter_map(|c| match c.placing {
                Placing::Reserve(reserve_order) => Some(WaitingReserve {
                    application: c.application.id,
                    reserve_order,
                    national_krw: c.split.national_krw,
                    fits: c.split.national_krw <= left_krw,
                }),
                Placing::Selected => None,
            })
            .collect();
        reserves.sort_by_key(|reserve| reserve.reserve_order);
        let taken_places = living.len().saturating_add(waiting.len());
        Ok(Self {
            track: track.code.clone(),
            envelope_krw: track.envelope_krw,
            committed_krw,
            offered_krw,
            awaiting_offer_krw,
            left_krw,
            max_awards: track.max_awards,
            living_awards: living.len(),
            awaiting_offer: waiting.len(),
            free_awards: track.max_awards.saturating_sub(taken_places),
            reserves,
        })
    }
}
