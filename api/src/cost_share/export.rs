//! Who would get which rate, as a file (모의 계산 내려받기).

use super::{reckon::table, wire::AskWhatIf};
use crate::{
    App,
    http::{
        Allowed, AsFile, Download, Problem, Query,
        export::{Cell, Column, ColumnKind, Percent, Table, respond},
    },
};
use actix_web::{get, web::Data};
use domain::{
    access::act::cost_share as act,
    cost_share::{Cited, Row, RuleSetKey, Standing},
    fraction::Rounded,
    problem::Words,
};
use futures_util::stream;
use store::StoreError;

/// Export who would get which national rate.
///
/// The table of `what-if` as CSV or XLSX. The file's name and every row say what stands behind the rules. Each export is
/// recorded with who, when, from where and why.
#[utoipa::path(tag = "cost_share", security(("bearer" = ["cost_share.export"])),
    params(("cost_share_rules" = RuleSetKey, Path, description = "The rule set's key."), AsFile<AskWhatIf>))]
#[get("/cost-share-rules/{cost_share_rules}/what-if/export")]
pub(super) async fn export_cost_share_what_if(
    app: Data<App>,
    Allowed(order): Allowed<act::Export>,
    Query(ask): Query<AsFile<AskWhatIf>>,
) -> Result<Download, Problem> {
    let rules = app.store.look(&order).await?.on().clone();
    let found = table(&app, &order, &rules, &ask.list).await?;
    let what = serde_json::json!({ "list": "cost_share_what_if", "edition": found.rule_set.edition, "on": found.on,
        "total_cost_krw": found.total_cost_krw, "rows": found.rows.len(), "purpose": ask.purpose });
    app.store.log_read(&order, rules.key.as_str(), what).await?;
    let table = Table::new(title(rules.standing), order.at().day(), COLUMNS).labelled(ask.labels);
    let cited = found.rule_set;
    let rows = found.rows.into_iter().map(move |row| Ok::<_, StoreError>(cells(&cited, &row)));
    Ok(Download(respond(table, ask.format, stream::iter(rows)).await?))
}

/// A file that goes from hand to hand says in its name that it is no fact.
const fn title(standing: Standing) -> Words {
    match standing {
        Standing::Published => Words::fixed("국비 분담 모의계산", "Cost share what-if"),
        Standing::DraftProposal => Words::fixed("국비 분담 모의계산 (안)", "Cost share what-if (proposal)"),
        Standing::Illustration => Words::fixed("국비 분담 모의계산 (예시)", "Cost share what-if (illustration)"),
    }
}

const fn column(key: &'static str, ko: &'static str, en: &'static str, kind: ColumnKind) -> Column {
    Column { key, ko, en, kind }
}

static COLUMNS: &[Column] = &[
    column("rule_set", "분담 규칙", "Rule set", ColumnKind::Text),
    column("edition", "판", "Edition", ColumnKind::Integer),
    column("standing", "규칙의 성격", "Standing", ColumnKind::Text),
    column("code", "지역코드", "Code", ColumnKind::Text),
    column("sido_name_ko", "시도", "Sido", ColumnKind::Text),
    column("name_ko", "지방정부", "Name", ColumnKind::Text),
    column("level", "수준", "Level", ColumnKind::Text),
    column("groups", "지정", "Groups", ColumnKind::Text),
    column("status", "계산 여부", "Status", ColumnKind::Text),
    column("indicator_value", "재정지표", "Indicator", ColumnKind::Percent),
    column("band", "구간(0부터)", "Band (from 0)", ColumnKind::Integer),
    column("nominal_rate", "기준 국비율", "Nominal rate", ColumnKind::Percent),
    column("rate", "적용 국비율", "Rate", ColumnKind::Percent),
    column("effective_rate", "실질 국비율", "Effective rate", ColumnKind::Percent),
    column("total_cost_krw", "총사업비(원)", "Total cost (won)", ColumnKind::Won),
    column("national_krw", "국비(원)", "National (won)", ColumnKind::Won),
    column("sido_krw", "시도비(원)", "Sido (won)", ColumnKind::Won),
    column("municipality_krw", "시군구비(원)", "Municipality (won)", ColumnKind::Won),
    column("predecessors", "이전 지역의 지표(적용하지 않음)", "Predecessors' indicators (not taken)", ColumnKind::Text),
];

fn cells(cited: &Cited, row: &Row) -> Vec<Cell> {
    let percent = |rate: Rounded| Cell::from(rate.to_string().parse::<Percent>().ok());
    let shares = row.shares.as_ref();
    let rate =
        |of: fn(&domain::cost_share::Shares) -> Rounded| shares.map_or(Cell::Empty, |shares| percent(of(shares)));
    let before: Vec<String> =
        row.predecessors.iter().map(|one| format!("{}({}) {}%", one.name_ko, one.code, one.value)).collect();
    vec![
        Cell::from(cited.key.to_string()),
        Cell::from(cited.edition),
        Cell::from(cited.standing.ko()),
        Cell::from(row.code.to_string()),
        Cell::from(row.sido_name_ko.as_ref().map(ToString::to_string)),
        Cell::from(row.name_ko.to_string()),
        Cell::from(row.level.name()),
        Cell::from(row.groups.join(", ")),
        Cell::from(row.status.name()),
        Cell::from(row.indicator_value),
        Cell::from(row.band.and_then(|band| i64::try_from(band).ok())),
        rate(|shares| shares.nominal_rate),
        rate(|shares| shares.rate),
        rate(|shares| shares.effective_rate),
        Cell::from(shares.map(|shares| shares.total_cost_krw)),
        Cell::from(shares.map(|shares| shares.national_krw)),
        Cell::from(shares.map(|shares| shares.sido_krw)),
        Cell::from(shares.map(|shares| shares.municipality_krw)),
        Cell::from(before.join(", ")),
    ]
}
