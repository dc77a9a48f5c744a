//! What a call comes to (평가 결과): a preview as things stand, or what was confirmed, and the dossier that it rests on.

use super::wire::{AskResult, DossierDocument, ResultStanding, SelectionResult};
use crate::{
    App,
    call::call_seen,
    http::{Allowed, Found, Problem, Query},
    project::stamp_now,
};
use actix_web::{get, web::Data};
use domain::{
    access::{Action, Permit, act::selection as act, allows},
    call::{CallKey, SupportCall},
    committee::{Committee, MemberId},
    evaluation::{Evaluation, Read, Trace, read, trace},
    panel::OWN_BODY_APPLIES,
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
    project::Sha256,
    selection::{Selection, reckoned},
};
use serde_json::json;
use store::Order;

/// A result with the records it rests on, as far as the reader may see it.
#[derive(Debug)]
pub(crate) struct Shown {
    /// What was drawn and confirmed for it.
    pub selection: Selection,
    /// What it comes to.
    pub view: SelectionResult,
}

/// What a call comes to, for somebody who may read it, without what is kept from that reader. That it was read is recorded.
pub(crate) async fn shown_to(
    app: &App,
    order: &Order<act::Read>,
    (standing, confirmation): (Option<ResultStanding>, Option<i64>),
) -> Result<Shown, Problem> {
    let permit = app.store.look(order).await?;
    let call = call_seen(app, order, &permit.on().call).await?;
    let selection = store::selection::of_call(&app.store, &permit, &call).await?;
    let view = if let Some(number) = wanted(&selection, standing, confirmation)? {
        let result = store::selection::confirmed_result(&app.store, &permit, number).await?;
        let (standing, confirmation) = (ResultStanding::Confirmed, Some(number));
        SelectionResult { call: call.key.clone(), standing, confirmation, readiness: None, withheld: 0, result }
    } else {
        let ground = store::selection::ground(&app.store, &permit, &call).await?;
        let now = reckoned(&call, &ground, &selection, stamp_now(app, &permit))?;
        SelectionResult {
            call: call.key.clone(),
            standing: ResultStanding::Preview,
            confirmation: None,
            readiness: Some(now.ready),
            withheld: 0,
            result: now.result,
        }
    };
    let view = as_seen(app, &permit, view).await?;
    let what = json!({ "read": "result", "standing": view.standing, "inputs_sha256": view.result.inputs_sha256 });
    app.store.log_read(order, call.key.as_str(), what).await?;
    Ok(Shown { selection, view })
}

/// Which confirmation is asked for; none for a preview.
fn wanted(of: &Selection, standing: Option<ResultStanding>, number: Option<i64>) -> Result<Option<i64>, Refusal> {
    let last = of.confirmed().map(|confirmation| confirmation.number);
    let unknown = |pointer: &str| Refusal::new(&INVALID).with(vec![Fault::new(pointer, &NOT_KNOWN)]);
    match (standing, number) {
        (Some(ResultStanding::Preview), None) => Ok(None),
        (Some(ResultStanding::Preview), Some(_)) => Err(unknown("?confirmation")),
        (_, Some(number)) if of.confirmations.iter().any(|one| one.number == number) => Ok(Some(number)),
        (_, Some(_)) => Err(unknown("?confirmation")),
        (Some(ResultStanding::Confirmed), None) => last.map(Some).ok_or_else(|| unknown("?standing")),
        (None, None) => Ok(last),
    }
}

/// The same without what a conflict keeps from the chair, and without the applications of the own body for those who run
/// the call. Those who audit see all of it.
async fn as_seen<A: Action<On = Committee>>(
    app: &App,
    permit: &Permit<A>,
    mut view: SelectionResult,
) -> Result<SelectionResult, Problem> {
    let (actor, committee) = (permit.actor(), permit.on());
    let barred = if allows::<act::Dossier>(actor, committee) {
        store::selection::unseen(&app.store, permit).await?
    } else {
        store::panel::barring(&app.store, permit, MemberId::new(actor.id.get())).await?
    };
    let before = view.result.applications.len();
    view.result.applications.retain(|placed| barred.iter().all(|id| id.to_string() != placed.id));
    view.withheld = before.saturating_sub(view.result.applications.len());
    Ok(view)
}

/// Refuses what shows every score to somebody whose own body applies. A dossier is whole or it is none: its hash stands for
/// all of it.
pub(super) async fn must_see_all(app: &App, permit: &Permit<act::Dossier>) -> Result<(), Problem> {
    let unseen = store::selection::unseen(&app.store, permit).await?;
    if unseen.is_empty() { Ok(()) } else { Err(Refusal::new(&OWN_BODY_APPLIES).into()) }
}

/// A dossier with its result, confirmed or as things stand, for somebody who may read all of it.
#[derive(Debug)]
pub(super) struct Whole {
    /// The call.
    pub call: SupportCall,
    /// What was drawn and confirmed for it.
    pub selection: Selection,
    /// Which confirmation it is; none for a preview.
    pub number: Option<i64>,
    /// The dossier.
    pub dossier: Read,
    /// What it comes to.
    pub result: Evaluation,
}

/// The dossier that is asked for, with its result.
pub(super) async fn whole(
    app: &App,
    permit: &Permit<act::Dossier>,
    call: SupportCall,
    ask: &AskResult,
) -> Result<Whole, Problem> {
    must_see_all(app, permit).await?;
    let selection = store::selection::of_call(&app.store, permit, &call).await?;
    let number = wanted(&selection, ask.standing, ask.confirmation)?;
    let (dossier, result) = if let Some(number) = number {
        let text = store::selection::confirmed_dossier(&app.store, permit, number).await?;
        let value = serde_json::from_str(&text).map_err(Problem::internal)?;
        (read(&value)?, store::selection::confirmed_result(&app.store, permit, number).await?)
    } else {
        let ground = store::selection::ground(&app.store, permit, &call).await?;
        let now = reckoned(&call, &ground, &selection, stamp_now(app, permit))?;
        (now.dossier, now.result)
    };
    Ok(Whole { call, selection, number, dossier, result })
}

/// The first half of a hash, for an entity tag.
fn short(hash: &Sha256) -> String {
    hash.to_string().chars().take(32).collect()
}

/// Read what a call comes to.
///
/// What was confirmed last, or a preview as things stand; ranking, selection and cost shares exactly as the dossier gives
/// them. From the evaluation on. Whoever reads it from the chair sees nothing of the applications from which a conflict
/// keeps it, and whoever runs the call nothing of those in which the own body has a part. That it was read is recorded.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.read"])),
    params(("call" = CallKey, Path, description = "The call's key."), AskResult),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/result")]
pub(super) async fn read_call_result(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    Query(ask): Query<AskResult>,
) -> Result<Found<SelectionResult>, Problem> {
    let Shown { selection, view, .. } = shown_to(&app, &order, (ask.standing, ask.confirmation)).await?;
    let open = view.readiness.map_or_else(String::new, |r| {
        format!("-{}-{}-{}", r.undecided_conflicts, r.unanswered_challenges, r.missing_sheets)
    });
    let also = format!("{}-{}-{}{open}", view.standing, short(&view.result.inputs_sha256), view.withheld);
    Ok(Found::version_and(view, selection.version, also))
}

/// Read the dossier of a call.
///
/// Everything that decides it, in one document of the form `axtrack.evaluation-dossier/1`, from which anybody can compute
/// the result again: as things stand, or exactly as it was confirmed. Nobody reads it whose own body applies: it is whole or
/// it is none. That it was read is recorded.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.dossier"])),
    params(("call" = CallKey, Path, description = "The call's key."), AskResult),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/dossier")]
pub(super) async fn read_call_dossier(
    app: Data<App>,
    Allowed(order): Allowed<act::Dossier>,
    Query(ask): Query<AskResult>,
) -> Result<Found<DossierDocument>, Problem> {
    let permit = app.store.look(&order).await?;
    must_see_all(&app, &permit).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let selection = store::selection::of_call(&app.store, &permit, &call).await?;
    let (text, also) = if let Some(number) = wanted(&selection, ask.standing, ask.confirmation)? {
        let text = store::selection::confirmed_dossier(&app.store, &permit, number).await?;
        (text.into_bytes(), format!("dossier-{number}"))
    } else {
        let ground = store::selection::ground(&app.store, &permit, &call).await?;
        let now = reckoned(&call, &ground, &selection, stamp_now(&app, &permit))?;
        let text = serde_json::to_vec(now.dossier.dossier()).map_err(|e| Problem::internal(e.to_string()))?;
        (text, format!("dossier-{}", short(&now.result.inputs_sha256)))
    };
    app.store.log_read(&order, call.key.as_str(), json!({ "read": "dossier", "which": also })).await?;
    Ok(Found::written(text, selection.version, also))
}

/// Read how the result of a call comes about.
///
/// For each application which sheets counted, their sum, what was added and taken away; for each track how the money went
/// down the ranking, step by step. That it was read is recorded.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.dossier"])),
    params(("call" = CallKey, Path, description = "The call's key."), AskResult),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/trace")]
pub(super) async fn read_call_trace(
    app: Data<App>,
    Allowed(order): Allowed<act::Dossier>,
    Query(ask): Query<AskResult>,
) -> Result<Found<Trace>, Problem> {
    let permit = app.store.look(&order).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let Whole { call, selection, number, dossier, result } = whole(&app, &permit, call, &ask).await?;
    let lots = number.map_or_else(|| selection.lots_for_evaluation(), |number| selection.lots_of(number));
    let found = trace(&dossier, &lots, &result);
    let also = format!("trace-{}-{}", number.unwrap_or_default(), short(&found.inputs_sha256));
    app.store.log_read(&order, call.key.as_str(), json!({ "read": "trace", "which": also })).await?;
    Ok(Found::version_and(found, selection.version, also))
}
