//! Demand for resources (자원 수요조사): recorded by bodies, answered by others, shown to both.

use domain::access::Role;
use serde_json::json;
use tests::both;

both! {
    /// A ministry says what it will need; another body says how far that is met.
    async fn a_demand_is_recorded_and_answered(app: TestApp) {
        let planner = app.planner("mois").await;
        let details = json!({ "kind": "gpu", "model": "H200", "amount": 64, "from": "2027-01", "to": "2027-06", "purpose": "학습" });
        let new = json!({ "body": "mois", "details": details });
        app.post(&app.planner("moe").await, "/v1/demands", new.clone()).await.expect(403);
        let made = app.post(&planner, "/v1/demands", new).await.expect(201);
        let at = format!("/v1/demands/{}", made.json["demand"]["id"].as_str().unwrap());
        app.get(&app.planner("moe").await, &at).await.expect(404);
        let mut more = details.clone();
        more["amount"] = json!(96);
        let changed = app.put(&planner, &at, &made.tag(), more.clone()).await.expect(200);
        more["project"] = json!("01890000-0000-7000-8000-000000000000");
        app.put(&planner, &at, &changed.tag(), more).await.expect(422);
        let own = app.persona(Role::Coordinator, "mois").await;
        let answer = json!({ "supplied": 32, "note": "1차 배분에서 일부 지원" });
        app.post_to(&own, &format!("{at}/answer"), "*", answer.clone()).await.expect(403);
        let coordinator = app.coordinator().await;
        let answered = app.post_to(&coordinator, &format!("{at}/answer"), &changed.tag(), answer).await.expect(200);
        assert_eq!(answered.json["state"], "partly_met");
        app.put(&planner, &at, "*", details).await.expect(409);
        for (filter, many) in [("body=mois", 1), ("kind=npu", 0), ("state=partly_met&year=2027", 1), ("state=recorded", 0)] {
            let list = app.get(&coordinator, &format!("/v1/demands?{filter}")).await.expect(200).json;
            assert_eq!(list["items"].as_array().unwrap().len(), many, "{filter}");
        }
        app.post_to(&planner, &format!("{at}/withdraw"), "*", json!({ "reason": "자체 확보" })).await.expect(200);
    }
}
