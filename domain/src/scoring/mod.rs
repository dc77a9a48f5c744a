//! Score sheets (평가표): one for each member and application, written by its member alone.

mod access;
mod sheet;
#[cfg(test)]
mod tests;

pub use access::OnSheet;
pub use sheet::{Reopening, ScoreSheet, SheetContent, SheetState};

use crate::codes;

codes! {
    SHEET_SUBMITTED = "sheet_submitted", 409, ["이미 제출된 평가표입니다", "The sheet was submitted already"],
        ["고치려면 총괄 담당자가 사유를 적어 다시 열어야 합니다.", "To change it, the coordinator must reopen it with a reason."];
    SHEET_NOT_SUBMITTED = "sheet_not_submitted", 409, ["제출되지 않은 평가표입니다", "The sheet was not submitted"],
        ["제출된 평가표만 다시 열 수 있습니다.", "Only a submitted sheet can be reopened."];
    CRITERION_UNKNOWN = "criterion_unknown", 422, ["공모의 평가지표가 아닙니다", "The call has no such criterion"],
        ["공모 규칙의 평가지표에만 채점하십시오.", "Score the criteria of the call's rules and nothing else."];
    CRITERION_UNSCORED = "criterion_unscored", 422, ["채점하지 않은 평가지표가 있습니다", "A criterion has no score"],
        ["모든 평가지표를 채점한 뒤 제출하십시오. 빈 값은 0점이 아닙니다.", "Score every criterion before submitting. Nothing is not zero."];
}
