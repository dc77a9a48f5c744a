//! What rule sets come to (분담 계산): one share explained, and the table of everybody's.

use super::wire::{AskExplanation, AskWhatIf};
use crate::{
    App,
    http::{Allowed, Found, Problem, Query},
};
use actix_web::{get, web::Data};
use domain::{
    access::{
        Actor,
        act::{self, cost_share as own},
        scope,
    },
    body::Body,
    cost_share::{CostShareRules, Explanation, Level, Party, Question, RuleSet, RuleSetKey, WhatIf, explain, what_if},
    day::Day,
    fiscal::FiscalIndicator,
    problem::{DUPLICATE, Fault, INVALID, NOT_KNOWN, REQUIRED, Refusal},
    region::{Region, RegionCode},
};
use store::{Order, StoreError};

/// Explain a cost share.
///
/// Every input with its source and its year, the band that holds it, the arithmetic step by step in Korean and English, and
/// who pays what. Without a published ratio there is no share, and no value is made up: the refusal names what is published
/// of the regions that the applicant continues.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.look"])),
    params(("cost_share_rules" = RuleSetKey, Path, description = "The rule set's key."), AskExplanation))]
#[get("/cost-share-rules/{cost_share_rules}/explain")]
pub(super) async fn explain_cost_share(
    app: Data<App>,
    Allowed(order): Allowed<own::Look>,
    Query(ask): Query<AskExplanation>,
) -> Result<Found<Explanation>, Problem> {
    let rules = app.store.look(&order).await?.on().clone();
    let set = edition(&rules, ask.edition);
    let named = named(&app, order.actor(), &ask).await;
    let (set, named) = both(set, named)?;
    let on = ask.on.unwrap_or(order.at().day());
    let (party, pointer) = named.party(on).map_err(refused)?;
    let rows = rows(&app, order.actor(), &set, party).await?;
    let groups: Option<Vec<String>> = ask.groups.as_ref().map(|all| all.iter().map(ToString::to_string).collect());
    let question = Question { on, party, groups: groups.as_deref(), asked: ask.asked(), pointer };
    Ok(Found::new(explain(&rules, &set, &rows, &question)?))
}

/// See who would get which national rate.
///
/// Every sido and municipality in force on a day, each carrying out something of the same cost: its ratio, its band, its rate
/// and who pays what; how many get each rate, and how many such projects an envelope would carry. Governments without a
/// published ratio are listed as such.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.look"])),
    params(("cost_share_rules" = RuleSetKey, Path, description = "The rule set's key."), AskWhatIf))]
#[get("/cost-share-rules/{cost_share_rules}/what-if")]
pub(super) async fn suppose_cost_share(
    app: Data<App>,
    Allowed(order): Allowed<own::Look>,
    Query(ask): Query<AskWhatIf>,
) -> Result<Found<WhatIf>, Problem> {
    let rules = app.store.look(&order).await?.on().clone();
    Ok(Found::new(table(&app, &order, &rules, &ask).await?))
}

/// The table of everybody's shares.
pub(super) async fn table<A: domain::access::Action>(
    app: &App,
    order: &Order<A>,
    rules: &CostShareRules,
    ask: &AskWhatIf,
) -> Result<WhatIf, Problem> {
    let set = edition(rules, ask.edition).map_err(refused)?;
    let supposed = ask.supposed(order.at().day());
    let reach = scope::<act::reference::Read>(order.actor());
    let regions = store::region::governments(&app.store, &reach, supposed.on).await?;
    let rows = match set.indicator_fiscal_year.zip(set.indicator_basis) {
        Some(budget) => store::fiscal::published(&app.store, &reach, budget, None).await?,
        None => Vec::new(),
    };
    Ok(what_if(rules, &set, &regions, &rows, supposed))
}

/// The edition that is asked for, or the last one.
fn edition(rules: &CostShareRules, number: Option<i64>) -> Result<RuleSet, Fault> {
    rules.edition(number.unwrap_or_else(|| rules.latest())).ok_or_else(|| Fault::new("?edition", &NOT_KNOWN))
}

fn refused(fault: Fault) -> Problem {
    Refusal::new(&INVALID).with(vec![fault]).into()
}

/// Two things, or the faults of both.
fn both<T, U>(one: Result<T, Fault>, other: Result<U, Unnamed>) -> Result<(T, U), Problem> {
    let faults = match (one, other) {
        (Ok(one), Ok(other)) => return Ok((one, other)),
        (_, Err(Unnamed::Failed(error))) => return Err(error.into()),
        (Err(fault), Ok(_)) => vec![fault],
        (Ok(_), Err(Unnamed::Faulty(faults))) => faults,
        (Err(fault), Err(Unnamed::Faulty(faults))) => [vec![fault], faults].concat(),
    };
    Err(Refusal::new(&INVALID).with(faults).into())
}

/// Who was named, as far as it is in the registers.
enum Named {
    Body(Box<Body>, Option<Box<Region>>),
    Code(Level, String, Option<Box<Region>>),
}

/// Why nobody is named.
enum Unnamed {
    Faulty(Vec<Fault>),
    Failed(StoreError),
}
impl From<StoreError> for Unnamed {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl Named {
    /// Who that is, and which parameter says so.
    fn party(&self, on: Day) -> Result<(Party<'_>, &'static str), Fault> {
        match self {
            Self::Body(body, region) => Ok((Party::of_body(body, region.as_deref(), on, "?body")?, "?body")),
            Self::Code(level, code, region) => {
                Ok((Party::of_code(*level, code, region.as_deref(), on, "?code")?, "?code"))
            }
        }
    }
}

/// Either a body, or a level and a code.
async fn named(app: &App, actor: &Actor, ask: &AskExplanation) -> Result<Named, Unnamed> {
    let fault = |pointer: &str, code| Unnamed::Faulty(vec![Fault::new(pointer, code)]);
    match (&ask.body, ask.level, &ask.code) {
        (Some(key), None, None) => {
            let reach = scope::<act::body::Read>(actor);
            let body = store::body::one(&app.store, &reach, key).await?.ok_or_else(|| fault("?body", &NOT_KNOWN))?;
            let region = match &body.region {
                Some(code) => region(app, actor, code).await?,
                None => None,
            };
            Ok(Named::Body(Box::new(body), region))
        }
        (None, Some(level), Some(code)) => {
            let region = match (level, code.as_str().parse::<RegionCode>()) {
                (Level::Sido | Level::Municipality, Ok(code)) => region(app, actor, &code).await?,
                _ => None,
            };
            Ok(Named::Code(level, code.to_string(), region))
        }
        (None, None, None) => Err(fault("?body", &REQUIRED)),
        (None, None, Some(_)) => Err(fault("?level", &REQUIRED)),
        (None, Some(_), None) => Err(fault("?code", &REQUIRED)),
        (Some(_), ..) => Err(fault("?body", &DUPLICATE)),
    }
}

async fn region(app: &App, actor: &Actor, code: &RegionCode) -> Result<Option<Box<Region>>, StoreError> {
    match store::region::one(&app.store, &scope::<act::reference::Read>(actor), code).await {
        Ok(region) => Ok(Some(Box::new(region))),
        Err(StoreError::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The published figures that may hold the ratio of a party: its own row, or all of the year when it has none.
async fn rows(app: &App, actor: &Actor, set: &RuleSet, party: Party<'_>) -> Result<Vec<FiscalIndicator>, StoreError> {
    let Party::Local(level, region) = party else { return Ok(Vec::new()) };
    let Some(wanted) = set.wanted(level) else { return Ok(Vec::new()) };
    let (budget, reach) = ((wanted.fiscal_year, wanted.basis), scope::<act::reference::Read>(actor));
    let own = store::fiscal::published(&app.store, &reach, budget, Some(&region.code)).await?;
    if own.iter().any(|row| wanted.is(row)) {
        return Ok(own);
    }
    store::fiscal::published(&app.store, &reach, budget, None).await
}
