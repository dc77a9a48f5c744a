//! Copies of a SQLite database (백업): made while it is served, and looked at before they are trusted.

use crate::StoreError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// Copies the database at `from` to the file `to`, as it stands at one moment, while others read and write it. The copy
/// is written beside its place first and is whole when it appears there. Anything at `to` is replaced.
pub async fn copy(from: &Path, to: &Path) -> Result<u64, StoreError> {
    let part = beside(to, "part");
    remove(&part)?;
    let target = part.to_str().ok_or_else(|| StoreError::failed("backup", "the path is not UTF-8"))?.to_owned();
    let source = from.to_owned();
    let copied = tokio::task::spawn_blocking(move || {
        let connection = Connection::open_with_flags(source, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(30))?;
        connection.execute("VACUUM INTO ?", [target])
    });
    if let Err(error) = copied.await.map_err(|e| StoreError::failed("backup", e))? {
        remove(&part)?;
        return Err(StoreError::failed("backup", error));
    }
    // SQLite does not sync what it vacuums into.
    let file = File::open(&part).map_err(file_failed)?;
    file.sync_all().map_err(file_failed)?;
    let size = file.metadata().map_err(file_failed)?.len();
    put(&part, to)?;
    Ok(size)
}

/// Puts the file `from` in the place of `to`, for good.
pub fn put(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(file_failed)?;
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    File::open(folder).and_then(|f| f.sync_all()).map_err(file_failed)
}

/// Whether another process has the database open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Nobody: it is one file now, with everything in it.
    Free,
    /// Somebody.
    Taken,
    /// It cannot be told: the file is damaged or no database.
    Unknown,
}

/// Tries to have the database alone, which works only when nobody else has it open.
pub fn held(path: &Path) -> Held {
    let alone = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_millis(500))?;
        connection.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get::<_, String>(0))
    };
    match alone() {
        Ok(mode) if mode == "delete" => Held::Free,
        Ok(_) => Held::Taken,
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Held::Taken,
            _ => Held::Unknown,
        },
    }
}

/// Moves a database with its side files out of the way, to the same name with `mark` at its end.
pub fn set_aside(path: &Path, mark: &str) -> Result<PathBuf, StoreError> {
    let aside = beside(path, mark);
    for side in ["", "-wal", "-shm"] {
        let (from, to) = (with(path, side), with(&aside, side));
        match fs::rename(from, to) {
            Err(error) if side.is_empty() || error.kind() != io::ErrorKind::NotFound => return Err(file_failed(error)),
            _ => {}
        }
    }
    Ok(aside)
}

/// A name beside a file: `axtrack.db.part`.
pub fn beside(path: &Path, mark: &str) -> PathBuf {
    with(path, &format!(".{mark}"))
}

/// Removes a file with its side files, if it is there.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    for side in ["", "-wal", "-shm"] {
        match fs::remove_file(with(path, side)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(file_failed(error)),
            _ => {}
        }
    }
    Ok(())
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn file_failed(error: io::Error) -> StoreError {
    StoreError::failed("backup", error)
}
