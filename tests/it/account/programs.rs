//! Programs (서비스 키): let in with a key that is scoped, shown once, noted when used, and taken back at once.

use super::kit::{renewed, rows, text, trail};
use actix_web::test::TestRequest;
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Persona, TestApp, both};

async fn made(app: &TestApp, admin: &Persona, roles: Value) -> tests::Answer {
    let until = app.app.clock.now().plus_seconds(86_400 * 3);
    app.post(admin, "/v1/service-keys", json!({ "name": "상황판", "grants": roles, "expires_at": until })).await
}

both! {
    /// A program reads what its key is for and nothing else, until the key is taken back.
    async fn a_key_is_scoped_and_revocable(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let key = made(&app, &admin, json!([{ "role": "viewer", "body": "nia" }])).await.expect(201);
        assert_eq!(key.headers.get("cache-control").unwrap(), "no-store");
        let (id, secret) = (text(&key.json["service_key"]["id"]), text(&key.json["secret"]));
        let program = Persona { id: id.parse().unwrap(), token: secret.clone() };
        app.get(&program, "/v1/bodies").await.expect(200);
        app.post(&program, "/v1/accounts", json!({ "sign_in_name": "abc", "display_name": "x" })).await.expect(403);
        let me = app.get(&program, "/v1/me").await.expect(200);
        assert_eq!((&me.json["kind"], &me.json["roles"][0]["body"]), (&json!("program"), &json!("nia")));
        let change = json!({ "current_password": "x", "new_password": "y" });
        app.post(&program, "/v1/me/password", change).await.expect(404);

        let path = format!("/v1/service-keys/{id}");
        let read = app.get(&admin, &path).await.expect(200);
        assert_eq!(read.json["last_used"], "2026-11-22");
        let commits = app.app.store.write_counts().1;
        for _ in 0..3 {
            app.pass(31);
            app.get(&program, "/v1/bodies").await.expect(200);
        }
        assert_eq!(app.app.store.write_counts().1, commits, "noted once a day");
        app.pass(86_400);
        app.get(&program, "/v1/bodies").await.expect(200);
        let admin = renewed(&app, &admin);
        assert_eq!(app.get(&admin, &path).await.json["last_used"], "2026-11-23");

        let before = trail(&app, 0).await.len();
        let why = json!({ "reason": "유출" });
        app.post_to(&admin, &format!("{path}/revoke"), &read.tag(), why.clone()).await.expect(200);
        app.get(&program, "/v1/bodies").await.expect(401);
        assert_eq!(trail(&app, before).await.len(), 1);
        app.post_to(&admin, &format!("{path}/revoke"), "*", why).await.expect(409);
        let list = app.get(&admin, "/v1/service-keys").await.expect(200);
        assert_eq!(list.json["items"][0]["revoked"]["reason"], "유출");
        let kept = [rows(&app, "SELECT document FROM service_key").await, rows(&app, "SELECT changes FROM audit_entry").await];
        assert!(kept.iter().flatten().all(|row| !row.contains(&secret[16..])), "the secret is kept nowhere");
        app.get(&app.planner("mois").await, &path).await.expect(404);
    }

    /// A key ends with its term, and is refused with every fault.
    async fn a_key_has_its_bounds(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let key = made(&app, &admin, json!([{ "role": "viewer", "body": "nia" }])).await.expect(201);
        let program = Persona { id: text(&key.json["service_key"]["id"]).parse().unwrap(), token: text(&key.json["secret"]) };
        app.get(&program, "/v1/bodies").await.expect(200);
        app.pass(86_400 * 3);
        app.get(&program, "/v1/bodies").await.expect(401);
        let admin = renewed(&app, &admin);
        let wrong = made(&app, &admin, json!([{ "role": "administrator", "body": "nia" }])).await.expect(422);
        assert_eq!(wrong.faults(), ["/grants/0/role role_not_for_programs"]);
        let nowhere = json!([{ "role": "viewer", "body": "nia" }, { "role": "viewer", "body": "nowhere" }]);
        assert_eq!(made(&app, &admin, nowhere).await.expect(422).faults(), ["/grants/1/body not_known"]);
    }

    /// A retry gives the same key, but its secret is shown once only and kept in no answer.
    async fn a_retry_does_not_show_the_secret_again(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let until = app.app.clock.now().plus_seconds(86_400);
        let body = json!({ "name": "상황판", "grants": [{ "role": "viewer", "body": "nia" }], "expires_at": until });
        let send = async || {
            let request = TestRequest::post().uri("/v1/service-keys").insert_header(("idempotency-key", "one"));
            app.send(request.insert_header(("authorization", format!("Bearer {}", admin.token))).set_json(&body)).await
        };
        let (first, again) = (send().await.expect(201), send().await.expect(201));
        assert_eq!(again.json["service_key"], first.json["service_key"]);
        assert!(again.json["secret"].is_null());
        let kept = rows(&app, "SELECT answer FROM idempotency").await.join(" ");
        assert!(kept.contains("axk_") && !kept.contains(&text(&first.json["secret"])[16..]));
        assert_eq!(app.get(&admin, "/v1/service-keys").await.json["items"].as_array().unwrap().len(), 1);
    }
}
