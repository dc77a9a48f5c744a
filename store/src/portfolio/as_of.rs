//! The portfolio as it stood (기준일 포트폴리오): summed up anew out of the versions that were in force at the end of a day.

use super::{Filter, Group, cells, find::only};
use crate::{Store, StoreError, document};
use domain::{
    access::{Scope, act::portfolio as act},
    budget::BudgetLine,
    day::Day,
    portfolio::{Dimension, Dims, Measures, Place, of_project, place},
    project::{Project, ProjectId},
};
use futures_util::{Stream, TryStreamExt};
use sea_orm::{QueryResult, Statement, StreamTrait};
use std::{
    collections::{BTreeMap, HashMap},
    pin::Pin,
};

/// A day at whose end things are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf(pub Day);

impl AsOf {
    /// The documents of a table as they were recorded at the end of the day, in order of entry, one at a time: the row
    /// itself unless it has changed since, otherwise the version that was in force.
    pub(crate) async fn documents<'a>(
        self,
        store: &'a Store,
        table: &'static str,
        condition: &'static str,
        values: Vec<sea_orm::Value>,
    ) -> Result<Pin<Box<dyn Stream<Item = Result<QueryResult, StoreError>> + 'a>>, StoreError> {
        let end = self.0.ends_before().micros();
        let sql = format!(
            "SELECT t.seq AS seq, CASE WHEN t.updated_at < {end} THEN t.document ELSE v.document END AS document \
             FROM {table} t LEFT JOIN {table}_version v ON v.seq = t.seq AND v.from_at < {end} AND v.to_at >= {end} \
             WHERE (t.updated_at < {end} OR v.seq IS NOT NULL) {condition}"
        );
        let db = store.reader();
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        Ok(Box::pin(db.stream_raw(statement).await?.map_err(StoreError::from)))
    }
}

/// Sums by the dimensions asked for, as they stood. Costs a pass over all projects and lines: no answer for a dashboard.
pub async fn as_of(
    store: &Store,
    _: &Scope<act::Read>,
    by: &[Dimension],
    filter: &Filter,
    day: AsOf,
) -> Result<Vec<Group>, StoreError> {
    let mut sums: BTreeMap<Dims, Measures> = BTreeMap::new();
    let mut add = |cells: Vec<(Dims, Measures)>| {
        for (dims, measures) in cells.into_iter().filter(|(dims, _)| filter.takes(dims)) {
            let cell = sums.entry(only(by, dims)).or_default();
            *cell = cell.plus(&measures);
        }
    };
    let mut places: HashMap<ProjectId, Place> = HashMap::new();
    let mut projects = day.documents(store, "project", "", Vec::new()).await?;
    while let Some(row) = projects.try_next().await? {
        let project: Project = document::read(&row.try_get::<String>("", "document")?)?;
        add(of_project(&project));
        if let Some(place) = place(&project) {
            places.insert(project.id, place);
        }
    }
    drop(projects);
    let mut lines = day.documents(store, "budget_line", "", Vec::new()).await?;
    while let Some(row) = lines.try_next().await? {
        let line: BudgetLine = document::read(&row.try_get::<String>("", "document")?)?;
        let place = line.project.as_ref().and_then(|project| places.get(&project.id));
        add(cells(&line, place)?);
    }
    let groups = sums.into_iter().filter(|(_, m)| !m.is_nothing());
    Ok(groups.map(|(dims, measures)| Group { dims, measures }).collect())
}
