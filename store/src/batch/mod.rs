//! Group commit (묶음 확정): on SQLite concurrent writers share one transaction and one sync.
//!
//! Writers take turns at one seat, in one open IMMEDIATE transaction. Whoever leaves the seat while nobody waits for it
//! (or as the 64th) sets off the commit for all, and every writer is answered only after that commit. Each turn but the
//! first begins with a savepoint, to which the batch returns when the turn fails or its writer goes away. On PostgreSQL
//! a turn is a transaction of its own. Either way the caller sees the same: its own success or error, durable when
//! answered.

mod seat;

use crate::{
    StoreError, Topic,
    changes::Changes,
    connection::Work,
    project::index_due,
    sqlite::{File, Log, Session},
};
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};
use seat::{Seat, Seats};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;

/// A batch grows to this many writes at most, so that no writer waits long for its commit.
const MOST: usize = 64;

#[derive(Debug, Clone)]
pub(crate) struct Writer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    to: To,
    count: Arc<Count>,
}

/// What has been committed.
#[derive(Debug)]
struct Count {
    changes: Arc<Changes>,
    commits: AtomicU64,
    writes: AtomicU64,
}

/// Where writes go.
#[derive(Debug)]
enum To {
    /// PostgreSQL's pool: each turn has a connection.
    Postgres(DatabaseConnection),
    /// The one connection that writes, the turns at it, and how long a writer waits for its turn.
    Sqlite(Arc<File>, Arc<Seats>, Duration),
}

/// An open transaction shared by the writers since the last commit.
#[derive(Debug)]
struct Batch {
    transaction: Work,
    /// Writes in it that are to stay.
    writes: usize,
    topics: Vec<Topic>,
    mark: Mark,
    outcome: watch::Sender<Outcome>,
    count: Arc<Count>,
}

/// The savepoint of a batch's newest turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The first turn has none: when it fails, the batch goes as a whole.
    Absent,
    /// What follows it is to stay.
    Settled,
    /// What follows it is not to stay yet. A writer that goes away leaves it so, for the next to tidy up.
    Open,
}

/// `None` while open; then whether the commit succeeded.
type Outcome = Option<Result<(), Arc<StoreError>>>;

/// One writer's turn, open until [`Turn::finish`]. Dropping it undoes what the writer did and nothing else.
#[derive(Debug)]
pub(crate) struct Turn(Place);

/// Where a turn stands.
#[derive(Debug)]
enum Place {
    /// At SQLite's one writer. What it did behind its mark is undone by the next turn or before the commit, whichever
    /// comes first.
    Batch(Seat),
    /// In a transaction of its own, which is rolled back when it is dropped.
    Own(Work, Arc<Count>),
}

impl Writer {
    pub(crate) fn postgres(pool: DatabaseConnection, changes: Arc<Changes>) -> Self {
        Self::new(To::Postgres(pool), changes)
    }
    pub(crate) fn sqlite(file: Arc<File>, log: Log, patience: Duration, changes: Arc<Changes>) -> Self {
        Self::new(To::Sqlite(file, Arc::new(Seats::new(log)), patience), changes)
    }
    fn new(to: To, changes: Arc<Changes>) -> Self {
        let count = Count { changes, commits: AtomicU64::new(0), writes: AtomicU64::new(0) };
        Self(Arc::new(Shared { to, count: Arc::new(count) }))
    }
    /// SQLite's one connection that writes.
    pub(crate) fn file(&self) -> Option<&Arc<File>> {
        match &self.0.to {
            To::Sqlite(file, ..) => Some(file),
            To::Postgres(_) => None,
        }
    }
    pub(crate) fn counts(&self) -> (u64, u64) {
        (self.0.count.commits.load(Ordering::Relaxed), self.0.count.writes.load(Ordering::Relaxed))
    }

    /// Waits for a turn and opens it.
    pub(crate) async fn turn(&self) -> Result<Turn, StoreError> {
        match &self.0.to {
            #[expect(clippy::disallowed_methods, reason = "here every transaction begins")]
            To::Postgres(pool) => {
                let work = Work::Postgres(pool.begin().await?);
                Ok(Turn(Place::Own(work, Arc::clone(&self.0.count))))
            }
            To::Sqlite(file, seats, patience) => {
                let seat = tokio::time::timeout(*patience, seats.next()).await;
                let too_long = |_| StoreError::Unavailable(DbErr::Custom("the writers' queue is too long".into()));
                let mut seat = seat.map_err(too_long)?;
                self.ready(&mut seat, file).await?;
                Ok(Turn(Place::Batch(seat)))
            }
        }
    }

    /// Brings the batch to where a new turn may write, opening one if need be.
    async fn ready(&self, seat: &mut Seat, file: &Arc<File>) -> Result<(), StoreError> {
        if let Some(mut batch) = seat.take() {
            if batch.writes == 0 {
                batch.forget();
            } else if let Err(error) = batch.mark() {
                batch.fail(&error.into());
            } else {
                seat.put(batch);
                return Ok(());
            }
        }
        let transaction = Work::Sqlite(Session::begin(Arc::clone(file)).await?);
        let (topics, outcome, count) = (Vec::new(), watch::Sender::new(None), Arc::clone(&self.0.count));
        seat.put(Batch { transaction, writes: 0, topics, mark: Mark::Absent, outcome, count });
        Ok(())
    }
}

impl Count {
    /// After a commit and before anybody is told of it: also the writer who has gone away meanwhile counts.
    fn add(&self, writes: usize, topics: &[Topic]) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.writes.fetch_add(u64::try_from(writes).unwrap_or(0), Ordering::Relaxed);
        for topic in topics {
            self.changes.bump(*topic);
        }
    }
}

impl Batch {
    /// Sets the mark to which this turn can be undone. One that was undone lends its mark to the next.
    fn mark(&mut self) -> Result<(), DbErr> {
        self.transaction.run(match self.mark {
            Mark::Absent => "SAVEPOINT turn",
            Mark::Settled => "RELEASE turn; SAVEPOINT turn",
            Mark::Open => "ROLLBACK TO turn",
        })?;
        self.mark = Mark::Open;
        Ok(())
    }

    /// What was done in this turn is to stay.
    fn settle(&mut self, topics: Vec<Topic>) {
        self.writes += 1;
        self.topics.extend(topics);
        if self.mark == Mark::Open {
            self.mark = Mark::Settled;
        }
    }

    /// Keeps everything that is to stay, durably, and tells its writers: it waits for the disk. Gives how many there
    /// were.
    fn commit(mut self) -> usize {
        if self.writes == 0 {
            self.forget();
            return 0;
        }
        if let Err(error) = self.undo() {
            self.fail(&error.into());
            return 0;
        }
        let Self { transaction, writes, topics, outcome, count, .. } = self;
        let commit = |session: Session| index_due(&session).and_then(|()| session.commit());
        let done = transaction.into_session().and_then(commit).map_err(|e| Arc::new(StoreError::from(e)));
        if done.is_ok() {
            count.add(writes, &topics);
        }
        outcome.send_replace(Some(done));
        writes
    }

    /// Undoes what a writer that went away has left behind its mark.
    fn undo(&mut self) -> Result<(), DbErr> {
        if self.mark == Mark::Open {
            self.transaction.run("ROLLBACK TO turn")?;
            self.mark = Mark::Settled;
        }
        Ok(())
    }

    /// Ends a batch in which nothing is to stay.
    fn forget(self) {
        if let Err(error) = self.transaction.into_session().and_then(Session::rollback) {
            tracing::warn!(%error, "an empty batch could not be rolled back; its connection is given up");
        }
    }

    /// Ends a batch that cannot be brought to a known state (SQLite undoes the whole transaction when the disk is
    /// full, for one): nothing of it stays, and every writer in it is told.
    fn fail(self, error: &StoreError) {
        let Self { transaction, outcome, .. } = self;
        if let Err(error) = transaction.into_session().and_then(Session::rollback) {
            tracing::warn!(%error, "a failed batch could not be rolled back; its connection is given up");
        }
        outcome.send_replace(Some(Err(Arc::new(StoreError::Unavailable(DbErr::Custom(error.told()))))));
    }
}

impl Turn {
    /// The open transaction of this turn.
    pub(crate) fn work(&self) -> Result<&Work, StoreError> {
        match &self.0 {
            Place::Own(work, _) => Ok(work),
            Place::Batch(seat) => match seat.batch() {
                Some(batch) => Ok(&batch.transaction),
                None => Err(StoreError::failed("turn", "the turn is over")),
            },
        }
    }

    /// Keeps what was done and returns once it is durable and the topics are marked as changed. The commit runs in a
    /// task of its own: it must not stop half-way when this caller goes away.
    pub(crate) async fn finish(self, topics: Vec<Topic>) -> Result<(), StoreError> {
        match self.0 {
            Place::Own(work, count) => {
                let commit = async move {
                    work.commit().await?;
                    count.add(1, &topics);
                    Ok(())
                };
                tokio::spawn(commit).await.unwrap_or_else(|e| Err(StoreError::failed("commit", e)))
            }
            Place::Batch(mut seat) => {
                let Some(mut batch) = seat.take() else { return Err(StoreError::failed("commit", "no batch")) };
                batch.settle(topics);
                let (outcome, full) = (batch.outcome.subscribe(), batch.writes >= MOST);
                seat.put(batch);
                if full {
                    seat.commit();
                } else {
                    drop(seat);
                }
                told(outcome).await
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{open::Durability, sqlite::Use};
    use std::{path::Path, pin::pin, task};

    #[test]
    fn a_commit_is_made_when_its_runtime_has_no_thread_left_for_it() {
        let (memory, gone) = (Path::new(":memory:"), Durability::None);
        let file = Arc::new(File::open(memory, Use::Write(gone)).unwrap());
        let log = Log::open(memory, gone).unwrap();
        let writer = Writer::sqlite(file, log, Duration::from_secs(1), Arc::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let turn = runtime.block_on(writer.turn()).unwrap();
        // What a commit looks at.
        turn.work().unwrap().run("CREATE TABLE project_search_due (seq INTEGER PRIMARY KEY)").unwrap();

        let ended = runtime.handle().clone();
        drop(runtime);
        let _there = ended.enter();
        let finish = pin!(turn.finish(Vec::new()));
        let told = finish.poll(&mut task::Context::from_waker(task::Waker::noop()));
        assert!(matches!(told, task::Poll::Ready(Ok(()))), "{told:?}");
        assert_eq!(writer.counts(), (1, 1));
    }
}
