//! Importing budget lines (예산 내역 가져오기): one row of a table becomes one new line with its original budget.

use super::{Account, AccountKind, Amount, Hierarchy, LineKind, NewAppropriation, NewLine, Standing};
use crate::{
    day::FiscalYear,
    import::{Lines, NO_ROWS, RowFault, RowFaults, WRONG_CELL_COUNT},
    money::{NotMoney, Unit},
    problem::{
        Code, DUPLICATE, Fault, INVALID, NOT_IN_LIST, OUT_OF_RANGE, REQUIRED, Refusal, UNKNOWN_FIELD, WRONG_FORM, Words,
    },
    rate::Share,
};
use std::str::FromStr;

/// The columns, each by its code and its Korean name, and whether the table must have it.
pub const COLUMNS: [(&str, &str, Presence); 23] = [
    ("body", "소관", Presence::Required),
    ("fiscal_year", "회계연도", Presence::Required),
    ("account_kind", "회계구분", Presence::Required),
    ("account_code", "회계코드", Presence::Optional),
    ("account_name", "회계명", Presence::Required),
    ("field", "분야", Presence::Optional),
    ("sector", "부문", Presence::Optional),
    ("budget_program", "프로그램", Presence::Optional),
    ("unit_project", "단위사업", Presence::Optional),
    ("detailed_project", "세부사업", Presence::Optional),
    ("detailed_project_name", "세부사업명", Presence::Optional),
    ("sub_project", "내역사업", Presence::Optional),
    ("object", "목", Presence::Optional),
    ("sub_object", "세목", Presence::Optional),
    ("kind", "지원형태", Presence::Required),
    ("title", "내역명", Presence::Required),
    ("project", "과제", Presence::Optional),
    ("share", "과제비율", Presence::Optional),
    ("envelope", "재원", Presence::Optional),
    ("standing", "상태", Presence::Optional),
    ("amount", "금액", Presence::Required),
    ("unit", "단위", Presence::Required),
    ("booked_on", "기장일", Presence::Required),
];

/// Whether a table must have a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must, and every row has a value in it.
    Required,
    /// It may.
    Optional,
}

/// Where each column stands in a table, read from its heading row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The code of the column at each place.
    names: Vec<&'static str>,
    /// In which unit the amounts are where no row says so.
    unit: Option<Unit>,
}

/// A whole table as it was read: the rows that are lines, each with its line in the file, and what is wrong with the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Rows that can be opened as lines, as far as the table tells.
    pub rows: Vec<(u64, NewLine)>,
    /// What is wrong.
    pub faults: RowFaults,
}

/// Reads a whole table. `unit` is that of the amounts where no row says so.
pub fn sheet(text: &str, unit: Option<Unit>) -> Sheet {
    let mut read = Sheet::default();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(heading)) = records.next() else {
        read.faults.push(RowFault::new(1, None, &NO_ROWS));
        return read;
    };
    let columns = match Columns::read(&heading.iter().collect::<Vec<_>>(), unit) {
        Ok(columns) => columns,
        Err(refusal) => {
            read.refuse(1, refusal);
            return read;
        }
    };
    let mut lines = Lines::of(text);
    for record in records.flatten() {
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        match columns.row(&record.iter().collect::<Vec<_>>()) {
            Ok(new) => read.rows.push((line, new)),
            Err(refusal) => read.refuse(line, refusal),
        }
    }
    if read.rows.is_empty() && read.faults.is_empty() {
        read.faults.push(RowFault::new(1, None, &NO_ROWS));
    }
    read
}

impl Sheet {
    /// Tells every fault of a row at its column.
    pub fn refuse(&mut self, line: u64, refusal: Refusal) {
        if refusal.faults.is_empty() {
            self.faults.push(RowFault::told(line, None, refusal.code, refusal.detail));
            return;
        }
        for fault in refusal.faults {
            self.faults.push(RowFault::told(line, column_of(&fault.pointer).as_deref(), fault.code, fault.detail));
        }
    }
}

/// The column that holds what a pointer into a new line means.
fn column_of(pointer: &str) -> Option<String> {
    match pointer.trim_start_matches('/') {
        "" => None,
        "appropriation/amount_krw" => Some("amount".to_owned()),
        "appropriation/booked_on" => Some("booked_on".to_owned()),
        other => Some(other.replace("~1", "/").replace("~0", "~")),
    }
}

impl Columns {
    /// Reads the heading row: codes or Korean names in any order. Reports every unknown, repeated and missing column. The
    /// column of the unit may be missing when a unit is given for the whole table.
    pub fn read(heading: &[&str], unit: Option<Unit>) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let mut names = Vec::new();
        for given in heading.iter().map(|h| h.trim()) {
            match COLUMNS.iter().find(|(code, ko, _)| given == *code || given == *ko) {
                None => faults.push(Fault::new(pointer(given), &UNKNOWN_FIELD)),
                Some((code, ..)) if names.contains(code) => faults.push(Fault::new(pointer(code), &DUPLICATE)),
                Some((code, ..)) => names.push(*code),
            }
        }
        let missing = needed(unit).filter(|code| !names.contains(code));
        faults.extend(missing.map(|code| Fault::new(pointer(code), &REQUIRED)));
        Refusal::unless_clean(faults)?;
        Ok(Self { names, unit })
    }

    /// Reads one row, split into its fields. Amounts are converted from 원, 천원, 백만원 or 억원 exactly. Every fault is
    /// reported, pointing at its column.
    pub fn row(&self, fields: &[&str]) -> Result<NewLine, Refusal> {
        if fields.len() != self.names.len() {
            return Err(Refusal::new(&INVALID).with(vec![Fault::new("", &WRONG_CELL_COUNT)]));
        }
        let mut row = Row { names: &self.names, unit: self.unit, fields, faults: Vec::new() };
        let new = row.line();
        match new {
            Some(line) if row.faults.is_empty() => Ok(line),
            _ => Err(Refusal::unless_clean(row.faults).err().unwrap_or_else(|| Refusal::new(&WRONG_FORM))),
        }
    }
}

/// The columns that every table and every row must have.
fn needed(unit: Option<Unit>) -> impl Iterator<Item = &'static str> {
    let required = COLUMNS.iter().filter(|(_, _, need)| *need == Presence::Required).map(|(code, ..)| *code);
    required.filter(move |code| unit.is_none() || *code != "unit")
}

/// A JSON pointer at a column.
fn pointer(column: &str) -> String {
    crate::problem::step("", column)
}

/// Reads a member of a code list by its code or its Korean label.
fn listed<T: Copy + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
    ko: fn(T) -> &'static str,
) -> impl Fn(&str) -> Option<T> {
    move |text| all.iter().copied().find(|one| text == name(*one) || text == ko(*one))
}

struct Row<'a> {
    names: &'a [&'static str],
    unit: Option<Unit>,
    fields: &'a [&'a str],
    faults: Vec<Fault>,
}

impl<'a> Row<'a> {
    fn text(&self, column: &str) -> Option<&'a str> {
        let at = self.names.iter().position(|name| *name == column)?;
        self.fields.get(at).map(|f| f.trim()).filter(|f| !f.is_empty())
    }
    fn fault(&mut self, column: &str, code: &'static Code) {
        self.faults.push(Fault::new(pointer(column), code));
    }
    /// A value that may be empty.
    fn read<T>(&mut self, column: &str, code: &'static Code, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = parse(self.text(column)?);
        if value.is_none() {
            self.fault(column, code);
        }
        value
    }
    /// A value that may be empty, in its own form.
    fn form<T: FromStr>(&mut self, column: &str) -> Option<T> {
        self.read(column, &WRONG_FORM, |text| text.parse().ok())
    }
    /// Reports a missing value of a column that needs one.
    fn need(&mut self) {
        for column in needed(self.unit) {
            if self.text(column).is_none() {
                self.fault(column, &REQUIRED);
            }
        }
    }
    fn amount(&mut self) -> Option<Amount> {
        let unit = match self.text("unit") {
            None => self.unit?,
            Some(_) => self.read("unit", &NOT_IN_LIST, Unit::parse)?,
        };
        let fault = match unit.amount(self.text("amount")?) {
            Ok(won) => match Amount::new(won) {
                Ok(amount) => return Some(amount),
                Err(_) => Fault::new("/amount", &OUT_OF_RANGE),
            },
            Err(NotMoney::NotANumber) => Fault::new("/amount", &WRONG_FORM),
            Err(NotMoney::TooMuch(_)) => Fault::new("/amount", &OUT_OF_RANGE),
            Err(NotMoney::FractionOfAWon) => {
                let words = Words::fixed("1원 미만의 끝수가 남습니다", "A fraction of a won would be left");
                Fault::told("/amount", &WRONG_FORM, words)
            }
        };
        self.faults.push(fault);
        None
    }
    fn line(&mut self) -> Option<NewLine> {
        self.need();
        let body = self.form("body");
        let fiscal_year =
            self.read("fiscal_year", &OUT_OF_RANGE, |t| t.parse().ok().and_then(|year| FiscalYear::new(year).ok()));
        let account_kind =
            self.read("account_kind", &NOT_IN_LIST, listed(AccountKind::ALL, AccountKind::name, AccountKind::ko));
        let (code, name) = (self.form("account_code"), self.form("account_name"));
        let hierarchy = Hierarchy {
            field: self.form("field"),
            sector: self.form("sector"),
            budget_program: self.form("budget_program"),
            unit_project: self.form("unit_project"),
            detailed_project: self.form("detailed_project"),
            detailed_project_name: self.form("detailed_project_name"),
            sub_project: self.form("sub_project"),
            object: self.form("object"),
            sub_object: self.form("sub_object"),
        };
        let kind = self.read("kind", &NOT_IN_LIST, listed(LineKind::ALL, LineKind::name, LineKind::ko));
        let title = self.form("title");
        let project = self.form("project");
        let share = self.read("share", &WRONG_FORM, |t| t.strip_suffix('%').unwrap_or(t).parse::<Share>().ok());
        let envelope = self.form("envelope");
        let standing = self.read("standing", &NOT_IN_LIST, listed(Standing::ALL, Standing::name, Standing::ko));
        let amount_krw = self.amount();
        let booked_on = self.form("booked_on");
        Some(NewLine {
            body: body?,
            fiscal_year: fiscal_year?,
            account: Account { kind: account_kind?, code, name: name? },
            hierarchy,
            kind: kind?,
            title: title?,
            project,
            share,
            envelope,
            standing,
            appropriation: Some(NewAppropriation { amount_krw: amount_krw?, booked_on: booked_on? }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: [&str; 10] =
        ["소관", "fiscal_year", "회계구분", "회계명", "세부사업", "지원형태", "내역명", "금액", "단위", "기장일"];

    fn read(row: [&str; 10]) -> Result<NewLine, Vec<(String, &'static str)>> {
        let columns = Columns::read(&HEADING, None).unwrap();
        columns.row(&row).map_err(|r| r.faults.into_iter().map(|f| (f.pointer, f.code.name)).collect())
    }

    #[test]
    fn a_row_becomes_a_line_with_its_budget_in_won() {
        let row =
            ["msit", "2026", "일반회계", "일반회계", "1131-301", "grant", "AX 원스톱", "180.5", "억원", "2026-01-01"];
        let line = read(row).unwrap();
        assert_eq!(line.appropriation.unwrap().amount_krw.won().get(), 18_050_000_000);
        assert_eq!((line.kind, line.account.kind), (LineKind::Grant, AccountKind::General));
        assert_eq!(line.hierarchy.detailed_project.unwrap().as_str(), "1131-301");
        for (unit, won) in [("원", 12), ("천원", 12_000), ("백만원", 12_000_000)] {
            let row = ["msit", "2026", "fund", "기금", "", "loan", "융자", "12", unit, "2026-01-01"];
            assert_eq!(read(row).unwrap().appropriation.unwrap().amount_krw.won().get(), won);
        }
    }

    #[test]
    fn every_fault_of_a_row_is_reported_at_its_column() {
        let row = ["과기정통부", "1999", "국채", "", "x", "gift", " ", "0.0001", "천원", "2026-02-30"];
        let expected = [
            ("/account_name", "required"),
            ("/title", "required"),
            ("/body", "wrong_form"),
            ("/fiscal_year", "out_of_range"),
            ("/account_kind", "not_in_list"),
            ("/kind", "not_in_list"),
            ("/amount", "wrong_form"),
            ("/booked_on", "wrong_form"),
        ];
        assert_eq!(read(row), Err(expected.map(|(at, code)| (at.to_owned(), code)).to_vec()));
        for (amount, code) in [("0", "out_of_range"), ("-5", "out_of_range"), ("1,23", "wrong_form")] {
            let row = ["msit", "2026", "fund", "기금", "", "loan", "융자", amount, "원", "2026-01-01"];
            assert_eq!(read(row), Err(vec![("/amount".to_owned(), code)]), "{amount}");
        }
    }

    #[test]
    fn headings_are_known_once_and_complete() {
        let wrong = Columns::read(&["body", "소관", "a/b"], None).unwrap_err();
        let told: Vec<_> = wrong.faults.iter().take(2).map(|f| (f.pointer.as_str(), f.code.name)).collect();
        assert_eq!(told, [("/body", "duplicate"), ("/a~1b", "unknown_field")]);
        assert_eq!(wrong.faults.iter().filter(|f| f.code.name == "required").count(), 8);
    }

    #[test]
    fn a_table_is_read_to_its_end() {
        let text = "소관,회계연도,회계구분,회계명,지원형태,내역명,금액,기장일,단위\n\
            msit,2026,일반회계,일반회계,보조·출연,\"두 줄\n제목\",1,2026-01-01,\n\
            msit,2026,일반회계,일반회계,보조·출연,둘,1.5,2026-01-01,억원\n\
            msit,2026\n\
            msit,2026,일반회계,일반회계,보조·출연,셋,2,2026-01-01,천원\n";
        let read = sheet(text, Some(Unit::Million));
        let amount = |line: &NewLine| line.appropriation.as_ref().unwrap().amount_krw.won().get();
        let rows: Vec<_> = read.rows.iter().map(|(at, line)| (*at, amount(line))).collect();
        assert_eq!(rows, [(4, 150_000_000), (6, 2000)]);
        let faults: Vec<_> = read.faults.0.iter().map(|f| (f.row, f.column.as_deref(), f.code.name)).collect();
        assert_eq!(faults, [(2, Some("title"), "wrong_form"), (5, None, "wrong_cell_count")]);
        let without = sheet("소관\n", None);
        assert!(without.faults.0.iter().any(|f| f.row == 1 && f.column.as_deref() == Some("unit")));
        assert_eq!(sheet("", None).faults.0[0].code.name, "no_rows");
    }
}
