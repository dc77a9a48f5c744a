//! Regions (지역): the list as of a day, and names that repeat.

use serde_json::Value;
use tests::{Answer, TestApp, both};

/// A few rows of the official list: the reorganisation of Incheon, three 중구 and a 행정시.
pub const LIST: &str = "\
code,sido_code,name_ko,name_en_romanised,kind,org_code,valid_from,valid_to,predecessor_codes,successor_codes,population_status,note
11140,11,중구,Jung-gu,autonomous_district,3010000,,,,,,
26110,26,중구,Jung-gu,autonomous_district,3250000,,,,,depopulation_watch_area,
28110,28,중구,Jung-gu,autonomous_district,3490000,,2026-06-30,,28125;28155,,
28125,28,제물포구,Jemulpo-gu,autonomous_district,,2026-07-01,,28110;28140,,,
28140,28,동구,Dong-gu,autonomous_district,3500000,,2026-06-30,,28125,depopulation_watch_area,
28155,28,영종구,Yeongjong-gu,autonomous_district,,2026-07-01,,28110,,,
50110,50,제주시,Jeju-si,administrative_city,6510000,,,,,,
";

/// A member of each item of a list.
pub fn each(answer: &Answer, pointer: &str) -> Vec<String> {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    answer.json["items"].as_array().unwrap().iter().map(|item| text(item.pointer(pointer).unwrap())).collect()
}

/// Imports the rows above.
pub async fn import_list(app: &TestApp) {
    let path = "/v1/reference-imports/municipalities?source=%EC%8B%9C%ED%97%98";
    app.post_file(&app.coordinator().await, path, "text/csv", LIST).await.expect(200);
}

both! {
    /// Seventeen 시도 became sixteen on 2026-07-01.
    async fn the_number_of_regions_depends_on_the_day(app: TestApp) {
        let reader = app.planner("mois").await;
        let sido = async |day: &str| each(&app.get(&reader, &format!("/v1/regions?tier=sido&as_of={day}&page_size=200")).await.expect(200), "/code");
        let (before, after) = (sido("2026-06-30").await, sido("2026-07-01").await);
        assert_eq!((before.len(), after.len()), (17, 16));
        assert!(before.contains(&"29".to_owned()) && before.contains(&"46".to_owned()) && !before.contains(&"12".to_owned()));
        assert!(!after.contains(&"29".to_owned()) && after.contains(&"12".to_owned()));
        assert!(after.is_sorted());
        let closed = app.get(&reader, "/v1/regions/29").await.expect(200);
        assert_eq!((closed.json["valid_to"].as_str(), &closed.json["successors"][0]), (Some("2026-06-30"), &"12".into()));
    }

    /// 중구 names several regions; only the code tells which.
    async fn names_repeat_and_codes_do_not(app: TestApp) {
        import_list(&app).await;
        let reader = app.planner("mois").await;
        let named = app.get(&reader, "/v1/regions?name=%EC%A4%91%EA%B5%AC").await.expect(200);
        assert_eq!(each(&named, "/code"), ["11140", "26110", "28110"]);
        let today = app.get(&reader, "/v1/regions?name=%EC%A4%91%EA%B5%AC&as_of=2026-11-22").await.expect(200);
        assert_eq!(each(&today, "/code"), ["11140", "26110"]);
        let busan = app.get(&reader, "/v1/regions/26110").await.expect(200);
        assert_eq!((&busan.json["name"]["ko"], &busan.json["kind"]), (&"중구".into(), &"autonomous_district".into()));
        assert!(busan.headers.contains_key("etag"));
        let incheon = app.get(&reader, "/v1/regions?sido=28&tier=municipality&as_of=2026-07-01").await.expect(200);
        assert_eq!(each(&incheon, "/code"), ["28125", "28155"]);
        let romanised = app.get(&reader, "/v1/regions?name=JUNG-GU&sido=26").await.expect(200);
        assert_eq!(each(&romanised, "/code"), ["26110"]);
        let cities = app.get(&reader, "/v1/regions?kind=administrative_city").await.expect(200);
        assert_eq!(each(&cities, "/code"), ["50110"]);
    }

    /// Marks that mean something to a database mean nothing to a reader; what no region can be called is not found.
    async fn words_stand_for_themselves(app: TestApp) {
        let reader = app.planner("mois").await;
        for marks in ["%25", "_", "%7C", "%5C", "%27"] {
            let found = app.get(&reader, &format!("/v1/regions?name={marks}")).await.expect(200);
            assert_eq!(each(&found, "/code"), Vec::<String>::new(), "{marks}");
        }
        app.get(&reader, "/v1/regions/99").await.expect(404);
        app.get(&reader, "/v1/regions/busan").await.expect(404);
        let wrong = app.get(&reader, "/v1/regions?as_of=2026-13-01&tier=city&sido=261").await.expect(422);
        assert_eq!(wrong.faults(), ["?as_of wrong_form", "?sido wrong_form", "?tier not_in_list"]);
    }
}
