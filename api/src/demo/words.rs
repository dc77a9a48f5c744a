//! Who does what (기관별 업무): the bodies of the demonstration with their fields, tasks, partners and regions.

/// A body and what its projects are about.
#[derive(Debug)]
pub(super) struct Desk {
    /// Its key.
    pub body: &'static str,
    /// Its fields of use, the main one first.
    pub fields: &'static [&'static str],
    /// The tasks that its projects take up.
    pub tasks: &'static [&'static str],
    /// Bodies it works with.
    pub partners: &'static [&'static str],
    /// Regions it works in.
    pub regions: &'static [&'static str],
    /// Programmes it takes part in.
    pub programmes: &'static [&'static str],
}

type Words = &'static [&'static str];

const fn desk(
    body: &'static str,
    fields: Words,
    tasks: Words,
    partners: Words,
    regions: Words,
    programmes: Words,
) -> Desk {
    Desk { body, fields, tasks, partners, regions, programmes }
}

/// The bodies that have projects.
pub(super) static DESKS: [Desk; 34] = [
    desk(
        "mois",
        &["public", "safety"],
        &["민원 안내", "행정문서 초안 작성", "정보공개 판단 지원", "재난 상황 분석", "주민등록 상담", "지방세 상담"],
        &["msit", "nia", "acrc"],
        &["36", "11", "41"],
        &["public-ai-2026", "common-base-2026", "work-platform-2026", "ai-admin-isp-2024"],
    ),
    desk(
        "msit",
        &["public", "manufacturing", "medical"],
        &["연구과제 기획 지원", "전파 간섭 탐지", "과학기술 문헌 분석", "디지털서비스 심사", "우편물 분류"],
        &["mois", "nipa", "iitp"],
        &["30", "11"],
        &["nipa-public-ax-2026", "ax-sprint-2026", "common-base-2026", "work-platform-2026"],
    ),
    desk(
        "moe",
        &["education"],
        &["학습 진단", "교원 행정업무 경감", "교과서 점자 변환", "학교 안전 관리", "대학 민원 안내"],
        &["msit", "mois"],
        &["11", "26", "41"],
        &["public-ai-2026", "common-base-2026"],
    ),
    desk(
        "mofe",
        &["public"],
        &["세입 추계", "국고보조금 부정수급 탐지", "국유재산 실태 조사", "정책금융 위험 분석"],
        &["nts", "mpb"],
        &["36"],
        &["common-base-2026", "ax-sprint-2026"],
    ),
    desk(
        "mpb",
        &["public"],
        &["예산 요구서 검토", "재정사업 평가 지원", "중복사업 탐지"],
        &["mofe", "mois"],
        &["36"],
        &["common-base-2026", "public-ai-2026"],
    ),
    desk(
        "mofa",
        &["public"],
        &["영사 민원 안내", "외교문서 번역", "해외 위험정보 분석"],
        &["mois", "oka"],
        &["11"],
        &["common-base-2026", "public-ai-2026"],
    ),
    desk(
        "mou",
        &["public"],
        &["북한 자료 분석", "이산가족 기록물 판독"],
        &["msit"],
        &["11"],
        &["common-base-2026", "public-ai-2026"],
    ),
    desk(
        "moj",
        &["public", "safety"],
        &["출입국 심사 지원", "법률 상담", "교정시설 안전 관리", "전자감독 이상징후 탐지"],
        &["npa", "moleg"],
        &["11", "28", "50"],
        &["public-ai-2026", "ax-sprint-2026"],
    ),
    desk(
        "mnd",
        &["defence"],
        &["군수품 수요 예측", "장병 건강 관리", "경계 영상 분석", "정비 이력 분석"],
        &["dapa", "mma"],
        &["30", "43"],
        &["ax-sprint-2026", "gpu-2026"],
    ),
    desk(
        "mpva",
        &["welfare", "public"],
        &["보훈 민원 안내", "보훈 대상자 돌봄", "독립운동 사료 판독"],
        &["mois", "mohw"],
        &["36", "11"],
        &["public-ai-2026", "common-base-2026"],
    ),
    desk(
        "mcst",
        &["culture"],
        &["관광 안내 통역", "저작권 침해 탐지", "공공저작물 학습자료 구축", "체육시설 수요 예측"],
        &["khs", "msit"],
        &["50", "51", "47"],
        &["public-works-ai", "ax-sprint-2026", "common-base-2026"],
    ),
    desk(
        "mafra",
        &["agri_fisheries"],
        &["농산물 수급 예측", "병해충 진단", "축사 환경 관리", "농지 이용 실태 판독"],
        &["rda", "kfs"],
        &["52", "12", "43"],
        &["ax-sprint-2026", "nipa-public-ax-2026"],
    ),
    desk(
        "motir",
        &["manufacturing", "smart_factory", "energy"],
        &["제조 공정 최적화", "산업단지 안전 관제", "수출입 품목 분류", "전력 수요 예측", "부품 결함 검사"],
        &["mss", "msit", "mcee"],
        &["31", "47", "48"],
        &["ax-sprint-2026", "nipa-public-ax-2026", "gpu-2026"],
    ),
    desk(
        "mohw",
        &["medical", "welfare"],
        &["복지 사각지대 발굴", "복지 민원 안내", "진료기록 요약", "응급환자 이송 지원", "독거노인 안부 확인"],
        &["kdca", "mois", "msit"],
        &["36", "26", "27"],
        &["public-ai-2026", "ax-sprint-2026", "nipa-public-ax-2026"],
    ),
    desk(
        "mcee",
        &["energy", "safety"],
        &["홍수 예보", "대기오염 예측", "폐기물 선별", "온실가스 배출량 검증", "야생동물 개체 식별"],
        &["kma", "mois"],
        &["41", "43", "51"],
        &["ax-sprint-2026", "common-base-2026"],
    ),
    desk(
        "moel",
        &["welfare", "safety"],
        &["일자리 추천", "산업재해 예방", "고용보험 민원 안내", "근로계약서 검토"],
        &["mohw", "mois"],
        &["36", "31"],
        &["public-ai-2026", "common-base-2026"],
    ),
    desk(
        "mogef",
        &["welfare"],
        &["디지털 성범죄물 탐지", "청소년 상담", "아이돌봄 배정"],
        &["npa", "mohw"],
        &["11"],
        &["public-ai-2026", "common-base-2026"],
    ),
    desk(
        "molit",
        &["transport", "autonomous_driving", "safety"],
        &["교통 신호 최적화", "도로 파손 탐지", "건축 인허가 민원 안내", "철도 시설 점검", "자율주행 관제"],
        &["npa", "motir"],
        &["36", "41", "30"],
        &["ax-sprint-2026", "nipa-public-ax-2026", "gpu-2026"],
    ),
    desk(
        "mof",
        &["marine", "agri_fisheries"],
        &["항만 물류 최적화", "양식장 이상 탐지", "선박 충돌 예방", "해양 쓰레기 탐지"],
        &["kcg", "kma"],
        &["26", "12", "28"],
        &["ax-sprint-2026", "nipa-public-ax-2026"],
    ),
    desk(
        "mss",
        &["manufacturing", "public"],
        &["정책자금 상담", "소상공인 상권 분석", "창업 지원사업 안내", "스마트공장 품질 관리"],
        &["motir", "msit"],
        &["27", "29"],
        &["ax-sprint-2026", "public-ai-2026"],
    ),
    desk(
        "moleg",
        &["public"],
        &["법령안 심사 지원", "자치법규 정비", "법령 해석 사례 검색"],
        &["mois", "moj"],
        &["36"],
        &["public-ai-2026", "common-base-2026"],
    ),
    desk(
        "mpm",
        &["public"],
        &["인사 상담", "시험 문제 출제 지원", "공직 적성 분석"],
        &["mois"],
        &["36"],
        &["common-base-2026", "work-platform-2026"],
    ),
    desk(
        "mfds",
        &["medical", "drug_discovery"],
        &["의약품 허가 심사 지원", "식품 이물 탐지", "이상사례 분석", "식의약 민원 안내"],
        &["mohw", "msit"],
        &["43"],
        &["work-platform-2026", "nipa-public-ax-2026", "ax-sprint-2026"],
    ),
    desk(
        "mods",
        &["public"],
        &["통계 조사표 분류", "통계 질의응답", "인구이동 예측"],
        &["mois", "mohw"],
        &["30"],
        &["common-base-2026", "public-ai-2026"],
    ),
    desk(
        "moip",
        &["public", "manufacturing"],
        &["특허 선행기술 검색", "상표 유사도 판정", "위조상품 탐지"],
        &["msit", "kcs"],
        &["30"],
        &["ax-sprint-2026", "common-base-2026"],
    ),
    desk(
        "nts",
        &["public"],
        &["세금 신고 안내", "탈루 혐의 분석", "국세 민원 안내"],
        &["mofe", "kcs"],
        &["36"],
        &["common-base-2026", "public-ai-2026"],
    ),
    desk(
        "kcs",
        &["public", "transport"],
        &["엑스레이 판독", "우범화물 선별", "품목분류 상담"],
        &["nts", "npa"],
        &["28", "26"],
        &["ax-sprint-2026", "common-base-2026"],
    ),
    desk(
        "npa",
        &["safety"],
        &["112 신고 분류", "실종자 영상 검색", "교통사고 조사", "보이스피싱 탐지"],
        &["nfa", "mois"],
        &["11", "41"],
        &["public-ai-2026", "ax-sprint-2026"],
    ),
    desk(
        "nfa",
        &["safety"],
        &["119 신고 접수 지원", "화재 위험 예측", "구급 출동 최적화"],
        &["npa", "mohw"],
        &["36", "51"],
        &["public-ai-2026", "ax-sprint-2026"],
    ),
    desk(
        "kfs",
        &["agri_fisheries", "safety"],
        &["산불 감시", "산사태 예측", "산림 병해충 탐지"],
        &["nfa", "kma"],
        &["51", "47", "30"],
        &["ax-sprint-2026", "public-ai-2026"],
    ),
    desk(
        "kma",
        &["safety", "energy"],
        &["초단기 강수 예측", "기상 상담", "지진파 판독"],
        &["mcee", "mois"],
        &["11", "50"],
        &["gpu-2026", "nipa-public-ax-2026"],
    ),
    desk(
        "kdca",
        &["medical"],
        &["감염병 유행 예측", "역학조사 지원", "예방접종 상담"],
        &["mohw", "mfds"],
        &["43"],
        &["public-ai-2026", "nipa-public-ax-2026"],
    ),
    desk(
        "khs",
        &["culture"],
        &["문화유산 훼손 탐지", "고문헌 판독", "국가유산 해설"],
        &["mcst"],
        &["47", "11", "30"],
        &["public-works-ai", "common-base-2026"],
    ),
    desk(
        "acrc",
        &["public"],
        &["국민신문고 민원 안내", "고충민원 유사사례 검색", "부패신고 분류"],
        &["mois", "pipc"],
        &["36"],
        &["public-ai-2026", "common-base-2026"],
    ),
];

/// How a task is taken up: before it and after it.
pub(super) const BEFORE: Words = &["AI", "생성형 AI 기반", "초거대 AI 활용", "멀티모달 AI", "AI 에이전트", "지능형"];
/// What is made.
pub(super) const AFTER: Words =
    &["서비스 구축", "시스템 고도화", "플랫폼 구축", "업무지원 서비스 개발", "실증", "시범서비스 확산"];
/// Who works with it.
pub(super) const ACTORS: Words =
    &["민원 담당 공무원", "현장 점검 담당자", "상담원", "심사 담당자", "신규 임용 공무원", "정책 담당자"];
/// What is measured, in which unit, from where to where.
pub(super) const INDICATORS: [(&str, &str, &str, &str, &str, &str); 5] = [
    ("처리 시간", "일", "14", "7", "lower_better", "8.5"),
    ("이용자 만족도", "점", "71.2", "85", "higher_better", "82.4"),
    ("자동 분류 정확도", "%", "62", "92", "higher_better", "90.1"),
    ("월 이용 건수", "건", "0", "12000", "higher_better", "9800"),
    ("반복 업무 시간", "시간", "320", "180", "lower_better", "205"),
];
/// What a check finds.
pub(super) const FINDINGS: Words = &[
    "계획대로 진행되고 있다.",
    "학습자료 정비가 늦어져 모형 개발 일정이 밀렸다.",
    "현장 담당자의 요구를 반영하여 화면을 고치고 있다.",
    "보안성 검토 의견을 반영하는 중이다.",
];
/// What has to be done after it.
pub(super) const ACTIONS: Words =
    &["학습자료 정비 계획 제출", "보안성 검토 의견 반영", "이용자 설문 실시", "성능 시험 결과 보고"];
