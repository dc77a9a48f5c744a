//! The portfolio (포트폴리오): sums for the dashboard, coverage of the bodies, gates that are late.

mod body;

use crate::{
    App,
    http::{Kept, Lines, Page, Problem, Query, Scoped},
    project::ListedProject,
};
use actix_web::{get, web::Data};
use body::{AskCoverage, AskLate, AskSummary, Coverage, CoveredBody, PortfolioSummary};
use domain::{
    access::act::{portfolio as act, project},
    portfolio::Dimension,
};
use store::{Topic, portfolio as kept, project::Sort};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(read_portfolio_summary).service(read_portfolio_coverage).service(list_late_gates);
}

/// Read the portfolio's sums.
///
/// By any of body, phase, field, region, programme and year. Joint projects are counted once, at their lead, and spread over
/// their bodies by share; money counts at the body whose line it is. Drafts and cancelled projects are left out. With `as_of`
/// the sums are computed anew out of the versions recorded by the end of that day.
#[utoipa::path(tag = "portfolio", params(AskSummary), security(("bearer" = ["portfolio.read"])))]
#[get("/portfolio/summary")]
async fn read_portfolio_summary(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<AskSummary>,
) -> Result<Kept<PortfolioSummary>, Problem> {
    let ask = ask.checked()?;
    // What is computed out of history also depends on what has been written since, which the same counter tells.
    let count = app.store.changes(Topic::Portfolio);
    let make = async {
        let groups = match ask.as_of {
            Some(day) => kept::as_of(&app.store, &scope, &ask.by(), &ask.filter(), kept::AsOf(day)).await?,
            None => kept::summary(&app.store, &scope, &ask.by(), &ask.filter()).await?,
        };
        ask.shown(&groups)
    };
    app.answers.answer(format!("summary {ask:?}"), count, make).await
}

/// Read the coverage of the bodies.
///
/// Of the bodies with a budget in a year, how many take part in a filed project that began by then, and which do not.
#[utoipa::path(tag = "portfolio", params(AskCoverage), security(("bearer" = ["portfolio.read"])))]
#[get("/portfolio/coverage")]
async fn read_portfolio_coverage(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<AskCoverage>,
) -> Result<Kept<Coverage>, Problem> {
    let year = ask.year.map_or_else(|| app.clock.now().day().year(), domain::day::FiscalYear::get);
    let count = app.store.changes(Topic::Portfolio);
    let make = async {
        let by = [Dimension::Body, Dimension::Year];
        let groups = kept::summary(&app.store, &scope, &by, &kept::Filter::default()).await?;
        Ok(Coverage::of(year, groups.into_iter().map(CoveredBody::of(year))))
    };
    app.answers.answer(format!("coverage {year}"), count, make).await
}

/// List the gates that are late.
///
/// Projects at work whose present gate was due before today, the longest overdue first.
#[utoipa::path(tag = "portfolio", params(AskLate), security(("bearer" = ["project.read"])))]
#[get("/portfolio/late-gates")]
async fn list_late_gates(
    app: Data<App>,
    Scoped(scope): Scoped<project::Read>,
    Query(ask): Query<AskLate>,
) -> Result<Lines<ListedProject>, Problem> {
    let today = app.clock.now().day();
    let filter = ask.filter(today);
    let total = if ask.counted() { Some(store::project::count(&app.store, &scope, &filter).await?) } else { None };
    Ok(Page::of(store::project::list(&app.store, &scope, &filter, Sort::GateDue, &ask.page()).await?)
        .total(total)
        .into())
}
