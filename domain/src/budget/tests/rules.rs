//! Single rules of the ledger, one story each.

use super::*;
use crate::{problem::Refusal, rate::Share};

fn codes(refusal: &Refusal) -> Vec<&'static str> {
    refusal.faults.iter().map(|f| f.code.name).collect()
}

#[test]
fn money_counts_once_as_it_moves_on() {
    let shown = |book: &Book| {
        let b = book.line.balances;
        [b.available_krw, b.outstanding_krw, b.expended_krw, b.carried_out_krw].map(Won::get)
    };
    let mut book = thousand();
    assert_eq!(shown(&book), [1000, 0, 0, 0]);
    book = book.with(&new(Movement::Apportionment, 800, "2026-01-02"));
    assert_eq!(shown(&book), [1000, 0, 0, 0]);
    assert_eq!(book.try_record(&under("c", Movement::Commitment, 700, "2026-02-01")), Ok(vec![]));
    assert_eq!(shown(&book), [300, 700, 0, 0]);
    book = book.with(&under("c", Movement::Expenditure, 500, "2026-03-01"));
    assert_eq!(shown(&book), [300, 200, 500, 0]);
    book = book.with(&under("c", Movement::ExpenditureReturn, 100, "2026-03-02"));
    assert_eq!(shown(&book), [300, 300, 400, 0]);
    book = book.with(&under("c", Movement::Decommitment, 300, "2026-03-03"));
    assert_eq!(shown(&book), [600, 0, 400, 0]);
    assert_eq!(book.line.balances.execution_rate().as_deref(), Some("40.00"));
    assert_eq!(book.line.balances.real_execution_rate(), None);
    book = book.with(&NewEntry { commitment: None, ..new(Movement::RecipientUse, 250, "2027-03-31") });
    assert_eq!(book.line.balances.real_execution_rate().as_deref(), Some("25.00"));
    assert_eq!(Balances::default().execution_rate(), None);
    assert_eq!(reconcile(&book.line.balances, &book.entries), Ok(None));
    assert_eq!(reconcile(&Balances::default(), &book.entries), Ok(Some(book.line.balances)));
}

#[test]
fn money_stops() {
    let mut book = thousand().with(&under("c", Movement::Commitment, 700, "2026-02-01"));
    let before = book.clone();
    let refused = [
        (under("d", Movement::Commitment, 301, "2026-02-02"), "beyond_current_budget"),
        (under("c", Movement::Expenditure, 701, "2026-02-02"), "beyond_commitment"),
        (under("d", Movement::Expenditure, 1, "2026-02-02"), "beyond_commitment"),
        (under("c", Movement::Expenditure, 1, "2026-01-31"), "beyond_commitment"),
        (under("c", Movement::ExpenditureReturn, 1, "2026-02-02"), "balance_below_zero"),
        (under("c", Movement::Decommitment, 701, "2026-02-02"), "beyond_commitment"),
        (new(Movement::Apportionment, 1001, "2026-02-02"), "apportioned_beyond_budget"),
        (new(Movement::ApportionmentWithdrawal, 1, "2026-02-02"), "balance_below_zero"),
        (new(Movement::ReallocationOut, 301, "2026-02-02"), "beyond_current_budget"),
        (new(Movement::SupplementaryDecrease, 301, "2026-02-02"), "beyond_current_budget"),
        (new(Movement::RecipientUse, 1, "2026-02-02"), "beyond_expenditure"),
        (under("d", Movement::Commitment, 1, "2025-12-31"), "beyond_current_budget"),
        (under("d", Movement::Commitment, 1, "2027-01-01"), "outside_fiscal_year"),
        (new(Movement::RecipientUse, 1, "2027-06-02"), "booked_ahead"),
        (new(Movement::Appropriation, Won::MAX.get(), "2026-01-01"), "invalid"),
    ];
    for (attempt, code) in refused {
        assert_eq!(book.try_record(&attempt), Err(code), "{attempt:?}");
    }
    assert_eq!(book, before);
    assert_eq!(book.try_record(&under("d", Movement::Commitment, 300, "2026-02-02")), Ok(vec!["beyond_apportionment"]));
}

#[test]
fn a_back_dated_entry_may_not_break_a_later_day() {
    let mut book = thousand().with(&new(Movement::SupplementaryIncrease, 500, "2026-06-01")).with(&under(
        "c",
        Movement::Commitment,
        900,
        "2026-03-01",
    ));
    assert_eq!(book.try_record(&under("d", Movement::Commitment, 600, "2026-06-01")), Ok(vec!["beyond_apportionment"]));
    // 100 won were free in April, yet every won is committed from June on.
    assert_eq!(book.try_record(&under("e", Movement::Commitment, 100, "2026-04-01")), Err("beyond_current_budget"));
    assert_eq!(book.try_record(&new(Movement::ReallocationOut, 100, "2026-04-01")), Err("beyond_current_budget"));
    let refusal =
        record(book.ledger(), &under("e", Movement::Commitment, 150, "2026-04-01"), id(5), stamp()).unwrap_err();
    assert!(refusal.detail.en.starts_with("On 2026-04-01"), "{}", refusal.detail.en);
    assert_eq!(balances(&book.entries, Some(day("2026-05-31"))).unwrap().available_krw.get(), 100);
    assert_eq!(balances(&book.entries, None).unwrap().available_krw.get(), 0);
}

#[test]
fn a_draft_warns_and_a_closed_line_refuses() {
    let mut book = Book::new(1, Standing::Draft);
    let warned = book.try_record(&under("c", Movement::Commitment, 10, "2026-02-01")).unwrap();
    assert_eq!(warned, ["beyond_apportionment", "beyond_current_budget"]);
    assert_eq!(book.line.balances.available_krw.get(), -10);
    let today = day("2027-06-01");
    let refusal = book.line.clone().become_standing(Standing::Active, &book.entries, today).unwrap_err();
    assert_eq!(codes(&refusal), ["beyond_current_budget"]);
    book = book.with(&new(Movement::Appropriation, 10, "2026-01-01"));
    let early = book.line.clone().become_standing(Standing::Active, &book.entries, day("2026-01-15")).unwrap_err();
    assert_eq!(codes(&early), ["booked_ahead"]);
    book.line = book.line.clone().become_standing(Standing::Active, &book.entries, today).unwrap();
    let still_open = book.line.clone().become_standing(Standing::Closed, &book.entries, today).unwrap_err();
    assert_eq!(still_open.code.name, "open_commitments");
    book = book.with(&under("c", Movement::Expenditure, 10, "2027-02-10"));
    assert_eq!(book.line.clone().remove(stamp().at).unwrap_err().code.name, "budget_line_not_draft");
    book.line = book.line.clone().become_standing(Standing::Closed, &book.entries, today).unwrap();
    assert_eq!(book.try_record(&new(Movement::Appropriation, 10, "2026-01-01")), Err("budget_line_closed"));
    let target = book.entries[0].id;
    assert_eq!(book.try_reverse(target, "2026-12-01"), Err("budget_line_closed"));
    assert!(book.line.clone().become_standing(Standing::Draft, &book.entries, today).is_err());
    assert!(book.line.clone().become_standing(Standing::Active, &book.entries, today).is_ok());
}

#[test]
fn a_preflight_tells_every_reason_and_agrees_with_the_record() {
    let book = thousand();
    let bad = NewEntry { approval_no: None, note: None, ..new(Movement::ReallocationOut, 1001, "2027-01-01") };
    let told = preflight(book.ledger(), &bad, id(5), stamp());
    let reasons: Vec<_> = told.reasons.iter().map(|f| f.code.name).collect();
    assert_eq!(reasons, ["required", "required", "outside_fiscal_year", "beyond_current_budget"]);
    let refusal = record(book.ledger(), &bad, id(5), stamp()).unwrap_err();
    assert_eq!((refusal.code.name, refusal.faults), ("invalid", told.reasons));
    let good = under("c", Movement::Commitment, 1000, "2026-02-01");
    let told = preflight(book.ledger(), &good, id(5), stamp());
    assert!(told.allowed() && told.balances.available_krw == Won::ZERO);
}

#[test]
fn an_entry_is_taken_back_once_and_never_into_the_past() {
    let mut book = thousand().with(&under("c", Movement::Commitment, 700, "2026-02-01"));
    let (budget, commitment) = (book.entries[0].id, book.entries[1].id);
    assert_eq!(book.try_reverse(budget, "2026-02-02"), Err("beyond_current_budget"));
    assert_eq!(book.try_reverse(commitment, "2026-01-31"), Err("invalid"));
    assert_eq!(book.try_reverse(id(77), "2026-02-01"), Err("not_found"));
    assert_eq!(book.try_reverse(commitment, "2026-02-01"), Ok(()));
    assert_eq!(book.try_reverse(commitment, "2026-02-01"), Err("already_reversed"));
    let reversal = book.entries[2].clone();
    assert_eq!((reversal.direction(), reversal.signed().get()), (Direction::Out, -700));
    assert_eq!(book.try_reverse(reversal.id, "2026-02-01"), Err("already_reversed"));
    assert_eq!(book.line.balances.available_krw.get(), 1000);
    assert_eq!(book.try_reverse(budget, "2026-02-02"), Ok(()));
    assert_eq!(book.line.balances, Balances::default());
}

#[test]
fn money_moves_between_two_lines_or_not_at_all() {
    let mut from = thousand();
    let mut to = Book::new(2, Standing::Active);
    let asked = |kind, won| NewMove {
        kind,
        to: id(2),
        amount_krw: amount(won),
        booked_on: day("2026-05-01"),
        approval_no: "예산-12".parse().unwrap(),
        note: None,
    };
    let go = |from: &Book, to: &Book, new: &NewMove| shift(from.ledger(), to.ledger(), new, [id(11), id(12)], stamp());
    let refusal = go(&from, &to, &asked(MoveKind::Reallocation, 1001)).unwrap_err();
    assert_eq!(refusal.code.name, "beyond_current_budget");
    let refusal = go(&from, &to, &asked(MoveKind::ReorganisationTransfer, 1)).unwrap_err();
    assert_eq!(codes(&refusal), ["lines_do_not_pair"], "one body");
    let mut in_kind = to.clone().of_year(2027);
    in_kind.line.kind = LineKind::InKind;
    let refusal = go(&from, &in_kind, &asked(MoveKind::Reallocation, 1)).unwrap_err();
    assert_eq!(
        codes(&refusal),
        ["lines_do_not_pair", "lines_do_not_pair", "outside_fiscal_year"],
        "cash to in kind, another year"
    );
    let done = go(&from, &to, &asked(MoveKind::Reallocation, 400)).unwrap();
    from.keep(done.this);
    to.keep(done.other);
    assert_eq!((from.line.balances.current_budget_krw.get(), to.line.balances.current_budget_krw.get()), (600, 400));
    assert_eq!(from.entries[1].counter, Some(Counter { line: id(2), entry: id(12) }));
    assert_eq!(from.try_reverse(id(11), "2026-06-01"), Err("paired_entry"));

    let spent = to.clone().with(&under("c", Movement::Commitment, 1, "2026-05-02"));
    let back = NewReversal { booked_on: day("2026-06-01"), reason: "착오".parse().unwrap() };
    let undo = |to: &Book| reverse_pair(from.ledger(), to.ledger(), id(11), &back, [id(13), id(14)], stamp());
    let refusal = undo(&spent).unwrap_err();
    assert_eq!((refusal.code.name, refusal.faults[0].pointer.as_str()), ("beyond_current_budget", "/to"));
    let done = undo(&to).unwrap();
    assert_eq!(done.this.line.balances.current_budget_krw.get(), 1000);
    assert_eq!(done.other.line.balances.current_budget_krw, Won::ZERO);
}

fn carried(ground: CarryOver, won: i64, commitment: Option<&str>) -> NewCarryOver {
    NewCarryOver {
        carry_over: ground,
        to: id(2),
        amount_krw: amount(won),
        booked_on: day("2026-12-31"),
        approval_no: "의안-3".parse().ok(),
        commitment: commitment.and_then(|c| c.parse().ok()),
        note: None,
    }
}

#[test]
fn carry_over_makes_a_pair_and_takes_the_commitment_along() {
    let mut from = thousand().with(&under("c", Movement::Commitment, 700, "2026-02-01")).with(&under(
        "c",
        Movement::Expenditure,
        300,
        "2026-03-01",
    ));
    let mut to = Book::new(2, Standing::Active).of_year(2027);
    let go = |from: &Book, to: &Book, new: &NewCarryOver| {
        carry_over(from.ledger(), to.ledger(), new, [id(11), id(12), id(13)], stamp()).map_err(|r| r.code.name)
    };
    assert_eq!(go(&from, &to, &carried(CarryOver::Accidental, 400, None)), Err("invalid"));
    assert_eq!(go(&from, &to, &carried(CarryOver::Accidental, 401, Some("c"))), Err("beyond_commitment"));
    assert_eq!(go(&from, &to, &carried(CarryOver::Specified, 301, None)), Err("beyond_current_budget"));
    assert_eq!(go(&from, &to.clone().of_year(2028), &carried(CarryOver::Specified, 1, None)), Err("lines_do_not_pair"));
    let done = go(&from, &to, &carried(CarryOver::Accidental, 400, Some("c"))).unwrap();
    from.keep(done.this);
    to.keep(done.other);
    let (old, next) = (from.line.balances, to.line.balances);
    assert_eq!(
        [old.outstanding_krw, old.carried_out_krw, old.lapsed_krw, old.available_krw].map(Won::get),
        [0, 400, 300, 300]
    );
    assert_eq!([next.carried_in_krw, next.outstanding_krw, next.available_krw].map(Won::get), [400, 400, 0]);
    to = to.with(&under("c", Movement::Expenditure, 400, "2027-04-01"));
    assert_eq!(to.line.balances.lapsed_krw, Won::ZERO);
    assert_eq!(from.try_record(&under("c", Movement::Expenditure, 1, "2027-01-05")), Err("beyond_commitment"));
    from.line.clone().become_standing(Standing::Closed, &from.entries, day("2027-06-01")).unwrap();
}

#[test]
fn only_continuing_expenditure_is_carried_over_again() {
    let carry = |kind, ground, won, on| NewEntry { carry_over: Some(ground), ..new(kind, won, on) };
    let (into, out) = (Movement::CarryOverIn, Movement::CarryOverOut);
    let mut book = thousand().with(&carry(into, CarryOver::Specified, 500, "2026-01-01"));
    assert_eq!(book.try_record(&carry(out, CarryOver::Specified, 1001, "2026-12-31")), Err("carried_over_twice"));
    assert_eq!(book.try_record(&carry(out, CarryOver::Continuing, 1001, "2026-12-31")), Err("carried_over_twice"));
    assert_eq!(book.try_record(&carry(out, CarryOver::Specified, 1000, "2026-12-31")), Ok(vec![]));
    let mut book = thousand().with(&carry(into, CarryOver::Continuing, 500, "2026-01-01"));
    assert_eq!(book.try_record(&carry(out, CarryOver::Specified, 1001, "2026-12-31")), Err("carried_over_twice"));
    assert_eq!(book.try_record(&carry(out, CarryOver::Continuing, 1500, "2026-12-31")), Ok(vec![]));
}

#[test]
fn carried_in_money_may_move_away() {
    let into = NewEntry { carry_over: Some(CarryOver::Specified), ..new(Movement::CarryOverIn, 500, "2026-01-01") };
    let mut book = thousand().with(&into);
    assert_eq!(book.try_record(&new(Movement::ReorganisationTransferOut, 1200, "2026-02-01")), Ok(vec![]));
}

#[test]
fn a_line_knows_its_project_and_its_share() {
    let facts = ProjectFacts { id: id(5), bodies: vec!["msit".parse().unwrap()], filed: false };
    let line = line(1, Standing::Active);
    let details = LineDetails { project: Some(id(5)), share: "33.33".parse().ok(), ..line.details() };
    let found = Refers { project: Some(facts), ..Refers::default() };
    let attached = line.clone().change(details.clone(), found.clone()).unwrap();
    assert_eq!(attached.project_part(Won::new(100).unwrap()).unwrap().map(Won::get), Some(33));
    assert_eq!(line.project_part(Won::MAX), Ok(None));
    let kept = attached.clone().change(attached.details(), found.clone()).unwrap();
    assert_eq!(kept, attached);
    let refusal = line.clone().change(details.clone(), Refers::default()).unwrap_err();
    assert_eq!((refusal.code.name, codes(&refusal)), ("invalid", vec!["not_known"]));
    let others = ProjectFacts { id: id(5), bodies: vec!["mois".parse().unwrap()], filed: true };
    let foreign = Refers { project: Some(others), ..Refers::default() };
    assert_eq!(codes(&line.clone().change(details.clone(), foreign).unwrap_err()), ["body_not_in_project"]);
    let kind = LineDetails { kind: LineKind::Loan, ..details };
    assert_eq!(line.clone().change(kind, found).unwrap_err().code.name, "budget_line_not_draft");
    let free = LineDetails { project: None, share: None, ..attached.details() };
    let free = attached.change(free, Refers::default()).unwrap();
    assert_eq!((free.project, free.share), (None, Share::WHOLE));
    let stray = LineDetails { share: "50".parse().ok(), ..line.details() };
    assert!(line.change(stray, Refers::default()).is_err());
}

#[test]
fn a_line_opens_within_an_envelope_of_its_year_and_never_closed() {
    let envelope = |year| Envelope {
        key: "ax".parse().unwrap(),
        version: 1,
        name_ko: "AX".parse().unwrap(),
        name_en: "AX".parse().unwrap(),
        fiscal_year: crate::day::FiscalYear::new(year).unwrap(),
        amount_krw: Won::MAX,
        parent: None,
        source: None,
    };
    let base = line(1, Standing::Draft);
    let LineDetails { account, hierarchy, kind, title, .. } = base.details();
    let mut new = NewLine {
        body: base.body,
        fiscal_year: base.fiscal_year,
        account,
        hierarchy,
        kind,
        title,
        project: None,
        share: None,
        envelope: "ax".parse().ok(),
        standing: Some(Standing::Closed),
        appropriation: Some(NewAppropriation { amount_krw: amount(5), booked_on: day("2027-01-01") }),
    };
    let go = |new: &NewLine, envelope: &Envelope| {
        open(new.clone(), Refers { envelope: Some(envelope), ..Refers::default() }, id(1), id(2), stamp())
    };
    let refusal = go(&new, &envelope(2027)).unwrap_err();
    let told: Vec<_> = refusal.faults.iter().map(|f| (f.pointer.as_str(), f.code.name)).collect();
    let closed = [("/envelope", "out_of_range"), ("/standing", "budget_line_standing"), ("", "budget_line_closed")];
    assert_eq!(told, [&closed[..], &[("/appropriation/booked_on", "outside_fiscal_year")]].concat());
    new.standing = None;
    let draft = go(&new, &envelope(2026)).unwrap();
    assert_eq!((draft.line.standing, draft.warnings.len()), (Standing::Draft, 1));
    assert_eq!(draft.line.balances.original_krw.get(), 5);
}

#[test]
fn lines_are_seen_by_those_who_take_part_and_once_filed_by_others() {
    use crate::access::{Actor, Grant, Role, act, allows};
    let actor = |role, body: &str| Actor {
        id: id(1),
        name: "a".into(),
        grants: vec![Grant { role, body: body.parse().unwrap(), expires_at: None }],
    };
    let of = |project| BudgetLine { project, ..line(1, Standing::Active) };
    let project =
        |filed| ProjectFacts { id: id(5), bodies: vec!["msit".parse().unwrap(), "mois".parse().unwrap()], filed };
    let reads = |role, body, line: &BudgetLine| allows::<act::budget::Read>(&actor(role, body), line);
    let (loose, draft, filed) = (of(None), of(Some(project(false))), of(Some(project(true))));
    let planner = |body, line| reads(Role::Planner, body, line);
    assert_eq!([&loose, &draft, &filed].map(|l| planner("msit", l)), [true, true, true]);
    assert_eq!([&loose, &draft, &filed].map(|l| planner("mois", l)), [false, true, true]);
    assert_eq!([&loose, &draft, &filed].map(|l| planner("mcst", l)), [false, false, true]);
    assert_eq!(
        [Role::Auditor, Role::Coordinator, Role::Administrator].map(|r| reads(r, "mcst", &draft)),
        [true, true, false]
    );
    let unsettled = BudgetLine { standing: Standing::Draft, ..filed.clone() };
    assert_eq!(["msit", "mois", "mcst"].map(|body| planner(body, &unsettled)), [true, false, false]);
    assert_eq!(
        [Role::Auditor, Role::Coordinator, Role::ProgressManager, Role::Viewer].map(|r| reads(r, "mcst", &unsettled)),
        [true, false, false, false]
    );
    let records = |body| allows::<act::budget::Record>(&actor(Role::Planner, body), &filed);
    assert!(records("msit") && !records("mois"));
}

#[test]
fn what_is_kept_reads_back_and_nothing_else_does() {
    let book = thousand();
    let text = serde_json::to_string(&book.line).unwrap();
    assert_eq!(serde_json::from_str::<BudgetLine>(&text).unwrap(), book.line);
    let entry = serde_json::to_string(&book.entries[0]).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&entry).unwrap(), book.entries[0]);
    assert!(serde_json::from_str::<Entry>(&entry.replacen('{', "{\"more\":1,", 1)).is_err());
}

#[test]
fn a_body_takes_lines_of_the_years_of_its_life() {
    let bodies = crate::body::built_in().unwrap();
    let takes = |body: &str, year| {
        let body = bodies.iter().find(|b| b.key.as_str() == body).unwrap();
        let LineDetails { account, hierarchy, kind, title, .. } = line(1, Standing::Draft).details();
        let new = NewLine {
            body: body.key.clone(),
            fiscal_year: crate::day::FiscalYear::new(year).unwrap(),
            account,
            hierarchy,
            kind,
            title,
            project: None,
            share: None,
            envelope: None,
            standing: None,
            appropriation: None,
        };
        let refers = Refers { body: Some(body), ..Refers::default() };
        open(new, refers, id(1), id(2), stamp()).map_err(|r| codes(&r)).map(|_| ())
    };
    // The ministry of finance was split on 2 January 2026: its budget of 2026 had been voted for it.
    assert_eq!(["moef_old", "mofe"].map(|body| takes(body, 2026)), [Ok(()), Ok(())]);
    assert_eq!(takes("moef_old", 2027), Err(vec!["body_closed"]));
    assert_eq!(takes("mofe", 2025), Err(vec!["body_not_yet"]));
}
