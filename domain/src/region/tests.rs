//! Regions by day, and the reading of their lists.
use super::*;
use crate::import::{Kind, Options, Rows, read};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn options() -> Options {
    Options {
        source: "시험".parse().unwrap(),
        known_regions: built_in().unwrap().into_iter().map(|r| r.code).collect(),
        basis: None,
        series: None,
    }
}

/// A few rows of the official list: the reorganisation of Incheon, three 중구 and a 행정시.
pub(crate) const LIST: &str = "\
code,sido_code,name_ko,name_en_romanised,kind,org_code,valid_from,valid_to,predecessor_codes,successor_codes,population_status,note
11140,11,중구,Jung-gu,autonomous_district,3010000,,,,,,
26110,26,중구,Jung-gu,autonomous_district,3250000,,,,,depopulation_watch_area,
28110,28,중구,Jung-gu,autonomous_district,3490000,,2026-06-30,,28125;28155,,
28125,28,제물포구,Jemulpo-gu,autonomous_district,,2026-07-01,,28110;28140,,,
28140,28,동구,Dong-gu,autonomous_district,3500000,,2026-06-30,,28125,depopulation_watch_area,
28155,28,영종구,Yeongjong-gu,autonomous_district,,2026-07-01,,28110,,,
36110,36,세종특별자치시,Sejong,special_self_governing_city,5690000,,,,,,
50110,50,제주시,Jeju-si,administrative_city,6510000,,,,,,
51820,51,고성군,Goseong-gun,county,4341000,2023-06-11,,42820,,depopulation_area,
48820,48,고성군,Goseong-gun,county,5420000,,,,,depopulation_area,
";

fn municipalities_of(text: &str) -> Vec<Region> {
    match read(Kind::Municipalities, text, &options()).unwrap() {
        Rows::Municipalities(rows) => rows,
        Rows::FiscalIndicators(_) => unreachable!(),
    }
}
fn faults(text: &str) -> Vec<(u64, String, &'static str)> {
    let found = read(Kind::Municipalities, text, &options()).unwrap_err();
    found.0.into_iter().map(|f| (f.row, f.column.unwrap_or_default(), f.code.name)).collect()
}

#[test]
fn seventeen_sido_became_sixteen() {
    let sido = built_in().unwrap();
    assert_eq!(sido.len(), 20);
    for (on, count) in [("2023-06-10", 17), ("2023-06-11", 17), ("2026-06-30", 17), ("2026-07-01", 16)] {
        assert_eq!(sido_on(&sido, day(on)).len(), count, "{on}");
    }
    let codes: Vec<_> = sido_on(&sido, day("2026-07-01")).iter().map(|r| r.code.to_string()).collect();
    assert!(codes.contains(&"12".to_owned()) && !codes.contains(&"29".to_owned()));
}

#[test]
fn municipalities_depend_on_the_day_and_names_repeat() {
    let rows = municipalities_of(LIST);
    let on = |text| municipalities_on(&rows, day(text)).into_iter().map(|r| r.code.to_string()).collect::<Vec<_>>();
    assert_eq!(on("2026-06-30"), ["11140", "26110", "28110", "28140", "51820", "48820"]);
    assert_eq!(on("2026-07-01"), ["11140", "26110", "28125", "28155", "51820", "48820"]);
    let named: Vec<_> =
        rows.iter().filter(|r| r.name.ko.as_str() == "중구").map(|r| r.sido_code().to_string()).collect();
    assert_eq!(named, ["11", "26", "28"]);
    assert!(rows.iter().all(|r| r.name.en.is_none() && r.romanised.is_some()));
}

#[test]
fn a_government_stands_for_each_region_that_has_one() {
    let keys: Vec<_> =
        municipalities_of(LIST).iter().filter_map(crate::body::Body::governing).map(|b| b.key.to_string()).collect();
    assert!(keys.contains(&"sigungu-28125".to_owned()));
    assert!(!keys.contains(&"sigungu-36110".to_owned()) && !keys.contains(&"sigungu-50110".to_owned()));
}

#[test]
fn designations_are_not_carried_beyond_their_notice() {
    let rows = municipalities_of(LIST);
    let goseong = rows.iter().find(|r| r.code.as_str() == "48820").unwrap();
    assert_eq!(goseong.population_status_on(day("2026-10-19")), Some(PopulationStatus::DepopulationArea));
    assert_eq!(goseong.population_status_on(day("2026-10-20")), None);
}

#[test]
fn every_bad_row_of_a_list_is_told() {
    let head = LIST.lines().next().unwrap();
    let text = format!(
        "{head}\n\
         2811,28,중구,,autonomous_district,349,,,,,,\n\
         28110,26,중구,,autonomous_district,,,,,,,\n\
         99110,99,가구,,city,,2026-07-01,2026-06-30,,,,\n\
         28140,28,,,borough,,,2026-13-01,,,,\n\
         28200,28,남동구,,autonomous_district,,,,,28201,,\n\
         28,28,인천,,city,,,,,,,\n"
    );
    assert_eq!(
        faults(&text),
        [
            (2, "code".into(), "wrong_form"),
            (2, "org_code".into(), "wrong_form"),
            (3, "sido_code".into(), "not_in_list"),
            (4, "sido_code".into(), "not_known"),
            (4, "valid_to".into(), "wrong_order"),
            (5, "name_ko".into(), "required"),
            (5, "kind".into(), "not_in_list"),
            (5, "valid_to".into(), "wrong_form"),
            (6, "valid_to".into(), "required"),
            (7, "code".into(), "not_in_list"),
        ]
    );
}

#[test]
fn a_successor_must_exist() {
    let text = LIST.replace("28125;28155", "28125;28199");
    assert_eq!(faults(&text), [(4, "successor_codes".into(), "not_known")]);
}

#[test]
fn codes_tell_their_level() {
    let tier = |text: &str| text.parse::<RegionCode>().map(|c| c.tier()).ok();
    assert_eq!(["00", "26", "26110"].map(tier), [Some(Tier::Nation), Some(Tier::Sido), Some(Tier::Municipality)]);
    assert_eq!(["", "2", "261", "2611000000", "2a", "00110", "２６"].map(tier), [None; 7]);
}
