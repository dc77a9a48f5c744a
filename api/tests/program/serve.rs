//! Serving (서비스): one command on an empty machine, and what it refuses.

use crate::kit::Place;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

#[test]
fn one_command_serves_on_an_empty_machine() {
    let place = Place::new();
    let server = place.serve(&[]);
    assert_eq!(server.greeting["docs"], format!("http://{}/docs/", server.address));
    for path in ["/healthz", "/readyz", "/docs/", "/openapi.json"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert_eq!(fs::metadata(place.path("data")).unwrap().permissions().mode() & 0o777, 0o700);
    let second = place.run(&["serve", "--listen", &server.address]).expect(1);
    assert!(second.err.contains("--listen"), "{}", second.err);
    let log = fs::read_to_string(place.path("log")).unwrap();
    assert!(log.contains("route=\"/readyz\" status=200"), "{log}");
}

#[test]
fn a_server_forgets_what_is_old() {
    let place = Place::new().with("AXTRACK_LOG_LEVEL", "debug");
    let _server = place.serve(&[]);
    let began = Instant::now();
    while !fs::read_to_string(place.path("log")).unwrap().contains("what is old was forgotten") {
        assert!(began.elapsed() < Duration::from_secs(20), "it does not look after itself");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A hash takes 19 MiB for a moment; whichever threads have hashed, the server does not keep it.
#[test]
fn memory_for_passwords_is_given_back() {
    let place = Place::new();
    let server = place.serve(&[]);
    let refused = |n: u32| {
        let wish = serde_json::json!({ "sign_in_name": format!("nobody.{n}"), "password": "whatever it may be" });
        assert_eq!(server.post("/v1/sessions", &wish).status, 401);
    };
    refused(0);
    let before = server.resident();
    (1..8).for_each(refused);
    let after = server.resident();
    assert!(after < before + 15, "{before} MiB after one password, {after} MiB after eight");
}

#[test]
fn the_log_is_json_for_programs_and_says_nothing_personal() {
    let place = Place::new().with("AXTRACK_LOG_FORMAT", "json");
    let server = place.serve(&[]);
    assert_eq!(server.get("/v1/bodies?q=%ED%99%8D%EA%B8%B8%EB%8F%99").status, 401);
    drop(server);
    let log = fs::read_to_string(place.path("log")).unwrap();
    let lines = log.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
    let line = lines.into_iter().find(|l| l["target"] == "axtrack::request").expect("the request's line");
    assert_eq!((&line["route"], &line["status"], &line["method"]), (&"/v1/bodies".into(), &401.into(), &"GET".into()));
    assert_eq!(line["request_id"].as_str().unwrap().len(), 36);
    assert!(!log.contains("%ED") && !log.contains("홍길동") && !log.contains("127.0.0.1\""));
}

#[test]
fn postgres_is_not_migrated_behind_the_operators_back() {
    let Some(cluster) = tests::postgres::own_cluster() else { return };
    let place = Place::new().with("AXTRACK_DATABASE_URL", cluster.url());
    let refused = place.run(&["serve", "--listen", "127.0.0.1:0", "--json"]).expect(1);
    assert_eq!(refused.json()["error"]["code"], "migrations_pending");
    assert!(refused.json()["error"]["detail"].as_str().unwrap().contains("axtrack migrate up"));
    place.run(&["migrate", "status"]).expect(1);
    drop(place.serve(&["--migrate"]));
    place.run(&["migrate", "status"]).expect(0);
    let server = place.serve(&[]);
    assert_eq!(server.get("/version").json()["database"], "postgres");
    // Made by whoever owns the cluster: a warning, not a fault.
    let found = place.run(&["doctor", "--json"]).json();
    let role = found["findings"].as_array().unwrap().iter().find(|f| f["check"] == "audit_rights").cloned().unwrap();
    assert_eq!(role["grade"], "warning");
    place.run(&["backup", "dump"]).expect(0);
    place.run(&["restore", "dump"]).expect(1);
    drop(server);
    place.run(&["restore", "dump", "--force"]).expect(0);
    place.run(&["migrate", "status"]).expect(0);
}
