//! Recording on a line's ledger (원장): one rule decides, for the preflight and for the record alike.

use super::{
    ALREADY_REVERSED, AMOUNT_TOO_LARGE, BEYOND_APPORTIONMENT, BUDGET_LINE_CLOSED, BudgetLine, Entry, EntryId, Movement,
    NewEntry, NewReversal, PAIRED_ENTRY, Stamp, Standing,
    limits::{timing, walk},
};
use crate::{
    access::NOT_FOUND,
    day::Day,
    problem::{Fault, INVALID, Refusal, WRONG_ORDER},
};

/// A line with all its entries, in whatever order.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a> {
    /// The line.
    pub line: &'a BudgetLine,
    /// Everything recorded on it so far.
    pub entries: &'a [Entry],
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The line with its new balances.
    pub line: BudgetLine,
    /// The new entries, in their order.
    pub entries: Vec<Entry>,
    /// What should be looked at though it does not stop the entry.
    pub warnings: Vec<Fault>,
}

/// Whether an entry would be recorded, and what speaks against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preflight {
    /// Why it would be refused; empty when it would be recorded.
    pub reasons: Vec<Fault>,
    /// What would be recorded all the same.
    pub warnings: Vec<Fault>,
    /// The balances as they would be.
    pub balances: super::Balances,
}

impl Preflight {
    /// True when the entry would be recorded.
    pub const fn allowed(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// Would this entry be recorded today, and if not, why not? The same rule as [`record`].
pub fn preflight(ledger: Ledger<'_>, new: &NewEntry, id: EntryId, stamp: Stamp) -> Preflight {
    let judged = judge(ledger, vec![new.entry(ledger.line, ledger.next_n(), id, stamp)], new.faults());
    Preflight { reasons: judged.reasons, warnings: judged.warnings, balances: judged.line.balances }
}

/// Records one movement. Refused with every reason at once when the line is closed, when something is missing, or when on
/// an active line a limit would be broken on any day from the booking date on; on a draft line those limits only warn.
pub fn record(ledger: Ledger<'_>, new: &NewEntry, id: EntryId, stamp: Stamp) -> Result<Recorded, Refusal> {
    judge(ledger, vec![new.entry(ledger.line, ledger.next_n(), id, stamp)], new.faults()).recorded()
}

/// Takes an entry back in full by one with the opposite sign. An entry with a counterpart is taken back with it
/// ([`super::reverse_pair`]).
pub fn reverse(
    ledger: Ledger<'_>,
    target: EntryId,
    new: &NewReversal,
    id: EntryId,
    stamp: Stamp,
) -> Result<Recorded, Refusal> {
    let (entry, faults) = ledger.reversal(target, new, id, stamp)?;
    if entry.counter.is_some() {
        return Err(Refusal::new(&PAIRED_ENTRY));
    }
    judge(ledger, vec![entry], faults).recorded()
}

/// A rule's answer before it becomes a record or a refusal.
pub(super) struct Judged {
    pub line: BudgetLine,
    pub entries: Vec<Entry>,
    pub reasons: Vec<Fault>,
    pub warnings: Vec<Fault>,
}

/// The one rule: may these entries follow on this line?
pub(super) fn judge(ledger: Ledger<'_>, new: Vec<Entry>, faults: Vec<Fault>) -> Judged {
    let Ledger { line, entries } = ledger;
    let mut judged = Judged { line: line.clone(), entries: new, reasons: faults, warnings: Vec::new() };
    if !line.takes_entries() {
        judged.reasons.push(Fault::new("", &BUDGET_LINE_CLOSED));
    }
    let Some(from) = judged.entries.iter().map(|e| e.booked_on).min() else { return judged };
    let mut limits: Vec<Fault> = judged.entries.iter().flat_map(|e| timing(line, e, e.recorded_at.day())).collect();
    match walk(entries.iter().chain(&judged.entries), from) {
        Err(_) => judged.reasons.push(Fault::new("/amount_krw", &AMOUNT_TOO_LARGE)),
        Ok((position, broken)) => {
            limits.extend(broken);
            judged.line.balances = position.balances;
            let commits = judged.entries.iter().any(|e| e.kind == Movement::Commitment && e.reverses.is_none());
            if commits && position.balances.committed_krw > position.balances.apportioned_krw {
                judged.warnings.push(Fault::new("/amount_krw", &BEYOND_APPORTIONMENT));
            }
        }
    }
    if line.standing == Standing::Draft {
        judged.warnings.extend(limits);
    } else {
        judged.reasons.extend(limits);
    }
    judged
}

impl Judged {
    pub fn recorded(self) -> Result<Recorded, Refusal> {
        refuse(self.reasons)?;
        Ok(Recorded { line: self.line, entries: self.entries, warnings: self.warnings })
    }
}

/// One refusal with every reason: named by the first rule that stops it, or as invalid when something is wrong with what was sent.
pub(super) fn refuse(reasons: Vec<Fault>) -> Result<(), Refusal> {
    let invalid = reasons.iter().any(|f| f.code.status == INVALID.status);
    match reasons.first() {
        None => Ok(()),
        Some(_) if invalid => Err(Refusal::new(&INVALID).with(reasons)),
        Some(first) => Err(Refusal::told(first.code, first.detail.clone()).with(reasons)),
    }
}

impl Ledger<'_> {
    /// The place of the next entry in the order of recording.
    pub(super) fn next_n(&self) -> i64 {
        self.entries.iter().map(|e| e.n).max().unwrap_or(0).saturating_add(1)
    }
    /// The entry that would take another back, and what is wrong with that.
    pub(super) fn reversal(
        &self,
        target: EntryId,
        new: &NewReversal,
        id: EntryId,
        stamp: Stamp,
    ) -> Result<(Entry, Vec<Fault>), Refusal> {
        let entry = self.entries.iter().find(|e| e.id == target).ok_or_else(|| Refusal::new(&NOT_FOUND))?;
        if entry.reverses.is_some() || self.entries.iter().any(|e| e.reverses == Some(target)) {
            return Err(Refusal::new(&ALREADY_REVERSED));
        }
        let early = new.booked_on < entry.booked_on;
        let faults = if early { vec![Fault::new("/booked_on", &WRONG_ORDER)] } else { Vec::new() };
        let back = Entry {
            id,
            n: self.next_n(),
            booked_on: new.booked_on,
            reverses: Some(target),
            note: Some(new.reason.clone()),
            recorded_at: stamp.at,
            by: stamp.by,
            ..entry.clone()
        };
        Ok((back, faults))
    }
    /// Everything that keeps this line from being active: limits and dates over its whole history.
    pub(super) fn reasons_against_activation(&self, today: Day) -> Result<Vec<Fault>, Refusal> {
        let mut faults: Vec<Fault> = self.entries.iter().flat_map(|e| timing(self.line, e, today)).collect();
        if let Some(first) = self.entries.iter().map(|e| e.booked_on).min() {
            faults.extend(walk(self.entries, first)?.1);
        }
        Ok(faults.into_iter().map(|f| Fault { pointer: "/to".to_owned(), ..f }).collect())
    }
}
