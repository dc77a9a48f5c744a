//! What can go wrong below (저장 오류), told apart by what the caller must do about it.

use domain::access::Denied;
use sea_orm::{DbErr, RuntimeErr};

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such thing.
    #[error("not found")]
    NotFound,
    /// The policy says no.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The thing has moved on since the caller read it; its version now.
    #[error("the caller expected another version than {now}")]
    Stale {
        /// The version it has now.
        now: i64,
    },
    /// The caller must say which version it means to change.
    #[error("no version was named")]
    VersionMissing,
    /// A unique name is taken; which constraint said so is in the text, for the log only.
    #[error("already taken: {0}")]
    Taken(String),
    /// The idempotency key was used before with another request.
    #[error("the idempotency key belongs to another request")]
    KeyReused,
    /// The first request with this idempotency key is still under way.
    #[error("a request with this idempotency key is under way")]
    InFlight,
    /// The page token is not one of ours, or belongs to another list.
    #[error("the page token is not valid here")]
    BadPageToken,
    /// The database cannot be reached or is overloaded; the same request may succeed soon.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// A rule refuses that only what is stored can tell, such as a sum that grows too large.
    #[error(transparent)]
    Refused(#[from] domain::problem::Refusal),
    /// Anything else, with the step that failed.
    #[error("{step}")]
    Failed {
        /// What was being done.
        step: &'static str,
        /// Why it failed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Wraps an error of a step.
    pub fn failed(step: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Failed { step, source: source.into() }
    }
}

impl StoreError {
    /// The whole chain of causes in one line, for the log only.
    pub(crate) fn told(&self) -> String {
        let this: &dyn std::error::Error = self;
        let causes = std::iter::successors(Some(this), |e| e.source());
        causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(what) = taken(&error) {
            return Self::Taken(what);
        }
        if passing(&error) { Self::Unavailable(error) } else { Self::failed("database", error) }
    }
}

/// What the database says when a unique name is taken.
fn taken(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(sqlx)) | DbErr::Query(RuntimeErr::SqlxError(sqlx))) = error else {
        return None;
    };
    let sqlx::Error::Database(said) = &**sqlx else { return None };
    said.is_unique_violation().then(|| said.message().to_owned())
}

/// True when the database is away or busy rather than the statement wrong.
fn passing(error: &DbErr) -> bool {
    let (DbErr::Conn(runtime) | DbErr::Exec(runtime) | DbErr::Query(runtime)) = error else {
        return matches!(error, DbErr::ConnectionAcquire(_));
    };
    let RuntimeErr::SqlxError(sqlx) = runtime else { return matches!(error, DbErr::Conn(_)) };
    match &**sqlx {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Tls(_) => true,
        // PostgreSQL: connection exceptions (08), shutdown (57P), too many connections (53), serialization (40).
        // SQLite, in the low byte of the extended code: busy (5), input or output (10), disk full (13), cannot open (14).
        sqlx::Error::Database(db) => db.code().is_some_and(|code| match code.parse::<u32>() {
            Ok(sqlite) if code.len() < 5 => [5, 10, 13, 14].contains(&(sqlite & 0xff)),
            _ => ["08", "57P", "53", "40"].iter().any(|class| code.len() == 5 && code.starts_with(class)),
        }),
        _ => matches!(error, DbErr::Conn(_)),
    }
}
