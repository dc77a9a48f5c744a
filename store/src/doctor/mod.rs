//! Examining a database (데이터베이스 점검): is it set up as the program needs it, is it whole, may the program too much?

mod postgres;
mod sqlite;

use crate::{Store, StoreError};
use domain::{day::Instant, problem::Words};

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at: a stable word.
    pub check: &'static str,
    /// How it is.
    pub grade: Grade,
    /// What was found, and what to do about it.
    pub words: Words,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// As it should be.
    Good,
    /// It works, but should be otherwise.
    Warning,
    /// It does not work, or loses data.
    Bad,
}

impl Grade {
    /// `good`, `warning`, `bad`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }
}

impl Finding {
    /// A finding, in both languages.
    pub fn new(check: &'static str, grade: Grade, ko: impl Into<String>, en: impl Into<String>) -> Self {
        Self { check, grade, words: Words::made(ko.into(), en.into()) }
    }
    /// Good when `actual` is what is wanted, else `otherwise`.
    fn wanted(check: &'static str, actual: &str, wanted: &str, otherwise: Grade) -> Self {
        if actual == wanted {
            return Self::new(check, Grade::Good, actual, actual);
        }
        Self::new(
            check,
            otherwise,
            format!("{actual}; {wanted}이어야 합니다"),
            format!("{actual}; it should be {wanted}"),
        )
    }
}

impl Store {
    /// Looks at everything. `now` is the program's clock, to compare with the database's.
    pub async fn examine(&self, now: Instant) -> Result<Vec<Finding>, StoreError> {
        let mut found = vec![self.schema().await?];
        if self.is_postgres() {
            self.examine_postgres(now, &mut found).await?;
        } else {
            self.examine_sqlite(&mut found).await?;
        }
        found.push(self.clock(now).await?);
        Ok(found)
    }

    async fn schema(&self) -> Result<Finding, StoreError> {
        let pending = self.pending_migrations().await?;
        Ok(if pending.is_empty() {
            Finding::new("migrations", Grade::Good, "최신", "up to date")
        } else {
            let list = pending.join(", ");
            Finding::new(
                "migrations",
                Grade::Bad,
                format!("적용되지 않음: {list}. axtrack migrate up 을 실행하십시오"),
                format!("pending: {list}. Run axtrack migrate up"),
            )
        })
    }

    /// A clock that runs behind what has been recorded makes history unreadable.
    async fn clock(&self, now: Instant) -> Result<Finding, StoreError> {
        let latest = match self.text("SELECT CAST(MAX(at) AS TEXT) FROM audit_entry").await {
            Ok(text) => text.and_then(|t| t.parse().ok()).map(Instant::from_micros),
            Err(_) => None,
        };
        Ok(match latest {
            Some(latest) if latest > now => Finding::new(
                "clock",
                Grade::Warning,
                format!("마지막 감사 기록({latest})보다 이릅니다. 시계를 맞추십시오"),
                format!("behind the last audit entry ({latest}). Set the clock"),
            ),
            _ => Finding::new("clock", Grade::Good, now.to_string(), now.to_string()),
        })
    }

    /// The first column of the first row as text.
    async fn text(&self, sql: &str) -> Result<Option<String>, StoreError> {
        let rows = self.rows(sql).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(row.try_get_by_index::<Option<String>>(0)?)
    }
}
