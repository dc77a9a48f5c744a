//! The trail from the command line (감사 명령): verified beside the server, held against a checkpoint kept elsewhere.

use crate::kit::Place;
use std::fs;

/// Opens an account, which leaves entries.
fn account(place: &Place, name: &str) {
    let new = ["account", "create", name, "--display-name", "Touched Person"];
    place.run_with("correct horse battery staple\n", &new).expect(0);
}

/// Changes a letter of a name wherever it stands in the file.
fn touched(place: &Place) {
    let file = place.path("data/axtrack.db");
    let mut bytes = fs::read(&file).unwrap();
    let places: Vec<usize> = (0..bytes.len() - 14).filter(|at| bytes[*at..].starts_with(b"Touched Person")).collect();
    assert!(!places.is_empty());
    for at in &places {
        bytes[at + 2] = b'v';
    }
    fs::write(file, bytes).unwrap();
}

#[test]
fn the_trail_is_verified_and_what_was_touched_is_named() {
    let place = Place::new();
    assert_eq!(place.run(&["audit", "verify", "--json"]).expect(1).json()["error"]["code"], "no_database");
    place.run(&["migrate", "up"]).expect(0);
    account(&place, "minji");
    let sound = place.run(&["audit", "verify", "--json"]).expect(0).json();
    assert_eq!((&sound["flaws"], sound["checkpoint"]["entries"].as_u64() > Some(1)), (&0.into(), true), "{sound}");
    assert!(place.run(&["audit", "verify"]).expect(0).out.contains("No flaw in"));

    touched(&place);
    let found = place.run(&["audit", "verify", "--json"]).expect(1).json();
    let finding = &found["findings"][0];
    assert_eq!((&finding["flaw"], &finding["subject_kind"]), (&"edited".into(), &"account".into()), "{found}");
    let told = place.run(&["audit", "verify"]).expect(1).out;
    assert!(told.contains(finding["subject_id"].as_str().unwrap()), "{told}");
}

#[test]
fn a_checkpoint_finds_what_was_cut_off_since() {
    let place = Place::new();
    place.run(&["migrate", "up"]).expect(0);
    account(&place, "minji");
    place.run(&["backup", "before.db"]).expect(0);
    account(&place, "jisu");
    let kept = place.run(&["audit", "checkpoint"]).expect(0);
    let json = kept.json();
    assert_eq!(json["checkpoint"]["chains"], json["heads"].as_array().unwrap().len());
    fs::write(place.path("kept.json"), &kept.out).unwrap();
    account(&place, "later");
    place.run(&["audit", "verify", "--against", "kept.json"]).expect(0);

    // An older copy is sound in itself; only the checkpoint tells that something is gone.
    place.run(&["restore", "before.db", "--force"]).expect(0);
    place.run(&["audit", "verify"]).expect(0);
    let found = place.run(&["audit", "verify", "--against", "kept.json", "--json"]).expect(1).json();
    let flaws: Vec<&str> = found["findings"].as_array().unwrap().iter().map(|f| f["flaw"].as_str().unwrap()).collect();
    assert!(flaws.contains(&"removed") && flaws.contains(&"checkpoint_differs"), "{flaws:?}");
    fs::write(place.path("kept.json"), "{}").unwrap();
    place.run(&["audit", "verify", "--against", "kept.json"]).expect(2);
    place.run(&["audit", "verify", "--against", "nowhere.json"]).expect(2);
}
