//! Conflicts of interest (이해충돌): declared, asserted by an applicant, or found from what is known; then decided.

use super::{CONFLICT_DECIDED, CONFLICT_UNKNOWN, Panel};
use crate::{
    application::Application,
    challenge::{CHALLENGE_TAKEN_UP, Challenge, ChallengeId},
    code_list,
    committee::{Expert, MemberId, TieKind, With},
    consultation::{Counsel, CounselState},
    day::Day,
    evaluation::ExclusionKind,
    id::Id,
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
    project::Stamp,
    text::Prose,
};
use serde::{Deserialize, Serialize};

/// A conflict's id.
pub type ConflictId = Id<Conflict>;

/// Something that stands between a member and an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Its id.
    pub id: ConflictId,
    /// Whom it concerns.
    pub member: MemberId,
    /// 제척, 기피 or 회피.
    pub kind: ExclusionKind,
    /// On what ground.
    pub ground: Ground,
    /// How grave it is.
    pub severity: Severity,
    /// How it came up.
    pub source: Source,
    /// What exactly.
    pub detail: Prose<2000>,
    /// When it came up, and through whom.
    pub raised: Stamp,
    /// The applicant's challenge that led to it (기피 신청).
    #[serde(default)]
    pub challenge: Option<ChallengeId>,
    /// What was decided.
    pub decision: Option<ConflictDecision>,
}

code_list! {
    /// On what ground a member may be kept from an application.
    pub enum Ground {
        /// Belongs to a body that applies.
        OwnBody = "own_body" / "신청 기관 소속",
        /// Was employed by one within the look-back.
        FormerEmployment = "former_employment" / "최근 재직",
        /// Has advised one, or its project, within the look-back.
        GaveAdvice = "gave_advice" / "자문 제공",
        /// Has or had a contract, research or audit with one within the look-back.
        ContractPartner = "contract_partner" / "계약·연구·감사 관계",
        /// Is tied to a company that the application names.
        NamedSupplier = "named_supplier" / "신청서에 적힌 업체와의 관계",
        /// Close kin of somebody concerned.
        Kin = "kin" / "친족",
        /// Anything else.
        Other = "other" / "기타",
    }
}

code_list! {
    /// How grave a conflict is.
    pub enum Severity {
        /// It is one.
        Real = "real" / "실제",
        /// It would look like one.
        Apparent = "apparent" / "외관상",
        /// It may become one.
        Potential = "potential" / "잠재",
    }
}

code_list! {
    /// How a conflict came up.
    #[schema(as = ConflictSource)]
    pub enum Source {
        /// The member said so.
        Declared = "declared" / "본인 신고",
        /// The applicant or the coordinator asserted it.
        Asserted = "asserted" / "제기",
        /// It follows from what is on record.
        Found = "found" / "시스템 확인",
    }
}

code_list! {
    /// How a conflict stands.
    pub enum ConflictState {
        /// Not decided; the member keeps out meanwhile.
        Open = "open" / "심의 중",
        /// The member is kept out.
        Upheld = "upheld" / "인용",
        /// Nothing stands in the way.
        Dismissed = "dismissed" / "기각",
    }
}

/// What was decided about a conflict. It is not edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConflictDecision {
    /// Whether the member is kept out.
    pub outcome: DecidedConflict,
    /// Why.
    pub reason: Prose<2000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

code_list! {
    /// What can be decided about a conflict.
    pub enum DecidedConflict {
        /// The member is kept out.
        Upheld = "upheld" / "인용",
        /// Nothing stands in the way.
        Dismissed = "dismissed" / "기각",
    }
}

/// A conflict to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConflict {
    /// Whom it concerns.
    pub member: MemberId,
    /// 제척, 기피 or 회피.
    pub kind: ExclusionKind,
    /// On what ground.
    pub ground: Ground,
    /// How grave it is.
    pub severity: Severity,
    /// What exactly.
    pub detail: Prose<2000>,
}

impl Conflict {
    pub(super) fn open(id: ConflictId, new: NewConflict, source: Source, stamp: Stamp) -> Self {
        let NewConflict { member, kind, ground, severity, detail } = new;
        Self { id, member, kind, ground, severity, source, detail, raised: stamp, challenge: None, decision: None }
    }
    pub(super) fn upheld(id: ConflictId, new: NewConflict, source: Source, stamp: Stamp) -> Self {
        let reason = new.detail.clone();
        let decision = Some(ConflictDecision { outcome: DecidedConflict::Upheld, reason, stamp });
        Self { decision, ..Self::open(id, new, source, stamp) }
    }
    /// How it stands.
    pub fn state(&self) -> ConflictState {
        match self.decision.as_ref().map(|decision| decision.outcome) {
            None => ConflictState::Open,
            Some(DecidedConflict::Upheld) => ConflictState::Upheld,
            Some(DecidedConflict::Dismissed) => ConflictState::Dismissed,
        }
    }
    /// True while it keeps the member out.
    pub fn bars(&self) -> bool {
        self.state() != ConflictState::Dismissed
    }
}

impl Panel {
    /// Records what somebody asserts. The member keeps out until it is decided.
    #[must_use]
    pub fn asserted(mut self, id: ConflictId, new: NewConflict, stamp: Stamp) -> Self {
        self.conflicts.push(Conflict::open(id, new, Source::Asserted, stamp));
        self.touched(stamp)
    }
    /// Takes an applicant's challenge up against a member, who keeps out until it is decided. Once, unless it was dismissed
    /// because somebody else was meant.
    pub fn taken_up(
        mut self,
        id: ConflictId,
        challenge: &Challenge,
        (member, severity): (MemberId, Severity),
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        if challenge.application != self.application {
            return Err(Refusal::new(&INVALID).with(vec![Fault::new("/challenge", &NOT_KNOWN)]));
        }
        challenge.waits()?;
        if self.conflicts.iter().any(|conflict| conflict.challenge == Some(challenge.id) && conflict.bars()) {
            return Err(Refusal::new(&CHALLENGE_TAKEN_UP));
        }
        let (kind, ground, detail) = (ExclusionKind::Challenge, challenge.filed.ground, challenge.filed.detail.clone());
        let new = NewConflict { member, kind, ground, severity, detail };
        self.conflicts
            .push(Conflict { challenge: Some(challenge.id), ..Conflict::open(id, new, Source::Asserted, stamp) });
        Ok(self.touched(stamp))
    }
    /// Decides a conflict, once. Nobody decides on the own; that is for the access table to hold.
    pub fn decided(
        mut self,
        id: ConflictId,
        outcome: DecidedConflict,
        reason: Prose<2000>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let conflict = self.conflicts.iter_mut().find(|c| c.id == id).ok_or_else(|| Refusal::new(&CONFLICT_UNKNOWN))?;
        if conflict.decision.is_some() {
            return Err(Refusal::new(&CONFLICT_DECIDED));
        }
        conflict.decision = Some(ConflictDecision { outcome, reason, stamp });
        Ok(self.touched(stamp))
    }
}

/// What ties an expert to the bodies that apply and to the companies that are named, as far as it is on record: each with
/// its ground and how grave it is. Counsel that the expert gave to one of these bodies is such a tie, which nobody need
/// declare. Ties that ended before the look-back are potential and bar nobody.
pub fn ties_found(
    (expert, counsels): (&Expert, &[Counsel]),
    application: &Application,
    look_back_months: u64,
    day: Day,
) -> Vec<(Ground, Severity, Prose<2000>)> {
    let content = application.submitted().map_or(&application.content, |last| &last.content);
    let applies = |with: &With| match with {
        With::Body(body) => {
            application.applicant.body == *body || content.partners.iter().any(|partner| partner.body == *body)
        }
        With::Organisation(_) => false,
    };
    let named = |with: &With| match with {
        With::Organisation(name) => {
            content.named_suppliers.iter().any(|supplier| same(supplier.as_str(), name.as_str()))
        }
        With::Body(_) => false,
    };
    let mut found = Vec::new();
    for tie in &expert.details.ties {
        let ground = match tie.kind {
            _ if named(&tie.with) => Ground::NamedSupplier,
            _ if !applies(&tie.with) => continue,
            TieKind::Employed if tie.lasts(day) => Ground::OwnBody,
            TieKind::Employed => Ground::FormerEmployment,
            TieKind::Advised => Ground::GaveAdvice,
            TieKind::Contracted | TieKind::Studied | TieKind::Audited => Ground::ContractPartner,
            TieKind::Kin => Ground::Kin,
        };
        let severity = match (tie.reaches(day, look_back_months), ground) {
            (false, _) => Severity::Potential,
            (true, Ground::NamedSupplier) => Severity::Apparent,
            (true, _) => Severity::Real,
        };
        let with = match &tie.with {
            With::Body(body) => body.to_string(),
            With::Organisation(name) => name.to_string(),
        };
        let span = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
        let text = format!("{}: {with} ({}~{})", tie.kind.ko(), span(tie.from), span(tie.to));
        if let Ok(detail) = text.parse() {
            found.push((ground, severity, detail));
        }
    }
    let concerned = |counsel: &&Counsel| {
        counsel.expert == expert.id && counsel.bodies.iter().any(|body| applies(&With::Body(body.clone())))
    };
    for counsel in counsels.iter().filter(concerned) {
        let severity = match (counsel.reaches(day, look_back_months), counsel.state) {
            (false, _) => Severity::Potential,
            (true, CounselState::Given) => Severity::Real,
            (true, CounselState::Promised) => Severity::Apparent,
        };
        let (project, from, to) = (&counsel.project, counsel.from, counsel.to);
        let to = to.map_or_else(String::new, |day| day.to_string());
        if let Ok(detail) = format!("{}: {project} ({from}~{to})", counsel.state.ko()).parse() {
            found.push((Ground::GaveAdvice, severity, detail));
        }
    }
    found
}

/// The same name, however it is spaced and cased.
fn same(one: &str, other: &str) -> bool {
    crate::similar::normalised(one) == crate::similar::normalised(other)
}
