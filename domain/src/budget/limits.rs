//! The limits that stop money (예산 통제): they hold at the end of every day, so also after a back-dated entry.

use super::{
    APPORTIONED_BEYOND_BUDGET, BALANCE_BELOW_ZERO, BEYOND_COMMITMENT, BEYOND_CURRENT_BUDGET, BEYOND_EXPENDITURE,
    BOOKED_AHEAD, BudgetLine, CARRIED_OVER_TWICE, Entry, OUTSIDE_FISCAL_YEAR, Position, Reference,
    balances::by_booking, bookable,
};
use crate::{
    day::Day,
    money::{TooMuch, Won},
    problem::{Code, Fault, Words},
};

/// One limit broken at the end of one day.
struct Breach<'a> {
    code: &'static Code,
    about: Option<&'a Reference>,
    amount: Won,
    limit: Won,
}

impl Breach<'_> {
    fn fault(&self, day: Day) -> Fault {
        let Self { code, about, amount, limit } = self;
        let about = about.map_or_else(String::new, |reference| format!(" ({reference})"));
        let detail = Words::made(
            format!("{day} 기준 {}{about}: {amount}원, 한도 {limit}원", code.title.ko),
            format!("On {day}: {}{about}: {amount} won, the limit is {limit} won", code.title.en),
        );
        Fault::told("/amount_krw", code, detail)
    }
}

/// Every limit that the position breaks.
fn breaches(position: &Position) -> Result<Vec<Breach<'_>>, TooMuch> {
    let line = &position.balances;
    let own = line.current_budget_krw.minus(line.carried_in_krw)?;
    let once = line.carried_out_krw.minus(line.carried_out_continuing_krw)?;
    let again = own.plus(line.carried_in_continuing_krw)?;
    let tied_up = line.current_budget_krw.minus(line.available_krw)?;
    let over = |code, amount, limit| (amount > limit).then_some(Breach { code, about: None, amount, limit });
    let below = |about, amount: Won| {
        let limit = Won::ZERO;
        amount.is_negative().then_some(Breach { code: &BALANCE_BELOW_ZERO, about, amount, limit })
    };
    let whole = [
        over(&BEYOND_CURRENT_BUDGET, tied_up, line.current_budget_krw),
        over(&APPORTIONED_BEYOND_BUDGET, line.apportioned_krw, line.current_budget_krw.max(Won::ZERO)),
        over(&CARRIED_OVER_TWICE, once, own.max(Won::ZERO)),
        over(&CARRIED_OVER_TWICE, line.carried_out_krw, again.max(Won::ZERO)),
        line.recipient_used_krw.and_then(|used| over(&BEYOND_EXPENDITURE, used, line.expended_krw)),
        below(None, line.apportioned_krw),
    ];
    let each = position.commitments.iter().flat_map(|(reference, one)| {
        let used = one.expended_krw.plus(one.carried_out_krw).unwrap_or(Won::MAX);
        let beyond =
            Breach { code: &BEYOND_COMMITMENT, about: Some(reference), amount: used, limit: one.committed_krw };
        let spent = below(Some(reference), one.expended_krw);
        [one.outstanding_krw.is_negative().then_some(beyond), spent]
    });
    Ok(whole.into_iter().chain(each).flatten().collect())
}

/// Walks the entries day by day. Gives the last position and every limit broken at the end of a day from `from` on,
/// each told for the first such day.
pub(super) fn walk<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    from: Day,
) -> Result<(Position, Vec<Fault>), TooMuch> {
    let mut position = Position::default();
    let mut seen: Vec<(&'static str, Option<Reference>)> = Vec::new();
    let mut faults = Vec::new();
    let mut rest = by_booking(entries).into_iter().peekable();
    while let Some(entry) = rest.next() {
        position.apply(entry)?;
        let day = entry.booked_on;
        if day < from || rest.peek().is_some_and(|next| next.booked_on == day) {
            continue;
        }
        for breach in breaches(&position)? {
            let key = (breach.code.name, breach.about.cloned());
            if !seen.contains(&key) {
                faults.push(breach.fault(day));
                seen.push(key);
            }
        }
    }
    Ok((position, faults))
}

/// Whether an entry is booked within its fiscal year's booking period and not ahead of `today`.
pub(super) fn timing(line: &BudgetLine, entry: &Entry, today: Day) -> Vec<Fault> {
    let outside = !bookable(entry.kind, line.fiscal_year, entry.booked_on);
    [(outside, &OUTSIDE_FISCAL_YEAR), (entry.booked_on > today, &BOOKED_AHEAD)]
        .into_iter()
        .filter(|(wrong, _)| *wrong)
        .map(|(_, code)| Fault::new("/booked_on", code))
        .collect()
}
