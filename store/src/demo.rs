//! Loading a demonstration (시연 자료 적재): many projects a write, each of them and of their budget lines beginning its own
//! audit chain, kept in the same rows as if it had been entered alone.

use crate::{Call, Store, StoreError, Topic, Tx, audit, budget, portfolio, project};
use domain::{
    access::{Permit, act::demo as act},
    budget::Opened,
    day::FiscalYear,
    project::{Project, ProjectCode, ProjectMoney},
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Statement};

/// A project of a demonstration as it stands when it is loaded; its past is in its own history.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The record.
    pub project: Project,
    /// Its budget lines with their ledgers.
    pub lines: Vec<Opened>,
    /// Sums over them.
    pub money: ProjectMoney,
}

/// The next `count` numbers of a year, for as many projects.
pub async fn next_codes(
    tx: &Tx,
    _: &Permit<act::Load>,
    year: FiscalYear,
    count: u32,
) -> Result<Vec<ProjectCode>, StoreError> {
    let db = tx.db()?;
    let sql = "INSERT INTO project_number (year, last) VALUES ($1, $2) \
               ON CONFLICT (year) DO UPDATE SET last = project_number.last + excluded.last RETURNING last";
    let many = i64::from(count);
    let values = [year.get().into(), many.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let last: i64 = row.ok_or_else(|| StoreError::failed("number", "no row"))?.try_get("", "last")?;
    let last = u32::try_from(last).map_err(|e| StoreError::failed("number", e))?;
    let code = |number| ProjectCode::new(year, number).map_err(|e| StoreError::failed("number", e));
    (last.saturating_sub(count) + 1..=last).map(code).collect()
}

/// Enters many projects in one write.
pub async fn enter(tx: &Tx, permit: &Permit<act::Load>, call: &Call, some: &[Entered]) -> Result<(), StoreError> {
    project::add_many(tx, some.iter().map(|e| (&e.project, &e.money))).await?;
    for one in some {
        portfolio::project_moved(tx, None, Some(&one.project)).await?;
    }
    let lines: Vec<Opened> = some.iter().flat_map(|one| one.lines.iter().cloned()).collect();
    budget::enter_many(tx, &lines).await?;
    let born = some.iter().map(|e| audit::born("project", &e.project.id, &e.project));
    let born = born.chain(lines.iter().map(|o| audit::born("budget_line", &o.line.id, &o.line)));
    audit::begin(tx, permit, call, born.collect::<Result<_, _>>()?).await?;
    tx.touches(Topic::Portfolio);
    Ok(())
}

impl Store {
    /// Whether there is any project, drafts and removed ones among them: a demonstration has no place beside them.
    pub async fn has_projects(&self) -> Result<bool, StoreError> {
        use project::table::{Column, Entity};
        let first = Entity::find().select_only().column(Column::Seq).limit(1).into_tuple::<i64>();
        Ok(first.one(self.apart()).await?.is_some())
    }
}
