//! Long work (작업): whoever began it hears how far it has come, nobody else but an auditor learns of it.

use domain::access::Role;
use serde_json::json;
use tests::both;

both! {
    async fn long_work_is_its_owners(app: TestApp) {
        let (owner, auditor) = (app.persona(Role::Administrator, "mois").await, app.persona(Role::Auditor, "bai").await);
        let begun = app.post(&owner, "/v1/audit/verifications", json!({})).await.expect(202);
        let place = format!("/v1/operations/{}", begun.id());
        assert_eq!(begun.headers.get("location").unwrap(), place.as_str());
        for who in [&owner, &auditor] {
            let mut told = app.get(who, &place).await.expect(200).json;
            while told["stage"]["state"] == "running" {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                told = app.get(who, &place).await.expect(200).json;
            }
            assert_eq!((&told["stage"]["state"], &told["stage"]["result"]["flaws"]), (&json!("succeeded"), &json!(0)), "{told}");
        }
        for role in [Role::Administrator, Role::Coordinator, Role::Planner] {
            let other = app.persona(role, "mois").await;
            app.get(&other, &place).await.expect(404);
        }
        app.get(&owner, &format!("/v1/operations/{}", app.app.chance.uuid())).await.expect(404);
    }
}
