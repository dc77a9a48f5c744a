//! Support calls (공모) to try operations on.

use super::{Case, Cast, Place, committee::judge};
use crate::committee::kit::{appoint, pledge};
use domain::{access::Role, day::Instant};
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

/// Who runs the calls.
pub fn runner(app: &TestApp, cast: &Cast) -> Persona {
    app.renew(cast.who(Role::Coordinator, Place::Lead))
}

fn key(app: &TestApp) -> String {
    format!("c-{}", &app.app.chance.uuid().to_string()[24..])
}
/// So many minutes from now, on the minute.
pub fn minutes(app: &TestApp, minutes: i64) -> Instant {
    let now = app.app.clock.now().micros();
    Instant::from_micros(now - now.rem_euclid(60_000_000) + minutes * 60_000_000)
}
fn new(app: &TestApp) -> Value {
    json!({ "key": key(app), "lead_body": "mois", "plan": {
        "title": { "ko": "시험 공모" }, "programme": "public-ai-2026", "fiscal_year": 2026, "managing_agency": "nia",
        "opens_at": minutes(app, 0), "closes_at": minutes(app, 60),
        "eligibility": [{ "code": "plan_attached", "text": { "ko": "사업계획서 제출" } }]
    } })
}
/// Rules that rest on a rule set with flat rates, which is entered with them.
pub async fn rules(app: &TestApp, cast: &Cast) -> Value {
    let set = format!("r-{}", &app.app.chance.uuid().to_string()[24..]);
    let flat = json!({
        "flat_rates": { "central": "100", "sido": "50", "municipality": "80" }, "bands": [], "band_limits": "lower_inclusive",
        "adjustments": [], "floor_rate": "0", "ceiling_rate": "100", "sido_share_of_local": "30",
        "sido_without_municipality": ["36", "50"], "unit": 1000
    });
    let entered = json!({ "key": set, "name": { "ko": "예시 규칙" }, "standing": "illustration", "source": "시험", "rules": flat, "reason": "시험" });
    app.post(&runner(app, cast), "/v1/cost-share-rules", entered).await.expect(201);
    let track = |code: &str, levels: Value| {
        json!({ "code": code, "name": { "ko": "트랙" }, "levels": levels, "envelope_krw": 9_000_000_000_i64, "max_awards": 6,
            "reserve_slots": 2, "when_short": "skip" })
    };
    let rules = json!({
        "scoring": {
            "criteria": [
                { "code": "suitability", "name": { "ko": "적합성" }, "max_points": "60" },
                { "code": "spread_potential", "name": { "ko": "확산 가능성" }, "max_points": "40" }
            ],
            "score_step": "0.5", "aggregation": "trimmed_mean", "trim_min_sheets": 5, "quorum": 1, "decimals": 2,
            "bonus_cap": "3", "cut": "60", "cut_applies_to": "mean", "tie_keys": ["criterion:suitability"]
        },
        "tracks": [track("central", json!(["central"])), track("local", json!(["sido", "municipality"]))],
        "disclosed": ["total", "opinion"], "sheet_sight": "after_own",
        "committee": { "min_members": 1, "max_members": 9, "min_private": 0, "max_load": 20, "look_back_months": 36 },
        "objection_days": 7
    });
    json!({ "rules": rules, "cost_share": { "key": set, "edition": 1 }, "reason": "규칙 확정" })
}
/// A draft with its rules.
async fn draft(app: &TestApp, cast: &Cast) -> Answer {
    let made = app.post(&runner(app, cast), "/v1/calls", new(app)).await.expect(201);
    let path = format!("/v1/calls/{}/rules", made.json["call"]["key"].as_str().unwrap());
    app.put(&runner(app, cast), &path, &made.tag(), rules(app, cast).await).await.expect(200)
}
/// A call that takes applications for an hour.
pub async fn open(app: &TestApp, cast: &Cast) -> Answer {
    let made = draft(app, cast).await;
    app.post_to(&runner(app, cast), &path(&made, "/publish"), &made.tag(), Value::Null).await.expect(200)
}
/// A call whose deadline has passed, being screened.
pub async fn screened(app: &TestApp, cast: &Cast) -> Answer {
    let made = open(app, cast).await;
    screening(app, cast, &made).await
}
/// Lets the deadline pass and begins screening.
pub async fn screening(app: &TestApp, cast: &Cast, call: &Answer) -> Answer {
    app.pass(3661);
    app.post_to(&runner(app, cast), &path(call, "/screening"), &call.tag(), Value::Null).await.expect(200)
}
/// A call whose result is confirmed: nobody has applied.
async fn decided(app: &TestApp, cast: &Cast) -> Answer {
    let made = screened(app, cast).await;
    let runner = runner(app, cast);
    app.post_to(&runner, &path(&made, "/evaluation"), &made.tag(), Value::Null).await.expect(200);
    let key = made.json["call"]["key"].as_str().unwrap();
    let chair = judge(app, cast).await;
    appoint(app, &runner, key, &chair, "chair").await.expect(200);
    pledge(app, key, &chair).await.expect(200);
    let who = app.renew(&chair.persona);
    let seen = app.get(&who, &path(&made, "/result")).await.expect(200);
    let meeting = json!({ "held_at": app.app.clock.now(), "place": "세종", "attendees": [chair.id()], "in_favour": 1, "minutes": "해당 없음" });
    let body = json!({ "inputs_sha256": seen.json["result"]["inputs_sha256"], "meeting": meeting });
    app.post_to(&who, &path(&made, "/confirmations"), &seen.tag(), body).await.expect(201);
    app.get(&runner, &path(&made, "")).await.expect(200)
}
/// Where a call is.
pub fn path(call: &Answer, below: &str) -> String {
    format!("/v1/calls/{}{below}", call.json["call"]["key"].as_str().unwrap())
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let on = |made: Answer, below: &str| Case::at(path(&made, below)).tagged(made.tag());
    Some(match id {
        "list_calls" => Case::at("/v1/calls?page_size=5"),
        "create_call" => Case::at("/v1/calls").with(new(app)),
        "read_call" | "change_call" => on(open(app, cast).await, ""),
        "read_call_history" => on(open(app, cast).await, "/history"),
        "read_call_moves" => on(open(app, cast).await, "/moves"),
        "duplicate_call" => {
            on(open(app, cast).await, "/duplicate").with(json!({ "key": key(app), "title": { "ko": "다음 공모" } }))
        }
        "lay_down_call_rules" => on(open(app, cast).await, "/rules").with(rules(app, cast).await),
        "publish_call" => on(draft(app, cast).await, "/publish").draft(),
        "put_off_call_deadline" => {
            on(open(app, cast).await, "/deadline").with(json!({ "closes_at": minutes(app, 120), "reason": "설 연휴" }))
        }
        "begin_call_screening" => {
            let made = open(app, cast).await;
            app.pass(3661);
            on(made, "/screening")
        }
        "set_call_sheet_deadline" => {
            let made = screened(app, cast).await;
            on(made, "/sheet-deadline").with(json!({ "sheets_until": minutes(app, 120) }))
        }
        "begin_call_evaluation" => on(screened(app, cast).await, "/evaluation"),
        "notify_call_applicants" => on(decided(app, cast).await, "/notice"),
        "finish_call" => {
            let made = decided(app, cast).await;
            let told = app.post_to(&runner(app, cast), &path(&made, "/notice"), &made.tag(), Value::Null).await;
            let told = told.expect(200);
            app.pass(9 * 86_400);
            on(told, "/finish")
        }
        "cancel_call" => on(open(app, cast).await, "/cancel"),
        _ => return None,
    })
}
