//! Charges (이용료): what each class of users pays, as published and as applied.

use super::wire::ListUserCharges;
use crate::{
    App,
    http::{Allowed, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, put, web::Data};
use domain::{
    access::act::user_charge as act,
    gpu::{UserCharge, UserChargeChange, UserClass},
};

/// List what users of GPUs are charged.
///
/// By class: what is published, how far that can be trusted, and what is applied here. Nothing is published for ministries, which
/// are not charged unless decided otherwise.
#[utoipa::path(tag = "gpu", params(ListUserCharges), security(("bearer" = ["user_charge.read"])))]
#[get("/user-charges")]
pub(super) async fn list_user_charges(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListUserCharges>,
) -> Result<Page<UserCharge>, Problem> {
    Ok(Page::of(store::gpu::list_charges(&app.store, &scope, &ask.page()).await?))
}

/// Decide what a class of users is charged.
///
/// With a reason. It counts for approvals from now on; the charges of earlier ones stay as they were explained.
#[utoipa::path(tag = "gpu", security(("bearer" = ["user_charge.decide"])),
    params(("user_charge" = UserClass, Path, description = "The class of users.")))]
#[put("/user-charges/{user_charge}")]
pub(super) async fn decide_user_charge(
    app: Data<App>,
    Allowed(order): Allowed<act::Decide>,
    Json(change): Json<UserChargeChange>,
) -> Result<Found<UserCharge>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&change.reason)), async |tx, permit| {
            let after = permit.on().clone().decided(change, stamp(tx, permit))?;
            Ok::<_, Problem>(store::gpu::save_charge(tx, permit, after).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}
