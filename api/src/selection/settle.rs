//! Settling and confirming (추첨·지표 결정·선정 확정): each holds the call for a change, so that what is confirmed is what was
//! looked at.
//!
//! The version that is named is the selection's, which the result and the selection carry as their entity tag.

use crate::{
    App,
    call::call_seen,
    http::{Allowed, Created, Found, Json, Problem},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{Action, Permit, act::selection as act},
    call::{CallKey, SupportCall},
    committee::{Committee, Seed},
    project::Stamp,
    selection::{Confirmation, LotAsk, NewConfirmation, NewIndicator, Place, Selection, reckoned},
};
use store::{Expects, Order, Purpose, StoreError, Tx};

/// The call, held for a change, with its selection in the version that was named.
async fn held<A: Action<On = Committee>>(
    tx: &Tx,
    permit: &Permit<A>,
    expects: Expects,
) -> Result<(SupportCall, Selection, Stamp), Problem> {
    let call = tx.load::<SupportCall>(permit.on().call.as_str(), Purpose::Change).await?;
    let call = call.ok_or(StoreError::NotFound)?;
    let selection = store::selection::to_change(tx, &call).await?;
    expects.met_by(selection.version)?;
    Ok((call, selection, stamp(tx, permit)))
}

fn shown(selection: Selection) -> Found<Selection> {
    let version = selection.version;
    Found::version(selection, version)
}

/// Read the selection of a call.
///
/// The ratios that were decided by hand, every lot with its seed, and every confirmation with its meeting.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.read"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[get("/calls/{call}/selection")]
pub(super) async fn read_call_selection(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<Selection>, Problem> {
    let permit = app.store.look(&order).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    Ok(shown(store::selection::of_call(&app.store, &permit, &call).await?))
}

/// Draw a lot among equals.
///
/// In a track whose result asks for one. The seed is made by chance and recorded: the place of each application is the
/// SHA-256 of the seed, a colon and its id, the smallest first, so that anybody can draw the same lot again.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.prepare"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/lots")]
pub(super) async fn draw_selection_lot(
    app: Data<App>,
    Allowed(order): Allowed<act::Prepare>,
    Json(ask): Json<LotAsk>,
) -> Result<Found<Selection>, Problem> {
    let seed = Seed::from(app.chance.secret().map_err(|e| Problem::internal(e.to_string()))?);
    Ok(shown(draw_lot(&app, order, ask, seed).await?))
}

/// Draws the lot of a seed in a track.
pub(crate) async fn draw_lot(
    app: &App,
    order: Order<act::Prepare>,
    ask: LotAsk,
    seed: Seed,
) -> Result<Selection, Problem> {
    let expects = order.call().expects;
    app.store
        .write(order.beside(), async |tx, permit| {
            let (call, before, stamp) = held(tx, permit, expects).await?;
            let ground = store::selection::ground_in(tx, &call).await?;
            let now = reckoned(&call, &ground, &before, stamp)?;
            let after = before.clone().with_lot(ask, &now.result, seed, stamp)?;
            Ok::<_, Problem>(store::selection::save(tx, permit, &before, after).await?)
        })
        .await
}

/// Decide a ratio by hand.
///
/// For an applicant whose rate rests on a ratio that nobody has published for it, with its source and the reason. A
/// published ratio is never replaced by it.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.prepare"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/indicators")]
pub(super) async fn decide_call_indicator(
    app: Data<App>,
    Allowed(order): Allowed<act::Prepare>,
    Json(new): Json<NewIndicator>,
) -> Result<Found<Selection>, Problem> {
    Ok(shown(decide_indicator(&app, order, new).await?))
}

/// Decides a ratio by hand.
pub(crate) async fn decide_indicator(
    app: &App,
    order: Order<act::Prepare>,
    new: NewIndicator,
) -> Result<Selection, Problem> {
    let expects = order.call().expects;
    app.store
        .write(order.because(Some(&new.reason)).beside(), async |tx, permit| {
            let (call, before, stamp) = held(tx, permit, expects).await?;
            let ground = store::selection::ground_in(tx, &call).await?;
            let after = before.clone().with_indicator(new, (&call, &ground), stamp)?;
            Ok::<_, Problem>(store::selection::save(tx, permit, &before, after).await?)
        })
        .await
}

/// Confirm a result.
///
/// By the committee's meeting, from the chair, and exactly what was looked at: the hash of its dossier is named. No conflict
/// is undecided, no challenge unanswered, no sheet is missing, no lot is to be drawn. The dossier is frozen with its result. A confirmation after the
/// first is a correction, with a reason; the one before stays on record.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.confirm"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/confirmations")]
pub(super) async fn confirm_call_result(
    app: Data<App>,
    Allowed(order): Allowed<act::Confirm>,
    Json(new): Json<NewConfirmation>,
) -> Result<Created<Confirmation>, Problem> {
    let (call, version, confirmation) = confirm(&app, order, new).await?;
    let location = format!("/v1/calls/{call}/result?confirmation={}", confirmation.number);
    Ok(Created::at(location, version, confirmation))
}

/// Confirms a result as it stands. Of which call, in which version of its selection, and what was confirmed.
pub(crate) async fn confirm(
    app: &App,
    order: Order<act::Confirm>,
    new: NewConfirmation,
) -> Result<(CallKey, i64, Confirmation), Problem> {
    let expects = order.call().expects;
    app.store
        .write(order.because(new.reason.as_ref()).beside(), async |tx, permit| {
            let (call, before, stamp) = held(tx, permit, expects).await?;
            let ground = store::selection::ground_in(tx, &call).await?;
            let now = reckoned(&call, &ground, &before, stamp)?;
            let after = before.clone().confirmed_as(new, &now.result, (&call, permit.on()), now.ready, stamp)?;
            let decided = call.clone().decided(stamp)?;
            let confirmation = after.confirmed().cloned().ok_or(StoreError::NotFound)?;
            let places = Place::all(&call.key, confirmation.number, &now, &ground.sheets);
            let kept = ((&call, &before), (decided, after));
            let (call, selection) = store::selection::confirm(tx, permit, kept, (&now, &places)).await?;
            Ok::<_, Problem>((call.key, selection.version, confirmation))
        })
        .await
}
