//! SQLite's part of the examination (SQLite 점검): how it was compiled, how it keeps data, whether the file is whole.

use super::{Finding, Grade};
use crate::{Store, StoreError};

impl Store {
    pub(super) async fn examine_sqlite(&self, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        found.push(self.version().await?);
        found.push(self.compiled().await?);
        found.push(Finding::wanted("journal_mode", &self.pragma("journal_mode")?, "wal", Grade::Bad));
        // 2 is FULL: a commit waits for the disk.
        found.push(Finding::wanted("synchronous", &self.pragma("synchronous")?, "2", Grade::Bad));
        found.push(Finding::wanted("foreign_keys", &self.pragma("foreign_keys")?, "1", Grade::Bad));
        found.push(self.whole("integrity_check", "PRAGMA integrity_check").await?);
        found.push(self.whole("foreign_key_check", "SELECT \"table\" FROM pragma_foreign_key_check").await?);
        found.push(self.guarded().await?);
        Ok(())
    }

    async fn version(&self) -> Result<Finding, StoreError> {
        let version = self.text("SELECT sqlite_version()").await?.unwrap_or_default();
        Ok(Finding::new("version", Grade::Good, format!("SQLite {version}"), format!("SQLite {version}")))
    }

    /// Without QPSG every paged query is compiled again on every run.
    async fn compiled(&self) -> Result<Finding, StoreError> {
        let used = self.text("SELECT CAST(sqlite_compileoption_used('ENABLE_QPSG') AS TEXT)").await?;
        Ok(if used.as_deref() == Some("1") {
            Finding::new("compiled", Grade::Good, "ENABLE_QPSG", "ENABLE_QPSG")
        } else {
            Finding::new(
                "compiled",
                Grade::Warning,
                "ENABLE_QPSG 없이 컴파일되어 목록이 느립니다. 저장소의 .cargo/config.toml을 두고 다시 빌드하십시오",
                "compiled without ENABLE_QPSG, which slows every list; rebuild with the repository's .cargo/config.toml",
            )
        })
    }

    /// A setting of the connection that writes.
    fn pragma(&self, name: &str) -> Result<String, StoreError> {
        self.0.writer.file().map_or_else(|| Ok(String::new()), |file| Ok(file.setting(name)?))
    }

    async fn whole(&self, check: &'static str, sql: &str) -> Result<Finding, StoreError> {
        let rows = self.rows(sql).await?;
        let told: Vec<String> = rows.iter().filter_map(|row| row.try_get_by_index(0).ok()).collect();
        Ok(if told.is_empty() || told == ["ok"] {
            Finding::new(check, Grade::Good, "이상 없음", "ok")
        } else {
            let list = told.iter().take(5).cloned().collect::<Vec<_>>().join("; ");
            Finding::new(
                check,
                Grade::Bad,
                format!("손상됨: {list}. 백업을 되돌리십시오"),
                format!("damaged: {list}. Restore a backup"),
            )
        })
    }

    /// The triggers that keep the audit trail from being edited.
    async fn guarded(&self) -> Result<Finding, StoreError> {
        let sql =
            "SELECT CAST(COUNT(*) AS TEXT) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry_no_%'";
        let count = self.text(sql).await?.unwrap_or_default();
        Ok(Finding::wanted("audit_guards", &count, "2", Grade::Bad))
    }
}
