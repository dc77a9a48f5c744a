//! Offering awards (선정 통보·승계·일부 선정): the selected all at once, then reserves in their order, within the envelope.

use super::{
    Award, AwardEnd, AwardEndKind, AwardSplit, AwardState, CALL_NOT_FINAL, Candidate, NO_AWARD_FREE, NOT_NEXT_RESERVE,
    NOT_OFFERABLE, NOTHING_TO_OFFER, PARTIAL_OUT_OF_BOUNDS, PartialAward, Placing, SPLIT_NOT_KNOWN,
    TRACK_ENVELOPE_SHORT, TrackMoney,
};
use crate::{
    application::ApplicationId,
    call::{CallState, CallTrack, RulesEdition, SupportCall, TrackCode},
    cost_share::{Applicant, Asked},
    money::Won,
    problem::{Fault, Refusal, Words},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A decision to award a part only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewPartialAward, example = json!({ "national_krw": 500_000_000, "reason": "남은 재원 안에서 일부 선정" }))]
pub struct NewPartial {
    /// The national money, in won: less than it is now, and at least one unit of the rule set.
    pub national_krw: Won,
    /// Why.
    pub reason: Prose<2000>,
}

/// A reserve to be promoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardPromotion, example = json!({ "application": "019a0000-0000-7000-8000-000000000001" }))]
pub struct Promotion {
    /// The application: the next in order of its track.
    pub application: ApplicationId,
    /// A part only, when what is left does not hold the whole.
    #[serde(default)]
    pub partial: Option<NewPartial>,
}

/// Offers the selected applications of a call their awards, all or none: those that were not withdrawn and have no award yet,
/// or of these the ones that are named.
pub fn offer_selected(
    call: &SupportCall,
    candidates: &[Candidate<'_>],
    awards: &[Award],
    named: Option<&[ApplicationId]>,
    stamp: Stamp,
) -> Result<Vec<Award>, Refusal> {
    must_be_final(call, stamp)?;
    let given: BTreeSet<ApplicationId> = awards.iter().map(|award| award.application).collect();
    let waits =
        |c: &&Candidate<'_>| c.placing == Placing::Selected && !c.is_withdrawn() && !given.contains(&c.application.id);
    let waiting: Vec<&Candidate<'_>> = candidates.iter().filter(waits).collect();
    let strangers = named.unwrap_or_default().iter().enumerate().filter(|(index, id)| {
        let twice = named.is_some_and(|named| named.iter().take(*index).any(|earlier| earlier == *id));
        twice || waiting.iter().all(|c| c.application.id != **id)
    });
    Refusal::unless_clean(
        strangers.map(|(index, _)| Fault::new(format!("/applications/{index}"), &NOT_OFFERABLE)).collect(),
    )?;
    let wanted = waiting.into_iter().filter(|c| named.is_none_or(|named| named.contains(&c.application.id)));
    let offered: Vec<Award> = wanted.map(|c| Award::offer(c, call, stamp)).collect();
    if offered.is_empty() {
        return Err(Refusal::new(&NOTHING_TO_OFFER));
    }
    let all: Vec<Award> = awards.iter().chain(&offered).cloned().collect();
    for track in tracks(call)? {
        let money = TrackMoney::of(track, candidates, &all)?;
        if money.left_krw.is_negative() {
            return Err(short(&money.track, money.left_krw, Won::ZERO));
        }
        if money.living_awards > money.max_awards {
            return Err(Refusal::new(&NO_AWARD_FREE));
        }
    }
    Ok(offered)
}

/// Offers the next reserve of its track an award, when one is free and its money fits into what is left. A part of it is
/// awarded only where that is decided with a reason.
pub fn promote(
    call: &SupportCall,
    candidates: &[Candidate<'_>],
    awards: &[Award],
    wish: Promotion,
    stamp: Stamp,
) -> Result<Award, Refusal> {
    must_be_final(call, stamp)?;
    let wanted = candidates.iter().find(|c| c.application.id == wish.application);
    let wanted = wanted.ok_or_else(|| Refusal::new(&NOT_NEXT_RESERVE))?;
    let track = tracks(call)?.iter().find(|track| track.code == wanted.track);
    let track = track.ok_or_else(|| Refusal::new(&NOT_NEXT_RESERVE))?;
    let money = TrackMoney::of(track, candidates, awards)?;
    if money.reserves.first().is_none_or(|next| next.application != wish.application) {
        return Err(Refusal::new(&NOT_NEXT_RESERVE));
    }
    if money.free_awards == 0 {
        return Err(Refusal::new(&NO_AWARD_FREE));
    }
    let whole = Award::offer(wanted, call, stamp);
    let award = match wish.partial {
        None => whole,
        Some(partial) => Award { version: whole.version, ..whole.in_part(partial, call, "/partial", stamp)? },
    };
    if award.split.national_krw > money.left_krw {
        return Err(short(&money.track, money.left_krw, award.split.national_krw));
    }
    Ok(award)
}

fn must_be_final(call: &SupportCall, stamp: Stamp) -> Result<(), Refusal> {
    if call.state(stamp.at) == CallState::Final { Ok(()) } else { Err(Refusal::new(&CALL_NOT_FINAL)) }
}

fn rules(call: &SupportCall) -> Result<&RulesEdition, Refusal> {
    call.rules.as_ref().ok_or_else(|| Refusal::new(&CALL_NOT_FINAL))
}

fn tracks(call: &SupportCall) -> Result<&[CallTrack], Refusal> {
    rules(call).map(|laid_down| laid_down.rules.tracks.as_slice())
}

/// Says how much is left and how much was needed.
fn short(track: &TrackCode, left: Won, needed: Won) -> Refusal {
    let words = Words::made(
        format!("트랙 {track}의 남은 재원은 {left}원이고, 필요한 국비는 {needed}원입니다"),
        format!("Track {track} has {left} won left, and {needed} won are needed"),
    );
    Refusal::told(&TRACK_ENVELOPE_SHORT, words)
}

impl Award {
    /// The award of a candidate, as the confirmed result has split its money.
    fn offer(candidate: &Candidate<'_>, call: &SupportCall, stamp: Stamp) -> Self {
        let application = candidate.application;
        let reserve_order = match candidate.placing {
            Placing::Selected => None,
            Placing::Reserve(order) => Some(order),
        };
        Self {
            application: application.id,
            version: 1,
            call: call.key.clone(),
            run_by: call.run_by(),
            programme: call.plan.programme.clone(),
            fiscal_year: call.plan.fiscal_year,
            applicant: application.applicant.clone(),
            partners: application.partner_bodies().into_iter().cloned().collect(),
            track: candidate.track.clone(),
            title: application.counting().title.clone(),
            confirmation: candidate.confirmation,
            reserve_order,
            groups: candidate.groups(),
            indicator_value: candidate.indicator_value,
            computed: candidate.split,
            split: candidate.split,
            partials: Vec::new(),
            offered: stamp,
            ended: None,
            agreement: None,
            steps: Vec::new(),
            termination: None,
            settlement: None,
            updated: stamp,
        }
    }

    /// Decides that a part only is awarded, before the agreement: less than now, and at least one unit of the rule set. What is
    /// cut off becomes money of the applicant's side, so that the parts still add up to the total cost.
    pub fn partially(self, new: NewPartial, call: &SupportCall, stamp: Stamp) -> Result<Self, Refusal> {
        self.in_part(new, call, "", stamp)
    }

    fn in_part(mut self, new: NewPartial, call: &SupportCall, at: &str, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[AwardState::Offered])?;
        let rules = &rules(call)?.cost_share;
        let before_krw = self.split.national_krw;
        if new.national_krw < rules.unit.max(Won::ZERO)
            || new.national_krw == Won::ZERO
            || new.national_krw >= before_krw
        {
            return Refusal::unless_clean(vec![Fault::told(
                format!("{at}/national_krw"),
                &PARTIAL_OUT_OF_BOUNDS,
                Words::made(
                    format!("{}원 이상 {before_krw}원 미만이어야 합니다", rules.unit),
                    format!("It is at least {} won and less than {before_krw} won", rules.unit),
                ),
            )])
            .map(|()| self);
        }
        let applicant = Applicant {
            level: self.applicant.level,
            code: self.applicant.code().to_owned(),
            groups: self.groups.iter().map(ToString::to_string).collect(),
        };
        let basis = rules.basis(self.applicant.level, self.indicator_value);
        let basis = basis.map_err(|_| Refusal::new(&SPLIT_NOT_KNOWN))?;
        let asked = Asked { total_cost: self.split.total_cost_krw, requested_national: Some(new.national_krw) };
        let split = AwardSplit::of(&rules.split(&basis, &applicant, asked))?;
        if split.national_krw != new.national_krw || split.total_cost_krw != self.split.total_cost_krw {
            return Err(Refusal::new(&SPLIT_NOT_KNOWN));
        }
        self.split = split;
        self.partials.push(PartialAward { before_krw, national_krw: new.national_krw, reason: new.reason, stamp });
        Ok(self.touched(stamp))
    }

    /// The applicant gives it up, or no agreement came about; with a reason, before the agreement. Its money and its place are
    /// free again.
    pub fn ended(mut self, kind: AwardEndKind, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[AwardState::Offered])?;
        self.ended = Some(AwardEnd { kind, reason, stamp });
        Ok(self.touched(stamp))
    }
}
