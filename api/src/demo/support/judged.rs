//! Calls of the demonstration whose committee has decided (시연용 선정): a tie decided by lot, ratios typed in, a meeting that
//! confirms, a notice, objections, an end.

use super::{
    super::step::read,
    applications::{self, Row},
    awards,
    calls::{self, Played, Terms},
    committee,
    sheets::{self, Halves},
    stage::Stage,
};
use crate::{call, http::Problem, objection, selection};
use domain::{
    access::act::{call as call_act, selection as act},
    application::Application,
    call::{CourseFacts, SupportCall},
    committee::MemberId,
    day::Instant,
};
use serde_json::json;

/// An application with what its committee makes of it.
type Scored = (Row, Halves);

/// Two of equal rank for the last award of their track, one below the cut, one that was withdrawn after it was scored.
const DECIDED: [Scored; 8] = [
    (("mohw", "복지 상담 요약 AI", "상담 내용을 정리해 다음 상담원에게 넘긴다.", &["welfare"], 1_900), (72, 52, 51)),
    (
        (
            "npa",
            "교통사고 조사 지원 AI",
            "사고 영상과 진술을 견주어 조사관에게 보인다.",
            &["safety", "transport"],
            1_700,
        ),
        (66, 49, 48),
    ),
    (("nfa", "화재 위험 건물 예측 AI", "점검 이력으로 먼저 살필 건물을 제안한다.", &["safety"], 1_600), (66, 49, 48)),
    (("kfs", "산림 병해충 판독 AI", "항공 영상에서 병든 나무를 찾는다.", &["agri_fisheries"], 1_200), (50, 38, 36)),
    (
        ("sido-26", "어르신 길 안내 AI", "길을 잃은 어르신의 위치와 말을 함께 살핀다.", &["welfare", "safety"], 900),
        (70, 50, 52),
    ),
    (
        (
            "sigungu-51150",
            "관광지 혼잡 예측 AI",
            "방문객 수를 예측해 주차와 버스를 나눈다.",
            &["culture", "transport"],
            700,
        ),
        (67, 51, 47),
    ),
    (("sido-11", "민원 서류 점검 AI", "빠진 서류를 찾아 접수 전에 알린다.", &["public"], 1_400), (63, 47, 46)),
    (("sigungu-41500", "도자 유산 해설 AI", "도자 문화를 여러 말로 풀어 준다.", &["culture"], 300), (64, 46, 45)),
];
const NOTIFIED: [Scored; 5] = [
    (("kcs", "우범화물 선별 AI", "신고 내용을 견주어 먼저 볼 화물을 고른다.", &["safety"], 2_000), (71, 50, 50)),
    (("kma", "초단기 강수 안내 AI", "강수 예측을 알기 쉬운 말로 풀어 알린다.", &["safety"], 1_500), (68, 47, 49)),
    (("kdca", "역학조사 면담 기록 AI", "면담을 받아 적고 빠진 물음을 알려 준다.", &["medical"], 1_800), (62, 46, 44)),
    (
        ("sido-51", "산간 응급 이송 AI", "도로와 날씨를 보아 이송 경로를 제안한다.", &["medical", "safety"], 1_000),
        (69, 50, 48),
    ),
    (
        (
            "sigungu-48250",
            "제조업 안전 점검 AI",
            "작업장 사진에서 위험 요인을 찾는다.",
            &["safety", "manufacturing"],
            500,
        ),
        (51, 37, 38),
    ),
];
const FINAL: [Scored; 5] = [
    (("nts", "세금 신고 안내 AI", "신고 절차를 상황에 맞게 안내한다.", &["public"], 2_100), (70, 52, 50)),
    (("acrc", "고충민원 유사사례 AI", "비슷한 사례와 처리 결과를 찾아 준다.", &["public"], 1_300), (67, 48, 47)),
    (("sido-26", "하천 수위 감시 AI", "수위 영상을 보아 둔치 통제를 제안한다.", &["safety"], 800), (68, 51, 49)),
    (
        ("sigungu-47760", "고추 병해 진단 AI", "잎 사진으로 병을 가려 방제를 안내한다.", &["agri_fisheries"], 300),
        (66, 47, 46),
    ),
    (
        ("sigungu-51150", "해변 미세먼지 안내 AI", "측정값으로 외출하기 좋은 때를 알려 준다.", &["safety"], 400),
        (64, 46, 45),
    ),
];

/// Ratios that the demonstration types in, by region: no table of them comes built in.
const RATIOS: [(&str, &str); 7] = [
    ("11", "75.52"),
    ("26", "37.30"),
    ("51", "26.75"),
    ("41500", "55.13"),
    ("47760", "6.32"),
    ("48250", "25.16"),
    ("51150", "16.70"),
];

/// Decides by hand the ratio of each local government that applies.
pub(super) async fn ratios_typed(
    stage: &Stage<'_>,
    call: &Played,
    applications: &[Application],
) -> Result<(), Problem> {
    let of = |application: &Application| {
        let region = application.applicant.region.as_ref()?;
        RATIOS.iter().find(|(code, _)| *code == region.as_str()).copied()
    };
    for ((region, ratio), nth) in applications.iter().filter_map(of).zip(0_i64..) {
        let new = json!({ "region": region, "kind": "fiscal_independence_ratio", "ratio": ratio,
            "source": "시연용으로 옮겨 적은 값 (2026년 당초예산 기준 공시로 확인할 것)", "reason": "시연: 가져온 재정지표가 없어 손으로 적음" });
        let order = stage.order(stage.cast.agency()?, &call.key, stage.at(call.closes.saturating_add(7), (16, nth)));
        selection::decide_indicator(stage.app, order, read(new)?).await?;
    }
    Ok(())
}

/// Plays a call up to the last sheet: everybody judges everything.
async fn scored(
    stage: &mut Stage<'_>,
    name: (&str, &str),
    window: (i64, i64),
    (terms, scored): (Terms, &[Scored]),
) -> Result<(Played, Vec<Application>, Vec<MemberId>), Problem> {
    let call = calls::published(stage, name, window, terms).await?;
    let rows: Vec<Row> = scored.iter().map(|(row, _)| *row).collect();
    let handed_in = applications::handed_in(stage, &call, &rows).await?;
    call.screening(stage).await?;
    applications::eligible(stage, &call, &handed_in).await?;
    let members = committee::drawn(stage, &call, (2, 3)).await?;
    call.evaluation(stage).await?;
    committee::assigned(stage, &call, &handed_in, &members).await?;
    ratios_typed(stage, &call, &handed_in).await?;
    for ((application, (_, halves)), nth) in handed_in.iter().zip(scored).zip(0..) {
        for (member, place) in members.iter().zip(0..) {
            sheets::submitted(stage, &call, (application, nth), (*member, place), *halves).await?;
        }
    }
    Ok((call, handed_in, members))
}

/// The committee meets, its chair looks at the result and confirms exactly that.
async fn confirmed(stage: &Stage<'_>, call: &Played, members: &[MemberId]) -> Result<(), Problem> {
    let day = call.closes.saturating_add(14);
    let chair = members.first().copied().ok_or_else(|| Problem::internal("a committee without members"))?;
    let look = stage.order(stage.cast.judge(chair)?, &call.key, stage.at(day, (14, 40)));
    let seen = Box::pin(selection::shown_to(stage.app, &look, (None, None))).await?;
    let new = json!({ "inputs_sha256": seen.view.result.inputs_sha256, "meeting": {
        "held_at": stage.at(day, (14, 0)), "place": "시연용 회의실", "attendees": members, "in_favour": members.len(),
        "minutes": "시연: 평가표 집계와 순위를 확인하고 원안대로 의결함."
    } });
    let order = stage.order::<act::Confirm>(stage.cast.judge(chair)?, &call.key, stage.at(day, (15, 30)));
    Box::pin(selection::confirm(stage.app, order, read(new)?)).await?;
    Ok(())
}

/// The applicants are told.
async fn notified(stage: &Stage<'_>, call: &Played, day: i64) -> Result<(), Problem> {
    let order = stage.order::<call_act::Advance>(stage.cast.agency()?, &call.key, stage.at(day, (10, 0)));
    call::step(stage.app, order, SupportCall::notified).await?;
    Ok(())
}

/// Decided (선정 확정): a lot between equals, one that stands by, one below the cut, one withdrawn after it was scored.
pub(super) async fn decided(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let terms = Terms { most: (2, 3), tie_keys: &["criterion:suitability"] };
    let (call, handed_in, members) =
        scored(stage, ("decided", "선정이 확정된 공모"), (-50, -25), (terms, &DECIDED)).await?;
    if let Some(last) = handed_in.last() {
        applications::withdrawn(stage, last, stage.at(call.closes.saturating_add(12), (11, 0))).await?;
    }
    let seed = stage.seed();
    let order = stage.order(stage.cast.agency()?, &call.key, stage.at(call.closes.saturating_add(13), (15, 0)));
    selection::draw_lot(stage.app, order, read(json!({ "track": "central" }))?, seed).await?;
    confirmed(stage, &call, &members).await?;
    Ok(8)
}

/// Notified (결과 통지): one has objected and waits for its answer; others still can.
pub(super) async fn told(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let (call, handed_in, members) =
        scored(stage, ("notified", "결과가 통지된 공모"), (-60, -35), (Terms::USUAL, &NOTIFIED)).await?;
    confirmed(stage, &call, &members).await?;
    notified(stage, &call, -3).await?;
    if let Some(last) = handed_in.last() {
        objected(stage, last, ("procedure", "시연: 발표 시간이 공지한 것보다 짧았음"), stage.at(-1, (15, 0))).await?;
    }
    Ok(5)
}

async fn objected(
    stage: &Stage<'_>,
    application: &Application,
    (ground, text): (&str, &str),
    at: Instant,
) -> Result<(), Problem> {
    let order = stage.order(stage.cast.applicant(&application.applicant.body)?, &application.id, at);
    objection::make(stage.app, order, read(json!({ "ground": ground, "text": text }))?).await?;
    Ok(())
}

/// Final (종료): an objection was answered, the time for others is over, and awards are under way.
pub(super) async fn ended(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let terms = Terms { most: (2, 2), ..Terms::USUAL };
    let (call, handed_in, members) = scored(stage, ("final", "종료된 공모"), (-110, -85), (terms, &FINAL)).await?;
    confirmed(stage, &call, &members).await?;
    notified(stage, &call, -68).await?;
    if let Some(last) = handed_in.last() {
        objected(stage, last, ("fact", "시연: 총사업비가 신청서와 다르게 적혔다고 봄"), stage.at(-66, (11, 0))).await?;
        let order = stage.order(stage.cast.agency()?, &last.id, stage.at(-62, (16, 0)));
        let answer = json!({ "outcome": "rejected", "reason": "시연: 신청서와 같은 금액임을 확인함" });
        objection::answer(stage.app, order, read(answer)?).await?;
    }
    let order = stage.order::<call_act::Advance>(stage.cast.agency()?, &call.key, stage.at(-55, (10, 0)));
    call::step(stage.app, order, |call, stamp| call.finished(CourseFacts::default(), stamp)).await?;
    Box::pin(awards::given(stage, &call, &handed_in)).await?;
    Ok(5)
}
