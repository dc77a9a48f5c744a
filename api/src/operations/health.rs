//! Signs of life (상태 확인): for load balancers, supervisors and monitoring.

use crate::{
    App,
    http::{DATABASE_AWAY, DISK_FULL, DRAINING, Found, MIGRATIONS_PENDING, NOT_READY, Problem},
};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, get, rt::time::timeout, web::Data};
use domain::problem::{Code, Fault, Words};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::Path, time::Duration};
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{ObjectBuilder, RefOr, Response, ResponseBuilder, content::ContentBuilder, schema::Type},
};

/// How long readiness waits for the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// The routes of this file.
pub(super) fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(read_health).service(read_readiness).service(read_version).service(read_metrics);
}

/// The process is alive.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ServerHealth, example = json!({ "status": "ok" }))]
struct Health {
    /// Always `ok`.
    #[schema(pattern = "^ok$", max_length = 2)]
    status: String,
}

/// Which program this is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "axtrack", "version": "0.1.0", "database": "sqlite" }))]
#[schema(as = Version)]
struct Program {
    /// `axtrack`.
    #[schema(pattern = "^axtrack$", max_length = 7)]
    name: String,
    /// The program's version.
    #[schema(pattern = r"^[0-9]+\.[0-9]+\.[0-9]+[0-9a-z.+-]*$", max_length = 40)]
    version: String,
    /// The kind of database it works on.
    #[schema(pattern = "^(sqlite|postgres)$", max_length = 8)]
    database: String,
}

/// Is the process alive?
///
/// Says nothing of the database. For whoever restarts processes that hang.
#[utoipa::path(tag = "operations", security(()))]
#[get("/healthz")]
async fn read_health() -> Result<Found<Health>, Problem> {
    Ok(Found::new(Health { status: "ok".to_owned() }))
}

/// Is the server ready for requests?
///
/// 503 while it stops, while the database is away or its schema behind, and when its disk is nearly full; `errors` says
/// which. For load balancers.
#[utoipa::path(tag = "operations", security(()))]
#[get("/readyz")]
async fn read_readiness(app: Data<App>) -> Result<Found<Health>, Problem> {
    let mut faults = Vec::new();
    let mut add = |place: &str, code: &'static Code| faults.push(Fault::told(place, code, code.remedy.clone()));
    if app.running.is_draining() {
        add("", &DRAINING);
    }
    match timeout(PATIENCE, app.store.pending_migrations()).await {
        Ok(Ok(pending)) if pending.is_empty() => {}
        Ok(Ok(_)) => add("/migrations", &MIGRATIONS_PENDING),
        _ => add("/database", &DATABASE_AWAY),
    }
    if let Some(data) = &app.running.bounds.data
        && free_bytes(data).is_some_and(|free| free < app.running.bounds.least_free)
    {
        add("/disk", &DISK_FULL);
    }
    if faults.is_empty() {
        return Ok(Found::new(Health { status: "ok".to_owned() }));
    }
    let words = |of: fn(&Words) -> &str| faults.iter().map(|f| of(&f.code.title)).collect::<Vec<_>>().join(", ");
    let detail = Words::made(words(|w| &w.ko), words(|w| &w.en));
    Err(Problem { detail, ..Problem::new(&NOT_READY).with(faults).header("Retry-After", "5") })
}

/// What an ordinary user may still write on the disk that holds this path.
pub(crate) fn free_bytes(path: &Path) -> Option<u64> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

/// Which version runs?
///
/// The program's version and the kind of its database.
#[utoipa::path(tag = "operations", security(()))]
#[get("/version")]
async fn read_version(app: Data<App>) -> Result<Found<Program>, Problem> {
    let database = app.store.backend_name().to_owned();
    Ok(Found::new(Program { name: "axtrack".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), database }))
}

/// The server's counts as text.
#[derive(Debug)]
struct Exposition(String);

impl Responder for Exposition {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(self.0)
    }
}

impl IntoResponses for Exposition {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(10_000_000)).pattern(Some("# EOF"));
        let content = ContentBuilder::new().schema(Some(text)).build();
        let told = ResponseBuilder::new().description("Found.").content("application/openmetrics-text", content);
        BTreeMap::from([("200".to_owned(), RefOr::T(told.build()))])
    }
}

/// Read the server's counts.
///
/// Requests and latencies by route template, durable writes and the commits they took, connections. In the OpenMetrics
/// text format, for Prometheus.
#[utoipa::path(tag = "operations", security(()))]
#[get("/metrics")]
async fn read_metrics(app: Data<App>) -> Result<Exposition, Problem> {
    app.running.metrics.text(&app).map(Exposition).map_err(Problem::internal)
}
