//! Resource requests as a file (자원 신청 내려받기).

use super::wire::ListRequests;
use crate::{
    App,
    http::{
        Allowed, AsFile, Download, Problem, Query, Scoped,
        export::{Cell, Column, ColumnKind, Table, respond},
    },
};
use actix_web::{get, web::Data};
use domain::{access::act::resource_request as act, problem::Words, resource::ResourceRequest};
use futures_util::{TryStreamExt, stream};
use store::{StoreError, page::PageAsk};

/// How many lines are read at a time.
const BATCH: u64 = 500;

/// Export resource requests.
///
/// The list with its filters as CSV or XLSX, in the order of entry, streamed. Each export is recorded with who, when, from
/// where and why.
#[utoipa::path(tag = "resource", params(AsFile<ListRequests>), security(("bearer" = ["resource_request.export"])))]
#[get("/resource-requests/export")]
pub(super) async fn export_resource_requests(
    app: Data<App>,
    Allowed(order): Allowed<act::Export>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<AsFile<ListRequests>>,
) -> Result<Download, Problem> {
    app.store.look(&order).await?;
    let filter = ask.list.filter();
    let rows = store::resource::count(&app.store, &scope, &filter).await?;
    ask.format.admits(rows)?;
    let what = serde_json::json!({ "list": "resource_requests", "filter": format!("{filter:?}"), "rows": rows,
        "purpose": ask.purpose });
    app.store.log_read(&order, "axtrack", what).await?;
    let title = Words::fixed("자원 신청", "Resource requests");
    let table = Table::new(title, order.at().day(), COLUMNS).labelled(ask.labels);
    let store = app.store.clone();
    let batches = stream::try_unfold(Some(None), move |at: Option<Option<String>>| {
        let (store, scope, filter) = (store.clone(), scope.clone(), filter.clone());
        async move {
            let Some(token) = at else { return Ok::<_, StoreError>(None) };
            let page = PageAsk { size: BATCH, token };
            let batch = store::resource::list(&store, &scope, &filter, &page).await?;
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
    column("project", "과제", "Project", ColumnKind::Text),
    column("body", "신청기관", "Body", ColumnKind::Text),
    column("kind", "자원", "Kind", ColumnKind::Text),
    column("text", "내용", "What", ColumnKind::Text),
    column("unit", "단위", "Unit", ColumnKind::Text),
    column("amount", "신청량", "Asked", ColumnKind::Integer),
    column("approved", "승인량", "Approved", ColumnKind::Integer),
    column("supplied", "공급량", "Supplied", ColumnKind::Integer),
    column("wanted_from", "희망 시작일", "Wanted from", ColumnKind::Day),
    column("wanted_until", "희망 종료일", "Wanted until", ColumnKind::Day),
    column("state", "상태", "State", ColumnKind::Text),
    column("asked_at", "신청 시각", "Asked at", ColumnKind::Instant),
];

fn cells(request: &ResourceRequest) -> Vec<Cell> {
    vec![
        Cell::from(request.id.to_string()),
        Cell::from(request.project.to_string()),
        Cell::from(request.body.to_string()),
        Cell::from(request.kind.name()),
        Cell::from(request.text.to_string()),
        Cell::from(request.unit.name()),
        Cell::from(request.amount),
        Cell::from(request.approved),
        Cell::from(request.supplied),
        Cell::from(request.wanted_from),
        Cell::from(request.wanted_until),
        Cell::from(request.state.name()),
        Cell::from(request.steps.first().map(|step| step.stamp.at)),
    ]
}
