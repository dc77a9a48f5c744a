//! Upkeep (주기 작업): what is old is forgotten while the server runs, so that nothing grows without bound.

use actix_web::test::TestRequest;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::json;
use std::time::{Duration, Instant};
use tests::{TestApp, both};

async fn rows(raw: &DatabaseConnection, table: &str) -> i64 {
    let query = Statement::from_string(raw.get_database_backend(), format!("SELECT count(*) FROM {table}"));
    raw.query_one_raw(query).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Sessions, kept answers and remembered callers.
async fn kept(app: &TestApp, raw: &DatabaseConnection) -> (i64, i64, usize) {
    (rows(raw, "session_family").await, rows(raw, "idempotency").await, app.app.running.throttle.remembered())
}

both! {
    /// Kept answers, sessions that are over and callers who have their whole limit again are forgotten by themselves.
    async fn what_is_old_is_forgotten(app: TestApp) {
        let raw = store::raw(&app.url()).await.unwrap();
        let admin = app.persona(domain::access::Role::Administrator, "mois").await;
        let person = json!({ "sign_in_name": "minji", "display_name": "김민지", "grants": [] });
        let request = TestRequest::post().uri("/v1/accounts").insert_header(("authorization", format!("Bearer {}", admin.token)));
        let made = app.send(request.insert_header(("idempotency-key", "once")).set_json(person)).await.expect(201).json;
        let password = made["initial_password"].as_str().unwrap();
        let wish = json!({ "sign_in_name": "minji", "password": password });
        app.knock("/v1/sessions", wish).await.expect(201);
        let (sessions, answers, callers) = kept(&app, &raw).await;
        assert_eq!((sessions, answers), (1, 1));
        assert!(callers > 2, "{callers}");

        app.pass(400 * 24 * 3600);
        let upkeep = api::upkeep::start(&app.app);
        let began = Instant::now();
        // The one who signed in a moment ago is remembered still, by name and by address.
        while kept(&app, &raw).await != (0, 0, 2) {
            assert!(began.elapsed() < Duration::from_secs(10), "{:?} are kept", kept(&app, &raw).await);
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
        drop(upkeep);
    }
}
