//! Awards (협약·교부): offered and promoted, agreed upon with a project and its budget lines, carried out, settled.

mod course;
mod give;
mod open;
mod perform;
mod read;
mod wire;

pub(crate) use give::{offer, promoted};
pub(crate) use open::agree;
pub(crate) use perform::{paid, settled};

use crate::{
    App,
    http::{Found, Problem},
    project::stamp,
};
use domain::{
    access::{Action, Permit},
    award::Award,
    budget::Stamp as Booked,
    id::Id,
    problem::Refusal,
    project::Stamp,
};
use store::{Order, Tx};
use wire::AwardView;

/// The routes of this capability. Fixed paths come before those with parameters.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(read::list_awards)
        .service(read::read_award)
        .service(read::read_award_history)
        .service(read::read_award_money)
        .service(give::offer_awards)
        .service(give::promote_reserve)
        .service(course::reduce_award)
        .service(course::give_up_award)
        .service(course::fail_award)
        .service(open::conclude_agreement)
        .service(course::terminate_agreement)
        .service(perform::record_award_step)
        .service(perform::meet_agreement_condition)
        .service(perform::pay_award_instalment)
        .service(perform::settle_award);
}

/// An award with its version.
fn shown(award: Award) -> Found<AwardView> {
    let version = award.version;
    Found::version(AwardView::of(award), version)
}

/// Does one act upon an award, and shows it.
async fn act_on<A: Action<On = Award>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(Award, Stamp) -> Result<Award, Refusal>,
) -> Result<Found<AwardView>, Problem> {
    Ok(shown(step(app, order, rule).await?))
}

/// Does one act upon an award, and keeps it.
pub(crate) async fn step<A: Action<On = Award>>(
    app: &App,
    order: Order<A>,
    rule: impl FnOnce(Award, Stamp) -> Result<Award, Refusal>,
) -> Result<Award, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let after = rule(permit.on().clone(), stamp(tx, permit))?;
            Ok::<_, Problem>(store::award::save(tx, permit, after).await?)
        })
        .await
}

/// Who books in a ledger, and when.
fn booked<A: Action>(tx: &Tx, permit: &Permit<A>) -> Booked {
    Booked { at: tx.at(), by: Id::new(permit.actor().id.get()) }
}
