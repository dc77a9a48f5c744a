//! Explanations and tables against published figures (분담 설명과 모의 계산 검증).

use super::{made, with};
use crate::{
    cost_share::{
        Asked, CostShareRules, Explanation, Level, Looked, Party, Question, RowStatus, Standing, StepKind, Supposed,
        explain, what_if,
    },
    day::Day,
    fiscal::{Basis, FiscalIndicator, Series},
    import::{Kind, Options, Rows, read},
    money::Won,
    problem::Refusal,
    region::{Region, built_in},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// Published for 2026 (original budget, series after the reform), by the regions of before 2026-07-01.
const ROWS: &str = "\
fiscal_year,code_at_reference_date,codes_on_2026_09_17,name_ko,scope,aggregation,fiscal_independence_ratio_pct,fiscal_autonomy_ratio_pct,own_revenue_krw_thousand,own_plus_autonomous_revenue_krw_thousand,general_account_budget_krw_thousand
2026,29,12,광주광역시,sido_headquarters,gross,33.89,53.51,2075080955,3276215607,6122668771
2026,46,12,전라남도,sido_headquarters,gross,23.36,37.10,2402781440,3816734232,10287413034
2026,36,36,세종특별자치시,sido_headquarters,gross,51.56,59.87,876317228,1017633228,1699718544
2026,41,41,경기도,sido_total,net,54.39,62.13,30516679818,34855444230,56102880145
2026,41,41,경기도,sido_headquarters,gross,44.40,44.42,14907281114,14914130104,33573234129
2026,46110,12110,목포시,municipality,gross,16.40,48.84,154491420,460142307,942163546
2026,28110,28125;28155,중구,municipality,gross,36.24,42.74,219233640,258586540,605009652
2026,28140,28125,동구,municipality,gross,12.49,36.89,46751484,138084484,374279972
2026,47760,47760,영양군,municipality,gross,6.32,58.79,25644872,238529708,405700000
";
const LIST: &str = "\
code,sido_code,name_ko,name_en_romanised,kind,org_code,valid_from,valid_to,predecessor_codes,successor_codes,population_status,note
12110,12,목포시,Mokpo-si,city,4800000,2026-07-01,,46110,,,
28110,28,중구,Jung-gu,autonomous_district,3490000,,2026-06-30,,28125;28155,,
28125,28,제물포구,Jemulpo-gu,autonomous_district,,2026-07-01,,28110;28140,,,
28140,28,동구,Dong-gu,autonomous_district,3500000,,2026-06-30,,28125,depopulation_watch_area,
28155,28,영종구,Yeongjong-gu,autonomous_district,,2026-07-01,,28110,,,
36110,36,세종특별자치시,Sejong,special_self_governing_city,5690000,,,,,,
46110,46,목포시,Mokpo-si,city,4800000,,2026-06-30,,12110,,
47760,47,영양군,Yeongyang-gun,county,5170000,,,,,depopulation_area,
50110,50,제주시,Jeju-si,administrative_city,6510000,,,,,,
";

fn regions() -> &'static [Region] {
    static ALL: OnceLock<Vec<Region>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = built_in().unwrap();
        match read(Kind::Municipalities, LIST, &options(&all)).unwrap() {
            Rows::Municipalities(rows) => all.extend(rows),
            Rows::FiscalIndicators(_) => unreachable!(),
        }
        all
    })
}
fn options(known: &[Region]) -> Options {
    Options {
        source: "지방재정365".parse().unwrap(),
        known_regions: known.iter().map(|region| region.code.clone()).collect(),
        basis: Some(Basis::Original),
        series: Some(Series::AfterReform),
    }
}
fn rows() -> &'static [FiscalIndicator] {
    static ALL: OnceLock<Vec<FiscalIndicator>> = OnceLock::new();
    ALL.get_or_init(|| match read(Kind::FiscalIndicators, ROWS, &options(regions())).unwrap() {
        Rows::FiscalIndicators(rows) => rows,
        Rows::Municipalities(_) => unreachable!(),
    })
}
fn region(code: &str) -> &'static Region {
    regions().iter().find(|region| region.code.as_str() == code).unwrap()
}
fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn won(amount: i64) -> Won {
    Won::new(amount).unwrap()
}

fn asked(
    rules: &CostShareRules,
    party: Party<'_>,
    groups: Option<&[String]>,
    asked: Asked,
) -> Result<Explanation, Refusal> {
    let question = Question { on: day("2026-09-01"), party, groups, asked, pointer: "?code" };
    explain(rules, &rules.edition(1).unwrap(), rows(), &question)
}
fn of(rules: &CostShareRules, code: &str, total: i64) -> Result<Explanation, Refusal> {
    let cost = Asked { total_cost: won(total), requested_national: None };
    let region = region(code);
    asked(rules, Party::Local(Level::of(region).unwrap(), region), None, cost)
}
fn shown(steps: &Explanation) -> Vec<String> {
    steps.steps.iter().map(|step| step.words.ko.to_string()).collect()
}

#[test]
fn a_share_is_explained_step_by_step() {
    let rules = made(with(&[]));
    let cost = Asked { total_cost: won(1_234_567_000), requested_national: Some(won(1_000_000_000)) };
    let found = asked(&rules, Party::Local(Level::Municipality, region("47760")), None, cost).unwrap();
    assert_eq!(
        shown(&found),
        [
            "영양군(47760)의 2026년 당초예산 재정자립도(시군구): 자체수입 25,644,872,000원 ÷ 일반회계 예산 405,700,000,000원 = 6.32%",
            "6.32%는 0% 이상 30% 미만 구간이므로 기준 국비율 90%",
            "인구감소지역(depopulation_area): 90% + 5%p = 95%",
            "95%를 하한 50%, 상한 92.5% 안으로 = 92.5%",
            "총사업비 1,234,567,000원 × 92.5%, 1,000원 단위로 내림 = 1,141,974,000원",
            "1,141,974,000원과 국비 한도 2,000,000,000원 가운데 작은 금액 = 1,141,974,000원",
            "1,141,974,000원과 신청 국비 1,000,000,000원 가운데 작은 금액 = 1,000,000,000원",
            "총사업비 1,234,567,000원 - 국비 1,000,000,000원 = 234,567,000원",
            "234,567,000원 × 시도 부담 30%, 1,000원 단위로 내림 = 70,370,000원",
            "234,567,000원 - 시도비 70,370,000원 = 164,197,000원",
            "국비 1,000,000,000원 + 시도비 70,370,000원 + 시군구비 164,197,000원 + 자부담 0원 = 1,234,567,000원",
            "국비 1,000,000,000원 ÷ 총사업비 1,234,567,000원 = 81.00% (소수점 둘째 자리 반올림)",
        ]
    );
    let published = found.indicator.unwrap();
    assert_eq!((published.value.to_string(), published.source.as_str()), ("6.32".to_owned(), "지방재정365"));
    assert_eq!((published.asked.fiscal_year, published.numerator_krw.get()), (2026, 25_644_872_000));
    assert_eq!(found.band.unwrap().rate.to_string(), "90");
    assert_eq!((found.rule_set.standing, found.rule_set.notice.is_some()), (Standing::Illustration, true));
    let group = &found.applicant.groups[0];
    assert_eq!(
        serde_json::to_value(group).unwrap(),
        json!({ "group": "depopulation_area", "origin": "designation", "points": "5" })
    );
    assert!(
        found
            .steps
            .iter()
            .all(|step| step.words.en.chars().count() <= 500 && step.percent.is_some() != step.amount_krw.is_some())
    );
}

/// What the rules go by decides: independence or autonomy, headquarters or total, this day's designation or the one given.
#[test]
fn each_input_decides() {
    let rate = |rules: &CostShareRules, code: &str| of(rules, code, 1_000_000).unwrap().shares.rate.to_string();
    let rules = made(with(&[]));
    let autonomy = made(with(&[("/indicator", json!("fiscal_autonomy_ratio"))]));
    assert_eq!((rate(&rules, "47760"), rate(&autonomy, "47760")), ("92.50".to_owned(), "75.00".to_owned()));
    let by = |scope: &str| {
        let bands = json!([{ "from": "0", "to": "50", "rate": "80" }, { "from": "50", "to": "100", "rate": "60" }]);
        made(with(&[("/sido_scope", json!(scope)), ("/bands", bands)]))
    };
    assert_eq!((rate(&by("headquarters"), "41"), rate(&by("total"), "41")), ("80.00".to_owned(), "60.00".to_owned()));
    let cost = Asked { total_cost: won(1_000_000), requested_national: None };
    let with_groups = |groups: &[&str]| {
        let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
        let party = Party::Local(Level::Municipality, region("47760"));
        asked(&rules, party, Some(&groups), cost).unwrap()
    };
    assert_eq!(with_groups(&[]).shares.rate.to_string(), "90.00");
    let twice = with_groups(&["depopulation_area", "depopulation_area", "other"]);
    assert_eq!((twice.shares.rate.to_string(), twice.applicant.groups.len()), ("92.50".to_owned(), 2));
    assert_eq!((twice.applicant.groups[0].points.is_some(), twice.applicant.groups[1].points), (true, None));
}

#[test]
fn a_central_body_and_a_sido_carry_the_rest_themselves() {
    let rules = made(with(&[("/flat_rates", json!({ "central": "60" }))]));
    let cost = Asked { total_cost: won(1_000_000), requested_national: None };
    let central = asked(&rules, Party::Central("mois", None), None, cost).unwrap();
    assert_eq!((central.shares.national_krw.get(), central.shares.own_krw.get()), (600_000, 400_000));
    assert!(central.indicator.is_none() && central.band.is_none());
    let kinds: Vec<StepKind> = central.steps.iter().map(|step| step.kind).collect();
    assert_eq!(
        kinds,
        [
            StepKind::NominalRate,
            StepKind::ByRate,
            StepKind::NationalCap,
            StepKind::Local,
            StepKind::Own,
            StepKind::Sum,
            StepKind::EffectiveRate
        ]
    );
    let (set, groups) = (rules.edition(1).unwrap(), vec!["depopulation_area".to_owned()]);
    let applicant = Party::Central("mois", None).applicant(groups);
    assert!(set.work(&set.basis(Level::Central, None).unwrap(), &applicant, cost).adjustments.is_empty());
    let sejong = of(&rules, "36", 1_000_000).unwrap();
    assert_eq!((sejong.shares.sido_krw.get(), sejong.shares.municipality_krw.get()), (300_000, 0));
}

/// A region that was only given another number has its figures under the old one. What was merged or divided has none, and
/// what its predecessors have is told and not taken.
#[test]
fn nothing_is_made_up_for_a_new_region() {
    let rules = made(with(&[]));
    assert_eq!(of(&rules, "12110", 1_000_000).unwrap().indicator.unwrap().code.as_str(), "46110");
    for (code, wanted) in [
        ("12", vec!["광주광역시(29)의 값은 33.89%", "전라남도(46)의 값은 23.36%"]),
        ("28125", vec!["중구(28110)의 값은 36.24%", "동구(28140)의 값은 12.49%"]),
        ("28155", vec!["중구(28110)의 값은 36.24%"]),
        ("26", vec![]),
    ] {
        let refused = of(&rules, code, 1_000_000).unwrap_err();
        assert_eq!(refused.code.name, "indicator_missing");
        let told: Vec<_> = refused.faults.iter().map(|fault| (fault.pointer.as_str(), fault.code.name)).collect();
        assert_eq!(told[0], ("?code", "indicator_missing"));
        assert!(told[1..].iter().all(|fault| *fault == ("?code", "predecessor_indicator")));
        let details = &refused.faults[1..];
        assert_eq!(details.len(), wanted.len(), "{code}");
        for (fault, wanted) in details.iter().zip(wanted) {
            assert!(fault.detail.ko.contains(wanted), "{} lacks {wanted}", fault.detail.ko);
        }
    }
}

/// One row of two predecessors is not the whole of them, even when it alone is published.
#[test]
fn half_of_a_merged_region_is_not_the_region() {
    let wanted = made(with(&[])).edition(1).unwrap().wanted(Level::Sido).unwrap();
    let only: Vec<FiscalIndicator> = rows().iter().filter(|row| row.code.as_str() == "29").cloned().collect();
    assert!(matches!(wanted.look(&only, region("12")), Looked::Missing(before) if before.len() == 1));
}

/// Only central bodies and local governments of the day apply.
#[test]
fn a_party_is_there_on_the_day_and_has_a_level() {
    let of_code = |level, code: &str, on: &str| {
        let region = regions().iter().find(|region| region.code.as_str() == code);
        Party::of_code(level, code, region, day(on), "?code").map(drop).map_err(|fault| fault.code.name)
    };
    let today = "2026-09-01";
    for (level, code, on, wanted) in [
        (Level::Municipality, "47760", today, Ok(())),
        (Level::Municipality, "12110", "2026-06-30", Err("not_known")),
        (Level::Municipality, "46110", "2026-06-30", Ok(())),
        (Level::Municipality, "46110", today, Err("not_known")),
        (Level::Municipality, "99999", today, Err("not_known")),
        (Level::Municipality, "41", today, Err("wrong_form")),
        (Level::Municipality, "50110", today, Err("no_applicant_level")),
        (Level::Municipality, "36110", today, Err("no_applicant_level")),
        (Level::Sido, "36", today, Ok(())),
        (Level::Central, "anything", today, Ok(())),
    ] {
        assert_eq!(of_code(level, code, on), wanted, "{level} {code} {on}");
    }
    let bodies = crate::body::built_in().unwrap();
    let of_body = |key: &str, on: &str| {
        let body = bodies.iter().find(|body| body.key.as_str() == key).unwrap();
        Party::of_body(body, None, day(on), "?body").map_err(|fault| fault.code.name)
    };
    assert!(matches!(of_body("mois", today), Ok(Party::Central("mois", Some(_)))));
    assert_eq!(of_body("nia", today), Err("no_applicant_level"));
    assert_eq!(of_body("moef_old", today), Err("body_closed"));
    let mois = bodies.iter().find(|body| body.key.as_str() == "mois").unwrap();
    assert_eq!(
        Party::of_body(mois, Some(region("47760")), day(today), ""),
        Ok(Party::Local(Level::Municipality, region("47760")))
    );
    assert!(Party::of_body(mois, Some(region("50110")), day(today), "").is_err());
}

/// Another year, basis, series or scope is another figure.
#[test]
fn only_the_very_figure_is_taken() {
    let wanted = made(with(&[])).edition(1).unwrap().wanted(Level::Municipality).unwrap();
    let yeongyang = region("47760");
    assert!(matches!(wanted.look(rows(), yeongyang), Looked::Found(_)));
    let change = |with: &dyn Fn(&mut FiscalIndicator)| {
        let mut rows: Vec<FiscalIndicator> = rows().to_vec();
        rows.iter_mut().for_each(with);
        matches!(wanted.look(&rows, yeongyang), Looked::Missing(before) if before.is_empty())
    };
    assert!(change(&|row| row.fiscal_year = row.fiscal_year.before().unwrap()));
    assert!(change(&|row| row.basis = Basis::Final));
    assert!(change(&|row| row.series = Series::BeforeReform));
    assert!(change(&|row| row.scope = crate::fiscal::Scope::SidoHeadquarters));
}

#[test]
fn the_table_says_who_gets_which_rate() {
    let rules = made(with(&[]));
    let set = rules.edition(1).unwrap();
    let suppose = |on: &str, envelope| Supposed { on: day(on), total_cost: won(1_000_000_000), envelope };
    let table = what_if(&rules, &set, regions(), rows(), suppose("2026-09-01", Some(won(18_000_000_000))));
    assert!(table.rows.is_sorted_by(|one, other| one.code < other.code));
    let codes: Vec<&str> = table.rows.iter().map(|row| row.code.as_str()).collect();
    for (code, there) in [
        ("12", true),
        ("29", false),
        ("46110", false),
        ("12110", true),
        ("28125", true),
        ("36", true),
        ("36110", false),
        ("50110", false),
    ] {
        assert_eq!(codes.contains(&code), there, "{code}");
    }
    let row = |code: &str| table.rows.iter().find(|row| row.code.as_str() == code).unwrap();
    let missing = row("28155");
    assert_eq!(
        (missing.status, missing.shares.is_none(), missing.predecessors.len()),
        (RowStatus::IndicatorMissing, true, 1)
    );
    assert_eq!(row("47760").sido_name_ko.as_ref().unwrap().as_str(), "경상북도");
    assert_eq!(
        (row("47760").groups.as_slice(), row("36").band),
        (["depopulation_area".to_owned()].as_slice(), Some(2))
    );
    assert_eq!(table.without_indicator, table.rows.len() - 4);
    let spread: Value = serde_json::to_value(&table.spread).unwrap();
    assert_eq!(
        spread,
        json!([
            { "rate": "92.50", "sido": 0, "municipalities": 1, "national_krw": 925_000_000, "projects": 19 },
            { "rate": "90.00", "sido": 0, "municipalities": 1, "national_krw": 900_000_000, "projects": 20 },
            { "rate": "70.00", "sido": 2, "municipalities": 0, "national_krw": 700_000_000, "projects": 25 },
        ])
    );
    // The designations ran to 2026-10-19.
    let later = what_if(&rules, &set, regions(), rows(), suppose("2026-10-20", None));
    assert_eq!(later.spread[0].rate.to_string(), "90.00");
    assert!(later.spread.iter().all(|spread| spread.projects.is_none()));
    let before = what_if(&rules, &set, regions(), rows(), suppose("2026-06-30", None));
    assert!(before.rows.iter().any(|row| row.code.as_str() == "28110" && row.status == RowStatus::Reckoned));
}

#[test]
fn an_envelope_that_costs_nothing_is_not_divided() {
    let rules = made(with(&[
        ("/indicator", json!(null)),
        ("/bands", json!([])),
        ("/flat_rates", json!({ "central": "0", "sido": "0", "municipality": "0" })),
    ]));
    let supposed = Supposed { on: day("2026-09-01"), total_cost: won(5), envelope: Some(won(1)) };
    let table = what_if(&rules, &rules.edition(1).unwrap(), regions(), &[], supposed);
    assert_eq!((table.without_indicator, table.asked.len(), table.spread.len()), (0, 0, 1));
    assert_eq!(table.spread[0].projects, None);
}

proptest! {
    /// The steps end in the split, and each row of the table says what the explanation says.
    #[test]
    fn table_and_explanation_agree(total in 1..9_000_000_000_000_i64, unit in 1..100_000_i64, cap in 0..3_000_000_000_i64) {
        let rules = made(with(&[("/unit", json!(unit)), ("/national_cap", json!(cap))]));
        let supposed = Supposed { on: day("2026-09-01"), total_cost: won(total), envelope: None };
        let table = what_if(&rules, &rules.edition(1).unwrap(), regions(), rows(), supposed);
        for row in &table.rows {
            match of(&rules, row.code.as_str(), total) {
                Err(_) => prop_assert_eq!(row.status, RowStatus::IndicatorMissing),
                Ok(found) => {
                    let shares = &found.shares;
                    prop_assert_eq!(Some(shares), row.shares.as_ref());
                    let parts = [shares.national_krw, shares.sido_krw, shares.municipality_krw, shares.own_krw];
                    prop_assert_eq!(Won::sum(parts).unwrap().get(), total);
                    prop_assert!(parts.iter().all(|part| !part.is_negative()));
                    prop_assert!(shares.national_krw.get() <= cap && shares.effective_rate <= shares.rate);
                    let step = |kind| found.steps.iter().rev().find(|step| step.kind == kind).and_then(|step| step.amount_krw);
                    prop_assert_eq!(step(StepKind::NationalCap), Some(shares.national_krw));
                    prop_assert_eq!(step(StepKind::Sido).unwrap_or_default(), shares.sido_krw);
                    prop_assert_eq!(step(StepKind::Municipality).unwrap_or_default(), shares.municipality_krw);
                }
            }
        }
    }
}
