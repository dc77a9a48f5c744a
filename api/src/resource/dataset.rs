//! Public datasets that projects use (공공데이터 이용), shown with what their licences allow.

use super::wire_uses::{DatasetPatch, DatasetUseView, ListDatasetUses};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::act::dataset_use as act,
    id::Id,
    project::ProjectId,
    resource::{DatasetDetails, DatasetUse, DatasetUseId},
};
use store::Order;

fn found(record: DatasetUse) -> Found<DatasetUseView> {
    let version = record.version;
    Found::version(DatasetUseView::from(record), version)
}

/// List the datasets that projects use.
///
/// In the order of entry, of the projects that the reader may see, each with what its licence allows.
#[utoipa::path(tag = "resource", params(ListDatasetUses), security(("bearer" = ["dataset_use.read"])))]
#[get("/dataset-uses")]
pub(super) async fn list_dataset_uses(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListDatasetUses>,
) -> Result<Page<DatasetUseView>, Problem> {
    let page = store::resource::list::<_, DatasetUse>(&app.store, &scope, &ask.filter(), &ask.page()).await?;
    Ok(Page::of(page))
}

/// Read which dataset a project uses.
///
/// With what its licence allows.
#[utoipa::path(tag = "resource", security(("bearer" = ["dataset_use.read"])),
    params(("dataset_use" = DatasetUseId, Path, description = "The record's id.")))]
#[get("/dataset-uses/{dataset_use}")]
pub(super) async fn read_dataset_use(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<DatasetUseView>, Problem> {
    Ok(found(app.store.look(&order).await?.on().thing.clone()))
}

/// Record a dataset that a project uses.
///
/// With its licence: a type of KOGL (공공누리), with or without the AI type, or another one as it is stated.
#[utoipa::path(tag = "resource", security(("bearer" = ["dataset_use.record"])),
    params(("project" = ProjectId, Path, description = "The project's id.")),
    extensions(("x-adds" = json!(true))))]
#[post("/projects/{project}/dataset-uses")]
pub(super) async fn record_dataset_use(
    app: Data<App>,
    Allowed(order): Allowed<act::Record>,
    Json(new): Json<DatasetDetails>,
) -> Result<Created<DatasetUseView>, Problem> {
    let made = record(&app, order.adding(), Id::new(app.chance.uuid()), new).await?;
    Ok(Created::under("/v1/dataset-uses", made.id, made.version, DatasetUseView::from(made)))
}

/// Records it under an id.
pub(crate) async fn record(
    app: &App,
    order: Order<act::Record>,
    id: DatasetUseId,
    new: DatasetDetails,
) -> Result<DatasetUse, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let recorded = DatasetUse::recorded(id, new, permit.on(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::resource::add(tx, permit, recorded).await?)
        })
        .await
}

/// Restate a dataset that a project uses.
///
/// Its licence above all: what it allows follows from it.
#[utoipa::path(tag = "resource", security(("bearer" = ["dataset_use.change"])),
    request_body(content = DatasetPatch, content_type = "application/merge-patch+json"),
    params(("dataset_use" = DatasetUseId, Path, description = "The record's id.")))]
#[patch("/dataset-uses/{dataset_use}")]
pub(super) async fn change_dataset_use(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<DatasetPatch>,
) -> Result<Found<DatasetUseView>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on().thing.clone();
            let details = patch.over(before.details.clone());
            let after = before.restated(details, stamp(tx, permit))?;
            Ok::<_, Problem>(store::resource::save(tx, permit, after).await?)
        })
        .await?;
    Ok(found(saved))
}
