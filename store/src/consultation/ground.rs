//! What follows from consultations for others (자문의 근거): loads, facts for gates, ties for panels.

use super::{
    adviser,
    entity::consultation::{Column, Entity},
};
use crate::{Facts, Purpose, Store, StoreError, Tx, application, call, committee, document, panel::seat_table as seat};
use domain::{
    access::{Action, Permit, act::consultation as act},
    account::AccountId,
    call::CallState,
    committee::{Expert, ExpertId},
    consultation::{AdviceFacts, Adviser, Consultation, ConsultationId, ConsultationState, Counsel, as_of},
    day::{Day, Instant},
    panel::SeatState,
    project::{Project, ProjectId},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, Func, SimpleExpr},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What choosing an adviser must know.
#[derive(Debug)]
pub struct Ground {
    /// The advisers, and the experts that they are.
    pub advisers: Vec<(Adviser, Expert)>,
    /// How many consultations each has under way, beside the one at hand.
    pub loads: BTreeMap<ExpertId, usize>,
    /// Which of them judge applications of the project's bodies.
    pub judging: BTreeSet<AccountId>,
}

/// The project of a consultation, for whoever may read or match it.
pub async fn project_of<A: Action<On = Consultation>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<Project, StoreError> {
    let id = permit.on().project.to_string();
    Project::load(store.reader(), &id, Purpose::Look).await?.ok_or(StoreError::NotFound)
}

/// Everything that a proposal must know.
pub async fn ground_shown(store: &Store, permit: &Permit<act::Match>, now: Instant) -> Result<Ground, StoreError> {
    let db = store.apart();
    read(db, permit.on(), adviser::all(db).await?, now).await
}

/// What choosing one adviser must know, who is held meanwhile; none when there is no such adviser.
pub async fn ground(tx: &Tx, permit: &Permit<act::Match>, id: ExpertId) -> Result<Option<Ground>, StoreError> {
    let Some(adviser) = tx.load::<Adviser>(&id.to_string(), Purpose::Change).await? else { return Ok(None) };
    Ok(Some(read(tx.db()?, permit.on(), vec![adviser], tx.at()).await?))
}

async fn read(
    db: &impl ConnectionTrait,
    consultation: &Consultation,
    advisers: Vec<Adviser>,
    now: Instant,
) -> Result<Ground, StoreError> {
    let ids: Vec<ExpertId> = advisers.iter().map(|adviser| adviser.id).collect();
    let mut experts: BTreeMap<ExpertId, Expert> =
        committee::named(db, ids.iter().copied()).await?.into_iter().map(|expert| (expert.id, expert)).collect();
    let accounts = advisers.iter().map(|adviser| adviser.account);
    Ok(Ground {
        loads: loads(db, &ids, Some(consultation.id)).await?,
        judging: judging(db, accounts, consultation, now).await?,
        advisers: advisers
            .into_iter()
            .filter_map(|one| Some((experts.remove(&one.id)?, one)))
            .map(|(e, a)| (a, e))
            .collect(),
    })
}

/// How many consultations an adviser has under way.
#[derive(Debug, FromQueryResult)]
struct Load {
    adviser: Uuid,
    consultations: i64,
}

/// How many consultations these advisers have under way, one perhaps not counted.
pub(super) async fn loads(
    db: &impl ConnectionTrait,
    advisers: &[ExpertId],
    but: Option<ConsultationId>,
) -> Result<BTreeMap<ExpertId, usize>, StoreError> {
    let under_way = [ConsultationState::Matched, ConsultationState::Accepted, ConsultationState::Held];
    let mut found = BTreeMap::new();
    for some in advisers.chunks(1000) {
        let all: SimpleExpr = Func::count(Expr::col(Column::Seq)).into();
        let query = Entity::find()
            .filter(Column::Adviser.is_in(some.iter().map(|id| id.get())))
            .filter(Column::State.is_in(under_way.map(ConsultationState::name)))
            .filter(Condition::all().add_option(but.map(|one| Column::Id.ne(one.get()))))
            .select_only()
            .column(Column::Adviser)
            .column_as(all, "consultations")
            .group_by(Column::Adviser);
        for row in query.into_model::<Load>().all(db).await? {
            let many = usize::try_from(row.consultations).map_err(|e| StoreError::failed("count", e))?;
            found.insert(ExpertId::new(row.adviser), many);
        }
    }
    Ok(found)
}

/// Where somebody holds a seat.
#[derive(Debug, FromQueryResult)]
struct Place {
    member: Uuid,
    call: String,
}

/// Which of these accounts judge, or wait to judge, an application of the project's bodies in a call that is not decided.
async fn judging(
    db: &impl ConnectionTrait,
    accounts: impl Iterator<Item = AccountId>,
    consultation: &Consultation,
    now: Instant,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let accounts: Vec<Uuid> = accounts.map(AccountId::get).collect();
    let mut places = Vec::new();
    for some in accounts.chunks(1000) {
        let of_bodies = application::with_part(consultation.bodies());
        let query = seat::Entity::find()
            .filter(seat::Column::Member.is_in(some.iter().copied()))
            .filter(seat::Column::State.is_in([SeatState::Judging.name(), SeatState::Waiting.name()]))
            .filter(seat::Column::Application.in_subquery(of_bodies.into_query()))
            .select_only()
            .columns([seat::Column::Member, seat::Column::Call]);
        places.extend(query.into_model::<Place>().all(db).await?);
    }
    let calls = call::named(db, places.iter().map(|place| place.call.as_str())).await?;
    let over = [CallState::Decided, CallState::Notified, CallState::Final, CallState::Cancelled];
    let going = |key: &str| calls.iter().any(|call| call.key.as_str() == key && !over.contains(&call.state(now)));
    Ok(places.iter().filter(|place| going(&place.call)).map(|place| AccountId::new(place.member)).collect())
}

/// Whether the adviser of a consultation judges an application of its bodies, with the expert held: nobody gives the expert
/// such an application meanwhile.
pub async fn judging_in(tx: &Tx, permit: &Permit<act::Respond>) -> Result<bool, StoreError> {
    let Some(assigned) = &permit.on().assigned else { return Ok(false) };
    tx.load::<Expert>(&assigned.adviser.to_string(), Purpose::Change).await?;
    Ok(!judging(tx.db()?, std::iter::once(assigned.account), permit.on(), tx.at()).await?.is_empty())
}

/// What is read of a consultation to be summed up.
#[derive(Debug, FromQueryResult)]
struct Sum {
    held: bool,
    unanswered: i64,
}

pub(crate) async fn facts_in(db: &impl ConnectionTrait, project: ProjectId) -> Result<AdviceFacts, StoreError> {
    let query = Entity::find().filter(Column::Project.eq(project.get())).select_only();
    let rows = query.columns([Column::Held, Column::Unanswered]).into_model::<Sum>().all(db).await?;
    let mut facts = AdviceFacts::default();
    for row in rows {
        facts.held = facts.held.saturating_add(u32::from(row.held));
        let open = u32::try_from(row.unanswered).map_err(|e| StoreError::failed("count", e))?;
        facts.unanswered = facts.unanswered.saturating_add(open);
    }
    Ok(facts)
}

/// What the gates of a project ask of its consultations, in a transaction that holds the project.
pub async fn facts(tx: &Tx, project: ProjectId) -> Result<AdviceFacts, StoreError> {
    facts_in(tx.db()?, project).await
}

/// The same as it stood at the end of a day.
pub(crate) async fn facts_as_of(store: &Store, project: ProjectId, day: Day) -> Result<AdviceFacts, StoreError> {
    let query = Entity::find().filter(Column::Project.eq(project.get())).select_only().column(Column::Document);
    let found: Vec<String> = query.into_tuple().all(store.reader()).await?;
    let all = found.iter().map(|text| document::read(text)).collect::<Result<Vec<Consultation>, _>>()?;
    Ok(as_of(&all, day))
}

/// The counsel that these experts have given or promised, in a transaction that holds them.
pub async fn counsels(tx: &Tx, experts: &[Expert]) -> Result<Vec<Counsel>, StoreError> {
    counsels_in(tx.db()?, experts).await
}

pub(crate) async fn counsels_in(db: &impl ConnectionTrait, experts: &[Expert]) -> Result<Vec<Counsel>, StoreError> {
    let mut counsels = Vec::new();
    let ids: Vec<Uuid> = experts.iter().map(|expert| expert.id.get()).collect();
    for some in ids.chunks(1000) {
        let query = Entity::find()
            .filter(Column::Adviser.is_in(some.iter().copied()))
            .filter(Column::State.ne(ConsultationState::Matched.name()))
            .select_only()
            .column(Column::Document);
        let found: Vec<String> = query.into_tuple().all(db).await?;
        for text in found {
            counsels.extend(document::read::<Consultation>(&text)?.counsel());
        }
    }
    counsels.sort_by_key(|counsel| counsel.consultation);
    Ok(counsels)
}
