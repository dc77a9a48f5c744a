//! Giving many applications to members at once (일괄 배정): all of them or none, every fault told with its place.

use super::{Concerned, ConflictId, EVALUATION_NOT_OPEN, NOT_ELIGIBLE, Panel, SeatState};
use crate::{
    application::{Application, ApplicationId},
    call::SupportCall,
    committee::{Committee, Expert, MEMBER_UNKNOWN, MemberId},
    consultation::Counsel,
    problem::{Fault, NOT_KNOWN, Refusal},
    project::Stamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An application to be given to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeat {
    /// Which.
    pub application: ApplicationId,
    /// To whom.
    pub member: MemberId,
}

/// What giving applications to members must know, as it stands in the same transaction.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// The call.
    pub call: &'a SupportCall,
    /// Its committee.
    pub committee: &'a Committee,
    /// The experts that the members are.
    pub experts: &'a [Expert],
    /// Counsel that they have given.
    pub counsels: &'a [Counsel],
    /// The applications that are named; those that are not here are not known.
    pub applications: &'a [Application],
    /// Their panels, as far as they have any.
    pub panels: &'a [Panel],
    /// How many applications of the call each member has.
    pub loads: &'a BTreeMap<MemberId, usize>,
}

impl Panel {
    /// How everybody to whom it was ever given stands to it.
    pub fn places(&self) -> BTreeMap<MemberId, SeatState> {
        let mut places = BTreeMap::new();
        for seat in &self.seats {
            let state = match &seat.released {
                _ if places.get(&seat.member).is_some_and(|known| *known != SeatState::Released) => continue,
                Some(_) => SeatState::Released,
                None if !self.is_barred(seat.member) => SeatState::Judging,
                None if self.is_kept_out(seat.member) => SeatState::Barred,
                None => SeatState::Waiting,
            };
            places.insert(seat.member, state);
        }
        places
    }
}

/// Gives applications to members, one after the other as they are asked for, so that the last one that a member has room
/// for is the last one it gets. The panels that have changed, in the order of their applications; or every fault.
pub fn assigned(
    asked: &[NewSeat],
    known: Standing<'_>,
    mut fresh: impl FnMut() -> ConflictId,
    stamp: Stamp,
) -> Result<Vec<Panel>, Refusal> {
    let before: BTreeMap<ApplicationId, &Panel> = known.panels.iter().map(|panel| (panel.application, panel)).collect();
    let mut after: BTreeMap<ApplicationId, Panel> = BTreeMap::new();
    let mut loads = known.loads.clone();
    let mut faults = Vec::new();
    for (index, seat) in asked.iter().enumerate() {
        let at = |name: &str| format!("/assignments/{index}/{name}");
        let own = |application: &&Application| application.id == seat.application && application.call == known.call.key;
        let application = known.applications.iter().find(own);
        let member = known.committee.member(seat.member);
        let expert = member.and_then(|member| known.experts.iter().find(|expert| expert.id == member.expert));
        let (Some(application), Some((member, expert))) = (application, member.zip(expert)) else {
            if application.is_none() {
                faults.push(Fault::new(at("application"), &NOT_KNOWN));
            }
            if member.is_none() {
                faults.push(Fault::new(at("member"), &MEMBER_UNKNOWN));
            }
            continue;
        };
        let panel = after.get(&application.id).or_else(|| before.get(&application.id).copied()).cloned();
        let panel = panel.unwrap_or_else(|| Panel::of(application, stamp));
        let load = loads.entry(member.id).or_default();
        let (call, counsels) = (known.call, known.counsels);
        let to = Concerned { call, application, member, expert, counsels, load: *load };
        match panel.given(to, &mut fresh, stamp) {
            Ok(panel) => {
                *load = load.saturating_add(1);
                // However many come to it at once, it changes once.
                let version = before.get(&application.id).map_or(1, |panel| panel.version).saturating_add(1);
                after.insert(application.id, Panel { version, ..panel });
            }
            Err(refusal) if refusal.code == &EVALUATION_NOT_OPEN => return Err(refusal),
            Err(refusal) if refusal.faults.is_empty() => {
                let name = if refusal.code == &NOT_ELIGIBLE { "application" } else { "member" };
                faults.push(Fault::new(at(name), refusal.code));
            }
            Err(refusal) => {
                faults.extend(refusal.faults.into_iter().map(|fault| Fault { pointer: at("member"), ..fault }));
            }
        }
    }
    Refusal::unless_clean(faults)?;
    Ok(after.into_values().collect())
}
