//! Sessions (로그인 세션): carried on by tokens that work once, and ended from several sides.

use super::kit::{PASSWORD, enter, opened, persona, rows, settled, text, trail};
use domain::access::Role;
use serde_json::json;
use tests::{Answer, TestApp, both};

async fn refresh(app: &TestApp, tokens: &Answer) -> Answer {
    app.knock("/v1/sessions/refresh", json!({ "refresh_token": tokens.json["refresh_token"] })).await
}

both! {
    /// A refresh token works once; used again it ends the session for both holders, access tokens included.
    async fn a_token_used_twice_ends_the_session(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (_, minji) = settled(&app, &admin, "minji.kim", &[["viewer", "mois"]]).await;
        let first = enter(&app, "minji.kim", PASSWORD).await.expect(201);
        assert_eq!(first.headers.get("cache-control").unwrap(), "no-store");
        app.pass(606);
        app.get(&persona(&minji.id, &first), "/v1/bodies").await.expect(401);
        let before = trail(&app, 0).await.len();
        let second = refresh(&app, &first).await.expect(200);
        assert_eq!(second.headers.get("cache-control").unwrap(), "no-store");
        let me = persona(&minji.id, &second);
        app.get(&me, "/v1/bodies").await.expect(200);
        assert_eq!(refresh(&app, &first).await.expect(401).json["code"], "session_ended");
        app.get(&me, "/v1/bodies").await.expect(401);
        refresh(&app, &second).await.expect(401);
        assert_eq!(trail(&app, before).await, ["minji.kim done session.refresh on session"; 2], "the turn and the end");
        for unknown in [format!("axr_{}_{}", "ab".repeat(32), "cd".repeat(32))] {
            let answer = app.knock("/v1/sessions/refresh", json!({ "refresh_token": unknown })).await.expect(401);
            assert_eq!(answer.json["code"], "session_ended");
        }
        let kept = rows(&app, "SELECT document FROM session_family").await.join(" ");
        assert!(!kept.contains(&text(&second.json["refresh_token"])[4..68]), "only hashes are kept");
        assert!(rows(&app, "SELECT changes FROM audit_entry").await.iter().all(|c| !c.contains("handle")));
    }

    /// A session lasts a long working day, however active.
    async fn a_session_ends_with_the_day(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        settled(&app, &admin, "minji.kim", &[]).await;
        let first = enter(&app, "minji.kim", PASSWORD).await.expect(201);
        app.pass(12 * 3600 - 1);
        let second = refresh(&app, &first).await.expect(200);
        assert_eq!(second.json["session_expires_at"], first.json["session_expires_at"]);
        app.pass(1);
        refresh(&app, &second).await.expect(401);
        app.pass(601);
        assert_eq!(app.app.store.forget_sessions(app.app.clock.now()).await.unwrap(), 2, "old ones are forgotten");
    }

    /// Signing out ends the one session at once and leaves the others.
    async fn signing_out_ends_one_session(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (_, minji) = settled(&app, &admin, "minji.kim", &[]).await;
        let desk = enter(&app, "minji.kim", PASSWORD).await.expect(201);
        let phone = enter(&app, "minji.kim", PASSWORD).await.expect(201);
        let before = trail(&app, 0).await.len();
        app.post(&persona(&minji.id, &desk), "/v1/sessions/sign-out", json!(null)).await.expect(204);
        assert_eq!(trail(&app, before).await, ["minji.kim done session.sign_out on session"]);
        app.get(&persona(&minji.id, &desk), "/v1/me").await.expect(401);
        refresh(&app, &desk).await.expect(401);
        app.get(&persona(&minji.id, &phone), "/v1/me").await.expect(200);
        refresh(&app, &phone).await.expect(200);
    }

    /// Whoever got a password from somebody else chooses their own before anything else.
    async fn a_handed_over_password_is_changed_first(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let new = opened(&app, &admin, "minji.kim", &[["viewer", "mois"]]).await;
        let tokens = enter(&app, "minji.kim", &new.password).await.expect(201);
        assert_eq!(tokens.json["must_change_password"], true);
        let other = enter(&app, "minji.kim", &new.password).await.expect(201);
        let me = persona(&new.id, &tokens);
        for path in ["/v1/bodies", &format!("/v1/accounts/{}", new.id)] {
            assert_eq!(app.get(&me, path).await.expect(403).json["code"], "password_must_change");
        }
        assert_eq!(app.get(&me, "/v1/me").await.expect(200).json["must_change_password"], true);
        let change = async |current: &str, next: &str| {
            app.post(&me, "/v1/me/password", json!({ "current_password": current, "new_password": next })).await
        };
        assert_eq!(change("wrong", PASSWORD).await.expect(422).faults(), ["/current_password password_wrong"]);
        assert_eq!(change(&new.password, &new.password).await.expect(422).faults(), ["/new_password password_same"]);
        let before = trail(&app, 0).await.len();
        change(&new.password, PASSWORD).await.expect(204);
        assert_eq!(trail(&app, before).await, ["minji.kim done account.change_password on account"]);
        app.get(&me, "/v1/bodies").await.expect(200);
        assert_eq!(app.get(&me, "/v1/me").await.expect(200).json["must_change_password"], false);
        app.get(&persona(&new.id, &other), "/v1/me").await.expect(401);
        refresh(&app, &other).await.expect(401);
        refresh(&app, &tokens).await.expect(200);
        let kept = rows(&app, "SELECT changes FROM audit_entry").await.join(" ");
        assert!(!kept.contains("argon2") && !kept.contains(&new.password));
    }

    /// Without any role one still reads who one is and changes the own password, and nothing else.
    async fn without_a_role_one_has_oneself(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (me, _) = settled(&app, &admin, "minji.kim", &[]).await;
        let told = app.get(&me, "/v1/me").await.expect(200);
        assert_eq!((&told.json["name"], &told.json["kind"], &told.json["roles"]), (&json!("minji.kim"), &json!("person"), &json!([])));
        app.get(&me, "/v1/bodies").await.expect(403);
        app.get(&me, "/v1/accounts").await.expect(403);
        let change = json!({ "current_password": PASSWORD, "new_password": "another phrase altogether" });
        app.post(&me, "/v1/me/password", change).await.expect(204);
    }
}
