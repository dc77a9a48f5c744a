//! Budget envelopes (재원): published totals that contain one another and are never added to what contains them.
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped, double_option, page_ask},
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::{act::budget as act, scope},
    budget::{Envelope, EnvelopeDetails, EnvelopeKey, check, top_level_total},
    day::FiscalYear,
    money::Won,
    rate::percent_of,
    text::Line,
};
use serde::{Deserialize, Serialize};
use store::{budget::EnvelopeFilter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which envelopes, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListEnvelopes {
    /// Only of this year.
    #[param(inline)]
    fiscal_year: Option<FiscalYear>,
    /// Only those directly within this one.
    #[param(inline)]
    parent: Option<EnvelopeKey>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

/// An envelope to state.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBudgetEnvelope, example = json!({
    "key": "ax-2027", "name_ko": "AX 사업 예산", "name_en": "AX budget", "fiscal_year": 2027, "amount_krw": 3_000_000_000_000_i64,
    "source": "2027년도 예산안"
}))]
pub struct NewEnvelope {
    /// Its key.
    key: EnvelopeKey,
    /// Korean name.
    name_ko: Line<200>,
    /// English name.
    name_en: Line<200>,
    /// The year.
    fiscal_year: FiscalYear,
    /// The published total, in won.
    amount_krw: Won,
    /// The wider envelope of the same year that contains it.
    parent: Option<EnvelopeKey>,
    /// Who published it, where.
    source: Option<Line<300>>,
}

/// What to state anew of an envelope; what is left out stays, `null` clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetEnvelopePatch, example = json!({ "amount_krw": 3_100_000_000_000_i64 }))]
pub struct EnvelopePatch {
    /// Korean name.
    name_ko: Option<Line<200>>,
    /// English name.
    name_en: Option<Line<200>>,
    /// The published total, in won.
    amount_krw: Option<Won>,
    /// The wider envelope that contains it.
    #[serde(default, deserialize_with = "double_option")]
    parent: Option<Option<EnvelopeKey>>,
    /// Who published it, where.
    #[serde(default, deserialize_with = "double_option")]
    source: Option<Option<Line<300>>>,
}

/// An envelope within its year.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetEnvelopeView)]
pub struct EnvelopeView {
    /// The envelope.
    envelope: Envelope,
    /// Its share of the one that contains it, in per cent; absent when none does.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "24.24")]
    #[serde(skip_serializing_if = "Option::is_none")]
    share_of_parent: Option<String>,
    /// The envelopes directly within it. Their amounts are part of its own.
    #[schema(max_items = 1000)]
    parts: Vec<Part>,
    /// The year's envelopes together, each won once: those within another add nothing.
    top_level_total_krw: Won,
}

/// A part of an envelope.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetEnvelopePart)]
pub struct Part {
    /// Which.
    key: EnvelopeKey,
    /// Its published total, in won.
    amount_krw: Won,
    /// Its share of the whole, in per cent; absent when the whole is zero.
    #[schema(max_length = 30, pattern = r"^-?[0-9]+\.[0-9]{2}$", example = "24.24")]
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
}

impl ListEnvelopes {
    fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

impl EnvelopePatch {
    fn over(self, old: EnvelopeDetails) -> EnvelopeDetails {
        EnvelopeDetails {
            name_ko: self.name_ko.unwrap_or(old.name_ko),
            name_en: self.name_en.unwrap_or(old.name_en),
            amount_krw: self.amount_krw.unwrap_or(old.amount_krw),
            parent: self.parent.unwrap_or(old.parent),
            source: self.source.unwrap_or(old.source),
        }
    }
}

impl From<NewEnvelope> for Envelope {
    fn from(new: NewEnvelope) -> Self {
        let NewEnvelope { key, name_ko, name_en, fiscal_year, amount_krw, parent, source } = new;
        Self { key, version: 1, name_ko, name_en, fiscal_year, amount_krw, parent, source }
    }
}

/// List the budget envelopes.
///
/// By key. An envelope within another is part of it: never add the two.
#[utoipa::path(tag = "budget", params(ListEnvelopes), security(("bearer" = ["envelope.read"])))]
#[get("/envelopes")]
pub(super) async fn list_envelopes(
    app: Data<App>,
    Scoped(reach): Scoped<act::ReadEnvelopes>,
    Query(ask): Query<ListEnvelopes>,
) -> Result<Page<Envelope>, Problem> {
    let filter = EnvelopeFilter { fiscal_year: ask.fiscal_year, parent: ask.parent.clone() };
    Ok(Page::of(store::budget::list_envelopes(&app.store, &reach, &filter, &ask.page()).await?))
}

/// State a budget envelope.
///
/// The one that contains it must be of the same year and hold at least what its parts add up to.
#[utoipa::path(tag = "budget", security(("bearer" = ["envelope.create"])))]
#[post("/envelopes")]
pub(super) async fn create_envelope(
    app: Data<App>,
    Allowed(order): Allowed<act::CreateEnvelope>,
    Json(new): Json<NewEnvelope>,
) -> Result<Created<Envelope>, Problem> {
    let envelope = Envelope::from(new);
    let made = app
        .store
        .write(order, async |tx, permit| {
            check(&envelope, &store::budget::all_envelopes(tx, envelope.fiscal_year).await?)?;
            Ok::<_, Problem>(store::budget::add_envelope(tx, permit, envelope).await?)
        })
        .await?;
    Ok(Created::at(format!("/v1/envelopes/{}", made.key), made.version, made))
}

/// Read a budget envelope.
///
/// With its parts, its share of the one that contains it, and the year's total, in which every won counts once.
#[utoipa::path(tag = "budget", security(("bearer" = ["envelope.look"])), params(("envelope" = EnvelopeKey, Path, description = "The envelope's key.")))]
#[get("/envelopes/{envelope}")]
pub(super) async fn read_envelope(
    app: Data<App>,
    Allowed(order): Allowed<act::LookEnvelope>,
) -> Result<Found<EnvelopeView>, Problem> {
    let envelope = app.store.look(&order).await?.on().clone();
    let (version, year) = (envelope.version, envelope.fiscal_year);
    let reach = scope::<act::ReadEnvelopes>(order.actor());
    let all = store::budget::envelopes_shown(&app.store, &reach, year).await?;
    let around = all.iter().find(|other| Some(&other.key) == envelope.parent.as_ref());
    let within = all.iter().filter(|other| other.parent.as_ref() == Some(&envelope.key));
    let part = |other: &Envelope| Part {
        key: other.key.clone(),
        amount_krw: other.amount_krw,
        share: percent_of(other.amount_krw, envelope.amount_krw),
    };
    let view = EnvelopeView {
        share_of_parent: around.and_then(|around| around.share_of(envelope.amount_krw)),
        parts: within.map(part).collect(),
        top_level_total_krw: top_level_total(&all, year)?,
        envelope,
    };
    // What is shown also depends on the year's other envelopes.
    let others: i64 = all.iter().map(|other| other.version).sum();
    Ok(Found::version_and(view, version, format_args!("{}.{others}", all.len())))
}

/// Restate a budget envelope.
///
/// Its key and its year stay. It must go on holding its parts and fitting into the one that contains it.
#[utoipa::path(tag = "budget", security(("bearer" = ["envelope.change"])),
    request_body(content = EnvelopePatch, content_type = "application/merge-patch+json"),
    params(("envelope" = EnvelopeKey, Path, description = "The envelope's key.")))]
#[patch("/envelopes/{envelope}")]
pub(super) async fn change_envelope(
    app: Data<App>,
    Allowed(order): Allowed<act::ChangeEnvelope>,
    Patch(patch): Patch<EnvelopePatch>,
) -> Result<Found<Envelope>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on().clone();
            let details = patch.over(before.details());
            let after = before.restate(details);
            check(&after, &store::budget::all_envelopes(tx, after.fiscal_year).await?)?;
            Ok::<_, Problem>(store::budget::save_envelope(tx, permit, after).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}
