//! The own sheet (본인 평가표): a draft, submitted once it is whole; others' only as the call allows.
//!
//! One comes to it by one's seat on the panel. The version that is named is the sheet's; one that was not begun has version 0.

use super::wire::{OtherSheet, OtherSheets, OwnSheet};
use crate::{
    App,
    call::{call_of, call_seen},
    http::{Allowed, Found, Json, Problem},
    panel::{serves_in, serves_now},
    project::stamp,
};
use actix_web::{get, post, put, web::Data};
use domain::{
    access::{Permit, act::panel as act},
    application::{Application, ApplicationId, ApplicationStanding},
    call::{SheetSight, SupportCall},
    panel::NOT_ELIGIBLE,
    problem::Refusal,
    project::Stamp,
    scoring::{OWN_SHEET_FIRST, SHEET_NOT_BEGUN, SHEETS_NOT_SHOWN, ScoreSheet, SheetContent, SheetState},
};
use store::{Order, Purpose, StoreError, Tx};

fn shown(application: ApplicationId, sheet: Option<ScoreSheet>) -> Found<OwnSheet> {
    let version = sheet.as_ref().map_or(0, |sheet| sheet.version);
    Found::version(OwnSheet::of(application, sheet), version)
}

/// Read the own sheet of an application that one judges.
///
/// Before it was begun there is none, and its version is 0.
#[utoipa::path(tag = "scoring", security(("bearer" = ["panel.score"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-in-time" = json!(true))))]
#[get("/assignments/{application}/sheet")]
pub(super) async fn read_own_sheet(
    app: Data<App>,
    Allowed(order): Allowed<act::Score>,
) -> Result<Found<OwnSheet>, Problem> {
    let permit = app.store.look(&order).await?;
    serves_now(&app, &order, &permit.on().call).await?;
    let sheet = store::scoring::own(&app.store, &permit).await?;
    Ok(shown(permit.on().application, sheet))
}

/// Does one act upon the own sheet, in the version that was named, and keeps it. The panel and the call stay as they are
/// meanwhile, for as many as come at once: nobody is barred, and the evaluation does not end, between the question and the
/// answer.
pub(crate) async fn written(
    app: &App,
    order: Order<act::Score>,
    rule: impl FnOnce(Option<ScoreSheet>, (&Permit<act::Score>, &SupportCall), Stamp) -> Result<ScoreSheet, Refusal>,
) -> Result<ScoreSheet, Problem> {
    let expects = order.call().expects;
    app.store
        .write(order.beside(), async |tx, permit| {
            serves_in(tx, permit).await?;
            let before = store::scoring::own_to_change(tx, permit).await?;
            expects.met_by(before.as_ref().map_or(0, |sheet| sheet.version))?;
            stands(tx, permit.on().application).await?;
            let call = call_of(tx, &permit.on().call).await?;
            let after = rule(before.clone(), (permit, &call), stamp(tx, permit))?;
            Ok::<_, Problem>(store::scoring::save_own(tx, permit, before.as_ref(), after).await?)
        })
        .await
}

/// Refuses what was withdrawn meanwhile.
async fn stands(tx: &Tx, id: ApplicationId) -> Result<(), Problem> {
    let application = tx.load::<Application>(&id.to_string(), Purpose::Look).await?;
    let standing = application.ok_or(StoreError::NotFound)?.standing();
    if standing == ApplicationStanding::Eligible { Ok(()) } else { Err(Refusal::new(&NOT_ELIGIBLE).into()) }
}

/// Write the own sheet.
///
/// As a draft, whole or not: nothing is not zero. Only while the call is being evaluated, until the deadline for sheets, and not once it was submitted.
#[utoipa::path(tag = "scoring", security(("bearer" = ["panel.score"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[put("/assignments/{application}/sheet")]
pub(super) async fn write_own_sheet(
    app: Data<App>,
    Allowed(order): Allowed<act::Score>,
    Json(content): Json<SheetContent>,
) -> Result<Found<OwnSheet>, Problem> {
    let saved = written(&app, order, |before, (permit, call), stamp| {
        ScoreSheet::written(before, content, (permit.on(), call), stamp)
    });
    saved.await.map(|saved| shown(saved.application, Some(saved)))
}

/// Submit the own sheet.
///
/// Every criterion is scored. From then on it stays as it is, unless it is opened again with a reason.
#[utoipa::path(tag = "scoring", security(("bearer" = ["panel.score"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[post("/assignments/{application}/sheet/submit")]
pub(super) async fn submit_own_sheet(
    app: Data<App>,
    Allowed(order): Allowed<act::Score>,
) -> Result<Found<OwnSheet>, Problem> {
    let saved = written(&app, order, |before, (_, call), stamp| {
        before.ok_or_else(|| Refusal::new(&SHEET_NOT_BEGUN))?.submit(call, stamp)
    });
    saved.await.map(|saved| shown(saved.application, Some(saved)))
}

/// Read what the others have submitted about an application that one judges.
///
/// Only after the own submission, and only where the call allows it.
#[utoipa::path(tag = "scoring", security(("bearer" = ["panel.score"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-in-time" = json!(true))))]
#[get("/assignments/{application}/sheets")]
pub(super) async fn read_other_sheets(
    app: Data<App>,
    Allowed(order): Allowed<act::Score>,
) -> Result<Found<OtherSheets>, Problem> {
    let permit = app.store.look(&order).await?;
    serves_now(&app, &order, &permit.on().call).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let sight = call.rules.as_ref().map_or(SheetSight::Never, |laid_down| laid_down.rules.sheet_sight);
    if sight == SheetSight::Never {
        return Err(Refusal::new(&SHEETS_NOT_SHOWN).into());
    }
    let own = store::scoring::own(&app.store, &permit).await?;
    if own.is_none_or(|sheet| sheet.state() != SheetState::Submitted) {
        return Err(Refusal::new(&OWN_SHEET_FIRST).into());
    }
    let others = store::scoring::others(&app.store, &permit).await?;
    let what = serde_json::json!({ "read": "sheets", "sheets": others.len() });
    app.store.log_read(&order, &permit.on().application.to_string(), what).await?;
    Ok(Found::new(OtherSheets { sheets: others.into_iter().filter_map(OtherSheet::of).collect() }))
}
