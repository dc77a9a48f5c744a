//! Fiscal indicators (재정지표): two ratios that are never taken for each other, with their parts.

use crate::region::{each, import_list};
use tests::{TestApp, both};

/// A few published rows: nation, 서울 in total and its headquarters, 부산 중구.
pub const ROWS: &str = "\
fiscal_year,code_at_reference_date,codes_on_2026_09_17,name_ko,scope,aggregation,fiscal_independence_ratio_pct,fiscal_autonomy_ratio_pct,own_revenue_krw_thousand,own_plus_autonomous_revenue_krw_thousand,general_account_budget_krw_thousand
2025,00,00,전국,national,net,43.18,64.87,121378344131,182356347144,281115552539
2025,11,11,서울특별시,sido_total,net,73.62,74.67,28384096152,28787487770,38555239000
2025,11,11,서울특별시,sido_headquarters,gross,75.44,75.70,24638217474,24725029217,32660564924
2026,28110,28125;28155,중구,municipality,gross,36.24,42.74,219233640,258586540,605009652
";

/// Where such files are sent, with what they do not say.
pub const PATH: &str = "/v1/reference-imports/fiscal_indicators?source=lofin365&basis=original&series=after_reform";

async fn filled(app: &TestApp) {
    import_list(app).await;
    app.post_file(&app.coordinator().await, PATH, "text/csv", ROWS).await.expect(200);
}

both! {
    /// Indicators are read with both ratios and their parts in whole won.
    async fn indicators_are_read(app: TestApp) {
        filled(&app).await;
        let reader = app.planner("mois").await;
        let all = app.get(&reader, "/v1/fiscal-indicators").await.expect(200);
        assert_eq!(each(&all, "/code"), ["00", "11", "11", "28110"]);
        assert_eq!(each(&all, "/scope"), ["national", "sido_headquarters", "sido_total", "municipality"]);
        let own = app.get(&reader, "/v1/fiscal-indicators?region=11&fiscal_year=2025&basis=original&scope=sido_headquarters").await.expect(200);
        let row = &own.json["items"][0];
        assert_eq!((&row["fiscal_independence_ratio"], &row["fiscal_autonomy_ratio"]), (&"75.44".into(), &"75.70".into()));
        assert_eq!(row["own_revenue_krw"], 24_638_217_474_000_i64);
        let split = app.get(&reader, "/v1/fiscal-indicators?region=28110").await.expect(200);
        assert_eq!(split.json["items"][0]["codes_now"], serde_json::json!(["28125", "28155"]));
        let none = app.get(&reader, "/v1/fiscal-indicators?basis=final").await.expect(200);
        assert_eq!(each(&none, "/code"), Vec::<String>::new());
    }

    /// Pages follow each other over a key of five parts.
    async fn pages_follow_each_other(app: TestApp) {
        filled(&app).await;
        let reader = app.planner("mois").await;
        let (mut seen, mut path) = (Vec::new(), "/v1/fiscal-indicators?page_size=1".to_owned());
        loop {
            let page = app.get(&reader, &path).await.expect(200);
            seen.extend(each(&page, "/scope"));
            let Some(token) = page.json["next_page_token"].as_str() else { break };
            path = format!("/v1/fiscal-indicators?page_size=1&page_token={token}");
        }
        assert_eq!(seen, ["national", "sido_headquarters", "sido_total", "municipality"]);
    }
}
