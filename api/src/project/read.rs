//! Reading projects (과제 조회): lists, the page, what is possible, what is alike, exports.

use super::{
    body::{
        CompareTitle, GateCheck, ListProjects, ListedProject, MoveCheck, MoveChecks, ProjectPage, ProjectToday,
        SimilarProject, SimilarProjects,
    },
    write::alike,
};
use crate::{
    App,
    http::{
        Allowed, AsFile, Caller, Download, Found, Page, Path, Problem, Query, Scoped,
        export::{Cell, Column, ColumnKind, Table, respond},
    },
};
use actix_web::{get, web::Data};
use domain::{
    access::{Actor, act::project as action},
    day::Day,
    problem::Words,
    project::{Facts, GateAsk, Move, Project, ProjectId, ProjectItem, Standing, conditions, rate},
    rate::Share,
};
use store::project::Found as Kept;

/// List projects.
///
/// What the reader may see: drafts only of the own body. Filters are combined; a list of values means any of them.
#[utoipa::path(tag = "project", params(ListProjects), security(("bearer" = ["project.read"])))]
#[get("/projects")]
pub(super) async fn list_projects(
    app: Data<App>,
    Scoped(scope): Scoped<action::Read>,
    Query(ask): Query<ListProjects>,
) -> Result<Page<ListedProject>, Problem> {
    let (sort, page, counted) = (ask.sort(), ask.page(), ask.counted());
    let filter = ask.filter()?;
    let total = if counted { Some(store::project::count(&app.store, &scope, &filter).await?) } else { None };
    Ok(Page::of(store::project::list(&app.store, &scope, &filter, sort, &page).await?).total(total))
}

/// Read a project.
///
/// Everything its page shows in one request: the record, its part of its budget lines, and what follows from both today.
#[utoipa::path(tag = "project", security(("bearer" = ["project.read"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[get("/projects/{project}")]
pub(super) async fn read_project(
    app: Data<App>,
    Scoped(scope): Scoped<action::Read>,
    Path(id): Path<ProjectId>,
) -> Result<Found<ProjectPage>, Problem> {
    let today = app.clock.now().day();
    let kept = store::project::page(&app.store, &scope, id).await?;
    let (version, money) = (kept.project.version, kept.money_version);
    Ok(Found::version_and(shown(kept, today), version, format_args!("{money}-{today}")))
}

fn facts(kept: &Kept, today: Day) -> Facts {
    Facts { budget: kept.money.facts(), ..Facts::on(today) }
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
        project,
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
) -> Result<Found<MoveChecks>, Problem> {
    let kept = store::project::page(&app.store, &scope, id).await?;
    let facts = facts(&kept, app.clock.now().day());
    let check = |edge: &domain::project::Edge| {
        let wanted = Move { kind: edge.kind, to: Some(edge.to.phase), reason: "사유".parse().ok() };
        let reasons = kept.project.preflight(&wanted, &facts);
        MoveCheck {
            kind: edge.kind,
            to: edge.to.phase,
            possible: reasons.is_empty(),
            reasons: reasons.into_iter().map(Into::into).collect(),
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
) -> Result<Found<GateCheck>, Problem> {
    let kept = store::project::page(&app.store, &scope, id).await?;
    let facts = facts(&kept, app.clock.now().day());
    let reasons = kept.project.gate_preflight(&GateAsk::default(), &facts);
    let conditions = match kept.project.standing {
        Standing::Active { phase, .. } => conditions(&kept.project, phase, &facts),
        _ => Vec::new(),
    };
    Ok(Found::new(GateCheck {
        possible: reasons.is_empty(),
        conditions,
        reasons: reasons.into_iter().map(Into::into).collect(),
    }))
}

/// Read which projects are like this one.
///
/// Across all bodies, as far as the reader may see; compared by pairs of characters, so that spacing does not matter.
#[utoipa::path(tag = "project", security(("bearer" = ["project.read"])), params(("project" = ProjectId, Path, description = "The project's id.")))]
#[get("/projects/{project}/similar")]
pub(super) async fn read_project_similar(
    app: Data<App>,
    Allowed(order): Allowed<action::Read>,
) -> Result<Found<SimilarProjects>, Problem> {
    let permit = app.store.look(&order).await?;
    let project = permit.on();
    let summary = project.summary.as_ref().map_or("", |s| s.as_str());
    likes(&app, order.actor(), project.title.ko.as_str(), summary, Some(project.id)).await
}

/// Find projects like a title.
///
/// Before anything is entered: who does something like this already?
#[utoipa::path(tag = "project", params(CompareTitle), security(("bearer" = ["project.read"])))]
#[get("/projects/similar")]
pub(super) async fn find_similar_projects(
    app: Data<App>,
    Caller(actor): Caller,
    _: Scoped<action::Read>,
    Query(ask): Query<CompareTitle>,
) -> Result<Found<SimilarProjects>, Problem> {
    let summary = ask.summary.as_ref().map_or("", |s| s.as_str());
    likes(&app, &actor, ask.title.as_str(), summary, None).await
}

async fn likes(
    app: &App,
    actor: &Actor,
    title: &str,
    summary: &str,
    but: Option<ProjectId>,
) -> Result<Found<SimilarProjects>, Problem> {
    let found = alike(app, actor, title, summary, but).await?;
    let shown = |(other, score): (Project, Share)| SimilarProject {
        id: other.id,
        code: other.code,
        phase: other.phase(),
        title: other.title,
        lead_body: other.lead_body,
        score,
    };
    Ok(Found::new(SimilarProjects { items: found.into_iter().map(shown).collect() }))
}

/// Export projects.
///
/// The list with its filters as CSV or XLSX, in the order of entry, streamed. Each export is recorded with who, when, from
/// where and why.
#[utoipa::path(tag = "project", params(AsFile<ListProjects>), security(("bearer" = ["project.export"])))]
#[get("/projects/export")]
pub(super) async fn export_projects(
    app: Data<App>,
    Allowed(order): Allowed<action::Export>,
    Scoped(scope): Scoped<action::Read>,
    Query(ask): Query<AsFile<ListProjects>>,
) -> Result<Download, Problem> {
    app.store.look(&order).await?;
    let filter = ask.list.filter()?;
    let rows = store::project::count(&app.store, &scope, &filter).await?;
    ask.format.admits(rows)?;
    let what = serde_json::json!({ "list": "projects", "filter": format!("{filter:?}"), "rows": rows, "purpose": ask.purpose });
    app.store.log_read(&order, "axtrack", what).await?;
    let table = Table::new(Words::fixed("AX 과제 목록", "AX projects"), order.at().day(), COLUMNS).labelled(ask.labels);
    let store = app.store.clone();
    let batches = futures_util::stream::try_unfold(0, move |after| {
        let (store, scope, filter) = (store.clone(), scope.clone(), filter.clone());
        async move {
            let batch = store::project::export_batch(&store, &scope, &filter, after, 500).await?;
            let Some((last, _)) = batch.last() else { return Ok::<_, store::StoreError>(None) };
            let last = *last;
            let rows =
                batch.iter().map(|(_, raw)| Ok(cells(&raw.read()?))).collect::<Vec<Result<_, store::StoreError>>>();
            Ok(Some((futures_util::stream::iter(rows), last)))
        }
    });
    let rows = futures_util::TryStreamExt::try_flatten(batches);
    Ok(Download(respond(table, ask.format, rows).await?))
}

const fn column(key: &'static str, ko: &'static str, en: &'static str, kind: ColumnKind) -> Column {
    Column { key, ko, en, kind }
}

static COLUMNS: &[Column] = &[
    column("code", "과제번호", "Code", ColumnKind::Text),
    column("title", "과제명", "Title", ColumnKind::Text),
    column("lead_body", "주관기관", "Lead body", ColumnKind::Text),
    column("partners", "참여기관", "Partners", ColumnKind::Text),
    column("phase", "단계", "Phase", ColumnKind::Text),
    column("status", "상태", "Status", ColumnKind::Text),
    column("fields", "분야", "Fields", ColumnKind::Text),
    column("regions", "지역", "Regions", ColumnKind::Text),
    column("programme", "사업", "Programme", ColumnKind::Text),
    column("year", "시작연도", "Year", ColumnKind::Integer),
    column("amount_krw", "예산현액(원)", "Current budget (won)", ColumnKind::Won),
    column("priority", "우선순위", "Priority", ColumnKind::Text),
    column("health", "건강도", "Health", ColumnKind::Text),
    column("gate_due", "단계 기한", "Gate due", ColumnKind::Day),
    column("planned_start", "계획 시작", "Planned start", ColumnKind::Text),
    column("planned_end", "계획 종료", "Planned end", ColumnKind::Text),
    column("updated_at", "수정 시각", "Last changed", ColumnKind::Instant),
];

fn cells(item: &ProjectItem) -> Vec<Cell> {
    fn joined<T: ToString>(list: &[T]) -> String {
        list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
    let word = |value: serde_json::Value| value.as_str().map_or_else(String::new, str::to_owned);
    vec![
        Cell::from(item.code.to_string()),
        Cell::from(item.title.ko.to_string()),
        Cell::from(item.lead_body.to_string()),
        Cell::from(joined(&item.partners)),
        Cell::from(word(serde_json::json!(item.phase))),
        Cell::from(word(serde_json::json!(item.status))),
        Cell::from(joined(&item.fields)),
        Cell::from(joined(&item.regions)),
        Cell::from(item.programme.as_ref().map(ToString::to_string)),
        Cell::from(item.year.map(domain::day::FiscalYear::get)),
        Cell::from(item.amount_krw),
        Cell::from(if item.priority { "O" } else { "" }),
        Cell::from(item.health.map(|h| word(serde_json::json!(h)))),
        Cell::from(item.gate_due),
        Cell::from(item.planned_start.map(|d| d.to_string())),
        Cell::from(item.planned_end.map(|d| d.to_string())),
        Cell::from(item.updated_at),
    ]
}
