//! The audit trail as a test looks at it (감사 기록): in the database itself, past the program.

use crate::TestApp;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

/// A second connection to a service's database.
#[derive(Debug)]
pub struct Trail(DatabaseConnection);

impl Trail {
    /// The trail of one service.
    pub async fn of(app: &TestApp) -> Self {
        Self(store::raw(&app.url()).await.unwrap())
    }
    /// The number of the newest entry.
    pub async fn last(&self) -> i64 {
        let query = self.asked("SELECT COALESCE(MAX(seq), 0) AS seq FROM audit_entry".to_owned());
        self.0.query_one_raw(query).await.unwrap().unwrap().try_get("", "seq").unwrap()
    }
    /// The entries after this one, each as `action outcome`.
    pub async fn since(&self, seq: i64) -> Vec<String> {
        let query = format!("SELECT action, outcome FROM audit_entry WHERE seq > {seq} ORDER BY seq");
        let rows = self.0.query_all_raw(self.asked(query)).await.unwrap();
        let text = |row: &sea_orm::QueryResult, name: &str| row.try_get::<String>("", name).unwrap();
        rows.iter().map(|row| format!("{} {}", text(row, "action"), text(row, "outcome"))).collect()
    }
    fn asked(&self, sql: String) -> Statement {
        Statement::from_string(self.0.get_database_backend(), sql)
    }
}
