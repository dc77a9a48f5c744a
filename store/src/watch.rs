//! Watching for writes by others (다른 프로세스의 변경): another server, or a command run beside this one.
//!
//! On SQLite the database file itself says that somebody else has written: a quarter of a second later everything kept
//! is out of date. On PostgreSQL each process tells the others which topics its writes touched, shortly after they are
//! committed and many in one message: telling inside the transaction would let only one commit at a time.

use crate::{Store, StoreError, Topic, changes::Changes, sqlite::File};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sqlx::postgres::PgListener;
use std::{sync::Arc, time::Duration};
use tokio::{task::JoinHandle, time::sleep};

/// The name under which processes tell each other.
const CHANNEL: &str = "axtrack_changes";
/// How often SQLite is asked.
const EVERY: Duration = Duration::from_millis(250);
/// How soon it is asked again while it commits.
const AGAIN: Duration = Duration::from_millis(2);
/// Changes within this time go out in one message.
const GATHERED: Duration = Duration::from_millis(10);
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// Watches as long as it lives.
#[derive(Debug)]
pub struct Watch {
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Store {
    /// Watches for writes by other processes. `name` is this process's own, unlike any other's.
    pub fn watch(&self, name: String) -> Watch {
        let changes = Arc::clone(&self.0.changes);
        let tasks = if let Some(file) = self.0.writer.file() {
            vec![tokio::spawn(poll(Arc::clone(file), changes))]
        } else {
            let told = tell(self.apart().clone(), Arc::clone(&changes), name.clone());
            vec![tokio::spawn(told), tokio::spawn(listen(self.apart().clone(), changes, name))]
        };
        Watch { tasks }
    }

    /// Tells the other processes at once what this one has changed and not told yet.
    pub(crate) async fn tell_now(&self) -> Result<(), StoreError> {
        let Some(words) = self.0.changes.untold() else { return Ok(()) };
        if self.is_postgres() { Ok(say(self.apart(), &format!("- {words}")).await?) } else { Ok(()) }
    }
}

/// SQLite's own count of what other connections have committed. Asked on the writer: its own commits do not count.
async fn poll(writer: Arc<File>, changes: Arc<Changes>) {
    let mut seen = None;
    loop {
        let Some(now) = writer.data_version() else {
            sleep(AGAIN).await;
            continue;
        };
        match now {
            Ok(now) if seen == Some(now) => {}
            Ok(now) => {
                if seen.replace(now).is_some() {
                    changes.bump_all();
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the database file cannot be watched");
                seen = Some(i64::MIN);
                sleep(PAUSE).await;
            }
        }
        sleep(EVERY).await;
    }
}

async fn tell(connection: DatabaseConnection, changes: Arc<Changes>, name: String) {
    // Whatever this process changed before and could not tell.
    let mut words = Some("all".to_owned());
    loop {
        if let Some(untold) = words.take() {
            if let Err(error) = say(&connection, &format!("{name} {untold}")).await {
                tracing::warn!(%error, "other servers were not told of a change");
                words = Some("all".to_owned());
                sleep(PAUSE).await;
            }
            continue;
        }
        changes.something_untold().await;
        sleep(GATHERED).await;
        words = changes.untold();
    }
}

async fn say(connection: &DatabaseConnection, words: &str) -> Result<(), sea_orm::DbErr> {
    let sql = "SELECT pg_notify($1, $2)";
    let values = [CHANNEL.into(), words.into()];
    connection.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await.map(drop)
}

async fn listen(connection: DatabaseConnection, changes: Arc<Changes>, name: String) {
    loop {
        if let Err(error) = heard(&connection, &changes, &name).await {
            tracing::warn!(%error, "changes by other servers cannot be heard");
        }
        changes.bump_all();
        sleep(PAUSE).await;
    }
}

async fn heard(connection: &DatabaseConnection, changes: &Changes, name: &str) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(connection.get_postgres_connection_pool()).await?;
    listener.listen(CHANNEL).await?;
    // Whatever was said before this moment was not heard.
    changes.bump_all();
    loop {
        // None: the connection was lost for a while, and what was said meanwhile with it.
        let Some(message) = listener.try_recv().await? else {
            changes.bump_all();
            continue;
        };
        let (by, words) = message.payload().split_once(' ').unwrap_or(("", "all"));
        if by == name {
            continue;
        }
        match words.split(',').map(Topic::named).collect::<Option<Vec<_>>>() {
            Some(topics) => topics.into_iter().for_each(|topic| changes.heard(topic)),
            None => changes.bump_all(),
        }
    }
}
