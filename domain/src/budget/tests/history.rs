//! Random histories: every identity and limit holds at every as-of date, told by an independent count.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What someone tries to do next.
#[derive(Debug, Clone)]
enum Attempt {
    Record { kind: usize, won: i64, on: u64, reference: u8, ground: usize },
    Reverse { which: usize, on: u64 },
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let record = (0..Movement::ALL.len(), 1..600_i64, 0..440_u64, 0..3_u8, 0..3_usize)
        .prop_map(|(kind, won, on, reference, ground)| Attempt::Record { kind, won, on, reference, ground });
    let reverse = (0..40_usize, 0..440_u64).prop_map(|(which, on)| Attempt::Reverse { which, on });
    proptest::collection::vec(prop_oneof![8 => record, 1 => reverse], 1..60)
}

/// The booking day so many days into the year's booking period.
fn booking(offset: u64) -> Day {
    day("2025-12-01").plus_days(offset)
}

fn entry(attempt: &Attempt) -> Option<NewEntry> {
    let Attempt::Record { kind, won, on, reference, ground } = *attempt else { return None };
    let kind = Movement::ALL[kind];
    let ground = kind.is_carry_over().then_some(CarryOver::ALL[ground]);
    let named = kind.needs_commitment(ground) || kind.takes_commitment() && reference == 0;
    // Money comes early and in larger amounts, so that histories get somewhere.
    let (won, on) = match kind {
        Movement::Appropriation | Movement::CarryOverIn | Movement::Contingency => (won * 3, on / 8),
        Movement::Commitment => (won, on / 2),
        _ => (won, on),
    };
    let commitment = named.then(|| format!("c{}", reference % 2).parse().unwrap());
    let base = new(kind, won, "2026-01-01");
    Some(NewEntry { booked_on: booking(on), carry_over: ground, commitment, ..base })
}

/// Counts a history anew, in plain integers, without the code under test: true when all of it holds at the end of the day.
fn holds(entries: &[Entry], on: Day) -> bool {
    use Movement as M;
    let mut by_kind: BTreeMap<Movement, i64> = BTreeMap::new();
    let mut refs: BTreeMap<&str, [i64; 3]> = BTreeMap::new();
    let (mut continuing_in, mut continuing_out, mut carried_committed) = (0, 0, 0);
    for e in entries.iter().filter(|e| e.booked_on <= on) {
        let won = if e.reverses.is_some() { -e.amount_krw.won().get() } else { e.amount_krw.won().get() };
        *by_kind.entry(e.kind).or_default() += won;
        let continuing = e.carry_over == Some(CarryOver::Continuing);
        continuing_in += if continuing && e.kind == Movement::CarryOverIn { won } else { 0 };
        continuing_out += if continuing && e.kind == Movement::CarryOverOut { won } else { 0 };
        if let Some(reference) = &e.commitment {
            let one = refs.entry(reference.as_str()).or_default();
            match e.kind {
                Movement::Commitment => one[0] += won,
                Movement::Decommitment => one[0] -= won,
                Movement::Expenditure => one[1] += won,
                Movement::ExpenditureReturn => one[1] -= won,
                _ => (one[2] += won, carried_committed += won).0,
            }
        }
    }
    let of = |kinds: &[Movement]| kinds.iter().map(|k| by_kind.get(k).copied().unwrap_or(0)).sum::<i64>();
    let moved_in = of(&[M::ReallocationIn, M::TransferBetweenItemsIn, M::ReorganisationTransferIn]);
    let moved_out = of(&[M::ReallocationOut, M::TransferBetweenItemsOut, M::ReorganisationTransferOut]);
    let carried_in = of(&[M::CarryOverIn]);
    let current = of(&[M::Appropriation, M::SupplementaryIncrease, M::Contingency]) - of(&[M::SupplementaryDecrease])
        + carried_in
        + moved_in
        - moved_out;
    let carried_out = of(&[M::CarryOverOut]);
    let committed = of(&[M::Commitment]) - of(&[M::Decommitment]);
    let expended = of(&[M::Expenditure]) - of(&[M::ExpenditureReturn]);
    let apportioned = of(&[M::Apportionment]) - of(&[M::ApportionmentWithdrawal]);
    let own = current - carried_in;

    let shown = balances(entries, Some(on)).unwrap();
    assert_eq!(shown.current_budget_krw.get(), current);
    assert_eq!(shown.committed_krw.get(), committed);
    assert_eq!(shown.expended_krw.get(), expended);
    assert_eq!(shown.apportioned_krw.get(), apportioned);
    assert_eq!(shown.carried_out_krw.get(), carried_out);
    assert_eq!(shown.lapsed_krw.get(), current - expended - carried_out);
    assert_eq!(shown.lapsed_krw.get(), shown.available_krw.get() + shown.outstanding_krw.get());
    let once = [shown.available_krw, shown.outstanding_krw, shown.expended_krw, shown.carried_out_krw].map(Won::get);
    assert_eq!(once.iter().sum::<i64>(), current, "an amount is counted once");

    committed + carried_out - carried_committed <= current
        && (0..=current).contains(&apportioned)
        && refs.values().all(|[committed, spent, carried]| *spent >= 0 && spent + carried <= *committed)
        && carried_out - continuing_out <= own.max(0)
        && carried_out <= (own + continuing_in).max(0)
        && of(&[M::RecipientUse]) <= expended
}

/// Every day on which anything is booked.
fn always_holds(entries: &[Entry]) -> bool {
    entries.iter().all(|e| holds(entries, e.booked_on))
}

fn in_time(entry: &NewEntry) -> bool {
    bookable(entry.kind, crate::day::FiscalYear::new(2026).unwrap(), entry.booked_on)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// What is recorded keeps every identity at every day; what is refused would have broken one, and changes nothing.
    #[test]
    fn a_history_holds_at_every_day(tries in attempts()) {
        let mut book = Book::new(1, Standing::Active);
        for attempt in &tries {
            let before = book.clone();
            let done = match (attempt, entry(attempt)) {
                (Attempt::Reverse { which, on }, _) => {
                    let target = book.entries.get(*which).map_or(id(7), |e| e.id);
                    book.try_reverse(target, &booking(*on).to_string()).map(|()| Vec::new())
                }
                (_, Some(new)) => {
                    let would = [&before.entries[..], &[new.entry(&before.line, before.ledger().next_n(), id(6), stamp())]].concat();
                    let right = in_time(&new) && always_holds(&would);
                    let done = book.try_record(&new);
                    prop_assert_eq!(done.is_ok(), right, "{:?} was judged {:?}", new, done);
                    done
                }
                _ => unreachable!(),
            };
            if done.is_err() {
                prop_assert_eq!(&book, &before);
            }
            prop_assert_eq!(reconcile(&book.line.balances, &book.entries), Ok(None));
        }
        prop_assert!(always_holds(&book.entries));
    }

    /// Balances at a day depend on the booking dates, not on the order of recording.
    #[test]
    fn the_order_of_recording_does_not_matter(tries in attempts(), on in 0..440_u64, turn in 0..60_usize) {
        let mut book = Book::new(1, Standing::Draft);
        for new in tries.iter().filter_map(entry) {
            book.try_record(&new).unwrap();
        }
        let mut other = book.entries.clone();
        let by = turn % other.len().max(1);
        other.rotate_left(by);
        other.reverse();
        for (n, e) in (1..).zip(&mut other) {
            e.n = n;
        }
        for as_of in [Some(booking(on)), None] {
            prop_assert_eq!(balances(&book.entries, as_of), balances(&other, as_of));
        }
        let active = |entries: &[Entry]| book.line.clone().become_standing(Standing::Active, entries, day("2027-06-01")).is_ok();
        prop_assert_eq!(active(&book.entries), active(&other));
    }

    /// A line can be given away to the last won and no further, whatever the back-dating.
    #[test]
    fn an_overdraft_never_passes(wons in proptest::collection::vec((1..700_i64, 31..390_u64), 1..30)) {
        let mut book = thousand();
        let mut left = 1000;
        for (won, on) in wons {
            let new = under("c", Movement::Commitment, won, &booking(on).to_string());
            let done = book.try_record(&new);
            prop_assert_eq!(done.is_ok(), won <= left);
            left -= if done.is_ok() { won } else { 0 };
            prop_assert_eq!(book.line.balances.available_krw.get(), left);
        }
    }
}
