//! Wire shapes of budgets (예산 입출력).

use crate::http::{WhyNot, double_option, page_ask};
use domain::{
    access::BodyKey,
    account::ActorId,
    budget::{
        Account, AccountKind, Balances, BudgetLine, CommitmentBalance, Entry, EntryId, EnvelopeKey, Hierarchy,
        LineDetails, LineKind, Movement, Opened, Paired, Preflight, ProjectId, Recorded, Reference, Stamp, Standing,
    },
    day::{Day, FiscalYear, Instant},
    money::Won,
    problem::Fault,
    rate::Share,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{
    budget::{EntryFilter, Filter, Sort, Way},
    page::PageAsk,
};
use utoipa::{IntoParams, ToSchema};

/// In which order.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[schema(as = BudgetSort)]
pub enum SortBy {
    /// Newest first.
    #[default]
    #[serde(rename = "-created_at")]
    Newest,
    /// Oldest first.
    #[serde(rename = "created_at")]
    Oldest,
    /// Last changed first.
    #[serde(rename = "-updated_at")]
    Changed,
    /// Longest unchanged first.
    #[serde(rename = "updated_at")]
    Unchanged,
    /// Latest year first.
    #[serde(rename = "-fiscal_year")]
    Year,
    /// Earliest year first.
    #[serde(rename = "fiscal_year")]
    YearUp,
    /// Largest current budget first.
    #[serde(rename = "-current_budget_krw")]
    Budget,
    /// Smallest current budget first.
    #[serde(rename = "current_budget_krw")]
    BudgetUp,
}

/// Whether to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BudgetCount)]
pub enum Count {
    /// Say how many there are in all; costs a second query.
    Exact,
}

/// Which lines, in which order, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListBudgetLines {
    /// Of one of these bodies.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Of one of these years.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    fiscal_year: Option<Vec<FiscalYear>>,
    /// Of these kinds.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    kind: Option<Vec<LineKind>>,
    /// Paid from these kinds of account.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    account_kind: Option<Vec<AccountKind>>,
    /// With these standings.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    standing: Option<Vec<Standing>>,
    /// Paying for this project.
    #[param(inline)]
    project: Option<ProjectId>,
    /// In this envelope or in one inside it.
    #[param(inline)]
    pub envelope: Option<EnvelopeKey>,
    /// With at least this current budget, in won.
    #[param(inline)]
    current_budget_krw_gte: Option<Won>,
    /// With at most this current budget, in won.
    #[param(inline)]
    current_budget_krw_lte: Option<Won>,
    /// Only with this in the title.
    #[param(inline)]
    q: Option<Line<200>>,
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

impl ListBudgetLines {
    pub(super) fn sort(&self) -> (Sort, Way) {
        match self.sort.unwrap_or_default() {
            SortBy::Newest => (Sort::Created, Way::Down),
            SortBy::Oldest => (Sort::Created, Way::Up),
            SortBy::Changed => (Sort::UpdatedAt, Way::Down),
            SortBy::Unchanged => (Sort::UpdatedAt, Way::Up),
            SortBy::Year => (Sort::FiscalYear, Way::Down),
            SortBy::YearUp => (Sort::FiscalYear, Way::Up),
            SortBy::Budget => (Sort::CurrentBudget, Way::Down),
            SortBy::BudgetUp => (Sort::CurrentBudget, Way::Up),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
    pub(super) fn counted(&self) -> bool {
        self.count == Some(Count::Exact)
    }
    /// What to filter by, with the envelopes that lie in the one asked for.
    pub(super) fn filter(self, envelopes: Vec<EnvelopeKey>) -> Filter {
        Filter {
            bodies: self.body.unwrap_or_default(),
            fiscal_years: self.fiscal_year.unwrap_or_default(),
            kinds: self.kind.unwrap_or_default(),
            account_kinds: self.account_kind.unwrap_or_default(),
            standings: self.standing.unwrap_or_default(),
            project: self.project,
            envelopes,
            current_budget_from: self.current_budget_krw_gte,
            current_budget_to: self.current_budget_krw_lte,
            text: self.q.map(|q| q.to_string()),
        }
    }
}

/// What to say anew of a line; what is left out stays, `null` clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetLinePatch, example = json!({ "title": "AI 민원 안내 서비스 고도화", "share": "60" }))]
pub struct LinePatch {
    /// The account from which it is paid.
    account: Option<AccountPatch>,
    /// Its place in the programme budget.
    hierarchy: Option<HierarchyPatch>,
    /// In which form the support is given.
    kind: Option<LineKind>,
    /// What it is for.
    title: Option<Line<200>>,
    /// The project it pays for.
    #[serde(default, deserialize_with = "double_option")]
    project: Option<Option<ProjectId>>,
    /// The part that counts to the project; `null` is the whole.
    #[serde(default, deserialize_with = "double_option")]
    share: Option<Option<Share>>,
    /// The envelope that contains it.
    #[serde(default, deserialize_with = "double_option")]
    envelope: Option<Option<EnvelopeKey>>,
}

/// What to say anew of a line's account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetAccountPatch)]
pub struct AccountPatch {
    /// General, special or fund.
    kind: Option<AccountKind>,
    /// Its code.
    #[serde(default, deserialize_with = "double_option")]
    code: Option<Option<Line<20>>>,
    /// Its name.
    name: Option<Line<100>>,
}

macro_rules! hierarchy_patch {
    ($($(#[$about:meta])* $name:ident: $kind:ty),+ $(,)?) => {
        /// What to say anew of a line's place in the programme budget.
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = BudgetHierarchyPatch)]
        pub struct HierarchyPatch {
            $($(#[$about])* #[serde(default, deserialize_with = "double_option")] $name: Option<Option<$kind>>),+
        }
        impl HierarchyPatch {
            fn over(self, old: Hierarchy) -> Hierarchy {
                Hierarchy { $($name: self.$name.unwrap_or(old.$name)),+ }
            }
        }
    };
}
hierarchy_patch! {
    /// 분야
    field: Line<20>,
    /// 부문
    sector: Line<20>,
    /// 프로그램
    budget_program: Line<20>,
    /// 단위사업
    unit_project: Line<20>,
    /// 세부사업
    detailed_project: Line<20>,
    /// 세부사업명
    detailed_project_name: Line<200>,
    /// 내역사업
    sub_project: Line<20>,
    /// 목
    object: Line<20>,
    /// 세목
    sub_object: Line<20>,
}

impl LinePatch {
    /// These corrections over what is said of the line.
    pub(super) fn over(self, old: LineDetails) -> LineDetails {
        let account = match self.account {
            None => old.account,
            Some(AccountPatch { kind, code, name }) => Account {
                kind: kind.unwrap_or(old.account.kind),
                code: code.unwrap_or(old.account.code),
                name: name.unwrap_or(old.account.name),
            },
        };
        LineDetails {
            account,
            hierarchy: match self.hierarchy {
                None => old.hierarchy,
                Some(patch) => patch.over(old.hierarchy),
            },
            kind: self.kind.unwrap_or(old.kind),
            title: self.title.unwrap_or(old.title),
            // A share belongs to its project: another one begins with the whole, none has none.
            share: match (self.share, &self.project) {
                (Some(share), _) => share,
                (None, None) => old.share,
                (None, Some(_)) => None,
            },
            project: self.project.unwrap_or(old.project),
            envelope: self.envelope.unwrap_or(old.envelope),
        }
    }
}

/// The standing that a line shall have, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetLineMove, example = json!({ "to": "active", "reason": "국회 의결" }))]
pub struct StandLine {
    /// Where to.
    pub to: Standing,
    /// Why.
    pub reason: Prose<1000>,
}

/// What was recorded on a line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetRecord)]
pub struct Record {
    /// The line with its new balances.
    pub line: BudgetLine,
    /// The new entries, in their order.
    #[schema(max_items = 10)]
    pub entries: Vec<Entry>,
    /// What should be looked at though it was recorded.
    #[schema(max_items = 100)]
    pub warnings: Vec<WhyNot>,
}

/// What was recorded on a line and on the one that takes part.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetPairRecord)]
pub struct PairRecord {
    /// On the line that was asked.
    pub this: Record,
    /// On the other; absent when there is none or the caller may not see it.
    pub other: Option<Record>,
}

fn told(faults: Vec<Fault>) -> Vec<WhyNot> {
    faults.into_iter().take(100).map(WhyNot::from).collect()
}

impl From<Recorded> for Record {
    fn from(Recorded { line, entries, warnings }: Recorded) -> Self {
        Self { line, entries, warnings: told(warnings) }
    }
}
impl From<Opened> for Record {
    fn from(Opened { line, entries, warnings }: Opened) -> Self {
        Self { line, entries, warnings: told(warnings) }
    }
}
impl From<Paired> for PairRecord {
    fn from(Paired { this, other }: Paired) -> Self {
        Self { this: this.into(), other: Some(other.into()) }
    }
}

/// Whether an entry would be recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LedgerEntryCheck)]
pub struct EntryCheck {
    /// True when it would be recorded today.
    pub possible: bool,
    /// Everything that stands in the way.
    #[schema(max_items = 100)]
    pub reasons: Vec<WhyNot>,
    /// What should be looked at though it would be recorded.
    #[schema(max_items = 100)]
    pub warnings: Vec<WhyNot>,
    /// The balances as they would be.
    pub balances: Balances,
}

impl From<Preflight> for EntryCheck {
    fn from(preflight: Preflight) -> Self {
        Self {
            possible: preflight.allowed(),
            balances: preflight.balances,
            reasons: told(preflight.reasons),
            warnings: told(preflight.warnings),
        }
    }
}

/// On which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AsOf {
    /// At the end of this day (KST) by booking date; everything booked when left out.
    #[param(inline)]
    pub as_of: Option<Day>,
}

/// A line's balances at the end of a day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetPosition)]
pub struct LinePosition {
    /// The day; absent when everything booked is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The line as a whole.
    pub balances: Balances,
    /// Expenditure in per cent of the current budget (집행률); absent while that is zero.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "43.18")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_rate: Option<String>,
    /// Use by the final recipients in per cent of the current budget (실집행률); absent until any is reported.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "31.02")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub real_execution_rate: Option<String>,
    /// Each commitment by its reference.
    #[schema(max_items = 100_000)]
    pub commitments: Vec<Commitment>,
}

/// A commitment of a line.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetCommitment)]
pub struct Commitment {
    /// Its own reference.
    pub reference: Reference,
    /// Its part of the line.
    pub balance: CommitmentBalance,
}

/// Which entries, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListEntries {
    /// Only these movements.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    kind: Option<Vec<Movement>>,
    /// Booked on this day or later.
    #[param(inline)]
    booked_on_gte: Option<Day>,
    /// Booked on this day or earlier.
    #[param(inline)]
    booked_on_lte: Option<Day>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListEntries {
    pub(super) fn filter(&self) -> EntryFilter {
        EntryFilter { kinds: self.kind.clone().unwrap_or_default(), from: self.booked_on_gte, to: self.booked_on_lte }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// An entry of a line.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EntryPath {
    /// The line's id.
    pub budget_line: domain::budget::LineId,
    /// The entry's id.
    pub entry: EntryId,
}

/// Who records, and when.
pub(super) const fn stamp(at: Instant, by: ActorId) -> Stamp {
    Stamp { at, by }
}
