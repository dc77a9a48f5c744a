//! Accounts and reference files from the command line (운영자 명령), beside a running server.

use crate::kit::{Place, Server};
use serde_json::{Value, json};
use std::{
    fs,
    time::{Duration, Instant},
};

const PASSWORD: &str = "correct horse battery staple";

fn signed_in(server: &Server, name: &str, password: &str) -> (u16, Value) {
    let got = server.post("/v1/sessions", &json!({ "sign_in_name": name, "password": password }));
    (got.status, got.json())
}

#[test]
fn an_operator_opens_and_ends_accounts_beside_the_server() {
    let place = Place::new();
    let server = place.serve(&[]);
    let token = server.greeting["first_administrator_token"].as_str().expect("a token").to_owned();
    let fresh = place.run(&["account", "first-administrator", "--json"]).expect(0).json()["token"].clone();
    assert_ne!(fresh, token.as_str(), "a new one takes its place");

    let new = [
        "account",
        "create",
        "minji",
        "--display-name",
        "김민지",
        "--role",
        "administrator",
        "--body",
        "mois",
        "--reason",
        "시험",
        "--json",
    ];
    let made = place.run_with(&format!("{PASSWORD}\n"), &new).expect(0).json();
    assert_eq!(made["roles"][0]["role"], "administrator");
    place.run_with(&format!("{PASSWORD}\n"), &new).expect(1);
    let short = place.run_with("short\n", &["account", "create", "other", "--display-name", "x"]);
    assert!(short.code > 0 && !short.err.contains("short\n"));
    assert_eq!(
        place.run(&["account", "first-administrator"]).expect(1).out.trim(),
        "관리자가 이미 있습니다. There is an administrator already."
    );

    // The server knows at once.
    let (status, tokens) = signed_in(&server, "minji", PASSWORD);
    assert_eq!(status, 201, "{tokens}");
    let bearer = tokens["access_token"].as_str().unwrap().to_owned();
    let me = || server.get_as("/v1/me", &bearer).status;
    assert_eq!(me(), 200);

    let grant = ["account", "grant", "minji", "--role", "coordinator", "--body", "msit", "--reason", "총괄"];
    place.run(&grant).expect(0);
    place.run(&["account", "grant", "minji", "--role", "king", "--body", "msit", "--reason", "총괄"]).expect(2);
    place.run(&["account", "grant", "nobody", "--role", "viewer", "--body", "msit", "--reason", "총괄"]).expect(1);
    let all = place.run(&["account", "list", "--json"]).expect(0).json();
    assert_eq!(all["accounts"][0]["roles"].as_array().unwrap().len(), 2);
    place.run(&["account", "revoke", "minji", "--role", "coordinator", "--body", "msit", "--reason", "전보"]).expect(0);
    let reset = place.run(&["account", "reset-password", "minji", "--json"]).expect(0).json();
    assert_eq!(signed_in(&server, "minji", PASSWORD).0, 401);
    assert_eq!(signed_in(&server, "minji", reset["password"].as_str().unwrap()).0, 201);

    place.run(&["account", "suspend", "minji", "--reason", "휴직"]).expect(0);
    let began = Instant::now();
    while me() != 401 {
        assert!(began.elapsed() < Duration::from_secs(30), "a suspended account is still believed");
        std::thread::sleep(Duration::from_millis(50));
    }
    place.run(&["account", "restore", "minji", "--reason", "복직"]).expect(0);
}

#[test]
fn a_reference_file_is_taken_whole_or_not_at_all() {
    let place = Place::new();
    let head = "code,sido_code,name_ko,name_en_romanised,kind,org_code,valid_from,valid_to,predecessor_codes,successor_codes,population_status,note";
    fs::write(place.path("good.csv"), format!("{head}\n26110,26,중구,Jung-gu,autonomous_district,3250000,,,,,,\n"))
        .unwrap();
    fs::write(
        place.path("bad.csv"),
        format!("{head}\n26110,26,중구,Jung-gu,autonomous_district,3250000,,,,,,\n99999,99,없음,None,club,,,,,,,\n"),
    )
    .unwrap();
    let import = |file: &str, more: &[&str]| {
        let all: Vec<&str> =
            ["reference", "import", "municipalities", file, "--source", "시험"].iter().chain(more).copied().collect();
        place.run(&all)
    };
    assert_eq!(import("good.csv", &["--dry-run", "--json"]).expect(0).json()["rows_new"], 1);
    let refused = import("bad.csv", &[]).expect(1).err;
    assert!(refused.contains("/rows/3/"), "{refused}");
    assert_eq!(import("good.csv", &["--json"]).expect(0).json()["rows_new"], 1, "nothing was kept before");
    assert_eq!(import("good.csv", &["--json"]).expect(0).json()["rows_unchanged"], 1);
    import("nowhere.csv", &[]).expect(1);
    place.run(&["reference", "import", "cities", "good.csv", "--source", "시험"]).expect(2);
}
