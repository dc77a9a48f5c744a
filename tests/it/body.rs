//! Bodies (기관): the register as people read and keep it.

use serde_json::json;
use tests::both;

both! {
    /// The register comes built in and is read as of any day.
    async fn the_register_is_read_as_of_a_day(app: TestApp) {
        let reader = app.planner("mois").await;
        let keys = async |query: &str| -> Vec<String> {
            let page = app.get(&reader, &format!("/v1/bodies?page_size=200&{query}")).await.expect(200);
            page.json["items"].as_array().unwrap().iter().map(|b| b["key"].as_str().unwrap().to_owned()).collect()
        };
        let before = keys("as_of=2026-01-01&kind=ministry").await;
        let after = keys("as_of=2026-01-02&kind=ministry").await;
        assert!(before.contains(&"moef_old".to_owned()) && !before.contains(&"mofe".to_owned()));
        assert!(after.contains(&"mofe".to_owned()) && !after.contains(&"moef_old".to_owned()));
        assert_eq!(keys("as_of=2026-11-22&kind=ministry,office,agency,commission").await.len(), 50);
    }

    /// Pages follow each other without a gap, and a token belongs to its list.
    async fn pages_follow_each_other(app: TestApp) {
        let reader = app.planner("mois").await;
        let (mut seen, mut path) = (Vec::new(), "/v1/bodies?page_size=7".to_owned());
        loop {
            let page = app.get(&reader, &path).await.expect(200);
            seen.extend(page.json["items"].as_array().unwrap().iter().map(|b| b["key"].as_str().unwrap().to_owned()));
            let Some(token) = page.json["next_page_token"].as_str() else { break };
            assert!(page.headers.get("link").unwrap().to_str().unwrap().contains(token));
            path = format!("/v1/bodies?page_size=7&page_token={token}");
            let other = app.get(&reader, &format!("/v1/bodies?kind=ministry&page_token={token}")).await.expect(400);
            assert_eq!(other.json["code"], "bad_page_token");
        }
        assert_eq!(seen.len(), 84);
        assert!(seen.is_sorted());
    }

    /// A coordinator enters, corrects and closes a body; everybody else only reads.
    async fn a_body_lives_and_ends(app: TestApp) {
        let (coordinator, planner) = (app.coordinator().await, app.planner("mois").await);
        let new = json!({
            "key": "ax-centre", "kind": "public_institution",
            "facts": { "name": { "ko": "AX 지원센터" }, "parent": "msit", "valid_from": "2026-03-06", "source": "시험" }
        });
        app.post(&planner, "/v1/bodies", new.clone()).await.expect(403);
        let made = app.post(&coordinator, "/v1/bodies", new.clone()).await.expect(201);
        assert_eq!(made.headers.get("location").unwrap(), "/v1/bodies/ax-centre");
        app.post(&coordinator, "/v1/bodies", new).await.expect(409);
        for (name, found) in [("ax%20", 1), ("%25", 0), ("_", 0)] {
            let named = app.get(&planner, &format!("/v1/bodies?name={name}")).await.expect(200);
            assert_eq!(named.json["items"].as_array().unwrap().len(), found, "{name}");
        }

        let change = json!({ "note": "이전 예정" });
        let missing = app.patch(&coordinator, "/v1/bodies/ax-centre", "\"v9\"", change.clone()).await.expect(412);
        assert_eq!(missing.json["code"], "version_stale");
        let changed = app.patch(&coordinator, "/v1/bodies/ax-centre", &made.tag(), change).await.expect(200);
        assert_eq!(changed.json["facts"]["note"], "이전 예정");

        let end = json!({ "last_day": "2026-12-31", "successors": ["nobody"], "reason": "통합" });
        let refused = app.post_to(&coordinator, "/v1/bodies/ax-centre/close", &changed.tag(), end).await.expect(422);
        assert_eq!(refused.faults(), ["/successors not_known"]);
        let end = json!({ "last_day": "2026-12-31", "successors": ["nia"], "reason": "통합" });
        let closed = app.post_to(&coordinator, "/v1/bodies/ax-centre/close", &changed.tag(), end).await.expect(200);
        assert_eq!(closed.json["valid_to"], "2026-12-31");
    }

    /// Every fault is told at once, with a pointer; the words follow the reader's language, the codes do not.
    async fn every_fault_is_told_at_once(app: TestApp) {
        let coordinator = app.coordinator().await;
        let wrong = json!({ "key": "NO", "kind": "club", "facts": { "name": { "ko": "" }, "valid_from": "2026-02-30", "colour": 1 } });
        let answer = app.post(&coordinator, "/v1/bodies", wrong).await.expect(422);
        assert_eq!(answer.headers.get("content-type").unwrap(), "application/problem+json");
        assert_eq!(answer.faults(), [
            "/facts/colour unknown_field",
            "/facts/name/ko wrong_form",
            "/facts/name/ko wrong_length",
            "/facts/source required",
            "/facts/valid_from wrong_form",
            "/key wrong_form",
            "/kind not_in_list",
        ]);
    }
}
