//! The dossier (평가 서류): everything that decided a support call, in one document.

use crate::{
    code_list,
    cost_share::{Applicant, Basis, IndicatorScope, Level, RuleSet},
    day::Instant,
    decimal::Decimal,
    fiscal::Basis as BudgetBasis,
    money::Won,
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap, fmt, str::FromStr};

/// The name of this document's form.
pub const SCHEMA: &str = "axtrack.evaluation-dossier/1";

/// Everything that decided a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// The form: [`SCHEMA`].
    pub schema: &'static str,
    /// The call's rules.
    pub call: Call,
    /// The applications.
    pub applications: Vec<Application>,
    /// Which members take no part in which applications.
    pub exclusions: Vec<Exclusion>,
    /// The score sheets.
    pub sheets: Vec<Sheet>,
    /// The published ratios.
    pub indicators: Vec<Indicator>,
}

/// The rules of a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call {
    /// Its code.
    pub code: String,
    /// Its fiscal year.
    pub fiscal_year: i32,
    /// The last instant at which an application may be submitted.
    pub closes_at: Instant,
    /// How it is scored.
    pub scoring: Scoring,
    /// What it gives, and to whom.
    pub tracks: Vec<Track>,
    /// Who pays which part.
    pub cost_share: RuleSet,
}

/// How applications are scored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scoring {
    /// What is looked at. The maxima add up to 100.
    pub criteria: Vec<Criterion>,
    /// Every score is a multiple of it.
    pub score_step: Decimal,
    /// How the sheets become one number.
    pub aggregation: Aggregation,
    /// With fewer sheets nothing is trimmed: at least 3.
    pub trim_min_sheets: usize,
    /// With fewer sheets there is no result: at least 1.
    pub quorum: usize,
    /// Places of published scores: 0 to 4.
    pub decimals: u32,
    /// Bonus points count up to this.
    pub bonus_cap: Decimal,
    /// What must be reached to be ranked.
    pub cut: Decimal,
    /// What the cut is held against.
    pub cut_applies_to: CutOn,
    /// What decides between equal scores, the strongest first.
    pub tie_keys: Vec<TieKey>,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// Its code.
    pub code: String,
    /// The most points: above 0.
    pub max_points: Decimal,
}

code_list! {
    /// How the sheets of an application become one number.
    #[schema(as = ScoreAggregation)]
    pub enum Aggregation {
        /// The mean of all.
        Mean = "mean" / "평균",
        /// The mean without the highest and the lowest.
        TrimmedMean = "trimmed_mean" / "최고·최저 제외 평균",
    }
}

code_list! {
    /// What the cut is held against.
    pub enum CutOn {
        /// The mean, before bonus and penalty points.
        Mean = "mean" / "가감점 전 평균",
        /// The final score.
        Final = "final" / "최종 점수",
    }
}

/// What decides between equal scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieKey {
    /// The mean of a criterion, higher first.
    Criterion(String),
    /// When it was submitted, earlier first.
    SubmittedAt,
}

impl fmt::Display for TieKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Criterion(code) => write!(f, "criterion:{code}"),
            Self::SubmittedAt => f.write_str("submitted_at"),
        }
    }
}
/// Neither `submitted_at` nor `criterion:` and a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither submitted_at nor criterion: and a code")]
pub struct NotATieKey;

impl FromStr for TieKey {
    type Err = NotATieKey;
    fn from_str(text: &str) -> Result<Self, NotATieKey> {
        match text.strip_prefix("criterion:") {
            Some(code) if !code.is_empty() => Ok(Self::Criterion(code.to_owned())),
            None if text == "submitted_at" => Ok(Self::SubmittedAt),
            _ => Err(NotATieKey),
        }
    }
}
impl<'de> Deserialize<'de> for TieKey {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for TieKey {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(60));
        text.pattern(Some("^(submitted_at|criterion:[a-z0-9][a-z0-9_-]{0,39})$"))
            .description(Some("`submitted_at`, earlier first, or `criterion:` and a criterion's code, higher first."))
            .examples(["criterion:suitability"])
            .into()
    }
}
impl utoipa::ToSchema for TieKey {
    fn name() -> Cow<'static, str> {
        "TieKey".into()
    }
}
impl Serialize for TieKey {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// What is given to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Track {
    /// Its code.
    pub code: String,
    /// Whose applications belong to it.
    pub levels: Vec<Level>,
    /// The money there is.
    pub envelope: Won,
    /// How many may be selected.
    pub max_awards: usize,
    /// How many stand by.
    pub reserve_slots: usize,
    /// What happens when the money does not suffice for the next in rank.
    pub when_short: WhenShort,
}

code_list! {
    /// What happens when the money does not suffice for the next in rank.
    pub enum WhenShort {
        /// Nobody behind is selected.
        Stop = "stop" / "중단",
        /// The next is looked at.
        Skip = "skip" / "다음 순위로",
    }
}

/// An application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Application {
    /// Its id.
    pub id: String,
    /// Who applies.
    pub applicant: Applicant,
    /// When.
    pub submitted_at: Instant,
    /// What it costs: at least one won.
    pub total_cost: Won,
    /// What is asked of the nation; `None` for as much as the rules give.
    pub requested_national: Option<Won>,
    /// Whether it takes part.
    pub state: ApplicationState,
    /// Points added.
    pub bonuses: Vec<Points>,
    /// Points taken away.
    pub penalties: Vec<Points>,
    /// On what its rate rests; for eligible ones. It follows from the rest of the dossier.
    #[serde(skip)]
    pub basis: Option<Basis>,
    /// The ratio as it was published, when the rate rests on one.
    #[serde(skip)]
    pub indicator: Option<Printed>,
}

code_list! {
    /// Whether an application takes part.
    pub enum ApplicationState {
        /// It does.
        Eligible = "eligible" / "적격",
        /// It was found not to be eligible.
        Ineligible = "ineligible" / "부적격",
        /// The applicant has withdrawn it.
        Withdrawn = "withdrawn" / "철회",
    }
}

/// Points beside the sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Points {
    /// What for.
    pub code: String,
    /// How many: 0 or more.
    pub points: Decimal,
}

/// A member who takes no part in an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exclusion {
    /// Who.
    pub member: String,
    /// In which.
    pub application: String,
    /// By law, on challenge, or by own will.
    pub kind: ExclusionKind,
}

code_list! {
    /// Why a member takes no part.
    pub enum ExclusionKind {
        /// By law.
        Exclusion = "exclusion" / "제척",
        /// On an applicant's challenge.
        Challenge = "challenge" / "기피",
        /// By stepping aside.
        Recusal = "recusal" / "회피",
    }
}

/// A member's scores of an application: one for every criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Whose.
    pub member: String,
    /// Of which.
    pub application: String,
    /// Points by criterion.
    pub scores: BTreeMap<String, Decimal>,
}

/// A decimal with the text it was published as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// As published: `"30"` or `"30.00"`.
    pub text: String,
    /// What it means.
    pub value: Decimal,
}

impl Serialize for Printed {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.text)
    }
}

/// The published ratios of a body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indicator {
    /// The region's digits.
    pub code: String,
    /// Of which year.
    pub fiscal_year: i32,
    /// Of which budget.
    pub basis: BudgetBasis,
    /// What they cover.
    pub scope: IndicatorScope,
    /// 재정자립도, 0 to 100.
    pub fiscal_independence_ratio: Option<Printed>,
    /// 재정자주도, 0 to 100.
    pub fiscal_autonomy_ratio: Option<Printed>,
}
