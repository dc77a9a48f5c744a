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
use futures_util::{Stream, TryStreamExt, stream};
use sea_orm::{FromQueryResult, Statement};
use std::{
    collections::{BTreeMap, HashMap},
    pin::Pin,
};
use uuid::Uuid;

/// A day at whose end things are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf(pub Day);

/// Which rows of a table are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rows {
    /// All, oldest first.
    All,
    /// Those entered after this one, oldest first.
    After(i64),
    /// Those entered before this one, newest first.
    Before(i64),
    /// Those with this id in a column, oldest first.
    With(&'static str, Uuid),
}

/// A document as it stood, with its place in the order of entry.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Stood {
    pub seq: i64,
    pub document: String,
}

/// How many documents are read at once.
const AT_ONCE: usize = 500;

impl AsOf {
    /// The documents of a table as they were recorded at the end of the day, a few hundred in memory at a time: the row
    /// itself unless it has changed since, otherwise the version that was in force.
    pub(crate) fn documents<'a>(
        self,
        store: &'a Store,
        table: &'static str,
        rows: Rows,
    ) -> Pin<Box<dyn Stream<Item = Result<Stood, StoreError>> + Send + 'a>> {
        let batches = stream::try_unfold(Some(rows), move |rest| async move {
            let Some(rows) = rest else { return Ok::<_, StoreError>(None) };
            let (batch, rest) = self.batch(store, table, rows).await?;
            Ok(Some((stream::iter(batch.into_iter().map(Ok)), rest)))
        });
        Box::pin(batches.try_flatten())
    }

    /// Some documents, and which are asked for after them.
    async fn batch(self, store: &Store, table: &str, rows: Rows) -> Result<(Vec<Stood>, Option<Rows>), StoreError> {
        let end = self.0.ends_before().micros();
        let (place, values, next) = match rows {
            Rows::All => (String::new(), Vec::new(), "ASC"),
            Rows::After(seq) => ("AND t.seq > $1".to_owned(), vec![seq.into()], "ASC"),
            Rows::Before(seq) => ("AND t.seq < $1".to_owned(), vec![seq.into()], "DESC"),
            Rows::With(column, id) => (format!("AND t.{column} = $1"), vec![id.into()], "ASC"),
        };
        let most = if matches!(rows, Rows::With(..)) { usize::MAX } else { AT_ONCE };
        let limit = if most == AT_ONCE { format!(" LIMIT {AT_ONCE}") } else { String::new() };
        let sql = format!(
            "SELECT t.seq AS seq, CASE WHEN t.updated_at < {end} THEN t.document ELSE v.document END AS document \
             FROM {table} t LEFT JOIN {table}_version v ON v.seq = t.seq AND v.from_at < {end} AND v.to_at >= {end} \
             WHERE (t.updated_at < {end} OR v.seq IS NOT NULL) {place} ORDER BY t.seq {next}{limit}"
        );
        let db = store.apart();
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let found = Stood::find_by_statement(statement).all(db).await?;
        let last = found.last().filter(|_| found.len() == most).map(|stood| stood.seq);
        let rest = last.map(|seq| if next == "ASC" { Rows::After(seq) } else { Rows::Before(seq) });
        Ok((found, rest))
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
    let mut projects = day.documents(store, "project", Rows::All);
    while let Some(row) = projects.try_next().await? {
        let project: Project = document::read(&row.document)?;
        add(of_project(&project));
        if let Some(place) = place(&project) {
            places.insert(project.id, place);
        }
    }
    drop(projects);
    let mut lines = day.documents(store, "budget_line", Rows::All);
    while let Some(row) = lines.try_next().await? {
        let line: BudgetLine = document::read(&row.document)?;
        let place = line.project.as_ref().and_then(|project| places.get(&project.id));
        add(cells(&line, place)?);
    }
    let groups = sums.into_iter().filter(|(_, m)| !m.is_nothing());
    Ok(groups.map(|(dims, measures)| Group { dims, measures }).collect())
}
