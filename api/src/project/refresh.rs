//! The nightly rating (건전성 재평가): some ratings change because a day has passed; each change is a write of its own.

use super::act::stamp;
use crate::{App, http::Problem, operator, own_call};
use domain::{
    access::{act::project as action, scope},
    project::{Facts, Project, Stamp},
};
use std::time::Instant;
use store::{Order, StoreError};

/// How many projects are looked at in one piece.
const PIECE: u64 = 20;
/// How much longer than a piece the rest after it is: whoever waits for an answer has the processors first.
const REST: u32 = 2;

/// What a round of rating has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Refreshed {
    /// Projects under way that were looked at.
    pub looked_at: u64,
    /// Projects whose rating has changed.
    pub changed: u64,
}

/// Why a write ends without a change.
#[derive(Debug)]
enum Left {
    /// The rating stands by now.
    AsItIs,
    /// Something went wrong.
    Failed(Problem),
}
impl From<StoreError> for Left {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}
impl From<Problem> for Left {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

/// Rates every filed project under way as of today. Each project whose rating has changed is written down under the
/// operator's name, with one audit entry; the others leave no trace. Safe to run at any time and beside anything.
pub async fn refresh_health(app: &App) -> Result<Refreshed, Problem> {
    let (operator, mut done, mut after) = (operator(), Refreshed::default(), 0);
    let scope = scope::<action::RefreshHealth>(&operator);
    loop {
        let began = Instant::now();
        let some = store::project::under_way(&app.store, &scope, after, PIECE).await?;
        let Some((last, ..)) = some.last() else { return Ok(done) };
        after = *last;
        for (_, project, money) in some {
            done.looked_at += 1;
            let now = app.clock.now();
            let facts = Facts { budget: money.facts(), ..Facts::on(now.day()) };
            let id = project.id;
            if project.refreshed(&facts, Stamp { at: now, by: operator.id }).is_none() {
                continue;
            }
            let order = Order::<action::RefreshHealth>::new(operator.clone(), id.to_string(), own_call(app));
            match rate(app, order).await {
                Ok(_) => done.changed += 1,
                Err(Left::AsItIs) => {}
                Err(Left::Failed(problem)) => return Err(problem),
            }
        }
        actix_web::rt::time::sleep(began.elapsed() * REST).await;
    }
}

/// Decides once more inside the write: somebody may have changed the project meanwhile.
async fn rate(app: &App, order: Order<action::RefreshHealth>) -> Result<Project, Left> {
    let rated = app.store.write(order, async |tx, permit| {
        let project = permit.on().clone();
        let budget = store::project::money(tx, project.id).await?.facts();
        let facts = Facts { budget, ..Facts::on(tx.at().day()) };
        let after = project.refreshed(&facts, stamp(tx, permit)).ok_or(Left::AsItIs)?;
        Ok(store::project::save(tx, permit, after).await?)
    });
    rated.await
}
