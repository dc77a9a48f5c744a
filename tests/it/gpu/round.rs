//! Allocation rounds (배분 회차): hidden while drafted, open by the clock, with caps and interviews.

use super::kit::{LIST, plan, pool, project, then};
use domain::access::Role;
use serde_json::{Value, json};
use tests::both;

both! {
    /// A round is prepared, announced, asked in, decided, ended.
    async fn a_round_runs_its_course(app: TestApp) {
        pool(&app, "t-round", 640).await;
        let (planner, coordinator) = (app.planner("mois").await, app.coordinator().await);
        let mut wrong = plan(&app, "t-round");
        wrong["pools"][0]["max_gpus_per_project"] = json!(36);
        wrong["managing_agency"] = json!("nobody");
        app.post(&coordinator, "/v1/gpu-rounds", json!({ "key": "r-one", "plan": wrong.clone() })).await.expect(422);
        wrong["managing_agency"] = json!("nipa");
        let told = app.post(&coordinator, "/v1/gpu-rounds", json!({ "key": "r-one", "plan": wrong })).await.expect(422).json;
        assert_eq!(told["errors"][0]["pointer"], "/plan/pools/0/max_gpus_per_project");
        let made = app.post(&coordinator, "/v1/gpu-rounds", json!({ "key": "r-one", "plan": plan(&app, "t-round") })).await.expect(201);
        app.get(&planner, "/v1/gpu-rounds/r-one").await.expect(404);
        assert_eq!(app.get(&planner, "/v1/gpu-rounds").await.expect(200).json["items"], json!([]));
        let id = project(&app, &planner, "mois", None).await;
        let ask = |gpus: u32, to: &str| json!({ "project": id, "round": "r-one", "pool": "t-round", "gpus": gpus, "purpose": "학습",
            "period": { "from": "2026-12-01", "to": to } });
        let unknown = app.post(&planner, LIST, ask(8, "2027-03-01")).await.expect(422).json;
        assert_eq!(unknown["errors"][0]["pointer"], "/round", "nobody learns of a draft");
        let mut later = plan(&app, "t-round");
        later["opens_at"] = json!(app.app.clock.now().plus_seconds(60));
        app.put(&coordinator, "/v1/gpu-rounds/r-one", &made.tag(), later).await.expect(200);
        let out = app.post_to(&coordinator, "/v1/gpu-rounds/r-one/announce", "*", json!({})).await.expect(200);
        assert_eq!(out.json["state"], "announced");
        app.put(&coordinator, "/v1/gpu-rounds/r-one", "*", plan(&app, "t-round")).await.expect(409);
        assert_eq!(app.post(&planner, LIST, ask(8, "2027-03-01")).await.expect(409).json["code"], "gpu_round_state");
        app.pass(60);
        assert_eq!(app.get(&planner, "/v1/gpu-rounds?state=open").await.expect(200).json["items"][0]["state"], "open");
        let faults = |answer: &Value| answer["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(faults(&app.post(&planner, LIST, ask(40, "2027-07-01")).await.expect(422).json), ["gpu_cap", "gpu_period_too_long"]);
        let large = app.post(&planner, LIST, ask(32, "2027-03-01")).await.expect(201);
        let agency = app.persona(Role::Coordinator, "nipa").await;
        then(&app, &agency, &large, "screen", json!({ "finding": "적정" })).await.expect(200);
        assert_eq!(then(&app, &agency, &large, "approve", json!({ "reason": "적정" })).await.expect(409).json["code"], "gpu_interview_needed");
        then(&app, &agency, &large, "reject", json!({ "reason": "면담 없이 접수됨" })).await.expect(200);
        let again = app.post(&planner, LIST, ask(32, "2027-03-01")).await.expect(201);
        then(&app, &agency, &again, "screen", json!({ "finding": "적정", "interview": "준비가 되어 있음" })).await.expect(200);
        then(&app, &agency, &again, "approve", json!({ "reason": "적정" })).await.expect(200);
        app.post_to(&coordinator, "/v1/gpu-rounds/r-one/finish", "*", json!({})).await.expect(409);
        app.pass(3600);
        assert_eq!(app.post(&app.renew(&planner), LIST, ask(8, "2027-03-01")).await.expect(409).json["code"], "gpu_round_state");
        let over = app.post_to(&app.renew(&coordinator), "/v1/gpu-rounds/r-one/finish", "*", json!({})).await.expect(200);
        assert_eq!(over.json["state"], "finished");
    }
}
