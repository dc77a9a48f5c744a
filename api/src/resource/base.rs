//! The government-wide AI common base (범정부 AI 공통기반): its services, who uses them, and how many they are.

use super::{
    known, shown,
    wire_uses::{EndServiceUse, ListServiceUses, ListServices, ServicePatch, ServiceUseSummary, ServiceUserSum},
};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::{act::common_service as act, act::project as project_act, act::service_use as use_act, allows},
    id::Id,
    project::Project,
    resource::{
        CommonService, CommonServiceKey, NewCommonService, NewServiceUse, NewUserCount, ServiceUse, ServiceUseId,
        percent,
    },
};
use store::{Order, Purpose};

fn found(service: CommonService) -> Found<CommonService> {
    let version = service.version;
    Found::version(service, version)
}

/// List the services of the common base.
///
/// By key.
#[utoipa::path(tag = "resource", params(ListServices), security(("bearer" = ["common_service.read"])))]
#[get("/common-services")]
pub(super) async fn list_common_services(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListServices>,
) -> Result<Page<CommonService>, Problem> {
    Ok(Page::of(store::resource::list_services(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a service of the common base.
///
/// What is not known of it is absent.
#[utoipa::path(tag = "resource", security(("bearer" = ["common_service.look"])),
    params(("common_service" = CommonServiceKey, Path, description = "The service's key.")))]
#[get("/common-services/{common_service}")]
pub(super) async fn read_common_service(
    app: Data<App>,
    Allowed(order): Allowed<act::Look>,
) -> Result<Found<CommonService>, Problem> {
    Ok(found(app.store.look(&order).await?.on().clone()))
}

/// Enter a service of the common base.
///
/// With where this comes from.
#[utoipa::path(tag = "resource", security(("bearer" = ["common_service.create"])))]
#[post("/common-services")]
pub(super) async fn create_common_service(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewCommonService>,
) -> Result<Created<CommonService>, Problem> {
    let made = app
        .store
        .write(order, async |tx, permit| {
            Ok::<_, Problem>(store::resource::add_service(tx, permit, CommonService::stated(1, new)?).await?)
        })
        .await?;
    Ok(Created::at(format!("/v1/common-services/{}", made.key), made.version, made))
}

/// Restate a service of the common base.
///
/// Its key stays.
#[utoipa::path(tag = "resource", security(("bearer" = ["common_service.change"])),
    request_body(content = ServicePatch, content_type = "application/merge-patch+json"),
    params(("common_service" = CommonServiceKey, Path, description = "The service's key.")))]
#[patch("/common-services/{common_service}")]
pub(super) async fn change_common_service(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<ServicePatch>,
) -> Result<Found<CommonService>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on().clone();
            let after = CommonService::stated(before.version.saturating_add(1), patch.over(before))?;
            Ok::<_, Problem>(store::resource::save_service(tx, permit, after).await?)
        })
        .await?;
    Ok(found(saved))
}

/// List who uses the services of the common base.
///
/// In the order of entry: bodies by themselves, and in the projects that the reader may see.
#[utoipa::path(tag = "resource", params(ListServiceUses), security(("bearer" = ["service_use.read"])))]
#[get("/service-uses")]
pub(super) async fn list_service_uses(
    app: Data<App>,
    Scoped(scope): Scoped<use_act::Read>,
    Query(ask): Query<ListServiceUses>,
) -> Result<Page<ServiceUse>, Problem> {
    Ok(Page::of(store::resource::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read how far the common base is used.
///
/// Today: users by service, and the share of the filed projects that go on in which some service is used.
#[utoipa::path(tag = "resource", security(("bearer" = ["service_use.read"])))]
#[get("/service-uses/summary")]
pub(super) async fn read_service_use_summary(
    app: Data<App>,
    Scoped(scope): Scoped<use_act::Read>,
) -> Result<Found<ServiceUseSummary>, Problem> {
    let as_of = app.clock.now().day();
    let services = store::resource::users_by_service(&app.store, &scope, as_of).await?.into_iter();
    let services = services.map(|one| ServiceUserSum {
        service: one.service,
        bodies: one.bodies,
        projects: one.projects,
        users: one.users,
        uncounted: one.uncounted,
    });
    let (services, all) = (services.collect(), store::resource::base_use(&app.store, &scope, as_of).await?);
    let share = percent(all.on_base, all.projects);
    Ok(Found::new(ServiceUseSummary { as_of, services, projects: all.projects, projects_on_base: all.on_base, share }))
}

/// Read who uses a service of the common base.
///
/// With every number of users that was recorded.
#[utoipa::path(tag = "resource", security(("bearer" = ["service_use.read"])),
    params(("service_use" = ServiceUseId, Path, description = "The record's id.")))]
#[get("/service-uses/{service_use}")]
pub(super) async fn read_service_use(
    app: Data<App>,
    Allowed(order): Allowed<use_act::Read>,
) -> Result<Found<ServiceUse>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().thing.clone()))
}

/// Record that a body uses a service of the common base.
///
/// For itself or in a project that it leads. Of the same service, body and project there is one use at a time.
#[utoipa::path(tag = "resource", security(("bearer" = ["service_use.record"])))]
#[post("/service-uses")]
pub(super) async fn record_service_use(
    app: Data<App>,
    Allowed(order): Allowed<use_act::Record>,
    Json(new): Json<NewServiceUse>,
) -> Result<Created<ServiceUse>, Problem> {
    let made = begin(&app, order, Id::new(app.chance.uuid()), new).await?;
    Ok(Created::under("/v1/service-uses", made.id, made.version, made))
}

/// Records it under an id.
pub(crate) async fn begin(
    app: &App,
    order: Order<use_act::Record>,
    id: ServiceUseId,
    new: NewServiceUse,
) -> Result<ServiceUse, Problem> {
    app.store
        .write(order.on(&new.body), async |tx, permit| {
            known(tx.load::<CommonService>(new.service.as_str(), Purpose::Look).await?, "/service")?;
            let project = match &new.project {
                Some(id) => tx.load::<Project>(&id.to_string(), Purpose::Add).await?,
                None => None,
            };
            let seen = project.filter(|project| allows::<project_act::Read>(permit.actor(), project));
            let recorded = ServiceUse::recorded(id, new, seen.as_ref(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::resource::add(tx, permit, recorded).await?)
        })
        .await
}

/// Record how many use a service of the common base.
///
/// As of a day, with the source. Of two numbers about one day the one recorded later counts.
#[utoipa::path(tag = "resource", security(("bearer" = ["service_use.change"])),
    params(("service_use" = ServiceUseId, Path, description = "The record's id.")))]
#[post("/service-uses/{service_use}/user-counts")]
pub(super) async fn count_service_users(
    app: Data<App>,
    Allowed(order): Allowed<use_act::Change>,
    Json(new): Json<NewUserCount>,
) -> Result<Found<ServiceUse>, Problem> {
    Ok(shown(count(&app, order, new).await?))
}

/// Records a number of users.
pub(crate) async fn count(app: &App, order: Order<use_act::Change>, new: NewUserCount) -> Result<ServiceUse, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let after = permit.on().thing.clone().counted(new, stamp(tx, permit))?;
            Ok::<_, Problem>(store::resource::save(tx, permit, after).await?)
        })
        .await
}

/// Record that a service of the common base is no longer used.
///
/// Once, with the last day.
#[utoipa::path(tag = "resource", security(("bearer" = ["service_use.change"])),
    params(("service_use" = ServiceUseId, Path, description = "The record's id.")))]
#[post("/service-uses/{service_use}/end")]
pub(super) async fn end_service_use(
    app: Data<App>,
    Allowed(order): Allowed<use_act::Change>,
    Json(end): Json<EndServiceUse>,
) -> Result<Found<ServiceUse>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let after = permit.on().thing.clone().ended(end.until, tx.at().day())?;
            Ok::<_, Problem>(store::resource::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}
