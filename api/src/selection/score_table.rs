//! The score table as a file (평가 집계표 내려받기): a sheet for each track, rows in the order of the ranks; who gave which score
//! is not in it.

use super::{tabled::Tabled, wire::AskResult};
use crate::{
    App,
    http::{
        Allowed, AsFile, Download, Problem, Query,
        export::{Book, Cell, ColumnKind, Heading, Labels, Page, Percent, respond_book},
    },
};
use actix_web::{get, web::Data};
use domain::{
    access::act::selection as act,
    call::CallKey,
    evaluation::{Mark, ScoreRow, Sums, Track, TrackResult},
    fraction::Rounded,
    money::Won,
    problem::Words,
};
use std::sync::Arc;

/// Export the score table of a call.
///
/// As officials know it: a sheet for each track with its applications in the order of their ranks, the total of each member's
/// sheet under numbers that do not say who is who, what was dropped or kept out, means, bonus and penalty points, and who
/// pays what. What was confirmed last, or a preview that says so. Each export is recorded with who, when, from where and why.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.dossier"])),
    params(("call" = CallKey, Path, description = "The call's key."), AsFile<AskResult>),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/score-table")]
pub(super) async fn export_score_table(
    app: Data<App>,
    Allowed(order): Allowed<act::Dossier>,
    Query(ask): Query<AsFile<AskResult>>,
) -> Result<Download, Problem> {
    let tabled = Arc::new(Tabled::of(&app, &order, &ask.list).await?);
    let result = tabled.table.result();
    let what = serde_json::json!({ "list": "score_table", "standing": tabled.standing(),
        "inputs_sha256": result.inputs_sha256, "rows": result.applications.len(), "purpose": ask.purpose });
    app.store.log_read(&order, tabled.call.key.as_str(), what).await?;
    let pages = tabled.table.tracks().map(|(track, given)| page(&tabled, (track, given), ask.labels));
    let pages = pages.collect::<Result<Vec<_>, Problem>>()?;
    let on = order.at().day();
    Ok(Download(respond_book(Book { title: title(&tabled), on, pages }, ask.format, ask.labels).await?))
}

/// A file that goes from hand to hand says in its name that nothing is confirmed.
fn title(tabled: &Tabled) -> Words {
    let key = &tabled.call.key;
    match &tabled.confirmation {
        Some(confirmation) => Words::made(
            format!("평가 집계표 {key} (확정 {})", confirmation.number),
            format!("Score table {key} (confirmation {})", confirmation.number),
        ),
        None => Words::made(format!("평가 집계표 {key} (미확정)"), format!("Score table {key} (preview)")),
    }
}

fn page(tabled: &Arc<Tabled>, (track, given): (&Track, &TrackResult), labels: Labels) -> Result<Page, Problem> {
    let ranking: Vec<_> = tabled.table.ranking(&track.code).into_iter().cloned().collect();
    let sums = tabled.table.sums(&track.code).map_err(Problem::internal)?;
    let (columns, of) = (columns(tabled), Arc::clone(tabled));
    let foot = foot(&columns, (&sums, given), labels);
    let rows = ranking.into_iter().filter_map(move |placed| of.table.row(&placed).map(|row| cells(&of, &row)));
    Ok(Page { name: tabled.track_name(&track.code), head: head(tabled, track), columns, rows: Box::new(rows), foot })
}

const fn fixed(key: &'static str, ko: &'static str, en: &'static str, kind: ColumnKind) -> Heading {
    Heading::fixed(key, ko, en, kind)
}

/// What all rows of a track have in common.
fn head(tabled: &Tabled, track: &Track) -> Vec<(Heading, Cell)> {
    let (call, confirmation) = (&tabled.call, tabled.confirmation.as_ref());
    let meeting = confirmation.map(|confirmation| &confirmation.meeting);
    let rules = call.rules.as_ref().map_or("", |laid_down| laid_down.cost_share_standing.ko());
    let standing = if confirmation.is_some() { "확정" } else { "미확정 (preview)" };
    vec![
        (fixed("call", "공모", "Call", ColumnKind::Text), Cell::from(call.key.to_string())),
        (
            fixed("call_title", "공모명", "Title of the call", ColumnKind::Text),
            Cell::from(call.plan.title.ko.to_string()),
        ),
        (fixed("track", "트랙", "Track", ColumnKind::Text), Cell::from(track.code.as_str())),
        (fixed("standing", "결과의 성격", "Standing", ColumnKind::Text), Cell::from(standing)),
        (
            fixed("confirmation", "확정 번호", "Confirmation", ColumnKind::Integer),
            Cell::from(confirmation.map(|c| c.number)),
        ),
        (
            fixed("meeting_held_at", "선정위원회 회의", "Meeting", ColumnKind::Instant),
            Cell::from(meeting.map(|m| m.held_at)),
        ),
        (
            fixed("inputs_sha256", "평가 서류 해시(SHA-256)", "Hash of the dossier", ColumnKind::Text),
            Cell::from(tabled.table.result().inputs_sha256.to_string()),
        ),
        (
            fixed("cost_share_standing", "분담 규칙의 성격", "Standing of the cost shares", ColumnKind::Text),
            Cell::from(rules),
        ),
    ]
}

fn columns(tabled: &Tabled) -> Vec<Heading> {
    use ColumnKind::{Decimal, Integer, Percent, Text, Won};
    let member = |n: usize| Heading {
        key: format!("member_{n}").into(),
        ko: format!("위원 {n}").into(),
        en: format!("Member {n}").into(),
        kind: Decimal,
    };
    let criteria = tabled.call.rules.as_ref().map(|laid_down| &laid_down.rules.scoring.criteria);
    let criterion = |code: &str| {
        let of = criteria.into_iter().flatten().find(|criterion| criterion.code.as_str() == code);
        let ko = of.map_or_else(|| code.to_owned(), |criterion| criterion.name.ko.to_string());
        let en =
            of.and_then(|criterion| criterion.name.en.as_ref()).map_or_else(|| code.to_owned(), ToString::to_string);
        Heading {
            key: format!("mean_{code}").into(),
            ko: format!("{ko} 평균").into(),
            en: format!("{en} mean").into(),
            kind: Decimal,
        }
    };
    let mut columns = vec![
        fixed("rank", "순위", "Rank", Integer),
        fixed("application", "신청 번호", "Application", Text),
        fixed("applicant", "신청 기관", "Applicant", Text),
        fixed("title", "과제명", "Title", Text),
    ];
    columns.extend((1..=tabled.table.members()).map(member));
    columns.extend([
        fixed("dropped", "제외(최고·최저)", "Dropped", Text),
        fixed("valid_sheets", "유효 평가표", "Valid sheets", Integer),
        fixed("mean", "평균", "Mean", Decimal),
        fixed("bonus", "가점", "Bonus", Decimal),
        fixed("penalty", "감점", "Penalty", Decimal),
        fixed("final", "최종 점수", "Final score", Decimal),
    ]);
    columns.extend(tabled.table.dossier().call.scoring.criteria.iter().map(|one| criterion(&one.code)));
    columns.extend([
        fixed("outcome", "결과", "Outcome", Text),
        fixed("reason", "사유", "Reason", Text),
        fixed("reserve_order", "예비 순번", "Reserve order", Integer),
        fixed("total_cost_krw", "총사업비(원)", "Total cost (won)", Won),
        fixed("national_krw", "국비(원)", "National (won)", Won),
        fixed("sido_krw", "시도비(원)", "Sido (won)", Won),
        fixed("municipality_krw", "시군구비(원)", "Municipality (won)", Won),
        fixed("own_krw", "자체 부담(원)", "Own (won)", Won),
        fixed("rate", "적용 국비율", "Rate", Percent),
        fixed("effective_rate", "실질 국비율", "Effective rate", Percent),
    ]);
    columns
}

fn whole(number: Option<usize>) -> Cell {
    Cell::from(number.and_then(|number| i64::try_from(number).ok()))
}

fn rounded(number: Option<Rounded>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Decimal(number.to_string()))
}

fn percent(rate: Option<Rounded>) -> Cell {
    Cell::from(rate.and_then(|rate| rate.to_string().parse::<Percent>().ok()))
}

fn cells(tabled: &Tabled, row: &ScoreRow<'_>) -> Vec<Cell> {
    let (placed, split) = (row.placed, row.placed.cost_share.as_ref().map(|shared| &shared.split));
    let named = tabled.names.get(&placed.id);
    let mark = |mark: &Option<Mark>| match mark {
        None => Cell::Empty,
        Some(Mark::Counted(total)) => Cell::Decimal(total.to_string()),
        Some(Mark::Highest(total) | Mark::Lowest(total)) => Cell::Struck(total.to_string()),
        Some(Mark::KeptOut(kind)) => Cell::from(kind.ko()),
    };
    let dropped = row.marks.iter().zip(1_usize..).filter_map(|(mark, n)| match mark {
        Some(Mark::Highest(_)) => Some(format!("위원 {n}(최고)")),
        Some(Mark::Lowest(_)) => Some(format!("위원 {n}(최저)")),
        _ => None,
    });
    let scored = placed.mean.is_some();
    let points =
        |points: domain::decimal::Decimal| if scored { Cell::Decimal(points.to_string()) } else { Cell::Empty };
    let mut cells = vec![
        whole(placed.rank),
        Cell::from(placed.id.as_str()),
        Cell::from(named.map(|named| named.applicant.as_str())),
        Cell::from(named.map(|named| named.title.as_str())),
    ];
    cells.extend(row.marks.iter().map(mark));
    cells.extend([
        Cell::from(dropped.collect::<Vec<_>>().join(", ")),
        whole(placed.valid_sheets),
        rounded(placed.mean),
        points(row.bonus),
        points(row.penalty),
        rounded(placed.r#final),
    ]);
    let criteria = tabled.table.dossier().call.scoring.criteria.iter();
    let means = placed.criterion_means.as_ref();
    cells.extend(criteria.map(|one| rounded(means.and_then(|means| means.get(&one.code)).copied())));
    cells.extend([
        Cell::from(placed.outcome.ko()),
        Cell::from(placed.reason.map(domain::evaluation::Reason::ko)),
        whole(placed.reserve_order),
        Cell::from(row.application.total_cost),
        Cell::from(split.map(|split| split.national)),
        Cell::from(split.map(|split| split.sido)),
        Cell::from(split.map(|split| split.municipality)),
        Cell::from(split.map(|split| split.own)),
        percent(split.map(|split| split.rate)),
        percent(split.map(|split| split.effective_rate)),
    ]);
    cells
}

/// Below a track: what those selected cost together, under the columns of the money; then the track's own money.
fn foot(columns: &[Heading], (sums, given): (&Sums, &TrackResult), labels: Labels) -> Vec<Vec<Cell>> {
    let word = |ko: &'static str, en: &'static str| Cell::from(if labels == Labels::Korean { ko } else { en });
    let under = |heading: &Heading| match &*heading.key {
        "rank" => word("선정 합계", "Selected"),
        "total_cost_krw" => Cell::from(sums.total_cost),
        "national_krw" => Cell::from(sums.national),
        "sido_krw" => Cell::from(sums.sido),
        "municipality_krw" => Cell::from(sums.municipality),
        "own_krw" => Cell::from(sums.own),
        _ => Cell::Empty,
    };
    let line = |ko, en, won: Won| vec![word(ko, en), Cell::from(won)];
    vec![
        columns.iter().map(under).collect(),
        line("트랙 예산(원)", "Envelope (won)", given.envelope),
        line("선정 국비(원)", "Committed (won)", given.committed),
        line("잔액(원)", "Remaining (won)", given.remaining),
    ]
}
