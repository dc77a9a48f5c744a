//! Group commit (묶음 확정): on SQLite concurrent writers share one transaction and one sync.
//!
//! Writers take turns. Each runs in a savepoint of one open IMMEDIATE transaction; the last one in the queue (or the
//! 64th) commits for all, and every writer is answered only after that commit. On PostgreSQL a turn is a transaction
//! of its own. Either way the caller sees the same: its own success or error, durable when answered.

use crate::StoreError;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// A batch grows to this many writes at most, so that no writer waits long for its commit.
const MOST: usize = 64;

#[derive(Debug, Clone)]
pub(crate) struct Writer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    connection: DatabaseConnection,
    backend: DbBackend,
    slot: Arc<Mutex<Option<Batch>>>,
    waiting: AtomicUsize,
    commits: AtomicU64,
    writes: AtomicU64,
}

/// An open transaction shared by the writers since the last commit.
#[derive(Debug)]
struct Batch {
    transaction: DatabaseTransaction,
    writes: usize,
    outcome: watch::Sender<Outcome>,
}

/// `None` while open; then whether the commit succeeded.
type Outcome = Option<Result<(), Arc<StoreError>>>;

/// One writer's turn, open until [`Turn::finish`]. Dropping it undoes what the writer did and nothing else.
#[derive(Debug)]
pub(crate) struct Turn {
    work: Option<DatabaseTransaction>,
    slot: Option<OwnedMutexGuard<Option<Batch>>>,
    writer: Writer,
    /// Set once the turn has handed over in good order.
    over: bool,
}

/// Counts a writer as waiting until it has its turn, also when it gives up.
struct Queued<'a>(&'a Writer);
impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Writer {
    pub(crate) fn new(connection: DatabaseConnection, backend: DbBackend) -> Self {
        Self(Arc::new(Shared {
            connection,
            backend,
            slot: Arc::default(),
            waiting: AtomicUsize::new(0),
            commits: AtomicU64::new(0),
            writes: AtomicU64::new(0),
        }))
    }
    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.0.connection
    }
    pub(crate) fn counts(&self) -> (u64, u64) {
        (self.0.commits.load(Ordering::Relaxed), self.0.writes.load(Ordering::Relaxed))
    }

    /// Waits for a turn and opens it.
    pub(crate) async fn turn(&self) -> Result<Turn, StoreError> {
        if self.0.backend == DbBackend::Postgres {
            let work = self.0.connection.begin_with_options(TransactionOptions::default()).await?;
            return Ok(Turn { work: Some(work), slot: None, writer: self.clone(), over: false });
        }
        let mut turn = Turn { work: None, slot: None, writer: self.clone(), over: false };
        {
            self.0.waiting.fetch_add(1, Ordering::AcqRel);
            let _queued = Queued(self);
            turn.slot = Some(self.0.slot.clone().lock_owned().await);
        }
        if let Some(slot) = &mut turn.slot {
            let batch = match slot.as_ref() {
                Some(batch) => batch,
                None => slot.insert(self.begin().await?),
            };
            turn.work = Some(batch.transaction.begin_with_options(TransactionOptions::default()).await?);
        }
        Ok(turn)
    }

    async fn begin(&self) -> Result<Batch, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.0.connection.begin_with_options(options).await?;
        Ok(Batch { transaction, writes: 0, outcome: watch::Sender::new(None) })
    }

    /// Commits the open batch if there is one.
    async fn flush(&self, mut slot: OwnedMutexGuard<Option<Batch>>) {
        let Some(Batch { transaction, writes, outcome }) = slot.take() else { return };
        let done = transaction.commit().await.map_err(|e| Arc::new(StoreError::from(e)));
        if done.is_ok() {
            self.0.commits.fetch_add(1, Ordering::Relaxed);
            self.0.writes.fetch_add(u64::try_from(writes).unwrap_or(0), Ordering::Relaxed);
        }
        drop(slot);
        outcome.send_replace(Some(done));
    }

    fn nobody_waits(&self) -> bool {
        self.0.waiting.load(Ordering::Acquire) == 0
    }
}

impl Turn {
    /// The open transaction of this turn.
    pub(crate) fn work(&self) -> Result<&DatabaseTransaction, StoreError> {
        self.work.as_ref().ok_or_else(|| StoreError::failed("turn", "the turn is over"))
    }

    /// Keeps what was done and returns once it is durable.
    pub(crate) async fn finish(mut self) -> Result<(), StoreError> {
        let Some(work) = self.work.take() else { return Ok(()) };
        work.commit().await?;
        let Some(mut slot) = self.slot.take() else {
            self.writer.0.commits.fetch_add(1, Ordering::Relaxed);
            self.writer.0.writes.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        };
        let Some(batch) = slot.as_mut() else { return Err(StoreError::failed("commit", "the batch is gone")) };
        batch.writes += 1;
        let mut outcome = batch.outcome.subscribe();
        self.over = true;
        if batch.writes >= MOST || self.writer.nobody_waits() {
            // A task of its own: the commit must not stop half-way when this caller goes away.
            let writer = self.writer.clone();
            tokio::spawn(async move { writer.flush(slot).await });
        } else {
            drop(slot);
        }
        let done = outcome.wait_for(Option::is_some).await.map_err(|e| StoreError::failed("commit", e))?;
        match &*done {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) if matches!(**error, StoreError::Unavailable(_)) => {
                Err(StoreError::Unavailable(DbErr::Custom(error.to_string())))
            }
            Some(Err(error)) => Err(StoreError::failed("commit", Arc::clone(error))),
            None => Err(StoreError::failed("commit", "no outcome")),
        }
    }
}

impl Drop for Turn {
    /// Undoes this turn's work; if nobody else is coming, the others' work must still be committed.
    fn drop(&mut self) {
        drop(self.work.take());
        drop(self.slot.take());
        if !self.over
            && self.writer.0.backend == DbBackend::Sqlite
            && self.writer.nobody_waits()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let writer = self.writer.clone();
            runtime.spawn(async move {
                let slot = writer.0.slot.clone().lock_owned().await;
                if writer.nobody_waits() {
                    writer.flush(slot).await;
                }
            });
        }
    }
}
