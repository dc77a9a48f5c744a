//! Records that hang on projects (과제 부속 기록): each kind in a table of its own, all kept and listed in one way, each
//! read by whoever may read its project.

use super::entity::{adoption, dataset, request, service_use};
use crate::{
    Facts, Purpose, Store, StoreError, Tx, document,
    page::{Page, PageAsk},
    project::{table, visible},
    register::in_order_of_entry,
    seek::{among, first_leads, passing},
};
use domain::{
    access::{Action, BodyKey, Permit, Scope, Subject},
    day::Day,
    project::{OnProject, Project, ProjectId},
    resource::{DatasetUse, Hanging, ModelAdoption, Of, ResourceKind, ResourceRequest, ResourceState, ServiceUse},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// The columns that every table of such records has.
#[derive(Debug)]
pub struct Sheet<C> {
    /// The order of entry.
    pub seq: C,
    /// The record's id.
    pub id: C,
    /// Its project.
    pub project: C,
    /// Its body.
    pub body: C,
    /// The record.
    pub document: C,
}

/// A kind of record with its table.
pub trait Record: Hanging + Serialize + DeserializeOwned + 'static {
    /// Its rows.
    type Row: ActiveModelTrait<Entity = Self::Table> + Send;
    /// Its table.
    type Table: EntityTrait<ActiveModel = Self::Row, Model: IntoActiveModel<Self::Row>>;
    /// The columns of its table.
    const SHEET: Sheet<<Self::Table as EntityTrait>::Column>;
    /// The record as a row.
    fn row(&self) -> Result<Self::Row, StoreError>;
    /// The columns of its own that a filter asks of, each with the values of which one is wanted.
    fn marks(filter: &Filter) -> Marks<<Self::Table as EntityTrait>::Column>;
}

/// Columns, each with the values of which one is wanted.
type Marks<C> = Vec<(C, Vec<String>)>;

/// Which records are asked for; what is empty is not asked about, and a kind of record passes over what it does not have.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this project.
    pub project: Option<ProjectId>,
    /// Of these bodies.
    pub bodies: Vec<BodyKey>,
    /// Requests for these kinds of things.
    pub kinds: Vec<ResourceKind>,
    /// Requests that stand so.
    pub states: Vec<ResourceState>,
    /// Uses of the models or services with these keys.
    pub of: Vec<String>,
}

fn words<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// The reader's scope as a condition: the relations of the policy, asked of the record's project. It is looked up for each
/// record by its id, whatever leads to the records.
pub(super) fn readable<A, T>(scope: &Scope<A>, backend: DbBackend) -> Condition
where
    A: Action<On = Of<T>>,
    T: Record,
{
    let (sheet, mut alone) = (T::SHEET, Condition::any());
    for (cell, body) in scope.reach() {
        alone = match cell {
            OnProject::Always => return Condition::all(),
            OnProject::Never | OnProject::Partner => alone,
            OnProject::Filed | OnProject::FiledOrJoint => alone.add(Expr::cust("1 = 1")),
            OnProject::Own | OnProject::Joint => alone.add(passing(sheet.body, backend).eq(body.as_str())),
            OnProject::OtherFiled => alone.add(passing(sheet.body, backend).ne(body.as_str())),
        };
    }
    let project = Query::select()
        .expr(Expr::from(visible(scope)))
        .from(table::Entity)
        .and_where(Expr::col((table::Entity, table::Column::Id)).equals(sheet.project.as_column_ref()))
        .take();
    let alone = Condition::all().add(passing(sheet.project, backend).is_null()).add(crate::seek::opened(alone));
    Condition::any().add(Expr::from(project)).add(alone)
}

fn asked<A, T>(store: &Store, scope: &Scope<A>, filter: &Filter) -> Select<T::Table>
where
    A: Action<On = Of<T>>,
    T: Record,
{
    let (sheet, backend) = (T::SHEET, store.0.backend);
    let mut seek = first_leads(backend);
    let project = seek(sheet.project, filter.project.is_some());
    let body = seek(sheet.body, filter.bodies.len() == 1);
    let mut wanted = Condition::all()
        .add_option(among(project, filter.project.map(ProjectId::get)))
        .add_option(among(body, words(&filter.bodies)));
    for (column, values) in T::marks(filter) {
        let column = seek(column, values.len() == 1);
        wanted = wanted.add_option(among(column, values));
    }
    T::Table::find().filter(wanted).filter(readable(scope, backend))
}

/// One page of the records of a kind that the reader may see, in the order of entry.
pub async fn list<A, T>(store: &Store, scope: &Scope<A>, filter: &Filter, ask: &PageAsk) -> Result<Page<T>, StoreError>
where
    A: Action<On = Of<T>>,
    T: Record,
{
    let (name, sheet) = (format!("{} {filter:?}", T::KIND), T::SHEET);
    in_order_of_entry(store, asked(store, scope, filter), (sheet.seq, sheet.document), (&name, ask)).await
}

/// How many records of a kind the reader may see of those asked for.
pub async fn count<A, T>(store: &Store, scope: &Scope<A>, filter: &Filter) -> Result<u64, StoreError>
where
    A: Action<On = Of<T>>,
    T: Record,
    Select<T::Table>: for<'db> PaginatorTrait<'db, sea_orm::DatabaseConnection>,
{
    Ok(asked(store, scope, filter).count(store.apart()).await?)
}

impl<T: Record> Facts for Of<T> {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let (Ok(id), sheet) = (id.parse::<Uuid>(), T::SHEET) else { return Ok(None) };
        let query = T::Table::find().filter(sheet.id.eq(id)).select_only().column(sheet.document);
        let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
        let Some(text) = found else { return Ok(None) };
        let thing: T = document::read(&text)?;
        let project = match thing.project() {
            None => None,
            Some(id) => Some(Project::load(db, &id.to_string(), Purpose::Look).await?.ok_or(StoreError::NotFound)?),
        };
        Ok(Some(Self { thing, project }))
    }
    fn version(&self) -> Option<i64> {
        Some(self.thing.version())
    }
}

/// Enters a record. The permit is for the project or the body on which it hangs.
pub async fn add<A, T>(tx: &Tx, permit: &Permit<A>, thing: T) -> Result<T, StoreError>
where
    A: Action,
    T: Record,
{
    let on = permit.on().id();
    if thing.body().as_str() != on && thing.project().is_none_or(|project| project.to_string() != on) {
        return Err(StoreError::NotFound);
    }
    tx.changed(T::KIND, &thing.id(), None, Some(&thing))?;
    T::Table::insert(thing.row()?).exec_without_returning(tx.db()?).await?;
    Ok(thing)
}

/// Keeps a record that has changed.
pub async fn save<A, T>(tx: &Tx, permit: &Permit<A>, after: T) -> Result<T, StoreError>
where
    A: Action<On = Of<T>>,
    T: Record,
{
    tx.changed(T::KIND, &after.id(), Some(&permit.on().thing), Some(&after))?;
    let one = T::SHEET.id.eq(after.id());
    T::Table::update_many().set(after.row()?).filter(one).exec(tx.db()?).await?;
    Ok(after)
}

fn last(until: Option<Day>) -> Option<String> {
    until.map(|day| day.to_string())
}

/// The columns of a table by their usual names.
macro_rules! sheet {
    ($table:ident) => {
        const SHEET: Sheet<$table::Column> = Sheet {
            seq: $table::Column::Seq,
            id: $table::Column::Id,
            project: $table::Column::ProjectId,
            body: $table::Column::Body,
            document: $table::Column::Document,
        };
    };
}

impl Record for ResourceRequest {
    type Row = request::ActiveModel;
    type Table = request::Entity;
    sheet!(request);
    fn row(&self) -> Result<Self::Row, StoreError> {
        Ok(request::ActiveModel {
            id: Set(self.id.get()),
            version: Set(self.version),
            project_id: Set(self.project.get()),
            body: Set(self.body.to_string()),
            kind: Set(self.kind.to_string()),
            state: Set(self.state.to_string()),
            unit: Set(self.unit.to_string()),
            asked: Set(self.amount),
            approved: Set(self.approved),
            supplied: Set(self.supplied),
            document: Set(document::write(self)?),
            ..Default::default()
        })
    }
    fn marks(filter: &Filter) -> Marks<request::Column> {
        vec![(request::Column::Kind, words(&filter.kinds)), (request::Column::State, words(&filter.states))]
    }
}

impl Record for ModelAdoption {
    type Row = adoption::ActiveModel;
    type Table = adoption::Entity;
    sheet!(adoption);
    fn row(&self) -> Result<Self::Row, StoreError> {
        Ok(adoption::ActiveModel {
            id: Set(self.id.get()),
            version: Set(self.version),
            project_id: Set(self.project.get()),
            body: Set(self.body.to_string()),
            which: Set(self.model.to_string()),
            until_day: Set(last(self.until)),
            document: Set(document::write(self)?),
            ..Default::default()
        })
    }
    fn marks(filter: &Filter) -> Marks<adoption::Column> {
        vec![(adoption::Column::Which, filter.of.clone())]
    }
}

impl Record for ServiceUse {
    type Row = service_use::ActiveModel;
    type Table = service_use::Entity;
    sheet!(service_use);
    fn row(&self) -> Result<Self::Row, StoreError> {
        let within = self.project.map(|project| project.to_string()).unwrap_or_default();
        let under_way = self.until.is_none().then(|| format!("{} {} {within}", self.service, self.body));
        Ok(service_use::ActiveModel {
            id: Set(self.id.get()),
            version: Set(self.version),
            project_id: Set(self.project.map(ProjectId::get)),
            body: Set(self.body.to_string()),
            service: Set(self.service.to_string()),
            until_day: Set(last(self.until)),
            users: Set(self.users()),
            once: Set(under_way.unwrap_or_else(|| self.id.to_string())),
            document: Set(document::write(self)?),
            ..Default::default()
        })
    }
    fn marks(filter: &Filter) -> Marks<service_use::Column> {
        vec![(service_use::Column::Service, filter.of.clone())]
    }
}

impl Record for DatasetUse {
    type Row = dataset::ActiveModel;
    type Table = dataset::Entity;
    sheet!(dataset);
    fn row(&self) -> Result<Self::Row, StoreError> {
        Ok(dataset::ActiveModel {
            id: Set(self.id.get()),
            version: Set(self.version),
            project_id: Set(self.project.get()),
            body: Set(self.body.to_string()),
            document: Set(document::write(self)?),
            ..Default::default()
        })
    }
    fn marks(_: &Filter) -> Marks<dataset::Column> {
        Vec::new()
    }
}
