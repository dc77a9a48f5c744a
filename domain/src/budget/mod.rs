//! Budget lines (예산 내역), their append-only ledgers, and the envelopes (재원) that contain them.
//!
//! A line's balances are never typed in: they follow from its entries, at every day. Money stops: what would commit
//! more than the current budget or spend more than was committed, on any day from its booking on, is refused. A draft
//! line only warns.

mod access;
mod amount;
mod balances;
mod built_in;
mod entry;
mod envelope;
mod import;
mod ledger;
mod limits;
mod line;
mod movement;
mod opening;
mod pair;
#[cfg(test)]
mod tests;

pub use access::{OnBudgetLine, OnEnvelope};
pub use amount::Amount;
pub use balances::{Balances, CommitmentBalance, Position, balances, reconcile};
pub use built_in::built_in;
pub use entry::{Counter, Entry, EntryId, NewEntry, NewReversal, Reference, Stamp};
pub use envelope::{Envelope, EnvelopeDetails, EnvelopeKey, check, top_level_total, within};
pub use import::{COLUMNS, Columns, Presence, Sheet, sheet};
pub use ledger::{Ledger, Preflight, Recorded, preflight, record, reverse};
pub use line::{Account, AccountKind, BudgetLine, Hierarchy, LineId, LineKind, ProjectFacts, ProjectId, Standing};
pub use movement::{CarryOver, Direction, MoveKind, Movement, bookable};
pub use opening::{LineDetails, NewAppropriation, NewLine, Opened, Payer, Refers, open};
pub use pair::{LinePair, NewCarryOver, NewMove, Paired, carry_over, reverse_pair, shift};

use crate::{codes, money::TooMuch, problem::Refusal};

codes! {
    BEYOND_CURRENT_BUDGET = "beyond_current_budget", 409,
        ["지출원인행위와 이월액이 예산현액을 넘습니다", "Commitments and carry-over exceed the current budget"],
        ["금액을 줄이거나 먼저 예산을 늘리십시오. 기장일부터 지금까지 모든 날에 예산현액 안이어야 합니다.",
         "Lower the amount or raise the budget first. It must fit the current budget on every day from the booking date on."];
    APPORTIONED_BEYOND_BUDGET = "apportioned_beyond_budget", 409,
        ["배정액이 예산현액을 넘습니다", "The apportionment exceeds the current budget"],
        ["배정액을 줄이거나 감배정을 먼저 기록하십시오.", "Apportion less, or withdraw apportionment first."];
    BEYOND_COMMITMENT = "beyond_commitment", 409,
        ["지출과 이월액이 지출원인행위를 넘습니다", "Expenditure and carry-over exceed the commitment"],
        ["원인행위 번호와 금액을 확인하고, 필요하면 원인행위를 먼저 늘리십시오.",
         "Check the commitment's reference and the amount; raise the commitment first if needed."];
    BEYOND_APPORTIONMENT = "beyond_apportionment", 409,
        ["지출원인행위가 배정액을 넘습니다", "Commitments exceed the apportionment"],
        ["원인행위 전에 예산을 배정받아 기록하십시오 (국고금 관리법 제20조).",
         "Have the budget apportioned and record it before committing (National Treasury Act, article 20)."];
    BEYOND_EXPENDITURE = "beyond_expenditure", 409,
        ["최종 수요자의 사용액이 지출액을 넘습니다", "Use by the final recipient exceeds the expenditure"],
        ["실집행 금액을 확인하십시오.", "Check the amount used by the recipient."];
    BALANCE_BELOW_ZERO = "balance_below_zero", 409,
        ["잔액이 0보다 작아집니다", "A balance would fall below zero"],
        ["되돌리는 금액이 그때까지 기록된 금액보다 크지 않게 하십시오.",
         "Take back no more than was recorded by then."];
    CARRIED_OVER_TWICE = "carried_over_twice", 409,
        ["이미 이월된 금액은 다시 이월할 수 없습니다", "Money carried over once may not be carried over again"],
        ["올해 편성된 금액 안에서 이월하십시오. 계속비만 다시 이월할 수 있습니다.",
         "Carry over within this year's own money. Only continuing expenditure may be carried over again."];
    OUTSIDE_FISCAL_YEAR = "outside_fiscal_year", 409,
        ["기장일이 회계연도의 기장 기간을 벗어났습니다", "The booking date is outside the fiscal year's booking period"],
        ["기장일과 회계연도를 확인하십시오. 지출과 이월은 다음 해 2월 10일까지 기장할 수 있습니다.",
         "Check the date and the fiscal year. Expenditure and carry-over may be booked until 10 February of the next year."];
    BOOKED_AHEAD = "booked_ahead", 409,
        ["기장일이 오늘보다 늦습니다", "The booking date lies in the future"],
        ["이미 일어난 일만 기록하십시오.", "Record only what has happened."];
    BUDGET_LINE_CLOSED = "budget_line_closed", 409,
        ["마감된 예산 내역입니다", "The budget line is closed"],
        ["마감된 내역에는 기록할 수 없습니다. 고칠 것이 있으면 먼저 다시 여십시오.",
         "Nothing can be recorded on it. Reopen it first if something must be corrected."];
    BUDGET_LINE_NOT_DRAFT = "budget_line_not_draft", 409,
        ["작성 중인 예산 내역이 아닙니다", "The budget line is no longer a draft"],
        ["확정된 내역은 빼거나 회계·사업체계를 바꿀 수 없습니다.",
         "Once active, a line is not removed, and its account, hierarchy and kind stay."];
    BUDGET_LINE_STANDING = "budget_line_standing", 409,
        ["예산 내역의 상태를 그렇게 바꿀 수 없습니다", "The budget line cannot move to that standing"],
        ["작성 중에서 확정, 확정에서 마감, 마감에서 다시 확정으로만 바꿀 수 있습니다.",
         "A line moves from draft to active, from active to closed, and from closed back to active."];
    OPEN_COMMITMENTS = "open_commitments", 409,
        ["지출되지 않은 원인행위가 남아 있습니다", "Commitments are still outstanding"],
        ["지출하거나 취소하거나 이월한 뒤 마감하십시오.", "Spend them, cancel them or carry them over before closing."];
    ALREADY_REVERSED = "already_reversed", 409,
        ["이미 취소되었거나 취소할 수 없는 기록입니다", "The entry is reversed already, or is itself a reversal"],
        ["필요하면 새 기록을 남기십시오.", "Record a new entry if needed."];
    PAIRED_ENTRY = "paired_entry", 409,
        ["상대 내역과 함께 기록된 항목입니다", "The entry was recorded together with one on another line"],
        ["두 내역의 기록을 함께 취소하십시오.", "Reverse both entries together."];
    LINES_DO_NOT_PAIR = "lines_do_not_pair", 409,
        ["두 예산 내역 사이에서 옮길 수 없습니다", "Money cannot move between these two lines"],
        ["기관, 회계연도, 현금·현물 구분이 옮기는 종류에 맞는지 확인하십시오.",
         "Check that the bodies, the fiscal years and cash or in-kind fit the kind of move."];
    BODY_NOT_IN_PROJECT = "body_not_in_project", 422,
        ["과제에 참여하지 않는 기관입니다", "The body takes no part in the project"],
        ["주관기관이나 참여기관의 예산 내역만 과제에 연결할 수 있습니다.",
         "Only lines of the lead body or of a partner pay for a project."];
    ANOTHER_BODY = "another_body", 422, ["다른 기관의 행입니다", "The row is of another body"],
        ["한 파일에는 한 기관의 예산 내역만 넣으십시오.", "One table holds the lines of one body."];
    NOT_APPLICABLE = "not_applicable", 422,
        ["이 종류에는 쓰지 않는 항목입니다", "This field does not apply to this kind"],
        ["항목을 빼십시오.", "Leave the field out."];
    AMOUNT_TOO_LARGE = "amount_too_large", 422,
        ["합계가 다룰 수 있는 금액을 넘습니다", "A sum is beyond what can be kept"],
        ["금액과 단위를 확인하십시오.", "Check the amount and its unit."];
    ENVELOPE_MISFIT = "envelope_misfit", 422,
        ["재원의 포함 관계가 맞지 않습니다", "The envelopes do not fit into one another"],
        ["상위 재원의 연도와 금액을 확인하십시오.", "Check the year and the amount of the containing envelope."];
}

impl From<TooMuch> for Refusal {
    fn from(_: TooMuch) -> Self {
        Self::new(&AMOUNT_TOO_LARGE)
    }
}
