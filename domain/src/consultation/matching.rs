//! Who could counsel (자문위원 추천): advisers matched by what they know, their load, and what ties them. It only proposes.

use super::{
    ADVISER_JUDGES, ADVISER_LOADED, ADVISER_NOT_SERVING, ADVISER_TIED, Adviser, Consultation, ConsultationMove, Topic,
};
use crate::{
    account::AccountId,
    code_list,
    committee::{Expert, ExpertId, Tie, TieKind, With},
    day::Day,
    problem::{Fault, Words},
    project::FieldCode,
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// So many are proposed at most, and so many of those who are not are told.
const SHOWN: usize = 20;
const TOLD: usize = 200;

/// Who could give the counsel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchProposal {
    /// How many advisers were looked at.
    #[schema(minimum = 0, maximum = 100_000)]
    pub considered: usize,
    /// The best first: who knows most of the topics, then of the project's fields, then has the fewest consultations.
    #[schema(max_items = 20)]
    pub candidates: Vec<Candidate>,
    /// Advisers who are not proposed, each with the reason, the gravest first.
    #[schema(max_items = 200)]
    pub not_proposed: Vec<NotProposed>,
}

/// An adviser who could give the counsel, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Who.
    pub adviser: ExpertId,
    /// The name.
    pub name: Line<80>,
    /// The topics asked for on which the adviser counsels.
    #[schema(max_items = 8)]
    pub topics: Vec<Topic>,
    /// The project's fields that the adviser knows.
    #[schema(max_items = 10)]
    pub fields: Vec<FieldCode>,
    /// How many consultations the adviser has under way.
    #[schema(minimum = 0, maximum = 100_000)]
    pub load: usize,
    /// How many the adviser may have.
    #[schema(minimum = 1, maximum = 100)]
    pub max_load: u32,
}

/// An adviser who is not proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotProposed {
    /// Who.
    pub adviser: ExpertId,
    /// The name.
    pub name: Line<80>,
    /// Why.
    pub why: NotProposedBy,
    /// What exactly: the tie, the load.
    pub detail: Option<Words>,
}

code_list! {
    /// Why an adviser is not proposed.
    pub enum NotProposedBy {
        /// Outside the term, or released.
        NotServing = "not_serving" / "임기 아님",
        /// Tied to a body of the project.
        Tied = "tied" / "이해관계",
        /// Judges an application of a body of the project.
        Judges = "judges" / "신청 평가 중",
        /// Has as many consultations as the terms allow.
        LoadReached = "load_reached" / "담당 한도",
        /// Has declined this consultation.
        Declined = "declined" / "사양함",
        /// Counsels on none of the topics.
        NoTopic = "no_topic" / "분야 다름",
    }
}

/// An adviser who may be chosen, with what is known of the expert.
#[derive(Debug, Clone, Copy)]
pub struct Suitor<'a> {
    /// The terms.
    pub adviser: &'a Adviser,
    /// The expert.
    pub expert: &'a Expert,
}

/// What choosing must know beside the advisers.
#[derive(Debug, Clone, Copy)]
pub struct MatchGround<'a> {
    /// How many consultations each adviser has under way, this one not among them.
    pub loads: &'a BTreeMap<ExpertId, usize>,
    /// The accounts that judge applications of the project's bodies now.
    pub judging: &'a BTreeSet<AccountId>,
}

impl Suitor<'_> {
    fn load(&self, ground: &MatchGround<'_>) -> usize {
        ground.loads.get(&self.adviser.id).copied().unwrap_or_default()
    }
    /// What ties the expert to a body of the project on a day.
    fn tie(&self, consultation: &Consultation, day: Day) -> Option<&Tie> {
        let of = |with: &With| matches!(with, With::Body(body) if consultation.bodies().any(|one| one == body));
        let binds = |kind| matches!(kind, TieKind::Employed | TieKind::Contracted | TieKind::Audited | TieKind::Kin);
        self.expert.details.ties.iter().find(|tie| binds(tie.kind) && of(&tie.with) && tie.lasts(day))
    }
    /// What stands in the way, the gravest first.
    fn hindered(
        &self,
        consultation: &Consultation,
        ground: &MatchGround<'_>,
        day: Day,
    ) -> Vec<(NotProposedBy, Option<Words>)> {
        let mut found = Vec::new();
        if !self.adviser.serves(day) {
            let terms = &self.adviser.terms;
            let span = format!("{}~{}", terms.term_from, terms.term_to);
            found.push((NotProposedBy::NotServing, Some(Words::made(format!("임기 {span}"), format!("term {span}")))));
        }
        if let Some(tie) = self.tie(consultation, day) {
            let with = match &tie.with {
                With::Body(body) => body.to_string(),
                With::Organisation(name) => name.to_string(),
            };
            let words = Words::made(format!("{}: {with}", tie.kind.ko()), format!("{}: {with}", tie.kind.name()));
            found.push((NotProposedBy::Tied, Some(words)));
        }
        if ground.judging.contains(&self.adviser.account) {
            found.push((NotProposedBy::Judges, None));
        }
        let (load, most) = (self.load(ground), self.adviser.terms.max_load);
        if u32::try_from(load).unwrap_or(u32::MAX) >= most {
            found.push((
                NotProposedBy::LoadReached,
                Some(Words::made(format!("{load}건/{most}건"), format!("{load} of {most}"))),
            ));
        }
        found
    }
    /// The faults for which this adviser cannot be chosen.
    pub(super) fn hindrances(&self, consultation: &Consultation, ground: &MatchGround<'_>, day: Day) -> Vec<Fault> {
        let fault = |(why, _): (NotProposedBy, Option<Words>)| {
            let code = match why {
                NotProposedBy::NotServing => &ADVISER_NOT_SERVING,
                NotProposedBy::Tied => &ADVISER_TIED,
                NotProposedBy::Judges => &ADVISER_JUDGES,
                NotProposedBy::LoadReached => &ADVISER_LOADED,
                NotProposedBy::Declined | NotProposedBy::NoTopic => return None,
            };
            Some(Fault::new("/adviser", code))
        };
        self.hindered(consultation, ground, day).into_iter().filter_map(fault).collect()
    }
}

/// Proposes advisers for a consultation on a project of these fields. The same state always gives the same proposal.
pub fn proposed(
    consultation: &Consultation,
    fields: &[FieldCode],
    suitors: &[Suitor<'_>],
    ground: &MatchGround<'_>,
    day: Day,
) -> MatchProposal {
    let mut candidates = Vec::new();
    let mut not_proposed = Vec::new();
    for suitor in suitors {
        let (adviser, name) = (suitor.adviser.id, suitor.expert.details.name.clone());
        let knows = |topic: &&Topic| suitor.adviser.terms.topics.contains(topic);
        let topics: Vec<Topic> = consultation.request.topics.iter().filter(knows).copied().collect();
        let hindered = suitor.hindered(consultation, ground, day).into_iter().next();
        let declined = || consultation.has_declined(suitor.adviser.account).then_some((NotProposedBy::Declined, None));
        let unknowing = || topics.is_empty().then_some((NotProposedBy::NoTopic, None));
        if let Some((why, detail)) = hindered.or_else(declined).or_else(unknowing) {
            not_proposed.push(NotProposed { adviser, name, why, detail });
            continue;
        }
        let knows = |field: &&FieldCode| suitor.expert.details.expertise.contains(field);
        let fields: Vec<FieldCode> = fields.iter().filter(knows).cloned().collect();
        let (load, max_load) = (suitor.load(ground), suitor.adviser.terms.max_load);
        candidates.push(Candidate { adviser, name, topics, fields, load, max_load });
    }
    candidates.sort_by_key(|one| (Reverse(one.topics.len()), Reverse(one.fields.len()), one.load, one.adviser));
    candidates.truncate(SHOWN);
    not_proposed.sort_by_key(|one| (one.why, one.adviser));
    not_proposed.truncate(TOLD);
    MatchProposal { considered: suitors.len(), candidates, not_proposed }
}

impl Consultation {
    /// True when this account has said no to it.
    fn has_declined(&self, account: AccountId) -> bool {
        let no = |moved: &super::ConsultationMoved| {
            moved.did == ConsultationMove::Decline && moved.stamp.by.get() == account.get()
        };
        self.history.iter().any(no)
    }
}
