//! Budget lines as a file (예산 내역 내려받기).

use super::{body::ListBudgetLines, line::inside};
use crate::{
    App,
    http::{
        Allowed, AsFile, Download, Problem, Query, Scoped,
        export::{Cell, Column, ColumnKind, Percent, Table, respond},
    },
};
use actix_web::{get, web::Data};
use domain::{access::act::budget as act, budget::BudgetLine, problem::Words};
use futures_util::{TryStreamExt, stream};
use store::{
    StoreError,
    budget::{Sort, Way},
    page::PageAsk,
};

/// Lines read at once.
const BATCH: u64 = 500;

/// Export budget lines.
///
/// The list with its filters as CSV or XLSX, in the order of entry, streamed. Each export is recorded with who, when, from
/// where and why.
#[utoipa::path(tag = "budget", params(AsFile<ListBudgetLines>), security(("bearer" = ["budget_line.export"])))]
#[get("/budget-lines/export")]
pub(super) async fn export_budget_lines(
    app: Data<App>,
    Allowed(order): Allowed<act::Export>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<AsFile<ListBudgetLines>>,
) -> Result<Download, Problem> {
    app.store.look(&order).await?;
    let inside = inside(&app.store, scope.actor(), ask.list.envelope.as_ref()).await?;
    let filter = ask.list.filter(inside);
    let rows = store::budget::count(&app.store, &scope, &filter).await?;
    ask.format.admits(rows)?;
    let what = serde_json::json!({ "list": "budget_lines", "filter": format!("{filter:?}"), "rows": rows, "purpose": ask.purpose });
    app.store.log_read(&order, "axtrack", what).await?;
    let title = Words::fixed("예산 내역", "Budget lines");
    let table = Table::new(title, order.at().day(), COLUMNS).labelled(ask.labels);
    let store = app.store.clone();
    let batches = stream::try_unfold(Some(None), move |at: Option<Option<String>>| {
        let (store, scope, filter) = (store.clone(), scope.clone(), filter.clone());
        async move {
            let Some(token) = at else { return Ok::<_, StoreError>(None) };
            let page = PageAsk { size: BATCH, token };
            let batch = store::budget::list(&store, &scope, &filter, (Sort::Created, Way::Up), &page).await?;
            let rows: Vec<_> = batch.items.iter().map(|line| Ok::<_, StoreError>(cells(line))).collect();
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
    column("body", "소관", "Body", ColumnKind::Text),
    column("fiscal_year", "회계연도", "Fiscal year", ColumnKind::Integer),
    column("account_kind", "회계구분", "Account kind", ColumnKind::Text),
    column("account_code", "회계코드", "Account code", ColumnKind::Text),
    column("account_name", "회계명", "Account name", ColumnKind::Text),
    column("field", "분야", "Field", ColumnKind::Text),
    column("sector", "부문", "Sector", ColumnKind::Text),
    column("budget_program", "프로그램", "Programme", ColumnKind::Text),
    column("unit_project", "단위사업", "Unit project", ColumnKind::Text),
    column("detailed_project", "세부사업", "Detailed project", ColumnKind::Text),
    column("detailed_project_name", "세부사업명", "Detailed project name", ColumnKind::Text),
    column("sub_project", "내역사업", "Sub-project", ColumnKind::Text),
    column("object", "목", "Object", ColumnKind::Text),
    column("sub_object", "세목", "Sub-object", ColumnKind::Text),
    column("kind", "지원형태", "Kind", ColumnKind::Text),
    column("title", "내역명", "Title", ColumnKind::Text),
    column("project", "과제", "Project", ColumnKind::Text),
    column("share", "과제비율", "Share", ColumnKind::Percent),
    column("envelope", "재원", "Envelope", ColumnKind::Text),
    column("standing", "상태", "Standing", ColumnKind::Text),
    column("original_krw", "본예산(원)", "Original budget (won)", ColumnKind::Won),
    column("supplementary_krw", "추경(원)", "Supplementary budget (won)", ColumnKind::Won),
    column("carried_in_krw", "전년도 이월(원)", "Carried in (won)", ColumnKind::Won),
    column("moved_in_krw", "전용·이용·이체 증(원)", "Moved in (won)", ColumnKind::Won),
    column("moved_out_krw", "전용·이용·이체 감(원)", "Moved out (won)", ColumnKind::Won),
    column("contingency_krw", "예비비(원)", "Contingency (won)", ColumnKind::Won),
    column("current_budget_krw", "예산현액(원)", "Current budget (won)", ColumnKind::Won),
    column("apportioned_krw", "배정액(원)", "Apportioned (won)", ColumnKind::Won),
    column("committed_krw", "지출원인행위액(원)", "Committed (won)", ColumnKind::Won),
    column("expended_krw", "지출액(원)", "Expended (won)", ColumnKind::Won),
    column("carried_out_krw", "다음 연도 이월(원)", "Carried out (won)", ColumnKind::Won),
    column("available_krw", "집행 가능액(원)", "Available (won)", ColumnKind::Won),
    column("lapsed_krw", "불용액(원)", "Lapsed (won)", ColumnKind::Won),
    column("recipient_used_krw", "실집행액(원)", "Used by recipients (won)", ColumnKind::Won),
    column("execution_rate", "집행률", "Execution rate", ColumnKind::Percent),
    column("real_execution_rate", "실집행률", "Real execution rate", ColumnKind::Percent),
];

fn cells(line: &BudgetLine) -> Vec<Cell> {
    fn text<T: ToString>(value: Option<&T>) -> Cell {
        value.map_or(Cell::Empty, |value| Cell::from(value.to_string()))
    }
    let rate = |rate: Option<String>| Cell::from(rate.and_then(|rate| rate.parse::<Percent>().ok()));
    let (account, place, b) = (&line.account, &line.hierarchy, &line.balances);
    let mut row = vec![
        Cell::from(line.id.to_string()),
        Cell::from(line.body.to_string()),
        Cell::from(line.fiscal_year.get()),
        Cell::from(account.kind.name()),
        text(account.code.as_ref()),
        Cell::from(account.name.to_string()),
    ];
    row.extend(
        [&place.field, &place.sector, &place.budget_program, &place.unit_project, &place.detailed_project]
            .map(|code| text(code.as_ref())),
    );
    row.push(text(place.detailed_project_name.as_ref()));
    row.extend([&place.sub_project, &place.object, &place.sub_object].map(|code| text(code.as_ref())));
    row.extend([
        Cell::from(line.kind.name()),
        Cell::from(line.title.to_string()),
        text(line.project.as_ref().map(|project| &project.id)),
        Cell::from(line.project.as_ref().map(|_| line.share)),
        text(line.envelope.as_ref()),
        Cell::from(line.standing.name()),
    ]);
    let money = [
        b.original_krw,
        b.supplementary_krw,
        b.carried_in_krw,
        b.moved_in_krw,
        b.moved_out_krw,
        b.contingency_krw,
        b.current_budget_krw,
        b.apportioned_krw,
        b.committed_krw,
        b.expended_krw,
        b.carried_out_krw,
        b.available_krw,
        b.lapsed_krw,
    ];
    row.extend(money.map(Cell::from));
    row.extend([Cell::from(b.recipient_used_krw), rate(b.execution_rate()), rate(b.real_execution_rate())]);
    row
}
