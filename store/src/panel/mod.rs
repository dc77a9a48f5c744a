//! Panels (배정): kept whole, with a row for everybody to whom the application was ever given.
//!
//! An application that was submitted has an empty panel before it is given to anybody or a conflict is recorded. Nothing is
//! kept of it: it is made of the application whenever it is asked for. On PostgreSQL rows are locked in one order everywhere:
//! the committee, then applications, then panels, each by id, then the call.

mod entity;
mod find;
mod judge;

pub(crate) use find::kept_of;
pub use find::{Decided, Ground, PanelFilter, barring, eligible, list, of_call, papers, places};
pub use judge::{Assignment, AssignmentFilter, assignments};

pub(crate) use entity::seat as seat_table;

use crate::{Facts, Purpose, StoreError, Tx, application, document};
use domain::{
    access::{Action, Permit, act::committee as committee_act},
    application::{Application, ApplicationId},
    call::CallKey,
    committee::MemberId,
    panel::{Panel, SeatState},
};
use entity::{
    panel::{ActiveModel, Column, Entity},
    seat,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func, SimpleExpr},
};
use std::collections::BTreeMap;
use uuid::Uuid;

impl Facts for Panel {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        if let Some(kept) = kept(db, id, purpose).await? {
            return Ok(Some(kept));
        }
        let Some(application) = Application::load(db, &id.to_string(), purpose).await? else { return Ok(None) };
        if !application.is_submitted() {
            return Ok(None);
        }
        // Whoever was first to enter it held the application meanwhile.
        let kept = if purpose == Purpose::Look { None } else { kept(db, id, purpose).await? };
        Ok(Some(kept.unwrap_or_else(|| Self::of(&application, application.created))))
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

async fn kept(db: &impl ConnectionTrait, id: Uuid, purpose: Purpose) -> Result<Option<Panel>, StoreError> {
    let query = Entity::find().filter(Column::Application.eq(id)).select_only().column(Column::Document);
    let found: Option<String> = purpose.lock(query, db).into_tuple().one(db).await?;
    found.map(|text| document::read(&text)).transpose()
}

/// Keeps a changed panel.
pub async fn save<A: Action<On = Panel>>(tx: &Tx, permit: &Permit<A>, after: Panel) -> Result<Panel, StoreError> {
    keep(tx, Some(permit.on()), &after).await?;
    Ok(after)
}

/// Acts by which the panels of a call change together.
pub trait ChangesPanels {}
impl ChangesPanels for committee_act::Assign {}
impl ChangesPanels for committee_act::Compose {}

/// Keeps panels that have changed together, beside what they were. They are of the call whose committee was asked for.
pub async fn save_many<A: Action<On = domain::committee::Committee> + ChangesPanels>(
    tx: &Tx,
    permit: &Permit<A>,
    before: &[Panel],
    after: &[Panel],
) -> Result<(), StoreError> {
    for panel in after {
        if panel.call != permit.on().call {
            return Err(StoreError::NotFound);
        }
        keep(tx, before.iter().find(|before| before.application == panel.application), panel).await?;
    }
    Ok(())
}

async fn keep(tx: &Tx, before: Option<&Panel>, after: &Panel) -> Result<(), StoreError> {
    let before = before.filter(|before| !before.is_untouched());
    tx.changed("panel", &after.application, before, Some(after))?;
    let (db, id) = (tx.db()?, after.application.get());
    let seq = if before.is_none() {
        Entity::insert(row(after)?).exec(db).await?.last_insert_id
    } else {
        Entity::update_many().set(row(after)?).filter(Column::Application.eq(id)).exec(db).await?;
        let query = Entity::find().filter(Column::Application.eq(id)).select_only().column(Column::Seq);
        query.into_tuple().one(db).await?.ok_or(StoreError::NotFound)?
    };
    let places = after.places();
    if before.map(Panel::places).unwrap_or_default() != places {
        seat::Entity::delete_many().filter(seat::Column::Panel.eq(seq)).exec(db).await?;
        let rows: Vec<_> = places
            .into_iter()
            .map(|(member, state)| seat::Model {
                member: member.get(),
                panel: seq,
                application: id,
                call: after.call.to_string(),
                state: state.to_string(),
            })
            .map(IntoActiveModel::into_active_model)
            .collect();
        if !rows.is_empty() {
            seat::Entity::insert_many(rows).exec_without_returning(db).await?;
        }
    }
    Ok(())
}

fn row(panel: &Panel) -> Result<ActiveModel, StoreError> {
    let mut run_by = panel.run_by.iter().map(ToString::to_string);
    Ok(ActiveModel {
        application: Set(panel.application.get()),
        version: Set(panel.version),
        call: Set(panel.call.to_string()),
        holder: Set(run_by.next().unwrap_or_default()),
        agency: Set(run_by.next()),
        undecided: Set(panel.undecided().next().is_some()),
        document: Set(document::write(panel)?),
        ..Default::default()
    })
}

/// What giving applications to members must know of them: those that are there, in the order of their ids, held as they
/// stand; and the panels that they have, to be changed.
pub async fn concerned(
    tx: &Tx,
    ids: impl IntoIterator<Item = ApplicationId>,
) -> Result<(Vec<Application>, Vec<Panel>), StoreError> {
    let mut ids: Vec<Uuid> = ids.into_iter().map(ApplicationId::get).collect();
    ids.sort_unstable();
    ids.dedup();
    let applications = application::held(tx, &ids).await?;
    Ok((applications, held(tx, &ids).await?))
}

/// The panels among these that are kept, to be changed, in the order of their applications.
async fn held(tx: &Tx, ids: &[Uuid]) -> Result<Vec<Panel>, StoreError> {
    let mut panels = Vec::new();
    for some in ids.chunks(1000) {
        let query = Entity::find()
            .filter(Column::Application.is_in(some.iter().copied()))
            .order_by_asc(Column::Application)
            .select_only()
            .column(Column::Document);
        let found: Vec<String> = Purpose::Change.lock(query, tx.db()?).into_tuple().all(tx.db()?).await?;
        for text in found {
            panels.push(document::read(&text)?);
        }
    }
    Ok(panels)
}

/// The panels of a call in which a member holds a seat, to be changed.
pub async fn seated(tx: &Tx, call: &CallKey, member: MemberId) -> Result<Vec<Panel>, StoreError> {
    let query = seat::Entity::find()
        .filter(seat::Column::Member.eq(member.get()))
        .filter(seat::Column::Call.eq(call.as_str()))
        .filter(seat::Column::State.ne(SeatState::Released.name()))
        .select_only()
        .column(seat::Column::Application);
    let mut ids: Vec<Uuid> = query.into_tuple().all(tx.db()?).await?;
    ids.sort_unstable();
    held(tx, &ids).await
}

/// How many applications of a call each member has: those it judges, and those that wait for a decision.
pub async fn loads(tx: &Tx, call: &CallKey) -> Result<BTreeMap<MemberId, usize>, StoreError> {
    loads_in(tx.db()?, call).await
}

/// How many applications a member has.
#[derive(Debug, FromQueryResult)]
struct Load {
    member: Uuid,
    applications: i64,
}

async fn loads_in(db: &impl ConnectionTrait, call: &CallKey) -> Result<BTreeMap<MemberId, usize>, StoreError> {
    let all: SimpleExpr = Func::count(Expr::col(seat::Column::Panel)).into();
    let query = seat::Entity::find()
        .filter(seat::Column::Call.eq(call.as_str()))
        .filter(seat::Column::State.is_in([SeatState::Judging.name(), SeatState::Waiting.name()]))
        .select_only()
        .column(seat::Column::Member)
        .column_as(all, "applications")
        .group_by(seat::Column::Member);
    let load = |row: Load| {
        let applications = usize::try_from(row.applications).map_err(|e| StoreError::failed("count", e))?;
        Ok((MemberId::new(row.member), applications))
    };
    query.into_model::<Load>().all(db).await?.into_iter().map(load).collect()
}
