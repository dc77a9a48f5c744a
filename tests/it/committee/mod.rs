//! Committees (위원회): the pool, the lot that anybody can draw again, composition, pledges, replacement.

pub mod kit;

use crate::application::kit::Open;
use domain::access::Role;
use kit::{Judge, act, appoint, enter, pledge, pool};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{Answer, both};

fn names(page: &Answer) -> Vec<&str> {
    page.json["items"].as_array().unwrap().iter().map(|e| e["details"]["name"].as_str().unwrap()).collect()
}
fn codes(view: &Answer) -> Vec<&str> {
    view.json["composition"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect()
}
fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

both! {
    /// Experts are entered with what ties them, found again, described anew and retired.
    async fn experts_are_entered_found_and_retired(app: TestApp) {
        let coordinator = app.coordinator().await;
        let judge = app.persona(Role::CommitteeMember, "nia").await;
        let know = |fields: &[&str]| json!({ "expertise": fields });
        let one = enter(&app, &coordinator, "김하나", "private", Some(&judge), know(&["public", "safety"])).await.expect(201);
        enter(&app, &coordinator, "이두리", "public", None, know(&["welfare"])).await.expect(201);
        let wrong = json!({ "expertise": ["beauty", "public", "public"], "ties": [
            { "kind": "employed", "with": { "body": "nobody" } },
            { "kind": "advised", "with": { "organisation": "가나다" }, "from": "2026-02-01", "to": "2026-01-01" }
        ] });
        let planner = app.planner("mois").await;
        let refused = enter(&app, &coordinator, "박세움", "private", Some(&planner), wrong).await.expect(422);
        assert_eq!(refused.faults(), [
            "/account account_without_role", "/expertise/0 not_known", "/expertise/2 duplicate", "/ties/0/with/body not_known", "/ties/1/to wrong_order",
        ]);
        let nobody = json!({ "account": "01890000-0000-7000-8000-000000000000" });
        assert_eq!(enter(&app, &coordinator, "박세움", "private", None, nobody).await.expect(422).faults(), ["/account not_known"]);
        assert_eq!(enter(&app, &coordinator, "최다시", "private", Some(&judge), json!({})).await.expect(409).json["code"], "already_taken");

        let found = async |query: &str| {
            let page = app.get(&coordinator, &format!("/v1/experts?{query}")).await.expect(200);
            names(&page).join(" ")
        };
        assert_eq!(found("page_size=200").await, "김하나 이두리");
        for (query, fits) in [
            ("sector=public", "이두리"), ("sector=public,private", "김하나 이두리"), ("expertise=safety", "김하나"),
            ("expertise=safety,welfare", "김하나 이두리"), ("standing=retired", ""), ("q=%EB%91%90", "이두리"), ("q=%25", ""),
            ("standing=active&sector=private&expertise=public&q=%EA%B9%80", "김하나"),
        ] {
            assert_eq!(found(query).await, fits, "{query}");
        }
        // Whoever is concerned reads the own record; applicants and planners learn of nobody.
        app.get(&judge, &format!("/v1/experts/{}", one.id())).await.expect(200);
        app.get(&judge, "/v1/experts").await.expect(403);
        for (role, body) in [(Role::Planner, "mois"), (Role::Applicant, "sido-26"), (Role::CommitteeMember, "nia"), (Role::Viewer, "bai")] {
            let who = app.persona(role, body).await;
            app.get(&who, &format!("/v1/experts/{}", one.id())).await.expect(404);
            app.get(&who, &format!("/v1/experts/{}/history", one.id())).await.expect(404);
            app.get(&who, "/v1/experts").await.expect(403);
        }

        let at = format!("/v1/experts/{}", one.id());
        app.patch(&coordinator, &at, "\"v9\"", json!({})).await.expect(412);
        let changed = app.patch(&coordinator, &at, &one.tag(), json!({ "expertise": ["education"], "account": null })).await.expect(200);
        assert_eq!((&changed.json["details"]["expertise"], &changed.json["details"]["account"]), (&json!(["education"]), &Value::Null));
        assert_eq!((found("expertise=safety").await.as_str(), found("expertise=education").await.as_str()), ("", "김하나"));
        let gone = app.post_to(&coordinator, &format!("{at}/retire"), &changed.tag(), json!({ "reason": "본인 요청" })).await.expect(200);
        assert_eq!((&gone.json["standing"], found("standing=retired").await.as_str()), (&json!("retired"), "김하나"));
        let again = app.post_to(&coordinator, &format!("{at}/retire"), &gone.tag(), json!({ "reason": "또" })).await.expect(409);
        assert_eq!(again.json["code"], "expert_retired");
        let history = app.get(&coordinator, &format!("{at}/history")).await.expect(200);
        let acts: Vec<_> = history.json["items"].as_array().unwrap().iter().map(|e| (e["action"].as_str().unwrap(), e["reason"].as_str())).collect();
        assert_eq!(acts, [("expert.change", Some("본인 요청")), ("expert.change", None), ("expert.create", None)]);
    }

    /// The lot can be drawn again by anybody from what is recorded: the seed, the pool, the seats.
    async fn the_lot_is_drawn_again_from_its_record(app: TestApp) {
        let call = Open::draft(&app, "c-lot", ("mois", "nia")).await;
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 12).await;
        let retired = app.get(&coordinator, &format!("/v1/experts/{}", judges[11].expert)).await.expect(200);
        app.post_to(&coordinator, &format!("/v1/experts/{}/retire", judges[11].expert), &retired.tag(), json!({ "reason": "퇴직" })).await.expect(200);
        enter(&app, &coordinator, "계정 없음", "private", None, json!({})).await.expect(201);
        let draw = |seats: Value, among: Value| json!({ "seats": seats, "among": among });
        let five = json!({ "public": 2, "private": 3 });
        let bare = act(&app, &coordinator, &call.key, "draws", draw(five.clone(), json!([]))).await.expect(422);
        assert_eq!(bare.json["code"], "call_rules_wanting");
        app.put(&call.coordinator, "/v1/calls/c-lot/rules", "*", crate::application::kit::laid_down(None)).await.expect(200);

        let empty = app.get(&coordinator, "/v1/calls/c-lot/committee").await.expect(200);
        assert_eq!((&empty.json["committee"]["members"], &empty.json["committee"]["version"]), (&json!([]), &json!(1)));
        assert_eq!(codes(&empty), ["committee_too_small", "too_few_private", "chair_wanting"]);
        let too_many = act(&app, &coordinator, &call.key, "draws", draw(json!({ "public": 4, "private": 9 }), json!([]))).await.expect(422);
        assert_eq!(too_many.faults(), ["/seats/private pool_too_small", "/seats/public pool_too_small"]);
        let at = "/v1/calls/c-lot/committee/draws";
        app.send_as(&coordinator, "POST", at, None, Some(&draw(five.clone(), json!([])))).await.expect(428);
        let drawn = app.post_to(&coordinator, at, &empty.tag(), draw(five, json!([]))).await.expect(200);
        app.post_to(&coordinator, at, &empty.tag(), draw(json!({ "public": 1, "private": 0 }), json!([]))).await.expect(412);

        let record = &drawn.json["committee"]["draws"][0];
        let (seed, pool, chosen) = (record["seed"].as_str().unwrap(), texts(&record["pool"]), texts(&record["chosen"]));
        assert_eq!((pool.len(), chosen.len()), (11, 5), "neither the retired nor those who cannot sign in");
        let mut order = pool.clone();
        order.sort_by_key(|id| Sha256::digest(format!("{seed}:{id}")).to_vec());
        let public: Vec<&String> = judges.iter().enumerate().filter(|(n, _)| n % 3 == 2).map(|(_, judge)| &judge.expert).collect();
        let first = |official: bool, many: usize| -> Vec<String> { order.iter().filter(|id| public.contains(id) == official).take(many).cloned().collect() };
        let (officials, others) = (first(true, 2), first(false, 3));
        let again: Vec<String> = order.iter().filter(|id| officials.contains(id) || others.contains(id)).cloned().collect();
        assert_eq!(again, chosen);
        let members: Vec<String> = drawn.json["committee"]["members"].as_array().unwrap().iter().map(|m| m["expert"].as_str().unwrap().to_owned()).collect();
        assert_eq!(members, chosen);
        assert_eq!(drawn.json["committee"]["members"][0]["origin"], json!({ "by": "lot", "draw": 1 }));

        // A second lot passes over those who are there, and keeps to those who are named.
        let free: Vec<&String> = pool.iter().filter(|id| !chosen.contains(id)).collect();
        let refused = act(&app, &coordinator, &call.key, "draws", draw(json!({ "public": 0, "private": 1 }), json!([chosen[0], free[0]]))).await.expect(422);
        assert_eq!(refused.faults(), ["/among/0 not_drawable"]);
        let more = act(&app, &coordinator, &call.key, "draws", draw(json!({ "public": 0, "private": 2 }), json!(free))).await.expect(200);
        assert_eq!((more.json["committee"]["members"].as_array().unwrap().len(), more.json["committee"]["draws"].as_array().unwrap().len()), (7, 2));
    }

    /// Whoever has lost the role of a committee member is neither drawn, nor appointed, nor takes anybody's place.
    async fn nobody_comes_without_the_role(app: TestApp) {
        let call = Open::of(&app, "c-role", ("mois", "nia")).await;
        let judges = pool(&app, &call.coordinator, 3).await;
        let admin = app.persona(Role::Administrator, "mois").await;
        let account = |judge: &Judge| format!("/v1/accounts/{}", judge.id());
        let known = app.get(&admin, &account(&judges[0])).await.expect(200);
        let revoke = format!("{}/grants/{}/revoke", account(&judges[0]), known.json["grants"][0]["id"].as_str().unwrap());
        app.post_to(&admin, &revoke, &known.tag(), json!({ "reason": "해촉" })).await.expect(200);
        let known = app.get(&admin, &account(&judges[2])).await.expect(200);
        app.post_to(&admin, &format!("{}/suspend", account(&judges[2])), &known.tag(), json!({ "reason": "휴직" })).await.expect(200);

        for gone in [&judges[0], &judges[2]] {
            let refused = appoint(&app, &call.coordinator, &call.key, gone, "member").await.expect(422);
            assert_eq!(refused.faults(), ["/expert account_without_role"]);
        }
        appoint(&app, &call.coordinator, &call.key, &judges[1], "member").await.expect(200);
        let with = json!({ "reason": "사임", "successor": { "expert": judges[0].expert, "role": "member", "reason": "보궐" } });
        let refused = act(&app, &call.coordinator, &call.key, &format!("members/{}/leave", judges[1].id()), with).await.expect(422);
        assert_eq!(refused.faults(), ["/successor/expert account_without_role"]);
        let draw = |public: usize, private: usize, among: Value| json!({ "seats": { "public": public, "private": private }, "among": among });
        let named = act(&app, &call.coordinator, &call.key, "draws", draw(1, 1, json!([judges[0].expert, judges[2].expert]))).await.expect(422);
        assert_eq!(named.faults(), ["/among/0 not_drawable", "/among/1 not_drawable"]);
        let bare = act(&app, &call.coordinator, &call.key, "draws", draw(1, 1, json!([]))).await.expect(422);
        assert_eq!(bare.faults(), ["/seats/private pool_too_small", "/seats/public pool_too_small"]);
    }

    /// Composition is told in coded words until it is right; every member pledges for itself, once.
    async fn composition_is_told_until_it_is_right(app: TestApp) {
        let call = Open::of(&app, "c-made", ("mois", "nia")).await;
        let judges = pool(&app, &call.coordinator, 6).await;
        for judge in &judges[..5] {
            appoint(&app, &call.coordinator, &call.key, judge, "member").await.expect(200);
        }
        let twice = appoint(&app, &call.coordinator, &call.key, &judges[0], "member").await.expect(422);
        assert_eq!(twice.faults(), ["/expert member_already"]);
        let at = "/v1/calls/c-made/committee";
        let view = app.get(&judges[0].persona, at).await.expect(200);
        assert_eq!(codes(&view), ["chair_wanting", "pledge_wanting"]);
        let english = actix_web::test::TestRequest::get().uri(at).insert_header(("accept-language", "en"));
        let english = app.send(english.insert_header(("authorization", format!("Bearer {}", call.coordinator.token)))).await.expect(200);
        assert_eq!(english.json["composition"][0]["detail"], "There is not exactly one chair");
        assert_ne!(english.tag(), view.tag(), "what is shown differs");

        act(&app, &judges[0].persona, &call.key, "chair", json!({ "member": judges[0].id() })).await.expect(403);
        let refused = act(&app, &call.coordinator, &call.key, "chair", json!({ "member": judges[5].id() })).await.expect(422);
        assert_eq!(refused.faults(), ["/member member_unknown"]);
        act(&app, &call.coordinator, &call.key, "chair", json!({ "member": judges[3].id() })).await.expect(200);
        // All of them at the same time: nobody is told to come again.
        let pledges = futures_util::future::join_all(judges[..5].iter().map(|judge| pledge(&app, &call.key, judge))).await;
        assert!(pledges.iter().all(|answer| answer.status == 200), "{:?}", pledges.iter().map(|a| a.status).collect::<Vec<_>>());
        assert!(codes(&app.get(&call.coordinator, at).await.expect(200)).is_empty());
        assert_eq!(pledge(&app, &call.key, &judges[0]).await.expect(409).json["code"], "pledge_given");
        pledge(&app, &call.key, &judges[5]).await.expect(404);
        act(&app, &call.coordinator, &call.key, "pledge", json!({ "words": "대신" })).await.expect(403);

        // Nobody else knows who is on it.
        for (role, body) in [(Role::Planner, "mois"), (Role::Applicant, "sido-26"), (Role::Coordinator, "msit"), (Role::CommitteeMember, "nia"), (Role::Viewer, "mois")] {
            let who = app.persona(role, body).await;
            app.get(&who, at).await.expect(404);
            app.get(&who, &format!("{at}/history")).await.expect(404);
        }
        app.get(&judges[0].persona, &format!("{at}/history")).await.expect(403);
        let history = app.get(&call.coordinator, &format!("{at}/history?page_size=200")).await.expect(200);
        assert_eq!(history.json["items"].as_array().unwrap().len(), 11);
    }

    /// Whoever leaves is replaced in the same step, knows nothing more of it, and stays on record.
    async fn a_member_leaves_and_another_comes(app: TestApp) {
        let call = Open::of(&app, "c-left", ("mois", "nia")).await;
        let judges: Vec<Judge> = pool(&app, &call.coordinator, 6).await;
        kit::seat(&app, &call, &judges[..5]).await;
        let successor = |n: usize| json!({ "expert": judges[n].expert, "role": "member", "reason": "보궐" });
        let leave = async |n: usize, with: Value| act(&app, &call.coordinator, &call.key, &format!("members/{}/leave", judges[n].id()), with).await;
        let refused = leave(1, json!({ "reason": "사임", "successor": successor(2) })).await.expect(422);
        assert_eq!(refused.faults(), ["/successor/expert member_already"]);
        let done = leave(1, json!({ "reason": "사임", "successor": successor(5) })).await.expect(200);
        let members = done.json["committee"]["members"].as_array().unwrap();
        assert_eq!((members.len(), members[1]["left"]["reason"].as_str()), (6, Some("사임")));
        assert_eq!(codes(&done), ["pledge_wanting"]);
        app.get(&judges[1].persona, "/v1/calls/c-left/committee").await.expect(404);
        app.get(&judges[5].persona, "/v1/calls/c-left/committee").await.expect(200);
        assert_eq!(leave(1, json!({ "reason": "또" })).await.expect(422).json["code"], "member_unknown");
        call.step(&app, "cancel", json!({ "reason": "중단" })).await.expect(200);
        assert_eq!(leave(2, json!({ "reason": "늦음" })).await.expect(409).json["code"], "committee_settled");
    }
}
