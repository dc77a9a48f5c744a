//! From a draft to a finding (제출·철회·적격 심사·보완): each step has its own audit entry.

use super::{
    act_on, shown, step,
    wire::{ApplicationView, NewSupplement, SubmissionCheck, WithdrawApplication},
};
use crate::{
    App,
    call::call_seen,
    http::{Allowed, FaultBody, Found, Json, Language, Problem},
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::application as act,
    application::{Application, ApplicationId, NewScreening, Verdict},
    project::Stamp,
    text::Prose,
};
use store::Order;

/// Read whether an application can be submitted.
///
/// Everything that stands in the way now, as it would be told if it were tried.
#[utoipa::path(tag = "application", security(("bearer" = ["application.submit"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[get("/applications/{application}/submission-check")]
pub(super) async fn check_application_submission(
    app: Data<App>,
    Allowed(order): Allowed<act::Submit>,
    language: Language,
) -> Result<Found<SubmissionCheck>, Problem> {
    let permit = app.store.look(&order).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let stamp = Stamp { at: order.at(), by: permit.actor().id };
    let reasons = permit.on().submission_faults(&call, stamp);
    Ok(Found::new(SubmissionCheck {
        possible: reasons.is_empty(),
        reasons: FaultBody::all(&reasons, language),
        call_state: call.state(order.at()),
        closes_at: call.plan.closes_at,
    }))
}

/// Submit an application.
///
/// As it is written now, frozen as its next numbered version. Until the deadline it may be changed and submitted again; the
/// last submission counts, and every earlier one is kept.
#[utoipa::path(tag = "application", security(("bearer" = ["application.submit"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[post("/applications/{application}/submit")]
pub(super) async fn submit_application(
    app: Data<App>,
    Allowed(order): Allowed<act::Submit>,
) -> Result<Found<ApplicationView>, Problem> {
    act_on(&app, order, Application::submit).await
}

/// Take an application back.
///
/// With a reason, until the call is over. The record stays.
#[utoipa::path(tag = "application", security(("bearer" = ["application.withdraw"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[post("/applications/{application}/withdraw")]
pub(super) async fn withdraw_application(
    app: Data<App>,
    Allowed(order): Allowed<act::Withdraw>,
    Json(why): Json<WithdrawApplication>,
) -> Result<Found<ApplicationView>, Problem> {
    let actor = order.actor().clone();
    Ok(shown(withdraw(&app, order, why.reason).await?, &actor))
}

/// Takes an application back, with a reason.
pub(crate) async fn withdraw(
    app: &App,
    order: Order<act::Withdraw>,
    reason: Prose<2000>,
) -> Result<Application, Problem> {
    let order = order.because(Some(&reason));
    step(app, order, |application, call, stamp| application.withdrawn(reason, call, stamp)).await
}

/// Record what screening found about an application.
///
/// Eligible, with groups, bonus and penalty points; not eligible, with the rules that are not met; or more is asked. A later
/// finding takes the place of an earlier one, which is kept. Nobody screens what the own body has a part in.
#[utoipa::path(tag = "application", security(("bearer" = ["application.screen"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[post("/applications/{application}/screenings")]
pub(super) async fn screen_application(
    app: Data<App>,
    Allowed(order): Allowed<act::Screen>,
    Json(new): Json<NewScreening>,
) -> Result<Found<ApplicationView>, Problem> {
    let actor = order.actor().clone();
    Ok(shown(screen(&app, order, new).await?, &actor))
}

/// Records a finding; why something is not eligible or more is asked is also why it was recorded.
pub(crate) async fn screen(app: &App, order: Order<act::Screen>, new: NewScreening) -> Result<Application, Problem> {
    let order = match &new.verdict {
        Verdict::Eligible { .. } => order,
        Verdict::Ineligible { reason, .. } => order.because(Some(reason)),
        Verdict::AskMore { question, .. } => order.because(Some(question)),
    };
    step(app, order, |application, call, stamp| application.screened(new, call, stamp)).await
}

/// Answer what the screeners have asked.
///
/// Within its time. What was submitted stays as it was.
#[utoipa::path(tag = "application", security(("bearer" = ["application.supplement"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[post("/applications/{application}/supplement")]
pub(super) async fn supplement_application(
    app: Data<App>,
    Allowed(order): Allowed<act::Supplement>,
    Json(new): Json<NewSupplement>,
) -> Result<Found<ApplicationView>, Problem> {
    act_on(&app, order, |application, call, stamp| application.supplemented(new.answer, new.papers, (call, stamp)))
        .await
}
