//! Panels (배정): who judges which application, what stands between members and it, and what a member is to judge.

mod assign;
mod coordinate;
mod judge;
mod wire;

pub(crate) use assign::assign;
pub(crate) use coordinate::take_up;
pub(crate) use judge::recuse;

use crate::http::Problem;
use domain::{
    access::{Action, act::committee as committee_act},
    call::CallKey,
    committee::{Committee, MemberId},
    panel::Panel,
    problem::Refusal,
};
use store::{Order, Purpose, StoreError, Tx};

/// The routes of this capability. Fixed paths come before those with parameters.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(assign::propose_assignments)
        .service(assign::assign_applications)
        .service(coordinate::list_panels)
        .service(coordinate::read_panel)
        .service(coordinate::read_panel_history)
        .service(coordinate::release_panel_seat)
        .service(coordinate::record_panel_conflict)
        .service(coordinate::take_up_challenge)
        .service(coordinate::decide_panel_conflict)
        .service(judge::list_assignments)
        .service(judge::read_assignment)
        .service(judge::recuse_from_assignment);
}

/// Refuses a judge who does not serve now: no pledge, or the term is over. Auditors, who are no members, may go on.
pub(crate) async fn serves_now<A: Action<On = Panel>>(
    app: &crate::App,
    order: &Order<A>,
    call: &CallKey,
) -> Result<(), Problem> {
    let read = Order::<committee_act::Read>::new(order.actor().clone(), call.to_string(), order.call().clone());
    let permit = app.store.look(&read).await?;
    Ok(serves(permit.on(), &read)?)
}

/// The same inside a transaction.
pub(crate) async fn serves_in<A: Action<On = Panel>>(
    tx: &Tx,
    permit: &domain::access::Permit<A>,
) -> Result<(), Problem> {
    let committee = tx.load::<Committee>(permit.on().call.as_str(), Purpose::Look).await?;
    let committee = committee.ok_or(StoreError::NotFound)?;
    let member = committee.member(MemberId::new(permit.actor().id.get()));
    Ok(member.map_or(Ok(()), |member| member.serves(tx.at().day()))?)
}

fn serves<A: Action>(committee: &Committee, order: &Order<A>) -> Result<(), Refusal> {
    let member = committee.member(MemberId::new(order.actor().id.get()));
    member.map_or(Ok(()), |member| member.serves(order.at().day()))
}
