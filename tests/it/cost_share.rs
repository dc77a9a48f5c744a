//! Cost shares (국비·지방비 분담): rule sets edition by edition, explained for anybody and tried out on everybody.

use crate::region::{each, import_list};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, TestApp, audit::Trail, both};

/// Published for 2026: sido (three of them in both scopes) and the municipalities of the small list.
const ROWS: &str = "\
fiscal_year,code_at_reference_date,codes_on_2026_09_17,name_ko,scope,aggregation,fiscal_independence_ratio_pct,fiscal_autonomy_ratio_pct,own_revenue_krw_thousand,own_plus_autonomous_revenue_krw_thousand,general_account_budget_krw_thousand
2026,29,12,광주광역시,sido_headquarters,gross,33.89,53.51,2075080955,3276215607,6122668771
2026,46,12,전라남도,sido_headquarters,gross,23.36,37.10,2402781440,3816734232,10287413034
2026,36,36,세종특별자치시,sido_headquarters,gross,51.56,59.87,876317228,1017633228,1699718544
2026,41,41,경기도,sido_total,net,54.39,62.13,30516679818,34855444230,56102880145
2026,41,41,경기도,sido_headquarters,gross,44.40,44.42,14907281114,14914130104,33573234129
2026,11140,11140,중구,municipality,gross,54.15,59.69,302208372,333144948,558128554
2026,28110,28125;28155,중구,municipality,gross,36.24,42.74,219233640,258586540,605009652
2026,28140,28125,동구,municipality,gross,12.49,36.89,46751484,138084484,374279972
";
const IMPORT: &str = "/v1/reference-imports/fiscal_indicators?source=lofin365&basis=original&series=after_reform";
const LIST: &str = "/v1/cost-share-rules";

fn rules() -> Value {
    json!({
        "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026, "indicator_basis": "original",
        "sido_scope": "headquarters", "flat_rates": { "central": "100" },
        "bands": [{ "from": "0", "to": "30", "rate": "90" }, { "from": "30", "to": "40", "rate": "80" },
            { "from": "40", "to": "100", "rate": "70" }],
        "band_limits": "upper_inclusive", "adjustments": [{ "group": "depopulation_watch_area", "points": "2.5" }],
        "floor_rate": "50", "ceiling_rate": "95", "national_cap": null, "sido_share_of_local": "30",
        "sido_without_municipality": ["36", "50"], "unit": 1000
    })
}
fn new(key: &str, with: &Value) -> Value {
    let mut new = json!({ "key": key, "name": { "ko": "예시 규칙" }, "standing": "illustration", "source": "시험용으로 지어냄",
        "rules": rules(), "reason": "시험" });
    new.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    new
}
async fn entered(app: &TestApp, key: &str) -> Answer {
    app.post(&app.coordinator().await, LIST, new(key, &json!({}))).await.expect(201)
}
async fn filled(app: &TestApp) {
    import_list(app).await;
    app.post_file(&app.coordinator().await, IMPORT, "text/csv", ROWS).await.expect(200);
    entered(app, "r").await;
}

both! {
    /// Nothing comes built in. Coordinators enter rule sets, everybody reads them, and what is no fact says so.
    async fn a_rule_set_is_entered_and_found(app: TestApp) {
        let (coordinator, planner) = (app.coordinator().await, app.planner("mois").await);
        let administrator = app.persona(Role::Administrator, "mois").await;
        assert_eq!(each(&app.get(&planner, LIST).await.expect(200), "/key"), [""; 0]);
        for who in [&planner, &administrator] {
            app.post(who, LIST, new("a", &json!({}))).await.expect(403);
        }
        let made = app.post(&coordinator, LIST, new("a", &json!({}))).await.expect(201);
        assert_eq!(made.headers.get("location").unwrap(), "/v1/cost-share-rules/a");
        app.post(&coordinator, LIST, new("a", &json!({}))).await.expect(409);
        let announced = json!({ "standing": "published", "source": "공고 제1호", "effective_from": "2026-01-01", "effective_to": "2026-12-31" });
        app.post(&coordinator, LIST, new("b", &announced)).await.expect(201);
        app.post(&coordinator, LIST, new("c", &json!({ "standing": "draft_proposal", "effective_from": "2027-01-01" }))).await.expect(201);
        let keys = async |query: &str| each(&app.get(&administrator, &format!("{LIST}?{query}")).await.expect(200), "/key");
        assert_eq!(keys("").await, ["a", "b", "c"]);
        assert_eq!(keys("standing=published").await, ["b"]);
        assert_eq!(keys("standing=illustration,draft_proposal").await, ["a", "c"]);
        assert_eq!(keys("as_of=2026-12-31").await, ["a", "b"]);
        assert_eq!(keys("as_of=2027-01-01").await, ["a", "c"]);
        let first = app.get(&planner, &format!("{LIST}?page_size=2")).await.expect(200);
        let next = format!("{LIST}?page_size=2&page_token={}", first.json["next_page_token"].as_str().unwrap());
        assert_eq!(each(&app.get(&planner, &next).await.expect(200), "/key"), ["c"]);
        let items = app.get(&planner, LIST).await.expect(200).json;
        assert!(items["items"][0]["notice"]["ko"].as_str().unwrap().contains("예시이며 사실이 아닙니다"));
        assert!(items["items"][1].get("notice").is_none() && items["items"][2]["notice"].is_object());
        let read = app.get(&planner, "/v1/cost-share-rules/a").await.expect(200);
        assert_eq!(read.json["cost_share_rules"]["editions"][0]["rules"], rules());
        assert!(read.json["notice"]["en"].as_str().unwrap().contains("not a fact"));
        app.get(&planner, "/v1/cost-share-rules/z").await.expect(404);
    }

    /// Every rule that is broken is told at once, with its place; nothing is kept.
    async fn every_fault_is_told_at_once(app: TestApp) {
        let coordinator = app.coordinator().await;
        let mut wrong = rules();
        wrong["bands"][1]["from"] = json!("31");
        wrong["bands"][2]["rate"] = json!("100.5");
        wrong["floor_rate"] = json!("96");
        wrong["flat_rates"] = json!({});
        wrong["unit"] = json!(0);
        wrong["indicator_basis"] = json!(null);
        wrong["adjustments"] = json!([{ "group": "a", "points": "1" }, { "group": "a", "points": "101" }]);
        wrong["sido_without_municipality"] = json!(["36", "36"]);
        let with = json!({ "rules": wrong, "effective_from": "2026-02-01", "effective_to": "2026-01-31" });
        let refused = app.post(&coordinator, LIST, new("a", &with)).await.expect(422);
        assert_eq!(
            refused.faults(),
            [
                "/effective_to wrong_order",
                "/rules/adjustments/1/points out_of_range",
                "/rules/bands/2/rate out_of_range",
                "/rules/flat_rates/central level_without_rate",
                "/rules/floor_rate wrong_order",
                "/rules/indicator_basis required",
                "/rules/sido_without_municipality/1 duplicate",
                "/rules/unit out_of_range",
            ]
        );
        let mut gap = rules();
        gap["bands"][1]["from"] = json!("31");
        let refused = app.post(&coordinator, LIST, new("a", &json!({ "rules": gap }))).await.expect(422);
        assert_eq!(refused.faults(), ["/rules/bands/1 bands_do_not_tile"]);
        for (member, value, wanted) in [
            ("flat_rates", json!({ "gu": "1" }), "/rules/flat_rates/gu unknown_field"),
            ("bands", json!([{ "from": "0", "to": "100", "rate": 90 }]), "/rules/bands/0/rate wrong_type"),
            ("code", json!("x"), "/rules/code unknown_field"),
            ("indicator_fiscal_year", json!(1999), "/rules/indicator_fiscal_year out_of_range"),
        ] {
            let mut wrong = rules();
            wrong[member] = value;
            let refused = app.post(&coordinator, LIST, new("a", &json!({ "rules": wrong }))).await.expect(422);
            assert_eq!(refused.faults(), [wanted]);
        }
        app.get(&coordinator, "/v1/cost-share-rules/a").await.expect(404);
    }

    /// What was decided is not edited: a change is an edition more, with its reason, upon the version that is there.
    async fn editions_are_added_and_never_edited(app: TestApp) {
        let (coordinator, planner) = (app.coordinator().await, app.planner("mois").await);
        let made = entered(&app, "r").await;
        let at = "/v1/cost-share-rules/r/editions";
        let mut capped = rules();
        capped["national_cap"] = json!(500_000_000);
        let next = |rules: &Value| json!({ "rules": rules, "reason": "변경 공고 제2호" });
        app.post(&coordinator, at, next(&capped)).await.expect(428);
        app.post_to(&planner, at, &made.tag(), next(&capped)).await.expect(403);
        let same = app.post_to(&coordinator, at, &made.tag(), next(&rules())).await.expect(422);
        assert_eq!(same.faults(), ["/rules changes_nothing"]);
        let mut wrong = capped.clone();
        wrong["unit"] = json!(-1);
        let wrong = app.post_to(&coordinator, at, &made.tag(), next(&wrong)).await.expect(422);
        assert_eq!(wrong.faults(), ["/rules/unit out_of_range"]);
        let second = app.post_to(&coordinator, at, &made.tag(), next(&capped)).await.expect(200);
        app.post_to(&coordinator, at, &made.tag(), next(&rules())).await.expect(412);
        let editions = &second.json["cost_share_rules"]["editions"];
        assert_eq!((&editions[0]["rules"], &editions[1]["rules"]), (&rules(), &capped));
        assert_eq!((&editions[1]["number"], &editions[1]["reason"]), (&2.into(), &"변경 공고 제2호".into()));
        assert_eq!(editions[1]["made"]["by"], json!(coordinator.id));
        let rest = async |edition: &str| {
            let path = format!("/v1/cost-share-rules/r/explain?body=mois&total_cost_krw=1000000000{edition}");
            app.get(&planner, &path).await.expect(200).json["shares"]["own_krw"].clone()
        };
        assert_eq!((rest("").await, rest("&edition=1").await, rest("&edition=2").await), (500_000_000.into(), 0.into(), 500_000_000.into()));
        let restated = json!({ "standing": "published", "source": "공고 제3호", "effective_from": "2026-03-01" });
        app.patch(&planner, "/v1/cost-share-rules/r", &second.tag(), restated.clone()).await.expect(403);
        let backwards = json!({ "effective_from": "2026-03-01", "effective_to": "2026-02-28" });
        let refused = app.patch(&coordinator, "/v1/cost-share-rules/r", &second.tag(), backwards).await.expect(422);
        assert_eq!(refused.faults(), ["/effective_to wrong_order"]);
        let refused = app.patch(&coordinator, "/v1/cost-share-rules/r", &second.tag(), json!({ "editions": [] })).await.expect(422);
        assert_eq!(refused.faults(), ["/editions unknown_field"]);
        let restated = app.patch(&coordinator, "/v1/cost-share-rules/r", &second.tag(), restated).await.expect(200);
        assert!(restated.json.get("notice").is_none());
        assert_eq!(&restated.json["cost_share_rules"]["editions"], editions);
        let cleared = app.patch(&coordinator, "/v1/cost-share-rules/r", &restated.tag(), json!({ "effective_from": null })).await.expect(200);
        assert_eq!(cleared.json["cost_share_rules"]["effective_from"], Value::Null);
        let history = app.get(&planner, "/v1/cost-share-rules/r/history").await.expect(200);
        assert_eq!(each(&history, "/action"), ["cost_share.change", "cost_share.change", "cost_share.add_edition", "cost_share.create"]);
        assert_eq!((&history.json["items"][2]["reason"], &history.json["items"][3]["reason"]), (&"변경 공고 제2호".into(), &"시험".into()));
    }

    /// Two editions at once: one wins, the other is told that it came late.
    async fn of_two_editions_at_once_one_wins(app: TestApp) {
        let coordinator = app.coordinator().await;
        let tag = entered(&app, "r").await.tag();
        let add = async |unit: i64| {
            let mut rules = rules();
            rules["unit"] = json!(unit);
            let body = json!({ "rules": rules, "reason": "동시" });
            app.post_to(&coordinator, "/v1/cost-share-rules/r/editions", &tag, body).await.status.as_u16()
        };
        let mut statuses = futures_util::future::join_all((1..=8).map(add)).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412, 412, 412, 412, 412]);
    }

    /// A share is explained with every input, its source and its year; a body and its code say the same.
    async fn a_share_is_explained(app: TestApp) {
        filled(&app).await;
        let reader = app.persona(Role::Applicant, "sigungu-11140").await;
        let at = "/v1/cost-share-rules/r/explain?total_cost_krw=1234567000";
        let found = app.get(&reader, &format!("{at}&body=sigungu-11140")).await.expect(200).json;
        assert_eq!(
            found["shares"],
            json!({ "nominal_rate": "70.00", "rate": "70.00", "effective_rate": "70.00", "total_cost_krw": 1_234_567_000,
                "national_krw": 864_196_000, "sido_krw": 111_111_000, "municipality_krw": 259_260_000, "own_krw": 0 })
        );
        let used = &found["indicator"];
        assert_eq!((&used["value"], &used["source"], &used["asked"]["fiscal_year"]), (&"54.15".into(), &"lofin365".into(), &2026.into()));
        assert_eq!((&used["numerator_krw"], &used["denominator_krw"]), (&302_208_372_000_i64.into(), &558_128_554_000_i64.into()));
        assert_eq!(found["band"], json!({ "from": "40", "to": "100", "rate": "70" }));
        assert_eq!((&found["rule_set"]["edition"], &found["rule_set"]["standing"]), (&1.into(), &"illustration".into()));
        assert!(found["rule_set"]["notice"]["ko"].is_string());
        let kinds: Vec<&str> = found["steps"].as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["indicator", "nominal_rate", "limits", "by_rate", "local", "sido", "municipality", "sum", "effective_rate"]);
        assert!(found["steps"].as_array().unwrap().iter().all(|step| step["words"]["ko"].is_string() && step["words"]["en"].is_string()));
        let coded = app.get(&reader, &format!("{at}&level=municipality&code=11140")).await.expect(200).json;
        assert_eq!(coded, found);
        let cut = app.get(&reader, &format!("{at}&body=sigungu-11140&requested_national_krw=100000000&groups=depopulation_watch_area")).await.expect(200).json;
        assert_eq!((&cut["shares"]["rate"], &cut["shares"]["national_krw"]), (&"72.50".into(), &100_000_000.into()));
        assert_eq!(cut["applicant"]["groups"][0], json!({ "group": "depopulation_watch_area", "origin": "given", "points": "2.5" }));
        let sido = app.get(&reader, &format!("{at}&level=sido&code=41")).await.expect(200).json;
        assert_eq!((&sido["indicator"]["value"], &sido["shares"]["municipality_krw"]), (&"44.40".into(), &0.into()));
        let central = app.get(&reader, &format!("{at}&body=mois")).await.expect(200).json;
        assert_eq!((&central["shares"]["national_krw"], central.get("indicator")), (&1_234_567_000.into(), None));
    }

    /// A missing ratio is no zero: the refusal names what is published of the predecessors and takes none of it.
    async fn a_missing_ratio_is_refused(app: TestApp) {
        filled(&app).await;
        let reader = app.planner("mois").await;
        let ask = async |query: &str| app.get(&reader, &format!("/v1/cost-share-rules/r/explain?total_cost_krw=5&{query}")).await;
        let merged = ask("level=sido&code=12").await.expect(422);
        assert_eq!(merged.json["code"], "indicator_missing");
        assert_eq!(merged.faults(), ["?code indicator_missing", "?code predecessor_indicator", "?code predecessor_indicator"]);
        let told = merged.json["errors"].to_string();
        assert!(told.contains("광주광역시(29)의 값은 33.89%") && told.contains("전라남도(46)의 값은 23.36%"), "{told}");
        let divided = ask("body=sigungu-28155").await.expect(422);
        assert_eq!(divided.faults(), ["?body indicator_missing", "?body predecessor_indicator"]);
        assert_eq!(ask("level=municipality&code=26110").await.expect(422).faults(), ["?code indicator_missing"]);
        // While it was in force, the region had its own.
        ask("level=municipality&code=28110&on=2026-06-30").await.expect(200);
        for (query, faults) in [
            ("", vec!["?body required"]),
            ("level=sido", vec!["?code required"]),
            ("code=12", vec!["?level required"]),
            ("body=mois&level=sido&code=12&edition=9", vec!["?body duplicate", "?edition not_known"]),
            ("body=nobody", vec!["?body not_known"]),
            ("body=nia", vec!["?body no_applicant_level"]),
            ("body=moef_old", vec!["?body body_closed"]),
            ("level=municipality&code=28110", vec!["?code not_known"]),
            ("level=municipality&code=41", vec!["?code wrong_form"]),
            ("level=sido&code=99", vec!["?code not_known"]),
            ("level=municipality&code=50110", vec!["?code no_applicant_level"]),
            ("body=mois&total=5", vec!["?total unknown_field"]),
            ("body=mois&requested_national_krw=-1", vec!["?requested_national_krw out_of_range"]),
        ] {
            assert_eq!(ask(query).await.expect(422).faults(), faults, "{query}");
        }
        let nothing = app.get(&reader, "/v1/cost-share-rules/r/explain?body=mois&total_cost_krw=0").await.expect(422);
        assert_eq!(nothing.faults(), ["?total_cost_krw out_of_range"]);
    }

    /// The table of everybody agrees with each explanation, counts the rates and says how far an envelope goes.
    async fn everybody_in_one_table(app: TestApp) {
        filled(&app).await;
        let reader = app.planner("mois").await;
        let at = "/v1/cost-share-rules/r/what-if?total_cost_krw=1234567000";
        let table = app.get(&reader, &format!("{at}&envelope_krw=18000000000&on=2026-09-01")).await.expect(200).json;
        let rows = table["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 16 + 4);
        let mut reckoned = 0;
        for row in rows {
            let (level, code) = (row["level"].as_str().unwrap(), row["code"].as_str().unwrap());
            let path = format!("/v1/cost-share-rules/r/explain?total_cost_krw=1234567000&on=2026-09-01&level={level}&code={code}");
            let one = app.get(&reader, &path).await;
            if row["status"] == "reckoned" {
                reckoned += 1;
                assert_eq!(one.expect(200).json["shares"], row["shares"], "{code}");
            } else {
                assert_eq!(one.expect(422).json["code"], "indicator_missing", "{code}");
            }
        }
        assert_eq!((reckoned, &table["without_indicator"]), (3, &17.into()));
        let row = |code: &str| rows.iter().find(|row| row["code"] == code).unwrap();
        assert_eq!(row("28125")["predecessors"].as_array().unwrap().len(), 2);
        assert_eq!((&row("28125")["name_ko"], &row("28125")["sido_name_ko"]), (&"제물포구".into(), &"인천광역시".into()));
        assert_eq!(row("26110")["groups"], json!(["depopulation_watch_area"]));
        let spread = json!([{ "rate": "70.00", "sido": 2, "municipalities": 1, "national_krw": 864_196_000, "projects": 20 }]);
        assert_eq!(table["spread"], spread);
        assert!(table["rule_set"]["notice"]["en"].as_str().unwrap().contains("illustration"));
        let before = app.get(&reader, &format!("{at}&on=2026-06-30")).await.expect(200).json;
        assert_eq!(before["spread"][0]["rate"], "92.50");
        let wrong = app.get(&reader, &format!("{at}&edition=2")).await.expect(422);
        assert_eq!(wrong.faults(), ["?edition not_known"]);
    }

    /// The same as a file, whose name and rows say that the rules are no fact; each export is recorded.
    async fn the_table_as_a_file(app: TestApp) {
        filled(&app).await;
        let reader = app.persona(Role::Viewer, "nia").await;
        let trail = Trail::of(&app).await;
        let before = trail.last().await;
        let at = "/v1/cost-share-rules/r/what-if/export?total_cost_krw=1000000&on=2026-09-01&purpose=%EA%B2%80%ED%86%A0";
        let csv = app.get(&reader, &format!("{at}&format=csv&header=keys")).await.expect(200);
        let named = |file: &Answer| file.headers.get("content-disposition").unwrap().to_str().unwrap().to_owned();
        assert!(named(&csv).contains("illustration"), "{}", named(&csv));
        let text = String::from_utf8(csv.bytes.to_vec()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 21);
        assert!(lines[0].starts_with("rule_set,edition,standing,code,sido_name_ko,name_ko,level,groups,status,indicator_value"));
        assert!(lines[1..].iter().all(|line| line.starts_with("r,1,예시,")));
        let jung = lines.iter().find(|line| line.contains(",11140,")).unwrap();
        assert_eq!(*jung, "r,1,예시,11140,서울특별시,중구,municipality,,reckoned,54.15,2,70.00,70.00,70.00,1000000,700000,90000,210000,");
        let new = lines.iter().find(|line| line.contains(",28155,")).unwrap();
        assert_eq!(*new, "r,1,예시,28155,인천광역시,영종구,municipality,,indicator_missing,,,,,,,,,,중구(28110) 36.24%");
        let book = app.get(&reader, &format!("{at}&format=xlsx")).await.expect(200);
        assert!(book.bytes.starts_with(b"PK"));
        assert!(named(&book).contains("%EC%98%88%EC%8B%9C"), "{}", named(&book));
        assert_eq!(trail.since(before).await, ["cost_share.export read", "cost_share.export read"]);
    }
}
