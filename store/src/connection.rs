//! The connections of the two databases (연결) under one roof: reads, and the transaction of a write.

use crate::sqlite::{Readers, Row, Session};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, ProxyExecResult,
    QueryResult, Statement, prelude::async_trait,
};
use std::borrow::Cow;

/// Where short reads go.
#[derive(Debug)]
pub(crate) enum Reader {
    /// PostgreSQL's pool.
    Postgres(DatabaseConnection),
    /// SQLite, in the caller's thread.
    Sqlite(Readers),
}

/// One row as a database gives it, by the place of its columns.
pub(crate) enum Cells<'a> {
    /// PostgreSQL's.
    Postgres(&'a QueryResult),
    /// SQLite's, which is gone with the next one.
    Sqlite(&'a Row<'a>),
}

impl Cells<'_> {
    /// A whole number.
    pub(crate) fn number(&self, place: usize) -> Result<i64, DbErr> {
        match self {
            Self::Postgres(row) => row.try_get_by(place),
            Self::Sqlite(row) => row.get(place).map_err(|error| DbErr::Type(error.to_string())),
        }
    }
    /// A text.
    pub(crate) fn text(&self, place: usize) -> Result<Cow<'_, str>, DbErr> {
        match self {
            Self::Postgres(row) => row.try_get_by(place).map(Cow::Owned),
            Self::Sqlite(row) => {
                let held = row.get_ref(place).map_err(|error| DbErr::Type(error.to_string()))?;
                held.as_str().map(Cow::Borrowed).map_err(|error| DbErr::Type(error.to_string()))
            }
        }
    }
}

impl Reader {
    /// What is made of each row of a short read, with no table of names in between: for what is read by the dozen.
    pub(crate) async fn each<T>(
        &self,
        statement: Statement,
        make: impl Fn(&Cells<'_>) -> Result<T, DbErr>,
    ) -> Result<Vec<T>, DbErr> {
        match self {
            Self::Postgres(pool) => {
                pool.query_all_raw(statement).await?.iter().map(|row| make(&Cells::Postgres(row))).collect()
            }
            Self::Sqlite(readers) => readers.each(&statement, |row| make(&Cells::Sqlite(row))),
        }
    }
}

/// The open transaction of a write.
#[derive(Debug)]
pub(crate) enum Work {
    /// On PostgreSQL.
    Postgres(DatabaseTransaction),
    /// On SQLite, in the caller's thread.
    Sqlite(Session),
}

impl Work {
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Postgres(work) => work.commit().await,
            Self::Sqlite(work) => work.commit(),
        }
    }
    /// Statements without values, at once: only SQLite can.
    pub(crate) fn run(&self, sql: &str) -> Result<(), DbErr> {
        match self {
            Self::Postgres(_) => Err(elsewhere()),
            Self::Sqlite(work) => work.run(sql),
        }
    }
    /// What was begun on SQLite, to be ended in this thread.
    pub(crate) fn into_session(self) -> Result<Session, DbErr> {
        match self {
            Self::Postgres(_) => Err(elsewhere()),
            Self::Sqlite(work) => Ok(work),
        }
    }
}

fn elsewhere() -> DbErr {
    DbErr::Custom("PostgreSQL was asked to work in the caller's thread".into())
}

#[async_trait::async_trait]
impl ConnectionTrait for Work {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Postgres(_) => DbBackend::Postgres,
            Self::Sqlite(_) => DbBackend::Sqlite,
        }
    }
    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Postgres(work) => work.execute_raw(statement).await,
            Self::Sqlite(work) => work.execute(&statement),
        }
    }
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Postgres(work) => work.execute_unprepared(sql).await,
            Self::Sqlite(work) => work.run(sql).map(|()| ProxyExecResult::default().into()),
        }
    }
    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Postgres(work) => work.query_one_raw(statement).await,
            Self::Sqlite(work) => Ok(work.rows(&statement, 1)?.pop()),
        }
    }
    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Postgres(work) => work.query_all_raw(statement).await,
            Self::Sqlite(work) => work.rows(&statement, usize::MAX),
        }
    }
}

/// A connection for reads is never asked to write.
pub(crate) fn only_read() -> DbErr {
    DbErr::Custom("a connection for reads was asked to write".into())
}

#[async_trait::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Postgres(_) => DbBackend::Postgres,
            Self::Sqlite(_) => DbBackend::Sqlite,
        }
    }
    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(only_read())
    }
    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(only_read())
    }
    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Postgres(pool) => pool.query_one_raw(statement).await,
            Self::Sqlite(readers) => Ok(readers.rows(&statement, 1)?.pop().map(Into::into)),
        }
    }
    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Postgres(pool) => pool.query_all_raw(statement).await,
            Self::Sqlite(readers) => Ok(readers.rows(&statement, usize::MAX)?.into_iter().map(Into::into).collect()),
        }
    }
}
