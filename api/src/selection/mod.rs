//! Selection (선정): what a call comes to, previewed, settled, confirmed, and told.

mod notice;
mod page;
mod print;
mod result;
mod score_table;
mod settle;
mod tabled;
mod wire;

pub(crate) use result::shown_to;
pub(crate) use settle::{confirm, decide_indicator, draw_lot};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(result::read_call_result)
        .service(result::read_call_dossier)
        .service(result::read_call_trace)
        .service(score_table::export_score_table)
        .service(print::print_call_result)
        .service(print::print_selected_applications)
        .service(settle::read_call_selection)
        .service(settle::draw_selection_lot)
        .service(settle::decide_call_indicator)
        .service(settle::confirm_call_result)
        .service(notice::read_application_result)
        .service(notice::read_selected_applications);
}
