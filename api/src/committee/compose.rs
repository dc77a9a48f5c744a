//! The committee of a call (위원회 구성): drawn by lot or appointed, chaired, pledged, replaced.

use super::{
    expert::account_fault,
    wire::{CommitteeView, GivePledge, NameChair},
};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    call::{call_of, call_seen},
    http::{Allowed, Found, Json, Language, Page, Path, Problem, Query},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{Action, Role, act::committee as act},
    call::{CallKey, CommitteeRules},
    committee::{Appointment, Committee, DrawAsk, Expert, ExpertId, MemberId, Replacement, Seed, composing},
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
    project::Stamp,
    text::Prose,
};
use serde::Deserialize;
use store::{Order, Purpose, Tx};

/// A committee with what it falls short of, in the reader's language.
async fn shown<A: Action>(
    app: &App,
    order: &Order<A>,
    committee: Committee,
    language: Language,
) -> Result<Found<CommitteeView>, Problem> {
    let call = call_seen(app, order, &committee.call).await?;
    let (version, edition) = (committee.version, call.rules.as_ref().map_or(0, |rules| rules.edition));
    let view = CommitteeView::of(committee, &call, language);
    Ok(Found::version_and(view, version, format_args!("{edition}-{}-{}", call.version, language.tag())))
}

/// Does one act that composes a committee, as long as it may be composed, and keeps it.
pub(crate) async fn compose(
    app: &App,
    order: Order<act::Compose>,
    rule: impl AsyncFnOnce(&Tx, Committee, &CommitteeRules, Stamp) -> Result<Committee, Problem>,
) -> Result<Committee, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let call = call_of(tx, &permit.on().call).await?;
            let rules = composing(&call, tx.at())?;
            let after = rule(tx, permit.on().clone(), rules, stamp(tx, permit)).await?;
            Ok::<_, Problem>(store::committee::save(tx, permit, after).await?)
        })
        .await
}

/// The same, to be shown.
async fn composed(
    app: &App,
    order: Order<act::Compose>,
    language: Language,
    rule: impl AsyncFnOnce(&Tx, Committee, &CommitteeRules, Stamp) -> Result<Committee, Problem>,
) -> Result<Found<CommitteeView>, Problem> {
    let asked = order.clone();
    let saved = compose(app, order, rule).await?;
    shown(app, &asked, saved, language).await
}

/// Draws members by the lot of a seed.
pub(crate) async fn draw(
    app: &App,
    order: Order<act::Compose>,
    ask: &DrawAsk,
    seed: Seed,
) -> Result<Committee, Problem> {
    compose(app, order, async |tx, committee, rules, stamp| {
        let pool = store::committee::pool(tx).await?;
        Ok(committee.with_lot(ask, &pool, rules, (seed, stamp))?)
    })
    .await
}

/// An expert who is named, held as it stands. Its account, if it has one, still holds the role of a committee member.
async fn expert(tx: &Tx, id: ExpertId, at: &str) -> Result<Expert, Problem> {
    let found = tx.load::<Expert>(&id.to_string(), Purpose::Add).await?;
    let found = found.ok_or_else(|| Refusal::new(&INVALID).with(vec![Fault::new(at, &NOT_KNOWN)]))?;
    if let Some(account) = found.details.account {
        Refusal::unless_clean(account_fault(tx, account, at, &[Role::CommitteeMember]).await?.into_iter().collect())?;
    }
    Ok(found)
}

/// Read the committee of a call.
///
/// With everybody who is or was on it, every lot that was drawn, and in what its composition falls short of the call's
/// rules. A call of which nobody has made one yet has an empty committee.
#[utoipa::path(tag = "committee", security(("bearer" = ["committee.read"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[get("/calls/{call}/committee")]
pub(super) async fn read_committee(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    language: Language,
) -> Result<Found<CommitteeView>, Problem> {
    let committee = app.store.look(&order).await?.on().clone();
    shown(&app, &order, committee, language).await
}

/// Read a committee's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "committee", security(("bearer" = ["committee.history"])),
    params(("call" = CallKey, Path, description = "The call's key."), HistoryPage))]
#[get("/calls/{call}/committee/history")]
pub(super) async fn read_committee_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let call = app.store.look(&order).await?.on().call.to_string();
    Ok(Page::of(store::audit::history(&app.store, "committee", &call, &ask.ask()).await?))
}

/// Draw members by lot.
///
/// From among the active experts with an account that holds a committee member's role now, who are no members. The seed is made by chance and recorded with the pool:
/// the place of each candidate is the SHA-256 of the seed, a colon and its id, the smallest first, so that anybody can draw
/// the same lot again.
#[utoipa::path(tag = "committee", security(("bearer" = ["committee.compose"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/committee/draws")]
pub(super) async fn draw_committee(
    app: Data<App>,
    Allowed(order): Allowed<act::Compose>,
    language: Language,
    Json(ask): Json<DrawAsk>,
) -> Result<Found<CommitteeView>, Problem> {
    let seed = Seed::from(app.chance.secret().map_err(|e| Problem::internal(e.to_string()))?);
    let asked = order.clone();
    let saved = draw(&app, order, &ask, seed).await?;
    shown(&app, &asked, saved, language).await
}

/// Appoint a member.
///
/// With a reason, since nobody was drawn. The expert's account holds a committee member's role now.
#[utoipa::path(tag = "committee", security(("bearer" = ["committee.compose"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/committee/members")]
pub(super) async fn appoint_committee_member(
    app: Data<App>,
    Allowed(order): Allowed<act::Compose>,
    language: Language,
    Json(new): Json<Appointment>,
) -> Result<Found<CommitteeView>, Problem> {
    let order = order.because(Some(&new.reason));
    composed(&app, order, language, async |tx, committee, rules, stamp| {
        let expert = expert(tx, new.expert, "/expert").await?;
        Ok(committee.with_appointment(new, &expert, rules, stamp)?)
    })
    .await
}

/// Name the chair.
///
/// From among the members; whoever was in the chair stays a member.
#[utoipa::path(tag = "committee", security(("bearer" = ["committee.compose"])), params(("call" = CallKey, Path, description = "The call's key.")))]
#[post("/calls/{call}/committee/chair")]
pub(super) async fn name_committee_chair(
    app: Data<App>,
    Allowed(order): Allowed<act::Compose>,
    language: Language,
    Json(chair): Json<NameChair>,
) -> Result<Found<CommitteeView>, Problem> {
    composed(&app, order, language, async |_, committee, _, stamp| Ok(committee.chaired_by(chair.member, stamp)?)).await
}

/// Give the own pledge of secrecy and of no conflict.
///
/// Before it a member is given no application and sees no paper.
#[utoipa::path(tag = "committee", security(("bearer" = ["committee.pledge"])), params(("call" = CallKey, Path, description = "The call's key.")),
    extensions(("x-any-version" = json!(true))))]
#[post("/calls/{call}/committee/pledge")]
pub(super) async fn give_committee_pledge(
    app: Data<App>,
    Allowed(order): Allowed<act::Pledge>,
    language: Language,
    Json(pledge): Json<GivePledge>,
) -> Result<Found<CommitteeView>, Problem> {
    let asked = order.clone();
    let saved = give_pledge(&app, order, pledge.words).await?;
    shown(&app, &asked, saved, language).await
}

/// Records the own pledge.
pub(crate) async fn give_pledge(
    app: &App,
    order: Order<act::Pledge>,
    words: Prose<5000>,
) -> Result<Committee, Problem> {
    app.store
        .write(order.regardless(), async |tx, permit| {
            let after = permit.on().clone().pledged(words, stamp(tx, permit))?;
            Ok::<_, Problem>(store::committee::save(tx, permit, after).await?)
        })
        .await
}

/// Who leaves which committee.
#[derive(Debug, Deserialize)]
pub(super) struct Leaving {
    member: MemberId,
}

/// Let a member leave.
///
/// What the member did stays; every application that was given to it waits to be given to somebody else. Who takes its
/// place, if anybody is named, comes in the same step.
#[utoipa::path(tag = "committee", security(("bearer" = ["committee.compose"])), params(
    ("call" = CallKey, Path, description = "The call's key."), ("member" = MemberId, Path, description = "The member's account.")))]
#[post("/calls/{call}/committee/members/{member}/leave")]
pub(super) async fn leave_committee(
    app: Data<App>,
    Allowed(order): Allowed<act::Compose>,
    Path(Leaving { member }): Path<Leaving>,
    language: Language,
    Json(with): Json<Replacement>,
) -> Result<Found<CommitteeView>, Problem> {
    let asked = order.clone();
    let saved = app
        .store
        .write(order.because(Some(&with.reason)), async |tx, permit| {
            let call = call_of(tx, &permit.on().call).await?;
            let rules = composing(&call, tx.at())?;
            let successor = match &with.successor {
                Some(new) => Some(expert(tx, new.expert, "/successor/expert").await?),
                None => None,
            };
            let (stamp, reason) = (stamp(tx, permit), with.reason.clone());
            let after = permit.on().clone().replaced(member, with, successor.as_ref(), (rules, stamp))?;
            let saved = store::committee::save(tx, permit, after).await?;
            let seats = store::panel::seated(tx, &saved.call, member).await?;
            let vacated = seats.iter().filter_map(|panel| panel.clone().vacated(member, reason.clone(), stamp));
            store::panel::save_many(tx, permit, &seats, &vacated.collect::<Vec<_>>()).await?;
            Ok::<_, Problem>(saved)
        })
        .await?;
    shown(&app, &asked, saved, language).await
}
