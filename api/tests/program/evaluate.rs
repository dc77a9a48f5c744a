//! `axtrack evaluate` (평가 재계산) against the worked examples of the dossier's contract, in `api/tests/contract`.

use crate::kit::Place;
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

fn examples(ending: &str) -> Vec<(String, PathBuf)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let all = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let named =
        all.filter_map(|path| Some((path.file_name()?.to_str()?.strip_suffix(ending)?.to_owned(), path.clone())));
    named.collect()
}
fn read(path: &PathBuf) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_worked_example_gives_its_result() {
    let place = Place::new();
    let dossiers = examples(".dossier.json");
    assert_eq!(dossiers.len(), 12);
    for (name, path) in dossiers {
        let wanted = read(&path.with_file_name(format!("{name}.result.json")));
        let ran = place.run(&["evaluate", path.to_str().unwrap()]).expect(0);
        assert_eq!(ran.json(), wanted, "{name}");
        let piped = place.run_with(&fs::read_to_string(&path).unwrap(), &["--json", "evaluate", "-"]).expect(0);
        assert_eq!(piped.json(), wanted, "{name} from the standard input");
    }
    assert!(!place.path("data").exists(), "it needs no database");
}

#[test]
fn a_broken_dossier_is_refused_with_every_fault() {
    let place = Place::new();
    let told = [
        ("broken-band_gap", "bands_do_not_tile"),
        ("broken-duplicate_sheet", "duplicate"),
        ("broken-negative_money", "out_of_range"),
        ("broken-score_over_max", "score_above_maximum"),
    ];
    for (name, code) in told {
        let (_, path) = examples(".json").into_iter().find(|(stem, _)| stem == name).unwrap();
        let ran = place.run(&["evaluate", path.to_str().unwrap()]).expect(2);
        assert_eq!(ran.out, "");
        let problem: Value = serde_json::from_str(&ran.err).unwrap();
        assert_eq!(problem["code"], "dossier_refused");
        let codes: Vec<&str> =
            problem["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
        assert!(!codes.is_empty() && codes.iter().all(|c| *c == code), "{name}: {codes:?}");
    }
    for (input, pointer, code) in
        [("{", "", "wrong_form"), ("[]", "", "wrong_type"), (r#"{"schema":"x","schema":"x"}"#, "/schema", "duplicate")]
    {
        let ran = place.run_with(input, &["evaluate", "-"]).expect(2);
        let problem: Value = serde_json::from_str(&ran.err).unwrap();
        let first = &problem["errors"][0];
        assert_eq!((first["pointer"].as_str(), first["code"].as_str()), (Some(pointer), Some(code)), "{input}");
    }
    place.run(&["evaluate", "not-there.json"]).expect(1);
}

/// Whatever the service says that a call comes to, the program computes again from the call's dossier alone.
#[test]
fn a_downloaded_dossier_gives_what_the_service_says() {
    let place = Place::new();
    place.run(&["demo", "load"]).expect(0);
    let server = place.serve(&[]);
    let wish = json!({ "sign_in_name": "auditor.bai", "password": api::account::DEMONSTRATION_PASSWORD });
    let signed_in = server.post("/v1/sessions", &wish).json();
    let token = signed_in["access_token"].as_str().unwrap();
    let calls = server.get_as("/v1/calls?page_size=200", token).json();
    let mut compared = 0;
    for call in calls["items"].as_array().unwrap() {
        if !["evaluation", "decided", "notified", "final"].contains(&call["state"].as_str().unwrap()) {
            continue;
        }
        let at = |what: &str| format!("/v1/calls/{}/{what}", call["key"].as_str().unwrap());
        let (told, dossier) = (server.get_as(&at("result"), token), server.get_as(&at("dossier"), token));
        assert_eq!((told.status, dossier.status), (200, 200), "{} {}", told.json(), dossier.json());
        // Lots are drawn again from their seeds, which the selection holds.
        let selection = place.path("selection.json");
        fs::write(&selection, server.get_as(&at("selection"), token).body).unwrap();
        let dossier = String::from_utf8(dossier.body).unwrap();
        let ran = place.run_with(&dossier, &["evaluate", "-", "--selection", selection.to_str().unwrap()]).expect(0);
        assert_eq!(ran.json(), told.json()["result"], "{call}");
        compared += 1;
    }
    assert!(compared > 0, "{calls}");
}
