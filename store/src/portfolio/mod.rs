//! The portfolio's rollups (포트폴리오 집계), kept in the transaction of what they sum up, never aggregated live.

mod as_of;
mod entity;
mod find;
mod rebuild;

pub(crate) use as_of::Rows;
pub use as_of::{AsOf, as_of};
pub use find::{Filter, Group, summary};
pub use rebuild::{Drift, drift, rebuild};

use crate::{StoreError, Topic, Tx, document, project::table};
use domain::{
    budget::BudgetLine,
    money::TooMuch,
    portfolio::{Dims, LEVELS, Measures, Place, of_line, of_project, place},
    project::{Project, ProjectId, Reached},
};
use entity::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, OnConflict},
};
use std::collections::{BTreeMap, HashMap};

/// What a write will add to the cells, and the places of the projects it has met.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    cells: BTreeMap<Dims, Measures>,
    places: HashMap<ProjectId, Option<Place>>,
}

impl Pending {
    fn add(&mut self, cells: Vec<(Dims, Measures)>, with: fn(&Measures, &Measures) -> Measures) {
        for (dims, measures) in cells {
            let cell = self.cells.entry(dims).or_default();
            *cell = with(cell, &measures);
        }
    }
}

/// A project was entered or has changed: its own cells move, and those of its lines when its place has.
pub(crate) async fn project_moved(
    tx: &Tx,
    before: Option<&Project>,
    after: Option<&Project>,
) -> Result<(), StoreError> {
    let (old, new) = (before.and_then(place), after.and_then(place));
    let shares = |p: Option<&Project>| p.map(of_project).unwrap_or_default();
    let (left, right) = (shares(before), shares(after));
    let id = after.or(before).map(|p| p.id);
    if left != right {
        tx.pending(|pending| {
            pending.add(left, Measures::minus);
            pending.add(right, Measures::plus);
        })?;
    }
    if let Some(id) = id {
        tx.pending(|pending| pending.places.insert(id, new.clone()))?;
    }
    if let (Some(id), Some(_), true) = (id, before, old != new) {
        for line in lines_of(tx, id).await? {
            let (left, right) = (cells(&line, old.as_ref())?, cells(&line, new.as_ref())?);
            tx.pending(|pending| {
                pending.add(left, Measures::minus);
                pending.add(right, Measures::plus);
            })?;
        }
    }
    Ok(())
}

/// A budget line was entered or has changed.
pub(crate) async fn moved(tx: &Tx, before: Option<&BudgetLine>, after: Option<&BudgetLine>) -> Result<(), StoreError> {
    let mut changes = [Vec::new(), Vec::new()];
    for (line, change) in [before, after].into_iter().zip(&mut changes) {
        let Some(line) = line else { continue };
        let place = match &line.project {
            Some(project) => place_of(tx, project.id).await?,
            None => None,
        };
        *change = cells(line, place.as_ref())?;
    }
    let [left, right] = changes;
    if left != right {
        tx.pending(|pending| {
            pending.add(left, Measures::minus);
            pending.add(right, Measures::plus);
        })?;
    }
    Ok(())
}

fn cells(line: &BudgetLine, place: Option<&Place>) -> Result<Vec<(Dims, Measures)>, StoreError> {
    of_line(line, place).map_err(|TooMuch| StoreError::failed("rollup", TooMuch))
}

async fn lines_of(tx: &Tx, id: ProjectId) -> Result<Vec<BudgetLine>, StoreError> {
    use crate::budget::line_table::{Column, Entity};
    let query = Entity::find().filter(Column::ProjectId.eq(id.get())).filter(Column::RemovedAt.is_null());
    let rows: Vec<String> = query.select_only().column(Column::Document).into_tuple().all(tx.db()?).await?;
    rows.iter().map(|text| document::read(text)).collect()
}

#[derive(FromQueryResult)]
struct PlaceRow {
    phase: String,
    status: String,
    removed: bool,
    main_field: Option<String>,
    main_region: Option<String>,
    programme: Option<String>,
}

impl PlaceRow {
    fn place(self) -> Result<Option<Place>, StoreError> {
        if self.removed || matches!(self.status.as_str(), "draft" | "cancelled") {
            return Ok(None);
        }
        let phase: Reached = serde_json::from_value(self.phase.into()).map_err(|e| StoreError::failed("rollup", e))?;
        let text = Option::unwrap_or_default;
        let (field, region, programme) = (text(self.main_field), text(self.main_region), text(self.programme));
        Ok(Some(Place { phase: Some(phase), field, region, programme }))
    }
}

/// The place of a project as it stands in this write.
async fn place_of(tx: &Tx, id: ProjectId) -> Result<Option<Place>, StoreError> {
    use table::Column;
    if let Some(known) = tx.pending(|pending| pending.places.get(&id).cloned())? {
        return Ok(known);
    }
    let query = table::Entity::find().filter(Column::Id.eq(id.get())).select_only();
    let columns =
        [Column::Phase, Column::Status, Column::Removed, Column::MainField, Column::MainRegion, Column::Programme];
    let row = query.columns(columns).into_model::<PlaceRow>().one(tx.db()?).await?;
    let place = row.map(PlaceRow::place).transpose()?.flatten();
    tx.pending(|pending| pending.places.insert(id, place.clone()))?;
    Ok(place)
}

/// Adds what the write has gathered to the cells of every level, in one statement. Cells are touched in one order by
/// all writers, so that none waits for another in a circle.
pub(crate) async fn flush(tx: &Tx) -> Result<(), StoreError> {
    let gathered = tx.pending(|pending| std::mem::take(&mut pending.cells))?;
    let mut sums: BTreeMap<(i16, Dims), Measures> = BTreeMap::new();
    for (dims, measures) in gathered.iter().filter(|(_, m)| !m.is_nothing()) {
        for level in LEVELS {
            let cell = sums.entry((level.number, level.cell(dims))).or_default();
            *cell = cell.plus(measures);
        }
    }
    sums.retain(|_, measures| !measures.is_nothing());
    if sums.is_empty() {
        return Ok(());
    }
    tx.touches(Topic::Portfolio);
    let rows: Vec<ActiveModel> =
        sums.into_iter().map(|((level, dims), measures)| row(level, dims, &measures)).collect();
    for some in rows.chunks(200) {
        Entity::insert_many(some.iter().cloned()).on_conflict(adding()).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}

const KEYS: [Column; 7] =
    [Column::Level, Column::Body, Column::Phase, Column::Field, Column::Region, Column::Programme, Column::Year];
const SUMS: [Column; 10] = [
    Column::Projects,
    Column::JointProjects,
    Column::Participations,
    Column::SharePoints,
    Column::OriginalKrw,
    Column::CurrentBudgetKrw,
    Column::LoanKrw,
    Column::CommittedKrw,
    Column::ExpendedKrw,
    Column::InKindKrw,
];

/// On a cell that is there already: add to it.
fn adding() -> OnConflict {
    let mut conflict = OnConflict::columns(KEYS);
    for column in SUMS {
        let there = Expr::col((Entity, column));
        conflict.value(column, there.add(Expr::col((Alias::new("excluded"), column))));
    }
    conflict
}

fn row(level: i16, dims: Dims, measures: &Measures) -> ActiveModel {
    ActiveModel {
        level: Set(level),
        body: Set(dims.body),
        phase: Set(dims.phase),
        field: Set(dims.field),
        region: Set(dims.region),
        programme: Set(dims.programme),
        year: Set(dims.year.into()),
        projects: Set(measures.projects),
        joint_projects: Set(measures.joint_projects),
        participations: Set(measures.participations),
        share_points: Set(measures.share_points),
        original_krw: Set(measures.original_krw),
        current_budget_krw: Set(measures.current_budget_krw),
        loan_krw: Set(measures.loan_krw),
        committed_krw: Set(measures.committed_krw),
        expended_krw: Set(measures.expended_krw),
        in_kind_krw: Set(measures.in_kind_krw),
    }
}
