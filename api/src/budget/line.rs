//! Budget lines (예산 내역): list, open, read, describe anew, activate and close, take out of use.

use super::body::{LinePatch, ListBudgetLines, Record, StandLine, stamp};
use crate::{
    App,
    http::{Allowed, Created, Done, Found, Json, Language, Page, Patch, Problem, Query, Scoped},
};
use actix_web::{delete, get, patch, post, web::Data};
use domain::{
    access::{Actor, NOT_FOUND, act::budget as act, scope},
    budget::{BudgetLine, Envelope, EnvelopeKey, LineDetails, LineId, NewLine, ProjectFacts, ProjectId, Refers, open},
    problem::{Fault, INVALID, NOT_KNOWN},
};
use store::{Store, Tx};

/// List budget lines.
///
/// What the reader may see: drafts only of the own body. Filters are combined; a list of values means any of them.
#[utoipa::path(tag = "budget", params(ListBudgetLines), security(("bearer" = ["budget_line.read"])))]
#[get("/budget-lines")]
pub(super) async fn list_budget_lines(
    app: Data<App>,
    Scoped(reach): Scoped<act::Read>,
    Query(ask): Query<ListBudgetLines>,
) -> Result<Page<BudgetLine>, Problem> {
    let (sort, page, counted) = (ask.sort(), ask.page(), ask.counted());
    let inside = inside(&app.store, reach.actor(), ask.envelope.as_ref()).await?;
    let filter = ask.filter(inside);
    let total = if counted { Some(store::budget::count(&app.store, &reach, &filter).await?) } else { None };
    Ok(Page::of(store::budget::list(&app.store, &reach, &filter, sort, &page).await?).total(total))
}

/// The envelope asked for with those inside it. One that does not exist stands for itself and finds nothing.
pub(super) async fn inside(
    store: &Store,
    actor: &Actor,
    key: Option<&EnvelopeKey>,
) -> Result<Vec<EnvelopeKey>, Problem> {
    let Some(key) = key else { return Ok(Vec::new()) };
    let mut keys = store::budget::envelope_with_parts(store, &scope::<act::ReadEnvelopes>(actor), key).await?;
    if keys.is_empty() {
        keys.push(key.clone());
    }
    Ok(keys)
}

/// What a line's references were found to be, for as long as the write lasts.
#[derive(Debug, Default)]
pub(super) struct References {
    project: Option<ProjectFacts>,
    envelope: Option<Envelope>,
}

impl References {
    pub(super) async fn of(
        tx: &Tx,
        actor: &Actor,
        project: Option<ProjectId>,
        envelope: Option<&EnvelopeKey>,
    ) -> Result<Self, Problem> {
        let mut found = Self::default();
        if let Some(id) = project {
            found.project = store::budget::project_facts(tx, actor, id).await?;
        }
        if let Some(key) = envelope {
            found.envelope = store::budget::envelope(tx, key).await?;
        }
        Ok(found)
    }
    pub(super) fn refers(&self) -> Refers<'_> {
        Refers { project: self.project.clone(), envelope: self.envelope.as_ref(), ..Refers::default() }
    }
}

/// Open a budget line.
///
/// With its original budget, if given, as its first entry. A draft unless said otherwise. The project must be one in which
/// the body takes part.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.create"])))]
#[post("/budget-lines")]
pub(super) async fn create_budget_line(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewLine>,
    language: Language,
) -> Result<Created<Record>, Problem> {
    let (id, entry) = (app.chance.id(), app.chance.id());
    let made = app.store.write(order.on(&new.body), async |tx, permit| {
        let found = References::of(tx, permit.actor(), new.project, new.envelope.as_ref()).await?;
        let refers = Refers { body: Some(permit.on()), ..found.refers() };
        let opened = open(new, refers, id, entry, stamp(tx.at(), permit.actor().id))?;
        Ok::<_, Problem>(Record::opened(store::budget::add(tx, permit, opened).await?, language))
    });
    let made = made.await.map_err(|problem| named(problem, "/body"))?;
    Ok(Created::under("/v1/budget-lines", made.line.id, made.line.version, made))
}

/// What the body of the request names and is not there is a fault of the body, not of the address.
pub(super) fn named(problem: Problem, pointer: &str) -> Problem {
    if problem.code == &NOT_FOUND {
        Problem::new(&INVALID).with(vec![Fault::new(pointer, &NOT_KNOWN)])
    } else {
        problem
    }
}

/// Read a budget line.
///
/// With its balances as they are now.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.read"])), params(("budget_line" = LineId, Path, description = "The line's id.")))]
#[get("/budget-lines/{budget_line}")]
pub(super) async fn read_budget_line(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<BudgetLine>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().clone()))
}

fn shown(line: BudgetLine) -> Found<BudgetLine> {
    let version = line.version;
    Found::version(line, version)
}

/// Describe a budget line anew.
///
/// Account, hierarchy and kind only while it is a draft. Money is never changed here: record a movement.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.change"])),
    request_body(content = LinePatch, content_type = "application/merge-patch+json"),
    params(("budget_line" = LineId, Path, description = "The line's id.")))]
#[patch("/budget-lines/{budget_line}")]
pub(super) async fn change_budget_line(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<LinePatch>,
) -> Result<Found<BudgetLine>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let line = permit.on();
            let details = patch.over(line.details());
            let found = anew(tx, permit.actor(), line, &details).await?;
            Ok::<_, Problem>(store::budget::save(tx, permit, line.clone().change(details, found.refers())?).await?)
        })
        .await?;
    Ok(shown(saved))
}

/// Looks up what a line would refer to; a project that stays is not looked up again.
async fn anew(tx: &Tx, actor: &Actor, line: &BudgetLine, to: &LineDetails) -> Result<References, Problem> {
    let kept = line.project.as_ref().filter(|project| Some(project.id) == to.project);
    let fresh = to.project.filter(|_| kept.is_none());
    let found = References::of(tx, actor, fresh, to.envelope.as_ref()).await?;
    Ok(References { project: kept.cloned().or(found.project), ..found })
}

/// Activate, close or reopen a budget line.
///
/// Active only when its whole history keeps every limit; closed only when nothing committed is left to be spent.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.stand"])), params(("budget_line" = LineId, Path, description = "The line's id.")))]
#[post("/budget-lines/{budget_line}/standing")]
pub(super) async fn stand_budget_line(
    app: Data<App>,
    Allowed(order): Allowed<act::Stand>,
    Json(wish): Json<StandLine>,
) -> Result<Found<BudgetLine>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            tx.because(wish.reason.as_str());
            let entries = store::budget::ledger(tx, permit).await?;
            let line = permit.on().clone().become_standing(wish.to, &entries, tx.at().day())?;
            Ok::<_, Problem>(store::budget::save(tx, permit, line).await?)
        })
        .await?;
    Ok(shown(saved))
}

/// Take a draft budget line out of use.
///
/// It is kept for the record and leaves every list and sum. A line that has been active is closed instead.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.remove"])), params(("budget_line" = LineId, Path, description = "The line's id.")))]
#[delete("/budget-lines/{budget_line}")]
pub(super) async fn remove_budget_line(app: Data<App>, Allowed(order): Allowed<act::Remove>) -> Result<Done, Problem> {
    app.store
        .write(order, async |tx, permit| {
            let gone = permit.on().clone().remove(tx.at())?;
            store::budget::save(tx, permit, gone).await?;
            Ok::<_, Problem>(())
        })
        .await?;
    Ok(Done)
}
