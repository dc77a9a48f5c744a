//! Service keys (서비스 키): how programs are let in and kept out.

use super::{acts::unknown_bodies, body::AccountReason, secret::ServiceKeySecret};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped, page_ask},
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::service_key as act,
    account::{KeyGrant, NewServiceKey, ServiceKey},
    day::Instant,
    text::Line,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of the keys.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListServiceKeys {
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

/// A key to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "상황판", "grants": [{ "role": "viewer", "body": "nia" }], "expires_at": "2027-06-30T15:00:00Z"
}))]
pub struct NewKey {
    /// What it is for.
    pub name: Line<80>,
    /// What the program may be, never an administrator.
    #[schema(min_items = 1, max_items = 20)]
    pub grants: Vec<KeyGrant>,
    /// Until when it may be used, at most 400 days ahead.
    pub expires_at: Instant,
}

/// A key that was just made.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyWithSecret {
    /// The key.
    pub service_key: ServiceKey,
    /// For the `Authorization` header, as `Bearer`. Shown this once and kept nowhere: when a request is repeated with its
    /// idempotency key it is absent; revoke that key and make another.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        max_length = 68,
        pattern = "^axk_[0-9a-f]{64}$",
        example = "axk_0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f"
    )]
    pub secret: Option<String>,
}

/// List the service keys.
///
/// The oldest first, those that are over included.
#[utoipa::path(tag = "service_key", params(ListServiceKeys), security(("bearer" = ["service_key.list"])))]
#[get("/service-keys")]
pub(super) async fn list_service_keys(
    app: Data<App>,
    Scoped(scope): Scoped<act::List>,
    Query(ask): Query<ListServiceKeys>,
) -> Result<Page<ServiceKey>, Problem> {
    let page = page_ask(ask.page_size, ask.page_token.as_ref());
    Ok(Page::of(store::account::list_keys(&app.store, &scope, &page).await?))
}

/// Read a service key.
///
/// Its secret is not among what is kept.
#[utoipa::path(tag = "service_key", security(("bearer" = ["service_key.read"])),
    params(("service_key" = domain::account::ServiceKeyId, Path, description = "The key's id.")))]
#[get("/service-keys/{service_key}")]
pub(super) async fn read_service_key(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<ServiceKey>, Problem> {
    let key = app.store.look(&order).await?.on().clone();
    let (version, used) = (key.version, key.last_used.map_or_else(|| "never".to_owned(), |day| day.to_string()));
    Ok(Found::version_and(key, version, used))
}

/// Make a service key.
///
/// Its secret is shown once.
#[utoipa::path(tag = "service_key", security(("bearer" = ["service_key.create"])))]
#[post("/service-keys")]
pub(super) async fn create_service_key(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewKey>,
) -> Result<Created<KeyWithSecret>, Problem> {
    let secret = ServiceKeySecret::new(app.chance.secret().map_err(Problem::internal)?);
    let by = order.actor().id;
    let mut shown = None;
    let service_key = app
        .store
        .write(order, async |tx, permit| {
            let bodies: Vec<_> = new.grants.iter().map(|g| g.body.clone()).collect();
            unknown_bodies(tx, &bodies, (0..bodies.len()).map(|at| format!("/grants/{at}/body"))).await?;
            let prefix = secret.shown().parse().map_err(Problem::internal)?;
            let NewKey { name, grants, expires_at } = new;
            let wanted = NewServiceKey { id: app.chance.id(), name, prefix, grants, expires_at };
            let made = ServiceKey::issue(wanted, by, tx.at())?;
            shown = Some(secret.text());
            Ok::<_, Problem>(store::account::add_key(tx, permit, made, secret.hash()).await?)
        })
        .await?;
    let (id, version) = (service_key.id, service_key.version);
    Ok(Created::under("/v1/service-keys", id, version, KeyWithSecret { service_key, secret: shown }).once())
}

/// Revoke a service key.
///
/// It is refused from now on and stays in the list.
#[utoipa::path(tag = "service_key", security(("bearer" = ["service_key.revoke"])),
    params(("service_key" = domain::account::ServiceKeyId, Path, description = "The key's id.")))]
#[post("/service-keys/{service_key}/revoke")]
pub(super) async fn revoke_service_key(
    app: Data<App>,
    Allowed(order): Allowed<act::Revoke>,
    Json(why): Json<AccountReason>,
) -> Result<Found<ServiceKey>, Problem> {
    let by = order.actor().id;
    let saved = app
        .store
        .write(order, async |tx, permit| {
            tx.because(why.reason.as_str());
            let revoked = permit.on().clone().revoke(by, why.reason, tx.at())?;
            Ok::<_, Problem>(store::account::revoke_key(tx, permit, revoked).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}
