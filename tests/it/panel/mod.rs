//! Panels (배정): many at once or none, conflicts of every kind, papers for those who judge and nobody else.

use crate::{
    application::kit::Open,
    committee::kit::{Judge, act, evaluated, pool},
};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, both};

/// Gives applications to members.
pub async fn assign(app: &TestApp, call: &Open, pairs: &[(&String, &Judge)]) -> Answer {
    let assignments: Vec<Value> =
        pairs.iter().map(|(one, judge)| json!({ "application": one, "member": judge.id() })).collect();
    let at = format!("/v1/calls/{}/assignments", call.key);
    // The agency's: the body that holds the call may apply itself.
    let agency = app.persona(Role::Coordinator, "nia").await;
    app.post(&agency, &at, json!({ "assignments": assignments })).await
}

/// The applications in a member's list.
pub async fn listed(app: &TestApp, who: &Persona, query: &str) -> Vec<String> {
    let page = app.get(&app.renew(who), &format!("/v1/assignments?{query}")).await.expect(200);
    let items = page.json["items"].as_array().unwrap();
    items.iter().map(|item| item["application"]["id"].as_str().unwrap().to_owned()).collect()
}

/// Nothing of an application can be found by somebody who is kept from it.
pub async fn knows_nothing(app: &TestApp, judge: &Judge, application: &str) {
    assert!(!listed(app, &judge.persona, "page_size=200").await.contains(&application.to_owned()));
    let who = app.renew(&judge.persona);
    for below in ["", "/sheet", "/sheets"] {
        app.get(&who, &format!("/v1/assignments/{application}{below}")).await.expect(404);
    }
    app.put(&who, &format!("/v1/assignments/{application}/sheet"), "*", json!({ "scores": {} })).await.expect(404);
    app.post_to(&who, &format!("/v1/assignments/{application}/sheet/submit"), "*", json!({})).await.expect(404);
    app.post(&who, &format!("/v1/assignments/{application}/recuse"), json!({ "ground": "other", "detail": "또" }))
        .await
        .expect(404);
    for path in ["/v1/panels/", "/v1/applications/"] {
        let status = app.get(&who, &format!("{path}{application}")).await.status.as_u16();
        assert!([403, 404].contains(&status), "{path} {status}");
    }
    app.get(&who, &format!("/v1/score-sheets/{application}.{}", judge.id())).await.expect(404);
}

fn conflicts(view: &Value) -> Vec<(&str, &str, &str, Option<&str>)> {
    let list = view["panel"]["conflicts"].as_array().unwrap().iter();
    list.map(|c| {
        let text = |name: &str| c[name].as_str().unwrap();
        (text("kind"), text("ground"), text("source"), c["decision"]["outcome"].as_str())
    })
    .collect()
}

both! {
    /// Applications are given to members all at once or not at all, within their loads, and everything wrong is told.
    async fn many_are_given_at_once_or_none(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 6).await;
        let (call, ids) = evaluated(&app, "c-give", &judges[..5], &["sido-26", "mohw", "sido-27"], "never").await;
        assert_eq!(assign(&app, &call, &[(&ids[0], &judges[0]), (&ids[0], &judges[1]), (&ids[1], &judges[0])]).await.expect(200)
            .json["panels"].as_array().unwrap().iter().map(|p| p["judging"].as_array().unwrap().len()).collect::<Vec<_>>(), [2, 1]);
        let nobody = "01890000-0000-7000-8000-000000000000".to_owned();
        let wrong = assign(&app, &call, &[(&ids[2], &judges[2]), (&ids[0], &judges[0]), (&nobody, &judges[5]), (&ids[2], &judges[2])]).await.expect(422);
        assert_eq!(wrong.faults(), [
            "/assignments/1/member seat_taken", "/assignments/2/application not_known", "/assignments/2/member member_unknown", "/assignments/3/member seat_taken",
        ]);
        let view = app.get(&app.renew(&coordinator), &format!("/v1/panels/{}", ids[2])).await.expect(200);
        assert_eq!(view.json["judging"], json!([]), "not the first of them either");
        assert_eq!(listed(&app, &judges[0].persona, "").await, [ids[0].clone(), ids[1].clone()]);
        assert_eq!((listed(&app, &judges[0].persona, "call=c-none").await, listed(&app, &judges[2].persona, "").await), (vec![], vec![]));

        let panels = async |query: &str| {
            let page = app.get(&app.renew(&coordinator), &format!("/v1/panels?{query}")).await.expect(200);
            page.json["items"].as_array().unwrap().iter().map(|p| p["panel"]["application"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(panels("call=c-give").await, [ids[0].clone(), ids[1].clone()]);
        assert_eq!(panels(&format!("member={}", judges[1].id())).await, [ids[0].clone()]);
        assert_eq!(panels(&format!("application={}", ids[1])).await, [ids[1].clone()]);
        assert_eq!(panels("undecided=true").await, Vec::<String>::new());
        let at = format!("/v1/panels/{}/release", ids[1]);
        let tag = app.get(&app.renew(&coordinator), &format!("/v1/panels/{}", ids[1])).await.tag();
        let gone = app.post_to(&app.renew(&coordinator), &at, &tag, json!({ "member": judges[0].id(), "reason": "교체" })).await.expect(200);
        assert_eq!(gone.json["panel"]["seats"][0]["released"]["reason"], "교체");
        app.post_to(&app.renew(&coordinator), &at, &tag, json!({ "member": judges[0].id(), "reason": "또" })).await.expect(412);
        // Whatever too few judge is told by the progress, whether anything was ever made of its panel or not.
        let progress = app.get(&app.renew(&coordinator), "/v1/calls/c-give/sheet-progress").await.expect(200).json;
        let mut wanting: Vec<_> = progress["applications"].as_array().unwrap().iter()
            .map(|a| (a["application"].as_str().unwrap(), a["unassigned"] == true, a["wanting"].as_u64().unwrap())).collect();
        wanting.sort_by_key(|(id, ..)| ids.iter().position(|known| known == id));
        assert_eq!(wanting, [(ids[0].as_str(), false, 1), (&ids[1], true, 3), (&ids[2], true, 3)]);
        assert_eq!((&progress["unassigned"], &progress["below_quorum"]), (&json!(2), &json!(3)));
        knows_nothing(&app, &judges[0], &ids[1]).await;
        // Those who do not run the call, and those who apply, learn of nobody.
        for (role, body) in [(Role::Coordinator, "msit"), (Role::Planner, "mohw"), (Role::Applicant, "sido-26"), (Role::Viewer, "mois")] {
            let who = app.persona(role, body).await;
            app.get(&who, &format!("/v1/panels/{}", ids[0])).await.expect(404);
            app.get(&who, &format!("/v1/panels/{}/history", ids[0])).await.expect(404);
            app.get(&who, &format!("/v1/assignments/{}", ids[0])).await.expect(404);
            let status = app.get(&who, "/v1/panels").await;
            assert!(status.status == 403 || status.json["items"] == json!([]), "{role}");
            let told = app.get(&who, &format!("/v1/applications/{}", ids[0])).await;
            assert!(!String::from_utf8_lossy(&told.bytes).contains(&judges[0].id()), "{role}");
        }
    }

    /// Two at once do not give a member more than its load.
    async fn loads_hold_when_two_assign_at_once(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 2).await;
        let bodies = vec!["sido-26"; 22];
        let (call, ids) = evaluated(&app, "c-load", &judges, &bodies, "never").await;
        let first: Vec<_> = ids[..19].iter().map(|id| (id, &judges[0])).collect();
        assign(&app, &call, &first).await.expect(200);
        let last = |n: usize| [(&ids[n], &judges[0])];
        let (a, b, c) = (last(19), last(20), last(21));
        let all = futures_util::future::join_all([&a, &b, &c].into_iter().map(|pairs| assign(&app, &call, pairs))).await;
        let mut statuses: Vec<u16> = all.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422, 422]);
        let refused = all.iter().find(|answer| answer.status == 422).unwrap();
        assert_eq!(refused.faults(), ["/assignments/0/member load_reached"]);
        assert_eq!(listed(&app, &judges[0].persona, "page_size=200").await.len(), 20);
    }

    /// What ties a member is found when the application is given; what others assert and what the member declares counts at
    /// once. Each is decided by somebody whose body does not apply.
    async fn conflicts_are_found_asserted_declared_and_decided(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let mut judges = pool(&app, &coordinator, 3).await;
        let ties = json!({ "ties": [
            { "kind": "advised", "with": { "body": "sido-26" }, "from": "2025-01-01", "to": "2026-06-30" },
            { "kind": "employed", "with": { "body": "sido-26" }, "from": "2001-01-01", "to": "2010-06-30" }
        ] });
        judges.push(Judge::of(&app, &coordinator, "자문한 이", "private", ties).await);
        let (call, ids) = evaluated(&app, "c-tied", &judges, &["sido-26", "mois"], "never").await;
        let at = format!("/v1/panels/{}", ids[0]);
        let pairs: Vec<_> = judges.iter().map(|judge| (&ids[0], judge)).collect();
        let given = assign(&app, &call, &pairs).await.expect(200);
        let view = &given.json["panels"][0];
        assert_eq!(conflicts(view), [("exclusion", "gave_advice", "found", None)], "what ended long ago bars nobody");
        assert_eq!((view["judging"].as_array().unwrap().len(), &view["undecided"]), (3, &json!(1)));
        knows_nothing(&app, &judges[3], &ids[0]).await;
        let conflict = view["panel"]["conflicts"][0]["id"].as_str().unwrap();
        let decide = |id: &str, outcome: &str| (format!("{at}/conflicts/{id}/decide"), json!({ "outcome": outcome, "reason": "검토" }));
        let tag = app.get(&app.renew(&coordinator), &at).await.expect(200).tag();
        let (path, dismissed) = decide(conflict, "dismissed");
        app.send_as(&app.renew(&coordinator), "POST", &path, None, Some(&dismissed)).await.expect(428);
        app.post_to(&app.renew(&judges[3].persona), &path, "*", dismissed.clone()).await.expect(404);
        let done = app.post_to(&app.renew(&coordinator), &path, &tag, dismissed.clone()).await.expect(200);
        assert_eq!(done.json["judging"].as_array().unwrap().len(), 4);
        assert_eq!(listed(&app, &judges[3].persona, "").await, [ids[0].clone()]);
        assert_eq!(app.post_to(&app.renew(&coordinator), &path, "*", dismissed).await.expect(409).json["code"], "conflict_decided");

        // A challenge keeps the member out while it is open, and for good once it is upheld.
        let new = |judge: &Judge| json!({ "member": judge.id(), "kind": "challenge", "ground": "kin", "severity": "real", "detail": "친족" });
        let stranger = app.persona(Role::CommitteeMember, "nia").await;
        let not = json!({ "member": stranger.id, "kind": "challenge", "ground": "kin", "severity": "real", "detail": "친족" });
        assert_eq!(app.post(&app.renew(&coordinator), &format!("{at}/conflicts"), not).await.expect(422).faults(), ["/member member_unknown"]);
        let raised = app.post(&app.renew(&coordinator), &format!("{at}/conflicts"), new(&judges[1])).await.expect(200);
        knows_nothing(&app, &judges[1], &ids[0]).await;
        let (path, upheld) = decide(raised.json["panel"]["conflicts"][1]["id"].as_str().unwrap(), "upheld");
        app.post_to(&app.renew(&coordinator), &path, "*", upheld).await.expect(200);
        knows_nothing(&app, &judges[1], &ids[0]).await;

        // Whoever steps aside is out at once and for good.
        let aside = json!({ "ground": "other", "detail": "가까운 사이" });
        app.post(&app.renew(&judges[2].persona), &format!("/v1/assignments/{}/recuse", ids[0]), aside).await.expect(204);
        knows_nothing(&app, &judges[2], &ids[0]).await;
        let view = app.get(&app.renew(&coordinator), &at).await.expect(200);
        assert_eq!(conflicts(&view.json), [
            ("exclusion", "gave_advice", "found", Some("dismissed")), ("challenge", "kin", "asserted", Some("upheld")), ("recusal", "other", "declared", Some("upheld")),
        ]);
        assert_eq!(view.json["judging"], json!([judges[0].id(), judges[3].id()]));

        // The body that holds this call applies itself: its coordinators know and decide nothing there, the agency's do.
        let own = format!("/v1/panels/{}/conflicts", ids[1]);
        let raised = app.post(&app.renew(&coordinator), &own, new(&judges[0])).await.expect(200);
        let one = format!("{own}/{}/decide", raised.json["panel"]["conflicts"][0]["id"].as_str().unwrap());
        let body = json!({ "outcome": "dismissed", "reason": "무관" });
        let holder = app.renew(&call.coordinator);
        app.post_to(&holder, &one, "*", body.clone()).await.expect(404);
        app.post(&holder, &own, new(&judges[1])).await.expect(404);
        app.get(&holder, &format!("/v1/panels/{}", ids[1])).await.expect(404);
        app.get(&holder, &at).await.expect(200);
        let list = app.get(&holder, "/v1/panels?call=c-tied").await.expect(200);
        let told: Vec<_> = list.json["items"].as_array().unwrap().iter().map(|p| p["panel"]["application"].clone()).collect();
        assert_eq!(told, [json!(ids[0])]);
        let wish = json!({ "assignments": [{ "application": ids[0], "member": judges[0].id() }, { "application": ids[1], "member": judges[0].id() }] });
        let refused = app.post(&holder, "/v1/calls/c-tied/assignments", wish).await.expect(422);
        assert_eq!(refused.faults(), ["/assignments/1/application own_body_applies"]);
        let proposal = "/v1/calls/c-tied/assignments/proposal?per_application=4";
        let proposed = app.get(&holder, proposal).await.expect(200);
        assert!(!String::from_utf8_lossy(&proposed.bytes).contains(&ids[1]), "{}", proposed.json);
        let proposed = app.get(&app.renew(&coordinator), proposal).await.expect(200);
        assert!(String::from_utf8_lossy(&proposed.bytes).contains(&ids[1]), "{}", proposed.json);
        app.post_to(&app.renew(&coordinator), &one, "*", body).await.expect(200);
        let bare = assign(&app, &call, &[(&ids[1], &judges[0])]).await.expect(200);
        assert_eq!(bare.json["panels"][0]["panel"]["version"], 4, "the conflict came before the first seat");
    }

    /// Papers are as submitted, for those who judge; the read is recorded, and nothing is seen without a pledge or after
    /// the term.
    async fn papers_are_for_those_who_judge(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let judges = pool(&app, &coordinator, 4).await;
        let (call, ids) = evaluated(&app, "c-read", &judges[..2], &["sido-26"], "never").await;
        let until = json!({ "expert": judges[2].expert, "role": "member", "reason": "보궐", "term_to": "2026-11-22" });
        act(&app, &call.coordinator, &call.key, "members", until).await.expect(200);
        let silent = assign(&app, &call, &[(&ids[0], &judges[2])]).await.expect(422);
        assert_eq!(silent.faults(), ["/assignments/0/member pledge_wanting"]);
        crate::committee::kit::pledge(&app, &call.key, &judges[2]).await.expect(200);
        assign(&app, &call, &[(&ids[0], &judges[0]), (&ids[0], &judges[2])]).await.expect(200);

        let at = format!("/v1/assignments/{}", ids[0]);
        let papers = app.get(&app.renew(&judges[0].persona), &at).await.expect(200);
        assert_eq!((&papers.json["content"]["title"], &papers.json["submission"]), (&json!("AI 민원 안내 0"), &json!(1)));
        let auditor = app.persona(Role::Auditor, "bai").await;
        let read = app.get(&auditor, "/v1/audit/entries?outcome=read&subject_kind=panel").await.expect(200);
        assert_eq!((read.json["items"].as_array().unwrap().len(), &read.json["items"][0]["about"]["read"]), (1, &json!("papers")));
        app.get(&auditor, &at).await.expect(200);
        app.get(&app.renew(&judges[1].persona), &at).await.expect(404);
        app.get(&app.renew(&coordinator), &at).await.expect(403);
        app.get(&app.renew(&judges[0].persona), &format!("/v1/applications/{}", ids[0])).await.expect(404);

        app.get(&app.renew(&judges[2].persona), &at).await.expect(200);
        app.pass(24 * 3600);
        let over = app.get(&app.renew(&judges[2].persona), &at).await.expect(409);
        assert_eq!(over.json["code"], "term_over");
        assert!(listed(&app, &judges[2].persona, "").await.is_empty());
        assert_eq!(listed(&app, &judges[0].persona, "").await, ids);
        // Whoever leaves gives every seat back in the same step.
        act(&app, &call.coordinator, &call.key, &format!("members/{}/leave", judges[0].id()), json!({ "reason": "사임" })).await.expect(200);
        knows_nothing(&app, &judges[0], &ids[0]).await;
        let panel = app.get(&app.renew(&coordinator), &format!("/v1/panels/{}", ids[0])).await.expect(200);
        assert_eq!((&panel.json["judging"], &panel.json["panel"]["seats"][0]["released"]["reason"]), (&json!([judges[2].id()]), &json!("사임")));
    }

    /// A proposal matches by what members know, leaves out who is tied, tells what is unfilled, and gives nothing.
    async fn a_proposal_gives_nothing(app: TestApp) {
        let coordinator = app.persona(Role::Coordinator, "nia").await;
        let tied = json!({ "ties": [{ "kind": "kin", "with": { "body": "sido-26" } }] });
        let judges = [
            Judge::of(&app, &coordinator, "가", "private", tied).await,
            Judge::of(&app, &coordinator, "나", "private", json!({})).await,
        ];
        let (call, ids) = evaluated(&app, "c-prop", &judges, &["sido-26", "mohw"], "never").await;
        let at = format!("/v1/calls/{}/assignments/proposal?per_application=", call.key);
        let told = app.get(&app.renew(&coordinator), &format!("{at}2")).await.expect(200);
        let seats = told.json["seats"].as_array().unwrap();
        assert_eq!((seats.len(), &told.json["unfilled"][0]["kept_out"]), (3, &json!([{ "member": judges[0].id(), "why": "tied" }])));
        assert_eq!(app.get(&app.renew(&coordinator), &format!("{at}2")).await.bytes, told.bytes, "the same again");
        app.get(&app.renew(&coordinator), &format!("{at}0")).await.expect(422);
        assert!(listed(&app, &judges[1].persona, "").await.is_empty());
        let pairs: Vec<Value> = seats.iter().map(|s| json!({ "application": s["application"], "member": s["member"] })).collect();
        app.post(&app.renew(&coordinator), &format!("/v1/calls/{}/assignments", call.key), json!({ "assignments": pairs })).await.expect(200);
        assert_eq!(listed(&app, &judges[1].persona, "").await.len(), 2);
        assert_eq!(listed(&app, &judges[0].persona, "").await, [ids[1].clone()]);
    }
}
