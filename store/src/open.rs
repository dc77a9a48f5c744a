//! Opening a database (데이터베이스 열기): how each backend is set up, and nothing else.

use crate::{Inner, Store, StoreError, batch::Writer, changes::Changes};
use sea_orm::{ConnectOptions, Database, DbBackend, Statement};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use std::{fmt, sync::Arc, time::Duration};

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite:PATH` (a file, made when missing) or `postgres://...`.
    pub url: String,
    /// Connections for reads on SQLite, all connections on PostgreSQL: 1 to 64.
    pub connections: u32,
    /// How long a request waits for a connection before the answer is 503.
    pub patience: Duration,
    /// Whether a commit waits for the disk. Only throw-away databases say no.
    pub durability: Durability,
    /// Who hears of every statement that reads, with its values. Servers have none.
    pub ear: Option<Ear>,
}

/// Hears of statements as they have been run: for tests that ask the database how it finds things.
#[derive(Clone)]
pub struct Ear(Arc<dyn Fn(&Statement) + Send + Sync>);

impl Ear {
    /// An ear that does this with every statement.
    pub fn new(hear: impl Fn(&Statement) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hear))
    }
}

impl fmt::Debug for Ear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ear")
    }
}

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every acknowledged write survives a power cut.
    Synced,
    /// For throw-away databases of tests.
    None,
}

impl Options {
    /// The usual settings for a database at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        let (connections, patience, durability) = (8, Duration::from_secs(5), Durability::Synced);
        Self { url: url.into(), connections, patience, durability, ear: None }
    }
}

impl Store {
    /// Opens a database. It does not migrate: see [`Store::migrate`].
    pub async fn open(options: &Options) -> Result<Self, StoreError> {
        let postgres = options.url.starts_with("postgres:") || options.url.starts_with("postgresql:");
        let (backend, mut readers, writer) = if postgres {
            let pool = Database::connect(postgres_options(options)).await?;
            (DbBackend::Postgres, pool.clone(), pool)
        } else {
            let writer = Database::connect(sqlite_options(options, 1, "0")).await?;
            let readers = Database::connect(sqlite_options(options, options.connections.min(4), "1")).await?;
            (DbBackend::Sqlite, readers, writer)
        };
        if let Some(Ear(hear)) = options.ear.clone() {
            readers.set_metric_callback(move |info| hear(info.statement));
        }
        let changes = Arc::<Changes>::default();
        Ok(Self(Arc::new(Inner {
            backend,
            readers,
            writer: Writer::new(writer, backend, options.patience, Arc::clone(&changes)),
            changes,
            known: crate::known::Kept::default(),
            in_flight: std::sync::Mutex::default(),
        })))
    }

    /// Brings the database to this program's schema. Safe to run again.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        use sea_orm_migration::MigratorTrait;
        migration::Migrator::up(self.0.writer.connection(), None).await?;
        self.0.changes.bump_all();
        Ok(())
    }

    /// Closes every connection, after which nothing works.
    pub async fn close(self) -> Result<(), StoreError> {
        self.tell_now().await?;
        self.0.readers.close_by_ref().await?;
        self.0.writer.connection().close_by_ref().await?;
        Ok(())
    }
}

fn common(options: &Options, connections: u32) -> ConnectOptions {
    let mut set = ConnectOptions::new(options.url.clone());
    set.max_connections(connections)
        .min_connections(1)
        .acquire_timeout(options.patience)
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30));
    set
}

fn sqlite_options(options: &Options, connections: u32, query_only: &'static str) -> ConnectOptions {
    let synchronous = match options.durability {
        Durability::Synced => SqliteSynchronous::Full,
        Durability::None => SqliteSynchronous::Off,
    };
    let mut set = common(options, connections);
    // One connection writes and lives for good; readers cannot write at all.
    set.idle_timeout(None).max_lifetime(None).map_sqlx_sqlite_opts(move |o| {
        o.create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(256)
            .pragma("cache_size", "-8192")
            .pragma("temp_store", "memory")
            .pragma("query_only", query_only)
    });
    // A connection whose transaction could not be ended is of no use to the next.
    set.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move { Ok(!sqlx::Connection::is_in_transaction(connection)) })
        })
    });
    set
}

fn postgres_options(options: &Options) -> ConnectOptions {
    let mut set = common(options, options.connections);
    set.map_sqlx_postgres_opts(|o| {
        o.application_name("axtrack").statement_cache_capacity(256).options([
            // Index scans are what every list is built for; the plan of a statement does not depend on its values.
            ("random_page_cost", "1.1"),
            ("plan_cache_mode", "force_generic_plan"),
            ("statement_timeout", "30s"),
            ("jit", "off"),
        ])
    });
    set
}
