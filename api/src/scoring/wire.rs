//! Wire shapes of score sheets (평가표 입출력).

use crate::http::page_ask;
use domain::{
    application::ApplicationId,
    call::CallKey,
    committee::MemberId,
    day::Instant,
    decimal::Decimal,
    scoring::{ScoreSheet, SheetContent, SheetState},
    text::Prose,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use store::{page::PageAsk, scoring::SheetFilter};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ObjectBuilder, Type},
    },
};

/// Names a sheet: the application's id, a dot, and the member's.
#[derive(Debug)]
pub struct SheetId;

impl PartialSchema for SheetId {
    fn schema() -> RefOr<Schema> {
        let one = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(73))
            .max_length(Some(73))
            .pattern(Some(format!("^{one}[.]{one}$")))
            .description(Some("A sheet: the application's id, a dot, and the member's."))
            .examples(["01890a5d-ac96-774b-bcce-b302099a8057.01890a5d-ac96-774b-bcce-b302099a8058"])
            .into()
    }
}
impl ToSchema for SheetId {
    fn name() -> Cow<'static, str> {
        "ScoreSheetId".into()
    }
}

/// The own sheet of an application.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnSheet {
    /// Which application.
    pub application: ApplicationId,
    /// How far it is; none before it was begun.
    pub state: Option<SheetState>,
    /// The sum of what was scored; none before it was begun.
    pub total: Option<Decimal>,
    /// The record; none before it was begun.
    pub sheet: Option<ScoreSheet>,
}

impl OwnSheet {
    pub(super) fn of(application: ApplicationId, sheet: Option<ScoreSheet>) -> Self {
        let (state, total) = (sheet.as_ref().map(ScoreSheet::state), sheet.as_ref().map(|s| s.content.total()));
        Self { application, state, total, sheet }
    }
}

/// What the others have submitted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherSheets {
    /// In the order in which they were begun.
    #[schema(max_items = 1000)]
    pub sheets: Vec<OtherSheet>,
}

/// What another member has submitted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherSheet {
    /// Whose.
    pub member: MemberId,
    /// What it says.
    pub content: SheetContent,
    /// When it was submitted.
    pub submitted_at: Instant,
}

impl OtherSheet {
    pub(super) fn of(sheet: ScoreSheet) -> Option<Self> {
        let submitted_at = sheet.submitted?.at;
        Some(Self { member: sheet.member, content: sheet.content, submitted_at })
    }
}

/// Which sheets, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListScoreSheets {
    /// Only those of these calls, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    call: Option<Vec<CallKey>>,
    /// Only those of this application.
    #[param(inline)]
    application: Option<ApplicationId>,
    /// Only those of this member.
    #[param(inline)]
    member: Option<MemberId>,
    /// Only those that are so far, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 2)]
    state: Option<Vec<SheetState>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListScoreSheets {
    pub(super) fn filter(&self) -> SheetFilter {
        SheetFilter {
            calls: self.call.clone().unwrap_or_default(),
            application: self.application,
            member: self.member,
            states: self.state.clone().unwrap_or_default(),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// Why a sheet is opened again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "점수를 잘못 옮겨 적었다는 위원의 요청" }))]
pub struct ReopenSheet {
    /// In words.
    pub reason: Prose<2000>,
}
