//! The service under test (시험 대상) on a database that is thrown away with it.

use crate::postgres;
use store::{Durability, Options, Store};
use tempfile::TempDir;

/// The service on a fresh, migrated database.
#[derive(Debug)]
pub struct TestApp {
    /// The database.
    pub store: Store,
    _home: Home,
}

/// What is removed when the test ends.
#[derive(Debug)]
enum Home {
    Folder { _held: TempDir },
    Database { _held: postgres::Database },
}

impl TestApp {
    /// On a SQLite file of its own.
    pub async fn on_sqlite() -> Self {
        let folder = TempDir::new().unwrap_or_else(|e| panic!("no temporary folder: {e}"));
        let store = opened(&format!("sqlite:{}", folder.path().join("test.db").display())).await;
        migrated(&store).await;
        Self { store, _home: Home::Folder { _held: folder } }
    }
    /// On a PostgreSQL database copied from the migrated template.
    pub async fn on_postgres(database: postgres::Database) -> Self {
        Self { store: opened(&database.url()).await, _home: Home::Database { _held: database } }
    }
    /// Brings the template to this program's schema.
    pub(crate) async fn prepare(url: String) {
        let store = opened(&url).await;
        migrated(&store).await;
        store.close().await.unwrap_or_else(|e| panic!("closing the template: {e}"));
    }
}

async fn opened(url: &str) -> Store {
    let options = Options { connections: 4, durability: Durability::None, ..Options::new(url) };
    Store::open(&options).await.unwrap_or_else(|e| panic!("opening {url}: {e}"))
}

async fn migrated(store: &Store) {
    store.migrate().await.unwrap_or_else(|e| panic!("migrating: {e}"));
}
