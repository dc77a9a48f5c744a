//! Opening a database (데이터베이스 열기): how each backend is set up, and nothing else.

use crate::{
    Inner, Store, StoreError,
    batch::Writer,
    changes::Changes,
    connection::Reader,
    sqlite::{File, Log, Readers, Use, alone, apart},
};
use sea_orm::{ConnectOptions, Database, DbBackend, Statement};
use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Options {
    /// `sqlite:PATH` (a file, made when missing) or `postgres://...`.
    pub url: String,
    /// Connections for long reads on SQLite (four at most), all connections on PostgreSQL: 1 to 64.
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
    pub(crate) fn hear(&self, statement: &Statement) {
        (self.0)(statement);
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
        let changes = Arc::<Changes>::default();
        let patience = options.patience;
        let (backend, reader, apart, writer) = if is_postgres(&options.url) {
            let mut pool = Database::connect(postgres_options(options)).await?;
            if let Some(ear) = options.ear.clone() {
                pool.set_metric_callback(move |info| ear.hear(info.statement));
            }
            let writer = Writer::postgres(pool.clone(), Arc::clone(&changes));
            (DbBackend::Postgres, Reader::Postgres(pool.clone()), pool, writer)
        } else {
            let path = own_file(&options.url)?;
            // The writer comes first: it makes the file and sets how it is kept.
            let file = File::open(&path, Use::Write(options.durability))?;
            let log = Log::open(&path, options.durability)?;
            let threads = std::thread::available_parallelism().map_or(2, usize::from);
            let readers = Readers::open(&path, threads.clamp(2, 8), options.ear.clone())?;
            let apart_count = usize::try_from(options.connections.clamp(1, 4)).unwrap_or(1);
            let apart = apart(Readers::open(&path, apart_count, options.ear.clone())?).await?;
            let writer = Writer::sqlite(Arc::new(file), log, patience, Arc::clone(&changes));
            (DbBackend::Sqlite, Reader::Sqlite(readers), apart, writer)
        };
        Ok(Self(Arc::new(Inner {
            backend,
            reader,
            apart,
            writer,
            changes,
            known: crate::known::Kept::default(),
            in_flight: std::sync::Mutex::default(),
            url: options.url.clone(),
        })))
    }

    /// Brings the database to this program's schema. Safe to run again.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        use sea_orm_migration::MigratorTrait;
        if self.is_postgres() {
            migration::Migrator::up(self.apart(), None).await?;
        } else {
            let alone = alone(&own_file(&self.0.url)?).await?;
            migration::Migrator::up(&alone, None).await?;
        }
        self.0.changes.bump_all();
        Ok(())
    }

    /// Closes every connection, after which nothing works.
    pub async fn close(self) -> Result<(), StoreError> {
        self.tell_now().await?;
        self.0.apart.close_by_ref().await?;
        Ok(())
    }
}

/// A connection that asks nobody and leaves no trace: for tests that break things and benches that measure SQL alone.
#[cfg(feature = "raw")]
pub async fn raw(url: &str) -> Result<sea_orm::DatabaseConnection, StoreError> {
    if is_postgres(url) {
        let mut set = ConnectOptions::new(url);
        set.max_connections(1).sqlx_logging(false);
        return Ok(Database::connect(set).await?);
    }
    Ok(alone(&own_file(url)?).await?)
}

/// Whether an address is one of PostgreSQL.
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres:") || url.starts_with("postgresql:")
}

/// The file that an address `sqlite:PATH` names; `None` when it is none, or asks for settings behind a `?`, which are not
/// the address's to make.
pub fn file_of(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    (!path.is_empty() && !path.contains('?')).then(|| PathBuf::from(path))
}

/// The file of a database that is not PostgreSQL's.
fn own_file(url: &str) -> Result<PathBuf, StoreError> {
    file_of(url).ok_or_else(|| StoreError::failed("database address", "neither sqlite:PATH nor postgres://..."))
}

fn postgres_options(options: &Options) -> ConnectOptions {
    let mut set = ConnectOptions::new(options.url.clone());
    set.max_connections(options.connections)
        .min_connections(1)
        .acquire_timeout(options.patience)
        .sqlx_logging(false)
        // A busy connection is never asked; one left over from before an outage is found out before a request meets it.
        .test_before_acquire_if_idle_for(Duration::from_millis(20));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file_and_nothing_else() {
        let named =
            [("sqlite:data/a.db", "data/a.db"), ("sqlite:///data/a.db", "/data/a.db"), ("sqlite:/a.db", "/a.db")];
        for (address, file) in named {
            assert_eq!(file_of(address), Some(PathBuf::from(file)), "{address}");
        }
        for address in ["sqlite:", "sqlite://", "sqlite:a.db?mode=ro", "postgres://host/base", "a.db"] {
            assert_eq!(file_of(address), None, "{address}");
        }
    }
}
