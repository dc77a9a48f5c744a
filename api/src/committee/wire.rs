//! Wire shapes of experts and committees (위원회 입출력).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::http::{FaultBody, Language, double_option, page_ask};
use domain::{
    account::AccountId,
    call::{CommitteeRules, SupportCall},
    committee::{Committee, ExpertDetails, ExpertStanding, MemberId, Sector, Tie},
    project::FieldCode,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{committee::ExpertFilter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which experts, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListExperts {
    /// Only those of these sectors, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 2)]
    sector: Option<Vec<Sector>>,
    /// Only those who know one of these fields, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    expertise: Option<Vec<FieldCode>>,
    /// Only those that stand so, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 2)]
    standing: Option<Vec<ExpertStanding>>,
    /// Only with this in the name.
    #[param(inline)]
    q: Option<Line<100>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListExperts {
    pub(super) fn filter(&self) -> ExpertFilter {
        ExpertFilter {
            sectors: self.sector.clone().unwrap_or_default(),
            expertise: self.expertise.clone().unwrap_or_default(),
            standings: self.standing.clone().unwrap_or_default(),
            text: self.q.as_ref().map(ToString::to_string),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// What is known of an expert, changed; what is left out stays, `null` clears, lists are replaced whole.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "expertise": ["public", "safety"] }))]
pub struct ExpertPatch {
    /// The name.
    name: Option<Line<80>>,
    /// The account with which the expert signs in.
    #[serde(default, deserialize_with = "double_option")]
    account: Option<Option<AccountId>>,
    /// Official or private expert.
    sector: Option<Sector>,
    /// What the expert knows, in the codes of the fields of use.
    #[schema(max_items = 20)]
    expertise: Option<Vec<FieldCode>>,
    /// What ties the expert to bodies and companies.
    #[schema(max_items = 200)]
    ties: Option<Vec<Tie>>,
}

impl ExpertPatch {
    /// These changes over what is known.
    pub(super) fn over(self, details: ExpertDetails) -> ExpertDetails {
        ExpertDetails {
            name: self.name.unwrap_or(details.name),
            account: self.account.unwrap_or(details.account),
            sector: self.sector.unwrap_or(details.sector),
            expertise: self.expertise.unwrap_or(details.expertise),
            ties: self.ties.unwrap_or(details.ties),
        }
    }
}

/// Why an expert is taken out of the pool.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "본인 요청" }))]
pub struct RetireExpert {
    /// In words.
    pub reason: Prose<2000>,
}

/// A committee as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitteeView {
    /// The record.
    pub committee: Committee,
    /// How it is to be made up; none before the call's rules are laid down.
    pub rules: Option<CommitteeRules>,
    /// Everything in which its composition falls short of them.
    #[schema(max_items = 20)]
    pub composition: Vec<FaultBody>,
}

impl CommitteeView {
    pub(super) fn of(committee: Committee, call: &SupportCall, language: Language) -> Self {
        let rules = call.rules.as_ref().map(|laid_down| laid_down.rules.committee.clone());
        let faults = rules.as_ref().map(|rules| committee.composition_faults(rules)).unwrap_or_default();
        Self { committee, rules, composition: FaultBody::all(&faults, language) }
    }
}

/// Who is to be in the chair.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameChair {
    /// The member.
    pub member: MemberId,
}

/// A pledge of secrecy and of no conflict.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "words": "평가 중 알게 된 비밀을 지키고, 이해관계가 있으면 바로 알리고 평가에서 빠지겠습니다." }))]
pub struct GivePledge {
    /// The words that are pledged.
    pub words: Prose<5000>,
}
