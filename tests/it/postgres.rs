//! The kit itself: every story runs on both databases, alone.

use tests::{both, fresh_postgres};

both! {
    async fn a_fresh_database_is_migrated(app: TestApp) {
        assert!(app.app.store.pending_migrations().await.unwrap().is_empty());
    }
}

#[test]
fn databases_do_not_see_each_other() {
    use sea_orm::{ConnectionTrait, Database};
    let (Some(one), Some(other)) = (fresh_postgres(), fresh_postgres()) else { return };
    actix_web::rt::System::new().block_on(async {
        assert_ne!(one.url(), other.url());
        let here = Database::connect(one.url()).await.unwrap();
        let there = Database::connect(other.url()).await.unwrap();
        here.execute_unprepared("CREATE TABLE only_here (a int)").await.unwrap();
        assert!(there.execute_unprepared("SELECT * FROM only_here").await.is_err());
        // Dropped while a connection is open: the server ends the connection.
        drop(one);
        let third = fresh_postgres();
        assert!(here.execute_unprepared("SELECT 1").await.is_err(), "{third:?} was made after the drop");
    });
}
