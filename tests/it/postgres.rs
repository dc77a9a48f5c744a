//! The kit itself: every story runs on both databases, alone.

use serde_json::{Value, json};
use tests::{Answer, both, fresh_postgres};

fn members(list: &Answer, name: &str) -> Vec<String> {
    let items = list.json["items"].as_array().unwrap();
    items.iter().filter_map(|item| item.pointer(name).and_then(Value::as_str).map(str::to_owned)).collect()
}

both! {
    /// Lists come in the order of the bytes, whatever the database's locale says of dashes, digits and capitals.
    async fn lists_come_in_the_order_of_bytes(app: TestApp) {
        let (coordinator, planner) = (app.coordinator().await, app.planner("mois").await);
        for key in ["zz_b", "zz1", "zz-b"] {
            let facts = json!({ "name": { "ko": format!("차례시험 {key}") }, "source": "시험" });
            let body = json!({ "key": key, "kind": "public_institution", "facts": facts });
            app.post(&coordinator, "/v1/bodies", body).await.expect(201);
            let envelope = json!({ "key": key, "fiscal_year": 2031, "name_ko": "시험", "name_en": "test", "amount_krw": 1 });
            app.post(&coordinator, "/v1/envelopes", envelope).await.expect(201);
            let project = json!({ "lead_body": "mois", "title": { "ko": format!("차례시험 {key}") }, "lead_share": "100" });
            app.post(&planner, "/v1/projects", json!({ "project": project })).await.expect(201);
        }
        let name = "%EC%B0%A8%EB%A1%80%EC%8B%9C%ED%97%98";
        for size in [1, 50] {
            let mut got = [Vec::new(), Vec::new(), Vec::new()];
            let asked = [
                (&coordinator, format!("/v1/bodies?name={name}"), "/key"),
                (&coordinator, "/v1/envelopes?fiscal_year=2031".to_owned(), "/key"),
                (&planner, "/v1/projects?sort=title".to_owned(), "/title/ko"),
            ];
            for ((who, path, member), got) in asked.iter().zip(&mut got) {
                let mut page = app.get(who, &format!("{path}&page_size={size}")).await.expect(200);
                got.extend(members(&page, member));
                while let Some(token) = page.json["next_page_token"].as_str() {
                    page = app.get(who, &format!("{path}&page_size={size}&page_token={token}")).await.expect(200);
                    got.extend(members(&page, member));
                }
            }
            let keys = ["zz-b", "zz1", "zz_b"];
            assert_eq!(got, [keys.map(str::to_owned).to_vec(), keys.map(str::to_owned).to_vec(), keys.map(|k| format!("차례시험 {k}")).to_vec()]);
        }
    }

    async fn a_fresh_database_is_migrated(app: TestApp) {
        assert!(app.app.store.pending_migrations().await.unwrap().is_empty());
    }
}

#[test]
fn databases_do_not_see_each_other() {
    use sea_orm::{ConnectionTrait, Database};
    let (Some(one), Some(other)) = (fresh_postgres(), fresh_postgres()) else { return };
    actix_web::rt::System::new().block_on(async {
        assert_ne!(one.url(), other.url());
        let here = Database::connect(one.url()).await.unwrap();
        let there = Database::connect(other.url()).await.unwrap();
        here.execute_unprepared("CREATE TABLE only_here (a int)").await.unwrap();
        assert!(there.execute_unprepared("SELECT * FROM only_here").await.is_err());
        // Dropped while a connection is open: the server ends the connection.
        drop(one);
        let third = fresh_postgres();
        assert!(here.execute_unprepared("SELECT 1").await.is_err(), "{third:?} was made after the drop");
    });
}
