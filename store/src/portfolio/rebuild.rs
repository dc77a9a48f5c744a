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
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Order, QueryOrder, Statement};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

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

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    document: String,
}

/// The next few hundred documents of a table; `None` after the last.
async fn next(
    db: &impl ConnectionTrait,
    table: &str,
    after: &mut Option<Uuid>,
) -> Result<Option<Vec<Row>>, StoreError> {
    let place = if after.is_some() { "WHERE id > $1" } else { "" };
    let sql = format!("SELECT id, document FROM {table} {place} ORDER BY id LIMIT 500");
    let values = after.map(sea_orm::Value::from);
    let rows = Row::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let found = rows.all(db).await?;
    *after = found.last().map(|row| row.id);
    Ok(after.is_some().then_some(found))
}

/// Every cell as it should be, out of all projects and lines.
async fn from_scratch(db: &impl ConnectionTrait) -> Result<BTreeMap<(i16, Dims), Measures>, StoreError> {
    let mut pending = Pending::default();
    let mut places: HashMap<ProjectId, Place> = HashMap::new();
    let mut after = None;
    while let Some(some) = next(db, "project", &mut after).await? {
        for row in some {
            let project: Project = document::read(&row.document)?;
            pending.add(of_project(&project), Measures::plus);
            if let Some(place) = place(&project) {
                places.insert(project.id, place);
            }
        }
    }
    let mut after = None;
    while let Some(some) = next(db, "budget_line", &mut after).await? {
        for row in some {
            let line: BudgetLine = document::read(&row.document)?;
            let place = line.project.as_ref().and_then(|project| places.get(&project.id));
            pending.add(cells(&line, place)?, Measures::plus);
        }
    }
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
    let mut right = from_scratch(store.apart()).await?;
    let kept = Entity::find().order_by(Column::Level, Order::Asc).all(store.apart()).await?;
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
