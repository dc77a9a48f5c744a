//! A line's ledger (원장): what is booked, what it adds up to on any day, and the next movement.

use super::body::{AsOf, Commitment, EntryCheck, EntryPath, LinePosition, ListEntries, Record, stamp};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Language, Page, Path, Problem, Query},
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::budget as act,
    budget::{Entry, Ledger, LineId, NewEntry, Position, preflight, record},
};

/// Read a budget line's balances.
///
/// As of the end of any day by booking date, computed from the ledger, with each commitment's part.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.read"])), params(("budget_line" = LineId, Path, description = "The line's id."), AsOf))]
#[get("/budget-lines/{budget_line}/balances")]
pub(super) async fn read_budget_balances(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    Query(AsOf { as_of }): Query<AsOf>,
) -> Result<Found<LinePosition>, Problem> {
    let permit = app.store.look(&order).await?;
    let entries = store::budget::ledger_shown(&app.store, &permit).await?;
    let Position { balances, commitments } = Position::of(&entries, as_of)?;
    let commitments = commitments.into_iter().map(|(reference, balance)| Commitment { reference, balance }).collect();
    Ok(Found::new(LinePosition {
        as_of,
        execution_rate: balances.execution_rate(),
        real_execution_rate: balances.real_execution_rate(),
        balances,
        commitments,
    }))
}

/// List a budget line's entries.
///
/// In the order of recording. Entries are never changed: a mistake is taken back by a further entry.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.read"])), params(("budget_line" = LineId, Path, description = "The line's id."), ListEntries))]
#[get("/budget-lines/{budget_line}/entries")]
pub(super) async fn list_ledger_entries(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    Query(ask): Query<ListEntries>,
) -> Result<Page<Entry>, Problem> {
    let permit = app.store.look(&order).await?;
    Ok(Page::of(store::budget::entries(&app.store, &permit, &ask.filter(), &ask.page()).await?))
}

/// Read an entry of a budget line.
///
/// With its counterpart on another line, if it has one, and what it takes back.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.read"])), params(EntryPath))]
#[get("/budget-lines/{budget_line}/entries/{entry}")]
pub(super) async fn read_ledger_entry(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    Path(path): Path<EntryPath>,
) -> Result<Found<Entry>, Problem> {
    let permit = app.store.look(&order).await?;
    Ok(Found::new(store::budget::entry(&app.store, &permit, path.entry).await?))
}

/// Record a movement on a budget line.
///
/// Refused when it would commit more than the current budget or spend more than was committed, on any day from its booking
/// on; on a draft line this only warns. No version need be named: the rule is asked when the entry's turn has come.
#[utoipa::path(tag = "budget", extensions(("x-adds" = json!(true))), security(("bearer" = ["budget_line.record"])), params(("budget_line" = LineId, Path, description = "The line's id.")))]
#[post("/budget-lines/{budget_line}/entries")]
pub(super) async fn record_ledger_entry(
    app: Data<App>,
    Allowed(order): Allowed<act::Record>,
    Json(new): Json<NewEntry>,
    language: Language,
) -> Result<Created<Record>, Problem> {
    let id = app.chance.id();
    let made: Record = app
        .store
        .write(order.adding(), async |tx, permit| {
            let entries = store::budget::ledger(tx, permit).await?;
            let ledger = Ledger { line: permit.on(), entries: &entries };
            let recorded = record(ledger, &new, id, stamp(tx.at(), permit.actor().id))?;
            Ok::<_, Problem>(Record::of(store::budget::record(tx, permit, recorded).await?, language))
        })
        .await?;
    Ok(Created::unversioned(place(&made), made))
}

/// Where the first new entry is.
pub(super) fn place(made: &Record) -> String {
    let entry = made.entries.first().map(|entry| format!("/{}", entry.id)).unwrap_or_default();
    format!("/v1/budget-lines/{}/entries{entry}", made.line.id)
}

/// Check a movement beforehand.
///
/// Would it be recorded today, and if not, why not? The same rule as for recording; nothing is changed.
#[utoipa::path(tag = "budget", extensions(("x-any-version" = json!(true))), security(("bearer" = ["budget_line.record"])), params(("budget_line" = LineId, Path, description = "The line's id.")))]
#[post("/budget-lines/{budget_line}/entries/preflight")]
pub(super) async fn check_ledger_entry(
    app: Data<App>,
    Allowed(order): Allowed<act::Record>,
    Json(new): Json<NewEntry>,
    language: Language,
) -> Result<Found<EntryCheck>, Problem> {
    let permit = app.store.look(&order).await?;
    let entries = store::budget::ledger_shown(&app.store, &permit).await?;
    let ledger = Ledger { line: permit.on(), entries: &entries };
    let told = preflight(ledger, &new, app.chance.id(), stamp(order.at(), order.actor().id));
    Ok(Found::new(EntryCheck::of(told, language)))
}
