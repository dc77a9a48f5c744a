//! After the end of the call (협약): awards offered, one given up, the reserves promoted in their order, one agreed.

use super::cast::Course;
use serde_json::{Value, json};
use tests::{Answer, TestApp};

async fn money(app: &TestApp, course: &Course, track: usize) -> [u64; 3] {
    let told = course.read(app, &course.agency, &format!("/v1/calls/{}/award-money", course.call.key)).await;
    let track = &told["tracks"][track];
    [
        track["living_awards"].as_u64().unwrap(),
        track["offered_krw"].as_u64().unwrap() / 1_000_000,
        track["left_krw"].as_u64().unwrap() / 1_000_000,
    ]
}

async fn promote(app: &TestApp, course: &Course, body: &str) -> Answer {
    let wish = json!({ "application": course.of(body), "partial": null });
    app.post(&app.renew(&course.agency), &format!("/v1/calls/{}/awards/promote", course.call.key), wish).await
}

/// All that were selected are offered; 전북 gives up, and 대구 and 경기 come in behind it, in this order.
pub async fn promoted(app: &TestApp, course: &Course) {
    let at = format!("/v1/calls/{}/awards", course.call.key);
    app.post(&app.renew(&course.writers["sido-26"]), &at, json!({})).await.expect(403);
    // Nobody offers to the own body, which is among the selected or the next to come in.
    let offered = app.post(&app.renew(&course.agency), &at, json!({})).await.expect(200);
    assert_eq!(offered.json["awards"].as_array().unwrap().len(), 6);
    assert_eq!((money(app, course, 0).await, money(app, course, 1).await), ([3, 5400, 6600], [3, 5000, 1000]));
    assert_eq!(
        promote(app, course, "sido-27").await.expect(409).json["code"],
        "track_envelope_short",
        "1,400 of 1,000"
    );

    let path = format!("/v1/awards/{}/give-up", course.of("sido-52"));
    let why = json!({ "reason": "도비를 확보하지 못했다" });
    app.post_to(&app.renew(&course.writers["sido-41"]), &path, "*", why.clone()).await.expect(404);
    let gone = app.post_to(&app.renew(&course.writers["sido-52"]), &path, "*", why).await.expect(200);
    assert_eq!(gone.json["state"], "given_up");
    assert_eq!(promote(app, course, "sido-41").await.expect(409).json["code"], "not_next_reserve");
    assert_eq!(promote(app, course, "sido-12").await.expect(409).json["code"], "not_next_reserve");
    promote(app, course, "sido-27").await.expect(200);
    promote(app, course, "sido-41").await.expect(200);
    assert_eq!(money(app, course, 1).await, [4, 6000, 0], "never beyond the envelope");
}

/// 영양군 agrees: a project in planning with a line for each who pays, which add up to the won.
pub async fn agreed(app: &TestApp, course: &Course) {
    let agreement = json!({
        "number": "2026-AX-07", "signed_on": "2026-11-22", "begins_on": "2026-12-01", "ends_on": "2027-11-30",
        "conditions": [{ "text": "개인정보 영향평가를 마친다", "due": "2026-12-31" }],
        "instalments": [{ "due_on": "2026-12-10", "national_krw": 1_000_000_000 }, { "due_on": "2027-06-30", "national_krw": 800_000_000 }]
    });
    let path = format!("/v1/awards/{}/agreement", course.of("sigungu-47760"));
    app.post_to(&app.renew(&course.writers["sigungu-47760"]), &path, "*", agreement.clone()).await.expect(403);
    let agreed = app.post_to(&app.renew(&course.agency), &path, "*", agreement).await.expect(200);
    let record = &agreed.json["award"]["agreement"];
    let lines: Vec<(&str, &str, u64)> = record["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (
                line["source"].as_str().unwrap(),
                line["body"].as_str().unwrap(),
                line["amount_krw"].as_u64().unwrap() / 1_000_000,
            )
        })
        .collect();
    assert_eq!(lines, [("national", "mois", 1800), ("sido", "sido-47", 60), ("municipality", "sigungu-47760", 140)]);
    let writer = &course.writers["sigungu-47760"];
    let page = course.read(app, writer, &format!("/v1/projects/{}", record["project"].as_str().unwrap())).await;
    let standing = &page["project"]["standing"];
    assert_eq!((&standing["status"], &standing["phase"]), (&json!("active"), &json!("planning")));
    assert_eq!(
        (&page["project"]["lead_body"], &page["budget"]["current_budget_krw"]),
        (&json!("sigungu-47760"), &json!(2_000_000_000_i64))
    );
    for line in record["lines"].as_array().unwrap() {
        let path = format!("/v1/budget-lines/{}", line["line"].as_str().unwrap());
        let kept = course.read(app, &course.agency, &path).await;
        let envelope = if line["source"] == "national" { json!("public-ai-2026") } else { Value::Null };
        assert_eq!(kept["envelope"], envelope, "{}", line["source"]);
    }
}
