//! Entries of a line's ledger (원장 기록): written once, never changed; a mistake is taken back by a reversal.

use super::{Amount, BudgetLine, CarryOver, Direction, LineId, Movement, NOT_APPLICABLE};
use crate::{
    account::ActorId,
    day::{Day, FiscalYear, Instant},
    id::Id,
    money::Won,
    problem::{Fault, REQUIRED},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// An entry's id.
pub type EntryId = Id<Entry>;

/// A commitment's own reference, such as a contract number. Entries with the same reference belong to the same commitment.
pub type Reference = Line<80>;

/// One movement on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LedgerEntry)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The line on which it counts.
    pub line: LineId,
    /// Its place in the order of recording on the line, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub n: i64,
    /// What it does.
    pub kind: Movement,
    /// How much, in won, always above zero.
    pub amount_krw: Amount,
    /// The day on which it counts (기장일).
    pub booked_on: Day,
    /// The fiscal year to which it belongs: that of the line, though payments may be booked early in the next.
    pub fiscal_year: FiscalYear,
    /// The number of the approval, if one is needed.
    pub approval_no: Option<Line<80>>,
    /// The commitment to which it belongs.
    pub commitment: Option<Reference>,
    /// The ground of a carry-over.
    pub carry_over: Option<CarryOver>,
    /// The entry on the other line, when both lines are kept here.
    pub counter: Option<Counter>,
    /// The entry that it takes back in full.
    pub reverses: Option<EntryId>,
    /// Why, or what else is worth knowing.
    pub note: Option<Prose<1000>>,
    /// When it was written down.
    pub recorded_at: Instant,
    /// Who wrote it down.
    pub by: ActorId,
}

/// The other half of a movement between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LedgerCounter)]
pub struct Counter {
    /// The other line.
    pub line: LineId,
    /// The entry on it.
    pub entry: EntryId,
}

/// A movement to record on one line. Money that comes from or goes to a line not kept here is recorded so, with a note
/// saying which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewLedgerEntry, example = json!({
    "kind": "commitment", "amount_krw": 700_000_000, "booked_on": "2026-03-02", "commitment": "계약-2026-17"
}))]
pub struct NewEntry {
    /// What it does.
    pub kind: Movement,
    /// How much, in won.
    pub amount_krw: Amount,
    /// The day on which it counts.
    pub booked_on: Day,
    /// The number of the approval; required for supplementary budgets, moves between lines, contingency and specified carry-over.
    pub approval_no: Option<Line<80>>,
    /// The commitment's reference; required for commitments, expenditure and what takes them back.
    pub commitment: Option<Reference>,
    /// The ground of a carry-over; required for carry-over.
    pub carry_over: Option<CarryOver>,
    /// Why; required where the other line is not kept here.
    pub note: Option<Prose<1000>>,
}

/// Taking an entry back in full, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewLedgerReversal, example = json!({ "booked_on": "2026-04-01", "reason": "금액 착오" }))]
pub struct NewReversal {
    /// From which day; not before the entry's own.
    pub booked_on: Day,
    /// Why.
    pub reason: Prose<1000>,
}

/// Who records, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: ActorId,
}

impl Entry {
    /// Whether it adds to its step's amount or takes from it; a reversal does the opposite of its movement.
    pub const fn direction(&self) -> Direction {
        let way = self.kind.direction();
        if self.reverses.is_some() { way.opposite() } else { way }
    }
    /// The amount with its sign: above zero when it adds.
    pub const fn signed(&self) -> Won {
        match self.direction() {
            Direction::In => self.amount_krw.won(),
            Direction::Out => self.amount_krw.won().negated(),
        }
    }
}

impl NewEntry {
    /// What is missing or out of place for this kind of movement.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let (kind, ground) = (self.kind, self.carry_over);
        let missing = [
            (kind.needs_approval(ground) && self.approval_no.is_none(), "/approval_no"),
            (kind.needs_commitment(ground) && self.commitment.is_none(), "/commitment"),
            (kind.is_carry_over() && ground.is_none(), "/carry_over"),
            (kind.has_counterpart() && self.note.is_none(), "/note"),
        ];
        let excess = [
            (!kind.takes_commitment() && self.commitment.is_some(), "/commitment"),
            (!kind.is_carry_over() && ground.is_some(), "/carry_over"),
        ];
        let told = |found: &[(bool, &'static str)], code| {
            found.iter().filter(|(wrong, _)| *wrong).map(|(_, at)| Fault::new(*at, code)).collect::<Vec<_>>()
        };
        [told(&missing, &REQUIRED), told(&excess, &NOT_APPLICABLE)].concat()
    }
    /// The entry as it would stand next on the line.
    pub(super) fn entry(&self, line: &BudgetLine, n: i64, id: EntryId, stamp: Stamp) -> Entry {
        Entry {
            id,
            line: line.id,
            n,
            kind: self.kind,
            amount_krw: self.amount_krw,
            booked_on: self.booked_on,
            fiscal_year: line.fiscal_year,
            approval_no: self.approval_no.clone(),
            commitment: self.commitment.clone(),
            carry_over: self.carry_over,
            counter: None,
            reverses: None,
            note: self.note.clone(),
            recorded_at: stamp.at,
            by: stamp.by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(kind: Movement) -> NewEntry {
        let amount_krw = Amount::new(Won::new(1).unwrap()).unwrap();
        let booked_on = "2026-03-01".parse().unwrap();
        NewEntry { kind, amount_krw, booked_on, approval_no: None, commitment: None, carry_over: None, note: None }
    }
    fn told(new: &NewEntry) -> Vec<(String, &'static str)> {
        new.faults().into_iter().map(|f| (f.pointer, f.code.name)).collect()
    }

    #[test]
    fn each_movement_brings_what_it_needs() {
        assert_eq!(told(&new(Movement::Appropriation)), []);
        assert_eq!(told(&new(Movement::Contingency)), [("/approval_no".into(), "required")]);
        assert_eq!(told(&new(Movement::Expenditure)), [("/commitment".into(), "required")]);
        let move_in = told(&new(Movement::ReallocationIn));
        assert_eq!(move_in, [("/approval_no".into(), "required"), ("/note".into(), "required")]);
        let out = NewEntry { carry_over: Some(CarryOver::Accidental), ..new(Movement::CarryOverOut) };
        assert_eq!(told(&out), [("/commitment".into(), "required"), ("/note".into(), "required")]);
        let stray = NewEntry {
            carry_over: Some(CarryOver::Specified),
            commitment: "c".parse().ok(),
            ..new(Movement::Apportionment)
        };
        assert_eq!(told(&stray), [("/commitment".into(), "not_applicable"), ("/carry_over".into(), "not_applicable")]);
    }
}
