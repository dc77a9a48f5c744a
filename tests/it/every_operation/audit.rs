//! The audit trail (감사 기록), of which there is always some.

use super::{Case, Cast};
use tests::TestApp;

pub async fn case(_: &TestApp, _: &Cast, id: &str) -> Option<Case> {
    Some(Case::at(match id {
        "list_audit_entries" => "/v1/audit/entries?page_size=5",
        "read_audit_entry" => "/v1/audit/entries/1",
        "read_audit_checkpoint" => "/v1/audit/checkpoint",
        "verify_audit" => "/v1/audit/verifications",
        _ => return None,
    }))
}
