//! Wire shapes of challenges (기피 신청 입출력).

use crate::http::page_ask;
use domain::{application::ApplicationId, call::CallKey};
use serde::Deserialize;
use store::{
    challenge::{Answered, Filter},
    page::PageAsk,
};
use utoipa::IntoParams;

/// Which challenges, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListChallenges {
    /// Only those in these calls, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    call: Option<Vec<CallKey>>,
    /// Only those about this application.
    #[param(inline)]
    application: Option<ApplicationId>,
    /// Only those that were answered, or only those that were not.
    answered: Option<bool>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListChallenges {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            calls: self.call.clone().unwrap_or_default(),
            application: self.application,
            answered: self.answered.map(|yes| if yes { Answered::Yes } else { Answered::No }),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}
