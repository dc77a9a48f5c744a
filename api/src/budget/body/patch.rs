//! What is said anew of a budget line (예산 내역 수정).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::http::double_option;
use domain::{
    budget::{Account, AccountKind, EnvelopeKey, Hierarchy, LineDetails, LineKind, ProjectId},
    rate::Share,
    text::Line,
};
use serde::Deserialize;
use utoipa::ToSchema;

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
    pub(in crate::budget) fn over(self, old: LineDetails) -> LineDetails {
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
