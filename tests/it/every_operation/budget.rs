//! Budgets (예산) to try operations on: lines of the leading body, active and without a project, or drafts.

use super::{Case, Cast, Place};
use serde_json::{Value, json};
use tests::{Answer, TestApp};

/// A line of the leading body that pays for a filed joint project, so that others see it.
async fn firm(app: &TestApp, cast: &Cast, year: i32) -> Answer {
    let project = super::project::filed(app, cast).await;
    open(app, cast, json!({ "fiscal_year": year, "standing": "active", "project": project.id() })).await
}

/// A draft, seen by its own body alone.
async fn draft(app: &TestApp, cast: &Cast) -> Answer {
    open(app, cast, json!({ "fiscal_year": 2026, "standing": "draft" })).await
}

async fn open(app: &TestApp, cast: &Cast, with: Value) -> Answer {
    let mut new = json!({
        "body": Place::Lead.body(), "account": { "kind": "general", "name": "일반회계" }, "kind": "grant", "title": "AI 민원 안내",
        "appropriation": { "amount_krw": 1_000_000, "booked_on": format!("{}-01-01", with["fiscal_year"]) }
    });
    new.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    app.post(cast.planner(), "/v1/budget-lines", new).await.expect(201)
}

fn on(line: &Answer, below: &str) -> Case {
    let at = format!("/v1/budget-lines/{}{below}", line.json["line"]["id"].as_str().unwrap());
    Case::at(at).tagged(format!("\"v{}\"", line.json["line"]["version"]))
}

fn movement(kind: &str, won: i64) -> Value {
    json!({ "kind": kind, "amount_krw": won, "booked_on": "2026-03-02" })
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let envelope = || {
        json!({ "key": format!("e-{}", &app.app.chance.uuid().to_string()[24..]),
        "name_ko": "재원", "name_en": "Envelope", "fiscal_year": 2026, "amount_krw": 5 })
    };
    Some(match id {
        "list_envelopes" => Case::at("/v1/envelopes?fiscal_year=2026"),
        "create_envelope" => Case::at("/v1/envelopes").with(envelope()),
        "read_envelope" => Case::at("/v1/envelopes/ax-2026"),
        "change_envelope" => {
            let made = app.post(cast.coordinator(), "/v1/envelopes", envelope()).await.expect(201);
            Case::at(made.headers.get("location").unwrap().to_str().unwrap()).tagged(made.tag()).with(json!({ "amount_krw": 7 }))
        }
        "list_budget_lines" => Case::at("/v1/budget-lines?page_size=5&count=exact"),
        "export_budget_lines" => Case::at("/v1/budget-lines/export?format=csv"),
        "import_budget_lines" => Case::at("/v1/budget-line-imports").with(json!(format!(
            "body,fiscal_year,account_kind,account_name,kind,title,amount,unit,booked_on\n{},2026,general,일반회계,grant,지원,1,백만원,2026-01-01\n",
            Place::Lead.body()
        ))),
        "create_budget_line" => Case::at("/v1/budget-lines").with(json!({
            "body": Place::Lead.body(), "fiscal_year": 2026, "account": { "kind": "fund", "name": "정보통신진흥기금" },
            "kind": "loan", "title": "AI 융자" })),
        "read_budget_line" => on(&firm(app, cast, 2026).await, ""),
        "change_budget_line" => on(&firm(app, cast, 2026).await, "").with(json!({ "title": "AI 민원 안내 고도화" })),
        "stand_budget_line" => on(&firm(app, cast, 2026).await, "/standing").with(json!({ "to": "closed", "reason": "마감" })),
        "remove_budget_line" => on(&draft(app, cast).await, "").draft(),
        "read_budget_balances" => on(&firm(app, cast, 2026).await, "/balances?as_of=2026-06-30"),
        "list_ledger_entries" => on(&firm(app, cast, 2026).await, "/entries?page_size=1"),
        "record_ledger_entry" => on(&firm(app, cast, 2026).await, "/entries").with(movement("apportionment", 5)),
        "check_ledger_entry" => on(&firm(app, cast, 2026).await, "/entries/preflight").with(movement("apportionment", 5)),
        "read_ledger_entry" | "reverse_ledger_entry" => {
            let line = firm(app, cast, 2026).await;
            let entry = line.json["entries"][0]["id"].as_str().unwrap();
            match id {
                "read_ledger_entry" => on(&line, &format!("/entries/{entry}")),
                _ => on(&line, &format!("/entries/{entry}/reverse")).with(json!({ "booked_on": "2026-02-02", "reason": "착오" })),
            }
        }
        "shift_budget" => {
            let (from, to) = (firm(app, cast, 2026).await, firm(app, cast, 2026).await);
            on(&from, "/shifts").with(json!({ "kind": "reallocation", "to": to.json["line"]["id"], "amount_krw": 5,
                "booked_on": "2026-05-01", "approval_no": "예산-12" }))
        }
        "carry_over_budget" => {
            let (from, to) = (firm(app, cast, 2025).await, firm(app, cast, 2026).await);
            on(&from, "/carry-overs").with(json!({ "carry_over": "specified", "to": to.json["line"]["id"], "amount_krw": 5,
                "booked_on": "2025-12-31", "approval_no": "의안-3" }))
        }
        _ => return None,
    })
}
