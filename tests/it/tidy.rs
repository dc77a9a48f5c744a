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

/// The capabilities, by the one line that each has in `api::versioned`.
fn capabilities() -> BTreeSet<String> {
    let lib = fs::read_to_string(root().join("api/src/lib.rs")).unwrap();
    let (_, scope) = lib.split_once("One capability a line.").expect("the list of routes");
    let (scope, _) = scope.split_once("\n}").expect("the end of the list of routes");
    scope.lines().filter_map(|line| Some(line.trim().strip_suffix("::routes(cfg);")?.to_owned())).collect()
}

/// Folders and files below a source folder, by their names as modules.
fn modules(under: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let entries: Vec<PathBuf> = fs::read_dir(root().join(under)).unwrap().map(|e| e.unwrap().path()).collect();
    let named = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let folders = entries.iter().filter(|p| p.is_dir()).map(named).collect();
    (folders, entries.iter().map(named).collect())
}

/// A capability has its folder in `domain`, `store` and `api` and its tests; what has no routes of its own is named here.
#[test]
fn no_capability_half_exists() {
    let capabilities = capabilities();
    assert!(capabilities.len() > 10, "{capabilities:?}");
    let shared: [(&str, &[&str]); 3] = [
        ("domain/src", &["access", "day", "evaluation", "similar"]),
        ("store/src", &["batch", "doctor", "sqlite"]),
        ("api/src", &["cli", "config", "demo", "http", "operations", "serve", "service", "spec"]),
    ];
    for (under, shared) in shared {
        let (folders, _) = modules(under);
        let missing: Vec<_> = capabilities.difference(&folders).collect();
        assert!(missing.is_empty(), "{under} lacks {missing:?}");
        let odd: Vec<_> = folders.difference(&capabilities).filter(|name| !shared.contains(&name.as_str())).collect();
        assert!(odd.is_empty(), "{under} has {odd:?}, which no route leads to");
    }
    let (_, tests) = modules("tests/it");
    let untested: Vec<_> = capabilities.difference(&tests).collect();
    assert!(untested.is_empty(), "nothing in tests/it is named after {untested:?}");
}

/// What docs/adding-a-capability.md names is there: each path, with the smallest capability in the place of `x`, and each word of code.
#[test]
fn the_directions_for_a_capability_fit_the_tree() {
    let page = fs::read_to_string(root().join("docs/adding-a-capability.md")).unwrap();
    let code: String =
        CRATES.iter().flat_map(|n| sources(&root().join(n))).map(|p| fs::read_to_string(p).unwrap()).collect();
    let words: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let (_, steps) = modules("migration/src");
    let mut wrong = Vec::new();
    for span in page.split('`').skip(1).step_by(2).filter(|span| *span != "x" && !span.starts_with("cargo ")) {
        if span.contains('/') {
            let path = span.replace("/x", "/body").replace("_x", "_body");
            let (front, choices, back) =
                match path.split_once('{').and_then(|(a, rest)| Some((a, rest.split_once('}')?))) {
                    Some((front, (choices, back))) => (front.to_owned(), choices.to_owned(), back.to_owned()),
                    None => (path.clone(), String::new(), String::new()),
                };
            for choice in choices.split(',') {
                let path = format!("{front}{choice}{back}");
                let step =
                    path.strip_prefix("migration/src/m00NN_").map(|step| step.trim_end_matches(".rs").to_owned());
                let there = match step {
                    Some(step) => steps.iter().any(|name| name.ends_with(&step)),
                    None => root().join(&path).exists(),
                };
                if !there {
                    wrong.push(path);
                }
            }
        } else {
            let named = span.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.len() > 1);
            wrong.extend(named.filter(|word| !words.contains(word)).map(|word| format!("`{span}`: {word}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
