//! What the rules of consultations refuse (자문 규칙 위반).

use crate::codes;

codes! {
    CONSULTATION_MOVE = "consultation_move", 409, ["지금 상태에서는 할 수 없는 처리입니다", "The consultation cannot move this way from where it stands"],
        ["자문의 현재 상태를 확인하십시오.", "See how the consultation stands."];
    CONSULTATION_PROJECT = "consultation_project", 409, ["추진 중인 과제가 아닙니다", "The project is not under way"],
        ["제출되어 추진 중인 과제에 대해서만 자문을 요청합니다.", "Counsel is sought for projects that were filed and go on."];
    ADVISER_KNOWN = "adviser_known", 409, ["이미 자문위원인 전문가입니다", "The expert is an adviser already"],
        ["있는 위촉을 고치십시오.", "Change the appointment that is there."];
    ADVISER_RELEASED = "adviser_released", 409, ["해촉된 자문위원입니다", "The adviser was released"],
        ["활동 중인 자문위원만 할 수 있습니다.", "Only advisers who serve can do this."];
    ADVISER_WITHOUT_ROLE = "adviser_without_role", 422, ["자문위원 역할이 있는 계정이 없습니다", "The expert has no account with the role of an adviser"],
        ["먼저 전문가의 계정에 AX자문단 위원 역할을 주십시오.", "Give the expert's account the role of an adviser first."];
    ADVISER_NOT_SERVING = "adviser_not_serving", 422, ["임기 중인 자문위원이 아닙니다", "The adviser does not serve now"],
        ["임기 안에 있는 자문위원을 정하십시오.", "Choose an adviser within the term."];
    ADVISER_LOADED = "adviser_loaded", 422, ["자문위원의 담당 한도를 넘습니다", "The adviser would have too many consultations"],
        ["담당 한도 안에 있는 자문위원을 정하십시오.", "Choose an adviser who has room."];
    ADVISER_TIED = "adviser_tied", 422, ["기관과 이해관계가 있는 자문위원입니다", "The adviser is tied to a body of the project"],
        ["재직·계약·감사·친족 관계가 없는 자문위원을 정하십시오.", "Choose one without employment, contract, audit or kin there."];
    ADVISER_JUDGES = "adviser_judges", 422, ["이 기관의 신청을 평가하는 위원입니다", "The adviser judges an application of a body of the project"],
        ["평가가 끝난 뒤에 정하거나 다른 자문위원을 정하십시오.", "Choose another, or wait for the end of the evaluation."];
    ADVICE_UNKNOWN = "advice_unknown", 404, ["없는 자문의견입니다", "There is no such piece of advice"],
        ["자문에 있는 의견의 번호를 쓰십시오.", "Use the number of a piece of advice of the consultation."];
    ADVICE_ANSWERED = "advice_answered", 409, ["이미 답한 자문의견입니다", "The advice was answered already"],
        ["보류한 의견에만 다시 답할 수 있습니다. 답은 고치지 않습니다.", "Only what was deferred is answered again. An answer is not edited."];
    ADVICE_UNANSWERED = "advice_unanswered", 409, ["답하지 않은 자문의견이 있습니다", "A piece of advice is unanswered"],
        ["모든 의견에 답한 뒤 종결하십시오.", "Answer every piece of advice, then close."];
    ADVICE_NOTHING_DUE = "advice_nothing_due", 409, ["조치할 것이 없는 자문의견입니다", "Nothing is to be done about this advice"],
        ["수용하거나 일부 수용하고 아직 조치하지 않은 의견만 조치를 기록합니다.", "A follow-up belongs to advice that was accepted, whole or in part, and has none."];
    NOT_YET = "not_yet", 422, ["아직 오지 않은 날입니다", "The day has not come yet"],
        ["오늘이나 그 전의 날을 쓰십시오.", "Give today or an earlier day."];
    BEFORE_REQUEST = "before_request", 422, ["요청보다 앞선 날입니다", "The day lies before the request"],
        ["자문을 요청한 날이나 그 뒤의 날을 쓰십시오.", "Give the day of the request or a later one."];
    DAY_PAST = "day_past", 422, ["이미 지난 날입니다", "The day is over"],
        ["오늘이나 그 뒤의 날을 쓰십시오.", "Give today or a later day."];
}
