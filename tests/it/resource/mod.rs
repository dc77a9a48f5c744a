//! What projects are given and use (자원 지원): asked, decided by others, supplied in parts; models, services and datasets.

mod uses;

use crate::region::each;
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, audit::Trail, both};

const LIST: &str = "/v1/resource-requests";

/// A draft of MOIS with MSIT as partner.
async fn draft(app: &TestApp, planner: &Persona) -> Answer {
    let new = json!({ "project": {
        "lead_body": "mois", "title": { "ko": "AI 민원 안내" }, "summary": "안내한다.", "lead_share": "60",
        "partners": [{ "body": "msit", "share": "40" }], "fields": ["public"], "network": "internal",
        "personal_data": { "handling": "none" }, "planned": { "start": "2026-03", "end": "2027-H1" } } });
    app.post(planner, "/v1/projects", new).await.expect(201)
}

/// Files it.
async fn filed(app: &TestApp, planner: &Persona, draft: &Answer) -> Answer {
    let at = format!("/v1/projects/{}", draft.id());
    let looked = app.post_to(planner, &format!("{at}/similar-confirmation"), &draft.tag(), json!({})).await.expect(200);
    app.post_to(planner, &format!("{at}/file"), &looked.tag(), json!({})).await.expect(200)
}

fn new(kind: &str, amount: i64, unit: &str) -> Value {
    json!({ "kind": kind, "text": "학습에 쓴다", "amount": amount, "unit": unit, "wanted_from": "2026-12-01" })
}

async fn ask(app: &TestApp, planner: &Persona, project: &Answer, new: Value) -> Answer {
    app.post(planner, &format!("/v1/projects/{}/resource-requests", project.id()), new).await.expect(201)
}

/// Takes a request a step further.
async fn then(app: &TestApp, who: &Persona, request: &Answer, act: &str, body: Value) -> Answer {
    app.post_to(who, &format!("{LIST}/{}/{act}", request.id()), &request.tag(), body).await
}

/// The line of a kind in what was fulfilled.
async fn fulfilled(app: &TestApp, who: &Persona, kind: &str) -> Value {
    let all = app.get(who, &format!("{LIST}/fulfilment")).await.expect(200).json;
    all["kinds"].as_array().unwrap().iter().find(|line| line["kind"] == kind).unwrap().clone()
}

both! {
    /// The whole course: a draft's request is hidden; a coordinator of another body decides and supplies in parts; it ends.
    async fn a_request_is_decided_by_others_and_supplied_in_parts(app: TestApp) {
        let (planner, partner) = (app.planner("mois").await, app.planner("msit").await);
        let (other, own) = (app.persona(Role::Coordinator, "nia").await, app.persona(Role::Coordinator, "mois").await);
        let (stranger, adviser) = (app.planner("moe").await, app.persona(Role::Adviser, "mois").await);
        let draft = draft(&app, &planner).await;
        let made = ask(&app, &planner, &draft, new("talent", 6, "persons")).await;
        let at = format!("{LIST}/{}", made.id());
        assert_eq!(made.headers.get("location").unwrap().to_str().unwrap(), at);
        let under = format!("/v1/projects/{}/resource-requests", draft.id());
        app.post(&partner, &under, new("talent", 6, "persons")).await.expect(403);
        app.post(&stranger, &under, new("talent", 6, "persons")).await.expect(404);
        let approve = json!({ "outcome": "approved", "amount": 5, "reason": "가용 인력" });
        for (who, status, listed) in [(&planner, 200, 1), (&partner, 200, 1), (&stranger, 404, 0), (&other, 404, 0)] {
            app.get(who, &at).await.expect(status);
            assert_eq!(each(&app.get(who, LIST).await.expect(200), "/id").len(), listed);
            assert_eq!(fulfilled(&app, who, "talent").await["asked"], listed);
        }
        app.get(&adviser, LIST).await.expect(403);
        then(&app, &other, &made, "decision", approve.clone()).await.expect(404);
        filed(&app, &planner, &draft).await;
        app.get(&stranger, &at).await.expect(200);
        then(&app, &own, &made, "decision", approve.clone()).await.expect(403);
        then(&app, &planner, &made, "decision", approve.clone()).await.expect(403);
        app.post(&other, &format!("{at}/decision"), approve.clone()).await.expect(428);
        let trail = Trail::of(&app).await;
        let before = trail.last().await;
        let approved = then(&app, &other, &made, "decision", approve.clone()).await.expect(200);
        assert_eq!(trail.since(before).await, ["resource_request.decide done"]);
        assert_eq!((&approved.json["state"], &approved.json["approved"]), (&json!("approved"), &json!(5)));
        then(&app, &other, &made, "decision", approve.clone()).await.expect(412);
        let again = then(&app, &other, &approved, "decision", approve).await.expect(409);
        assert_eq!(again.json["code"], "resource_not_now");

        let supply = |amount: i64| json!({ "on": "2026-11-20", "amount": amount });
        then(&app, &own, &approved, "supplies", supply(2)).await.expect(403);
        let partly = then(&app, &other, &approved, "supplies", supply(2)).await.expect(200);
        assert_eq!((&partly.json["state"], &partly.json["supplied"]), (&json!("partly_supplied"), &json!(2)));
        let line = fulfilled(&app, &stranger, "talent").await;
        assert_eq!((&line["approved"], &line["supplied"], &line["rate"]), (&json!(1), &json!(0), &json!("0.00")));
        assert_eq!((&line["unit"], &line["amount_rate"]), (&json!("persons"), &json!("33.33")));
        let beyond = then(&app, &other, &partly, "supplies", supply(4)).await.expect(409);
        assert_eq!(beyond.json["code"], "resource_beyond_approved");
        let tomorrow = then(&app, &other, &partly, "supplies", json!({ "on": "2026-11-23", "amount": 1 })).await;
        assert_eq!(tomorrow.expect(422).faults(), ["/on out_of_range"]);
        let full = then(&app, &other, &partly, "supplies", supply(3)).await.expect(200);
        assert_eq!((&full.json["state"], full.json["supplies"].as_array().unwrap().len()), (&json!("supplied"), 2));
        let why = json!({ "reason": "수행이 끝남" });
        then(&app, &planner, &full, "withdraw", why.clone()).await.expect(409);
        then(&app, &partner, &full, "end", why.clone()).await.expect(403);
        let over = then(&app, &planner, &full, "end", why).await.expect(200);
        assert_eq!(over.json["steps"].as_array().unwrap().len(), 5);
        assert_eq!(fulfilled(&app, &stranger, "talent").await["rate"], "100.00");
    }

    /// Filters, counts by kind, and the file: each reader gets what it may see, and nothing is added across units.
    async fn requests_are_found_counted_and_exported(app: TestApp) {
        let (planner, other) = (app.planner("mois").await, app.persona(Role::Coordinator, "nia").await);
        let one = filed(&app, &planner, &draft(&app, &planner).await).await;
        let hidden = draft(&app, &planner).await;
        let data = ask(&app, &planner, &one, new("data", 3, "datasets")).await;
        ask(&app, &planner, &one, new("data", 500, "gigabytes")).await;
        let model = ask(&app, &planner, &one, new("model", 1, "models")).await;
        ask(&app, &planner, &hidden, new("model", 7, "models")).await;
        then(&app, &other, &data, "decision", json!({ "outcome": "rejected", "reason": "아직 없음" })).await.expect(200);
        then(&app, &planner, &model, "withdraw", json!({ "reason": "필요 없음" })).await.expect(200);
        let count = async |who: &Persona, query: &str| {
            each(&app.get(who, &format!("{LIST}?{query}")).await.expect(200), "/id").len()
        };
        let (project, secret) = (format!("project={}", one.id()), format!("project={}", hidden.id()));
        for (query, own, others) in [
            ("", 4, 3), ("kind=data", 2, 2), ("kind=data,model", 4, 3), ("state=requested", 2, 1), ("state=rejected", 1, 1),
            ("body=mois", 4, 3), ("body=moe", 0, 0), (&project, 3, 3), (&secret, 1, 0), ("kind=model&state=withdrawn", 1, 1),
        ] {
            assert_eq!((count(&planner, query).await, count(&other, query).await), (own, others), "{query}");
        }
        let first = app.get(&planner, &format!("{LIST}?page_size=3")).await.expect(200);
        let token = first.json["next_page_token"].as_str().unwrap();
        assert_eq!(count(&planner, &format!("page_size=3&page_token={token}")).await, 1);
        app.get(&planner, &format!("{LIST}?page_size=3&kind=data&page_token={token}")).await.expect(400);
        let line = fulfilled(&app, &other, "data").await;
        assert_eq!((&line["asked"], &line["approved"], &line["unit"]), (&json!(2), &json!(0), &Value::Null), "two units are not added");
        assert_eq!(line["asked_amount"], Value::Null);
        let line = fulfilled(&app, &other, "model").await;
        assert_eq!((&line["asked"], &line["rate"]), (&json!(0), &Value::Null), "what was taken back counts nowhere");
        let line = fulfilled(&app, &planner, "model").await;
        assert_eq!((&line["asked"], &line["asked_amount"]), (&json!(1), &json!(7)));
        let trail = Trail::of(&app).await;
        let before = trail.last().await;
        let file = app.get(&other, &format!("{LIST}/export?format=csv&header=keys&kind=data")).await.expect(200);
        assert_eq!(trail.since(before).await, ["resource_request.export read"]);
        let text = String::from_utf8(file.bytes.to_vec()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines[0].starts_with("id,project,body,kind,")), (3, true), "{text}");
        assert!(lines[1].contains(&data.id()) && lines[1].contains(",rejected,"), "{text}");
    }

    /// Of two decisions that come at once, one is made.
    async fn of_two_decisions_one_is_made(app: TestApp) {
        let (planner, other) = (app.planner("mois").await, app.persona(Role::Coordinator, "nia").await);
        let project = filed(&app, &planner, &draft(&app, &planner).await).await;
        let made = ask(&app, &planner, &project, new("talent", 6, "persons")).await;
        let decide = |outcome: &str| then(&app, &other, &made, "decision", json!({ "outcome": outcome, "reason": "시험" }));
        let (one, two) = tokio::join!(decide("approved"), decide("rejected"));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
    }
}
