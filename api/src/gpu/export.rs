//! Requests and allocations as files (GPU 신청·배분 내려받기).

use super::wire::{ListGpuAllocations, ListGpuRequests};
use crate::{
    App,
    http::{
        Allowed, AsFile, Download, Problem, Query, Scoped,
        export::{Cell, Column, ColumnKind, Table, respond},
    },
};
use actix_web::{get, web::Data};
use domain::{
    access::act::gpu_request as act,
    day::Day,
    gpu::{GpuAllocation, GpuRequest, GrantKind},
    problem::Words,
};
use futures_util::{Stream, TryStreamExt, stream};
use store::{
    StoreError,
    page::{Page, PageAsk},
};

/// Rows read at once.
const BATCH: u64 = 500;

/// All pages of a list, one row after the other.
fn rows<T>(
    page: impl AsyncFn(PageAsk) -> Result<Page<T>, StoreError> + Clone + 'static,
    cells: impl Fn(&T) -> Vec<Cell> + Clone + 'static,
) -> impl Stream<Item = Result<Vec<Cell>, StoreError>>
where
    T: 'static,
{
    let batches = stream::try_unfold(Some(None), move |at: Option<Option<String>>| {
        let (page, cells) = (page.clone(), cells.clone());
        async move {
            let Some(token) = at else { return Ok::<_, StoreError>(None) };
            let batch = page(PageAsk { size: BATCH, token }).await?;
            let rows: Vec<_> = batch.items.iter().map(|one| Ok::<_, StoreError>(cells(one))).collect();
            Ok(Some((stream::iter(rows), batch.next.map(Some))))
        }
    });
    batches.try_flatten()
}

/// Export requests for GPUs.
///
/// The list with its filters as CSV or XLSX, in the order of entry, streamed. Each export is recorded with who, when, from where and
/// why.
#[utoipa::path(tag = "gpu", params(AsFile<ListGpuRequests>), security(("bearer" = ["gpu_request.export"])))]
#[get("/gpu-requests/export")]
pub(super) async fn export_gpu_requests(
    app: Data<App>,
    Allowed(order): Allowed<act::Export>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<AsFile<ListGpuRequests>>,
) -> Result<Download, Problem> {
    app.store.look(&order).await?;
    let (filter, today) = (ask.list.filter(), order.at().day());
    let count = store::gpu::count_requests(&app.store, &scope, &filter, today).await?;
    ask.format.admits(count)?;
    let what = serde_json::json!({ "list": "gpu_requests", "filter": format!("{filter:?}"), "rows": count, "purpose": ask.purpose });
    app.store.log_read(&order, "axtrack", what).await?;
    let title = Words::fixed("GPU 신청 목록", "GPU requests");
    let table = Table::new(title, today, REQUESTS).labelled(ask.labels);
    let store = app.store.clone();
    let page = async move |ask: PageAsk| store::gpu::list_requests(&store, &scope, &filter, (&ask, today)).await;
    Ok(Download(respond(table, ask.format, rows(page, move |one| request_cells(one, today))).await?))
}

/// Export allocations of GPUs.
///
/// The list with its filters as CSV or XLSX, in the order of entry, streamed; unlike models stand in rows of their own. Each export is
/// recorded with who, when, from where and why.
#[utoipa::path(tag = "gpu", params(AsFile<ListGpuAllocations>), security(("bearer" = ["gpu_request.export"])))]
#[get("/gpu-allocations/export")]
pub(super) async fn export_gpu_allocations(
    app: Data<App>,
    Allowed(order): Allowed<act::Export>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<AsFile<ListGpuAllocations>>,
) -> Result<Download, Problem> {
    app.store.look(&order).await?;
    let (filter, today) = (ask.list.filter(), order.at().day());
    let count = store::gpu::count_allocations(&app.store, &scope, &filter).await?;
    ask.format.admits(count)?;
    let what = serde_json::json!({ "list": "gpu_allocations", "filter": format!("{filter:?}"), "rows": count, "purpose": ask.purpose });
    app.store.log_read(&order, "axtrack", what).await?;
    let title = Words::fixed("GPU 배분 목록", "GPU allocations");
    let table = Table::new(title, today, ALLOCATIONS).labelled(ask.labels);
    let store = app.store.clone();
    let page = async move |ask: PageAsk| store::gpu::list_allocations(&store, &scope, &filter, &ask).await;
    Ok(Download(respond(table, ask.format, rows(page, allocation_cells)).await?))
}

const fn column(key: &'static str, ko: &'static str, en: &'static str, kind: ColumnKind) -> Column {
    Column { key, ko, en, kind }
}

static REQUESTS: &[Column] = &[
    column("id", "신청 번호", "Request", ColumnKind::Text),
    column("body", "주관기관", "Body", ColumnKind::Text),
    column("project", "과제", "Project", ColumnKind::Text),
    column("round", "회차", "Round", ColumnKind::Text),
    column("pool", "풀", "Pool", ColumnKind::Text),
    column("model", "모델", "Model", ColumnKind::Text),
    column("gpus", "신청 수량(장)", "GPUs asked", ColumnKind::Integer),
    column("from", "신청 시작", "From", ColumnKind::Day),
    column("to", "신청 종료(그날 제외)", "To (excluded)", ColumnKind::Day),
    column("user_class", "이용자 구분", "User class", ColumnKind::Text),
    column("approved_gpus", "승인 수량(장)", "GPUs approved", ColumnKind::Integer),
    column("charge", "이용료", "Charge", ColumnKind::Text),
    column("state", "상태", "State", ColumnKind::Text),
    column("requested_at", "신청 시각", "Requested", ColumnKind::Instant),
    column("updated_at", "수정 시각", "Last changed", ColumnKind::Instant),
];

fn request_cells(one: &GpuRequest, today: Day) -> Vec<Cell> {
    let approval = one.approval.as_ref();
    vec![
        Cell::from(one.id.to_string()),
        Cell::from(one.body.to_string()),
        Cell::from(one.project.to_string()),
        Cell::from(one.round.as_ref().map(ToString::to_string)),
        Cell::from(one.pool.to_string()),
        Cell::from(one.accelerator.model.to_string()),
        Cell::from(one.gpus),
        Cell::from(one.period.from),
        Cell::from(one.period.to),
        Cell::from(one.user_class.name()),
        Cell::from(approval.map(|approval| approval.gpus)),
        Cell::from(approval.map(|approval| approval.charge.words.ko.to_string())),
        Cell::from(one.state(today).name()),
        Cell::from(one.deeds.first().map(|deed| deed.stamp.at)),
        Cell::from(one.updated.at),
    ]
}

static ALLOCATIONS: &[Column] = &[
    column("id", "배분 번호", "Allocation", ColumnKind::Text),
    column("request", "신청 번호", "Request", ColumnKind::Text),
    column("body", "주관기관", "Body", ColumnKind::Text),
    column("project", "과제", "Project", ColumnKind::Text),
    column("pool", "풀", "Pool", ColumnKind::Text),
    column("model", "모델", "Model", ColumnKind::Text),
    column("kind", "구분", "Kind", ColumnKind::Text),
    column("gpus", "수량(장)", "GPUs", ColumnKind::Integer),
    column("from", "시작", "From", ColumnKind::Day),
    column("to", "종료(그날 제외)", "To (excluded)", ColumnKind::Day),
    column("given_to", "배분 당시 종료(그날 제외)", "To as given (excluded)", ColumnKind::Day),
    column("gpu_hours", "GPU 시간", "GPU-hours", ColumnKind::Integer),
    column("ended", "종료 구분", "Ended by", ColumnKind::Text),
    column("granted_at", "배분 시각", "Granted", ColumnKind::Instant),
];

fn allocation_cells(one: &GpuAllocation) -> Vec<Cell> {
    let kind = match one.grant.kind {
        GrantKind::Tranche { .. } => "tranche",
        GrantKind::Extension { .. } => "extension",
    };
    vec![
        Cell::from(one.grant.id.to_string()),
        Cell::from(one.request.to_string()),
        Cell::from(one.body.to_string()),
        Cell::from(one.project.to_string()),
        Cell::from(one.pool.to_string()),
        Cell::from(one.accelerator.model.to_string()),
        Cell::from(kind),
        Cell::from(one.grant.gpus),
        Cell::from(one.held.from),
        Cell::from(one.held.to),
        Cell::from(one.grant.period.to),
        Cell::from(i64::try_from(one.gpu_hours).unwrap_or(i64::MAX)),
        Cell::from(one.grant.ended.as_ref().map(|ended| ended.how.name())),
        Cell::from(one.grant.granted.at),
    ]
}
