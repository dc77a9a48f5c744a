//! The selection committee (선정위원회): the pool of experts, and the committee of each call.

mod compose;
mod expert;
mod wire;

use crate::{App, http::Problem};
use domain::{
    access::{Action, Permit, act::call as call_act},
    call::{CallKey, SupportCall},
    project::Stamp,
};
use store::{Order, Purpose, StoreError, Tx};

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

/// When and by whom.
pub(crate) fn stamp<A: Action>(tx: &Tx, permit: &Permit<A>) -> Stamp {
    Stamp { at: tx.at(), by: permit.actor().id }
}

/// A call, held as it stands until this write is done.
pub(crate) async fn call_of(tx: &Tx, key: &CallKey) -> Result<SupportCall, StoreError> {
    tx.load(key.as_str(), Purpose::Add).await?.ok_or(StoreError::NotFound)
}

/// A call, to be looked at by whoever asks.
pub(crate) async fn call_seen<A: Action>(app: &App, order: &Order<A>, key: &CallKey) -> Result<SupportCall, Problem> {
    let read = Order::<call_act::Read>::new(order.actor().clone(), key.to_string(), order.call().clone());
    Ok(app.store.look(&read).await?.on().clone())
}
