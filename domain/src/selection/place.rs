//! What became of an application (선정 결과): kept for each one beside the confirmed result, told to its applicant as far as
//! the call discloses it, and to everybody of those selected alone.

use super::{RESULT_NOT_CONFIRMED, Reckoned};
use crate::{
    access::BodyKey,
    application::{Application, ApplicationId},
    call::{CallKey, CallState, CallTrack, Disclosed, SupportCall, TrackCode},
    cost_share::Split,
    day::{Day, Instant},
    evaluation::{Outcome, Placed, Reason},
    fraction::Rounded,
    money::{TooMuch, Won},
    name::Name,
    problem::Refusal,
    scoring::ScoreSheet,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What became of an application by the confirmation that counts now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Which application.
    pub application: ApplicationId,
    /// Of which call.
    pub call: CallKey,
    /// By which confirmation.
    pub confirmation: i64,
    /// What became of it.
    pub placed: Placed,
    /// What the members whose sheets counted have to say to the applicant, in byte order: it tells nobody whose is which.
    pub opinions: Vec<Prose<5000>>,
}

impl Place {
    /// What a confirmed result says of each application.
    pub fn all(call: &CallKey, confirmation: i64, reckoned: &Reckoned, sheets: &[ScoreSheet]) -> Vec<Self> {
        let dossier = reckoned.dossier.dossier();
        let kept_out: BTreeSet<_> = dossier.exclusions.iter().map(|e| (&e.application, &e.member)).collect();
        let counted = dossier.sheets.iter().map(|sheet| (&sheet.application, &sheet.member));
        let counted: BTreeSet<_> = counted.filter(|sheet| !kept_out.contains(sheet)).collect();
        let opinions = |id: &String| {
            let of = sheets.iter().filter(|sheet| sheet.application.to_string() == *id);
            let of = of.filter(|sheet| counted.contains(&(id, &sheet.member.to_string())));
            let mut said: Vec<Prose<5000>> = of.filter_map(|sheet| sheet.content.to_applicant.clone()).collect();
            said.sort_by(|one, other| one.as_str().cmp(other.as_str()));
            said
        };
        let place = |placed: &Placed| {
            let application = placed.id.parse().ok()?;
            let (call, placed) = (call.clone(), placed.clone());
            Some(Self { application, call, confirmation, opinions: opinions(&placed.id), placed })
        };
        reckoned.result.applications.iter().filter_map(place).collect()
    }
}

/// What an applicant is told of its own application (결과 통지).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultNotice {
    /// Which application.
    pub application: ApplicationId,
    /// Of which call.
    pub call: CallKey,
    /// By which confirmation: a correction has another number.
    #[schema(minimum = 1, maximum = 100)]
    pub confirmation: i64,
    /// In which track.
    pub track: TrackCode,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was not selected, if it passed.
    pub reason: Option<Reason>,
    /// Its place among those that stand by.
    #[schema(minimum = 1, maximum = 10_000)]
    pub reserve_order: Option<usize>,
    /// Its rank in the track, where the call discloses it.
    #[schema(minimum = 1, maximum = 10_000)]
    pub rank: Option<usize>,
    /// The final score, where the call discloses it.
    pub total: Option<Rounded>,
    /// What the committee has to say, where the call discloses it; in an order that tells nobody whose is which.
    #[schema(max_items = 1000)]
    pub opinions: Vec<Prose<5000>>,
    /// Who pays what, for those selected and those that stand by.
    pub cost_share: Option<Split>,
    /// When the applicants were told.
    pub notified_at: Instant,
    /// The last day on which an objection can be made.
    pub objections_until: Day,
}

impl ResultNotice {
    /// What is told of an application, once the applicants have been told at all.
    pub fn of(place: Place, call: &SupportCall, now: Instant) -> Result<Self, Refusal> {
        let told = matches!(call.state(now), CallState::Notified | CallState::Final);
        let (Some(laid_down), Some(notified_at), Some(objections_until), true) =
            (&call.rules, call.notified_at(), call.objections_until(), told)
        else {
            return Err(Refusal::new(&RESULT_NOT_CONFIRMED));
        };
        let Place { application, call, confirmation, placed, opinions } = place;
        let shows = |what: Disclosed| laid_down.rules.disclosed.contains(&what);
        let stands = matches!(placed.outcome, Outcome::Selected | Outcome::Reserve);
        Ok(Self {
            application,
            call,
            confirmation,
            track: placed.track.parse().map_err(|_| Refusal::new(&RESULT_NOT_CONFIRMED))?,
            outcome: placed.outcome,
            reason: placed.reason,
            reserve_order: placed.reserve_order,
            rank: placed.rank.filter(|_| shows(Disclosed::Rank)),
            total: placed.r#final.filter(|_| shows(Disclosed::Total)),
            opinions: if shows(Disclosed::Opinion) { opinions } else { Vec::new() },
            cost_share: placed.cost_share.filter(|_| stands).map(|shared| shared.split),
            notified_at,
            objections_until,
        })
    }
}

/// Who was selected (선정 공고), for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectedList {
    /// Of which call.
    pub call: CallKey,
    /// By which confirmation: a correction has another number.
    #[schema(minimum = 1, maximum = 100)]
    pub confirmation: i64,
    /// In the order of the call.
    #[schema(max_items = 3)]
    pub tracks: Vec<SelectedTrack>,
}

/// Who was selected in a track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectedTrack {
    /// The track.
    pub code: TrackCode,
    /// Its name.
    pub name: Name,
    /// How many applications it had, withdrawn ones left out.
    #[schema(minimum = 0, maximum = 10_000)]
    pub applications: usize,
    /// The national money of those selected, in won.
    pub national_krw: Won,
    /// By applicant and title: the rank is not told.
    #[schema(max_items = 10_000)]
    pub selected: Vec<Selected>,
}

/// An application that was selected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SelectedApplication)]
pub struct Selected {
    /// Who applied.
    pub body: BodyKey,
    /// Its title.
    pub title: Line<200>,
}

impl SelectedList {
    /// Who was selected, once the applicants have been told.
    pub fn of(
        call: &SupportCall,
        places: &[Place],
        applications: &[Application],
        now: Instant,
    ) -> Result<Self, Refusal> {
        let told = matches!(call.state(now), CallState::Notified | CallState::Final);
        let (Some(laid_down), Some(confirmation), true) = (&call.rules, places.first().map(|p| p.confirmation), told)
        else {
            return Err(Refusal::new(&RESULT_NOT_CONFIRMED));
        };
        let track = |track: &CallTrack| {
            let of_track = || places.iter().filter(|place| place.placed.track == track.code.as_str());
            let chosen = || of_track().filter(|place| place.placed.outcome == Outcome::Selected);
            let selected = |place: &Place| {
                let of = applications.iter().find(|application| application.id == place.application)?;
                Some(Selected { body: of.applicant.body.clone(), title: of.submitted()?.content.title.clone() })
            };
            let mut selected: Vec<Selected> = chosen().filter_map(selected).collect();
            selected.sort_by(|one, other| {
                (one.body.as_str(), one.title.as_str()).cmp(&(other.body.as_str(), other.title.as_str()))
            });
            let money =
                chosen().filter_map(|place| place.placed.cost_share.as_ref()).map(|shared| shared.split.national);
            Ok(SelectedTrack {
                code: track.code.clone(),
                name: track.name.clone(),
                applications: of_track().filter(|place| place.placed.outcome != Outcome::Withdrawn).count(),
                national_krw: Won::sum(money)?,
                selected,
            })
        };
        let tracks: Result<Vec<_>, TooMuch> = laid_down.rules.tracks.iter().map(track).collect();
        Ok(Self { call: call.key.clone(), confirmation, tracks: tracks? })
    }
}
