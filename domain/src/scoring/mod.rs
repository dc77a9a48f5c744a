//! Score sheets (평가표): one for each member and application, written by its member alone.

mod access;
mod progress;
mod sheet;
#[cfg(test)]
mod tests;

pub use access::OnSheet;
pub use progress::{ApplicationProgress, MemberProgress, SheetProgress};
pub use sheet::{Reopening, ScoreSheet, SheetContent, SheetState};

use crate::codes;

codes! {
    SHEET_SUBMITTED = "sheet_submitted", 409, ["이미 제출된 평가표입니다", "The sheet was submitted already"],
        ["고치려면 총괄 담당자가 사유를 적어 다시 열어야 합니다.", "To change it, the coordinator must reopen it with a reason."];
    SHEET_NOT_SUBMITTED = "sheet_not_submitted", 409, ["제출되지 않은 평가표입니다", "The sheet was not submitted"],
        ["제출된 평가표만 다시 열 수 있습니다.", "Only a submitted sheet can be reopened."];
    SHEET_NOT_BEGUN = "sheet_not_begun", 409, ["아직 작성하지 않은 평가표입니다", "The sheet was not begun"],
        ["모든 평가지표를 채점한 뒤 제출하십시오.", "Score every criterion before submitting."];
    SHEETS_NOT_SHOWN = "sheets_not_shown", 403, ["다른 위원의 평가표를 볼 수 없는 공모입니다", "The call does not show the sheets of others"],
        ["공모 규칙이 다른 위원의 평가표를 공개하지 않습니다.", "The call's rules keep the sheets of others to themselves."];
    OWN_SHEET_FIRST = "own_sheet_first", 403, ["본인 평가표를 제출한 뒤에 볼 수 있습니다", "Others' sheets are shown after the own submission"],
        ["먼저 본인의 평가표를 제출하십시오.", "Submit the own sheet first."];
    CRITERION_UNKNOWN = "criterion_unknown", 422, ["공모의 평가지표가 아닙니다", "The call has no such criterion"],
        ["공모 규칙의 평가지표에만 채점하십시오.", "Score the criteria of the call's rules and nothing else."];
    CRITERION_UNSCORED = "criterion_unscored", 422, ["채점하지 않은 평가지표가 있습니다", "A criterion has no score"],
        ["모든 평가지표를 채점한 뒤 제출하십시오. 빈 값은 0점이 아닙니다.", "Score every criterion before submitting. Nothing is not zero."];
}
