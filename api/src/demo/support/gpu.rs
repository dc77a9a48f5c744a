//! GPUs of the demonstration (시연용 GPU 배분): requests in every state on the pools of 2025, a waiting list, an open offer.

use super::{super::step::read, cast::Cast, stage::Stage};
use crate::{App, demand, gpu, http::Problem, operator};
use domain::{
    access::{Actor, Role, act, scope},
    gpu::{Ending, GpuRequest, GrantEndKind, ReclaimGround},
    project::{ProjectItem, Status},
};
use serde_json::json;

/// How far a request is brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Requested,
    Screened,
    Rejected,
    Withdrawn,
    Allocated,
    Extended,
    Returned,
    Reclaimed,
    Waiting,
}

const NAVER: &str = "gpu25-naver-h200";
const NHN: &str = "gpu25-nhn-b200";
const KAKAO: &str = "gpu25-kakao-b200";

/// Of which pool, how many GPUs, from which day to which (from today), how far it is brought, and what for.
type Row = (&'static str, u32, (i64, i64), Course, &'static str);

/// The pool of the seventh is all but full after it, so that the two behind it wait.
const ROWS: [Row; 12] = [
    (NAVER, 64, (10, 190), Course::Requested, "민원 문서 요약 모델 미세조정"),
    (NAVER, 32, (5, 95), Course::Screened, "법령 질의응답 모델 학습"),
    (NAVER, 128, (3, 183), Course::Rejected, "영상 판독 모델 학습"),
    (NHN, 16, (3, 93), Course::Withdrawn, "음성 상담 모델 학습"),
    (NHN, 64, (20, 200), Course::Allocated, "재난 예측 모델 학습"),
    (NHN, 128, (-90, 120), Course::Allocated, "행정 특화 언어 모델 학습"),
    (KAKAO, 1_984, (-60, 240), Course::Allocated, "범정부 공통 모델 학습"),
    (KAKAO, 128, (-5, 115), Course::Waiting, "다국어 상담 모델 학습"),
    (KAKAO, 64, (-5, 85), Course::Waiting, "위성 영상 판독 모델 학습"),
    (NAVER, 256, (-80, -10), Course::Extended, "의료 영상 판독 보조 모델 학습"),
    (NAVER, 48, (-70, 60), Course::Returned, "교통 흐름 예측 모델 학습"),
    (NHN, 96, (-70, 60), Course::Reclaimed, "농작물 병해 진단 모델 학습"),
];

/// What bodies say they will need: whose, of what, how many, and how many of them are supplied if that was answered.
const DEMANDS: [(&str, &str, u32, Option<u32>); 5] = [
    ("mois", "gpu", 512, Some(256)),
    ("msit", "npu", 64, None),
    ("mohw", "gpu", 128, Some(128)),
    ("moe", "model", 3, None),
    ("npa", "talent", 12, Some(0)),
];

/// The coordinator who decides: of the agency that owns the pools, which takes part in no project.
fn owner(stage: &Stage<'_>) -> Result<Actor, Problem> {
    stage.cast.who(Role::Coordinator, "nipa")
}

/// Plays them on the first projects that are under way. Says how many requests there are.
pub(in crate::demo) async fn load(app: &App) -> Result<u64, Problem> {
    let mut stage = Stage::of(app, Cast(crate::account::demo_people(app).await?));
    let seen = scope::<act::project::Read>(&operator());
    let batch = store::project::export_batch(&app.store, &seen, &store::project::Filter::default(), 0, 200).await?;
    let mut projects: Vec<ProjectItem> = Vec::new();
    for (_, raw) in batch {
        let item = raw.read()?;
        if item.status == Status::Active && !item.partners.iter().any(|body| body.as_str() == "nipa") {
            projects.push(item);
        }
    }
    let mut requests = 0;
    for (row, project) in ROWS.iter().zip(projects.iter().cycle()) {
        Box::pin(played(&mut stage, project, *row)).await?;
        requests += 1;
    }
    for (row, nth) in DEMANDS.iter().zip(0_i64..) {
        needed(&mut stage, *row, nth).await?;
    }
    Ok(requests)
}

async fn played(
    stage: &mut Stage<'_>,
    project: &ProjectItem,
    (pool, gpus, (from, to), course, purpose): Row,
) -> Result<GpuRequest, Problem> {
    let asked = from.min(0).saturating_sub(12);
    let day = |days: i64| stage.at(days, (9, 0)).day();
    let new = json!({ "project": project.id, "pool": pool, "gpus": gpus, "period": { "from": day(from), "to": day(to) },
        "purpose": format!("{purpose} (시연용 가상 신청)") });
    let at = stage.at(asked, (10, 0));
    let (id, planner) = (stage.id(at), stage.cast.applicant(&project.lead_body)?);
    let request = gpu::ask(stage.app, stage.order(planner.clone(), &"", at), id, read(new)?).await?;
    let (then, app) = (|days: i64, hour: i64| stage.at(asked.saturating_add(days), (hour, 0)), stage.app);
    if course == Course::Requested {
        return Ok(request);
    }
    if course == Course::Withdrawn {
        let why = read(json!("시연: 사업 일정이 바뀌어 다시 신청하기로 함"))?;
        return gpu::withdraw(app, stage.order(planner, &id, then(2, 11)), why).await;
    }
    let found = json!({ "finding": "시연: 활용 계획과 준비 정도를 살핌", "interview": "시연: 대규모 신청이라 면담함" });
    gpu::screen(app, stage.order(owner(stage)?, &id, then(3, 14)), read(found)?).await?;
    match course {
        Course::Screened => return Ok(request),
        Course::Rejected => {
            let why = read(json!("시연: 학습 자료가 아직 준비되지 않음"))?;
            gpu::reject(app, stage.order(owner(stage)?, &id, then(5, 15)), why).await?;
            return Ok(request);
        }
        _ => {}
    }
    let reason = json!({ "reason": "시연: 평가 기준을 충족함" });
    gpu::approve(app, stage.order(owner(stage)?, &id, then(5, 16)), read(reason)?).await?;
    if course == Course::Waiting {
        return gpu::wait(app, stage.order(owner(stage)?, &id, then(6, 10))).await;
    }
    let given = gpu::allocate(app, stage.order(owner(stage)?, &id, then(6, 10)), None).await?;
    let ended = |how, on: i64, ground, reason: &str| -> Result<Ending, Problem> {
        Ok(Ending { how, on: stage.at(on, (9, 0)).day(), ground, reason: read(json!(reason))? })
    };
    match course {
        Course::Extended => {
            let longer = json!({ "to": stage.at(80, (9, 0)).day(), "reason": "시연: 추가 학습이 필요함" });
            gpu::extend(app, stage.order(owner(stage)?, &id, stage.at(-20, (10, 0))), read(longer)?).await
        }
        Course::Returned => {
            let ending = ended(GrantEndKind::Returned, -8, None, "시연: 학습을 일찍 마침")?;
            gpu::end(app, stage.order::<act::gpu_request::Return>(planner, &id, stage.at(-8, (9, 30))), ending).await
        }
        Course::Reclaimed => {
            let ground = Some(ReclaimGround::LowUse);
            let ending = ended(GrantEndKind::Reclaimed, -6, ground, "시연: 30일 평균 이용률이 기준에 못 미침")?;
            gpu::end(app, stage.order::<act::gpu_request::Reclaim>(owner(stage)?, &id, stage.at(-6, (9, 30))), ending)
                .await
        }
        _ => Ok(given),
    }
}

async fn needed(
    stage: &mut Stage<'_>,
    (body, kind, amount, supplied): (&str, &str, u32, Option<u32>),
    nth: i64,
) -> Result<(), Problem> {
    let at = stage.at(-40, (10, nth));
    let year = at.day().year().saturating_add(1);
    let new = json!({ "body": body, "details": { "kind": kind, "amount": amount, "from": format!("{year}-H1"), "to": format!("{year}-H2"),
        "purpose": "시연: 내년 AX 과제에 쓸 자원" } });
    let id = stage.id(at);
    let order = stage.order(stage.cast.who(Role::Planner, body)?, &"", at);
    demand::record(stage.app, order, id, read(new)?).await?;
    if let Some(supplied) = supplied {
        let order = stage.order(owner(stage)?, &id, stage.at(-30, (15, nth)));
        let answer = json!({ "supplied": supplied, "note": "시연: 배분 계획에 따라 답함" });
        demand::answer(stage.app, order, read(answer)?).await?;
    }
    Ok(())
}
