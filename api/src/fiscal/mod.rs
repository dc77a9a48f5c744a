//! Fiscal indicators (재정지표): reading 재정자립도 and 재정자주도 with their parts.

mod body;

use crate::{
    App,
    http::{Page, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use body::ListIndicators;
use domain::{access::act::reference as act, fiscal::FiscalIndicator};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_fiscal_indicators);
}

/// List the fiscal indicators.
///
/// By region code, year, basis, series and scope. Scopes are not additive: a 시도 in total is net of transfers, its
/// headquarters (본청) is gross. A region that is not in the list has no value, which is not 0.
#[utoipa::path(tag = "reference", params(ListIndicators), security(("bearer" = ["reference.read"])))]
#[get("/fiscal-indicators")]
async fn list_fiscal_indicators(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListIndicators>,
) -> Result<Page<FiscalIndicator>, Problem> {
    Ok(Page::of(store::fiscal::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}
