//! Imports of reference files (기준자료 가져오기), over HTTP and from the command line.

mod body;
mod command;

pub use command::{Choices, Mode, import};

use crate::{
    App,
    http::{Allowed, Csv, Found, Path, Problem, Query},
};
use actix_web::{post, web::Data};
use body::ImportFile;
use domain::{
    access::act::reference as act,
    import::{Kind, Report},
};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(import_reference);
}

/// Import a file of reference data.
///
/// All rows or none. Municipalities also enter or restate their local governments in the register of bodies. Ratios of
/// fiscal indicators are computed again from their parts. Every bad row is counted and the first thousand faults are
/// told, each with a pointer `/rows/{line}/{column}`; the header is line 1. A dry run checks and counts, and keeps nothing.
#[utoipa::path(tag = "reference", security(("bearer" = ["reference.import"])),
    request_body(content = Csv, content_type = "text/csv", description = "The file.",
        example = json!("code,sido_code,name_ko,name_en_romanised,kind,org_code,valid_from,valid_to,predecessor_codes,successor_codes,population_status,note\n26110,26,중구,Jung-gu,autonomous_district,3250000,,,,,depopulation_watch_area,\n")),
    params(("kind" = Kind, Path, description = "What the file brings."), ImportFile))]
#[post("/reference-imports/{kind}")]
async fn import_reference(
    app: Data<App>,
    Allowed(order): Allowed<act::Import>,
    Path(kind): Path<Kind>,
    Query(stated): Query<ImportFile>,
    Csv(bytes): Csv,
) -> Result<Found<Report>, Problem> {
    Ok(Found::new(command::carry_out(&app, order, kind, &bytes, stated.choices()).await?))
}
