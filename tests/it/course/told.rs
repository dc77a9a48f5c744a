//! After the confirmation (통지·이의신청): each applicant reads its own result, everybody who was selected.

use super::cast::{Course, ENTRIES, Fate};
use crate::application::kit::LIST;
use domain::access::Role;
use serde_json::{Value, json};
use tests::TestApp;

async fn own(app: &TestApp, course: &Course, body: &str) -> Value {
    let path = format!("{LIST}/{}/result", course.of(body));
    course.read(app, &course.writers[body], &path).await
}

/// Nothing is told before the notice; after it everybody is told of the own application.
pub async fn notified(app: &TestApp, course: &Course, lot: [&'static str; 2]) {
    let writer = &course.writers["sido-26"];
    let path = |body: &str| format!("{LIST}/{}/result", course.of(body));
    let early = app.get(&app.renew(writer), &path("sido-26")).await.expect(409);
    assert_eq!(early.json["code"], "result_not_confirmed");
    course.call.step(app, "notice", json!({})).await.expect(200);

    let told = own(app, course, "sido-26").await;
    assert_eq!((&told["outcome"], &told["rank"], &told["total"]), (&json!("selected"), &json!(1), &json!("91.00")));
    assert_eq!(told["opinions"].as_array().unwrap().len(), 6, "of the six who judged it");
    for (body, outcome) in [
        ("molit", "selected"),
        (lot[0], "selected"),
        (lot[1], "reserve"),
        ("sido-27", "reserve"),
        ("sido-12", "not_selected"),
        ("moel", "below_cut"),
        ("sido-11", "ineligible"),
        ("sido-36", "withdrawn"),
        ("sigungu-41500", "withdrawn"),
    ] {
        assert_eq!(own(app, course, body).await["outcome"], outcome, "{body}");
    }
    // Nobody reads another's, nobody learns who sits on the committee.
    for entry in ENTRIES.iter().filter(|entry| entry.fate != Fate::Late) {
        if entry.body != "sido-26" {
            app.get(&app.renew(&course.writers[entry.body]), &path("sido-26")).await.expect(404);
        }
        let text = own(app, course, entry.body).await.to_string();
        assert!(course.members.iter().all(|judge| !text.contains(&judge.id())), "{}", entry.body);
    }
    let viewer = app.persona(Role::Viewer, "moe").await;
    let list = course.read(app, &viewer, &format!("/v1/calls/{}/selected", course.call.key)).await;
    let of = |track: usize| -> Vec<&str> {
        list["tracks"][track]["selected"].as_array().unwrap().iter().map(|one| one["body"].as_str().unwrap()).collect()
    };
    let mut central = vec!["mohw", "molit", lot[0]];
    central.sort_unstable();
    assert_eq!((of(0), of(1)), (central, vec!["sido-26", "sido-52", "sigungu-47760"]));
    assert_eq!(
        [&list["tracks"][0]["national_krw"], &list["tracks"][1]["national_krw"]],
        [5_400_000_000_i64, 5_000_000_000]
    );
}

/// 대구 objects once, in time, and is answered once by those who run the call; then the call ends, and not before.
pub async fn objected(app: &TestApp, course: &Course) {
    let objection = |text: &str| json!({ "ground": "procedure", "text": text });
    let at = |body: &str| format!("{LIST}/{}/objection", course.of(body));
    let writer = &course.writers["sido-27"];
    let made = app.post(&app.renew(writer), &at("sido-27"), objection("발표 순서가 바뀌었다")).await.expect(201);
    assert_eq!(
        app.post(&app.renew(writer), &at("sido-27"), objection("또")).await.expect(409).json["code"],
        "objection_made"
    );
    app.post(&app.renew(&course.writers["sido-41"]), &at("sido-27"), objection("남의 것")).await.expect(404);
    let path = format!("/v1/objections/{}", course.of("sido-27"));
    let answer = json!({ "outcome": "rejected", "reason": "모든 신청 기관의 순서를 추첨으로 정했다" });
    for (who, status) in [(writer, 403), (&course.writers["sido-41"], 404), (&course.members[0].persona, 404)] {
        app.post_to(&app.renew(who), &format!("{path}/answer"), &made.tag(), answer.clone()).await.expect(status);
    }
    let finish = async || course.call.step(app, "finish", json!({})).await;
    assert_eq!(finish().await.expect(409).json["code"], "objections_open");
    app.post_to(&app.renew(&course.agency), &format!("{path}/answer"), &made.tag(), answer.clone()).await.expect(200);
    let twice = app.post_to(&app.renew(&course.agency), &format!("{path}/answer"), "*", answer).await.expect(409);
    assert_eq!(twice.json["code"], "objection_answered");
    assert_eq!(course.read(app, writer, &path).await["answer"]["outcome"], "rejected");
    assert_eq!(finish().await.expect(409).json["code"], "objections_open", "others may still object");
    // Seven days after the notice it is too late, and the call ends.
    app.pass(8 * 86_400);
    let late = app.post(&app.renew(&course.writers["moel"]), &at("moel"), objection("늦었다")).await.expect(409);
    assert_eq!(late.json["code"], "objection_over");
    assert_eq!(finish().await.expect(200).json["state"], "final");
}
