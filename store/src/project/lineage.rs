//! Lineages (선후행 과제): from which projects one came and which came out of it, as the ties of either side tell.

use super::{
    entity::{project, tag},
    filter::{Kept, visible},
    find::Raw,
};
use crate::{Store, StoreError, Tx, document};
use domain::{
    access::{Action, Scope},
    project::{Project, ProjectId, ProjectMoney, ProjectSums, lineage},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So many projects are followed at most; a longer chain is cut.
const MOST: usize = 200;

/// A project's chain as one reader sees it.
#[derive(Debug, Clone)]
pub struct Chain {
    /// What it came from, nearest first.
    pub before: Vec<Raw>,
    /// What came out of it, nearest first.
    pub after: Vec<Raw>,
    /// The money of all of them together, this one among them.
    pub cost: ProjectSums,
}

#[derive(Debug, FromQueryResult)]
struct Told {
    kind: String,
    value: String,
    id: Uuid,
}

#[derive(Debug, FromQueryResult)]
struct Link {
    id: Uuid,
    amount_krw: i64,
    item: String,
    money: String,
}

/// The steps that others than this project tell around it, each from the earlier project to the later one: what a rule
/// against circles must know. Drafts of others are among them, since a circle is wrong whoever sees it.
pub async fn steps_around(tx: &Tx, project: &Project) -> Result<Vec<(ProjectId, ProjectId)>, StoreError> {
    let own: BTreeSet<ProjectId> = project.steps().flat_map(|(a, b)| [a, b]).chain([project.id]).collect();
    let mut steps = around(tx.db()?, own, &Condition::all()).await?;
    steps.retain(|(_, teller)| *teller != project.id);
    Ok(steps.into_iter().map(|(step, _)| step).collect())
}

/// What the reader may see of a project's chain. One query for each step of the way, and one for what is found.
pub async fn chain<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    id: ProjectId,
) -> Result<Chain, StoreError> {
    let seen = visible(scope).add(Kept::Present.condition());
    let told = around(store.reader(), BTreeSet::from([id]), &seen).await?;
    let steps: Vec<_> = told.into_iter().map(|(step, _)| step).collect();
    let line = lineage(id, &steps);
    let wanted = line.before.iter().chain(&line.after).chain([&id]).map(|id| id.get());
    let query = project::Entity::find().filter(project::Column::Id.is_in(wanted)).select_only().columns([
        project::Column::Id,
        project::Column::AmountKrw,
        project::Column::Item,
        project::Column::Money,
    ]);
    // The project itself may be a draft that was taken away: its own body reads it all the same.
    let seen =
        Condition::any().add(seen).add(Condition::all().add(project::Column::Id.eq(id.get())).add(visible(scope)));
    let rows = query.filter(seen).into_model::<Link>().all(store.reader()).await?;
    let found: BTreeMap<ProjectId, Link> = rows.into_iter().map(|row| (ProjectId::new(row.id), row)).collect();
    if !found.contains_key(&id) {
        return Err(StoreError::NotFound);
    }
    let shown = |ids: &[ProjectId]| {
        let rows = ids.iter().filter_map(|id| found.get(id));
        rows.map(|row| Raw::with_amount(&row.item, row.amount_krw)).collect()
    };
    let mut cost = ProjectSums::default();
    for row in found.values() {
        let money: ProjectMoney = document::read(&row.money)?;
        cost = cost.plus(money.sums).map_err(|e| StoreError::failed("cost of a chain", e))?;
    }
    Ok(Chain { before: shown(&line.before), after: shown(&line.after), cost })
}

type Step = (ProjectId, ProjectId);

/// Every step that is told within reach of these projects, with who tells it.
async fn around(
    db: &impl ConnectionTrait,
    from: BTreeSet<ProjectId>,
    tellers: &Condition,
) -> Result<Vec<(Step, ProjectId)>, StoreError> {
    let (mut known, mut edge) = (from.clone(), from);
    let mut steps: BTreeSet<(Step, ProjectId)> = BTreeSet::new();
    while !edge.is_empty() && known.len() < MOST {
        let mut fresh = BTreeSet::new();
        for told in told_about(db, &edge, tellers).await? {
            let Ok(other) = told.value.parse::<Uuid>().map(ProjectId::new) else { continue };
            let teller = ProjectId::new(told.id);
            let step = if told.kind == "predecessor" { (other, teller) } else { (teller, other) };
            steps.insert((step, teller));
            fresh.extend([other, teller].into_iter().filter(|id| !known.contains(id)));
        }
        known.extend(&fresh);
        edge = fresh;
    }
    Ok(steps.into_iter().collect())
}

/// The ties that these projects tell, and those that name them.
async fn told_about(
    db: &impl ConnectionTrait,
    ids: &BTreeSet<ProjectId>,
    tellers: &Condition,
) -> Result<Vec<Told>, StoreError> {
    let named = tag::Column::Value.is_in(ids.iter().map(ToString::to_string));
    let told = project::Column::Id.is_in(ids.iter().map(|id| id.get()));
    let mut all: SelectStatement = ties(named, tellers);
    all.union(sea_orm::sea_query::UnionType::Distinct, ties(told, tellers));
    Ok(Told::find_by_statement(db.get_database_backend().build(&all)).all(db).await?)
}

fn ties(which: sea_orm::sea_query::SimpleExpr, tellers: &Condition) -> SelectStatement {
    use sea_orm::QueryTrait;
    let same = Expr::col((tag::Entity, tag::Column::Seq)).equals((project::Entity, project::Column::Seq));
    let mut query = project::Entity::find()
        .select_only()
        .filter(tag::Column::Kind.is_in(["predecessor", "follow_up"]))
        .filter(which)
        .filter(tellers.clone())
        .into_query();
    query
        .column((tag::Entity, tag::Column::Kind))
        .column((tag::Entity, tag::Column::Value))
        .column((project::Entity, project::Column::Id))
        .join(JoinType::InnerJoin, tag::Entity, same);
    query
}
