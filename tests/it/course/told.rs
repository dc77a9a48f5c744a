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
