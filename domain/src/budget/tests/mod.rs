//! The rules of the ledger, tried out (원장 시험).

mod history;
mod rules;

use super::*;
use crate::{day::Day, id::Id, money::Won, text::Line};

pub fn id<K>(n: u128) -> Id<K> {
    Id::new(uuid::Uuid::from_u128(n))
}
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}
pub fn amount(won: i64) -> Amount {
    Amount::new(Won::new(won).unwrap()).unwrap()
}
pub fn stamp() -> Stamp {
    Stamp { at: day("2027-06-01").starts_at(), by: id(9) }
}
pub fn new(kind: Movement, won: i64, on: &str) -> NewEntry {
    NewEntry {
        kind,
        amount_krw: amount(won),
        booked_on: day(on),
        approval_no: "제1회".parse::<Line<80>>().ok(),
        commitment: None,
        carry_over: None,
        note: "다른 사업에서".parse().ok(),
    }
}
pub fn under(reference: &str, kind: Movement, won: i64, on: &str) -> NewEntry {
    NewEntry { commitment: reference.parse().ok(), ..new(kind, won, on) }
}
pub fn line(n: u128, standing: Standing) -> BudgetLine {
    let new = NewLine {
        body: "msit".parse().unwrap(),
        fiscal_year: crate::day::FiscalYear::new(2026).unwrap(),
        account: Account { kind: AccountKind::General, code: None, name: "일반회계".parse().unwrap() },
        hierarchy: Hierarchy::default(),
        kind: LineKind::Grant,
        title: "AX 원스톱".parse().unwrap(),
        project: None,
        share: None,
        envelope: None,
        standing: Some(standing),
        appropriation: None,
    };
    open(new, Refers::default(), id(n), id(0), stamp()).unwrap().line
}

/// A line with its entries, as a store would keep them.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    pub line: BudgetLine,
    pub entries: Vec<Entry>,
}
impl Book {
    pub fn new(n: u128, standing: Standing) -> Self {
        Self { line: line(n, standing), entries: Vec::new() }
    }
    pub fn of_year(mut self, year: i32) -> Self {
        self.line.fiscal_year = crate::day::FiscalYear::new(year).unwrap();
        self
    }
    pub fn ledger(&self) -> Ledger<'_> {
        Ledger { line: &self.line, entries: &self.entries }
    }
    pub fn next_id(&self) -> Id<Entry> {
        id(self.line.id.get().as_u128() * 1000 + u128::try_from(self.entries.len()).unwrap() + 1)
    }
    pub fn keep(&mut self, recorded: Recorded) -> Vec<crate::problem::Fault> {
        self.line = recorded.line;
        self.entries.extend(recorded.entries);
        recorded.warnings
    }
    /// Records, or gives the code of the refusal.
    pub fn try_record(&mut self, new: &NewEntry) -> Result<Vec<&'static str>, &'static str> {
        let recorded = record(self.ledger(), new, self.next_id(), stamp()).map_err(|r| r.code.name)?;
        Ok(self.keep(recorded).iter().map(|f| f.code.name).collect())
    }
    pub fn with(mut self, new: &NewEntry) -> Self {
        self.try_record(new).unwrap();
        self
    }
    pub fn try_reverse(&mut self, target: Id<Entry>, on: &str) -> Result<(), &'static str> {
        let new = NewReversal { booked_on: day(on), reason: "착오".parse().unwrap() };
        let recorded = reverse(self.ledger(), target, &new, self.next_id(), stamp()).map_err(|r| r.code.name)?;
        self.keep(recorded);
        Ok(())
    }
}
/// An active line of 1,000 won.
pub fn thousand() -> Book {
    Book::new(1, Standing::Active).with(&new(Movement::Appropriation, 1000, "2026-01-01"))
}
