//! Operations (작업), of which each is somebody's.

use super::{Case, Cast};
use serde_json::json;
use tests::TestApp;

pub async fn case(app: &TestApp, _: &Cast, id: &str) -> Option<Case> {
    if id != "read_operation" {
        return None;
    }
    // Begun by somebody who is not among those who try.
    let other = app.persona(domain::access::Role::Administrator, "mois").await;
    let begun = app.post(&other, "/v1/audit/verifications", json!({})).await.expect(202);
    Some(Case::at(format!("/v1/operations/{}", begun.id())))
}
