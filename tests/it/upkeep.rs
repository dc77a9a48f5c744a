//! Upkeep (주기 작업): what is old is forgotten while the server runs, so that nothing grows without bound.

use actix_web::{test::TestRequest, web::Data};
use api::{
    App, Bounds, Chance, Clock, Running,
    account::throttle::{Caller, Limits, Ticking},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::json;
use std::{
    net::Ipv4Addr,
    num::NonZeroU32,
    time::{Duration, Instant},
};
use tests::{TestApp, both};

async fn rows(raw: &DatabaseConnection, table: &str) -> i64 {
    let query = Statement::from_string(raw.get_database_backend(), format!("SELECT count(*) FROM {table}"));
    raw.query_one_raw(query).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Sessions, kept answers and remembered callers.
async fn kept(app: &App, raw: &DatabaseConnection) -> (i64, i64, usize) {
    (rows(raw, "session_family").await, rows(raw, "idempotency").await, app.running.throttle.remembered())
}

/// A server beside the test's own whose brakes see time pass: a caller has the whole limit again at once.
fn ticking(app: &TestApp) -> Data<App> {
    let brakes = Limits { requests_per_caller: NonZeroU32::MAX, ..Limits::default() };
    Data::new(App {
        store: app.app.store.clone(),
        clock: Clock::Fixed(app.app.clock.now().micros().into()),
        chance: Chance::System,
        answers: api::http::KeptAnswers::default(),
        sign_in: api::account::SignIn::new("http://localhost:8080"),
        running: Running::new(Bounds::default(), brakes, Ticking::Since(Instant::now())),
    })
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
        app.pass(400 * 24 * 3600);
        let server = ticking(&app);
        server.running.throttle.request(Caller::Address(Ipv4Addr::LOCALHOST.into()));
        assert_eq!(kept(&server, &raw).await, (1, 1, 1));

        let upkeep = api::upkeep::start(&server);
        let began = Instant::now();
        while kept(&server, &raw).await != (0, 0, 0) {
            assert!(began.elapsed() < Duration::from_secs(10), "{:?} are kept", kept(&server, &raw).await);
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
        drop(upkeep);
    }
}
