//! Bodies (기관): reading the register, entering, correcting and closing.

mod wire;

use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::act::body as act,
    body::{Body, NewBody},
    problem::{Fault, NOT_KNOWN, Refusal},
};
use store::Tx;
use wire::{BodyPatch, CloseBody, ListBodies};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_bodies)
        .service(read_body)
        .service(create_body)
        .service(change_body)
        .service(close_body)
        .service(read_body_history);
}

/// List the bodies.
///
/// By key; as of any day. A name may belong to several bodies: the key is what identifies one.
#[utoipa::path(tag = "body", params(ListBodies), security(("bearer" = ["body.read"])))]
#[get("/bodies")]
async fn list_bodies(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListBodies>,
) -> Result<Page<Body>, Problem> {
    Ok(Page::of(store::body::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a body.
///
/// With its life, its predecessors and its successors.
#[utoipa::path(tag = "body", security(("bearer" = ["body.look"])), params(("body" = domain::access::BodyKey, Path, description = "The body's key.")))]
#[get("/bodies/{body}")]
async fn read_body(app: Data<App>, Allowed(order): Allowed<act::Look>) -> Result<Found<Body>, Problem> {
    let body = app.store.look(&order).await?.on().clone();
    let version = body.version;
    Ok(Found::version(body, version))
}

/// Enter a body.
///
/// Its parent and its predecessors must be known.
#[utoipa::path(tag = "body", security(("bearer" = ["body.create"])))]
#[post("/bodies")]
async fn create_body(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewBody>,
) -> Result<Created<Body>, Problem> {
    let made = app
        .store
        .write(order, async |tx, permit| {
            let named = [("/facts/parent", new.facts.parent.as_slice()), ("/predecessors", &new.predecessors)];
            known(tx, named).await?;
            Ok::<_, Problem>(store::body::add(tx, permit, Body::create(new)?).await?)
        })
        .await?;
    Ok(Created::at(format!("/v1/bodies/{}", made.key), made.version, made))
}

/// Correct a body's facts.
///
/// A reorganisation is no correction: close the body and name its successors.
#[utoipa::path(tag = "body", security(("bearer" = ["body.change"])),
    request_body(content = BodyPatch, content_type = "application/merge-patch+json"),
    params(("body" = domain::access::BodyKey, Path, description = "The body's key.")))]
#[patch("/bodies/{body}")]
async fn change_body(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<BodyPatch>,
) -> Result<Found<Body>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let facts = patch.over(permit.on().facts.clone());
            known(tx, [("/parent", facts.parent.as_slice())]).await?;
            Ok::<_, Problem>(store::body::save(tx, permit, permit.on().clone().change(facts)?).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Close a body.
///
/// Its history stays under its name; from the day after its last day it takes no new project.
#[utoipa::path(tag = "body", security(("bearer" = ["body.close"])), params(("body" = domain::access::BodyKey, Path, description = "The body's key.")))]
#[post("/bodies/{body}/close")]
async fn close_body(
    app: Data<App>,
    Allowed(order): Allowed<act::Close>,
    Json(close): Json<CloseBody>,
) -> Result<Found<Body>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            known(tx, [("/successors", close.successors.as_slice())]).await?;
            tx.because(close.reason.as_str());
            let closed = permit.on().clone().close(close.last_day, close.successors, close.reason)?;
            Ok::<_, Problem>(store::body::save(tx, permit, closed).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Read a body's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "body", security(("bearer" = ["body.look"])),
    params(("body" = domain::access::BodyKey, Path, description = "The body's key."), HistoryPage))]
#[get("/bodies/{body}/history")]
async fn read_body_history(
    app: Data<App>,
    Allowed(order): Allowed<act::Look>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let key = app.store.look(&order).await?.on().key.to_string();
    Ok(Page::of(store::audit::history(&app.store, "body", &key, &ask.ask()).await?))
}

/// Refuses keys that name no body, all of them at once.
async fn known<const N: usize>(tx: &Tx, named: [(&str, &[domain::access::BodyKey]); N]) -> Result<(), Problem> {
    let keys: Vec<_> = named.iter().flat_map(|(_, keys)| keys.iter().cloned()).collect();
    let unknown = store::body::unknown(tx, &keys).await?;
    let pointers = named.iter().filter(|(_, keys)| keys.iter().any(|k| unknown.contains(k)));
    Ok(Refusal::unless_clean(pointers.map(|(pointer, _)| Fault::new(*pointer, &NOT_KNOWN)).collect())?)
}
