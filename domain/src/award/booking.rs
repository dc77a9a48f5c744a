//! What an award books in the ledger of its national line (원장 기록): the agreement commits, an instalment is expenditure, the
//! settlement reports what the recipient has used and takes back what is left.

use super::{Award, FundingSource};
use crate::{
    budget::{
        self, Amount, BudgetLine, Entry, EntryId, Ledger, Movement, NewEntry, Recorded, Reference, bookable, record,
    },
    day::Day,
    money::Won,
    problem::{Fault, Refusal},
    text::Line,
};

/// A movement under the agreement of this number; of what can name no commitment, none is named.
fn entry(kind: Movement, amount_krw: Amount, booked_on: Day, number: &Reference) -> NewEntry {
    let commitment = kind.takes_commitment().then(|| number.clone());
    NewEntry { kind, amount_krw, booked_on, approval_no: None, commitment, carry_over: None, note: None }
}

/// What the agreement commits (지출원인행위): all of the national money, under its number.
pub fn committed(number: &Line<80>, national: Amount, signed_on: Day) -> NewEntry {
    entry(Movement::Commitment, national, signed_on, number)
}

impl Award {
    /// What a paid instalment books: expenditure under the agreement's number.
    pub fn expended(&self, amount: Amount, paid_on: Day) -> Option<NewEntry> {
        let agreement = self.agreement.as_ref()?;
        Some(entry(Movement::Expenditure, amount, paid_on, &agreement.number))
    }

    /// What the settlement books on the national line as it stands: what the recipient has used, as far as it was not reported
    /// before; what goes back, and what is no longer committed. Once the books of the year are completed money no longer comes
    /// back into the line, and then nothing of that is booked: the award alone says so.
    pub fn settlement_entries(&self, line: &BudgetLine) -> Result<Vec<NewEntry>, Refusal> {
        let (Some(agreement), Some(settlement)) = (&self.agreement, &self.settlement) else { return Ok(Vec::new()) };
        let national = settlement.sources.iter().find(|one| one.source == FundingSource::National);
        let Some(national) = national else { return Ok(Vec::new()) };
        let (day, year) = (settlement.settled_on, self.fiscal_year);
        let reported = line.balances.recipient_used_krw.unwrap_or(Won::ZERO);
        let back = if bookable(Movement::ExpenditureReturn, year, day) { national.returned_krw } else { Won::ZERO };
        let kept = national.paid_in_krw.minus(back)?;
        let open = self.split.national_krw.minus(kept)?;
        let wanted = [
            (Movement::RecipientUse, national.used_krw.minus(reported)?),
            (Movement::ExpenditureReturn, back),
            (Movement::Decommitment, open),
        ];
        let entries = wanted.into_iter().filter(|(kind, _)| bookable(*kind, year, day));
        let entries =
            entries.filter_map(|(kind, won)| Some(entry(kind, Amount::new(won).ok()?, day, &agreement.number)));
        Ok(entries.collect())
    }
}

/// Records movements one after the other, all or none.
pub fn book(
    line: &BudgetLine,
    entries: &[Entry],
    new: &[NewEntry],
    mut fresh: impl FnMut() -> EntryId,
    stamp: budget::Stamp,
) -> Result<Recorded, Refusal> {
    let mut recorded = Recorded { line: line.clone(), entries: Vec::new(), warnings: Vec::new() };
    for one in new {
        let all: Vec<Entry> = entries.iter().chain(&recorded.entries).cloned().collect();
        let next = record(Ledger { line: &recorded.line, entries: &all }, one, fresh(), stamp)?;
        recorded.line = next.line;
        recorded.entries.extend(next.entries);
        recorded.warnings.extend(next.warnings);
    }
    Ok(recorded)
}

/// The refusal of a ledger as it concerns a request about an award: its day stands under this member, the rest is the whole.
pub fn refused_at(refusal: Refusal, day: &str) -> Refusal {
    let moved = |fault: Fault| {
        let pointer = if fault.pointer == "/booked_on" { day.to_owned() } else { String::new() };
        Fault { pointer, ..fault }
    };
    Refusal { faults: refusal.faults.into_iter().map(moved).collect(), ..refusal }
}
