//! Bringing a call through its course (공모 진행): each step has its own audit entry.

use super::{
    act_on, shown, step,
    wire::{CallMoveCheck, CallMoves, CallView, CancelCall},
};
use crate::{
    App,
    http::{Allowed, FaultBody, Found, Json, Language, Problem},
    project::{stamp, stamp_now},
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::call as act,
    call::{CallKey, CourseFacts, Deadline, SheetDeadline, SupportCall},
    text::Prose,
};
use store::Order;

/// Read which moves lie ahead of a call.
///
/// For each, everything that stands in its way now.
#[utoipa::path(tag = "call", security(("bearer" = ["call.change"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[get("/calls/{call}/moves")]
pub(super) async fn read_call_moves(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    language: Language,
) -> Result<Found<CallMoves>, Problem> {
    let permit = app.store.look(&order).await?;
    let stamp = stamp_now(&app, &permit);
    let unanswered = store::objection::unanswered_ahead(&app.store, &permit).await?;
    let facts = CourseFacts { unanswered, ..store::application::course_ahead(&app.store, &permit).await? };
    let moves = permit.on().moves(facts, stamp).into_iter().map(|(kind, reasons)| CallMoveCheck {
        kind,
        possible: reasons.is_empty(),
        reasons: FaultBody::all(&reasons, language),
    });
    Ok(Found::new(CallMoves { moves: moves.collect() }))
}

/// Publish a call.
///
/// Its window is set, its rules are complete, and its deadline is still to come. From now on everybody signed in sees it.
#[utoipa::path(tag = "call", security(("bearer" = ["call.advance"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/publish")]
pub(super) async fn publish_call(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
) -> Result<Found<CallView>, Problem> {
    act_on(&app, order, SupportCall::published).await
}

/// Put a call's deadline off.
///
/// To a later moment, with a reason, while applications can still be made.
#[utoipa::path(tag = "call", security(("bearer" = ["call.advance"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/deadline")]
pub(super) async fn put_off_call_deadline(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
    Json(to): Json<Deadline>,
) -> Result<Found<CallView>, Problem> {
    let order = order.because(Some(&to.reason));
    act_on(&app, order, |call, stamp| call.deadline_put_off(to, stamp)).await
}

/// Begin screening.
///
/// Once the deadline has passed: from now on submitted applications are looked at for eligibility.
#[utoipa::path(tag = "call", security(("bearer" = ["call.advance"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/screening")]
pub(super) async fn begin_call_screening(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
) -> Result<Found<CallView>, Problem> {
    act_on(&app, order, SupportCall::screening_begun).await
}

/// Say until when score sheets are taken.
///
/// From the beginning of the screening until the confirmation. It is to come; once said it is only put off, with a reason,
/// before it passes. A sheet that comes after it is refused. Without one sheets are taken until the confirmation.
#[utoipa::path(tag = "call", security(("bearer" = ["call.advance"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/sheet-deadline")]
pub(super) async fn set_call_sheet_deadline(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
    Json(to): Json<SheetDeadline>,
) -> Result<Found<CallView>, Problem> {
    let order = order.because(to.reason.as_ref());
    act_on(&app, order, |call, stamp| call.sheets_due(to, stamp)).await
}

/// Begin the evaluation.
///
/// Once every submitted application was found eligible or not.
#[utoipa::path(tag = "call", security(("bearer" = ["call.advance"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/evaluation")]
pub(super) async fn begin_call_evaluation(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
) -> Result<Found<CallView>, Problem> {
    Ok(shown(&app, begin_evaluation(&app, order).await?))
}

/// Lets the committee score, by what was found about the applications as they stand.
pub(crate) async fn begin_evaluation(app: &App, order: Order<act::Advance>) -> Result<SupportCall, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let facts = store::application::course_facts(tx, &permit.on().key).await?;
            let after = permit.on().clone().evaluation_begun(facts, stamp(tx, permit))?;
            Ok::<_, Problem>(store::call::save(tx, permit, after).await?)
        })
        .await
}

/// Tell the applicants.
///
/// Once a result is confirmed: from now on each applicant reads its own, everybody reads who was selected, and objections
/// are taken for as many days as the rules say.
#[utoipa::path(tag = "call", security(("bearer" = ["call.advance"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/notice")]
pub(super) async fn notify_call_applicants(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
) -> Result<Found<CallView>, Problem> {
    act_on(&app, order, SupportCall::notified).await
}

/// End a call.
///
/// Once the time for objections is over and every one is answered. From then on nothing of its result changes, and awards
/// are offered.
#[utoipa::path(tag = "call", security(("bearer" = ["call.advance"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/finish")]
pub(super) async fn finish_call(
    app: Data<App>,
    Allowed(order): Allowed<act::Advance>,
) -> Result<Found<CallView>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let unanswered = store::objection::unanswered(tx, &permit.on().key).await?;
            let facts = CourseFacts { unanswered, ..CourseFacts::default() };
            let after = permit.on().clone().finished(facts, stamp(tx, permit))?;
            Ok::<_, Problem>(store::call::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(&app, saved))
}

/// Give a call up.
///
/// With a reason, and not once its result was confirmed. The record stays.
#[utoipa::path(tag = "call", security(("bearer" = ["call.cancel"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/cancel")]
pub(super) async fn cancel_call(
    app: Data<App>,
    Allowed(order): Allowed<act::Cancel>,
    Json(why): Json<CancelCall>,
) -> Result<Found<CallView>, Problem> {
    Ok(shown(&app, cancel(&app, order, why.reason).await?))
}

/// Gives a call up, with a reason.
pub(crate) async fn cancel(app: &App, order: Order<act::Cancel>, reason: Prose<2000>) -> Result<SupportCall, Problem> {
    step(app, order.because(Some(&reason)), |call, stamp| call.cancelled(reason, stamp)).await
}
