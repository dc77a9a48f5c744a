//! Many new projects in few statements (일괄 등록), for demonstrations.

use super::{
    entity::{project, tag},
    row,
};
use crate::{StoreError, Tx};
use domain::project::{Project, ProjectMoney};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Rows of one statement: a project has 26 columns, and SQLite takes 32,766 values.
const ROWS: usize = 500;

#[derive(Debug, FromQueryResult)]
struct Placed {
    id: Uuid,
    seq: i64,
}

/// Enters new projects with their money: rows, tags and, by the database's triggers, the search index.
pub(crate) async fn add_many<'a>(
    tx: &Tx,
    projects: impl Iterator<Item = (&'a Project, &'a ProjectMoney)>,
) -> Result<(), StoreError> {
    let db = tx.db()?;
    let backend = db.get_database_backend();
    let all: Vec<_> = projects.collect();
    for some in all.chunks(ROWS) {
        let rows = some.iter().map(|(project, money)| row::new_row(project, money, backend));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        project::Entity::insert_many(rows).exec_without_returning(db).await?;
        let ids = some.iter().map(|(project, _)| project.id.get());
        let placed = project::Entity::find().filter(project::Column::Id.is_in(ids)).select_only();
        let placed = placed.columns([project::Column::Id, project::Column::Seq]).into_model::<Placed>();
        let seqs: HashMap<Uuid, i64> = placed.all(db).await?.into_iter().map(|row| (row.id, row.seq)).collect();
        let seq = |project: &Project| seqs.get(&project.id.get()).copied().ok_or(StoreError::NotFound);
        let tags = some.iter().map(|(project, _)| Ok(row::tags(project, seq(project)?)));
        let tags = tags.collect::<Result<Vec<_>, StoreError>>()?.concat();
        for some in tags.chunks(ROWS * 10) {
            tag::Entity::insert_many(some.to_vec()).exec_without_returning(db).await?;
        }
    }
    Ok(())
}
