//! While the call is open (접수): sixteen apply, one twice, one takes it back, one comes a second too late.

use super::cast::{Course, ENTRIES, Entry, Fate};
use crate::application::kit::{LIST, OPEN_FOR, content, draft, path, then};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, TestApp};

/// Two billion won each, nine tenths of them asked of the nation.
fn paper(entry: &Entry) -> Value {
    let mut paper = content(entry.title);
    paper["total_cost_krw"] = json!(2_000_000_000_i64);
    paper["requested_national_krw"] = json!(1_800_000_000);
    paper["own_cash_krw"] = json!(200_000_000);
    if entry.body == "sido-27" {
        paper["partners"] =
            json!([{ "body": "sido-47", "part": "경북 구간" }, { "body": "msit", "part": "모델 제공" }]);
    }
    paper
}

async fn submit(app: &TestApp, course: &Course, body: &str) -> Answer {
    let at = format!("{LIST}/{}/submit", course.of(body));
    app.post_to(&app.renew(&course.writers[body]), &at, "*", json!({})).await
}

/// Everybody writes and all but the late one submit; two seconds lie between two of them, none between 행정안전부 and
/// 농림축산식품부.
pub async fn submitted(app: &TestApp, course: &mut Course) {
    for entry in &ENTRIES {
        let role = if entry.body.starts_with('s') { Role::Applicant } else { Role::Planner };
        let writer = app.persona(role, entry.body).await;
        let made = draft(app, &writer, &course.call.key, entry.body, paper(entry)).await;
        let id = made.json["application"]["id"].as_str().unwrap().to_owned();
        if entry.body == "sido-27" {
            // The one at the side reads along and does not submit.
            let partner = app.persona(Role::Applicant, "sido-47").await;
            app.get(&partner, &path(&made)).await.expect(200);
            then(app, &partner, &made, "submit", json!({})).await.expect(403);
        }
        course.writers.insert(entry.body, writer);
        course.applications.insert(entry.body, id);
        if entry.body != "mafra" {
            app.pass(2);
        }
        if entry.fate != Fate::Late {
            submit(app, course, entry.body).await.expect(200);
        }
    }
    again(app, course).await;
    let back = &course.writers["sigungu-41500"];
    let at = format!("{LIST}/{}/withdraw", course.of("sigungu-41500"));
    app.post_to(&app.renew(back), &at, "*", json!({ "reason": "재원 사정" })).await.expect(200);
}

/// 보건복지부 submits again: what counts is the second, and only when it was the last second that it came.
async fn again(app: &TestApp, course: &Course) {
    let writer = &course.writers["mohw"];
    let at = format!("{LIST}/{}", course.of("mohw"));
    app.patch(&app.renew(writer), &at, "*", json!({ "title": "복지 사각지대 상시 발굴" })).await.expect(200);
    let seen = course.read(app, &course.agency, &at).await;
    assert_eq!(seen["application"]["content"]["title"], "복지 사각지대 발굴", "a draft is nobody else's");
    let twice = submit(app, course, "mohw").await.expect(200);
    assert_eq!(twice.json["application"]["submissions"].as_array().unwrap().len(), 2);
}

/// The last second is in time and the next one is not.
pub async fn closed(app: &TestApp, course: &Course) {
    course.call.until(app, OPEN_FOR);
    let writer = &course.writers["moel"];
    let at = format!("{LIST}/{}", course.of("moel"));
    app.patch(&app.renew(writer), &at, "*", json!({ "summary": "마지막에 고쳤다." })).await.expect(200);
    submit(app, course, "moel").await.expect(200);
    course.call.until(app, OPEN_FOR + 1);
    assert_eq!(submit(app, course, "sigungu-51230").await.expect(409).json["code"], "submission_late");
    let call = course.read(app, &course.agency, &format!("/v1/calls/{}", course.call.key)).await;
    assert_eq!(call["state"], "closed");
    // What is told of how many applied counts what was submitted, by kind of applicant.
    let found = async |query: &str| {
        let page =
            course.read(app, &course.agency, &format!("{LIST}?call={}&count=exact{query}", course.call.key)).await;
        page["total"].as_u64().unwrap()
    };
    assert_eq!((found("").await, found("&standing=submitted").await, found("&standing=withdrawn").await), (15, 14, 1));
    assert_eq!(
        [found("&level=central").await, found("&level=sido").await, found("&level=municipality").await],
        [5, 7, 3]
    );
}
