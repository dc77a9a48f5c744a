//! Projects like another one (유사 과제): those that share the most bigrams, for the rules to score.

use super::{
    entity::project,
    filter::{Kept, visible},
};
use crate::{Store, StoreError, document};
use domain::{
    access::{Action, Scope},
    project::{Project, ProjectId},
    similar::bigrams,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};
use std::collections::BTreeSet;

/// How many candidates are scored.
const SCORED: u64 = 50;

/// The projects that share the most pairs of characters with a title, among those that the reader may see, without
/// the project itself. Two queries: which, then the records.
pub async fn similar_to<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    title: &str,
    but: Option<ProjectId>,
) -> Result<Vec<Project>, StoreError> {
    let grams: Vec<String> = bigrams(title).into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    if grams.is_empty() {
        return Ok(Vec::new());
    }
    let db = store.reader();
    let holes: Vec<String> = (1..=grams.len()).map(|n| format!("${n}")).collect();
    let holes = holes.join(", ");
    let (backend, sql) = if store.is_postgres() {
        let any = "array_to_string(ARRAY(SELECT '''' || t || '''' FROM unnest(ARRAY[HOLES]) t), ' | ')::tsquery";
        let sql = format!(
            "SELECT seq FROM (SELECT seq, (SELECT count(*) FROM unnest(tsvector_to_array(search)) t WHERE t = ANY(ARRAY[HOLES])) AS shared \
             FROM project WHERE search @@ {any}) p ORDER BY shared DESC, seq DESC LIMIT {SCORED}"
        );
        (DbBackend::Postgres, sql.replace("HOLES", &holes))
    } else {
        let sql = format!(
            "SELECT doc AS seq, count(DISTINCT term) AS shared FROM project_term WHERE term IN ({holes}) \
             GROUP BY doc ORDER BY shared DESC, doc DESC LIMIT {SCORED}"
        );
        (DbBackend::Sqlite, sql)
    };
    let values = grams.into_iter().map(Into::into).collect::<Vec<sea_orm::Value>>();
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    let seqs = rows.iter().map(|row| row.try_get::<i64>("", "seq")).collect::<Result<Vec<_>, _>>()?;
    let seen = visible(scope).add(Kept::Present.condition());
    let mut query = project::Entity::find().filter(seen).filter(project::Column::Seq.is_in(seqs));
    if let Some(but) = but {
        query = query.filter(project::Column::Id.ne(but.get()));
    }
    // Among those that are equally alike the newest comes first, on either database.
    let query = query.order_by_desc(project::Column::Seq).select_only().column(project::Column::Document);
    let found: Vec<String> = query.into_tuple().all(db).await?;
    found.iter().map(|text| document::read(text)).collect()
}
