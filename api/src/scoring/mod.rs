//! Score sheets (평가표): written by their members alone, reopened by those who run the call, counted for them.

mod coordinate;
mod own;
mod wire;

pub(crate) use own::written;

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(own::read_own_sheet)
        .service(own::write_own_sheet)
        .service(own::submit_own_sheet)
        .service(own::read_other_sheets)
        .service(coordinate::list_score_sheets)
        .service(coordinate::read_score_sheet)
        .service(coordinate::reopen_score_sheet)
        .service(coordinate::read_sheet_progress);
}
