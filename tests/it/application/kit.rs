//! A call that takes applications, and an application to it (시험용 공모와 신청).

use domain::{access::Role, day::Instant};
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// So long a call of a story takes applications, in seconds: shorter than a token lives.
pub const OPEN_FOR: i64 = 300;

/// Where applications are.
pub const LIST: &str = "/v1/applications";

/// Rules that are nobody's.
pub fn rules() -> Value {
    let criterion =
        |code: &str, max: i64| json!({ "code": code, "name": { "ko": "지표" }, "max_points": max.to_string() });
    let track = |code: &str, levels: Value| {
        json!({ "code": code, "name": { "ko": "트랙" }, "levels": levels, "envelope_krw": 9_000_000_000_i64, "min_awards": 1,
            "max_awards": 6, "reserve_slots": 2, "when_short": "skip" })
    };
    json!({
        "scoring": {
            "criteria": [criterion("suitability", 40), criterion("feasibility", 30), criterion("spread_potential", 30)],
            "score_step": "0.5", "aggregation": "trimmed_mean", "trim_min_sheets": 5, "quorum": 3, "decimals": 2,
            "bonus_cap": "3", "cut": "70", "cut_applies_to": "mean", "tie_keys": ["criterion:suitability", "submitted_at"]
        },
        "tracks": [track("central", json!(["central"])), track("local", json!(["sido", "municipality"]))],
        "disclosed": ["total", "opinion"], "sheet_sight": "never",
        "committee": { "min_members": 5, "max_members": 9, "min_private": 3, "max_load": 20, "look_back_months": 36 },
        "objection_days": 7
    })
}

/// What is laid down for a call.
pub fn laid_down(reason: Option<&str>) -> Value {
    json!({ "rules": rules(), "cost_share": { "key": "t-share", "edition": 1 }, "reason": reason })
}

/// The cost-share rule set of [`laid_down`], entered once.
async fn rule_set(app: &TestApp) {
    let rules = json!({
        "indicator": "fiscal_independence_ratio", "indicator_fiscal_year": 2026, "indicator_basis": "original",
        "sido_scope": "headquarters", "flat_rates": { "central": "100" },
        "bands": [{ "from": "0", "to": "30", "rate": "90" }, { "from": "30", "to": "100", "rate": "70" }],
        "band_limits": "lower_inclusive", "adjustments": [], "floor_rate": "0", "ceiling_rate": "100", "national_cap": null,
        "sido_share_of_local": "30", "sido_without_municipality": ["36", "50"], "unit": 1000
    });
    let new = json!({ "key": "t-share", "name": { "ko": "시험용 규칙" }, "standing": "illustration", "source": "시험용으로 지어냄",
        "rules": rules, "reason": "시험" });
    let made = app.post(&app.coordinator().await, "/v1/cost-share-rules", new).await;
    assert!([201, 409].contains(&made.status.as_u16()), "{}", made.json);
}

/// A call that takes applications for [`OPEN_FOR`] seconds from now.
#[derive(Debug, Clone)]
pub struct Open {
    /// Its key.
    pub key: String,
    /// A coordinator of the body that holds it.
    pub coordinator: Persona,
    /// When it opened.
    opens: Instant,
}

impl Open {
    /// Of a body that holds it and one that runs it, in the programme of 2026.
    pub async fn of(app: &TestApp, key: &str, (lead, agency): (&str, &str)) -> Self {
        let call = Self::draft(app, key, (lead, agency)).await;
        let at = format!("/v1/calls/{key}");
        app.put(&call.coordinator, &format!("{at}/rules"), "*", laid_down(None)).await.expect(200);
        call.step(app, "publish", json!({})).await.expect(200);
        call
    }
    /// The same before it is published, without rules.
    pub async fn draft(app: &TestApp, key: &str, (lead, agency): (&str, &str)) -> Self {
        rule_set(app).await;
        let coordinator = app.persona(Role::Coordinator, lead).await;
        // To the minute: the clock of a long story may stand anywhere.
        let minute = app.app.clock.now().micros().div_euclid(60_000_000) * 60_000_000;
        let opens = Instant::from_micros(minute);
        let new = json!({ "key": key, "lead_body": lead, "plan": {
            "title": { "ko": "공공 AI 지원사업 공모" }, "programme": PROGRAMME, "fiscal_year": 2026, "managing_agency": agency,
            "opens_at": opens, "closes_at": Instant::from_micros(minute + OPEN_FOR * 1_000_000),
            "eligibility": [{ "code": "plan_attached", "text": { "ko": "사업계획서 제출" } }, { "code": "one_each", "text": { "ko": "기관당 1건" } }]
        } });
        app.post(&coordinator, "/v1/calls", new).await.expect(201);
        Self { key: key.to_owned(), coordinator, opens }
    }
    /// Brings it a step further.
    pub async fn step(&self, app: &TestApp, step: &str, body: Value) -> Answer {
        let who = app.renew(&self.coordinator);
        app.post_to(&who, &format!("/v1/calls/{}/{step}", self.key), "*", body).await
    }
    /// Lets time pass until a second of its window; beyond [`OPEN_FOR`] it has closed.
    pub fn until(&self, app: &TestApp, second: i64) {
        let passed = (app.app.clock.now().micros() - self.opens.micros()) / 1_000_000;
        app.pass(second - passed);
    }
    /// Lets it close and begins to screen.
    pub async fn screen(&self, app: &TestApp) {
        self.until(app, OPEN_FOR + 1);
        self.step(app, "screening", json!({})).await.expect(200);
    }
}

/// The programme of the calls.
const PROGRAMME: &str = "public-ai-2026";

/// All that a submission needs.
pub fn content(title: &str) -> Value {
    json!({
        "title": title, "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.", "plan": "단계별로 한다.",
        "total_cost_krw": 1_234_567_000, "requested_national_krw": 900_000_000, "own_cash_krw": 300_000_000,
        "expected_effects": [{ "indicator": "처리 시간", "unit": "분", "baseline": "30", "target": "10", "direction": "lower_better" }],
        "milestones": [{ "title": "착수", "due": "2026-12" }], "common_base": "uses",
        "papers": [{ "kind": "plan", "name": "계획서.hwpx", "media_type": "application/vnd.hancom.hwpx", "bytes": 1000, "sha256": "ab".repeat(32) }]
    })
}

/// A draft of a body.
pub async fn draft(app: &TestApp, who: &Persona, call: &str, body: &str, content: Value) -> Answer {
    app.post(who, LIST, json!({ "call": call, "body": body, "content": content })).await.expect(201)
}

/// Where an application is.
pub fn path(application: &Answer) -> String {
    format!("{LIST}/{}", application.json["application"]["id"].as_str().expect("an application"))
}

/// Does something to an application, whatever version is there.
pub async fn then(app: &TestApp, who: &Persona, application: &Answer, act: &str, body: Value) -> Answer {
    app.post_to(&app.renew(who), &format!("{}/{act}", path(application)), "*", body).await
}

/// An application that has been submitted.
pub async fn submitted(app: &TestApp, who: &Persona, call: &str, body: &str, title: &str) -> Answer {
    let draft = draft(app, who, call, body, content(title)).await;
    then(app, who, &draft, "submit", json!({})).await.expect(200)
}

/// Records a finding.
pub async fn find(app: &TestApp, who: &Persona, application: &Answer, verdict: Value) -> Answer {
    then(app, who, application, "screenings", json!({ "verdict": verdict })).await
}
