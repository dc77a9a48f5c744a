//! Finding consultations (자문 조회): only those that the reader may see, in the order in which they were asked for.

use super::{
    BODY, TOPIC,
    adviser::serving,
    entity::{
        consultation::{Column, Entity},
        tag,
    },
};
use crate::{
    Store, StoreError,
    page::{Page, PageAsk},
    register::in_order_of_entry,
    seek::{among, first_leads, opened, passing},
};
use domain::{
    access::{BodyKey, Scope, act::consultation as act},
    committee::ExpertId,
    consultation::{Consultation, ConsultationState, OnConsultation, Topic, Urgency, WaitsFor},
    day::Day,
    project::{Phase, ProjectId},
};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{ExprTrait, SimpleExpr},
};

/// Which consultations are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// On which project.
    pub project: Option<ProjectId>,
    /// By which bodies they were asked for.
    pub bodies: Vec<BodyKey>,
    /// Who gives the counsel.
    pub adviser: Option<ExpertId>,
    /// How they stand.
    pub states: Vec<ConsultationState>,
    /// In which phases of their projects they were asked for.
    pub phases: Vec<Phase>,
    /// About what.
    pub topics: Vec<Topic>,
    /// How urgent they are.
    pub urgency: Option<Urgency>,
    /// Whose turn it is.
    pub waits_for: Option<WaitsFor>,
}

impl Filter {
    /// One column leads to what fits; the others are looked at in passing.
    fn condition(&self, backend: DbBackend) -> Condition {
        let mut seek = first_leads(backend);
        let project = seek(Column::Project, self.project.is_some());
        let adviser = seek(Column::Adviser, self.adviser.is_some());
        let body = seek(Column::Body, self.bodies.len() == 1);
        let waits_for = seek(Column::WaitsFor, self.waits_for.is_some());
        let state = seek(Column::State, self.states.len() == 1);
        let urgency = seek(Column::Urgency, self.urgency.is_some());
        let phase = seek(Column::Phase, self.phases.len() == 1);
        let topics: Vec<String> = self.topics.iter().map(ToString::to_string).collect();
        Condition::all()
            .add_option(among(project, self.project.map(ProjectId::get)))
            .add_option(among(adviser, self.adviser.map(ExpertId::get)))
            .add_option(among(body, self.bodies.iter().map(ToString::to_string)))
            .add_option(among(waits_for, self.waits_for.map(WaitsFor::name)))
            .add_option(among(state, self.states.iter().map(|state| state.name())))
            .add_option(among(urgency, self.urgency.map(Urgency::name)))
            .add_option(among(phase, self.phases.iter().map(|phase| phase.reached().words().1)))
            .add_option((!topics.is_empty()).then(|| tagged(TOPIC, topics, backend)))
    }
}

/// Those with one of these tags.
fn tagged(kind: &str, values: Vec<String>, backend: DbBackend) -> SimpleExpr {
    let tags = tag::Entity::find().filter(tag::Column::Kind.eq(kind)).filter(tag::Column::Value.is_in(values));
    passing(Column::Seq, backend).in_subquery(tags.select_only().column(tag::Column::Seq).into_query())
}

/// The reader's scope as a condition: the same relations that the policy asks of a single consultation; an adviser's as long
/// as the term goes on.
fn visible(scope: &Scope<act::Read>, day: Day, backend: DbBackend) -> Condition {
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        any = match cell {
            OnConsultation::Never => any,
            OnConsultation::Always => return Condition::all(),
            OnConsultation::Own => any.add(passing(Column::Body, backend).eq(body.as_str())),
            OnConsultation::Joint => any.add(tagged(BODY, vec![body.to_string()], backend)),
            OnConsultation::Assigned => {
                let own = scope.actor().id.get();
                let serves = passing(Column::Adviser, backend).in_subquery(serving(own, day).into_query());
                any.add(Condition::all().add(passing(Column::Account, backend).eq(own)).add(serves))
            }
        };
    }
    opened(any)
}

fn asked(scope: &Scope<act::Read>, filter: &Filter, day: Day, backend: DbBackend) -> Select<Entity> {
    Entity::find().filter(filter.condition(backend)).filter(visible(scope, day, backend))
}

/// One page of the consultations that the reader may see on a day, in the order in which they were asked for.
pub async fn list(
    store: &Store,
    scope: &Scope<act::Read>,
    (filter, day): (&Filter, Day),
    ask: &PageAsk,
) -> Result<Page<Consultation>, StoreError> {
    let name = format!("consultations {filter:?}");
    let query = asked(scope, filter, day, store.0.backend);
    in_order_of_entry(store, query, (Column::Seq, Column::Document), (&name, ask)).await
}

/// How many there are of them.
pub async fn count(store: &Store, scope: &Scope<act::Read>, (filter, day): (&Filter, Day)) -> Result<u64, StoreError> {
    Ok(asked(scope, filter, day, store.0.backend).count(store.apart()).await?)
}
