//! Signing keys (서명 키): they follow each other without cutting anyone off, and a leaked one is believed no more.

use super::kit::{PASSWORD, enter, persona, settled, trail};
use actix_web::test::TestRequest;
use domain::access::Role;
use serde_json::json;
use tests::{Answer, TestApp, both};

async fn published(app: &TestApp) -> usize {
    let set = app.send(TestRequest::get().uri("/.well-known/jwks.json")).await.expect(200);
    set.json["keys"].as_array().unwrap().len()
}

fn kid(tokens: &Answer) -> String {
    jsonwebtoken::decode_header(tokens.json["access_token"].as_str().unwrap()).unwrap().kid.unwrap()
}

both! {
    /// The new key is published first and signs later; what the old one signed is good to its end.
    async fn rotation_cuts_nobody_off(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (_, minji) = settled(&app, &admin, "minji.kim", &[["viewer", "mois"]]).await;
        let rotate = json!({ "takeover": "gradual", "reason": "정기 교체" });
        let before = trail(&app, 0).await.len();
        let new = app.post(&admin, "/v1/signing-keys", rotate.clone()).await.expect(201);
        assert_eq!(trail(&app, before).await.len(), 1);
        assert_eq!(app.post(&admin, "/v1/signing-keys", rotate).await.expect(409).json["code"], "signing_key_pending");
        assert_eq!(published(&app).await, 2);
        app.pass(599);
        let old = enter(&app, "minji.kim", PASSWORD).await.expect(201);
        assert_ne!(kid(&old), new.json["kid"]);
        app.pass(1);
        let young = enter(&app, "minji.kim", PASSWORD).await.expect(201);
        assert_eq!(kid(&young), new.json["kid"]);
        app.pass(598);
        app.get(&persona(&minji.id, &old), "/v1/bodies").await.expect(200);
        app.get(&persona(&minji.id, &young), "/v1/bodies").await.expect(200);
        app.pass(7);
        assert_eq!(published(&app).await, 1, "the old one is retired");
        app.get(&persona(&minji.id, &old), "/v1/bodies").await.expect(401);
    }

    /// At once: no token signed before is believed, and sessions go on by refreshing.
    async fn a_leaked_key_is_thrown_out(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (_, minji) = settled(&app, &admin, "minji.kim", &[["viewer", "mois"]]).await;
        let tokens = enter(&app, "minji.kim", PASSWORD).await.expect(201);
        let rotate = json!({ "takeover": "at_once", "reason": "유출" });
        app.get(&persona(&minji.id, &tokens), "/v1/bodies").await.expect(200);
        app.post(&admin, "/v1/signing-keys", rotate).await.expect(201);
        app.get(&persona(&minji.id, &tokens), "/v1/bodies").await.expect(401);
        app.get(&admin, "/v1/me").await.expect(401);
        let next = app.knock("/v1/sessions/refresh", json!({ "refresh_token": tokens.json["refresh_token"] })).await.expect(200);
        app.get(&persona(&minji.id, &next), "/v1/bodies").await.expect(200);
        let auditor = app.persona(Role::Auditor, "bai").await;
        let list = app.get(&auditor, "/v1/signing-keys").await.expect(200);
        assert_eq!(list.json["items"].as_array().unwrap().len(), 2);
        assert!(!list.json.to_string().contains("private"));
        app.get(&app.planner("mois").await, "/v1/signing-keys").await.expect(403);
    }
}
