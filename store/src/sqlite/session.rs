//! An open transaction (열린 거래) on the one connection that writes.

use super::{Begun, File};
use sea_orm::{DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// Another process that writes is done within this time, or the caller hears that the database is busy.
const PATIENCE: Duration = Duration::from_secs(5);
const AGAIN: Duration = Duration::from_millis(5);

/// What is written until [`Session::commit`]. Dropping it undoes everything.
#[derive(Debug)]
pub(crate) struct Session {
    file: Arc<File>,
    open: Open,
}

#[derive(Debug, PartialEq, Eq)]
enum Open {
    Yes,
    No,
}

impl Session {
    /// Begins, once no other process writes.
    pub(crate) async fn begin(file: Arc<File>) -> Result<Self, DbErr> {
        let began = Instant::now();
        while file.begin()? == Begun::Busy {
            if began.elapsed() > PATIENCE {
                return Err(DbErr::Conn(RuntimeErr::Internal("another process keeps writing".into())));
            }
            tokio::time::sleep(AGAIN).await;
        }
        Ok(Self { file, open: Open::Yes })
    }

    /// Keeps everything, durably: it waits for the disk.
    pub(crate) fn commit(mut self) -> Result<(), DbErr> {
        self.file.run("COMMIT")?;
        self.open = Open::No;
        Ok(())
    }

    /// Undoes everything.
    pub(crate) fn rollback(mut self) -> Result<(), DbErr> {
        self.end()
    }

    fn end(&mut self) -> Result<(), DbErr> {
        if self.open == Open::No {
            return Ok(());
        }
        self.open = Open::No;
        // SQLite has ended it by itself when the disk was full, for one.
        if self.file.lock().is_autocommit() { Ok(()) } else { self.file.run("ROLLBACK") }
    }

    pub(crate) fn execute(&self, statement: &Statement) -> Result<ExecResult, DbErr> {
        self.file.execute(statement).map(Into::into)
    }
    pub(crate) fn run(&self, sql: &str) -> Result<(), DbErr> {
        self.file.run(sql)
    }
    pub(crate) fn rows(&self, statement: &Statement, most: usize) -> Result<Vec<QueryResult>, DbErr> {
        Ok(self.file.rows(statement, most)?.into_iter().map(Into::into).collect())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::warn!(%error, "a transaction could not be undone");
        }
    }
}
