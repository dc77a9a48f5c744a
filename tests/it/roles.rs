//! Two roles on PostgreSQL (데이터베이스 역할): the serving role may add to the ledgers and never change them.

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use std::{fs, path::Path, time::Duration};
use store::{Options, Store, doctor::Grade};
use tests::{START, TestApp, fresh_postgres};

/// The statements that docs/operations.md tells the operator to run.
fn documented() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text = fs::read_to_string(root.join("docs/operations.md")).unwrap();
    let block = text.split("```sql\n").find(|part| part.starts_with("-- roles")).expect("the SQL of the roles");
    block.split("```").next().unwrap().to_owned()
}

#[test]
fn the_serving_role_cannot_change_what_was_recorded() {
    let Some(database) = fresh_postgres() else { return };
    actix_web::rt::System::new().block_on(async {
        let owner = store::raw(&database.url()).await.unwrap();
        let sql = documented();
        owner.execute_unprepared(&sql).await.unwrap();
        let url = database.url().replace("axtrack@", "axtrack_app@");
        let serving = Store::open(&Options::new(url.clone())).await.unwrap();
        let found = serving.examine(START.parse().unwrap()).await.unwrap();
        let grade = |check: &str| found.iter().find(|f| f.check == check).map(|f| f.grade);
        assert_eq!((grade("role"), grade("audit_rights")), (Some(Grade::Good), Some(Grade::Good)), "{found:?}");
        assert!(grade("budget_rights").is_none_or(|g| g == Grade::Good), "{found:?}");
        let rich = Store::open(&Options::new(database.url())).await.unwrap();
        let found = rich.examine(START.parse().unwrap()).await.unwrap();
        let grade = |check: &str| found.iter().find(|f| f.check == check).map(|f| f.grade);
        assert_eq!((grade("role"), grade("audit_rights")), (Some(Grade::Warning), Some(Grade::Warning)), "{found:?}");
        rich.close().await.unwrap();
        serving.close().await.unwrap();

        // The program works with it, reading and writing.
        let app = TestApp::served(&url).await;
        let reader = app.planner("mois").await;
        app.get(&reader, "/v1/bodies/mois").await.expect(200);
        let now = app.app.clock.now();
        let mut heads = 0;
        let counted = |_: &_| {
            heads += 1;
            Ok(())
        };
        let taken = store::audit::checkpoint(&app.app.store, now, counted).await.unwrap();
        assert_eq!(taken.chains, heads);
        let found = store::audit::verify(&app.app.store, now, None, async |_| Ok(())).await.unwrap();
        assert_eq!((found.flaws, found.checkpoint.root), (0, taken.root));

        let outside = store::raw(&url).await.unwrap();
        outside
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Postgres,
                "SELECT count(*) FROM audit_entry",
            ))
            .await
            .unwrap();
        for refused in [
            "UPDATE audit_entry SET actor_name = 'nobody'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
            "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_entry_no_change ON audit_entry",
            "DROP TABLE audit_entry",
            "CREATE TABLE mine (a int)",
        ] {
            let error = outside.execute_unprepared(refused).await.expect_err(refused).to_string();
            assert!(error.contains("permission denied") || error.contains("must be owner"), "{refused}: {error}");
        }
        drop(app);
    });
}

#[test]
fn sqlite_refuses_to_change_what_was_recorded() {
    tests::on_sqlite(async |app| {
        let file = app.directory.as_ref().unwrap().path().join("axtrack.db");
        let outside = store::raw(&format!("sqlite:{}", file.display())).await.unwrap();
        for refused in ["UPDATE audit_entry SET actor_name = 'nobody'", "DELETE FROM audit_entry"] {
            let error = outside.execute_unprepared(refused).await.expect_err(refused).to_string();
            assert!(error.contains("audit entries are never"), "{error}");
        }
    });
}

/// Numbers are drawn before they are committed: a checkpoint waits for whoever has drawn one, with the serving role's rights.
#[test]
fn a_checkpoint_waits_for_writers_under_way() {
    let Some(database) = fresh_postgres() else { return };
    actix_web::rt::System::new().block_on(async {
        let mut options = ConnectOptions::new(database.url());
        let slow = Database::connect(options.max_connections(1).to_owned()).await.unwrap();
        slow.execute_unprepared(&documented()).await.unwrap();
        let app = TestApp::served(&database.url().replace("axtrack@", "axtrack_app@")).await;
        let checkpoint =
            async || store::audit::checkpoint(&app.app.store, app.app.clock.now(), |_| Ok(())).await.unwrap();
        let before = checkpoint().await;

        let columns = "at, actor_id, actor_name, action, outcome, reason, changes, request_id, address, previous, hash";
        let sql = format!(
            "BEGIN; INSERT INTO audit_entry (subject_kind, subject_id, n, {columns}) \
             SELECT 'slow', 'writer', 1, {columns} FROM audit_entry ORDER BY seq LIMIT 1"
        );
        slow.execute_unprepared(&sql).await.unwrap();
        app.coordinator().await;
        let early = Duration::from_millis(300);
        let waiting = actix_web::rt::time::timeout(early, checkpoint()).await;
        assert!(waiting.is_err(), "it does not leave out an entry that may still appear");
        let (taken, _) = tokio::join!(checkpoint(), slow.execute_unprepared("COMMIT"));
        assert_eq!((taken.entries, taken.chains), (before.entries + 2, before.chains + 2));
    });
}
