//! Projects to test with (시험용 과제): led by `mois` with `msit` as partner, created on 2026-01-05.

use super::{
    BudgetFacts, Facts, GateAsk, GateDecision, Move, MoveKind, NewProject, Project, ProjectCode, ProjectId, Reached,
    Stamp,
};
use crate::{
    access::{Actor, BodyKey},
    day::Day,
    id::Id,
    money::Won,
    problem::{Fault, Refusal},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// A day.
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}
/// A person.
pub fn actor(n: u128) -> Id<Actor> {
    Id::new(Uuid::from_u128(n))
}
/// The planner, on a day.
pub fn stamp(on: &str) -> Stamp {
    Stamp { at: day(on).starts_at().plus_seconds(3_600), by: actor(1) }
}
/// A body.
pub fn body(key: &str) -> BodyKey {
    key.parse().unwrap()
}
/// A day with money: one line, half of it spent.
pub fn facts(on: &str) -> Facts {
    let won = |n| Won::new(n).unwrap();
    let budget =
        BudgetFacts { lines: 1, current: won(1_000), committed: won(800), expended: won(500), years: Vec::new() };
    Facts { budget, ..Facts::on(day(on)) }
}
/// The faults of a refusal as `pointer code`.
pub fn codes(refusal: &Refusal) -> Vec<String> {
    refusal.faults.iter().map(|f| format!("{} {}", f.pointer, f.code.name)).collect()
}

/// What a closed body answers.
pub fn closed_lead() -> Fault {
    Fault::new("/lead_body", &crate::body::BODY_CLOSED)
}
/// What is sent to create a project, with some members replaced.
pub fn new_project(members: &Value) -> NewProject {
    let mut new = json!({
        "lead_body": "mois",
        "title": {"ko": "AI 기반 민원 안내 서비스 구축"},
        "summary": "민원인이 묻는 말을 알아듣고 안내한다.",
        "lead_share": "60.00",
        "partners": [{"body": "msit", "share": "40.00", "role": "데이터 제공"}],
        "fields": ["public"],
        "target_system": "업무관리시스템",
        "planned": {"start": "2026-01", "end": "2026-12"},
    });
    for (name, value) in members.as_object().unwrap() {
        new[name] = value.clone();
    }
    serde_json::from_value(new).unwrap()
}
/// A draft that can be filed.
pub fn draft() -> Project {
    let id = ProjectId::new(Uuid::from_u128(0xAA));
    let code: ProjectCode = "AX-2026-000123".parse().unwrap();
    let at = stamp("2026-01-05");
    let draft = Project::new(id, code, new_project(&json!({})), Ok(()), at).unwrap();
    draft.similar_confirmed(Vec::new(), at).unwrap()
}
/// A draft that can be filed and lacks nothing for any gate.
pub fn ripe_draft() -> Project {
    let change = serde_json::from_value(json!({
        "network": "internal",
        "personal_data": {"handling": "none"},
        "strategy": {"state": "done", "plan": "isp", "finished_on": "2025-11"},
        "use_cases": [{"actor": "민원 담당자", "task_before": "전화 응대", "task_after": "챗봇이 먼저 답한다"}],
        "benefits": [{"indicator": "처리 시간", "unit": "일", "baseline": "14", "target": "7", "direction": "lower_better",
            "actual": "8", "measured_on": "2026-01-05"}],
        "milestones": [{"name": "설계 완료", "phase": "execution", "due": "2026-04", "done_on": "2026-01-05", "body": "msit"}],
        "actual": {"start": "2026-01", "end": "2026-01-05"},
        "pilot": {"user_group": "세종청사 민원실", "criteria": "정확도", "evidence": "92 %", "verdict": "go", "decided_on": "2026-01-05"},
    }));
    let at = stamp("2026-01-05");
    draft().changed(change.unwrap(), at).unwrap().advice_declined("작은 과제".parse().unwrap(), at).unwrap()
}
/// A filed project.
pub fn filed() -> Project {
    file(draft())
}
/// A filed project that lacks nothing for any gate.
pub fn ripe() -> Project {
    let check = serde_json::from_value(json!({
        "kind": "progress_check", "checked_on": "2026-06-01", "planned": "50", "actual": "50", "findings": "정상",
        "actions": [{"text": "자료 보완", "due": "2026-06-01"}],
    }));
    let (at, id) = (stamp("2026-06-01"), Id::new(Uuid::from_u128(0xCC)));
    let checked = file(ripe_draft()).checked(id, check.unwrap(), at).unwrap();
    checked.action_closed(1, "보완함".parse().unwrap(), at).unwrap()
}
fn file(draft: Project) -> Project {
    let wanted = Move { kind: MoveKind::File, to: None, reason: None };
    draft.moved(&wanted, &facts("2026-01-05"), stamp("2026-01-05")).unwrap()
}
/// Asks for the gate and has it passed by another person, or tells why not.
pub fn pass(project: Project, facts: &Facts) -> Result<Project, Refusal> {
    let id = Id::new(Uuid::from_u128(u128::try_from(project.gates.len()).unwrap()));
    let at = Stamp { at: facts.today.starts_at(), by: actor(1) };
    let asked = project.gate_requested(id, GateAsk::default(), facts, at)?;
    asked.gate_decided(id, GateDecision::Pass { note: None }, facts, Stamp { by: actor(2), ..at })
}
/// The project with the gate of its present phase passed on 2026-06-01, whatever its record lacks.
pub fn passed(project: Project) -> Project {
    let mut full = ripe_for(project.clone());
    full = pass(full, &facts("2026-06-01")).unwrap();
    Project { gates: full.gates, history: full.history, standing: full.standing, stage: full.stage, ..project }
}
fn ripe_for(project: Project) -> Project {
    assert!(project.phase() < Reached::Completed);
    let ripe = ripe();
    Project {
        standing: project.standing,
        history: project.history,
        gates: project.gates,
        stage: project.stage,
        programme: project.programme,
        ..ripe
    }
}
