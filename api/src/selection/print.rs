//! A result on paper (인쇄용 평가 결과): one page that needs nothing else, for the meeting's file; and the list of those selected
//! for everybody.

use super::{
    page::{Paper, won},
    tabled::{Named, Tabled},
    wire::AskResult,
};
use crate::{
    App,
    http::{Allowed, Printed, Problem, Query, escaped},
};
use actix_web::{get, web::Data};
use domain::{
    access::act::{call as call_act, selection as act},
    call::{CallKey, SupportCall},
    evaluation::{Placed, ScoreRow, Track, TrackResult},
    selection::{DrawnLot, SelectedList},
};
use std::fmt::Write;

/// Print a result.
///
/// One page for paper, in Korean: the meeting, the ranking of each track with its cut, lots with their seeds, sums, the hash
/// of the dossier and how to compute it again, places to sign. What was confirmed last, or a preview that says so. It loads
/// nothing and runs nothing. That it was read is recorded.
#[utoipa::path(tag = "selection", security(("bearer" = ["selection.dossier"])),
    params(("call" = CallKey, Path, description = "The call's key."), AskResult),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/result/print")]
pub(super) async fn print_call_result(
    app: Data<App>,
    Allowed(order): Allowed<act::Dossier>,
    Query(ask): Query<AskResult>,
) -> Result<Printed, Problem> {
    let tabled = Tabled::of(&app, &order, &ask).await?;
    let hash = &tabled.table.result().inputs_sha256;
    let what = serde_json::json!({ "read": "result_print", "standing": tabled.standing(), "inputs_sha256": hash });
    app.store.log_read(&order, tabled.call.key.as_str(), what).await?;
    Ok(Printed(result(&tabled)?))
}

/// Print the list of those selected.
///
/// For everybody who is signed in, once the applicants have been told: by track, who applied with what.
#[utoipa::path(tag = "selection", security(("bearer" = ["call.read"])), params(("call" = CallKey, Path, description = "The call's key.")),
    extensions(("x-in-time" = json!(true))))]
#[get("/calls/{call}/selected/print")]
pub(super) async fn print_selected_applications(
    app: Data<App>,
    Allowed(order): Allowed<call_act::Read>,
) -> Result<Printed, Problem> {
    let permit = app.store.look(&order).await?;
    let (places, applications) = store::selection::selected(&app.store, &permit).await?;
    let list = SelectedList::of(permit.on(), &places, &applications, app.clock.now())?;
    let known = app.store.known().await?;
    let name = |body| known.body(body).map_or_else(|| body.to_string(), |body| body.facts.name.ko.to_string());
    let mut paper = Paper::begun(&format!("선정 결과: {}", permit.on().plan.title.ko));
    paper.line("공모", permit.on().key.as_str());
    paper.line("확정 번호", &list.confirmation.to_string());
    for track in &list.tracks {
        paper.heading(track.name.ko.as_str());
        paper.line("신청", &format!("{}건", track.applications));
        paper.line("선정", &format!("{}건, 국비 {}원", track.selected.len(), won(track.national_krw)));
        paper.table(&["번호", "신청 기관", "과제명"]);
        for (one, nth) in track.selected.iter().zip(1_usize..) {
            paper.row("", &[&nth.to_string(), &name(&one.body), one.title.as_str()]);
        }
        paper.table_end();
    }
    Ok(Printed(paper.ended()))
}

/// The whole page of a result.
fn result(tabled: &Tabled) -> Result<String, Problem> {
    let (call, found) = (&tabled.call, tabled.table.result());
    let mut paper = Paper::begun(&format!("선정 결과: {}", call.plan.title.ko));
    if tabled.confirmation.is_none() {
        paper.warning("미확정 (preview): 선정위원회가 확정하지 않은 계산 결과입니다.");
    }
    paper.line("공모", call.key.as_str());
    paper.line("주관·전담", &call.run_by().iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    paper.line("평가 서류 해시 (SHA-256)", &found.inputs_sha256.to_string());
    if let Some(notice) = call.rules.as_ref().and_then(|laid_down| laid_down.cost_share_standing.notice()) {
        paper.line("분담 규칙", &notice.ko);
    }
    meeting(&mut paper, tabled);
    for (track, given) in tabled.table.tracks() {
        ranking(&mut paper, tabled, (track, given))?;
    }
    lots(&mut paper, tabled);
    again(&mut paper, call);
    signatures(&mut paper, tabled);
    Ok(paper.ended())
}

fn meeting(paper: &mut Paper, tabled: &Tabled) {
    let Some(confirmation) = &tabled.confirmation else { return };
    let (meeting, of) = (&confirmation.meeting, &confirmation.number);
    paper.heading("선정위원회 회의");
    paper.line("확정 번호", &of.to_string());
    paper.line("일시", &meeting.held_at.korean());
    paper.line("장소", meeting.place.as_str());
    paper.line("출석·찬성", &format!("출석 {}명, 찬성 {}명", meeting.attendees.len(), meeting.in_favour));
    paper.line("의결 내용", meeting.minutes.as_str());
    if let Some(reason) = &confirmation.reason {
        paper.line("정정 사유", reason.as_str());
    }
}

fn ranking(paper: &mut Paper, tabled: &Tabled, (track, given): (&Track, &TrackResult)) -> Result<(), Problem> {
    let scoring = &tabled.table.dossier().call.scoring;
    let ranking = tabled.table.ranking(&track.code);
    paper.heading(&format!("{} 트랙", tabled.track_name(&track.code)));
    paper.table(&[
        "순위",
        "신청 기관",
        "과제명",
        "평균",
        "가점",
        "감점",
        "최종",
        "결과",
        "총사업비",
        "국비",
        "시도비",
        "시군구비",
        "자체",
        "실질 국비율",
    ]);
    let mut above = true;
    for placed in ranking {
        if above && placed.rank.is_none() {
            above = false;
            paper.cut(&format!("적격 점수 {}점 ({})", scoring.cut, scoring.cut_applies_to.ko()));
        }
        if let Some(row) = tabled.table.row(placed) {
            application(paper, tabled.names.get(&placed.id), &row);
        }
    }
    let sums = tabled.table.sums(&track.code).map_err(Problem::internal)?;
    let of = [sums.total_cost, sums.national, sums.sido, sums.municipality, sums.own].map(won);
    let [total, national, sido, municipality, own] = of.each_ref().map(String::as_str);
    paper.row("sum", &["", "선정 합계", "", "", "", "", "", "", total, national, sido, municipality, own, ""]);
    paper.table_end();
    paper.line("트랙 예산", &format!("{}원", won(given.envelope)));
    paper.line("선정 국비", &format!("{}원 ({}건)", won(given.committed), given.awards));
    paper.line("잔액", &format!("{}원", won(given.remaining)));
    if given.lot_required {
        paper.warning("같은 순위의 신청을 추첨해야 합니다.");
    }
    Ok(())
}

fn application(paper: &mut Paper, named: Option<&Named>, row: &ScoreRow<'_>) {
    let (placed, scored) = (row.placed, row.placed.mean.is_some());
    let shown =
        |number: Option<domain::fraction::Rounded>| number.map_or_else(String::new, |number| number.to_string());
    let split = placed.cost_share.as_ref().map(|shared| &shared.split);
    let part = |of: fn(&domain::cost_share::Split) -> domain::money::Won| {
        split.map_or_else(String::new, |split| won(of(split)))
    };
    let points = |points: domain::decimal::Decimal| if scored { points.to_string() } else { String::new() };
    paper.row(
        placed.outcome.name(),
        &[
            &placed.rank.map_or_else(String::new, |rank| rank.to_string()),
            named.map_or("", |named| &named.applicant),
            named.map_or(placed.id.as_str(), |named| &named.title),
            &shown(placed.mean),
            &points(row.bonus),
            &points(row.penalty),
            &shown(placed.r#final),
            &fate(placed),
            &won(row.application.total_cost),
            &part(|split| split.national),
            &part(|split| split.sido),
            &part(|split| split.municipality),
            &part(|split| split.own),
            &split.map_or_else(String::new, |split| format!("{}%", split.effective_rate)),
        ],
    );
}

/// What became of it, with its place among those that stand by and why.
fn fate(placed: &Placed) -> String {
    let mut fate = placed.outcome.ko().to_owned();
    if let Some(order) = placed.reserve_order {
        let _ = write!(fate, " {order}");
    }
    if let Some(reason) = placed.reason {
        let _ = write!(fate, " ({})", reason.ko());
    }
    fate
}

fn lots(paper: &mut Paper, tabled: &Tabled) {
    let lots = tabled.lots();
    if lots.is_empty() {
        return;
    }
    paper.heading("추첨");
    paper.text("각 신청의 자리는 '씨앗:신청 번호'의 SHA-256이며 작은 값이 앞섭니다. 누구나 같은 씨앗으로 다시 추첨할 수 있습니다.");
    for DrawnLot { track, seed, order, stamp } in lots {
        paper.line("트랙", &tabled.track_name(track.as_str()));
        paper.line("추첨 시각", &stamp.at.korean());
        paper.line("씨앗", &seed.to_string());
        let named = |id: &String| tabled.names.get(id).map_or_else(|| id.clone(), |n| format!("{} ({id})", n.title));
        let order: Vec<String> = order.iter().map(|id| named(&id.to_string())).collect();
        paper.line("순서", &order.join(" → "));
    }
}

fn again(paper: &mut Paper, call: &SupportCall) {
    let key = escaped(call.key.as_str()).into_owned();
    paper.heading("다시 계산하기");
    paper.text(
        "평가 서류와 추첨 기록만 있으면 누구나 순위와 분담액을 다시 계산할 수 있습니다. 추첨도 씨앗에서 다시 뽑습니다.",
    );
    paper.code(&format!(
        "GET /v1/calls/{key}/dossier → dossier.json\nGET /v1/calls/{key}/selection → selection.json\n\
         axtrack evaluate dossier.json --selection selection.json"
    ));
}

fn signatures(paper: &mut Paper, tabled: &Tabled) {
    let Some(confirmation) = &tabled.confirmation else { return };
    paper.heading("서명");
    let members = confirmation.meeting.attendees.len().saturating_sub(1);
    paper.signature("위원장");
    for _ in 0..members {
        paper.signature("위원");
    }
}
