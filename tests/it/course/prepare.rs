//! Before the call opens (공모 준비): regions and ratios brought in, rules laid down, announced with its briefing.

use super::cast::Course;
use crate::application::kit::{Open, laid_down};
use domain::access::Role;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::TestApp;

/// The municipalities that apply, of the official list; 목포시 has another code since the first of July.
const MUNICIPALITIES: &str = "\
code,sido_code,name_ko,name_en_romanised,kind,org_code,valid_from,valid_to,predecessor_codes,successor_codes,population_status,note
12110,12,목포시,Mokpo-si,city,4800000,2026-07-01,,46110,,,
41500,41,이천시,Icheon-si,city,4070000,,,,,,
46110,46,목포시,Mokpo-si,city,4800000,,2026-06-30,,12110,,
47760,47,영양군,Yeongyang-gun,county,5170000,,,,,depopulation_area,
51230,51,삼척시,Samcheok-si,city,4241000,2023-06-11,,,,depopulation_area,
";

/// Published for 2026 (지방재정365, original budget, after the reform of 2014).
const RATIOS: &str = "\
fiscal_year,code_at_reference_date,codes_on_2026_09_17,name_ko,scope,aggregation,fiscal_independence_ratio_pct,fiscal_autonomy_ratio_pct,own_revenue_krw_thousand,own_plus_autonomous_revenue_krw_thousand,general_account_budget_krw_thousand
2026,11,11,서울특별시,sido_headquarters,gross,75.52,75.63,26517771533,26555345956,35112464709
2026,26,26,부산광역시,sido_headquarters,gross,37.30,50.46,5219563254,7060354254,13991827007
2026,27,27,대구광역시,sido_headquarters,gross,35.19,52.79,3204994807,4807026266,9106748000
2026,29,12,광주광역시,sido_headquarters,gross,33.89,53.51,2075080955,3276215607,6122668771
2026,36,36,세종특별자치시,sido_headquarters,gross,51.56,59.87,876317228,1017633228,1699718544
2026,41,41,경기도,sido_headquarters,gross,44.40,44.42,14907281114,14914130104,33573234129
2026,46,12,전라남도,sido_headquarters,gross,23.36,37.10,2402781440,3816734232,10287413034
2026,52,52,전북특별자치도,sido_headquarters,gross,21.81,35.37,1942917250,3150883860,8907912474
2026,46110,12110,목포시,municipality,gross,16.40,48.84,154491420,460142307,942163546
2026,41500,41500,이천시,municipality,gross,55.13,64.35,663587430,774587430,1203664051
2026,47760,47760,영양군,municipality,gross,6.32,58.79,25644872,238529708,405700000
2026,51230,51230,삼척시,municipality,gross,13.56,71.04,100558488,526661016,741322499
";

/// What the call says: two tracks of 18 billion won together, places and money for three central and four local ones.
fn rules() -> Value {
    let mut laid_down = laid_down(None);
    let track = |code: &str, levels: Value, envelope: i64, awards: i64| {
        json!({ "code": code, "name": { "ko": "트랙" }, "levels": levels, "envelope_krw": envelope, "min_awards": 1,
            "max_awards": awards, "reserve_slots": 2, "when_short": "skip" })
    };
    laid_down["rules"]["tracks"] = json!([
        track("central", json!(["central"]), 12_000_000_000, 3),
        track("local", json!(["sido", "municipality"]), 6_000_000_000, 4)
    ]);
    laid_down["rules"]["disclosed"] = json!(["total", "rank", "opinion"]);
    laid_down["rules"]["sheet_sight"] = json!("after_own");
    laid_down["rules"]["scoring"]["quorum"] = json!(5);
    laid_down
}

/// A call that has just opened.
pub async fn opened(app: &TestApp) -> Course {
    let msit = app.coordinator().await;
    for (kind, more, rows) in
        [("municipalities", "", MUNICIPALITIES), ("fiscal_indicators", "&basis=original&series=after_reform", RATIOS)]
    {
        let path = format!("/v1/reference-imports/{kind}?source=lofin365{more}");
        app.post_file(&msit, &path, "text/csv", rows).await.expect(200);
    }
    let call = Open::draft(app, "public-ai-2026", ("mois", "nia")).await;
    let at = format!("/v1/calls/{}", call.key);
    // A draft is known to those who prepare it alone, and is not announced without its rules.
    let citizen = app.persona(Role::Viewer, "bai").await;
    app.get(&citizen, &at).await.expect(404);
    call.step(app, "publish", json!({})).await.expect(422);
    app.put(&call.coordinator, &format!("{at}/rules"), "*", rules()).await.expect(200);
    let briefing = json!({ "briefings": [{ "at": app.app.clock.now(), "place": "정부세종청사", "audience": "중앙·지방 담당자" }] });
    app.patch(&call.coordinator, &at, "*", briefing).await.expect(200);
    let published = call.step(app, "publish", json!({})).await.expect(200);
    assert_eq!(published.json["state"], "open", "the minute at which it opens has come");
    app.get(&citizen, &at).await.expect(200);
    let agency = app.persona(Role::Coordinator, "nia").await;
    Course {
        call,
        agency,
        writers: BTreeMap::new(),
        applications: BTreeMap::new(),
        challenges: Vec::new(),
        members: Vec::new(),
        spare: None,
    }
}
