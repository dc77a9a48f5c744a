//! The demonstration portfolio (시연 포트폴리오): about forty made-up projects of real bodies, each told in full.

use super::{
    plan::{Aim, End, Plan, day},
    step::Step,
    told::tell,
};
use crate::{App, http::Problem};
use domain::project::{ProjectId, Rating};

/// Who leads, who takes part, what it is called, what it is about and for which task.
type What = (&'static str, &'static [(&'static str, u64)], &'static str, &'static str, &'static str);
/// Fields, regions and programme.
type Where = (&'static [&'static str], &'static [&'static str], &'static str);
/// Day of entry, year in which it begins, and million won of its first year.
type When = ((i32, u32, u32), i32, i64);

/// One project.
type Row = (What, Where, When, Aim, End);

use Aim::{Completed, Diffusion, Draft, Execution, Planning};
use End::{Cancelled, Held, Open};

/// The first three come one after the other: pilot, ISP, pilot operation.
const ROWS: [Row; 40] = [
    (
        (
            "mois",
            &[],
            "AI 행정지원 서비스 시범 개발",
            "문서 초안 작성과 법령·지침 검색을 AI가 돕는 서비스를 시범 개발하여 효용성과 실현 가능성을 미리 검증한다.",
            "행정문서 초안 작성",
        ),
        (&["public"], &["36"], "ai-admin-pilot-2023"),
        ((2023, 6, 12), 2023, 900),
        Completed,
        Open,
    ),
    (
        (
            "mois",
            &[],
            "AI 행정지원 서비스 정보화전략계획 수립",
            "시범 개발 결과를 바탕으로 업무관리시스템에 AI를 먼저 적용하기 위한 계획을 세운다.",
            "정보화전략 수립",
        ),
        (&["public"], &["36"], "ai-admin-isp-2024"),
        ((2024, 1, 15), 2024, 600),
        Completed,
        Open,
    ),
    (
        (
            "mois",
            &[("msit", 30), ("mfds", 10)],
            "지능형 업무관리 플랫폼 시범운용",
            "중앙부처와 지방정부 일부 공무원이 AI 업무관리 플랫폼을 시범적으로 쓰며 요구사항을 구체화한다.",
            "업무관리 지원",
        ),
        (&["public"], &["36"], "work-platform-2026"),
        ((2025, 9, 8), 2026, 18_700),
        Execution,
        Open,
    ),
    (
        (
            "mois",
            &[("msit", 40)],
            "범정부 AI 민원 안내 서비스 구축",
            "민원인이 묻는 말을 알아듣고 담당 부서와 처리 절차를 안내한다.",
            "민원 안내",
        ),
        (&["public"], &["36", "11"], "public-ai-2026"),
        ((2025, 11, 3), 2026, 4200),
        Execution,
        Open,
    ),
    (
        (
            "mois",
            &[],
            "정보공개 판단 지원 AI",
            "과거 유사사례와 관련 지침을 모아 정보공개 여부의 판단을 돕는다.",
            "정보공개 판단 지원",
        ),
        (&["public"], &["41"], "public-ai-2026"),
        ((2026, 2, 20), 2026, 1300),
        Planning,
        Open,
    ),
    (
        (
            "mois",
            &[("nfa", 25), ("kma", 15)],
            "재난 상황 통합 분석 AI",
            "재난 신고, 기상, 영상 자료를 함께 분석하여 상황 판단을 돕는다.",
            "재난 상황 분석",
        ),
        (&["safety", "public"], &[], ""),
        ((2025, 3, 4), 2025, 6800),
        Execution,
        Open,
    ),
    (
        (
            "mois",
            &[],
            "지방세 상담 AI 에이전트",
            "지방세 신고와 납부에 관한 물음에 근거 조문과 함께 답한다.",
            "지방세 상담",
        ),
        (&["public"], &["26"], ""),
        ((2026, 9, 14), 2027, 800),
        Draft,
        Open,
    ),
    (
        (
            "msit",
            &[("mois", 20)],
            "디지털서비스 심사 지원 AI",
            "디지털서비스 선정 심사에 필요한 자료를 정리하고 누락을 찾아낸다.",
            "디지털서비스 심사",
        ),
        (&["public"], &[], "common-base-2026"),
        ((2025, 10, 13), 2026, 1500),
        Execution,
        Open,
    ),
    (
        (
            "msit",
            &[],
            "과학기술 문헌 분석 플랫폼",
            "국내외 논문과 특허를 읽고 연구 동향을 요약한다.",
            "과학기술 문헌 분석",
        ),
        (&["public"], &["30"], "nipa-public-ax-2026"),
        ((2024, 10, 7), 2025, 3100),
        Diffusion,
        Open,
    ),
    (
        ("msit", &[], "우편물 분류 지능화 실증", "손글씨 주소를 판독하여 우편물을 자동으로 나눈다.", "우편물 분류"),
        (&["public"], &["12"], ""),
        ((2024, 2, 5), 2024, 2400),
        Completed,
        Open,
    ),
    (
        ("moe", &[("msit", 30)], "AI 학습 진단 서비스", "학생의 풀이 과정을 살펴 보충할 내용을 제안한다.", "학습 진단"),
        (&["education"], &["26", "41"], ""),
        ((2025, 1, 20), 2025, 5200),
        Execution,
        Open,
    ),
    (
        ("moe", &[], "교과서 점자 변환 AI", "교과서의 그림과 표를 설명하고 점자로 바꾼다.", "교과서 점자 변환"),
        (&["education", "welfare"], &[], "public-ai-2026"),
        ((2026, 2, 9), 2026, 900),
        Planning,
        Open,
    ),
    (
        (
            "mofe",
            &[("nts", 35)],
            "세입 추계 AI 모형 개발",
            "거시지표와 신고 자료로 세목별 세입을 추계한다.",
            "세입 추계",
        ),
        (&["public"], &["36"], ""),
        ((2026, 1, 19), 2026, 2100),
        Execution,
        Open,
    ),
    (
        (
            "mpb",
            &[("mofe", 20)],
            "유사·중복 사업 탐지 AI",
            "예산 요구서의 사업 설명을 비교하여 겹치는 사업을 찾는다.",
            "중복사업 탐지",
        ),
        (&["public"], &["36"], "common-base-2026"),
        ((2026, 3, 16), 2026, 1700),
        Planning,
        Open,
    ),
    (
        (
            "mofa",
            &[("mois", 20)],
            "영사 민원 안내 AI",
            "재외국민의 영사 민원을 여러 언어로 안내한다.",
            "영사 민원 안내",
        ),
        (&["public"], &[], "common-base-2026"),
        ((2025, 8, 11), 2026, 1200),
        Execution,
        Open,
    ),
    (
        ("mou", &[], "이산가족 기록물 판독 AI", "손으로 쓴 오래된 기록을 판독하여 찾을 수 있게 한다.", "기록물 판독"),
        (&["public"], &["11"], ""),
        ((2026, 5, 12), 2026, 400),
        Planning,
        Held,
    ),
    (
        (
            "moj",
            &[("npa", 30)],
            "출입국 심사 지원 AI",
            "위변조 서류와 이상 징후를 찾아 심사관에게 알린다.",
            "출입국 심사 지원",
        ),
        (&["public", "safety"], &["28"], ""),
        ((2024, 9, 2), 2025, 7400),
        Execution,
        Open,
    ),
    (
        ("moj", &[], "법률 상담 챗봇 고도화", "생활 법률 물음에 판례와 함께 답한다.", "법률 상담"),
        (&["public"], &["11"], "public-ai-2026"),
        ((2026, 2, 11), 2026, 700),
        Planning,
        Cancelled,
    ),
    (
        (
            "mnd",
            &[("dapa", 40)],
            "군수품 수요 예측 AI",
            "부대별 소모 이력으로 군수품 수요를 예측한다.",
            "군수품 수요 예측",
        ),
        (&["defence"], &["30"], ""),
        ((2025, 2, 3), 2025, 8600),
        Execution,
        Open,
    ),
    (
        (
            "mpva",
            &[("mohw", 30)],
            "보훈 대상자 돌봄 AI",
            "홀로 사는 보훈 대상자의 안부를 전화로 확인한다.",
            "보훈 대상자 돌봄",
        ),
        (&["welfare"], &["36"], "public-ai-2026"),
        ((2026, 2, 10), 2026, 1100),
        Execution,
        Open,
    ),
    (
        ("mcst", &[], "공공저작물 학습자료 구축", "공공저작물을 AI가 배울 수 있는 자료로 정비한다.", "학습자료 구축"),
        (&["culture"], &[], "public-works-ai"),
        ((2026, 2, 2), 2026, 2600),
        Execution,
        Open,
    ),
    (
        ("mcst", &[("khs", 25)], "관광 안내 통역 AI", "관광지에서 쓰는 말을 여러 언어로 통역한다.", "관광 안내 통역"),
        (&["culture"], &["50", "51"], ""),
        ((2024, 3, 11), 2024, 1900),
        Completed,
        Open,
    ),
    (
        (
            "mafra",
            &[("rda", 45)],
            "농산물 수급 예측 AI",
            "재배 면적과 날씨로 주요 농산물의 수급을 예측한다.",
            "농산물 수급 예측",
        ),
        (&["agri_fisheries"], &["52", "12"], "nipa-public-ax-2026"),
        ((2025, 4, 7), 2025, 3900),
        Execution,
        Open,
    ),
    (
        ("rda", &[], "병해충 진단 AI 확산", "사진으로 병해충을 진단하고 방제 방법을 알려 준다.", "병해충 진단"),
        (&["agri_fisheries"], &["43", "52"], ""),
        ((2024, 4, 22), 2024, 1400),
        Diffusion,
        Open,
    ),
    (
        (
            "motir",
            &[("mss", 30), ("msit", 20)],
            "제조 AX 공정 최적화 실증",
            "공정 자료로 불량을 미리 알고 조건을 바꾼다.",
            "제조 공정 최적화",
        ),
        (&["manufacturing", "smart_factory"], &["31", "48"], "ax-sprint-2026"),
        ((2026, 3, 3), 2026, 24_000),
        Execution,
        Open,
    ),
    (
        (
            "motir",
            &[],
            "산업단지 안전 관제 AI",
            "산업단지의 화재와 누출을 영상과 감지기로 찾아낸다.",
            "산업단지 안전 관제",
        ),
        (&["manufacturing", "safety"], &["31"], ""),
        ((2025, 11, 10), 2026, 5600),
        Planning,
        Open,
    ),
    (
        (
            "mohw",
            &[("mois", 20)],
            "복지 사각지대 발굴 AI",
            "여러 기관의 위기 정보를 모아 도움이 필요한 가구를 찾는다.",
            "복지 사각지대 발굴",
        ),
        (&["welfare"], &[], "public-ai-2026"),
        ((2025, 12, 1), 2026, 3600),
        Execution,
        Open,
    ),
    (
        (
            "mohw",
            &[("nfa", 30)],
            "응급환자 이송 지원 AI",
            "환자 상태와 병상을 보고 갈 병원을 제안한다.",
            "응급환자 이송 지원",
        ),
        (&["medical"], &["27", "26"], ""),
        ((2025, 2, 24), 2025, 6100),
        Diffusion,
        Open,
    ),
    (
        (
            "mcee",
            &[("kma", 30)],
            "AI 홍수 예보 고도화",
            "강수 예측과 수위 자료로 지류까지 홍수를 예보한다.",
            "홍수 예보",
        ),
        (&["energy", "safety"], &[], ""),
        ((2025, 10, 20), 2026, 9200),
        Execution,
        Open,
    ),
    (
        ("moel", &[], "산업재해 예방 점검 AI", "사업장의 위험을 미리 가려 점검 순서를 정한다.", "산업재해 예방"),
        (&["welfare", "safety"], &["31"], "public-ai-2026"),
        ((2026, 2, 12), 2026, 1600),
        Planning,
        Open,
    ),
    (
        (
            "mogef",
            &[("npa", 40)],
            "디지털 성범죄물 탐지 AI",
            "유포된 영상을 찾아 삭제 요청을 돕는다.",
            "디지털 성범죄물 탐지",
        ),
        (&["welfare", "safety"], &[], ""),
        ((2025, 11, 17), 2026, 2800),
        Execution,
        Open,
    ),
    (
        (
            "molit",
            &[("npa", 25)],
            "교통 신호 최적화 AI",
            "교차로의 흐름을 보고 신호 주기를 바꾼다.",
            "교통 신호 최적화",
        ),
        (&["transport"], &["41", "30"], ""),
        ((2024, 8, 19), 2025, 7800),
        Diffusion,
        Open,
    ),
    (
        (
            "molit",
            &[],
            "건축 인허가 민원 안내 AI",
            "건축 인허가에 필요한 서류와 기준을 안내한다.",
            "건축 인허가 민원 안내",
        ),
        (&["transport", "public"], &["36"], "common-base-2026"),
        ((2026, 8, 24), 2027, 1000),
        Draft,
        Open,
    ),
    (
        ("mof", &[("kcg", 40)], "선박 충돌 예방 AI", "항로와 해상 상태로 충돌 위험을 알린다.", "선박 충돌 예방"),
        (&["marine", "safety"], &["26", "12"], "nipa-public-ax-2026"),
        ((2025, 3, 17), 2025, 4400),
        Execution,
        Open,
    ),
    (
        ("mss", &[], "소상공인 상권 분석 AI", "매출과 유동인구로 상권의 변화를 보여 준다.", "소상공인 상권 분석"),
        (&["manufacturing", "public"], &["27"], ""),
        ((2024, 5, 13), 2024, 2200),
        Completed,
        Open,
    ),
    (
        (
            "moleg",
            &[("mois", 20)],
            "자치법규 정비 지원 AI",
            "상위 법령과 어긋나는 자치법규를 찾아낸다.",
            "자치법규 정비",
        ),
        (&["public"], &["36"], "public-ai-2026"),
        ((2026, 2, 9), 2026, 600),
        Execution,
        Open,
    ),
    (
        (
            "mfds",
            &[("mohw", 30)],
            "의약품 허가 심사 지원 AI",
            "허가 신청 자료를 요약하고 지난 심사 사례를 보여 준다.",
            "의약품 허가 심사 지원",
        ),
        (&["drug_discovery", "medical"], &["43"], "nipa-public-ax-2026"),
        ((2025, 9, 22), 2026, 3300),
        Execution,
        Open,
    ),
    (
        ("kcs", &[], "엑스레이 판독 AI", "통관 화물의 엑스레이 영상에서 위험 물품을 찾는다.", "엑스레이 판독"),
        (&["public", "safety"], &["28", "26"], ""),
        ((2023, 11, 6), 2024, 4800),
        Completed,
        Open,
    ),
    (
        (
            "nfa",
            &[("npa", 30)],
            "119 신고 접수 지원 AI",
            "신고 내용을 받아 적고 출동에 필요한 정보를 뽑아낸다.",
            "119 신고 접수 지원",
        ),
        (&["safety"], &["36", "51"], "public-ai-2026"),
        ((2026, 2, 12), 2026, 2000),
        Planning,
        Open,
    ),
    (
        (
            "acrc",
            &[("mois", 25)],
            "국민신문고 민원 안내 AI",
            "민원을 나누고 비슷한 답변 사례를 보여 준다.",
            "국민신문고 민원 안내",
        ),
        (&["public"], &["36"], "public-ai-2026"),
        ((2025, 7, 14), 2026, 2500),
        Diffusion,
        Open,
    ),
];

/// What else happens to some of them once they are filed.
fn also(number: usize, partner: Option<&'static str>) -> Vec<Step> {
    let part = partner.map(|body| Step::Part(body, "데이터와 현장 검증을 맡는다. (시연용)"));
    let more = match number {
        3 | 24 => vec![Step::Prioritise("여러 기관이 함께 쓰며 국민이 바로 느끼는 효과가 크다")],
        5 | 19 => vec![Step::Judge(Rating::Red, "자료 연계 협의가 늦어져 일정이 위태롭다")],
        12 | 30 => vec![Step::Judge(Rating::Amber, "공급사 선정이 한 달 늦었다")],
        7 | 28 | 36 => vec![Step::Ask, Step::Return("기대 효과의 기준값이 어디에서 나왔는지 밝혀 다시 신청할 것")],
        _ => Vec::new(),
    };
    part.into_iter().chain(more).collect()
}

/// Enters the portfolio, one thing after another. Says how many projects and budget lines there are.
pub(super) async fn load(app: &App) -> Result<(u64, u64), Problem> {
    let mut ids: Vec<ProjectId> = Vec::new();
    for (number, (what, place, when, aim, end)) in ROWS.iter().enumerate() {
        let (body, partners, title, summary, task) = *what;
        let (fields, regions, programme) = *place;
        let ((year, month, date), begins, millions) = *when;
        let plan = Plan {
            body,
            partners: partners.to_vec(),
            title: title.to_owned(),
            summary: summary.to_owned(),
            fields: fields.to_vec(),
            regions: regions.to_vec(),
            programme: (!programme.is_empty()).then_some(programme),
            task,
            entered: day(year, month, date),
            year: begins,
            aim: *aim,
            end: *end,
            millions,
            also: if *aim > Draft { also(number, partners.first().map(|(body, _)| *body)) } else { Vec::new() },
            after: if number == 1 || number == 2 { ids.last().copied() } else { None },
        };
        ids.push(Box::pin(tell(app, u64::try_from(number).unwrap_or_default(), &plan)).await?);
    }
    let projects = u64::try_from(ids.len()).map_err(Problem::internal)?;
    Ok((projects, projects * 4))
}
