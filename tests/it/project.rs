//! Projects (과제) as planners, partners and coordinators live with them.

use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, both};

/// A joint project of MOIS with MSIT, ready to be filed.
async fn draft(app: &TestApp, planner: &Persona) -> Answer {
    let new = json!({ "project": {
        "lead_body": "mois", "title": { "ko": "AI 민원 안내 서비스" }, "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.",
        "lead_share": "60", "partners": [{ "body": "msit", "share": "40" }],
        "fields": ["public"], "regions": ["36"], "network": "internal", "personal_data": { "handling": "none" },
        "planned": { "start": "2026-03", "end": "2027-H1" },
        "phase_plans": { "planning": { "start": "2026-03", "end": "2026-12" } }
    } });
    app.post(planner, "/v1/projects", new).await.expect(201)
}

fn codes(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
}

both! {
    /// A draft is seen by its own bodies only; once filed, by all who may read.
    async fn a_draft_is_hidden_until_it_is_filed(app: TestApp) {
        let (mois, msit, mohw) = (app.planner("mois").await, app.planner("msit").await, app.planner("mohw").await);
        let (coordinator, auditor) = (app.coordinator().await, app.persona(domain::access::Role::Auditor, "bai").await);
        let made = draft(&app, &mois).await;
        assert_eq!(made.json["code"], "AX-2026-000001");
        let path = made.headers.get("location").unwrap().to_str().unwrap().to_owned();
        for (who, status) in [(&mois, 200), (&msit, 200), (&mohw, 404), (&coordinator, 404), (&auditor, 200)] {
            app.get(who, &path).await.expect(status);
            let listed = app.get(who, "/v1/projects?count=exact").await.expect(200);
            assert_eq!(listed.json["total"], u8::from(status == 200));
            assert_eq!(listed.json["items"].as_array().unwrap().len(), usize::from(status == 200));
        }
        let moves = app.get(&mois, &format!("{path}/moves")).await.expect(200);
        assert_eq!(codes(&moves.json["moves"][0]["reasons"]), ["gate_similar_check"]);
        app.post_to(&mois, &format!("{path}/file"), &made.tag(), json!({})).await.expect(409);
        let looked = app.post_to(&mois, &format!("{path}/similar-confirmation"), &made.tag(), json!({})).await.expect(200);
        let filed = app.post_to(&mois, &format!("{path}/file"), &looked.tag(), json!({})).await.expect(200);
        assert_eq!(filed.json["standing"]["status"], "active");
        let page = app.get(&mohw, &path).await.expect(200);
        assert_eq!(page.json["project"]["version"], filed.json["version"]);
        app.patch(&mohw, &path, &filed.tag(), json!({ "target_system": "온나라" })).await.expect(403);
        app.patch(&msit, &path, &filed.tag(), json!({ "target_system": "온나라" })).await.expect(403);
        let part = json!({ "text": "모델을 제공한다", "contact": "인공지능기반정책과" });
        app.put(&mois, &format!("{path}/parts/msit"), &filed.tag(), part.clone()).await.expect(403);
        let written = app.put(&msit, &format!("{path}/parts/msit"), &filed.tag(), part).await.expect(200);
        assert_eq!(written.json["partners"][0]["part"]["text"], "모델을 제공한다");
    }

    /// Search finds pieces of Korean words, whatever the spacing.
    async fn korean_text_is_found_by_its_pieces(app: TestApp) {
        let mois = app.planner("mois").await;
        draft(&app, &mois).await;
        for (q, found) in [("민원안내", 1), ("원 안내", 1), ("담당 부서", 1), ("AX-2026-000001", 1), ("민", 1), ("국방", 0), ("-", 0)] {
            let q = q.replace(' ', "%20");
            let q: String = q.bytes().map(|b| if b.is_ascii() { (b as char).to_string() } else { format!("%{b:02X}") }).collect();
            let page = app.get(&mois, &format!("/v1/projects?q={q}")).await.expect(200);
            assert_eq!(page.json["items"].as_array().unwrap().len(), found, "{q}");
        }
        let alike = app.get(&mois, "/v1/projects/similar?title=AI%EB%AF%BC%EC%9B%90%EC%95%88%EB%82%B4").await.expect(200);
        assert_eq!(alike.json["items"][0]["code"], "AX-2026-000001");
    }

    /// Every fault of a change is told at once and nothing changes.
    async fn a_wrong_change_changes_nothing(app: TestApp) {
        let mois = app.planner("mois").await;
        let made = draft(&app, &mois).await;
        let path = format!("/v1/projects/{}", made.id());
        let wrong = json!({ "lead_share": "50", "partners": [{ "body": "nobody", "share": "40" }], "fields": ["space"] });
        let refused = app.patch(&mois, &path, &made.tag(), wrong).await.expect(422);
        assert_eq!(refused.faults(), ["/fields/0 not_in_list", "/partners shares_not_whole"]);
        let unknown = json!({ "partners": [{ "body": "nobody", "share": "40" }] });
        let refused = app.patch(&mois, &path, &made.tag(), unknown).await.expect(422);
        assert_eq!(refused.faults(), ["/partners/0/body not_known"]);
        let after = app.get(&mois, &path).await.expect(200);
        assert_eq!(after.json["project"], made.json);
    }
}
