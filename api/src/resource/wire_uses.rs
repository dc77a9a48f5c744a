//! Wire shapes of the common base and of datasets (공통기반·데이터 입출력).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use super::wire::{keys, paged};
use crate::http::{double_option, page_ask};
use domain::{
    access::BodyKey,
    day::{Date, Day},
    fraction::Rounded,
    name::Name,
    project::ProjectId,
    resource::{
        CommonService, CommonServiceKey, DataRights, DatasetDetails, DatasetLicence, DatasetUse, NewCommonService,
        ServiceKind,
    },
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{
    page::PageAsk,
    resource::{Filter, ServiceFilter},
};
use utoipa::{IntoParams, ToSchema};

paged!(ListServices, ListServiceUses, ListDatasetUses);

/// Which services, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListServices {
    /// Only of these kinds, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 3)]
    kind: Option<Vec<ServiceKind>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListServices {
    pub(super) fn filter(&self) -> ServiceFilter {
        ServiceFilter { kinds: self.kind.clone().unwrap_or_default() }
    }
}

/// What to state anew of a service; what is left out stays, `null` clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CommonServicePatch, example = json!({ "note": "이용 안내 주소 확인" }))]
pub struct ServicePatch {
    /// Name.
    name: Option<Name>,
    /// What it is.
    kind: Option<ServiceKind>,
    /// Who provides it.
    #[serde(default, deserialize_with = "double_option")]
    provider: Option<Option<Line<200>>>,
    /// Since when it is offered.
    #[serde(default, deserialize_with = "double_option")]
    opened_on: Option<Option<Date>>,
    /// Since when it is no longer offered.
    #[serde(default, deserialize_with = "double_option")]
    closed_on: Option<Option<Date>>,
    /// Anything worth knowing.
    #[serde(default, deserialize_with = "double_option")]
    note: Option<Option<Prose<2000>>>,
    /// Where this comes from.
    source: Option<Line<500>>,
}

impl ServicePatch {
    pub(super) fn over(self, old: CommonService) -> NewCommonService {
        let old = old.statement();
        NewCommonService {
            key: old.key,
            name: self.name.unwrap_or(old.name),
            kind: self.kind.unwrap_or(old.kind),
            provider: self.provider.unwrap_or(old.provider),
            opened_on: self.opened_on.unwrap_or(old.opened_on),
            closed_on: self.closed_on.unwrap_or(old.closed_on),
            note: self.note.unwrap_or(old.note),
            source: self.source.unwrap_or(old.source),
        }
    }
}

/// Which uses of services, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListServiceUses {
    /// Only of these services, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    service: Option<Vec<CommonServiceKey>>,
    /// Only those by these bodies, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 100)]
    body: Option<Vec<BodyKey>>,
    /// Only those in this project.
    #[param(inline)]
    project: Option<ProjectId>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListServiceUses {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            project: self.project,
            bodies: self.body.clone().unwrap_or_default(),
            of: keys(self.service.as_deref()),
            ..Filter::default()
        }
    }
}

/// That a service is no longer used.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "until": "2026-11-20" }))]
pub struct EndServiceUse {
    /// Last day of use (KST): today or before.
    pub until: Day,
}

/// Who uses the common base, as far as the reader may see.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceUseSummary {
    /// As of which day (KST).
    pub as_of: Day,
    /// The services that somebody uses, by key.
    #[schema(max_items = 10_000)]
    pub services: Vec<ServiceUserSum>,
    /// Filed projects that go on.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub projects: i64,
    /// Those of them in which some service of the base is used.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub projects_on_base: i64,
    /// Their share in per cent with two decimals; null when there is no project.
    pub share: Option<Rounded>,
}

/// Who uses a service, and how many they are.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceUserSum {
    /// Which service.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]{0,39}$", example = "chat-naver-cloud")]
    pub service: String,
    /// Bodies that use it.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub bodies: i64,
    /// Projects in which it is used.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub projects: i64,
    /// The latest number of users of each use, added: whoever is counted in two uses counts twice. Null when no number is known.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub users: Option<i64>,
    /// Uses of which no number is known; they add nothing.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub uncounted: i64,
}

/// Which uses of datasets, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListDatasetUses {
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

impl ListDatasetUses {
    pub(super) fn filter(&self) -> Filter {
        Filter { project: self.project, bodies: self.body.clone().unwrap_or_default(), ..Filter::default() }
    }
}

/// A dataset that a project uses, with what its licence allows.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DatasetUseView {
    /// The record.
    pub dataset_use: DatasetUse,
    /// What the licence allows and asks for; null for licences other than KOGL (공공누리), of which nothing is derived.
    pub rights: Option<DataRights>,
}

impl From<DatasetUse> for DatasetUseView {
    fn from(dataset_use: DatasetUse) -> Self {
        Self { rights: dataset_use.details.licence.rights(), dataset_use }
    }
}

/// What to state anew of a dataset that a project uses; what is left out stays, `null` clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DatasetUsePatch, example = json!({ "licence": { "is": "kogl", "kogl_type": "1", "ai_type": false } }))]
pub struct DatasetPatch {
    /// Title.
    title: Option<Line<300>>,
    /// Who provides it.
    provider: Option<Line<200>>,
    /// By which portal.
    portal: Option<Line<200>>,
    /// Its id in the portal's catalogue.
    #[serde(default, deserialize_with = "double_option")]
    catalogue_id: Option<Option<Line<200>>>,
    /// Under which licence.
    licence: Option<DatasetLicence>,
    /// Anything worth knowing.
    #[serde(default, deserialize_with = "double_option")]
    note: Option<Option<Prose<2000>>>,
}

impl DatasetPatch {
    pub(super) fn over(self, old: DatasetDetails) -> DatasetDetails {
        DatasetDetails {
            title: self.title.unwrap_or(old.title),
            provider: self.provider.unwrap_or(old.provider),
            portal: self.portal.unwrap_or(old.portal),
            catalogue_id: self.catalogue_id.unwrap_or(old.catalogue_id),
            licence: self.licence.unwrap_or(old.licence),
            note: self.note.unwrap_or(old.note),
        }
    }
}
