//! Demand for resources (자원 수요조사): recorded by bodies, answered by coordinators.

mod wire;

use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, put, web::Data};
use domain::{
    access::{Action, act::demand as act},
    demand::{DemandDetails, DemandId, NewDemand, NewDemandAnswer, ResourceDemand},
    problem::{Fault, NOT_KNOWN, Refusal},
    project::{Project, Stamp},
};
use store::{Order, Purpose, Tx};
use wire::{DemandReason, DemandView, ListDemands};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_demands)
        .service(read_demand)
        .service(record_demand)
        .service(change_demand)
        .service(answer_demand)
        .service(withdraw_demand);
}

fn shown(demand: ResourceDemand) -> Found<DemandView> {
    let version = demand.version;
    Found::version(DemandView::of(demand), version)
}

async fn act_on<A: Action<On = ResourceDemand>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(ResourceDemand, Stamp) -> Result<ResourceDemand, Refusal>,
) -> Result<Found<DemandView>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let after = rule(permit.on().clone(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::demand::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}

/// Refuses a project that the body has no part in, the same as one that is not there.
async fn project_stands(
    tx: &Tx,
    details: &DemandDetails,
    body: &domain::access::BodyKey,
    at: &str,
) -> Result<(), Problem> {
    let Some(id) = &details.project else { return Ok(()) };
    let project = tx.load::<Project>(&id.to_string(), Purpose::Look).await?;
    let stands = project.is_some_and(|project| project.lead_body == *body || project.has_partner(body));
    let fault = (!stands).then(|| Fault::new(format!("{at}/project"), &NOT_KNOWN));
    Ok(Refusal::unless_clean(fault.into_iter().collect())?)
}

/// List demands for resources.
///
/// Those of the own body, and, for those who answer them, all. In the order in which they were recorded.
#[utoipa::path(tag = "demand", params(ListDemands), security(("bearer" = ["demand.read"])))]
#[get("/demands")]
async fn list_demands(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListDemands>,
) -> Result<Page<DemandView>, Problem> {
    Ok(Page::of(store::demand::list(&app.store, &scope, &ask.filter(), &ask.page()).await?.map(DemandView::of)))
}

/// Read a demand for resources.
///
/// With how far it was met.
#[utoipa::path(tag = "demand", security(("bearer" = ["demand.read"])), params(("demand" = DemandId, Path, description = "The demand's id.")))]
#[get("/demands/{demand}")]
async fn read_demand(app: Data<App>, Allowed(order): Allowed<act::Read>) -> Result<Found<DemandView>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().clone()))
}

/// Record a demand for resources.
///
/// What the own body will need: of what, how many, when, what for.
#[utoipa::path(tag = "demand", security(("bearer" = ["demand.create"])))]
#[post("/demands")]
async fn record_demand(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewDemand>,
) -> Result<Created<DemandView>, Problem> {
    let id = app.chance.id();
    let made = record(&app, order, id, new).await?;
    Ok(Created::under("/v1/demands", made.id, made.version, DemandView::of(made)))
}

/// Records a demand.
pub(crate) async fn record(
    app: &App,
    order: Order<act::Create>,
    id: DemandId,
    new: NewDemand,
) -> Result<ResourceDemand, Problem> {
    app.store
        .write(order.on(&new.body), async |tx, permit| {
            let body = permit.on().takes_new(tx.at().day(), "/body");
            Refusal::unless_clean(body.err().into_iter().collect())?;
            project_stands(tx, &new.details, &new.body, "/details").await?;
            let demand = ResourceDemand::record(new, id, stamp(tx, permit))?;
            Ok::<_, Problem>(store::demand::add(tx, permit, demand).await?)
        })
        .await
}

/// Change a demand for resources.
///
/// As a whole, before it was answered.
#[utoipa::path(tag = "demand", security(("bearer" = ["demand.change"])), params(("demand" = DemandId, Path, description = "The demand's id.")))]
#[put("/demands/{demand}")]
async fn change_demand(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(details): Json<DemandDetails>,
) -> Result<Found<DemandView>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            project_stands(tx, &details, &permit.on().body, "").await?;
            let after = permit.on().clone().changed(details, stamp(tx, permit))?;
            Ok::<_, Problem>(store::demand::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}

/// Say how far a demand is met.
///
/// By how many: all, a part or none of what was asked. The last answer counts, and the others are kept.
#[utoipa::path(tag = "demand", security(("bearer" = ["demand.answer"])), params(("demand" = DemandId, Path, description = "The demand's id.")))]
#[post("/demands/{demand}/answer")]
async fn answer_demand(
    app: Data<App>,
    Allowed(order): Allowed<act::Answer>,
    Json(new): Json<NewDemandAnswer>,
) -> Result<Found<DemandView>, Problem> {
    answer(&app, order, new).await
}

/// Says how far a demand is met.
pub(crate) async fn answer(
    app: &App,
    order: Order<act::Answer>,
    new: NewDemandAnswer,
) -> Result<Found<DemandView>, Problem> {
    act_on(app, order, |demand, stamp| demand.answered(new, stamp)).await
}

/// Take a demand back.
///
/// With the reason, unless it is met.
#[utoipa::path(tag = "demand", security(("bearer" = ["demand.change"])), params(("demand" = DemandId, Path, description = "The demand's id.")))]
#[post("/demands/{demand}/withdraw")]
async fn withdraw_demand(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(why): Json<DemandReason>,
) -> Result<Found<DemandView>, Problem> {
    let order = order.because(Some(&why.reason));
    act_on(&app, order, |demand, stamp| demand.withdrawn(why.reason, stamp)).await
}
