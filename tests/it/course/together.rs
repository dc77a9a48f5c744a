//! At the same time (동시에): previews while two hundred submit, a sheet opened again while the chair confirms, two who confirm.

use crate::{
    application::kit::Open,
    committee::kit::{Judge, evaluated, pool},
    panel::assign,
    scoring::together::patient,
};
use domain::{
    access::Role,
    evaluation::{evaluate, read},
};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::{cell::RefCell, collections::BTreeSet};
use tests::{Answer, Persona, TestApp, both};

/// Points that differ from member to member, so that a mean tells whose sheets are in it.
fn content(n: usize) -> Value {
    let halves = |halves: usize| format!("{}.{}", halves / 2, halves % 2 * 5);
    json!({ "scores": { "suitability": halves(n % 80), "feasibility": halves(n / 80 + 40), "spread_potential": "30" } })
}

async fn submit(app: &TestApp, judge: &Judge, application: &str, content: Value) -> Answer {
    let at = format!("/v1/assignments/{application}/sheet");
    let written = patient(async || app.put(&app.renew(&judge.persona), &at, "*", content.clone()).await).await;
    if written.status != 200 {
        return written;
    }
    let tag = written.tag();
    patient(async || app.post_to(&app.renew(&judge.persona), &format!("{at}/submit"), &tag, json!({})).await).await
}

/// The members whose sheets are in a dossier.
fn members(dossier: &Value) -> BTreeSet<String> {
    dossier["sheets"].as_array().unwrap().iter().map(|sheet| sheet["member"].as_str().unwrap().to_owned()).collect()
}

/// A call with one application of a central body, given to everybody; the first of them is in the chair.
struct Judged {
    call: Open,
    application: String,
    judges: Vec<Judge>,
}

impl Judged {
    async fn of(app: &TestApp, key: &str, judges: Vec<Judge>) -> Self {
        let (call, ids) = evaluated(app, key, &judges, &["mohw"], "never").await;
        let pairs: Vec<_> = judges.iter().map(|judge| (&ids[0], judge)).collect();
        assign(app, &call, &pairs).await.expect(200);
        Self { call, application: ids[0].clone(), judges }
    }
    /// The same with every sheet submitted.
    async fn scored(app: &TestApp, key: &str, judges: Vec<Judge>) -> Self {
        let judged = Self::of(app, key, judges).await;
        for (n, judge) in judged.judges.iter().enumerate() {
            submit(app, judge, &judged.application, content(n)).await.expect(200);
        }
        judged
    }
    fn at(&self, below: &str) -> String {
        format!("/v1/calls/{}{below}", self.call.key)
    }
    async fn read(&self, app: &TestApp, who: &Persona, below: &str) -> Value {
        patient(async || app.get(&app.renew(who), &self.at(below)).await).await.expect(200).json
    }
    async fn confirm(&self, app: &TestApp, seen: &Answer, tag: &str) -> Answer {
        let attendees: Vec<String> = self.judges.iter().map(Judge::id).collect();
        let meeting = json!({ "held_at": app.app.clock.now(), "place": "세종", "in_favour": attendees.len(), "attendees": attendees,
            "minutes": "원안 의결" });
        let body = json!({ "inputs_sha256": seen.json["result"]["inputs_sha256"], "meeting": meeting });
        let chair = &self.judges[0].persona;
        patient(async || app.post_to(&app.renew(chair), &self.at("/confirmations"), tag, body.clone()).await).await
    }
    async fn seen(&self, app: &TestApp) -> Answer {
        app.get(&app.renew(&self.judges[0].persona), &self.at("/result")).await.expect(200)
    }
}

both! {
    /// While two hundred submit, every preview, dossier and progress is of some moment: what was acknowledged before the look is
    /// in it, nothing is in it that had not been sent, and nothing that was in it goes away.
    async fn every_preview_is_of_some_moment(app: TestApp) {
        let agency = app.persona(Role::Coordinator, "nia").await;
        let judged = Judged::of(&app, "c-moment", pool(&app, &agency, 200).await).await;
        let (sent, acknowledged) = (RefCell::new(BTreeSet::new()), RefCell::new(BTreeSet::new()));
        let submissions = join_all(judged.judges.iter().enumerate().map(async |(n, judge)| {
            sent.borrow_mut().insert(judge.id());
            submit(&app, judge, &judged.application, content(n)).await.expect(200);
            acknowledged.borrow_mut().insert(judge.id());
        }));
        let looks = async {
            let mut in_it = BTreeSet::new();
            for _ in 0..25 {
                let before = acknowledged.borrow().clone();
                let dossier = judged.read(&app, &agency, "/dossier").await;
                let now = members(&dossier);
                assert!(before.is_subset(&now) && now.is_subset(&sent.borrow()), "{} {}", before.len(), now.len());
                assert!(in_it.is_subset(&now), "what was in it goes away");
                in_it = now;
                let result = judged.read(&app, &agency, "/result").await["result"].clone();
                let counted = usize::try_from(result["applications"][0]["valid_sheets"].as_u64().unwrap()).unwrap();
                assert!((in_it.len()..=sent.borrow().len()).contains(&counted), "{counted}");
                let reckoned = serde_json::to_value(evaluate(&read(&dossier).unwrap())).unwrap();
                if result["inputs_sha256"] == reckoned["inputs_sha256"] {
                    assert_eq!(result, reckoned);
                }
                assert_eq!(reckoned["applications"][0]["valid_sheets"], in_it.len());
                let progress = judged.read(&app, &agency, "/sheet-progress").await;
                let [submitted, missing] = ["submitted", "missing"].map(|name| progress[name].as_u64().unwrap());
                assert!(submitted + missing == 200 && submitted >= u64::try_from(counted).unwrap(), "{progress}");
                tokio::task::yield_now().await;
            }
            in_it.len()
        };
        let (_, last) = tokio::join!(submissions, looks);
        println!("the last look while they submitted had {last} sheets");
        let dossier = judged.read(&app, &agency, "/dossier").await;
        assert_eq!(members(&dossier).len(), 200);
        let page = app.get(&app.renew(&agency), "/v1/score-sheets?call=c-moment&state=submitted&page_size=200").await.expect(200);
        assert_eq!(page.json["items"].as_array().unwrap().len(), 200);
        let reckoned = serde_json::to_value(evaluate(&read(&dossier).unwrap())).unwrap();
        assert_eq!(judged.read(&app, &agency, "/result").await["result"], reckoned);
        // All of it is confirmed, and nothing comes after it.
        let seen = judged.seen(&app).await;
        judged.confirm(&app, &seen, &seen.tag()).await.expect(201);
        let late = submit(&app, &judged.judges[7], &judged.application, content(0)).await;
        assert_eq!((late.status.as_u16(), &late.json["code"]), (409, &json!("evaluation_not_open")));
        assert_eq!(judged.read(&app, &agency, "/dossier").await, dossier);
    }

    /// A sheet is opened again and submitted with other points while the chair confirms: either it came before and what was
    /// looked at is confirmed no more, or it is refused and counts for nothing.
    async fn no_sheet_counts_after_the_confirmation(app: TestApp) {
        let agency = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &agency, 6).await;
        for round in 0..4 {
            let judged = Judged::scored(&app, &format!("c-late-{round}"), judges.clone()).await;
            let (seen, last) = (judged.seen(&app).await, &judged.judges[5]);
            let tag = seen.tag();
            let sheet = format!("/v1/score-sheets/{}.{}", judged.application, last.id());
            let again = async {
                let why = json!({ "reason": "합산 착오" });
                let open = patient(async || app.post_to(&app.renew(&agency), &format!("{sheet}/reopen"), "*", why.clone()).await).await;
                if open.status == 200 { submit(&app, last, &judged.application, content(79)).await } else { open }
            };
            let (confirmed, again) = if round % 2 == 0 {
                tokio::join!(judged.confirm(&app, &seen, &tag), again)
            } else {
                let (again, confirmed) = tokio::join!(again, judged.confirm(&app, &seen, &tag));
                (confirmed, again)
            };
            let came_before = match (confirmed.status.as_u16(), again.status.as_u16()) {
                (201, 409) => false,
                (409, 200) => true,
                other => panic!("{other:?} {} {}", confirmed.json, again.json),
            };
            if came_before {
                assert!(["inputs_changed", "sheets_wanting"].contains(&confirmed.json["code"].as_str().unwrap()));
                let seen = judged.seen(&app).await;
                judged.confirm(&app, &seen, &seen.tag()).await.expect(201);
            }
            println!("round {round}: the sheet came {}", if came_before { "before" } else { "after" });
            let dossier = judged.read(&app, &agency, "/dossier?confirmation=1").await;
            let sheets = dossier["sheets"].as_array().unwrap();
            let of_last = sheets.iter().find(|one| one["member"] == last.id()).unwrap();
            assert_eq!(of_last["scores"]["suitability"], if came_before { "39.5" } else { "2.5" });
            let result = judged.read(&app, &agency, "/result").await;
            assert_eq!(result["result"], serde_json::to_value(evaluate(&read(&dossier).unwrap())).unwrap());
        }
    }

    /// Two who confirm at the same time: one does, whether they name the version that they saw or any.
    async fn of_two_who_confirm_one_does(app: TestApp) {
        let agency = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &agency, 3).await;
        for (round, tag) in [None, Some("*"), None, Some("*")].into_iter().enumerate() {
            let judged = Judged::scored(&app, &format!("c-two-{round}"), judges.clone()).await;
            let seen = judged.seen(&app).await;
            let tag = tag.map_or_else(|| seen.tag(), str::to_owned);
            let all = join_all((0..4).map(|_| judged.confirm(&app, &seen, &tag))).await;
            let mut statuses: Vec<u16> = all.iter().map(|answer| answer.status.as_u16()).collect();
            statuses.sort_unstable();
            let refused = if tag == "*" { 422 } else { 412 };
            assert_eq!(statuses, [201, refused, refused, refused], "{tag}");
            let selection = judged.read(&app, &agency, "/selection").await;
            assert_eq!(selection["confirmations"].as_array().unwrap().len(), 1);
            let history = judged.read(&app, &agency, "/history?page_size=200").await;
            let auditor = app.persona(Role::Auditor, "bai").await;
            let told = app.get(&auditor, "/v1/audit/entries?action=selection.confirm&outcome=done&page_size=200").await.expect(200);
            assert_eq!(told.json["items"].as_array().unwrap().len(), round + 1, "{history}");
        }
    }
}
