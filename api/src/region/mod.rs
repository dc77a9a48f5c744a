//! Regions (지역): reading the list as of a day, and one region by its code.

mod body;

use crate::{
    App,
    http::{Found, Page, Path, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use body::ListRegions;
use domain::{
    access::act::reference as act,
    region::{Region, RegionCode},
};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_regions).service(read_region);
}

/// List the regions.
///
/// By code; as of any day. Names repeat (중구 stands five times in the list of today): the code is what identifies a
/// region.
#[utoipa::path(tag = "reference", params(ListRegions), security(("bearer" = ["reference.read"])))]
#[get("/regions")]
async fn list_regions(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListRegions>,
) -> Result<Page<Region>, Problem> {
    Ok(Page::of(store::region::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a region.
///
/// With its life, its predecessors and its successors.
#[utoipa::path(tag = "reference", security(("bearer" = ["reference.read"])), params(("region" = RegionCode, Path, description = "The region's code.")))]
#[get("/regions/{region}")]
async fn read_region(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Path(code): Path<RegionCode>,
) -> Result<Found<Region>, Problem> {
    Ok(Found::new(store::region::one(&app.store, &scope, &code).await?))
}
