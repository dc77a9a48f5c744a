//! Settlement (정산): what was used of each source, with evidence, and what goes back (반납).

use super::{Award, AwardState, FundingSource, USED_BEYOND_PAID};
use crate::{
    day::Day,
    money::Won,
    problem::{DUPLICATE, Fault, NOT_KNOWN, OUT_OF_RANGE, REQUIRED, Refusal, WRONG_LENGTH, WRONG_ORDER},
    project::{Sha256, Stamp, problems::IN_FUTURE},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// What was used and what goes back, source by source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardSettlement)]
pub struct Settlement {
    /// The day of the settlement.
    pub settled_on: Day,
    /// One for each source of the award.
    #[schema(max_items = 4)]
    pub sources: Vec<SourceSettlement>,
    /// What it rests on.
    #[schema(max_items = 50)]
    pub evidence: Vec<SettlementPaper>,
    /// What is worth knowing.
    pub note: Option<Prose<2000>>,
    /// Recorded.
    pub stamp: Stamp,
}

/// What became of the money of a source. What was paid in is what was used and what goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceSettlement {
    /// Who paid.
    pub source: FundingSource,
    /// Paid in, in won: of the nation the instalments that were paid.
    pub paid_in_krw: Won,
    /// Used, in won.
    pub used_krw: Won,
    /// What goes back, in won.
    pub returned_krw: Won,
}

/// A paper that a settlement rests on; its bytes are kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlementPaper {
    /// Its name.
    pub name: Line<255>,
    /// Its SHA-256.
    pub sha256: Sha256,
}

/// A settlement to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAwardSettlement, example = json!({
    "settled_on": "2027-12-20", "sources": [{ "source": "national", "used_krw": 880_000_000 }, { "source": "own", "used_krw": 334_567_000 }],
    "evidence": [{ "name": "정산보고서.pdf", "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae" }]
}))]
pub struct NewSettlement {
    /// The day of the settlement; not in the future.
    pub settled_on: Day,
    /// What was used, once for each source that pays something by the award.
    #[schema(max_items = 4)]
    pub sources: Vec<NewSourceUse>,
    /// What it rests on, at least one paper.
    #[schema(min_items = 1, max_items = 50)]
    pub evidence: Vec<SettlementPaper>,
    /// What is worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
}

/// What was used of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSourceUse {
    /// Who paid.
    pub source: FundingSource,
    /// Paid in, in won, where it was not the whole part of the source. Of the nation it is always the instalments paid.
    #[serde(default)]
    pub paid_in_krw: Option<Won>,
    /// Used, in won.
    pub used_krw: Won,
}

impl Award {
    /// The national money that was paid, in won.
    pub fn national_paid(&self) -> Result<Won, Refusal> {
        let instalments = self.agreement.iter().flat_map(|agreement| &agreement.instalments);
        Ok(Won::sum(instalments.filter(|one| one.paid.is_some()).map(|one| one.national_krw.won()))?)
    }

    /// Settles it: what was paid in and not used goes back, source by source.
    pub fn settled(mut self, new: NewSettlement, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[AwardState::Agreed, AwardState::Terminated])?;
        let national = self.national_paid()?;
        let mut faults = self.settlement_faults(&new, stamp);
        let mut sources = Vec::new();
        for (index, one) in new.sources.iter().enumerate() {
            let paid_in_krw = match one.source {
                FundingSource::National => national,
                other => one.paid_in_krw.unwrap_or_else(|| self.split.part(other)),
            };
            let at = |member: &str| format!("/sources/{index}/{member}");
            if one.source == FundingSource::National && one.paid_in_krw.is_some_and(|told| told != national) {
                faults.push(Fault::new(at("paid_in_krw"), &OUT_OF_RANGE));
            }
            if paid_in_krw.is_negative() {
                faults.push(Fault::new(at("paid_in_krw"), &OUT_OF_RANGE));
            }
            if one.used_krw.is_negative() {
                faults.push(Fault::new(at("used_krw"), &OUT_OF_RANGE));
            }
            let returned_krw = paid_in_krw.minus(one.used_krw)?;
            if returned_krw.is_negative() {
                faults.push(Fault::new(at("used_krw"), &USED_BEYOND_PAID));
            }
            sources.push(SourceSettlement { source: one.source, paid_in_krw, used_krw: one.used_krw, returned_krw });
        }
        Refusal::unless_clean(faults)?;
        sources.sort_by_key(|one| one.source);
        let NewSettlement { settled_on, evidence, note, .. } = new;
        self.settlement = Some(Settlement { settled_on, sources, evidence, note, stamp });
        Ok(self.touched(stamp))
    }

    fn settlement_faults(&self, new: &NewSettlement, stamp: Stamp) -> Vec<Fault> {
        let mut faults = Vec::new();
        if new.settled_on > stamp.at.day() {
            faults.push(Fault::new("/settled_on", &IN_FUTURE));
        }
        let paid =
            self.agreement.iter().flat_map(|agreement| &agreement.instalments).filter_map(|one| one.paid.as_ref());
        let last = paid.map(|paid| paid.on).chain(self.agreement.as_ref().map(|agreement| agreement.signed_on)).max();
        if last.is_some_and(|last| new.settled_on < last) {
            faults.push(Fault::new("/settled_on", &WRONG_ORDER));
        }
        if new.evidence.is_empty() || new.evidence.len() > 50 {
            faults.push(Fault::new("/evidence", &WRONG_LENGTH));
        }
        for (index, one) in new.sources.iter().enumerate() {
            let at = format!("/sources/{index}/source");
            if self.split.part(one.source) == Won::ZERO {
                faults.push(Fault::new(at, &NOT_KNOWN));
            } else if new.sources.iter().take(index).any(|earlier| earlier.source == one.source) {
                faults.push(Fault::new(at, &DUPLICATE));
            }
        }
        let told = |source: &FundingSource| new.sources.iter().any(|one| one.source == *source);
        let paying = FundingSource::ALL.iter().filter(|source| self.split.part(**source) > Won::ZERO);
        if paying.into_iter().any(|source| !told(source)) {
            faults.push(Fault::new("/sources", &REQUIRED));
        }
        faults
    }
}
