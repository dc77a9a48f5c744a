//! Projects (과제) as planners, partners and coordinators live with them.

mod changes;
mod drafts;
mod filters;
mod gates;
mod history;
mod life;
mod lists;

use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// What is sent to enter a joint project of MOIS with MSIT, ready to be filed, with some members replaced.
fn joint(members: &Value) -> Value {
    let mut project = json!({
        "lead_body": "mois", "title": { "ko": "AI 민원 안내 서비스" }, "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.",
        "lead_share": "60", "partners": [{ "body": "msit", "share": "40" }],
        "fields": ["public"], "regions": ["36"], "network": "internal", "personal_data": { "handling": "none" },
        "planned": { "start": "2026-03", "end": "2027-H1" },
        "phase_plans": { "planning": { "start": "2026-03", "end": "2026-12" } }
    });
    project.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    json!({ "project": project })
}

/// The members of a project that one body carries alone.
fn alone(body: &str, title: &str) -> Value {
    json!({ "lead_body": body, "title": { "ko": title }, "lead_share": "100", "partners": [] })
}

/// A draft.
pub async fn enter(app: &TestApp, planner: &Persona, members: Value) -> Answer {
    app.post(planner, "/v1/projects", joint(&members)).await.expect(201)
}

/// A filed project.
pub async fn filed(app: &TestApp, planner: &Persona, members: Value) -> Answer {
    let draft = enter(app, planner, members).await;
    let looked = act(app, planner, &draft, "similar-confirmation", json!({})).await;
    act(app, planner, &looked, "file", json!({})).await
}

/// Where a project is.
pub fn path(project: &Answer) -> String {
    format!("/v1/projects/{}", project.id())
}

/// Does something to a project as it was last seen.
async fn act(app: &TestApp, who: &Persona, project: &Answer, what: &str, body: Value) -> Answer {
    app.post_to(who, &format!("{}/{what}", path(project)), &project.tag(), body).await.expect(200)
}

/// The same, refused.
async fn refused(
    app: &TestApp,
    who: &Persona,
    project: &Answer,
    what: &str,
    body: Value,
    (status, code): (u16, &str),
) -> Answer {
    let answer = app.post_to(who, &format!("{}/{what}", path(project)), &project.tag(), body).await.expect(status);
    assert_eq!(answer.json["code"], code, "{}", answer.json);
    answer
}

/// Changes some members.
async fn change(app: &TestApp, who: &Persona, project: &Answer, members: Value) -> Answer {
    app.patch(who, &path(project), &project.tag(), members).await.expect(200)
}

/// The last gate request.
fn request(project: &Answer) -> String {
    project.json["gates"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
}

/// Decides the last gate request.
async fn decide(app: &TestApp, who: &Persona, project: &Answer, decision: Value) -> Answer {
    act(app, who, project, &format!("gate-requests/{}/decision", request(project)), decision).await
}

/// The present gate's conditions that are in this state, by code.
pub async fn conditions(app: &TestApp, who: &Persona, project: &Answer, state: &str) -> Vec<String> {
    let gate = app.get(who, &format!("{}/gate", path(project))).await.expect(200);
    let all = gate.json["conditions"].as_array().unwrap().iter().filter(|c| c["state"]["is"] == state);
    all.map(|c| c["code"].as_str().unwrap().to_owned()).collect()
}

/// The codes of a list of things that have one.
fn codes(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
}

/// Every line of a list, page after page.
async fn every_page(app: &TestApp, who: &Persona, list: &str, size: usize) -> Vec<Value> {
    let (mut all, mut token) = (Vec::new(), String::new());
    let joint = if list.contains('?') { '&' } else { '?' };
    loop {
        let page = app.get(who, &format!("{list}{joint}page_size={size}{token}")).await.expect(200);
        let items = page.json["items"].as_array().unwrap();
        assert!(items.len() <= size);
        all.extend(items.clone());
        let Some(next) = page.json["next_page_token"].as_str() else { break all };
        assert_eq!(items.len(), size, "only the last page may be short");
        token = format!("&page_token={next}");
    }
}

/// A text as it stands in an address.
fn escaped(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~,/".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
