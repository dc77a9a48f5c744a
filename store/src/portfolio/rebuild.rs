//! The rollups from scratch (집계 재계산): to find a drift, and to fill them after a bulk load.

use super::{
    Pending, cells,
    entity::{Column, Entity},
    find::read,
    row,
};
use crate::{Store, StoreError, Topic, document};
use domain::{
    budget::BudgetLine,
    portfolio::{Dims, LEVELS, Measures, Place, of_project, place},
    project::{Project, ProjectId},
};
use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, EntityTrait, Order, QueryOrder, Statement, StreamTrait};
use std::collections::{BTreeMap, HashMap};

/// A cell that does not hold what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The level.
    pub level: i16,
    /// Which cell.
    pub dims: Dims,
    /// What is kept.
    pub kept: Measures,
    /// What projects and lines add up to.
    pub right: Measures,
}

/// Every cell as it should be, out of all projects and lines.
async fn from_scratch(
    db: &(impl ConnectionTrait + StreamTrait),
) -> Result<BTreeMap<(i16, Dims), Measures>, StoreError> {
    let backend = ConnectionTrait::get_database_backend(db);
    let all = |table: &str| Statement::from_string(backend, format!("SELECT document FROM {table}"));
    let mut pending = Pending::default();
    let mut places: HashMap<ProjectId, Place> = HashMap::new();
    let mut projects = Box::pin(db.stream_raw(all("project")).await?);
    while let Some(found) = projects.try_next().await? {
        let project: Project = document::read(&found.try_get::<String>("", "document")?)?;
        pending.add(of_project(&project), Measures::plus);
        if let Some(place) = place(&project) {
            places.insert(project.id, place);
        }
    }
    drop(projects);
    let mut lines = Box::pin(db.stream_raw(all("budget_line")).await?);
    while let Some(found) = lines.try_next().await? {
        let line: BudgetLine = document::read(&found.try_get::<String>("", "document")?)?;
        let place = line.project.as_ref().and_then(|project| places.get(&project.id));
        pending.add(cells(&line, place)?, Measures::plus);
    }
    drop(lines);
    let mut sums: BTreeMap<(i16, Dims), Measures> = BTreeMap::new();
    for (dims, measures) in &pending.cells {
        for level in LEVELS {
            let cell = sums.entry((level.number, level.cell(dims))).or_default();
            *cell = cell.plus(measures);
        }
    }
    sums.retain(|_, measures| !measures.is_nothing());
    Ok(sums)
}

/// The cells that have drifted from what they sum up; none when all is well.
pub async fn drift(store: &Store) -> Result<Vec<Drift>, StoreError> {
    let mut right = from_scratch(store.reader()).await?;
    let kept = Entity::find().order_by(Column::Level, Order::Asc).all(store.reader()).await?;
    let mut found = Vec::new();
    for cell in kept {
        let level = cell.level;
        let (dims, kept) = read(cell);
        let right = right.remove(&(level, dims.clone())).unwrap_or_default();
        if kept != right {
            found.push(Drift { level, dims, kept, right });
        }
    }
    let missing =
        right.into_iter().map(|((level, dims), right)| Drift { level, dims, kept: Measures::default(), right });
    found.extend(missing);
    Ok(found)
}

/// Fills the cells anew, in one transaction.
pub async fn rebuild(store: &Store) -> Result<(), StoreError> {
    let turn = store.0.writer.turn().await?;
    let db = turn.work()?;
    let cells = from_scratch(db).await?;
    Entity::delete_many().exec(db).await?;
    let rows: Vec<_> = cells.into_iter().map(|((level, dims), measures)| row(level, dims, &measures)).collect();
    for some in rows.chunks(200) {
        Entity::insert_many(some.iter().cloned()).exec_without_returning(db).await?;
    }
    turn.finish(vec![Topic::Portfolio]).await
}
