//! Backups (백업): made while it is served, put back only when they are sound.

use crate::kit::Place;
use std::fs;

#[test]
fn a_backup_is_made_while_served_and_put_back() {
    let place = Place::new().with("AXTRACK_KEEP_ALIVE_SECONDS", 1).with("AXTRACK_DRAIN_SECONDS", 0);
    let mut server = place.serve(&[]);
    place.run(&["backup", "copy.db"]).expect(0);
    assert_eq!(place.run(&["backup", "copy.db", "--json"]).expect(1).json()["error"]["code"], "already_there");
    place.run(&["backup", "copy.db", "--force"]).expect(0);
    assert_eq!(place.run(&["restore", "copy.db", "--json"]).expect(1).json()["error"]["code"], "already_there");
    let busy = place.run(&["restore", "copy.db", "--force", "--json"]).expect(1).json();
    assert_eq!(busy["error"]["code"], "database_in_use");
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));

    let aside = place.run(&["restore", "copy.db", "--force", "--json"]).expect(0).json()["set_aside"].clone();
    assert!(place.path(aside.as_str().unwrap()).exists(), "what was there is kept");
    place.run(&["migrate", "status"]).expect(0);
    assert_eq!(place.serve(&[]).get("/readyz").status, 200);

    fs::remove_dir_all(place.path("data")).unwrap();
    place.run(&["restore", "copy.db"]).expect(0);
    place.run(&["doctor"]).expect(0);
}

#[test]
fn a_damaged_backup_is_not_put_back() {
    let place = Place::new();
    place.run(&["migrate", "up"]).expect(0);
    place.run(&["backup", "copy.db"]).expect(0);
    let before = fs::read(place.path("data/axtrack.db")).unwrap();
    let mut bytes = fs::read(place.path("copy.db")).unwrap();
    bytes[20_000..40_000].fill(7);
    fs::write(place.path("copy.db"), bytes).unwrap();
    let refused = place.run(&["restore", "copy.db", "--force", "--json"]).expect(1).json();
    assert_eq!(refused["error"]["code"], "backup_damaged");
    assert_eq!(fs::read(place.path("data/axtrack.db")).unwrap(), before);
    let left: Vec<_> = fs::read_dir(place.path("data")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(
        left.iter()
            .all(|name| name.to_str().unwrap().starts_with("axtrack.db") && !name.to_str().unwrap().contains("restor")),
        "{left:?}"
    );
    fs::write(place.path("text.db"), "no database").unwrap();
    place.run(&["restore", "text.db", "--force"]).expect(1);
    place.run(&["restore", "nowhere.db"]).expect(1);
}

#[test]
fn a_backup_with_a_touched_trail_is_not_put_back() {
    let place = Place::new();
    place.run(&["migrate", "up"]).expect(0);
    let new = ["account", "create", "minji", "--display-name", "Touched Person"];
    place.run_with("correct horse battery staple\n", &new).expect(0);
    place.run(&["backup", "copy.db"]).expect(0);
    let mut bytes = fs::read(place.path("copy.db")).unwrap();
    let places: Vec<usize> = (0..bytes.len() - 14).filter(|at| bytes[*at..].starts_with(b"Touched Person")).collect();
    assert!(!places.is_empty());
    for at in &places {
        bytes[at + 2] = b'v';
    }
    fs::write(place.path("copy.db"), bytes).unwrap();
    fs::remove_dir_all(place.path("data")).unwrap();
    let refused = place.run(&["restore", "copy.db", "--json"]).expect(1).json();
    assert_eq!(refused["error"]["code"], "audit_trail_broken");
    assert!(refused["error"]["detail"].as_str().unwrap().contains("\"flaw\":\"edited\""), "{refused}");
    assert_eq!(fs::read_dir(place.path("data")).unwrap().count(), 0, "nothing is put in place");
}
