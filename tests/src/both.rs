//! One story told twice (양쪽 시험): each test runs on SQLite and again on PostgreSQL.

use crate::{TestApp, postgres};
use actix_web::rt::System;

/// Declares tests that run on both databases, each on a fresh one and in a runtime of its own:
/// `cargo test NAME::sqlite` and `cargo test NAME::postgres`. Without PostgreSQL the second half passes unrun, and the
/// last lines of the run say so.
///
/// ```
/// tests::both! {
///     /// A store answers on either database.
///     async fn a_new_store_is_complete(app: TestApp) {
///         assert!(app.app.store.pending_migrations().await.unwrap().is_empty());
///     }
/// }
/// ```
#[macro_export]
macro_rules! both {
    ($($(#[$about:meta])* async fn $name:ident($app:ident: TestApp) $story:block)+) => {$(
        $(#[$about])*
        async fn $name($app: $crate::TestApp) $story

        mod $name {
            #[test]
            fn sqlite() {
                $crate::on_sqlite(super::$name);
            }
            #[test]
            fn postgres() {
                $crate::on_postgres(super::$name);
            }
        }
    )+};
}

/// Runs a story on SQLite.
pub fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(TestApp) -> F) {
    System::new().block_on(async { Box::pin(story(Box::pin(TestApp::on_sqlite()).await)).await });
}

/// Runs a story on PostgreSQL, or not at all when its server programs are missing.
pub fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(TestApp) -> F) {
    let Some(database) = fresh_postgres() else { return };
    System::new().block_on(async { Box::pin(story(Box::pin(TestApp::on_postgres(database)).await)).await });
}

/// A fresh, migrated PostgreSQL database; `None` when the server programs are missing.
pub fn fresh_postgres() -> Option<postgres::Database> {
    let cluster = postgres::cluster()?;
    cluster.template(TestApp::prepare);
    Some(cluster.fresh())
}
