//! Advisers (자문위원): experts of the pool who counsel for a term.

use super::wire::{AdviserListed, ListAdvisers, ReleaseAdviser};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, put, web::Data};
use domain::{
    access::{Role, act::adviser as act},
    account::{Account, AccountId},
    committee::{EXPERT_RETIRED, Expert, ExpertId, ExpertStanding},
    consultation::{ADVISER_KNOWN, ADVISER_WITHOUT_ROLE, Adviser, AdviserTerms, NewAdviser},
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
};
use store::{Order, Purpose, Tx};

fn found(adviser: Adviser) -> Found<Adviser> {
    let version = adviser.version;
    Found::version(adviser, version)
}

/// List the advisers.
///
/// In the order in which they were entered, each with the name and the consultations under way.
#[utoipa::path(tag = "advisory", params(ListAdvisers), security(("bearer" = ["adviser.list"])))]
#[get("/advisers")]
pub(super) async fn list_advisers(
    app: Data<App>,
    Scoped(scope): Scoped<act::List>,
    Query(ask): Query<ListAdvisers>,
) -> Result<Page<AdviserListed>, Problem> {
    let today = app.clock.now().day();
    let page = store::consultation::list_advisers(&app.store, &scope, &ask.filter(today), &ask.page()).await?;
    Ok(Page::of(page.map(AdviserListed::of)))
}

/// Make an expert an adviser.
///
/// The expert is active and has an account that holds the role of an adviser. The same expert may serve on committees; what
/// ties the expert to bodies stands in the pool.
#[utoipa::path(tag = "advisory", security(("bearer" = ["adviser.appoint"])))]
#[post("/advisers")]
pub(super) async fn appoint_adviser(
    app: Data<App>,
    Allowed(order): Allowed<act::Appoint>,
    Json(new): Json<NewAdviser>,
) -> Result<Created<Adviser>, Problem> {
    let made = appoint(&app, order, new).await?;
    let (id, version) = (made.id, made.version);
    Ok(Created::under("/v1/advisers", id, version, made))
}

/// Makes an expert an adviser.
pub(crate) async fn appoint(app: &App, order: Order<act::Appoint>, new: NewAdviser) -> Result<Adviser, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let account = account_of(tx, new.expert).await?;
            if store::consultation::is_adviser(tx, new.expert).await? {
                return Err(Refusal::new(&ADVISER_KNOWN).into());
            }
            let made = Adviser::appoint(new.expert, account, new.terms, stamp(tx, permit))?;
            Ok::<_, Problem>(store::consultation::add_adviser(tx, permit, made).await?)
        })
        .await
}

/// The account of an expert who can serve: active, with the role of an adviser.
async fn account_of(tx: &Tx, id: ExpertId) -> Result<AccountId, Problem> {
    let at = |code| Refusal::new(&INVALID).with(vec![Fault::new("/expert", code)]);
    let expert = tx.load::<Expert>(&id.to_string(), Purpose::Add).await?.ok_or_else(|| at(&NOT_KNOWN))?;
    if expert.standing == ExpertStanding::Retired {
        return Err(Refusal::new(&EXPERT_RETIRED).into());
    }
    let own = expert.details.account.ok_or_else(|| at(&ADVISER_WITHOUT_ROLE))?;
    let account = tx.load::<Account>(&own.to_string(), Purpose::Add).await?;
    let holds = |account: &Account| account.actor(tx.at()).grants.iter().any(|g| g.role == Role::Adviser);
    if account.is_some_and(|account| holds(&account)) { Ok(own) } else { Err(at(&ADVISER_WITHOUT_ROLE).into()) }
}

/// Read an adviser.
///
/// Topics, term and load. Advisers may read their own terms.
#[utoipa::path(tag = "advisory", security(("bearer" = ["adviser.read"])),
    params(("adviser" = ExpertId, Path, description = "The expert's id.")))]
#[get("/advisers/{adviser}")]
pub(super) async fn read_adviser(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<Adviser>, Problem> {
    Ok(found(app.store.look(&order).await?.on().clone()))
}

/// Read an adviser's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "advisory", security(("bearer" = ["adviser.history"])),
    params(("adviser" = ExpertId, Path, description = "The expert's id."), HistoryPage))]
#[get("/advisers/{adviser}/history")]
pub(super) async fn read_adviser_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().id.to_string();
    Ok(Page::of(store::audit::history(&app.store, "adviser", &id, &ask.ask()).await?))
}

/// Say an adviser's terms anew.
///
/// Topics, term and load, for the account that the expert has now. Whoever was released serves again by it.
#[utoipa::path(tag = "advisory", security(("bearer" = ["adviser.change"])),
    params(("adviser" = ExpertId, Path, description = "The expert's id.")))]
#[put("/advisers/{adviser}/terms")]
pub(super) async fn change_adviser_terms(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(terms): Json<AdviserTerms>,
) -> Result<Found<Adviser>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let account = account_of(tx, permit.on().id).await?;
            let after = permit.on().clone().changed(account, terms, stamp(tx, permit))?;
            Ok::<_, Problem>(store::consultation::save_adviser(tx, permit, after).await?)
        })
        .await?;
    Ok(found(saved))
}

/// Release an adviser.
///
/// From now on nothing assigned to the adviser is to be seen by them; what they wrote stays.
#[utoipa::path(tag = "advisory", security(("bearer" = ["adviser.change"])),
    params(("adviser" = ExpertId, Path, description = "The expert's id.")))]
#[post("/advisers/{adviser}/release")]
pub(super) async fn release_adviser(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(why): Json<ReleaseAdviser>,
) -> Result<Found<Adviser>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&why.reason)), async |tx, permit| {
            let after = permit.on().clone().released(why.reason, stamp(tx, permit))?;
            Ok::<_, Problem>(store::consultation::save_adviser(tx, permit, after).await?)
        })
        .await?;
    Ok(found(saved))
}
