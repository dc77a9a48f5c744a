//! Drafts (초안): seen by their own bodies only, taken away and brought back.

use super::{act, codes, enter, escaped, every_page, path, refused};
use domain::access::Role;
use serde_json::{Value, json};
use tests::both;

both! {
    /// A draft is seen by its own bodies only; once filed, by all who may read.
    async fn a_draft_is_hidden_until_it_is_filed(app: TestApp) {
        let (mois, msit, mohw) = (app.planner("mois").await, app.planner("msit").await, app.planner("mohw").await);
        let (coordinator, auditor) = (app.coordinator().await, app.persona(Role::Auditor, "bai").await);
        let made = enter(&app, &mois, json!({})).await;
        assert_eq!(made.json["code"], "AX-2026-000001");
        let at = made.headers.get("location").unwrap().to_str().unwrap().to_owned();
        for (who, status) in [(&mois, 200), (&msit, 200), (&mohw, 404), (&coordinator, 404), (&auditor, 200)] {
            app.get(who, &at).await.expect(status);
            let listed = app.get(who, "/v1/projects?count=exact").await.expect(200);
            assert_eq!(listed.json["total"], u8::from(status == 200));
            assert_eq!(listed.json["items"].as_array().unwrap().len(), usize::from(status == 200));
        }
        let moves = app.get(&mois, &format!("{at}/moves")).await.expect(200);
        assert_eq!(codes(&moves.json["moves"][0]["reasons"]), ["gate_similar_check"]);
        refused(&app, &mois, &made, "file", json!({}), (409, "move_refused")).await;
        let looked = act(&app, &mois, &made, "similar-confirmation", json!({})).await;
        let filed = act(&app, &mois, &looked, "file", json!({})).await;
        assert_eq!(filed.json["standing"]["status"], "active");
        let page = app.get(&mohw, &at).await.expect(200);
        assert_eq!(page.json["project"]["version"], filed.json["version"]);
        app.patch(&mohw, &at, &filed.tag(), json!({ "target_system": "온나라" })).await.expect(403);
        app.patch(&msit, &at, &filed.tag(), json!({ "target_system": "온나라" })).await.expect(403);
        let part = json!({ "text": "모델을 제공한다", "contact": "인공지능기반정책과" });
        app.put(&mois, &format!("{at}/parts/msit"), &filed.tag(), part.clone()).await.expect(403);
        let written = app.put(&msit, &format!("{at}/parts/msit"), &filed.tag(), part).await.expect(200);
        assert_eq!(written.json["partners"][0]["part"]["text"], "모델을 제공한다");
    }

    /// Whatever another ministry asks, nothing tells of the draft: 404 on the thing itself, silence everywhere else.
    async fn nothing_tells_another_ministry_of_a_draft(app: TestApp) {
        let (mois, mohw) = (app.planner("mois").await, app.planner("mohw").await);
        let draft = enter(&app, &mois, json!({})).await;
        let at = path(&draft);
        for below in ["", "/moves", "/gate", "/similar", "/lineage"] {
            let answer = app.get(&mohw, &format!("{at}{below}")).await.expect(404);
            assert_eq!(answer.json["code"], "not_found", "{below}");
        }
        for below in ["similar-confirmation", "file", "hold", "cancel", "restore", "gate-requests"] {
            let body = if ["hold", "cancel"].contains(&below) { json!({ "reason": "x" }) } else { json!({}) };
            app.post_to(&mohw, &format!("{at}/{below}"), &draft.tag(), body).await.expect(404);
        }
        app.patch(&mohw, &at, &draft.tag(), json!({ "target_system": "x" })).await.expect(404);
        app.send_as(&mohw, "DELETE", &at, Some(&draft.tag()), Some(&json!({ "reason": "x" }))).await.expect(404);
        for query in ["", "?q=%EB%AF%BC%EC%9B%90", "?body=mois", "?partner=msit", "?field=public", "?removed=true", "?sort=title"] {
            let joint = if query.is_empty() { '?' } else { '&' };
            let page = app.get(&mohw, &format!("/v1/projects{query}{joint}count=exact")).await.expect(200);
            assert_eq!((&page.json["items"], &page.json["total"]), (&json!([]), &json!(0)), "{query}");
        }
        let alike = app.get(&mohw, &format!("/v1/projects/similar?title={}", escaped("AI 민원 안내 서비스"))).await.expect(200);
        assert_eq!(alike.json["items"], json!([]));
        let file = app.get(&mohw, "/v1/projects/export?format=csv&header=keys").await.expect(200);
        assert_eq!(String::from_utf8_lossy(&file.bytes).lines().count(), 1, "the header row alone");
        // Not even as the other end of a tie.
        let own = enter(&app, &mohw, super::alone("mohw", "의료 AI 사업")).await;
        for kind in ["predecessor", "follow_up", "similar", "joint"] {
            let tie = json!({ "links": [{ "kind": kind, "project": draft.id() }] });
            let answer = app.patch(&mohw, &path(&own), &own.tag(), tie).await.expect(422);
            assert_eq!(answer.faults(), ["/links/0/project not_known"]);
        }
        let shown = act(&app, &mohw, &own, "similar-confirmation", json!({})).await;
        assert_eq!(shown.json["similar_check"]["candidates"], json!([]));
    }

    /// However many drafts are hidden from a reader, what is alike and may be seen is found.
    async fn hidden_drafts_push_nothing_out_of_sight(app: TestApp) {
        let (mois, mohw, msit) = (app.planner("mois").await, app.planner("mohw").await, app.planner("msit").await);
        let seen = super::filed(&app, &mohw, super::alone("mohw", "AI 민원 안내 챗봇")).await;
        for _ in 0..60 {
            enter(&app, &mois, super::alone("mois", "AI 민원 안내 서비스")).await;
        }
        let alike = app.get(&msit, &format!("/v1/projects/similar?title={}", escaped("AI 민원 안내 서비스"))).await.expect(200);
        let codes: Vec<_> = alike.json["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
        assert_eq!(codes, [seen.json["id"].clone()]);
    }

    /// A removed draft is gone from every list but the own body's list of removed ones, and comes back as it was.
    async fn a_removed_draft_comes_back(app: TestApp) {
        let (mois, msit) = (app.planner("mois").await, app.planner("msit").await);
        let auditor = app.persona(Role::Auditor, "bai").await;
        let draft = enter(&app, &mois, json!({})).await;
        let at = path(&draft);
        let why = json!({ "reason": "중복 등록" });
        app.send_as(&msit, "DELETE", &at, Some(&draft.tag()), Some(&why)).await.expect(403);
        let gone = app.send_as(&mois, "DELETE", &at, Some(&draft.tag()), Some(&why)).await.expect(200);
        assert_eq!(gone.json["removed"]["reason"], "중복 등록");
        let ids = async |who, query: &str| -> Vec<Value> {
            every_page(&app, who, &format!("/v1/projects{query}"), 10).await.into_iter().map(|i| i["id"].clone()).collect()
        };
        let id = vec![draft.json["id"].clone()];
        for (who, status, kept) in [(&mois, 200, &id), (&auditor, 200, &id), (&msit, 404, &vec![])] {
            assert_eq!(ids(who, "").await, Vec::<Value>::new());
            assert_eq!(&ids(who, "?removed=true").await, kept);
            app.get(who, &at).await.expect(status);
        }
        let counted = app.get(&mois, "/v1/projects?removed=true&count=exact").await.expect(200);
        assert_eq!(counted.json["total"], 1);
        let alike = app.get(&mois, &format!("/v1/projects/similar?title={}", escaped("AI 민원 안내 서비스"))).await.expect(200);
        assert_eq!(alike.json["items"], json!([]), "what was taken away is not in the way");
        refused(&app, &mois, &gone, "similar-confirmation", json!({}), (409, "project_removed")).await;
        let change = app.patch(&mois, &at, &gone.tag(), json!({ "target_system": "x" })).await.expect(409);
        assert_eq!(change.json["code"], "project_removed");

        app.post_to(&msit, &format!("{at}/restore"), &gone.tag(), json!({})).await.expect(404);
        let back = act(&app, &mois, &gone, "restore", json!({})).await;
        assert_eq!((&back.json["removed"], back.json["version"].as_i64()), (&Value::Null, Some(3)));
        assert_eq!((ids(&msit, "").await, ids(&mois, "?removed=true").await), (id, vec![]));
        refused(&app, &mois, &back, "restore", json!({}), (409, "not_removed")).await;
        let looked = act(&app, &mois, &back, "similar-confirmation", json!({})).await;
        let filed = act(&app, &mois, &looked, "file", json!({})).await;
        let stays = app.send_as(&mois, "DELETE", &at, Some(&filed.tag()), Some(&why)).await.expect(409);
        assert_eq!(stays.json["code"], "filed_stays");
    }
}
