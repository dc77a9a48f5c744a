//! Movements between two lines (전용·이용·이체·이월): both halves or none.

use super::{
    Amount, BudgetLine, CarryOver, Counter, Entry, EntryId, LINES_DO_NOT_PAIR, Ledger, LineId, MoveKind, Movement,
    NewEntry, NewReversal, PAIRED_ENTRY, Recorded, Reference, Stamp,
    ledger::{Judged, judge, refuse},
};
use crate::{
    access::{Actor, act, allows},
    day::Day,
    problem::{Fault, Refusal, Words},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A line with the one that takes part in what is done to it, both as they stand in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePair {
    /// The line that was asked.
    pub this: BudgetLine,
    /// The other, if there is one.
    pub other: Option<BudgetLine>,
}

impl LinePair {
    /// The other line, unless this actor may not know of it.
    pub fn other_seen_by(&self, actor: &Actor) -> Option<&BudgetLine> {
        self.other.as_ref().filter(|other| allows::<act::budget::Read>(actor, other))
    }
}

/// A move of money from one line to another of the same year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBudgetMove, example = json!({
    "kind": "reallocation", "to": "01890a5d-ac96-774b-bcce-b302099a8057", "amount_krw": 50_000_000,
    "booked_on": "2026-05-01", "approval_no": "예산-2026-12"
}))]
pub struct NewMove {
    /// Which kind.
    pub kind: MoveKind,
    /// The receiving line.
    pub to: LineId,
    /// How much, in won.
    pub amount_krw: Amount,
    /// The day on which it counts on both lines.
    pub booked_on: Day,
    /// The number of the approval.
    pub approval_no: Line<80>,
    /// Why.
    pub note: Option<Prose<1000>>,
}

/// Carrying money over to a line of the next year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBudgetCarryOver, example = json!({
    "carry_over": "accidental", "to": "01890a5d-ac96-774b-bcce-b302099a8057", "amount_krw": 120_000_000,
    "booked_on": "2026-11-20", "commitment": "계약-2026-17"
}))]
pub struct NewCarryOver {
    /// On which ground.
    pub carry_over: CarryOver,
    /// The next year's line.
    pub to: LineId,
    /// How much, in won.
    pub amount_krw: Amount,
    /// The day on which it counts on both lines.
    pub booked_on: Day,
    /// The number of the approval; required for specified carry-over.
    pub approval_no: Option<Line<80>>,
    /// The commitment that goes along; required for accidental carry-over.
    pub commitment: Option<Reference>,
    /// Why.
    pub note: Option<Prose<1000>>,
}

/// What was recorded on two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    /// On the line that was asked: the giving one of a move.
    pub this: Recorded,
    /// On the other.
    pub other: Recorded,
}

/// Moves money between two lines of one year: within a body (전용), between items (이용), or to another body with its
/// task (이체). Cash never turns into in-kind support. Refused with the reasons of both lines; those of the receiving
/// one point at `/to`.
pub fn shift(
    from: Ledger<'_>,
    to: Ledger<'_>,
    new: &NewMove,
    ids: [EntryId; 2],
    stamp: Stamp,
) -> Result<Paired, Refusal> {
    let same_body = from.line.body == to.line.body;
    let bodies_fit = match new.kind {
        MoveKind::Reallocation => same_body,
        MoveKind::TransferBetweenItems => true,
        MoveKind::ReorganisationTransfer => !same_body,
    };
    let mut faults = misfit(from, to, new.to);
    if !bodies_fit {
        faults.push(told("기관이 옮기는 종류에 맞지 않습니다", "The bodies do not fit the kind of move"));
    }
    if from.line.fiscal_year != to.line.fiscal_year {
        faults.push(told("회계연도가 다릅니다", "The fiscal years differ"));
    }
    let (out, into) = new.kind.movements();
    let half = |kind| NewEntry {
        kind,
        amount_krw: new.amount_krw,
        booked_on: new.booked_on,
        approval_no: Some(new.approval_no.clone()),
        commitment: None,
        carry_over: None,
        note: new.note.clone(),
    };
    let (out, into) = linked(from, &half(out), to, &half(into), ids, stamp);
    both(judge(from, vec![out], faults), judge(to, vec![into], Vec::new()))
}

/// Carries money over from this line to one of the next year. A commitment that goes along is entered on the new line
/// again, under its reference (`ids[2]`): there it is outstanding, here it no longer is.
pub fn carry_over(
    from: Ledger<'_>,
    to: Ledger<'_>,
    new: &NewCarryOver,
    ids: [EntryId; 3],
    stamp: Stamp,
) -> Result<Paired, Refusal> {
    let [out_id, in_id, commitment_id] = ids;
    let half = |kind| NewEntry {
        kind,
        amount_krw: new.amount_krw,
        booked_on: new.booked_on,
        approval_no: new.approval_no.clone(),
        commitment: new.commitment.clone(),
        carry_over: Some(new.carry_over),
        note: new.note.clone(),
    };
    let out = half(Movement::CarryOverOut);
    let into = NewEntry { commitment: None, ..half(Movement::CarryOverIn) };
    let mut faults: Vec<Fault> = out.faults().into_iter().filter(|f| f.pointer != "/note").collect();
    faults.extend(misfit(from, to, new.to));
    if from.line.fiscal_year.after() != Some(to.line.fiscal_year) {
        faults.push(told("다음 회계연도의 내역이 아닙니다", "The line is not of the next fiscal year"));
    }
    let (out, into) = linked(from, &out, to, &into, [out_id, in_id], stamp);
    let again = new.commitment.as_ref().map(|_| {
        let n = into.n.saturating_add(1);
        let commitment = NewEntry { carry_over: None, approval_no: None, ..half(Movement::Commitment) };
        commitment.entry(to.line, n, commitment_id, stamp)
    });
    both(judge(from, vec![out], faults), judge(to, [into].into_iter().chain(again).collect(), Vec::new()))
}

/// Takes back both halves of a movement between two lines kept here. `target` is on `this` line, its counterpart on the other.
pub fn reverse_pair(
    this: Ledger<'_>,
    other: Ledger<'_>,
    target: EntryId,
    new: &NewReversal,
    ids: [EntryId; 2],
    stamp: Stamp,
) -> Result<Paired, Refusal> {
    let [this_id, other_id] = ids;
    let (mut back, faults) = this.reversal(target, new, this_id, stamp)?;
    let Some(counter) = back.counter.filter(|c| c.line == other.line.id) else {
        return Err(Refusal::new(&PAIRED_ENTRY));
    };
    let (mut there, others) = other.reversal(counter.entry, new, other_id, stamp)?;
    back.counter = Some(Counter { line: other.line.id, entry: other_id });
    there.counter = Some(Counter { line: this.line.id, entry: this_id });
    both(judge(this, vec![back], faults), judge(other, vec![there], others))
}

fn told(ko: &'static str, en: &'static str) -> Fault {
    Fault::told("/to", &LINES_DO_NOT_PAIR, Words::fixed(ko, en))
}

/// What keeps any two lines from exchanging money.
fn misfit(from: Ledger<'_>, to: Ledger<'_>, meant: LineId) -> Vec<Fault> {
    let mut faults = Vec::new();
    if from.line.id == to.line.id || to.line.id != meant {
        faults.push(told("서로 다른 두 내역이어야 합니다", "Two different lines are needed"));
    }
    if from.line.kind.is_cash() != to.line.kind.is_cash() {
        faults
            .push(told("현금과 현물은 서로 옮길 수 없습니다", "Cash and in-kind support do not turn into one another"));
    }
    faults
}

fn linked(
    from: Ledger<'_>,
    out: &NewEntry,
    to: Ledger<'_>,
    into: &NewEntry,
    [out_id, in_id]: [EntryId; 2],
    stamp: Stamp,
) -> (Entry, Entry) {
    let counter = |line: &BudgetLine, entry| Some(Counter { line: line.id, entry });
    let out = out.entry(from.line, from.next_n(), out_id, stamp);
    let into = into.entry(to.line, to.next_n(), in_id, stamp);
    (Entry { counter: counter(to.line, in_id), ..out }, Entry { counter: counter(from.line, out_id), ..into })
}

fn both(this: Judged, other: Judged) -> Result<Paired, Refusal> {
    let there = other.reasons.iter().map(|f| Fault { pointer: "/to".to_owned(), ..f.clone() });
    refuse(this.reasons.iter().cloned().chain(there).collect())?;
    Ok(Paired { this: this.recorded()?, other: other.recorded()? })
}
