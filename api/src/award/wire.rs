//! Wire shapes of awards (협약 입출력).

use crate::http::page_ask;
use domain::{
    access::BodyKey,
    application::ApplicationId,
    award::{Award, AwardState, TrackMoney},
    call::{CallKey, TrackCode},
    day::Day,
    text::Prose,
};
use serde::{Deserialize, Serialize};
use store::{award::Filter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which awards, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAwards {
    /// Only those of these calls, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    call: Option<Vec<CallKey>>,
    /// Only those that these bodies receive, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Only those from these tracks, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    track: Option<Vec<TrackCode>>,
    /// Only those that stand so, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 6)]
    state: Option<Vec<AwardState>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListAwards {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            calls: self.call.clone().unwrap_or_default(),
            bodies: self.body.clone().unwrap_or_default(),
            tracks: self.track.clone().unwrap_or_default(),
            states: self.state.clone().unwrap_or_default(),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// An award as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardView {
    /// The record.
    pub award: Award,
    /// How it stands.
    pub state: AwardState,
}

impl AwardView {
    pub(super) const fn of(award: Award) -> Self {
        Self { state: award.state(), award }
    }
}

/// Awards that were given together.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Awards {
    /// One for each application.
    #[schema(max_items = 10_000)]
    pub awards: Vec<AwardView>,
}

/// To whom awards are offered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "applications": null }))]
pub struct OfferAwards {
    /// Only these selected applications; all that wait when nothing is said.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 1000)]
    pub applications: Option<Vec<ApplicationId>>,
}

/// Why an award comes to nothing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "지방비 확보가 어려움" }))]
pub struct AwardReason {
    /// In words.
    pub reason: Prose<2000>,
}

/// That a condition was met.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MeetAgreementCondition)]
pub struct MeetCondition {
    /// When; not in the future, and not before the agreement was signed.
    pub met_on: Day,
    /// How it is known.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
}

/// That an instalment was paid.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayInstalment {
    /// When; not in the future, and not before the agreement was signed.
    pub paid_on: Day,
}

/// The money of a call, track by track.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardMoney {
    /// In the order of the call's rules.
    #[schema(max_items = 10)]
    pub tracks: Vec<TrackMoney>,
}
