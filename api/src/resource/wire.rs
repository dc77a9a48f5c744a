//! Wire shapes of what projects are given and use (자원 입출력).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::http::{double_option, page_ask};
use domain::{
    access::BodyKey,
    day::Day,
    name::Name,
    project::ProjectId,
    resource::{FoundationModelKey, Fulfilment, ModelDetails, ModelStage, ResourceKind, ResourceState},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{
    page::PageAsk,
    resource::{Filter, ModelFilter},
};
use utoipa::{IntoParams, ToSchema};

/// The page of a list.
macro_rules! paged {
    ($($list:ident),+) => {$(
        impl $list {
            pub(super) fn page(&self) -> PageAsk {
                page_ask(self.page_size, self.page_token.as_ref())
            }
        }
    )+};
}
pub(super) use paged;
paged!(ListRequests, ListModels, ListAdoptions);

/// Which requests, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListRequests {
    /// Only for these kinds of resources, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 4)]
    kind: Option<Vec<ResourceKind>>,
    /// Only those that stand so, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 7)]
    state: Option<Vec<ResourceState>>,
    /// Only those of these bodies, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Only those for this project.
    #[param(inline)]
    project: Option<ProjectId>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListRequests {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            project: self.project,
            bodies: self.body.clone().unwrap_or_default(),
            kinds: self.kind.clone().unwrap_or_default(),
            states: self.state.clone().unwrap_or_default(),
            of: Vec::new(),
        }
    }
}

/// Why it is done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "과제 수행이 끝남" }))]
pub struct ResourceReason {
    /// Why.
    pub reason: Prose<2000>,
}

/// How far the requests were fulfilled that the reader may see.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceFulfilments {
    /// One for each kind, in the order of the list.
    #[schema(min_items = 4, max_items = 4)]
    pub kinds: Vec<Fulfilment>,
}

/// Which models, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListModels {
    /// Only those whose last stage in the national project is one of these, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 5)]
    stage: Option<Vec<ModelStage>>,
    /// Only with this in name or maker; capitals do not matter.
    #[param(inline)]
    q: Option<Line<100>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListModels {
    pub(super) fn filter(&self) -> ModelFilter {
        ModelFilter { stages: self.stage.clone().unwrap_or_default(), text: self.q.as_ref().map(ToString::to_string) }
    }
}

/// What to state anew of a model; what is left out stays, `null` clears. Stages are added, never restated.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FoundationModelPatch, example = json!({ "licence": "Apache-2.0" }))]
pub struct ModelPatch {
    /// Name.
    name: Option<Name>,
    /// Who makes it.
    maker: Option<Line<200>>,
    /// Which version of the model is meant.
    #[serde(default, deserialize_with = "double_option")]
    model_version: Option<Option<Line<100>>>,
    /// Under which licence it is given.
    #[serde(default, deserialize_with = "double_option")]
    licence: Option<Option<Line<200>>>,
    /// Anything worth knowing.
    #[serde(default, deserialize_with = "double_option")]
    note: Option<Option<Prose<2000>>>,
    /// Where this comes from.
    source: Option<Line<500>>,
}

impl ModelPatch {
    pub(super) fn over(self, old: ModelDetails) -> ModelDetails {
        ModelDetails {
            name: self.name.unwrap_or(old.name),
            maker: self.maker.unwrap_or(old.maker),
            model_version: self.model_version.unwrap_or(old.model_version),
            licence: self.licence.unwrap_or(old.licence),
            note: self.note.unwrap_or(old.note),
            source: self.source.unwrap_or(old.source),
        }
    }
}

/// Which uses of models, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAdoptions {
    /// Only of these models, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    model: Option<Vec<FoundationModelKey>>,
    /// Only those of these bodies, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Only those of this project.
    #[param(inline)]
    project: Option<ProjectId>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListAdoptions {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            project: self.project,
            bodies: self.body.clone().unwrap_or_default(),
            of: keys(self.model.as_deref()),
            ..Filter::default()
        }
    }
}

/// Keys as words.
pub(super) fn keys<T: ToString>(keys: Option<&[T]>) -> Vec<String> {
    keys.unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// That a use ends.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "until": "2026-11-20", "reason": "다른 모델로 바꿈" }))]
pub struct EndModelAdoption {
    /// Last day of use (KST): today or before.
    pub until: Day,
    /// Why.
    pub reason: Prose<2000>,
}

/// How many projects use which model.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelUses {
    /// As of which day (KST).
    pub as_of: Day,
    /// The models that some project uses, by key.
    #[schema(max_items = 10_000)]
    pub models: Vec<ModelUseCount>,
}

/// How many projects use a model.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelUseCount {
    /// Which model.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]{0,39}$", example = "independent-lg")]
    pub model: String,
    /// Projects that use it, each counted once.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub projects: i64,
}
