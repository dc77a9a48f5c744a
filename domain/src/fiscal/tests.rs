//! Published ratios follow from their parts, or are refused with their row.
use super::*;
use crate::import::{Kind, Options, Rows, read};
use proptest::prelude::*;

const HEAD: &str = "fiscal_year,code_at_reference_date,codes_on_2026_09_17,name_ko,scope,aggregation,fiscal_independence_ratio_pct,fiscal_autonomy_ratio_pct,own_revenue_krw_thousand,own_plus_autonomous_revenue_krw_thousand,general_account_budget_krw_thousand";
const NATION: &str = "2025,00,00,전국,national,net,43.18,64.87,121378344131,182356347144,281115552539";
const SEOUL: &str = "2025,11,11,서울특별시,sido_total,net,73.62,74.67,28384096152,28787487770,38555239000";
const SEOUL_OWN: &str = "2025,11,11,서울특별시,sido_headquarters,gross,75.44,75.70,24638217474,24725029217,32660564924";
const JUNG: &str = "2026,28110,28125;28155,중구,municipality,gross,36.24,42.74,219233640,258586540,605009652";

fn options() -> Options {
    Options {
        source: "지방재정365".parse().unwrap(),
        known_regions: ["11", "28110", "28125", "28155"].iter().map(|c| c.parse().unwrap()).collect(),
        basis: Some(Basis::Original),
        series: Some(Series::AfterReform),
    }
}
fn rows(lines: &[&str], options: &Options) -> Result<Vec<FiscalIndicator>, Vec<(u64, String, &'static str)>> {
    let text = format!("{HEAD}\n{}\n", lines.join("\n"));
    match read(Kind::FiscalIndicators, &text, options) {
        Ok(Rows::FiscalIndicators(rows)) => Ok(rows),
        Ok(Rows::Municipalities(_)) => unreachable!(),
        Err(found) => Err(found.0.into_iter().map(|f| (f.row, f.column.unwrap_or_default(), f.code.name)).collect()),
    }
}
fn fault(line: &str) -> Vec<(u64, String, &'static str)> {
    rows(&[line], &options()).unwrap_err()
}

#[test]
fn published_rows_read_and_agree() {
    let read = rows(&[NATION, SEOUL, SEOUL_OWN, JUNG], &options()).unwrap();
    assert!(read.iter().all(FiscalIndicator::agrees));
    assert_eq!(read[2].fiscal_autonomy_ratio.to_string(), "75.70");
    assert_eq!(read[0].own_revenue_krw.get(), 121_378_344_131_000);
    assert_eq!(read[3].codes_now.len(), 2);
}

#[test]
fn a_ratio_that_does_not_follow_is_refused_with_its_row() {
    let wrong = JUNG.replace("36.24", "36.25");
    let found = rows(&[NATION, &wrong], &options()).unwrap_err();
    assert_eq!(found, [(3, "fiscal_independence_ratio_pct".into(), "ratio_mismatch")]);
    let swapped = JUNG.replace("36.24,42.74", "42.74,36.24");
    assert_eq!(fault(&swapped).iter().filter(|f| f.2 == "ratio_mismatch").count(), 2);
}

#[test]
fn scope_region_and_aggregation_go_together() {
    assert_eq!(fault(&SEOUL.replace("sido_total", "sido_headquarters")), [(2, "aggregation".into(), "scope_mismatch")]);
    assert_eq!(fault(&SEOUL.replace("sido_total", "municipality"))[0], (2, "scope".into(), "scope_mismatch"));
    assert_eq!(fault(&NATION.replace("national,net", "sido_total,net")), [(2, "scope".into(), "scope_mismatch")]);
}

#[test]
fn missing_is_a_fault_and_never_nought() {
    assert_eq!(fault(&JUNG.replace("36.24", "")), [(2, "fiscal_independence_ratio_pct".into(), "required")]);
    let no_budget = "2026,11,11,서울특별시,sido_headquarters,gross,0.00,0.00,0,0,0";
    assert_eq!(fault(no_budget), [(2, "general_account_budget_krw_thousand".into(), "out_of_range")]);
    assert_eq!(fault(&JUNG.replace("605009652", "-605009652"))[0].2, "wrong_form");
    assert_eq!(fault(&JUNG.replace("28125;28155", "")), [(2, "codes_on_2026_09_17".into(), "required")]);
    assert_eq!(fault(&JUNG.replace("28155", "28999")), [(2, "codes_on_2026_09_17".into(), "not_known")]);
}

#[test]
fn basis_and_series_are_stated_or_refused() {
    let silent = Options { basis: None, series: None, ..options() };
    let found = rows(&[NATION], &silent).unwrap_err();
    let choice = "import_choice_missing";
    assert_eq!(found, [(2, "basis".into(), choice), (2, "series".into(), choice)]);
    let text = format!("{HEAD},basis,series\n{NATION},final,before_reform\n");
    let Ok(Rows::FiscalIndicators(read)) = read(Kind::FiscalIndicators, &text, &options()) else { panic!() };
    assert_eq!((read[0].basis, read[0].series), (Basis::Final, Series::BeforeReform));
}

#[test]
fn one_row_for_each_key() {
    assert_eq!(rows(&[SEOUL, SEOUL_OWN, SEOUL], &options()).unwrap_err(), [(4, String::new(), "duplicate_row")]);
}

#[test]
fn a_government_is_measured_by_its_own_row() {
    let read = rows(&[SEOUL, SEOUL_OWN, JUNG], &options()).unwrap();
    let pick = |code: &str, year| {
        let which = (FiscalYear::new(year).unwrap(), Basis::Original, Series::AfterReform);
        own_row(&read, &code.parse().unwrap(), which).map(|r| r.fiscal_independence_ratio.to_string())
    };
    assert_eq!(pick("11", 2025).as_deref(), Some("75.44"));
    assert_eq!(pick("28110", 2026).as_deref(), Some("36.24"));
    assert_eq!((pick("28125", 2026), pick("11", 2026)), (None, None));
}

proptest! {
    /// The published value is within half a hundredth of the exact ratio, the half going up.
    #[test]
    fn ratios_round_half_up(part in 0_i64..1_000_000, budget in 1_i64..1_000_000) {
        let (part, budget) = (part.min(budget), budget);
        let points = i64::from(ratio(Won::new(part).unwrap(), Won::new(budget).unwrap()).unwrap().basis_points());
        let exact = part.saturating_mul(20_000);
        let shown = points.saturating_mul(2).saturating_mul(budget);
        prop_assert!(shown <= exact.saturating_add(budget) && exact < shown.saturating_add(budget));
    }
}
