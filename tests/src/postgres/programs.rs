//! Where the PostgreSQL server programs are (서버 프로그램), and what a run says when they are nowhere.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the server programs; looked for in nothing else when it is set.
const FOLDER: &str = "AXTRACK_PG_BINDIR";
/// `required`: fail without PostgreSQL. `off`: do not use it. Unset: use it when it is found.
const WANTED: &str = "AXTRACK_TEST_POSTGRES";

/// Whether the PostgreSQL half runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Programs {
    /// It runs, with `initdb` and `postgres` of this folder.
    In(PathBuf),
    /// It does not run, for this reason.
    Missing(String),
}

/// Looks for the programs as the environment asks.
///
/// # Panics
/// When they are required and missing, or when the environment names a folder without them.
pub fn programs() -> Programs {
    let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let wanted = set(WANTED);
    assert!(
        matches!(wanted.as_deref(), None | Some("required" | "off")),
        "{WANTED} is {wanted:?}; it may be `required`, `off` or unset"
    );
    if wanted.as_deref() == Some("off") {
        return Programs::Missing(format!("{WANTED}=off"));
    }
    let given = set(FOLDER).map(PathBuf::from);
    if let Some(folder) = given.as_deref().filter(|folder| !complete(folder)) {
        panic!("{FOLDER} names {}, which does not hold initdb and postgres", folder.display());
    }
    let found = given.or_else(|| candidates().into_iter().find(|folder| complete(folder)));
    match found {
        Some(folder) => Programs::In(folder),
        None if wanted.is_some() => panic!("{WANTED}=required, but {}", nowhere()),
        None => Programs::Missing(nowhere()),
    }
}

/// What the last lines of a test run say about the PostgreSQL half.
pub fn report() -> String {
    match programs() {
        Programs::In(folder) => {
            let version = said(&folder.join("postgres"), "--version").unwrap_or_default();
            let number = version.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            format!("PostgreSQL half: RAN, on PostgreSQL {} ({})", number.unwrap_or("?"), folder.display())
        }
        Programs::Missing(why) => format!("PostgreSQL half: did NOT run ({why}). The SQLite half did."),
    }
}

fn nowhere() -> String {
    format!(
        "initdb and postgres were not found by pg_config, under /usr/lib/postgresql or in PATH; \
         install the PostgreSQL server or set {FOLDER} to the folder of its programs"
    )
}

/// In order: what `pg_config` says, the newest version where Debian and Red Hat put them, then PATH.
fn candidates() -> Vec<PathBuf> {
    let told = said(Path::new("pg_config"), "--bindir").map(PathBuf::from);
    let mut versions: Vec<(u32, PathBuf)> = Vec::new();
    for (parent, prefix) in [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")] {
        for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let version = name.to_str().and_then(|name| name.strip_prefix(prefix)?.parse().ok());
            versions.extend(version.map(|version| (version, entry.path().join("bin"))));
        }
    }
    versions.sort_unstable_by(|a, b| b.cmp(a));
    let path = env::var_os("PATH").unwrap_or_default();
    told.into_iter().chain(versions.into_iter().map(|(_, folder)| folder)).chain(env::split_paths(&path)).collect()
}

fn complete(folder: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file())
}

fn said(program: &Path, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
