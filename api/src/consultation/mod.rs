//! The advisory group (AX자문단): advisers, and consultations from the request over sessions and advice to the answers.

mod adviser;
mod answer;
mod ask;
mod course;
mod export;
mod read;
mod wire;

use crate::{
    App,
    http::{Found, Problem},
    project::stamp,
};
use domain::{
    access::{Action, Actor, Permit, Role, allows},
    account::AccountId,
    consultation::Consultation,
    problem::Refusal,
    project::Stamp,
};
use store::{Order, StoreError, Tx};
use wire::ConsultationView;

/// The routes of this capability. Fixed paths come before those with parameters.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(export::export_consultations)
        .service(read::list_consultations)
        .service(read::read_consultation)
        .service(read::read_consultation_history)
        .service(read::read_consultation_papers)
        .service(ask::request_consultation)
        .service(ask::propose_advisers)
        .service(ask::match_consultation)
        .service(course::accept_consultation)
        .service(course::decline_consultation)
        .service(course::record_consultation_session)
        .service(course::report_consultation)
        .service(course::close_consultation)
        .service(course::cancel_consultation)
        .service(answer::answer_advice)
        .service(answer::follow_up_advice)
        .service(adviser::list_advisers)
        .service(adviser::appoint_adviser)
        .service(adviser::read_adviser)
        .service(adviser::read_adviser_history)
        .service(adviser::change_adviser_terms)
        .service(adviser::release_adviser);
}

/// A consultation with its version.
fn shown(consultation: Consultation) -> Found<ConsultationView> {
    let version = consultation.version;
    Found::version(ConsultationView::of(consultation), version)
}

/// True when nothing but being the adviser lets the actor do this.
fn as_adviser_alone<A: Action<On = Consultation>>(permit: &Permit<A>) -> bool {
    let actor = permit.actor();
    let grants = actor.grants.iter().filter(|grant| grant.role != Role::Adviser).cloned().collect();
    !allows::<A>(&Actor { grants, ..actor.clone() }, permit.on())
}

/// Refuses an adviser whose term is over, or who was released: the consultation is no longer there for them.
async fn serves_now<A: Action<On = Consultation>>(
    app: &App,
    order: &Order<A>,
    permit: &Permit<A>,
) -> Result<(), Problem> {
    let own = AccountId::new(permit.actor().id.get());
    if as_adviser_alone(permit) && !store::consultation::serves(&app.store, own, order.at().day()).await? {
        return Err(StoreError::NotFound.into());
    }
    Ok(())
}

/// The same inside a transaction.
async fn serves_in<A: Action<On = Consultation>>(tx: &Tx, permit: &Permit<A>) -> Result<(), Problem> {
    let own = AccountId::new(permit.actor().id.get());
    if as_adviser_alone(permit) && !store::consultation::serves_in(tx, own, tx.at().day()).await? {
        return Err(StoreError::NotFound.into());
    }
    Ok(())
}

/// Does one act upon a consultation, and keeps it.
pub(crate) async fn act_on<A: Action<On = Consultation>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(Consultation, Stamp) -> Result<Consultation, Refusal>,
) -> Result<Consultation, Problem> {
    app.store
        .write(order, async |tx, permit| {
            serves_in(tx, permit).await?;
            let after = rule(permit.on().clone(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::consultation::save(tx, permit, after).await?)
        })
        .await
}
