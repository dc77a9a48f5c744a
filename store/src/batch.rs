//! Group commit (묶음 확정): on SQLite concurrent writers share one transaction and one sync.
//!
//! Writers take turns in one open IMMEDIATE transaction; the last one in the queue (or the 64th) commits for all, and
//! every writer is answered only after that commit. Each turn but the first begins with a savepoint, to which the
//! batch returns when the turn fails or its writer goes away. On PostgreSQL a turn is a transaction of its own. Either
//! way the caller sees the same: its own success or error, durable when answered.

use crate::{
    StoreError, Topic,
    changes::Changes,
    connection::Work,
    sqlite::{File, Session},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, TransactionTrait};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// A batch grows to this many writes at most, so that no writer waits long for its commit.
const MOST: usize = 64;

#[derive(Debug, Clone)]
pub(crate) struct Writer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    to: To,
    changes: Arc<Changes>,
    slot: Slot,
    waiting: AtomicUsize,
    commits: AtomicU64,
    writes: AtomicU64,
}

/// Where writes go.
#[derive(Debug)]
enum To {
    /// PostgreSQL's pool: each turn has a connection.
    Postgres(DatabaseConnection),
    /// The one connection that writes, and how long a writer waits for its turn.
    Sqlite(Arc<File>, Duration),
}

/// Where the open batch is, if there is one. Whoever holds the lock has the turn.
type Slot = Arc<Mutex<Option<Batch>>>;

/// An open transaction shared by the writers since the last commit.
#[derive(Debug)]
struct Batch {
    transaction: Work,
    /// Writes in it that are to stay.
    writes: usize,
    topics: Vec<Topic>,
    stage: Stage,
    mark: Mark,
    outcome: watch::Sender<Outcome>,
}

/// How far the newest turn of a batch has come. A writer that goes away leaves it as it is, for the next to tidy up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Everything in the batch is to stay.
    Settled,
    /// A savepoint is being set; nothing has been written after it.
    Marking,
    /// What follows the mark is not to stay yet.
    AtWork,
}

/// Whether the batch has a savepoint. The first turn has none: when it fails, the batch goes as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Absent,
    Present,
}

/// `None` while open; then whether the commit succeeded.
type Outcome = Option<Result<(), Arc<StoreError>>>;

/// One writer's turn, open until [`Turn::finish`]. Dropping it undoes what the writer did and nothing else.
#[derive(Debug)]
pub(crate) struct Turn {
    place: Place,
    writer: Writer,
}

/// Where a turn stands.
#[derive(Debug)]
enum Place {
    /// In the queue of SQLite's one writer.
    Waiting,
    /// At SQLite's one writer.
    Batch(OwnedMutexGuard<Option<Batch>>),
    /// In a transaction of its own.
    Own(Work),
    /// Handed over in good order.
    Over,
}

impl Writer {
    pub(crate) fn postgres(pool: DatabaseConnection, changes: Arc<Changes>) -> Self {
        Self::new(To::Postgres(pool), changes)
    }
    pub(crate) fn sqlite(file: Arc<File>, patience: Duration, changes: Arc<Changes>) -> Self {
        Self::new(To::Sqlite(file, patience), changes)
    }
    fn new(to: To, changes: Arc<Changes>) -> Self {
        Self(Arc::new(Shared {
            to,
            changes,
            slot: Arc::default(),
            waiting: AtomicUsize::new(0),
            commits: AtomicU64::new(0),
            writes: AtomicU64::new(0),
        }))
    }
    /// SQLite's one connection that writes.
    pub(crate) fn file(&self) -> Option<&Arc<File>> {
        match &self.0.to {
            To::Sqlite(file, _) => Some(file),
            To::Postgres(_) => None,
        }
    }
    pub(crate) fn counts(&self) -> (u64, u64) {
        (self.0.commits.load(Ordering::Relaxed), self.0.writes.load(Ordering::Relaxed))
    }

    /// Waits for a turn and opens it.
    pub(crate) async fn turn(&self) -> Result<Turn, StoreError> {
        let (file, patience) = match &self.0.to {
            #[expect(clippy::disallowed_methods, reason = "here every transaction begins")]
            To::Postgres(pool) => {
                let work = Work::Postgres(pool.begin().await?);
                return Ok(Turn { place: Place::Own(work), writer: self.clone() });
            }
            To::Sqlite(file, patience) => (file, *patience),
        };
        self.0.waiting.fetch_add(1, Ordering::AcqRel);
        let mut turn = Turn { place: Place::Waiting, writer: self.clone() };
        let slot = tokio::time::timeout(patience, Arc::clone(&self.0.slot).lock_owned()).await;
        let slot = slot.map_err(|_| StoreError::Unavailable(DbErr::Custom("the writers' queue is too long".into())))?;
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
        turn.place = Place::Batch(slot);
        if let Place::Batch(slot) = &mut turn.place {
            ready(slot, file).await?;
        }
        Ok(turn)
    }

    /// Commits the open batch if there is one.
    async fn flush(&self, mut slot: OwnedMutexGuard<Option<Batch>>) {
        let Some(mut batch) = slot.take() else { return };
        if batch.writes == 0 {
            return batch.forget().await;
        }
        if let Err(error) = batch.undo().await {
            return batch.fail(error.into()).await;
        }
        let Batch { transaction, writes, topics, outcome, .. } = batch;
        let done = transaction.commit().await.map_err(|e| Arc::new(StoreError::from(e)));
        if done.is_ok() {
            self.count(writes, &topics);
        }
        drop(slot);
        outcome.send_replace(Some(done));
    }

    /// After a commit and before anybody is told of it: also the writer who has gone away meanwhile counts.
    fn count(&self, writes: usize, topics: &[Topic]) {
        self.0.commits.fetch_add(1, Ordering::Relaxed);
        self.0.writes.fetch_add(u64::try_from(writes).unwrap_or(0), Ordering::Relaxed);
        for topic in topics {
            self.0.changes.bump(*topic);
        }
    }

    fn nobody_waits(&self) -> bool {
        self.0.waiting.load(Ordering::Acquire) == 0
    }

    /// A turn ended without handing over. If nobody comes after it, the others' work must still be committed.
    fn nudge(&self) {
        if self.nobody_waits()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let writer = self.clone();
            runtime.spawn(async move {
                let slot = Arc::clone(&writer.0.slot).lock_owned().await;
                if writer.nobody_waits() {
                    writer.flush(slot).await;
                }
            });
        }
    }
}

/// Brings the batch to where a new turn may write, opening one if need be.
async fn ready(slot: &mut Option<Batch>, file: &Arc<File>) -> Result<(), StoreError> {
    if slot.as_ref().is_some_and(|batch| batch.writes == 0)
        && let Some(batch) = slot.take()
    {
        batch.forget().await;
    }
    if let Some(batch) = slot {
        let Err(error) = batch.mark().await else { return Ok(()) };
        if let Some(batch) = slot.take() {
            batch.fail(error.into()).await;
        }
    }
    *slot = Some(Batch::begin(file).await?);
    Ok(())
}

impl Batch {
    async fn begin(file: &Arc<File>) -> Result<Self, StoreError> {
        let transaction = Work::Sqlite(Session::begin(Arc::clone(file)).await?);
        let (topics, outcome) = (Vec::new(), watch::Sender::new(None));
        Ok(Self { transaction, writes: 0, topics, stage: Stage::AtWork, mark: Mark::Absent, outcome })
    }

    /// Sets the mark to which this turn can be undone. May be cancelled anywhere and called again.
    async fn mark(&mut self) -> Result<(), DbErr> {
        self.undo().await?;
        let statement = match self.mark {
            Mark::Present => "RELEASE turn; SAVEPOINT turn",
            Mark::Absent => "SAVEPOINT turn",
        };
        // Whether the mark was set is not known until the statement returns. A second one does no harm.
        (self.stage, self.mark) = (Stage::Marking, Mark::Absent);
        self.transaction.execute_unprepared(statement).await?;
        (self.stage, self.mark) = (Stage::AtWork, Mark::Present);
        Ok(())
    }

    /// Undoes what a writer that went away has left behind its mark.
    async fn undo(&mut self) -> Result<(), DbErr> {
        if self.stage == Stage::AtWork {
            self.transaction.execute_unprepared("ROLLBACK TO turn").await?;
            self.stage = Stage::Settled;
        }
        Ok(())
    }

    /// Ends a batch in which nothing is to stay.
    async fn forget(self) {
        if let Err(error) = self.transaction.rollback().await {
            tracing::warn!(%error, "an empty batch could not be rolled back; its connection is given up");
        }
    }

    /// Ends a batch that cannot be brought to a known state (SQLite undoes the whole transaction when the disk is
    /// full, for one): nothing of it stays, and every writer in it is told.
    async fn fail(self, error: StoreError) {
        let Self { transaction, outcome, .. } = self;
        if let Err(error) = transaction.rollback().await {
            tracing::warn!(%error, "a failed batch could not be rolled back; its connection is given up");
        }
        outcome.send_replace(Some(Err(Arc::new(StoreError::Unavailable(DbErr::Custom(error.told()))))));
    }
}

impl Turn {
    /// The open transaction of this turn.
    pub(crate) fn work(&self) -> Result<&Work, StoreError> {
        let over = || StoreError::failed("turn", "the turn is over");
        match &self.place {
            Place::Own(work) => Ok(work),
            Place::Batch(slot) => slot.as_ref().map(|batch| &batch.transaction).ok_or_else(over),
            Place::Waiting | Place::Over => Err(over()),
        }
    }

    /// Keeps what was done and returns once it is durable and the topics are marked as changed. The commit runs in a
    /// task of its own: it must not stop half-way when this caller goes away.
    pub(crate) async fn finish(mut self, topics: Vec<Topic>) -> Result<(), StoreError> {
        let writer = self.writer.clone();
        match std::mem::replace(&mut self.place, Place::Over) {
            Place::Own(work) => {
                let commit = async move {
                    work.commit().await?;
                    writer.count(1, &topics);
                    Ok(())
                };
                tokio::spawn(commit).await.unwrap_or_else(|e| Err(StoreError::failed("commit", e)))
            }
            Place::Batch(mut slot) => {
                let Some(batch) = slot.as_mut() else { return Err(StoreError::failed("commit", "no batch")) };
                batch.writes += 1;
                batch.stage = Stage::Settled;
                batch.topics.extend(topics);
                let outcome = batch.outcome.subscribe();
                if batch.writes >= MOST || writer.nobody_waits() {
                    tokio::spawn(async move { writer.flush(slot).await });
                } else {
                    drop(slot);
                }
                told(outcome).await
            }
            Place::Waiting | Place::Over => Err(StoreError::failed("commit", "the turn is over")),
        }
    }
}

/// Waits for the commit of a batch.
async fn told(mut outcome: watch::Receiver<Outcome>) -> Result<(), StoreError> {
    let done = outcome.wait_for(Option::is_some).await.map_err(|e| StoreError::failed("commit", e))?;
    match &*done {
        Some(Ok(())) => Ok(()),
        Some(Err(error)) if matches!(**error, StoreError::Unavailable(_)) => {
            Err(StoreError::Unavailable(DbErr::Custom(error.told())))
        }
        Some(Err(error)) => Err(StoreError::failed("commit", Arc::clone(error))),
        None => Err(StoreError::failed("commit", "no outcome")),
    }
}

impl Drop for Turn {
    /// What the turn did behind its mark is undone by the next turn or before the commit, whichever comes first.
    fn drop(&mut self) {
        match std::mem::replace(&mut self.place, Place::Over) {
            Place::Waiting => {
                self.writer.0.waiting.fetch_sub(1, Ordering::AcqRel);
                self.writer.nudge();
            }
            Place::Batch(slot) => {
                drop(slot);
                self.writer.nudge();
            }
            // Dropping a transaction rolls it back.
            Place::Own(_) | Place::Over => {}
        }
    }
}
