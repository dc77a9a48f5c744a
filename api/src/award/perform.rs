//! Carrying an agreement out (협약 이행·교부·정산): steps, conditions, instalments, the settlement.

use super::{
    act_on, booked, shown,
    wire::{AwardView, MeetCondition, PayInstalment},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Path, Problem},
    project::stamp,
};
use actix_web::{post, web::Data};
use domain::{
    access::{Permit, act::award as act},
    application::ApplicationId,
    award::{Award, FundingSource, NewSettlement, NewStep, book, refused_at},
    budget::{EntryId, NewEntry},
    day::Day,
};
use serde::Deserialize;
use store::{Order, Tx, budget::MovesAwardLine};

/// Record a step of the managing agency.
///
/// Planned anew or done: the plan of the work, then the choice of a supplier. Of each step the last record counts, and the
/// others are kept.
#[utoipa::path(tag = "award", security(("bearer" = ["award.record_step"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")),
    extensions(("x-adds" = json!(true))))]
#[post("/awards/{application}/steps")]
pub(super) async fn record_award_step(
    app: Data<App>,
    Allowed(order): Allowed<act::RecordStep>,
    Json(new): Json<NewStep>,
) -> Result<Found<AwardView>, Problem> {
    act_on(&app, order.adding(), |award, stamp| award.step_recorded(new, stamp)).await
}

/// Which condition.
#[derive(Debug, Deserialize)]
pub(super) struct WhichCondition {
    condition: usize,
}

/// Record that a condition was met.
///
/// Once; the record is not edited.
#[utoipa::path(tag = "award", security(("bearer" = ["award.meet_condition"])), params(
    ("application" = ApplicationId, Path, description = "The id of the application that it was given to."),
    ("condition" = usize, Path, description = "The number of the condition in the agreement.", minimum = 1, maximum = 100)))]
#[post("/awards/{application}/conditions/{condition}/met")]
pub(super) async fn meet_agreement_condition(
    app: Data<App>,
    Allowed(order): Allowed<act::MeetCondition>,
    Path(WhichCondition { condition }): Path<WhichCondition>,
    Json(met): Json<MeetCondition>,
) -> Result<Found<AwardView>, Problem> {
    act_on(&app, order, |award, stamp| award.condition_met(condition, (met.met_on, met.note), stamp)).await
}

/// Which instalment.
#[derive(Debug, Deserialize)]
pub(super) struct WhichInstalment {
    instalment: usize,
}

/// Record that an instalment was paid.
///
/// Once. It is booked as expenditure on the national budget line, under the agreement's number.
#[utoipa::path(tag = "award", security(("bearer" = ["award.pay"])), params(
    ("application" = ApplicationId, Path, description = "The id of the application that it was given to."),
    ("instalment" = usize, Path, description = "The number of the instalment in the agreement.", minimum = 1, maximum = 50)))]
#[post("/awards/{application}/instalments/{instalment}/paid")]
pub(super) async fn pay_award_instalment(
    app: Data<App>,
    Allowed(order): Allowed<act::Pay>,
    Path(WhichInstalment { instalment }): Path<WhichInstalment>,
    Json(PayInstalment { paid_on }): Json<PayInstalment>,
) -> Result<Found<AwardView>, Problem> {
    Ok(shown(paid(&app, order, (instalment, paid_on), || app.chance.id()).await?))
}

/// Records that an instalment was paid on a day. The entry in the ledger is given this id.
pub(crate) async fn paid(
    app: &App,
    order: Order<act::Pay>,
    (instalment, paid_on): (usize, Day),
    fresh: impl FnMut() -> EntryId,
) -> Result<Award, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let (after, amount) = permit.on().clone().instalment_paid(instalment, paid_on, stamp(tx, permit))?;
            let entries: Vec<NewEntry> = after.expended(amount, paid_on).into_iter().collect();
            let after = store::award::save(tx, permit, after).await?;
            record((tx, permit), |_| Ok(entries), fresh, "/paid_on").await?;
            Ok::<_, Problem>(after)
        })
        .await
}

/// Settle an award.
///
/// What was used of each source, with its evidence; what was paid in and not used goes back. On the national budget line the
/// use, the return and what is no longer committed are booked with it, as long as its year takes them.
#[utoipa::path(tag = "award", security(("bearer" = ["award.settle"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")))]
#[post("/awards/{application}/settlement")]
pub(super) async fn settle_award(
    app: Data<App>,
    Allowed(order): Allowed<act::Settle>,
    Json(new): Json<NewSettlement>,
) -> Result<Found<AwardView>, Problem> {
    Ok(shown(settled(&app, order, new, || app.chance.id()).await?))
}

/// Settles an award. The entries in the ledger are given these ids.
pub(crate) async fn settled(
    app: &App,
    order: Order<act::Settle>,
    new: NewSettlement,
    fresh: impl FnMut() -> EntryId,
) -> Result<Award, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let after = permit.on().clone().settled(new, stamp(tx, permit))?;
            let after = store::award::save(tx, permit, after).await?;
            record((tx, permit), |line| after.settlement_entries(line), fresh, "/settled_on").await?;
            Ok::<_, Problem>(after)
        })
        .await
}

/// Books on the national line of an award, where it has one.
async fn record<A: MovesAwardLine>(
    (tx, permit): (&Tx, &Permit<A>),
    entries: impl FnOnce(&domain::budget::BudgetLine) -> Result<Vec<NewEntry>, domain::problem::Refusal>,
    fresh: impl FnMut() -> EntryId,
    day: &str,
) -> Result<(), Problem> {
    let Some((line, known)) = store::budget::award_line(tx, permit, FundingSource::National).await? else {
        return Ok(());
    };
    let new = entries(&line)?;
    if new.is_empty() {
        return Ok(());
    }
    let recorded = book(&line, &known, &new, fresh, booked(tx, permit));
    let recorded = recorded.map_err(|refusal| refused_at(refusal, day))?;
    store::budget::record_on_award_line(tx, permit, &line, recorded).await?;
    Ok(())
}
