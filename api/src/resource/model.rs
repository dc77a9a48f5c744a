//! Foundation models (파운데이션 모델): the register, and the projects that use them.

use super::{
    known, shown,
    wire::{EndModelAdoption, ListAdoptions, ListModels, ModelPatch, ModelUseCount, ModelUses},
};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::act::{foundation_model as act, model_adoption as use_act},
    id::Id,
    project::ProjectId,
    resource::{
        FoundationModel, FoundationModelKey, ModelAdoption, ModelAdoptionId, ModelStep, NewFoundationModel,
        NewModelAdoption,
    },
};
use store::{Order, Purpose};

fn found(model: FoundationModel) -> Found<FoundationModel> {
    let version = model.version;
    Found::version(model, version)
}

/// List the foundation models.
///
/// By key, those of the national project's teams among them, each with its stages as they were published.
#[utoipa::path(tag = "resource", params(ListModels), security(("bearer" = ["foundation_model.read"])))]
#[get("/foundation-models")]
pub(super) async fn list_foundation_models(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListModels>,
) -> Result<Page<FoundationModel>, Problem> {
    Ok(Page::of(store::resource::list_models(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a foundation model.
///
/// What is not known of it is absent.
#[utoipa::path(tag = "resource", security(("bearer" = ["foundation_model.look"])),
    params(("foundation_model" = FoundationModelKey, Path, description = "The model's key.")))]
#[get("/foundation-models/{foundation_model}")]
pub(super) async fn read_foundation_model(
    app: Data<App>,
    Allowed(order): Allowed<act::Look>,
) -> Result<Found<FoundationModel>, Problem> {
    Ok(found(app.store.look(&order).await?.on().clone()))
}

/// Enter a foundation model.
///
/// Also one that has no part in the national project.
#[utoipa::path(tag = "resource", security(("bearer" = ["foundation_model.create"])))]
#[post("/foundation-models")]
pub(super) async fn create_foundation_model(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewFoundationModel>,
) -> Result<Created<FoundationModel>, Problem> {
    let entered = FoundationModel::entered(new);
    let made = app
        .store
        .write(order, async |tx, permit| Ok::<_, Problem>(store::resource::add_model(tx, permit, entered).await?))
        .await?;
    Ok(Created::at(format!("/v1/foundation-models/{}", made.key), made.version, made))
}

/// Restate a foundation model.
///
/// What is said of it, not its stages.
#[utoipa::path(tag = "resource", security(("bearer" = ["foundation_model.change"])),
    request_body(content = ModelPatch, content_type = "application/merge-patch+json"),
    params(("foundation_model" = FoundationModelKey, Path, description = "The model's key.")))]
#[patch("/foundation-models/{foundation_model}")]
pub(super) async fn change_foundation_model(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<ModelPatch>,
) -> Result<Found<FoundationModel>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on().clone();
            let details = patch.over(before.details.clone());
            Ok::<_, Problem>(store::resource::save_model(tx, permit, before.restated(details)).await?)
        })
        .await?;
    Ok(found(saved))
}

/// Add a stage to a foundation model.
///
/// What became of its team in the national project, with the day and the source. Stages are not edited.
#[utoipa::path(tag = "resource", security(("bearer" = ["foundation_model.change"])),
    params(("foundation_model" = FoundationModelKey, Path, description = "The model's key.")))]
#[post("/foundation-models/{foundation_model}/stages")]
pub(super) async fn add_foundation_model_stage(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Json(step): Json<ModelStep>,
) -> Result<Found<FoundationModel>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let after = permit.on().clone().came(step, tx.at().day())?;
            Ok::<_, Problem>(store::resource::save_model(tx, permit, after).await?)
        })
        .await?;
    Ok(found(saved))
}

/// List which projects use which models.
///
/// In the order of entry, of the projects that the reader may see.
#[utoipa::path(tag = "resource", params(ListAdoptions), security(("bearer" = ["model_adoption.read"])))]
#[get("/model-adoptions")]
pub(super) async fn list_model_adoptions(
    app: Data<App>,
    Scoped(scope): Scoped<use_act::Read>,
    Query(ask): Query<ListAdoptions>,
) -> Result<Page<ModelAdoption>, Problem> {
    Ok(Page::of(store::resource::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Count the projects that use each model.
///
/// Today, of the projects that the reader may see. Models that none of them uses are left out.
#[utoipa::path(tag = "resource", security(("bearer" = ["model_adoption.read"])))]
#[get("/model-adoptions/by-model")]
pub(super) async fn count_model_adoptions(
    app: Data<App>,
    Scoped(scope): Scoped<use_act::Read>,
) -> Result<Found<ModelUses>, Problem> {
    let as_of = app.clock.now().day();
    let counted = store::resource::projects_by_model(&app.store, &scope, as_of).await?.into_iter();
    let models = counted.map(|one| ModelUseCount { model: one.model, projects: one.projects }).collect();
    Ok(Found::new(ModelUses { as_of, models }))
}

/// Read that a project uses a model.
///
/// What for, how, and since when.
#[utoipa::path(tag = "resource", security(("bearer" = ["model_adoption.read"])),
    params(("model_adoption" = ModelAdoptionId, Path, description = "The record's id.")))]
#[get("/model-adoptions/{model_adoption}")]
pub(super) async fn read_model_adoption(
    app: Data<App>,
    Allowed(order): Allowed<use_act::Read>,
) -> Result<Found<ModelAdoption>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().thing.clone()))
}

/// Record that a project uses a model.
///
/// The model stands in the register.
#[utoipa::path(tag = "resource", security(("bearer" = ["model_adoption.record"])),
    params(("project" = ProjectId, Path, description = "The project's id.")),
    extensions(("x-adds" = json!(true))))]
#[post("/projects/{project}/model-adoptions")]
pub(super) async fn record_model_adoption(
    app: Data<App>,
    Allowed(order): Allowed<use_act::Record>,
    Json(new): Json<NewModelAdoption>,
) -> Result<Created<ModelAdoption>, Problem> {
    let made = adopt(&app, order.adding(), Id::new(app.chance.uuid()), new).await?;
    Ok(Created::under("/v1/model-adoptions", made.id, made.version, made))
}

/// Records it under an id.
pub(crate) async fn adopt(
    app: &App,
    order: Order<use_act::Record>,
    id: ModelAdoptionId,
    new: NewModelAdoption,
) -> Result<ModelAdoption, Problem> {
    app.store
        .write(order, async |tx, permit| {
            known(tx.load::<FoundationModel>(new.model.as_str(), Purpose::Look).await?, "/model")?;
            let recorded = ModelAdoption::recorded(id, new, permit.on(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::resource::add(tx, permit, recorded).await?)
        })
        .await
}

/// Record that a project no longer uses a model.
///
/// Once, with the last day and the reason.
#[utoipa::path(tag = "resource", security(("bearer" = ["model_adoption.end"])),
    params(("model_adoption" = ModelAdoptionId, Path, description = "The record's id.")))]
#[post("/model-adoptions/{model_adoption}/end")]
pub(super) async fn end_model_adoption(
    app: Data<App>,
    Allowed(order): Allowed<use_act::End>,
    Json(end): Json<EndModelAdoption>,
) -> Result<Found<ModelAdoption>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&end.reason)), async |tx, permit| {
            let after = permit.on().thing.clone().ended(end.until, end.reason, tx.at().day())?;
            Ok::<_, Problem>(store::resource::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}
