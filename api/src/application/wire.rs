//! Wire shapes of applications (신청 입출력).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::{
    http::{FaultBody, double_option, page_ask},
    project::{Count, SimilarProject},
};
use domain::{
    access::BodyKey,
    application::{Application, ApplicationItem, ApplicationStanding, CommonBase, Content, Milestone, Paper, Partner},
    call::{CallKey, CallState},
    cost_share::Level,
    day::Instant,
    money::Won,
    project::{Benefit, FieldCode},
    rate::Share,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{
    application::{Filter, Sort},
    page::PageAsk,
};
use utoipa::{IntoParams, ToSchema};

/// In which order.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[schema(as = ApplicationSort)]
pub enum SortBy {
    /// Last changed first.
    #[default]
    #[serde(rename = "-updated_at")]
    Changed,
    /// Submitted first first; what was never submitted is left out.
    #[serde(rename = "submitted_at")]
    Submitted,
}

/// Which applications, in which order, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListApplications {
    /// Only those to these calls, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    call: Option<Vec<CallKey>>,
    /// Only those of these bodies, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Only applicants of these levels, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    level: Option<Vec<Level>>,
    /// Only those that stand so, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 6)]
    standing: Option<Vec<ApplicationStanding>>,
    /// In which order.
    #[param(inline)]
    sort: Option<SortBy>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
    /// `exact` also gives the number of all.
    #[param(inline)]
    count: Option<Count>,
}

impl ListApplications {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            calls: self.call.clone().unwrap_or_default(),
            bodies: self.body.clone().unwrap_or_default(),
            levels: self.level.clone().unwrap_or_default(),
            standings: self.standing.clone().unwrap_or_default(),
        }
    }
    pub(super) fn sort(&self) -> Sort {
        match self.sort.unwrap_or_default() {
            SortBy::Changed => Sort::Changed,
            SortBy::Submitted => Sort::Submitted,
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
    pub(super) fn counted(&self) -> bool {
        self.count == Some(Count::Exact)
    }
}

/// An application as its reader sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationView {
    /// The record. Whoever runs the call sees what was submitted last as its content.
    pub application: Application,
    /// How it stands.
    pub standing: ApplicationStanding,
}

/// What an application says, changed; what is left out stays, `null` clears, lists are replaced whole.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ApplicationContentPatch)]
#[schema(example = json!({ "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.", "common_base": "uses" }))]
pub struct ContentPatch {
    /// Its title.
    title: Option<Line<200>>,
    /// In short, for those who choose.
    #[serde(default, deserialize_with = "double_option")]
    summary: Option<Option<Prose<5000>>>,
    /// What is to be done and how.
    #[serde(default, deserialize_with = "double_option")]
    plan: Option<Option<Prose<20000>>>,
    /// What it is used for, in the codes of the fields of use.
    #[schema(max_items = 20)]
    fields: Option<Vec<FieldCode>>,
    /// Other bodies that take part.
    #[schema(max_items = 50)]
    partners: Option<Vec<Partner>>,
    /// What it costs in all, in won.
    #[serde(default, deserialize_with = "double_option")]
    total_cost_krw: Option<Option<Won>>,
    /// What is asked of the nation at most, in won.
    #[serde(default, deserialize_with = "double_option")]
    requested_national_krw: Option<Option<Won>>,
    /// What the applicant pays itself, in won.
    #[serde(default, deserialize_with = "double_option")]
    own_cash_krw: Option<Option<Won>>,
    /// The value of what the applicant brings in kind, in won.
    #[serde(default, deserialize_with = "double_option")]
    own_in_kind_krw: Option<Option<Won>>,
    /// What it is to bring about.
    #[schema(max_items = 50)]
    expected_effects: Option<Vec<Benefit>>,
    /// When what is to be done.
    #[schema(max_items = 100)]
    milestones: Option<Vec<Milestone>>,
    /// Whether it is built on the government-wide AI common base.
    #[serde(default, deserialize_with = "double_option")]
    common_base: Option<Option<CommonBase>>,
    /// Files; their bytes are kept elsewhere.
    #[schema(max_items = 50)]
    papers: Option<Vec<Paper>>,
    /// Companies that are named in the plan.
    #[schema(max_items = 50)]
    named_suppliers: Option<Vec<Line<200>>>,
}

impl ContentPatch {
    /// These changes over what it says.
    pub(super) fn over(self, content: Content) -> Content {
        Content {
            title: self.title.unwrap_or(content.title),
            summary: self.summary.unwrap_or(content.summary),
            plan: self.plan.unwrap_or(content.plan),
            fields: self.fields.unwrap_or(content.fields),
            partners: self.partners.unwrap_or(content.partners),
            total_cost_krw: self.total_cost_krw.unwrap_or(content.total_cost_krw),
            requested_national_krw: self.requested_national_krw.unwrap_or(content.requested_national_krw),
            own_cash_krw: self.own_cash_krw.unwrap_or(content.own_cash_krw),
            own_in_kind_krw: self.own_in_kind_krw.unwrap_or(content.own_in_kind_krw),
            expected_effects: self.expected_effects.unwrap_or(content.expected_effects),
            milestones: self.milestones.unwrap_or(content.milestones),
            common_base: self.common_base.unwrap_or(content.common_base),
            papers: self.papers.unwrap_or(content.papers),
            named_suppliers: self.named_suppliers.unwrap_or(content.named_suppliers),
        }
    }
}

/// Whether an application can be submitted now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmissionCheck {
    /// Whether nothing stands in the way.
    pub possible: bool,
    /// Everything that does.
    #[schema(max_items = 1000)]
    pub reasons: Vec<FaultBody>,
    /// How the call stands now.
    pub call_state: CallState,
    /// The last moment at which the call takes submissions.
    pub closes_at: Option<Instant>,
}

/// Why an application is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "재원 사정 변경" }))]
pub struct WithdrawApplication {
    /// In words.
    pub reason: Prose<2000>,
}

/// An answer to what the screeners have asked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "answer": "확약서를 붙입니다.", "papers": [] }))]
pub struct NewSupplement {
    /// In words.
    pub answer: Prose<5000>,
    /// Files; their bytes are kept elsewhere.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub papers: Vec<Paper>,
}

/// What is like an application, as far as the reader may see.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimilarToApplication {
    /// Projects, most alike first; at most ten.
    #[schema(max_items = 10)]
    pub projects: Vec<SimilarProject>,
    /// Other applications, most alike first; at most ten.
    #[schema(max_items = 10)]
    pub applications: Vec<SimilarApplication>,
    /// With how many applications it was compared: the newest thousand of the reader's own bodies, and of the call and
    /// earlier calls of its programme.
    #[schema(minimum = 0, maximum = 2000)]
    pub applications_compared: usize,
    /// False when there were more than that, so that older ones were not looked at.
    pub all_applications_compared: bool,
}

/// An application like another one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimilarApplication {
    /// Which.
    pub application: ApplicationItem,
    /// How alike, 0 to 100: pairs of characters in common (Dice), the title twice the weight of the summary.
    pub score: Share,
}
