//! Who could judge what (배정 제안): members matched with applications by what they know. It only proposes: nothing is given
//! to anybody by it.

use super::{Panel, Severity, Standing, ties_found};
use crate::{
    application::{Application, ApplicationId},
    code_list,
    committee::{Expert, Member, MemberId},
    consultation::Counsel,
    day::Day,
    project::FieldCode,
};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::BTreeMap};

/// A proposal for a call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Who could be given what, in the order in which it was chosen.
    #[schema(max_items = 100_000)]
    pub seats: Vec<ProposedSeat>,
    /// Applications for which not enough members were found.
    #[schema(max_items = 10_000)]
    pub unfilled: Vec<Unfilled>,
}

/// An application that could be given to a member, and why to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedSeat {
    /// Which.
    pub application: ApplicationId,
    /// To whom.
    pub member: MemberId,
    /// What spoke for this member before others.
    pub reason: ProposalReason,
    /// The fields that the application names and the member knows.
    #[schema(max_items = 20)]
    pub matched: Vec<FieldCode>,
    /// How many applications of the call the member would then have.
    #[schema(minimum = 1, maximum = 10_000)]
    pub load: usize,
}

code_list! {
    /// What spoke for a member.
    pub enum ProposalReason {
        /// Knows what the application is about.
        Expertise = "expertise" / "전문 분야",
        /// Nobody left knows more of it; has the fewest applications.
        Load = "load" / "배정 균형",
    }
}

/// An application for which not enough members were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unfilled {
    /// Which.
    pub application: ApplicationId,
    /// How many members are wanting.
    #[schema(minimum = 1, maximum = 1000)]
    pub missing: usize,
    /// Why each of the others cannot be given it.
    #[schema(max_items = 1000)]
    pub kept_out: Vec<KeptOut>,
}

/// Why a member cannot be given an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeptOut {
    /// Who.
    pub member: MemberId,
    /// Why.
    pub why: KeptOutBy,
}

code_list! {
    /// What keeps a member from being given an application.
    pub enum KeptOutBy {
        /// Has no pledge, or its term is over.
        NotServing = "not_serving" / "서약 전이거나 임기 종료",
        /// A conflict is on record.
        Barred = "barred" / "이해충돌 기록",
        /// Something on record ties the member to it.
        Tied = "tied" / "이해관계 확인",
        /// Has as many applications as the rules allow.
        LoadReached = "load_reached" / "배정 한도",
    }
}

/// Somebody who may be chosen.
struct Candidate<'a> {
    member: &'a Member,
    expert: &'a Expert,
    serves: bool,
    load: usize,
}

/// An application with those whom it still takes.
struct Wanting<'a> {
    application: &'a Application,
    panel: Option<&'a Panel>,
    /// By the place of the candidate: what keeps it out, beside its load.
    kept_out: BTreeMap<usize, KeptOutBy>,
    missing: usize,
}

/// Proposes members until each application has so many who judge it. Applications take turns, those for which the fewest
/// members are left first; of the members that may, the one that knows most of an application's fields is chosen, then the
/// one with the fewest applications, then by id. The same input always gives the same proposal.
pub fn proposed(known: Standing<'_>, per_application: usize, day: Day) -> Proposal {
    let Some(rules) = known.call.rules.as_ref().map(|laid_down| &laid_down.rules.committee) else {
        return Proposal::default();
    };
    let mut candidates: Vec<Candidate<'_>> = known
        .committee
        .active()
        .filter_map(|member| {
            let expert = known.experts.iter().find(|expert| expert.id == member.expert)?;
            let load = known.loads.get(&member.id).copied().unwrap_or_default();
            Some(Candidate { member, expert, serves: member.serves(day).is_ok(), load })
        })
        .collect();
    candidates.sort_by_key(|candidate| candidate.member.id);
    let panels: BTreeMap<ApplicationId, &Panel> = known.panels.iter().map(|panel| (panel.application, panel)).collect();
    let mut wanting: Vec<Wanting<'_>> = known
        .applications
        .iter()
        .map(|application| {
            let panel = panels.get(&application.id).copied();
            let judging = panel.map_or(0, |panel| panel.judging().count());
            let kept_out = candidates.iter().enumerate().filter_map(|(place, candidate)| {
                Some((place, kept_out((candidate, known.counsels), application, panel, (rules.look_back_months, day))?))
            });
            let (kept_out, missing) = (kept_out.collect(), per_application.saturating_sub(judging));
            Wanting { application, panel, kept_out, missing }
        })
        .collect();
    wanting.sort_by_key(|one| (Reverse(one.kept_out.len()), one.application.id));
    let mut seats: Vec<ProposedSeat> = Vec::new();
    let mut chosen: BTreeMap<ApplicationId, Vec<MemberId>> = BTreeMap::new();
    for _ in 0..per_application {
        for one in wanting.iter_mut().filter(|one| one.missing > 0) {
            let given = chosen.entry(one.application.id).or_default();
            let free = |place: usize, candidate: &Candidate<'_>| {
                !one.kept_out.contains_key(&place)
                    && candidate.load < rules.max_load
                    && !given.contains(&candidate.member.id)
                    && one.panel.is_none_or(|panel| !holds_seat(panel, candidate.member.id))
            };
            let best = candidates
                .iter_mut()
                .enumerate()
                .filter(|(place, candidate)| free(*place, candidate))
                .min_by_key(|(_, c)| (Reverse(matched(c.expert, one.application).len()), c.load, c.member.id));
            let Some((_, best)) = best else { continue };
            best.load = best.load.saturating_add(1);
            one.missing = one.missing.saturating_sub(1);
            given.push(best.member.id);
            let matched = matched(best.expert, one.application);
            let reason = if matched.is_empty() { ProposalReason::Load } else { ProposalReason::Expertise };
            let (application, member) = (one.application.id, best.member.id);
            seats.push(ProposedSeat { application, member, reason, matched, load: best.load });
        }
    }
    let unfilled = wanting.iter().filter(|one| one.missing > 0);
    let mut unfilled: Vec<Unfilled> = unfilled.map(|one| unfilled_of(one, &candidates, rules.max_load)).collect();
    unfilled.sort_by_key(|one| one.application);
    Proposal { seats, unfilled }
}

fn unfilled_of(one: &Wanting<'_>, candidates: &[Candidate<'_>], max_load: usize) -> Unfilled {
    let seated = |id: MemberId| one.panel.is_some_and(|panel| holds_seat(panel, id) && !panel.is_barred(id));
    let kept_out = candidates.iter().enumerate().filter_map(|(place, candidate)| {
        let full = (candidate.load >= max_load && !seated(candidate.member.id)).then_some(KeptOutBy::LoadReached);
        let why = one.kept_out.get(&place).copied().or(full)?;
        Some(KeptOut { member: candidate.member.id, why })
    });
    Unfilled { application: one.application.id, missing: one.missing, kept_out: kept_out.collect() }
}

fn holds_seat(panel: &Panel, member: MemberId) -> bool {
    panel.seats.iter().any(|seat| seat.member == member && seat.released.is_none())
}

fn kept_out(
    (candidate, counsels): (&Candidate<'_>, &[Counsel]),
    application: &Application,
    panel: Option<&Panel>,
    (look_back_months, day): (u64, Day),
) -> Option<KeptOutBy> {
    if !candidate.serves {
        return Some(KeptOutBy::NotServing);
    }
    if panel.is_some_and(|panel| panel.is_barred(candidate.member.id)) {
        return Some(KeptOutBy::Barred);
    }
    let ties = ties_found((candidate.expert, counsels), application, look_back_months, day);
    ties.iter().any(|(_, severity, _)| *severity != Severity::Potential).then_some(KeptOutBy::Tied)
}

/// The fields that an application names and an expert knows, as the application orders them.
fn matched(expert: &Expert, application: &Application) -> Vec<FieldCode> {
    let fields = &application.counting().fields;
    fields.iter().filter(|code| expert.details.expertise.contains(code)).cloned().collect()
}
