//! A call that has ended, with what it selected (시험용 종료 공모).

use crate::{application::kit::Open, selection::kit::Judged};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// A call that has ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The call with its committee.
    pub judged: Judged,
    /// A coordinator of the body that runs it.
    pub agency: Persona,
}

impl Ended {
    /// Its central track with this envelope and so many awards; the applications of these bodies rank in this order, and each
    /// costs 1,234,567,000 won, 900,000,000 of it national.
    pub async fn of(app: &TestApp, key: &str, (envelope, awards): (i64, usize), bodies: &[&str]) -> Self {
        let judged = Judged::ruled(app, key, 3, bodies, |rules| {
            rules["tracks"][0]["envelope_krw"] = json!(envelope);
            rules["tracks"][0]["max_awards"] = json!(awards);
            rules["tracks"][0]["reserve_slots"] = json!(9);
        })
        .await;
        let points: Vec<[u32; 3]> = (0_u32..).take(bodies.len()).map(|n| [40, 30, 30 - n]).collect();
        judged.score(app, &points).await;
        let judged = judged.told(app).await;
        end(app, &judged.call).await;
        Self { judged, agency: app.persona(Role::Coordinator, "nia").await }
    }
    /// Below the call.
    pub fn at(&self, below: &str) -> String {
        self.judged.at(below)
    }
    /// Below the award of one of its applications.
    pub fn award(&self, n: usize, below: &str) -> String {
        format!("/v1/awards/{}{below}", self.judged.applications[n])
    }
    /// Offers all that were selected.
    pub async fn offer(&self, app: &TestApp) -> Answer {
        app.post(&app.renew(&self.agency), &self.at("/awards"), json!({})).await
    }
    /// Promotes one of its applications.
    pub async fn promote(&self, app: &TestApp, n: usize, partial: Value) -> Answer {
        let wish = json!({ "application": self.judged.applications[n], "partial": partial });
        app.post(&app.renew(&self.agency), &self.at("/awards/promote"), wish).await
    }
    /// Somebody does something to an award, whatever version is there.
    pub async fn does(&self, app: &TestApp, who: &Persona, n: usize, below: &str, body: Value) -> Answer {
        app.post_to(&app.renew(who), &self.award(n, below), "*", body).await
    }
    /// The money of its central track.
    pub async fn money(&self, app: &TestApp) -> Value {
        let told = app.get(&app.renew(&self.agency), &self.at("/award-money")).await.expect(200);
        told.json["tracks"][0].clone()
    }
}

/// Ends a call whose applicants have been told, once nobody can object any more; then the clock stands where it stood, so that
/// many of them still lie in one fiscal year.
pub async fn end(app: &TestApp, call: &Open) {
    let (days, coordinator) = (8 * 86_400, &call.coordinator);
    app.pass(days);
    app.post_to(&app.renew(coordinator), &format!("/v1/calls/{}/finish", call.key), "*", json!({})).await.expect(200);
    app.pass(-days);
}

/// An agreement on 900,000,000 won of national money.
pub fn agreement() -> Value {
    json!({
        "number": "2026-AX-01", "signed_on": "2026-11-22", "begins_on": "2026-12-01", "ends_on": "2027-11-30",
        "conditions": [{ "text": "개인정보 영향평가를 마친다", "due": "2026-12-31" }],
        "instalments": [{ "due_on": "2026-11-30", "national_krw": 600_000_000 }, { "due_on": "2027-06-30", "national_krw": 300_000_000 }]
    })
}
