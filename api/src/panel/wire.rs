//! Wire shapes of panels and assignments (배정 입출력).

use crate::http::{Problem, page_ask};
use domain::{
    application::{
        ApplicantBody, Application, ApplicationId, ApplicationItem, Content, NOT_SUBMITTED, Paper, ScreeningOutcome,
    },
    call::{CallKey, SupportCall},
    challenge::ChallengeId,
    committee::MemberId,
    day::{Date, Instant},
    panel::{DecidedConflict, Ground, NewSeat, Panel, Severity},
    problem::Refusal,
    scoring::SheetState,
    text::Prose,
};
use serde::{Deserialize, Serialize};
use store::{
    page::PageAsk,
    panel::{Assignment, AssignmentFilter, Decided as IsDecided, PanelFilter},
};
use utoipa::{IntoParams, ToSchema};

/// Which panels, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListPanels {
    /// Only those of these calls, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    call: Option<Vec<CallKey>>,
    /// Only that of this application.
    #[param(inline)]
    application: Option<ApplicationId>,
    /// Only those in which this member holds or held a seat.
    #[param(inline)]
    member: Option<MemberId>,
    /// `true`: only those in which a conflict waits for its decision; `false`: only those in which none does.
    undecided: Option<bool>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListPanels {
    pub(super) fn filter(&self) -> PanelFilter {
        PanelFilter {
            calls: self.call.clone().unwrap_or_default(),
            application: self.application,
            member: self.member,
            undecided: self.undecided.map(|is| if is { IsDecided::NotAll } else { IsDecided::All }),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// A panel as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelView {
    /// The record.
    pub panel: Panel,
    /// Who judges the application now.
    #[schema(max_items = 1000)]
    pub judging: Vec<MemberId>,
    /// How many conflicts wait for their decision.
    #[schema(minimum = 0, maximum = 1000)]
    pub undecided: usize,
}

impl PanelView {
    pub(super) fn of(panel: Panel) -> Self {
        Self { judging: panel.judging().collect(), undecided: panel.undecided().count(), panel }
    }
}

/// Applications to be given to members.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// Which to whom, one after the other.
    #[schema(min_items = 1, max_items = 1000)]
    pub assignments: Vec<NewSeat>,
}

/// A challenge to be taken up.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeUpChallenge {
    /// Which: an applicant's about this application.
    pub challenge: ChallengeId,
    /// The member whom it means.
    pub member: MemberId,
    /// How grave it is.
    pub severity: Severity,
}

/// What has become of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// The panels that have changed, by application.
    #[schema(max_items = 1000)]
    pub panels: Vec<PanelView>,
}

impl Assigned {
    pub(super) fn of(panels: Vec<Panel>) -> Self {
        Self { panels: panels.into_iter().map(PanelView::of).collect() }
    }
}

/// How many members each application is to have.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ProposeAssignments {
    /// So many members judge each application, those counted who do already.
    #[param(minimum = 1, maximum = 100)]
    pub per_application: usize,
}

/// From whom an application is taken.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseSeat {
    /// The member.
    pub member: MemberId,
    /// Why.
    pub reason: Prose<2000>,
}

/// What is decided about a conflict.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "outcome": "upheld", "reason": "최근 3년 안에 신청 기관에 재직하였다." }))]
pub struct DecideConflict {
    /// Whether the member is kept out.
    pub outcome: DecidedConflict,
    /// Why.
    pub reason: Prose<2000>,
}

/// Why one steps aside.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ground": "other", "detail": "신청 기관의 사업 책임자와 가까운 사이이다." }))]
pub struct Recuse {
    /// On what ground.
    pub ground: Ground,
    /// What exactly.
    pub detail: Prose<2000>,
}

/// Which assignments, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAssignments {
    /// Only those of these calls, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    call: Option<Vec<CallKey>>,
    /// Only those whose own sheet is so far, separated by commas. One that was not begun is in neither state.
    #[param(inline, style = Form, explode = false, max_items = 2)]
    sheet: Option<Vec<SheetState>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListAssignments {
    pub(super) fn filter(&self) -> AssignmentFilter {
        AssignmentFilter {
            calls: self.call.clone().unwrap_or_default(),
            states: self.sheet.clone().unwrap_or_default(),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// An application that one judges, in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentListed {
    /// Its line.
    pub application: ApplicationItem,
    /// How far the own sheet is; none before it was begun.
    pub sheet: Option<SheetState>,
    /// The own sheet's version.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub sheet_version: Option<i64>,
    /// Until when sheets are taken; none for as long as the evaluation lasts.
    pub sheets_until: Option<Instant>,
    /// When the decision is meant to be made.
    pub decision_planned: Option<Date>,
}

impl AssignmentListed {
    pub(super) fn of(assignment: Assignment) -> Self {
        let Assignment { item, sheet, sheet_version, sheets_until, decision_planned } = assignment;
        Self { application: item, sheet, sheet_version, sheets_until, decision_planned }
    }
}

/// The papers of an application, as they were submitted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentPapers {
    /// Which.
    pub application: ApplicationId,
    /// The call it answers.
    pub call: CallKey,
    /// Who applies.
    pub applicant: ApplicantBody,
    /// Which submission it is.
    #[schema(minimum = 1, maximum = 200)]
    pub submission: i64,
    /// When it was submitted.
    pub submitted_at: Instant,
    /// What it says.
    pub content: Content,
    /// What the screeners asked, and what was answered.
    #[schema(max_items = 100)]
    pub supplements: Vec<AnsweredQuestion>,
    /// Until when sheets are taken; none for as long as the evaluation lasts.
    pub sheets_until: Option<Instant>,
    /// When the decision is meant to be made.
    pub decision_planned: Option<Date>,
}

/// A question of the screeners that was answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnsweredQuestion {
    /// What was asked.
    pub question: Prose<2000>,
    /// What was answered.
    pub answer: Prose<5000>,
    /// Files.
    #[schema(max_items = 20)]
    pub papers: Vec<Paper>,
    /// When it was answered.
    pub answered_at: Instant,
}

impl AssignmentPapers {
    pub(super) fn of(application: &Application, call: &SupportCall) -> Result<Self, Problem> {
        let last = application.submitted().ok_or_else(|| Refusal::new(&NOT_SUBMITTED))?;
        let answered = application.screenings.iter().filter_map(|screening| match &screening.outcome {
            ScreeningOutcome::InformationAsked(asked) => asked.supplement.as_ref().map(|given| AnsweredQuestion {
                question: asked.question.clone(),
                answer: given.answer.clone(),
                papers: given.papers.clone(),
                answered_at: given.stamp.at,
            }),
            ScreeningOutcome::Eligible(_) | ScreeningOutcome::Ineligible { .. } => None,
        });
        Ok(Self {
            application: application.id,
            call: application.call.clone(),
            applicant: application.applicant.clone(),
            submission: last.number,
            submitted_at: last.submitted.at,
            content: last.content.clone(),
            supplements: answered.collect(),
            sheets_until: call.sheets_until,
            decision_planned: call.plan.decision_planned,
        })
    }
}
