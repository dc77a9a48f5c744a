//! The applications of the demonstration (시연용 신청): made up, of real bodies; written, submitted and screened in time.

use super::{super::step::read, calls::Played, stage::Stage};
use crate::{application, http::Problem};
use domain::{
    access::act::application as act,
    application::{Application, NewApplication},
    day::Instant,
};
use serde_json::{Value, json};

/// Who applies, for what, what it is about, for which fields, and what it costs in million won.
pub(super) type Row = (&'static str, &'static str, &'static str, &'static [&'static str], i64);

/// Stands at the end of every summary.
const FICTION: &str = "(시연용 가상 신청: 기관 이름 말고는 모두 지어낸 것입니다)";

/// What is written of it. Seven tenths are asked of the nation, a tenth is paid in cash, a twentieth is brought in kind.
fn content((_, title, about, fields, millions): Row, year: i32) -> Value {
    let won = |part: i64| millions.saturating_mul(1_000_000 / 20).saturating_mul(part);
    json!({
        "title": title, "summary": format!("{about} {FICTION}"),
        "plan": format!("1단계로 업무 자료를 정비하고, 2단계로 시범 부서에서 쓰며, 3단계로 전체에 확산한다. {FICTION}"),
        "fields": fields, "total_cost_krw": won(20), "requested_national_krw": won(14), "own_cash_krw": won(2),
        "own_in_kind_krw": won(1),
        "expected_effects": [{ "indicator": "평균 처리 시간", "unit": "분", "baseline": "40", "target": "15", "direction": "lower_better" }],
        "milestones": [
            { "title": "자료 정비와 설계", "due": format!("{year}-12") },
            { "title": "시범 운영", "due": format!("{}-06", year.saturating_add(1)) }
        ],
        "common_base": "uses",
        "papers": [{ "kind": "plan", "name": "사업계획서(시연).hwpx", "media_type": "application/vnd.hancom.hwpx", "bytes": 204_800,
            "sha256": "5e".repeat(32) }]
    })
}

/// The n-th half hour of the days on which a call takes applications, from the second day on.
fn written_at(stage: &Stage<'_>, call: &Played, nth: i64) -> Instant {
    let days = call.closes.min(0).saturating_sub(call.opens).max(2).saturating_sub(1);
    let day = call.opens.saturating_add(1).saturating_add(nth.rem_euclid(days));
    stage.at(day.min(-1), (9, nth.rem_euclid(16).saturating_mul(30)))
}

/// Begins a draft, as the nth of its call.
pub(super) async fn begun(
    stage: &mut Stage<'_>,
    call: &Played,
    (row, nth): (Row, i64),
) -> Result<Application, Problem> {
    let at = written_at(stage, call, nth);
    let content = content(row, at.day().year());
    let new: NewApplication = read(json!({ "call": call.key, "body": row.0, "content": content }))?;
    let (id, order) = (stage.id(at), stage.order(stage.cast.applicant(&new.body)?, &"", at));
    application::begin(stage.app, order, id, new).await
}

/// Submits what is written, an hour after it was last touched.
pub(super) async fn submitted(stage: &Stage<'_>, draft: &Application) -> Result<Application, Problem> {
    let at = draft.updated.at.plus_seconds(3600);
    let order = stage.order::<act::Submit>(stage.cast.applicant(&draft.applicant.body)?, &draft.id, at);
    application::step(stage.app, order, Application::submit).await
}

/// Begins and submits each of these, in the order in which they stand here.
pub(super) async fn handed_in(stage: &mut Stage<'_>, call: &Played, rows: &[Row]) -> Result<Vec<Application>, Problem> {
    let mut handed_in = Vec::new();
    for (row, nth) in rows.iter().zip(0..) {
        let draft = Box::pin(begun(stage, call, (*row, nth))).await?;
        handed_in.push(submitted(stage, &draft).await?);
    }
    Ok(handed_in)
}

/// Writes a sum of what is asked anew, and submits again.
pub(super) async fn asked_less(stage: &Stage<'_>, application: &Application) -> Result<Application, Problem> {
    let mut content = application.content.clone();
    content.requested_national_krw = content.own_cash_krw;
    let at = application.updated.at.plus_seconds(1800);
    let order = stage.order::<act::Change>(stage.cast.applicant(&application.applicant.body)?, &application.id, at);
    let written =
        application::step(stage.app, order, |application, call, stamp| application.written(content, call, stamp));
    submitted(stage, &written.await?).await
}

/// Takes it back.
pub(super) async fn withdrawn(
    stage: &Stage<'_>,
    application: &Application,
    at: Instant,
) -> Result<Application, Problem> {
    let order = stage.order(stage.cast.applicant(&application.applicant.body)?, &application.id, at);
    application::withdraw(stage.app, order, read(json!("시연: 내부 사정으로 내년에 다시 준비하기로 함"))?).await
}

/// Records a finding of the agency's.
pub(super) async fn found(
    stage: &Stage<'_>,
    application: &Application,
    verdict: Value,
    at: Instant,
) -> Result<Application, Problem> {
    let order = stage.order(stage.cast.agency()?, &application.id, at);
    application::screen(stage.app, order, read(json!({ "verdict": verdict }))?).await
}

/// Answers what was asked.
pub(super) async fn supplemented(stage: &Stage<'_>, asked: &Application, at: Instant) -> Result<Application, Problem> {
    let order = stage.order::<act::Supplement>(stage.cast.applicant(&asked.applicant.body)?, &asked.id, at);
    let answer = read(json!("시연: 보완 자료를 냅니다. 산출 내역의 근거를 덧붙였습니다."))?;
    application::step(stage.app, order, |application, call, stamp| {
        application.supplemented(answer, Vec::new(), (call, stamp))
    })
    .await
}

/// Finds all of them eligible, in the days after screening has begun. Local governments in areas of falling population
/// belong to the group that the rule set raises; the first one is given bonus points.
pub(super) async fn eligible(stage: &Stage<'_>, call: &Played, applications: &[Application]) -> Result<(), Problem> {
    for (application, nth) in applications.iter().zip(0_i64..) {
        let groups: &[&str] = match application.applicant.body.as_str() {
            "sigungu-47760" => &["depopulation_area"],
            "sigungu-51150" => &["depopulation_watch_area"],
            _ => &[],
        };
        let bonuses = if nth == 0 {
            json!([{ "code": "domestic_npu", "points": "2", "evidence": "시연: 국산 NPU 활용 확약서" }])
        } else {
            json!([])
        };
        let verdict = json!({ "found": "eligible", "with": { "groups": groups, "bonuses": bonuses } });
        let at = stage.at(call.closes.saturating_add(2), (10, nth.saturating_mul(20)));
        found(stage, application, verdict, at).await?;
    }
    Ok(())
}
