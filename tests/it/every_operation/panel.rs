//! Panels (배정) to try operations on: an eligible application of the leading body with the partner taking part, to a call
//! that the stranger holds and the partner runs, given to the leading body's committee member.

use super::{Case, Cast, Place, application::submitted, committee::judge};
use crate::{
    application::kit::{self, Open},
    challenge,
    committee::kit::{Judge, appoint, eligible, pledge},
};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, TestApp};

/// A call under evaluation with one application.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The call.
    pub call: Open,
    /// The application's id.
    pub application: String,
    /// Who is on the committee.
    pub judge: Judge,
}

impl Ground {
    /// Nothing is given to anybody yet.
    pub async fn of(app: &TestApp, cast: &Cast) -> Self {
        Self::beside(app, cast, &json!({}), &[]).await.0
    }
    /// The same with scoring rules of its own, and with eligible applications of other bodies beside it.
    pub async fn beside(app: &TestApp, cast: &Cast, scoring: &Value, others: &[&str]) -> (Self, Vec<String>) {
        Self::applied(app, cast, async |call| submitted(app, cast, call).await, scoring, others).await
    }
    /// The same with an application in which the partner, who runs the call, has no part.
    pub async fn apart(app: &TestApp, cast: &Cast, scoring: &Value) -> Self {
        let alone = async |call: &Open| {
            kit::submitted(app, &app.renew(cast.planner()), &call.key, Place::Lead.body(), "AI 민원 안내").await
        };
        Self::applied(app, cast, alone, scoring, &[]).await.0
    }
    async fn applied(
        app: &TestApp,
        cast: &Cast,
        apply: impl AsyncFnOnce(&Open) -> Answer,
        scoring: &Value,
        others: &[&str],
    ) -> (Self, Vec<String>) {
        let key = format!("c-{}", &app.app.chance.uuid().to_string()[24..]);
        let call = Open::draft(app, &key, (Place::Stranger.body(), Place::Partner.body())).await;
        let mut rules = kit::laid_down(None);
        rules["rules"]["sheet_sight"] = json!("after_own");
        for (name, value) in scoring.as_object().into_iter().flatten() {
            rules["rules"]["scoring"][name] = value.clone();
        }
        for track in rules["rules"]["tracks"].as_array_mut().into_iter().flatten() {
            track["max_awards"] = json!(1);
        }
        app.put(&call.coordinator, &format!("/v1/calls/{key}/rules"), "*", rules).await.expect(200);
        call.step(app, "publish", json!({})).await.expect(200);
        let application = apply(&call).await;
        let mut handed_in = Vec::new();
        for body in others {
            let role = if body.starts_with("sido") { Role::Applicant } else { Role::Planner };
            let applicant = app.persona(role, body).await;
            handed_in.push(kit::submitted(app, &applicant, &key, body, "AI 상담 지원").await);
        }
        call.screen(app).await;
        let judge = judge(app, cast).await;
        appoint(app, &call.coordinator, &key, &judge, "chair").await.expect(200);
        pledge(app, &key, &judge).await.expect(200);
        let application = eligible(app, &call.coordinator, &application).await;
        let mut beside = Vec::new();
        for one in &handed_in {
            beside.push(eligible(app, &call.coordinator, one).await);
        }
        call.step(app, "evaluation", json!({})).await.expect(200);
        (Self { call, application, judge }, beside)
    }
    /// The application is given to the judge.
    pub async fn assigned(app: &TestApp, cast: &Cast) -> (Self, Answer) {
        let ground = Self::of(app, cast).await;
        let at = format!("/v1/calls/{}/assignments", ground.call.key);
        let given = app.post(&app.renew(&ground.call.coordinator), &at, ground.assignments()).await.expect(200);
        (ground, given)
    }
    fn assignments(&self) -> Value {
        json!({ "assignments": [{ "application": self.application, "member": self.judge.id() }] })
    }
}

fn tag(view: &Value) -> String {
    format!("\"v{}\"", view["panel"]["version"])
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let conflict = |judge: &Judge| json!({ "member": judge.id(), "kind": "challenge", "ground": "other", "severity": "apparent", "detail": "기피 신청" });
    let at = |ground: &Ground, path: &str| {
        Case::at(path.replace("{call}", &ground.call.key).replace("{application}", &ground.application))
    };
    Some(match id {
        "list_panels" => Case::at("/v1/panels?page_size=5"),
        "list_assignments" => Case::at("/v1/assignments?page_size=5"),
        "propose_assignments" => {
            at(&Ground::of(app, cast).await, "/v1/calls/{call}/assignments/proposal?per_application=1")
        }
        "assign_applications" => {
            let ground = Ground::apart(app, cast, &json!({})).await;
            at(&ground, "/v1/calls/{call}/assignments").with(ground.assignments())
        }
        "read_panel" => at(&Ground::assigned(app, cast).await.0, "/v1/panels/{application}"),
        "read_panel_history" => at(&Ground::assigned(app, cast).await.0, "/v1/panels/{application}/history"),
        "read_assignment" => at(&Ground::assigned(app, cast).await.0, "/v1/assignments/{application}"),
        "recuse_from_assignment" => at(&Ground::assigned(app, cast).await.0, "/v1/assignments/{application}/recuse"),
        "release_panel_seat" => {
            let (ground, given) = Ground::assigned(app, cast).await;
            let body = json!({ "member": ground.judge.id(), "reason": "교체" });
            at(&ground, "/v1/panels/{application}/release").tagged(tag(&given.json["panels"][0])).with(body)
        }
        "record_panel_conflict" => {
            let (ground, _) = Ground::assigned(app, cast).await;
            at(&ground, "/v1/panels/{application}/conflicts").with(conflict(&ground.judge))
        }
        "take_up_challenge" => {
            let (ground, _) = Ground::assigned(app, cast).await;
            let path = format!("/v1/applications/{}/challenges", ground.application);
            let filed = app.post(&app.renew(cast.planner()), &path, challenge::new()).await.expect(201);
            let taken = json!({ "challenge": filed.id(), "member": ground.judge.id(), "severity": "real" });
            at(&ground, "/v1/panels/{application}/challenges").with(taken)
        }
        "decide_panel_conflict" => {
            let (ground, _) = Ground::assigned(app, cast).await;
            let path = format!("/v1/panels/{}/conflicts", ground.application);
            // Of somebody else: whoever judges goes on judging.
            let other = Judge::of(app, &app.renew(cast.coordinator()), "최위촉", "public", json!({})).await;
            appoint(app, &ground.call.coordinator, &ground.call.key, &other, "member").await.expect(200);
            let raised = app.post(&app.renew(&ground.call.coordinator), &path, conflict(&other)).await.expect(200);
            let one = raised.json["panel"]["conflicts"][0]["id"].as_str().unwrap();
            Case::at(format!("{path}/{one}/decide")).tagged(tag(&raised.json))
        }
        _ => return None,
    })
}
