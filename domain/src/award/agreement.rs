//! The agreement (협약): its conditions and instalments, and the project that it opens.

use super::{
    Award, AwardLine, AwardState, FundingSource, INSTALMENTS_NOT_WHOLE, OpenedProject, PAYER_UNKNOWN, Termination,
};
use crate::{
    access::BodyKey,
    body::government_key,
    budget::{self, Amount, Movement, OUTSIDE_FISCAL_YEAR, bookable},
    cost_share::Level,
    day::Day,
    money::Won,
    problem::{DUPLICATE, Fault, Refusal, WRONG_LENGTH, WRONG_ORDER, Words},
    project::{ProjectCode, ProjectId, Stamp, problems::IN_FUTURE},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// An agreement, as it was concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardAgreement)]
pub struct Agreement {
    /// Its number on paper; the commitment's reference in the ledger of the national line.
    pub number: Line<80>,
    /// Signed.
    pub signed_on: Day,
    /// The first day of the work.
    pub begins_on: Day,
    /// The last day of the work.
    pub ends_on: Day,
    /// What the recipient has to meet.
    #[schema(max_items = 100)]
    pub conditions: Vec<AgreementCondition>,
    /// When which part of the national money is paid. They add up to all of it.
    #[schema(max_items = 50)]
    pub instalments: Vec<Instalment>,
    /// The project that was opened. Its progress is checked there.
    pub project: ProjectId,
    /// Its number.
    pub project_code: ProjectCode,
    /// The budget lines that were opened with it, one for each source that pays something.
    #[schema(max_items = 4)]
    pub lines: Vec<AwardLine>,
    /// Recorded.
    pub concluded: Stamp,
}

/// Something that the recipient has to meet (협약 조건).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementCondition {
    /// Its number, from 1.
    #[schema(minimum = 1, maximum = 100)]
    pub number: usize,
    /// What.
    pub text: Prose<2000>,
    /// By when.
    pub due: Option<Day>,
    /// That it was met.
    pub met: Option<ConditionMet>,
}

/// That a condition was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionMet {
    /// When.
    pub on: Day,
    /// How it is known.
    pub note: Option<Prose<2000>>,
    /// Recorded.
    pub stamp: Stamp,
}

/// A part of the national money (교부 회차).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// Its number, from 1.
    #[schema(minimum = 1, maximum = 50)]
    pub number: usize,
    /// When it is to be paid.
    pub due_on: Day,
    /// How much, in won.
    pub national_krw: Amount,
    /// That it was paid.
    pub paid: Option<InstalmentPaid>,
}

/// That an instalment was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstalmentPaid {
    /// When.
    pub on: Day,
    /// Recorded.
    pub stamp: Stamp,
}

/// An agreement to be concluded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAwardAgreement, example = json!({
    "number": "2026-공공AI-07", "signed_on": "2026-11-20", "begins_on": "2026-12-01", "ends_on": "2027-11-30",
    "conditions": [{ "text": "개인정보 영향평가를 마친다", "due": "2026-12-31" }],
    "instalments": [{ "due_on": "2026-12-10", "national_krw": 630_000_000 }, { "due_on": "2027-06-30", "national_krw": 270_000_000 }]
}))]
pub struct NewAgreement {
    /// Its number on paper.
    pub number: Line<80>,
    /// Signed; not in the future, and within the fiscal year whose money is given.
    pub signed_on: Day,
    /// The first day of the work.
    pub begins_on: Day,
    /// The last day of the work.
    pub ends_on: Day,
    /// What the recipient has to meet.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub conditions: Vec<NewCondition>,
    /// When which part of the national money is paid, the earliest first. They add up to all of it.
    #[schema(max_items = 50)]
    pub instalments: Vec<NewInstalment>,
    /// From which accounts the sources pay; the general account (일반회계) where nothing is said.
    #[serde(default)]
    #[schema(max_items = 4)]
    pub accounts: Vec<SourceAccount>,
}

/// Something that the recipient will have to meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAgreementCondition)]
pub struct NewCondition {
    /// What.
    pub text: Prose<2000>,
    /// By when.
    #[serde(default)]
    pub due: Option<Day>,
}

/// A part of the national money to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInstalment {
    /// When.
    pub due_on: Day,
    /// How much, in won.
    pub national_krw: Amount,
}

/// From which account a source pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceAccount {
    /// Who pays.
    pub source: FundingSource,
    /// From where.
    pub account: budget::Account,
}

impl Award {
    /// Refuses an agreement that cannot be concluded, with every fault.
    pub fn may_agree(&self, new: &NewAgreement, stamp: Stamp) -> Result<(), Refusal> {
        self.must_stand(&[AwardState::Offered])?;
        let mut faults = Vec::new();
        if new.signed_on > stamp.at.day() {
            faults.push(Fault::new("/signed_on", &IN_FUTURE));
        } else if !bookable(Movement::Commitment, self.fiscal_year, new.signed_on) {
            faults.push(Fault::new("/signed_on", &OUTSIDE_FISCAL_YEAR));
        }
        if new.ends_on < new.begins_on {
            faults.push(Fault::new("/ends_on", &WRONG_ORDER));
        }
        for (at, len, most) in [
            ("/conditions", new.conditions.len(), 100),
            ("/instalments", new.instalments.len(), 50),
            ("/accounts", new.accounts.len(), FundingSource::ALL.len()),
        ] {
            if len > most {
                faults.push(Fault::new(at, &WRONG_LENGTH));
            }
        }
        for (index, (one, next)) in new.instalments.iter().zip(new.instalments.iter().skip(1)).enumerate() {
            if next.due_on < one.due_on {
                faults.push(Fault::new(format!("/instalments/{}/due_on", index.saturating_add(1)), &WRONG_ORDER));
            }
        }
        let whole = Won::sum(new.instalments.iter().map(|one| one.national_krw.won()));
        if whole != Ok(self.split.national_krw) {
            let national = self.split.national_krw;
            let words = Words::made(
                format!("교부 회차의 합은 {national}원이어야 합니다"),
                format!("The instalments must add up to {national} won"),
            );
            faults.push(Fault::told("/instalments", &INSTALMENTS_NOT_WHOLE, words));
        }
        for (index, one) in new.accounts.iter().enumerate() {
            if new.accounts.iter().take(index).any(|earlier| earlier.source == one.source) {
                faults.push(Fault::new(format!("/accounts/{index}/source"), &DUPLICATE));
            }
        }
        Refusal::unless_clean(faults)
    }

    /// Concludes the agreement with the project and the lines that were opened by it.
    pub fn agreed(mut self, new: NewAgreement, opened: OpenedProject, stamp: Stamp) -> Result<Self, Refusal> {
        self.may_agree(&new, stamp)?;
        let NewAgreement { number, signed_on, begins_on, ends_on, conditions, instalments, .. } = new;
        let conditions = (1_usize..).zip(conditions);
        let instalments = (1_usize..).zip(instalments);
        self.agreement = Some(Agreement {
            number,
            signed_on,
            begins_on,
            ends_on,
            conditions: conditions
                .map(|(number, NewCondition { text, due })| AgreementCondition { number, text, due, met: None })
                .collect(),
            instalments: instalments
                .map(|(number, NewInstalment { due_on, national_krw })| Instalment {
                    number,
                    due_on,
                    national_krw,
                    paid: None,
                })
                .collect(),
            project: opened.project,
            project_code: opened.code,
            lines: opened.lines,
            concluded: stamp,
        });
        Ok(self.touched(stamp))
    }

    /// Terminates the agreement, with a reason. What was paid is settled afterwards.
    pub fn terminated(mut self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(&[AwardState::Agreed])?;
        self.termination = Some(Termination { reason, stamp });
        Ok(self.touched(stamp))
    }

    /// The body that pays the part of a source: the one that holds the call, the sido of the applicant, or the applicant.
    pub fn payer(&self, source: FundingSource) -> Result<BodyKey, Refusal> {
        let unknown = || Refusal::new(&PAYER_UNKNOWN);
        match (source, self.applicant.level) {
            (FundingSource::National, _) => self.holder().cloned().ok_or_else(unknown),
            (FundingSource::Sido, Level::Municipality) => {
                self.applicant.region.as_ref().and_then(|region| government_key(&region.sido())).ok_or_else(unknown)
            }
            _ => Ok(self.applicant.body.clone()),
        }
    }
}
