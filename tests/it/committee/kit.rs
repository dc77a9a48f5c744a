//! Experts with accounts, and a call whose committee judges (시험용 위원회).

use crate::application::kit::{self, Open};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// An expert of the pool who can sign in.
#[derive(Debug, Clone)]
pub struct Judge {
    /// The expert's id.
    pub expert: String,
    /// Who signs in.
    pub persona: Persona,
}

impl Judge {
    /// Enters an expert with an account.
    pub async fn of(app: &TestApp, coordinator: &Persona, name: &str, sector: &str, more: Value) -> Self {
        let persona = app.persona(Role::CommitteeMember, "nia").await;
        let made = enter(app, coordinator, name, sector, Some(&persona), more).await.expect(201);
        Self { expert: made.id(), persona }
    }
    /// The member's id.
    pub fn id(&self) -> String {
        self.persona.id.to_string()
    }
}

/// Enters an expert.
pub async fn enter(
    app: &TestApp,
    who: &Persona,
    name: &str,
    sector: &str,
    account: Option<&Persona>,
    more: Value,
) -> Answer {
    let mut new = json!({ "name": name, "sector": sector, "account": account.map(|persona| persona.id) });
    for (member, value) in more.as_object().into_iter().flatten() {
        new[member] = value.clone();
    }
    app.post(&app.renew(who), "/v1/experts", new).await
}

/// Private and public experts, none of them tied to anybody: every third is an official.
pub async fn pool(app: &TestApp, coordinator: &Persona, many: usize) -> Vec<Judge> {
    let mut pool = Vec::new();
    for n in 0..many {
        let sector = if n % 3 == 2 { "public" } else { "private" };
        pool.push(Judge::of(app, coordinator, &format!("전문가 {n}"), sector, json!({})).await);
    }
    pool
}

/// Does something to the committee of a call, whatever version is there.
pub async fn act(app: &TestApp, who: &Persona, call: &str, below: &str, body: Value) -> Answer {
    app.post_to(&app.renew(who), &format!("/v1/calls/{call}/committee/{below}"), "*", body).await
}

/// Appoints somebody.
pub async fn appoint(app: &TestApp, who: &Persona, call: &str, judge: &Judge, role: &str) -> Answer {
    act(app, who, call, "members", json!({ "expert": judge.expert, "role": role, "reason": "위촉" })).await
}

/// The member's own pledge.
pub async fn pledge(app: &TestApp, call: &str, judge: &Judge) -> Answer {
    act(app, &judge.persona, call, "pledge", json!({ "words": "비밀을 지킨다" })).await
}

/// Brings these on the committee, the first in the chair, all of them pledged.
pub async fn seat(app: &TestApp, call: &Open, judges: &[Judge]) {
    for (n, judge) in judges.iter().enumerate() {
        let role = if n == 0 { "chair" } else { "member" };
        appoint(app, &call.coordinator, &call.key, judge, role).await.expect(200);
        pledge(app, &call.key, judge).await.expect(200);
    }
}

/// An eligible application.
pub async fn eligible(app: &TestApp, who: &Persona, submitted: &Answer) -> String {
    kit::find(app, who, submitted, json!({ "found": "eligible" })).await.expect(200);
    submitted.json["application"]["id"].as_str().unwrap().to_owned()
}

/// A call under evaluation, with the committee of these judges and one eligible application of each body.
pub async fn evaluated(
    app: &TestApp,
    key: &str,
    judges: &[Judge],
    bodies: &[&str],
    sight: &str,
) -> (Open, Vec<String>) {
    let call = Open::draft(app, key, ("mois", "nia")).await;
    let mut laid_down = kit::laid_down(None);
    laid_down["rules"]["sheet_sight"] = json!(sight);
    laid_down["rules"]["committee"]["max_members"] = json!(1000);
    app.put(&call.coordinator, &format!("/v1/calls/{key}/rules"), "*", laid_down).await.expect(200);
    call.step(app, "publish", json!({})).await.expect(200);
    let mut handed_in = Vec::new();
    for (n, body) in bodies.iter().enumerate() {
        let role = if body.starts_with("sido") { Role::Applicant } else { Role::Planner };
        let applicant = app.persona(role, body).await;
        handed_in.push(kit::submitted(app, &applicant, key, body, &format!("AI 민원 안내 {n}")).await);
    }
    call.screen(app).await;
    seat(app, &call, judges).await;
    // The agency's: the body that holds the call may apply itself.
    let agency = app.persona(Role::Coordinator, "nia").await;
    let mut applications = Vec::new();
    for one in &handed_in {
        applications.push(eligible(app, &agency, one).await);
    }
    call.step(app, "evaluation", json!({})).await.expect(200);
    (call, applications)
}
