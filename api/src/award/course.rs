//! What becomes of an award beside its agreement (일부 선정·포기·미체결·해지).

use super::{
    act_on, shown,
    wire::{AwardReason, AwardView},
};
use crate::{
    App,
    call::call_of,
    http::{Allowed, Found, Json, Problem},
    project::stamp,
};
use actix_web::{post, web::Data};
use domain::{
    access::act::award as act,
    application::ApplicationId,
    award::{AwardEndKind, NewPartial},
};

/// Award a part only.
///
/// An explicit decision with a reason, before the agreement: less national money than now. What is cut off becomes money of
/// the applicant's side, so that the parts still add up to the total cost.
#[utoipa::path(tag = "award", security(("bearer" = ["award.reduce"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")))]
#[post("/awards/{application}/reduce")]
pub(super) async fn reduce_award(
    app: Data<App>,
    Allowed(order): Allowed<act::Reduce>,
    Json(new): Json<NewPartial>,
) -> Result<Found<AwardView>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&new.reason)), async |tx, permit| {
            let call = call_of(tx, &permit.on().call).await?;
            let after = permit.on().clone().partially(new, &call, stamp(tx, permit))?;
            Ok::<_, Problem>(store::award::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}

/// Give an award up.
///
/// The applicant's own, with a reason, before the agreement. Its money and its place go to the next reserve.
#[utoipa::path(tag = "award", security(("bearer" = ["award.give_up"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")))]
#[post("/awards/{application}/give-up")]
pub(super) async fn give_up_award(
    app: Data<App>,
    Allowed(order): Allowed<act::GiveUp>,
    Json(why): Json<AwardReason>,
) -> Result<Found<AwardView>, Problem> {
    let order = order.because(Some(&why.reason));
    act_on(&app, order, |award, stamp| award.ended(AwardEndKind::GivenUp, why.reason, stamp)).await
}

/// Record that no agreement came about.
///
/// With a reason. Its money and its place go to the next reserve.
#[utoipa::path(tag = "award", security(("bearer" = ["award.fail"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")))]
#[post("/awards/{application}/fail")]
pub(super) async fn fail_award(
    app: Data<App>,
    Allowed(order): Allowed<act::Fail>,
    Json(why): Json<AwardReason>,
) -> Result<Found<AwardView>, Problem> {
    let order = order.because(Some(&why.reason));
    act_on(&app, order, |award, stamp| award.ended(AwardEndKind::Failed, why.reason, stamp)).await
}

/// Terminate an agreement.
///
/// With a reason. Nothing more is paid; what was paid is settled afterwards.
#[utoipa::path(tag = "award", security(("bearer" = ["award.terminate"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")))]
#[post("/awards/{application}/terminate")]
pub(super) async fn terminate_agreement(
    app: Data<App>,
    Allowed(order): Allowed<act::Terminate>,
    Json(why): Json<AwardReason>,
) -> Result<Found<AwardView>, Problem> {
    let order = order.because(Some(&why.reason));
    act_on(&app, order, |award, stamp| award.terminated(why.reason, stamp)).await
}
