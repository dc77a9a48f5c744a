//! At the door (로그인): guessing is slow, tells nothing and is recorded; there is no default password.

use super::kit::{PASSWORD, enter, enter_from, opened, rows, settled, trail};
use domain::access::Role;
use serde_json::{Value, json};
use tests::both;

both! {
    /// A wrong password, an unknown name and a suspended account cannot be told apart, and each leaves one entry.
    async fn the_door_tells_nothing(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        let (_, minji) = settled(&app, &admin, "minji.kim", &[["viewer", "mois"]]).await;
        let (_, suspended) = settled(&app, &admin, "suspended", &[["viewer", "mois"]]).await;
        let tag = app.get(&admin, &format!("/v1/accounts/{}", suspended.id)).await.tag();
        let path = format!("/v1/accounts/{}/suspend", suspended.id);
        app.post_to(&admin, &path, &tag, json!({ "reason": "휴직" })).await.expect(200);
        let before = trail(&app, 0).await.len();
        let mut answers = Vec::new();
        for (name, password) in [("minji.kim", "wrong"), ("nobody.here", "wrong"), ("suspended", PASSWORD)] {
            let mut answer = enter(&app, name, password).await.expect(401);
            assert!(answer.json["request_id"].is_string());
            answer.json["request_id"] = Value::Null;
            let mut headers: Vec<String> = answer.headers.iter().map(|(k, v)| format!("{k}: {v:?}")).collect();
            headers.retain(|h| !h.starts_with("x-request-id"));
            headers.sort();
            answers.push((answer.json, headers));
        }
        assert_eq!(answers[0].0["code"], "sign_in_failed");
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
        assert_eq!(trail(&app, before).await, ["anonymous denied session.sign_in on account"; 3]);
        let subjects = rows(&app, "SELECT subject_id FROM audit_entry ORDER BY seq").await.split_off(before);
        assert_eq!(subjects, [minji.id, "unknown".to_owned(), suspended.id]);
        let kept = rows(&app, "SELECT changes || actor_name || subject_id FROM audit_entry ORDER BY seq").await.split_off(before);
        assert!(kept.iter().all(|row| !row.contains("nobody.here") && !row.contains("wrong") && !row.contains(PASSWORD)));
    }

    /// Five tries a minute for a name from wherever, known or not; twenty from an address.
    async fn guessing_is_slow(app: TestApp) {
        let admin = app.persona(Role::Administrator, "mois").await;
        opened(&app, &admin, "minji.kim", &[]).await;
        for name in ["minji.kim", "nobody.here"] {
            for i in 0..5 {
                enter_from(&app, &format!("10.1.0.{i}"), name, "wrong").await.expect(401);
            }
            let refused = enter_from(&app, "10.1.0.9", name, "wrong").await.expect(429);
            assert_eq!(refused.json["code"], "rate_limited");
            let wait: u64 = refused.headers.get("retry-after").unwrap().to_str().unwrap().parse().unwrap();
            assert!((1..=12).contains(&wait), "{wait}");
        }
        for i in 0..20 {
            enter_from(&app, "10.2.0.1", &format!("name{i}"), "wrong").await.expect(401);
        }
        enter_from(&app, "10.2.0.1", "another", "wrong").await.expect(429).headers.get("retry-after").unwrap();
        enter_from(&app, "10.2.0.2", "another", "wrong").await.expect(401);
    }

    /// A fresh server has nobody in it and lets nobody in; the console's token makes the first administrator, once.
    async fn the_first_administrator_comes_by_a_token(app: TestApp) {
        assert!(rows(&app, "SELECT sign_in_name FROM account").await.is_empty());
        for name in ["admin", "administrator", "root"] {
            for password in ["admin", "axtrack", "password"] {
                enter(&app, name, password).await.expect(401);
            }
        }
        let earlier = api::account::command::first_administrator_token(&app.app).await.unwrap().unwrap();
        let token = api::account::command::first_administrator_token(&app.app).await.unwrap().unwrap();
        let new = |token: &str, password: &str| json!({
            "token": token, "sign_in_name": "root.park", "display_name": "박관리", "password": password, "body": "mois"
        });
        let path = "/v1/first-administrator";
        let wrong = app.knock(path, new(&format!("axf_{}", "ab".repeat(32)), PASSWORD)).await.expect(401);
        assert_eq!(wrong.json["code"], "one_time_token_refused");
        app.knock(path, new(&earlier, PASSWORD)).await.expect(401);
        assert_eq!(app.knock(path, new(&token, "short")).await.expect(422).faults(), ["/password password_too_short"]);
        let before = trail(&app, 0).await.len();
        let made = app.knock(path, new(&token, PASSWORD)).await.expect(201);
        assert_eq!(made.json["grants"][0]["role"], "administrator");
        assert_eq!(trail(&app, before).await, ["root.park done first_administrator.redeem on account"]);
        assert_eq!(app.knock(path, new(&token, PASSWORD)).await.expect(409).json["code"], "administrator_exists");
        assert_eq!(api::account::command::first_administrator_token(&app.app).await.unwrap(), None);
        let tokens = enter(&app, "root.park", PASSWORD).await.expect(201);
        assert_eq!(tokens.json["must_change_password"], false);
        let root = super::kit::persona(&made.id(), &tokens);
        assert_eq!(app.get(&root, "/v1/accounts").await.expect(200).json["items"][0]["sign_in_name"], "root.park");
        let kept = rows(&app, "SELECT document || '' FROM first_administrator").await;
        assert!(!kept[0].contains(&token[4..]), "only its hash");
    }

    /// A token is good for an hour.
    async fn a_token_expires(app: TestApp) {
        let token = api::account::command::first_administrator_token(&app.app).await.unwrap().unwrap();
        app.pass(3600);
        let new = json!({ "token": token, "sign_in_name": "root.park", "display_name": "박", "password": PASSWORD, "body": "mois" });
        app.knock("/v1/first-administrator", new).await.expect(401);
    }

    /// The demonstration has somebody for each role, and never stands beside real accounts.
    async fn the_demonstration_is_for_empty_databases(app: TestApp) {
        let people = api::account::demo_people(&app.app).await.unwrap();
        assert_eq!(people.len(), 20);
        assert_eq!(api::account::demo_people(&app.app).await.unwrap(), people, "again");
        let coordinator = people.iter().find(|p| p.role == Role::Coordinator).unwrap();
        let tokens = enter(&app, coordinator.sign_in_name.as_str(), coordinator.password).await.expect(201);
        assert_eq!(tokens.json["must_change_password"], false);
        app.planner("mois").await;
        let refused = api::account::demo_people(&app.app).await.unwrap_err();
        assert_eq!(refused.code.name, "demonstration_refused");
    }
}
