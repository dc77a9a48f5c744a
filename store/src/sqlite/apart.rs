//! SQLite as the ORM's own kind of connection (보조 연결): for long reads, each in a thread that may wait, and for the
//! migrations.

use super::{File, Readers, Use, fault};
use crate::{connection::only_read, open::Durability};
use sea_orm::{
    Database, DatabaseConnection, DbBackend, DbErr, ProxyDatabaseTrait, ProxyExecResult, ProxyRow, Statement,
    prelude::async_trait,
};
use std::{path::Path, sync::Arc, time::Duration};

/// Connections for long reads.
#[derive(Debug)]
struct Apart(Arc<Readers>);

#[async_trait::async_trait]
impl ProxyDatabaseTrait for Apart {
    async fn query(&self, statement: Statement) -> Result<Vec<ProxyRow>, DbErr> {
        let readers = Arc::clone(&self.0);
        let read = tokio::task::spawn_blocking(move || readers.rows(&statement, usize::MAX));
        read.await.map_err(|gone| DbErr::Custom(gone.to_string()))?
    }
    async fn execute(&self, _: Statement) -> Result<ProxyExecResult, DbErr> {
        Err(only_read())
    }
}

/// Long reads through these connections.
pub(crate) async fn apart(readers: Readers) -> Result<DatabaseConnection, DbErr> {
    Database::connect_proxy(DbBackend::Sqlite, Arc::new(Box::new(Apart(Arc::new(readers))))).await
}

/// A connection that may do everything.
#[derive(Debug)]
struct Alone(File);

impl Alone {
    fn run(&self, sql: &str) {
        if let Err(error) = self.0.run(sql) {
            tracing::warn!(%error, sql, "the connection did not do as it was told");
        }
    }
}

#[async_trait::async_trait]
impl ProxyDatabaseTrait for Alone {
    async fn query(&self, statement: Statement) -> Result<Vec<ProxyRow>, DbErr> {
        self.0.rows(&statement, usize::MAX)
    }
    async fn execute(&self, statement: Statement) -> Result<ProxyExecResult, DbErr> {
        if statement.values.is_some() {
            return self.0.execute(&statement);
        }
        self.0.run(&statement.sql).map(|()| ProxyExecResult::default())
    }
    async fn begin(&self) {
        self.run("BEGIN IMMEDIATE");
    }
    async fn commit(&self) {
        self.run("COMMIT");
    }
    async fn rollback(&self) {
        self.run("ROLLBACK");
    }
    fn start_rollback(&self) {
        self.run("ROLLBACK");
    }
}

/// Opens a connection that may do everything, and waits for other processes that write.
pub(crate) async fn alone(path: &Path) -> Result<DatabaseConnection, DbErr> {
    let file = File::open(path, Use::Write(Durability::Synced))?;
    file.lock().busy_timeout(Duration::from_secs(5)).map_err(fault::opening)?;
    Database::connect_proxy(DbBackend::Sqlite, Arc::new(Box::new(Alone(file)))).await
}
