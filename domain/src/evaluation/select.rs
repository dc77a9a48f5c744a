//! Selection (선정): down the ranking as far as awards and money reach, and who stands by.

use super::{
    dossier::{Track, WhenShort},
    rank::{Group, Ranked},
    result::{Reason, TrackResult},
};
use crate::money::Won;
use std::collections::{BTreeMap, BTreeSet};

/// A lot that was drawn among applications of equal rank: their ids in the order it gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// The best first.
    pub order: Vec<String>,
}

/// What became of one that was ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub rank: usize,
    pub fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Selected,
    /// Standing by in this order, for this reason.
    Reserve(usize, Reason),
    NotSelected(Reason),
}

/// How far the walk has come.
struct Walk {
    awards: usize,
    money: Won,
    /// Nobody behind is selected.
    stopped: bool,
    lot: bool,
}

impl Walk {
    fn fits(&self, some: &[Ranked<'_>]) -> bool {
        let needed = Won::sum(some.iter().map(|one| one.national));
        some.len() <= self.awards && needed.is_ok_and(|needed| needed <= self.money)
    }
    fn take(&mut self, some: &[Ranked<'_>]) {
        self.awards = self.awards.saturating_sub(some.len());
        for one in some {
            self.money = self.money.minus(one.national).unwrap_or(Won::ZERO);
        }
    }
    /// Why one that does not fit by itself is left out.
    fn passed_over(&mut self, when_short: WhenShort) -> Reason {
        if self.stopped {
            return Reason::AfterStop;
        }
        if self.awards == 0 {
            return Reason::AwardsFull;
        }
        self.stopped = when_short == WhenShort::Stop;
        Reason::EnvelopeShort
    }
}

/// The order that a lot has given a group of equal rank, if one was drawn for exactly its members.
fn drawn<'a>(group: &Group<'a>, lots: &[Lot]) -> Option<Vec<Ranked<'a>>> {
    let ids: BTreeSet<&str> = group.members.iter().map(|one| one.id).collect();
    let lot = lots.iter().find(|lot| {
        lot.order.len() == ids.len() && lot.order.iter().map(String::as_str).collect::<BTreeSet<_>>() == ids
    })?;
    Some(lot.order.iter().filter_map(|id| group.members.iter().find(|one| one.id == id).copied()).collect())
}

/// Walks down the ranking of a track, one group of equal rank at a time. A group for which a lot was drawn is walked
/// member by member in the order of the lot.
pub(super) fn select<'a>(
    track: &Track,
    ranking: &[Group<'a>],
    lots: &[Lot],
) -> (TrackResult, BTreeMap<&'a str, Place>) {
    let mut walk = Walk { awards: track.max_awards, money: track.envelope, stopped: false, lot: false };
    let mut walked: Vec<(&'a str, usize, Option<Reason>)> = Vec::new();
    for group in ranking {
        let members = &group.members;
        if !walk.stopped && walk.fits(members) {
            walk.take(members);
            walked.extend(members.iter().map(|one| (one.id, group.rank, None)));
            continue;
        }
        let open = members.len() > 1 && !walk.stopped && members.iter().any(|one| walk.fits(&[*one]));
        if let Some(order) = drawn(group, lots).filter(|_| open) {
            for one in order {
                let reason = if !walk.stopped && walk.fits(&[one]) {
                    walk.take(&[one]);
                    None
                } else {
                    Some(walk.passed_over(track.when_short))
                };
                walked.push((one.id, group.rank, reason));
            }
            continue;
        }
        for one in members {
            let reason = if open { Reason::LotRequired } else { walk.passed_over(track.when_short) };
            walked.push((one.id, group.rank, Some(reason)));
        }
        if open {
            (walk.stopped, walk.lot) = (true, true);
        }
    }
    let slots = if walk.lot { 0 } else { track.reserve_slots };
    let mut waiting = 0_usize;
    let places = walked.into_iter().map(|(id, rank, reason)| {
        let fate = match reason {
            None => Fate::Selected,
            Some(reason) if waiting < slots => {
                waiting = waiting.saturating_add(1);
                Fate::Reserve(waiting, reason)
            }
            Some(reason) => Fate::NotSelected(reason),
        };
        (id, Place { rank, fate })
    });
    let places = places.collect();
    let result = TrackResult {
        code: track.code.clone(),
        envelope: track.envelope,
        committed: track.envelope.minus(walk.money).unwrap_or(Won::ZERO),
        remaining: walk.money,
        awards: track.max_awards.saturating_sub(walk.awards),
        lot_required: walk.lot,
    };
    (result, places)
}
