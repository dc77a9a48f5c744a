//! From the first preview to the confirmed result (미리 보기·지표 결정·추첨·선정 확정), against what is reckoned here by hand.
//!
//! Members lean by -3, -2, -1, 1, 2, 3 and 0 points. Of all seven the highest and the lowest are dropped and the leanings of
//! the rest add up to nothing: the mean is the plain sum of points. 부산 lacks the one of 0, which changes nothing; 전북 lacks the one of
//! 2 and 영양군 that of 3, and -2, -1, 0 and 1 are left: half a point less. 영양군 falls to 91.00 and so behind 부산, which has the same
//! and more in suitability.

use super::cast::{CHALLENGED, Course, LEANINGS, RECUSED, TIED};
use crate::{application::kit::LIST, committee::kit::Judge};
use domain::evaluation::{evaluate, read};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use tests::{Answer, Persona, TestApp};

/// Final score, rank, national money in millions of won, and what became of it: `+` selected, `r1` reserve, `-` neither, with the
/// reason.
type Line = (&'static str, &'static str, u64, u64, &'static str);

/// The central track: two are clear, two share the last place.
const CENTRAL: [Line; 4] = [
    ("molit", "90.00", 1, 1800, "+"),
    ("mohw", "88.00", 2, 1800, "+"),
    ("mois", "85.00", 3, 1800, "- lot_required"),
    ("mafra", "85.00", 3, 1800, "- lot_required"),
];

/// The local track, six billion won. 전북 comes too dear behind three, 대구 fits.
const LOCAL: [Line; 8] = [
    ("sido-36", "95.00", 1, 1400, "+"),
    ("sido-26", "91.00", 2, 1400, "+"),
    ("sigungu-47760", "91.00", 3, 1800, "+"),
    ("sido-52", "88.50", 4, 1800, "r1 envelope_short"),
    ("sido-27", "87.00", 5, 1400, "+"),
    ("sido-41", "84.00", 6, 1400, "r2 awards_full"),
    ("sido-12", "80.00", 7, 1800, "- awards_full"),
    ("sigungu-12110", "75.00", 8, 1800, "- awards_full"),
];

/// The same once 세종 has withdrawn: everybody moves up, 전북 fits now and 대구 does not.
const WITHOUT_SEJONG: [Line; 7] = [
    ("sido-26", "91.00", 1, 1400, "+"),
    ("sigungu-47760", "91.00", 2, 1800, "+"),
    ("sido-52", "88.50", 3, 1800, "+"),
    ("sido-27", "87.00", 4, 1400, "r1 envelope_short"),
    ("sido-41", "84.00", 5, 1400, "r2 envelope_short"),
    ("sido-12", "80.00", 6, 1800, "- envelope_short"),
    ("sigungu-12110", "75.00", 7, 1800, "- envelope_short"),
];

fn at(course: &Course, below: &str) -> String {
    format!("/v1/calls/{}{below}", course.call.key)
}

/// What a result says of the application of a body.
pub fn placed<'a>(course: &Course, result: &'a Value, body: &str) -> &'a Value {
    let list = result["result"]["applications"].as_array().unwrap();
    list.iter().find(|one| one["id"] == **course.of(body)).unwrap_or_else(|| panic!("{body} is not there"))
}

fn is(course: &Course, result: &Value, (body, score, rank, millions, fate): Line) {
    let one = placed(course, result, body);
    let outcome = match (one["outcome"].as_str().unwrap(), one["reserve_order"].as_u64()) {
        ("selected", None) => "+".to_owned(),
        ("reserve", Some(order)) => format!("r{order}"),
        ("not_selected", None) => "-".to_owned(),
        other => panic!("{other:?}"),
    };
    let told = [outcome.as_str()].into_iter().chain(one["reason"].as_str()).collect::<Vec<_>>().join(" ");
    let found = (one["final"].as_str(), one["rank"].as_u64(), one["cost_share"]["national"].as_u64(), told.as_str());
    assert_eq!(found, (Some(score), Some(rank), Some(millions * 1_000_000), fate), "{body}");
}

fn track(result: &Value, index: usize) -> (u64, u64, bool) {
    let track = &result["result"]["tracks"][index];
    let millions = track["committed"].as_u64().unwrap() / 1_000_000;
    (track["awards"].as_u64().unwrap(), millions, track["lot_required"].as_bool().unwrap())
}

/// What the dossier comes to for anybody who reckons it, and whether that is the very result.
fn again(dossier: &Value) -> Value {
    serde_json::to_value(evaluate(&read(dossier).unwrap())).unwrap()
}

/// Nothing is made up for 전남광주, which has no row of its own: people decide, with a source and a reason.
pub async fn previewed(app: &TestApp, course: &Course) {
    let missing = app.get(&app.renew(&course.agency), &at(course, "/result")).await.expect(422);
    assert!(missing.json.to_string().contains("indicator_missing"), "{}", missing.json);
    let decide = |region: &str| {
        json!({ "region": region, "kind": "fiscal_independence_ratio", "ratio": "27.29", "source": "지방재정365, 광주와 전남의 합계",
            "reason": "합친 두 시도의 자체수입과 예산을 더해 나눈 값" })
    };
    let path = at(course, "/indicators");
    app.post_to(&app.renew(&course.agency), &path, "*", decide("26")).await.expect(422);
    app.post_to(&app.renew(&course.members[0].persona), &path, "*", decide("12")).await.expect(403);
    app.post_to(&app.renew(&course.agency), &path, "*", decide("12")).await.expect(200);

    let result = course.read(app, &course.agency, &at(course, "/result")).await;
    assert_eq!((&result["standing"], &result["withheld"]), (&json!("preview"), &json!(0)));
    for line in CENTRAL.into_iter().chain(LOCAL) {
        is(course, &result, line);
    }
    assert_eq!((track(&result, 0), track(&result, 1)), ((2, 3600, true), (4, 6000, false)));
    for (body, outcome) in [("moel", "below_cut"), ("sido-11", "ineligible"), ("sigungu-41500", "withdrawn")] {
        assert_eq!(placed(course, &result, body)["outcome"], outcome, "{body}");
    }
    assert_eq!(result["result"]["applications"].as_array().unwrap().len(), 15, "what came too late is not there");
    let share = &placed(course, &result, "sigungu-47760")["cost_share"];
    let parts = ["national", "sido", "municipality", "own"].map(|part| share[part].as_u64().unwrap() / 1_000_000);
    assert_eq!((parts, &share["indicator_value"]), ([1800, 60, 140, 0], &json!("6.32")));
    assert_eq!(placed(course, &result, "sigungu-12110")["cost_share"]["indicator_value"], "16.40");
    dropped(course, &result);
    let dossier = course.read(app, &course.agency, &at(course, "/dossier")).await;
    assert_eq!(again(&dossier), result["result"]);
    assert_eq!(dossier["exclusions"].as_array().unwrap().len(), 3);
}

/// Whose sheets counted, and whose were dropped: the highest and the lowest of them.
fn dropped(course: &Course, result: &Value) {
    for (body, out) in
        [("sido-26", Some(TIED)), ("sido-52", Some(CHALLENGED)), ("sigungu-47760", Some(RECUSED)), ("molit", None)]
    {
        let mut left: Vec<(i32, String)> =
            (0..LEANINGS.len()).filter(|n| Some(*n) != out).map(|n| (LEANINGS[n], course.members[n].id())).collect();
        left.sort();
        let one = placed(course, result, body);
        assert_eq!(one["valid_sheets"], left.len(), "{body}");
        assert_eq!(one["dropped_members"], json!([left.last().unwrap().1, left[0].1]), "{body}");
    }
}

/// 세종 withdraws after the ranking has been seen.
pub async fn without_sejong(app: &TestApp, course: &Course) -> Answer {
    let before = app.get(&app.renew(&course.members[0].persona), &at(course, "/result")).await.expect(200);
    let path = format!("{LIST}/{}/withdraw", course.of("sido-36"));
    app.post_to(&app.renew(&course.writers["sido-36"]), &path, "*", json!({ "reason": "사업 재검토" }))
        .await
        .expect(200);
    let result = course.read(app, &course.agency, &at(course, "/result")).await;
    for line in CENTRAL.into_iter().chain(WITHOUT_SEJONG) {
        is(course, &result, line);
    }
    let gone = placed(course, &result, "sido-36");
    assert_eq!(
        (&gone["outcome"], &gone["rank"], &gone["cost_share"]),
        (&json!("withdrawn"), &Value::Null, &Value::Null)
    );
    assert_eq!(track(&result, 1), (3, 5000, false));
    before
}

fn meeting(app: &TestApp, course: &Course, present: usize, in_favour: usize) -> Value {
    let attendees: Vec<String> = course.members.iter().take(present).map(Judge::id).collect();
    json!({ "held_at": app.app.clock.now(), "place": "세종", "attendees": attendees, "in_favour": in_favour, "minutes": "원안대로 의결하다" })
}

async fn confirm(app: &TestApp, course: &Course, who: &Persona, hash: &Value, meeting: Value) -> Answer {
    let body = json!({ "inputs_sha256": hash, "meeting": meeting });
    app.post_to(&app.renew(who), &at(course, "/confirmations"), "*", body).await
}

/// A lot decides between 행정안전부 and 농림축산식품부; anybody draws it again from its seed. Who won is told.
pub async fn drawn(app: &TestApp, course: &Course) -> [&'static str; 2] {
    let chair = &course.members[0].persona;
    let seen = course.read(app, chair, &at(course, "/result")).await;
    let early =
        confirm(app, course, chair, &seen["result"]["inputs_sha256"], meeting(app, course, 5, 5)).await.expect(409);
    assert_eq!(early.json["code"], "lot_wanting");
    let ask = |track: &str| json!({ "track": track });
    app.post_to(&app.renew(chair), &at(course, "/lots"), "*", ask("central")).await.expect(403);
    let none = app.post_to(&app.renew(&course.agency), &at(course, "/lots"), "*", ask("local")).await.expect(409);
    assert_eq!(none.json["code"], "no_lot_needed");
    let drawn = app.post_to(&app.renew(&course.agency), &at(course, "/lots"), "*", ask("central")).await.expect(200);
    let lot = &drawn.json["lots"][0];
    let seed = lot["seed"].as_str().unwrap();
    let mut order = ["mois", "mafra"];
    order.sort_by_key(|body| Sha256::digest(format!("{seed}:{}", course.of(body))).to_vec());
    assert_eq!(lot["order"], json!(order.map(|body| course.of(body))));
    let result = course.read(app, &course.agency, &at(course, "/result")).await;
    is(course, &result, (order[0], "85.00", 3, 1800, "+"));
    is(course, &result, (order[1], "85.00", 3, 1800, "r1 awards_full"));
    assert_eq!(track(&result, 0), (3, 5400, false));
    assert_eq!(result["result"]["inputs_sha256"], seen["result"]["inputs_sha256"], "a lot is no input");
    order
}

/// By the chair, by a meeting with quorum and majority, and exactly what was looked at.
pub async fn confirmed(app: &TestApp, course: &Course, before: &Answer, lot: [&'static str; 2]) {
    let chair = &course.members[0].persona;
    let seen = app.get(&app.renew(chair), &at(course, "/result")).await.expect(200);
    let hash = &seen.json["result"]["inputs_sha256"];
    let attempt = async |who: &Persona, hash: &Value, present, in_favour| {
        confirm(app, course, who, hash, meeting(app, course, present, in_favour)).await
    };
    let stale = attempt(chair, &before.json["result"]["inputs_sha256"], 5, 5).await.expect(409);
    assert_eq!(stale.json["code"], "inputs_changed", "세종 has withdrawn since");
    // Four of eight are not more than half, nor are two of five.
    let few = attempt(chair, hash, 4, 4).await.expect(422);
    assert_eq!(few.faults(), ["/meeting/attendees meeting_without_quorum"]);
    let split = attempt(chair, hash, 5, 2).await.expect(422);
    assert_eq!(split.faults(), ["/meeting/in_favour meeting_without_majority"]);
    for who in [&course.agency, &course.call.coordinator, &course.members[1].persona] {
        attempt(who, hash, 5, 5).await.expect(403);
    }
    let open = course.read(app, &course.agency, &at(course, "")).await;
    assert_eq!(open["state"], "evaluation");
    let done = attempt(chair, hash, 5, 3).await.expect(201);
    assert_eq!((&done.json["number"], &done.json["inputs_sha256"]), (&json!(1), hash));
    assert_eq!(attempt(chair, hash, 5, 3).await.expect(422).faults(), ["/reason correction_reason"]);
    kept(app, course, &seen.json, lot).await;
    // No sheet is taken any more.
    let path = format!("/v1/assignments/{}/sheet", course.of("molit"));
    let late = app.put(&app.renew(&course.members[1].persona), &path, "*", json!({ "scores": {} })).await.expect(409);
    assert_eq!(late.json["code"], "evaluation_not_open");
}

/// What was confirmed is what was seen, and its frozen dossier gives it again but for the lot, which is recorded beside it.
async fn kept(app: &TestApp, course: &Course, seen: &Value, lot: [&'static str; 2]) {
    let result = course.read(app, &course.agency, &at(course, "/result")).await;
    assert_eq!(
        (&result["standing"], &result["confirmation"], &result["result"]),
        (&json!("confirmed"), &json!(1), &seen["result"])
    );
    let dossier = course.read(app, &course.agency, &at(course, "/dossier?confirmation=1")).await;
    let again = again(&dossier);
    assert_eq!(again["inputs_sha256"], result["result"]["inputs_sha256"]);
    let by_id = |result: &Value| -> BTreeMap<String, Value> {
        let list = result["applications"].as_array().unwrap().iter();
        list.map(|one| (one["id"].as_str().unwrap().to_owned(), one.clone())).collect()
    };
    let (mut one, mut other) = (by_id(&again), by_id(&result["result"]));
    for body in lot {
        assert_eq!(one.remove(course.of(body)).unwrap()["reason"], "lot_required");
        other.remove(course.of(body)).unwrap();
    }
    assert_eq!(one, other);
    assert_eq!(again["tracks"][1], result["result"]["tracks"][1]);
}
