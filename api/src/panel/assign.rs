//! Giving applications to members (배정·배정 제안).

use super::wire::{Assign, Assigned, ProposeAssignments};
use crate::{
    App,
    call::{call_of, call_seen},
    http::{Allowed, Found, Json, Problem, Query},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{
        Actor,
        act::{committee as act, selection::See},
        allows,
    },
    application::Application,
    call::CallKey,
    id::Id,
    panel::{ConflictId, NewSeat, OWN_BODY_APPLIES, Panel, Proposal, Standing, assigned, proposed},
    problem::{Fault, Refusal},
};
use store::Order;

/// Give applications to members.
///
/// All of them or none, with every fault at once. Loads are counted as they stand in the same step. Whoever is found to be
/// tied to an application keeps out until that is decided. Nobody gives an application of the own body to anybody.
#[utoipa::path(tag = "panel", security(("bearer" = ["committee.assign"])), params(("call" = CallKey, Path, description = "The call's key.")),
    extensions(("x-adds" = json!(true))))]
#[post("/calls/{call}/assignments")]
pub(super) async fn assign_applications(
    app: Data<App>,
    Allowed(order): Allowed<act::Assign>,
    Json(asked): Json<Assign>,
) -> Result<Found<Assigned>, Problem> {
    Ok(Found::new(Assigned::of(assign(&app, order, &asked.assignments, || Id::new(app.chance.uuid())).await?)))
}

/// Gives applications to members; what is found to stand between them is recorded under fresh ids. The panels that have
/// changed.
pub(crate) async fn assign(
    app: &App,
    order: Order<act::Assign>,
    asked: &[NewSeat],
    fresh: impl FnMut() -> ConflictId,
) -> Result<Vec<Panel>, Problem> {
    app.store
        .write(order.adding(), async |tx, permit| {
            let committee = permit.on();
            let named = asked.iter().map(|seat| seat.application);
            let (applications, panels) = store::panel::concerned(tx, named).await?;
            Refusal::unless_clean(own(asked, &applications, permit.actor()))?;
            let call = call_of(tx, &committee.call).await?;
            let experts = committee.active().map(|member| member.expert);
            let experts = store::committee::experts_of(tx, experts).await?;
            let counsels = store::consultation::counsels(tx, &experts).await?;
            let loads = store::panel::loads(tx, &committee.call).await?;
            let known = Standing {
                call: &call,
                committee,
                experts: &experts,
                counsels: &counsels,
                applications: &applications,
                panels: &panels,
                loads: &loads,
            };
            let after = assigned(asked, known, fresh, stamp(tx, permit))?;
            store::panel::save_many(tx, permit, &panels, &after).await?;
            Ok::<_, Problem>(after)
        })
        .await
}

/// What is asked for the applications of the own body: who judges those is for others to say.
fn own(asked: &[NewSeat], applications: &[Application], actor: &Actor) -> Vec<Fault> {
    let unseen = |seat: &NewSeat| applications.iter().any(|a| a.id == seat.application && !allows::<See>(actor, a));
    let named = asked.iter().enumerate().filter(|(_, seat)| unseen(seat));
    named.map(|(index, _)| Fault::new(format!("/assignments/{index}/application"), &OWN_BODY_APPLIES)).collect()
}

/// Propose who could judge what.
///
/// Members are matched with the applications by what they know, within their loads; whoever is tied to an application is
/// left out, and so are applications of the own body. The same state always gives the same proposal. Nothing is given to
/// anybody by it.
#[utoipa::path(tag = "panel", params(("call" = CallKey, Path, description = "The call's key."), ProposeAssignments),
    security(("bearer" = ["committee.assign"])))]
#[get("/calls/{call}/assignments/proposal")]
pub(super) async fn propose_assignments(
    app: Data<App>,
    Allowed(order): Allowed<act::Assign>,
    Query(ask): Query<ProposeAssignments>,
) -> Result<Found<Proposal>, Problem> {
    let permit = app.store.look(&order).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let mut ground = store::panel::of_call(&app.store, &permit).await?;
    ground.applications.retain(|application| allows::<See>(permit.actor(), application));
    let known = Standing {
        call: &call,
        committee: permit.on(),
        experts: &ground.experts,
        counsels: &ground.counsels,
        applications: &ground.applications,
        panels: &ground.panels,
        loads: &ground.loads,
    };
    Ok(Found::new(proposed(known, ask.per_application, order.at().day())))
}
