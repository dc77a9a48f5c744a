//! A call whose committee has scored (시험용 평가).

use crate::{
    application::kit::{self, Open},
    committee::kit::{Judge, eligible, pool, seat},
    panel::assign,
};
use domain::access::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{Answer, Persona, TestApp};

/// A call under evaluation: everybody on its committee judges everything.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The call.
    pub call: Open,
    /// The committee, the chair first.
    pub judges: Vec<Judge>,
    /// The applications, in the order of their bodies.
    pub applications: Vec<String>,
}

impl Judged {
    /// Of so many members, and of an application of each of these bodies.
    pub async fn of(app: &TestApp, key: &str, members: usize, bodies: &[&str]) -> Self {
        Self::ruled(app, key, members, bodies, |_| {}).await
    }
    /// The same under rules of its own.
    pub async fn ruled(
        app: &TestApp,
        key: &str,
        members: usize,
        bodies: &[&str],
        change: impl FnOnce(&mut Value),
    ) -> Self {
        let agency = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(app, &agency, members).await;
        let call = Open::draft(app, key, ("mois", "nia")).await;
        let mut laid_down = kit::laid_down(None);
        laid_down["rules"]["committee"]["min_members"] = json!(1);
        change(&mut laid_down["rules"]);
        app.put(&app.renew(&call.coordinator), &format!("/v1/calls/{key}/rules"), "*", laid_down).await.expect(200);
        call.step(app, "publish", json!({})).await.expect(200);
        let mut handed_in = Vec::new();
        for (n, body) in bodies.iter().enumerate() {
            let role = if body.starts_with("sido") { Role::Applicant } else { Role::Planner };
            let applicant = app.persona(role, body).await;
            handed_in.push(kit::submitted(app, &applicant, key, body, &format!("AI 민원 안내 {n}")).await);
        }
        call.screen(app).await;
        seat(app, &call, &judges).await;
        let mut applications = Vec::new();
        for one in &handed_in {
            applications.push(eligible(app, &agency, one).await);
        }
        call.step(app, "evaluation", json!({})).await.expect(200);
        let pairs: Vec<_> = applications.iter().flat_map(|id| judges.iter().map(move |judge| (id, judge))).collect();
        assign(app, &call, &pairs).await.expect(200);
        Self { call, judges, applications }
    }
    /// Below the call.
    pub fn at(&self, below: &str) -> String {
        format!("/v1/calls/{}{below}", self.call.key)
    }
    /// Every member gives each application these points, and says something to the applicant.
    pub async fn score(&self, app: &TestApp, points: &[[u32; 3]]) {
        for (id, [a, b, c]) in self.applications.iter().zip(points) {
            for (n, judge) in self.judges.iter().enumerate() {
                let at = format!("/v1/assignments/{id}/sheet");
                let scores = json!({ "suitability": a.to_string(), "feasibility": b.to_string(), "spread_potential": c.to_string() });
                let content =
                    json!({ "scores": scores, "to_applicant": format!("의견 {n}"), "to_committee": "우리끼리" });
                let sheet = app.put(&app.renew(&judge.persona), &at, "\"v0\"", content).await.expect(200);
                let who = app.renew(&judge.persona);
                app.post_to(&who, &format!("{at}/submit"), &sheet.tag(), json!({})).await.expect(200);
            }
        }
    }
    /// Confirmed and told.
    pub async fn told(self, app: &TestApp) -> Self {
        let chair = &self.judges[0].persona;
        let seen = app.get(&app.renew(chair), &self.at("/result")).await.expect(200);
        confirm(app, &self, chair, &seen, meeting(app, &self, 3, 3), None).await.expect(201);
        self.call.step(app, "notice", json!({})).await.expect(200);
        self
    }
}

/// A meeting of so many, of whom so many are in favour.
pub fn meeting(app: &TestApp, of: &Judged, present: usize, in_favour: usize) -> Value {
    let attendees: Vec<String> = of.judges.iter().take(present).map(Judge::id).collect();
    json!({ "held_at": app.app.clock.now(), "place": "세종", "attendees": attendees, "in_favour": in_favour, "minutes": "원안 의결" })
}

/// Confirms what was seen.
pub async fn confirm(
    app: &TestApp,
    of: &Judged,
    who: &Persona,
    seen: &Answer,
    meeting: Value,
    reason: Option<&str>,
) -> Answer {
    let body = json!({ "inputs_sha256": seen.json["result"]["inputs_sha256"], "meeting": meeting, "reason": reason });
    app.post_to(&app.renew(who), &of.at("/confirmations"), &seen.tag(), body).await
}

/// SHA-256 of a text.
pub fn sha256(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}
