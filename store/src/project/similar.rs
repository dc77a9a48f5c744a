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

/// How many candidates are looked at.
const LOOKED_AT: usize = 50;
/// How many of them the reader must be able to see; otherwise more are looked at, so that what is hidden pushes nothing
/// out of sight.
const ENOUGH: usize = 25;
/// How many are looked at in the end, whatever is hidden.
const MOST: usize = LOOKED_AT * 256;

/// The projects that share the most pairs of characters with a title, among those that the reader may see, without
/// the project itself. Two queries: which, then the records; again for more of them when most are hidden.
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
    let mut most = LOOKED_AT;
    loop {
        let alike = sharing(store, &grams, most).await?;
        let all = alike.len() < most || most >= MOST;
        let found = seen(store, scope, alike, but).await?;
        if all || found.len() >= ENOUGH {
            return found.iter().map(|text| document::read(text)).collect();
        }
        most = most.saturating_mul(4);
    }
}

/// The projects that share the most of these pairs, seen by the reader or not.
async fn sharing(store: &Store, grams: &[String], most: usize) -> Result<Vec<i64>, StoreError> {
    let holes: Vec<String> = (1..=grams.len()).map(|n| format!("${n}")).collect();
    let holes = holes.join(", ");
    let (backend, sql) = if store.is_postgres() {
        let any = "array_to_string(ARRAY(SELECT '''' || t || '''' FROM unnest(ARRAY[HOLES]) t), ' | ')::tsquery";
        let sql = format!(
            "SELECT seq FROM (SELECT seq, (SELECT count(*) FROM unnest(tsvector_to_array(search)) t WHERE t = ANY(ARRAY[HOLES])) AS shared \
             FROM project WHERE search @@ {any}) p ORDER BY shared DESC, seq DESC LIMIT {most}"
        );
        (DbBackend::Postgres, sql.replace("HOLES", &holes))
    } else {
        let sql = format!(
            "SELECT doc AS seq, count(DISTINCT term) AS shared FROM project_term WHERE term IN ({holes}) \
             GROUP BY doc ORDER BY shared DESC, doc DESC LIMIT {most}"
        );
        (DbBackend::Sqlite, sql)
    };
    let values: Vec<sea_orm::Value> = grams.iter().map(|gram| gram.clone().into()).collect();
    let rows = store.apart().query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(rows.iter().map(|row| row.try_get::<i64>("", "seq")).collect::<Result<_, _>>()?)
}

/// The records among these that the reader may see, the newest first: so they stand where they are equally alike.
async fn seen<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    among: Vec<i64>,
    but: Option<ProjectId>,
) -> Result<Vec<String>, StoreError> {
    let seen = visible(scope).add(Kept::Present.condition());
    let mut query = project::Entity::find().filter(seen).filter(project::Column::Seq.is_in(among));
    if let Some(but) = but {
        query = query.filter(project::Column::Id.ne(but.get()));
    }
    let query = query.order_by_desc(project::Column::Seq).select_only().column(project::Column::Document);
    Ok(query.into_tuple().all(store.apart()).await?)
}
