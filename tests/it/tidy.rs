//! Tidiness (정돈): what the house style asks of every file and every dependency, read off the repository itself.

use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What this machine's build is made of: packages of other platforms need not have been fetched.
fn metadata() -> Value {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let made = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    serde_json::from_slice(&made.stdout).unwrap()
}

fn sources(under: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "target") {
                found.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

const CRATES: [&str; 7] = ["api", "benches", "domain", "migration", "openapi", "store", "tests"];

#[test]
fn every_file_opens_with_a_sentence_and_stays_small() {
    let mut wrong = Vec::new();
    for path in CRATES.iter().flat_map(|name| sources(&root().join(name))) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not open with a //! sentence", path.display()));
        }
        if lines > 400 {
            wrong.push(format!("{} has {lines} lines", path.display()));
        }
        let allow = ["#[", "allow("].concat();
        if text.contains(&allow) || text.contains(&["#![", "allow("].concat()) && !text.contains("cfg_attr(test") {
            wrong.push(format!("{} allows instead of expecting with a reason", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dependencies_run_in_one_direction() {
    let metadata = metadata();
    let direct = |name: &str| -> BTreeSet<String> {
        let packages = metadata["packages"].as_array().unwrap();
        let package =
            packages.iter().find(|p| p["name"] == name && p["source"].is_null()).unwrap_or_else(|| panic!("{name}"));
        let normal = package["dependencies"].as_array().unwrap().iter().filter(|d| d["kind"].is_null());
        normal.map(|d| d["name"].as_str().unwrap().to_owned()).collect()
    };
    let never: [(&str, &[&str]); 5] = [
        ("domain", &["store", "api", "migration", "tokio", "sea-orm", "sqlx", "actix-web"]),
        ("store", &["api", "actix-web"]),
        ("migration", &["domain", "store", "api"]),
        ("api", &["sea-orm", "sqlx", "migration", "tests"]),
        ("openapi", &["sea-orm", "sqlx", "tests"]),
    ];
    for (name, never) in never {
        let has = direct(name);
        let wrong: Vec<_> = never.iter().filter(|n| has.contains(**n)).collect();
        assert!(wrong.is_empty(), "{name} depends on {wrong:?}");
    }
}

#[test]
fn every_dependency_is_used() {
    let metadata = metadata();
    let mut unused = Vec::new();
    for package in metadata["packages"].as_array().unwrap().iter().filter(|p| p["source"].is_null()) {
        let home = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
        let text: String = sources(home).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["rename"].as_str().or(dependency["name"].as_str()).unwrap().replace('-', "_");
            let named =
                [format!("{name}::"), format!("use {name}"), format!("{name};"), format!("extern crate {name}")];
            if !named.iter().any(|n| text.contains(n.as_str())) {
                unused.push(format!("{} does not use {name}", package["name"]));
            }
        }
    }
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}

#[test]
fn every_licence_is_on_the_list() {
    let list = fs::read_to_string(root().join("deny.toml")).unwrap();
    let list = list.split_once("allow = [").unwrap().1.split_once(']').unwrap().0;
    let allowed: BTreeSet<&str> =
        list.split(',').map(|l| l.trim().trim_matches('"')).filter(|l| !l.is_empty()).collect();
    let metadata = metadata();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap().iter().filter(|p| !p["source"].is_null()) {
        let text = package["license"].as_str().unwrap_or_default().replace('/', " OR ");
        let plain = text.replace(['(', ')'], "");
        let fits = plain.split(" OR ").any(|choice| choice.split(" AND ").all(|part| allowed.contains(part.trim())));
        if !fits {
            wrong.push(format!("{} {}: {text:?}", package["name"], package["version"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_leaves_the_repository() {
    let listed = Command::new("git").args(["ls-files"]).current_dir(root()).output().unwrap();
    let mut wrong = Vec::new();
    for name in String::from_utf8(listed.stdout).unwrap().lines().filter(|n| *n != "Cargo.lock") {
        let Ok(text) = fs::read_to_string(root().join(name)) else { continue };
        for hint in [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["../sha", "red"].concat()] {
            if text.contains(&hint) {
                wrong.push(format!("{name} names {hint}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
