//! Support calls (공모): preparing, publishing, and bringing them through their course.

mod course;
mod wire;

use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, patch, post, put, web::Data};
pub(crate) use course::{begin_evaluation, cancel};
use domain::{
    access::{Action, act::call as act},
    call::{COST_SHARE_UNKNOWN, CallKey, CallPlan, Duplicate, NewCall, SupportCall},
    cost_share::CostShareRules,
    problem::{Fault, NOT_KNOWN, Refusal},
    project::Stamp,
};
use store::{Known, Order, Purpose, StoreError, Tx};
pub(crate) use wire::LayDownRules;
use wire::{CallListed, CallPlanPatch, CallView, ListCalls};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_calls)
        .service(read_call)
        .service(create_call)
        .service(change_call)
        .service(lay_down_call_rules)
        .service(duplicate_call)
        .service(read_call_history)
        .service(course::read_call_moves)
        .service(course::publish_call)
        .service(course::put_off_call_deadline)
        .service(course::begin_call_screening)
        .service(course::set_call_sheet_deadline)
        .service(course::begin_call_evaluation)
        .service(course::notify_call_applicants)
        .service(course::finish_call)
        .service(course::cancel_call);
}

/// A call, held as it stands until this write is done: its deadline, its rules and its course do not change meanwhile.
pub(crate) async fn call_of(tx: &Tx, key: &CallKey) -> Result<SupportCall, StoreError> {
    tx.load(key.as_str(), Purpose::Add).await?.ok_or(StoreError::NotFound)
}

/// A call, to be looked at by whoever asks.
pub(crate) async fn call_seen<A: Action>(app: &App, order: &Order<A>, key: &CallKey) -> Result<SupportCall, Problem> {
    let read = Order::<act::Read>::new(order.actor().clone(), key.to_string(), order.call().clone());
    Ok(app.store.look(&read).await?.on().clone())
}

/// A call with its version, as it stands now.
fn shown(app: &App, call: SupportCall) -> Found<CallView> {
    let (version, view) = (call.version, CallView::of(call, app.clock.now()));
    let also = format!("{}-{}", view.state, view.days_left.map_or_else(String::new, |days| days.to_string()));
    Found::version_and(view, version, also)
}

/// Does one act upon a call and keeps it.
pub(crate) async fn step<A: Action<On = SupportCall>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(SupportCall, Stamp) -> Result<SupportCall, Refusal>,
) -> Result<SupportCall, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let after = rule(permit.on().clone(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::call::save(tx, permit, after).await?)
        })
        .await
}

/// The same, to be shown.
async fn act_on<A: Action<On = SupportCall>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(SupportCall, Stamp) -> Result<SupportCall, Refusal>,
) -> Result<Found<CallView>, Problem> {
    Ok(shown(app, step(app, order, rule).await?))
}

/// Refuses a plan that names a programme or a body that is not there, all at once.
fn known(known: &Known, plan: &CallPlan, at: &str) -> Result<(), Refusal> {
    let programme = (!known.has_programme(&plan.programme)).then(|| Fault::new(format!("{at}/programme"), &NOT_KNOWN));
    let agency = known.body(&plan.managing_agency).is_none();
    let agency = agency.then(|| Fault::new(format!("{at}/managing_agency"), &NOT_KNOWN));
    Refusal::unless_clean(programme.into_iter().chain(agency).collect())
}

/// List the support calls.
///
/// By key: those published, and drafts of the own body.
#[utoipa::path(tag = "call", params(ListCalls), security(("bearer" = ["call.read"])))]
#[get("/calls")]
async fn list_calls(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListCalls>,
) -> Result<Page<CallListed>, Problem> {
    let now = app.clock.now();
    let page = store::call::list(&app.store, &scope, &ask.filter(), (&ask.page(), now)).await?;
    Ok(Page::of(page.map(|call| CallListed::of(call, now))))
}

/// Read a support call.
///
/// With its plan, its rules and their earlier editions, and every step it has taken.
#[utoipa::path(tag = "call", security(("bearer" = ["call.read"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[get("/calls/{call}")]
async fn read_call(app: Data<App>, Allowed(order): Allowed<act::Read>) -> Result<Found<CallView>, Problem> {
    let call = app.store.look(&order).await?.on().clone();
    Ok(shown(&app, call))
}

/// Prepare a support call.
///
/// A draft that only those who prepare it see. The body that holds it must be in force.
#[utoipa::path(tag = "call", security(("bearer" = ["call.create"])))]
#[post("/calls")]
async fn create_call(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewCall>,
) -> Result<Created<CallView>, Problem> {
    let made = enter(&app, order, new).await?;
    Ok(created(&app, made))
}

/// Enters a draft of a body that is in force.
pub(crate) async fn enter(app: &App, order: Order<act::Create>, new: NewCall) -> Result<SupportCall, Problem> {
    let names = app.store.known().await?;
    app.store
        .write(order.on(&new.lead_body), async |tx, permit| {
            let body = permit.on().takes_new(tx.at().day(), "/lead_body");
            Refusal::unless_clean(body.err().into_iter().collect())?;
            known(&names, &new.plan, "/plan")?;
            Ok::<_, Problem>(store::call::add(tx, permit, SupportCall::create(new, stamp(tx, permit))?).await?)
        })
        .await
}

fn created(app: &App, call: SupportCall) -> Created<CallView> {
    let (location, version) = (format!("/v1/calls/{}", call.key), call.version);
    Created::at(location, version, CallView::of(call, app.clock.now()))
}

/// Change a call's plan.
///
/// Once published, what applicants rely on stays: programme, year, agency, window and eligibility.
#[utoipa::path(tag = "call", security(("bearer" = ["call.change"])),
    request_body(content = CallPlanPatch, content_type = "application/merge-patch+json"),
    params(("call" = CallKey, Path, description = "The call's key.")))]
#[patch("/calls/{call}")]
async fn change_call(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<CallPlanPatch>,
) -> Result<Found<CallView>, Problem> {
    let names = app.store.known().await?;
    act_on(&app, order, |call, stamp| {
        let plan = patch.over(call.plan.clone());
        known(&names, &plan, "")?;
        call.planned(plan, stamp)
    })
    .await
}

/// Lay down a call's rules.
///
/// Criteria, tracks, disclosure, committee and cost share, held to the rules of the evaluation. The rule set is copied: a
/// later edition of it changes nothing here. Of a published call they become a new edition, with a reason, as long as
/// nobody has submitted.
#[utoipa::path(tag = "call", security(("bearer" = ["call.change"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[put("/calls/{call}/rules")]
async fn lay_down_call_rules(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(new): Json<LayDownRules>,
) -> Result<Found<CallView>, Problem> {
    Ok(shown(&app, rule(&app, order, new).await?))
}

/// Lays down rules with a copy of the rule set that they name.
pub(crate) async fn rule(app: &App, order: Order<act::Change>, new: LayDownRules) -> Result<SupportCall, Problem> {
    app.store
        .write(order.because(new.reason.as_ref()), async |tx, permit| {
            let sets = tx.load::<CostShareRules>(new.cost_share.key.as_str(), Purpose::Look).await?;
            let chosen = sets.and_then(|sets| Some((sets.edition(new.cost_share.edition)?, sets.standing)));
            let chosen = chosen.ok_or_else(|| {
                Refusal::new(&COST_SHARE_UNKNOWN).with(vec![Fault::new("/cost_share", &COST_SHARE_UNKNOWN)])
            })?;
            let facts = store::application::course_facts(tx, &permit.on().key).await?;
            let call = permit.on().clone().ruled(new.rules, chosen, new.reason, facts, stamp(tx, permit))?;
            Ok::<_, Problem>(store::call::save(tx, permit, call).await?)
        })
        .await
}

/// Make a draft from a call.
///
/// With its plan and its rules; its window and its briefings are its own to set.
#[utoipa::path(tag = "call", security(("bearer" = ["call.duplicate"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/duplicate")]
async fn duplicate_call(
    app: Data<App>,
    Allowed(order): Allowed<act::Duplicate>,
    Json(copy): Json<Duplicate>,
) -> Result<Created<CallView>, Problem> {
    let made = app
        .store
        .write(order, async |tx, permit| {
            let call = permit.on().duplicated(copy, stamp(tx, permit));
            Ok::<_, Problem>(store::call::add(tx, permit, call).await?)
        })
        .await?;
    Ok(created(&app, made))
}

/// Read a call's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "call", security(("bearer" = ["call.history"])),
    params(("call" = CallKey, Path, description = "The call's key."), HistoryPage))]
#[get("/calls/{call}/history")]
async fn read_call_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let key = app.store.look(&order).await?.on().key.to_string();
    Ok(Page::of(store::audit::history(&app.store, "call", &key, &ask.ask()).await?))
}
