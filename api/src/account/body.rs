//! Wire shapes of accounts (계정 입출력).

use crate::http::{double_option, page_ask};
use domain::{
    access::{BodyKey, Role},
    account::{Account, Email, GrantId, SignInName, StateName},
    day::Instant,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{account::Filter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which accounts, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAccounts {
    /// Only those that hold this role now.
    #[param(inline)]
    role: Option<Role>,
    /// Only those that hold a role for this body now; together with `role`, that role for that body.
    #[param(inline)]
    body: Option<BodyKey>,
    /// Only in this state.
    #[param(inline)]
    state: Option<StateName>,
    /// Only with this in the sign-in name or the display name.
    #[param(inline)]
    q: Option<Line<100>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListAccounts {
    pub(super) fn filter(&self) -> Filter {
        let text = self.q.as_ref().map(ToString::to_string);
        Filter { role: self.role, body: self.body.clone(), state: self.state, text }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// An account to be opened.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "sign_in_name": "minji.kim", "display_name": "김민지", "email": "minji.kim@mois.example",
    "grants": [{ "role": "planner", "body": "mois", "reason": "인사 발령" }]
}))]
pub struct NewPerson {
    /// What the person types to sign in; never changes.
    pub sign_in_name: SignInName,
    /// What others see.
    pub display_name: Line<80>,
    /// For notices.
    #[serde(default)]
    pub email: Option<Email>,
    /// Roles to begin with.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub grants: Vec<NewRole>,
}

/// A role to be given.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "role": "planner", "body": "mois", "expires_at": "2027-02-28T15:00:00Z", "reason": "인사 발령" }))]
pub struct NewRole {
    /// What the person may be.
    pub role: Role,
    /// For which body.
    pub body: BodyKey,
    /// Until when, if it ends by itself.
    #[serde(default)]
    pub expires_at: Option<Instant>,
    /// Why it is given.
    pub reason: Prose<500>,
}

/// What others see and where notices go; what is left out stays, `null` clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "display_name": "김민지 사무관" }))]
pub struct AccountPatch {
    /// What others see.
    pub display_name: Option<Line<80>>,
    /// For notices.
    #[serde(default, deserialize_with = "double_option")]
    #[expect(clippy::option_option, reason = "left out stays, null clears")]
    pub email: Option<Option<Email>>,
}

/// Why something is done to an account or a key.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "휴직" }))]
pub struct AccountReason {
    /// For the record.
    pub reason: Prose<500>,
}

/// An account whose password was just made by the server.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountWithPassword {
    /// The account.
    pub account: Account,
    /// The password to hand over, to be changed at the first sign-in. Shown this once: when a request is repeated with
    /// its idempotency key it is absent, and the password has to be reset again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 23, pattern = "^[a-z2-9]{5}(-[a-z2-9]{5}){3}$", example = "k7m2p-9xq4w-nh3vd-rt8ye")]
    pub initial_password: Option<String>,
}

/// An account and one of its role grants, as in the path.
#[derive(Debug, Deserialize)]
pub struct GrantPath {
    /// The grant.
    pub grant: GrantId,
}
