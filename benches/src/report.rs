//! The table and its JSON (결과표): what was measured against what is to be reached.

use crate::{
    export::Exported,
    load::{Measured, real},
    operations::Operation,
};
use serde::Serialize;
use std::time::Duration;

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    database: String,
    thousand_projects: u32,
    ready_after_ms: f64,
    operations: Vec<Row>,
    exports: Vec<(String, Exported)>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    target_us: Option<f64>,
    bare_handler_us: f64,
    bare_sql_us: Option<f64>,
    measured: Vec<Measured>,
    /// Commits a write; absent where nothing is written.
    commits_per_write: Vec<Option<f64>>,
}

impl Report {
    /// Nothing measured yet.
    pub fn new(database: String, thousand_projects: u32, ready_after: Duration) -> Self {
        let ready_after_ms = ready_after.as_secs_f64() * 1000.0;
        Self { database, thousand_projects, ready_after_ms, operations: Vec::new(), exports: Vec::new() }
    }
    /// An operation begins.
    pub fn operation(&mut self, of: &Operation, bare_handler_us: f64) {
        let factor = if self.database == "postgres" { 1.5 } else { 1.0 };
        eprintln!("{} ...", of.name);
        self.operations.push(Row {
            name: of.name,
            target_us: of.target_us.map(|us| us * factor),
            bare_handler_us,
            bare_sql_us: None,
            measured: Vec::new(),
            commits_per_write: Vec::new(),
        });
    }
    /// One load of the operation begun last, with the commits and writes that it took.
    pub fn measured(&mut self, measured: Measured, (commits, writes): (u64, u64)) {
        let Some(row) = self.operations.last_mut() else { return };
        row.measured.push(measured);
        row.commits_per_write.push((writes > 0).then(|| real(commits) / real(writes)));
    }
    /// An export is done.
    pub fn export(&mut self, format: &str, exported: Exported) {
        self.exports.push((format.to_owned(), exported));
    }
    /// The bare SQL of an operation.
    pub fn bare_sql(&mut self, name: &str, micros: f64) {
        if let Some(row) = self.operations.iter_mut().find(|row| row.name == name) {
            row.bare_sql_us = Some(micros);
        }
    }

    /// For programs.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// For people.
    pub fn print(&self) {
        println!(
            "{}: {} thousand projects; ready after {:.0} ms",
            self.database, self.thousand_projects, self.ready_after_ms
        );
        println!(
            "{:<32} {:>4} {:>9} {:>8} {:>8} {:>8} {:>7} {:>7} {:>6} {:>6} {:>7} {:>7} {:>6} {:>7}",
            "operation",
            "conn",
            "req/s",
            "p50 ms",
            "p99 ms",
            "srv us",
            "target",
            "ratio",
            "bare",
            "sql",
            "db us",
            "RSS MiB",
            "c/w",
            "refused"
        );
        for row in &self.operations {
            for (measured, commits) in row.measured.iter().zip(&row.commits_per_write) {
                let shown = |value: Option<f64>, places: usize| {
                    value.map_or_else(|| "-".to_owned(), |v| format!("{v:.places$}"))
                };
                println!(
                    "{:<32} {:>4} {:>9.0} {:>8.2} {:>8.2} {:>8.0} {:>7} {:>7} {:>6.0} {:>6} {:>7.0} {:>7.1} {:>6} {:>7}",
                    row.name,
                    measured.connections,
                    measured.per_second,
                    measured.p50_ms,
                    measured.p99_ms,
                    measured.server_us,
                    shown(row.target_us, 0),
                    shown(row.target_us.map(|target| measured.server_us / target), 2),
                    row.bare_handler_us,
                    shown(row.bare_sql_us, 0),
                    measured.database_us,
                    measured.resident_mib,
                    shown(*commits, 2),
                    measured.refused,
                );
            }
        }
        for (format, e) in &self.exports {
            println!(
                "export {format}: status {}, {:.1} MiB in {:.1} s, {:.1} s of the server, {:.1} MiB of memory added",
                e.status, e.mib, e.seconds, e.server_seconds, e.added_mib
            );
        }
    }
}
