//! People (계정): opened, described, given roles for a time, suspended and restored, and read only on the record.

use super::kit::{PASSWORD, enter, opened, persona, settled, text, trail};
use actix_web::test::TestRequest;
use domain::access::Role;
use serde_json::json;
use tests::{Persona, TestApp, both};

async fn move_to(app: &TestApp, admin: &Persona, id: &str, verb: &str) -> u16 {
    let tag = app.get(admin, &format!("/v1/accounts/{id}")).await.expect(200).tag();
    let path = format!("/v1/accounts/{id}/{verb}");
    app.post_to(admin, &path, &tag, json!({ "reason": "인사 발령" })).await.status.as_u16()
}

both! {
    /// Suspended: out at once. Restored: in again, but only by signing in.
    async fn suspension_takes_effect_at_once(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (me, minji) = settled(&app, &admin, "minji.kim", &[["viewer", "mois"]]).await;
        app.get(&me, "/v1/bodies").await.expect(200);
        assert_eq!(move_to(&app, &admin, &minji.id, "suspend").await, 200);
        app.get(&me, "/v1/bodies").await.expect(401);
        app.get(&me, "/v1/me").await.expect(401);
        enter(&app, "minji.kim", PASSWORD).await.expect(401);
        assert_eq!(move_to(&app, &admin, &minji.id, "suspend").await, 409);
        assert_eq!(move_to(&app, &admin, &minji.id, "restore").await, 200);
        app.get(&me, "/v1/bodies").await.expect(401);
        let again = persona(&minji.id, &enter(&app, "minji.kim", PASSWORD).await.expect(201));
        app.get(&again, "/v1/bodies").await.expect(200);
        assert_eq!(move_to(&app, &admin, &minji.id, "remove").await, 200);
        app.get(&again, "/v1/bodies").await.expect(401);
        let own = app.get(&admin, &format!("/v1/accounts/{}", admin.id)).await.tag();
        let path = format!("/v1/accounts/{}/suspend", admin.id);
        assert_eq!(app.post_to(&admin, &path, &own, json!({ "reason": "x" })).await.expect(409).json["code"], "own_account");
    }

    /// A role counts from when it is given until it is taken back or expires, to the second.
    async fn roles_come_and_go(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (me, minji) = settled(&app, &admin, "minji.kim", &[]).await;
        let path = format!("/v1/accounts/{}/grants", minji.id);
        let tag = app.get(&admin, &format!("/v1/accounts/{}", minji.id)).await.tag();
        let expires = app.app.clock.now().plus_seconds(20);
        let role = json!({ "role": "viewer", "body": "mois", "expires_at": expires, "reason": "파견" });
        app.get(&me, "/v1/bodies").await.expect(403);
        app.post(&admin, &path, role.clone()).await.expect(428);
        let given = app.post_to(&admin, &path, &tag, role.clone()).await.expect(200);
        app.post_to(&admin, &path, &tag, role.clone()).await.expect(412);
        assert_eq!(app.get(&me, "/v1/me").await.json["roles"][0]["role"], "viewer");
        app.get(&me, "/v1/bodies").await.expect(200);
        let twice = app.post_to(&admin, &path, &given.tag(), role).await.expect(422);
        assert_eq!(twice.faults(), ["/role role_held"]);
        app.pass(20);
        app.get(&me, "/v1/bodies").await.expect(403);
        let wrong = json!({ "role": "viewer", "body": "nowhere", "reason": "파견" });
        assert_eq!(app.post_to(&admin, &path, &given.tag(), wrong).await.expect(422).faults(), ["/body not_known"]);
        let role = json!({ "role": "viewer", "body": "mois", "reason": "파견" });
        let given = app.post_to(&admin, &path, &given.tag(), role).await.expect(200);
        app.get(&me, "/v1/bodies").await.expect(200);
        let revoke = format!("{path}/{}/revoke", text(&given.json["grants"][1]["id"]));
        let revoked = app.post_to(&admin, &revoke, &given.tag(), json!({ "reason": "복귀" })).await.expect(200);
        assert_eq!(revoked.json["grants"][1]["revoked"]["reason"], "복귀");
        app.get(&me, "/v1/bodies").await.expect(403);
        app.post_to(&admin, &format!("{path}/x/revoke"), &revoked.tag(), json!({ "reason": "복귀" })).await.expect(404);
    }

    /// The list is filtered, paged and on the record; only administrators and auditors have it.
    async fn accounts_are_listed_on_the_record(app: TestApp) {
        let (admin, auditor) = (app.persona(Role::Administrator, "mois").await, app.persona(Role::Auditor, "bai").await);
        for (name, roles) in [("a_b", &[["planner", "mois"]][..]), ("axb", &[["planner", "msit"], ["viewer", "mois"]]), ("cc.c", &[])] {
            opened(&app, &admin, name, roles).await;
        }
        let names = async |query: &str| -> Vec<String> {
            let list = app.get(&auditor, &format!("/v1/accounts?{query}")).await.expect(200);
            list.json["items"].as_array().unwrap().iter().map(|a| text(&a["sign_in_name"])).collect()
        };
        assert_eq!(names("role=planner").await, ["a_b", "axb"]);
        assert_eq!(names("body=mois&role=planner").await, ["a_b"]);
        assert_eq!(names("body=mois&role=viewer").await, ["axb"]);
        assert_eq!(names("q=a_B").await, ["a_b"], "an underscore is an underscore");
        assert_eq!(names("q=%EA%B9%80%EB%AF%BC&state=active").await, ["a_b", "axb", "cc.c"]);
        assert!(names("state=suspended").await.is_empty());
        let first = app.get(&auditor, "/v1/accounts?page_size=3&q=a").await.expect(200);
        let token = text(&first.json["next_page_token"]);
        let second = app.get(&auditor, &format!("/v1/accounts?page_size=200&q=a&page_token={token}")).await.expect(200);
        let seen: Vec<_> = [&first, &second].iter().flat_map(|p| p.json["items"].as_array().unwrap()).map(|a| text(&a["sign_in_name"])).collect();
        assert!(seen.is_sorted() && seen.len() == 4);

        let before = trail(&app, 0).await.len();
        let cc = app.get(&auditor, "/v1/accounts?q=cc.c").await.json["items"][0]["id"].clone();
        let one = app.get(&auditor, &format!("/v1/accounts/{}", text(&cc))).await.expect(200);
        assert_eq!(one.json["email"], "minji@mois.example");
        app.get(&auditor, &format!("/v1/accounts/{}", auditor.id)).await.expect(200);
        let planner = app.planner("mois").await;
        let other = app.get(&planner, &format!("/v1/accounts/{}", text(&cc))).await;
        assert_eq!(other.status.as_u16(), 404, "nobody else knows of it");
        app.get(&planner, "/v1/accounts").await.expect(403);
        let read: Vec<String> = trail(&app, before).await.into_iter().filter(|e| e.contains(" read ")).collect();
        let ends = |entry: &String, end: &str| entry.starts_with("auditor.") && entry.ends_with(end);
        assert!(ends(&read[0], " read account.list on system") && ends(&read[1], " read account.read on account"));
        assert_eq!(read.len(), 2, "not the own one");
    }

    /// What the server made for an account is shown once, and a retry does not show it again.
    async fn secrets_are_shown_once(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let new = json!({ "sign_in_name": "minji.kim", "display_name": "김민지" });
        let send = async |path: &str, tag: &str, body: &serde_json::Value| {
            let request = TestRequest::post().uri(path).insert_header(("authorization", format!("Bearer {}", admin.token)));
            let request = request.insert_header(("if-match", tag)).insert_header(("idempotency-key", "one"));
            app.send(request.set_json(body)).await
        };
        let first = send("/v1/accounts", "*", &new).await.expect(201);
        let again = send("/v1/accounts", "*", &new).await.expect(201);
        assert_eq!(again.json["account"], first.json["account"]);
        assert!(first.json["initial_password"].is_string() && again.json["initial_password"].is_null());
        let kept = super::kit::rows(&app, "SELECT answer FROM idempotency").await.join(" ");
        assert!(kept.contains("minji.kim") && !kept.contains(&text(&first.json["initial_password"])));
        let other = json!({ "sign_in_name": "other", "display_name": "다른" });
        for _ in 0..2 {
            let reused = send("/v1/accounts", "*", &other).await.expect(422);
            assert_eq!(reused.json["code"], "idempotency_key_reused");
        }
        app.post(&admin, "/v1/accounts", new).await.expect(409);

        let id = text(&first.json["account"]["id"]);
        let tokens = enter(&app, "minji.kim", &text(&first.json["initial_password"])).await.expect(201);
        let why = json!({ "reason": "분실" });
        let reset = app.post_to(&admin, &format!("/v1/accounts/{id}/reset-password"), &first.tag(), why.clone()).await.expect(200);
        app.post_to(&admin, &format!("/v1/accounts/{id}/reset-password"), &first.tag(), why).await.expect(412);
        app.get(&persona(&id, &tokens), "/v1/me").await.expect(401);
        enter(&app, "minji.kim", &text(&first.json["initial_password"])).await.expect(401);
        let tokens = enter(&app, "minji.kim", &text(&reset.json["initial_password"])).await.expect(201);
        assert_eq!(tokens.json["must_change_password"], true);
    }

    /// Names and addresses are corrected; every fault of a new account is told at once.
    async fn accounts_are_described(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let minji = opened(&app, &admin, "minji.kim", &[]).await;
        let path = format!("/v1/accounts/{}", minji.id);
        let changed = app.patch(&admin, &path, &minji.tag, json!({ "email": null })).await.expect(200);
        assert_eq!((&changed.json["email"], &changed.json["display_name"]), (&json!(null), &json!("김민지")));
        app.patch(&admin, &path, &minji.tag, json!({ "email": null })).await.expect(412);
        let role = json!({ "role": "viewer", "body": "mois", "reason": "x" });
        let past = json!({ "role": "viewer", "body": "mois", "reason": "x", "expires_at": "2020-01-01T00:00:00Z" });
        let new = json!({ "sign_in_name": "other", "display_name": "다른", "grants": [role, past] });
        assert_eq!(app.post(&admin, "/v1/accounts", new).await.expect(422).faults(), [
            "/grants/1/expires_at expiry_not_ahead",
            "/grants/1/role role_held",
        ]);
        let planner = app.planner("mois").await;
        let new = json!({ "sign_in_name": "other", "display_name": "다른" });
        let before = trail(&app, 0).await.len();
        app.post(&planner, "/v1/accounts", new).await.expect(403);
        assert_eq!(trail(&app, before).await.len(), 1, "a refused attempt is recorded once");
    }

    /// The machine's operator does the same from the command line.
    async fn the_operator_keeps_accounts(app: TestApp) {
        use api::account::{NewRole, PasswordFrom, Person, command};
        let name: domain::account::SignInName = "root.park".parse().unwrap();
        let role = |role| NewRole { role, body: "mois".parse().unwrap(), expires_at: None, reason: "시험".parse().unwrap() };
        let person = Person {
            sign_in_name: name.clone(),
            display_name: "박관리".parse().unwrap(),
            email: None,
            grants: vec![role(Role::Administrator)],
        };
        let weak = command::create(&app.app, person.clone(), "short".parse().unwrap(), PasswordFrom::Themselves).await;
        assert_eq!(weak.unwrap_err().faults[0].code.name, "password_too_short");
        command::create(&app.app, person, PASSWORD.parse().unwrap(), PasswordFrom::Themselves).await.unwrap();
        let tokens = enter(&app, "root.park", PASSWORD).await.expect(201);
        command::grant(&app.app, &name, role(Role::Viewer)).await.unwrap();
        let body = "mois".parse().unwrap();
        command::revoke(&app.app, &name, Role::Viewer, &body, "착오".parse().unwrap()).await.unwrap();
        let gone = command::revoke(&app.app, &name, Role::Viewer, &body, "착오".parse().unwrap()).await.unwrap_err();
        assert_eq!(gone.code.name, "grant_unknown");
        assert_eq!(command::list(&app.app).await.unwrap().len(), 1);
        let password = command::reset_password(&app.app, &name).await.unwrap();
        app.get(&persona("01890a5d-ac96-774b-bcce-b302099a8057", &tokens), "/v1/me").await.expect(401);
        assert_eq!(enter(&app, "root.park", &password).await.expect(201).json["must_change_password"], true);
        command::suspend(&app.app, &name, "휴직".parse().unwrap()).await.unwrap();
        enter(&app, "root.park", &password).await.expect(401);
        command::restore(&app.app, &name, "복직".parse().unwrap()).await.unwrap();
        enter(&app, "root.park", &password).await.expect(201);
    }
}
