//! Imports of reference files (기준자료 가져오기): all or nothing, every bad row told, who brought what.

use crate::{
    fiscal::{PATH, ROWS},
    region::{LIST, each, import_list},
};
use domain::{access::Role, import::Kind, problem::Code};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use tests::{Persona, TestApp, both};

const MUNICIPALITIES: &str = "/v1/reference-imports/municipalities?source=test";

async fn rows(app: &TestApp, reader: &Persona, path: &str) -> usize {
    each(&app.get(reader, path).await.expect(200), "").len()
}

/// The audit entries of imports: actor and changes, oldest first.
async fn entries(app: &TestApp) -> Vec<(String, Value)> {
    let url = match (&app.database, &app.directory) {
        (Some(database), _) => database.url(),
        (None, Some(directory)) => {
            let file = std::fs::read_dir(directory.path()).unwrap().map(|f| f.unwrap().path());
            let file = file.into_iter().find(|p| p.extension().is_some_and(|e| e == "db")).unwrap();
            format!("sqlite:{}", file.display())
        }
        (None, None) => panic!("a database"),
    };
    let db = store::raw(&url).await.unwrap();
    let query = "SELECT actor_name, changes FROM audit_entry WHERE subject_kind = 'reference_import' ORDER BY seq";
    let found = db.query_all_raw(Statement::from_string(db.get_database_backend(), query)).await.unwrap();
    let entries = found.iter().map(|row| {
        let changes: String = row.try_get("", "changes").unwrap();
        (row.try_get("", "actor_name").unwrap(), serde_json::from_str(&changes).unwrap())
    });
    let entries = entries.collect();
    db.close().await.unwrap();
    entries
}

both! {
    /// Municipalities bring their governments; the same file again changes nothing.
    async fn municipalities_bring_their_governments(app: TestApp) {
        let coordinator = app.coordinator().await;
        let first = app.post_file(&coordinator, MUNICIPALITIES, "text/csv", LIST).await.expect(200).json;
        assert_eq!((&first["rows_read"], &first["rows_new"], &first["bodies_new"]), (&7.into(), &7.into(), &6.into()));
        assert_eq!((&first["outcome"], &first["source"]), (&"stored".into(), &"test".into()));
        let body = app.get(&coordinator, "/v1/bodies/sigungu-28110").await.expect(200);
        assert_eq!((&body.json["valid_to"], &body.json["region"]), (&"2026-06-30".into(), &"28110".into()));
        assert_eq!(body.json["successors"], serde_json::json!(["sigungu-28125", "sigungu-28155"]));
        app.get(&coordinator, "/v1/bodies/sigungu-50110").await.expect(404);
        let again = app.post_file(&coordinator, MUNICIPALITIES, "text/csv", LIST).await.expect(200).json;
        assert_eq!((&again["rows_unchanged"], &again["rows_new"], &again["bodies_new"]), (&7.into(), &0.into(), &0.into()));
        assert_eq!(again["file_sha256"], first["file_sha256"]);
        assert_ne!(again["id"], first["id"]);
    }

    /// A row that says something else replaces the row before, and the body follows without losing what people wrote.
    async fn a_changed_row_replaces_the_one_before(app: TestApp) {
        let coordinator = app.coordinator().await;
        app.post_file(&coordinator, MUNICIPALITIES, "text/csv", LIST).await.expect(200);
        let tag = app.get(&coordinator, "/v1/bodies/sigungu-26110").await.expect(200).tag();
        let note = serde_json::json!({ "note": "직접 확인" });
        app.patch(&coordinator, "/v1/bodies/sigungu-26110", &tag, note).await.expect(200);
        let closing = LIST.replace(",3250000,,,,,depop", ",3250000,,2026-12-31,,28155,depop").replace("Dong-gu", "Donggu");
        let report = app.post_file(&coordinator, MUNICIPALITIES, "text/csv", closing).await.expect(200).json;
        assert_eq!((&report["rows_changed"], &report["rows_unchanged"], &report["bodies_changed"]), (&2.into(), &5.into(), &1.into()));
        let body = app.get(&coordinator, "/v1/bodies/sigungu-26110").await.expect(200).json;
        assert_eq!((&body["valid_to"], &body["facts"]["note"], &body["version"]), (&"2026-12-31".into(), &"직접 확인".into(), &3.into()));
        let region = app.get(&coordinator, "/v1/regions/28140").await.expect(200).json;
        assert_eq!(region["romanised"], "Donggu");
    }

    /// UTF-8 with and without byte order mark, and CP949, say the same; other bytes are refused.
    async fn three_encodings_are_read(app: TestApp) {
        let coordinator = app.coordinator().await;
        let (cp949, _, _) = encoding_rs::EUC_KR.encode(LIST);
        let with_mark = [b"\xef\xbb\xbf", LIST.as_bytes()].concat();
        let first = app.post_file(&coordinator, MUNICIPALITIES, "text/csv; charset=euc-kr", cp949.into_owned()).await.expect(200);
        assert_eq!(first.json["rows_new"], 7);
        let second = app.post_file(&coordinator, MUNICIPALITIES, "Text/CSV", with_mark).await.expect(200);
        assert_eq!((&second.json["rows_unchanged"], second.json["file_sha256"] == first.json["file_sha256"]), (&7.into(), false));
        let utf16 = b"\xff\xfec\x00o\x00".to_vec();
        let refused = app.post_file(&coordinator, MUNICIPALITIES, "text/csv", utf16).await.expect(422);
        assert_eq!(refused.json["code"], "wrong_encoding");
    }

    /// One bad row refuses the whole file, and every bad row is told.
    async fn all_rows_or_none(app: TestApp) {
        import_list(&app).await;
        let coordinator = app.coordinator().await;
        let wrong = ROWS.replace("75.44,75.70", "75.45,75.70").replace(",36.24,", ",,");
        let refused = app.post_file(&coordinator, PATH, "text/csv", wrong).await.expect(422);
        assert_eq!(refused.json["code"], "import_refused");
        assert_eq!(refused.faults(), ["/rows/4/fiscal_independence_ratio_pct ratio_mismatch", "/rows/5/fiscal_independence_ratio_pct required"]);
        assert_eq!(rows(&app, &coordinator, "/v1/fiscal-indicators").await, 0);
        let silent = "/v1/reference-imports/fiscal_indicators?source=lofin365";
        let refused = app.post_file(&coordinator, silent, "text/csv", ROWS).await.expect(422);
        assert_eq!(refused.faults().len(), 8);
        assert!(refused.faults().contains(&"/rows/2/basis import_choice_missing".to_owned()));
        let headless = app.post_file(&coordinator, PATH, "text/csv", "fiscal_year,code\n2025,11\n").await.expect(422);
        assert!(headless.faults().contains(&"/rows/1/code unknown_column".to_owned()));
        let many = format!("{}{}", ROWS, "2025\n".repeat(1500));
        let refused = app.post_file(&coordinator, PATH, "text/csv", many).await.expect(422);
        assert_eq!(refused.faults().len(), 1000);
        assert!(refused.json["detail"].as_str().unwrap().contains("1500건"), "{}", refused.json["detail"]);
    }

    /// A dry run counts what would happen and leaves nothing, not even an entry in the trail.
    async fn a_dry_run_leaves_nothing(app: TestApp) {
        let coordinator = app.coordinator().await;
        let path = format!("{MUNICIPALITIES}&dry_run=true");
        let report = app.post_file(&coordinator, &path, "text/csv", LIST).await.expect(200).json;
        assert_eq!((&report["outcome"], &report["rows_new"], &report["bodies_new"], &report["id"]), (&"dry_run".into(), &7.into(), &6.into(), &Value::Null));
        assert_eq!(rows(&app, &coordinator, "/v1/regions?tier=municipality").await, 0);
        app.get(&coordinator, "/v1/bodies/sigungu-26110").await.expect(404);
        assert_eq!(entries(&app).await, []);
        let wrong = app.post_file(&coordinator, &path, "text/csv", LIST.replace("28110,28", "28110,27")).await.expect(422);
        assert_eq!(wrong.faults(), ["/rows/4/sido_code not_in_list"]);
    }

    /// Each import is one entry: who, which file, from where, how many rows, and what was replaced.
    async fn an_import_is_one_entry(app: TestApp) {
        let coordinator = app.coordinator().await;
        app.post_file(&coordinator, MUNICIPALITIES, "text/csv", LIST).await.expect(200);
        let report = app.post_file(&coordinator, MUNICIPALITIES, "text/csv", LIST.replace("Dong-gu", "Donggu")).await.expect(200).json;
        let entries = entries(&app).await;
        assert_eq!(entries.len(), 2);
        assert!(entries[1].0.starts_with("coordinator"));
        let changes = entries[1].1.as_array().unwrap();
        let kinds: Vec<&str> = changes.iter().map(|c| c["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["reference_import", "region"]);
        let noted = &changes[0]["fields"][0]["after"];
        assert_eq!((&noted["file_sha256"], &noted["source"], &noted["rows_changed"]), (&report["file_sha256"], &"test".into(), &1.into()));
        assert_eq!((&changes[1]["fields"][0]["pointer"], &changes[1]["fields"][0]["before"]), (&"/romanised".into(), &"Dong-gu".into()));
    }

    /// Only coordinators and administrators import; the transport's own rules hold for files too.
    async fn who_imports_and_how(app: TestApp) {
        for who in [app.planner("mois").await, app.persona(Role::Auditor, "bai").await] {
            app.post_file(&who, MUNICIPALITIES, "text/csv", LIST).await.expect(403);
            app.post_file(&who, MUNICIPALITIES, "text/csv", "code\n").await.expect(403);
            app.post_file(&who, &format!("{MUNICIPALITIES}&dry_run=true"), "text/csv", LIST).await.expect(403);
        }
        let administrator = app.persona(Role::Administrator, "mois").await;
        app.post_file(&administrator, MUNICIPALITIES, "text/csv", LIST).await.expect(200);
        let coordinator = app.coordinator().await;
        app.post_file(&coordinator, MUNICIPALITIES, "application/json", LIST).await.expect(415);
        app.post_file(&coordinator, "/v1/reference-imports/bodies?source=test", "text/csv", LIST).await.expect(404);
        let wrong = app.post_file(&coordinator, "/v1/reference-imports/municipalities?basis=half", "text/csv", LIST).await.expect(422);
        assert_eq!(wrong.faults(), ["?basis not_in_list", "?source required"]);
        let large = app.post_file(&coordinator, MUNICIPALITIES, "text/csv", vec![b'a'; (5 << 20) + 1]).await.expect(413);
        assert!(large.json["detail"].as_str().unwrap().contains("5 MiB"));
    }

    /// The command line does the same in the operator's name.
    async fn the_command_line_imports(app: TestApp) {
        let choices = |mode| api::import::Choices { mode, source: "시험".parse().unwrap(), basis: None, series: None };
        let dry = api::import::import(&app.app, Kind::Municipalities, LIST.as_bytes(), choices(api::import::Mode::DryRun)).await.unwrap();
        assert_eq!((dry.id, dry.rows_new), (None, 7));
        let done = api::import::import(&app.app, Kind::Municipalities, LIST.as_bytes(), choices(api::import::Mode::Store)).await.unwrap();
        assert_eq!((done.id.is_some(), done.rows_new, done.bodies_new), (true, 7, 6));
        assert_eq!(entries(&app).await[0].0, "operator");
        let refused = api::import::import(&app.app, Kind::FiscalIndicators, ROWS.as_bytes(), choices(api::import::Mode::Store)).await.unwrap_err();
        let code: &Code = refused.code;
        assert_eq!((code.name, refused.faults.len()), ("import_refused", 8));
    }

    /// A second start finds everything there and writes nothing.
    async fn a_second_start_writes_nothing(app: TestApp) {
        let before = app.app.store.write_counts();
        api::prepare(&app.app).await.unwrap();
        assert_eq!(app.app.store.write_counts(), before);
    }
}
