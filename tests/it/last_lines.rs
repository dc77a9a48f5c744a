//! The last lines of a test run are the ones about PostgreSQL (마지막 줄), whatever crate is added.

use std::{fs, path::Path};

#[test]
fn nothing_prints_after_the_last_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let workspace = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let members = workspace.split("\nmembers = [").nth(1).unwrap().split(']').next().unwrap();
    for folder in members.split('"').skip(1).step_by(2) {
        let manifest = fs::read_to_string(root.join(folder).join("Cargo.toml")).unwrap();
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).unwrap();
        assert!(name <= "tests", "cargo tests packages in the order of their names, and {name} comes after tests");
        let library = root.join(folder).join("src/lib.rs").exists();
        assert!(!library || manifest.contains("\n[lib]\ndoctest = false\n"), "{name}: see tests/last.rs");
    }
}
