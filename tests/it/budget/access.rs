//! Who sees which line (열람 범위): the own body all of them, partners and others once they are firm, the auditor everything.

use super::{book, id_of, line, open, under};
use domain::access::Role;
use serde_json::json;
use tests::{Persona, TestApp, both};

/// A joint project of MOIS with MSIT, still a draft.
async fn project(app: &TestApp, mois: &Persona) -> (String, String) {
    let new = json!({ "project": {
        "lead_body": "mois", "title": { "ko": "AI 민원 안내 서비스" }, "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.",
        "lead_share": "60", "partners": [{ "body": "msit", "share": "40" }],
        "fields": ["public"], "regions": ["36"], "network": "internal", "personal_data": { "handling": "none" },
        "planned": { "start": "2026-03", "end": "2027-H1" }
    } });
    let made = app.post(mois, "/v1/projects", new).await.expect(201);
    (made.headers.get("location").unwrap().to_str().unwrap().to_owned(), made.tag())
}

/// Everybody who may want to see a line, by name.
async fn seen_by(app: &TestApp, path: &str) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for (name, role, body) in [
        ("own", Role::Planner, "mois"),
        ("partner", Role::Planner, "msit"),
        ("other", Role::Planner, "mohw"),
        ("applicant", Role::Applicant, "mohw"),
        ("adviser", Role::Adviser, "mois"),
        ("committee", Role::CommitteeMember, "mois"),
        ("coordinator", Role::Coordinator, "msit"),
        ("progress", Role::ProgressManager, "nia"),
        ("auditor", Role::Auditor, "bai"),
        ("viewer", Role::Viewer, "mohw"),
        ("administrator", Role::Administrator, "mois"),
    ] {
        let who = app.persona(role, body).await;
        let read = app.get(&who, path).await;
        let list = app.get(&who, "/v1/budget-lines?count=exact").await;
        let listed = list.json["items"].as_array().is_some_and(|l| l.iter().any(|l| l["id"] == id_of(path)));
        match read.status.as_u16() {
            200 => {
                assert!(listed, "{name} reads and does not list");
                assert_eq!(list.json["total"], list.json["items"].as_array().unwrap().len());
                for below in ["balances", "entries"] {
                    app.get(&who, &format!("{path}/{below}")).await.expect(200);
                }
                seen.push(name);
            }
            404 => assert!(!listed, "{name} lists and does not read"),
            other => panic!("{name}: {other}"),
        }
    }
    seen
}

both! {
    /// A draft is seen by its own body and the auditor; a firm line of a draft project also by the partners; once the
    /// project is filed, by all who may read lines.
    async fn a_line_is_seen_as_its_standing_and_its_project_allow(app: TestApp) {
        let mois = app.planner("mois").await;
        let (project_path, tag) = project(&app, &mois).await;
        let mut new = line("mois", 2026, 1000);
        new["standing"] = json!("draft");
        new["project"] = json!(id_of(&project_path));
        let path = open(&app, &mois, new).await;
        assert_eq!(seen_by(&app, &path).await, ["own", "auditor"]);
        let active = json!({ "to": "active", "reason": "의결" });
        app.post_to(&mois, &format!("{path}/standing"), "\"v1\"", active).await.expect(200);
        assert_eq!(seen_by(&app, &path).await, ["own", "partner", "coordinator", "auditor"]);
        let looked = app.post_to(&mois, &format!("{project_path}/similar-confirmation"), &tag, json!({})).await.expect(200);
        let filed = app.post_to(&mois, &format!("{project_path}/file"), &looked.tag(), json!({})).await.expect(200);
        assert_eq!(filed.json["standing"]["status"], "active");
        assert_eq!(seen_by(&app, &path).await, ["own", "partner", "other", "applicant", "coordinator", "progress", "auditor", "viewer"]);
        let shown = app.get(&mois, &path).await.expect(200);
        assert_eq!((&shown.json["version"], &shown.json["project"]["filed"]), (&json!(3), &json!(true)));
        let partner = app.planner("msit").await;
        book(&app, &partner, &path, under("c", "commitment", 1, "2026-02-02")).await.expect(403);
    }

    /// A project learns of its money as it moves, at the share of each line; only bodies of the project pay for it.
    async fn a_project_knows_its_money(app: TestApp) {
        let (mois, msit, mohw) = (app.planner("mois").await, app.planner("msit").await, app.planner("mohw").await);
        let (project_path, _) = project(&app, &mois).await;
        let mut new = line("msit", 2026, 1001);
        new["project"] = json!(id_of(&project_path));
        new["share"] = json!("50");
        let path = open(&app, &msit, new.clone()).await;
        let sums = async || app.get(&mois, &project_path).await.expect(200).json["budget"].clone();
        assert_eq!(sums().await["current_budget_krw"], 500);
        book(&app, &msit, &path, under("c", "commitment", 301, "2026-02-02")).await.expect(201);
        book(&app, &msit, &path, under("c", "expenditure", 101, "2026-03-02")).await.expect(201);
        let now = sums().await;
        assert_eq!((&now["committed_krw"], &now["expended_krw"]), (&json!(150), &json!(50)));
        new["body"] = json!("mohw");
        let hidden = app.post(&mohw, "/v1/budget-lines", new.clone()).await.expect(422);
        assert_eq!(hidden.faults(), ["/project not_known"], "a draft of others");
        let tag = app.get(&msit, &path).await.tag();
        let whole = app.patch(&msit, &path, &tag, json!({ "share": null })).await.expect(200);
        assert_eq!(sums().await["current_budget_krw"], 1001);
        let free = app.patch(&msit, &path, &whole.tag(), json!({ "project": null })).await.expect(200);
        assert_eq!((&free.json["project"], &free.json["share"]), (&json!(null), &json!("100.00")));
        assert_eq!(sums().await["current_budget_krw"], 0);
        let page = app.get(&msit, &format!("/v1/budget-lines?project={}", id_of(&project_path))).await.expect(200);
        assert_eq!(page.json["items"], json!([]));
    }
}
