//! What the rules of a project refuse (과제 규칙 위반).

use crate::codes;

codes! {
    MOVE_NOT_ALLOWED = "move_not_allowed", 409, ["지금 상태에서는 할 수 없는 이동입니다", "The project cannot move this way from where it stands"],
        ["현재 단계와 상태에서 가능한 이동을 확인하십시오.", "See which moves are open from the present phase and status."];
    MOVE_REFUSED = "move_refused", 409, ["이동 조건이 충족되지 않았습니다", "The move's conditions are not met"],
        ["errors에 표시된 조건을 모두 갖춘 뒤 다시 시도하십시오.", "Meet every condition listed in errors and try again."];
    REASON_NEEDED = "reason_needed", 422, ["사유가 필요합니다", "A reason is needed"],
        ["사유를 적으십시오. 사유는 이력에 남습니다.", "Give a reason; it is kept in the history."];
    PROJECT_CLOSED = "project_closed", 409, ["완료되었거나 취소된 과제입니다", "The project is completed or cancelled"],
        ["완료된 과제는 사유를 적어 확산 단계로 되돌린 뒤 고칠 수 있습니다.", "A completed project can be taken back to diffusion, with a reason, and then changed."];
    PROJECT_REMOVED = "project_removed", 409, ["삭제 처리된 과제입니다", "The project has been removed"],
        ["먼저 복원하십시오.", "Restore it first."];
    NOT_REMOVED = "not_removed", 409, ["삭제 처리된 과제가 아닙니다", "The project has not been removed"],
        ["복원할 것이 없습니다.", "There is nothing to restore."];
    FILED_STAYS = "filed_stays", 409, ["등록된 과제는 삭제할 수 없습니다", "A filed project cannot be removed"],
        ["등록된 과제는 사유를 적어 취소하십시오.", "Cancel a filed project with a reason instead."];
    NOT_FILED = "not_filed", 409, ["아직 등록되지 않은 과제입니다", "The project has not been filed"],
        ["먼저 과제를 등록하십시오.", "File the project first."];
    SHARES_NOT_WHOLE = "shares_not_whole", 422, ["분담률의 합이 100 %가 아닙니다", "The shares do not add up to 100 %"],
        ["주관기관과 참여기관의 분담률을 합해 정확히 100.00이 되게 하십시오.", "Let the shares of the lead and its partners add up to exactly 100.00."];
    NOT_TAKING_PART = "not_taking_part", 422, ["이 과제의 기관이 아닙니다", "The body does not take part in the project"],
        ["주관기관이나 참여기관 가운데 하나를 쓰십시오.", "Name the lead body or one of the partners."];
    LINK_TO_ITSELF = "link_to_itself", 422, ["과제를 자기 자신과 연결할 수 없습니다", "A project cannot be tied to itself"],
        ["다른 과제의 식별자를 쓰십시오.", "Name another project."];
    LINEAGE_LOOP = "lineage_loop", 422, ["선후행 관계가 돌아옵니다", "Predecessors and follow-ups form a loop"],
        ["한 과제는 다른 과제의 선행이면서 후행일 수 없습니다.", "A project cannot come both before and after another."];
    IN_FUTURE = "in_future", 422, ["아직 오지 않은 날짜입니다", "The date has not come yet"],
        ["실제로 있었던 날짜를 쓰십시오.", "Give a day that has come."];
    DIRECTION_CONTRADICTS = "direction_contradicts", 422, ["목표가 개선 방향과 반대입니다", "The target lies on the wrong side of the baseline"],
        ["개선 방향이나 목표값을 고치십시오.", "Correct the direction or the target."];
    STAGE_ELSEWHERE = "stage_elsewhere", 422, ["현재 단계에 속하지 않는 세부 단계입니다", "The stage does not lie in the present phase"],
        ["현재 단계에 속한 세부 단계를 고르십시오.", "Choose a stage of the present phase."];
    TEMPLATE_PRESCRIBED = "template_prescribed", 422, ["사업이 정한 단계 체계가 아닙니다", "The programme prescribes another path of stages"],
        ["사업이 정한 단계 체계를 쓰십시오.", "Use the path that the programme prescribes."];
    MORE_THAN_DECLARED = "more_than_declared", 422, ["밝힌 수보다 많이 적었습니다", "More are listed than declared"],
        ["전체 수를 늘리거나 목록을 줄이십시오.", "Raise the declared number or shorten the list."];
    ALREADY_CLOSED = "already_closed", 409, ["이미 끝난 조치입니다", "The action is already closed"],
        ["끝난 조치는 고치지 않습니다.", "A closed action is not changed."];
    GATE_PENDING = "gate_pending", 409, ["이미 심사 중인 단계 통과 신청이 있습니다", "A gate request is already pending"],
        ["결정을 기다리거나 신청을 거두십시오.", "Wait for the decision or withdraw the request."];
    GATE_NOT_PENDING = "gate_not_pending", 409, ["심사 중인 신청이 아닙니다", "The gate request is not pending"],
        ["결정된 신청은 바뀌지 않습니다. 새로 신청하십시오.", "A decided request stays as it is. Make a new one."];
    GATE_NOT_READY = "gate_not_ready", 409, ["단계 통과 조건이 충족되지 않았습니다", "The conditions of the gate are not met"],
        ["errors에 표시된 조건을 갖추거나 예외를 함께 신청하십시오.", "Meet the conditions listed in errors or ask for waivers."];
    NOT_APPROVED = "not_approved", 409, ["이 단계의 통과가 승인되지 않았습니다", "The gate of this phase has not been passed"],
        ["단계 통과를 신청하십시오.", "Request the gate."];
    NOT_WAIVABLE = "not_waivable", 422, ["예외를 둘 수 없는 조건입니다", "This condition cannot be waived"],
        ["조건을 갖추십시오.", "Meet the condition."];
    WAIVER_NEEDLESS = "waiver_needless", 422, ["이미 충족된 조건입니다", "The condition is met and needs no waiver"],
        ["예외 목록에서 빼십시오.", "Leave it out of the waivers."];
    WAIVER_OVER = "waiver_over", 422, ["예외 기한이 이미 지났습니다", "The waiver would end before it begins"],
        ["오늘이나 그 뒤의 날짜를 쓰십시오.", "Give today or a later day."];
    OWN_REQUEST = "own_request", 409, ["신청한 사람은 결정할 수 없습니다", "Whoever made the request cannot decide it"],
        ["다른 총괄 담당자가 결정해야 합니다.", "Another coordinator has to decide."];
    WRONG_MEDIA = "wrong_media", 422, ["붙일 수 없는 파일 형식입니다", "Files of this type cannot be attached"],
        ["PDF, 한글(hwp, hwpx), 오피스 문서, 그림, CSV, ZIP을 쓰십시오.", "Use PDF, HWP, HWPX, office documents, images, CSV or ZIP."];
}
