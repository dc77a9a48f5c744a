//! The one seat (쓰기 자리) at which SQLite is written, and those who wait for it.
//!
//! The seat is nobody's until its next holder is really there: a writer that waits is a task in some thread's queue, and
//! while it waits for its thread another may write. A turn takes a fraction of a millisecond, so whoever finds the seat
//! taken by another turn waits for it in place, briefly; for a commit, which waits for the disk, it waits as a task.

use super::Batch;
use crate::sqlite::Log;
use std::{
    pin::pin,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{runtime::Handle, sync::Notify};

/// So long a writer waits in place for another's turn. Turns are shorter, unless somebody waits for something in one.
const IN_PLACE: Duration = Duration::from_millis(1);

/// The seat and its queue.
#[derive(Debug)]
pub(super) struct Seats {
    state: Mutex<State>,
    /// A turn has ended: for those who wait in place.
    left: Condvar,
    /// The seat is free: for those who wait as tasks.
    freed: Notify,
    /// How many want the seat and do not have it.
    waiting: AtomicUsize,
    log: Log,
}

/// Who is at the seat.
#[derive(Debug)]
enum State {
    /// Nobody; the open batch lies there, if there is one.
    Free(Option<Batch>),
    /// A writer.
    Turn,
    /// A commit.
    Commit,
}

/// The seat, held. Leaving it (dropping this) while nobody waits sets off the commit.
#[derive(Debug)]
pub(super) struct Seat {
    batch: Option<Batch>,
    seats: Arc<Seats>,
}

impl Seats {
    pub(super) fn new(log: Log) -> Self {
        let (state, left, freed) = (Mutex::new(State::Free(None)), Condvar::new(), Notify::new());
        Self { state, left, freed, waiting: AtomicUsize::new(0), log }
    }
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The seat, when it is free at this moment.
    fn free(self: &Arc<Self>, mut state: MutexGuard<'_, State>, next: State) -> Option<Seat> {
        let State::Free(batch) = &mut *state else { return None };
        let seat = Seat { batch: batch.take(), seats: Arc::clone(self) };
        *state = next;
        Some(seat)
    }

    /// The seat, when it is free or another's turn ends in a moment.
    fn soon(self: &Arc<Self>) -> Option<Seat> {
        let taken = |state: &mut State| matches!(state, State::Turn);
        let waited = self.left.wait_timeout_while(self.state(), IN_PLACE, taken);
        self.free(waited.unwrap_or_else(PoisonError::into_inner).0, State::Turn)
    }

    /// Waits for the seat.
    pub(super) async fn next(self: &Arc<Self>) -> Seat {
        let _waiting = Waiting::begin(self);
        loop {
            let mut freed = pin!(self.freed.notified());
            // Whatever is said from here on is heard.
            freed.as_mut().enable();
            if let Some(seat) = self.soon() {
                return seat;
            }
            freed.await;
        }
    }

    /// Commits what lies at the seat, if nobody is there or wants to be.
    fn settle(self: &Arc<Self>) {
        if self.waiting.load(Ordering::SeqCst) > 0 {
            return;
        }
        let state = self.state();
        if matches!(*state, State::Free(Some(_)))
            && let Some(seat) = self.free(state, State::Commit)
        {
            seat.commit();
        }
    }
}

impl Seat {
    pub(super) const fn batch(&self) -> Option<&Batch> {
        self.batch.as_ref()
    }
    pub(super) const fn take(&mut self) -> Option<Batch> {
        self.batch.take()
    }
    pub(super) fn put(&mut self, batch: Batch) {
        self.batch = Some(batch);
    }

    /// Commits the batch in a thread that may wait for the disk, and leaves the seat.
    pub(super) fn commit(self) {
        *self.seats.state() = State::Commit;
        self.seats.left.notify_all();
        let commit = Commit(Some(self));
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn_blocking(move || drop(commit));
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let batch = self.batch.take();
        let open = batch.is_some();
        *self.seats.state() = State::Free(batch);
        self.seats.left.notify_one();
        if open {
            // Whoever comes tells the next one in turn.
            self.seats.freed.notify_one();
        } else {
            self.seats.freed.notify_waiters();
        }
        self.seats.settle();
    }
}

/// A commit to be made. It is made when this is dropped: also by a runtime that ends before it has a thread for it.
struct Commit(Option<Seat>);

impl Drop for Commit {
    fn drop(&mut self) {
        let Some(mut seat) = self.0.take() else { return };
        let writes = seat.take().map(Batch::commit);
        let seats = Arc::clone(&seat.seats);
        drop(seat);
        seats.log.grown(writes.unwrap_or_default());
    }
}

/// Somebody who wants the seat.
struct Waiting<'a>(&'a Arc<Seats>);

impl<'a> Waiting<'a> {
    fn begin(seats: &'a Arc<Seats>) -> Self {
        seats.waiting.fetch_add(1, Ordering::SeqCst);
        Self(seats)
    }
}

impl Drop for Waiting<'_> {
    /// If nobody comes after one that has gone away, the others' work must still be committed.
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        self.0.settle();
    }
}
