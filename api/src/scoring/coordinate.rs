//! Sheets for those who run the call (평가표 관리): read, opened again, counted.

use super::wire::{ListScoreSheets, ReopenSheet, SheetId};
use crate::{
    App,
    call::{call_of, call_seen},
    http::{Allowed, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{Subject, act::scoring as act},
    call::CallKey,
    scoring::{ScoreSheet, SheetProgress},
};
use serde_json::json;

/// List score sheets.
///
/// Drafts included, in the order in which they were begun. That they were read is recorded.
#[utoipa::path(tag = "scoring", params(ListScoreSheets), security(("bearer" = ["score_sheet.read"])))]
#[get("/score-sheets")]
pub(super) async fn list_score_sheets(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Allowed(order): Allowed<act::Read>,
    Query(ask): Query<ListScoreSheets>,
) -> Result<Page<ScoreSheet>, Problem> {
    let page = store::scoring::list(&app.store, &scope, &ask.filter(), &ask.page()).await?;
    let read: Vec<_> = page.items.iter().map(Subject::id).collect();
    app.store.log_read(&order, "score-sheets", json!({ "sheets": read })).await?;
    Ok(Page::of(page))
}

/// Read a score sheet.
///
/// With what had been submitted each time before it was opened again. That it was read is recorded.
#[utoipa::path(tag = "scoring", security(("bearer" = ["score_sheet.read"])),
    params(("sheet" = inline(SheetId), Path, description = "The application's id, a dot, and the member's.")))]
#[get("/score-sheets/{sheet}")]
pub(super) async fn read_score_sheet(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<ScoreSheet>, Problem> {
    let sheet = app.store.look(&order).await?.on().clone();
    app.store.log_read(&order, &sheet.id(), json!({ "read": "sheet" })).await?;
    let version = sheet.version;
    Ok(Found::version(sheet, version))
}

/// Open a submitted score sheet again.
///
/// With a reason; its member may write it anew. What had been submitted is kept.
#[utoipa::path(tag = "scoring", security(("bearer" = ["score_sheet.reopen"])),
    params(("sheet" = inline(SheetId), Path, description = "The application's id, a dot, and the member's.")))]
#[post("/score-sheets/{sheet}/reopen")]
pub(super) async fn reopen_score_sheet(
    app: Data<App>,
    Allowed(order): Allowed<act::Reopen>,
    Json(why): Json<ReopenSheet>,
) -> Result<Found<ScoreSheet>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&why.reason)), async |tx, permit| {
            let call = call_of(tx, &permit.on().call).await?;
            let after = permit.on().clone().reopened(why.reason, &call, stamp(tx, permit))?;
            Ok::<_, Problem>(store::scoring::save_reopened(tx, permit, after).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Read how far the score sheets of a call are.
///
/// For each eligible application and each member: what is submitted, begun, missing and late; and what nobody judges, or
/// fewer than the call's quorum.
#[utoipa::path(tag = "scoring", security(("bearer" = ["score_sheet.progress"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[get("/calls/{call}/sheet-progress")]
pub(super) async fn read_sheet_progress(
    app: Data<App>,
    Allowed(order): Allowed<act::Progress>,
) -> Result<Found<SheetProgress>, Problem> {
    let permit = app.store.look(&order).await?;
    let call = call_seen(&app, &order, &permit.on().call).await?;
    let sheets = store::scoring::states(&app.store, &permit).await?;
    let places = store::panel::places(&app.store, &permit).await?;
    let applications = store::panel::eligible(&app.store, &permit).await?;
    Ok(Found::new(SheetProgress::of((&call, order.at()), &applications, &places, &sheets)))
}
