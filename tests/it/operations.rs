//! Running the service (운영): signs of life, limits, safe headers, the documentation served from the program.

use actix_http::Request;
use actix_web::{
    Error,
    body::{MessageBody, to_bytes},
    dev::{Service, ServiceResponse},
    http::header::HeaderMap,
    test::{TestRequest, init_service},
    web::{self, Data},
};
use api::{
    App, Bounds, Chance, Clock, Running,
    account::throttle::{Limits, Ticking},
};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use std::{num::NonZeroU32, path::PathBuf, time::Duration};
use tests::{Persona, TestApp, both};

struct Got {
    status: u16,
    headers: HeaderMap,
    text: String,
    json: Value,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

/// A second server over the same database, with bounds and brakes of its own and two routes that misbehave.
async fn server(app: &TestApp, bounds: Bounds, per_minute: u32) -> (Data<App>, impl AsyncFn(TestRequest) -> Got) {
    let brakes = Limits { requests_per_caller: NonZeroU32::new(per_minute).unwrap(), ..Limits::default() };
    let state = Data::new(App {
        store: app.app.store.clone(),
        clock: Clock::Fixed(app.app.clock.now().micros().into()),
        chance: Chance::System,
        answers: api::http::KeptAnswers::default(),
        sign_in: api::account::SignIn::new("http://localhost:8080"),
        running: Running::new(bounds, brakes, Ticking::Still),
    });
    state.sign_in.load_keys(&state).await.unwrap();
    let routes = api::service(state.clone())
        .route("/panics", web::get().to(async || -> String { panic!("secret cause") }))
        .route("/hangs", web::get().to(async || std::future::pending::<String>().await));
    let service = init_service(routes).await;
    let send = async move |request: TestRequest| got(&service, request).await;
    (state, send)
}

async fn got(
    service: &impl Service<Request, Response = ServiceResponse<impl MessageBody + 'static>, Error = Error>,
    request: TestRequest,
) -> Got {
    let request = request.peer_addr("127.0.0.1:40000".parse().unwrap()).to_request();
    let answer = match service.call(request).await {
        Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
        Err(error) => error.error_response(),
    };
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let bytes = to_bytes(answer.into_body()).await.unwrap_or_else(|_| panic!("a body"));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Got { status, headers, json: serde_json::from_str(&text).unwrap_or_default(), text }
}

fn get(path: &str) -> TestRequest {
    TestRequest::with_uri(path)
}
fn by(who: &Persona, path: &str) -> TestRequest {
    get(path).insert_header(("authorization", format!("Bearer {}", who.token)))
}
fn faults(got: &Got) -> Vec<String> {
    let list = got.json["errors"].as_array().cloned().unwrap_or_default();
    list.iter().map(|f| format!("{} {}", f["pointer"].as_str().unwrap(), f["code"].as_str().unwrap())).collect()
}

both! {
    /// Alive, ready and countable without signing in.
    async fn the_server_tells_how_it_is(app: TestApp) {
        let reader = app.planner("mois").await;
        app.get(&reader, "/v1/bodies/mois").await.expect(200);
        for path in ["/healthz", "/readyz"] {
            assert_eq!(app.send(get(path)).await.expect(200).json["status"], "ok", "{path}");
        }
        let version = app.send(get("/version")).await.expect(200).json;
        assert_eq!((&version["name"], version["database"].as_str()), (&"axtrack".into(), Some(app.app.store.backend_name())));
        let counts = app.send(get("/metrics")).await.expect(200);
        let text = String::from_utf8(counts.bytes.to_vec()).unwrap();
        assert!(text.contains(r#"axtrack_http_requests_total{method="GET",route="/v1/bodies/{body}",status="200"} 1"#), "{text}");
        for name in ["axtrack_http_request_duration_seconds_bucket", "axtrack_http_requests_in_flight 1", "axtrack_store_writes_total", "axtrack_store_connections", "axtrack_known_tokens"] {
            assert!(text.contains(name), "{name} is missing from {text}");
        }
    }

    /// Not ready while it stops or the schema is behind; each reason is coded.
    async fn the_server_is_not_ready_when_it_cannot_serve(app: TestApp) {
        let (state, send) = server(&app, Bounds::default(), 100).await;
        assert_eq!(send(get("/readyz")).await.status, 200);
        let url = match (&app.database, &app.directory) {
            (Some(database), _) => database.url(),
            (None, Some(folder)) => format!("sqlite:{}/axtrack.db", folder.path().display()),
            _ => unreachable!("a database"),
        };
        let outside = store::raw(&url).await.unwrap();
        outside.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE 'm0002%'").await.unwrap();
        state.running.drain();
        let answer = send(get("/readyz")).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
        assert_eq!(answer.json["code"], "not_ready");
        assert_eq!(faults(&answer), [" draining", "/migrations migrations_pending"]);
        assert_eq!(send(get("/healthz")).await.status, 200, "it is alive all the same");
    }

    /// A caller over the limit is told to wait, others are not; those who show no token are counted by address.
    async fn a_caller_is_stopped_at_the_limit(app: TestApp) {
        let bounds = Bounds { proxies: vec!["127.0.0.0/8".parse().unwrap()], ..Bounds::default() };
        let (_, send) = server(&app, bounds, 3).await;
        let (one, other) = (app.planner("mois").await, app.planner("msit").await);
        for left in ["2", "1", "0"] {
            let answer = send(by(&one, "/v1/bodies/mois")).await;
            assert_eq!((answer.status, answer.header("ratelimit-policy")), (200, "\"requests\";q=3;w=60"));
            assert!(answer.header("ratelimit").starts_with(&format!("\"requests\";r={left};t=")));
        }
        let refused = send(by(&one, "/v1/bodies/mois")).await;
        assert_eq!((refused.status, refused.json["code"].as_str()), (429, Some("rate_limited")));
        assert_eq!(refused.header("retry-after"), "20");
        assert_eq!(send(by(&other, "/v1/bodies/mois")).await.status, 200);

        let from = |address: &'static str| get("/v1/bodies/mois").insert_header(("x-forwarded-for", address));
        for expected in [401, 401, 401, 429] {
            assert_eq!(send(from("192.0.2.1")).await.status, expected);
        }
        assert_eq!(send(from("9.9.9.9, 192.0.2.1, 127.0.0.5")).await.status, 429, "only trusted hops are skipped");
        assert_eq!(send(from("192.0.2.2")).await.status, 401);
    }
}

/// A panic is a 500 that says nothing, a request that hangs a 503; both are problems with an id and safe headers.
#[test]
fn what_falls_over_or_hangs_is_answered() {
    tests::on_sqlite(async |app| {
        let (_, send) = server(&app, Bounds { time: Duration::from_millis(50), ..Bounds::default() }, 100).await;
        for (path, status, code) in [("/panics", 500, "internal"), ("/hangs", 503, "timed_out")] {
            let answer = send(get(path).insert_header(("x-request-id", "my-request-1"))).await;
            assert_eq!((answer.status, answer.json["code"].as_str()), (status, Some(code)), "{path}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(
                (answer.header("x-request-id"), &answer.json["request_id"]),
                ("my-request-1", &"my-request-1".into())
            );
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert!(!answer.text.contains("secret"));
        }
        assert_eq!(send(get("/healthz")).await.status, 200, "the worker lives on");
    });
}

#[test]
fn a_full_disk_is_not_ready() {
    tests::on_sqlite(async |app| {
        let data = app.directory.as_ref().map(|d| d.path().join("axtrack.db"));
        let (_, send) = server(&app, Bounds { data, least_free: u64::MAX, ..Bounds::default() }, 100).await;
        assert_eq!(faults(&send(get("/readyz")).await), ["/disk disk_full"]);
        let data = Some(PathBuf::from("axtrack.db"));
        let (_, send) = server(&app, Bounds { data, least_free: 1, ..Bounds::default() }, 100).await;
        assert_eq!(send(get("/readyz")).await.status, 200);
    });
}

/// Every answer carries an id and the headers that keep browsers from guessing; an address has a longest length.
#[test]
fn every_answer_is_dressed() {
    tests::on_sqlite(async |app| {
        let (_, send) = server(&app, Bounds { transport: api::Transport::Secured, ..Bounds::default() }, 100).await;
        for path in ["/healthz", "/v1/bodies", "/nowhere", "/docs/", "/problems"] {
            let answer = send(get(path)).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert!(answer.header("strict-transport-security").starts_with("max-age="), "{path}");
            assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
            assert_eq!(answer.header("content-encoding"), "", "{path}");
        }
        let long = send(get(&format!("/v1/bodies?q={}", "a".repeat(8200)))).await;
        assert_eq!((long.status, long.json["code"].as_str()), (414, Some("address_too_long")));
    });
}

/// Large text is compressed on request, under an entity tag of its own that still answers 304.
#[test]
fn large_answers_are_compressed_on_request() {
    tests::on_sqlite(async |app| {
        let reader = app.planner("mois").await;
        let asked = |path: &str| by(&reader, path).insert_header(("accept-encoding", "gzip"));
        let (_, send) = server(&app, Bounds::default(), 100).await;
        let list = send(asked("/v1/bodies?page_size=50")).await;
        assert_eq!((list.header("content-encoding"), list.header("vary")), ("gzip", "accept-encoding"));
        assert!(list.header("etag").ends_with("-gzip\""), "{}", list.header("etag"));
        let again = asked("/v1/bodies?page_size=50").insert_header(("if-none-match", list.header("etag")));
        assert_eq!(send(again).await.status, 304);
        let plain = send(by(&reader, "/v1/bodies?page_size=50")).await;
        assert!(!plain.header("etag").contains("gzip") && plain.json["items"].is_array());
        assert_eq!(send(asked("/healthz")).await.header("content-encoding"), "", "small");
        let refused = by(&reader, "/v1/bodies").insert_header(("accept-encoding", "br, identity;q=0"));
        let refused = send(refused).await;
        assert_eq!((refused.status, refused.json["code"].as_str()), (406, Some("not_acceptable")));
    });
}

/// The documentation comes from the program itself, and asks nothing of anybody else.
#[test]
fn the_documentation_is_served() {
    tests::on_sqlite(async |app| {
        let moved = app.send(get("/")).await.expect(307);
        assert_eq!(moved.headers.get("location").unwrap(), "/docs/");
        let page = app.send(get("/docs/")).await.expect(200);
        assert!(page.headers.get("content-security-policy").unwrap().to_str().unwrap().contains("connect-src 'self'"));
        let page = String::from_utf8(page.bytes.to_vec()).unwrap();
        assert!(page.contains("swagger-ui") && !page.contains("src=\"http") && !page.contains("href=\"http"));
        let start = app.send(get("/docs/swagger-initializer.js")).await.expect(200);
        let start = String::from_utf8(start.bytes.to_vec()).unwrap();
        assert!(start.contains("/openapi.json") && start.contains("\"validatorUrl\": \"none\""), "{start}");
        let served = app.send(get("/openapi.json")).await.expect(200);
        assert_eq!(String::from_utf8(served.bytes.to_vec()).unwrap(), api::spec_text().to_string());
        for path in ["/docs/nothing.js", "/docs/../Cargo.toml"] {
            app.send(get(path)).await.expect(404);
        }
    });
}

/// Every code has its page, in both languages, for people and for programs.
#[test]
fn every_problem_is_explained() {
    tests::on_sqlite(async |app| {
        let all = app.send(get("/problems")).await.expect(200).json;
        for code in all["items"].as_array().unwrap() {
            let name = code["code"].as_str().unwrap();
            let one = app.send(get(&format!("/problems/{name}"))).await.expect(200);
            assert_eq!(&one.json, code);
            let page = get(&format!("/problems/{name}")).insert_header(("accept", "text/html,application/xhtml+xml"));
            let page = app.send(page).await.expect(200);
            let page = String::from_utf8(page.bytes.to_vec()).unwrap();
            let first = |words: &Value| words.as_str().unwrap().replace('"', "&quot;").replace('\'', "&#39;");
            assert!(page.starts_with("<!doctype html>") && page.contains(&first(&code["remedy"]["ko"])), "{name}");
            assert!(page.contains(&first(&code["title"]["en"])), "{name}");
        }
        assert!(all["items"].as_array().unwrap().len() > 60);
        app.send(get("/problems/no_such_code")).await.expect(404);
    });
}
