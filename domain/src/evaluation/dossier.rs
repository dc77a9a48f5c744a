//! The dossier (평가 서류): everything that decided a support call, in one document.

use crate::{
    application::{ApplicationId, PointCode},
    call::{CallKey, CriterionCode, TrackCode, points},
    code_list,
    committee::MemberId,
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
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = EvaluationDossier)]
pub struct Dossier {
    /// The form: [`SCHEMA`].
    #[schema(value_type = String, max_length = 40, pattern = "^axtrack[.]evaluation-dossier/1$", example = "axtrack.evaluation-dossier/1")]
    pub schema: &'static str,
    /// The call's rules.
    pub call: Call,
    /// The applications.
    #[schema(max_items = 10_000)]
    pub applications: Vec<Application>,
    /// Which members take no part in which applications.
    #[schema(max_items = 1_000_000)]
    pub exclusions: Vec<Exclusion>,
    /// The score sheets.
    #[schema(max_items = 1_000_000)]
    pub sheets: Vec<Sheet>,
    /// The published ratios.
    #[schema(max_items = 10_000)]
    pub indicators: Vec<Indicator>,
}

/// The rules of a call.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierCall)]
pub struct Call {
    /// Its code.
    #[schema(value_type = CallKey)]
    pub code: String,
    /// Its fiscal year.
    #[schema(minimum = 2000, maximum = 2100)]
    pub fiscal_year: i32,
    /// The last instant at which an application may be submitted.
    pub closes_at: Instant,
    /// How it is scored.
    pub scoring: Scoring,
    /// What it gives, and to whom.
    #[schema(min_items = 1, max_items = 3)]
    pub tracks: Vec<Track>,
    /// Who pays which part.
    pub cost_share: RuleSet,
}

/// How applications are scored.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierScoring)]
pub struct Scoring {
    /// What is looked at. The maxima add up to 100.
    #[schema(min_items = 1, max_items = 50)]
    pub criteria: Vec<Criterion>,
    /// Every score is a multiple of it.
    pub score_step: Decimal,
    /// How the sheets become one number.
    pub aggregation: Aggregation,
    /// With fewer sheets nothing is trimmed: at least 3.
    #[schema(minimum = 3, maximum = 1000)]
    pub trim_min_sheets: usize,
    /// With fewer sheets there is no result: at least 1.
    #[schema(minimum = 1, maximum = 1000)]
    pub quorum: usize,
    /// Places of published scores: 0 to 4.
    #[schema(minimum = 0, maximum = 4)]
    pub decimals: u32,
    /// Bonus points count up to this.
    pub bonus_cap: Decimal,
    /// What must be reached to be ranked.
    pub cut: Decimal,
    /// What the cut is held against.
    pub cut_applies_to: CutOn,
    /// What decides between equal scores, the strongest first.
    #[schema(max_items = 51)]
    pub tie_keys: Vec<TieKey>,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierCriterion)]
pub struct Criterion {
    /// Its code.
    #[schema(value_type = CriterionCode)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierTrack)]
pub struct Track {
    /// Its code.
    #[schema(value_type = TrackCode)]
    pub code: String,
    /// Whose applications belong to it.
    #[schema(min_items = 1, max_items = 3)]
    pub levels: Vec<Level>,
    /// The money there is.
    pub envelope: Won,
    /// How many may be selected.
    #[schema(minimum = 0, maximum = 10_000)]
    pub max_awards: usize,
    /// How many stand by.
    #[schema(minimum = 0, maximum = 10_000)]
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
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierApplication)]
pub struct Application {
    /// Its id.
    #[schema(value_type = ApplicationId)]
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
    #[schema(max_items = 50)]
    pub bonuses: Vec<Points>,
    /// Points taken away.
    #[schema(max_items = 50)]
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
    #[schema(as = DossierApplicationState)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierPoints)]
pub struct Points {
    /// What for.
    #[schema(value_type = PointCode)]
    pub code: String,
    /// How many: 0 or more.
    pub points: Decimal,
}

/// A member who takes no part in an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierExclusion)]
pub struct Exclusion {
    /// Who.
    #[schema(value_type = MemberId)]
    pub member: String,
    /// In which.
    #[schema(value_type = ApplicationId)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierSheet)]
pub struct Sheet {
    /// Whose.
    #[schema(value_type = MemberId)]
    pub member: String,
    /// Of which.
    #[schema(value_type = ApplicationId)]
    pub application: String,
    /// Points by criterion.
    #[schema(schema_with = points)]
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

impl<'de> Deserialize<'de> for Printed {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let value = text.parse().map_err(serde::de::Error::custom)?;
        Ok(Self { text, value })
    }
}
impl utoipa::PartialSchema for Printed {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        Decimal::schema()
    }
}
impl utoipa::ToSchema for Printed {
    fn name() -> Cow<'static, str> {
        "PublishedRatio".into()
    }
}
impl Serialize for Printed {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.text)
    }
}

/// The published ratios of a body.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierIndicator)]
pub struct Indicator {
    /// The region's digits.
    #[schema(max_length = 10, pattern = "^[0-9]+$", example = "26")]
    pub code: String,
    /// Of which year.
    #[schema(minimum = 2000, maximum = 2100)]
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
