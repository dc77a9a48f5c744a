//! Balances (잔액) of a line: derived from its entries, at any day.

use super::{CarryOver, Entry, Movement, Reference};
use crate::{
    day::Day,
    money::{TooMuch, Won},
    problem::Refusal,
    rate::percent_of,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a line has and has done, in won. Two sums hold at every day: the current budget is original + supplementary +
/// carried in + moved in - moved out + contingency; and it is, counted once, available + outstanding + expended + carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetBalances)]
pub struct Balances {
    /// Original budget (본예산).
    pub original_krw: Won,
    /// Supplementary budgets, net (추경); below zero after cuts.
    pub supplementary_krw: Won,
    /// Carried over from the year before (전년도 이월액).
    pub carried_in_krw: Won,
    /// Of which continuing expenditure (계속비), which may be carried over again.
    pub carried_in_continuing_krw: Won,
    /// Come from other lines: reallocation, transfer between items, reorganisation transfer (전용·이용·이체 증).
    pub moved_in_krw: Won,
    /// Gone to other lines (전용·이용·이체 감).
    pub moved_out_krw: Won,
    /// From the contingency reserve (예비비).
    pub contingency_krw: Won,
    /// Current budget (예산현액).
    pub current_budget_krw: Won,
    /// Apportioned (배정액).
    pub apportioned_krw: Won,
    /// Committed (지출원인행위액), whether spent since or not.
    pub committed_krw: Won,
    /// Spent (지출액), returns taken off.
    pub expended_krw: Won,
    /// Carried over to the year after (다음 연도 이월액).
    pub carried_out_krw: Won,
    /// Of which committed and unspent.
    pub carried_out_committed_krw: Won,
    /// Of which continuing expenditure.
    pub carried_out_continuing_krw: Won,
    /// Free to commit: current budget - committed - carried over uncommitted.
    pub available_krw: Won,
    /// Committed and still to be spent here (미지출 원인행위액): committed - expended - carried over committed.
    pub outstanding_krw: Won,
    /// What lapses if nothing more is booked (불용액): current budget - expended - carried out. Final once the line is closed.
    pub lapsed_krw: Won,
    /// Used by the final recipients (실집행액); null until any use is reported.
    pub recipient_used_krw: Option<Won>,
}

/// One commitment's part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitmentBalance {
    /// Committed under this reference.
    pub committed_krw: Won,
    /// Spent under it.
    pub expended_krw: Won,
    /// Carried over under it.
    pub carried_out_krw: Won,
    /// Still to be spent.
    pub outstanding_krw: Won,
}

/// A line's balances with each commitment's part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Position {
    /// The line as a whole.
    pub balances: Balances,
    /// Each commitment by its reference.
    pub commitments: BTreeMap<Reference, CommitmentBalance>,
}

impl Balances {
    /// Spent per current budget (집행률), `"43.18"`; none while the current budget is zero.
    pub fn execution_rate(&self) -> Option<String> {
        percent_of(self.expended_krw, self.current_budget_krw)
    }
    /// Used by the final recipients per current budget (실집행률); none until any use is reported.
    pub fn real_execution_rate(&self) -> Option<String> {
        self.recipient_used_krw.and_then(|used| percent_of(used, self.current_budget_krw))
    }
    fn derive(&mut self) -> Result<(), TooMuch> {
        let voted = Won::sum([self.original_krw, self.supplementary_krw, self.carried_in_krw])?;
        let moved = self.moved_in_krw.minus(self.moved_out_krw)?;
        let carried_free = self.carried_out_krw.minus(self.carried_out_committed_krw)?;
        self.current_budget_krw = Won::sum([voted, moved, self.contingency_krw])?;
        self.available_krw = self.current_budget_krw.minus(self.committed_krw)?.minus(carried_free)?;
        self.outstanding_krw = self.committed_krw.minus(self.expended_krw)?.minus(self.carried_out_committed_krw)?;
        self.lapsed_krw = self.current_budget_krw.minus(self.expended_krw)?.minus(self.carried_out_krw)?;
        Ok(())
    }
}

impl Position {
    /// Counts one more entry in. Fails when a sum leaves the range; the position is then worthless.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), TooMuch> {
        let amount = entry.signed();
        let add = |to: &mut Won| to.plus(amount).map(|sum| *to = sum);
        let take = |from: &mut Won| from.minus(amount).map(|rest| *from = rest);
        let line = &mut self.balances;
        let continuing = entry.carry_over == Some(CarryOver::Continuing);
        match entry.kind {
            Movement::Appropriation => add(&mut line.original_krw)?,
            Movement::SupplementaryIncrease | Movement::SupplementaryDecrease => add(&mut line.supplementary_krw)?,
            Movement::CarryOverIn => {
                add(&mut line.carried_in_krw)?;
                if continuing {
                    add(&mut line.carried_in_continuing_krw)?;
                }
            }
            Movement::CarryOverOut => {
                take(&mut line.carried_out_krw)?;
                if continuing {
                    take(&mut line.carried_out_continuing_krw)?;
                }
                if entry.commitment.is_some() {
                    take(&mut line.carried_out_committed_krw)?;
                }
            }
            Movement::ReallocationIn | Movement::TransferBetweenItemsIn | Movement::ReorganisationTransferIn => {
                add(&mut line.moved_in_krw)?;
            }
            Movement::ReallocationOut | Movement::TransferBetweenItemsOut | Movement::ReorganisationTransferOut => {
                take(&mut line.moved_out_krw)?;
            }
            Movement::Contingency => add(&mut line.contingency_krw)?,
            Movement::Apportionment | Movement::ApportionmentWithdrawal => add(&mut line.apportioned_krw)?,
            Movement::Commitment | Movement::Decommitment => add(&mut line.committed_krw)?,
            Movement::Expenditure | Movement::ExpenditureReturn => add(&mut line.expended_krw)?,
            Movement::RecipientUse => add(line.recipient_used_krw.get_or_insert(Won::ZERO))?,
        }
        line.derive()?;
        if let Some(reference) = &entry.commitment {
            let one = self.commitments.entry(reference.clone()).or_default();
            match entry.kind {
                Movement::Commitment | Movement::Decommitment => add(&mut one.committed_krw)?,
                Movement::CarryOverOut => take(&mut one.carried_out_krw)?,
                _ => add(&mut one.expended_krw)?,
            }
            one.outstanding_krw = one.committed_krw.minus(one.expended_krw)?.minus(one.carried_out_krw)?;
        }
        Ok(())
    }
    /// The position at the end of a day by booking date, or with everything booked.
    pub fn of(entries: &[Entry], as_of: Option<Day>) -> Result<Self, Refusal> {
        let mut position = Self::default();
        for entry in by_booking(entries).into_iter().filter(|e| as_of.is_none_or(|day| e.booked_on <= day)) {
            position.apply(entry)?;
        }
        Ok(position)
    }
}

/// A line's balances at the end of a day by booking date, or with everything booked.
pub fn balances(entries: &[Entry], as_of: Option<Day>) -> Result<Balances, Refusal> {
    Position::of(entries, as_of).map(|position| position.balances)
}

/// Computes a line's balances from its entries alone and says whether those kept on it are the same:
/// `Ok(None)` when they agree, otherwise the right ones.
pub fn reconcile(kept: &Balances, entries: &[Entry]) -> Result<Option<Balances>, Refusal> {
    let right = balances(entries, None)?;
    Ok((right != *kept).then_some(right))
}

/// The entries in the order in which they count: by booking day, then by recording.
pub(super) fn by_booking<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<&'a Entry> {
    let mut sorted: Vec<&Entry> = entries.into_iter().collect();
    sorted.sort_by_key(|e| (e.booked_on, e.n));
    sorted
}
