//! The audit trail (감사 기록): one entry a write, read by auditors, and proof against whoever has the database.

use actix_web::test::TestRequest;
use domain::{
    access::Role,
    audit::{Checkpoint, Finding, Head},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TryGetable};
use serde_json::{Value, json};
use store::audit::{Against, Link, link};
use tests::{Persona, TestApp, both, on_sqlite};

/// Somebody with the database's own password.
async fn intruder(app: &TestApp) -> DatabaseConnection {
    let raw = store::raw(&app.url()).await.unwrap();
    let unguarded = if raw.get_database_backend() == DbBackend::Postgres {
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL; ALTER TABLE audit_mention DISABLE TRIGGER ALL;"
    } else {
        "DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete;
         DROP TRIGGER audit_mention_no_update; DROP TRIGGER audit_mention_no_delete;"
    };
    raw.execute_unprepared(unguarded).await.unwrap();
    raw
}
async fn tamper(app: &TestApp, sql: &str) {
    intruder(app).await.execute_unprepared(sql).await.unwrap();
}
async fn one<T: TryGetable>(raw: &DatabaseConnection, column: &str, of: &str) -> T {
    let query = Statement::from_string(raw.get_database_backend(), format!("SELECT {column} FROM audit_entry {of}"));
    raw.query_one_raw(query).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// What a verification finds: `flaw kind/id n`, or `flaw` and the number for the trail as a whole.
async fn flaws(app: &TestApp, against: Option<&Against>) -> Vec<String> {
    let progress = async |_| Ok(());
    let report = store::audit::verify(&app.app.store, app.app.clock.now(), against, progress).await.unwrap();
    assert_eq!(report.flaws, u64::try_from(report.findings.len()).unwrap());
    let told = |f: &Finding| match (f.n, f.seq) {
        (Some(n), _) => format!("{} {}/{} {n}", f.flaw, f.subject_kind, f.subject_id),
        (None, _) if !f.subject_id.is_empty() => format!("{} {}/{}", f.flaw, f.subject_kind, f.subject_id),
        (None, _) => f.flaw.to_string(),
    };
    report.findings.iter().map(told).collect()
}
/// On SQLite a number that is gone is found as well.
fn with_number(app: &TestApp, mut expected: Vec<&'static str>) -> Vec<&'static str> {
    if app.directory.is_some() {
        expected.push("number_missing");
    }
    expected
}
async fn kept(app: &TestApp) -> Against {
    let mut heads: Vec<Head> = Vec::new();
    let now = app.app.clock.now();
    let keep = |head: &Head| {
        heads.push(head.clone());
        Ok(())
    };
    let checkpoint = store::audit::checkpoint(&app.app.store, now, keep).await.unwrap();
    assert_eq!(checkpoint.chains, u64::try_from(heads.len()).unwrap());
    assert!(heads.is_sorted_by(|a, b| (&a.kind, &a.id) < (&b.kind, &b.id)));
    Against { checkpoint, heads }
}

/// A body entered, corrected four times: a chain of five.
async fn chain_of_five(app: &TestApp) -> Persona {
    let coordinator = app.coordinator().await;
    let facts =
        json!({ "name": { "ko": "AX 지원센터" }, "parent": "msit", "valid_from": "2026-03-06", "source": "시험" });
    let new = json!({ "key": "ax-centre", "kind": "public_institution", "facts": facts });
    let mut tag = app.post(&coordinator, "/v1/bodies", new).await.expect(201).tag();
    for n in 2..=5 {
        let note = json!({ "note": format!("판 {n}") });
        tag = app.patch(&coordinator, "/v1/bodies/ax-centre", &tag, note).await.expect(200).tag();
    }
    coordinator
}
const CHAIN: &str = "subject_kind = 'body' AND subject_id = 'ax-centre'";

async fn auditor(app: &TestApp) -> Persona {
    app.persona(Role::Auditor, "mois").await
}
async fn entries(app: &TestApp, who: &Persona, query: &str) -> Vec<Value> {
    let page = app.get(who, &format!("/v1/audit/entries?{query}")).await.expect(200);
    page.json["items"].as_array().unwrap().clone()
}

both! {
    /// Each write leaves one entry, with what differs; a refused attempt leaves one too, and changes nothing.
    async fn every_attempt_leaves_one_entry(app: TestApp) {
        let coordinator = chain_of_five(&app).await;
        let (planner, auditor) = (app.planner("mois").await, auditor(&app).await);
        let tag = app.get(&planner, "/v1/bodies/ax-centre").await.expect(200).tag();
        app.patch(&planner, "/v1/bodies/ax-centre", &tag, json!({ "note": "몰래" })).await.expect(403);
        app.patch(&coordinator, "/v1/bodies/ax-centre", "\"v1\"", json!({ "note": "늦음" })).await.expect(412);

        let chain = entries(&app, &auditor, "subject_kind=body&subject_id=ax-centre").await;
        let shown: Vec<String> = chain.iter().map(|e| format!("{} {} {}", e["n"], e["action"], e["outcome"])).collect();
        assert_eq!(shown, [
            r#"6 "body.change" "denied""#,
            r#"5 "body.change" "done""#,
            r#"4 "body.change" "done""#,
            r#"3 "body.change" "done""#,
            r#"2 "body.change" "done""#,
            r#"1 "body.create" "done""#,
        ]);
        assert_eq!(chain[0]["actor"]["id"], planner.id.to_string());
        assert_eq!((&chain[0]["changes"], &chain[1]["actor"]["id"]), (&json!([]), &json!(coordinator.id.to_string())));
        assert_eq!(chain[3]["changes"], json!([{ "kind": "body", "id": "ax-centre", "fields": [
            { "pointer": "/facts/note", "before": "판 2", "after": "판 3" },
            { "pointer": "/version", "before": 2, "after": 3 },
        ]}]));
        assert_eq!(chain[5]["changes"][0]["fields"][0]["after"]["facts"]["name"]["ko"], "AX 지원센터");
        assert_eq!(chain[5]["previous"], "0".repeat(64));
        for pair in chain.windows(2) {
            assert_eq!(pair[0]["previous"], pair[1]["hash"]);
        }
        assert_eq!(flaws(&app, None).await, Vec::<String>::new());
    }

    /// Only auditors read the trail, and their reading stands in it.
    async fn reading_the_trail_is_recorded(app: TestApp) {
        let (planner, auditor) = (app.planner("mois").await, auditor(&app).await);
        app.get(&planner, "/v1/audit/entries").await.expect(403);
        app.send(TestRequest::get().uri("/v1/audit/entries")).await.expect(401);
        let first = entries(&app, &auditor, "action=account.create&page_size=1").await;
        app.get(&auditor, &format!("/v1/audit/entries/{}", first[0]["seq"])).await.expect(200);
        app.get(&auditor, "/v1/audit/entries/999999").await.expect(404);
        let reads = entries(&app, &auditor, "outcome=read").await;
        let about: Vec<&Value> = reads.iter().map(|e| &e["about"]).collect();
        assert_eq!(about, [
            &json!({ "entry": first[0]["seq"] }),
            &json!({ "entries": { "action": "account.create", "page_size": 1 } }),
        ]);
        assert_eq!((&reads[0]["actor"]["id"], &reads[0]["address"]), (&json!(auditor.id.to_string()), &json!("127.0.0.1")));
        assert_eq!(flaws(&app, None).await, Vec::<String>::new());
    }

    /// The trail is filtered by whom, what, about what and when, and paged newest first.
    async fn the_trail_is_searched(app: TestApp) {
        let auditor = auditor(&app).await;
        app.pass(60);
        let coordinator = chain_of_five(&app).await;
        let all = entries(&app, &auditor, "page_size=200").await;
        assert!(all.is_sorted_by(|a, b| a["seq"].as_i64() > b["seq"].as_i64()));
        let by = entries(&app, &auditor, &format!("actor={}", coordinator.id)).await;
        assert_eq!(by.len(), 5);
        assert_eq!(entries(&app, &auditor, &format!("actor={}&action=body.change", coordinator.id)).await.len(), 4);
        assert_eq!(entries(&app, &auditor, "subject_kind=account").await.len(), 2);
        let later = entries(&app, &auditor, "from=2026-11-22T00:01:00Z&outcome=done").await;
        assert_eq!(later.len(), 6, "an account and five of the body");
        assert!(entries(&app, &auditor, "to=2026-11-22T00:00:00Z").await.is_empty());
        let unknown = app.get(&auditor, "/v1/audit/entries?subject_id=mois").await.expect(422);
        assert_eq!(unknown.faults(), ["?subject_kind required"]);

        for filter in ["", "&subject_kind=body&subject_id=ax-centre", "&from=2026-11-22T00:00:00Z&outcome=done"] {
            let whole = entries(&app, &auditor, &format!("page_size=200{filter}&to=2026-11-23T00:00:00Z&action=body.change")).await;
            let (mut seen, mut token) = (Vec::new(), String::new());
            loop {
                let path = format!("/v1/audit/entries?page_size=3{filter}&to=2026-11-23T00:00:00Z&action=body.change{token}");
                let page = app.get(&auditor, &path).await.expect(200);
                seen.extend(page.json["items"].as_array().unwrap().clone());
                let Some(next) = page.json["next_page_token"].as_str() else { break };
                token = format!("&page_token={next}");
            }
            assert_eq!(seen, whole, "{filter}");
            assert_eq!(seen.len(), 4);
        }
    }

    /// A body's history tells every change of it, also where it was made along with others.
    async fn a_body_has_a_history(app: TestApp) {
        let coordinator = chain_of_five(&app).await;
        let history = app.get(&coordinator, "/v1/bodies/ax-centre/history?page_size=2").await.expect(200);
        let items = history.json["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0]["fields"][0], json!({ "pointer": "/facts/note", "before": "판 4", "after": "판 5" }));
        let rest = format!("/v1/bodies/ax-centre/history?page_token={}", history.json["next_page_token"].as_str().unwrap());
        let rest = app.get(&coordinator, &rest).await.expect(200);
        assert_eq!(rest.json["items"].as_array().unwrap().len(), 3);
        // Built in with 83 others, in the chain of the first of them.
        let built_in = app.get(&coordinator, "/v1/bodies/nia/history").await.expect(200);
        assert_eq!(built_in.json["items"].as_array().unwrap().len(), 1);
        assert_eq!(built_in.json["items"][0]["actor"]["name"], "operator");
        assert_eq!(built_in.json["items"][0]["fields"][0]["after"]["key"], "nia");
        app.get(&coordinator, "/v1/bodies/nobody/history").await.expect(404);
    }

    /// S04. The application itself can only add.
    async fn entries_are_never_changed_or_deleted(app: TestApp) {
        chain_of_five(&app).await;
        let raw = store::raw(&app.url()).await.unwrap();
        for table in ["audit_entry", "audit_mention"] {
            for wish in [format!("UPDATE {table} SET subject_id = 'x'"), format!("DELETE FROM {table}")] {
                let told = raw.execute_unprepared(&wish).await.unwrap_err().to_string();
                assert!(told.contains("never"), "{wish}: {told}");
            }
            if raw.get_database_backend() == DbBackend::Postgres {
                assert!(raw.execute_unprepared(&format!("TRUNCATE {table}")).await.is_err());
            }
        }
    }

    /// S02. One character of one entry.
    async fn an_edit_is_found(app: TestApp) {
        chain_of_five(&app).await;
        tamper(&app, &format!("UPDATE audit_entry SET changes = replace(changes, '판 3', '판 8') WHERE {CHAIN} AND n = 3")).await;
        assert_eq!(flaws(&app, None).await, ["edited body/ax-centre 3"]);
        tamper_again(&app, &format!("UPDATE audit_entry SET address = '127.0.0.2' WHERE {CHAIN} AND n = 5")).await;
        assert_eq!(flaws(&app, None).await, ["edited body/ax-centre 3", "edited body/ax-centre 5"]);
    }

    /// S02. An edit by somebody who knows how hashes are made.
    async fn an_entry_made_anew_is_found(app: TestApp) {
        chain_of_five(&app).await;
        let before = kept(&app).await;
        let raw = intruder(&app).await;
        rewrite(&raw, 3).await;
        assert_eq!(flaws(&app, None).await, ["rewritten body/ax-centre 3"]);
        // The rest of the chain made anew as well: only a checkpoint kept elsewhere tells.
        rewrite(&raw, 4).await;
        rewrite(&raw, 5).await;
        assert_eq!(flaws(&app, None).await, Vec::<String>::new());
        assert_eq!(flaws(&app, Some(&before)).await, ["rewritten body/ax-centre 5", "checkpoint_differs"]);
        let bare = Against { heads: Vec::new(), ..before };
        assert_eq!(flaws(&app, Some(&bare)).await, ["checkpoint_differs"]);
    }

    /// S02. Taken out of the middle, from the beginning, from the end.
    async fn a_deletion_is_found(app: TestApp) {
        chain_of_five(&app).await;
        let before = kept(&app).await;
        tamper(&app, &format!("DELETE FROM audit_entry WHERE {CHAIN} AND n = 3")).await;
        assert_eq!(flaws(&app, None).await, with_number(&app, vec!["missing body/ax-centre 3"]));
        tamper_again(&app, &format!("DELETE FROM audit_entry WHERE {CHAIN} AND n = 1")).await;
        let mut two = with_number(&app, vec!["missing body/ax-centre 1", "missing body/ax-centre 3"]);
        two.extend(app.directory.is_some().then_some("number_missing"));
        assert_eq!(flaws(&app, None).await, two);
        assert!(flaws(&app, Some(&before)).await.contains(&"checkpoint_differs".to_owned()));
    }

    /// S02. A chain cut short is found by the thing it was about, and by a checkpoint.
    async fn a_truncation_is_found(app: TestApp) {
        chain_of_five(&app).await;
        let before = kept(&app).await;
        assert_eq!(flaws(&app, Some(&before)).await, Vec::<String>::new());
        tamper(&app, &format!("DELETE FROM audit_entry WHERE {CHAIN} AND n > 4")).await;
        assert_eq!(flaws(&app, None).await, with_number(&app, vec!["unrecorded body/ax-centre"]));
        let mut told = with_number(&app, vec!["unrecorded body/ax-centre"]);
        told.extend(["cut_short body/ax-centre 5", "checkpoint_differs"]);
        assert_eq!(flaws(&app, Some(&before)).await, told);
        tamper_again(&app, &format!("DELETE FROM audit_entry WHERE {CHAIN}")).await;
        let told = flaws(&app, Some(&before)).await;
        assert!(told.contains(&"removed body/ax-centre 5".to_owned()), "{told:?}");
    }

    /// S02. Two entries change places.
    async fn a_swap_is_found(app: TestApp) {
        chain_of_five(&app).await;
        tamper(&app, &format!(
            "UPDATE audit_entry SET n = 99 WHERE {CHAIN} AND n = 3; UPDATE audit_entry SET n = 3 WHERE {CHAIN} AND n = 4;
             UPDATE audit_entry SET n = 4 WHERE {CHAIN} AND n = 99"
        )).await;
        assert_eq!(flaws(&app, None).await, ["moved body/ax-centre 3", "moved body/ax-centre 4"]);
    }

    /// S02. Another chain's entries, things changed behind the trail's back, and mentions.
    async fn what_the_trail_tells_must_be_so(app: TestApp) {
        chain_of_five(&app).await;
        let raw = intruder(&app).await;
        raw.execute_unprepared("UPDATE body SET version = 2 WHERE key = 'ax-centre'").await.unwrap();
        assert_eq!(flaws(&app, None).await, ["unknown_subject body/ax-centre"]);
        raw.execute_unprepared("UPDATE body SET version = 7 WHERE key = 'nia'").await.unwrap();
        raw.execute_unprepared("DELETE FROM body WHERE key = 'ax-centre'").await.unwrap();
        assert_eq!(flaws(&app, None).await, ["unknown_subject body/ax-centre", "unrecorded body/nia"]);
        raw.execute_unprepared("DELETE FROM audit_mention WHERE subject_id = 'nipa'").await.unwrap();
        let told = flaws(&app, None).await;
        assert!(told.contains(&"mention_wrong built_in/bodies 1".to_owned()), "{told:?}");
    }

    /// A checkpoint covers what there was; what comes after it does not matter.
    async fn a_checkpoint_holds_while_the_trail_grows(app: TestApp) {
        let before = kept(&app).await;
        chain_of_five(&app).await;
        assert_eq!(flaws(&app, Some(&before)).await, Vec::<String>::new());
        assert_ne!(kept(&app).await.checkpoint.root, before.checkpoint.root);
    }

    /// Through the interface: begin a verification, ask until it has ended, keep its checkpoint, verify against it.
    async fn an_auditor_verifies_the_trail(app: TestApp) {
        let coordinator = chain_of_five(&app).await;
        let auditor = auditor(&app).await;
        app.post(&coordinator, "/v1/audit/verifications", json!({})).await.expect(403);
        let begun = app.post(&auditor, "/v1/audit/verifications", json!({})).await.expect(202);
        let place = begun.headers.get("location").unwrap().to_str().unwrap().to_owned();
        app.get(&coordinator, &place).await.expect(404);
        let report = ended(&app, &auditor, &place).await;
        assert_eq!(report["flaws"], 0);
        let now = app.get(&auditor, "/v1/audit/checkpoint").await.expect(200);
        let kept: Checkpoint = serde_json::from_value(now.json).unwrap();

        tamper(&app, &format!("DELETE FROM audit_entry WHERE {CHAIN} AND n = 5")).await;
        let wish = json!({ "against": kept });
        let begun = app.post(&auditor, "/v1/audit/verifications", wish).await.expect(202);
        let report = ended(&app, &auditor, begun.headers.get("location").unwrap().to_str().unwrap()).await;
        let found: Vec<&str> = report["findings"].as_array().unwrap().iter().map(|f| f["flaw"].as_str().unwrap()).collect();
        assert!(found.contains(&"unrecorded") && found.contains(&"checkpoint_differs"), "{found:?}");
    }
}

/// As [`tamper`], once the guards are gone.
async fn tamper_again(app: &TestApp, sql: &str) {
    store::raw(&app.url()).await.unwrap().execute_unprepared(sql).await.unwrap();
}

/// Changes an entry and makes its hash anew, over whatever hash the entry before has now.
async fn rewrite(raw: &DatabaseConnection, n: i64) {
    let of = format!("WHERE {CHAIN} AND n = {n}");
    let previous: Vec<u8> = one(raw, "hash", &format!("WHERE {CHAIN} AND n = {}", n - 1)).await;
    let text = async |column: &str| -> String { one(raw, column, &of).await };
    let (actor_name, action, outcome) = (text("actor_name").await, text("action").await, text("outcome").await);
    let (changes, request_id) = (text("changes").await, text("request_id").await);
    let hash = link(&Link {
        subject_kind: "body",
        subject_id: "ax-centre",
        n,
        at: one(raw, "at", &of).await,
        actor_id: one(raw, "actor_id", &of).await,
        actor_name: &actor_name,
        action: &action,
        outcome: &outcome,
        reason: None,
        changes: &changes,
        request_id: &request_id,
        address: "10.0.0.1",
        previous: &previous,
    });
    let backend = raw.get_database_backend();
    let sql = format!("UPDATE audit_entry SET address = '10.0.0.1', hash = $1, previous = $2 {of}");
    let change = Statement::from_sql_and_values(backend, sql, [hash.to_vec().into(), previous.into()]);
    raw.execute_raw(change).await.unwrap();
}

async fn ended(app: &TestApp, who: &Persona, place: &str) -> Value {
    for _ in 0..200 {
        let stage = app.get(who, place).await.expect(200).json["stage"].clone();
        match stage["state"].as_str().unwrap() {
            "succeeded" => return stage["result"].clone(),
            "running" => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            other => panic!("{other}: {stage}"),
        }
    }
    panic!("{place} does not end")
}

/// Every table with versions is held against the trail.
#[test]
fn every_version_is_held_against_the_trail() {
    on_sqlite(async |app| {
        let raw = store::raw(&app.url()).await.unwrap();
        let sql = "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND m.name <> 'seaql_migrations' AND m.name NOT LIKE '%\\_version' ESCAPE '\\' \
             AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) p WHERE p.name = 'version') ORDER BY m.name";
        let rows = raw.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
        let tables: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(tables, store::audit::kinds_with_versions().collect::<Vec<_>>());
    });
}
