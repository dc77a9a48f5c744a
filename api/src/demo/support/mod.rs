//! The support programme of the demonstration (시연용 지원사업): a call in each state, with applications, committees and
//! score sheets. Each step is taken by the very function of its operation, by somebody who may, at its own instant.

mod applications;
mod awards;
mod calls;
mod cast;
mod committee;
pub(super) mod gpu;
mod judged;
mod sheets;
mod stage;

use crate::{App, http::Problem, import};
use applications::Row;
use calls::Terms;
use domain::import::Kind;
use serde_json::json;
use stage::Stage;

/// Four municipalities of the official list: no municipality comes built in, and some of the applicants are.
const MUNICIPALITIES: &str = "\
code,sido_code,name_ko,name_en_romanised,kind,org_code,valid_from,valid_to,predecessor_codes,successor_codes,population_status,note
41500,41,이천시,Icheon-si,city,4070000,,,,,,
47760,47,영양군,Yeongyang-gun,county,5170000,,,,,depopulation_area,
48250,48,김해시,Gimhae-si,city,5350000,,,,,,
51150,51,강릉시,Gangneung-si,city,4201000,2023-06-11,,42150,,depopulation_watch_area,
";

const OPEN: [Row; 3] = [
    ("sido-11", "다국어 민원 상담 AI", "외국인 주민이 자기 말로 묻고 담당 부서의 답을 받는다.", &["public"], 1_200),
    ("nfa", "119 신고 접수 지원 AI", "신고 내용을 받아 적고 위급한 정도를 접수요원에게 보여 준다.", &["safety"], 2_400),
    (
        "sigungu-51150",
        "해안 안전 관제 AI",
        "해안 영상에서 너울과 고립된 사람을 찾아 관제요원에게 알린다.",
        &["safety", "marine"],
        800,
    ),
];
const OPEN_DRAFTS: [Row; 2] = [
    ("mois", "재난문자 작성 지원 AI", "상황 정보를 읽고 문자 초안을 만들어 담당자가 확인한다.", &["safety"], 1_500),
    (
        "sigungu-48250",
        "외국인 근로자 행정 안내 AI",
        "체류와 생활 민원을 여러 말로 안내한다.",
        &["public", "welfare"],
        600,
    ),
];
const CLOSED: [Row; 3] = [
    ("mohw", "복지 신청 서류 점검 AI", "빠진 서류와 서로 다른 기재를 찾아 담당자에게 알린다.", &["welfare"], 1_800),
    (
        "sido-26",
        "항만 배후도로 교통 예측 AI",
        "화물차 흐름을 예측해 신호와 우회로를 제안한다.",
        &["transport", "marine"],
        1_600,
    ),
    ("sigungu-47760", "산불 감시 영상 판독 AI", "감시 영상에서 연기를 찾아 상황실에 알린다.", &["safety"], 500),
];
const SCREENING: [Row; 6] = [
    ("npa", "실종자 영상 검색 AI", "인상착의를 적으면 영상에서 비슷한 사람을 찾아 준다.", &["safety"], 2_000),
    (
        "sido-51",
        "겨울철 도로 결빙 예측 AI",
        "기상과 노면 자료로 결빙을 예측해 제설 차량을 배치한다.",
        &["transport", "safety"],
        1_100,
    ),
    (
        "sigungu-47760",
        "농작업 안전 도우미 AI",
        "농기계 사고가 잦은 곳과 때를 예측해 마을에 알린다.",
        &["agri_fisheries", "safety"],
        400,
    ),
    ("sigungu-41500", "반려동물 등록 상담 AI", "등록 절차를 안내하고 서류를 채워 준다.", &["public"], 300),
    ("mohw", "어르신 안부 확인 AI", "전화로 안부를 묻고 이상이 있으면 담당자에게 알린다.", &["welfare"], 1_300),
    (
        "kfs",
        "산사태 위험 예측 AI",
        "강우와 지형 자료로 위험을 예측해 대피를 돕는다.",
        &["safety", "agri_fisheries"],
        1_700,
    ),
];
const EVALUATION: [Row; 5] = [
    ("npa", "보이스피싱 조기 탐지 AI", "신고와 통화 유형을 견주어 새 수법을 일찍 찾는다.", &["safety"], 2_200),
    ("mohw", "복지 사각지대 발굴 AI", "위기 징후를 함께 보아 먼저 찾아갈 가구를 제안한다.", &["welfare"], 2_600),
    (
        "nfa",
        "구급 이송 병원 추천 AI",
        "환자 상태와 병상 정보로 갈 수 있는 병원을 보여 준다.",
        &["medical", "safety"],
        1_900,
    ),
    ("sido-26", "관광 안내 통역 AI", "관광 안내소의 물음에 여러 말로 답한다.", &["culture"], 700),
    ("sigungu-51150", "축제 인파 관리 AI", "모이는 사람의 수를 예측해 통제선을 제안한다.", &["safety", "culture"], 600),
];
const CANCELLED: [Row; 1] =
    [("kcs", "품목분류 상담 AI", "물품의 설명을 읽고 세번 후보와 근거를 보여 준다.", &["public"], 900)];

/// Plays the programme. Says how many calls and applications there are.
pub(super) async fn load(app: &App) -> Result<(u64, u64), Problem> {
    let choices = import::Choices {
        mode: import::Mode::Store,
        source: super::step::read(json!("행정안전부 법정구역 코드 (2026-09-17 기준)에서 시연에 쓰는 4곳"))?,
        basis: None,
        series: None,
    };
    import::import(app, Kind::Municipalities, MUNICIPALITIES.as_bytes(), choices).await?;
    let cast = cast::Cast(crate::account::demo_people(app).await?);
    let mut stage = Stage::of(app, cast);
    committee::pool(&mut stage).await?;
    calls::drafted(&stage, ("draft", "작성 중인 공모"), (20, 40), Terms::USUAL).await?;
    calls::published(&stage, ("published", "공고된 공모"), (7, 21), Terms::USUAL).await?;
    let applications = Box::pin(open(&mut stage)).await?
        + Box::pin(closed(&mut stage)).await?
        + Box::pin(screening(&mut stage)).await?
        + Box::pin(evaluation(&mut stage)).await?
        + Box::pin(judged::decided(&mut stage)).await?
        + Box::pin(judged::told(&mut stage)).await?
        + Box::pin(judged::ended(&mut stage)).await?
        + Box::pin(cancelled(&mut stage)).await?;
    Ok((10, applications))
}

/// Open (접수 중): drafts, submissions, and one that was submitted again.
async fn open(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let call = calls::published(stage, ("open", "접수 중인 공모"), (-5, 10), Terms::USUAL).await?;
    let handed_in = applications::handed_in(stage, &call, &OPEN).await?;
    if let Some(first) = handed_in.first() {
        applications::asked_less(stage, first).await?;
    }
    for (row, nth) in OPEN_DRAFTS.iter().zip(3..) {
        applications::begun(stage, &call, (*row, nth)).await?;
    }
    Ok(5)
}

/// Closed (접수 마감): submissions that nobody has looked at, one of them taken back, and a draft that came to nothing.
async fn closed(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let call = calls::published(stage, ("closed", "접수가 끝난 공모"), (-20, -2), Terms::USUAL).await?;
    let handed_in = applications::handed_in(stage, &call, &CLOSED).await?;
    if let Some(last) = handed_in.last() {
        applications::withdrawn(stage, last, stage.at(-1, (11, 0))).await?;
    }
    for row in OPEN_DRAFTS.iter().skip(1) {
        applications::begun(stage, &call, (*row, 3)).await?;
    }
    Ok(4)
}

/// Screening (적격 심사): eligible, not eligible with its rule, asked and not answered, asked and answered.
async fn screening(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let call = calls::published(stage, ("screening", "적격 심사 중인 공모"), (-30, -8), Terms::USUAL).await?;
    let handed_in = applications::handed_in(stage, &call, &SCREENING).await?;
    call.screening(stage).await?;
    let [eligible @ .., not, asked, answered] = handed_in.as_slice() else {
        return Err(Problem::internal("six applications"));
    };
    applications::eligible(stage, &call, eligible).await?;
    let twice = json!({ "found": "ineligible", "rules": ["not_funded_twice"],
        "reason": "시연: 같은 내용으로 다른 국비 지원을 받고 있음" });
    applications::found(stage, not, twice, stage.at(-5, (10, 0))).await?;
    let more = |due: i64| json!({ "found": "ask_more", "question": "시연: 총사업비 산출 내역의 근거를 내 주십시오.", "due": stage.at(due, (18, 0)) });
    applications::found(stage, answered, more(-2), stage.at(-5, (11, 0))).await?;
    applications::supplemented(stage, answered, stage.at(-3, (14, 0))).await?;
    applications::found(stage, asked, more(4), stage.at(-2, (11, 0))).await?;
    Ok(6)
}

/// Evaluation (평가): a committee by lot, sheets submitted, drafted and missing; one member has stepped aside, and one is
/// challenged.
async fn evaluation(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let call = calls::published(stage, ("evaluation", "평가 중인 공모"), (-45, -20), Terms::USUAL).await?;
    let handed_in = applications::handed_in(stage, &call, &EVALUATION).await?;
    call.screening(stage).await?;
    applications::eligible(stage, &call, &handed_in).await?;
    let members = committee::drawn(stage, &call, (2, 4)).await?;
    call.evaluation(stage).await?;
    committee::assigned(stage, &call, &handed_in, &members).await?;
    judged::ratios_typed(stage, &call, &handed_in).await?;
    let ([first, second, .., last], [_, challenged, aside, ..]) = (handed_in.as_slice(), members.as_slice()) else {
        return Err(Problem::internal("five applications and six members"));
    };
    committee::recused(stage, &call, (last, *aside)).await?;
    committee::challenged(stage, &call, (second, *challenged)).await?;
    for (member, place) in members.iter().zip(0..) {
        sheets::submitted(stage, &call, (first, 0), (*member, place), (68, 50, 49)).await?;
        let keeps_out = member == challenged;
        match place {
            0 | 2 | 3 if !keeps_out => {
                sheets::submitted(stage, &call, (second, 1), (*member, place), (71, 46, 52)).await?;
            }
            4 => sheets::begun(stage, &call, (second, 1), (*member, place), (70, 47, 50)).await?,
            _ => {}
        }
        if place == 0 {
            sheets::begun(stage, &call, (last, 4), (*member, place), (60, 44, 45)).await?;
        }
    }
    Ok(5)
}

/// Cancelled (취소): what had been submitted stays on record.
async fn cancelled(stage: &mut Stage<'_>) -> Result<u64, Problem> {
    let call = calls::published(stage, ("cancelled", "취소된 공모"), (-40, -10), Terms::USUAL).await?;
    applications::handed_in(stage, &call, &CANCELLED).await?;
    call.cancelled(stage, -34).await?;
    Ok(1)
}
