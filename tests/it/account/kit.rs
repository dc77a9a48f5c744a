//! What the stories about accounts (계정) share.

use actix_web::test::TestRequest;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// A password that the policy takes.
pub const PASSWORD: &str = "spring comes to the hills";

/// An account opened by an administrator, with the password that the server made for it.
pub struct Opened {
    pub id: String,
    pub tag: String,
    pub password: String,
}

/// Opens an account with roles (`[["viewer", "mois"]]`).
pub async fn opened(app: &TestApp, admin: &Persona, name: &str, roles: &[[&str; 2]]) -> Opened {
    let roles: Vec<_> = roles.iter().map(|[r, b]| json!({ "role": r, "body": b, "reason": "시험" })).collect();
    let new = json!({ "sign_in_name": name, "display_name": "김민지", "email": "minji@mois.example", "grants": roles });
    let made = app.post(admin, "/v1/accounts", new).await.expect(201);
    assert_eq!(made.headers.get("cache-control").unwrap(), "no-store");
    Opened { id: text(&made.json["account"]["id"]), tag: made.tag(), password: text(&made.json["initial_password"]) }
}

/// Signs in; each name from an address of its own, so that only the stories about brakes meet them.
pub async fn enter(app: &TestApp, name: &str, password: &str) -> Answer {
    let address = format!("10.0.{}.{}", name.len(), name.bytes().fold(0_u8, u8::wrapping_add));
    enter_from(app, &address, name, password).await
}

/// Signs in from an address.
pub async fn enter_from(app: &TestApp, address: &str, name: &str, password: &str) -> Answer {
    let body = json!({ "sign_in_name": name, "password": password });
    app.send_from(address, TestRequest::post().uri("/v1/sessions").set_json(body)).await
}

/// Somebody who opened an account, signed in and chose a password of their own.
pub async fn settled(app: &TestApp, admin: &Persona, name: &str, roles: &[[&str; 2]]) -> (Persona, Opened) {
    let opened = opened(app, admin, name, roles).await;
    let first = enter(app, name, &opened.password).await.expect(201);
    let me = persona(&opened.id, &first);
    let change = json!({ "current_password": opened.password, "new_password": PASSWORD });
    app.post(&me, "/v1/me/password", change).await.expect(204);
    (me, opened)
}

/// Whoever got these tokens.
pub fn persona(id: &str, tokens: &Answer) -> Persona {
    Persona { id: id.parse().unwrap(), token: text(&tokens.json["access_token"]) }
}

/// The same, with a token that has not expired.
pub fn renewed(app: &TestApp, who: &Persona) -> Persona {
    Persona { id: who.id, token: app.app.sign_in.access_token(&app.app, who.id).unwrap() }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Rows of the database as it lies there, each as one text.
pub async fn rows(app: &TestApp, sql: &str) -> Vec<String> {
    let url = match (&app.directory, &app.database) {
        (Some(directory), _) => format!("sqlite:{}", directory.path().join("axtrack.db").display()),
        (_, Some(database)) => database.url(),
        _ => panic!("a database"),
    };
    let db = store::raw(&url).await.unwrap();
    let found = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let told = found.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect();
    db.close().await.unwrap();
    told
}

/// The audit trail from its `n`th entry: `actor outcome action on kind`.
pub async fn trail(app: &TestApp, after: usize) -> Vec<String> {
    let sql =
        "SELECT actor_name || ' ' || outcome || ' ' || action || ' on ' || subject_kind FROM audit_entry ORDER BY seq";
    rows(app, sql).await.split_off(after)
}
