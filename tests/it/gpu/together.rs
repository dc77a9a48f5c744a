//! At the same time (동시 처리): never more is given than there is, on any day of any period.

use super::kit::{LIST, approved, path, pool, project, round, then};
use domain::access::Role;
use futures_util::future::join_all;
use serde_json::json;
use tests::{Answer, both};

fn statuses(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status.as_u16() == status).count()
}

both! {
    /// Hundreds ask at once for the last sixteen servers, of which two are taken in the middle of the period: fourteen are given.
    async fn the_last_servers_are_given_once(app: TestApp) {
        pool(&app, "t-race", 128).await;
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "nipa").await);
        let id = project(&app, &planner, "mois", None).await;
        let middle = approved(&app, (&planner, &coordinator), &id, ("t-race", 16), ("2027-01-10", "2027-01-11")).await;
        then(&app, &coordinator, &middle, "allocate", json!({})).await.expect(200);
        let mut all = Vec::new();
        for n in 0..220_u32 {
            // Some begin before, some end after: every one of them holds the day in the middle.
            let period = if n % 2 == 0 { ("2026-12-01", "2027-01-20") } else { ("2027-01-02", "2027-03-01") };
            all.push(approved(&app, (&planner, &coordinator), &id, ("t-race", 8), period).await);
        }
        let who = app.renew(&coordinator);
        let paths: Vec<String> = all.iter().map(|one| format!("{}/allocate", path(one))).collect();
        let (mut left, mut given, mut refused) = (paths.iter().collect::<Vec<_>>(), 0, 0);
        while !left.is_empty() {
            let tried = join_all(left.iter().map(|at| app.post_to(&who, at, "*", json!({})))).await;
            given += statuses(&tried, 200);
            refused += tried.iter().filter(|one| one.json["code"] == "gpu_pool_full").count();
            // On a busy machine some wait too long for a connection: nothing was decided about them, and they try again.
            left = left.into_iter().zip(&tried).filter(|(_, one)| one.status == 503).map(|(at, _)| at).collect();
        }
        assert_eq!((given, refused), (14, 206));
        let mut token = String::new();
        let mut held = 0;
        loop {
            let page = app.get(&who, &format!("/v1/gpu-allocations?pool=t-race&on=2027-01-10&page_size=5{token}")).await.expect(200).json;
            held += page["items"].as_array().unwrap().iter().map(|one| one["allocation"]["grant"]["gpus"].as_u64().unwrap()).sum::<u64>();
            let Some(next) = page["next_page_token"].as_str() else { break };
            token = format!("&page_token={next}");
        }
        assert_eq!(held, 128, "exactly the capacity on the fullest day");
    }

    /// An offer is accepted once, whoever tries at the same time, and nothing else takes what it keeps.
    async fn an_offer_is_accepted_once(app: TestApp) {
        pool(&app, "t-once", 64).await;
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "nipa").await);
        let id = project(&app, &planner, "mois", None).await;
        let period = ("2026-12-01", "2027-03-01");
        let (first, second) = (
            approved(&app, (&planner, &coordinator), &id, ("t-once", 64), period).await,
            approved(&app, (&planner, &coordinator), &id, ("t-once", 64), period).await,
        );
        then(&app, &coordinator, &first, "wait", json!({})).await.expect(200);
        let accept = (0..5).map(|_| then(&app, &planner, &first, "accept", json!({})));
        let allocate = then(&app, &coordinator, &second, "allocate", json!({ "out_of_order": "시험" }));
        let (accepted, allocated) = tokio::join!(join_all(accept), allocate);
        assert_eq!((statuses(&accepted, 200), statuses(&accepted, 409)), (1, 4));
        assert_eq!(allocated.json["code"], "gpu_pool_full");
    }

    /// Freeing, accepting, declining and waiting at once neither block each other nor give anything twice.
    async fn waiting_lists_do_not_tangle(app: TestApp) {
        pool(&app, "t-tangle", 64).await;
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "nipa").await);
        let id = project(&app, &planner, "mois", None).await;
        let mut all = Vec::new();
        for n in 0..12 {
            let one = approved(&app, (&planner, &coordinator), &id, ("t-tangle", 16), ("2026-12-01", "2027-03-01")).await;
            let act = if n < 4 { "allocate" } else { "wait" };
            then(&app, &coordinator, &one, act, json!({})).await.expect(200);
            all.push(one);
        }
        let on = json!({ "on": "2026-11-22", "reason": "반납" });
        let back = join_all(all[..4].iter().map(|one| then(&app, &planner, one, "return", on.clone()))).await;
        assert_eq!(statuses(&back, 200), 4);
        for _ in 0..3 {
            let accept = join_all(all[4..8].iter().map(|one| then(&app, &planner, one, "accept", json!({}))));
            let decline = join_all(all[6..].iter().map(|one| then(&app, &planner, one, "decline", json!({ "reason": "일정" }))));
            let (accepted, declined) = tokio::join!(accept, decline);
            assert!(accepted.iter().chain(&declined).all(|one| [200, 409].contains(&one.status.as_u16())), "{accepted:?} {declined:?}");
        }
        let held = app.get(&app.renew(&planner), "/v1/gpu-allocations?pool=t-tangle&on=2026-12-01").await.expect(200).json;
        let held: u64 = held["items"].as_array().unwrap().iter().map(|one| one["allocation"]["grant"]["gpus"].as_u64().unwrap()).sum();
        assert!(held <= 64, "{held}");
    }

    /// Two approvals at once that only one of them fits into what the round offers: never both.
    async fn a_round_is_not_given_away_twice(app: TestApp) {
        pool(&app, "t-shared", 640).await;
        round(&app, "r-shared", "t-shared").await;
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "nipa").await);
        let id = project(&app, &planner, "mois", None).await;
        let mut all = Vec::new();
        for _ in 0..6 {
            let new = json!({ "project": id, "round": "r-shared", "pool": "t-shared", "gpus": 24, "purpose": "학습",
                "period": { "from": "2026-12-01", "to": "2027-03-01" } });
            let asked = app.post(&planner, LIST, new).await.expect(201);
            then(&app, &coordinator, &asked, "screen", json!({ "finding": "적정" })).await.expect(200);
            all.push(asked);
        }
        // 75 % of 64 are the government's: two of 24.
        let tried = join_all(all.iter().map(|one| then(&app, &coordinator, one, "approve", json!({ "reason": "적정" })))).await;
        assert_eq!((statuses(&tried, 200), statuses(&tried, 409)), (2, 4));
        let given = app.get(&coordinator, &format!("{LIST}?round=r-shared&state=approved")).await.expect(200).json;
        assert_eq!(given["items"].as_array().unwrap().len(), 2);
    }
}
