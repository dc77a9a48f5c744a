//! The portfolio (포트폴리오): sums that a dashboard shows, and that always agree with what they sum up.

use serde_json::{Value, json};
use tests::{Persona, TestApp, both};

/// A filed project with one line of 1,000,000,000 won of its lead; says its id.
async fn filed(app: &TestApp, lead: &str, new: Value) -> (Persona, String) {
    let planner = app.planner(lead).await;
    let made = app.post(&planner, "/v1/projects", json!({ "project": new })).await.expect(201);
    let path = format!("/v1/projects/{}", made.id());
    let looked =
        app.post_to(&planner, &format!("{path}/similar-confirmation"), &made.tag(), json!({})).await.expect(200);
    app.post_to(&planner, &format!("{path}/file"), &looked.tag(), json!({})).await.expect(200);
    (planner, made.id())
}

fn project(lead: &str, title: &str, partner: Option<&str>) -> Value {
    let partners: Vec<Value> = partner.iter().map(|p| json!({ "body": p, "share": "40" })).collect();
    let lead_share = if partner.is_some() { "60" } else { "100" };
    json!({
        "lead_body": lead, "title": { "ko": title }, "summary": "시험용 과제", "lead_share": lead_share, "partners": partners,
        "fields": ["public"], "network": "internal", "personal_data": { "handling": "none" },
        "planned": { "start": "2026-03", "end": "2027-H1" }
    })
}

async fn line(app: &TestApp, planner: &Persona, body: &str, project: &str, year: i32, won: i64, share: &str) {
    let new = json!({
        "body": body, "fiscal_year": year, "title": "AX 예산", "kind": "grant",
        "account": { "kind": "general", "name": "일반회계" }, "hierarchy": {}, "project": project, "share": share, "standing": "active",
        "appropriation": { "amount_krw": won, "booked_on": format!("{year}-01-02") }
    });
    app.post(planner, "/v1/budget-lines", new).await.expect(201);
}

async fn agrees(app: &TestApp) {
    let drift = store::portfolio::drift(&app.app.store).await.unwrap();
    assert!(drift.is_empty(), "{drift:#?}");
}

both! {
    /// A joint project counts once, its bodies by share, its money at the body whose line it is.
    async fn nothing_is_counted_twice(app: TestApp) {
        let (mois, joint) = filed(&app, "mois", project("mois", "AI 민원 안내", Some("msit"))).await;
        filed(&app, "mohw", project("mohw", "AI 복지 상담", None)).await;
        line(&app, &mois, "mois", &joint, 2026, 1_000_000_001, "50").await;
        agrees(&app).await;
        let viewer = app.coordinator().await;
        let by_body = app.get(&viewer, "/v1/portfolio/summary?group_by=body,phase").await.expect(200);
        assert_eq!(by_body.json["total"]["projects"], 2);
        assert_eq!(by_body.json["total"]["joint_projects"], 1);
        assert_eq!(by_body.json["total"]["attributed_projects"], "2.00");
        assert_eq!(by_body.json["total"]["current_budget_krw"], 1_000_000_001_i64);
        let group = |body: &str, phase: Value| {
            let groups = by_body.json["groups"].as_array().unwrap();
            groups.iter().find(|g| g["body"] == body && g["phase"] == phase).unwrap_or_else(|| panic!("{body}"))["sums"].clone()
        };
        assert_eq!(group("mois", json!("planning"))["attributed_projects"], "0.60");
        assert_eq!(group("msit", json!("planning"))["attributed_projects"], "0.40");
        assert_eq!(group("msit", json!("planning"))["projects"], 0);
        assert_eq!(group("mois", json!("planning"))["current_budget_krw"], 500_000_000);
        assert_eq!(group("mois", Value::Null)["current_budget_krw"], 500_000_001, "the remainder stays with the body");
        let again = app.get(&viewer, "/v1/portfolio/summary?group_by=body,phase").await.expect(200);
        assert_eq!(again.tag(), by_body.tag());
        line(&app, &mois, "mois", &joint, 2025, 400_000_000, "100").await;
        let of_2026 = app.get(&viewer, "/v1/portfolio/summary?year=2026").await.expect(200);
        assert_eq!(of_2026.json["total"]["previous_current_budget_krw"], 400_000_000);
        assert_eq!(of_2026.json["total"]["change_percent"], "150.00");
        let of_2025 = app.get(&viewer, "/v1/portfolio/summary?year=2025&group_by=body").await.expect(200);
        assert_eq!(of_2025.json["groups"][0]["sums"]["change_percent"], Value::Null, "no change on nothing");
        let coverage = app.get(&viewer, "/v1/portfolio/coverage?year=2026").await.expect(200);
        assert_eq!((&coverage.json["bodies_with_budget"], &coverage.json["of_which_with_project"]), (&json!(1), &json!(1)));
        agrees(&app).await;
    }

    /// The cells follow every change of a project: what it is, where it stands, whether it counts.
    async fn the_cells_follow_the_project(app: TestApp) {
        let (mois, id) = filed(&app, "mois", project("mois", "AI 민원 안내", Some("msit"))).await;
        line(&app, &mois, "mois", &id, 2026, 1_000_000_000, "100").await;
        let path = format!("/v1/projects/{id}");
        let page = app.get(&mois, &path).await.expect(200);
        let moved = app.patch(&mois, &path, &page.tag(), json!({ "fields": ["medical"], "regions": ["36"] })).await.expect(200);
        agrees(&app).await;
        let summary = app.get(&mois, "/v1/portfolio/summary?group_by=field,region&field=medical").await.expect(200);
        assert_eq!(summary.json["groups"][0]["region"], "36");
        assert_eq!(summary.json["total"]["current_budget_krw"], 1_000_000_000);
        app.post_to(&mois, &format!("{path}/cancel"), &moved.tag(), json!({ "reason": "통합" })).await.expect(200);
        agrees(&app).await;
        let summary = app.get(&mois, "/v1/portfolio/summary?group_by=phase").await.expect(200);
        assert_eq!(summary.json["total"]["projects"], 0);
        assert_eq!(summary.json["groups"][0]["phase"], Value::Null);
    }

    /// Money counts where its project counts: not under a phase before it is filed or after it was given up, and along
    /// with a line that goes to another project.
    async fn money_follows_its_project(app: TestApp) {
        let mois = app.planner("mois").await;
        let draft = app.post(&mois, "/v1/projects", json!({ "project": project("mois", "초안", None) })).await.expect(201);
        line(&app, &mois, "mois", &draft.id(), 2026, 10, "100").await;
        agrees(&app).await;
        let phases = async || {
            let summary = app.get(&mois, "/v1/portfolio/summary?group_by=phase").await.expect(200).json;
            let each = summary["groups"].as_array().unwrap().iter();
            each.map(|g| (g["phase"].clone(), g["sums"]["current_budget_krw"].as_i64().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(phases().await, [(Value::Null, 10)]);
        let (_, other) = filed(&app, "mois", project("mois", "제출", None)).await;
        let lines = app.get(&mois, "/v1/budget-lines").await.expect(200).json;
        let at = format!("/v1/budget-lines/{}", lines["items"][0]["id"].as_str().unwrap());
        let now = app.get(&mois, &at).await.expect(200);
        app.patch(&mois, &at, &now.tag(), json!({ "project": other })).await.expect(200);
        agrees(&app).await;
        assert_eq!(phases().await, [(json!("planning"), 10)]);
        let path = format!("/v1/projects/{other}");
        let page = app.get(&mois, &path).await.expect(200);
        app.post_to(&mois, &format!("{path}/cancel"), &page.tag(), json!({ "reason": "통합" })).await.expect(200);
        app.post(&mois, &format!("{at}/entries"), json!({ "kind": "commitment", "amount_krw": 7, "booked_on": "2026-11-02", "commitment": "가-1" })).await.expect(201);
        agrees(&app).await;
        assert_eq!(phases().await, [(Value::Null, 10)]);
    }

    /// The portfolio as it stood on a day is computed out of what was recorded by then.
    async fn it_stands_as_it_stood(app: TestApp) {
        let (mois, id) = filed(&app, "mois", project("mois", "AI 민원 안내", None)).await;
        line(&app, &mois, "mois", &id, 2026, 700, "100").await;
        app.pass(86_400 * 3);
        let mois = app.planner("mois").await;
        let path = format!("/v1/projects/{id}");
        let page = app.get(&mois, &path).await.expect(200);
        app.patch(&mois, &path, &page.tag(), json!({ "fields": ["medical"] })).await.expect(200);
        line(&app, &mois, "mois", &id, 2026, 300, "100").await;
        let sum = async |query: &str| app.get(&mois, &format!("/v1/portfolio/summary?group_by=field{query}")).await.expect(200).json;
        let (then, now) = (sum("&as_of=2026-11-22").await, sum("").await);
        assert_eq!((&then["groups"][0]["field"], &then["total"]["current_budget_krw"]), (&json!("public"), &json!(700)));
        assert_eq!((&now["groups"][0]["field"], &now["total"]["current_budget_krw"]), (&json!("medical"), &json!(1000)));
        assert_eq!(sum("&as_of=2026-11-25").await["total"], now["total"]);
        assert_eq!(sum("&as_of=2026-11-21").await["total"]["projects"], 0);
    }

    /// Lists and pages of projects can be read as they stood, with the rights and filters of today.
    async fn projects_are_read_as_they_stood(app: TestApp) {
        let (mois, id) = filed(&app, "mois", project("mois", "AI 민원 안내", None)).await;
        line(&app, &mois, "mois", &id, 2026, 700, "100").await;
        app.pass(86_400 * 3);
        let mois = app.planner("mois").await;
        let path = format!("/v1/projects/{id}");
        let page = app.get(&mois, &path).await.expect(200);
        app.patch(&mois, &path, &page.tag(), json!({ "fields": ["medical"], "title": { "ko": "AI 의료 안내" } })).await.expect(200);
        line(&app, &mois, "mois", &id, 2026, 300, "100").await;
        let then = app.get(&mois, &format!("{path}?as_of=2026-11-22")).await.expect(200);
        assert_eq!(then.json["project"]["title"]["ko"], "AI 민원 안내");
        assert_eq!(then.json["budget"]["current_budget_krw"], 700);
        app.get(&mois, &format!("{path}?as_of=2026-11-21")).await.expect(404);
        let found = async |query: &str| {
            let list = app.get(&mois, &format!("/v1/projects?{query}")).await.expect(200);
            list.json["items"].as_array().unwrap().len()
        };
        assert_eq!(found("field=public&as_of=2026-11-22").await, 1);
        assert_eq!(found("field=public").await, 0);
        assert_eq!(found("field=medical&as_of=2026-11-25").await, 1);
        assert_eq!(found("as_of=2026-11-21").await, 0);
        let refused = app.get(&mois, "/v1/projects?as_of=2026-11-22&sort=title&count=exact").await.expect(422);
        assert_eq!(refused.faults(), ["?count not_as_of", "?sort not_as_of"]);
    }

    /// Rights are asked of the record as it stood: what was a draft then stays hidden then, what was removed since is not
    /// told, and each version counts on its own days only.
    async fn what_was_hidden_then_is_hidden_still(app: TestApp) {
        let (mois, mohw) = (app.planner("mois").await, app.planner("mohw").await);
        let draft = app.post(&mois, "/v1/projects", json!({ "project": project("mois", "AI 민원 안내", None) })).await.expect(201);
        let gone = app.post(&mois, "/v1/projects", json!({ "project": project("mois", "버린 초안", None) })).await.expect(201);
        app.send_as(&mois, "DELETE", &format!("/v1/projects/{}", gone.id()), Some(&gone.tag()), Some(&json!({ "reason": "중복" }))).await.expect(200);
        let path = format!("/v1/projects/{}", draft.id());
        app.pass(86_400);
        let (mois, mohw) = (app.renew(&mois), app.renew(&mohw));
        let looked = app.post_to(&mois, &format!("{path}/similar-confirmation"), &draft.tag(), json!({})).await.expect(200);
        let filed = app.post_to(&mois, &format!("{path}/file"), &looked.tag(), json!({})).await.expect(200);
        app.pass(86_400);
        let (mois, mohw) = (app.renew(&mois), app.renew(&mohw));
        let second = app.patch(&mois, &path, &filed.tag(), json!({ "fields": ["medical"] })).await.expect(200);
        app.pass(86_400);
        let (mois, mohw) = (app.renew(&mois), app.renew(&mohw));
        app.patch(&mois, &path, &second.tag(), json!({ "fields": ["welfare"] })).await.expect(200);

        let listed = async |who: &Persona, day: &str| {
            let list = app.get(who, &format!("/v1/projects?as_of={day}")).await.expect(200);
            let fields = |item: &Value| item["fields"][0].as_str().unwrap_or_default().to_owned();
            list.json["items"].as_array().unwrap().iter().map(fields).collect::<Vec<_>>()
        };
        let days = [("2026-11-22", 404, 200), ("2026-11-23", 200, 200), ("2026-11-24", 200, 200), ("2026-11-25", 200, 200)];
        for (day, others, own) in days {
            assert_eq!(app.get(&mohw, &format!("{path}?as_of={day}")).await.status, others, "{day}");
            assert_eq!(app.get(&mois, &format!("{path}?as_of={day}")).await.status, own, "{day}");
            assert_eq!((listed(&mohw, day).await.len(), listed(&mois, day).await.len()), (usize::from(others == 200), 1), "{day}");
        }
        assert_eq!([listed(&mohw, "2026-11-23").await, listed(&mohw, "2026-11-24").await, listed(&mohw, "2026-11-25").await], [["public"], ["medical"], ["welfare"]]);
        let gone = format!("/v1/projects/{}?as_of=2026-11-22", gone.id());
        app.get(&mois, &gone).await.expect(404);
    }
}
