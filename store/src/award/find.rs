//! Finding awards (교부 조회): only those that the reader may see, in the order in which they were given.

use super::entity::{
    award::{Column, Entity},
    part,
};
use crate::{
    Store, StoreError,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing, runs},
};
use domain::{
    access::{Action, BodyKey, Scope, act::award as act},
    award::{Award, AwardState, OnAward},
    call::{CallKey, TrackCode},
};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{ExprTrait, SimpleExpr},
};

/// Which awards are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of which calls.
    pub calls: Vec<CallKey>,
    /// Which bodies receive them.
    pub bodies: Vec<BodyKey>,
    /// From which tracks.
    pub tracks: Vec<TrackCode>,
    /// How they stand.
    pub states: Vec<AwardState>,
}

impl Filter {
    /// One column leads to what fits; the others are looked at in passing.
    fn condition(&self, backend: DbBackend) -> Condition {
        let mut seek = first_leads(backend);
        let body = seek(Column::Body, self.bodies.len() == 1);
        let call = seek(Column::Call, self.calls.len() == 1);
        let track = seek(Column::Track, self.tracks.len() == 1);
        let state = seek(Column::State, self.states.len() == 1);
        Condition::all()
            .add_option(among(body, self.bodies.iter().map(ToString::to_string)))
            .add_option(among(call, self.calls.iter().map(ToString::to_string)))
            .add_option(among(track, self.tracks.iter().map(ToString::to_string)))
            .add_option(among(state, self.states.iter().map(|state| state.name())))
    }
}

/// The reader's scope as a condition: the same relations that the policy asks of a single award. It is looked at in passing,
/// whatever leads to the rows.
fn visible<A: Action<On = Award>>(scope: &Scope<A>, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        let runs = || runs((Column::Holder, Column::Agency), body, backend);
        any = match cell {
            OnAward::Never => any,
            OnAward::Always => return Condition::all(),
            OnAward::Own => any.add(passing(Column::Body, backend).eq(body.as_str())),
            OnAward::Joint => any.add(joint(body, backend)),
            OnAward::Running => any.add(runs()),
            OnAward::RunningOther => any.add(Condition::all().add(runs()).add(ExprTrait::not(joint(body, backend)))),
        };
    }
    opened(any)
}

/// The body receives it or takes part.
fn joint(body: &BodyKey, backend: DbBackend) -> SimpleExpr {
    let parts = part::Entity::find().filter(part::Column::Body.eq(body.as_str())).select_only();
    passing(Column::Seq, backend).in_subquery(parts.column(part::Column::Award).into_query())
}

/// One page of the awards that the reader may see, in the order in which they were given.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Award>, StoreError> {
    let (name, backend) = (format!("awards {filter:?}"), store.0.backend);
    let query = Entity::find().filter(filter.condition(backend)).filter(visible(scope, backend));
    in_order_of_entry(store, query, (Column::Seq, Column::Document), (&name, ask)).await
}
