//! Signing keys (서명 키), which follow each other one at a time.

use super::{Case, Cast};
use tests::TestApp;

/// Longer than a new key is published before it signs. Until then no other may come.
const ONE_TAKEOVER: i64 = 601;

pub async fn case(app: &TestApp, _: &Cast, id: &str) -> Option<Case> {
    Some(Case::at(match id {
        "list_signing_keys" => "/v1/signing-keys",
        "rotate_signing_key" => {
            app.pass(ONE_TAKEOVER);
            "/v1/signing-keys"
        }
        "read_published_keys" => "/.well-known/jwks.json",
        _ => return None,
    }))
}
