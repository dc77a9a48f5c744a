//! Lines and the projects they pay for (과제 예산): what a line knows of its project, and what the project is told of its lines.

use super::{
    ROWS,
    entity::{
        line::{Column, Entity},
        project_body,
    },
    update,
};
use crate::{
    Facts, Purpose, StoreError, Tx, document, portfolio,
    project::{self, table},
};
use domain::{
    access::{Actor, BodyKey, act, allows},
    budget::{BudgetLine, ProjectFacts},
    problem::Refusal,
    project::{Project, ProjectId, ProjectMoney},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::OnConflict,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a line must know of a project, unless there is none that this actor may see. The project stays as it is until
/// the write ends.
pub async fn project_facts(tx: &Tx, actor: &Actor, id: ProjectId) -> Result<Option<ProjectFacts>, StoreError> {
    let found = Project::load(tx.db()?, &id.to_string(), Purpose::Change).await?;
    let seen = found.filter(|project| project.removed.is_none() && allows::<act::project::Read>(actor, project));
    Ok(seen.map(|project| facts(&project)))
}

fn facts(project: &Project) -> ProjectFacts {
    let bodies = project.shares().map(|(body, _)| body.clone()).collect();
    ProjectFacts { id: project.id, bodies, filed: project.is_filed() }
}

/// Locks the projects of lines that are about to be changed, before the lines: whoever changes a project locks it first
/// and its lines after, and the sums of a project are counted by one write at a time.
pub(super) async fn lock_projects_of(
    db: &impl ConnectionTrait,
    lines: &[Uuid],
    purpose: Purpose,
) -> Result<(), StoreError> {
    if purpose == Purpose::Look || db.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let paid = Entity::find()
        .select_only()
        .column(Column::ProjectId)
        .filter(Column::Id.is_in(lines.iter().copied()))
        .filter(Column::ProjectId.is_not_null());
    let query = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::Id.in_subquery(paid.into_query()))
        .order_by_asc(table::Column::Id);
    let _: Vec<Uuid> = purpose.lock(query, db).into_tuple().all(db).await?;
    Ok(())
}

/// Every line of a project that has not been taken out of use, drafts among them.
async fn lines_of_project(
    db: &impl ConnectionTrait,
    id: ProjectId,
    purpose: Purpose,
) -> Result<Vec<BudgetLine>, StoreError> {
    let query = Entity::find()
        .select_only()
        .column(Column::Document)
        .filter(Column::ProjectId.eq(id.get()))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Id);
    let rows: Vec<String> = purpose.lock(query, db).into_tuple().all(db).await?;
    rows.iter().map(|text| document::read(text)).collect()
}

/// Tells the lines of a project who takes part in it and whether it is filed, when that has changed. What they say of it
/// follows from the project, whose own change is what the audit shows.
pub(crate) async fn project_changed(tx: &Tx, before: &Project, after: &Project) -> Result<(), StoreError> {
    let facts_now = facts(after);
    if facts(before) == facts_now {
        return Ok(());
    }
    for line in lines_of_project(tx.db()?, after.id, Purpose::Change).await? {
        let told = BudgetLine { version: line.version + 1, project: Some(facts_now.clone()), ..line.clone() };
        update(tx, &line, &told).await?;
        portfolio::moved(tx, Some(&line), Some(&told)).await?;
    }
    let gone = project_body::Column::ProjectId.eq(after.id.get());
    project_body::Entity::delete_many().filter(gone).exec(tx.db()?).await?;
    know(tx, std::iter::once(&facts_now)).await
}

/// Notes who takes part in projects, for the lists of lines.
pub(super) async fn know(tx: &Tx, projects: impl Iterator<Item = &ProjectFacts>) -> Result<(), StoreError> {
    let pairs: BTreeSet<(Uuid, &BodyKey)> =
        projects.flat_map(|facts| facts.bodies.iter().map(|body| (facts.id.get(), body))).collect();
    let rows: Vec<_> = pairs
        .into_iter()
        .map(|(project, body)| project_body::ActiveModel { body: Set(body.to_string()), project_id: Set(project) })
        .collect();
    let columns = [project_body::Column::Body, project_body::Column::ProjectId];
    for some in rows.chunks(ROWS) {
        let known = OnConflict::columns(columns).do_nothing().to_owned();
        let insert = project_body::Entity::insert_many(some.to_vec()).on_conflict(known);
        insert.exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}

/// Lines have come or changed: their projects learn what they have.
pub(super) async fn count<'a>(
    tx: &Tx,
    moved: impl Iterator<Item = (Option<&'a BudgetLine>, &'a BudgetLine)>,
) -> Result<(), StoreError> {
    let counting = moved.filter(|(before, after)| after.counts() || before.is_some_and(BudgetLine::counts));
    let projects: BTreeSet<ProjectId> = counting
        .flat_map(|(before, after)| before.into_iter().chain([after]))
        .filter_map(|line| line.project.as_ref().map(|facts| facts.id))
        .collect();
    for id in projects {
        let lines = lines_of_project(tx.db()?, id, Purpose::Look).await?;
        let money = ProjectMoney::of(&lines).map_err(Refusal::from)?;
        project::keep_money(tx, id, &money).await?;
    }
    Ok(())
}
