//! Members (위원): drawn or appointed, bound by a pledge, for a term; they leave and are replaced, and what they did stays.

use super::{
    CHAIR_WANTING, COMMITTEE_FULL, COMMITTEE_TOO_SMALL, Committee, Draw, DrawAsk, EXPERT_RETIRED,
    EXPERT_WITHOUT_ACCOUNT, Expert, ExpertId, ExpertStanding, MEMBER_ALREADY, MEMBER_LEFT, MEMBER_UNKNOWN,
    NOT_DRAWABLE, PLEDGE_GIVEN, PLEDGE_WANTING, Sector, Seed, TERM_OVER, TOO_FEW_PRIVATE, drawn,
};
use crate::{
    account::AccountId,
    call::{CommitteeRules, SupportCall},
    code_list,
    day::Day,
    problem::{Fault, OUT_OF_RANGE, Refusal, WRONG_LENGTH},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// So many lots are drawn for one committee at most.
const MOST_DRAWS: usize = 100;

/// A member is known by the account with which it signs in.
pub type MemberId = AccountId;

/// Somebody on the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The account.
    pub id: MemberId,
    /// The expert of the pool.
    pub expert: ExpertId,
    /// What the member is there as.
    pub role: MemberRole,
    /// Official or private expert, as the expert was when it came.
    pub sector: Sector,
    /// How it came.
    pub origin: Origin,
    /// When, and by whom it was brought in.
    pub since: Stamp,
    /// Last day of its term (KST, inclusive); none for as long as the call lasts.
    pub term_to: Option<Day>,
    /// Its pledge. Before it no paper is seen.
    pub pledge: Option<Pledge>,
    /// That it has left.
    pub left: Option<Departure>,
}

code_list! {
    /// What a member is there as.
    pub enum MemberRole {
        /// Leads the meetings; scores like any other, and once.
        Chair = "chair" / "위원장",
        /// Scores.
        Member = "member" / "위원",
    }
}

/// How a member came to the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// By lot (추첨).
    Lot {
        /// Which draw of the committee, from 1.
        #[schema(minimum = 1, maximum = 100)]
        draw: i64,
    },
    /// Appointed (위촉), with a reason.
    Appointment {
        /// Why.
        reason: Prose<2000>,
    },
}

/// The pledge of secrecy and of no conflict (서약).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pledge {
    /// The words that were pledged.
    pub words: Prose<5000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// That a member has left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom it was recorded.
    pub stamp: Stamp,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// Whom.
    pub expert: ExpertId,
    /// As what.
    pub role: MemberRole,
    /// Last day of the term.
    #[serde(default)]
    pub term_to: Option<Day>,
    /// Why, when nobody was drawn.
    pub reason: Prose<2000>,
}

/// That a member leaves, and who takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// Why.
    pub reason: Prose<2000>,
    /// Who comes instead, if anybody.
    #[serde(default)]
    pub successor: Option<Appointment>,
}

impl Member {
    /// Why the member may not be given or read a paper on that day.
    pub fn serves(&self, day: Day) -> Result<(), Refusal> {
        if self.left.is_some() {
            return Err(Refusal::new(&MEMBER_LEFT));
        }
        if self.term_to.is_some_and(|last| last < day) {
            return Err(Refusal::new(&TERM_OVER));
        }
        if self.pledge.is_none() {
            return Err(Refusal::new(&PLEDGE_WANTING));
        }
        Ok(())
    }
}

impl Committee {
    /// The empty committee that every call has before its first member comes: its version is 1, and it is kept nowhere.
    pub fn of(call: &SupportCall, stamp: Stamp) -> Self {
        Self {
            call: call.key.clone(),
            version: 1,
            run_by: call.run_by(),
            members: Vec::new(),
            draws: Vec::new(),
            created: stamp,
            updated: stamp,
        }
    }
    /// True before anybody has made anything of it.
    pub const fn is_untouched(&self) -> bool {
        self.version == 1
    }
    /// Those who have not left.
    pub fn active(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.left.is_none())
    }
    /// The active member with this account.
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.active().find(|member| member.id == id)
    }

    /// Brings in those whom a lot has chosen, as ordinary members.
    pub fn with_draw(mut self, draw: Draw, chosen: &[Expert], rules: &CommitteeRules) -> Result<Self, Refusal> {
        let number = i64::try_from(self.draws.len()).unwrap_or(i64::MAX).saturating_add(1);
        let stamp = draw.stamp;
        self.draws.push(draw);
        for (index, expert) in chosen.iter().enumerate() {
            let place = (MemberRole::Member, Origin::Lot { draw: number }, None);
            self.take_in(expert, place, stamp, &format!("/chosen/{index}"))?;
        }
        self.not_too_many(rules)?;
        Ok(self.touched(stamp))
    }

    /// Draws a lot among those who are asked for and brings in whom it has chosen. The seed is made by chance and recorded:
    /// with the same seed and the same pool anybody draws the same lot again.
    pub fn with_lot(
        self,
        ask: &DrawAsk,
        pool: &[Expert],
        rules: &CommitteeRules,
        (seed, stamp): (Seed, Stamp),
    ) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        if ask.seats.public == 0 && ask.seats.private == 0 {
            faults.push(Fault::new("/seats", &OUT_OF_RANGE));
        }
        if self.draws.len() >= MOST_DRAWS {
            faults.push(Fault::new("", &WRONG_LENGTH));
        }
        let can = |expert: &&Expert| self.could_take(expert);
        for (index, id) in ask.among.iter().enumerate() {
            if !pool.iter().filter(can).any(|expert| expert.id == *id) {
                faults.push(Fault::new(format!("/among/{index}"), &NOT_DRAWABLE));
            }
        }
        Refusal::unless_clean(faults)?;
        let asked = |expert: &&Expert| ask.among.is_empty() || ask.among.contains(&expert.id);
        let candidates: Vec<&Expert> = pool.iter().filter(can).filter(asked).collect();
        let chosen = drawn(&seed, ask.seats, &candidates)?;
        let of = |id: &ExpertId| candidates.iter().find(|expert| expert.id == *id).map(|expert| (*expert).clone());
        let experts: Vec<Expert> = chosen.iter().filter_map(of).collect();
        let pool: BTreeSet<ExpertId> = candidates.iter().map(|expert| expert.id).collect();
        let draw = Draw { seed, seats: ask.seats, pool: pool.into_iter().collect(), chosen, stamp };
        self.with_draw(draw, &experts, rules)
    }

    /// True for an active expert with an account who is no member.
    fn could_take(&self, expert: &Expert) -> bool {
        let member = |m: &Member| m.expert == expert.id || Some(m.id) == expert.details.account;
        expert.standing == ExpertStanding::Active && expert.details.account.is_some() && !self.active().any(member)
    }

    /// Lets a member leave and, in the same step, its successor come.
    pub fn replaced(
        self,
        id: MemberId,
        with: Replacement,
        successor: Option<&Expert>,
        (rules, stamp): (&CommitteeRules, Stamp),
    ) -> Result<Self, Refusal> {
        let mut left = self.without(id, with.reason, stamp)?;
        let Some((Appointment { role, term_to, reason, .. }, expert)) = with.successor.zip(successor) else {
            return Ok(left);
        };
        left.take_in(expert, (role, Origin::Appointment { reason }, term_to), stamp, "/successor/expert")?;
        left.not_too_many(rules)?;
        Ok(left)
    }

    /// Brings in somebody by appointment.
    pub fn with_appointment(
        mut self,
        new: Appointment,
        expert: &Expert,
        rules: &CommitteeRules,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let Appointment { role, term_to, reason, .. } = new;
        self.take_in(expert, (role, Origin::Appointment { reason }, term_to), stamp, "/expert")?;
        self.not_too_many(rules)?;
        Ok(self.touched(stamp))
    }

    fn take_in(
        &mut self,
        expert: &Expert,
        (role, origin, term_to): (MemberRole, Origin, Option<Day>),
        stamp: Stamp,
        at: &str,
    ) -> Result<(), Refusal> {
        let one = |code| Refusal::new(&crate::problem::INVALID).with(vec![Fault::new(at, code)]);
        if expert.standing != ExpertStanding::Active {
            return Err(one(&EXPERT_RETIRED));
        }
        let Some(id) = expert.details.account else { return Err(one(&EXPERT_WITHOUT_ACCOUNT)) };
        if self.active().any(|member| member.id == id || member.expert == expert.id) {
            return Err(one(&MEMBER_ALREADY));
        }
        if role == MemberRole::Chair && self.active().any(|member| member.role == MemberRole::Chair) {
            return Err(one(&CHAIR_WANTING));
        }
        let sector = expert.details.sector;
        let member =
            Member { id, expert: expert.id, role, sector, origin, since: stamp, term_to, pledge: None, left: None };
        self.members.push(member);
        Ok(())
    }

    fn not_too_many(&self, rules: &CommitteeRules) -> Result<(), Refusal> {
        if self.active().count() <= rules.max_members { Ok(()) } else { Err(Refusal::new(&COMMITTEE_FULL)) }
    }

    /// Names the chair anew, from among the members.
    pub fn chaired_by(mut self, id: MemberId, stamp: Stamp) -> Result<Self, Refusal> {
        if self.member(id).is_none() {
            return Err(unknown("/member"));
        }
        for member in self.members.iter_mut().filter(|member| member.left.is_none()) {
            member.role = if member.id == id { MemberRole::Chair } else { MemberRole::Member };
        }
        Ok(self.touched(stamp))
    }

    /// Records a member's own pledge.
    pub fn pledged(mut self, words: Prose<5000>, stamp: Stamp) -> Result<Self, Refusal> {
        let own = self.members.iter_mut().find(|m| m.left.is_none() && m.id.get() == stamp.by.get());
        let member = own.ok_or_else(|| unknown(""))?;
        if member.pledge.is_some() {
            return Err(Refusal::new(&PLEDGE_GIVEN));
        }
        member.pledge = Some(Pledge { words, stamp });
        Ok(self.touched(stamp))
    }

    /// Records that a member leaves. What the member did stays; what was assigned to it is to be given to others.
    pub fn without(mut self, id: MemberId, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        let member = self.members.iter_mut().find(|m| m.left.is_none() && m.id == id).ok_or_else(|| unknown(""))?;
        member.left = Some(Departure { reason, stamp });
        Ok(self.touched(stamp))
    }

    /// Everything in which its composition falls short of the call's rules.
    pub fn composition_faults(&self, rules: &CommitteeRules) -> Vec<Fault> {
        let count = |of: fn(&Member) -> bool| self.active().filter(|member| of(member)).count();
        let wrong = [
            (count(|_| true) < rules.min_members, &COMMITTEE_TOO_SMALL),
            (count(|_| true) > rules.max_members, &COMMITTEE_FULL),
            (count(|member| member.sector == Sector::Private) < rules.min_private, &TOO_FEW_PRIVATE),
            (count(|member| member.role == MemberRole::Chair) != 1, &CHAIR_WANTING),
            (count(|member| member.pledge.is_none()) > 0, &PLEDGE_WANTING),
        ];
        wrong.into_iter().filter(|(wrong, _)| *wrong).map(|(_, code)| Fault::new("/members", code)).collect()
    }

    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

fn unknown(at: &str) -> Refusal {
    Refusal::new(&MEMBER_UNKNOWN).with(vec![Fault::new(at, &MEMBER_UNKNOWN)])
}
