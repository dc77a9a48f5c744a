//! The ledger (원장): money moves on step by step, stops where it must, and is known as of every day.

use super::{balances, book, codes, id_of, line, open, under};
use actix_web::test::TestRequest;
use domain::access::{Role, act::budget as act, scope};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{both, operator};

const STEPS: [&str; 4] = ["available", "outstanding", "expended", "lapsed"];

both! {
    /// Appropriation, commitment, expenditure; an amount counts once as it moves on.
    async fn money_moves_on_and_counts_once(app: TestApp) {
        let msit = app.planner("msit").await;
        let path = open(&app, &msit, line("msit", 2026, 1000)).await;
        assert_eq!(balances(&app, &msit, &path, STEPS).await, [1000, 0, 0, 1000]);
        let made = book(&app, &msit, &path, under("c-1", "commitment", 700, "2026-02-02")).await.expect(201);
        assert_eq!(codes(&made.json["warnings"]), ["beyond_apportionment"]);
        assert!(made.json["warnings"][0]["detail"].as_str().unwrap().contains("배정액"));
        assert_eq!(made.json["line"]["version"], 2);
        let entry = made.headers.get("location").unwrap().to_str().unwrap();
        let entry = app.get(&msit, entry).await.expect(200);
        assert_eq!((&entry.json["n"], &entry.json["kind"]), (&json!(2), &json!("commitment")));
        let spent = book(&app, &msit, &path, under("c-1", "expenditure", 400, "2026-03-02")).await.expect(201);
        assert_eq!(spent.json["warnings"], json!([]));
        assert_eq!(balances(&app, &msit, &path, STEPS).await, [300, 300, 400, 600]);
        let use_ = json!({ "kind": "recipient_use", "amount_krw": 250, "booked_on": "2026-04-01" });
        book(&app, &msit, &path, use_).await.expect(201);
        let shown = app.get(&msit, &format!("{path}/balances")).await.expect(200);
        assert_eq!((&shown.json["execution_rate"], &shown.json["real_execution_rate"]), (&json!("40.00"), &json!("25.00")));
        assert_eq!(shown.json["commitments"][0]["balance"]["outstanding_krw"], 300);
    }

    /// What the money forbids is refused with its codes, beforehand as in earnest, and nothing changes.
    async fn money_stops(app: TestApp) {
        let msit = app.planner("msit").await;
        let path = open(&app, &msit, line("msit", 2026, 1000)).await;
        book(&app, &msit, &path, under("c-1", "commitment", 700, "2026-02-02")).await.expect(201);
        for (attempt, status, code) in [
            (under("c-2", "commitment", 301, "2026-02-03"), 409, "beyond_current_budget"),
            (under("c-1", "expenditure", 701, "2026-02-03"), 409, "beyond_commitment"),
            (under("c-1", "expenditure", 1, "2026-02-01"), 409, "beyond_commitment"),
            (under("c-1", "expenditure_return", 1, "2026-02-03"), 409, "balance_below_zero"),
            (under("c-1", "expenditure", 1, "2026-11-23"), 409, "booked_ahead"),
            (under("c-2", "commitment", 1, "2025-11-30"), 409, "outside_fiscal_year"),
            (json!({ "kind": "commitment", "amount_krw": 1, "booked_on": "2026-02-03" }), 422, "invalid"),
        ] {
            let told = app.post(&msit, &format!("{path}/entries/preflight"), attempt.clone()).await.expect(200);
            assert_eq!(told.json["possible"], false);
            let refused = book(&app, &msit, &path, attempt).await.expect(status);
            assert_eq!(refused.json["code"], code);
            let of = |faults: &Value| faults.as_array().unwrap().iter().map(ToString::to_string).collect::<BTreeSet<_>>();
            assert_eq!(of(&told.json["reasons"]), of(&refused.json["errors"]), "the same faults in the same shape");
        }
        let late = under("c-1", "expenditure", 1, "2026-11-23");
        let english = TestRequest::post().uri(&format!("{path}/entries/preflight")).set_json(late);
        let english = english.insert_header(("accept-language", "en")).insert_header(("authorization", format!("Bearer {}", msit.token)));
        let told = app.send(english).await.expect(200);
        assert_eq!(told.json["reasons"][0]["detail"], "The booking date lies in the future");
        let fits = app.post(&msit, &format!("{path}/entries/preflight"), under("c-2", "commitment", 300, "2026-02-03")).await;
        assert_eq!((&fits.json["possible"], &fits.json["balances"]["available_krw"]), (&json!(true), &json!(0)));
        assert_eq!(balances(&app, &msit, &path, STEPS).await, [300, 700, 0, 1000]);
        for wrong in [json!(0), json!(-5), json!(1.5), json!(9_007_199_254_740_992_i64), json!("7")] {
            let entry = json!({ "kind": "apportionment", "amount_krw": wrong, "booked_on": "2026-02-03" });
            book(&app, &msit, &path, entry).await.expect(422);
        }
    }

    /// A draft only warns; it becomes active once its history keeps every limit, and closes once nothing is outstanding.
    async fn a_draft_warns_and_a_closed_line_is_closed(app: TestApp) {
        let msit = app.planner("msit").await;
        let mut new = line("msit", 2026, 1000);
        new["standing"] = json!("draft");
        let path = open(&app, &msit, new).await;
        let over = book(&app, &msit, &path, under("c", "commitment", 1500, "2026-02-02")).await.expect(201);
        assert_eq!(codes(&over.json["warnings"]), ["beyond_apportionment", "beyond_current_budget"]);
        let stand = async |to: &str| {
            let tag = app.get(&msit, &path).await.tag();
            app.post_to(&msit, &format!("{path}/standing"), &tag, json!({ "to": to, "reason": "의결" })).await
        };
        assert_eq!(stand("active").await.expect(409).json["code"], "beyond_current_budget");
        book(&app, &msit, &path, under("c", "decommitment", 600, "2026-02-02")).await.expect(201);
        assert_eq!(stand("active").await.expect(200).json["standing"], "active");
        assert_eq!(stand("draft").await.expect(409).json["code"], "budget_line_standing");
        assert_eq!(stand("closed").await.expect(409).json["code"], "open_commitments");
        book(&app, &msit, &path, under("c", "expenditure", 900, "2026-03-02")).await.expect(201);
        stand("closed").await.expect(200);
        let late = book(&app, &msit, &path, under("c", "commitment", 1, "2026-03-03")).await.expect(409);
        assert_eq!(late.json["code"], "budget_line_closed");
        stand("active").await.expect(200);
    }

    /// Balances as of a day go by the booking date, also after a back-dated entry; entries come in the order of recording.
    async fn balances_are_known_as_of_every_day(app: TestApp) {
        let msit = app.planner("msit").await;
        let path = open(&app, &msit, line("msit", 2026, 1000)).await;
        book(&app, &msit, &path, under("c", "commitment", 700, "2026-06-01")).await.expect(201);
        book(&app, &msit, &path, under("d", "commitment", 100, "2026-03-01")).await.expect(201);
        let committed = async |day: &str| {
            let shown = app.get(&msit, &format!("{path}/balances?as_of={day}")).await.expect(200);
            assert_eq!(shown.json["as_of"], day);
            let b = &shown.json["balances"];
            (b["current_budget_krw"].as_i64().unwrap(), b["committed_krw"].as_i64().unwrap())
        };
        assert_eq!(committed("2025-12-31").await, (0, 0));
        assert_eq!(committed("2026-01-01").await, (1000, 0));
        assert_eq!(committed("2026-05-31").await, (1000, 100));
        assert_eq!(committed("2026-06-01").await, (1000, 800));
        app.get(&msit, &format!("{path}/balances?as_of=2026-02-30")).await.expect(422);
        let (mut seen, mut next) = (Vec::new(), format!("{path}/entries?page_size=1"));
        loop {
            let page = app.get(&msit, &next).await.expect(200);
            seen.extend(page.json["items"].as_array().unwrap().iter().map(|e| e["n"].as_i64().unwrap()));
            let Some(token) = page.json["next_page_token"].as_str() else { break };
            next = format!("{path}/entries?page_size=1&page_token={token}");
        }
        assert_eq!(seen, [1, 2, 3]);
        let some = app.get(&msit, &format!("{path}/entries?kind=commitment&booked_on_gte=2026-04-01")).await.expect(200);
        assert_eq!(some.json["items"].as_array().unwrap().len(), 1);
    }

    /// An entry is taken back once, in full, by a further entry; never before its own day.
    async fn an_entry_is_taken_back_by_another(app: TestApp) {
        let msit = app.planner("msit").await;
        let path = open(&app, &msit, line("msit", 2026, 1000)).await;
        let made = book(&app, &msit, &path, under("c", "commitment", 700, "2026-02-02")).await.expect(201);
        let entry = made.headers.get("location").unwrap().to_str().unwrap().to_owned();
        let back = async |on: &str| {
            app.post(&msit, &format!("{entry}/reverse"), json!({ "booked_on": on, "reason": "금액 착오" })).await
        };
        assert_eq!(back("2026-02-01").await.expect(422).faults(), ["/amount_krw beyond_commitment", "/booked_on wrong_order"]);
        let done = back("2026-02-03").await.expect(201);
        assert_eq!(done.json["other"], json!(null));
        let reversal = &done.json["this"]["entries"][0];
        assert_eq!((&reversal["reverses"], &reversal["note"]), (&json!(id_of(&entry)), &json!("금액 착오")));
        assert_eq!(balances(&app, &msit, &path, STEPS).await, [1000, 0, 0, 1000]);
        assert_eq!(back("2026-02-03").await.expect(409).json["code"], "already_reversed");
        let gone = format!("{path}/entries/{}/reverse", app.app.chance.uuid());
        app.post(&msit, &gone, json!({ "booked_on": "2026-02-03", "reason": "없음" })).await.expect(404);
    }

    /// A retried request books once; the same key with another body is refused.
    async fn a_retry_books_once(app: TestApp) {
        let msit = app.planner("msit").await;
        let path = open(&app, &msit, line("msit", 2026, 1000)).await;
        let post = async |won: i64| {
            let request = TestRequest::post().uri(&format!("{path}/entries")).set_json(under("c", "commitment", won, "2026-02-02"));
            let token = format!("Bearer {}", msit.token);
            app.send(request.insert_header(("authorization", token)).insert_header(("idempotency-key", "k-1"))).await
        };
        let (first, again) = (post(700).await.expect(201), post(700).await.expect(201));
        assert_eq!((&first.json, first.headers.get("location")), (&again.json, again.headers.get("location")));
        assert_eq!(post(600).await.expect(422).json["code"], "idempotency_key_reused");
        assert_eq!(balances(&app, &msit, &path, ["committed"]).await, [700]);
    }

    /// The balances kept on a line, in its document and in its columns, are those of its entries alone; and the database
    /// itself refuses to change or delete what was booked.
    async fn what_is_kept_follows_from_the_entries(app: TestApp) {
        let msit = app.planner("msit").await;
        for (year, won) in [(2025, 500), (2026, 1000), (2026, 2000)] {
            let path = open(&app, &msit, line("msit", year, won)).await;
            book(&app, &msit, &path, under("c", "commitment", won / 2, &format!("{year}-02-02"))).await.expect(201);
            book(&app, &msit, &path, under("c", "expenditure", won / 4, &format!("{year}-03-02"))).await.expect(201);
            let more = json!({ "kind": "supplementary_increase", "amount_krw": 77, "booked_on": format!("{year}-05-02"), "approval_no": "제1회 추경" });
            book(&app, &msit, &path, more).await.expect(201);
        }
        let all = scope::<act::Read>(&operator());
        assert_eq!(store::budget::unreconciled(&app.app.store, &all).await.unwrap(), []);
        let database = store::raw(&app.url()).await.unwrap();
        for forbidden in [
            "UPDATE budget_entry SET amount = 1",
            "DELETE FROM budget_entry",
            "DELETE FROM budget_line",
        ] {
            let error = database.execute_unprepared(forbidden).await.unwrap_err().to_string();
            assert!(error.contains("never"), "{forbidden}: {error}");
        }
        database.execute_unprepared("UPDATE budget_line SET committed = committed + 1 WHERE fiscal_year = 2025").await.unwrap();
        assert_eq!(store::budget::unreconciled(&app.app.store, &all).await.unwrap().len(), 1);
    }

    /// Only the planner of the body books.
    async fn only_the_own_planner_books(app: TestApp) {
        let (msit, mois) = (app.planner("msit").await, app.planner("mois").await);
        let path = open(&app, &msit, line("msit", 2026, 1000)).await;
        let entry = under("c", "commitment", 1, "2026-02-02");
        book(&app, &mois, &path, entry.clone()).await.expect(404);
        for (role, status) in [(Role::Auditor, 403), (Role::Coordinator, 403), (Role::Viewer, 404), (Role::Administrator, 404)] {
            let who = app.persona(role, "msit").await;
            book(&app, &who, &path, entry.clone()).await.expect(if role == Role::Viewer { 403 } else { status });
            app.post(&who, "/v1/budget-lines", line("msit", 2026, 1)).await.expect(403);
        }
        app.post(&mois, "/v1/budget-lines", line("msit", 2026, 1)).await.expect(403);
    }
}
