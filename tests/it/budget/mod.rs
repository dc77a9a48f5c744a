//! Budgets (예산) as planners book them, and as others see them.

mod access;
mod envelope;
mod file;
mod ledger;
mod line;
mod pair;
mod together;

use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// An active line of a body with its original budget, in won.
pub fn line(body: &str, year: i32, won: i64) -> Value {
    json!({
        "body": body, "fiscal_year": year, "account": { "kind": "general", "name": "일반회계" },
        "kind": "grant", "title": "AI 민원 안내 서비스", "standing": "active",
        "appropriation": { "amount_krw": won, "booked_on": format!("{year}-01-01") }
    })
}

/// Opens a line and gives its path.
pub async fn open(app: &TestApp, who: &Persona, new: Value) -> String {
    let made = app.post(who, "/v1/budget-lines", new).await.expect(201);
    made.headers.get("location").unwrap().to_str().unwrap().to_owned()
}

/// The id at the end of a path.
pub fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// A movement under a commitment.
pub fn under(commitment: &str, kind: &str, won: i64, on: &str) -> Value {
    json!({ "kind": kind, "amount_krw": won, "booked_on": on, "commitment": commitment })
}

/// Records a movement.
pub async fn book(app: &TestApp, who: &Persona, line: &str, new: Value) -> Answer {
    app.post(who, &format!("{line}/entries"), new).await
}

/// Some balances of a line, in won.
pub async fn balances<const N: usize>(app: &TestApp, who: &Persona, line: &str, names: [&str; N]) -> [i64; N] {
    let shown = app.get(who, line).await.expect(200);
    names.map(|name| shown.json["balances"][format!("{name}_krw")].as_i64().unwrap())
}

/// The codes of a list of reasons or warnings.
pub fn codes(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect()
}

/// A text within a query string.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
