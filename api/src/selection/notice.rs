//! What is told (결과 통지·선정 공고): to each applicant of its own application, to everybody of those selected.

use crate::{
    App,
    call::call_seen,
    http::{Allowed, Found, Problem},
};
use actix_web::{get, web::Data};
use domain::{
    access::act::{call as call_act, selection as act},
    application::ApplicationId,
    call::CallKey,
    problem::Refusal,
    selection::{RESULT_NOT_CONFIRMED, ResultNotice, SelectedList},
};

/// Read what became of an application.
///
/// Once the applicants have been told, and as far as the call discloses it: total, rank, opinions. Nobody learns who gave
/// which score.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.notice"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-in-time" = json!(true))))]
#[get("/applications/{application}/result")]
pub(super) async fn read_application_result(
    app: Data<App>,
    Allowed(order): Allowed<act::Notice>,
) -> Result<Found<ResultNotice>, Problem> {
    let permit = app.store.look(&order).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let place = store::selection::place_of(&app.store, &permit).await?;
    let place = place.ok_or_else(|| Refusal::new(&RESULT_NOT_CONFIRMED))?;
    Ok(Found::new(ResultNotice::of(place, &call, app.clock.now())?))
}

/// Read who was selected.
///
/// By track, once the applicants have been told: who applied with what, and the money that goes there. For everybody who is
/// signed in.
#[utoipa::path(tag = "selection", security(("bearer" = ["call.read"])), params(("call" = CallKey, Path, description = "The call's key.")),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/selected")]
pub(super) async fn read_selected_applications(
    app: Data<App>,
    Allowed(order): Allowed<call_act::Read>,
) -> Result<Found<SelectedList>, Problem> {
    let permit = app.store.look(&order).await?;
    let (places, applications) = store::selection::selected(&app.store, &permit).await?;
    Ok(Found::new(SelectedList::of(permit.on(), &places, &applications, app.clock.now())?))
}
