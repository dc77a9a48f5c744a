//! Waiting lists (대기 목록): what is freed is offered in order; what is declined or not answered passes on.

use super::kit::{approved, path, pool, project, stands, then};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, both};

const PERIOD: (&str, &str) = ("2026-12-01", "2027-03-01");

/// A full pool of eight servers, whose holder is told first, and requests of these bodies that wait for all of it, in this order.
async fn full(app: &TestApp, key: &str, bodies: &[&str]) -> (Persona, Vec<(Persona, Answer, String)>) {
    pool(app, key, 64).await;
    let coordinator = app.persona(Role::Coordinator, "nipa").await;
    let mut all = Vec::new();
    for (body, nth) in bodies.iter().zip(0..) {
        let planner = app.planner(body).await;
        let id = project(app, &planner, body, None).await;
        let asked = approved(app, (&planner, &coordinator), &id, (key, 64), PERIOD).await;
        let act = if nth == 0 { "allocate" } else { "wait" };
        if nth > 0 {
            let full = then(app, &coordinator, &asked, "allocate", json!({ "out_of_order": "시험" })).await.expect(409);
            assert_eq!(full.json["code"], "gpu_pool_full");
        }
        then(app, &coordinator, &asked, act, json!({})).await.expect(200);
        all.push((planner, asked, id));
        app.pass(1);
    }
    (coordinator, all)
}

async fn reclaim(app: &TestApp, coordinator: &Persona, request: &Answer) {
    let on = app.app.clock.now().day();
    let why = json!({ "on": on, "ground": "low_use", "reason": "30일 평균 이용률 미달" });
    then(app, coordinator, request, "reclaim", why).await.expect(200);
}

async fn turns(app: &TestApp, who: &Persona, key: &str) -> Value {
    app.get(&app.renew(who), &format!("/v1/gpu-pools/{key}/waiting-list")).await.expect(200).json
}

both! {
    /// A reclaim frees what the first in order is offered, accepts, and uses.
    async fn what_is_reclaimed_is_offered_and_accepted(app: TestApp) {
        let (coordinator, all) = full(&app, "t-wait", &["mois", "moe", "mohw"]).await;
        let (holder, second, third) = (&all[0].1, &all[1], &all[2]);
        assert_eq!(stands(&app, &second.0, &second.1).await, ("approved".to_owned(), json!("waiting")));
        assert_eq!(then(&app, &second.0, &second.1, "accept", json!({})).await.expect(409).json["code"], "gpu_offer_none");
        assert_eq!(then(&app, &coordinator, &second.1, "wait", json!({})).await.expect(409).json["code"], "gpu_waits_already");
        let list = turns(&app, &coordinator, "t-wait").await;
        assert_eq!((&list["waiting"], list["turns"].as_array().unwrap().len()), (&json!(2), 2));
        let own = turns(&app, &third.0, "t-wait").await;
        assert_eq!((&own["waiting"], &own["turns"][0]["turn"], own["turns"].as_array().unwrap().len()), (&json!(2), &json!(2), 1), "others' turns count and are not shown");

        reclaim(&app, &coordinator, holder).await;
        let seen = app.get(&coordinator, &path(&second.1)).await.expect(200).json;
        assert_eq!((&seen["waiting"]["state"], &seen["waiting"]["place"]["offer"]["period"]["from"]), (&json!("offered"), &json!("2026-12-01")));
        assert_eq!(stands(&app, &third.0, &third.1).await.1, "waiting");
        let before = then(&app, &coordinator, &third.1, "allocate", json!({ "out_of_order": "시험" })).await.expect(409).json;
        assert_eq!(before["code"], "gpu_pool_full", "what is offered is kept free");
        assert_eq!(then(&app, &coordinator, &third.1, "allocate", json!({})).await.expect(409).json["code"], "gpu_queue_ahead");
        then(&app, &third.0, &second.1, "accept", json!({})).await.expect(404);
        let accepted = then(&app, &second.0, &second.1, "accept", json!({})).await.expect(200);
        assert_eq!((&accepted.json["state"], &accepted.json["request"]["grants"][0]["gpus"]), (&json!("allocated"), &json!(64)));
        assert_eq!(stands(&app, &second.0, &second.1).await.1, "accepted");
        let back = app.get(&coordinator, &path(holder)).await.expect(200).json;
        assert_eq!((&back["state"], &back["request"]["grants"][0]["period"]["to"]), (&json!("reclaimed"), &json!("2027-03-01")));
        let places = app.get(&coordinator, "/v1/gpu-places?pool=t-wait&state=accepted").await.expect(200).json;
        assert_eq!(places["items"].as_array().unwrap().len(), 1);
    }

    /// A project with a priority goes first, and the list says why. What is declined, and what is not answered in time, passes on.
    async fn priority_first_then_declined_and_expired_pass_on(app: TestApp) {
        let (coordinator, all) = full(&app, "t-turn", &["mois", "moe", "mohw", "molit"]).await;
        let msit = app.coordinator().await;
        let first = json!({ "reason": "국민 안전에 급함", "decided_by": "과학기술관계장관회의", "decided_on": "2026-11-20" });
        app.post_to(&msit, &format!("/v1/projects/{}/priority", all[3].2), "*", json!({ "priority": first })).await.expect(200);
        let list = turns(&app, &coordinator, "t-turn").await;
        let bodies: Vec<_> = list["turns"].as_array().unwrap().iter().map(|t| t["place"]["body"].as_str().unwrap()).collect();
        assert_eq!(bodies, ["molit", "moe", "mohw"]);
        assert!(list["turns"][0]["because"]["ko"].as_str().unwrap().contains("국민 안전에 급함") && list["turns"][1]["because"]["ko"].as_str().unwrap().contains("부터 대기"));

        reclaim(&app, &coordinator, &all[0].1).await;
        assert_eq!(stands(&app, &all[3].0, &all[3].1).await.1, "offered");
        then(&app, &all[3].0, &all[3].1, "decline", json!({ "reason": "일정이 맞지 않음" })).await.expect(200);
        assert_eq!((stands(&app, &all[3].0, &all[3].1).await.1, stands(&app, &all[1].0, &all[1].1).await.1), (json!("declined"), json!("offered")));
        app.pass(72 * 3600 - 1);
        assert_eq!(api::offer_gpus(&app.app).await.unwrap(), 0, "the offer stands");
        app.pass(1);
        assert_eq!(then(&app, &all[1].0, &all[1].1, "accept", json!({})).await.expect(409).json["code"], "gpu_offer_expired");
        assert_eq!(api::offer_gpus(&app.app).await.unwrap(), 1, "the server offers it on");
        assert_eq!((stands(&app, &all[1].0, &all[1].1).await.1, stands(&app, &all[2].0, &all[2].1).await.1), (json!("expired"), json!("offered")));
        then(&app, &coordinator, &all[1].1, "wait", json!({})).await.expect(200);
        then(&app, &all[2].0, &all[2].1, "withdraw", json!({ "reason": "과제 축소" })).await.expect(200);
        assert_eq!((stands(&app, &all[2].0, &all[2].1).await.1, stands(&app, &all[1].0, &all[1].1).await.1), (json!("left"), json!("offered")));
        then(&app, &all[1].0, &all[1].1, "accept", json!({})).await.expect(200);
    }

    /// Whoever needs more than is free keeps the place, and the next is asked; more capacity is offered at once.
    async fn smaller_wishes_are_served_meanwhile(app: TestApp) {
        let (coordinator, all) = full(&app, "t-small", &["mois", "moe"]).await;
        let planner = app.planner("mohw").await;
        let id = project(&app, &planner, "mohw", None).await;
        let small = approved(&app, (&planner, &coordinator), &id, ("t-small", 16), PERIOD).await;
        then(&app, &coordinator, &small, "wait", json!({})).await.expect(200);
        let step = |gpus: u32| json!({ "from": "2026-12-01", "government_gpus": gpus, "operator_gpus": 0, "reason": "증설", "source": "운용 계획" });
        app.post_to(&app.renew(&coordinator), "/v1/gpu-pools/t-small/capacity", "*", step(80)).await.expect(200);
        assert_eq!((stands(&app, &all[1].0, &all[1].1).await.1, stands(&app, &planner, &small).await.1), (json!("waiting"), json!("offered")));
        then(&app, &planner, &small, "accept", json!({})).await.expect(200);
        app.post_to(&app.renew(&coordinator), "/v1/gpu-pools/t-small/capacity", "*", step(144)).await.expect(200);
        assert_eq!(stands(&app, &all[1].0, &all[1].1).await.1, "offered");
        let nothing = app.post(&app.renew(&coordinator), "/v1/gpu-pools/t-small/offers", json!({})).await;
        assert_eq!(nothing.json["offered"].as_array().map_or(0, Vec::len), 0);
    }
}
