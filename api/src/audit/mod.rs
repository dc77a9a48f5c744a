//! The audit trail (감사 기록): read by auditors, verified and checkpointed; reading it is recorded too.

mod body;

pub use body::{HistoryEntry, HistoryPage};

use crate::{
    App,
    http::{Accepted, Allowed, Found, Json, Page, Path, Problem, Query},
};
use actix_web::{get, post, web::Data};
use body::{AuditEntry, EntryPath, ListAuditEntries, VerifyAudit, read_of};
use domain::{
    access::act::audit as act,
    audit::Checkpoint,
    operation::{Operation, OperationKind, Stage},
    problem::{Fault, INVALID, REQUIRED},
};
use serde_json::json;
use std::cell::Cell;
use store::{Order, StoreError, audit::Against};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_audit_entries).service(read_audit_entry).service(read_audit_checkpoint).service(verify_audit);
}

/// The chain in which reading the trail is recorded.
const SYSTEM: &str = "axtrack";

/// List the entries of the audit trail.
///
/// Newest first. Reading them leaves an entry of its own, which says what was asked for.
#[utoipa::path(tag = "audit", params(ListAuditEntries), security(("bearer" = ["audit.read"])))]
#[get("/audit/entries")]
async fn list_audit_entries(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    Query(ask): Query<ListAuditEntries>,
) -> Result<Page<AuditEntry>, Problem> {
    let permit = app.store.look(&order).await?;
    let missing = || Problem::new(&INVALID).with(vec![Fault::new("?subject_kind", &REQUIRED)]);
    let filter = ask.filter().ok_or_else(missing)?;
    let page = store::audit::list(&app.store, &permit, &filter, &ask.page()).await?;
    app.store.log_read(&order, SYSTEM, read_of(&ask)).await?;
    Ok(Page::of(page))
}

/// Read an entry of the audit trail.
///
/// With its hash and that of the entry before it in its chain. Reading it leaves an entry of its own.
#[utoipa::path(tag = "audit", params(EntryPath), security(("bearer" = ["audit.read"])))]
#[get("/audit/entries/{seq}")]
async fn read_audit_entry(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
    Path(path): Path<EntryPath>,
) -> Result<Found<AuditEntry>, Problem> {
    let permit = app.store.look(&order).await?;
    let entry = store::audit::read(&app.store, &permit, path.seq).await?;
    app.store.log_read(&order, SYSTEM, json!({ "entry": path.seq })).await?;
    Ok(Found::new(entry.into()))
}

/// Take a checkpoint of the audit trail.
///
/// One Merkle root over the ends of all chains. Keep it elsewhere: a later verification against it finds chains that
/// were cut short or removed.
#[utoipa::path(tag = "audit", security(("bearer" = ["audit.verify"])))]
#[get("/audit/checkpoint")]
async fn read_audit_checkpoint(
    app: Data<App>,
    Allowed(order): Allowed<act::Verify>,
) -> Result<Found<Checkpoint>, Problem> {
    app.store.look(&order).await?;
    Ok(Found::new(store::audit::checkpoint(&app.store, order.at(), |_| Ok(())).await?))
}

/// Verify the audit trail.
///
/// Recomputes every chain and names each entry that fails, and how. Answers at once with an operation; its result is
/// the report.
#[utoipa::path(tag = "audit", security(("bearer" = ["audit.verify"])))]
#[post("/audit/verifications")]
async fn verify_audit(
    app: Data<App>,
    Allowed(order): Allowed<act::Verify>,
    Json(wish): Json<VerifyAudit>,
) -> Result<Accepted<Operation>, Problem> {
    let begun = Operation::begin(app.chance.id(), OperationKind::VerifyAudit, order.actor().id, order.at());
    // A retry is answered from what was kept, and begins nothing.
    let fresh = Cell::new(false);
    let order: Order<act::Verify> = order;
    let operation = app
        .store
        .write(order, async |tx, permit| {
            fresh.set(true);
            store::operation::begin(tx, permit, begun.clone()).await
        })
        .await
        .map_err(Problem::from)?;
    if fresh.get() {
        let against = wish.against.map(|checkpoint| Against { checkpoint, heads: Vec::new() });
        actix_web::rt::spawn(verification(app, operation.clone(), against));
    }
    Ok(Accepted::at(format!("/v1/operations/{}", operation.id), operation))
}

/// The work behind a verification.
async fn verification(app: Data<App>, operation: Operation, against: Option<Against>) {
    let progress = async |done| {
        let moved = operation.clone().moved(Stage::Running { done, total: None }, app.clock.now());
        app.store.keep_progress(&moved).await
    };
    let report = store::audit::verify(&app.store, operation.started_at, against.as_ref(), progress).await;
    let stage = report.and_then(|report| {
        let result = serde_json::to_value(report).map_err(|e| StoreError::failed("report", e))?;
        Ok(Stage::Succeeded { result })
    });
    crate::operation::ended(&app, operation, stage).await;
}
