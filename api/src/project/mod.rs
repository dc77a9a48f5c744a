//! AX projects (과제): filed by ministries, carried through their phases and gates.

mod act;
mod advice;
mod body;
mod catalogue;
mod create;
mod export;
mod gate;
mod moves;
mod progress;
mod read;
mod references;
mod refresh;
mod similar;
mod write;

pub(crate) use act::{lead_stands, stamp, stamp_now};
pub(crate) use body::{Count, ListedProject, SimilarProject};
pub(crate) use references::faults as reference_faults;
pub use refresh::{Refreshed, refresh_health};
pub(crate) use similar::{candidates_like, projects_like};

/// The routes of this capability. Fixed paths come before `/{project}`.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(catalogue::list_health_rules)
        .service(catalogue::list_gate_conditions)
        .service(export::export_projects)
        .service(similar::find_similar_projects)
        .service(read::list_projects)
        .service(read::read_project)
        .service(read::read_project_history)
        .service(read::read_project_gate)
        .service(read::read_project_moves)
        .service(read::read_project_lineage)
        .service(similar::read_project_similar)
        .service(create::create_project)
        .service(write::change_project)
        .service(write::write_project_part)
        .service(write::remove_project)
        .service(write::restore_project)
        .service(write::prioritise_project)
        .service(similar::confirm_project_similar)
        .service(advice::decline_project_advice)
        .service(write::attach_project_file)
        .service(moves::file_project)
        .service(moves::hold_project)
        .service(moves::resume_project)
        .service(moves::cancel_project)
        .service(moves::return_project)
        .service(gate::request_project_gate)
        .service(gate::withdraw_project_gate)
        .service(gate::decide_project_gate)
        .service(progress::check_project_progress)
        .service(progress::close_project_action)
        .service(progress::rate_project_health);
}
