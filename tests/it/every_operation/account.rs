//! Accounts, sessions and service keys (계정, 로그인, 서비스 키) to try operations on.

use super::{Case, Cast};
use crate::account::kit::{self, PASSWORD};
use serde_json::{Value, json};
use tests::{Answer, TestApp};

/// A name that nobody has yet.
fn name(app: &TestApp) -> String {
    format!("n.{}", &app.app.chance.uuid().to_string()[24..])
}

async fn opened(app: &TestApp, cast: &Cast) -> (String, Answer) {
    let name = name(app);
    let new = json!({ "sign_in_name": name, "display_name": "김민지", "grants": [{ "role": "viewer", "body": "mois", "reason": "시험" }] });
    (name, app.post(cast.administrator(), "/v1/accounts", new).await.expect(201))
}

/// Does something to an account as an administrator.
async fn then(app: &TestApp, cast: &Cast, made: &Answer, act: &str, body: Value) -> Answer {
    let path = format!("/v1/accounts/{}/{act}", made.json["account"]["id"].as_str().unwrap());
    app.post_to(cast.administrator(), &path, &made.tag(), body).await.expect(200)
}

async fn service_key(app: &TestApp, cast: &Cast, below: &str) -> Case {
    let made = app.post(cast.administrator(), "/v1/service-keys", new_key(app)).await.expect(201);
    Case::at(format!("/v1/service-keys/{}{below}", made.json["service_key"]["id"].as_str().unwrap())).tagged(made.tag())
}

fn new_key(app: &TestApp) -> Value {
    let until = app.app.clock.now().plus_seconds(86_400 * 3);
    json!({ "name": "상황판", "grants": [{ "role": "viewer", "body": "nia" }], "expires_at": until })
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let on = |made: &Answer, below: &str| {
        Case::at(format!("/v1/accounts/{}{below}", made.json["account"]["id"].as_str().unwrap())).tagged(made.tag())
    };
    Some(match id {
        "list_accounts" => Case::at("/v1/accounts?page_size=5"),
        "create_account" => {
            Case::at("/v1/accounts").with(json!({ "sign_in_name": name(app), "display_name": "김민지" }))
        }
        "read_account" | "change_account" => on(&opened(app, cast).await.1, ""),
        "grant_role" => on(&opened(app, cast).await.1, "/grants"),
        "suspend_account" => on(&opened(app, cast).await.1, "/suspend"),
        "remove_account" => on(&opened(app, cast).await.1, "/remove"),
        "reset_password" => on(&opened(app, cast).await.1, "/reset-password"),
        "restore_account" => {
            let made = opened(app, cast).await.1;
            let suspended = then(app, cast, &made, "suspend", json!({ "reason": "휴직" })).await;
            on(&made, "/restore").tagged(suspended.tag())
        }
        "revoke_role" => {
            let made = opened(app, cast).await.1;
            let grant = made.json["account"]["grants"][0]["id"].as_str().unwrap().to_owned();
            on(&made, &format!("/grants/{grant}/revoke"))
        }
        "read_me" => Case::at("/v1/me"),
        "change_password" => {
            let (me, _) = kit::settled(app, cast.administrator(), &name(app), &[]).await;
            let body = json!({ "current_password": PASSWORD, "new_password": "summer stays by the river" });
            Case::at("/v1/me/password").with(body).by(me)
        }
        "end_session" => {
            Case::at("/v1/sessions/sign-out").by(kit::settled(app, cast.administrator(), &name(app), &[]).await.0)
        }
        "create_session" | "refresh_session" => {
            let (name, made) = opened(app, cast).await;
            let body = json!({ "sign_in_name": name, "password": made.json["initial_password"] });
            if id == "create_session" {
                return Some(Case::at("/v1/sessions").with(body));
            }
            let tokens = app.knock("/v1/sessions", body).await.expect(201);
            Case::at("/v1/sessions/refresh").with(json!({ "refresh_token": tokens.json["refresh_token"] }))
        }
        "list_service_keys" => Case::at("/v1/service-keys?page_size=5"),
        "create_service_key" => Case::at("/v1/service-keys").with(new_key(app)),
        "read_service_key" => service_key(app, cast, "").await,
        "revoke_service_key" => service_key(app, cast, "/revoke").await,
        _ => return None,
    })
}
