//! Keeps the specification (API 명세 관리): writes it out, compares it with the last released one, prints the policy table.
//!
//! What is absent here: no HTTP, no database, no rule.

pub mod access;
mod breaking;

pub use breaking::breaking;

use std::path::{Path, PathBuf};

/// How to bring the committed files up to date.
pub const REGENERATE: &str = "run `cargo run -p openapi` and commit what it writes";

/// The committed specification.
pub fn committed() -> PathBuf {
    here().join("axtrack.json")
}
/// The specification of the last release; absent before the first.
pub fn released() -> PathBuf {
    here().join("released").join("axtrack.json")
}
/// The printed policy table.
pub fn access_page() -> PathBuf {
    here().join("..").join("docs").join("access.md")
}
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
