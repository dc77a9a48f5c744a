//! The demonstration (시연 자료): made up, marked as such, made by the rules, the same each time.

use tests::both;

both! {
    /// The small demonstration is told act by act: every standing, gates passed, returned and waived until a day, a
    /// project that went back, a line of projects one after the other; each project says that it is made up.
    async fn the_small_demonstration_tells_whole_lives(app: TestApp) {
        let loaded = api::demo::load(&app.app, 0).await.unwrap();
        assert_eq!(loaded.counts[0], ("projects", 40));
        assert!(loaded.people.iter().any(|person| person.sign_in_name == "planner.mois"));
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        let page = app.get(&auditor, "/v1/projects?page_size=200&sort=created_at").await.expect(200);
        let items = page.json["items"].as_array().unwrap();
        assert_eq!(items.len(), 40);
        for status in ["draft", "active", "on_hold", "cancelled", "completed"] {
            assert!(items.iter().any(|item| item["status"] == status), "{status}");
        }
        let mut states = std::collections::BTreeSet::new();
        let (mut waived, mut lapsed, mut went_back) = (0, 0, 0);
        for item in items {
            let page = app.get(&auditor, &format!("/v1/projects/{}", item["id"].as_str().unwrap())).await.expect(200);
            let project = &page.json["project"];
            assert!(project["summary"].as_str().unwrap().contains("시연용 가상 과제"));
            for gate in project["gates"].as_array().unwrap() {
                states.insert(gate["state"]["state"].as_str().unwrap().to_owned());
                for waiver in gate["state"]["waivers"].as_array().into_iter().flatten() {
                    waived += 1;
                    lapsed += usize::from(waiver["until"].as_str().unwrap() < "2026-11-13");
                }
            }
            let moves = project["history"].as_array().unwrap();
            went_back += moves.iter().filter(|made| made["kind"] == "go_back").count();
        }
        assert!(states.contains("passed") && states.contains("returned"), "{states:?}");
        assert_eq!((waived, lapsed, went_back), (2, 1, 1));
        // No bands of 2026 are public: the rule set says in its name and beside it that it is made up.
        let rules = app.get(&auditor, "/v1/cost-share-rules").await.expect(200).json;
        assert_eq!(rules["items"].as_array().unwrap().len(), 1);
        let only = &rules["items"][0];
        assert_eq!(only["standing"], "illustration");
        assert!(only["name"]["ko"].as_str().unwrap().starts_with("예시"), "{only}");
        assert!(only["notice"]["ko"].as_str().unwrap().contains("사실이 아닙니다"), "{only}");
        // A call in each state that a call comes to.
        let calls = app.get(&auditor, "/v1/calls").await.expect(200).json;
        let states: std::collections::BTreeSet<_> =
            calls["items"].as_array().unwrap().iter().map(|call| call["state"].as_str().unwrap()).collect();
        for state in ["draft", "published", "open", "closed", "screening", "evaluation", "cancelled"] {
            assert!(states.contains(state), "{state}: {states:?}");
        }
        // Once more changes nothing.
        assert!(api::demo::load_once(&app.app).await.unwrap().counts.is_empty());
    }

    /// A large demonstration is found by its columns and by its words, on both databases alike.
    async fn a_large_demonstration_is_like_any_other_portfolio(app: TestApp) {
        let loaded = api::demo::load(&app.app, 1).await.unwrap();
        assert_eq!(loaded.counts[0], ("projects", 1000));
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        let page = app.get(&auditor, "/v1/projects?count=exact&q=%EB%AF%BC%EC%9B%90%20%EC%95%88%EB%82%B4&page_size=200").await.expect(200);
        for item in page.json["items"].as_array().unwrap() {
            assert!(item["title"]["ko"].as_str().unwrap().contains("민원"), "{item}");
        }
        assert!(page.json["total"].as_u64().unwrap() > 10);
        for phase in ["planning", "execution", "diffusion", "completed"] {
            let some = app.get(&auditor, &format!("/v1/projects?count=exact&phase={phase}")).await.expect(200);
            assert!(some.json["total"].as_u64().unwrap() > 20, "{phase}");
            let path = format!("/v1/projects/{}", some.json["items"][0]["id"].as_str().unwrap());
            let page = app.get(&auditor, &path).await.expect(200);
            assert!(page.json["project"]["summary"].as_str().unwrap().contains("시연용 가상 과제"));
        }
        assert!(api::demo::load(&app.app, 1).await.is_err());
        let verified = store::audit::verify(&app.app.store, app.app.clock.now(), None, async |_| Ok(())).await.unwrap();
        assert_eq!(verified.flaws, 0, "{:?}", verified.findings.first());
    }
}
