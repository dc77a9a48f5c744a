//! SQLite's refusals (오류) in the form in which the store knows those of PostgreSQL.

use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::{DatabaseError, ErrorKind};
use std::{borrow::Cow, error::Error, sync::Arc};

/// What SQLite says, with its extended code.
#[derive(Debug, thiserror::Error)]
#[error("(code: {code}) {message}")]
struct Fault {
    code: i32,
    message: String,
}

impl DatabaseError for Fault {
    fn message(&self) -> &str {
        &self.message
    }
    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.to_string().into())
    }
    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }
    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }
    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }
    fn kind(&self) -> ErrorKind {
        match self.code {
            // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE, _ROWID.
            1555 | 2067 | 2579 => ErrorKind::UniqueViolation,
            787 => ErrorKind::ForeignKeyViolation,
            1299 => ErrorKind::NotNullViolation,
            275 => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}

fn told(error: rusqlite::Error) -> RuntimeErr {
    match error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let message = message.unwrap_or_else(|| failure.to_string());
            let fault = Fault { code: failure.extended_code, message };
            RuntimeErr::SqlxError(Arc::new(sqlx::Error::Database(Box::new(fault))))
        }
        other => RuntimeErr::Internal(other.to_string()),
    }
}

pub(super) fn opening(error: rusqlite::Error) -> DbErr {
    DbErr::Conn(told(error))
}
pub(super) fn executing(error: rusqlite::Error) -> DbErr {
    DbErr::Exec(told(error))
}
pub(super) fn querying(error: rusqlite::Error) -> DbErr {
    DbErr::Query(told(error))
}
