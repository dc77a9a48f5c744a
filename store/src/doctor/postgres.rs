//! PostgreSQL's part of the examination (PostgreSQL 점검): its durability, its clock, and what the serving role may do.

use super::{Finding, Grade};
use crate::{Store, StoreError};
use domain::day::Instant;

/// The ledgers that may only grow.
const APPEND_ONLY: [&str; 2] = ["audit_entry", "budget_entry"];

impl Store {
    pub(super) async fn examine_postgres(&self, now: Instant, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        let version = self.shown("server_version").await?;
        let grade = if self.shown("server_version_num").await?.parse::<u32>().unwrap_or(0) < 140_000 {
            Grade::Warning
        } else {
            Grade::Good
        };
        found.push(Finding::new("version", grade, format!("PostgreSQL {version}"), format!("PostgreSQL {version}")));
        found.push(Finding::wanted("server_encoding", &self.shown("server_encoding").await?, "UTF8", Grade::Bad));
        for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
            found.push(Finding::wanted(setting, &self.shown(setting).await?, "on", Grade::Bad));
        }
        found.push(Finding::wanted("random_page_cost", &self.shown("random_page_cost").await?, "1.1", Grade::Warning));
        found.push(Finding::wanted(
            "plan_cache_mode",
            &self.shown("plan_cache_mode").await?,
            "force_generic_plan",
            Grade::Warning,
        ));
        found.push(self.role().await?);
        for table in APPEND_ONLY {
            if let Some(finding) = self.append_only(table).await? {
                found.push(finding);
            }
        }
        found.push(self.guards().await?);
        found.push(self.same_time(now).await?);
        Ok(())
    }

    async fn shown(&self, setting: &'static str) -> Result<String, StoreError> {
        Ok(self.text(&format!("SHOW {setting}")).await?.unwrap_or_default())
    }

    async fn role(&self) -> Result<Finding, StoreError> {
        let name = self.text("SELECT current_user::text").await?.unwrap_or_default();
        let all = self.text("SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user").await?;
        Ok(if all.as_deref() == Some("true") {
            Finding::new(
                "role",
                Grade::Warning,
                format!("{name}은 최고 권한 역할입니다. 서버는 권한이 좁은 역할로 여십시오(docs/operations.md)"),
                format!("{name} is a superuser; serve with a role of narrow rights (docs/operations.md)"),
            )
        } else {
            Finding::new("role", Grade::Good, name.clone(), name)
        })
    }

    /// `None` when there is no such table.
    async fn append_only(&self, table: &'static str) -> Result<Option<Finding>, StoreError> {
        if self.text(&format!("SELECT to_regclass('{table}')::text")).await?.is_none() {
            return Ok(None);
        }
        let may = |right: &str| format!("has_table_privilege(current_user, '{table}', '{right}')");
        let sql = format!("SELECT ({} OR {} OR {})::text", may("UPDATE"), may("DELETE"), may("TRUNCATE"));
        let check = if table == "audit_entry" { "audit_rights" } else { "budget_rights" };
        Ok(Some(if self.text(&sql).await?.as_deref() == Some("true") {
            Finding::new(
                check,
                Grade::Warning,
                format!(
                    "이 역할은 {table}의 행을 고치거나 지울 권한이 있습니다. 역할을 둘로 나누십시오(docs/operations.md)"
                ),
                format!("this role may change or delete rows of {table}; use two roles (docs/operations.md)"),
            )
        } else {
            Finding::new(check, Grade::Good, format!("{table}: 추가만 가능"), format!("{table}: append only"))
        }))
    }

    /// The triggers that keep the audit trail from being edited, also by its owner.
    async fn guards(&self) -> Result<Finding, StoreError> {
        let sql = "SELECT COUNT(*)::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' \
                   AND tgrelid = to_regclass('audit_entry') AND tgname LIKE 'audit_entry_no_%'";
        let count = self.text(sql).await?.unwrap_or_default();
        Ok(Finding::wanted("audit_guards", &count, "2", Grade::Bad))
    }

    async fn same_time(&self, now: Instant) -> Result<Finding, StoreError> {
        let sql = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint::text";
        let theirs = self.text(sql).await?.and_then(|t| t.parse().ok()).map_or(now, Instant::from_micros);
        let apart = theirs.micros().abs_diff(now.micros()) / 1_000_000;
        let grade = if apart > 5 { Grade::Warning } else { Grade::Good };
        Ok(Finding::new(
            "clock_difference",
            grade,
            format!("데이터베이스와 {apart}초 차이"),
            format!("{apart} s from the database's"),
        ))
    }
}
