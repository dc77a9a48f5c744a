//! Movements between lines (전용·이용·이체·이월), and taking entries back: both lines change, or none.

use super::{
    body::{EntryPath, PairRecord, Record, stamp},
    entry::place,
};
use crate::{
    App,
    http::{Allowed, Created, Json, Language, Path, Problem},
};
use actix_web::{post, web::Data};
use domain::{
    access::{Permit, act::budget as act},
    budget::{
        BudgetLine, Ledger, LineId, NewCarryOver, NewMove, NewReversal, carry_over, reverse, reverse_pair, shift,
    },
    problem::{Fault, INVALID, NOT_KNOWN},
};
use store::budget::PairId;

/// The receiving line, unless there is none that the caller may see.
fn receiving(permit: &Permit<act::Move>) -> Result<&BudgetLine, Problem> {
    let seen = permit.on().other_seen_by(permit.actor());
    seen.ok_or_else(|| Problem::new(&INVALID).with(vec![Fault::new("/to", &NOT_KNOWN)]))
}

/// Move money to another budget line.
///
/// Within the year: reallocation within a body, transfer between items, transfer with a task after a reorganisation.
/// Cash never turns into in-kind support. Refused with the reasons of both lines; those of the receiving one point at `/to`.
#[utoipa::path(tag = "budget", extensions(("x-adds" = json!(true))), security(("bearer" = ["budget_line.move"])), params(("budget_line" = LineId, Path, description = "The giving line's id.")))]
#[post("/budget-lines/{budget_line}/shifts")]
pub(super) async fn shift_budget(
    app: Data<App>,
    Allowed(order): Allowed<act::Move>,
    Path(from): Path<LineId>,
    Json(new): Json<NewMove>,
    language: Language,
) -> Result<Created<PairRecord>, Problem> {
    let ids = [app.chance.id(), app.chance.id()];
    let made: PairRecord = app
        .store
        .write(order.known_as(&PairId::Lines(from, new.to)).adding(), async |tx, permit| {
            let (this, other) = (&permit.on().this, receiving(permit)?);
            let (given, taken) = store::budget::ledgers(tx, permit).await?;
            let (this, other) = (Ledger { line: this, entries: &given }, Ledger { line: other, entries: &taken });
            let paired = shift(this, other, &new, ids, stamp(tx.at(), permit.actor().id))?;
            Ok::<_, Problem>(PairRecord::of(store::budget::record_pair(tx, permit, paired).await?, language))
        })
        .await?;
    Ok(Created::unversioned(place(&made.this), made))
}

/// Carry money over to the next year's budget line.
///
/// On one of the grounds of the law. A commitment that goes along is entered on the new line again, under its reference.
#[utoipa::path(tag = "budget", extensions(("x-adds" = json!(true))), security(("bearer" = ["budget_line.move"])), params(("budget_line" = LineId, Path, description = "The giving line's id.")))]
#[post("/budget-lines/{budget_line}/carry-overs")]
pub(super) async fn carry_over_budget(
    app: Data<App>,
    Allowed(order): Allowed<act::Move>,
    Path(from): Path<LineId>,
    Json(new): Json<NewCarryOver>,
    language: Language,
) -> Result<Created<PairRecord>, Problem> {
    let ids = [app.chance.id(), app.chance.id(), app.chance.id()];
    let made: PairRecord = app
        .store
        .write(order.known_as(&PairId::Lines(from, new.to)).adding(), async |tx, permit| {
            let (this, other) = (&permit.on().this, receiving(permit)?);
            let (given, taken) = store::budget::ledgers(tx, permit).await?;
            let (this, other) = (Ledger { line: this, entries: &given }, Ledger { line: other, entries: &taken });
            let paired = carry_over(this, other, &new, ids, stamp(tx.at(), permit.actor().id))?;
            Ok::<_, Problem>(PairRecord::of(store::budget::record_pair(tx, permit, paired).await?, language))
        })
        .await?;
    Ok(Created::unversioned(place(&made.this), made))
}

/// Take an entry of a budget line back.
///
/// In full, by an entry with the opposite sign; one with a counterpart on another line is taken back with it.
#[utoipa::path(tag = "budget", extensions(("x-adds" = json!(true))), security(("bearer" = ["budget_line.reverse"])), params(EntryPath))]
#[post("/budget-lines/{budget_line}/entries/{entry}/reverse")]
pub(super) async fn reverse_ledger_entry(
    app: Data<App>,
    Allowed(order): Allowed<act::Reverse>,
    Path(path): Path<EntryPath>,
    Json(new): Json<NewReversal>,
    language: Language,
) -> Result<Created<PairRecord>, Problem> {
    let ids = [app.chance.id(), app.chance.id()];
    let made: PairRecord = app
        .store
        .write(order.known_as(&PairId::Entry(path.budget_line, path.entry)).adding(), async |tx, permit| {
            tx.because(new.reason.as_str());
            let stamp = stamp(tx.at(), permit.actor().id);
            let (own, others) = store::budget::ledgers(tx, permit).await?;
            let this = Ledger { line: &permit.on().this, entries: &own };
            let Some(other) = &permit.on().other else {
                let [id, _] = ids;
                let recorded = reverse(this, path.entry, &new, id, stamp)?;
                let this = store::budget::record_alone(tx, permit, recorded).await?;
                return Ok::<_, Problem>(PairRecord { this: Record::of(this, language), other: None });
            };
            let paired = reverse_pair(this, Ledger { line: other, entries: &others }, path.entry, &new, ids, stamp)?;
            let both = PairRecord::of(store::budget::record_pair(tx, permit, paired).await?, language);
            let seen = permit.on().other_seen_by(permit.actor()).is_some();
            Ok(PairRecord { other: both.other.filter(|_| seen), ..both })
        })
        .await?;
    Ok(Created::unversioned(place(&made.this), made))
}
