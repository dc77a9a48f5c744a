//! Bodies (기관): ministries, agencies, public institutions and local governments, with their lives and lineage.
//!
//! A body keeps its key, name and history for ever. Reorganisation closes one body and names its successors
//! (domain rule: "history stays under the old name, and a closed body takes no new project").

mod built_in;
mod government;
mod life;
mod org_code;

pub use built_in::built_in;
pub use government::government_key;
pub use life::Standing;
pub use org_code::{Digits, OrgCode, OrgCodeBasis};

use crate::{
    access::{Actor, BodyKey, Subject},
    code_list, codes,
    day::Day,
    name::Name,
    problem::{self, Fault, Refusal, Words},
    region::RegionCode,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

code_list! {
    /// What a body is. The first four are the 중앙행정기관 of the Government Organisation Act (정부조직법).
    pub enum BodyKind {
        /// Headed by a minister.
        Ministry = "ministry" / "부",
        /// Under the prime minister, for matters that cross ministries.
        Office = "office" / "처",
        /// Under a ministry, mostly carrying out.
        Agency = "agency" / "청",
        /// Decides as a board.
        Commission = "commission" / "위원회",
        /// Co-ordinates ministries.
        CoordinationBody = "coordination_body" / "조정기관",
        /// The Board of Audit and Inspection.
        AuditBody = "audit_body" / "감사기관",
        /// The National Intelligence Service.
        IntelligenceBody = "intelligence_body" / "정보기관",
        /// Belongs to none of the three powers.
        IndependentBody = "independent_body" / "독립기관",
        /// Advises the president.
        PresidentialCommittee = "presidential_committee" / "대통령 소속 위원회",
        /// Runs programmes for a ministry (NIA, NIPA).
        ManagingAgency = "managing_agency" / "전담기관",
        /// Under the Act on the Management of Public Institutions.
        PublicInstitution = "public_institution" / "공공기관",
        /// Of either tier; names its region.
        LocalGovernment = "local_government" / "지방정부",
        /// Founded jointly by local governments (충청권광역연합).
        SpecialLocalBody = "special_local_body" / "특별지방자치단체",
        /// Examines AI systems (TTA).
        VerificationBody = "verification_body" / "검증기관",
    }
}

impl BodyKind {
    /// True for the central administrative agencies (중앙행정기관): 부, 처, 청, 위원회.
    pub const fn is_central(self) -> bool {
        matches!(self, Self::Ministry | Self::Office | Self::Agency | Self::Commission)
    }
}

code_list! {
    /// The two offices that a body may stand under and that are no rows of the register.
    pub enum Head {
        /// Directly under the president.
        President = "president" / "대통령",
        /// Directly under the prime minister.
        PrimeMinister = "prime_minister" / "국무총리",
    }
}

/// A body as it is entered: what [`Body::create`] takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBody {
    /// Its own short key; never changes and is never used again.
    pub key: BodyKey,
    /// What it is.
    pub kind: BodyKind,
    /// For a local government: its region. The name alone does not tell one 중구 from another.
    #[serde(default)]
    pub region: Option<RegionCode>,
    /// What may be corrected later.
    pub facts: BodyFacts,
    /// Bodies that this one continues, wholly or in part.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub predecessors: Vec<BodyKey>,
}

/// What may be corrected about a body. A new name of a living body is a correction; a reorganisation is a new body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BodyFacts {
    /// Name, Korean and English.
    pub name: Name,
    /// Usual abbreviation (MOIS).
    #[serde(default)]
    pub abbreviation: Option<Line<20>>,
    /// The body it belongs to. Not together with `under`.
    #[serde(default)]
    pub parent: Option<BodyKey>,
    /// The office it stands under. Not together with `parent`.
    #[serde(default)]
    pub under: Option<Head>,
    /// Standard organisation code (행정표준코드), where known.
    #[serde(default)]
    pub org_code: Option<OrgCode>,
    /// First day in force; absent when not known (then taken as always).
    #[serde(default)]
    pub valid_from: Option<Day>,
    /// A predecessor known by name only, without a row of its own.
    #[serde(default)]
    pub predecessor_name: Option<Line<200>>,
    /// That predecessor's organisation code.
    #[serde(default)]
    pub predecessor_org_code: Option<Digits<7>>,
    /// Anything worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
    /// Where these facts come from.
    pub source: Line<500>,
}

/// A body. Made by [`Body::create`]; moved by [`Body::change`], [`Body::follow`] and [`Body::close`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Body {
    /// Its own short key.
    pub key: BodyKey,
    /// Counts the writes, from 1.
    #[schema(minimum = 1)]
    pub version: i64,
    /// What it is.
    pub kind: BodyKind,
    /// A local government's region.
    pub region: Option<RegionCode>,
    /// Name, place in the government, codes, source.
    pub facts: BodyFacts,
    /// Last day in force (inclusive); absent while open, or when the day is not known.
    pub valid_to: Option<Day>,
    /// True when it is known to be closed but not since when.
    #[serde(default)]
    pub closed_on_unknown_day: bool,
    /// Why it was closed.
    #[serde(default)]
    pub close_reason: Option<Prose<2000>>,
    /// Bodies that it continues.
    #[schema(max_items = 50)]
    pub predecessors: Vec<BodyKey>,
    /// Bodies that continue it. More than one after a split: work is passed on line by line, not by renaming.
    #[schema(max_items = 50)]
    pub successors: Vec<BodyKey>,
}

impl Body {
    /// Enters a body. Whether its parent, region and predecessors exist is the caller's to check.
    pub fn create(new: NewBody) -> Result<Self, Refusal> {
        let mut faults = life::lineage("/predecessors", &new.key, &new.predecessors);
        faults.extend(place("/facts", &new.key, &new.facts));
        faults.extend(home(new.kind, new.region.as_ref()));
        Refusal::unless_clean(faults)?;
        Ok(Self {
            key: new.key,
            version: 1,
            kind: new.kind,
            region: new.region,
            facts: new.facts,
            valid_to: None,
            closed_on_unknown_day: false,
            close_reason: None,
            predecessors: new.predecessors,
            successors: Vec::new(),
        })
    }

    /// Corrects facts. A closed body keeps its Korean name: its history is read under it. Faults point into the facts.
    pub fn change(self, facts: BodyFacts) -> Result<Self, Refusal> {
        let mut faults = place("", &self.key, &facts);
        if self.is_closed() && facts.name.ko != self.facts.name.ko {
            faults.push(Fault::new("/name/ko", &BODY_CLOSED));
        }
        if let (Some(from), Some(to)) = (facts.valid_from, self.valid_to)
            && from > to
        {
            faults.push(Fault::new("/valid_from", &problem::WRONG_ORDER));
        }
        Refusal::unless_clean(faults)?;
        Ok(Self { facts, version: self.version.saturating_add(1), ..self })
    }
}

/// What is wrong with a body's place in the government. `at` is where its facts stand in what was sent.
fn place(at: &str, key: &BodyKey, facts: &BodyFacts) -> Vec<Fault> {
    let mut faults = Vec::new();
    if facts.parent.as_ref() == Some(key) {
        faults.push(Fault::told(format!("{at}/parent"), &BODY_OF_ITSELF, BODY_OF_ITSELF.remedy.clone()));
    }
    if facts.parent.is_some() && facts.under.is_some() {
        let words = Words::fixed("parent와 under 가운데 하나만 넣으십시오", "Give either parent or under, not both");
        faults.push(Fault::told(format!("{at}/under"), &problem::DUPLICATE, words));
    }
    faults
}

/// A local government names its region, and nobody else has one.
fn home(kind: BodyKind, region: Option<&RegionCode>) -> Option<Fault> {
    match (kind, region) {
        (BodyKind::LocalGovernment, None) => Some(Fault::new("/region", &problem::REQUIRED)),
        (BodyKind::LocalGovernment, Some(code)) if code.is_nation() => {
            Some(Fault::new("/region", &problem::NOT_IN_LIST))
        }
        (BodyKind::LocalGovernment, Some(_)) | (_, None) => None,
        (_, Some(_)) => Some(Fault::told(
            "/region",
            &problem::NOT_IN_LIST,
            Words::fixed("지역은 지방정부에만 넣습니다", "Only a local government has a region"),
        )),
    }
}

/// Relations to a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnBody {
    /// Not with this role.
    Never,
    /// Whoever holds the role, for any body.
    Always,
    /// Whoever holds the role for this very body.
    Own,
}

impl Subject for Body {
    type Cell = OnBody;
    const KIND: &'static str = "body";
    const NEVER: OnBody = OnBody::Never;
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnBody, body: &BodyKey, _: &Actor) -> bool {
        match cell {
            OnBody::Never => false,
            OnBody::Always => true,
            OnBody::Own => *body == self.key,
        }
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}

codes! {
    BODY_CLOSED = "body_closed", 422, ["폐지된 기관입니다", "The body is closed"],
        ["폐지일 이전의 날짜로 하거나 승계 기관을 쓰십시오. 폐지된 기관의 이름은 그대로 둡니다.",
         "Use a date before its end, or one of its successors. A closed body keeps its name."];
    BODY_NOT_YET = "body_not_yet", 422, ["아직 설치되지 않은 기관입니다", "The body does not exist yet on that day"],
        ["설치일 이후의 날짜로 하거나 그 날의 기관을 쓰십시오.", "Use a date from its first day on, or the body of that day."];
    BODY_ALREADY_CLOSED = "body_already_closed", 409, ["이미 폐지된 기관입니다", "The body has been closed already"],
        ["기관의 현재 상태를 다시 읽으십시오.", "Read the body again."];
    BODY_OF_ITSELF = "body_of_itself", 422, ["기관이 자기 자신을 가리킵니다", "The body refers to itself"],
        ["다른 기관의 키를 넣으십시오.", "Give another body's key."];
}

#[cfg(test)]
mod tests;
