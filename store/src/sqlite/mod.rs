//! SQLite in the caller's own thread (내장 데이터베이스): a statement takes microseconds, handing it to another thread takes
//! ten times as long. What may take long, commits above all, is handed over all the same.
//!
//! The rest of the store does not know: a [`File`] is a connection like PostgreSQL's, with the same statements.

mod apart;
mod fault;
mod log;
mod readers;
mod row;
mod session;
mod value;

pub(crate) use apart::{alone, apart};
pub(crate) use log::Log;
pub(crate) use readers::Readers;
pub(crate) use rusqlite::Row;
pub(crate) use session::Session;

use crate::open::Durability;
use rusqlite::{Connection, TransactionBehavior};
use sea_orm::{DbErr, ProxyExecResult, ProxyRow, Statement};
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, TryLockError},
    time::Duration,
};

/// How many compiled statements a connection keeps.
const STATEMENTS: usize = 256;
/// A commit that finds the write-ahead log longer than so many pages (16 MiB) brings it into the file by itself.
const LONGEST: i32 = 4096;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The one that writes. It does not wait for other processes by itself: whoever calls waits without a thread.
    Write(Durability),
    /// One of those that read and cannot write at all.
    Read,
}

/// One connection to a database file.
#[derive(Debug)]
pub(crate) struct File(Mutex<Connection>);

impl File {
    pub(crate) fn open(path: &Path, purpose: Use) -> Result<Self, DbErr> {
        let connection = Connection::open(path).map_err(fault::opening)?;
        let set = |name: &str, value: &dyn rusqlite::ToSql| connection.pragma_update(None, name, value);
        let ready = || {
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            connection.busy_timeout(match purpose {
                Use::Write(_) => Duration::ZERO,
                Use::Read => Duration::from_secs(5),
            })?;
            if let Use::Write(durability) = purpose {
                set("journal_mode", &"wal")?;
                set("wal_autocheckpoint", &LONGEST)?;
                set("synchronous", if durability == Durability::Synced { &"full" } else { &"off" })?;
            }
            set("foreign_keys", &true)?;
            set("temp_store", &"memory")?;
            set("cache_size", if purpose == Use::Read { &-4096 } else { &-8192 })?;
            set("query_only", &(purpose == Use::Read))
        };
        ready().map_err(fault::opening)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// A statement that panicked has left the connection as it was: its lock may be taken again.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The connection, if nobody uses it at this moment.
    fn free(&self) -> Option<MutexGuard<'_, Connection>> {
        match self.0.try_lock() {
            Ok(free) => Some(free),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn execute(&self, statement: &Statement) -> Result<ProxyExecResult, DbErr> {
        let connection = self.lock();
        let mut prepared = connection.prepare_cached(&statement.sql).map_err(fault::executing)?;
        value::bind(&mut prepared, statement)?;
        let changed = prepared.raw_execute().map_err(fault::executing)?;
        Ok(ProxyExecResult {
            last_insert_id: u64::try_from(connection.last_insert_rowid()).unwrap_or_default(),
            rows_affected: u64::try_from(changed).unwrap_or(u64::MAX),
        })
    }

    /// Several statements without values.
    fn run(&self, sql: &str) -> Result<(), DbErr> {
        self.lock().execute_batch(sql).map_err(fault::executing)
    }

    fn rows(&self, statement: &Statement, most: usize) -> Result<Vec<ProxyRow>, DbErr> {
        row::rows(&self.lock(), statement, most)
    }

    /// SQLite's count of what other connections have committed; `None` while this one is at work.
    pub(crate) fn data_version(&self) -> Option<Result<i64, DbErr>> {
        let free = self.free()?;
        Some(free.pragma_query_value(None, "data_version", |row| row.get(0)).map_err(fault::querying))
    }

    /// A setting of this connection, as text.
    pub(crate) fn setting(&self, name: &str) -> Result<String, DbErr> {
        let text = |row: &rusqlite::Row<'_>| {
            Ok(match row.get_ref(0)? {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap_or_default().to_owned(),
            })
        };
        self.lock().pragma_query_value(None, name, text).map_err(fault::querying)
    }

    /// Begins to write, unless another process does.
    fn begin(&self) -> Result<Begun, DbErr> {
        let mut connection = self.lock();
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate).map(|mut open| {
            // It ends by a statement, in whichever thread that is.
            open.set_drop_behavior(rusqlite::DropBehavior::Ignore);
        });
        match begun {
            Ok(()) => Ok(Begun::Open),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(Begun::Busy),
            Err(error) => Err(fault::executing(error)),
        }
    }
}

/// Whether a transaction could begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    Open,
    Busy,
}
