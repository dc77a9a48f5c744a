//! Reading projects (과제 조회): lists, the page, what is possible, and from where to where they lead.

use super::{
    act::lead_stands,
    body::{
        AsOfDay, GateCheck, ListProjects, ListedProject, MoveCheck, MoveChecks, ProjectLineage, ProjectPage,
        ProjectToday,
    },
};
use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    http::{Allowed, FaultBody, Found, Language, Lines, Page, Path, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use domain::{
    access::act::project as action,
    day::Day,
    project::{Facts, GateAsk, Move, ProjectId, Standing, conditions, rate},
};
use store::project::Found as Kept;

/// List projects.
///
/// What the reader may see: drafts only of the own body, removed ones only when asked for. Filters are combined; a list of values means any of them.
#[utoipa::path(tag = "project", params(ListProjects), security(("bearer" = ["project.read"])))]
#[get("/projects")]
pub(super) async fn list_projects(
    app: Data<App>,
    Scoped(scope): Scoped<action::Read>,
    Query(ask): Query<ListProjects>,
) -> Result<Lines<ListedProject>, Problem> {
    let (sort, page, counted, as_of) = (ask.sort(), ask.page(), ask.counted(), ask.as_of()?);
    let filter = ask.filter();
    if let Some(day) = as_of {
        return Ok(Page::of(store::project::list_as_of(&app.store, &scope, &filter, day, &page).await?).into());
    }
    let total = if counted { Some(store::project::count(&app.store, &scope, &filter).await?) } else { None };
    Ok(Page::of(store::project::list(&app.store, &scope, &filter, sort, &page).await?).total(total).into())
}

/// Read a project.
///
/// Everything its page shows in one request: the record, its part of its budget lines, and what follows from both today. With
/// `as_of`, all of it as it stood at the end of that day.
#[utoipa::path(tag = "project", security(("bearer" = ["project.read"])),
    params(("project" = ProjectId, Path, description = "The project's id."), AsOfDay))]
#[get("/projects/{project}")]
pub(super) async fn read_project(
    app: Data<App>,
    Scoped(scope): Scoped<action::Read>,
    Path(id): Path<ProjectId>,
    Query(ask): Query<AsOfDay>,
) -> Result<Found<ProjectPage>, Problem> {
    if let Some(day) = ask.as_of {
        let kept = store::project::page_as_of(&app.store, &scope, id, store::portfolio::AsOf(day)).await?;
        return Ok(Found::new(shown(kept, day)));
    }
    let today = app.clock.now().day();
    let kept = store::project::page(&app.store, &scope, id).await?;
    let (version, money, advice) = (kept.project.version, kept.money_version, kept.advice);
    let page = shown(kept, today).written().map_err(Problem::internal)?;
    Ok(Found::written(page, version, format_args!("{money}-{}-{}-{today}", advice.held, advice.unanswered)))
}

fn facts(kept: &Kept, today: Day) -> Facts {
    Facts { budget: kept.money.facts(), advice: kept.advice, ..Facts::on(today) }
}

fn shown(kept: Kept, today: Day) -> ProjectPage {
    let facts = facts(&kept, today);
    let project = kept.project;
    let gate = match project.standing {
        Standing::Active { phase, .. } => conditions(&project, phase, &facts),
        _ => Vec::new(),
    };
    ProjectPage {
        today: ProjectToday {
            day: today,
            days_in_phase: project.days_in_phase(today).max(0),
            gate_days_late: project.gate_days_late(today),
            health: rate(&project, &facts),
            gate,
        },
        execution_rate: kept.money.sums.execution_rate(),
        budget: kept.money.sums,
        budget_lines: kept.money.lines,
        project: kept.record,
    }
}

/// Read what moves are possible.
///
/// Every move that the transition table knows from where the project stands; for each, everything that stands in its way.
#[utoipa::path(tag = "project", security(("bearer" = ["project.read"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[get("/projects/{project}/moves")]
pub(super) async fn read_project_moves(
    app: Data<App>,
    Scoped(scope): Scoped<action::Read>,
    Path(id): Path<ProjectId>,
    language: Language,
) -> Result<Found<MoveChecks>, Problem> {
    let kept = store::project::page(&app.store, &scope, id).await?;
    let mut facts = facts(&kept, app.clock.now().day());
    facts.lead = lead_stands(app.store.known().await?.body(&kept.project.lead_body), facts.today);
    let check = |edge: &domain::project::Edge| {
        let wanted = Move { kind: edge.kind, to: Some(edge.to.phase), reason: "사유".parse().ok() };
        let reasons = kept.project.preflight(&wanted, &facts);
        MoveCheck {
            kind: edge.kind,
            to: edge.to.phase,
            possible: reasons.is_empty(),
            reasons: FaultBody::all(&reasons, language),
        }
    };
    Ok(Found::new(MoveChecks { moves: kept.project.moves().map(check).collect() }))
}

/// Read the present gate.
///
/// May the gate be asked for, and if not, which conditions are missing: computed from the record as it stands.
#[utoipa::path(tag = "project", security(("bearer" = ["project.read"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[get("/projects/{project}/gate")]
pub(super) async fn read_project_gate(
    app: Data<App>,
    Scoped(scope): Scoped<action::Read>,
    Path(id): Path<ProjectId>,
    language: Language,
) -> Result<Found<GateCheck>, Problem> {
    let kept = store::project::page(&app.store, &scope, id).await?;
    let facts = facts(&kept, app.clock.now().day());
    let reasons = kept.project.gate_preflight(&GateAsk::default(), &facts);
    let conditions = match kept.project.standing {
        Standing::Active { phase, .. } => conditions(&kept.project, phase, &facts),
        _ => Vec::new(),
    };
    Ok(Found::new(GateCheck { possible: reasons.is_empty(), conditions, reasons: FaultBody::all(&reasons, language) }))
}

/// Read a project's lineage.
///
/// From which projects it came and which came out of it, as the ties of either side tell, with the money of the whole
/// chain. What the reader may not see is left out.
#[utoipa::path(tag = "project", security(("bearer" = ["project.read"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[get("/projects/{project}/lineage")]
pub(super) async fn read_project_lineage(
    app: Data<App>,
    Scoped(scope): Scoped<action::Read>,
    Path(id): Path<ProjectId>,
) -> Result<Found<ProjectLineage>, Problem> {
    let chain = store::project::chain(&app.store, &scope, id).await?;
    Ok(Found::new(ProjectLineage {
        before: chain.before.into_iter().map(Into::into).collect(),
        after: chain.after.into_iter().map(Into::into).collect(),
        execution_rate: chain.cost.execution_rate(),
        cost: chain.cost,
    }))
}

/// Read a project's history.
///
/// Newest first: who changed which fields, when and why.
#[utoipa::path(tag = "project", security(("bearer" = ["project.history"])),
    params(("project" = ProjectId, Path, description = "The project's id."), HistoryPage))]
#[get("/projects/{project}/history")]
pub(super) async fn read_project_history(
    app: Data<App>,
    Allowed(order): Allowed<action::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().id.to_string();
    Ok(Page::of(store::audit::history(&app.store, "project", &id, &ask.ask()).await?))
}
