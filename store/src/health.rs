//! How the database is (데이터베이스 상태): whether it answers, whether its schema is this program's, and its connections.

use crate::{Store, StoreError, connection::Reader};
use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeSet;

/// The connections of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// Open ones, in use or not.
    pub open: u32,
    /// Those not in use.
    pub idle: u32,
}

impl Store {
    /// The connections open at the moment, readers and writer.
    pub fn connections(&self) -> Connections {
        let idle = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        match self.reader() {
            Reader::Postgres(pool) => {
                let pool = pool.get_postgres_connection_pool();
                Connections { open: pool.size(), idle: idle(pool.num_idle()) }
            }
            // They are open for good; each is in use for microseconds.
            Reader::Sqlite(readers) => {
                let own = idle(readers.count().saturating_add(1));
                Connections { open: own, idle: own }
            }
        }
    }

    /// The names of the migrations that have not been applied yet. Only reads.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        let applied: BTreeSet<String> = self.applied_migrations().await?.into_iter().collect();
        let all = migration::Migrator::migrations();
        Ok(all.iter().map(|m| m.name().to_owned()).filter(|name| !applied.contains(name)).collect())
    }

    /// The names of the migrations that have been applied, oldest first. Only reads.
    pub async fn applied_migrations(&self) -> Result<Vec<String>, StoreError> {
        let exists = if self.is_postgres() {
            "SELECT 1 WHERE to_regclass('seaql_migrations') IS NOT NULL"
        } else {
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'"
        };
        if self.rows(exists).await?.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.rows("SELECT version FROM seaql_migrations ORDER BY version").await?;
        rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }

    /// The rows of a fixed statement.
    pub(crate) async fn rows(&self, sql: &str) -> Result<Vec<sea_orm::QueryResult>, StoreError> {
        Ok(self.apart().query_all_raw(Statement::from_string(self.0.backend, sql)).await?)
    }
}
