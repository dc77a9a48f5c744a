//! What the database says of a statement (질의 계획 읽기), and what is wrong with it.

use super::asked::Way;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::sync::atomic::{AtomicU32, Ordering};

/// A connection of its own to the database under test, set up to plan as the service's connections do.
pub struct Database(DatabaseConnection, AtomicU32);

impl Database {
    pub async fn of(url: &str) -> Self {
        let database = Self(store::raw(url).await.unwrap(), AtomicU32::new(0));
        if database.0.get_database_backend() == DbBackend::Postgres {
            // The tables are small here. What counts is whether an index could answer, in order.
            for set in ["enable_seqscan = off", "plan_cache_mode = force_generic_plan", "jit = off"] {
                database.run(&format!("SET {set}")).await;
            }
        }
        database
    }

    pub async fn run(&self, sql: &str) {
        self.0.execute_unprepared(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    }

    /// What is wrong with the way in which a statement would be answered.
    pub async fn fault(&self, statement: &Statement, way: Way) -> Option<String> {
        let sqlite = self.0.get_database_backend() == DbBackend::Sqlite;
        let plan = if sqlite { self.sqlite(statement).await } else { self.postgres(statement, way).await };
        let wrong = if sqlite { wrong_on_sqlite(&plan, way) } else { wrong_on_postgres(&plan, way) };
        wrong.then(|| format!("\n    {}\n      {}", statement.sql, plan.join("\n      ")))
    }

    async fn sqlite(&self, statement: &Statement) -> Vec<String> {
        // A kept statement would tell the plan of yesterday's indexes: no question is asked twice in the same words.
        let nth = self.1.fetch_add(1, Ordering::Relaxed);
        let explain = Statement { sql: format!("EXPLAIN QUERY PLAN {} -- {nth}", statement.sql), ..statement.clone() };
        let rows = self.0.query_all_raw(explain).await.unwrap();
        rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap()).collect()
    }

    /// The plan that does not depend on the values, as the service's connections insist upon.
    async fn postgres(&self, statement: &Statement, way: Way) -> Vec<String> {
        let values = statement.values.as_ref().map_or(0, |values| values.0.len());
        let nothing = vec!["NULL"; values].join(", ");
        let given = if values == 0 { String::new() } else { format!("({nothing})") };
        let sort = if matches!(way, Way::Sorted | Way::Worded) { "on" } else { "off" };
        self.run(&format!("SET enable_sort = {sort}; PREPARE asked AS {}", statement.sql)).await;
        let explain = Statement::from_string(DbBackend::Postgres, format!("EXPLAIN (COSTS OFF) EXECUTE asked{given}"));
        let rows = self.0.query_all_raw(explain).await.unwrap_or_else(|e| panic!("{}: {e}", statement.sql));
        self.run("DEALLOCATE asked").await;
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
    }
}

/// A step that passes over a table or an index from its beginning is a `SCAN`; one that seeks in it is a `SEARCH`.
fn wrong_on_sqlite(plan: &[String], way: Way) -> bool {
    let sorted = plan.iter().any(|step| step.contains("USE TEMP B-TREE FOR ORDER BY"));
    let mut scans = plan.iter().filter(|step| step.starts_with("SCAN ") && !step.contains(" VIRTUAL TABLE "));
    let read_through = match way {
        Way::Sought | Way::Sorted => scans.next().is_some(),
        Way::Worded => scans.next().is_some() || !plan.iter().any(|step| IN_ORDER.iter().any(|way| step.contains(way))),
        Way::Walked => scans.any(|step| !step.contains(" USING ") && !ORDER_OF_ENTRY.iter().any(|t| step == t)),
        Way::Whole => false,
    };
    (sorted && way != Way::Sorted) || read_through
}

/// Lists in the order of entry walk along the table itself, which is kept in that order.
const ORDER_OF_ENTRY: [&str; 18] = [
    "SCAN adviser",
    "SCAN award",
    "SCAN budget_line",
    "SCAN challenge",
    "SCAN consultation",
    "SCAN dataset_use",
    "SCAN demand",
    "SCAN expert",
    "SCAN gpu_allocation",
    "SCAN gpu_place",
    "SCAN gpu_request",
    "SCAN model_adoption",
    "SCAN objection",
    "SCAN panel",
    "SCAN project",
    "SCAN resource_request",
    "SCAN score_sheet",
    "SCAN service_use",
];

/// How FTS5 says that it gives what it finds in the order of entry: 64, and 128 with it when the newest comes first.
const IN_ORDER: [&str; 2] = [" VIRTUAL TABLE INDEX 64:", " VIRTUAL TABLE INDEX 192:"];

fn wrong_on_postgres(plan: &[String], way: Way) -> bool {
    let steps: Vec<&str> = plan.iter().map(|line| line.trim_start().trim_start_matches("->").trim_start()).collect();
    let named = |names: &[&str]| {
        steps.iter().any(|step| {
            names.iter().any(|name| step.split("  ").next() == Some(name) || step.starts_with(&format!("{name} on ")))
        })
    };
    // An index that is read without a condition is read through.
    let walks = steps.iter().enumerate().filter(|(_, step)| {
        step.contains("Index ") && step.contains(" Scan") && step.contains("using ")
            || step.starts_with("Bitmap Index Scan on")
    });
    let walked =
        walks.filter(|(at, _)| !steps.get(at + 1).is_some_and(|next| next.starts_with("Index Cond:"))).count() > 0;
    let (read_through, sorted) = (named(&["Seq Scan", "Parallel Seq Scan"]), named(&["Sort", "Incremental Sort"]));
    match way {
        Way::Sorted | Way::Worded => read_through || walked,
        Way::Sought => read_through || sorted || walked,
        Way::Walked | Way::Whole => read_through || sorted,
    }
}
