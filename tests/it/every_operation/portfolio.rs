//! The portfolio (현황): nothing has to be there for its sums to be read.

use super::{Case, Cast};
use tests::TestApp;

pub async fn case(_: &TestApp, _: &Cast, id: &str) -> Option<Case> {
    Some(Case::at(match id {
        "read_portfolio_summary" => "/v1/portfolio/summary?group_by=body,phase",
        "read_portfolio_coverage" => "/v1/portfolio/coverage",
        "list_late_gates" => "/v1/portfolio/late-gates?page_size=5",
        _ => return None,
    }))
}
