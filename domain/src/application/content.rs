//! What an application says (신청 내용): the plan, its cost and who pays it, what it is to bring about.

use super::{COST_PARTS_TOO_MUCH, PAPER_WANTING};
use crate::{
    access::BodyKey,
    code_list,
    day::Date,
    money::Won,
    problem::{DUPLICATE, Fault, NOT_KNOWN, OUT_OF_RANGE, WRONG_LENGTH, Words},
    project::{Benefit, FieldCode, Sha256, field, file_faults},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an application says. A draft may lack much; a submission may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApplicationContent)]
pub struct Content {
    /// Its title.
    pub title: Line<200>,
    /// In short, for those who choose.
    #[serde(default)]
    pub summary: Option<Prose<5000>>,
    /// What is to be done and how.
    #[serde(default)]
    pub plan: Option<Prose<20000>>,
    /// What it is used for, in the codes of the fields of use; members are matched by it.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub fields: Vec<FieldCode>,
    /// Other bodies that take part (컨소시엄).
    #[serde(default)]
    #[schema(max_items = 50)]
    pub partners: Vec<Partner>,
    /// What it costs in all, in won.
    #[serde(default)]
    pub total_cost_krw: Option<Won>,
    /// What is asked of the nation at most, in won; none for as much as the rules give.
    #[serde(default)]
    pub requested_national_krw: Option<Won>,
    /// What the applicant pays itself, in won.
    #[serde(default)]
    pub own_cash_krw: Option<Won>,
    /// The value of what the applicant brings in kind, in won.
    #[serde(default)]
    pub own_in_kind_krw: Option<Won>,
    /// What it is to bring about.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub expected_effects: Vec<Benefit>,
    /// When what is to be done.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub milestones: Vec<Milestone>,
    /// Whether it is built on the government-wide AI common base (범정부 AI 공통기반).
    #[serde(default)]
    pub common_base: Option<CommonBase>,
    /// Files; their bytes are kept elsewhere.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub papers: Vec<Paper>,
    /// Companies that are named in the plan: members tied to one of them step aside.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub named_suppliers: Vec<Line<200>>,
}

/// A body that takes part without leading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApplicationPartner)]
pub struct Partner {
    /// Which.
    pub body: BodyKey,
    /// What it does.
    pub part: Line<500>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApplicationMilestone)]
pub struct Milestone {
    /// What is reached.
    pub title: Line<200>,
    /// When.
    pub due: Date,
}

code_list! {
    /// Whether a plan is built on the government-wide AI common base.
    pub enum CommonBase {
        /// It runs on it.
        Uses = "uses" / "활용",
        /// It is to be tied to it.
        Connects = "connects" / "연계",
        /// It does without.
        Independent = "independent" / "미활용",
    }
}

code_list! {
    /// What a file is.
    pub enum PaperKind {
        /// The plan (사업계획서).
        Plan = "plan" / "사업계획서",
        /// How the cost is made up.
        CostSheet = "cost_sheet" / "산출내역서",
        /// Letters of partners and of those who pay.
        Commitment = "commitment" / "확약서",
        /// What bonus points rest on.
        Evidence = "evidence" / "증빙",
        /// Anything else.
        Other = "other" / "기타",
    }
}

/// A file of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApplicationPaper)]
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// Its name, without any path.
    pub name: Line<255>,
    /// Its media type; HWP and HWPX under every name in use.
    #[schema(value_type = String, max_length = 100, pattern = "^[a-z]+/[a-z0-9.+-]+$", example = "application/vnd.hancom.hwpx")]
    pub media_type: Line<100>,
    /// Its size in bytes, up to one gibibyte.
    #[schema(minimum = 1, maximum = 1_073_741_824)]
    pub bytes: i64,
    /// Its SHA-256.
    pub sha256: Sha256,
}

impl Content {
    /// What is wrong with it even in a draft. `lead` cannot be a partner of itself.
    pub(super) fn faults(&self, lead: &BodyKey, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (list, len, most) in [
            ("fields", self.fields.len(), 20),
            ("partners", self.partners.len(), 50),
            ("expected_effects", self.expected_effects.len(), 50),
            ("milestones", self.milestones.len(), 100),
            ("papers", self.papers.len(), 50),
            ("named_suppliers", self.named_suppliers.len(), 50),
        ] {
            if len > most {
                faults.push(Fault::new(format!("{at}/{list}"), &WRONG_LENGTH));
            }
        }
        let mut fields = BTreeSet::new();
        for (index, code) in self.fields.iter().enumerate() {
            if field(code).is_none() {
                faults.push(Fault::new(format!("{at}/fields/{index}"), &NOT_KNOWN));
            } else if !fields.insert(code) {
                faults.push(Fault::new(format!("{at}/fields/{index}"), &DUPLICATE));
            }
        }
        let mut seen = BTreeSet::from([lead]);
        for (index, partner) in self.partners.iter().enumerate() {
            if !seen.insert(&partner.body) {
                faults.push(Fault::new(format!("{at}/partners/{index}/body"), &DUPLICATE));
            }
        }
        for (index, paper) in self.papers.iter().enumerate() {
            faults.extend(file_faults(&format!("{at}/papers/{index}"), &paper.name, &paper.media_type, paper.bytes));
        }
        faults.extend(self.money_faults(at));
        faults
    }

    fn money_faults(&self, at: &str) -> Vec<Fault> {
        let parts = [
            ("requested_national_krw", self.requested_national_krw),
            ("own_cash_krw", self.own_cash_krw),
            ("own_in_kind_krw", self.own_in_kind_krw),
        ];
        let all = parts.into_iter().chain([("total_cost_krw", self.total_cost_krw)]);
        let mut faults: Vec<Fault> = all
            .filter(|(_, amount)| amount.is_some_and(Won::is_negative))
            .map(|(name, _)| Fault::new(format!("{at}/{name}"), &OUT_OF_RANGE))
            .collect();
        if let Some(total) = self.total_cost_krw {
            if total == Won::ZERO {
                faults.push(Fault::new(format!("{at}/total_cost_krw"), &OUT_OF_RANGE));
            }
            match Won::sum(parts.into_iter().filter_map(|(_, amount)| amount)) {
                Ok(sum) if sum <= total => {}
                _ => faults.push(Fault::new(format!("{at}/total_cost_krw"), &COST_PARTS_TOO_MUCH)),
            }
        }
        faults
    }

    /// What is wanting before it can be submitted.
    pub(super) fn wanting(&self, at: &str) -> Vec<Fault> {
        let plan_file = self.papers.iter().any(|paper| paper.kind == PaperKind::Plan);
        let wanted = [
            ("summary", self.summary.is_some(), "요약이 없습니다", "There is no summary"),
            ("plan", self.plan.is_some(), "사업 계획이 없습니다", "There is no plan"),
            ("total_cost_krw", self.total_cost_krw.is_some(), "총사업비가 없습니다", "There is no total cost"),
            (
                "expected_effects",
                !self.expected_effects.is_empty(),
                "기대 효과가 없습니다",
                "There is no expected effect",
            ),
            ("milestones", !self.milestones.is_empty(), "추진 일정이 없습니다", "There is no milestone"),
            (
                "common_base",
                self.common_base.is_some(),
                "공통기반 활용 여부가 없습니다",
                "It is not said whether the common base is used",
            ),
            ("papers", plan_file, "사업계획서 파일이 없습니다", "The plan's file is missing"),
        ];
        let missing = wanted.into_iter().filter(|(_, there, ..)| !there);
        missing
            .map(|(name, _, ko, en)| Fault::told(format!("{at}/{name}"), &PAPER_WANTING, Words::fixed(ko, en)))
            .collect()
    }
}
