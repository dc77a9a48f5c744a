//! The selection committee (선정위원회): the pool of experts, and the committee of each call.

mod compose;
mod expert;
mod wire;

pub(crate) use compose::{compose, draw, give_pledge};
pub(crate) use expert::enter as enter_expert;

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(expert::list_experts)
        .service(expert::read_expert)
        .service(expert::create_expert)
        .service(expert::change_expert)
        .service(expert::retire_expert)
        .service(expert::read_expert_history)
        .service(compose::read_committee)
        .service(compose::read_committee_history)
        .service(compose::draw_committee)
        .service(compose::appoint_committee_member)
        .service(compose::name_committee_chair)
        .service(compose::give_committee_pledge)
        .service(compose::leave_committee);
}
