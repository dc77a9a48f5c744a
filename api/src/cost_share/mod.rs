//! Cost shares (국비·지방비 분담): rule sets, edition by edition, and what they come to.

mod demo;
mod export;
mod reckon;
mod wire;

pub(crate) use demo::demo_rules;

use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
};
use actix_web::{get, patch, post, web::Data};
use domain::{
    access::act::cost_share as act,
    cost_share::{CostShareRules, RuleSetKey},
    project::Stamp,
};
use store::{Order, Tx};
use wire::{ListRules, Listed, NewEdition, NewRules, RulesPatch, View};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_cost_share_rules)
        .service(create_cost_share_rules)
        .service(reckon::explain_cost_share)
        .service(export::export_cost_share_what_if)
        .service(reckon::suppose_cost_share)
        .service(read_cost_share_rules_history)
        .service(add_cost_share_edition)
        .service(read_cost_share_rules)
        .service(change_cost_share_rules);
}

/// An edition by whoever ordered the write, at the time of the write.
fn edition<A: domain::access::Action>(
    tx: &Tx,
    order_by: &domain::access::Permit<A>,
    new: NewEdition,
) -> domain::cost_share::NewEdition {
    let made = Stamp { at: tx.at(), by: order_by.actor().id };
    domain::cost_share::NewEdition { rules: new.rules, reason: new.reason, made }
}

/// List the cost-share rule sets.
///
/// By key. `standing` tells announced rules from drafts and illustrations; what is no fact carries a notice that says so.
#[utoipa::path(tag = "cost_share", params(ListRules), security(("bearer" = ["cost_share.read"])))]
#[get("/cost-share-rules")]
async fn list_cost_share_rules(
    app: Data<App>,
    Scoped(reach): Scoped<act::Read>,
    Query(ask): Query<ListRules>,
) -> Result<Page<Listed>, Problem> {
    Ok(Page::of(store::cost_share::list(&app.store, &reach, &ask.filter(), &ask.page()).await?))
}

/// Enter a cost-share rule set.
///
/// With its first edition. Every fault is told at once: bands that do not tile 0 to 100, rates beyond 0 to 100, levels for
/// which no rate is said.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.create"])))]
#[post("/cost-share-rules")]
async fn create_cost_share_rules(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewRules>,
) -> Result<Created<View>, Problem> {
    let made = create(&app, order, new).await?;
    Ok(Created::at(format!("/v1/cost-share-rules/{}", made.key), made.version, View::from(made)))
}

async fn create(app: &App, order: Order<act::Create>, new: NewRules) -> Result<CostShareRules, Problem> {
    let (key, details, first) = new.parts();
    app.store
        .write(order, async |tx, permit| {
            tx.because(first.reason.as_str());
            let rules = CostShareRules::create(key, details, edition(tx, permit, first))?;
            Ok::<_, Problem>(store::cost_share::add(tx, permit, rules).await?)
        })
        .await
}

/// Read a cost-share rule set.
///
/// With every edition. An edition is never edited; calls go by a copy of the one they name.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.look"])),
    params(("cost_share_rules" = RuleSetKey, Path, description = "The rule set's key.")))]
#[get("/cost-share-rules/{cost_share_rules}")]
async fn read_cost_share_rules(app: Data<App>, Allowed(order): Allowed<act::Look>) -> Result<Found<View>, Problem> {
    let rules = app.store.look(&order).await?.on().clone();
    let version = rules.version;
    Ok(Found::version(View::from(rules), version))
}

/// Add an edition to a cost-share rule set.
///
/// What holds from now on, whole, with the reason. The editions before stay as they were decided.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.add_edition"])),
    params(("cost_share_rules" = RuleSetKey, Path, description = "The rule set's key.")))]
#[post("/cost-share-rules/{cost_share_rules}/editions")]
async fn add_cost_share_edition(
    app: Data<App>,
    Allowed(order): Allowed<act::AddEdition>,
    Json(new): Json<NewEdition>,
) -> Result<Found<View>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            tx.because(new.reason.as_str());
            let rules = permit.on().clone().add_edition(edition(tx, permit, new))?;
            Ok::<_, Problem>(store::cost_share::save(tx, permit, rules).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(View::from(saved), version))
}

/// Restate a cost-share rule set.
///
/// Its name, its standing, its source and its days in force. What it says is changed by a new edition.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.change"])),
    request_body(content = RulesPatch, content_type = "application/merge-patch+json"),
    params(("cost_share_rules" = RuleSetKey, Path, description = "The rule set's key.")))]
#[patch("/cost-share-rules/{cost_share_rules}")]
async fn change_cost_share_rules(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<RulesPatch>,
) -> Result<Found<View>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let before = permit.on().clone();
            let details = patch.over(before.details());
            Ok::<_, Problem>(store::cost_share::save(tx, permit, before.restate(details)?).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(View::from(saved), version))
}

/// Read a cost-share rule set's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.look"])),
    params(("cost_share_rules" = RuleSetKey, Path, description = "The rule set's key."), HistoryPage))]
#[get("/cost-share-rules/{cost_share_rules}/history")]
async fn read_cost_share_rules_history(
    app: Data<App>,
    Allowed(order): Allowed<act::Look>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let key = app.store.look(&order).await?.on().key.to_string();
    Ok(Page::of(store::audit::history(&app.store, "cost_share_rules", &key, &ask.ask()).await?))
}
