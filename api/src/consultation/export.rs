//! Consultations as a file (자문 내려받기).

use super::wire::ListConsultations;
use crate::{
    App,
    http::{
        Allowed, AsFile, Download, Problem, Query, Scoped,
        export::{Cell, Column, ColumnKind, Table, respond},
    },
};
use actix_web::{get, web::Data};
use domain::{access::act::consultation as act, consultation::Consultation, problem::Words};
use futures_util::{TryStreamExt, stream};
use store::{StoreError, page::PageAsk};

/// Consultations read at once.
const BATCH: u64 = 200;

/// Export consultations.
///
/// The list with its filters as CSV or XLSX, in the order in which they were asked for, streamed. Each export is recorded with
/// who, when, from where and why.
#[utoipa::path(tag = "advisory", params(AsFile<ListConsultations>), security(("bearer" = ["consultation.export"])))]
#[get("/consultations/export")]
pub(super) async fn export_consultations(
    app: Data<App>,
    Allowed(order): Allowed<act::Export>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<AsFile<ListConsultations>>,
) -> Result<Download, Problem> {
    app.store.look(&order).await?;
    let (filter, today) = (ask.list.filter(), order.at().day());
    let rows = store::consultation::count(&app.store, &scope, (&filter, today)).await?;
    ask.format.admits(rows)?;
    let what = serde_json::json!({ "list": "consultations", "filter": format!("{filter:?}"), "rows": rows, "purpose": ask.purpose });
    app.store.log_read(&order, "axtrack", what).await?;
    let table = Table::new(Words::fixed("자문", "Consultations"), today, COLUMNS).labelled(ask.labels);
    let store = app.store.clone();
    let batches = stream::try_unfold(Some(None), move |at: Option<Option<String>>| {
        let (store, scope, filter) = (store.clone(), scope.clone(), filter.clone());
        async move {
            let Some(token) = at else { return Ok::<_, StoreError>(None) };
            let page = PageAsk { size: BATCH, token };
            let batch = store::consultation::list(&store, &scope, (&filter, today), &page).await?;
            let rows: Vec<_> = batch.items.iter().map(|one| Ok::<_, StoreError>(cells(one))).collect();
            Ok(Some((stream::iter(rows), batch.next.map(Some))))
        }
    });
    Ok(Download(respond(table, ask.format, batches.try_flatten()).await?))
}

const fn column(key: &'static str, ko: &'static str, en: &'static str, kind: ColumnKind) -> Column {
    Column { key, ko, en, kind }
}

static COLUMNS: &[Column] = &[
    column("id", "식별자", "Id", ColumnKind::Text),
    column("project_code", "과제번호", "Project", ColumnKind::Text),
    column("project_title", "과제명", "Project title", ColumnKind::Text),
    column("phase", "단계", "Phase", ColumnKind::Text),
    column("body", "요청기관", "Body", ColumnKind::Text),
    column("subject", "제목", "Subject", ColumnKind::Text),
    column("topics", "자문분야", "Topics", ColumnKind::Text),
    column("urgency", "긴급도", "Urgency", ColumnKind::Text),
    column("state", "상태", "State", ColumnKind::Text),
    column("waits_for", "처리 차례", "Waits for", ColumnKind::Text),
    column("adviser", "자문위원", "Adviser", ColumnKind::Text),
    column("requested_on", "요청일", "Requested on", ColumnKind::Day),
    column("first_held_on", "첫 자문일", "First held on", ColumnKind::Day),
    column("response_days", "응답일수", "Response days", ColumnKind::Integer),
    column("sessions", "자문 횟수", "Sessions", ColumnKind::Integer),
    column("minutes", "자문 시간(분)", "Minutes", ColumnKind::Integer),
    column("advice", "의견 수", "Pieces of advice", ColumnKind::Integer),
    column("unanswered", "미회신 의견", "Unanswered", ColumnKind::Integer),
    column("open_advice", "미완료 의견", "Open advice", ColumnKind::Integer),
];

fn cells(one: &Consultation) -> Vec<Cell> {
    let whole = |many: usize| Cell::from(i64::try_from(many).unwrap_or(i64::MAX));
    let topics: Vec<&str> = one.request.topics.iter().map(|topic| topic.ko()).collect();
    vec![
        Cell::from(one.id.to_string()),
        Cell::from(one.project_code.to_string()),
        Cell::from(one.project_title.ko.to_string()),
        Cell::from(one.phase.reached().words().0),
        Cell::from(one.body.to_string()),
        Cell::from(one.request.subject.to_string()),
        Cell::from(topics.join(", ")),
        Cell::from(one.request.urgency.ko()),
        Cell::from(one.state.ko()),
        one.waits_for().map_or(Cell::Empty, |who| Cell::from(who.ko())),
        one.assigned.as_ref().map_or(Cell::Empty, |to| Cell::from(to.name.to_string())),
        Cell::from(one.requested_on()),
        one.first_held_on().map_or(Cell::Empty, Cell::from),
        one.response_days().map_or(Cell::Empty, Cell::from),
        whole(one.sessions.len()),
        Cell::from(i64::from(one.minutes())),
        whole(one.advice.len()),
        whole(one.unanswered()),
        whole(one.open_advice()),
    ]
}
