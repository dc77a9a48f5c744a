//! The pool of experts (전문가 풀): entered, described, retired.

use super::wire::{ExpertPatch, ListExperts, RetireExpert};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::{Role, act::expert as act},
    account::{Account, AccountId},
    committee::{ACCOUNT_WITHOUT_ROLE, Expert, ExpertDetails, ExpertId, With},
    id::Id,
    problem::{Fault, NOT_KNOWN, Refusal},
};
use store::{Order, Purpose, StoreError, Tx};

/// List the experts of the pool.
///
/// In the order in which they were entered.
#[utoipa::path(tag = "committee", params(ListExperts), security(("bearer" = ["expert.list"])))]
#[get("/experts")]
pub(super) async fn list_experts(
    app: Data<App>,
    Scoped(scope): Scoped<act::List>,
    Query(ask): Query<ListExperts>,
) -> Result<Page<Expert>, Problem> {
    Ok(Page::of(store::committee::list_experts(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read an expert.
///
/// With what ties the expert to bodies and companies. Experts may read their own record.
#[utoipa::path(tag = "committee", security(("bearer" = ["expert.read"])),
    params(("expert" = ExpertId, Path, description = "The expert's id.")))]
#[get("/experts/{expert}")]
pub(super) async fn read_expert(app: Data<App>, Allowed(order): Allowed<act::Read>) -> Result<Found<Expert>, Problem> {
    Ok(found(app.store.look(&order).await?.on().clone()))
}

fn found(expert: Expert) -> Found<Expert> {
    let version = expert.version;
    Found::version(expert, version)
}

/// Enter an expert.
///
/// An account that is named must be there and hold the role of a committee member or an adviser; it belongs to one expert alone.
#[utoipa::path(tag = "committee", security(("bearer" = ["expert.create"])))]
#[post("/experts")]
pub(super) async fn create_expert(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<ExpertDetails>,
) -> Result<Created<Expert>, Problem> {
    let made = enter(&app, order, Id::new(app.chance.uuid()), new).await?;
    let (id, version) = (made.id, made.version);
    Ok(Created::under("/v1/experts", id, version, made))
}

/// Enters an expert under an id.
pub(crate) async fn enter(
    app: &App,
    order: Order<act::Create>,
    id: ExpertId,
    new: ExpertDetails,
) -> Result<Expert, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let unknown = unknown(tx, &new, None).await?;
            let expert = with(Expert::create(id, new, stamp(tx, permit)), unknown)?;
            Ok::<_, Problem>(store::committee::add_expert(tx, permit, expert).await?)
        })
        .await
}

/// Change what is known of an expert.
///
/// What the expert was appointed as stays as it was.
#[utoipa::path(tag = "committee", security(("bearer" = ["expert.change"])),
    request_body(content = ExpertPatch, content_type = "application/merge-patch+json"),
    params(("expert" = ExpertId, Path, description = "The expert's id.")))]
#[patch("/experts/{expert}")]
pub(super) async fn change_expert(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<ExpertPatch>,
) -> Result<Found<Expert>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on();
            let details = patch.over(before.details.clone());
            let unknown = unknown(tx, &details, Some(&before.details)).await?;
            let after = with(before.clone().changed(details, stamp(tx, permit)), unknown)?;
            Ok::<_, Problem>(store::committee::save_expert(tx, permit, after).await?)
        })
        .await?;
    Ok(found(saved))
}

/// Take an expert out of the pool.
///
/// The record stays, and so does what the expert was part of.
#[utoipa::path(tag = "committee", security(("bearer" = ["expert.change"])),
    params(("expert" = ExpertId, Path, description = "The expert's id.")))]
#[post("/experts/{expert}/retire")]
pub(super) async fn retire_expert(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(why): Json<RetireExpert>,
) -> Result<Found<Expert>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&why.reason)), async |tx, permit| {
            let after = permit.on().clone().retired(stamp(tx, permit))?;
            Ok::<_, Problem>(store::committee::save_expert(tx, permit, after).await?)
        })
        .await?;
    Ok(found(saved))
}

/// Read an expert's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "committee", security(("bearer" = ["expert.history"])),
    params(("expert" = ExpertId, Path, description = "The expert's id."), HistoryPage))]
#[get("/experts/{expert}/history")]
pub(super) async fn read_expert_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().id.to_string();
    Ok(Page::of(store::audit::history(&app.store, "expert", &id, &ask.ask()).await?))
}

/// What is wrong with an account that is to be an expert's: it is not there, or holds none of these roles now. It is held as
/// it stands.
pub(super) async fn account_fault(
    tx: &Tx,
    id: AccountId,
    at: &str,
    roles: &[Role],
) -> Result<Option<Fault>, StoreError> {
    let account = tx.load::<Account>(&id.to_string(), Purpose::Add).await?;
    let holds = |account: &Account| account.actor(tx.at()).grants.iter().any(|g| roles.contains(&g.role));
    Ok(match account {
        None => Some(Fault::new(at, &NOT_KNOWN)),
        Some(account) if !holds(&account) => Some(Fault::new(at, &ACCOUNT_WITHOUT_ROLE)),
        Some(_) => None,
    })
}

/// What the details refer to and is not there: the account with its role, bodies of ties. What stood there before stays.
async fn unknown(tx: &Tx, details: &ExpertDetails, before: Option<&ExpertDetails>) -> Result<Vec<Fault>, Problem> {
    let mut faults = Vec::new();
    if let Some(id) = details.account.filter(|id| before.and_then(|before| before.account) != Some(*id)) {
        faults.extend(account_fault(tx, id, "/account", &[Role::CommitteeMember, Role::Adviser]).await?);
    }
    let named = |(index, tie): (usize, &domain::committee::Tie)| match &tie.with {
        With::Body(body) => Some((index, body.clone())),
        With::Organisation(_) => None,
    };
    let bodies: Vec<_> = details.ties.iter().enumerate().filter_map(named).collect();
    if !bodies.is_empty() {
        let keys: Vec<_> = bodies.iter().map(|(_, body)| body.clone()).collect();
        let unknown = store::body::unknown(tx, &keys).await?;
        let wrong = bodies.iter().filter(|(_, body)| unknown.contains(body));
        faults.extend(wrong.map(|(index, _)| Fault::new(format!("/ties/{index}/with/body"), &NOT_KNOWN)));
    }
    Ok(faults)
}

/// What a rule made of it, with these faults beside its own.
fn with<T>(made: Result<T, Refusal>, more: Vec<Fault>) -> Result<T, Refusal> {
    match made {
        Ok(made) => Refusal::unless_clean(more).map(|()| made),
        Err(mut refusal) => {
            refusal.faults.extend(more);
            Err(refusal)
        }
    }
}
