//! A project's history (이력): every change of it, field by field, for whoever may read it.

use super::{act, alone, change, enter, filed, joint, path, refused};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Persona, TestApp, both};

async fn history(app: &TestApp, who: &Persona, path: &str, size: usize) -> Vec<Value> {
    let (mut all, mut page) = (Vec::new(), format!("{path}/history?page_size={size}"));
    loop {
        let got = app.get(who, &page).await.expect(200).json;
        all.extend(got["items"].as_array().unwrap().iter().cloned());
        let Some(token) = got["next_page_token"].as_str() else { return all };
        page = format!("{path}/history?page_size={size}&page_token={token}");
    }
}

fn actions(of: &[Value]) -> Vec<&str> {
    of.iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

both! {
    /// Newest first, with who, why and what differs; refused attempts and others' projects are no part of it.
    async fn a_project_has_a_history(app: TestApp) {
        let mois = app.planner("mois").await;
        let project = filed(&app, &mois, json!({})).await;
        filed(&app, &mois, alone("mois", "다른 과제")).await;
        let changed = change(&app, &mois, &project, json!({ "target_system": "온나라" })).await;
        refused(&app, &mois, &changed, "resume", json!({}), (409, "move_not_allowed")).await;
        app.patch(&app.planner("mohw").await, &path(&project), &changed.tag(), json!({ "target_system": "x" })).await.expect(403);
        act(&app, &mois, &changed, "cancel", json!({ "reason": "다른 사업과 합친다" })).await;

        let told = history(&app, &mois, &path(&project), 50).await;
        assert_eq!(actions(&told), ["project.cancel", "project.change", "project.file", "project.confirm_similar", "project.create"]);
        assert_eq!(told, history(&app, &mois, &path(&project), 2).await, "in pages as well");
        assert_eq!((&told[0]["reason"], &told[1]["reason"]), (&json!("다른 사업과 합친다"), &Value::Null));
        assert!(told[1]["actor"]["name"].as_str().unwrap().starts_with("planner."));
        let fields = told[1]["fields"].as_array().unwrap();
        let field = |pointer: &str| fields.iter().find(|f| f["pointer"] == pointer).cloned().unwrap_or_default();
        assert_eq!(field("/target_system"), json!({ "pointer": "/target_system", "before": Value::Null, "after": "온나라" }));
        assert!(field("/title").is_null(), "what stayed the same is not told: {fields:?}");
        assert_eq!(told[4]["fields"][0]["after"]["title"]["ko"], joint(&json!({}))["project"]["title"]["ko"]);
    }

    /// Who may read the project may read its history, and nobody else learns that there is one.
    async fn a_history_is_hidden_with_its_project(app: TestApp) {
        let mois = app.planner("mois").await;
        let draft = enter(&app, &mois, json!({})).await;
        let people = [
            (app.planner("msit").await, 200, 200),
            (app.planner("mohw").await, 404, 200),
            (app.coordinator().await, 404, 200),
            (app.persona(Role::Auditor, "bai").await, 200, 200),
            (app.persona(Role::Viewer, "mois").await, 404, 200),
            (app.persona(Role::Administrator, "mois").await, 404, 404),
        ];
        let at = format!("{}/history", path(&draft));
        for (who, status, _) in &people {
            assert_eq!(app.get(who, &at).await.status, *status);
        }
        let looked = act(&app, &mois, &draft, "similar-confirmation", json!({})).await;
        act(&app, &mois, &looked, "file", json!({})).await;
        for (who, _, status) in &people {
            assert_eq!(app.get(who, &at).await.status, *status);
        }
    }
}
