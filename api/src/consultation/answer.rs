//! What becomes of advice (자문의견 조치): answered by the planner, and followed up.

use super::{act_on, shown, wire::ConsultationView};
use crate::{
    App,
    http::{Allowed, Found, Json, Path, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::act::consultation as act,
    consultation::{ConsultationId, NewAnswer, NewFollowUp},
};
use serde::Deserialize;

/// Which piece of advice.
#[derive(Debug, Deserialize)]
pub(super) struct WhichAdvice {
    advice: u32,
}

/// Answer a piece of advice.
///
/// Accepted, accepted in part or deferred, each with a due date, or rejected; with a reason. An answer is not edited; what was
/// deferred is answered again.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.answer"])), params(
    ("consultation" = ConsultationId, Path, description = "The consultation's id."),
    ("advice" = u32, Path, description = "The number of the piece of advice.", minimum = 1, maximum = 200)))]
#[post("/consultations/{consultation}/advice/{advice}/answer")]
pub(super) async fn answer_advice(
    app: Data<App>,
    Allowed(order): Allowed<act::Answer>,
    Path(path): Path<WhichAdvice>,
    Json(new): Json<NewAnswer>,
) -> Result<Found<ConsultationView>, Problem> {
    let order = order.because(Some(&new.reason));
    Ok(shown(act_on(&app, order, |one, stamp| one.answered(path.advice, new, stamp)).await?))
}

/// Record what was done about a piece of advice.
///
/// When, and by what, once, after it was accepted as a whole or in part.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.answer"])), params(
    ("consultation" = ConsultationId, Path, description = "The consultation's id."),
    ("advice" = u32, Path, description = "The number of the piece of advice.", minimum = 1, maximum = 200)))]
#[post("/consultations/{consultation}/advice/{advice}/follow-up")]
pub(super) async fn follow_up_advice(
    app: Data<App>,
    Allowed(order): Allowed<act::Answer>,
    Path(path): Path<WhichAdvice>,
    Json(new): Json<NewFollowUp>,
) -> Result<Found<ConsultationView>, Problem> {
    Ok(shown(act_on(&app, order, |one, stamp| one.followed_up(path.advice, new, stamp)).await?))
}
