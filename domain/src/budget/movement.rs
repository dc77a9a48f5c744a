//! Movements of budget money (예산 변동) and what each needs.

use crate::{
    code_list,
    day::{Day, FiscalYear},
};

code_list! {
    /// What an entry of a line's ledger does. Steps follow one another: apportionment (배정), commitment
    /// (지출원인행위), expenditure (지출).
    #[schema(as = BudgetMovement)]
    pub enum Movement {
        /// The original budget as voted.
        Appropriation = "appropriation" / "본예산",
        /// More by a supplementary budget.
        SupplementaryIncrease = "supplementary_increase" / "추경 증액",
        /// Less by a supplementary budget.
        SupplementaryDecrease = "supplementary_decrease" / "추경 감액",
        /// Money brought in from the year before.
        CarryOverIn = "carry_over_in" / "전년도 이월",
        /// Money taken along to the year after. It stays in this year's current budget and neither lapses nor can be committed.
        CarryOverOut = "carry_over_out" / "다음 연도 이월",
        /// Reallocated to this line within what the ministry may decide with the budget office.
        ReallocationIn = "reallocation_in" / "전용 증",
        /// Reallocated away from this line.
        ReallocationOut = "reallocation_out" / "전용 감",
        /// Transferred to this line between items the Assembly voted.
        TransferBetweenItemsIn = "transfer_between_items_in" / "이용 증",
        /// Transferred away from this line between items the Assembly voted.
        TransferBetweenItemsOut = "transfer_between_items_out" / "이용 감",
        /// Come over with a task after a reorganisation.
        ReorganisationTransferIn = "reorganisation_transfer_in" / "이체 증",
        /// Gone over with a task after a reorganisation.
        ReorganisationTransferOut = "reorganisation_transfer_out" / "이체 감",
        /// Granted from the contingency reserve.
        Contingency = "contingency" / "예비비",
        /// Released for committing.
        Apportionment = "apportionment" / "배정",
        /// Released no more.
        ApportionmentWithdrawal = "apportionment_withdrawal" / "감배정",
        /// A contract or other act that obliges to pay, or its increase.
        Commitment = "commitment" / "지출원인행위",
        /// A commitment cancelled or lowered.
        Decommitment = "decommitment" / "지출원인행위 취소",
        /// Paid out under a commitment.
        Expenditure = "expenditure" / "지출",
        /// Paid back into the line.
        ExpenditureReturn = "expenditure_return" / "지출 반납",
        /// Used by the final recipient out of what was paid out, as reported by a managing agency.
        RecipientUse = "recipient_use" / "실집행",
    }
}

code_list! {
    /// The ground for carrying money over to the next year (National Finance Act, article 48).
    #[schema(as = CarryOverGround)]
    pub enum CarryOver {
        /// Approved beforehand.
        Specified = "specified" / "명시이월",
        /// Committed within the year and, for a reason beyond control, not spent.
        Accidental = "accidental" / "사고이월",
        /// Continuing expenditure over several years; alone may be carried over again.
        Continuing = "continuing" / "계속비",
    }
}

code_list! {
    /// Moves of money from one line to another within a year.
    #[schema(as = BudgetMoveKind)]
    pub enum MoveKind {
        /// Within one body.
        Reallocation = "reallocation" / "전용",
        /// Between items, also of two bodies.
        TransferBetweenItems = "transfer_between_items" / "이용",
        /// From one body to another with its task.
        ReorganisationTransfer = "reorganisation_transfer" / "이체",
    }
}

code_list! {
    /// Whether an entry adds to the amount of its step or takes from it.
    #[schema(as = LedgerDirection)]
    pub enum Direction {
        /// Adds.
        In = "in" / "증",
        /// Takes.
        Out = "out" / "감",
    }
}

impl Direction {
    /// The other way.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::In => Self::Out,
            Self::Out => Self::In,
        }
    }
}

impl MoveKind {
    /// The movements on the giving and on the receiving line.
    pub const fn movements(self) -> (Movement, Movement) {
        match self {
            Self::Reallocation => (Movement::ReallocationOut, Movement::ReallocationIn),
            Self::TransferBetweenItems => (Movement::TransferBetweenItemsOut, Movement::TransferBetweenItemsIn),
            Self::ReorganisationTransfer => (Movement::ReorganisationTransferOut, Movement::ReorganisationTransferIn),
        }
    }
}

impl Movement {
    /// Which way it counts.
    pub const fn direction(self) -> Direction {
        match self {
            Self::SupplementaryDecrease
            | Self::CarryOverOut
            | Self::ReallocationOut
            | Self::TransferBetweenItemsOut
            | Self::ReorganisationTransferOut
            | Self::ApportionmentWithdrawal
            | Self::Decommitment
            | Self::ExpenditureReturn => Direction::Out,
            _ => Direction::In,
        }
    }
    /// Whether someone outside the body must have approved it, so that the approval's number belongs to the entry: the
    /// supplementary budget and transfers between items by the Assembly, reallocation and reorganisation transfer by the
    /// budget office, contingency by the cabinet (National Finance Act, articles 35, 46, 47, 51), carry-over approved beforehand.
    pub const fn needs_approval(self, carry_over: Option<CarryOver>) -> bool {
        match self {
            Self::SupplementaryIncrease
            | Self::SupplementaryDecrease
            | Self::ReallocationIn
            | Self::ReallocationOut
            | Self::TransferBetweenItemsIn
            | Self::TransferBetweenItemsOut
            | Self::ReorganisationTransferIn
            | Self::ReorganisationTransferOut
            | Self::Contingency => true,
            Self::CarryOverIn | Self::CarryOverOut => matches!(carry_over, Some(CarryOver::Specified)),
            _ => false,
        }
    }
    /// Whether it belongs to one commitment and must name it. Accidental carry-over takes along committed money.
    pub const fn needs_commitment(self, carry_over: Option<CarryOver>) -> bool {
        match self {
            Self::Commitment | Self::Decommitment | Self::Expenditure | Self::ExpenditureReturn => true,
            Self::CarryOverOut => matches!(carry_over, Some(CarryOver::Accidental)),
            _ => false,
        }
    }
    /// Whether it may name a commitment.
    pub const fn takes_commitment(self) -> bool {
        matches!(
            self,
            Self::Commitment | Self::Decommitment | Self::Expenditure | Self::ExpenditureReturn | Self::CarryOverOut
        )
    }
    /// Whether it carries money over, on a ground that must be named.
    pub const fn is_carry_over(self) -> bool {
        matches!(self, Self::CarryOverIn | Self::CarryOverOut)
    }
    /// Whether money leaves for or comes from another line.
    pub const fn has_counterpart(self) -> bool {
        matches!(
            self,
            Self::CarryOverIn
                | Self::CarryOverOut
                | Self::ReallocationIn
                | Self::ReallocationOut
                | Self::TransferBetweenItemsIn
                | Self::TransferBetweenItemsOut
                | Self::ReorganisationTransferIn
                | Self::ReorganisationTransferOut
        )
    }
}

/// Whether a movement of this fiscal year may be booked on this day. Budgets are voted in December for the year that
/// follows; payments and carry-over may be booked until 10 February after it, when its books are completed (출납기한,
/// National Treasury Act, article 4-2); recipients report their use later still.
pub fn bookable(kind: Movement, year: FiscalYear, day: Day) -> bool {
    let from = Day::new(year.get().saturating_sub(1), 12, 1);
    let until = match kind {
        Movement::RecipientUse => Day::new(year.get().saturating_add(5), 12, 31),
        Movement::Expenditure | Movement::ExpenditureReturn | Movement::CarryOverOut => {
            Day::new(year.get().saturating_add(1), 2, 10)
        }
        _ => Day::new(year.get(), 12, 31),
    };
    from.is_ok_and(|from| from <= day) && until.is_ok_and(|until| day <= until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_on_the_wire_are_the_codes_in_the_tables() {
        for kind in Movement::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(kind.name().parse(), Ok(*kind));
        }
        for kind in CarryOver::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        for kind in MoveKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            let (out, into) = kind.movements();
            assert_eq!((out.direction(), into.direction()), (Direction::Out, Direction::In));
            assert!(out.has_counterpart() && into.needs_approval(None));
        }
    }

    #[test]
    fn payments_run_into_the_next_year_and_commitments_do_not() {
        let year = FiscalYear::new(2026).unwrap();
        let may = |kind, day: &str| bookable(kind, year, day.parse().unwrap());
        assert!(may(Movement::Expenditure, "2027-02-10") && !may(Movement::Expenditure, "2027-02-11"));
        assert!(may(Movement::Commitment, "2026-12-31") && !may(Movement::Commitment, "2027-01-01"));
        assert!(may(Movement::Appropriation, "2025-12-02") && !may(Movement::Appropriation, "2025-11-30"));
    }
}
