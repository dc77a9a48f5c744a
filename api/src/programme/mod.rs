//! Programmes (사업): reading them, with the fields and stage templates that projects choose from.

mod body;
mod catalogue;

use crate::{
    App,
    http::{Found, Page, Path, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use body::ListProgrammes;
use domain::{
    access::act::reference as act,
    programme::{Programme, ProgrammeKey},
};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_programmes).service(read_programme);
    catalogue::routes(cfg);
}

/// List the programmes.
///
/// By key. Amounts are those of the announcements; envelopes lie within each other and are never added together.
#[utoipa::path(tag = "reference", params(ListProgrammes), security(("bearer" = ["reference.read"])))]
#[get("/programmes")]
async fn list_programmes(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListProgrammes>,
) -> Result<Page<Programme>, Problem> {
    Ok(Page::of(store::programme::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a programme.
///
/// With its dates as precise as their source, and the source itself.
#[utoipa::path(tag = "reference", security(("bearer" = ["reference.read"])), params(("programme" = ProgrammeKey, Path, description = "The programme's key.")))]
#[get("/programmes/{programme}")]
async fn read_programme(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Path(key): Path<ProgrammeKey>,
) -> Result<Found<Programme>, Problem> {
    Ok(Found::new(store::programme::one(&app.store, &scope, &key).await?))
}
