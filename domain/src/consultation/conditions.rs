//! The gate conditions of the advisory group (자문 조건): counsel was sought or is not wanted, and none of it stays unanswered.

use crate::{
    codes,
    problem::Words,
    project::{Check, GateFacts, Phase, Waivable},
};

codes! {
    ADVICE_SOUGHT = "gate_advice", 409, ["자문을 받지 않았고 필요 없다는 기록도 없습니다", "No counsel was given, and it is not stated that none is wanted"],
        ["자문을 요청하거나, 필요 없다는 것을 사유와 함께 기록하십시오.", "Ask for counsel, or state with a reason that none is wanted."];
    PLANNING_ANSWERED = "gate_planning_advice", 409, ["답하지 않은 자문의견이 있습니다", "A piece of advice is not answered"],
        ["모든 자문의견에 답하십시오.", "Answer every piece of advice."];
    EXECUTION_ANSWERED = "gate_execution_advice", 409, ["수행 단계에 답하지 않은 자문의견이 있습니다", "A piece of advice is not answered in execution"],
        ["모든 자문의견에 답하십시오.", "Answer every piece of advice."];
    DIFFUSION_ANSWERED = "gate_diffusion_advice", 409, ["확산 단계에 답하지 않은 자문의견이 있습니다", "A piece of advice is not answered in diffusion"],
        ["모든 자문의견에 답하십시오.", "Answer every piece of advice."];
}

const fn answered(phase: Phase, code: &'static crate::problem::Code) -> Check {
    Check {
        phase,
        code,
        words: Words::fixed("답하지 않은 자문의견이 없다", "No piece of advice is unanswered"),
        pointer: "",
        waivable: Waivable::Yes,
        contributor: "consultation",
        test: |g: &GateFacts| g.facts.advice.unanswered == 0,
    }
}

/// Planning asks whether counsel was sought; every gate whether it was answered.
pub(crate) static CHECKS: &[Check] = &[
    Check {
        phase: Phase::Planning,
        code: &ADVICE_SOUGHT,
        words: Words::fixed("자문을 받았거나 필요 없음을 기록했다", "Counsel was given, or none is wanted"),
        pointer: "/no_advice",
        waivable: Waivable::Yes,
        contributor: "consultation",
        test: |g| g.facts.advice.held > 0 || g.project.no_advice.is_some(),
    },
    answered(Phase::Planning, &PLANNING_ANSWERED),
    answered(Phase::Execution, &EXECUTION_ANSWERED),
    answered(Phase::Diffusion, &DIFFUSION_ANSWERED),
];
