//! Projects (과제): kept whole, listed by columns, searched in Korean.

mod as_of;
mod check;
mod entity;
mod filter;
mod find;
mod lineage;
mod many;
mod row;
mod similar;
mod text;
mod under_way;

pub use as_of::{list_as_of, page_as_of};
pub use check::unreconciled;
pub(crate) use entity::project as table;
pub(crate) use filter::visible;
pub use filter::{Filter, Kept};
pub use find::{Found, Raw, Sort, count, export_batch, list, page};
pub use lineage::{Chain, chain, steps_around};
pub(crate) use many::add_many;
pub use similar::similar_to;
pub(crate) use text::index_due;
pub use under_way::under_way;

use crate::{Facts, Purpose, StoreError, Tx, budget, document, portfolio};
use domain::{
    access::{
        Action, Permit, Scope,
        act::{award as award_act, project as act},
    },
    day::FiscalYear,
    project::{Project, ProjectCode, ProjectId, ProjectMoney},
};
use entity::{project, tag};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement, sea_query::Expr,
};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Document {
    document: String,
}

impl Facts for Project {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let query =
            project::Entity::find().filter(project::Column::Id.eq(id)).select_only().column(project::Column::Document);
        let row = purpose.lock(query, db).into_model::<Document>().one(db).await?;
        row.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// The next free number of a year.
pub async fn next_code(tx: &Tx, year: FiscalYear) -> Result<ProjectCode, StoreError> {
    let db = tx.db()?;
    let sql = "INSERT INTO project_number (year, last) VALUES ($1, 1) \
               ON CONFLICT (year) DO UPDATE SET last = project_number.last + 1 RETURNING last";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [year.get().into()]);
    let row = db.query_one_raw(statement).await?.ok_or_else(|| StoreError::failed("number", "no row"))?;
    let last: i64 = row.try_get("", "last")?;
    let number = u32::try_from(last).map_err(|e| StoreError::failed("number", e))?;
    ProjectCode::new(year, number).map_err(|e| StoreError::failed("number", e))
}

/// Acts that enter a project.
pub trait Enters: Action {}
impl Enters for act::Create {}
impl Enters for award_act::Agree {}

/// Enters a new project with the money of the lines that come with it.
pub async fn add<A: Enters>(
    tx: &Tx,
    _: &Permit<A>,
    project: Project,
    money: &ProjectMoney,
) -> Result<Project, StoreError> {
    tx.changed("project", &project.id, None, Some(&project))?;
    let db = tx.db()?;
    let row = row::new_row(&project, money, db.get_database_backend())?;
    let seq = project::Entity::insert(row).exec(db).await?.last_insert_id;
    insert_tags(tx, &project, seq).await?;
    portfolio::project_moved(tx, None, Some(&project)).await?;
    Ok(project)
}

async fn insert_tags(tx: &Tx, project: &Project, seq: i64) -> Result<(), StoreError> {
    let tags = row::tags(project, seq);
    if !tags.is_empty() {
        tag::Entity::insert_many(tags).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}

/// Keeps a changed project. The record names its own version; the database keeps the one before.
pub async fn save<A: Action<On = Project>>(tx: &Tx, permit: &Permit<A>, after: Project) -> Result<Project, StoreError> {
    let before = permit.on();
    tx.changed("project", &after.id, Some(before), Some(&after))?;
    let db = tx.db()?;
    let row = row::changed(before, &after, db.get_database_backend())?;
    let id = after.id.get();
    let done = project::Entity::update_many().set(row).filter(project::Column::Id.eq(id)).exec(db).await?;
    if done.rows_affected != 1 {
        return Err(StoreError::NotFound);
    }
    if row::ties(before) != row::ties(&after) {
        let seq = seq_of(tx, after.id).await?;
        tag::Entity::delete_many().filter(tag::Column::Seq.eq(seq)).exec(db).await?;
        insert_tags(tx, &after, seq).await?;
    }
    budget::project_changed(tx, before, &after).await?;
    portfolio::project_moved(tx, Some(before), Some(&after)).await?;
    Ok(after)
}

async fn seq_of(tx: &Tx, id: ProjectId) -> Result<i64, StoreError> {
    let query =
        project::Entity::find().filter(project::Column::Id.eq(id.get())).select_only().column(project::Column::Seq);
    query.into_tuple().one(tx.db()?).await?.ok_or(StoreError::NotFound)
}

/// The ids among these that name no project which this reader may see. Links may only point at what exists, and a link
/// to somebody's draft would tell that there is one.
pub async fn unseen<A: Action<On = Project>>(
    tx: &Tx,
    scope: &Scope<A>,
    ids: &[ProjectId],
) -> Result<Vec<ProjectId>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let seen = filter::visible(scope).add(Kept::Present.condition());
    let query = project::Entity::find().filter(project::Column::Id.is_in(ids.iter().map(|id| id.get()))).filter(seen);
    let known: Vec<Uuid> = query.select_only().column(project::Column::Id).into_tuple().all(tx.db()?).await?;
    Ok(ids.iter().filter(|id| !known.contains(&id.get())).copied().collect())
}

/// The money of a project inside a write, for its gates.
pub async fn money(tx: &Tx, id: ProjectId) -> Result<ProjectMoney, StoreError> {
    let query =
        project::Entity::find().filter(project::Column::Id.eq(id.get())).select_only().column(project::Column::Money);
    let text: Option<String> = query.into_tuple().one(tx.db()?).await?;
    text.map_or_else(|| Ok(ProjectMoney::default()), |text| document::read(&text))
}

/// Keeps the money of a project after one of its lines has moved.
pub(crate) async fn keep_money(tx: &Tx, id: ProjectId, money: &ProjectMoney) -> Result<(), StoreError> {
    use project::Column;
    project::Entity::update_many()
        .col_expr(Column::Money, Expr::value(document::write(money)?))
        .col_expr(Column::AmountKrw, Expr::value(money.sums.current_budget_krw.get()))
        .col_expr(Column::MoneyVersion, sea_orm::sea_query::ExprTrait::add(Expr::col(Column::MoneyVersion), 1))
        .filter(Column::Id.eq(id.get()))
        .exec(tx.db()?)
        .await?;
    Ok(())
}
