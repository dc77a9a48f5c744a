//! Reading published fiscal indicators (재정지표 읽기): each ratio is computed again from its parts.

use super::{Aggregation, CHOICE_MISSING, FiscalIndicator, RATIO_MISMATCH, SCOPE_MISMATCH, Scope, ratio};
use crate::{
    day::Day,
    import::{Cells, Header, Misfit, Options, RowFaults, table},
    list::NotInList,
    money::{Unit, Won},
    problem::{NOT_KNOWN, OUT_OF_RANGE, WRONG_FORM, WRONG_ORDER, Words},
    rate::Share,
    region::{RegionCode, Tier},
};
use std::str::FromStr;

const INDEPENDENCE: &str = "fiscal_independence_ratio_pct";
const AUTONOMY: &str = "fiscal_autonomy_ratio_pct";
const OWN: &str = "own_revenue_krw_thousand";
const OWN_PLUS: &str = "own_plus_autonomous_revenue_krw_thousand";
const BUDGET: &str = "general_account_budget_krw_thousand";
/// Codes are given as of this day.
const CODES_NOW: &str = "codes_on_2026_09_17";

const HEADER: Header = Header {
    required: &[
        "fiscal_year",
        "code_at_reference_date",
        CODES_NOW,
        "name_ko",
        "scope",
        "aggregation",
        INDEPENDENCE,
        AUTONOMY,
        OWN,
        OWN_PLUS,
        BUDGET,
    ],
    optional: &["basis", "series"],
};

/// Reads fiscal indicators. Regions must be known; basis and series come from their columns or from the options.
pub fn indicators(text: &str, options: &Options) -> Result<Vec<FiscalIndicator>, RowFaults> {
    let rows = table(text, HEADER, |cells| indicator(cells, options), FiscalIndicator::key)?;
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn indicator(cells: &mut Cells<'_>, options: &Options) -> Option<FiscalIndicator> {
    let fiscal_year = cells.must("fiscal_year");
    let basis = choice(cells, "basis", options.basis);
    let series = choice(cells, "series", options.series);
    let code = cells.must("code_at_reference_date");
    let codes_now = cells.many(CODES_NOW);
    let name_ko = cells.must("name_ko");
    let scope = cells.code("scope");
    let aggregation = cells.code("aggregation");
    let independence = cells.must::<Share>(INDEPENDENCE);
    let autonomy = cells.must::<Share>(AUTONOMY);
    let own = cells.must_by(OWN, thousand);
    let own_plus = cells.must_by(OWN_PLUS, thousand);
    let budget = cells.must_by(BUDGET, thousand);
    let row = FiscalIndicator {
        fiscal_year: fiscal_year?,
        basis: basis?,
        series: series?,
        code: code?,
        name_ko: name_ko?,
        codes_now: codes_now?,
        codes_on: Day::new(2026, 9, 17).ok()?,
        scope: scope?,
        aggregation: aggregation?,
        fiscal_independence_ratio: independence?,
        fiscal_autonomy_ratio: autonomy?,
        own_revenue_krw: own?,
        own_plus_autonomous_revenue_krw: own_plus?,
        general_account_budget_krw: budget?,
        source: options.source.clone(),
    };
    let region = knows_region(cells, &row, options);
    let scope = scope_fits(cells, &row);
    let parts = parts_fit(cells, &row);
    (region && scope && parts).then_some(row)
}

/// From the row's own cell, otherwise from what was stated with the import; never assumed.
fn choice<T: FromStr<Err = NotInList> + Copy>(cells: &mut Cells<'_>, column: &str, stated: Option<T>) -> Option<T> {
    if cells.text(column).is_some() {
        return cells.code(column);
    }
    if stated.is_none() {
        cells.fault(column, &CHOICE_MISSING, CHOICE_MISSING.title.clone());
    }
    stated
}

/// An amount published in whole 천원, not negative.
fn thousand(text: &str) -> Result<Won, Misfit> {
    let whole = text.bytes().all(|b| b.is_ascii_digit());
    if !whole {
        return Err(Misfit::new(&WRONG_FORM, "not a whole number of 천원 without sign or separators"));
    }
    Unit::Thousand.amount(text).map_err(|error| Misfit::new(&OUT_OF_RANGE, error))
}

fn knows_region(cells: &mut Cells<'_>, row: &FiscalIndicator, options: &Options) -> bool {
    let unknown = |code: &&RegionCode| !code.is_nation() && !options.known_regions.contains(*code);
    let mut sound = true;
    for (column, codes) in [("code_at_reference_date", std::slice::from_ref(&row.code)), (CODES_NOW, &row.codes_now)] {
        for code in codes.iter().filter(unknown) {
            sound = false;
            let words = Words::made(format!("{code}: 알 수 없는 지역입니다"), format!("There is no region {code}"));
            cells.fault(column, &NOT_KNOWN, words);
        }
    }
    if row.codes_now.is_empty() {
        sound = false;
        cells.fault(CODES_NOW, &crate::problem::REQUIRED, crate::problem::REQUIRED.title.clone());
    }
    sound
}

fn scope_fits(cells: &mut Cells<'_>, row: &FiscalIndicator) -> bool {
    let tier = match row.scope {
        Scope::National => Tier::Nation,
        Scope::SidoTotal | Scope::SidoHeadquarters => Tier::Sido,
        Scope::Municipality => Tier::Municipality,
    };
    let mut sound = true;
    if row.code.tier() != tier {
        sound = false;
        let words = Words::made(
            format!("{}({})은 지역 {}의 범위가 아닙니다", row.scope.ko(), row.scope, row.code),
            format!("{} is no scope of region {}", row.scope, row.code),
        );
        cells.fault("scope", &SCOPE_MISMATCH, words);
    }
    let expected: Aggregation = row.scope.aggregation();
    if row.aggregation != expected {
        sound = false;
        let words = Words::made(
            format!("{}은 {}({expected})이어야 합니다", row.scope.ko(), expected.ko()),
            format!("{} figures are {expected}", row.scope),
        );
        cells.fault("aggregation", &SCOPE_MISMATCH, words);
    }
    sound
}

fn parts_fit(cells: &mut Cells<'_>, row: &FiscalIndicator) -> bool {
    let (own, plus, budget) =
        (row.own_revenue_krw, row.own_plus_autonomous_revenue_krw, row.general_account_budget_krw);
    let mut sound = true;
    let mut fault = |column, code, words| {
        sound = false;
        cells.fault(column, code, words);
    };
    if budget == Won::ZERO {
        let words = Words::fixed("예산이 0이면 비율이 없습니다", "Without a budget there is no ratio");
        fault(BUDGET, &OUT_OF_RANGE, words);
        return false;
    }
    if own > plus {
        let words =
            Words::fixed("자체수입이 자체+자주재원보다 큽니다", "Own revenue exceeds own plus autonomous revenue");
        fault(OWN_PLUS, &WRONG_ORDER, words);
    }
    if plus > budget {
        let words = Words::fixed("재원이 예산보다 큽니다", "Revenue exceeds the budget");
        fault(BUDGET, &WRONG_ORDER, words);
    }
    for (column, part, published) in
        [(INDEPENDENCE, own, row.fiscal_independence_ratio), (AUTONOMY, plus, row.fiscal_autonomy_ratio)]
    {
        let follows = ratio(part, budget);
        if follows != Some(published) {
            let shown = follows.map_or_else(|| "-".to_owned(), |share| share.to_string());
            let words = Words::made(
                format!("{published}로 적혀 있으나 구성 항목으로는 {shown}입니다"),
                format!("{published} is given, {shown} follows from the parts"),
            );
            fault(column, &RATIO_MISMATCH, words);
        }
    }
    sound
}
