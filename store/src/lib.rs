//! The only crate that knows SQL: one store over SQLite (built in) or PostgreSQL, with the same answers.
//!
//! What is absent here: no HTTP, no rule of the trade, no clock, no randomness. Nothing writes without a permit
//! ([`Store::write`]), nothing lists without a scope, and no finder is unscoped.

pub mod account;
pub mod application;
pub mod audit;
pub mod award;
pub mod backup;
mod batch;
pub mod body;
pub mod budget;
mod built_in;
pub mod call;
pub mod challenge;
mod changes;
pub mod committee;
mod connection;
pub mod consultation;
pub mod cost_share;
pub mod demand;
pub mod demo;
pub mod doctor;
mod document;
mod error;
pub mod figure;
pub mod fiscal;
pub mod gpu;
mod health;
mod idempotency;
pub mod import;
mod known;
pub mod objection;
mod open;
pub mod operation;
pub mod page;
pub mod panel;
pub mod portfolio;
pub mod programme;
pub mod project;
pub mod region;
mod register;
pub mod resource;
pub mod scoring;
mod seek;
pub mod selection;
mod sqlite;
mod system;
mod text;
mod tx;
mod watch;
mod words;

pub use built_in::BuiltIn;
pub use changes::Topic;
pub use error::StoreError;
pub use health::Connections;
pub use known::Known;
#[cfg(feature = "raw")]
pub use open::raw;
pub use open::{Durability, Ear, Options, file_of, is_postgres};
pub use tx::{Call, Expects, Facts, Order, Purpose, RetryKey, Tx};
pub use watch::Watch;

use batch::Writer;
use changes::Changes;
use connection::Reader;
use sea_orm::{DatabaseConnection, DbBackend};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

/// The database, shared by every worker. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    backend: DbBackend,
    /// Short reads.
    reader: Reader,
    /// Reads that may take long: they must not hold up the thread that asks. Read-only on SQLite, the same pool on PostgreSQL.
    apart: DatabaseConnection,
    writer: Writer,
    changes: Arc<Changes>,
    known: known::Kept,
    /// Idempotency keys whose first request is still under way in this process.
    in_flight: Mutex<HashSet<(uuid::Uuid, String)>>,
    url: String,
}

impl Store {
    /// `sqlite` or `postgres`.
    pub fn backend_name(&self) -> &'static str {
        if self.is_postgres() { "postgres" } else { "sqlite" }
    }
    pub(crate) fn is_postgres(&self) -> bool {
        self.0.backend == DbBackend::Postgres
    }
    /// The connection for reads through an index, of a page at most.
    pub(crate) fn reader(&self) -> &Reader {
        &self.0.reader
    }
    /// The connection for reads of much, or of more than an index tells.
    pub(crate) fn apart(&self) -> &DatabaseConnection {
        &self.0.apart
    }
    /// How often anything of this topic has changed since the start, as far as this process knows.
    pub fn changes(&self, topic: Topic) -> u64 {
        self.0.changes.count(topic)
    }
    /// Committed transactions and committed writes since the start: their ratio is the cost of a write in syncs.
    pub fn write_counts(&self) -> (u64, u64) {
        self.0.writer.counts()
    }
}
