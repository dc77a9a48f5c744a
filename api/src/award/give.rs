//! Giving awards (선정 통보·예비선정 승계): the selected of a call together, then reserves one by one.

use super::wire::{AwardView, Awards, OfferAwards};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
    project::stamp,
};
use actix_web::{post, web::Data};
use domain::{
    access::{Permit, act::award as act, permit as allow},
    application::ApplicationId,
    award::{Award, Promotion, offer_selected, promote},
    call::CallKey,
};
use store::{
    Order, StoreError, Tx,
    award::{Gives, Ground},
};

/// Offer the selected their awards.
///
/// All selected applications of the call that were not withdrawn and have no award yet, or of these the ones that are named;
/// all of them or none. Nobody gives one to an application in which the own body has a part: name the others, and have a
/// coordinator of the other body offer these.
#[utoipa::path(tag = "award", security(("bearer" = ["award.offer"])), params(("call" = CallKey, Path, description = "The call's key.")),
    extensions(("x-adds" = json!(true))))]
#[post("/calls/{call}/awards")]
pub(super) async fn offer_awards(
    app: Data<App>,
    Allowed(order): Allowed<act::Offer>,
    Json(wish): Json<OfferAwards>,
) -> Result<Found<Awards>, Problem> {
    let given = offer(&app, order, wish.applications.as_deref()).await?;
    Ok(Found::new(Awards { awards: given.into_iter().map(AwardView::of).collect() }))
}

/// Offers awards to all that wait, or to those that are named.
pub(crate) async fn offer(
    app: &App,
    order: Order<act::Offer>,
    named: Option<&[ApplicationId]>,
) -> Result<Vec<Award>, Problem> {
    app.store
        .write(order.adding(), async |tx, permit| {
            let ground = store::award::ground(tx, permit).await?;
            let offered = offer_selected(permit.on(), &ground.candidates(), &ground.awards, named, stamp(tx, permit))?;
            give(tx, permit, &ground, offered).await
        })
        .await
}

/// Promote a reserve.
///
/// The next in order of its track, when an award of the track is free and its national money fits into what is left. Where it
/// does not fit, a part can be awarded by an explicit decision.
#[utoipa::path(tag = "award", security(("bearer" = ["award.promote"])), params(("call" = CallKey, Path, description = "The call's key.")),
    extensions(("x-adds" = json!(true))))]
#[post("/calls/{call}/awards/promote")]
pub(super) async fn promote_reserve(
    app: Data<App>,
    Allowed(order): Allowed<act::Promote>,
    Json(wish): Json<Promotion>,
) -> Result<Found<Awards>, Problem> {
    let given = promoted(&app, order, wish).await?;
    Ok(Found::new(Awards { awards: given.into_iter().map(AwardView::of).collect() }))
}

/// Promotes a reserve.
pub(crate) async fn promoted(app: &App, order: Order<act::Promote>, wish: Promotion) -> Result<Vec<Award>, Problem> {
    let order = order.adding().because(wish.partial.as_ref().map(|partial| &partial.reason));
    app.store
        .write(order, async |tx, permit| {
            let ground = store::award::ground(tx, permit).await?;
            let award = promote(permit.on(), &ground.candidates(), &ground.awards, wish, stamp(tx, permit))?;
            give(tx, permit, &ground, vec![award]).await
        })
        .await
}

/// Keeps awards, each given by somebody who may give it.
async fn give<A: Gives>(
    tx: &Tx,
    permit: &Permit<A>,
    ground: &Ground,
    awards: Vec<Award>,
) -> Result<Vec<Award>, Problem> {
    let mut given = Vec::with_capacity(awards.len());
    for award in awards {
        let application = ground.applications.iter().find(|one| one.id == award.application);
        let application = application.ok_or(StoreError::NotFound)?.clone();
        let may = allow::<act::Give>(permit.actor(), application).map_err(StoreError::from)?;
        given.push(store::award::add(tx, permit, &may, award).await?);
    }
    Ok(given)
}
