//! Running the service (운영): addresses that need no sign-in.

use super::{Case, Cast};
use tests::TestApp;

pub async fn case(_: &TestApp, _: &Cast, id: &str) -> Option<Case> {
    Some(Case::at(match id {
        "read_health" => "/healthz",
        "read_readiness" => "/readyz",
        "read_version" => "/version",
        "read_metrics" => "/metrics",
        "list_problems" => "/problems",
        "read_problem" => "/problems/invalid",
        _ => return None,
    }))
}
