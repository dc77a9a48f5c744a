//! From the screening to the last score sheet (적격 심사·위원회·평가): who is out, who judges what, who steps aside.

use super::cast::{CHALLENGED, Course, ENTRIES, Fate, LEANINGS, RECUSED, TIED, sheet};
use crate::{
    application::kit::LIST,
    committee::kit::{Judge, act, appoint, pledge, pool},
    panel::{assign, knows_nothing},
};
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp};

async fn find(app: &TestApp, course: &Course, who: &Persona, body: &str, verdict: Value) -> Answer {
    let at = format!("{LIST}/{}/screenings", course.of(body));
    app.post_to(&app.renew(who), &at, "*", json!({ "verdict": verdict })).await
}

/// 서울 is not eligible, 보건복지부 is asked for more and answers, 세종 gets bonus points, the others are eligible.
pub async fn screened(app: &TestApp, course: &Course) {
    course.call.step(app, "screening", json!({})).await.expect(200);
    let eligible = || json!({ "found": "eligible", "with": { "groups": [], "bonuses": [] } });
    // Nobody screens the own body's.
    find(app, course, &course.call.coordinator, "mois", eligible()).await.expect(403);
    let due = domain::day::Instant::from_micros(app.app.clock.now().micros() + 600_000_000);
    let more = json!({ "found": "ask_more", "question": "개인정보 영향평가 계획을 내십시오", "due": due });
    find(app, course, &course.agency, "mohw", more).await.expect(200);
    course.call.step(app, "evaluation", json!({})).await.expect(409);
    for entry in ENTRIES.iter().filter(|entry| entry.body != "mohw") {
        let verdict = match (entry.fate, entry.body) {
            (Fate::TakenBack | Fate::Late, _) => continue,
            (Fate::NotEligible, _) => {
                json!({ "found": "ineligible", "rules": ["plan_attached"], "reason": "사업계획서가 없습니다" })
            }
            (Fate::Scored(_), "sido-36") => json!({ "found": "eligible", "with": { "groups": [],
                "bonuses": [{ "code": "npu", "points": "2", "evidence": "국산 NPU 확약서" }] } }),
            (Fate::Scored(_), _) => eligible(),
        };
        find(app, course, &course.agency, entry.body, verdict).await.expect(200);
    }
    let at = format!("{LIST}/{}/supplement", course.of("mohw"));
    let answer = json!({ "answer": "붙입니다", "papers": [] });
    app.post_to(&app.renew(&course.writers["mohw"]), &at, "*", answer).await.expect(200);
    find(app, course, &course.agency, "mohw", eligible()).await.expect(200);
}

/// Six by lot, one appointed who is tied to two applicants, one who gets no application; the first of the lot in the chair.
pub async fn seated(app: &TestApp, course: &mut Course) {
    let call = course.call.key.clone();
    let pool = pool(app, &course.agency, 7).await;
    let draw = json!({ "seats": { "public": 2, "private": 4 }, "among": [] });
    let drawn = act(app, &course.agency, &call, "draws", draw).await.expect(200);
    let drawn: Vec<&str> =
        drawn.json["committee"]["members"].as_array().unwrap().iter().map(|m| m["expert"].as_str().unwrap()).collect();
    let of = |expert: &str| pool.iter().find(|judge| judge.expert == expert).unwrap().clone();
    course.members = drawn.iter().map(|expert| of(expert)).collect();
    course.spare = pool.iter().find(|judge| !drawn.contains(&judge.expert.as_str())).cloned();
    let ties = json!({ "ties": [
        { "kind": "advised", "with": { "body": "sido-26" }, "from": "2025-03-01", "to": "2026-06-30" },
        { "kind": "contracted", "with": { "body": "sido-41" }, "from": "2024-01-01", "to": "2024-12-31" }
    ] });
    course.members.push(Judge::of(app, &course.agency, "한자문", "private", ties).await);
    for judge in course.members[TIED..].iter().chain(&course.spare) {
        appoint(app, &course.agency, &call, judge, "member").await.expect(200);
    }
    act(app, &course.agency, &call, "chair", json!({ "member": course.members[0].id() })).await.expect(200);
    for judge in course.members.iter().chain(&course.spare) {
        pledge(app, &call, judge).await.expect(200);
    }
    let view = course.read(app, &course.agency, &format!("/v1/calls/{call}/committee")).await;
    assert_eq!(view["composition"], json!([]), "{view}");
    course.call.step(app, "evaluation", json!({})).await.expect(200);
}

/// Everything is given to everybody; then conflicts are decided.
pub async fn given(app: &TestApp, course: &Course) {
    let pairs: Vec<_> = Course::evaluated()
        .flat_map(|(body, _)| course.members.iter().map(move |judge| (course.of(body), judge)))
        .collect();
    assign(app, &course.call, &pairs).await.expect(200);
    // What ties the appointed member was found: 부산 stands, 경기 is dismissed. 전북 challenges another.
    let decide = async |body: &str, outcome: &str| {
        let at = format!("/v1/panels/{}", course.of(body));
        let panel = course.read(app, &course.agency, &at).await;
        let conflict = panel["panel"]["conflicts"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("{at}/conflicts/{conflict}/decide");
        app.post_to(&app.renew(&course.agency), &path, "*", json!({ "outcome": outcome, "reason": "검토" }))
            .await
            .expect(200)
    };
    knows_nothing(app, &course.members[TIED], course.of("sido-41")).await;
    decide("sido-26", "upheld").await;
    decide("sido-41", "dismissed").await;
    let taken =
        json!({ "challenge": course.challenges[0], "member": course.members[CHALLENGED].id(), "severity": "real" });
    let at = format!("/v1/panels/{}/challenges", course.of("sido-52"));
    app.post(&app.renew(&course.agency), &at, taken).await.expect(200);
    decide("sido-52", "upheld").await;
}

/// 전북 and 경기 name whom they fear before anybody is on the committee; whoever 경기 means will not be.
pub async fn challenged(app: &TestApp, course: &mut Course) {
    for (body, name) in [("sido-52", "전문가"), ("sido-41", "박아무개")] {
        let new = json!({ "name": name, "affiliation": null, "ground": "kin", "detail": "신청 기관 담당자의 친족",
            "evidence": "가족관계증명서" });
        let at = format!("{LIST}/{}/challenges", course.of(body));
        app.post(&app.renew(&course.writers["sido-26"]), &at, new.clone()).await.expect(404);
        let filed = app.post(&app.renew(&course.writers[body]), &at, new).await.expect(201);
        course.challenges.push(filed.id());
    }
}

/// Both are answered in the same words; neither learns whether somebody is on the committee.
pub async fn answered(app: &TestApp, course: &Course) {
    for (challenge, body) in course.challenges.iter().zip(["sido-52", "sido-41"]) {
        let at = format!("/v1/challenges/{challenge}");
        let answer = json!({ "words": "신청 취지를 살펴 조치했습니다", "reason": "위원 명단과 대조함" });
        let path = format!("{at}/answer");
        app.post_to(&app.renew(&course.members[0].persona), &path, "*", answer.clone()).await.expect(404);
        app.post_to(&app.renew(&course.writers[body]), &path, "*", answer.clone()).await.expect(403);
        app.post_to(&app.renew(&course.agency), &path, "*", answer).await.expect(200);
        let told = course.read(app, &course.writers[body], &at).await;
        assert_eq!((&told["version"], &told["answer"]["words"]), (&json!(2), &json!("신청 취지를 살펴 조치했습니다")));
    }
}

async fn score(app: &TestApp, course: &Course, member: usize, body: &str, halves: [i32; 3]) {
    let at = format!("/v1/assignments/{}/sheet", course.of(body));
    let who = app.renew(&course.members[member].persona);
    let draft = app.put(&who, &at, "*", sheet(halves, LEANINGS[member])).await.expect(200);
    app.post_to(&who, &format!("{at}/submit"), &draft.tag(), json!({})).await.expect(200);
}

/// Everybody scores what was given, and one steps aside afterwards.
pub async fn scored(app: &TestApp, course: &Course) {
    for (body, halves) in Course::evaluated() {
        for member in 0..course.members.len() {
            if Course::counts(member, body) || member == RECUSED {
                score(app, course, member, body, halves).await;
            }
        }
    }
    let recused = &course.members[RECUSED];
    let application = course.of("sigungu-47760");
    let aside = json!({ "ground": "other", "detail": "신청 기관과 새로 계약했다" });
    let at = format!("/v1/assignments/{application}/recuse");
    app.post(&app.renew(&recused.persona), &at, aside).await.expect(204);
    knows_nothing(app, recused, application).await;
    // The sheet stays on record and counts for nothing: three sheets fewer than thirteen times seven.
    let kept = format!("/v1/score-sheets/{application}.{}", recused.id());
    assert_eq!(course.read(app, &course.agency, &kept).await["content"]["scores"]["feasibility"], "30");
    let progress = course.read(app, &course.agency, &format!("/v1/calls/{}/sheet-progress", course.call.key)).await;
    let sums = ["needed", "submitted", "drafts", "missing", "unassigned"].map(|name| progress[name].as_u64().unwrap());
    assert_eq!(sums, [88, 88, 0, 0, 0]);
}
