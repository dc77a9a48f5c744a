//! Advisers with accounts, and consultations in each state (시험용 자문).

use crate::{account::kit::settled, committee::kit::enter, project};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// Where consultations are.
pub const LIST: &str = "/v1/consultations";

/// An adviser who can sign in.
#[derive(Debug, Clone)]
pub struct Counsellor {
    /// The expert's id.
    pub expert: String,
    /// Who signs in.
    pub persona: Persona,
}

/// The terms of an adviser who serves for a year from October 2026.
pub fn terms(topics: &[&str], max_load: u32) -> Value {
    json!({ "topics": topics, "term_from": "2026-10-01", "term_to": "2027-09-30", "max_load": max_load })
}

impl Counsellor {
    /// Enters an expert with an account, and makes an adviser of the expert.
    pub async fn of(app: &TestApp, coordinator: &Persona, name: &str, topics: &[&str], more: Value) -> Self {
        let persona = app.persona(Role::Adviser, "nia").await;
        Self::known_as(app, coordinator, persona, name, (topics, 100), more).await
    }
    /// The same for somebody with an account.
    pub async fn known_as(
        app: &TestApp,
        coordinator: &Persona,
        persona: Persona,
        name: &str,
        (topics, max_load): (&[&str], u32),
        more: Value,
    ) -> Self {
        let expert = enter(app, coordinator, name, "private", Some(&persona), more).await.expect(201).id();
        let new = json!({ "expert": expert, "terms": terms(topics, max_load) });
        app.post(&app.renew(coordinator), "/v1/advisers", new).await.expect(201);
        Self { expert, persona }
    }
    /// Somebody who may judge applications as well.
    pub async fn and_judge(app: &TestApp, coordinator: &Persona, sign_in_name: &str, topics: &[&str]) -> Self {
        let admin = app.persona(Role::Administrator, "nia").await;
        let roles = [["adviser", "nia"], ["committee_member", "nia"]];
        let (persona, _) = settled(app, &admin, sign_in_name, &roles).await;
        Self::known_as(app, coordinator, persona, "이겸임", (topics, 100), json!({})).await
    }
}

/// A filed project of MOIS with MSIT as partner.
pub async fn project(app: &TestApp, planner: &Persona) -> Answer {
    project::filed(app, planner, json!({})).await
}

/// What is asked.
pub fn request(topics: &[&str]) -> Value {
    json!({ "subject": "개인정보 처리", "topics": topics, "urgency": "normal", "questions": ["학습에 쓸 수 있습니까?"] })
}

/// Asks for counsel. Where the consultation is.
pub async fn ask(app: &TestApp, planner: &Persona, project: &str, topics: &[&str]) -> String {
    let at = format!("/v1/projects/{project}/consultations");
    let made = app.post(&app.renew(planner), &at, request(topics)).await.expect(201);
    format!("{LIST}/{}", made.json["consultation"]["id"].as_str().unwrap())
}

/// Does something to a consultation, whatever version is there.
pub async fn act(app: &TestApp, who: &Persona, at: &str, what: &str, body: Value) -> Answer {
    app.post_to(&app.renew(who), &format!("{at}/{what}"), "*", body).await
}

/// Chooses an adviser, who accepts.
pub async fn accepted(app: &TestApp, coordinator: &Persona, at: &str, adviser: &Counsellor) {
    act(app, coordinator, at, "match", json!({ "adviser": adviser.expert })).await.expect(200);
    act(app, &adviser.persona, at, "accept", json!({})).await.expect(200);
}

/// A session of today, with two pieces of advice.
pub fn session(app: &TestApp) -> Value {
    json!({
        "held_on": app.app.clock.now().day(), "minutes": 75, "method": "video", "attendees": ["담당 사무관"],
        "minutes_of_meeting": "가명처리 범위를 논의함", "questions": [{ "question": "가능한가?", "answer": "절차를 거치면 된다" }],
        "advice": [{ "topic": "data", "text": "가명처리할 것" }, { "topic": "privacy_law", "text": "적정성을 검토할 것" }]
    })
}

/// The same with a session held.
pub async fn held(app: &TestApp, coordinator: &Persona, at: &str, adviser: &Counsellor) {
    accepted(app, coordinator, at, adviser).await;
    act(app, &adviser.persona, at, "sessions", session(app)).await.expect(200);
}

/// The same, reported.
pub async fn reported(app: &TestApp, coordinator: &Persona, at: &str, adviser: &Counsellor) {
    held(app, coordinator, at, adviser).await;
    act(app, &adviser.persona, at, "report", json!({ "summary": "추진해도 된다" })).await.expect(200);
}

/// The planner's answer to a piece of advice.
pub async fn answer(app: &TestApp, planner: &Persona, at: &str, no: u32, outcome: &str, due: Option<&str>) -> Answer {
    let new = json!({ "outcome": outcome, "reason": "검토함", "due": due });
    act(app, planner, at, &format!("advice/{no}/answer"), new).await
}

/// How many consultations somebody finds by a query.
pub async fn found(app: &TestApp, who: &Persona, query: &str) -> usize {
    let page = app.get(&app.renew(who), &format!("{LIST}?page_size=200&{query}")).await.expect(200);
    page.json["items"].as_array().unwrap().len()
}
