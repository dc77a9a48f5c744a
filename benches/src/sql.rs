//! The bare SQL (SQL만의 비용): the statements of the reads, run in this process without a server around them.

use crate::{load::real, operations::Ground, process::used};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, Value};
use std::time::{Duration, Instant};

/// Processor time a statement, in microseconds, under the name of the operation it belongs to.
pub async fn measure(url: &str, ground: &Ground, time: Duration) -> Result<Vec<(&'static str, f64)>, DbErr> {
    let db = store::raw(url).await.map_err(|e| DbErr::Custom(e.to_string()))?;
    let page = "SELECT document, money, money_version FROM project WHERE id = $1";
    let list = "SELECT seq, amount_krw, item FROM project WHERE lead_body = $1 AND phase = 'execution' AND removed = FALSE \
                ORDER BY amount_krw DESC, seq DESC LIMIT 51";
    let search = if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        "SELECT seq, amount_krw, item FROM project WHERE search @@ ($1::text)::tsquery AND removed = FALSE ORDER BY seq DESC LIMIT 21"
    } else {
        "SELECT seq, amount_krw, item FROM project WHERE seq IN (SELECT project.seq FROM project_search CROSS JOIN project \
         WHERE removed = FALSE AND project.seq = project_search.rowid AND project_search MATCH $1 \
         ORDER BY project_search.rowid DESC LIMIT 21)"
    };
    let words = if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        "'민원' & '안내'"
    } else {
        "민원 AND 안내"
    };
    let ids: Vec<Value> =
        ground.ids.iter().filter_map(|id| Some(id.parse::<sea_orm::prelude::Uuid>().ok()?.into())).collect();
    Ok(vec![
        ("project page", one(&db, page, &ids, time).await?),
        ("list of 50, filtered and sorted", one(&db, list, &["mois", "msit", "motir"].map(Value::from), time).await?),
        ("Korean search, 20 rows", one(&db, search, &[words.into()], time).await?),
    ])
}

async fn one(db: &DatabaseConnection, sql: &str, values: &[Value], time: Duration) -> Result<f64, DbErr> {
    let backend = db.get_database_backend();
    let before = used(std::process::id()).unwrap_or_default();
    let (began, mut count) = (Instant::now(), 0_u64);
    while began.elapsed() < time {
        for value in values.iter().take(64) {
            db.query_all_raw(Statement::from_sql_and_values(backend, sql, [value.clone()])).await?;
            count += 1;
        }
    }
    let after = used(std::process::id()).unwrap_or_default();
    Ok(real(after.cpu_us.saturating_sub(before.cpu_us)) / real(count.max(1)))
}
