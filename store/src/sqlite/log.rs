//! The write-ahead log (선행 기록): it is brought into the database file beside the writers, so that their commits wait for
//! the log alone.
//!
//! While somebody writes, a little of the log is always left behind. SQLite starts it anew when a commit has found it
//! longer than [`super::LONGEST`] pages and brought over the rest.

use super::{File, Use, fault};
use crate::open::Durability;
use sea_orm::DbErr;
use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

/// After so many writes the log is brought over; each is about twenty pages long.
const OFTEN: usize = 50;

/// The log, with a connection of its own.
#[derive(Debug)]
pub(crate) struct Log {
    file: File,
    /// Writes since it was last brought over.
    left: AtomicUsize,
}

impl Log {
    pub(crate) fn open(path: &Path, durability: Durability) -> Result<Self, DbErr> {
        Ok(Self { file: File::open(path, Use::Write(durability))?, left: AtomicUsize::new(0) })
    }

    /// So many writes have been committed. Brings the log over when it is time and nobody else is at it, in this thread,
    /// which must be one that may wait.
    pub(crate) fn grown(&self, writes: usize) {
        if self.left.fetch_add(writes, Ordering::AcqRel).saturating_add(writes) < OFTEN {
            return;
        }
        let Some(free) = self.file.free() else { return };
        self.left.store(0, Ordering::Release);
        let done = free.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = done.map_err(fault::executing) {
            tracing::warn!(%error, "the write-ahead log was not brought into the database file");
        }
    }
}
