//! The conditions that the project's own record has to meet at each gate (과제 조건).

use super::{
    Check, GateFacts, Phase, Trial, Verdict,
    Waivable::{No, Yes},
};
use crate::{codes, money::Won, problem::Words};

codes! {
    SIMILAR = "gate_similar_check", 409, ["유사 과제를 확인하지 않았습니다", "Similar projects have not been looked at"],
        ["유사 과제 후보를 살펴보고 확인을 남기십시오.", "Look at the candidates and confirm it."];
    SHARES = "gate_shares", 409, ["분담률이 확정되지 않았습니다", "The shares are not settled"],
        ["분담률의 합을 100.00으로 맞추십시오.", "Let the shares add up to 100.00."];
    DATES = "gate_planned_dates", 409, ["계획 기간이 없습니다", "The planned dates are missing"],
        ["시작과 끝을 적으십시오.", "Give the planned start and end."];
    BENEFITS = "gate_benefit_target", 409, ["목표가 있는 기대 효과가 없습니다", "No benefit has a baseline and a target"],
        ["기대 효과를 하나 이상 기준값, 목표값과 함께 적으십시오.", "Give at least one benefit with its baseline and target."];
    USE_CASES = "gate_use_case", 409, ["활용 시나리오가 없습니다", "No use case is described"],
        ["활용 시나리오를 하나 이상 적으십시오.", "Describe at least one use case."];
    NETWORK = "gate_network", 409, ["사용할 망이 정해지지 않았습니다", "The network environment is not stated"],
        ["내부망, 외부망, 또는 둘 다인지 적으십시오.", "Say whether it is internal, external or both."];
    PERSONAL_DATA = "gate_personal_data", 409, ["개인정보 처리 여부가 없습니다", "It is not stated whether personal data is processed"],
        ["개인정보 처리 여부와 영향평가 상태를 적으십시오.", "State whether personal data is processed and how far the impact assessment is."];
    STRATEGY = "gate_isp", 409, ["ISP·ISMP를 하지 않았고 면제 사유도 없습니다", "There is neither an ISP or ISMP nor an exemption"],
        ["완료일이나 면제 사유를 적으십시오.", "Record when it was finished or why the project is exempt."];
    BUDGET = "gate_budget", 409, ["예산현액이 있는 예산이 없습니다", "No budget line has a current budget"],
        ["예산을 등록하고 본예산을 기장하십시오.", "Add a budget line and book its appropriation."];
    MILESTONES = "gate_milestones_set", 409, ["수행 단계의 이정표가 없습니다", "No milestone is set for execution"],
        ["수행 단계의 이정표를 하나 이상 적으십시오.", "Set at least one milestone for execution."];
    PLAN_ACTIONS = "gate_planning_actions", 409, ["기한이 지난 조치가 있습니다", "An action is overdue"],
        ["기한이 지난 조치를 끝내십시오.", "Close the overdue actions."];
    RUN_CHECKED = "gate_progress_checked", 409, ["수행 중 진도 점검이 없었습니다", "Progress was not checked during execution"],
        ["진도 점검을 한 번 이상 기록해야 합니다.", "At least one progress check has to be recorded."];
    RUN_MILESTONES = "gate_execution_milestones", 409, ["끝나지 않은 수행 이정표가 있습니다", "A milestone of planning or execution is not done"],
        ["이정표의 완료일을 적으십시오.", "Record when each milestone was done."];
    RUN_ACTIONS = "gate_execution_actions", 409, ["기한이 지난 조치가 있습니다", "An action of a check is overdue"],
        ["기한이 지난 조치를 끝내십시오.", "Close the overdue actions."];
    RUN_MEASURED = "gate_benefit_measured", 409, ["측정된 기대 효과가 없습니다", "No benefit has been measured"],
        ["기대 효과를 하나 이상 측정하십시오.", "Measure at least one benefit."];
    RUN_PILOT = "gate_pilot", 409, ["시범 결과가 없거나 중단으로 판정되었습니다", "The pilot has no result or was judged to stop"],
        ["시범 결과와 판정을 적으십시오.", "Record the pilot's result and verdict."];
    RUN_SPENT = "gate_expenditure", 409, ["지출 기록이 없습니다", "No expenditure is recorded"],
        ["예산의 지출을 기장하십시오.", "Book the expenditure of the budget."];
    END_DATES = "gate_actual_dates", 409, ["실제 기간이 없습니다", "The actual dates are missing"],
        ["실제 시작과 끝을 적으십시오.", "Give the actual start and end."];
    END_MEASURED = "gate_benefits_all_measured", 409, ["측정되지 않은 기대 효과가 있습니다", "A benefit has not been measured"],
        ["모든 기대 효과의 실제값과 측정일을 적으십시오.", "Give every benefit's actual value and day of measurement."];
    END_ACTIONS = "gate_actions_closed", 409, ["끝나지 않은 조치가 있습니다", "An action is still open"],
        ["모든 조치를 끝내십시오.", "Close every action."];
    END_MILESTONES = "gate_milestones_done", 409, ["끝나지 않은 이정표가 있습니다", "A milestone is not done"],
        ["모든 이정표의 완료일을 적으십시오.", "Record when every milestone was done."];
}

macro_rules! checks {
    ($($phase:ident $waivable:ident $code:ident at $pointer:literal [$ko:literal, $en:literal] $test:expr;)+) => {
        /// Planning, execution and diffusion, each in the order a planner works them off.
        pub(super) static CHECKS: &[Check] = &[$(Check {
            phase: Phase::$phase, code: &$code, words: Words::fixed($ko, $en), pointer: $pointer,
            waivable: $waivable, contributor: "project", test: $test,
        }),+];
    };
}

checks! {
    Planning No SIMILAR at "/similar_check" ["유사 과제를 확인했다", "Similar projects have been looked at"]
        |g| g.project.similar_check.is_some();
    Planning No SHARES at "/partners" ["분담률의 합이 100 %다", "The shares add up to 100 %"]
        |g| crate::rate::Share::add_up(g.project.shares().map(|(_, share)| share));
    Planning No DATES at "/planned" ["계획 기간이 있다", "Planned start and end are set"]
        |g| g.project.planned.is_whole();
    Planning Yes BENEFITS at "/benefits" ["목표가 있는 기대 효과가 있다", "At least one benefit has a baseline and a target"]
        |g| g.project.benefits.iter().any(super::Benefit::is_targeted);
    Planning Yes USE_CASES at "/use_cases" ["활용 시나리오가 있다", "At least one use case is described"]
        |g| !g.project.use_cases.is_empty();
    Planning No NETWORK at "/network" ["사용할 망이 정해졌다", "The network environment is stated"]
        |g| g.project.network.is_some();
    Planning No PERSONAL_DATA at "/personal_data" ["개인정보 처리 여부가 적혔다", "Whether personal data is processed is stated"]
        |g| g.project.personal_data.is_some();
    Planning Yes STRATEGY at "/strategy" ["ISP·ISMP를 했거나 면제되었다", "ISP or ISMP is done, or the project is exempt"]
        |g| g.project.strategy.is_some();
    Planning Yes BUDGET at "" ["예산현액이 있다", "At least one budget line has a current budget"]
        |g| g.facts.budget.lines > 0 && g.facts.budget.current > Won::ZERO;
    Planning Yes MILESTONES at "/milestones" ["수행 단계의 이정표가 있다", "Milestones are set for execution"]
        |g| g.project.milestones.iter().any(|m| m.phase == Phase::Execution);
    Planning Yes PLAN_ACTIONS at "/checks" ["기한이 지난 조치가 없다", "No action is overdue"]
        nothing_overdue;
    Execution Yes RUN_CHECKED at "/checks" ["수행 중 진도를 점검했다", "Progress was checked during execution"]
        |g| g.project.checks.iter().any(|c| c.checked_on >= g.project.phase_since().day());
    Execution Yes RUN_MILESTONES at "/milestones" ["수행 단계까지의 이정표가 끝났다", "The milestones up to execution are done"]
        |g| g.project.milestones.iter().all(|m| m.phase == Phase::Diffusion || m.done_on.is_some());
    Execution Yes RUN_ACTIONS at "/checks" ["기한이 지난 조치가 없다", "No action of a check is overdue"]
        nothing_overdue;
    Execution Yes RUN_MEASURED at "/benefits" ["측정된 기대 효과가 있다", "At least one benefit has been measured"]
        |g| g.project.benefits.iter().any(super::Benefit::is_measured);
    Execution Yes RUN_PILOT at "/pilot" ["시범 결과가 진행 또는 변경이다", "The pilot, if the path has one, was judged to go on"]
        pilot_goes_on;
    Execution Yes RUN_SPENT at "" ["지출이 기록되었다", "Expenditure is recorded"]
        |g| g.facts.budget.expended > Won::ZERO;
    Diffusion No END_DATES at "/actual" ["실제 기간이 있다", "Actual start and end are set"]
        |g| g.project.actual.is_whole();
    Diffusion Yes END_MEASURED at "/benefits" ["모든 기대 효과를 측정했다", "Every benefit has been measured"]
        |g| g.project.benefits.iter().all(super::Benefit::is_measured);
    Diffusion Yes END_ACTIONS at "/checks" ["모든 조치가 끝났다", "Every action is closed"]
        |g| g.project.actions().all(|a| a.closed.is_some());
    Diffusion Yes END_MILESTONES at "/milestones" ["모든 이정표가 끝났다", "Every milestone is done"]
        |g| g.project.milestones.iter().all(|m| m.done_on.is_some());
}

fn nothing_overdue(g: &GateFacts) -> bool {
    g.project.actions().all(|a| a.days_late(g.facts.today).is_none())
}

fn pilot_goes_on(g: &GateFacts) -> bool {
    let tried = g.project.path().is_some_and(|path| path.trial == Trial::Pilot);
    let judged = |p: &super::PilotResult| p.verdict != Verdict::Stop;
    g.project.pilot.as_ref().map_or(!tried, judged)
}

#[cfg(test)]
mod tests {
    use super::super::{
        ConditionState, conditions,
        sample::{self, day},
    };
    use super::*;

    fn unmet(project: &super::super::Project, phase: Phase) -> Vec<String> {
        let found = conditions(project, phase, &sample::facts("2026-06-01"));
        let open = found.iter().filter(|c| c.state != ConditionState::Met);
        open.map(|c| c.code.to_string()).collect()
    }

    /// Each condition fails when exactly its own piece of the record is taken away.
    #[test]
    fn each_condition_looks_at_its_own_piece() {
        type Spoil = fn(&mut super::super::Project);
        let spoils: [(Phase, &str, Spoil); 19] = [
            (Phase::Planning, "gate_similar_check", |p| p.similar_check = None),
            (Phase::Planning, "gate_shares", |p| p.lead_share = crate::rate::Share::NONE),
            (Phase::Planning, "gate_planned_dates", |p| p.planned.end = None),
            (Phase::Planning, "gate_benefit_target", |p| p.benefits[0].target = None),
            (Phase::Planning, "gate_use_case", |p| p.use_cases.clear()),
            (Phase::Planning, "gate_network", |p| p.network = None),
            (Phase::Planning, "gate_personal_data", |p| p.personal_data = None),
            (Phase::Planning, "gate_isp", |p| p.strategy = None),
            (Phase::Planning, "gate_milestones_set", |p| p.milestones.clear()),
            (Phase::Planning, "gate_advice", |p| p.no_advice = None),
            (Phase::Planning, "gate_planning_actions", |p| {
                (p.checks[0].actions[0].due, p.checks[0].actions[0].closed) = (day("2026-05-31"), None);
            }),
            (Phase::Execution, "gate_progress_checked", |p| p.checks.clear()),
            (Phase::Execution, "gate_execution_milestones", |p| p.milestones[0].done_on = None),
            (Phase::Execution, "gate_benefit_measured", |p| p.benefits[0].actual = None),
            (Phase::Execution, "gate_pilot", |p| p.pilot.as_mut().unwrap().verdict = Verdict::Stop),
            (Phase::Diffusion, "gate_actual_dates", |p| p.actual.end = None),
            (Phase::Diffusion, "gate_benefits_all_measured", |p| p.benefits[0].measured_on = None),
            (Phase::Diffusion, "gate_actions_closed", |p| p.checks[0].actions[0].closed = None),
            (Phase::Diffusion, "gate_milestones_done", |p| p.milestones[0].done_on = None),
        ];
        let ripe = sample::ripe();
        for phase in Phase::ALL {
            assert_eq!(unmet(&ripe, phase), [""; 0], "{phase:?}");
        }
        for (phase, code, spoil) in spoils {
            let mut project = ripe.clone();
            spoil(&mut project);
            assert_eq!(unmet(&project, phase), [code]);
        }
    }

    #[test]
    fn money_is_looked_at() {
        let (ripe, mut facts) = (sample::ripe(), sample::facts("2026-06-01"));
        facts.budget = super::super::BudgetFacts::default();
        let open = |phase| {
            let found = conditions(&ripe, phase, &facts);
            found.into_iter().filter(|c| c.state != ConditionState::Met).map(|c| c.code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(open(Phase::Planning), ["gate_budget"]);
        assert_eq!(open(Phase::Execution), ["gate_expenditure"]);
    }

    #[test]
    fn a_path_with_a_pilot_needs_its_result() {
        let mut project = sample::ripe();
        project.pilot = None;
        assert_eq!(unmet(&project, Phase::Execution), [""; 0]);
        project.stage = None;
        project.programme = Some("ai-admin-pilot-2023".parse().unwrap());
        assert_eq!(unmet(&project, Phase::Execution), ["gate_pilot"]);
        project.checks[0].checked_on = day("2025-01-01");
        assert_eq!(unmet(&project, Phase::Execution), ["gate_progress_checked", "gate_pilot"]);
    }
}
