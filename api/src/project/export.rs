//! The project list as a file (과제 목록 내려받기).

use super::body::ListProjects;
use crate::{
    App,
    http::{
        Allowed, AsFile, Download, Problem, Query, Scoped,
        export::{Cell, Column, ColumnKind, Table, respond},
    },
};
use actix_web::{get, web::Data};
use domain::{
    access::{Scope, act::project as action},
    problem::Words,
    project::ProjectItem,
};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use store::{
    Store, StoreError,
    page::PageAsk,
    portfolio::AsOf,
    project::{Filter, Raw},
};

/// Export projects.
///
/// The list with its filters as CSV or XLSX, in the order of entry, streamed; with `as_of` as it stood at the end of that
/// day, the newest first and without amounts. Each export is recorded with who, when, from where and why.
#[utoipa::path(tag = "project", params(AsFile<ListProjects>), security(("bearer" = ["project.export"])))]
#[get("/projects/export")]
pub(super) async fn export_projects(
    app: Data<App>,
    Allowed(order): Allowed<action::Export>,
    Scoped(scope): Scoped<action::Read>,
    Query(ask): Query<AsFile<ListProjects>>,
) -> Result<Download, Problem> {
    app.store.look(&order).await?;
    let day = ask.list.as_of()?;
    let filter = ask.list.filter();
    // How many there were on a day is known at the end; too many for a workbook are refused then.
    let rows = if day.is_none() { Some(store::project::count(&app.store, &scope, &filter).await?) } else { None };
    rows.map_or(Ok(()), |rows| ask.format.admits(rows))?;
    let what = serde_json::json!({
        "list": "projects", "filter": format!("{filter:?}"), "as_of": day.map(|day| day.0), "rows": rows, "purpose": ask.purpose,
    });
    app.store.log_read(&order, "axtrack", what).await?;
    let table = Table::new(Words::fixed("AX 과제 목록", "AX projects"), order.at().day(), COLUMNS).labelled(ask.labels);
    let store = app.store.clone();
    let lines = match day {
        None => today(store, scope, filter).boxed_local(),
        Some(day) => stood(store, scope, filter, day).boxed_local(),
    };
    let rows = lines.map(|line| line.and_then(|raw| Ok(cells(&raw.read()?))));
    Ok(Download(respond(table, ask.format, rows).await?))
}

/// How many lines are read at a time.
const BATCH: u64 = 500;

type Line = Result<Raw, StoreError>;

/// What is there now, in the order of entry.
fn today(store: Store, scope: Scope<action::Read>, filter: Filter) -> impl Stream<Item = Line> {
    let batches = stream::try_unfold(0, move |after| {
        let (store, scope, filter) = (store.clone(), scope.clone(), filter.clone());
        async move {
            let batch = store::project::export_batch(&store, &scope, &filter, after, BATCH).await?;
            let Some((last, _)) = batch.last() else { return Ok::<_, StoreError>(None) };
            let last = *last;
            let lines: Vec<Line> = batch.into_iter().map(|(_, raw)| Ok(raw)).collect();
            Ok(Some((stream::iter(lines), last)))
        }
    });
    batches.try_flatten()
}

/// What was there at the end of a day, the newest first.
fn stood(store: Store, scope: Scope<action::Read>, filter: Filter, day: AsOf) -> impl Stream<Item = Line> {
    let first = Some(PageAsk { size: BATCH, token: None });
    let pages = stream::try_unfold(first, move |ask| {
        let (store, scope, filter) = (store.clone(), scope.clone(), filter.clone());
        async move {
            let Some(ask) = ask else { return Ok::<_, StoreError>(None) };
            let page = store::project::list_as_of(&store, &scope, &filter, day, &ask).await?;
            let next = page.next.map(|token| PageAsk { size: BATCH, token: Some(token) });
            let lines: Vec<Line> = page.items.into_iter().map(Ok).collect();
            Ok(Some((stream::iter(lines), next)))
        }
    });
    pages.try_flatten()
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
