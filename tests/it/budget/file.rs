//! Budget lines as files (가져오기·내려받기).

use super::{balances, encoded, line, open};
use actix_web::test::TestRequest;
use domain::access::Role;
use serde_json::json;
use tests::{Answer, Persona, TestApp, both};

const HEADING: &str = "소관,회계연도,회계구분,회계명,세부사업,지원형태,내역명,재원,상태,금액,기장일";

/// Sends a table.
async fn send(app: &TestApp, who: &Persona, query: &str, text: impl Into<Vec<u8>>) -> Answer {
    let request = TestRequest::post().uri(&format!("/v1/budget-line-imports?{query}")).set_payload(text.into());
    let request = request.insert_header(("authorization", format!("Bearer {}", who.token)));
    app.send(request.insert_header(("content-type", "text/csv; charset=utf-8"))).await
}

/// How many lines the reader sees.
async fn count(app: &TestApp, who: &Persona) -> i64 {
    app.get(who, "/v1/budget-lines?count=exact").await.expect(200).json["total"].as_i64().unwrap()
}

both! {
    /// The export holds what the reader may see, runs no formula, and is recorded.
    async fn an_export_is_scoped_safe_and_recorded(app: TestApp) {
        let (msit, mois) = (app.planner("msit").await, app.planner("mois").await);
        let mut new = line("msit", 2026, 1_234_567);
        new["title"] = json!("=HYPERLINK(\"http://x\")");
        open(&app, &msit, new).await;
        open(&app, &mois, line("mois", 2026, 7)).await;
        let file = app.get(&msit, "/v1/budget-lines/export?format=csv&header=keys").await.expect(200);
        let text = String::from_utf8(file.bytes.to_vec()).unwrap();
        let rows: Vec<&str> = text.trim_end().split("\r\n").collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[0].starts_with("id,body,fiscal_year,") && !rows[0].starts_with('\u{feff}'));
        assert!(rows[1].contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && rows[1].contains(",1234567,"), "{}", rows[1]);
        let marked = app.get(&msit, "/v1/budget-lines/export?format=csv&bom=true").await.expect(200);
        assert!(marked.bytes.starts_with("\u{feff}식별자,소관".as_bytes()));
        let book = app.get(&msit, "/v1/budget-lines/export?format=xlsx&fiscal_year=2026").await.expect(200);
        assert!(book.bytes.starts_with(b"PK"));
        let auditor = app.persona(Role::Auditor, "bai").await;
        let all = app.get(&auditor, "/v1/budget-lines/export?format=csv").await.expect(200);
        assert_eq!(String::from_utf8(all.bytes.to_vec()).unwrap().trim_end().split("\r\n").count(), 3);
        let administrator = app.persona(Role::Administrator, "mois").await;
        app.get(&administrator, "/v1/budget-lines/export?format=csv").await.expect(403);
        app.get(&msit, "/v1/budget-lines/export?format=pdf").await.expect(422);
    }

    /// Amounts come in any of the four units and are kept in won, exactly; a dry run keeps nothing.
    async fn a_table_is_imported_in_any_unit(app: TestApp) {
        let msit = app.planner("msit").await;
        for (unit, amount, won) in
            [("원", "1234", 1234), ("천원", "1.5", 1500), ("백만원", "12", 12_000_000), ("억원", "180.00000001", 18_000_000_001_i64)]
        {
            let table = format!("{HEADING}\nmsit,2026,일반회계,일반회계,1131-301,보조·출연,{unit},ax-2026,확정,{amount},2026-01-01\n");
            let query = format!("unit={}", encoded(unit));
            let before = count(&app, &msit).await;
            let tried = send(&app, &msit, &format!("{query}&dry_run=true"), table.clone()).await.expect(200);
            assert_eq!((&tried.json["outcome"], &tried.json["cash_krw"]), (&json!("dry_run"), &json!(won)));
            assert_eq!(count(&app, &msit).await, before);
            let kept = send(&app, &msit, &query, table).await.expect(200);
            assert_eq!((&kept.json["outcome"], &kept.json["lines"][0]["original_krw"]), (&json!("stored"), &json!(won)));
            let path = format!("/v1/budget-lines/{}", kept.json["lines"][0]["line"].as_str().unwrap());
            assert_eq!(balances(&app, &msit, &path, ["original", "available"]).await, [won, won]);
        }
        let row = format!("body,fiscal_year,account_kind,account_name,kind,title,amount,unit,booked_on\nmsit,2026,fund,정보통신진흥기금,loan,융자,2,{},2026-01-01\n", "억원");
        let (cp949, _, _) = encoding_rs::EUC_KR.encode(&row);
        let own = send(&app, &msit, "", cp949.into_owned()).await.expect(200);
        assert_eq!(own.json["cash_krw"], 200_000_000);
    }

    /// All rows or none: every fault of every row is told, those of the table and those of what it names alike.
    async fn every_bad_row_is_told_and_none_is_kept(app: TestApp) {
        let msit = app.planner("msit").await;
        let table = format!("{HEADING}\n\
            msit,2026,일반회계,일반회계,1131-301,보조·출연,좋음,ax-2026,확정,1,2026-01-01\n\
            msit,2026,국채,일반회계,,선물,나쁨,ax-2026,확정,0.0000001,2026-01-01\n\
            mois,2026,일반회계,일반회계,,융자,남의 것,,확정,1,2026-01-01\n\
            nobody,2026,일반회계,일반회계,,융자,없는 기관,,확정,1,2026-01-01\n\
            msit,2026,일반회계,일반회계,,융자,없는 재원,ax-1999,마감,1,2026-01-01\n\
            msit,2026,일반회계,일반회계,,융자,이른 기장,,확정,1,2025-11-30\n");
        let refused = send(&app, &msit, &format!("unit={}", encoded("백만원")), table).await.expect(422);
        assert_eq!(refused.json["code"], "import_refused");
        assert_eq!(refused.faults(), [
            "/rows/3/account_kind not_in_list",
            "/rows/3/amount wrong_form",
            "/rows/3/kind not_in_list",
            "/rows/4/body another_body",
            "/rows/5/body another_body",
            "/rows/6 budget_line_closed",
            "/rows/6/envelope not_known",
            "/rows/6/standing budget_line_standing",
            "/rows/7/booked_on outside_fiscal_year",
        ]);
        assert_eq!(count(&app, &msit).await, 0);
        let without = send(&app, &msit, "", format!("{HEADING}\n")).await.expect(422);
        assert_eq!(without.faults(), ["/rows/1/unit required"]);
        send(&app, &msit, "unit=dollar", HEADING).await.expect(422);
        let (other, auditor) = (app.coordinator().await, app.persona(Role::Auditor, "bai").await);
        for who in [&other, &auditor] {
            let row = format!("{HEADING}\nmsit,2026,일반회계,일반회계,,융자,융자,,확정,1,2026-01-01\n");
            send(&app, who, &format!("unit={}", encoded("원")), row).await.expect(403);
        }
    }
}
