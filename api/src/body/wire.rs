//! Wire shapes of bodies (기관 입출력).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::http::{double_option, page_ask};
use domain::{
    access::BodyKey,
    body::{BodyFacts, BodyKind, Head, OrgCode},
    day::Day,
    name::Name,
    text::{Line, Prose},
};
use serde::Deserialize;
use store::{body::Filter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which bodies, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListBodies {
    /// Only bodies in force on this day (KST).
    #[param(inline)]
    as_of: Option<Day>,
    /// Only these kinds, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    kind: Option<Vec<BodyKind>>,
    /// Only with this in the Korean name.
    #[param(inline)]
    name: Option<Line<100>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListBodies {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            as_of: self.as_of,
            kinds: self.kind.clone().unwrap_or_default(),
            name: self.name.as_ref().map(ToString::to_string),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// Facts to correct; what is left out stays, `null` clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "note": "영문 명칭 확인" }))]
pub struct BodyPatch {
    /// Name, Korean and English.
    name: Option<Name>,
    /// Usual abbreviation.
    #[serde(default, deserialize_with = "double_option")]
    abbreviation: Option<Option<Line<20>>>,
    /// The body it belongs to.
    #[serde(default, deserialize_with = "double_option")]
    parent: Option<Option<BodyKey>>,
    /// The office it stands under.
    #[serde(default, deserialize_with = "double_option")]
    under: Option<Option<Head>>,
    /// Standard organisation code.
    #[serde(default, deserialize_with = "double_option")]
    org_code: Option<Option<OrgCode>>,
    /// First day in force.
    #[serde(default, deserialize_with = "double_option")]
    valid_from: Option<Option<Day>>,
    /// Anything worth knowing.
    #[serde(default, deserialize_with = "double_option")]
    note: Option<Option<Prose<2000>>>,
    /// Where these facts come from.
    source: Option<Line<500>>,
}

impl BodyPatch {
    /// These corrections over the facts as they are.
    pub(super) fn over(self, facts: BodyFacts) -> BodyFacts {
        BodyFacts {
            name: self.name.unwrap_or(facts.name),
            abbreviation: self.abbreviation.unwrap_or(facts.abbreviation),
            parent: self.parent.unwrap_or(facts.parent),
            under: self.under.unwrap_or(facts.under),
            org_code: self.org_code.unwrap_or(facts.org_code),
            valid_from: self.valid_from.unwrap_or(facts.valid_from),
            note: self.note.unwrap_or(facts.note),
            source: self.source.unwrap_or(facts.source),
            ..facts
        }
    }
}

/// The end of a body.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "last_day": "2026-12-31", "successors": ["mois"], "reason": "정부조직법 개정" }))]
pub struct CloseBody {
    /// Its last day in force (KST).
    pub last_day: Day,
    /// Bodies that continue it.
    #[schema(max_items = 50)]
    pub successors: Vec<BodyKey>,
    /// Why, with the law.
    pub reason: Prose<2000>,
}
