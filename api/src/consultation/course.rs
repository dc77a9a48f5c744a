//! The course of a consultation (자문 진행): accepted or declined, held, reported, closed or cancelled.

use super::{
    act_on, serves_in, shown,
    wire::{CloseConsultation, ConsultationView, WhyNot},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
    project::stamp,
};
use actix_web::{post, web::Data};
use domain::{
    access::act::consultation as act,
    consultation::{ADVISER_JUDGES, Consultation, ConsultationId, NewReport, NewSession},
    problem::Refusal,
};
use store::Order;

/// Accept a consultation.
///
/// As the adviser who was chosen. From now on one is tied to the bodies of the project: whoever judges an application of one
/// cannot accept.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.respond"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[post("/consultations/{consultation}/accept")]
pub(super) async fn accept_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Respond>,
) -> Result<Found<ConsultationView>, Problem> {
    Ok(shown(accept(&app, order).await?))
}

/// Accepts a consultation.
pub(crate) async fn accept(app: &App, order: Order<act::Respond>) -> Result<Consultation, Problem> {
    app.store
        .write(order, async |tx, permit| {
            serves_in(tx, permit).await?;
            let after = permit.on().clone().accepted(stamp(tx, permit))?;
            if store::consultation::judging_in(tx, permit).await? {
                return Err(Refusal::new(&ADVISER_JUDGES).into());
            }
            Ok::<_, Problem>(store::consultation::save(tx, permit, after).await?)
        })
        .await
}

/// Decline a consultation.
///
/// With a reason, before a session was held. A coordinator chooses again.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.respond"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[post("/consultations/{consultation}/decline")]
pub(super) async fn decline_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Respond>,
    Json(why): Json<WhyNot>,
) -> Result<Found<ConsultationView>, Problem> {
    let order = order.because(Some(&why.reason));
    Ok(shown(act_on(&app, order, |one, stamp| one.declined(why.reason, stamp)).await?))
}

/// Record a session.
///
/// As the adviser: when, how long, how, who was there, what was said, asked and advised. There may be several.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.hold"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[post("/consultations/{consultation}/sessions")]
pub(super) async fn record_consultation_session(
    app: Data<App>,
    Allowed(order): Allowed<act::Hold>,
    Json(new): Json<NewSession>,
) -> Result<Found<ConsultationView>, Problem> {
    Ok(shown(act_on(&app, order, |one, stamp| one.held(new, stamp)).await?))
}

/// Report what came of a consultation.
///
/// As the adviser, or as a coordinator in the place of an adviser whose term is over. It is then for the planner to answer
/// each piece of advice.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.report"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[post("/consultations/{consultation}/report")]
pub(super) async fn report_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Report>,
    Json(new): Json<NewReport>,
) -> Result<Found<ConsultationView>, Problem> {
    Ok(shown(act_on(&app, order, |one, stamp| one.reported(new, stamp)).await?))
}

/// End a consultation.
///
/// Once it was reported and every piece of advice is answered. What is still to be done is recorded later.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.close"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[post("/consultations/{consultation}/close")]
pub(super) async fn close_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Close>,
    Json(why): Json<CloseConsultation>,
) -> Result<Found<ConsultationView>, Problem> {
    let order = order.because(why.note.as_ref());
    Ok(shown(act_on(&app, order, |one, stamp| one.closed(why.note, stamp)).await?))
}

/// Cancel a consultation.
///
/// With a reason, before a session was held. The record stays.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.cancel"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[post("/consultations/{consultation}/cancel")]
pub(super) async fn cancel_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Cancel>,
    Json(why): Json<WhyNot>,
) -> Result<Found<ConsultationView>, Problem> {
    let order = order.because(Some(&why.reason));
    Ok(shown(act_on(&app, order, |one, stamp| one.cancelled(why.reason, stamp)).await?))
}
